//! Printed numbers, read by their digits: Installation IDs and Confirmation IDs on photographs of
//! the screens that Windows and the portal show them on.
//!
//! In order: `finder` says where digits are, `runs` makes rows of them, `strip` lays a row
//! flat, `reader` says what stands at each frame, `reading` goes on where more of it may stand,
//! `chains` says which rows may be one number, `lattice` decodes it by its check digits. What is
//! not clear then is looked at again, a little higher and lower. Both networks are small and ours;
//! `training/` makes them. Nothing is ever corrected silently: what is uncertain is said.

mod candidate;
mod chains;
mod finder;
mod join;
mod joined;
mod lattice;
mod live;
mod network;
mod reader;
mod reading;
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
use finder::{DigitCell, Finder};
use join::Evidence;
pub use joined::JoinedReader;
use lattice::{Decoding, Lattice};
pub use live::LiveDigits;
use reader::Reader;
use reading::{NEXT_BOX, Reading};
use row::ReadRow;
use runs::{Run, rows, runs, without_doubles};
use std::borrow::Cow;
use std::sync::OnceLock;
pub use weights::DigitsError;

/// Reads printed numbers.
#[derive(Debug)]
pub struct DigitReader {
    finder: Finder,
    reader: Reader,
}

/// Chains that are decoded in a picture, at most: the best fitting ones. A bound on time.
const MOST_CHAINS: usize = 10;

/// Digits of one more box that count: one of six may be missed.
const FEWEST_OF_GROUP: usize = 5;

/// Digits that stand together from which on a row is looked for in larger pictures if nothing
/// explains it.
const LONG_ROW: usize = 12;

/// Digits in long rows that are nearly a number: one of 48 in which some were missed.
const NEARLY_ALL: usize = 40;

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

/// Digits that are lower than this in the finder's picture are found by chance: what was read of
/// them says nothing of other numbers beside them. It learned from 6.5 pixels on.
const SURE_HEIGHT: f64 = 6.5;

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
        let reading = Reading {
            picture,
            reader: &self.reader,
        };
        accepted(
            decoded(
                &reading,
                &reading.rows(rows(runs.collect()), &mut Vec::new()),
                0.0,
            )
            .0,
        )
    }

    fn candidates(&self, picture: &Luma) -> Vec<Candidate> {
        if picture.width().min(picture.height()) < SMALLEST_SIDE {
            return Vec::new();
        }
        let levels = levels(picture);
        let Some((finest, unit)) = levels.last() else {
            return Vec::new();
        };
        let (mut found, mut faint): (Vec<Run>, Vec<Run>) = Default::default();
        let (mut candidates, mut certain): (Vec<Candidate>, Vec<Candidate>) = Default::default();
        let mut known = Vec::new();
        for (level, scale) in &levels {
            // What was certain in a smaller picture stays so: a larger one may show it worse.
            certain.extend(candidates.drain(..).filter(Candidate::is_certain));
            let scale = scale / unit;
            let cells = self.finder.find(level);
            let clear: Vec<DigitCell> = cells.iter().filter(|c| c.is_clear()).copied().collect();
            let columns = (level.width() as usize).div_ceil(finder::CELL) + 1;
            for (cells, found) in [(clear, &mut found), (cells, &mut faint)] {
                let seen = runs(&cells, columns, scale).into_iter();
                found.extend(seen.filter(|run| SEEN_HEIGHTS.contains(&(run.size() / scale))));
                found.sort_by(|a, b| b.worth().total_cmp(&a.worth()));
                found.truncate(MOST_RUNS);
            }
            let clear = without_doubles(found.clone());
            let mut all = without_doubles([&found[..], &faint].concat());
            let faint = all.split_off(clear.len());
            let reading = Reading {
                picture: finest,
                reader: &self.reader,
            };
            let mut read = reading.rows(rows(clear), &mut known);
            let mut complete;
            (candidates, complete) = decoded(&reading, &read, SURE_HEIGHT * scale);
            if !complete {
                let boxes = reading.read_on_boxes(&mut read);
                let faint = reading.add_faint(&mut read, faint);
                if reading.add_left_over(&mut read) || faint || boxes {
                    (candidates, complete) = decoded(&reading, &read, SURE_HEIGHT * scale);
                }
            }
            if complete || is_seen_best(&read, scale) {
                break;
            }
            known = read;
        }
        candidates.extend(certain);
        for corner in candidates.iter_mut().flat_map(Candidate::corners_mut) {
            *corner = corner.map(|at| ((f64::from(at) + 0.5) * unit - 0.5) as f32);
        }
        candidates
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

/// Whether nearly all digits of a number were seen, and so high in a picture of this scale that
/// the finder would see none of them in the next one: what is uncertain stays so.
fn is_seen_best(read: &[ReadRow], scale: f64) -> bool {
    let long: Vec<&ReadRow> = read.iter().filter(|r| r.longest() >= LONG_ROW).collect();
    let high = |row: &&&ReadRow| 2.0 * row.row.whole.size() > SEEN_HEIGHTS.end * scale;
    let digits = long.iter().map(|row| row.longest()).sum::<usize>();
    digits >= NEARLY_ALL && long.iter().all(|row| high(&row))
}

/// What the rows that may hold numbers say, and whether that explains all long rows of digits
/// and its digits are so high that other ones would have been seen as well.
fn decoded(reading: &Reading, read: &[ReadRow], high: f64) -> (Vec<Candidate>, bool) {
    let mut candidates = Vec::new();
    let mut explained = vec![false; read.len()];
    let mut steadier: Vec<Option<Lattice>> = vec![None; read.len()];
    for mut chain in chains(read).into_iter().take(MOST_CHAINS) {
        let lattice = chain.lattice(|row| &read[row].lattice);
        let Some(mut candidate) = candidate(&chain, lattice, read) else {
            continue;
        };
        if candidate.is_unsteady() {
            let rows = chain.pieces.iter().map(|piece| piece.row);
            rows.for_each(|row| {
                steadier[row].get_or_insert_with(|| reading.steadier(&read[row]));
            });
            let lattice = chain.lattice(|row| steadier[row].as_ref().unwrap_or(&read[row].lattice));
            let Some(again) = self::candidate(&chain, lattice, read) else {
                continue;
            };
            candidate = again;
        }
        if candidate.is_certain() {
            if chain.kind == NumberKind::ConfirmationId && !stands_alone(reading, &chain, read) {
                continue;
            }
            chain
                .pieces
                .iter()
                .for_each(|piece| explained[piece.row] = true);
        }
        candidates.push(candidate);
    }
    let is_well = |(row, &explained): (&ReadRow, &bool)| {
        if explained {
            row.row.whole.size() >= high
        } else {
            row.longest() < LONG_ROW
        }
    };
    let complete = explained.contains(&true) && read.iter().zip(&explained).all(is_well);
    (candidates, complete)
}

/// What a chain's lattice says.
fn candidate(chain: &Chain, lattice: Lattice, read: &[ReadRow]) -> Option<Candidate> {
    let decoding = lattice.decode(chain.kind)?;
    Some(Candidate {
        kind: chain.kind,
        slips: slips(&chain.plain, &decoding.digits),
        groups: groups(chain, &decoding, read),
        evidence: Evidence { lattice, decoding },
    })
}

/// Whether no further group stands beside the rows of a Confirmation ID: an Installation ID of
/// 54 digits has one more. Its digits tell it: two boxes may be read as one.
fn stands_alone(reading: &Reading, chain: &Chain, read: &[ReadRow]) -> bool {
    // Rows one below the other have a common left edge.
    let left = if chain.pieces.len() == 1 {
        NEXT_BOX
    } else {
        0.0
    };
    chain.pieces.iter().all(|piece| {
        let own = &read[piece.row];
        let Some(wide) = reading.longer(own, [left, NEXT_BOX]) else {
            return true;
        };
        let digits = |row: &ReadRow| -> usize {
            let fields = row.fields().into_iter().map(|field| field.len());
            fields.filter(|&digits| digits >= FEWEST_OF_GROUP).sum()
        };
        digits(&wide) < digits(own) + FEWEST_OF_GROUP
    })
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
