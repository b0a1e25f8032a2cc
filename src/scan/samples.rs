//! Pictures of symbols for tests, painted here so that none has to be committed.

use qrcode::canvas::Canvas;
use qrcode::ec::construct_codewords;
use qrcode::{Color, EcLevel, QrCode, Version};

use super::decoder::Corners;
use super::luma::Luma;

/// The text of the sample symbols: a reply of 60 digits.
pub(crate) const TEXT: &str = "092914273902996432764863869585514303965545262473442102583639";

/// A symbol saying `text`, dark on white, `module` pixels per module, with a
/// quiet zone of four modules.
pub(crate) fn symbol(text: impl AsRef<[u8]>, module: u32) -> Luma {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).unwrap();
    painted(&code.to_colors(), module)
}

fn painted(modules: &[Color], module: u32) -> Luma {
    let inner = modules.len().isqrt() as u32;
    let side = inner + 8;
    Luma::from_fn(side * module, side * module, |x, y| {
        let (x, y) = ((x / module).wrapping_sub(4), (y / module).wrapping_sub(4));
        let inside = x < inner && y < inner;
        if inside && modules[(y * inner + x) as usize] == Color::Dark {
            0
        } else {
            255
        }
    })
}

/// Symbols of version 3-M, bit by bit: what no maker of symbols here offers.
pub(super) struct Drawn;

impl Drawn {
    /// These values with so many bits each, then terminator and padding.
    pub(super) fn of(fields: &[(u32, usize)], module: u32) -> Luma {
        let (version, level) = (Version::Normal(3), EcLevel::M);
        let fields = fields.iter().chain(&[(0, 4)]);
        let mut bits: Vec<u8> = fields
            .flat_map(|&(value, count)| (0..count).rev().map(move |bit| (value >> bit & 1) as u8))
            .collect();
        bits.resize(bits.len().next_multiple_of(8), 0);
        let octets = bits
            .chunks(8)
            .map(|octet| octet.iter().fold(0, |sum, bit| sum << 1 | bit));
        let data: Vec<u8> = octets
            .chain([0xec, 0x11].into_iter().cycle())
            .take(44)
            .collect();
        let (data, parity) = construct_codewords(&data, version, level).unwrap();
        let mut canvas = Canvas::new(version, level);
        canvas.draw_all_functional_patterns();
        canvas.draw_data(&data, &parity);
        painted(&canvas.apply_best_mask().into_colors(), module)
    }
}

/// Digits as one symbol of a structured append: `place` and `last` from 0.
pub(crate) fn part(digits: &str, place: u8, last: u8, module: u32) -> Luma {
    let parity = digits.bytes().fold(0, |sum, byte| sum ^ byte);
    let mut fields = vec![
        (3, 4),
        (u32::from(place), 4),
        (u32::from(last), 4),
        (u32::from(parity), 8),
        (1, 4),
        (digits.len() as u32, 10),
    ];
    fields.extend(digits.as_bytes().chunks(3).map(|group| {
        let value = group
            .iter()
            .fold(0, |sum, digit| 10 * sum + u32::from(digit - b'0'));
        (value, [4, 7, 10][group.len() - 1])
    }));
    Drawn::of(&fields, module)
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
