//! The ten digits that bind a Confirmation ID to the Installation ID it answers.

use sha2::{Digest, Sha256};
use std::fmt;

/// Tag of an Installation ID: SHA-256 over its ASCII digits, as a big-endian
/// integer, modulo 10^10.
///
/// Ten digits are short enough to travel in every reply. The chance that
/// another PC's reply has the tag of this one is 1 in 10^10.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(try_from = "String", into = "String")]
pub struct Tag(u64);

impl Tag {
    /// Number of digits.
    pub const DIGITS: usize = 10;
    const MODULUS: u64 = 10_000_000_000;

    /// The tag of an Installation ID's bare digits.
    pub(super) fn of(digits: &str) -> Self {
        let hash = Sha256::digest(digits.as_bytes());
        Self(hash.iter().fold(0, |remainder, &byte| {
            (remainder * 256 + u64::from(byte)) % Self::MODULUS
        }))
    }

    /// The tag with this value; `None` from 10^10 on.
    pub fn from_value(value: u64) -> Option<Self> {
        (value < Self::MODULUS).then_some(Self(value))
    }

    /// Parses exactly ten ASCII digits.
    pub fn parse(digits: &str) -> Option<Self> {
        let fits = digits.len() == Self::DIGITS && digits.bytes().all(|byte| byte.is_ascii_digit());
        fits.then(|| digits.parse().ok().map(Self)).flatten()
    }

    /// The value, below 10^10.
    pub fn value(self) -> u64 {
        self.0
    }
}

impl TryFrom<String> for Tag {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("not a tag of ten digits")
    }
}

impl From<Tag> for String {
    fn from(tag: Tag) -> Self {
        tag.to_string()
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:010}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leading_zeros_are_kept() {
        let tag = Tag::from_value(42).unwrap();
        assert_eq!(tag.to_string(), "0000000042");
        assert_eq!(Tag::parse("0000000042"), Some(tag));
    }

    #[test]
    fn only_ten_digits_are_a_tag() {
        for text in ["", "123456789", "12345678901", "+123456789", "12345 7890"] {
            assert_eq!(Tag::parse(text), None, "{text}");
        }
        assert_eq!(Tag::from_value(10_000_000_000), None);
    }
}
