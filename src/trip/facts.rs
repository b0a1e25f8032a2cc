//! What is known about one Installation ID: the facts of a trip.
//!
//! Facts are only ever added, and none depends on what else the device that
//! recorded it knew. Two records of one trip are therefore merged by uniting
//! their facts, in any order and any number of times. How far a product is, and
//! which of its numbers is current, is derived from the facts.
//!
//! A trip file has them under `facts` of an entry, a ledger in its rows. These
//! are the keys; all are optional except `iid`, `first_seen` and `last_seen`:
//!
//! | key | value | |
//! | --- | --- | --- |
//! | `iid` | 63 or 54 digits with valid check digits | |
//! | `first_seen`, `last_seen` | time | when it was collected first and last |
//! | `seen_by` | label | who collected it first |
//! | `readings` | array, below | on which PC it was read, and as what |
//! | `named` | `at`, `name` (label), `actor`? | the last name that a person gave to its PC |
//! | `beside` | array of tags | numbers that were in one request with it |
//! | `kept` | array of `cid`, `at`, `actor`? | Confirmation IDs that came in |
//! | `gone` | array of `cid`, `kept_at`, `at`, `actor`?, `why` | which of these were removed: `withdrawn` (then every one with that `cid` that came in up to `at`, anywhere), or `replaced` by a person's choice (only the one with that `kept_at`) |
//! | `shown` | array of `cid`, `first`, `last`, `actor`? | when its reply was shown to the PC |
//! | `receipts` | array, below | what the licence store said, in a result code or to a person on the PC's screen |
//! | `ties` | array of `tag`, `at`, `actor`?, `one` | whether the PC with that number is the same one, by a person's word |
//! | `newer` | array of `than` (tag), `at`, `actor`? | this number is newer than that one, by a person's word |
//!
//! A reading has `pc` (label)?, `bare`, `made_up` (`true` or omitted: the name
//! is a person's, or the program's), `serial`?, `machine` (sixteen hexadecimal
//! digits)?, `taken_at` (time by the PC's clock)?, `activation_id`?,
//! `product`?, `key_tail`?. A receipt has `status`, `hresult`?, `cid`? (the one
//! in hand when it was read), `first`, `last` (times by the PC's clock, or by the
//! device's if a person read the screen), `read_at`, `actor`?.
//!
//! `actor` is a label, a tag is ten digits in a string, `one` is a boolean, a
//! `cid` is 48 digits whose check digits need not be valid; everything else is
//! written as in the rest of a trip file. Writers use the order of the keys
//! given here and omit empty values: they write no empty array, and no `false`
//! except for `one`. Readers accept both. Writers sort all lists and remove
//! duplicates; readers accept any list. The same number may have facts in
//! several entries.

use super::values::{HResultText, Time, guid, present};
use crate::activation::{
    ActivationId, ConfirmationDigits, InstallationId, KeyTail, Label, LicenseStatus, MachineId, Tag,
};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::ops::Deref;

/// An Installation ID with its tag, which is computed once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaggedIid {
    iid: InstallationId,
    tag: Tag,
}

impl TaggedIid {
    /// Its tag.
    pub fn tag(&self) -> Tag {
        self.tag
    }
}

impl From<InstallationId> for TaggedIid {
    fn from(iid: InstallationId) -> Self {
        let tag = iid.tag();
        Self { iid, tag }
    }
}

impl Deref for TaggedIid {
    type Target = InstallationId;

    fn deref(&self) -> &InstallationId {
        &self.iid
    }
}

impl Serialize for TaggedIid {
    fn serialize<S: Serializer>(&self, writer: S) -> Result<S::Ok, S::Error> {
        writer.serialize_str(self.iid.digits())
    }
}

impl<'de> Deserialize<'de> for TaggedIid {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        let digits = String::deserialize(reader)?;
        InstallationId::parse(&digits)
            .ok()
            .filter(|iid| iid.digits() == digits)
            .map(Into::into)
            .ok_or_else(|| serde::de::Error::custom("not an Installation ID"))
    }
}

/// Everything that is known about one Installation ID. All lists are sorted and
/// have no duplicates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumberFacts {
    /// The number.
    pub iid: TaggedIid,
    /// When it was collected first.
    pub first_seen: Time,
    /// When it was collected last.
    pub last_seen: Time,
    /// Who collected it first.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "present"
    )]
    pub seen_by: Option<Label>,
    /// On which PC it was read, and as what.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub readings: Vec<NumberReading>,
    /// The last name that a person gave to its PC.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "present"
    )]
    pub named: Option<GivenName>,
    /// Tags of the numbers that were in one request with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beside: Vec<Tag>,
    /// Confirmation IDs that came in for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kept: Vec<KeptCid>,
    /// Which of them were removed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gone: Vec<RemovedCid>,
    /// Replies that were shown to its PC.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shown: Vec<ShownReply>,
    /// What the licence store said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub receipts: Vec<ReceiptRead>,
    /// Whether other numbers belong to the same PC, by a person's word.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ties: Vec<Tie>,
    /// Numbers that it is newer than, by a person's word.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub newer: Vec<Newer>,
}

/// On which PC a number was read, and as what. There is one for each way in
/// which the PC identified itself, as it was read last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumberReading {
    /// Name of the PC.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "present"
    )]
    pub pc: Option<Label>,
    /// The number came without its PC: a person chose the name.
    #[serde(default, skip_serializing_if = "is_false")]
    pub bare: bool,
    /// This program chose the name.
    #[serde(default, skip_serializing_if = "is_false")]
    pub made_up: bool,
    /// Serial number of the PC.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "present"
    )]
    pub serial: Option<Label>,
    /// What identifies the machine.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "present"
    )]
    pub machine: Option<MachineId>,
    /// When it was read off, by the PC's clock.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "present"
    )]
    pub taken_at: Option<Time>,
    /// Activation ID of its product.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "guid"
    )]
    pub activation_id: Option<ActivationId>,
    /// Name of its product.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "present"
    )]
    pub product: Option<Label>,
    /// Last five of the product's key.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "present"
    )]
    pub key_tail: Option<KeyTail>,
}

/// A name that a person gave to a PC.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GivenName {
    /// When.
    pub at: Time,
    /// The name.
    pub name: Label,
    /// Who gave it, if known.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "present"
    )]
    pub actor: Option<Label>,
}

/// A Confirmation ID came in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeptCid {
    /// Its digits; a person may have overruled their check digits.
    #[serde(with = "digits")]
    pub cid: ConfirmationDigits,
    /// When; a Confirmation ID comes in at most once per second.
    pub at: Time,
    /// Who stored it.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "present"
    )]
    pub actor: Option<Label>,
}

/// Why a Confirmation ID was removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RemovalReason {
    /// A person took it back.
    Withdrawn,
    /// A person chose another one.
    Replaced,
}

/// A [`KeptCid`] was removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RemovedCid {
    /// Its digits.
    #[serde(with = "digits")]
    pub cid: ConfirmationDigits,
    /// When it came in.
    pub kept_at: Time,
    /// When it was removed.
    pub at: Time,
    /// By whom.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "present"
    )]
    pub actor: Option<Label>,
    /// Why.
    pub why: RemovalReason,
}

/// A reply was shown to its PC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShownReply {
    /// The Confirmation ID in the reply.
    #[serde(with = "digits")]
    pub cid: ConfirmationDigits,
    /// The first time.
    pub first: Time,
    /// The last time.
    pub last: Time,
    /// Who showed it first.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "present"
    )]
    pub actor: Option<Label>,
}

/// What the licence store said. The same statement repeated is one fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReceiptRead {
    /// Licence status.
    pub status: LicenseStatus,
    /// The refusal code.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "present"
    )]
    pub hresult: Option<HResultText>,
    /// The Confirmation ID in hand when it was read.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "digits_if_any"
    )]
    pub cid: Option<ConfirmationDigits>,
    /// When it was first said, by the PC's clock.
    pub first: Time,
    /// When it was last said, by the PC's clock.
    pub last: Time,
    /// When it was read first.
    pub read_at: Time,
    /// Who read it first.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "present"
    )]
    pub actor: Option<Label>,
}

/// Whether the PC with another number is the same one, by a person's word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tie {
    /// Tag of the other number.
    pub tag: Tag,
    /// When it was said.
    pub at: Time,
    /// By whom.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "present"
    )]
    pub actor: Option<Label>,
    /// Whether they are one PC or two.
    pub one: bool,
}

/// A number is newer than another one, by a person's word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Newer {
    /// Tag of the other number.
    pub than: Tag,
    /// When it was said.
    pub at: Time,
    /// By whom.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "present"
    )]
    pub actor: Option<Label>,
}

/// A PC on the list of planned PCs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// Its name.
    pub name: Label,
    /// Its serial number.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "present"
    )]
    pub serial: Option<Label>,
    /// Where it stands.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "present"
    )]
    pub place: Option<Label>,
    /// When the list last said so.
    pub at: Time,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // required by serde
fn is_false(flag: &bool) -> bool {
    !flag
}

/// Serialises a Confirmation ID as its 48 digits.
mod digits {
    use crate::activation::ConfirmationDigits;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(
        cid: &ConfirmationDigits,
        writer: S,
    ) -> Result<S::Ok, S::Error> {
        writer.serialize_str(cid.digits())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        reader: D,
    ) -> Result<ConfirmationDigits, D::Error> {
        let text = String::deserialize(reader)?;
        ConfirmationDigits::despite_check_digits(&text)
            .ok()
            .filter(|cid| cid.digits() == text)
            .ok_or_else(|| D::Error::custom("not 48 digits"))
    }
}

mod digits_if_any {
    use crate::activation::ConfirmationDigits;
    use serde::{Deserializer, Serializer};

    #[allow(clippy::ref_option)] // required by serde
    pub(super) fn serialize<S: Serializer>(
        cid: &Option<ConfirmationDigits>,
        writer: S,
    ) -> Result<S::Ok, S::Error> {
        match cid {
            Some(cid) => super::digits::serialize(cid, writer),
            None => writer.serialize_none(),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        reader: D,
    ) -> Result<Option<ConfirmationDigits>, D::Error> {
        super::digits::deserialize(reader).map(Some)
    }
}
