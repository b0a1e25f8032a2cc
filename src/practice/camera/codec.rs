//! A lossy video codec similar to H.264, for its effects on pixels.
//!
//! It codes luma in macroblocks of 16 × 16. Each is predicted from the previous
//! frame (with whole-pixel motion search) or from the mean of its neighbours. The
//! residual goes through an 8 × 8 DCT and a coarse quantiser with a dead zone, so
//! that small differences are skipped and old pixels stay. A deblocking filter
//! smooths block edges, and the result predicts the next frame. This causes
//! blocking, ringing, smearing and the flicker of key frames.
//!
//! It lacks a bit stream and rate control, sub-pixel motion, directional intra
//! prediction, B-frames and colour, and its deblocking strength does not follow
//! the standard's tables. It does not represent the quality of any encoder at a
//! bit rate.

use crate::scan::Luma;
use std::sync::LazyLock;

/// How coarsely video is coded.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Codec {
    /// Step of the quantiser in grey levels, on coefficients of an orthonormal
    /// DCT: 16 is about H.264's QP 28, 32 its QP 34. Clamped to 0.5 to 255.
    pub step: f32,
    /// Interval between key frames, in frames; 0 if only the first is one.
    pub key_every: usize,
}

/// Side of a macroblock.
const MACRO: usize = 16;

/// Side of a transform block.
const BLOCK: usize = 8;

/// Codes the frames of one sequence, in order.
pub(super) struct Coder {
    step: f32,
    key_every: usize,
    coded: usize,
    /// The previous frame as decoded.
    before: Option<CodecPlane>,
}

impl Coder {
    pub(super) fn new(codec: Codec) -> Self {
        Self {
            step: codec.step.clamp(0.5, 255.0),
            key_every: codec.key_every,
            coded: 0,
            before: None,
        }
    }

    /// Codes the next frame; returns it as decoded.
    pub(super) fn code(&mut self, frame: &Luma) -> Luma {
        let source = CodecPlane::of(frame);
        let is_key = self.key_every > 0 && self.coded.is_multiple_of(self.key_every);
        self.coded += 1;
        let before = self.before.take().filter(|_| !is_key);
        let mut coded = CodecPlane {
            pixels: vec![0.0; source.pixels.len()],
            ..source
        };
        for top in (0..source.height).step_by(MACRO) {
            for left in (0..source.width).step_by(MACRO) {
                self.code_macroblock(&source, before.as_ref(), &mut coded, left, top);
            }
        }
        coded.deblock(self.step);
        let shown = Luma::from_fn(frame.width(), frame.height(), |x, y| {
            coded.pixels[y as usize * coded.width + x as usize] as u8
        });
        self.before = Some(coded);
        shown
    }

    fn code_macroblock(
        &self,
        source: &CodecPlane,
        before: Option<&CodecPlane>,
        coded: &mut CodecPlane,
        left: usize,
        top: usize,
    ) {
        let wanted = source.macroblock(left as isize, top as isize);
        let within = [coded.mean_around(left, top); MACRO * MACRO];
        let across = before.map(|before| best_match(before, &wanted, left, top));
        let (prediction, rounding) = match across {
            Some(across) if difference(&across, &wanted) <= difference(&within, &wanted) => {
                (across, 1.0 / 6.0)
            }
            _ => (within, 1.0 / 3.0),
        };
        for v in (0..MACRO).step_by(BLOCK) {
            for u in (0..MACRO).step_by(BLOCK) {
                let place = |at: usize| (v + at / BLOCK) * MACRO + u + at % BLOCK;
                let mut block: [f32; BLOCK * BLOCK] =
                    std::array::from_fn(|at| wanted[place(at)] - prediction[place(at)]);
                self.quantise(&mut block, rounding);
                for (at, &rest) in block.iter().enumerate() {
                    let (x, y) = (left + u + at % BLOCK, top + v + at / BLOCK);
                    if x < coded.width && y < coded.height {
                        coded.pixels[y * coded.width + x] =
                            (prediction[place(at)] + rest).round().clamp(0.0, 255.0);
                    }
                }
            }
        }
    }

    /// Transforms, quantises and restores a block.
    fn quantise(&self, block: &mut [f32; BLOCK * BLOCK], rounding: f32) {
        transform(block, false);
        for value in &mut *block {
            let steps = (value.abs() / self.step + rounding).floor();
            *value = value.signum() * steps * self.step;
        }
        transform(block, true);
    }
}

/// Grey levels, row by row.
struct CodecPlane {
    width: usize,
    height: usize,
    pixels: Vec<f32>,
}

type Macroblock = [f32; MACRO * MACRO];

impl CodecPlane {
    fn of(frame: &Luma) -> Self {
        Self {
            width: frame.width() as usize,
            height: frame.height() as usize,
            pixels: frame.pixels().iter().map(|&p| f32::from(p)).collect(),
        }
    }

    /// The macroblock at a position; beyond the frame, its border is repeated.
    fn macroblock(&self, left: isize, top: isize) -> Macroblock {
        let clamp = |at: isize, most: usize| at.clamp(0, most as isize - 1) as usize;
        let mut block = [0.0; MACRO * MACRO];
        for (v, row) in block.chunks_exact_mut(MACRO).enumerate() {
            let start = clamp(top + v as isize, self.height) * self.width;
            for (u, pixel) in row.iter_mut().enumerate() {
                *pixel = self.pixels[start + clamp(left + u as isize, self.width)];
            }
        }
        block
    }

    /// Mean of the pixels just above and to the left, which the decoder already
    /// knows.
    fn mean_around(&self, left: usize, top: usize) -> f32 {
        let (right, bottom) = (
            (left + MACRO).min(self.width),
            (top + MACRO).min(self.height),
        );
        let above = (top > 0).then(|| (left..right).map(|x| (x, top - 1)));
        let beside = (left > 0).then(|| (top..bottom).map(|y| (left - 1, y)));
        let (mut sum, mut count) = (0.0, 0.0);
        for (x, y) in above
            .into_iter()
            .flatten()
            .chain(beside.into_iter().flatten())
        {
            sum += self.pixels[y * self.width + x];
            count += 1.0;
        }
        if count > 0.0 { sum / count } else { 128.0 }
    }

    /// Smooths steps at block edges that are small enough to stem from the
    /// quantiser rather than the picture.
    fn deblock(&mut self, step: f32) {
        let (width, height) = (self.width, self.height);
        for x in (BLOCK..width.saturating_sub(1)).step_by(BLOCK) {
            for y in 0..height {
                self.smooth(y * width + x, 1, step);
            }
        }
        for y in (BLOCK..height.saturating_sub(1)).step_by(BLOCK) {
            for x in 0..width {
                self.smooth(y * width + x, width, step);
            }
        }
    }

    /// Smooths the edge before `at`; pixels across it are `stride` apart.
    fn smooth(&mut self, at: usize, stride: usize, step: f32) {
        let [p1, p0, q0, q1] =
            [at - 2 * stride, at - stride, at, at + stride].map(|at| self.pixels[at]);
        let flat = 2.0 + step / 4.0;
        if (p0 - q0).abs() >= step || (p1 - p0).abs() >= flat || (q1 - q0).abs() >= flat {
            return;
        }
        let most = 1.0 + step / 10.0;
        let change = ((4.0 * (q0 - p0) + p1 - q1) / 8.0).clamp(-most, most);
        self.pixels[at - stride] = (p0 + change).round().clamp(0.0, 255.0);
        self.pixels[at] = (q0 - change).round().clamp(0.0, 255.0);
    }
}

/// The most similar macroblock of the previous frame, by a search in decreasing
/// steps.
fn best_match(before: &CodecPlane, wanted: &Macroblock, left: usize, top: usize) -> Macroblock {
    let (mut x, mut y) = (left as isize, top as isize);
    let mut best = before.macroblock(x, y);
    // A zero vector costs no bits, so any other must gain at least its own.
    let mut least = difference(&best, wanted) - 64.0;
    for step in [8, 4, 2, 1] {
        let (from_x, from_y) = (x, y);
        for (dx, dy) in [
            (-step, -step),
            (0, -step),
            (step, -step),
            (-step, 0),
            (step, 0),
            (-step, step),
            (0, step),
            (step, step),
        ] {
            let block = before.macroblock(from_x + dx, from_y + dy);
            let rest = difference(&block, wanted);
            if rest < least {
                (least, best) = (rest, block);
                (x, y) = (from_x + dx, from_y + dy);
            }
        }
    }
    best
}

fn difference(one: &Macroblock, other: &Macroblock) -> f32 {
    one.iter().zip(other).map(|(a, b)| (a - b).abs()).sum()
}

/// The orthonormal DCT of a block, or its inverse: along rows, then columns.
fn transform(block: &mut [f32; BLOCK * BLOCK], inverse: bool) {
    static WAVES: LazyLock<[f32; BLOCK * BLOCK]> = LazyLock::new(|| {
        std::array::from_fn(|at| {
            let (wave, place) = ((at / BLOCK) as f32, (at % BLOCK) as f32);
            let scale = if at < BLOCK { 0.125_f32 } else { 0.25 }.sqrt();
            scale * ((2.0 * place + 1.0) * wave * std::f32::consts::PI / 16.0).cos()
        })
    });
    let weight = |out: usize, into: usize| {
        WAVES[if inverse {
            into * BLOCK + out
        } else {
            out * BLOCK + into
        }]
    };
    for (stride, between_lines) in [(1, BLOCK), (BLOCK, 1)] {
        for line in 0..BLOCK {
            let start = line * between_lines;
            let values: [f32; BLOCK] = std::array::from_fn(|i| block[start + i * stride]);
            for out in 0..BLOCK {
                block[start + out * stride] = (0..BLOCK)
                    .map(|into| weight(out, into) * values[into])
                    .sum();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Slanted stripes, shifted: detail and motion.
    fn frame(moved: u32) -> Luma {
        Luma::from_fn(70, 50, |x, y| {
            if ((x + y + moved) / 5).is_multiple_of(2) {
                40
            } else {
                200
            }
        })
    }

    fn error(one: &Luma, other: &Luma) -> f32 {
        let sum: f32 = one
            .pixels()
            .iter()
            .zip(other.pixels())
            .map(|(&a, &b)| f32::from(a.abs_diff(b)))
            .sum();
        sum / one.pixels().len() as f32
    }

    fn coded(step: f32) -> Vec<Luma> {
        let mut coder = Coder::new(Codec { step, key_every: 4 });
        (0..6).map(|at| coder.code(&frame(at))).collect()
    }

    #[test]
    fn the_transform_is_its_own_inverse_and_keeps_energy() {
        let before: [f32; 64] = std::array::from_fn(|at| ((at * at * 7) % 83) as f32);
        let mut block = before;
        transform(&mut block, false);
        let energy = |block: &[f32; 64]| block.iter().map(|v| v * v).sum::<f32>();
        assert!((energy(&block) / energy(&before) - 1.0).abs() < 1e-4);
        assert!((block[0] - before.iter().sum::<f32>() / 8.0).abs() < 1e-2);
        transform(&mut block, true);
        for (a, b) in block.iter().zip(&before) {
            assert!((a - b).abs() < 1e-3);
        }
    }

    #[test]
    fn a_coarser_quantiser_loses_more_and_a_fine_one_little() {
        let lost = |step: f32| {
            coded(step)
                .iter()
                .enumerate()
                .map(|(at, shown)| error(shown, &frame(at as u32)))
                .sum::<f32>()
                / 6.0
        };
        assert!(lost(1.0) < 1.5, "{}", lost(1.0));
        assert!(lost(60.0) > 3.0 * lost(8.0), "{} {}", lost(60.0), lost(8.0));
    }

    #[test]
    fn small_changes_are_skipped_until_a_key_frame() {
        let grey = |level: u8| Luma::from_fn(32, 32, move |_, _| level);
        let mut coder = Coder::new(Codec {
            step: 64.0,
            key_every: 3,
        });
        let first = coder.code(&grey(128));
        // A change below the step: the old pixels stay.
        assert_eq!(coder.code(&grey(131)), first);
        assert_eq!(coder.code(&grey(131)), first);
    }

    #[test]
    fn frames_of_any_size_and_steps_of_any_kind_are_survived() {
        for (width, height) in [(1, 1), (1, 40), (33, 2), (17, 15)] {
            for step in [f32::NEG_INFINITY, 0.0, 1e30] {
                let mut coder = Coder::new(Codec { step, key_every: 0 });
                for at in 0..3 {
                    let shown =
                        coder.code(&Luma::from_fn(width, height, |x, y| (x * y + at) as u8));
                    assert_eq!((shown.width(), shown.height()), (width, height));
                }
            }
        }
    }
}
