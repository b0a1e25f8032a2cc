//! What pictures of bytes and of floating-point numbers have in common: the
//! Gaussian, separable convolution, and halving.

use std::ops::{Add, AddAssign, Mul};

/// One half of a Gaussian of `sigma` pixels, centre first. It ends at `reach`
/// standard deviations, and all of it, both halves, sums to 1.
pub(super) fn gaussian(sigma: f32, reach: f32) -> Vec<f32> {
    let reach = (reach * sigma).ceil() as usize;
    let bell = |i: usize| (-((i * i) as f32) / (2.0 * sigma * sigma)).exp();
    let total = bell(0) + 2.0 * (1..=reach).map(bell).sum::<f32>();
    (0..=reach).map(|i| bell(i) / total).collect()
}

/// The picture convolved with a symmetric kernel, of which one half is given,
/// along its rows and then along its columns. At the border the outermost pixels
/// continue. `rounded` turns a weighted sum into a pixel again.
pub(super) fn convolved<Pixel, Sum>(
    pixels: &[Pixel],
    width: usize,
    kernel: &[Sum],
    rounded: impl Fn(Sum) -> Pixel,
) -> Vec<Pixel>
where
    Pixel: Copy + Default,
    Sum: Copy + Default + From<Pixel> + Add<Output = Sum> + Mul<Output = Sum> + AddAssign,
{
    let reach = kernel.len() - 1;
    let height = pixels.len() / width;
    let mut sums = vec![Sum::default(); width];
    let mut wide = vec![Pixel::default(); width + 2 * reach];
    let mut across = Vec::with_capacity(pixels.len());
    for row in pixels.chunks_exact(width) {
        wide[..reach].fill(row[0]);
        wide[reach..reach + width].copy_from_slice(row);
        wide[reach + width..].fill(row[width - 1]);
        weigh(&mut sums, kernel, |offset| {
            let start = reach.wrapping_add_signed(offset);
            &wide[start..start + width]
        });
        across.extend(sums.iter().map(|&sum| rounded(sum)));
    }
    let mut both = Vec::with_capacity(pixels.len());
    for y in 0..height {
        weigh(&mut sums, kernel, |offset| {
            let row = y.saturating_add_signed(offset).min(height - 1);
            &across[row * width..(row + 1) * width]
        });
        both.extend(sums.iter().map(|&sum| rounded(sum)));
    }
    both
}

/// Sums of the lines at offsets −r … r, each weighted by the kernel.
fn weigh<'a, Pixel, Sum>(sums: &mut [Sum], kernel: &[Sum], line: impl Fn(isize) -> &'a [Pixel])
where
    Pixel: Copy + 'a,
    Sum: Copy + From<Pixel> + Add<Output = Sum> + Mul<Output = Sum> + AddAssign,
{
    for (sum, &pixel) in sums.iter_mut().zip(line(0)) {
        *sum = kernel[0] * Sum::from(pixel);
    }
    for (offset, &weight) in kernel.iter().enumerate().skip(1) {
        let (before, after) = (line(-(offset as isize)), line(offset as isize));
        for ((sum, &a), &b) in sums.iter_mut().zip(before).zip(after) {
            *sum += weight * (Sum::from(a) + Sum::from(b));
        }
    }
}

/// Half the size on each side, every pixel the mean of four. An odd last row or
/// column is dropped; `None` if nothing is left.
pub(super) fn halved<Pixel: Copy>(
    pixels: &[Pixel],
    width: usize,
    mean: impl Fn([Pixel; 4]) -> Pixel,
) -> Option<Vec<Pixel>> {
    let height = pixels.len() / width;
    if width < 2 || height < 2 {
        return None;
    }
    let mut half = Vec::with_capacity((width / 2) * (height / 2));
    for rows in pixels.chunks_exact(2 * width) {
        let (above, below) = rows.split_at(width);
        let pairs = above.chunks_exact(2).zip(below.chunks_exact(2));
        half.extend(pairs.map(|(a, b)| mean([a[0], a[1], b[0], b[1]])));
    }
    Some(half)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaussians_sum_to_one() {
        for sigma in [0.1, 0.6, 2.0, 9.0] {
            let kernel = gaussian(sigma, 3.0);
            let sum = kernel[0] + 2.0 * kernel[1..].iter().sum::<f32>();
            assert!((sum - 1.0).abs() < 1e-5, "{sigma}: {sum}");
        }
    }

    #[test]
    fn bytes_and_numbers_are_convolved_alike() {
        let bytes: Vec<u8> = (0..63_u32).map(|i| (i * 37 % 251) as u8).collect();
        let numbers: Vec<f32> = bytes.iter().map(|&byte| f32::from(byte)).collect();
        let of_bytes = convolved(&bytes, 9, &[128_u16, 64], |sum| (sum >> 8) as u8);
        let of_numbers = convolved(&numbers, 9, &[0.5_f32, 0.25], |sum| sum);
        for (&byte, number) in of_bytes.iter().zip(of_numbers) {
            assert!((f32::from(byte) - number).abs() < 2.0);
        }
    }
}
