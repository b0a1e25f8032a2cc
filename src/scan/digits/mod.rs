//! Printed numbers, read by their digits: Installation IDs and Confirmation IDs on photographs of
//! the screens that Windows and the portal show them on.
//!
//! In order: `finder` says where digits are, `runs` makes rows of them, `strip` lays a row
//! flat, `reader` says what stands at each frame, `chains` says which rows may be one number,
//! `lattice` decodes it by its check digits. Both networks are small and ours; `training/` makes
//! them. Nothing is ever corrected silently: what is uncertain is said.

mod candidate;
mod chains;
mod finder;
mod join;
mod joined;
mod lattice;
mod live;
mod network;
mod reader;
mod row;
mod runs;
#[cfg(test)]
mod samples;
mod strip;
mod weights;

use super::decoder::Corners;
use super::luma::Luma;
use crate::activation::NumberKind;
use crate::ground::contain;
pub use candidate::PrintedNumber;
use candidate::{Candidate, accepted};
use chains::{Chain, chains, slips};
use finder::Finder;
use join::Evidence;
pub use joined::JoinedReader;
use lattice::Decoding;
pub use live::LiveDigits;
use reader::Reader;
use row::ReadRow;
use runs::{Row, Run, rows, runs, without_doubles};
use std::borrow::Cow;
use std::sync::OnceLock;
use strip::Strip;
pub use weights::DigitsError;

/// Reads printed numbers.
#[derive(Debug)]
pub struct DigitReader {
    finder: Finder,
    reader: Reader,
}

/// Chains that are decoded in a picture, at most: the best fitting ones. A bound on time.
const MOST_CHAINS: usize = 10;

/// Rows that are read in a picture, at most, long ones and short ones.
const MOST_ROWS: usize = 30;

/// Heights of a digit from which on a run is worth reading: a group of six or seven digits has 4.
const LONG_RUN: f64 = 2.8;

/// Digits that stand together, from which on a row is one of digits, so that short rows near it may
/// belong to it; and from which on it is looked for in larger pictures if nothing explains it.
const FEWEST_DIGITS: usize = 5;
const LONG_ROW: usize = 12;

/// Heights of a digit from a row of digits to a short row that may belong to it.
const NEAR: f64 = 9.0;

/// Heights of a digit beside a row of boxes in which one more box would be seen; digits of it that
/// count.
const FURTHER: f64 = 9.0;
const FEWEST_OF_GROUP: usize = 4;

/// Smaller than this, a picture shows no number.
const SMALLEST_SIDE: u32 = 24;

/// The long side of the smallest picture that the finder looks at, and of the largest one, which is
/// also what is read: a bound on time and memory.
const COARSEST: u32 = 480;
const FINEST: u32 = 4200;

/// Runs of digits that are looked at in a picture, at most: the longest ones.
const MOST_RUNS: usize = 1000;

/// Heights of digits that the finder sees well, in pixels of its picture. Found by training.
const SEEN_HEIGHTS: std::ops::Range<f64> = 6.0..17.0;

/// Other text that belongs to a strip, in heights of a digit on each side: whether a number begins
/// or ends there shows in what stands beside it.
const BESIDE: f64 = 1.6;

impl DigitReader {
    /// The reader that the process shares.
    ///
    /// # Errors
    /// [`DigitsError`] if the program is damaged.
    pub fn shared() -> Result<&'static Self, DigitsError> {
        static SHARED: OnceLock<Result<DigitReader, DigitsError>> = OnceLock::new();
        SHARED.get_or_init(Self::new).as_ref().map_err(|&e| e)
    }

    fn new() -> Result<Self, DigitsError> {
        Ok(Self {
            finder: Finder::new()?,
            reader: Reader::new()?,
        })
    }

    /// The numbers in a picture. What goes wrong inside stays inside: then there are none.
    pub fn read(&self, picture: &Luma) -> Vec<PrintedNumber> {
        contain(|| accepted(self.candidates(picture))).unwrap_or_default()
    }

    /// The numbers in lines whose corners are known: what the reader is worth without its finder.
    /// Corners of the digits of each line: top left, top right, bottom right, bottom left.
    pub fn read_lines(&self, picture: &Luma, lines: &[[[f64; 2]; 4]]) -> Vec<PrintedNumber> {
        let runs = lines.iter().map(|&corners| Run::between(corners));
        accepted(self.decoded(picture, rows(runs.collect())).0)
    }

    fn candidates(&self, picture: &Luma) -> Vec<Candidate> {
        if picture.width().min(picture.height()) < SMALLEST_SIDE {
            return Vec::new();
        }
        let levels = levels(picture);
        let Some((finest, unit)) = levels.last() else {
            return Vec::new();
        };
        let mut found: Vec<Run> = Vec::new();
        let mut candidates = Vec::new();
        for (level, scale) in &levels {
            let scale = scale / unit;
            let cells = self.finder.find(level);
            let columns = (level.width() as usize).div_ceil(finder::CELL) + 1;
            let seen = runs(&cells, columns, scale).into_iter();
            found.extend(seen.filter(|run| SEEN_HEIGHTS.contains(&(run.size() / scale))));
            found.sort_by(|a, b| b.worth().total_cmp(&a.worth()));
            found.truncate(MOST_RUNS);
            let complete;
            (candidates, complete) = self.decoded(finest, rows(without_doubles(found.clone())));
            if complete {
                break;
            }
        }
        for corner in candidates.iter_mut().flat_map(Candidate::corners_mut) {
            *corner = corner.map(|at| ((f64::from(at) + 0.5) * unit - 0.5) as f32);
        }
        candidates
    }

    /// What the rows that may hold numbers say, and whether that explains all long rows of digits.
    fn decoded(&self, picture: &Luma, rows: Vec<Row>) -> (Vec<Candidate>, bool) {
        let read = self.read_rows(picture, rows);
        let mut candidates = Vec::new();
        let mut explained = vec![false; read.len()];
        for mut chain in chains(&read).into_iter().take(MOST_CHAINS) {
            let lattice = chain.lattice(&read);
            let Some(decoding) = lattice.decode(chain.kind) else {
                continue;
            };
            let candidate = Candidate {
                kind: chain.kind,
                slips: slips(&chain.plain, &decoding.digits),
                groups: groups(&chain, &decoding, &read),
                evidence: Evidence { lattice, decoding },
            };
            if candidate.is_certain() {
                if chain.kind == NumberKind::ConfirmationId
                    && !self.stands_alone(picture, &chain, &read)
                {
                    continue;
                }
                chain
                    .pieces
                    .iter()
                    .for_each(|piece| explained[piece.row] = true);
            }
            candidates.push(candidate);
        }
        let long = read.iter().map(|row| row.longest() >= LONG_ROW);
        let complete = explained.contains(&true)
            && long
                .zip(&explained)
                .all(|(long, &explained)| explained || !long);
        (candidates, complete)
    }

    /// Reads the rows that may hold a number: those with long runs, then what lies near digits.
    fn read_rows(&self, picture: &Luma, rows: Vec<Row>) -> Vec<ReadRow> {
        let longest = |row: &Row| row.runs.iter().map(Run::length).fold(0.0, f64::max);
        let (mut long, short): (Vec<Row>, Vec<Row>) =
            rows.into_iter().partition(|row| longest(row) >= LONG_RUN);
        long.sort_by(|a, b| longest(b).total_cmp(&longest(a)));
        long.truncate(MOST_ROWS);
        let mut read: Vec<ReadRow> = long
            .into_iter()
            .filter_map(|row| self.read_row(picture, row))
            .collect();
        let near = |row: &Row| {
            read.iter().any(|other| {
                let whole = &other.row.whole;
                let (low, high) = (
                    row.whole.size().min(whole.size()),
                    row.whole.size().max(whole.size()),
                );
                let x = row.whole.middle().clamp(whole.from, whole.to);
                other.longest() >= FEWEST_DIGITS
                    && high < 1.5 * low
                    && (row.whole.line.at(row.whole.middle()) - whole.line.at(x)).abs()
                        < NEAR * high
                    && row.whole.from < whole.to
            })
        };
        let mut beside: Vec<Row> = short.into_iter().filter(near).collect();
        beside.truncate(MOST_ROWS);
        let beside: Vec<ReadRow> = beside
            .into_iter()
            .filter_map(|row| self.read_row(picture, row))
            .collect();
        read.extend(beside);
        read.sort_by(|a, b| a.middle().total_cmp(&b.middle()));
        read
    }

    /// Whether no further group stands beside the rows of a Confirmation ID: an Installation ID of
    /// 54 digits has one more.
    fn stands_alone(&self, picture: &Luma, chain: &Chain, read: &[ReadRow]) -> bool {
        chain.pieces.iter().all(|piece| {
            let own = &read[piece.row];
            let corners = strip_corners(&own.row.whole, FURTHER);
            let Some(strip) = Strip::cut(picture, corners) else {
                return true;
            };
            let wide = ReadRow::new(own.row.clone(), strip.clone(), self.reader.read(&strip));
            let groups = |row: &ReadRow| {
                let whole = |field: &std::ops::Range<usize>| field.len() >= FEWEST_OF_GROUP;
                row.fields().into_iter().filter(whole).count()
            };
            groups(&wide) <= groups(own)
        })
    }

    fn read_row(&self, picture: &Luma, row: Row) -> Option<ReadRow> {
        let strip = Strip::cut(picture, strip_corners(&row.whole, BESIDE))?;
        let lattice = self.reader.read(&strip);
        Some(ReadRow::new(row, strip, lattice))
    }
}

/// The picture at the sizes that the finder looks at, the smallest first, and how many times
/// smaller each is. The last one is what is read.
fn levels(picture: &Luma) -> Vec<(Cow<'_, Luma>, f64)> {
    let mut levels = Vec::new();
    let mut level = (Cow::Borrowed(picture), 1.0);
    loop {
        let long = level.0.long_side();
        let coarser = (long > COARSEST).then(|| (Cow::Owned(level.0.half()), level.1 * 2.0));
        if long <= FINEST {
            levels.push(level);
        }
        match coarser {
            Some(coarser) => level = coarser,
            None => break,
        }
    }
    levels.reverse();
    levels
}

/// The corners of a row's strip: its digits with some room around them.
fn strip_corners(run: &Run, beside: f64) -> [[f64; 2]; 4] {
    let beside = beside * run.size();
    let steep = run.line.steepness();
    let long = steep.hypot(1.0);
    let (along, up) = ([1.0 / long, steep / long], [steep / long, -1.0 / long]);
    let corner = |x: f64, way: f64, side: f64| {
        let half = (run.height.at(x).max(2.0)) * (0.5 + strip::AROUND);
        std::array::from_fn(|axis| {
            let middle = [x, run.line.at(x)][axis] + way * beside * along[axis];
            middle + side * half * up[axis]
        })
    };
    [
        corner(run.from, -1.0, 1.0),
        corner(run.to, 1.0, 1.0),
        corner(run.to, 1.0, -1.0),
        corner(run.from, -1.0, -1.0),
    ]
}

/// Where the groups of a number are: each at one place, or at two where a line break divides it.
fn groups(chain: &Chain, decoding: &Decoding, read: &[ReadRow]) -> Vec<Vec<Corners>> {
    let each = decoding.frames.chunks_exact(chain.kind.group_digits());
    each.map(|frames| {
        let places = frames.iter().map(|&[from, to]| {
            let (first, last) = (chain.place(from), chain.place(to - 1));
            (
                first.0,
                first.1,
                if last.0 == first.0 { last.1 } else { first.1 },
            )
        });
        let places: Vec<(usize, usize, usize)> = places.collect();
        let parts = places.chunk_by(|a, b| a.0 == b.0).map(|part| {
            let (row, from, to) = (part[0].0, part[0].1, part[part.len() - 1].2);
            let quad = read[row].strip.corners(from as f64 - 0.5, to as f64 + 1.5);
            quad.map(|point| point.map(|value| value as f32))
        });
        parts.collect()
    })
    .collect()
}
