//! Pictures as floating-point numbers, for what is finer than a grey level.

use super::kernel::{convolved, gaussian, halved};
use super::luma::Luma;

/// Standard deviations at which a blur ends. Beyond 3 lie 0.3 % of a Gaussian.
/// Chosen by eye, not measured.
const REACH: f32 = 3.0;

/// A picture whose pixels are numbers. Coordinates are those of the centres of
/// pixels; neither side is ever zero.
#[derive(Debug, Clone)]
pub(super) struct FloatImage {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) pixels: Vec<f32>,
}

impl FloatImage {
    /// An image of zeros; sides of zero count as one.
    pub(super) fn zeros(width: usize, height: usize) -> Self {
        let (width, height) = (width.max(1), height.max(1));
        Self {
            width,
            height,
            pixels: vec![0.0; width * height],
        }
    }

    pub(super) fn from_luma(picture: &Luma) -> Self {
        Self {
            width: picture.width() as usize,
            height: picture.height() as usize,
            pixels: picture.pixels().iter().map(|&p| f32::from(p)).collect(),
        }
    }

    /// Half the size, each pixel the mean of four; `None` for less than one.
    pub(super) fn half(&self) -> Option<Self> {
        let mean = |[a, b, c, d]: [f32; 4]| (a + b + c + d) / 4.0;
        halved(&self.pixels, self.width, mean).map(|pixels| Self {
            width: self.width / 2,
            height: self.height / 2,
            pixels,
        })
    }

    pub(super) fn row(&self, y: usize) -> &[f32] {
        &self.pixels[y * self.width..(y + 1) * self.width]
    }

    /// The part from `left` and `top` on, cut off at the border; `None` if
    /// nothing is left of it.
    pub(super) fn part(
        &self,
        left: usize,
        top: usize,
        width: usize,
        height: usize,
    ) -> Option<Self> {
        let right = left.saturating_add(width).min(self.width);
        let bottom = top.saturating_add(height).min(self.height);
        if left >= right || top >= bottom {
            return None;
        }
        let pixels = (top..bottom)
            .flat_map(|y| &self.row(y)[left..right])
            .copied()
            .collect();
        Some(Self {
            width: right - left,
            height: bottom - top,
            pixels,
        })
    }

    /// Blurred by a Gaussian of `sigma` pixels; the border continues outside.
    pub(super) fn blurred(&self, sigma: f32) -> Self {
        let kernel = gaussian_kernel(sigma);
        Self {
            width: self.width,
            height: self.height,
            pixels: convolved(&self.pixels, self.width, &kernel, |sum| sum),
        }
    }

    /// Brightness and contrast normalised over neighbourhoods of a Gaussian of `sigma`
    /// pixels: the mean becomes 128, the standard deviation about 50. Removes what glare
    /// adds.
    pub(super) fn contrast_normalised(&self, sigma: f32) -> Self {
        /// Standard deviation in grey levels that is noise rather than contrast. Less:
        /// flat ground turns into full contrast. More: dim modules stay dim. Chosen by
        /// eye, not measured.
        const NOISE: f32 = 6.0;
        let mean = self.blurred(sigma);
        let mut rest = self.clone();
        let mut squares = self.clone();
        for ((rest, square), mean) in rest
            .pixels
            .iter_mut()
            .zip(&mut squares.pixels)
            .zip(&mean.pixels)
        {
            *rest -= mean;
            *square = *rest * *rest;
        }
        let spread = squares.blurred(sigma);
        for (rest, spread) in rest.pixels.iter_mut().zip(&spread.pixels) {
            *rest = 128.0 + 50.0 * *rest / (spread.sqrt() + NOISE);
        }
        rest
    }

    /// Bilinear; the border continues outside.
    pub(super) fn bilinear(&self, x: f32, y: f32) -> f32 {
        let x = x.clamp(0.0, (self.width - 1) as f32);
        let y = y.clamp(0.0, (self.height - 1) as f32);
        let (right, below) = (
            usize::from(self.width > 1),
            if self.height > 1 { self.width } else { 0 },
        );
        // At the last pixel, start one before it: its share is then 1.
        let left = (x as usize).min(self.width - 1 - right);
        let top = (y as usize).min(self.height - 1 - usize::from(self.height > 1));
        let (u, v) = (x - left as f32, y - top as f32);
        let at = top * self.width + left;
        let pixels = &self.pixels[at..=at + below + right];
        let upper = pixels[0] + u * (pixels[right] - pixels[0]);
        let lower = pixels[below] + u * (pixels[below + right] - pixels[below]);
        upper + v * (lower - upper)
    }

    /// Bicubic; the border continues outside.
    pub(super) fn cubic(&self, x: f32, y: f32) -> f32 {
        let x = x.clamp(0.0, (self.width - 1) as f32);
        let y = y.clamp(0.0, (self.height - 1) as f32);
        let (left, top) = (x as usize, y as usize);
        let (across, down) = (weights(x - left as f32), weights(y - top as f32));
        let inside = left >= 1 && left + 2 < self.width;
        let mut sum = 0.0;
        for (tap, weight) in down.into_iter().enumerate() {
            let row = self.row((top + tap).saturating_sub(1).min(self.height - 1));
            let line = if inside {
                let taps = &row[left - 1..left + 3];
                across[0] * taps[0]
                    + across[1] * taps[1]
                    + across[2] * taps[2]
                    + across[3] * taps[3]
            } else {
                (0..4)
                    .map(|t| across[t] * row[(left + t).saturating_sub(1).min(self.width - 1)])
                    .sum()
            };
            sum += weight * line;
        }
        sum
    }
}

/// Parameter a of Keys' cubic interpolation; at −0.5 it is Catmull-Rom's. More negative
/// keeps edges sharper and overshoots more beside them. The value that `OpenCV` uses, too;
/// not measured here.
const CUBIC: f32 = -0.75;

/// The weights of the four pixels around a place `t` beyond the second.
fn weights(t: f32) -> [f32; 4] {
    let a = CUBIC;
    let u = 1.0 - t;
    let far = |d: f32| ((a * d - 5.0 * a) * d + 8.0 * a) * d - 4.0 * a;
    let near = |d: f32| ((a + 2.0) * d - (a + 3.0)) * d * d + 1.0;
    [far(1.0 + t), near(t), near(u), far(1.0 + u)]
}

/// One half of a Gaussian of `sigma` pixels, centre first; all of it sums to 1.
pub(super) fn gaussian_kernel(sigma: f32) -> Vec<f32> {
    gaussian(sigma.clamp(0.05, 50.0), REACH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slope_stays_a_slope() {
        let slope = FloatImage::from_luma(&Luma::from_fn(40, 30, |x, y| (2 * x + 3 * y) as u8));
        for (x, y) in [(10.25_f32, 12.5_f32), (15.0, 9.75), (20.9, 20.1)] {
            let expected = 2.0 * x + 3.0 * y;
            assert!((slope.bilinear(x, y) - expected).abs() < 1e-3);
            assert!((slope.cubic(x, y) - expected).abs() < 0.2);
            assert!((slope.blurred(1.5).bilinear(x, y) - expected).abs() < 1e-2);
        }
    }

    #[test]
    fn points_far_outside_are_the_border() {
        let dot = FloatImage::from_luma(&Luma::from_fn(1, 1, |_, _| 9));
        for at in [-1e9, -1.0, 0.0, 0.4, 1e9, f32::INFINITY, f32::NAN] {
            for value in [dot.bilinear(at, at), dot.cubic(at, at)] {
                assert!((value - 9.0).abs() < 1e-3 || at.is_nan());
            }
        }
    }
}
