//! Reads rows of digits in a picture, and what the finder saw of them in part or faintly only.

use super::super::luma::Luma;
use super::lattice::Lattice;
use super::reader::Reader;
use super::row::{ReadRow, strip_corners};
use super::runs::{Row, Run, rows_beside};
use super::strip::Strip;
use crate::activation::NumberKind;

/// Rows that are read in a picture, at most, long ones and short ones; and faint ones.
const MOST_ROWS: usize = 30;
const MOST_FAINT: usize = 8;

/// Heights of a digit from which on a run is worth reading: a group of six or seven digits has 4.
const LONG_RUN: f64 = 2.8;

/// Digits that stand together, from which on a row is one of digits, so that short rows near it may
/// belong to it, and faint ones.
const FEWEST_DIGITS: usize = 5;
const FEWEST_FOR_FAINT: usize = 12;

/// Heights of a digit from a row of digits to a short row that may belong to it.
const NEAR: f64 = 9.0;

/// Heights of a short row and of the row that it may belong to differ by less than this.
const ALIKE: f64 = 1.5;

/// Other text that belongs to a strip, in heights of a digit on each side: whether a number begins
/// or ends there shows in what stands beside it.
const BESIDE: f64 = 1.6;

/// How often a row is read again because its strip ended among digits, and by how much it grows
/// each time: a share of its length, in heights of a digit at least and at most. Digits of a row
/// that needs no more. Chosen by eye.
const MOST_GROWTHS: usize = 4;
const GROWTH: f64 = 0.4;
const LEAST_GROWTH: f64 = 3.0;
const MOST_GROWTH: f64 = 12.0;
const MOST_DIGITS: usize = 80;

/// A line of a number that lacks so many digits at most may have a last line of these alone, which
/// the finder takes for no digits.
const MOST_LEFT_OVER: usize = 3;

/// Shares of a strip's height by which it is moved for another look at it.
const MOVES: [f64; 2] = [-0.06, 0.06];

/// Rows of boxes that are read on, at most, and in heights of a digit how far: the next box of the
/// portal's answer, whose boxes are farthest apart, begins and ends there.
const MOST_OF_BOXES: usize = 6;
pub(super) const NEXT_BOX: f64 = 9.0;

/// Numbers that lines break, and lines that are looked below, at most.
const INSTALLATION_IDS: [NumberKind; 2] =
    [NumberKind::InstallationId63, NumberKind::InstallationId54];
const MOST_LACKING: usize = 3;

/// Where that line is looked for: so many heights of a digit below the long one (in three
/// photographs it was 1.6, 1.8 and 2.1), and from how far left of its beginning (its label stands
/// there) to how far right. Neighbours see the same digits; what only one of them sees is cut.
const PITCHES: [f64; 6] = [1.4, 1.6, 1.8, 2.0, 2.2, 2.4];
const FEWEST_ALIKE: usize = 2;
const LEFT_OF: f64 = 24.0;
const RIGHT_OF: f64 = 4.0;

/// A picture, and what reads it.
pub(super) struct Reading<'a> {
    pub(super) picture: &'a Luma,
    pub(super) reader: &'a Reader,
}

impl Reading<'_> {
    /// Reads the rows that may hold a number: those with long runs, then what lies near digits.
    /// Those that are known from another level are not read again.
    pub(super) fn rows(&self, rows: Vec<Row>, known: &mut Vec<ReadRow>) -> Vec<ReadRow> {
        let longest = |row: &Row| row.runs.iter().map(Run::length).fold(0.0, f64::max);
        let (mut long, mut short): (Vec<Row>, Vec<Row>) =
            rows.into_iter().partition(|row| longest(row) >= LONG_RUN);
        long.sort_by(|a, b| longest(b).total_cmp(&longest(a)));
        long.truncate(MOST_ROWS);
        let mut read: Vec<ReadRow> = long
            .into_iter()
            .filter_map(|row| self.row(row, known))
            .collect();
        short.retain(|row| is_near(row, &read, FEWEST_DIGITS));
        short.truncate(MOST_ROWS);
        let short = short.into_iter().filter_map(|row| self.row(row, known));
        read.extend(short);
        in_order(&mut read);
        read
    }

    /// Adds what the finder saw faintly near long rows of digits and what is digits and nothing
    /// else: the end of a number may stand alone in a line. Whether there was any.
    pub(super) fn add_faint(&self, read: &mut Vec<ReadRow>, runs: Vec<Run>) -> bool {
        let digits = read
            .iter()
            .filter(|row| row.longest() >= FEWEST_FOR_FAINT)
            .map(|row| row.row.whole.clone())
            .collect::<Vec<Run>>();
        let mut rows = rows_beside(runs, &digits);
        rows.retain(|row| is_near(row, read, FEWEST_FOR_FAINT));
        rows.sort_by(|a, b| b.whole.worth().total_cmp(&a.whole.worth()));
        rows.truncate(MOST_FAINT);
        let before = read.len();
        let faint = rows
            .into_iter()
            .filter_map(|row| self.row(row, &mut Vec::new()));
        read.extend(faint.filter(ReadRow::is_only_digits));
        let any = read.len() > before;
        in_order(read);
        any
    }

    /// Adds the few digits below a line that lacks them, where nothing else stands there. Whether
    /// there were any.
    pub(super) fn add_left_over(&self, read: &mut Vec<ReadRow>) -> bool {
        let lacking = |row: &&ReadRow| {
            let lacks = |kind: NumberKind| kind.digits().saturating_sub(row.longest());
            INSTALLATION_IDS
                .into_iter()
                .any(|kind| (1..=MOST_LEFT_OVER).contains(&lacks(kind)))
        };
        let long = read.iter().filter(lacking).map(|row| &row.row.whole);
        let below: Vec<ReadRow> = long
            .take(MOST_LACKING)
            .flat_map(|run| self.left_over(run))
            .collect();
        let any = !below.is_empty();
        read.extend(below);
        in_order(read);
        any
    }

    /// Reads rows of boxes on to both sides, since the finder may have missed boxes of them.
    /// Whether there were any.
    pub(super) fn read_on_boxes(&self, read: &mut [ReadRow]) -> bool {
        let mut any = false;
        let boxes = read.iter_mut().filter(|row| row.has_boxes());
        for row in boxes.take(MOST_OF_BOXES) {
            for _ in 0..MOST_GROWTHS {
                let Some(longer) = self.longer(row, [NEXT_BOX; 2]) else {
                    break;
                };
                // The strip's end may have cut a digit, which reads as another one.
                if longer.digits() < row.digits() || row.digits() > MOST_DIGITS {
                    break;
                }
                let more = longer.digits() > row.digits();
                any |= !longer.says_the_same(row);
                let seen = row.seen.clone();
                *row = ReadRow { seen, ..longer };
                if !more {
                    break;
                }
            }
        }
        any
    }

    /// Few digits below a run, if most places where any are seen show the same.
    fn left_over(&self, run: &Run) -> Vec<ReadRow> {
        let at = |pitch: f64| {
            let whole = run
                .longer([LEFT_OF, RIGHT_OF - run.length()])
                .lowered(pitch * run.size())
                .within(self.picture.width());
            let runs = vec![whole.clone()];
            self.strip(Row { runs, whole }, 0.0)
        };
        let mut found: Vec<ReadRow> = PITCHES
            .into_iter()
            .filter_map(at)
            .filter(|row| row.ends_in_few(MOST_LEFT_OVER))
            .collect();
        let text = |row: &ReadRow| row.last_field();
        let often = |row: &ReadRow| found.iter().filter(|one| text(one) == text(row)).count();
        let most = found.iter().map(often).max().unwrap_or(0);
        let alike = most >= FEWEST_ALIKE && 2 * most > found.len();
        let best = found.iter().find(|row| often(row) == most).map(text);
        found.retain(|row| alike && Some(text(row)) == best);
        found
    }

    /// Reads a row, and goes on where its strip ends among digits: the finder saw a part of it.
    fn row(&self, row: Row, known: &mut Vec<ReadRow>) -> Option<ReadRow> {
        if let Some(at) = known.iter().position(|read| read.seen == row.whole) {
            return Some(known.swap_remove(at));
        }
        let seen = row.whole.clone();
        let mut read = self.strip(row, BESIDE)?;
        for _ in 0..MOST_GROWTHS {
            let ends = read.open_ends();
            if ends == [false; 2] || read.digits() > MOST_DIGITS {
                break;
            }
            let more = (GROWTH * read.row.whole.length()).clamp(LEAST_GROWTH, MOST_GROWTH);
            match self.longer(&read, ends.map(|open| if open { more } else { 0.0 })) {
                Some(longer) if longer.digits() > read.digits() => read = longer,
                _ => break,
            }
        }
        Some(ReadRow { seen, ..read })
    }

    /// Reads a row again, longer by so many heights of a digit to the left and to the right.
    pub(super) fn longer(&self, read: &ReadRow, sides: [f64; 2]) -> Option<ReadRow> {
        let mut row = read.row.clone();
        row.whole = row.whole.longer(sides).within(self.picture.width());
        self.strip(row, BESIDE)
    }

    /// What a row says when it is looked at a little higher and lower as well: the mean. What the
    /// network reads out of noise differs between such strips; what is there does not.
    pub(super) fn steadier(&self, read: &ReadRow) -> Lattice {
        let moved = |share: f64| Strip::cut(self.picture, read.strip.moved(share));
        let others = MOVES.into_iter().filter_map(moved);
        let mut lattices = vec![read.lattice.clone()];
        lattices.extend(others.map(|strip| self.reader.read(&strip)));
        lattices.retain(|lattice| lattice.frames() == read.lattice.frames());
        Lattice::mean(&lattices)
    }

    /// Reads a row and so many heights of a digit on each side of it.
    fn strip(&self, row: Row, beside: f64) -> Option<ReadRow> {
        let strip = Strip::cut(self.picture, strip_corners(&row.whole, beside))?;
        let lattice = self.reader.read(&strip);
        Some(ReadRow::new(row, strip, lattice))
    }
}

/// From the top to the bottom.
fn in_order(read: &mut [ReadRow]) {
    read.sort_by(|a, b| a.middle().total_cmp(&b.middle()));
}

/// Whether a row lies near one that was read and has so many digits together.
fn is_near(row: &Row, read: &[ReadRow], digits: usize) -> bool {
    let own = &row.whole;
    read.iter().any(|other| {
        let whole = &other.row.whole;
        let (low, high) = (own.size().min(whole.size()), own.size().max(whole.size()));
        let x = own.middle().clamp(whole.from, whole.to.max(whole.from));
        let below = own.line.at(own.middle()) - whole.line.at(x);
        other.longest() >= digits && high < ALIKE * low && below.abs() < NEAR * high
    })
}

#[cfg(test)]
mod tests;
