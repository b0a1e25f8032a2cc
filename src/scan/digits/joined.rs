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

/// How much likelier a picture's own reading may be than what all say together, in nats, if the
/// picture is to show that number: about one in a thousand. Chosen by eye, not measured.
const NEAR: f64 = 7.0;

/// Numbers that are remembered, at most: those seen last. A bound on time and memory.
const MOST_NUMBERS: usize = 12;

impl<'a> JoinedReader<'a> {
    /// Nothing seen yet.
    pub fn new(reader: &'a DigitReader) -> Self {
        Self {
            reader,
            numbers: Vec::new(),
            pictures: 0,
        }
    }

    /// Looks at one more picture. The numbers that hold now, by this picture or by several, and
    /// that this one shows.
    pub fn add(&mut self, picture: &Luma) -> Vec<PrintedNumber> {
        let found = contain(|| sorted(self.reader.candidates(picture))).unwrap_or_default();
        self.take(found);
        self.shown()
    }

    /// The numbers that hold now, and that the newest picture shows.
    fn shown(&self) -> Vec<PrintedNumber> {
        let newest = Some(self.pictures);
        self.numbers
            .iter()
            .filter(|number| number.last_seen() == newest)
            .filter_map(|number| {
                let printed = number.printed()?;
                number.newest_shows(&printed.digits).then_some(printed)
            })
            .collect()
    }

    /// All numbers that hold now. Places are those in the newest picture that shows the number.
    pub fn numbers(&self) -> Vec<PrintedNumber> {
        self.numbers
            .iter()
            .filter_map(SeenNumber::printed)
            .collect()
    }

    /// Whether the newest picture shows what may be a number.
    pub(super) fn saw_something(&self) -> bool {
        let newest = Some(self.pictures);
        self.numbers.iter().any(|it| it.last_seen() == newest)
    }

    /// The readings of one more picture, the best first.
    fn take(&mut self, found: Vec<Candidate>) {
        self.pictures += 1;
        let mut taken: Vec<Vec<Vec<Corners>>> = Vec::new();
        for candidate in found {
            // The best reading of each place only.
            if taken.iter().any(|other| overlap(other, &candidate.groups)) {
                continue;
            }
            taken.push(candidate.groups.clone());
            self.keep(candidate);
        }
    }

    fn keep(&mut self, candidate: Candidate) {
        let picture = self.pictures;
        let place = self.numbers.iter_mut().find(|number| {
            let mut seen = number.seen.iter().map(|(_, other)| other);
            number.kind == candidate.kind
                && seen.clone().any(|other| alike(other, &candidate))
                && !seen.any(|other| contradict(other, &candidate))
                && number.last_seen() != Some(picture)
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
        if self.numbers.len() > MOST_NUMBERS {
            let oldest = self.numbers.iter().map(SeenNumber::last_seen).min();
            let oldest = oldest.flatten();
            self.numbers.retain(|number| number.last_seen() != oldest);
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

/// Whether both are certain, and differ: numbers of two PCs of one kind may have equal groups.
fn contradict(a: &Candidate, b: &Candidate) -> bool {
    a.evidence.decoding.digits != b.evidence.decoding.digits && a.is_certain() && b.is_certain()
}

impl SeenNumber {
    /// The picture that it was seen in last.
    fn last_seen(&self) -> Option<usize> {
        self.seen.last().map(|&(picture, _)| picture)
    }

    /// Whether the newest picture of it says by itself nothing else than these digits.
    fn newest_shows(&self, digits: &str) -> bool {
        let Some((_, newest)) = self.seen.last() else {
            return false;
        };
        let digits: Vec<u8> = digits.bytes().map(|digit| digit - b'0').collect();
        let evidence = &newest.evidence;
        evidence.decoding.score - evidence.lattice.score(&digits) < NEAR
    }

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

#[cfg(test)]
mod tests;
