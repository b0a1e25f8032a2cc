//! The best path through the frames that a rule allows.

use super::rule::{Cell, Rule, Table};
use super::{BLANK, Lattice, OTHER, SUMS};

/// A path through the frames.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Path {
    /// What it spells.
    pub(super) digits: Vec<u8>,
    /// Frames at which each digit begins and ends.
    pub(super) frames: Vec<[usize; 2]>,
    /// Log-likelihood of this path alone.
    pub(super) score: f64,
}

impl Lattice {
    /// The best single path through the frames whose string the rule allows.
    pub(super) fn best_path(&self, rule: &Rule) -> Option<Path> {
        let mut paths = Paths::new(self.0.len(), rule.length);
        let mut table = Table::new(rule.length);
        let mut next = Table::new(rule.length);
        let (mut before, mut after, mut logs) = (1.0_f64, 0.0_f64, 0.0);
        let mut ends = None;
        for (at, frame) in self.0.iter().enumerate() {
            let reach = rule.reach(at, self.0.len());
            let outside = frame[OTHER].max(frame[BLANK]);
            let (whole, state) = table.at(rule.length).best();
            if whole * frame[OTHER] > after * outside {
                ends = Some((at, state));
                after = whole * frame[OTHER];
            } else {
                after *= outside;
            }
            let mut most = after;
            for n in reach.clone() {
                let entering = if n == 1 {
                    BestEntering::start(before)
                } else {
                    BestEntering::from(table.at(n - 1))
                };
                let (old, new) = (table.at(n), next.at_mut(n));
                for sum in 0..rule.sums() {
                    let (mut value, mut step) = (old.off[sum], STAY);
                    for (digit, &on) in old.on[sum].iter().enumerate() {
                        if on > value {
                            (value, step) = (on, digit as u8);
                        }
                    }
                    new.off[sum] = value * frame[BLANK];
                    most = most.max(new.off[sum]);
                    paths.set(at, n, sum, 10, step);
                    for (digit, &likely) in frame[..10].iter().enumerate() {
                        let (mut value, mut step) = (old.on[sum][digit], STAY);
                        if let Some(from) = rule.sum_before(n, digit, sum) {
                            let (entered, way) = entering.but(from, digit);
                            if entered > value {
                                (value, step) = (entered, way);
                            }
                        }
                        new.on[sum][digit] = value * likely;
                        most = most.max(new.on[sum][digit]);
                        paths.set(at, n, sum, digit, step);
                    }
                }
            }
            before *= outside;
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
        let (whole, state) = table.at(rule.length).best();
        let (last, state) = match ends {
            Some(end) if after > whole => end,
            _ if whole > 0.0 => (self.0.len(), state),
            _ => return None,
        };
        let (digits, frames) = paths.back(rule, last, state);
        Some(Path {
            digits,
            frames,
            score: logs + whole.max(after).ln(),
        })
    }
}

/// How a path came to its place: from the same place, from the start, after a blank, or after
/// this digit.
const STAY: u8 = 255;
const START: u8 = 254;
const AFTER_BLANK: u8 = 10;

/// For each sum, the best two ways into a further digit: if the best one ends with that digit,
/// the second counts.
struct BestEntering([[(f64, u8); 2]; SUMS]);

impl BestEntering {
    fn start(before: f64) -> Self {
        let mut ways = [[(0.0, START); 2]; SUMS];
        ways[0][0].0 = before;
        Self(ways)
    }

    fn from(cell: &Cell) -> Self {
        Self(std::array::from_fn(|sum| {
            let mut best = [(cell.off[sum], AFTER_BLANK), (0.0, AFTER_BLANK)];
            for (digit, &value) in cell.on[sum].iter().enumerate() {
                if value > best[0].0 {
                    best = [(value, digit as u8), best[0]];
                } else if value > best[1].0 {
                    best[1] = (value, digit as u8);
                }
            }
            best
        }))
    }

    fn but(&self, sum: usize, digit: usize) -> (f64, u8) {
        let [first, second] = self.0[sum];
        if usize::from(first.1) == digit {
            second
        } else {
            first
        }
    }
}

/// Where each entry of each frame came from.
struct Paths {
    steps: Vec<u8>,
    length: usize,
}

impl Paths {
    const STATES: usize = SUMS * 11;

    fn new(frames: usize, length: usize) -> Self {
        Self {
            steps: vec![STAY; frames * length * Self::STATES],
            length,
        }
    }

    fn index(&self, at: usize, n: usize, sum: usize, digit: usize) -> usize {
        ((at * self.length) + n - 1) * Self::STATES + sum * 11 + digit
    }

    fn set(&mut self, at: usize, n: usize, sum: usize, digit: usize, step: u8) {
        let index = self.index(at, n, sum, digit);
        self.steps[index] = step;
    }

    /// Walks back from the frame before `last`, where the path stands at `state` with all digits.
    fn back(
        &self,
        rule: &Rule,
        last: usize,
        (mut sum, mut digit): (usize, usize),
    ) -> (Vec<u8>, Vec<[usize; 2]>) {
        let mut digits = vec![0; rule.length];
        let mut frames = vec![[0, 0]; rule.length];
        let mut n = rule.length;
        let mut end = last;
        for at in (0..last).rev() {
            let step = self.steps[self.index(at, n, sum, digit)];
            if digit == 10 {
                if step != STAY {
                    digit = usize::from(step);
                    end = at;
                }
                continue;
            }
            if step == STAY {
                continue;
            }
            digits[n - 1] = digit as u8;
            frames[n - 1] = [at, end.max(at + 1)];
            if step == START {
                break;
            }
            sum = rule.sum_before(n, digit, sum).unwrap_or(0);
            digit = usize::from(step);
            n -= 1;
            end = at;
        }
        (digits, frames)
    }
}
