//! A trip in several moving symbols: multipart UR (BCR-2020-005) of type
//! `hikyaku-trip`, whose CBOR is that of a packet `t1`.
//!
//! Parts beyond the plain ones are mixtures (fountain codes). Parts may be
//! missed and may arrive in any order, and no particular part has to be waited
//! for.
//!
//! # Format
//!
//! ```text
//! ONE  = "UR:HIKYAKU-TRIP/" WORDS(CBOR)
//! PART = "UR:HIKYAKU-TRIP/" NUMBER "-" COUNT "/" WORDS(FRAGMENT)
//! ```
//!
//! Writers use capitals; readers accept any case. NUMBER (from 1) and COUNT (1
//! to 8192) are decimal with at most nine digits. WORDS are minimal bytewords
//! (BCR-2020-012: first and last letter of each byte's word) of the bytes
//! followed by their CRC-32 (IEEE 802.3) in four bytes, big-endian. FRAGMENT is
//! a CBOR array of five: NUMBER, COUNT, the length of the whole CBOR in bytes,
//! its CRC-32, and the bytes of the piece, the same number in every fragment.
//!
//! **Cutting.** The whole is cut into pieces of at most a given size. COUNT is
//! the length of the whole divided by that size, rounded up. Every piece has
//! the length of the whole divided by COUNT, rounded up; the last one is padded
//! with zeros. Parts 1 to COUNT are the pieces. Every later part is the
//! exclusive or of several pieces.
//!
//! **Which pieces a later part mixes.** The state of xoshiro256\*\* (four
//! words, big-endian) is the SHA-256 of NUMBER and the CRC-32 of the whole
//! (four bytes each, big-endian); a draw is its next output divided by 2^64.
//! The number of mixed pieces is drawn from 1 to COUNT with the weights 1, 1/2,
//! 1/3, …, 1/COUNT by Vose's alias method, as the reference of BCR-2020-005
//! implements it. The weights are scaled to a mean of 1. Those below 1 and the
//! others are pushed on two stacks, beginning with the last. While neither
//! stack is empty, one weight is taken off each; the small one is aliased to
//! the large one, which gives up what the small one lacks and is pushed on one
//! of the stacks again. What is left over gets probability 1. The first draw
//! times COUNT, rounded down, selects an index from 0; the second draw decides
//! between that index (if below its probability) and its alias; the result plus
//! one is the number of pieces. Then that many pieces are removed from the list
//! of all pieces in order, one at a time: each time the one whose index is the
//! next draw times the number of pieces left, rounded down.
//!
//! # Errors
//!
//! An error leaves the collected parts as they are, except when the assembled
//! whole is invalid: then the collection starts over. Errors are tested in this
//! order:
//!
//! | id | when |
//! | --- | --- |
//! | `parts-too-large` | more than 2097152 bytes of text |
//! | `parts-not-a-part` | it does not begin with `ur:`, or has not two or three pieces between slashes |
//! | `parts-other-type` | another type than `hikyaku-trip` |
//! | `parts-not-a-part` | there are three pieces and the second is not NUMBER, hyphen, COUNT |
//! | `parts-too-large` | NUMBER is 0, COUNT is not 1 to 8192, a part of several has more than 4096 bytes of text, or COUNT times those bytes is more than 4194304 |
//! | `parts-other-trip` | another COUNT than in the parts before |
//! | `parts-too-large` | twenty times COUNT parts were taken and the trip is still incomplete |
//! | `parts-damaged` | the words are invalid, or their CRC-32 is wrong |
//! | `parts-other-trip` | after the first part: a fragment with another length, CRC-32 or piece length than before, or no fragment at all |
//! | `parts-damaged` | the first part is not a fragment; NUMBER or COUNT differ from those in the fragment; or all pieces are present and the CRC-32 of the whole is wrong |
//!
//! After that, the assembled bytes can have the CBOR errors of a `t1`; see
//! [`wire`](super).

use super::cbor::{CborReader, CborWriter};
use super::{MAX_TRIP_CHARS, PacketError, parse_message, trip};
use crate::activation::TripMessage;
use crate::advice::Advice;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Type of the UR.
pub const PART_TYPE: &str = "hikyaku-trip";

/// Bytes of a trip per symbol: about version 12, which a phone reads off a
/// screen at arm's length.
pub const FRAGMENT_BYTES: usize = 200;

/// Longest part of several that is read.
const MAX_PART_CHARS: usize = 4096;

/// Most parts that a trip may be cut into.
const MAX_PARTS: usize = 8192;

/// Collecting stops after this many times the minimum number of parts: what is
/// not complete by then never will be.
const MAX_EXCESS: usize = 20;

/// Why a part was not taken, or the assembled bytes are not a trip.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames, Advice,
)]
#[strum(serialize_all = "kebab-case", prefix = "parts-")]
pub enum PartsError {
    /// It is not a UR.
    #[error("not a part of a trip")]
    NotAPart,
    /// A UR of another type, such as one from a wallet.
    #[error("a UR of another type")]
    OtherType,
    /// The part is damaged.
    #[error("the part is damaged")]
    Damaged,
    /// A part of another trip than the ones before.
    #[error("a part of another trip")]
    OtherTrip,
    /// More than any trip has.
    #[error("more data than any trip has")]
    TooLarge,
    /// All parts are present but are not a trip.
    #[error(transparent)]
    Packet(#[from] PacketError),
}

/// An endless sequence of the parts of one trip.
pub struct PartEncoder {
    encoder: ur::Encoder<'static>,
}

impl PartEncoder {
    /// Cuts a trip into parts with this many bytes (at least 10).
    ///
    /// # Errors
    /// The same as [`Packet::to_text`](super::Packet::to_text).
    pub fn of(trip: &TripMessage, fragment_bytes: usize) -> Result<Self, PacketError> {
        let mut writer = CborWriter::new();
        trip::write(&mut writer, trip)?;
        let bytes = writer.into_bytes();
        let limit = MAX_TRIP_CHARS;
        if bytes.len() > limit / 4 * 3 {
            return Err(PacketError::TooLarge { limit });
        }
        let encoder = ur::Encoder::new(&bytes, fragment_bytes.max(10), PART_TYPE)
            .map_err(|_| PacketError::TooLarge { limit })?;
        Ok(Self { encoder })
    }

    /// The next part, in capitals, which make a smaller symbol.
    pub fn next_part(&mut self) -> Option<String> {
        let part = self.encoder.next_part().ok()?;
        Some(part.to_ascii_uppercase())
    }

    /// How many parts suffice if none is missed.
    pub fn needed(&self) -> usize {
        self.encoder.fragment_count()
    }
}

impl Iterator for PartEncoder {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        self.next_part()
    }
}

/// Progress of a [`PartCollector`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CollectorProgress {
    /// Some of the plain parts are known.
    Partial {
        /// Known.
        known: usize,
        /// Needed.
        needed: usize,
    },
    /// The trip is complete.
    Whole(Box<TripMessage>),
}

/// Assembles the parts of one trip, in any order.
#[derive(Default)]
pub struct PartCollector {
    decoder: ur::Decoder,
    needed: Option<usize>,
    taken: usize,
}

impl PartCollector {
    /// Takes what a camera read. An error leaves the collected parts as they
    /// are.
    ///
    /// # Errors
    /// A [`PartsError`] for a text that is not a part of this trip.
    pub fn take(&mut self, text: &str) -> Result<CollectorProgress, PartsError> {
        let header = PartHeader::of(text)?;
        let Some((_, needed)) = header.sequence else {
            return whole(text);
        };
        if self.needed.is_some_and(|known| known != needed) {
            return Err(PartsError::OtherTrip);
        }
        if self.taken >= needed.saturating_mul(MAX_EXCESS) {
            return Err(PartsError::TooLarge);
        }
        // A third-party decoder, fed with whatever a camera read.
        let received = catch_unwind(AssertUnwindSafe(|| self.decoder.receive(text)));
        match received {
            Ok(Ok(())) => {}
            Ok(Err(ur::ur::Error::Fountain(_))) if self.taken > 0 => {
                return Err(PartsError::OtherTrip);
            }
            Ok(Err(_)) => return Err(PartsError::Damaged),
            Err(_) => {
                *self = Self::default();
                return Err(PartsError::Damaged);
            }
        }
        self.taken += 1;
        self.needed = Some(needed);
        let message = catch_unwind(AssertUnwindSafe(|| self.decoder.message()));
        match message {
            Ok(Ok(Some(bytes))) => read(&bytes),
            Ok(Ok(None)) => Ok(CollectorProgress::Partial {
                known: self.decoder.resolved_fragment_count().unwrap_or_default(),
                needed,
            }),
            Ok(Err(_)) | Err(_) => {
                *self = Self::default();
                Err(PartsError::Damaged)
            }
        }
    }
}

/// Identifies the trip that a part belongs to; all its parts have the same
/// values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct PartSeries {
    needed: usize,
    bytes: u64,
    checksum: u32,
}

impl PartSeries {
    /// `None` for a single part that is the whole trip.
    fn of(text: &str) -> Result<Option<Self>, PartsError> {
        let Some((_, needed)) = PartHeader::of(text)?.sequence else {
            return Ok(None);
        };
        let Ok(Ok((ur::ur::Kind::MultiPart, cbor))) = catch_unwind(|| ur::decode(text)) else {
            return Err(PartsError::Damaged);
        };
        // Number, count, length of the whole, its checksum, the piece.
        let read = || -> Result<Self, minicbor::decode::Error> {
            let mut reader = minicbor::Decoder::new(&cbor);
            reader.array()?;
            reader.u32()?;
            reader.u32()?;
            Ok(Self {
                needed,
                bytes: reader.u64()?,
                checksum: reader.u32()?,
            })
        };
        read().map(Some).map_err(|_| PartsError::Damaged)
    }
}

/// What a part contributed to the trips that are being assembled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AssemblyProgress {
    /// It is new: this many plain parts are known now.
    Part {
        /// Known.
        known: usize,
        /// Needed.
        needed: usize,
    },
    /// Nothing new.
    Nothing,
    /// It completed the trip.
    Whole(Box<TripMessage>),
}

/// Most trips that are assembled side by side.
const MAX_TRIPS: usize = 16;

/// Assembles the parts of several trips at once, in any order.
#[derive(Default)]
pub struct TripAssembler {
    begun: Vec<PartialTrip>,
}

struct PartialTrip {
    of: PartSeries,
    collector: PartCollector,
    known: usize,
    is_whole: bool,
}

impl TripAssembler {
    /// Takes what was read off a symbol.
    ///
    /// # Errors
    /// A [`PartsError`] for a text that is not a part, or for parts of more
    /// trips than anybody carries.
    pub fn take(&mut self, text: &str) -> Result<AssemblyProgress, PartsError> {
        let Some(of) = PartSeries::of(text)? else {
            return Ok(match whole(text)? {
                CollectorProgress::Whole(trip) => AssemblyProgress::Whole(trip),
                CollectorProgress::Partial { .. } => AssemblyProgress::Nothing,
            });
        };
        let place = self.begun.iter().position(|begun| begun.of == of);
        let place = match place {
            Some(place) => place,
            None if self.begun.len() >= MAX_TRIPS => return Err(PartsError::TooLarge),
            None => {
                self.begun.push(PartialTrip {
                    of,
                    collector: PartCollector::default(),
                    known: 0,
                    is_whole: false,
                });
                self.begun.len() - 1
            }
        };
        let begun = &mut self.begun[place];
        // The screen keeps showing them.
        if begun.is_whole {
            return Ok(AssemblyProgress::Nothing);
        }
        match begun.collector.take(text) {
            Ok(CollectorProgress::Whole(trip)) => {
                begun.is_whole = true;
                Ok(AssemblyProgress::Whole(trip))
            }
            Ok(CollectorProgress::Partial { known, needed }) if known > begun.known => {
                begun.known = known;
                Ok(AssemblyProgress::Part { known, needed })
            }
            Ok(CollectorProgress::Partial { .. }) => Ok(AssemblyProgress::Nothing),
            Err(error) => {
                // The collection started over, so its parts may come again.
                if begun.collector.taken == 0 {
                    self.begun.remove(place);
                }
                Err(error)
            }
        }
    }

    /// Parts known and parts needed, for each incomplete trip.
    pub fn missing(&self) -> impl Iterator<Item = (usize, usize)> {
        let begun = self.begun.iter().filter(|begun| !begun.is_whole);
        begun.map(|begun| (begun.known, begun.of.needed))
    }
}

/// Whether a text is one of several symbols of a trip.
pub fn is_part(text: &str) -> bool {
    PartHeader::of(text).is_ok()
}

/// Whether a text is a message, or one of several symbols of a trip: that of a sticker is neither.
pub fn is_ours(text: &str) -> bool {
    is_part(text) || parse_message(text).is_ok()
}

fn whole(text: &str) -> Result<CollectorProgress, PartsError> {
    match catch_unwind(|| ur::decode(text)) {
        Ok(Ok((ur::ur::Kind::SinglePart, bytes))) => read(&bytes),
        _ => Err(PartsError::Damaged),
    }
}

fn read(bytes: &[u8]) -> Result<CollectorProgress, PartsError> {
    let mut reader = CborReader::new(bytes);
    let trip = trip::read(&mut reader, "packet")?;
    reader.finish()?;
    Ok(CollectorProgress::Whole(Box::new(trip)))
}

/// The part of a UR before its words.
struct PartHeader {
    /// Number of this part, and how many are needed; `None` if the single part
    /// is the whole trip.
    sequence: Option<(usize, usize)>,
}

impl PartHeader {
    fn of(text: &str) -> Result<Self, PartsError> {
        if text.len() > 2 * MAX_TRIP_CHARS {
            return Err(PartsError::TooLarge);
        }
        let rest = text
            .get(..3)
            .filter(|scheme| scheme.eq_ignore_ascii_case("ur:"))
            .and_then(|_| text.get(3..))
            .ok_or(PartsError::NotAPart)?;
        let mut pieces = rest.split('/');
        let (kind, second, third, more) =
            (pieces.next(), pieces.next(), pieces.next(), pieces.next());
        let (Some(kind), Some(second), None) = (kind, second, more) else {
            return Err(PartsError::NotAPart);
        };
        if !kind.eq_ignore_ascii_case(PART_TYPE) {
            return Err(PartsError::OtherType);
        }
        if third.is_none() {
            return Ok(Self { sequence: None });
        }
        let number = |text: &str| {
            let fits =
                text.len() <= 9 && !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
            fits.then(|| text.parse::<usize>().ok()).flatten()
        };
        let (number, needed) = second
            .split_once('-')
            .and_then(|(one, all)| Some((number(one)?, number(all)?)))
            .ok_or(PartsError::NotAPart)?;
        let claimed = needed.saturating_mul(text.len());
        if number == 0
            || !(1..=MAX_PARTS).contains(&needed)
            || text.len() > MAX_PART_CHARS
            || claimed > 4 * MAX_TRIP_CHARS
        {
            return Err(PartsError::TooLarge);
        }
        Ok(Self {
            sequence: Some((number, needed)),
        })
    }
}

#[cfg(test)]
mod tests;
