//! How the phone page's readers in WebAssembly take pictures and give answers.
//!
//! The worker asks for [`Exchange::room`], writes the pixels of a picture there (four bytes each:
//! red, green, blue, opacity; row by row), lets the reader look, and reads the number of bytes
//! that it returns at [`Exchange::answer`]: JSON.

use hikyaku::scan::Luma;
use serde::Serialize;
use std::cell::RefCell;

/// Where a picture comes in and an answer goes out.
#[derive(Debug, Default)]
pub struct Exchange {
    room: RefCell<Vec<u8>>,
    answer: RefCell<Vec<u8>>,
}

impl Exchange {
    /// Where to write a picture of so many bytes. Good until the next call.
    pub fn room(&self, bytes: usize) -> *mut u8 {
        let mut room = self.room.borrow_mut();
        room.resize(bytes, 0);
        room.as_mut_ptr()
    }

    /// The picture that was written; none if it is not of this size.
    pub fn picture(&self, width: u32, height: u32) -> Option<Luma> {
        Luma::new(width, height, luma_of(&self.room.borrow()))
    }

    /// Puts an answer out and returns its number of bytes.
    pub fn put(&self, answer: &impl Serialize) -> usize {
        let answer = serde_json::to_vec(answer).unwrap_or_default();
        let bytes = answer.len();
        *self.answer.borrow_mut() = answer;
        bytes
    }

    /// Where the answer is, until the next one.
    pub fn answer(&self) -> *const u8 {
        self.answer.borrow().as_ptr()
    }
}

/// Brightness of each pixel, as the eye weighs colours (ITU-R BT.601).
fn luma_of(pixels: &[u8]) -> Vec<u8> {
    let (pixels, _) = pixels.as_chunks::<4>();
    let brightness = |&[red, green, blue, _]: &[u8; 4]| {
        let sum = 77 * u32::from(red) + 150 * u32::from(green) + 29 * u32::from(blue);
        (sum >> 8).min(255) as u8
    };
    pixels.iter().map(brightness).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_grey_as_the_eye_sees_it() {
        assert_eq!(luma_of(&[255; 4]), [255]);
        assert_eq!(luma_of(&[0, 0, 0, 255]), [0]);
        assert_eq!(luma_of(&[0, 255, 0, 255, 0, 0, 255, 0]), [149, 28]);
    }

    #[test]
    fn only_a_whole_picture_is_one() {
        let exchange = Exchange::default();
        exchange.room(2 * 4);
        assert!(exchange.picture(2, 1).is_some());
        assert!(exchange.picture(3, 1).is_none());
        assert_eq!(exchange.put(&["a"]), 5);
    }
}
