//! The finder: a network that says where runs of digits lie in a picture, and how high they are.

use super::super::luma::Luma;
use super::network::{Convolution, Shape, Tensor};
use super::weights::{DigitsError, layers};

static WEIGHTS: &[u8] = include_bytes!("weights/finder.bin");
const CHECKSUM: &str = include_str!("weights/finder.sha256").trim_ascii();

/// Pixels of a cell of the answers, each way.
pub(super) const CELL: usize = 4;

/// Rows of pixels that are looked at together, and those above and below them that the answers
/// depend on: half the window of the local mean, and 24 rows that the layers see. Whole cells. The
/// answers are those for the whole picture, in a fraction of its memory.
const BAND: usize = 256;
const MARGIN: u32 = 48;

/// Half the window of the local mean, in pixels. As in `training/contrast.py`.
const RADIUS: usize = 16;

/// Log odds from which on a cell may be one of digits. A digit that stands alone in its line was
/// seen at -1.2 to -0.4.
const FAINT: f32 = -2.0;

/// Channels between the layers.
const WIDE: usize = 32;

/// The unit of heights: an answer of 0 is this many pixels.
const UNIT: f32 = 10.0;

const fn single(inputs: usize, outputs: usize, rectified: bool) -> Shape {
    Shape {
        inputs,
        outputs,
        kernel: [1, 1],
        padding: [0, 0],
        stride: 1,
        dilation: 1,
        depthwise: false,
        rectified,
    }
}

/// Blocks that look around, each a layer in breadth and one in depth.
const BLOCKS: usize = 5;

/// `training/networks.py`, class `Finder`.
fn shapes() -> Vec<Shape> {
    let shrinking = |inputs, outputs, kernel: usize| Shape {
        kernel: [kernel; 2],
        padding: [kernel / 2; 2],
        stride: 2,
        ..single(inputs, outputs, true)
    };
    let mut shapes = vec![shrinking(1, 12, 5), shrinking(12, WIDE, 3)];
    let breadth = Shape {
        kernel: [3, 7],
        padding: [1, 3],
        depthwise: true,
        ..single(WIDE, WIDE, false)
    };
    for _ in 0..BLOCKS {
        shapes.extend([breadth, single(WIDE, WIDE, true)]);
    }
    shapes.push(single(WIDE, 3, false));
    shapes
}

/// A cell of a picture that lies in the middle of a run of digits. Pixels of that picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct DigitCell {
    /// Column and row of the cell.
    pub(super) column: usize,
    pub(super) row: usize,
    /// How sure the network is: log odds.
    pub(super) odds: f32,
    /// Height of the digits there.
    pub(super) height: f32,
    /// The y coordinate of the middle of the digits.
    pub(super) middle: f32,
}

impl DigitCell {
    /// Whether it is more likely in the middle of digits than not.
    pub(super) fn is_clear(&self) -> bool {
        self.odds > 0.0
    }
}

#[derive(Debug)]
pub(super) struct Finder(Vec<Convolution>);

impl Finder {
    pub(super) fn new() -> Result<Self, DigitsError> {
        layers(WEIGHTS, CHECKSUM, &shapes()).map(Self)
    }

    /// All cells that may be in the middle of digits, in order of rows, then columns.
    pub(super) fn find(&self, picture: &Luma) -> Vec<DigitCell> {
        let mut cells = Vec::new();
        for first in (0..picture.height()).step_by(BAND) {
            let top = first.saturating_sub(MARGIN);
            let bottom = (first + BAND as u32 + MARGIN).min(picture.height());
            let band = picture.crop(0, top, picture.width(), bottom - top);
            let own = first as usize / CELL..(first as usize + BAND) / CELL;
            let seen = band.map_or_else(Vec::new, |band| self.find_in_band(&band));
            cells.extend(seen.into_iter().filter_map(|cell| {
                let row = cell.row + top as usize / CELL;
                own.contains(&row).then_some(DigitCell {
                    row,
                    middle: cell.middle + top as f32,
                    ..cell
                })
            }));
        }
        cells
    }

    fn find_in_band(&self, picture: &Luma) -> Vec<DigitCell> {
        let answers = self.answers(local_contrast(picture));
        let [odds, heights, offsets] = [0, 1, 2].map(|channel| answers.plane(channel));
        let mut cells = Vec::new();
        for (index, &odds) in odds.iter().enumerate().filter(|&(_, &odds)| odds > FAINT) {
            let (row, column) = (index / answers.width, index % answers.width);
            let height = UNIT * heights[index].clamp(-1.5, 1.5).exp2();
            let center = (row * CELL) as f32 + (CELL - 1) as f32 / 2.0;
            cells.push(DigitCell {
                column,
                row,
                odds,
                height,
                middle: center + offsets[index].clamp(-1.0, 1.0) * height,
            });
        }
        cells
    }

    fn answers(&self, picture: Tensor) -> Tensor {
        let mut layers = self.0.iter();
        let mut run = |x: Tensor| {
            layers
                .next()
                .map_or_else(|| x.clone(), |layer| layer.run(x.clone()))
        };
        let mut x = picture;
        for _ in 0..2 {
            x = run(x);
        }
        for _ in 0..BLOCKS {
            let mut out = run(x.clone());
            out = run(out);
            out.add(&x);
            x = out;
        }
        run(x)
    }
}

/// What differs from the mean around, over the deviation around: about -3 to 3.
fn local_contrast(picture: &Luma) -> Tensor {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let window = (2 * RADIUS + 1) as f32;
    let clamped = |index: usize, side: usize| index.saturating_sub(RADIUS).min(side - 1);
    // Sums of the window's rows by column, moved down row by row; all are whole numbers.
    let mut sums = vec![[0_u32; 2]; width];
    let add = |sums: &mut [[u32; 2]], y: usize, sign: u32| {
        for (sum, &pixel) in sums.iter_mut().zip(picture.row(y as u32)) {
            let pixel = u32::from(pixel);
            sum[0] = sum[0].wrapping_add(sign.wrapping_mul(pixel));
            sum[1] = sum[1].wrapping_add(sign.wrapping_mul(pixel * pixel));
        }
    };
    for y in 0..=2 * RADIUS {
        add(&mut sums, clamped(y, height), 1);
    }
    let mut out = Tensor::zeros(1, height, width);
    for y in 0..height {
        let mut sum = (0..=2 * RADIUS).fold([0_u32; 2], |sum, x| {
            let column = sums[clamped(x, width)];
            [sum[0] + column[0], sum[1] + column[1]]
        });
        let row = picture.row(y as u32);
        for x in 0..width {
            let mean = sum[0] as f32 / (window * window);
            let square = sum[1] as f32 / (window * window);
            // 6 grey levels: what is flatter than that is noise. As in the training.
            let deviation = (square - mean * mean).max(0.0).sqrt() + 6.0;
            let value = (f32::from(row[x]) - mean) / deviation;
            out.data[y * width + x] = value.clamp(-3.0, 3.0);
            let (old, new) = (
                sums[clamped(x, width)],
                sums[clamped(x + 2 * RADIUS + 1, width)],
            );
            for part in 0..2 {
                sum[part] = sum[part] + new[part] - old[part];
            }
        }
        add(&mut sums, clamped(y, height), u32::MAX);
        add(&mut sums, clamped(y + 2 * RADIUS + 1, height), 1);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_see_what_the_whole_picture_shows() {
        // Stripes and blots of the size of digits, over three bands.
        let pixel = |x: u32, y: u32| {
            let blot = (x / 5).wrapping_mul(2_654_435_761) ^ (y / 4).wrapping_mul(40_503);
            if y % 30 < 11 && blot.to_le_bytes()[1] > 110 {
                20
            } else {
                230
            }
        };
        let picture = Luma::from_fn(200, 600, pixel);
        let finder = Finder::new().unwrap();
        let whole = finder.find_in_band(&picture);
        let banded = finder.find(&picture);
        assert!(!whole.is_empty() && whole.len() == banded.len());
        for (a, b) in whole.iter().zip(&banded) {
            // Places are added up in another order.
            assert!((a.middle - b.middle).abs() < 0.01, "{a:?} {b:?}");
            assert_eq!(
                *a,
                DigitCell {
                    middle: a.middle,
                    ..*b
                }
            );
        }
    }
}
