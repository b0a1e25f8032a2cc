//! A trip in several moving symbols: multipart UR (BCR-2020-005) of type
//! `hikyaku-trip`, whose CBOR is that of a packet `t1`.
//!
//! Parts beyond the plain ones are mixtures (fountain codes): parts may be
//! missed and come in any order, and what is missing is never waited for.
//!
//! # Format
//!
//! ```text
//! ONE  = "UR:HIKYAKU-TRIP/" WORDS(CBOR)
//! PART = "UR:HIKYAKU-TRIP/" NUMBER "-" COUNT "/" WORDS(FRAGMENT)
//! ```
//!
//! Written in capitals, read in any case. NUMBER (from 1) and COUNT (1 to 8192)
//! are decimal, of at most nine digits. WORDS are minimal bytewords
//! (BCR-2020-012: first and last letter of each byte's word) of the bytes and,
//! behind them, their CRC-32 (that of IEEE 802.3) in four bytes, big-endian.
//! FRAGMENT is a CBOR array of five: NUMBER, COUNT, the length of the whole CBOR
//! in bytes, its CRC-32, and as many bytes as every other fragment has.
//!
//! **Cutting.** Of a whole of so many bytes, to be cut into pieces of at most so
//! many, COUNT is the quotient, rounded up; every piece has the whole's length
//! divided by COUNT, rounded up, and the last one is filled with zeros. Parts 1
//! to COUNT are the pieces. Every later one is the exclusive or of several.
//!
//! **Which pieces a later part mixes.** The SHA-256 of NUMBER and the CRC-32 of
//! the whole (four bytes each, big-endian) is the state of xoshiro256\*\* (four
//! words, big-endian); a draw is its next output divided by 2^64. How many pieces
//! are mixed is drawn from 1 to COUNT with the weights 1, 1/2, 1/3, …, 1/COUNT
//! by Vose's alias method as the reference of BCR-2020-005 has it: the weights are
//! made to have the mean 1; those below 1 and the others are put on two stacks,
//! beginning with the last; as long as both have one, the one taken off the small
//! stack is aliased to the one taken off the large stack, which gives up what the
//! small one lacks and goes on one of the stacks again; what is left has
//! probability 1. A first draw times COUNT, rounded down, is the place, a second
//! draw says whether it is that place (below its probability) or its alias; the
//! place, from 0, and one more is how many. Then, of the list of all pieces in
//! order, so many are taken out, one after the other: each time the one at the
//! next draw times how many are left, rounded down.
//!
//! # Errors
//!
//! An error leaves what was collected as it is, unless it is the whole that does
//! not hold: then the collecting begins anew. In this order:
//!
//! | id | when |
//! | --- | --- |
//! | `parts-too-large` | more than 2097152 bytes of text |
//! | `parts-not-a-part` | it does not begin with `ur:`, or has not two or three pieces between slashes |
//! | `parts-other-type` | another type than `hikyaku-trip` |
//! | `parts-not-a-part` | of three pieces, the second is no NUMBER, hyphen, COUNT |
//! | `parts-too-large` | NUMBER is 0, COUNT not 1 to 8192, a part of several has more than 4096 bytes of text, or COUNT times those bytes are more than 4194304 |
//! | `parts-other-trip` | another COUNT than the parts before |
//! | `parts-too-large` | twenty times COUNT parts were taken, and it is not whole |
//! | `parts-damaged` | the words are none, or their CRC-32 does not fit |
//! | `parts-other-trip` | once a part was taken: a fragment of another length, CRC-32 or length of pieces than the ones before, or none at all |
//! | `parts-damaged` | the first part is no fragment; NUMBER or COUNT are not those in the fragment; the pieces are all there, and the CRC-32 of the whole does not fit |
//!
//! And of what came together the errors of the CBOR of a `t1` in
//! [`wire`](super).

use super::cbor::{CborReader, CborWriter};
use super::{MAX_TRIP_CHARS, PacketError, trip};
use crate::activation::TripMessage;
use crate::advice::Advice;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Type of the UR.
pub const PART_TYPE: &str = "hikyaku-trip";

/// Bytes of a trip per symbol: about version 12, which a phone reads off a
/// screen at arm's length.
pub const FRAGMENT_BYTES: usize = 200;

/// Longest part of several that is looked at.
const MAX_PART_CHARS: usize = 4096;

/// Most parts that a trip may be cut into.
const MAX_PARTS: usize = 8192;

/// Parts are taken until this many times as many came as are needed at least:
/// what does not come together by then never will.
const MAX_EXCESS: usize = 20;

/// Why a part was not taken, or what came together is no trip.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames, Advice,
)]
#[strum(serialize_all = "kebab-case", prefix = "parts-")]
pub enum PartsError {
    /// It is not a UR.
    #[error("not a part of a trip")]
    NotAPart,
    /// A UR of something else, as wallets show them.
    #[error("a UR of another type")]
    OtherType,
    /// A part that does not hold.
    #[error("the part is damaged")]
    Damaged,
    /// A part of another trip than the ones before.
    #[error("a part of another trip")]
    OtherTrip,
    /// More than any trip has.
    #[error("more than a trip has")]
    TooLarge,
    /// All parts are there, and are no trip.
    #[error(transparent)]
    Packet(#[from] PacketError),
}

/// An endless sequence of parts of one trip.
pub struct PartEncoder {
    encoder: ur::Encoder<'static>,
}

impl PartEncoder {
    /// Cuts a trip into parts of so many bytes (at least 10).
    ///
    /// # Errors
    /// As [`Packet::to_text`](super::Packet::to_text).
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

    /// The next part, in capitals: they make the smaller symbol.
    pub fn next_part(&mut self) -> Option<String> {
        let part = self.encoder.next_part().ok()?;
        Some(part.to_ascii_uppercase())
    }

    /// How many parts are enough when none is missed.
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

/// How far the collecting is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CollectorProgress {
    /// So many of so many plain parts are known.
    Partial {
        /// Known.
        known: usize,
        /// Needed.
        needed: usize,
    },
    /// Everything is there.
    Whole(Box<TripMessage>),
}

/// Puts parts together, whichever come and in whatever order.
#[derive(Default)]
pub struct PartCollector {
    decoder: ur::Decoder,
    needed: Option<usize>,
    taken: usize,
}

impl PartCollector {
    /// Takes what a camera read. After an error what was collected stays.
    ///
    /// # Errors
    /// A [`PartsError`] for a text that is no part of this trip.
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
        // A third party's decoder, on whatever a camera read.
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

/// Which trip a part is of: all parts of one say the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct PartSeries {
    needed: usize,
    bytes: u64,
    checksum: u32,
}

impl PartSeries {
    /// `None` for one part that is all of its trip.
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

/// What a part was to the trips that are being put together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AssemblyProgress {
    /// One more: so many of so many plain parts are known.
    Part {
        /// Known.
        known: usize,
        /// Needed.
        needed: usize,
    },
    /// Nothing that was not known.
    Nothing,
    /// The last one that was missing.
    Whole(Box<TripMessage>),
}

/// Most trips that are put together side by side.
const MAX_TRIPS: usize = 16;

/// Puts the parts of any trips together as they come, in whatever order.
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
    /// A [`PartsError`] for a text that is no part, or for parts of more trips
    /// than anybody carries.
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
        // A screen goes on showing them.
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
                // Nothing of it is any good: its parts may come again.
                if begun.collector.taken == 0 {
                    self.begun.remove(place);
                }
                Err(error)
            }
        }
    }

    /// How far the trips are that are not whole: parts known and needed.
    pub fn missing(&self) -> impl Iterator<Item = (usize, usize)> {
        let begun = self.begun.iter().filter(|begun| !begun.is_whole);
        begun.map(|begun| (begun.known, begun.of.needed))
    }
}

/// Whether a text is one of several symbols of a trip.
pub fn is_part(text: &str) -> bool {
    PartHeader::of(text).is_ok()
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

/// What stands before the words of a part.
struct PartHeader {
    /// Number of this part, and how many are needed; `None` where the one part
    /// is all of it.
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
