//! A line of digits, cut out of a picture and laid flat: what the reader's network sees.
//!
//! The same steps stand in `training/strip.py`; the network was trained on them.

use super::super::float_image::FloatImage;
use super::super::homography::Homography;
use super::super::luma::Luma;
use super::network::Tensor;

/// Rows of a strip.
pub(super) const HEIGHT: usize = 32;

/// A strip is wider than life, so that narrow digits have frames enough.
const STRETCH: f64 = 1.25;

/// Columns of a strip to a frame of the network, whose two poolings by two make it.
pub(super) const STRIDE: usize = 4;

/// Room above and below the digits, in heights of a digit: what the training strips have on average.
pub(super) const AROUND: f64 = 0.35;

/// Columns: half the window of the running mean. As in the training.
const SMOOTH: usize = 48;

/// Columns of a strip, at most: a line of 150 digits. A longer line holds no number of ours.
const WIDEST: usize = 3000;

/// Columns of a strip, at least: what the poolings leave must not be nothing.
const NARROWEST: usize = 16;

/// A strip that shrinks the picture by more than this is blurred first, or fine patterns alias.
const ALIASING: f64 = 1.6;

/// A strip, and how it lies in the picture.
#[derive(Debug, Clone)]
pub(super) struct Strip {
    /// One channel of [`HEIGHT`] rows: about -2 to 2, 0 for the mean of the ground.
    pub(super) flat: Tensor,
    /// From columns and rows of the strip to the picture.
    map: Homography,
    width: usize,
}

impl Strip {
    /// The strip between corners in the picture: top left, top right, bottom right, bottom left.
    /// `None` where they are no such four corners, or span nothing.
    pub(super) fn cut(picture: &Luma, corners: [[f64; 2]; 4]) -> Option<Self> {
        let [a, b, c, d] = corners;
        let long = |p: [f64; 2], q: [f64; 2]| (p[0] - q[0]).hypot(p[1] - q[1]);
        let high = f64::midpoint(long(a, d), long(b, c));
        let wide = f64::midpoint(long(a, b), long(d, c));
        if !(high >= 2.0 && wide >= 2.0) {
            return None;
        }
        let width = (wide / high * HEIGHT as f64 * STRETCH).round() as usize;
        let width = width.clamp(NARROWEST, WIDEST);
        let unit = Homography::square_to(0.0, 1.0, corners)?;
        let part = Part::around(picture, corners, high / HEIGHT as f64)?;
        let mut flat = Tensor::zeros(1, HEIGHT, width);
        for y in 0..HEIGHT {
            for x in 0..width {
                let [u, v] = unit.at(x as f64 / width as f64, y as f64 / HEIGHT as f64);
                flat.data[y * width + x] = part.at(u, v);
            }
        }
        flatten(&mut flat);
        Some(Self {
            flat,
            map: unit,
            width,
        })
    }

    /// The corners of the same strip, further down by this share of its height.
    pub(super) fn moved(&self, share: f64) -> [[f64; 2]; 4] {
        [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]
            .map(|(u, v): (f64, f64)| self.map.at(u, v + share))
    }

    /// Where a frame of the network lies in the picture: the part from `from` to `to`, in frames,
    /// over the whole height. Clockwise from the top left.
    pub(super) fn corners(&self, from: f64, to: f64) -> [[f64; 2]; 4] {
        let at = |frame: f64, v: f64| self.map.at(frame * STRIDE as f64 / self.width as f64, v);
        [at(from, 0.0), at(to, 0.0), at(to, 1.0), at(from, 1.0)]
    }

    /// How many frames of the network it has.
    pub(super) fn frames(&self) -> usize {
        self.width / STRIDE
    }
}

/// The part of a picture around a strip, blurred where the strip shrinks it.
struct Part {
    image: FloatImage,
    left: f64,
    top: f64,
}

impl Part {
    fn around(picture: &Luma, corners: [[f64; 2]; 4], shrink: f64) -> Option<Self> {
        let margin = 4.0 + 2.0 * shrink;
        let bounds = |axis: usize, side: u32| {
            let values = corners.map(|corner| corner[axis]);
            let low = values.iter().copied().fold(f64::MAX, f64::min) - margin;
            let high = values.iter().copied().fold(f64::MIN, f64::max) + margin;
            let low = low.clamp(0.0, f64::from(side) - 1.0).floor() as u32;
            let high = high.clamp(0.0, f64::from(side)).ceil() as u32;
            (low, high.saturating_sub(low).max(1))
        };
        let (left, width) = bounds(0, picture.width());
        let (top, height) = bounds(1, picture.height());
        let mut image = FloatImage::from_luma(&picture.crop(left, top, width, height)?);
        if shrink > ALIASING {
            image = image.blurred((shrink * 0.45) as f32);
        }
        Some(Self {
            image,
            left: f64::from(left),
            top: f64::from(top),
        })
    }

    fn at(&self, x: f64, y: f64) -> f32 {
        let value = self
            .image
            .cubic((x - self.left) as f32, (y - self.top) as f32);
        value.clamp(0.0, 255.0)
    }
}

/// Takes light and contrast out of a strip, column by column.
fn flatten(strip: &mut Tensor) {
    let width = strip.width;
    let column_means = |strip: &Tensor, of: fn(f64) -> f64| -> Vec<f64> {
        let mut sums = vec![0.0; width];
        for row in strip.data.chunks_exact(width) {
            for (sum, &value) in sums.iter_mut().zip(row) {
                *sum += of(f64::from(value));
            }
        }
        sums.iter().map(|sum| sum / HEIGHT as f64).collect()
    };
    let means = running_mean(&column_means(strip, |value| value));
    for row in strip.data.chunks_exact_mut(width) {
        for (value, mean) in row.iter_mut().zip(&means) {
            *value -= *mean as f32;
        }
    }
    let squares = running_mean(&column_means(strip, |value| value * value));
    for row in strip.data.chunks_exact_mut(width) {
        for (value, square) in row.iter_mut().zip(&squares) {
            // 2 grey levels: what is flatter than noise stays flat. As in the training.
            let deviation = square.sqrt() as f32 + 2.0;
            *value = (*value / deviation * 0.65).clamp(-2.0, 2.0);
        }
    }
}

/// The mean over a window of `2 * SMOOTH + 1`; the ends continue outside.
fn running_mean(values: &[f64]) -> Vec<f64> {
    let last = values.len() - 1;
    let at = |index: usize| values[index.saturating_sub(SMOOTH).min(last)];
    let mut sum: f64 = (0..=2 * SMOOTH).map(at).sum();
    (0..values.len())
        .map(|index| {
            let mean = sum / (2 * SMOOTH + 1) as f64;
            sum += at(index + 2 * SMOOTH + 1) - at(index);
            mean
        })
        .collect()
}
