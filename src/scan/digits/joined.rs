//! Reads several pictures of one screen.

use super::super::decoder::Corners;
use super::super::luma::Luma;
use super::DigitReader;
use super::candidate::{Candidate, LEAST_VALID_SHARE, MOST_SLIPS, PrintedNumber, overlap, sorted};
use super::join::{Evidence, joined};
use super::lattice::text_of;
use crate::activation::NumberKind;
use crate::ground::contain;

/// Reads several pictures of one screen together: photographs, or a camera held over it.
#[derive(Debug)]
pub struct JoinedReader<'a> {
    reader: &'a DigitReader,
    numbers: Vec<SeenNumber>,
    pictures: usize,
}

/// A number that was seen in several pictures.
#[derive(Debug)]
struct SeenNumber {
    kind: NumberKind,
    /// What each picture says, the newest last, with the number of the picture.
    seen: Vec<(usize, Candidate)>,
}

/// Pictures of a number that are kept, at most: the newest.
const MOST_PICTURES: usize = 6;

/// Groups of two readings that are equal, at least, if they are readings of one number.
const EQUAL_GROUPS: usize = 3;

/// How much likelier than any other a number is that several pictures show together, at least, in
/// nats.
const LEAST_MARGIN: f64 = 8.0;

impl<'a> JoinedReader<'a> {
    /// Nothing seen yet.
    pub fn new(reader: &'a DigitReader) -> Self {
        Self {
            reader,
            numbers: Vec::new(),
            pictures: 0,
        }
    }

    /// Looks at one more picture; the numbers that hold now, by this picture or by several. Places
    /// are those in the newest picture that shows the number.
    pub fn add(&mut self, picture: &Luma) -> Vec<PrintedNumber> {
        let found = contain(|| sorted(self.reader.candidates(picture))).unwrap_or_default();
        self.pictures += 1;
        let mut taken: Vec<Vec<Corners>> = Vec::new();
        for candidate in found {
            // The best reading of each place only.
            if taken.iter().any(|other| overlap(other, &candidate.groups)) {
                continue;
            }
            taken.push(candidate.groups.clone());
            self.keep(candidate);
        }
        self.numbers
            .iter()
            .filter_map(SeenNumber::printed)
            .collect()
    }

    fn keep(&mut self, candidate: Candidate) {
        let picture = self.pictures;
        let place = self.numbers.iter_mut().find(|number| {
            number.kind == candidate.kind
                && number
                    .seen
                    .iter()
                    .any(|(_, other)| alike(other, &candidate))
                && number.seen.iter().all(|&(seen, _)| seen != picture)
        });
        match place {
            Some(number) => {
                number.seen.push((picture, candidate));
                if number.seen.len() > MOST_PICTURES {
                    number.seen.remove(0);
                }
            }
            None => self.numbers.push(SeenNumber {
                kind: candidate.kind,
                seen: vec![(picture, candidate)],
            }),
        }
    }
}

/// Whether two readings are of one number.
fn alike(a: &Candidate, b: &Candidate) -> bool {
    let size = a.kind.group_digits();
    let groups = |c: &Candidate| -> Vec<Vec<u8>> {
        let each = c.evidence.decoding.digits.chunks_exact(size);
        each.map(<[u8]>::to_vec).collect()
    };
    let equal = groups(a)
        .iter()
        .zip(groups(b))
        .filter(|(a, b)| **a == *b)
        .count();
    equal >= EQUAL_GROUPS
}

impl SeenNumber {
    fn printed(&self) -> Option<PrintedNumber> {
        let (_, newest) = self.seen.last()?;
        if self.seen.len() == 1 {
            return newest.is_certain().then(|| newest.printed()).flatten();
        }
        let pictures: Vec<&Evidence> = self.seen.iter().map(|(_, seen)| &seen.evidence).collect();
        let joined = joined(self.kind, &pictures)?;
        let plausible = |(_, seen): &&(usize, Candidate)| {
            seen.slips <= 2 * MOST_SLIPS
                && seen.evidence.decoding.valid_share >= 2.0 * LEAST_VALID_SHARE
        };
        if joined.margin < LEAST_MARGIN || self.seen.iter().filter(plausible).count() < 2 {
            return None;
        }
        Some(PrintedNumber {
            kind: self.kind,
            digits: text_of(&joined.digits),
            certainty: (1.0 / (1.0 + (-joined.margin).exp())) as f32,
            groups: newest.groups.clone(),
            doubtful: joined.doubtful,
        })
    }
}
