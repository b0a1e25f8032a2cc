//! Packets: kind, version, full stop, base64url of CBOR.

use super::cbor::{CborReader, CborWriter};
use super::{PacketError, receipt, request, trip};
use crate::activation::{Receipt, Request, TripMessage};
use base64::DecodeError;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// Limit in characters of a request or receipt: more than a symbol holds.
pub const MAX_PACKET_CHARS: usize = 4096;

/// Limit in characters of a trip.
pub const MAX_TRIP_CHARS: usize = 1024 * 1024;

/// The version of every kind that this program writes and reads.
const VERSION: u32 = 1;

/// Most digits of a version number.
const MAX_VERSION_DIGITS: usize = 3;

/// A message that travels as a packet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Packet {
    /// `r1.`: what an offline PC asks for.
    Request(Request),
    /// `c1.`: what the licence store said.
    Receipt(Receipt),
    /// `t1.`: everything gathered on a trip.
    Trip(TripMessage),
}

impl Packet {
    /// Parses a packet without anything around it.
    ///
    /// # Errors
    /// A [`PacketError`] for anything that is not exactly the format.
    pub fn parse(text: &str) -> Result<Self, PacketError> {
        let header = PacketHeader::of(text).ok_or(PacketError::NotAPacket)?;
        let kind =
            PacketKind::of(header.kind).ok_or(PacketError::UnknownKind { kind: header.kind })?;
        if header.version != VERSION {
            return Err(PacketError::UnknownVersion {
                kind: header.kind,
                version: header.version,
            });
        }
        let limit = kind.limit();
        if text.chars().nth(limit).is_some() {
            return Err(PacketError::TooLarge { limit });
        }
        let bytes = decode(text, header.length)?;
        let mut reader = CborReader::new(&bytes);
        let packet = match kind {
            PacketKind::Request => request::read(&mut reader, "packet").map(Self::Request),
            PacketKind::Receipt => receipt::read(&mut reader, "packet").map(Self::Receipt),
            PacketKind::Trip => trip::read(&mut reader, "packet").map(Self::Trip),
        }?;
        reader.finish()?;
        Ok(packet)
    }

    /// Writes the packet; the same message always gives the same text. Times
    /// are written to the second.
    ///
    /// # Errors
    /// [`PacketError::WrongCount`], [`PacketError::SameProductTwice`],
    /// [`PacketError::Malformed`] for a time before 1970 or after 9999, and
    /// [`PacketError::TooLarge`]. It never writes what [`Self::parse`] would
    /// refuse.
    pub fn to_text(&self) -> Result<String, PacketError> {
        let mut writer = CborWriter::new();
        let kind = match self {
            Self::Request(request) => {
                request::write(&mut writer, request)?;
                PacketKind::Request
            }
            Self::Receipt(receipt) => {
                receipt::write(&mut writer, receipt)?;
                PacketKind::Receipt
            }
            Self::Trip(trip) => {
                trip::write(&mut writer, trip)?;
                PacketKind::Trip
            }
        };
        let mut text = format!("{}{VERSION}.", kind.letter());
        URL_SAFE_NO_PAD.encode_string(writer.into_bytes(), &mut text);
        let limit = kind.limit();
        if text.len() > limit {
            return Err(PacketError::TooLarge { limit });
        }
        Ok(text)
    }

    /// Whether a text begins with the header of a packet, whatever follows.
    pub(super) fn has_header(text: &str) -> bool {
        PacketHeader::of(text).is_some()
    }
}

#[derive(Debug, Clone, Copy)]
enum PacketKind {
    Request,
    Receipt,
    Trip,
}

impl PacketKind {
    const ALL: [Self; 3] = [Self::Request, Self::Receipt, Self::Trip];

    fn of(letter: char) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.letter() == letter)
    }

    fn letter(self) -> char {
        match self {
            Self::Request => 'r',
            Self::Receipt => 'c',
            Self::Trip => 't',
        }
    }

    fn limit(self) -> usize {
        match self {
            Self::Request | Self::Receipt => MAX_PACKET_CHARS,
            Self::Trip => MAX_TRIP_CHARS,
        }
    }
}

/// The part before the base64url text.
struct PacketHeader {
    kind: char,
    version: u32,
    /// Bytes up to and including the full stop.
    length: usize,
}

impl PacketHeader {
    fn of(text: &str) -> Option<Self> {
        let kind = text.chars().next().filter(char::is_ascii_alphabetic)?;
        let digits = text[1..]
            .bytes()
            .take(MAX_VERSION_DIGITS)
            .take_while(u8::is_ascii_digit)
            .count();
        let version = &text[1..=digits];
        let length = digits + 2;
        // A version has exactly one spelling, without leading zeros.
        if version.starts_with('0') || text.as_bytes().get(length - 1) != Some(&b'.') {
            return None;
        }
        Some(Self {
            kind,
            version: version.parse().ok()?,
            length,
        })
    }
}

fn decode(text: &str, start: usize) -> Result<Vec<u8>, PacketError> {
    let encoded = text.get(start..).unwrap_or_default();
    URL_SAFE_NO_PAD.decode(encoded).map_err(|error| {
        let offset = match error {
            DecodeError::InvalidByte(offset, _) | DecodeError::InvalidLastSymbol { offset, .. } => {
                offset
            }
            DecodeError::InvalidLength(_) | DecodeError::InvalidPadding => encoded
                .find(|character: char| !is_base64url(character))
                .unwrap_or(encoded.len().saturating_sub(1)),
        };
        let before = text.get(..start + offset).unwrap_or(text);
        PacketError::NotBase64 {
            position: before.chars().count() + 1,
        }
    })
}

fn is_base64url(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '-' | '_')
}

#[cfg(test)]
mod tests;
