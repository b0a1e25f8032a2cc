//! Finder patterns, by the runs 1:1:3:1:1 that any line through their centre shows.
//!
//! A quick look of a few milliseconds: where a symbol seems to be, how large its modules are,
//! whether it is light on dark. It reads nothing; it tells the reader where to look closer, and
//! the person what to change.

use super::luma::Luma;
use std::ops::RangeInclusive;

/// A finder pattern of a black-and-white picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FinderPattern {
    /// Its centre, in pixels.
    pub centre: [f32; 2],
    /// Side of a module, in pixels.
    pub module: f32,
    /// Whether it is light on dark.
    pub inverted: bool,
    /// How many lines passed through it.
    hits: u32,
}

/// Three finder patterns that stand as those of one symbol do, or two.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Located {
    /// Centres of the finder patterns: the corner between the other two first.
    pub finders: [[f32; 2]; 3],
    /// Whether the third finder pattern was seen, or only where it must be.
    pub whole: bool,
    /// Side of a module, in pixels.
    pub module: f32,
    /// Whether it is light on dark.
    pub inverted: bool,
}

// The numbers of this file were chosen by eye, not measured.

/// Finder patterns in a picture at most: what has more is woven cloth or malice. All triples of
/// them are compared, so time grows with the cube. While lines are still being joined, so many
/// times as many are tolerated.
const MOST: usize = 48;
const UNJOINED: usize = 4;

/// Lines that must meet a finder pattern, if its modules have a pixel or more. More: small ones
/// are missed. Fewer: chance runs of noise count.
const LEAST_HITS: u32 = 2;

/// Two hits are of one finder pattern if their sizes differ by less than this, as a logarithm,
/// and their centres by fewer modules than this.
const SAME_SIZE: f32 = 0.4;
const SAME_PLACE: f32 = 2.0;

/// The finder patterns of one symbol differ in size by less than this, as a logarithm (a factor
/// of 1.4): more is the perspective of no symbol that can be read.
const LIKE_SIZE: f32 = 0.35;

/// How far from a right isosceles triangle three centres may be: cosine of the angle plus
/// logarithm of the ratio of the sides.
const MOST_ODDNESS: f32 = 0.6;

/// Modules between two centres: 14 in version 1 to 66 in version 14, with room for the error of
/// a module's size.
const DISTANCES: RangeInclusive<f32> = 9.0..=80.0;

/// Modules from a finder pattern's centre to the outer edge of the quiet zone: 3.5 and 4, and a
/// half for error.
const MARGIN: f32 = 8.0;

/// How far a run may be from its proportion, in modules. A half is what tells 1 from 2.
const RUN_TOLERANCE: f32 = 0.5;

/// Finder patterns of `picture`, which must be black and white; those met by
/// most lines first. Empty where there are too many to mean anything.
pub fn finders(picture: &Luma) -> Vec<FinderPattern> {
    let height = picture.height();
    let is_dark = |x: u32, y: u32| picture.row(y)[x as usize] < 128;
    let mut found: Vec<FinderPattern> = Vec::new();
    for y in 0..height {
        let mut runs = [0_u32; 5];
        let mut dark = false;
        for (x, &pixel) in picture.row(y).iter().enumerate() {
            if (pixel < 128) == dark {
                runs[4] += 1;
                continue;
            }
            if is_finder(runs) {
                let x = x as u32;
                let middle = x - runs[4] - runs[3] - runs[2].div_ceil(2);
                let inverted = !dark;
                let down = runs_down(height, middle, y, |x, y| is_dark(x, y) != inverted);
                if is_finder(down) {
                    let across_centre = (x - runs[4] - runs[3]) as f32 - runs[2] as f32 / 2.0;
                    let total = runs.iter().sum::<u32>() + down.iter().sum::<u32>();
                    let hit = FinderPattern {
                        centre: [across_centre, y as f32 + 0.5],
                        module: total as f32 / 14.0,
                        inverted,
                        hits: 1,
                    };
                    if !joined(&mut found, &hit) {
                        if found.len() == MOST * UNJOINED {
                            return Vec::new();
                        }
                        found.push(hit);
                    }
                }
            }
            runs.rotate_left(1);
            runs[4] = 1;
            dark = !dark;
        }
    }
    found.retain(|finder| finder.hits >= LEAST_HITS.min(finder.module as u32 + 1));
    found.sort_by_key(|finder| std::cmp::Reverse(finder.hits));
    if found.len() > MOST {
        Vec::new()
    } else {
        found
    }
}

/// Adds a hit to the finder pattern that it belongs to, if that is known already.
fn joined(found: &mut [FinderPattern], hit: &FinderPattern) -> bool {
    for finder in found.iter_mut().rev() {
        let apart = distance(finder.centre, hit.centre);
        let alike = (finder.module / hit.module).ln().abs() < SAME_SIZE;
        if finder.inverted == hit.inverted && alike && apart < SAME_PLACE * finder.module.max(1.0) {
            let weight = finder.hits as f32;
            let mean = |old: f32, new: f32| (old * weight + new) / (weight + 1.0);
            finder.centre = [
                mean(finder.centre[0], hit.centre[0]),
                mean(finder.centre[1], hit.centre[1]),
            ];
            finder.module = mean(finder.module, hit.module);
            finder.hits += 1;
            return true;
        }
    }
    false
}

/// The symbol that these finder patterns most likely belong to: three of one
/// size at right angles, else two of one size at a distance that a symbol has.
pub fn locate(finders: &[FinderPattern]) -> Option<Located> {
    let alike = |a: &FinderPattern, b: &FinderPattern| {
        a.inverted == b.inverted && (a.module / b.module).ln().abs() < LIKE_SIZE
    };
    let mut best: Option<(f32, Located)> = None;
    for (i, corner) in finders.iter().enumerate() {
        for (j, one) in finders.iter().enumerate() {
            for (k, other) in finders.iter().enumerate().skip(j + 1) {
                if i == j || i == k || !alike(corner, one) || !alike(corner, other) {
                    continue;
                }
                let module = (corner.module + one.module + other.module) / 3.0;
                let odd = oddness(corner.centre, one.centre, other.centre, module);
                if odd < MOST_ODDNESS && best.as_ref().is_none_or(|(least, _)| odd < *least) {
                    let located = Located {
                        finders: [corner.centre, one.centre, other.centre],
                        whole: true,
                        module,
                        inverted: corner.inverted,
                    };
                    best = Some((odd, located));
                }
            }
        }
    }
    best.map(|(_, located)| located)
        .or_else(|| pair(finders, alike))
}

/// How far three centres are from the corner of a square of a size that a symbol can have: 0 is
/// perfect.
fn oddness(corner: [f32; 2], one: [f32; 2], other: [f32; 2], module: f32) -> f32 {
    let (a, b) = (sub(one, corner), sub(other, corner));
    let (long, short) = (length(a).max(length(b)), length(a).min(length(b)));
    let modules = f32::midpoint(long, short) / module;
    if !DISTANCES.contains(&modules) {
        return f32::INFINITY;
    }
    let cosine = (a[0] * b[0] + a[1] * b[1]).abs() / (long * short);
    cosine + (long / short).ln()
}

/// Two finder patterns, taken for neighbours; the third is where it would make
/// the symbol stand upright.
fn pair(
    finders: &[FinderPattern],
    alike: impl Fn(&FinderPattern, &FinderPattern) -> bool,
) -> Option<Located> {
    for (i, one) in finders.iter().enumerate() {
        for other in &finders[i + 1..] {
            let module = f32::midpoint(one.module, other.module);
            let apart = sub(other.centre, one.centre);
            if !alike(one, other) || !DISTANCES.contains(&(length(apart) / module)) {
                continue;
            }
            let third = [one.centre[0] - apart[1], one.centre[1] + apart[0]];
            return Some(Located {
                finders: [one.centre, other.centre, third],
                whole: false,
                module,
                inverted: one.inverted,
            });
        }
    }
    None
}

impl Located {
    /// Left, top, right and bottom of the symbol with its quiet zone, in
    /// pixels; possibly beyond the picture.
    pub fn bounds(&self) -> [f32; 4] {
        let [corner, one, other] = self.finders;
        let points = [corner, one, other, self.fourth()];
        let margin = MARGIN * self.module;
        let all = |axis: usize, pick: fn(f32, f32) -> f32| {
            points.iter().map(|point| point[axis]).reduce(pick)
        };
        [
            all(0, f32::min).unwrap_or(0.0) - margin,
            all(1, f32::min).unwrap_or(0.0) - margin,
            all(0, f32::max).unwrap_or(0.0) + margin,
            all(1, f32::max).unwrap_or(0.0) + margin,
        ]
    }

    /// Where a fourth finder pattern would be.
    pub fn fourth(&self) -> [f32; 2] {
        let [corner, one, other] = self.finders;
        [one[0] + other[0] - corner[0], one[1] + other[1] - corner[1]]
    }

    /// The same with the third finder pattern on the other side of the first
    /// two: two alone do not say on which side of them the symbol lies.
    #[must_use]
    pub fn other_side(&self) -> Self {
        let [corner, one, other] = self.finders;
        let third = [2.0 * corner[0] - other[0], 2.0 * corner[1] - other[1]];
        Self {
            finders: [corner, one, third],
            ..*self
        }
    }

    /// The same in a picture `factor` times as large.
    #[must_use]
    pub fn scaled(&self, factor: f32) -> Self {
        Self {
            finders: self.finders.map(|[x, y]| [x * factor, y * factor]),
            module: self.module * factor,
            ..*self
        }
    }
}

fn sub(a: [f32; 2], b: [f32; 2]) -> [f32; 2] {
    [a[0] - b[0], a[1] - b[1]]
}

fn length(a: [f32; 2]) -> f32 {
    a[0].hypot(a[1])
}

fn distance(a: [f32; 2], b: [f32; 2]) -> f32 {
    length(sub(a, b))
}

/// The five runs of a column around a dark pixel.
pub(super) fn runs_down(height: u32, x: u32, y: u32, dark: impl Fn(u32, u32) -> bool) -> [u32; 5] {
    let run = |ys: &mut dyn Iterator<Item = u32>| {
        // The run that `y` is in, the light one beyond it, and the dark beyond.
        let mut runs = [0_u32; 3];
        let (mut part, mut expected) = (0, true);
        for y in ys {
            if dark(x, y) != expected {
                part += 1;
                expected = !expected;
            }
            if part == 3 {
                break;
            }
            runs[part] += 1;
        }
        runs
    };
    let up = run(&mut (0..=y).rev());
    let down = run(&mut (y + 1..height));
    [up[2], up[1], up[0] + down[0], down[1], down[2]]
}

/// Whether runs are in the proportions of a finder pattern, 1 : 1 : 3 : 1 : 1.
pub(super) fn is_finder(runs: [u32; 5]) -> bool {
    let modules = runs.iter().sum::<u32>() as f32 / 7.0;
    let close = |run: u32, expected: f32| {
        run > 0 && (run as f32 - expected * modules).abs() <= RUN_TOLERANCE * modules
    };
    runs[2] >= 3 && close(runs[2], 3.0) && [0, 1, 3, 4].iter().all(|&i| close(runs[i], 1.0))
}

#[cfg(test)]
mod tests {
    use super::super::samples::{TEXT, laid, symbol, turned};
    use super::*;

    fn found(picture: &Luma) -> Vec<FinderPattern> {
        finders(&picture.local_threshold(51, 5))
    }

    #[test]
    fn a_symbol_is_located_with_the_size_of_its_modules() {
        for module in [3_u32, 4, 6, 9] {
            let symbol = symbol(TEXT, module);
            let frame = laid(&symbol, 900, 700, (200, 100), 200);
            for frame in [frame.clone(), turned(&frame)] {
                let located = locate(&found(&frame)).unwrap();
                assert!(located.whole);
                assert!(!located.inverted);
                assert!((located.module - module as f32).abs() < 0.15 * module as f32);
            }
            let located = locate(&found(&frame)).unwrap();
            let near = (4.0 + 3.5) * module as f32;
            let expected = [200.0 + near, 100.0 + near];
            assert!(distance(located.finders[0], expected) < module as f32);
            let [left, top, right, bottom] = located.bounds();
            assert!(left < 200.0 + 4.0 * module as f32 && top < 100.0 + 4.0 * module as f32);
            assert!(right > 200.0 + (symbol.width() - 4 * module) as f32);
            assert!(bottom > 100.0 + (symbol.height() - 4 * module) as f32);
        }
    }

    #[test]
    fn light_on_dark_is_told() {
        let frame = laid(&symbol(TEXT, 5), 600, 500, (100, 100), 255).inverted();
        assert!(locate(&found(&frame)).unwrap().inverted);
    }

    #[test]
    fn a_symbol_with_a_finder_hidden_is_located_by_the_other_two() {
        let symbol = symbol(TEXT, 5);
        let frame = laid(&symbol, 600, 500, (100, 100), 255);
        let hidden = Luma::from_fn(600, 500, |x, y| {
            if x < 170 && y < 170 {
                255
            } else {
                frame.row(y)[x as usize]
            }
        });
        let located = locate(&found(&hidden)).unwrap();
        assert!(!located.whole);
        let known = |located: &Located| located.finders.map(|[x, y]| [x as u32, y as u32]);
        let (one, other) = (known(&located), known(&located.other_side()));
        assert_eq!(one[..2], other[..2]);
        assert_ne!(one[2], other[2]);
    }

    #[test]
    fn nothing_is_located_where_nothing_is() {
        let even = Luma::from_fn(640, 480, |x, y| ((x + y) / 6) as u8);
        assert_eq!(locate(&found(&even)), None);
        assert_eq!(finders(&Luma::from_fn(1, 1, |_, _| 0)), []);
    }

    /// A picture tiled with finder patterns costs no more than any other.
    #[test]
    fn a_crowd_of_finders_is_none() {
        let crowd = Luma::from_fn(1280, 720, |x, y| {
            let (x, y) = ((x / 3) % 8, (y / 3) % 8);
            let ring = x
                .min(y)
                .min(6_u32.wrapping_sub(x))
                .min(6_u32.wrapping_sub(y));
            if x < 7 && y < 7 && ring != 1 { 0 } else { 255 }
        });
        assert_eq!(finders(&crowd), []);
    }
}
