//! The core of the phone page: the crate's own rules, compiled to WebAssembly.
//!
//! Nothing is decided here. A call is a [`CoreCall`] as JSON, its answer JSON too:
//! `{"ok": …}`, or `{"fault": {"id", "facts", "groups"}}` with the id of a message
//! pair. The trip that is worked on stays inside; what has to be stored comes out
//! with every change, and counts only once the page says that it is stored.
//!
//! # The boundary
//!
//! The page asks for [`room`], writes the call there, calls [`answer_to`], and
//! reads as many bytes as that says at [`answer`]. A panic stops the instance; the
//! page begins another one, from what is stored.

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

/// Where a call of so many bytes is to be written.
#[allow(unsafe_code)] // a name that the page finds; no other crate exports it
#[unsafe(no_mangle)]
pub extern "C" fn room(bytes: usize) -> *mut u8 {
    ROOM.with_borrow_mut(|room| {
        room.clear();
        room.resize(bytes, 0);
        room.as_mut_ptr()
    })
}

/// Answers the call that was written; how many bytes the answer has.
#[allow(unsafe_code)] // as above
#[unsafe(no_mangle)]
pub extern "C" fn answer_to() -> usize {
    let call = ROOM.with_borrow_mut(std::mem::take);
    let answer = SESSION.with_borrow_mut(|session| answer_to_text(session, &call));
    let bytes = answer.len();
    ANSWER.with_borrow_mut(|place| *place = answer.into_bytes());
    bytes
}

/// Where the answer stands, until the next call.
#[allow(unsafe_code)] // as above
#[unsafe(no_mangle)]
pub extern "C" fn answer() -> *const u8 {
    ANSWER.with_borrow(|answer| answer.as_ptr())
}
