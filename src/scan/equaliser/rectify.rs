//! Rectification: a symbol laid out flat, with samples at every half module.

use super::super::float_image::FloatImage;
use super::super::homography::Homography;
use super::function_patterns::{FunctionPatterns, KNOWN_QUIET_ZONE};
use super::linear::solve;

/// Samples per module while filtering: four, so that every other is a half module.
const FINE: usize = 4;

/// Standard deviation in modules of the blur against noise before sampling. More than
/// this blurs neighbours into each other: at 0.35 the errors double. Less keeps noise
/// that the filter then has to average.
const BLUR: f32 = 0.2;

/// Standard deviation in modules of the neighbourhood whose mean brightness is
/// subtracted. Less: it takes contrast from the data, too. More: the edge of a
/// reflection stays. Chosen by eye, not measured.
const LOCAL: f32 = 3.0;

/// Luma above which a module that must be dark is lit by something else: glare. Lower:
/// bleached symbols lose all their dark examples. Chosen by eye, not measured.
const CLIPPED: f32 = 245.0;

/// Share (0 to 1) of the contrast of a module made out that is subtracted before the mean
/// around is taken. At 1 a module made out wrongly would shift the mean by its full
/// contrast. Chosen by eye, not measured.
const EXPLAINED: f32 = 0.9;

/// A symbol with the known part of its quiet zone, brightness and contrast evened out:
/// light is about +1, dark about −1.
#[derive(Debug, Clone)]
pub(super) struct RectifiedSymbol {
    /// Modules per side, quiet zone included.
    pub(super) wide: usize,
    /// Samples at every half module: (2 `wide` + 1)², the centres of modules at
    /// odd rows and columns.
    pub(super) halves: FloatImage,
    /// How far each module can be trusted as an example: 0 where glare has swallowed
    /// it, else 1.
    pub(super) trust: Vec<f32>,
}

impl RectifiedSymbol {
    /// Samples `picture` where `map` says that the symbol is. `None` if the known modules
    /// cannot be seen there at all.
    ///
    /// `modules` are the modules made out so far, at first only the function patterns.
    /// What they add to the brightness around them is not mistaken for shade.
    pub(super) fn sample(
        picture: &FloatImage,
        patterns: &FunctionPatterns,
        map: &Homography,
        modules: &[f32],
    ) -> Option<Self> {
        let wide = patterns.framed_side();
        let fine = warped(picture, map, wide).blurred(BLUR * FINE as f32);
        let mut halves = FloatImage::zeros(2 * wide + 1, 2 * wide + 1);
        for y in 0..=2 * wide {
            for x in 0..=2 * wide {
                halves.pixels[y * (2 * wide + 1) + x] = fine.pixels[2 * y * fine.width + 2 * x];
            }
        }
        let known = patterns.framed(&patterns.known);
        let mut centres = FloatImage::zeros(wide, wide);
        for y in 0..wide {
            for x in 0..wide {
                centres.pixels[y * wide + x] =
                    halves.pixels[(2 * y + 1) * (2 * wide + 1) + 2 * x + 1];
            }
        }
        let trust = trust(&centres, &known);
        let gain = gain(&centres, &known, &trust)?;
        let mean = local_mean(&centres, &patterns.framed(modules), gain);
        for y in 0..=2 * wide {
            for x in 0..=2 * wide {
                let (u, v) = (x as f32 / 2.0 - 0.5, y as f32 / 2.0 - 0.5);
                let sample = &mut halves.pixels[y * (2 * wide + 1) + x];
                *sample = (*sample - mean.bilinear(u, v)) / gain;
            }
        }
        Some(Self {
            wide,
            halves,
            trust,
        })
    }
}

/// The picture pulled straight, [`FINE`] samples per module from the outer
/// corner of the known quiet zone on.
fn warped(picture: &FloatImage, map: &Homography, wide: usize) -> FloatImage {
    let side = FINE * wide + 1;
    let mut flat = FloatImage::zeros(side, side);
    let [a, b, c, d, e, f, g, h, i] = map.0;
    for row in 0..side {
        let y = row as f64 / FINE as f64 - KNOWN_QUIET_ZONE as f64;
        for column in 0..side {
            let x = column as f64 / FINE as f64 - KNOWN_QUIET_ZONE as f64;
            let depth = g * x + h * y + i;
            let (u, v) = ((a * x + b * y + c) / depth, (d * x + e * y + f) / depth);
            flat.pixels[row * side + column] = picture.cubic(u as f32, v as f32);
        }
    }
    flat
}

fn trust(centres: &FloatImage, known: &[f32]) -> Vec<f32> {
    let clipped = |index: usize| known[index] < 0.0 && centres.pixels[index] > CLIPPED;
    (0..known.len())
        .map(|index| if clipped(index) { 0.0 } else { 1.0 })
        .collect()
}

/// Half the difference between light and dark known modules, by least squares beside a
/// slope of brightness.
fn gain(centres: &FloatImage, known: &[f32], trust: &[f32]) -> Option<f32> {
    let wide = centres.width;
    let mut matrix = [0.0; 16];
    let mut right = [0.0; 4];
    for (index, (&module, &trust)) in known.iter().zip(trust).enumerate() {
        if module == 0.0 || trust == 0.0 {
            continue;
        }
        let (x, y) = (index % wide, index / wide);
        let place = |i: usize| i as f64 / wide as f64 - 0.5;
        let row = [1.0, place(x), place(y), f64::from(module)];
        for i in 0..4 {
            for j in 0..4 {
                matrix[4 * i + j] += row[i] * row[j];
            }
            right[i] += row[i] * f64::from(centres.pixels[index] - 128.0);
        }
    }
    solve(&mut matrix, &mut right)?;
    (right[3] > 0.0).then(|| right[3].max(1.0) as f32)
}

/// The mean brightness around each module, without what the modules made out add to it.
fn local_mean(centres: &FloatImage, modules: &[f32], gain: f32) -> FloatImage {
    let mut rest = centres.clone();
    for (pixel, module) in rest.pixels.iter_mut().zip(modules) {
        *pixel -= EXPLAINED * gain * module;
    }
    rest.blurred(LOCAL)
}
