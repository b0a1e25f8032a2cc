//! What a trip is made of.

use crate::activation::{
    ActivationId, ConfirmationDigits, InstallationId, KeyTail, Label, LicenseStatus, Tag,
};
use crate::wire::trip_file::{Code, State, StepKind, Time};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// How the Confirmation IDs come to the PCs, as agreed with the customer.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    strum::EnumIter,
    strum::IntoStaticStr,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case", prefix = "way-")]
pub enum Way {
    /// The customer lends a connected PC at the spot.
    Lend,
    /// The technician carries a connected device in.
    CarryIn,
    /// Installation IDs are carried out, Confirmation IDs back in.
    CarryOut,
}

impl Way {
    /// Key of its name in the language files.
    pub fn message_id(self) -> &'static str {
        self.into()
    }
}

/// What a trip is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// Its name.
    pub name: Label,
    /// When the record began.
    pub started_at: Time,
    /// Where the PCs are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<Label>,
    /// Whose they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<Label>,
    /// The day of the visit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<NaiveDate>,
    /// Who does it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub technician: Option<Label>,
    /// The agreed way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub way: Option<Way>,
}

impl About {
    /// A trip of which no more is known than its name.
    pub fn named(name: Label, started_at: Time) -> Self {
        Self {
            name,
            started_at,
            site: None,
            customer: None,
            date: None,
            technician: None,
            way: None,
        }
    }
}

/// When something is done, and by whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct By {
    /// When.
    pub at: Time,
    /// Who, where that is known.
    pub actor: Option<Label>,
}

/// One thing that happened to a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What.
    pub kind: StepKind,
    /// When.
    pub at: Time,
    /// Who did it, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<Label>,
    /// What the licence store said, if it refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Code>,
}

/// A number that a product had before, or a Confirmation ID that gave way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Superseded {
    /// The Installation ID.
    #[serde(with = "as_digits")]
    pub iid: InstallationId,
    /// The Confirmation ID that was in hand for it.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "as_cid")]
    pub cid: Option<ConfirmationDigits>,
    /// When that was noticed.
    pub at: Time,
}

/// One product of one PC: what one visit to the portal answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its Activation ID, where a request told it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activation_id: Option<ActivationId>,
    /// Its name, where a request told it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<Label>,
    /// Last five of its key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key_tail: Option<KeyTail>,
    /// Its Installation ID; no two entries of a trip have the same.
    #[serde(with = "as_digits")]
    pub iid: InstallationId,
    /// How far it is.
    pub state: State,
    /// The Confirmation ID in hand.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "as_cid")]
    pub cid: Option<ConfirmationDigits>,
    /// Licence status of the last receipt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<LicenseStatus>,
    /// What the licence store said at last, if it refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hresult: Option<Code>,
    /// What gave way, newest last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub superseded: Vec<Superseded>,
    /// What happened, in order.
    pub steps: Vec<Step>,
}

impl Entry {
    /// The tag of its Installation ID: what receipts and replies name it by.
    pub fn tag(&self) -> Tag {
        self.iid.tag()
    }

    /// When this last happened, and who did it.
    pub fn last(&self, kind: StepKind) -> Option<&Step> {
        self.steps.iter().rfind(|step| step.kind == kind)
    }

    pub(super) fn step(&mut self, kind: StepKind, by: &By) {
        self.step_with(kind, by, None);
    }

    pub(super) fn step_with(&mut self, kind: StepKind, by: &By, code: Option<Code>) {
        self.steps.push(Step {
            kind,
            at: by.at,
            actor: by.actor.clone(),
            code,
        });
    }
}

/// One PC; without entries it is wanted, and was not met yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pc {
    /// Its number in this trip, for good.
    pub id: u32,
    /// Its name.
    pub name: Label,
    /// Known by bare numbers only: the name is the person's own.
    #[serde(default)]
    pub bare: bool,
    /// Its serial number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub serial: Option<Label>,
    /// Where it stands, from the list of planned PCs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Label>,
    /// When its request was written, by its own clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken_at: Option<Time>,
    /// When it was last heard of.
    pub seen_at: Time,
    /// Its products.
    pub entries: Vec<Entry>,
}

/// How far a PC is: as far as the product that is least far.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, strum::IntoStaticStr,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case", prefix = "progress-")]
pub enum Progress {
    /// Planned, and not met yet.
    Wanted,
    /// A product was refused and needs a hand.
    Failed,
    /// Its request is here, a Confirmation ID is not.
    Requested,
    /// A Confirmation ID is in hand.
    CidInHand,
    /// Its reply was shown to it; no receipt yet.
    Delivered,
    /// A receipt says so.
    Activated,
}

impl Progress {
    /// Key of its name in the language files.
    pub fn message_id(self) -> &'static str {
        self.into()
    }
}

impl From<State> for Progress {
    fn from(state: State) -> Self {
        match state {
            State::Open => Self::Requested,
            State::Cid => Self::CidInHand,
            State::Delivered => Self::Delivered,
            State::Activated => Self::Activated,
            State::Failed => Self::Failed,
        }
    }
}

impl Pc {
    /// How far it is.
    pub fn progress(&self) -> Progress {
        let states = self.entries.iter().map(|entry| entry.state.into());
        states.min().unwrap_or(Progress::Wanted)
    }
}

/// A walk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trip {
    /// What it is about.
    pub about: About,
    /// The PCs in the order in which they were named or met.
    pub pcs: Vec<Pc>,
}

impl Trip {
    /// A trip that begins.
    pub fn new(about: About) -> Self {
        Self {
            about,
            pcs: Vec::new(),
        }
    }

    /// All products with their PCs, in order.
    pub fn entries(&self) -> impl Iterator<Item = (&Pc, &Entry)> {
        self.pcs
            .iter()
            .flat_map(|pc| pc.entries.iter().map(move |entry| (pc, entry)))
    }

    /// The product of this tag, and whose it is.
    pub fn entry(&self, tag: Tag) -> Option<(&Pc, &Entry)> {
        self.entries().find(|(_, entry)| entry.tag() == tag)
    }

    pub(super) fn entry_mut(&mut self, tag: Tag) -> Option<&mut Entry> {
        self.pcs
            .iter_mut()
            .flat_map(|pc| &mut pc.entries)
            .find(|entry| entry.tag() == tag)
    }

    /// Whether it is a rehearsal; `None` while it holds no number.
    pub fn is_practice(&self) -> Option<bool> {
        self.entries()
            .next()
            .map(|(_, entry)| entry.iid.is_practice())
    }

    /// The same machine: by serial where both have one (names change during an
    /// installation), else by name.
    pub(super) fn find_pc(&self, name: &Label, serial: Option<&Label>) -> Option<usize> {
        let by_serial = serial.and_then(|serial| {
            self.pcs
                .iter()
                .position(|pc| pc.serial.as_ref() == Some(serial))
        });
        by_serial.or_else(|| {
            self.pcs.iter().position(|pc| {
                !pc.bare && pc.name == *name && (pc.serial.is_none() || serial.is_none())
            })
        })
    }

    pub(super) fn next_id(&self) -> u32 {
        self.pcs.iter().map(|pc| pc.id + 1).max().unwrap_or(1)
    }
}

/// An Installation ID as its digits; one that does not check is refused.
mod as_digits {
    use crate::activation::InstallationId;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(
        iid: &InstallationId,
        writer: S,
    ) -> Result<S::Ok, S::Error> {
        writer.serialize_str(iid.digits())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        reader: D,
    ) -> Result<InstallationId, D::Error> {
        InstallationId::parse(&String::deserialize(reader)?).map_err(D::Error::custom)
    }
}

/// A Confirmation ID as its digits; a person may have overruled its checks.
mod as_cid {
    use crate::activation::ConfirmationDigits;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    #[allow(clippy::ref_option)] // serde asks for it
    pub(super) fn serialize<S: Serializer>(
        cid: &Option<ConfirmationDigits>,
        writer: S,
    ) -> Result<S::Ok, S::Error> {
        match cid {
            Some(cid) => writer.serialize_str(cid.digits()),
            None => writer.serialize_none(),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        reader: D,
    ) -> Result<Option<ConfirmationDigits>, D::Error> {
        ConfirmationDigits::despite_check_digits(&String::deserialize(reader)?)
            .map(Some)
            .map_err(D::Error::custom)
    }
}
