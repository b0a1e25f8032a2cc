//! What is known about Confirmation IDs that were met before. A refused one
//! stays refused, however its digits come again.

use super::{Answer, ConfirmationDigits, Label, PcIdentity, ReplyCheck, Tag};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt;

/// Identifies a Confirmation ID without storing its digits: the first half of a
/// SHA-256 over them, in hexadecimal. Its 40 free digits are too many for a
/// brute-force search.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Fingerprint(String);

impl Fingerprint {
    /// Bytes of the hash that are kept.
    const BYTES: usize = 16;

    /// The fingerprint of these 48 digits.
    pub fn of(cid: &ConfirmationDigits) -> Self {
        let hash = Sha256::new()
            .chain_update(b"hikyaku confirmation id ")
            .chain_update(cid.digits())
            .finalize();
        let hex = |byte: &u8| format!("{byte:02x}");
        Self(hash.iter().take(Self::BYTES).map(hex).collect())
    }
}

impl TryFrom<String> for Fingerprint {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let is_hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        let fits = text.len() == 2 * Self::BYTES && text.bytes().all(is_hex);
        fits.then_some(Self(text))
            .ok_or("not a fingerprint of 32 hexadecimal digits")
    }
}

impl From<Fingerprint> for String {
    fn from(print: Fingerprint) -> Self {
        print.0
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Fingerprint({})", self.0)
    }
}

/// What is known about a Confirmation ID that was met before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownAnswer {
    /// The Confirmation ID.
    pub cid: Fingerprint,
    /// Tag of the Installation ID that it answers, if it came with one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tag: Option<Tag>,
    /// Check of its reply, if it came with the check only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check: Option<ReplyCheck>,
    /// The PC that it is for, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pc: Option<PcIdentity>,
    /// The product that it is for, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<Label>,
    /// When it was met.
    pub at: DateTime<Utc>,
}

impl KnownAnswer {
    /// What an answer says about itself; `None` for a bare number, which says
    /// nothing.
    pub fn of(answer: &Answer, at: DateTime<Utc>) -> Option<Self> {
        let (tag, check) = match answer {
            Answer::Tagged(reply) => (Some(reply.tag), None),
            Answer::Typed(typed) => (None, Some(typed.check)),
            Answer::Bare(_) => return None,
        };
        Some(Self {
            cid: Fingerprint::of(&answer.digits()),
            tag,
            check,
            pc: None,
            product: None,
            at,
        })
    }

    /// Records that these digits were followed by something damaged. Nothing
    /// more is known than that they are not a bare number.
    pub fn damaged(digits: &ConfirmationDigits, at: DateTime<Utc>) -> Self {
        Self {
            cid: Fingerprint::of(digits),
            tag: None,
            check: None,
            pc: None,
            product: None,
            at,
        }
    }

    /// Whether both say the same, regardless of the time.
    pub fn is_same(&self, other: &Self) -> bool {
        let said = |it: &Self| (it.tag, it.check, it.pc.clone(), it.product.clone());
        self.cid == other.cid && said(self) == said(other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activation::{Trust, practice_confirmation_id, practice_installation_id};

    fn digits(seed: &str) -> ConfirmationDigits {
        practice_confirmation_id(&practice_installation_id(seed)).into()
    }

    fn known(text: &str, seconds: i64) -> Option<KnownAnswer> {
        let at = DateTime::from_timestamp(seconds, 0).unwrap();
        KnownAnswer::of(&Answer::read(text, Trust::CheckDigits).unwrap(), at)
    }

    #[test]
    fn a_fingerprint_is_read_as_it_is_written_and_nothing_else_is() {
        let print = Fingerprint::of(&digits("a"));
        assert_ne!(print, Fingerprint::of(&digits("b")));
        let text = String::from(print.clone());
        assert_eq!(Fingerprint::try_from(text.clone()).as_ref(), Ok(&print));
        assert_eq!(format!("{print:?}"), format!("Fingerprint({text})"));
        for wrong in [
            String::new(),
            text[1..].to_owned(),
            format!("{text}0"),
            format!("{}G", &text[1..]),
            format!("{}g", &text[1..]),
            format!("{}A", &text[1..]),
        ] {
            assert!(Fingerprint::try_from(wrong.clone()).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_an_answer_says_of_itself_is_known_and_a_bare_number_says_nothing() {
        let iid = practice_installation_id("a");
        let cid = practice_confirmation_id(&iid);
        let reply = crate::activation::Reply {
            cid: cid.clone(),
            tag: iid.tag(),
        };
        let check = reply.check();
        let tagged = known(&format!("{}{}{check}", cid.digits(), iid.tag()), 1).unwrap();
        assert_eq!((tagged.tag, tagged.check), (Some(iid.tag()), None));
        let typed = known(&format!("{}{check}", cid.digits()), 1).unwrap();
        assert_eq!((typed.tag, typed.check), (None, Some(check)));
        assert_eq!(known(cid.digits(), 1), None);
        assert_eq!(tagged.cid, typed.cid);
        // The time makes no difference; another number or other contents do.
        let later = known(&format!("{}{}{check}", cid.digits(), iid.tag()), 2).unwrap();
        assert!(tagged.is_same(&later));
        assert!(!tagged.is_same(&typed));
        let other = KnownAnswer {
            cid: Fingerprint::of(&digits("b")),
            ..tagged.clone()
        };
        assert!(!tagged.is_same(&other));
        let damaged = KnownAnswer::damaged(&digits("a"), tagged.at);
        assert_eq!(damaged.cid, tagged.cid);
        assert!(!damaged.is_same(&tagged));
    }
}
