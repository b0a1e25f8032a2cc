//! From candidates for finder patterns to hypotheses of symbols.

use std::ops::Range;

use super::super::decoder::Corners;
use super::super::homography::Homography;
use super::finder_candidates::Candidate;
use super::function_patterns::{LARGEST_VERSION, function_patterns};
use super::pyramid::Pyramid;
use super::template::{Template, coarse, edge, thin};

// The tolerances below bound which finder patterns may belong to one symbol. Wider
// ones let more chance combinations through, each of which costs a comparison with the
// picture; narrower ones lose symbols that are tilted or lit unevenly. Where nothing
// else is said, they were chosen by eye for tilts up to 35° and not measured.

/// Candidates of one level that are combined, best first. Triples grow with its cube.
/// It was 48 until levels were combined apart (commit e5d9cb0); the measurements were
/// not kept.
const CANDIDATES: usize = 40;

/// Triples of one level that are compared with the picture, best first. Fewer: the
/// right one may be missed among furniture. More: pictures without a symbol take
/// longer. It was 120, then 100, then 50; the measurements were not kept.
const TRIPLES: usize = 50;

/// Pairs of one level that are compared with the picture when no triple led to a
/// symbol, because glare hides a finder pattern. Chosen by eye, not measured.
const PAIRS: usize = 24;

/// Candidates nearer to each other than so many modules, and of sizes that differ by
/// less than this ratio, are the same.
const SAME_PLACE: f64 = 2.5;
const SAME_SIZE: f64 = 1.4;

/// Ratios of the module sizes, distances in modules, and ratios of the contrasts that
/// two finder patterns of a triple may have. Versions 1 to 12 have 14 to 58 modules
/// between two centres.
const TRIPLE_SIZES: Range<f64> = 0.68..1.48;
const TRIPLE_DISTANCES: Range<f64> = 10.5..75.0;
const TRIPLE_CONTRASTS: Range<f64> = 0.25..4.0;

/// The same for pairs, which may also be those of the diagonal.
const PAIR_SIZES: Range<f64> = 0.75..1.34;
const PAIR_DISTANCES: Range<f64> = 11.0..90.0;
const PAIR_CONTRASTS: Range<f64> = 0.2..5.0;

/// Sine of the angle at the middle finder pattern of a triple, at least, and ratios of
/// its two sides.
const LEAST_SINE: f64 = 0.75;
const SIDE_RATIOS: Range<f64> = 0.62..1.62;

/// What a triple loses in rank: for sizes that differ by a factor of two, for sides
/// that differ by a factor of e, and for an angle of 0. A rank is the sum of three
/// correlations.
const SIZE_PENALTY: f64 = 0.5;
const RATIO_PENALTY: f64 = 0.4;
const ANGLE_PENALTY: f64 = 0.4;

/// Ratios by which a version's number of modules may miss what a triple, a pair at an
/// edge, and a pair across the diagonal seem to have.
const TRIPLE_VERSIONS: f64 = 1.27;
const EDGE_VERSIONS: f64 = 1.2;
const DIAGONAL_VERSIONS: f64 = 1.15;

/// Pixels per module at which a template is compared: the smallest level that has as
/// many is used. Fewer: modules are no longer told apart. More: time.
pub(super) const COMPARED_AT: f64 = 1.4;

/// Modules from the edge of a symbol to the centre of a finder pattern (ISO/IEC 18004).
const FINDER_CENTRE: f64 = 3.5;

/// Growth of depth along an edge that is tried at most: a tilt of 35° at arm's length.
const MOST_TILT: f64 = 0.26;

/// Growth of depth, times the modules of an edge, from one tilt that is tried to the
/// next: it moves the middle of the timing pattern by some 0.4 modules, less than what
/// would turn light modules into dark ones.
const TILT_STEP: f64 = 1.6;

/// A symbol that may be there.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Hypothesis {
    pub(super) version: u8,
    /// Into the picture.
    pub(super) map: Homography,
    /// Correlation of the known modules with the picture.
    pub(super) fit: f64,
}

/// The best candidates of one level, each place only once per size. Levels are kept
/// apart, because every dark module of a large symbol looks like a small finder
/// pattern.
pub(super) fn distinct(mut found: Vec<Candidate>) -> Vec<Candidate> {
    found.sort_by(|a, b| b.rank().total_cmp(&a.rank()));
    let mut kept: Vec<Candidate> = Vec::new();
    for candidate in found {
        let known = kept.iter().any(|other| {
            let (small, large) = (
                candidate.module.min(other.module),
                candidate.module.max(other.module),
            );
            distance(candidate.at, other.at) < SAME_PLACE * small && large < SAME_SIZE * small
        });
        if !known {
            kept.push(candidate);
        }
        if kept.len() == CANDIDATES {
            break;
        }
    }
    kept
}

fn distance(a: [f64; 2], b: [f64; 2]) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

/// Three candidates: top left, top right, bottom left.
pub(super) struct Triple {
    points: [[f64; 2]; 3],
    /// Modules between the centres of two finder patterns.
    modules: f64,
    rank: f64,
}

/// Hypotheses from one triple, of all versions of about its size.
pub(super) fn of_triple(pyramid: &Pyramid, triple: &Triple) -> Vec<Hypothesis> {
    versions(triple.modules, TRIPLE_VERSIONS)
        .filter_map(|version| tilted(pyramid, version, triple.points))
        .collect()
}

/// The most plausible triples, best first.
pub(super) fn triples(candidates: &[Candidate]) -> Vec<Triple> {
    let mut triples = Vec::new();
    for (index, a) in candidates.iter().enumerate() {
        let like = |b: &&Candidate| {
            let size = b.module / a.module;
            let away = distance(a.at, b.at) / a.module;
            let contrast = b.contrast / a.contrast;
            TRIPLE_SIZES.contains(&size)
                && TRIPLE_DISTANCES.contains(&away)
                && TRIPLE_CONTRASTS.contains(&contrast)
        };
        let others = candidates.iter().enumerate();
        let others: Vec<&Candidate> = others
            .filter_map(|(other, b)| (other != index).then_some(b))
            .filter(like)
            .collect();
        for &b in &others {
            for &c in &others {
                triples.extend(triple(a, b, c));
            }
        }
    }
    triples.sort_by(|a, b| b.rank.total_cmp(&a.rank));
    triples.truncate(TRIPLES);
    triples
}

fn triple(a: &Candidate, b: &Candidate, c: &Candidate) -> Option<Triple> {
    let (right, down) = (minus(b.at, a.at), minus(c.at, a.at));
    let (across, along) = (right[0].hypot(right[1]), down[0].hypot(down[1]));
    let sine = (right[0] * down[1] - right[1] * down[0]) / (across * along);
    let ratio = across / along;
    if sine < LEAST_SINE || !SIDE_RATIOS.contains(&ratio) {
        return None;
    }
    let sizes = [a.module, b.module, c.module];
    let largest = sizes.into_iter().fold(0.0, f64::max);
    let smallest = sizes.into_iter().fold(f64::INFINITY, f64::min);
    let mean = sizes.into_iter().product::<f64>().cbrt();
    Some(Triple {
        points: [a.at, b.at, c.at],
        modules: (across * along).sqrt() / mean,
        rank: a.fit + b.fit + c.fit
            - SIZE_PENALTY * (largest / smallest - 1.0)
            - RATIO_PENALTY * ratio.ln().abs()
            - ANGLE_PENALTY * (1.0 - sine),
    })
}

fn minus(a: [f64; 2], b: [f64; 2]) -> [f64; 2] {
    [a[0] - b[0], a[1] - b[1]]
}

/// Versions whose finder patterns are about so many modules apart.
fn versions(modules: f64, tolerance: f64) -> impl Iterator<Item = u8> {
    (1..=LARGEST_VERSION).filter(move |&version| {
        let ratio = (10.0 + 4.0 * f64::from(version)) / modules;
        ratio < tolerance && ratio > 1.0 / tolerance
    })
}

/// The symbol with these finder patterns, and with the perspective that its edges show.
fn tilted(pyramid: &Pyramid, version: u8, points: [[f64; 2]; 3]) -> Option<Hypothesis> {
    let side = function_patterns(version)?.side;
    let (near, far) = (FINDER_CENTRE, side as f64 - FINDER_CENTRE);
    let flat = Homography::affine(near, far, points);
    let level = pyramid.level_for(flat.module(side), COMPARED_AT);
    let image = &pyramid.levels[level];
    let edge = edge(version)?;
    let mut depths = [0.0; 2];
    let mut edges = 0.0;
    for (axis, depth) in depths.iter_mut().enumerate() {
        let mut best = (-1.0, 0.0);
        for tilt in tilts(far - near) {
            let mut tilts = [0.0; 2];
            tilts[axis] = tilt;
            let map = Homography::tilted(near, far, points, tilts)?.onto_level(level);
            let map = if axis == 1 { map.transposed() } else { map };
            let fit = edge.fit(image, &map);
            if fit > best.0 {
                best = (fit, tilt);
            }
        }
        (edges, *depth) = (edges + best.0 / 2.0, best.1);
    }
    let map = Homography::tilted(near, far, points, depths)?;
    let fit = coarse(version)?.fit(image, &map.onto_level(level));
    let fit = f64::midpoint(fit, edges);
    (fit > 0.0).then_some(Hypothesis { version, map, fit })
}

/// The growths of depth along an edge of so many modules that are tried.
fn tilts(span: f64) -> impl Iterator<Item = f64> {
    let steps = (MOST_TILT * span / TILT_STEP).ceil() as i32;
    (-steps..=steps).map(move |step| MOST_TILT * f64::from(step) / f64::from(steps))
}

/// Two candidates that may be finder patterns of one symbol.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Pair {
    points: [[f64; 2]; 2],
    modules: f64,
    rank: f64,
}

/// The most plausible pairs, best first.
pub(super) fn pairs(candidates: &[Candidate]) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (index, a) in candidates.iter().enumerate() {
        for b in &candidates[index + 1..] {
            let size = b.module / a.module;
            let contrast = b.contrast / a.contrast;
            let mean = (a.module * b.module).sqrt();
            let modules = distance(a.at, b.at) / mean;
            if PAIR_SIZES.contains(&size)
                && PAIR_DISTANCES.contains(&modules)
                && PAIR_CONTRASTS.contains(&contrast)
            {
                pairs.push(Pair {
                    points: [a.at, b.at],
                    modules,
                    rank: a.fit + b.fit - SIZE_PENALTY * size.ln().abs(),
                });
            }
        }
    }
    pairs.sort_by(|a, b| b.rank.total_cmp(&a.rank));
    pairs.truncate(PAIRS);
    pairs
}

/// The best hypotheses from one pair. The third finder pattern is guessed, for symbols
/// that are somewhat turned away from the camera.
///
/// Where the third is lost in glare, the symbol fits no better than the same square
/// turned by a quarter. So for a `promising` pair, the best of each way to lay a symbol
/// over it is returned.
pub(super) fn of_pair(pyramid: &Pyramid, pair: &Pair, promising: bool) -> Vec<Hypothesis> {
    let mut ways: Vec<Vec<Hypothesis>> = Vec::new();
    let [a, b] = pair.points;
    for (a, b) in [(a, b), (b, a)] {
        let along = minus(b, a);
        let guess = |(stretch, shear): (f64, f64)| {
            [0, 1].map(|i| stretch * [-along[1], along[0]][i] + shear * along[i])
        };
        let under = |at: [f64; 2], side: [f64; 2]| [at[0] + side[0], at[1] + side[1]];
        // Beside each other: the edge between them tells version and tilt.
        let edge =
            versions(pair.modules, EDGE_VERSIONS).filter_map(|v| edge_between(pyramid, v, a, b));
        if let Some((_, version, tilt)) = edge.max_by(|x, y| x.0.total_cmp(&y.0)) {
            let sides = || shapes(promising).map(guess);
            let upper = sides().filter_map(|side| {
                hypothesis(pyramid, version, [a, b, under(a, side)], [tilt, 0.0])
            });
            ways.push(upper.collect());
            // The same edge as the symbol's left one, read upwards.
            let depth = 1.0 / (1.0 + tilt) - 1.0;
            let left = sides().filter_map(|side| {
                hypothesis(pyramid, version, [b, under(b, side), a], [0.0, depth])
            });
            ways.push(left.collect());
        }
        // Across from each other.
        for version in versions(pair.modules / std::f64::consts::SQRT_2, DIAGONAL_VERSIONS) {
            let across = shapes(promising).map(guess).filter_map(|side| {
                let corner = [0, 1].map(|i| (a[i] + b[i] + side[i]) / 2.0);
                hypothesis(pyramid, version, [corner, a, b], [0.0; 2])
            });
            ways.push(across.collect());
        }
    }
    let mut hypotheses: Vec<Hypothesis> = if promising {
        let best = |way: Vec<Hypothesis>| way.into_iter().max_by(|a, b| a.fit.total_cmp(&b.fit));
        ordered(ways.into_iter().filter_map(best).collect())
    } else {
        let mut all = ordered(ways.into_iter().flatten().collect());
        all.truncate(2);
        all
    };
    for hypothesis in &mut hypotheses {
        hypothesis.fit = fit(pyramid, coarse, hypothesis.version, &hypothesis.map).unwrap_or(0.0);
    }
    hypotheses
}

/// Lengths and shears of the unseen side of a symbol, as shares of the seen one. For a
/// promising pair, 99 shapes in steps of 6 %, which cover a tilt of 35°; for others, 15
/// in steps of 9 %. Chosen by eye, not measured.
fn shapes(many: bool) -> impl Iterator<Item = (f64, f64)> {
    let (step, stretches, shears) = if many { (0.06, 5, 4) } else { (0.09, 2, 1) };
    (-stretches..=stretches).flat_map(move |i| {
        let stretch = (step * f64::from(i)).exp();
        (-shears..=shears).map(move |j| (stretch, step * f64::from(j)))
    })
}

/// How well two candidates and what lies between them fit the upper edge of a symbol of
/// this version, with the version and the best tilt.
fn edge_between(
    pyramid: &Pyramid,
    version: u8,
    a: [f64; 2],
    b: [f64; 2],
) -> Option<(f64, u8, f64)> {
    let side = function_patterns(version)?.side;
    let (near, far) = (FINDER_CENTRE, side as f64 - FINDER_CENTRE);
    let along = minus(b, a);
    let points = [a, b, [a[0] - along[1], a[1] + along[0]]];
    let level = pyramid.level_for(along[0].hypot(along[1]) / (far - near), COMPARED_AT);
    tilts(far - near)
        .filter_map(|tilt| {
            let map = Homography::tilted(near, far, points, [tilt, 0.0])?;
            let fit = edge(version)?.fit(&pyramid.levels[level], &map.onto_level(level));
            Some((fit, version, tilt))
        })
        .max_by(|x, y| x.0.total_cmp(&y.0))
}

fn hypothesis(
    pyramid: &Pyramid,
    version: u8,
    points: [[f64; 2]; 3],
    tilts: [f64; 2],
) -> Option<Hypothesis> {
    let side = function_patterns(version)?.side;
    let map = Homography::tilted(FINDER_CENTRE, side as f64 - FINDER_CENTRE, points, tilts)?;
    let fit = fit(pyramid, thin, version, &map)?;
    (fit > 0.0).then_some(Hypothesis { version, map, fit })
}

/// How well one of the templates of a version fits.
fn fit(
    pyramid: &Pyramid,
    template: impl Fn(u8) -> Option<&'static Template>,
    version: u8,
    map: &Homography,
) -> Option<f64> {
    let level = pyramid.level_for(map.module(function_patterns(version)?.side), COMPARED_AT);
    Some(template(version)?.fit(&pyramid.levels[level], &map.onto_level(level)))
}

/// Best first; of those that are nearly the same, only the best.
pub(super) fn ordered(mut hypotheses: Vec<Hypothesis>) -> Vec<Hypothesis> {
    /// More than are ever refined after one another.
    const KEPT: usize = 24;
    hypotheses.sort_by(|a, b| b.fit.total_cmp(&a.fit));
    let mut kept: Vec<Hypothesis> = Vec::new();
    for hypothesis in hypotheses {
        if kept.len() == KEPT {
            break;
        }
        if !kept.iter().any(|other| other.is_like(&hypothesis)) {
            kept.push(hypothesis);
        }
    }
    kept
}

impl Hypothesis {
    fn side(&self) -> usize {
        17 + 4 * usize::from(self.version)
    }

    /// Its corners, as [`Homography::corners`].
    pub(super) fn corners(&self) -> Corners {
        self.map.corners(self.side())
    }

    /// Whether both mean the same symbol, to within a module.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        self.is_within(other, 1.0)
    }

    /// Whether both mean the same symbol, to within so many modules.
    pub(super) fn is_within(&self, other: &Self, modules: f64) -> bool {
        let reach = modules * self.map.module(self.side());
        let (mine, theirs) = (self.corners(), other.corners());
        self.version == other.version
            && mine
                .iter()
                .zip(theirs)
                .all(|(a, b)| f64::from((a[0] - b[0]).hypot(a[1] - b[1])) < reach)
    }

    /// Whether the middle of this symbol lies in the other.
    pub(super) fn overlaps(&self, other: &Self) -> bool {
        let middle = |hypothesis: &Self| {
            let half = hypothesis.side() as f64 / 2.0;
            hypothesis.map.at(half, half)
        };
        let reach = other.map.module(other.side()) * other.side() as f64 / 2.0;
        distance(middle(self), middle(other)) < reach
    }
}
