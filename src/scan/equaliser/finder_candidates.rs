//! Places that look like finder patterns, however blurred.
//!
//! The core of a finder pattern is a dark spot, so only local minima of brightness are
//! compared with blurred finder patterns of several sizes.

use std::sync::LazyLock;

use super::super::float_image::FloatImage;

/// Pixels per module of the finder patterns that are looked for on one level of the
/// pyramid: a geometric series that the next level, at half size, continues. Fewer
/// sizes: the correlation between two of them drops. More: time in proportion.
const MODULES: [f32; 4] = [1.35, 1.6, 1.9, 2.27];

/// Rows of a strip: the unit of work.
pub(super) const STRIP: usize = 32;

/// Rows around a strip that are looked at too: the reach of the blur and of the ring.
const MARGIN: usize = 6;

/// Standard deviation in pixels of the blur in which the cores become single dark
/// spots. Less: noise makes spots of its own. More: small cores merge with what is
/// around them. Chosen by eye, not measured.
const SPOT: f32 = 1.2;

/// Spots per million pixels that are compared at most, the darkest first, and as many
/// more in every strip, because noise has spots everywhere. Fewer: a faint finder
/// pattern beside noise is left out. More: noise takes the time of the frame. Chosen
/// by eye, not measured.
const SPOTS_PER_MILLION: usize = 8_000;
const SPOTS_MORE: usize = 20;

/// Grey levels by which a spot must be darker than the ring around it: noise after the
/// blur stays below. Chosen by eye, not measured.
const LEAST_DARKER: f32 = 2.0;

/// How much lower the correlation may be a pixel beside the centre of a finder
/// pattern, where its spot may lie. Chosen by eye, not measured.
const BESIDE: f32 = 0.15;

/// Standard deviation in grey levels that a candidate must have around it: what is
/// flatter is noise. Chosen by eye, not measured.
const LEAST_CONTRAST: f32 = 4.0;

/// Steps of a pixel that a candidate may climb from its spot.
const MOST_STEPS: usize = 3;

/// How much lower the correlation with a size beyond the series is taken to be than
/// that with the neighbour on the other side, to interpolate at its ends. Chosen by
/// eye, not measured.
const BEYOND_THE_SERIES: f32 = 0.1;

/// Standard deviation in modules of the blur of the finder patterns that are compared:
/// about that of small modules in a webcam. Chosen by eye, not measured.
const TEMPLATE_BLUR: f32 = 0.55;

/// Modules from the centre of a template to its edge: the pattern (3.5) and most of
/// the light around it.
const TEMPLATE_REACH: f32 = 4.4;

/// Where a finder pattern may be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Candidate {
    /// Its centre, in pixels of the picture.
    pub(super) at: [f64; 2],
    /// Pixels per module.
    pub(super) module: f64,
    /// Correlation with a blurred finder pattern, −1 to 1.
    pub(super) fit: f64,
    /// Standard deviation of the picture there.
    pub(super) contrast: f64,
}

impl Candidate {
    /// Clear candidates first, and among them those of high contrast.
    pub(super) fn rank(&self) -> f64 {
        self.fit * self.fit * self.contrast
    }
}

/// Candidates among the rows of one strip of a level, in pixels of that level.
pub(super) fn in_strip(level: &FloatImage, strip: usize, least: f32) -> Vec<Candidate> {
    let first = strip * STRIP;
    let last = (first + STRIP).min(level.height);
    let top = first.saturating_sub(MARGIN);
    let Some(part) = level.part(0, top, level.width, last + MARGIN - top) else {
        return Vec::new();
    };
    let soft = part.blurred(SPOT);
    let mut spots = Vec::new();
    for y in first..last {
        spots_in_row(&soft, y - top, &mut spots);
    }
    let most = (last - first) * level.width * SPOTS_PER_MILLION / 1_000_000 + SPOTS_MORE;
    if spots.len() > most {
        spots.select_nth_unstable_by(most, |a, b| b.0.total_cmp(&a.0));
        spots.truncate(most);
    }
    let mut found = Vec::new();
    for (_, x, y) in spots {
        compare(level, (x, y + top), least, &mut found);
    }
    found
}

/// Adds the pixels that are darker than the eight around them and than a ring at the
/// distance of a finder pattern's light ring, with how much darker they are.
fn spots_in_row(soft: &FloatImage, y: usize, spots: &mut Vec<(f32, usize, usize)>) {
    const RING: [(isize, isize); 8] = [
        (4, 0),
        (3, 3),
        (0, 4),
        (-3, 3),
        (-4, 0),
        (-3, -3),
        (0, -4),
        (3, -3),
    ];
    if y < 1 || y + 1 >= soft.height || soft.width < 3 {
        return;
    }
    let (above, row, below) = (soft.row(y - 1), soft.row(y), soft.row(y + 1));
    for x in 1..soft.width - 1 {
        let here = row[x];
        let spot = here < row[x - 1]
            && here <= row[x + 1]
            && here < above[x - 1]
            && here < above[x]
            && here < above[x + 1]
            && here <= below[x - 1]
            && here <= below[x]
            && here <= below[x + 1];
        if !spot {
            continue;
        }
        let around: f32 = RING
            .iter()
            .map(|&(u, v)| {
                let x = x.saturating_add_signed(u).min(soft.width - 1);
                let y = y.saturating_add_signed(v).min(soft.height - 1);
                soft.pixels[y * soft.width + x]
            })
            .sum();
        let darker = around / 8.0 - here;
        if darker > LEAST_DARKER {
            spots.push((darker, x, y));
        }
    }
}

/// Compares a place with finder patterns of all sizes and adds what looks like one.
fn compare(level: &FloatImage, (x, y): (usize, usize), least: f32, found: &mut Vec<Candidate>) {
    let fits: [f32; MODULES.len()] =
        std::array::from_fn(|size| FINDER_TEMPLATES[size].fit(level, x, y).0);
    for (size, &fit) in fits.iter().enumerate() {
        let smaller = if size > 0 { fits[size - 1] } else { -1.0 };
        let larger = fits.get(size + 1).copied().unwrap_or(-1.0);
        if fit < least - BESIDE || fit < smaller || fit < larger {
            continue;
        }
        if let Some(candidate) = climbed(level, (x, y), size, least) {
            found.push(candidate);
        }
    }
}

/// The best place within a few pixels, to a fraction of a pixel.
fn climbed(
    level: &FloatImage,
    (mut x, mut y): (usize, usize),
    size: usize,
    least: f32,
) -> Option<Candidate> {
    let finder = &FINDER_TEMPLATES[size];
    let (mut fit, mut contrast) = finder.fit(level, x, y);
    for _ in 0..MOST_STEPS {
        let mut best = (fit, contrast, x, y);
        for (u, v) in [(1, 0), (-1, 0), (0, 1), (0, -1)] {
            let (u, v) = (x.checked_add_signed(u)?, y.checked_add_signed(v)?);
            let (other, contrast) = finder.fit(level, u, v);
            if other > best.0 {
                best = (other, contrast, u, v);
            }
        }
        if best.0 <= fit {
            break;
        }
        (fit, contrast, x, y) = best;
    }
    if fit < least || contrast < LEAST_CONTRAST {
        return None;
    }
    let at = |u: isize, v: isize| {
        let (x, y) = (x.saturating_add_signed(u), y.saturating_add_signed(v));
        finder.fit(level, x, y).0
    };
    let of_size = |size: usize| FINDER_TEMPLATES[size].fit(level, x, y).0;
    let ratio = f64::from(MODULES[1] / MODULES[0]);
    let between = match size {
        0 => peak(of_size(1) - BEYOND_THE_SERIES, fit, of_size(1)),
        3 => peak(of_size(2), fit, of_size(2) - BEYOND_THE_SERIES),
        _ => peak(of_size(size - 1), fit, of_size(size + 1)),
    };
    Some(Candidate {
        at: [
            x as f64 + peak(at(-1, 0), fit, at(1, 0)),
            y as f64 + peak(at(0, -1), fit, at(0, 1)),
        ],
        module: f64::from(MODULES[size]) * ratio.powf(between),
        fit: f64::from(fit),
        contrast: f64::from(contrast),
    })
}

/// Where between −½ and ½ a parabola through three values has its maximum.
fn peak(before: f32, here: f32, after: f32) -> f64 {
    let bend = 2.0 * here - before - after;
    if bend <= 1e-6 {
        return 0.0;
    }
    f64::from(((after - before) / (2.0 * bend)).clamp(-0.5, 0.5))
}

/// A finder pattern as it looks in the mean over all directions.
struct FinderTemplate {
    reach: usize,
    /// Row by row; mean 0, sum of squares 1.
    values: Vec<f32>,
}

static FINDER_TEMPLATES: LazyLock<[FinderTemplate; MODULES.len()]> =
    LazyLock::new(|| MODULES.map(FinderTemplate::new));

impl FinderTemplate {
    fn new(module: f32) -> Self {
        /// Points per module while drawing.
        const FINE: f32 = 8.0;
        let profile = profile(FINE);
        let reach = (TEMPLATE_REACH * module).round() as isize;
        let mut values = Vec::new();
        for y in -reach..=reach {
            for x in -reach..=reach {
                let away = ((x * x + y * y) as f32).sqrt() / module * FINE;
                let index = (away as usize).min(profile.len() - 2);
                let share = (away - index as f32).min(1.0);
                values.push(profile[index] + share * (profile[index + 1] - profile[index]));
            }
        }
        let mean = values.iter().sum::<f32>() / values.len() as f32;
        for value in &mut values {
            *value -= mean;
        }
        let norm = values.iter().map(|value| value * value).sum::<f32>().sqrt();
        for value in &mut values {
            *value /= norm;
        }
        Self {
            reach: reach as usize,
            values,
        }
    }

    /// The correlation with the picture around a pixel, and the standard
    /// deviation there; 0 too near to the border.
    fn fit(&self, level: &FloatImage, x: usize, y: usize) -> (f32, f32) {
        let (reach, wide) = (self.reach, 2 * self.reach + 1);
        if x < reach || y < reach || x + reach >= level.width || y + reach >= level.height {
            return (0.0, 0.0);
        }
        let (mut products, mut sum, mut squares) = ([0.0; 4], [0.0; 4], [0.0; 4]);
        for (row, values) in self.values.chunks_exact(wide).enumerate() {
            let start = (y + row - reach) * level.width + x - reach;
            let pixels = &level.pixels[start..start + wide];
            let mut pixel_chunks = pixels.chunks_exact(4);
            let mut value_chunks = values.chunks_exact(4);
            for (pixels, values) in pixel_chunks.by_ref().zip(value_chunks.by_ref()) {
                for lane in 0..4 {
                    let pixel = pixels[lane];
                    products[lane] += pixel * values[lane];
                    sum[lane] += pixel;
                    squares[lane] += pixel * pixel;
                }
            }
            let rest = pixel_chunks
                .remainder()
                .iter()
                .zip(value_chunks.remainder());
            for (pixel, value) in rest {
                products[0] += pixel * value;
                sum[0] += pixel;
                squares[0] += pixel * pixel;
            }
        }
        let total = |lanes: [f32; 4]| lanes.iter().sum::<f32>();
        let count = (wide * wide) as f32;
        let spread = (total(squares) - total(sum) * total(sum) / count).max(0.0);
        let fit = total(products) / (spread + 1.0).sqrt();
        (fit, (spread / count).sqrt())
    }
}

/// Brightness of a blurred finder pattern by the distance from its centre, in steps of
/// 1 / `fine` modules, in the mean over all directions.
fn profile(fine: f32) -> Vec<f32> {
    let half = (7.0 * fine) as usize;
    let side = 2 * half + 1;
    let mut drawn = FloatImage::zeros(side, side);
    for y in 0..side {
        for x in 0..side {
            let away = x.abs_diff(half).max(y.abs_diff(half)) as f32 / fine;
            let dark = away < 1.5 || (2.5..3.5).contains(&away);
            drawn.pixels[y * side + x] = if dark { -1.0 } else { 1.0 };
        }
    }
    let soft = drawn.blurred(TEMPLATE_BLUR * fine);
    let steps = (6.5 * fine) as usize;
    (0..steps)
        .map(|step| {
            let values = (0..64).map(|direction| {
                let (sin, cos) = (direction as f32 / 64.0 * std::f32::consts::TAU).sin_cos();
                let (away, centre) = (step as f32, half as f32);
                soft.bilinear(centre + away * cos, centre + away * sin)
            });
            values.sum::<f32>() / 64.0
        })
        .collect()
}
