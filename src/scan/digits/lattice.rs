//! What the network thinks of a line, frame by frame, and the exact decoding of a number out of
//! it by its check digits.
//!
//! The number is the most likely string of `N` digits all of whose groups check, by connectionist
//! temporal classification: each digit stands for one frame or several, blanks may lie between,
//! and two equal digits need a blank between them. What is known of a string so far are three
//! things: how many digits, the last digit, and the sum of the open group modulo 7. So a table
//! over these is the whole truth, without a beam.

mod mass;
mod path;
mod rule;

use crate::activation::NumberKind;
use rule::Rule;

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

    /// The mean of several lattices: their frames are equally many.
    pub(super) fn mean(lattices: &[Self]) -> Self {
        let mut mean = lattices.first().cloned().unwrap_or_default();
        for (at, frame) in mean.0.iter_mut().enumerate() {
            for (class, value) in frame.iter_mut().enumerate() {
                let all = lattices.iter().map(|lattice| lattice.0[at][class]);
                *value = all.sum::<f64>() / lattices.len() as f64;
            }
        }
        mean
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

    /// Makes a frame that shows one digit show a share of another one.
    #[cfg(test)]
    pub(super) fn mix(&mut self, frame: usize, shown: usize, other: usize, share: f64) {
        self.0[frame][other] = share * self.0[frame][shown];
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
        let path = self.best_path(&Rule::of(kind, true))?;
        let valid = self.mass(&Rule::of(kind, true))?;
        let any = self.mass(&Rule::of(kind, false))?;
        let score = self.score(&path.digits);
        Some(Decoding {
            certainty: (score - valid).exp().min(1.0),
            valid_share: valid - any,
            detour: self.free_score() - path.score,
            score,
            digits: path.digits,
            frames: path.frames,
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
    /// How much likelier the best path is without any rule, in nats: 0 where a plain reading is the
    /// number.
    pub(super) detour: f64,
    /// Log-likelihood.
    pub(super) score: f64,
}

/// Digits 0 to 9 as text.
pub(super) fn text_of(digits: &[u8]) -> String {
    digits
        .iter()
        .map(|digit| char::from(b'0' + digit))
        .collect()
}

#[cfg(test)]
mod tests;
