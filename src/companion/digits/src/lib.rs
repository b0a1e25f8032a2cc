//! The reader of printed numbers of the phone page: the crate's own, compiled to WebAssembly for
//! a worker of its own, so that symbols are read meanwhile.
//!
//! [`Exchange`] says how pictures come in and answers go out: a JSON array of numbers. It needs
//! vector instructions (SIMD), which browsers have since 2023: where they are missing, the module
//! does not start, and the page does without it. Every panic stops the instance; the page then
//! starts another.

use hikyaku::activation::kind_name;
use hikyaku::scan::Luma;
use hikyaku::scan::digits::{DigitReader, LiveDigits, PrintedNumber};
use hikyaku_page_pixels::Exchange;
use serde::Serialize;
use std::cell::RefCell;
use std::time::Duration;

thread_local! {
    static EXCHANGE: Exchange = Exchange::default();
    // Nothing if the program is damaged. The page leaves time between two frames.
    static LIVE: RefCell<Option<LiveDigits>> = RefCell::new(LiveDigits::new(0).ok());
}

/// A number that a picture shows.
#[derive(Serialize)]
struct NumberJson {
    kind: &'static str,
    digits: String,
    /// Where its groups are, in pixels of the picture, each clockwise from the top left; at two
    /// places where a line break divides it.
    groups: Vec<Vec<[[f32; 2]; 4]>>,
    /// Digits to look at once more, from 0.
    doubtful: Vec<usize>,
}

impl From<PrintedNumber> for NumberJson {
    fn from(number: PrintedNumber) -> Self {
        Self {
            kind: kind_name(number.kind),
            digits: number.digits,
            groups: number.groups,
            doubtful: number.doubtful,
        }
    }
}

/// Where to write a picture of so many bytes.
#[allow(unsafe_code)] // a name that the worker finds; no other crate of this module exports it
#[unsafe(no_mangle)]
pub extern "C" fn room(bytes: usize) -> *mut u8 {
    EXCHANGE.with(|exchange| exchange.room(bytes))
}

/// Reads the picture that was written and returns the number of bytes of the answer. `live` is 1
/// for a frame of a camera, which is read together with those before it. `at` is when it was
/// taken, in milliseconds since any fixed moment.
#[allow(unsafe_code)] // as above
#[unsafe(no_mangle)]
pub extern "C" fn look(width: u32, height: u32, live: u32, at: f64) -> usize {
    EXCHANGE.with(|exchange| {
        let numbers = match exchange.picture(width, height) {
            None => Vec::new(),
            Some(luma) if live == 1 => frame(&luma, at),
            Some(luma) => {
                DigitReader::shared().map_or_else(|_| Vec::new(), |reader| reader.read(&luma))
            }
        };
        let numbers: Vec<NumberJson> = numbers.into_iter().map(NumberJson::from).collect();
        exchange.put(&numbers)
    })
}

/// Where the answer is, until the next call of [`look`].
#[allow(unsafe_code)] // as above
#[unsafe(no_mangle)]
pub extern "C" fn answer() -> *const u8 {
    EXCHANGE.with(Exchange::answer)
}

fn frame(luma: &Luma, at: f64) -> Vec<PrintedNumber> {
    let at = Duration::try_from_secs_f64(at / 1000.0).unwrap_or_default();
    LIVE.with_borrow_mut(|live| {
        live.as_mut()
            .map_or_else(Vec::new, |live| live.look(luma, at))
    })
}
