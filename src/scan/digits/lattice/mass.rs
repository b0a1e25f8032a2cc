//! How likely all strings together are that a rule allows.

use super::rule::{Cell, Rule, Table};
use super::{BLANK, Lattice, OTHER, SUMS};

impl Lattice {
    /// Log-likelihood of all strings together that the rule allows.
    pub(super) fn mass(&self, rule: &Rule) -> Option<f64> {
        let mut table = Table::new(rule.length);
        let mut next = Table::new(rule.length);
        let (mut before, mut after, mut logs) = (1.0, 0.0, 0.0);
        for (at, frame) in self.0.iter().enumerate() {
            let reach = rule.reach(at, self.0.len());
            let out: f64 = table.at(rule.length).total();
            after = after * (frame[OTHER] + frame[BLANK]) + out * frame[OTHER];
            let mut most: f64 = after;
            for n in reach.clone() {
                let entering = if n == 1 {
                    Entering::start(before)
                } else {
                    Entering::from(table.at(n - 1))
                };
                let (old, new) = (table.at(n), next.at_mut(n));
                for sum in 0..rule.sums() {
                    new.off[sum] = old.total_of(sum) * frame[BLANK];
                    most = most.max(new.off[sum]);
                }
                for sum in 0..rule.sums() {
                    for (digit, &likely) in frame[..10].iter().enumerate() {
                        let mut value = old.on[sum][digit];
                        if let Some(from) = rule.sum_before(n, digit, sum) {
                            value += entering.all[from] - entering.on[from][digit];
                        }
                        new.on[sum][digit] = value * likely;
                        most = most.max(new.on[sum][digit]);
                    }
                }
            }
            before *= frame[OTHER] + frame[BLANK];
            most = most.max(before);
            if most <= 0.0 {
                return None;
            }
            logs += most.ln();
            let scale = 1.0 / most;
            next.scale(reach, scale);
            before *= scale;
            after *= scale;
            std::mem::swap(&mut table, &mut next);
        }
        let end = table.at(rule.length).total() + after;
        (end > 0.0).then(|| logs + end.ln())
    }
}

/// What may be followed by a further digit: everything by sum, and what ends with a digit, which
/// the same digit must not follow.
struct Entering<'a> {
    all: [f64; SUMS],
    on: &'a [[f64; 10]; SUMS],
}

const NOTHING: [[f64; 10]; SUMS] = [[0.0; 10]; SUMS];

impl<'a> Entering<'a> {
    fn start(before: f64) -> Self {
        let mut all = [0.0; SUMS];
        all[0] = before;
        Self { all, on: &NOTHING }
    }

    fn from(cell: &'a Cell) -> Self {
        Self {
            all: std::array::from_fn(|sum| cell.total_of(sum)),
            on: &cell.on,
        }
    }
}
