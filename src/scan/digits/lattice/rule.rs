//! Which digits may follow, and the table over what is known of a string so far.

use super::SUMS;
use crate::activation::NumberKind;
use std::ops::RangeInclusive;

/// Which digits may follow.
pub(super) struct Rule {
    pub(super) length: usize,
    pub(super) group: usize,
    pub(super) checked: bool,
}

impl Rule {
    pub(super) fn of(kind: NumberKind, checked: bool) -> Self {
        Self {
            length: kind.digits(),
            group: kind.group_digits(),
            checked,
        }
    }

    /// How many sums there are to tell apart: without checks there is nothing to sum up.
    pub(super) fn sums(&self) -> usize {
        if self.checked { SUMS } else { 1 }
    }

    /// How many digits may be out after frame `at` (from 0) of `frames`: each takes a frame at
    /// least, those before it as well as those still to come.
    pub(super) fn reach(&self, at: usize, frames: usize) -> RangeInclusive<usize> {
        let to_come = frames - 1 - at;
        self.length.saturating_sub(to_come).max(1)..=self.length.min(at + 1)
    }

    /// The sum before digit number `n` (from 1) that leads to `sum` after it; `None` if none does.
    /// A check digit equals the sum before it, and leaves the next group at 0.
    pub(super) fn sum_before(&self, n: usize, digit: usize, sum: usize) -> Option<usize> {
        if !self.checked {
            return (sum == 0).then_some(0);
        }
        let place = (n - 1) % self.group;
        if place == self.group - 1 {
            return (sum == 0 && digit < SUMS).then_some(digit);
        }
        let weight = 1 + place % 2;
        Some((sum + SUMS - weight * digit % SUMS) % SUMS)
    }
}

/// After some number of digits: by sum, and by last digit or after a blank.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Cell {
    pub(super) on: [[f64; 10]; SUMS],
    pub(super) off: [f64; SUMS],
}

impl Cell {
    pub(super) fn total_of(&self, sum: usize) -> f64 {
        self.on[sum].iter().sum::<f64>() + self.off[sum]
    }

    pub(super) fn total(&self) -> f64 {
        (0..SUMS).map(|sum| self.total_of(sum)).sum()
    }

    /// The largest entry, and which it is: sum and digit, or 10 for a blank.
    pub(super) fn best(&self) -> (f64, (usize, usize)) {
        let mut best = (0.0, (0, 10));
        for sum in 0..SUMS {
            for digit in 0..10 {
                if self.on[sum][digit] > best.0 {
                    best = (self.on[sum][digit], (sum, digit));
                }
            }
            if self.off[sum] > best.0 {
                best = (self.off[sum], (sum, 10));
            }
        }
        best
    }
}

/// A [`Cell`] for every number of digits from 1 on.
pub(super) struct Table(Vec<Cell>);

impl Table {
    pub(super) fn new(length: usize) -> Self {
        Self(vec![Cell::default(); length])
    }

    pub(super) fn at(&self, n: usize) -> &Cell {
        &self.0[n - 1]
    }

    pub(super) fn at_mut(&mut self, n: usize) -> &mut Cell {
        &mut self.0[n - 1]
    }

    /// Scales what is known of so many digits, so that nothing runs out of the range of numbers.
    pub(super) fn scale(&mut self, reach: RangeInclusive<usize>, scale: f64) {
        for cell in &mut self.0[reach.start() - 1..*reach.end()] {
            let values = cell.on.iter_mut().flatten().chain(&mut cell.off);
            values.for_each(|value| *value *= scale);
        }
    }
}
