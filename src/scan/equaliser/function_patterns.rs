//! What is known of a symbol before anything is decoded: its function patterns, and where
//! format, data and parity stand (ISO/IEC 18004).

use std::sync::LazyLock;

use qrcode::canvas::{Canvas, Module};
use qrcode::{EcLevel, Version};

/// The largest version that is looked for: 65 modules a side. The symbols of a transfer are
/// smaller, and every further version costs time in each frame.
pub const LARGEST_VERSION: u8 = 12;

/// Modules of the quiet zone that count as known, on every side. The standard asks for four;
/// only the inner two are always white on real screens.
pub(super) const KNOWN_QUIET_ZONE: usize = 2;

/// What all symbols of one version have in common. Modules are counted row by row; +1 stands
/// for light, as in luma, and −1 for dark.
#[derive(Debug)]
pub(super) struct FunctionPatterns {
    /// 1 to [`LARGEST_VERSION`].
    pub(super) version: u8,
    /// Modules per side.
    pub(super) side: usize,
    /// The modules that are the same in all symbols of the version; 0 where
    /// nothing is known.
    pub(super) known: Vec<f32>,
    /// The modules of data and parity, in the order in which they are filled.
    pub(super) data: Vec<usize>,
    /// Both copies of the format information, most significant bit first.
    pub(super) format: [[usize; 15]; 2],
}

/// The function patterns of a version from 1 to [`LARGEST_VERSION`].
pub(super) fn function_patterns(version: u8) -> Option<&'static FunctionPatterns> {
    static ALL: LazyLock<Vec<FunctionPatterns>> =
        LazyLock::new(|| (1..=LARGEST_VERSION).map(FunctionPatterns::new).collect());
    ALL.get(usize::from(version).checked_sub(1)?)
}

impl FunctionPatterns {
    fn new(version: u8) -> Self {
        let side = 17 + 4 * usize::from(version);
        // They do not depend on the level.
        let mut canvas = Canvas::new(Version::Normal(i16::from(version)), EcLevel::L);
        canvas.draw_all_functional_patterns();
        let module = |index: usize| canvas.get((index % side) as i16, (index / side) as i16);
        let format = format_places(side);
        let mut known: Vec<f32> = (0..side * side)
            .map(|index| match module(index) {
                Module::Empty => 0.0,
                dark if dark.is_dark() => -1.0,
                _ => 1.0,
            })
            .collect();
        for &place in format.iter().flatten() {
            known[place] = 0.0;
        }
        let data = zigzag(side)
            .filter(|&index| matches!(module(index), Module::Empty))
            .collect();
        Self {
            version,
            side,
            known,
            data,
            format,
        }
    }

    /// Modules per side with the known part of the quiet zone.
    pub(super) fn framed_side(&self) -> usize {
        self.side + 2 * KNOWN_QUIET_ZONE
    }

    /// A grid of the symbol's modules inside the known part of the quiet zone.
    pub(super) fn framed(&self, modules: &[f32]) -> Vec<f32> {
        let wide = self.framed_side();
        let mut framed = vec![1.0; wide * wide];
        for (y, row) in modules.chunks_exact(self.side).enumerate() {
            let start = (y + KNOWN_QUIET_ZONE) * wide + KNOWN_QUIET_ZONE;
            framed[start..start + self.side].copy_from_slice(row);
        }
        framed
    }
}

fn format_places(side: usize) -> [[usize; 15]; 2] {
    let at = |row: usize, column: usize| row * side + column;
    let beside_finder = [0, 1, 2, 3, 4, 5, 7, 8];
    let mut first = [0; 15];
    let mut second = [0; 15];
    for (bit, &column) in beside_finder.iter().enumerate() {
        first[bit] = at(8, column);
    }
    for (bit, &row) in beside_finder[..7].iter().rev().enumerate() {
        first[8 + bit] = at(row, 8);
    }
    for (bit, place) in second.iter_mut().enumerate() {
        *place = if bit < 7 {
            at(side - 1 - bit, 8)
        } else {
            at(8, side + bit - 15)
        };
    }
    [first, second]
}

/// The modules in the order of placement: pairs of columns from the right, up and down in
/// turn, without the column of the timing pattern.
fn zigzag(side: usize) -> impl Iterator<Item = usize> {
    let rights = (0..side).rev().filter(|&column| column > 6).step_by(2);
    let rights = rights.chain([5, 3, 1]);
    rights.enumerate().flat_map(move |(turn, right)| {
        (0..side).flat_map(move |step| {
            let row = if turn % 2 == 0 { side - 1 - step } else { step };
            [row * side + right, row * side + right - 1]
        })
    })
}

/// Whether the mask of this number inverts a data module.
pub(super) fn masks(mask: u8, row: usize, column: usize) -> bool {
    let (r, c) = (row, column);
    match mask {
        0 => (r + c).is_multiple_of(2),
        1 => r.is_multiple_of(2),
        2 => c.is_multiple_of(3),
        3 => (r + c).is_multiple_of(3),
        4 => (r / 2 + c / 3).is_multiple_of(2),
        5 => (r * c) % 2 + (r * c) % 3 == 0,
        6 => ((r * c) % 2 + (r * c) % 3).is_multiple_of(2),
        _ => ((r + c) % 2 + (r * c) % 3).is_multiple_of(2),
    }
}

/// How the codewords of a symbol are divided into blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct BlockLayout {
    /// Parity codewords in each block.
    pub(super) parity: usize,
    /// Data codewords of the shortest block.
    pub(super) data: usize,
    /// Blocks of that length.
    pub(super) short: usize,
    /// Blocks with one data codeword more, after the short ones.
    pub(super) long: usize,
}

/// Parity codewords per block and number of blocks, by version, for L, M, Q, H.
const DIVISIONS: [[(u8, u8); 4]; LARGEST_VERSION as usize] = [
    [(7, 1), (10, 1), (13, 1), (17, 1)],
    [(10, 1), (16, 1), (22, 1), (28, 1)],
    [(15, 1), (26, 1), (18, 2), (22, 2)],
    [(20, 1), (18, 2), (26, 2), (16, 4)],
    [(26, 1), (24, 2), (18, 4), (22, 4)],
    [(18, 2), (16, 4), (24, 4), (28, 4)],
    [(20, 2), (18, 4), (18, 6), (26, 5)],
    [(24, 2), (22, 4), (22, 6), (26, 6)],
    [(30, 2), (22, 5), (20, 8), (24, 8)],
    [(18, 4), (26, 5), (24, 8), (28, 8)],
    [(20, 4), (30, 5), (28, 8), (24, 11)],
    [(24, 4), (22, 8), (26, 10), (28, 11)],
];

/// How the codewords of a symbol of this version are divided into blocks, given the two bits
/// of the format information that stand for the level.
pub(super) fn block_layout(patterns: &FunctionPatterns, level_bits: u8) -> BlockLayout {
    let column = [1, 0, 3, 2][usize::from(level_bits & 3)];
    let (parity, count) = DIVISIONS[usize::from(patterns.version) - 1][column];
    let (parity, count) = (usize::from(parity), usize::from(count));
    let data = patterns.data.len() / 8 - parity * count;
    BlockLayout {
        parity,
        data: data / count,
        short: count - data % count,
        long: data % count,
    }
}

#[cfg(test)]
mod tests {
    use qrcode::{Color, QrCode};

    use super::*;

    #[test]
    fn known_modules_are_those_of_every_symbol() {
        for version in 1..=LARGEST_VERSION {
            let patterns = function_patterns(version).unwrap();
            for level in [EcLevel::L, EcLevel::M, EcLevel::Q, EcLevel::H] {
                let size = Version::Normal(i16::from(version));
                let code = QrCode::with_version("1234", size, level).unwrap();
                for (index, colour) in code.to_colors().into_iter().enumerate() {
                    let light = if colour == Color::Light { 1.0 } else { -1.0 };
                    // Known and right, or unknown.
                    assert!(patterns.known[index] * light >= 0.0, "version {version}");
                }
            }
            let unknown = patterns.known.iter().filter(|&&k| k == 0.0).count();
            assert_eq!(unknown, patterns.data.len() + 30, "version {version}");
        }
    }

    #[test]
    fn there_are_patterns_of_versions_1_to_12_only() {
        assert!(function_patterns(0).is_none());
        assert!(function_patterns(1).is_some_and(|p| p.side == 21));
        assert!(function_patterns(12).is_some_and(|p| p.side == 65));
        assert!(function_patterns(13).is_none());
    }
}
