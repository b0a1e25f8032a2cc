//! Pictures of symbols for tests, made here so that none has to be committed.

use qrcode::{Color, EcLevel, QrCode};

use super::decoder::Corners;
use super::luma::Luma;

/// The text of the sample symbols: a reply of 60 digits.
pub(super) const TEXT: &str = "092914273902996432764863869585514303965545262473442102583639";

/// A symbol saying `text`, dark on white, `module` pixels per module, with a
/// quiet zone of four modules.
pub(super) fn symbol(text: impl AsRef<[u8]>, module: u32) -> Luma {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).unwrap();
    let side = code.width() as u32 + 8;
    Luma::from_fn(side * module, side * module, |x, y| {
        let (x, y) = ((x / module).wrapping_sub(4), (y / module).wrapping_sub(4));
        let inside = x < side - 8 && y < side - 8;
        if inside && code[(x as usize, y as usize)] == Color::Dark {
            0
        } else {
            255
        }
    })
}

/// The corners of [`symbol`].
pub(super) fn corners(symbol: &Luma, module: u32) -> Corners {
    let near = (4 * module) as f32;
    let far = symbol.width() as f32 - near;
    [[near, near], [far, near], [far, far], [near, far]]
}

/// `small` laid into a frame of `level`, its top left at (`x`, `y`).
pub(super) fn laid(small: &Luma, width: u32, height: u32, (x, y): (u32, u32), level: u8) -> Luma {
    Luma::from_fn(width, height, |u, v| {
        let (u, v) = (u.wrapping_sub(x), v.wrapping_sub(y));
        if u < small.width() && v < small.height() {
            small.row(v)[u as usize]
        } else {
            level
        }
    })
}

/// A quarter turn clockwise.
pub(super) fn turned(picture: &Luma) -> Luma {
    Luma::from_fn(picture.height(), picture.width(), |x, y| {
        picture.row(picture.height() - 1 - x)[y as usize]
    })
}

/// Left and right exchanged.
pub(super) fn mirrored(picture: &Luma) -> Luma {
    Luma::from_fn(picture.width(), picture.height(), |x, y| {
        picture.row(y)[(picture.width() - 1 - x) as usize]
    })
}

/// The greatest distance between corresponding corners, in pixels.
pub(super) fn distance(a: Corners, b: Corners) -> f32 {
    a.iter()
        .zip(b)
        .map(|(a, b)| (a[0] - b[0]).hypot(a[1] - b[1]))
        .fold(0.0, f32::max)
}
