//! The core of the phone page: the crate's own rules, compiled to WebAssembly.
//!
//! Nothing is decided here. A call is a [`CoreCall`] as JSON, and its answer is
//! JSON too: `{"ok": …}`, or `{"fault": {"id", "facts", "groups"}}` with the id
//! of a message pair. The open trip stays inside. Every change comes out as
//! records to store, and becomes final only when the page says that they are
//! stored.
//!
//! # The boundary
//!
//! The page asks for [`room`], writes the call there, calls [`answer_to`], and
//! reads that many bytes at [`answer`]. A panic stops the instance; the page
//! starts another one from what is stored.

mod calls;
mod legacy;
mod messages;
mod session;
mod view;

pub use calls::{CoreCall, answer_to_text};
pub use session::PageSession;

use std::cell::RefCell;

thread_local! {
    static SESSION: RefCell<PageSession> = RefCell::default();
    static ROOM: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static ANSWER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Returns where to write a call of this many bytes.
#[allow(unsafe_code)] // exported for the page; no other crate exports this name
#[unsafe(no_mangle)]
pub extern "C" fn room(bytes: usize) -> *mut u8 {
    ROOM.with_borrow_mut(|room| {
        room.clear();
        room.resize(bytes, 0);
        room.as_mut_ptr()
    })
}

/// Answers the call that was written. Returns the length of the answer in
/// bytes.
#[allow(unsafe_code)] // as above
#[unsafe(no_mangle)]
pub extern "C" fn answer_to() -> usize {
    let call = ROOM.with_borrow_mut(std::mem::take);
    let answer = SESSION.with_borrow_mut(|session| answer_to_text(session, &call));
    let bytes = answer.len();
    ANSWER.with_borrow_mut(|place| *place = answer.into_bytes());
    bytes
}

/// Returns where the answer is, until the next call.
#[allow(unsafe_code)] // as above
#[unsafe(no_mangle)]
pub extern "C" fn answer() -> *const u8 {
    ANSWER.with_borrow(|answer| answer.as_ptr())
}
