//! Rows and lattices for the tests of this module.

use super::super::luma::Luma;
use super::lattice::{BLANK, CLASSES, Lattice, OTHER};
use super::row::{ReadRow, strip_corners};
use super::runs::{Row, Run};
use super::strip::Strip;

/// The Installation ID of a published screenshot.
pub(super) const PUBLISHED: &str =
    "489126343257012289105546522085205332958764158851011127139061121";

/// Frames that say one character after the other, each clear: a digit, `x` for other text, a space
/// for a blank as long; a blank stands after each.
pub(super) fn clear(text: &str) -> Lattice {
    let sure = |class: usize| {
        let mut frame = [1e-4_f32; CLASSES];
        frame[class] = 1.0;
        frame
    };
    let class = |character: u8| match character {
        b' ' => BLANK,
        b'x' => OTHER,
        digit => usize::from(digit - b'0'),
    };
    let frames = text
        .bytes()
        .flat_map(|character| [sure(class(character)), sure(BLANK)]);
    Lattice::new(frames)
}

/// A row that was read: characters 10 pixels wide and 16 high, from `x` on, with the middle at `y`.
pub(super) fn row(text: &str, x: f64, y: f64) -> ReadRow {
    let to = x + 10.0 * text.len() as f64;
    let run = Run::between([[x, y - 8.0], [to, y - 8.0], [to, y + 8.0], [x, y + 8.0]]);
    let ground = Luma::new(1600, 800, vec![0; 1600 * 800]).unwrap();
    let strip = Strip::cut(&ground, strip_corners(&run, 0.0)).unwrap();
    let row = Row {
        runs: vec![run.clone()],
        whole: run,
    };
    // As many frames as the strip has, evenly.
    let clear = clear(text);
    let frames = strip.frames();
    let each = clear.frames() as f64 / frames as f64;
    let spread = (0..frames).map(|at| {
        let frame = clear.part((at as f64 * each) as usize, clear.frames())[0];
        frame.map(|value| value as f32)
    });
    ReadRow::new(row, strip, Lattice::new(spread))
}
