//! The equaliser: a linear filter, fitted to the known modules and then to all.

use super::function_patterns::{FunctionPatterns, KNOWN_QUIET_ZONE};
use super::linear::{dot, solve};
use super::rectify::RectifiedSymbol;

// How the numbers of this file were found was not recorded. A filter of its own for each
// view was measured and read less in the time of a frame (commit 804659c).

/// Reach of the filter from a module's centre, in half modules: 7 × 7 samples. Less
/// cannot undo a blur of a module and more; more has weights that the known modules of
/// small symbols cannot hold.
const REACH: usize = 3;

/// Reach and ridge penalty of the filter over several views: as it has more samples to
/// weigh, it reaches less far and is held more firmly against fitting noise. For the
/// penalty of a single view see [`Tuning`](super::Tuning).
const JOINT_REACH: usize = 2;
const JOINT_RIDGE: f32 = 10.0;

/// Modules that a filter is fitted to, at most about: of more, only every third or fifth
/// counts. More: time in proportion. Fewer: the filter fits their noise.
const EXAMPLES: usize = 1500;

/// Rounds in which the filter is fitted to all modules after the known ones, each module
/// weighted by how certain it has become. More rounds confirm what is wrong.
const ROUNDS: usize = 2;

/// How steeply the weight of a module grows with its soft value: at 1 / 1.2 = 0.83 it
/// counts in full, at 0.4 a quarter.
const CERTAINTY_GAIN: f32 = 1.2;

/// Weight below which a module is left out of a fit, to save time.
const NEGLIGIBLE: f32 = 1e-3;

/// The least factor by which the answers of a filter are taken to be too small. It keeps
/// a filter that found nothing from turning noise into modules.
const LEAST_SHRINKAGE: f32 = 0.05;

/// The samples that a symbol offers for each of its modules, row by row.
struct Features {
    taps: usize,
    values: Vec<f32>,
}

impl Features {
    /// The samples up to `reach` half modules around each module's centre, from
    /// all views side by side.
    fn of(views: &[&RectifiedSymbol], reach: usize) -> Self {
        let width = 2 * reach + 1;
        let taps = width * width * views.len();
        let Some(wide) = views.first().map(|rectified| rectified.wide) else {
            return Self {
                taps: 0,
                values: Vec::new(),
            };
        };
        let mut values = Vec::with_capacity(taps * wide * wide);
        let last = 2 * wide;
        for y in 0..wide {
            for x in 0..wide {
                for rectified in views {
                    for tap in 0..width {
                        let row = (2 * y + 1 + tap).saturating_sub(reach).min(last);
                        let row = rectified.halves.row(row);
                        if 2 * x + 1 >= reach && 2 * x + 1 + reach <= last {
                            let start = 2 * x + 1 - reach;
                            values.extend_from_slice(&row[start..start + width]);
                        } else {
                            values.extend(
                                (0..width).map(|tap| {
                                    row[(2 * x + 1 + tap).saturating_sub(reach).min(last)]
                                }),
                            );
                        }
                    }
                }
            }
        }
        Self { taps, values }
    }

    fn row(&self, module: usize) -> &[f32] {
        &self.values[module * self.taps..(module + 1) * self.taps]
    }
}

/// Soft values of all modules of the symbol, without its quiet zone; about ±1.
pub(super) fn equalised(
    patterns: &FunctionPatterns,
    rectified: &RectifiedSymbol,
    ridge: f32,
) -> Option<Vec<f32>> {
    let features = Features::of(&[rectified], REACH);
    fitted(
        patterns,
        &patterns.known,
        &features,
        &rectified.trust,
        ridge,
        ROUNDS,
    )
}

/// As [`equalised`], by one filter over several views of the same symbol.
///
/// `certain` are the modules that need not be made out: those of the function patterns,
/// and whatever else has become certain.
pub(super) fn joint(
    patterns: &FunctionPatterns,
    certain: &[f32],
    views: &[&RectifiedSymbol],
) -> Option<Vec<f32>> {
    let features = Features::of(views, JOINT_REACH);
    let mut trust = views.first()?.trust.clone();
    for view in views {
        for (trust, other) in trust.iter_mut().zip(&view.trust) {
            // Glare wanders: one view without it is enough.
            *trust = trust.max(*other);
        }
    }
    fitted(patterns, certain, &features, &trust, JOINT_RIDGE, ROUNDS)
}

/// Fits one filter to these features, first on the modules that are certain.
fn fitted(
    patterns: &FunctionPatterns,
    certain: &[f32],
    features: &Features,
    trust: &[f32],
    ridge: f32,
    rounds: usize,
) -> Option<Vec<f32>> {
    let known = patterns.framed(certain);
    let mut targets = known.clone();
    let mut weights: Vec<f32> = known.iter().zip(trust).map(|(k, t)| k.abs() * t).collect();
    let mut soft = Vec::new();
    for round in 0..=rounds {
        let (filter, shrinkage) = filter(features, &targets, &weights, ridge)?;
        soft = (0..known.len())
            .map(|module| dot(features.row(module), &filter) / shrinkage)
            .collect();
        if round == rounds {
            break;
        }
        for (module, &value) in soft.iter().enumerate() {
            if known[module] == 0.0 {
                targets[module] = value.signum();
                weights[module] = (CERTAINTY_GAIN * value.abs()).min(1.0).powi(2);
            }
        }
    }
    Some(inner(patterns, &soft))
}

/// The symbol without its quiet zone.
fn inner(patterns: &FunctionPatterns, soft: &[f32]) -> Vec<f32> {
    let rows = soft.chunks_exact(patterns.framed_side());
    rows.skip(KNOWN_QUIET_ZONE)
        .take(patterns.side)
        .flat_map(|row| &row[KNOWN_QUIET_ZONE..KNOWN_QUIET_ZONE + patterns.side])
        .copied()
        .collect()
}

/// The weights of the filter, and the factor by which its answers are smaller than the
/// targets in the mean.
fn filter(
    features: &Features,
    targets: &[f32],
    weights: &[f32],
    ridge: f32,
) -> Option<(Vec<f32>, f32)> {
    let taps = features.taps;
    let mut matrix = vec![0.0; taps * taps];
    let mut right = vec![0.0; taps];
    // Known modules come in rows; an odd stride takes some of every row.
    let every = (targets.len() / EXAMPLES).max(1) | 1;
    for (module, (&target, &weight)) in targets.iter().zip(weights).enumerate() {
        if weight < NEGLIGIBLE || module % every != 0 {
            continue;
        }
        let row = features.row(module);
        for (i, &value) in row.iter().enumerate() {
            let scaled = weight * value;
            right[i] += scaled * target;
            let sums = &mut matrix[i * taps..=i * taps + i];
            for (sum, other) in sums.iter_mut().zip(row) {
                *sum += scaled * other;
            }
        }
    }
    for i in 0..taps {
        matrix[i * taps + i] += ridge;
    }
    // Single precision is exact enough for the sums, but not for their solution.
    let mut matrix: Vec<f64> = matrix.into_iter().map(f64::from).collect();
    let mut right: Vec<f64> = right.into_iter().map(f64::from).collect();
    solve(&mut matrix, &mut right)?;
    let right: Vec<f32> = right.into_iter().map(|weight| weight as f32).collect();
    let (mut sum, mut total) = (0.0, 0.0);
    for (module, (&target, &weight)) in targets.iter().zip(weights).enumerate() {
        sum += weight * target * dot(features.row(module), &right);
        total += weight;
    }
    let shrinkage = (sum / total).max(LEAST_SHRINKAGE);
    shrinkage.is_finite().then_some((right, shrinkage))
}
