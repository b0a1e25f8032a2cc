//! Third-party decoders behind one small interface.

mod finder_count;
mod quircs;
mod rqrr;
mod rxing;

use ::rxing::common::BitMatrix;
use ::rxing::qrcode::cpp_port::decoder;

use super::content::{Content, Part};
use super::luma::Luma;

pub use self::quircs::Quircs;
pub use self::rqrr::Rqrr;
pub use self::rxing::Rxing;

/// The four corners of a symbol (of its outer modules, not of its quiet zone)
/// in pixels, clockwise from the symbol's own top left. Whole numbers are the
/// edges of pixels: the picture reaches from 0 to its width.
pub type Corners = [[f32; 2]; 4];

/// A symbol that a decoder has read.
#[derive(Debug, Clone, PartialEq)]
pub struct DecodedSymbol {
    /// What the symbol says.
    pub content: Content,
    /// Where it is, in pixels of the picture the decoder was given.
    pub corners: Corners,
}

/// What a decoder read in one picture.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Decoded {
    /// The symbols that it read.
    pub found: Vec<DecodedSymbol>,
    /// It left something that looks like a symbol unread, or untried.
    pub more: bool,
}

/// Finds and reads symbols in one picture, as it is given.
///
/// A decoder may panic or run for long; [`super::sandbox`] contains that.
pub trait Decoder: Send + Sync {
    /// All symbols that this decoder can read in the picture.
    fn decode(&self, picture: &Luma) -> Decoded;
}

/// What a symbol says, given its modules, column before row.
///
/// All decoders share rxing's way from modules to text, because it knows ECI, kanji and
/// `Shift_JIS` and refuses what it does not understand. quircs has cut such texts short without
/// an error.
fn content_of_modules(size: usize, mut dark: impl FnMut(usize, usize) -> bool) -> Option<Content> {
    // Symbols have 21 to 177 modules a side; decoders also propose other grids.
    if !(21..=177).contains(&size) {
        return None;
    }
    let mut bits = BitMatrix::with_single_dimension(size as u32).ok()?;
    for y in 0..size {
        for x in 0..size {
            if dark(x, y) {
                bits.set(x as u32, y as u32);
            }
        }
    }
    content_of_bits(&bits)
}

fn content_of_bits(modules: &BitMatrix) -> Option<Content> {
    let decoded = decoder::Decode(modules).ok()?;
    if !decoded.isValid() {
        return None;
    }
    let sequence = decoded.structuredAppend();
    // Without such a header, both are −1.
    Some(match u8::try_from(sequence.index) {
        Ok(place) => Content::Part(Part::at(place, (sequence.count - 1).clamp(0, 15) as u8)),
        Err(_) => Content::Text(decoded.text()),
    })
}
