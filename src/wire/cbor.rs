//! The strict subset of CBOR that packets use.
//!
//! Nothing is allocated on the input's word: every length is checked against
//! its limit, or against the bytes that are present, first.

use super::PacketError;
use crate::activation::Label;
use minicbor::{Decoder, Encoder};
use std::collections::BTreeSet;

/// Deepest nesting of a value under an unknown key; the value itself is 1.
pub(super) const MAX_DEPTH: usize = 8;

const UNSIGNED: u8 = 0;
const BYTES: u8 = 2;
const TEXT: u8 = 3;
const ARRAY: u8 = 4;
const MAP: u8 = 5;
const TAG: u8 = 6;
const SIMPLE: u8 = 7;

/// Whether the callback of [`CborReader::map`] consumed the value of a key, or
/// the reader has to skip it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MapKey {
    Taken,
    Unknown,
}

/// Reads what the specification allows, and nothing else.
pub(super) struct CborReader<'b> {
    decoder: Decoder<'b>,
}

impl<'b> CborReader<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Self {
            decoder: Decoder::new(bytes),
        }
    }

    /// Refuses trailing bytes.
    pub(super) fn finish(&self) -> Result<(), PacketError> {
        match self.decoder.input().len() - self.decoder.position() {
            0 => Ok(()),
            count => Err(PacketError::TrailingBytes { count }),
        }
    }

    /// Reads a map. `take` is called for every key; it reads the value, or
    /// returns [`MapKey::Unknown`].
    pub(super) fn map(
        &mut self,
        field: &'static str,
        mut take: impl FnMut(&'b str, &mut Self) -> Result<MapKey, PacketError>,
    ) -> Result<(), PacketError> {
        self.expect(field, MAP)?;
        let entries = self.length(Decoder::map)?;
        // There are only 2756 possible keys.
        let mut seen = BTreeSet::new();
        for _ in 0..entries {
            let key = self.key()?;
            if !seen.insert(key) {
                return Err(PacketError::DuplicateKey {
                    key: key.to_owned(),
                });
            }
            if take(key, self)? == MapKey::Unknown {
                self.skip(MAX_DEPTH)?;
            }
        }
        Ok(())
    }

    /// Reads an array of `least` to `most` entries.
    pub(super) fn array<T>(
        &mut self,
        field: &'static str,
        least: usize,
        most: usize,
        mut item: impl FnMut(&mut Self) -> Result<T, PacketError>,
    ) -> Result<Vec<T>, PacketError> {
        self.expect(field, ARRAY)?;
        let found = self.length(Decoder::array)?;
        if found < least as u64 || found > most as u64 {
            return Err(PacketError::WrongCount {
                field,
                least,
                most,
                found,
            });
        }
        (0..found).map(|_| item(self)).collect()
    }

    /// Reads an unsigned integer up to `most`.
    pub(super) fn unsigned(&mut self, field: &'static str, most: u64) -> Result<u64, PacketError> {
        self.expect(field, UNSIGNED)?;
        let value = self.run(Decoder::u64)?;
        if value > most {
            return Err(PacketError::Malformed { field });
        }
        Ok(value)
    }

    /// Reads exactly this many bytes.
    pub(super) fn bytes<const N: usize>(
        &mut self,
        field: &'static str,
    ) -> Result<[u8; N], PacketError> {
        self.expect(field, BYTES)?;
        let bytes = self.run(Decoder::bytes)?;
        bytes
            .try_into()
            .map_err(|_| PacketError::Malformed { field })
    }

    /// Reads text with any content.
    pub(super) fn text(&mut self, field: &'static str) -> Result<&'b str, PacketError> {
        self.expect(field, TEXT)?;
        self.run(Decoder::str)
    }

    /// Reads text that is a valid label as it is.
    pub(super) fn label(&mut self, field: &'static str) -> Result<Label, PacketError> {
        Label::exact(self.text(field)?).ok_or(PacketError::Malformed { field })
    }

    fn key(&mut self) -> Result<&'b str, PacketError> {
        if self.major()? != TEXT {
            return Err(PacketError::WrongKey);
        }
        let key = self.run(Decoder::str)?;
        let fits = matches!(key.len(), 1 | 2) && key.bytes().all(|byte| byte.is_ascii_alphabetic());
        fits.then_some(key).ok_or(PacketError::WrongKey)
    }

    /// Skips one value, nested at most `depth` deep.
    fn skip(&mut self, depth: usize) -> Result<(), PacketError> {
        let Some(inner) = depth.checked_sub(1) else {
            return Err(PacketError::TooDeep { limit: MAX_DEPTH });
        };
        match self.major()? {
            ARRAY => {
                let entries = self.length(Decoder::array)?;
                for _ in 0..entries {
                    self.skip(inner)?;
                }
            }
            MAP => {
                let entries = self.length(Decoder::map)?;
                for _ in 0..entries {
                    self.skip(inner)?;
                    self.skip(inner)?;
                }
            }
            TAG => {
                self.run(Decoder::tag)?;
                self.skip(inner)?;
            }
            // Checked here because minicbor's skip does not validate UTF-8.
            TEXT => {
                self.run(Decoder::str)?;
            }
            SIMPLE => {
                let offset = self.decoder.position();
                let short = self.decoder.input().get(offset..offset + 2);
                if matches!(short, Some([0xf8, 0..32])) {
                    return Err(PacketError::NotCbor { offset });
                }
                self.run(Decoder::skip)?;
            }
            _ => self.run(Decoder::skip)?,
        }
        Ok(())
    }

    fn expect(&self, field: &'static str, major: u8) -> Result<(), PacketError> {
        if self.major()? == major {
            Ok(())
        } else {
            Err(PacketError::WrongType { field })
        }
    }

    /// The major type of the next value; refuses indefinite lengths.
    fn major(&self) -> Result<u8, PacketError> {
        let offset = self.decoder.position();
        let Some(&head) = self.decoder.input().get(offset) else {
            return Err(PacketError::Truncated);
        };
        match head & 0b1_1111 {
            28.. => Err(PacketError::NotCbor { offset }),
            _ => Ok(head >> 5),
        }
    }

    fn length(
        &mut self,
        read: impl FnOnce(&mut Decoder<'b>) -> Result<Option<u64>, minicbor::decode::Error>,
    ) -> Result<u64, PacketError> {
        let offset = self.decoder.position();
        self.run(read)?.ok_or(PacketError::NotCbor { offset })
    }

    fn run<T>(
        &mut self,
        read: impl FnOnce(&mut Decoder<'b>) -> Result<T, minicbor::decode::Error>,
    ) -> Result<T, PacketError> {
        let offset = self.decoder.position();
        read(&mut self.decoder).map_err(|error| {
            if error.is_end_of_input() {
                PacketError::Truncated
            } else {
                PacketError::NotCbor { offset }
            }
        })
    }
}

/// Writes CBOR with definite lengths and shortest integers.
///
/// Writing to a `Vec` cannot fail.
pub(super) struct CborWriter(Encoder<Vec<u8>>);

impl CborWriter {
    pub(super) fn new() -> Self {
        Self(Encoder::new(Vec::new()))
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.0.into_writer()
    }

    pub(super) fn map(&mut self, entries: usize) {
        self.0.map(entries as u64).ok();
    }

    pub(super) fn key_array(&mut self, key: &str, entries: usize) {
        self.0
            .str(key)
            .and_then(|encoder| encoder.array(entries as u64))
            .ok();
    }

    pub(super) fn key_text(&mut self, key: &str, text: &str) {
        self.0.str(key).and_then(|encoder| encoder.str(text)).ok();
    }

    pub(super) fn key_bytes(&mut self, key: &str, bytes: &[u8]) {
        self.0
            .str(key)
            .and_then(|encoder| encoder.bytes(bytes))
            .ok();
    }

    pub(super) fn key_unsigned(&mut self, key: &str, value: u64) {
        self.0.str(key).and_then(|encoder| encoder.u64(value)).ok();
    }
}
