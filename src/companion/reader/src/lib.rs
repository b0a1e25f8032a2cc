//! The reader of the phone page: the crate's own, compiled to WebAssembly for the page's worker.
//!
//! [`Exchange`] says how pictures come in and answers go out: a JSON array of texts.
//!
//! Third-party decoders may panic or run on. Nothing can contain that here: a panic stops the
//! instance, and the page ends a worker that does not answer. In both cases another is started.
//! The import `hikyaku_now` tells the time in milliseconds.

use hikyaku::scan::{Cascade, LiveReader, Luma};
use hikyaku::wire::parts::is_ours;
use hikyaku_page_pixels::Exchange;
use std::cell::RefCell;
use std::time::Duration;

/// How long a frame of a camera may take beyond its first step. More: the next frame, which may
/// show what this one does not, waits, and the phone gets hot; with 50 ms a PC in view was
/// collected 36 ms later (`npm run bench`). Less: small and blurred modules need more frames.
const BUDGET: Duration = Duration::from_millis(20);

thread_local! {
    static EXCHANGE: Exchange = Exchange::default();
    static LIVE: RefCell<LiveReader> = RefCell::new(LiveReader::new(BUDGET));
}

/// Where to write a picture of so many bytes.
#[allow(unsafe_code)] // a name that the worker finds; no other crate exports it
#[unsafe(no_mangle)]
pub extern "C" fn room(bytes: usize) -> *mut u8 {
    EXCHANGE.with(|exchange| exchange.room(bytes))
}

/// Reads the picture that was written and returns the number of bytes of the answer. `live` is 1
/// for a frame of a camera, which is read together with those before it, and 0 for a photograph,
/// which gets every step. `at` is when it was taken, in milliseconds since any fixed moment.
#[allow(unsafe_code)] // as above
#[unsafe(no_mangle)]
pub extern "C" fn look(width: u32, height: u32, live: u32, at: f64) -> usize {
    EXCHANGE.with(|exchange| {
        exchange.put(&match exchange.picture(width, height) {
            None => Vec::new(),
            Some(luma) if live == 1 => frame(luma, at),
            Some(luma) => photograph(&luma),
        })
    })
}

/// Where the answer is, until the next call of [`look`].
#[allow(unsafe_code)] // as above
#[unsafe(no_mangle)]
pub extern "C" fn answer() -> *const u8 {
    EXCHANGE.with(Exchange::answer)
}

fn frame(luma: Luma, at: f64) -> Vec<String> {
    let at = Duration::try_from_secs_f64(at / 1000.0).unwrap_or_default();
    LIVE.with_borrow_mut(|reader| {
        let glimpse = reader.look(luma, at, &is_ours);
        let all = glimpse.read.into_iter().chain(glimpse.others);
        all.map(|seen| seen.text).collect()
    })
}

fn photograph(luma: &Luma) -> Vec<String> {
    let reading = Cascade::still().read(luma, &is_ours);
    reading
        .sightings
        .into_iter()
        .map(|seen| seen.text)
        .collect()
}
