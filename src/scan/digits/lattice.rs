//! What the network thinks of a line, frame by frame, and the exact decoding of a number out of
//! it by its check digits.
//!
//! The number is the most likely string of `N` digits all of whose groups check, by connectionist
//! temporal classification: each digit stands for one frame or several, blanks may lie between,
//! and two equal digits need a blank between them. What is known of a string so far are three
//! things: how many digits, the last digit, and the sum of the open group modulo 7. So a table
//! over these is the whole truth, without a beam.

use crate::activation::NumberKind;

/// Classes of a frame: digits 0 to 9, other text, blank.
pub(super) const CLASSES: usize = 12;
pub(super) const OTHER: usize = 10;
pub(super) const BLANK: usize = 11;

/// Residues of a group's sum.
const SUMS: usize = 7;

/// How much of "other text" inside a number counts as blank: dirt, a cursor, the edge of a box.
/// From the prototype, where it was chosen by eye.
const OTHER_AS_BLANK: f64 = 0.1;

/// No class is less likely than this: one ruined frame must not rule out a whole number.
const FLOOR: f64 = 1e-6;

/// Probabilities by frame and class.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Lattice(Vec<[f64; CLASSES]>);

impl Lattice {
    /// From probabilities as the network gives them.
    pub(super) fn new(frames: impl IntoIterator<Item = [f32; CLASSES]>) -> Self {
        let prepared = |frame: [f32; CLASSES]| {
            let mut frame = frame.map(|value| f64::from(value).max(FLOOR));
            frame[BLANK] += OTHER_AS_BLANK * frame[OTHER];
            frame
        };
        Self(frames.into_iter().map(prepared).collect())
    }

    pub(super) fn frames(&self) -> usize {
        self.0.len()
    }

    /// The frames from `from` to `to`.
    pub(super) fn part(&self, from: usize, to: usize) -> &[[f64; CLASSES]] {
        let to = to.min(self.0.len());
        &self.0[from.min(to)..to]
    }

    /// Goes on with another line, after frames that are certainly blank.
    pub(super) fn append(&mut self, line: &[[f64; CLASSES]]) {
        if !self.0.is_empty() {
            let mut gap = [FLOOR; CLASSES];
            gap[BLANK] = 1.0;
            self.0.extend([gap; 2]);
        }
        self.0.extend_from_slice(line);
    }

    /// The likeliest string without any rule, with the frame of each digit: equal classes run
    /// together, blanks fall out. Other text stays as [`OTHER`].
    pub(super) fn greedy(&self) -> Vec<(usize, usize)> {
        let mut out = Vec::new();
        let mut last = BLANK;
        for (at, frame) in self.0.iter().enumerate() {
            let class = best_class(frame);
            if class != last && class != BLANK {
                out.push((class, at));
            }
            last = class;
        }
        out
    }

    /// The most likely valid number, and what speaks for it; `None` where none fits at all.
    pub(super) fn decode(&self, kind: NumberKind) -> Option<Decoding> {
        let length = kind.digits();
        if self.0.len() < length {
            return None;
        }
        let (digits, frames) = self.best_path(&Rule::of(kind, true))?;
        let valid = self.mass(&Rule::of(kind, true))?;
        let any = self.mass(&Rule::of(kind, false))?;
        let score = self.score(&digits);
        Some(Decoding {
            certainty: (score - valid).exp().min(1.0),
            valid_share: valid - any,
            free_gap: self.free_score() - valid,
            score,
            digits,
            frames,
        })
    }

    /// Log-likelihood of one string of digits (0 to 9), with other text before and after it.
    pub(super) fn score(&self, digits: &[u8]) -> f64 {
        let count = digits.len();
        // By how many digits are out: the last frame was the digit, or a blank after it.
        let mut on = vec![0.0; count + 1];
        let mut off = vec![0.0; count + 1];
        let (mut before, mut after, mut logs) = (1.0, 0.0, 0.0);
        for frame in &self.0 {
            after = after * (frame[OTHER] + frame[BLANK]) + (on[count] + off[count]) * frame[OTHER];
            for n in (1..=count).rev() {
                let digit = digits[n - 1];
                let mut sum = on[n];
                if n == 1 {
                    sum += before;
                } else {
                    sum += off[n - 1];
                    if digits[n - 2] != digit {
                        sum += on[n - 1];
                    }
                }
                off[n] = (on[n] + off[n]) * frame[BLANK];
                on[n] = sum * frame[usize::from(digit)];
            }
            before *= frame[OTHER] + frame[BLANK];
            let most = on[1..]
                .iter()
                .chain(&off[1..])
                .fold(before.max(after), |most, &v| most.max(v));
            if most <= 0.0 {
                return f64::NEG_INFINITY;
            }
            logs += most.ln();
            let scale = 1.0 / most;
            on.iter_mut()
                .chain(&mut off)
                .for_each(|value| *value *= scale);
            before *= scale;
            after *= scale;
        }
        logs + (on[count] + off[count] + after).ln()
    }

    /// Log-likelihood of the best class of every frame, whatever it spells.
    fn free_score(&self) -> f64 {
        let best = |frame: &[f64; CLASSES]| frame[best_class(frame)].ln();
        self.0.iter().map(best).sum()
    }

    /// Log-likelihood of all strings together that the rule allows.
    fn mass(&self, rule: &Rule) -> Option<f64> {
        let mut table = Table::new(rule.length);
        let mut next = Table::new(rule.length);
        let (mut before, mut after, mut logs) = (1.0, 0.0, 0.0);
        for frame in &self.0 {
            let out: f64 = table.at(rule.length).total();
            after = after * (frame[OTHER] + frame[BLANK]) + out * frame[OTHER];
            let mut most: f64 = after;
            for n in 1..=rule.length {
                let entering = if n == 1 {
                    Entering::start(before)
                } else {
                    Entering::from(table.at(n - 1))
                };
                let (old, new) = (table.at(n), next.at_mut(n));
                for sum in 0..SUMS {
                    new.off[sum] = old.total_of(sum) * frame[BLANK];
                    most = most.max(new.off[sum]);
                }
                for sum in 0..SUMS {
                    for digit in 0..10 {
                        let mut value = old.on[sum][digit];
                        if let Some(from) = rule.sum_before(n, digit, sum) {
                            value += entering.all[from] - entering.on[from][digit];
                        }
                        new.on[sum][digit] = value * frame[digit];
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
            next.scale(scale);
            before *= scale;
            after *= scale;
            std::mem::swap(&mut table, &mut next);
        }
        let end = table.at(rule.length).total() + after;
        (end > 0.0).then(|| logs + end.ln())
    }

    /// The best single path through the frames whose string the rule allows: the digits, and
    /// the frames at which each of them begins and ends.
    fn best_path(&self, rule: &Rule) -> Option<(Vec<u8>, Vec<[usize; 2]>)> {
        let mut paths = Paths::new(self.0.len(), rule.length);
        let mut table = Table::new(rule.length);
        let mut next = Table::new(rule.length);
        let (mut before, mut after) = (1.0_f64, 0.0_f64);
        let mut ends = None;
        for (at, frame) in self.0.iter().enumerate() {
            let outside = frame[OTHER].max(frame[BLANK]);
            let (whole, state) = table.at(rule.length).best();
            if whole * frame[OTHER] > after * outside {
                ends = Some((at, state));
                after = whole * frame[OTHER];
            } else {
                after *= outside;
            }
            let mut most = after;
            for n in 1..=rule.length {
                let entering = if n == 1 {
                    BestEntering::start(before)
                } else {
                    BestEntering::from(table.at(n - 1))
                };
                let (old, new) = (table.at(n), next.at_mut(n));
                for sum in 0..SUMS {
                    let (mut value, mut step) = (old.off[sum], STAY);
                    for (digit, &on) in old.on[sum].iter().enumerate() {
                        if on > value {
                            (value, step) = (on, digit as u8);
                        }
                    }
                    new.off[sum] = value * frame[BLANK];
                    most = most.max(new.off[sum]);
                    paths.set(at, n, sum, 10, step);
                    for digit in 0..10 {
                        let (mut value, mut step) = (old.on[sum][digit], STAY);
                        if let Some(from) = rule.sum_before(n, digit, sum) {
                            let (entered, way) = entering.but(from, digit);
                            if entered > value {
                                (value, step) = (entered, way);
                            }
                        }
                        new.on[sum][digit] = value * frame[digit];
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
            let scale = 1.0 / most;
            next.scale(scale);
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
        Some(paths.back(rule, last, state))
    }
}

/// The class that a frame most likely shows.
fn best_class(frame: &[f64; CLASSES]) -> usize {
    (0..CLASSES).fold(0, |best, class| {
        if frame[class] > frame[best] {
            class
        } else {
            best
        }
    })
}

/// A number decoded out of a [`Lattice`].
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Decoding {
    /// Digits 0 to 9.
    pub(super) digits: Vec<u8>,
    /// Frames at which each digit begins and ends.
    pub(super) frames: Vec<[usize; 2]>,
    /// Its share among all valid numbers, 0 to 1.
    pub(super) certainty: f64,
    /// Log of the share of valid numbers among all strings of that length: about -17 for chance.
    pub(super) valid_share: f64,
    /// How much likelier the frames are without any rule, in nats.
    pub(super) free_gap: f64,
    /// Log-likelihood.
    pub(super) score: f64,
}

/// Which digits may follow.
struct Rule {
    length: usize,
    group: usize,
    checked: bool,
}

impl Rule {
    fn of(kind: NumberKind, checked: bool) -> Self {
        Self {
            length: kind.digits(),
            group: kind.group_digits(),
            checked,
        }
    }

    /// The sum before digit number `n` (from 1) that leads to `sum` after it; `None` if none does.
    /// A check digit equals the sum before it, and leaves the next group at 0.
    fn sum_before(&self, n: usize, digit: usize, sum: usize) -> Option<usize> {
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
struct Cell {
    on: [[f64; 10]; SUMS],
    off: [f64; SUMS],
}

impl Cell {
    fn total_of(&self, sum: usize) -> f64 {
        self.on[sum].iter().sum::<f64>() + self.off[sum]
    }

    fn total(&self) -> f64 {
        (0..SUMS).map(|sum| self.total_of(sum)).sum()
    }

    /// The largest entry, and which it is: sum and digit, or 10 for a blank.
    fn best(&self) -> (f64, (usize, usize)) {
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
struct Table(Vec<Cell>);

impl Table {
    fn new(length: usize) -> Self {
        Self(vec![Cell::default(); length])
    }

    fn at(&self, n: usize) -> &Cell {
        &self.0[n - 1]
    }

    fn at_mut(&mut self, n: usize) -> &mut Cell {
        &mut self.0[n - 1]
    }

    fn scale(&mut self, scale: f64) {
        for cell in &mut self.0 {
            let values = cell.on.iter_mut().flatten().chain(&mut cell.off);
            values.for_each(|value| *value *= scale);
        }
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

#[cfg(test)]
mod tests;
