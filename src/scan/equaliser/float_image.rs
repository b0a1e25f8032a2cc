//! Pictures as floating-point numbers, for what is too fine for bytes.

use super::super::luma::Luma;

/// A picture whose pixels are numbers. Coordinates are those of the centres of
/// pixels; neither side is ever zero.
#[derive(Debug, Clone)]
pub(super) struct FloatImage {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) pixels: Vec<f32>,
}

impl FloatImage {
    /// A plane of zeros; sides of zero count as one.
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
        let (width, height) = (self.width / 2, self.height / 2);
        if width == 0 || height == 0 {
            return None;
        }
        let mut pixels = Vec::with_capacity(width * height);
        for y in 0..height {
            let above = self.row(2 * y).chunks_exact(2);
            let below = self.row(2 * y + 1).chunks_exact(2);
            pixels.extend(
                above
                    .zip(below)
                    .map(|(a, b)| (a[0] + a[1] + b[0] + b[1]) / 4.0),
            );
        }
        Some(Self {
            width,
            height,
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
        let kernel = gaussian(sigma);
        let reach = kernel.len() - 1;
        let (width, height) = (self.width, self.height);
        let mut across = Self::zeros(width, height);
        let mut wide = vec![0.0; width + 2 * reach];
        for y in 0..height {
            let row = self.row(y);
            wide[..reach].fill(row[0]);
            wide[reach..reach + width].copy_from_slice(row);
            wide[reach + width..].fill(row[width - 1]);
            let sums = &mut across.pixels[y * width..(y + 1) * width];
            weigh(sums, &kernel, |offset| {
                let start = reach.wrapping_add_signed(offset);
                &wide[start..start + width]
            });
        }
        let mut both = Self::zeros(width, height);
        for y in 0..height {
            let sums = &mut both.pixels[y * width..(y + 1) * width];
            weigh(sums, &kernel, |offset| {
                across.row(y.saturating_add_signed(offset).min(height - 1))
            });
        }
        both
    }

    /// Brightness and contrast evened out over neighbourhoods of a Gaussian of
    /// `sigma` pixels: the mean becomes 128, the standard deviation about 50.
    /// Takes away what glare adds.
    pub(super) fn contrast_normalised(&self, sigma: f32) -> Self {
        /// Grey levels that are noise rather than contrast.
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
        // At the last pixel, the share of the one beyond is 0 from this side.
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

/// Keys' cubic with a = −0.75, a little sharper than Catmull-Rom.
fn weights(t: f32) -> [f32; 4] {
    let a = -0.75;
    let u = 1.0 - t;
    let far = |d: f32| ((a * d - 5.0 * a) * d + 8.0 * a) * d - 4.0 * a;
    let near = |d: f32| ((a + 2.0) * d - (a + 3.0)) * d * d + 1.0;
    [far(1.0 + t), near(t), near(u), far(1.0 + u)]
}

/// Sums of the lines at offsets −r … r, each weighed by the kernel.
fn weigh<'a>(sums: &mut [f32], kernel: &[f32], line: impl Fn(isize) -> &'a [f32]) {
    for (sum, &pixel) in sums.iter_mut().zip(line(0)) {
        *sum = kernel[0] * pixel;
    }
    for (offset, &weight) in kernel.iter().enumerate().skip(1) {
        let (before, after) = (line(-(offset as isize)), line(offset as isize));
        for ((sum, &a), &b) in sums.iter_mut().zip(before).zip(after) {
            *sum += weight * (a + b);
        }
    }
}

/// One half of a Gaussian, centre first; all of it sums up to 1.
pub(super) fn gaussian(sigma: f32) -> Vec<f32> {
    let sigma = sigma.clamp(0.05, 50.0);
    let reach = (3.0 * sigma).ceil() as usize;
    let bell = |i: usize| (-((i * i) as f32) / (2.0 * sigma * sigma)).exp();
    let total = bell(0) + 2.0 * (1..=reach).map(bell).sum::<f32>();
    (0..=reach).map(|i| bell(i) / total).collect()
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
