//! Numbers as they were read, and which of them are certain.

use super::super::decoder::Corners;
use super::join::{Evidence, joined};
use super::lattice::text_of;
use crate::activation::NumberKind;

/// A number that was read by its digits and holds.
#[derive(Debug, Clone, PartialEq)]
pub struct PrintedNumber {
    /// Installation ID of 63 or 54 digits, or Confirmation ID.
    pub kind: NumberKind,
    /// Its digits, without separators; every group checks.
    pub digits: String,
    /// Its share among all numbers that could stand there, 0 to 1.
    pub certainty: f32,
    /// Where its groups are, in pixels of the picture, clockwise from the top left. A group that a
    /// line break divides has two places.
    pub groups: Vec<Vec<Corners>>,
    /// Digits that a person should look at, from 0: another one would check as well there.
    pub doubtful: Vec<usize>,
}

impl PrintedNumber {
    /// Whether no digit of it is easily another one: where some are, a person compares them with
    /// the screen before the number counts.
    pub fn is_beyond_doubt(&self) -> bool {
        self.doubtful.is_empty()
    }

    /// Labels of the groups with digits that a person should look at, as Windows and the portal
    /// label them.
    pub fn doubtful_groups(&self) -> Vec<String> {
        let mut groups: Vec<usize> = self
            .doubtful
            .iter()
            .map(|place| place / self.kind.group_digits())
            .collect();
        groups.dedup();
        groups
            .into_iter()
            .map(|group| self.kind.label(group))
            .collect()
    }

    /// The quadrilateral around all groups.
    pub fn corners(&self) -> Corners {
        around(&self.groups)
    }
}

/// A number as it was read in one picture, accepted or not.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub(super) kind: NumberKind,
    pub(super) evidence: Evidence,
    /// Digits in which it differs from a plain reading.
    pub(super) slips: usize,
    pub(super) groups: Vec<Vec<Corners>>,
}

/// Acceptance. A plain reading that holds as it is needs less certainty than one that the check
/// digits mended. Of 1000 new photographs (seeds 1000500 and up), three were read wrongly with all
/// else well, all mended, at certainties of 0.93, 0.96 and 0.97; two more wrong ones known from
/// elsewhere had 0.97 (mended) and 0.93 (plain). These limits cost 5 of 999 right readings.
pub(super) const LEAST_CERTAINTY: f64 = 0.95;
const LEAST_CERTAINTY_MENDED: f64 = 0.99;
pub(super) const MOST_SLIPS: usize = 3;
pub(super) const LEAST_VALID_SHARE: f64 = -6.0;

/// Readings that are as certain as this, and go as little out of their way, are looked at once.
const STEADY: f64 = 0.999;
const STEADY_DETOUR: f64 = 1.0;

/// How much likelier the best path may be without the rules, in nats. Of 240 photographs, 265
/// right readings that are certain otherwise were at 6 or below and 16 above; the 4 wrong ones
/// were at 10 and above.
pub(super) const LONGEST_DETOUR: f64 = 6.0;

/// Best first: the fewest slips, then what the rules cost least.
pub(super) fn sorted(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    candidates.sort_by(|a, b| {
        let detour = |c: &Candidate| c.evidence.decoding.detour;
        a.slips.cmp(&b.slips).then(detour(a).total_cmp(&detour(b)))
    });
    candidates
}

/// Those candidates that are certain, each number once. Two readings of one place that differ and
/// are as good: neither is certain.
pub(super) fn accepted(candidates: Vec<Candidate>) -> Vec<PrintedNumber> {
    let mut numbers: Vec<(PrintedNumber, usize)> = Vec::new();
    for candidate in sorted(candidates) {
        if !candidate.is_certain() {
            continue;
        }
        let Some(number) = candidate.printed() else {
            continue;
        };
        match numbers
            .iter()
            .position(|(other, _)| overlap(&other.groups, &number.groups))
        {
            None => numbers.push((number, candidate.slips)),
            Some(at) if numbers[at].0.digits.contains(&number.digits) => {}
            // What goes on is no whole number.
            Some(at) if number.digits.contains(&numbers[at].0.digits) => {
                numbers[at] = (number, candidate.slips);
            }
            Some(at) if candidate.slips <= numbers[at].1 => {
                numbers.remove(at);
            }
            Some(_) => {}
        }
    }
    numbers.into_iter().map(|(number, _)| number).collect()
}

/// The upright quadrilateral around all of these.
fn around(groups: &[Vec<Corners>]) -> Corners {
    let points = || groups.iter().flatten().flatten();
    let side = |axis: usize, of: fn(f32, f32) -> f32, start: f32| {
        points().map(|point| point[axis]).fold(start, of)
    };
    let (left, right) = (side(0, f32::min, f32::MAX), side(0, f32::max, f32::MIN));
    let (top, bottom) = (side(1, f32::min, f32::MAX), side(1, f32::max, f32::MIN));
    [[left, top], [right, top], [right, bottom], [left, bottom]]
}

/// Whether two numbers lie on each other, by the places of their groups.
pub(super) fn overlap(a: &[Vec<Corners>], b: &[Vec<Corners>]) -> bool {
    let (a, b) = (around(a), around(b));
    let common = |axis: usize| a[2][axis].min(b[2][axis]) - a[0][axis].max(b[0][axis]);
    common(0) > 0.0 && common(1) > 0.0
}

impl Candidate {
    /// The corners of all its groups.
    pub(super) fn corners_mut(&mut self) -> impl Iterator<Item = &mut [f32; 2]> {
        self.groups.iter_mut().flatten().flatten()
    }

    /// Whether another look at its rows may change what it says.
    pub(super) fn is_unsteady(&self) -> bool {
        let decoding = &self.evidence.decoding;
        self.slips > 0 || decoding.certainty < STEADY || decoding.detour > STEADY_DETOUR
    }

    pub(super) fn is_certain(&self) -> bool {
        let decoding = &self.evidence.decoding;
        let least = if self.slips == 0 {
            LEAST_CERTAINTY
        } else {
            LEAST_CERTAINTY_MENDED
        };
        decoding.certainty >= least
            && self.slips <= MOST_SLIPS
            && decoding.valid_share >= LEAST_VALID_SHARE
            && decoding.detour <= LONGEST_DETOUR
    }

    pub(super) fn printed(&self) -> Option<PrintedNumber> {
        let joined = joined(self.kind, &[&self.evidence])?;
        let decoding = &self.evidence.decoding;
        (joined.digits == decoding.digits).then(|| PrintedNumber {
            kind: self.kind,
            digits: text_of(&decoding.digits),
            certainty: decoding.certainty as f32,
            groups: self.groups.clone(),
            doubtful: joined.doubtful,
        })
    }
}

#[cfg(test)]
mod tests;
