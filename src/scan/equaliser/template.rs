//! Templates: how modules should look in a picture, and how well they fit one.

use std::sync::OnceLock;

use super::super::float_image::{FloatImage, gaussian_kernel};
use super::super::homography::Homography;
use super::function_patterns::{
    FunctionPatterns, KNOWN_QUIET_ZONE, LARGEST_VERSION, function_patterns,
};
use super::linear::solve;

/// Standard deviation in modules of the blur of the known modules. It is more than most
/// pictures have, which widens the reach of the refinement. Less: rough hypotheses are not
/// moved into place. More: the refinement is less exact. Chosen by eye, not measured.
const BLUR: f64 = 0.55;

/// The same for a template of all modules, which starts nearer. Chosen by eye, not
/// measured.
const MODULES_BLUR: f64 = 0.5;

/// Points of the template by which a symbol is found again in the next frame, at most
/// about: enough, as its modules are known. Chosen by eye, not measured.
const SPARSE_POINTS: usize = 600;

/// One point of so many is in a thin template.
const THIN: usize = 3;

/// Variance in grey levels squared that is taken for noise in every point, so that a flat
/// picture fits nothing.
const NOISE: f64 = 0.1;

/// Levenberg and Marquardt: the damping at first and at least, the factor by which it is
/// raised and lowered, how often it is raised in one step, and the gain in correlation
/// below which the refinement ends. Customary values, not measured.
const FIRST_DAMPING: f64 = 1e-2;
const LEAST_DAMPING: f64 = 1e-6;
const DAMPING_FACTOR: f64 = 5.0;
const ATTEMPTS: usize = 4;
const LEAST_GAIN: f64 = 5e-5;

/// Standard deviation in pixels of the blur before slopes are taken. Less: slopes of noise.
/// More: the edges of small modules vanish. Chosen by eye, not measured.
const SLOPE_BLUR: f32 = 0.6;

/// Points of a symbol at which the picture is compared with what is expected.
#[derive(Debug)]
pub(super) struct Template {
    side: f64,
    points: Vec<Point>,
    /// The lower factor of the normal equations of brightness, its two slopes
    /// and contrast.
    factor: [[f64; 4]; 4],
}

#[derive(Debug, Clone, Copy)]
struct Point {
    /// In modules.
    at: [f32; 2],
    /// In the square from −1 to 1.
    of_square: [f32; 2],
    /// Offset, slopes and expected value.
    terms: [f32; 4],
}

/// The templates of one version.
struct VersionTemplates {
    thin: Template,
    coarse: Template,
    fine: Template,
    edge: Template,
}

/// Up to this version, four points per module are compared while refining; where there are
/// more modules, one is enough. Chosen by eye, not measured.
const SMALL: u8 = 4;

fn templates(version: u8) -> Option<&'static VersionTemplates> {
    // Each when it is first asked for: most programs see few versions.
    static ALL: [OnceLock<Option<VersionTemplates>>; LARGEST_VERSION as usize] =
        [const { OnceLock::new() }; LARGEST_VERSION as usize];
    let slot = ALL.get(usize::from(version).checked_sub(1)?)?;
    slot.get_or_init(|| VersionTemplates::new(version)).as_ref()
}

impl VersionTemplates {
    fn new(version: u8) -> Option<Self> {
        let patterns = function_patterns(version)?;
        let density = if version <= SMALL { 2 } else { 1 };
        let coarse = Template::new(patterns, &patterns.known, 1, BLUR)?;
        Some(Self {
            thin: coarse.thinned(THIN)?,
            edge: coarse.part(|point| [3, 6].contains(&(point.at[1].floor() as i32)))?,
            fine: Template::new(patterns, &patterns.known, density, BLUR)?,
            coarse,
        })
    }
}

/// The centres of every third known module: enough to tell the many bad places from the few
/// good ones.
pub(super) fn thin(version: u8) -> Option<&'static Template> {
    templates(version).map(|known| &known.thin)
}

/// The centres of all known modules: quick, to compare many places.
pub(super) fn coarse(version: u8) -> Option<&'static Template> {
    templates(version).map(|known| &known.coarse)
}

/// All known modules, to refine a place.
pub(super) fn fine(version: u8) -> Option<&'static Template> {
    templates(version).map(|known| &known.fine)
}

/// The row through the middle of the two upper finder patterns, and that of the timing
/// pattern between them. With rows and columns exchanged, the same at the left edge.
pub(super) fn edge(version: u8) -> Option<&'static Template> {
    templates(version).map(|known| &known.edge)
}

/// As [`fine`], for a symbol of which all modules have been made out more or less.
pub(super) fn of_modules(patterns: &FunctionPatterns, modules: &[f32]) -> Option<Template> {
    let density = if patterns.version <= SMALL { 2 } else { 1 };
    Template::new(patterns, modules, density, MODULES_BLUR)
}

/// The centres of some of the modules: quick, to find a symbol again.
pub(super) fn sparse(patterns: &FunctionPatterns, modules: &[f32]) -> Option<Template> {
    let all = Template::new(patterns, modules, 1, MODULES_BLUR)?;
    all.thinned(all.points.len() / SPARSE_POINTS + 1)
}

impl Template {
    /// `per_module`² points in each module that is not 0.
    fn new(
        patterns: &FunctionPatterns,
        modules: &[f32],
        per_module: usize,
        blur: f64,
    ) -> Option<Self> {
        let wide = patterns.framed_side();
        let framed = patterns.framed(modules);
        let shares: Vec<[f64; 5]> = (0..per_module)
            .map(|phase| shares((phase as f64 + 0.5) / per_module as f64, blur))
            .collect();
        let mut points = Vec::new();
        for (index, &module) in framed.iter().enumerate() {
            if module == 0.0 {
                continue;
            }
            let (column, row) = (index % wide, index / wide);
            for phase in 0..per_module * per_module {
                let (across, down) = (phase % per_module, phase / per_module);
                let mut value = 0.0;
                for (v, share) in shares[down].iter().enumerate() {
                    let line = (row + v).saturating_sub(2).min(wide - 1) * wide;
                    for (u, part) in shares[across].iter().enumerate() {
                        let place = (column + u).saturating_sub(2).min(wide - 1);
                        value += share * part * f64::from(framed[line + place]);
                    }
                }
                let place = |cell: usize, phase: usize| {
                    cell as f64 + (phase as f64 + 0.5) / per_module as f64 - KNOWN_QUIET_ZONE as f64
                };
                let (x, y) = (place(column, across), place(row, down));
                let side = patterns.side as f64;
                let slopes = [x / side - 0.5, y / side - 0.5].map(|share| share as f32);
                points.push(Point {
                    at: [x as f32, y as f32],
                    of_square: slopes.map(|share| 2.0 * share),
                    terms: [1.0, slopes[0], slopes[1], value as f32],
                });
            }
        }
        Some(Self {
            side: patterns.side as f64,
            factor: factor(&points)?,
            points,
        })
    }

    /// The template of some of the points.
    fn part(&self, wanted: impl FnMut(&Point) -> bool) -> Option<Self> {
        let points: Vec<Point> = self.points.iter().copied().filter(wanted).collect();
        Some(Self {
            side: self.side,
            factor: factor(&points)?,
            points,
        })
    }

    /// The template of one point of so many.
    fn thinned(&self, every: usize) -> Option<Self> {
        let mut index = 0;
        self.part(|_| {
            index += 1;
            index % every == 0
        })
    }

    /// The correlation of the picture with the template at `map`, −1 to 1,
    /// beside a slope of brightness; 0 where the picture is flat.
    pub(super) fn fit(&self, picture: &FloatImage, map: &Homography) -> f64 {
        /// Points that are looked at side by side.
        const LANES: usize = 8;
        let [a, b, c, d, e, f, g, h, i] = map.0.map(|value| value as f32);
        let mut sums = [[0.0_f32; 4]; LANES];
        let mut squares = [0.0_f32; LANES];
        for points in self.points.chunks(LANES) {
            let mut at = [[0.0; 2]; LANES];
            for (at, point) in at.iter_mut().zip(points) {
                let [x, y] = point.at;
                let depth = 1.0 / (g * x + h * y + i);
                *at = [(a * x + b * y + c) * depth, (d * x + e * y + f) * depth];
            }
            for (lane, ([x, y], point)) in at.into_iter().zip(points).enumerate() {
                let value = picture.bilinear(x, y) - 128.0;
                squares[lane] += value * value;
                for (sum, term) in sums[lane].iter_mut().zip(point.terms) {
                    *sum += term * value;
                }
            }
        }
        let sums = [0, 1, 2, 3].map(|term| sums.iter().map(|lane| f64::from(lane[term])).sum());
        self.correlation(squares.into_iter().map(f64::from).sum(), sums)
            .0
    }

    /// The correlation, and the four coefficients, from sums over the points.
    fn correlation(&self, squares: f64, sums: [f64; 4]) -> (f64, [f64; 4]) {
        let factor = &self.factor;
        let mut y = sums;
        for row in 0..4 {
            for column in 0..row {
                y[row] -= factor[row][column] * y[column];
            }
            y[row] /= factor[row][row];
        }
        // What the slope of brightness leaves unexplained, and what of that the template
        // explains.
        let rest = squares - y[0] * y[0] - y[1] * y[1] - y[2] * y[2];
        let noise = NOISE * self.points.len() as f64;
        let fit = y[3] / (rest.max(0.0) + noise).sqrt();
        let mut coefficients = y;
        for row in (0..4).rev() {
            for below in row + 1..4 {
                coefficients[row] -= factor[below][row] * coefficients[below];
            }
            coefficients[row] /= factor[row][row];
        }
        (fit, coefficients)
    }

    /// Moves the map to where the picture fits best, by the method of Levenberg and
    /// Marquardt; returns the fit and the map.
    pub(super) fn refined(
        &self,
        gradients: &GradientImage,
        start: &Homography,
        rounds: usize,
    ) -> Option<(f64, Homography)> {
        // In the square from −1 to 1, all parameters have like effects.
        let half = self.side / 2.0;
        let mut map = start.of_scaled(half, half)?;
        let mut now = self.linearised(gradients, &map);
        let mut damping = FIRST_DAMPING;
        for _ in 0..rounds {
            let mut better = None;
            for _ in 0..ATTEMPTS {
                let mut matrix = now.matrix;
                for i in 0..UNKNOWNS {
                    matrix[i * UNKNOWNS + i] *= 1.0 + damping;
                    matrix[i * UNKNOWNS + i] += 1e-6;
                }
                let mut step = now.right;
                if solve(&mut matrix, &mut step).is_some() {
                    let mut next = map;
                    for (value, change) in next.0.iter_mut().zip(&step[..8]) {
                        *value += change;
                    }
                    let linearised = self.linearised(gradients, &next);
                    if linearised.fit > now.fit {
                        better = Some((next, linearised));
                        break;
                    }
                }
                damping *= DAMPING_FACTOR;
            }
            let Some((next, linearised)) = better else {
                break;
            };
            let gained = linearised.fit - now.fit;
            (map, now) = (next, linearised);
            damping = (damping / DAMPING_FACTOR).max(LEAST_DAMPING);
            if gained < LEAST_GAIN {
                break;
            }
        }
        let map = map.of_scaled(1.0 / half, -1.0)?;
        now.fit.is_finite().then_some((now.fit, map))
    }

    fn linearised(&self, gradients: &GradientImage, map: &Homography) -> Linearised {
        let [a, b, c, d, e, f, g, h, i] = map.0.map(|value| value as f32);
        let seen: Vec<[f32; 6]> = self
            .points
            .iter()
            .map(|point| {
                let [u, v] = point.of_square;
                let depth = 1.0 / (g * u + h * v + i);
                let x = (a * u + b * v + c) * depth;
                let y = (d * u + e * v + f) * depth;
                let [value, across, down] = gradients.at(x, y);
                let (across, down) = (across * depth, down * depth);
                [value, across, down, -(across * x + down * y), u, v]
            })
            .collect();
        let mut sums = [0.0; 4];
        let mut squares = 0.0;
        for (seen, point) in seen.iter().zip(&self.points) {
            squares += f64::from(seen[0] * seen[0]);
            for (sum, term) in sums.iter_mut().zip(point.terms) {
                *sum += f64::from(term * seen[0]);
            }
        }
        let (fit, coefficients) = self.correlation(squares, sums);
        let [c0, c1, c2, c3] = coefficients.map(|value| value as f32);
        let mut matrix = [[0.0_f32; UNKNOWNS]; UNKNOWNS];
        let mut right = [0.0_f32; UNKNOWNS];
        for (seen, point) in seen.iter().zip(&self.points) {
            let [value, across, down, depth, u, v] = *seen;
            let [t0, t1, t2, t3] = point.terms;
            let row = [
                across * u,
                across * v,
                across,
                down * u,
                down * v,
                down,
                depth * u,
                depth * v,
                -t0,
                -t1,
                -t2,
                -t3,
            ];
            let rest = value - (c0 * t0 + c1 * t1 + c2 * t2 + c3 * t3);
            // Twice as much as is needed, but whole rows are vector code.
            for (sums, entry) in matrix.iter_mut().zip(row) {
                for (sum, other) in sums.iter_mut().zip(row) {
                    *sum += entry * other;
                }
            }
            for (sum, entry) in right.iter_mut().zip(row) {
                *sum -= entry * rest;
            }
        }
        Linearised {
            fit,
            matrix: std::array::from_fn(|at| f64::from(matrix[at / UNKNOWNS][at % UNKNOWNS])),
            right: right.map(f64::from),
        }
    }
}

/// Eight of the map, four of brightness and contrast.
const UNKNOWNS: usize = 12;

struct Linearised {
    fit: f64,
    matrix: [f64; UNKNOWNS * UNKNOWNS],
    right: [f64; UNKNOWNS],
}

/// A slightly blurred picture with its gradients.
pub(super) struct GradientImage {
    width: usize,
    height: usize,
    values: Vec<[f32; 3]>,
}

impl GradientImage {
    pub(super) fn of(picture: &FloatImage) -> Self {
        let soft = picture.blurred(SLOPE_BLUR);
        let (width, height) = (soft.width, soft.height);
        let mut values = Vec::with_capacity(width * height);
        for y in 0..height {
            let (above, row) = (soft.row(y.saturating_sub(1)), soft.row(y));
            let below = soft.row((y + 1).min(height - 1));
            for x in 0..width {
                let (left, right) = (row[x.saturating_sub(1)], row[(x + 1).min(width - 1)]);
                values.push([row[x], (right - left) / 2.0, (below[x] - above[x]) / 2.0]);
            }
        }
        Self {
            width,
            height,
            values,
        }
    }

    /// Luma above the middle, and its slopes.
    fn at(&self, x: f32, y: f32) -> [f32; 3] {
        let x = x.clamp(0.0, (self.width - 1) as f32);
        let y = y.clamp(0.0, (self.height - 1) as f32);
        let (left, top) = (x as usize, y as usize);
        let (u, v) = (x - left as f32, y - top as f32);
        let right = (left + 1).min(self.width - 1);
        let (above, below) = (
            top * self.width,
            (top + 1).min(self.height - 1) * self.width,
        );
        let [a, b] = [self.values[above + left], self.values[above + right]];
        let [c, d] = [self.values[below + left], self.values[below + right]];
        let mut mixed = [0.0; 3];
        for i in 0..3 {
            let upper = a[i] + u * (b[i] - a[i]);
            let lower = c[i] + u * (d[i] - c[i]);
            mixed[i] = upper + v * (lower - upper);
        }
        mixed[0] -= 128.0;
        mixed
    }
}

/// How much the five modules around contribute to a point at `place` in the
/// middle one, after a Gaussian blur.
fn shares(place: f64, blur: f64) -> [f64; 5] {
    const STEPS: usize = 64;
    let kernel = gaussian_kernel((blur * STEPS as f64) as f32);
    let reach = kernel.len() as isize - 1;
    let mut shares = [0.0; 5];
    for offset in -reach..=reach {
        let at = 2.0 + place + offset as f64 / STEPS as f64;
        shares[(at as usize).min(4)] += f64::from(kernel[offset.unsigned_abs()]);
    }
    shares
}

fn factor(points: &[Point]) -> Option<[[f64; 4]; 4]> {
    let mut factor = [[0.0; 4]; 4];
    for i in 0..4 {
        for j in 0..=i {
            let mut sum: f64 = points
                .iter()
                .map(|p| f64::from(p.terms[i]) * f64::from(p.terms[j]))
                .sum();
            let before = factor[i].iter().zip(factor[j]).take(j);
            sum -= before.map(|(a, b)| a * b).sum::<f64>();
            if i == j {
                if sum.is_nan() || sum < 1e-9 {
                    return None;
                }
                factor[i][i] = sum.sqrt();
            } else {
                factor[i][j] = sum / factor[j][j];
            }
        }
    }
    Some(factor)
}
