//! Filters that bring out the modules of a symbol: sharpening and thresholds.

use super::kernel::{convolved, gaussian};
use super::luma::Luma;

/// Standard deviations at which a kernel ends. Beyond 2.5 lie 1.2 % of a Gaussian,
/// which 256ths hardly hold: more only costs time. Chosen by eye, not measured.
const REACH: f32 = 2.5;

impl Luma {
    /// Sharpened: the difference to a Gaussian blur of `sigma` pixels is added
    /// `gain` times. Undoes part of the blur of a webcam with fixed focus.
    #[must_use]
    pub fn unsharp(&self, sigma: f32, gain: f32) -> Self {
        let blurred = self.blurred(sigma);
        let gain = (gain * 256.0) as i32;
        let pixels = self
            .pixels()
            .iter()
            .zip(blurred.pixels())
            .map(|(&pixel, &blur)| {
                let (pixel, blur) = (i32::from(pixel), i32::from(blur));
                (pixel + ((gain * (pixel - blur)) >> 8)).clamp(0, 255) as u8
            })
            .collect();
        self.with_pixels(pixels)
    }

    /// Blurred by a Gaussian of `sigma` pixels; at the border the outermost
    /// pixels count as continuing.
    #[must_use]
    pub fn blurred(&self, sigma: f32) -> Self {
        let kernel = kernel_of_256ths(sigma);
        // Sums of at most 255 × 256 fit 16 bits, which doubles the pixels that
        // one vector instruction handles.
        let pixels = convolved(self.pixels(), self.width() as usize, &kernel, |sum: u16| {
            (sum >> 8) as u8
        });
        self.with_pixels(pixels)
    }

    /// Black and white only: a pixel is black where it is darker than the mean
    /// of the `window` × `window` pixels around it by more than `margin` grey
    /// levels. Where no module is near, `margin` keeps noise white.
    ///
    /// Bleached and dim screens need a local mean: no single threshold tells their modules apart.
    #[must_use]
    pub fn local_threshold(&self, window: u32, margin: i32) -> Self {
        let (width, height) = (self.width() as usize, self.height() as usize);
        let reach = (window / 2) as usize;
        let mut pixels = Vec::with_capacity(width * height);
        // Sums over the window's height, one per column, kept up to date from
        // row to row; then a sum over its width, kept up to date from column to column.
        let mut columns = vec![0_u32; width];
        for y in 0..reach.min(height) {
            add(&mut columns, self.row(y as u32));
        }
        for y in 0..height {
            if y + reach < height {
                add(&mut columns, self.row((y + reach) as u32));
            }
            if y > reach {
                subtract(&mut columns, self.row((y - reach - 1) as u32));
            }
            let rows = (y + reach).min(height - 1) - y.saturating_sub(reach) + 1;
            let mut sum: u32 = columns[..reach.min(width)].iter().sum();
            for (x, &pixel) in self.row(y as u32).iter().enumerate() {
                if x + reach < width {
                    sum += columns[x + reach];
                }
                if x > reach {
                    sum -= columns[x - reach - 1];
                }
                let count =
                    (rows * ((x + reach).min(width - 1) - x.saturating_sub(reach) + 1)) as i32;
                let dark = (i32::from(pixel) + margin) * count < sum as i32;
                pixels.push(if dark { 0 } else { 255 });
            }
        }
        self.with_pixels(pixels)
    }
}

fn add(columns: &mut [u32], row: &[u8]) {
    for (column, &pixel) in columns.iter_mut().zip(row) {
        *column += u32::from(pixel);
    }
}

fn subtract(columns: &mut [u32], row: &[u8]) {
    for (column, &pixel) in columns.iter_mut().zip(row) {
        *column -= u32::from(pixel);
    }
}

/// One half of a Gaussian, centre first, in 1/256; all of it sums to 256.
fn kernel_of_256ths(sigma: f32) -> Vec<u16> {
    let sigma = sigma.clamp(0.1, 20.0);
    let mut kernel: Vec<u16> = gaussian(sigma, REACH)
        .into_iter()
        .map(|weight| (256.0 * weight).round() as u16)
        .collect();
    // Rounding errors go to the centre, so that flat stays flat and no sum
    // exceeds 16 bits.
    let sides: u16 = 2 * kernel[1..].iter().sum::<u16>();
    kernel[0] = 256 - sides.min(256);
    kernel
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kernels_sum_to_one() {
        for sigma in [0.1, 0.5, 1.0, 2.0, 3.0, 7.5, 20.0] {
            let kernel = kernel_of_256ths(sigma);
            let sum = kernel[0] + 2 * kernel[1..].iter().sum::<u16>();
            assert_eq!(sum, 256, "sigma {sigma}");
        }
    }

    #[test]
    fn flat_stays_flat() {
        for level in [0, 1, 128, 255] {
            let flat = Luma::from_fn(9, 5, |_, _| level);
            assert_eq!(flat.blurred(2.0), flat);
            assert_eq!(flat.unsharp(2.0, 2.0), flat);
        }
    }

    #[test]
    fn sharpening_widens_the_step_at_an_edge() {
        let edge = Luma::from_fn(40, 3, |x, _| if x < 20 { 100 } else { 150 });
        let sharp = edge.unsharp(2.0, 2.0);
        assert!(sharp.row(1)[19] < 100 && sharp.row(1)[20] > 150);
        assert_eq!(sharp.row(1)[0], 100);
        assert_eq!(sharp.row(1)[39], 150);
    }

    #[test]
    fn local_threshold_equals_the_plain_definition() {
        let picture = Luma::from_fn(17, 11, |x, y| (x * 31 + y * 57 + x * y * 7) as u8);
        for window in [1, 3, 5, 9, 25, 41] {
            let quick = picture.local_threshold(window, 5);
            let reach = i64::from(window / 2);
            let plain = Luma::from_fn(17, 11, |x, y| {
                let (mut sum, mut count) = (0, 0);
                for v in (i64::from(y) - reach).max(0)..=(i64::from(y) + reach).min(10) {
                    for u in (i64::from(x) - reach).max(0)..=(i64::from(x) + reach).min(16) {
                        sum += i32::from(picture.at_clamped(u, v));
                        count += 1;
                    }
                }
                let pixel = i32::from(picture.at_clamped(i64::from(x), i64::from(y)));
                if (pixel + 5) * count < sum { 0 } else { 255 }
            });
            assert_eq!(quick, plain, "window {window}");
        }
    }

    #[test]
    fn thin_pictures_are_filtered_too() {
        for (width, height) in [(1, 1), (1, 100), (100, 1), (2, 3)] {
            let thin = Luma::from_fn(width, height, |x, y| (x + y) as u8);
            assert_eq!(thin.unsharp(3.0, 2.0).width(), width);
            assert_eq!(thin.local_threshold(25, 5).height(), height);
            assert_eq!(thin.doubled().half().width(), width);
        }
    }
}
