//! The inverse cosine transform, at N/8 of the full size.

/// The order of a block's coefficients in a file: for each, its index in rows of
/// eight (T.81, figure A.6).
#[rustfmt::skip]
pub(super) const ZIGZAG: [u8; 64] = [
     0,  1,  8, 16,  9,  2,  3, 10, 17, 24, 32, 25, 18, 11,  4,  5,
    12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13,  6,  7, 14, 21, 28,
    35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51,
    58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
];

/// The number of coefficients, in the order of the file, among which are all of
/// the lowest `side` × `side`.
pub(super) const fn needed(side: usize) -> usize {
    let mut last = 0;
    let mut at = 0;
    while at < 64 {
        let place = ZIGZAG[at] as usize;
        if place / 8 < side && place % 8 < side {
            last = at;
        }
        at += 1;
    }
    last + 1
}

/// Turns the lowest `N` × `N` coefficients of a block into `N` × `N` pixels.
pub(super) struct Transform<const N: usize> {
    /// Each frequency's cosine at the centre of each pixel.
    waves: [[f32; N]; N],
}

impl<const N: usize> Transform<N> {
    pub(super) fn new() -> Self {
        let wave = |frequency: usize, pixel: usize| {
            let turns = ((2 * pixel + 1) * frequency) as f64 / (4 * N) as f64;
            let scale = if frequency == 0 {
                0.125_f64.sqrt()
            } else {
                0.5
            };
            (scale * (turns * std::f64::consts::TAU).cos()) as f32
        };
        Self {
            waves: std::array::from_fn(|frequency| {
                std::array::from_fn(|pixel| wave(frequency, pixel))
            }),
        }
    }

    /// Paints a block from its coefficients, in rows of eight, into rows of pixels
    /// `stride` apart.
    ///
    /// # Panics
    /// If `pixels` is too short.
    #[inline]
    pub(super) fn paint(&self, coefficients: &[i32; 64], pixels: &mut [u8], stride: usize) {
        let mut columns = [[0.5 + 128.0; N]; N];
        for (row, down) in coefficients.as_chunks::<8>().0.iter().zip(&self.waves) {
            let row: [i32; N] = std::array::from_fn(|at| row[at]);
            if row.iter().all(|&level| level == 0) {
                continue;
            }
            let mut across = [0.0; N];
            for (&level, waves) in row.iter().zip(&self.waves) {
                for (sum, wave) in across.iter_mut().zip(waves) {
                    *sum += level as f32 * wave;
                }
            }
            for (line, wave) in columns.iter_mut().zip(down) {
                for (sum, level) in line.iter_mut().zip(&across) {
                    *sum += wave * level;
                }
            }
        }
        for (line, row) in columns.iter().zip(pixels.chunks_mut(stride)) {
            for (pixel, &level) in row.iter_mut().zip(line) {
                // The cast saturates.
                *pixel = level as u8;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_needed_of_a_block() {
        assert_eq!([1, 2, 3, 4, 8].map(needed), [1, 5, 13, 25, 64]);
    }

    #[test]
    fn the_mean_alone_is_a_flat_block() {
        let mut coefficients = [0; 64];
        coefficients[0] = 8 * 20;
        let mut pixels = [0; 9];
        Transform::<3>::new().paint(&coefficients, &mut pixels, 3);
        assert_eq!(pixels, [148; 9]);
        coefficients[0] = 8 * 200;
        Transform::<3>::new().paint(&coefficients, &mut pixels, 3);
        assert_eq!(pixels, [255; 9]);
        coefficients[0] = i32::MIN / 2;
        Transform::<3>::new().paint(&coefficients, &mut pixels, 3);
        assert_eq!(pixels, [0; 9]);
    }
}
