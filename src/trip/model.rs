//! What a trip consists of.
//!
//! Only facts are stored ([`NumberFacts`], [`Wanted`]). Everything else here is
//! derived from them after every change, and is the same for the same facts.

use super::facts::{NumberFacts, Wanted};
use super::values::{HResultText, ProductState, Time};
use crate::activation::{
    ActivationId, ConfirmationDigits, InstallationId, KeyTail, Label, LicenseStatus, MachineId, Tag,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// How the Confirmation IDs get to the PCs, as agreed with the customer.
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
    /// The customer lends a connected PC on the spot.
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
    /// When the trip began.
    pub started_at: Time,
    /// Where the PCs are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<Label>,
    /// The customer whose PCs they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<Label>,
    /// The day of the visit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<NaiveDate>,
    /// Who carries it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub technician: Option<Label>,
    /// The agreed way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub way: Option<Way>,
}

impl About {
    /// A trip of which only the name is known.
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

/// Who did something, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribution {
    /// When.
    pub at: Time,
    /// Who, if known.
    pub actor: Option<Label>,
}

/// One product of one PC: what one visit to the portal answers.
///
/// Its Installation ID may have changed in the meantime; the earlier ones are
/// kept with everything that came in for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TripEntry {
    /// Its Activation ID, if a request said it.
    pub activation_id: Option<ActivationId>,
    /// Its name, if a request said it.
    pub product: Option<Label>,
    /// Last five of its key.
    pub key_tail: Option<KeyTail>,
    /// Its current Installation ID; no two entries of a trip have the same.
    pub iid: InstallationId,
    /// How far it is.
    pub state: ProductState,
    /// The Confirmation ID in hand.
    pub cid: Option<ConfirmationDigits>,
    /// Confirmation IDs that contradict each other, while it is not activated:
    /// several came in for it, or one that also came in for another number.
    /// None of them is in hand until a person has said which one is right.
    pub rivals: Vec<ConfirmationDigits>,
    /// Licence status that a receipt reported for the Confirmation ID in hand.
    pub status: Option<LicenseStatus>,
    /// The refusal code of the licence store, if it refused.
    pub hresult: Option<HResultText>,
    /// What is known about its Installation ID.
    pub(super) number: NumberFacts,
    /// What is known about its earlier ones, oldest first.
    pub(super) former: Vec<NumberFacts>,
    /// Upper bound for its size in a trip file, in bytes.
    pub(super) weight: usize,
}

impl TripEntry {
    /// The tag of its Installation ID, by which receipts and replies refer to
    /// it.
    pub fn tag(&self) -> Tag {
        self.number.tag()
    }

    /// What is known about its Installation ID.
    pub fn number(&self) -> &NumberFacts {
        &self.number
    }

    /// What is known about its earlier Installation IDs, oldest first.
    pub fn former(&self) -> &[NumberFacts] {
        &self.former
    }

    /// How far it is.
    pub fn progress(&self) -> Progress {
        if self.rivals.is_empty() {
            self.state.into()
        } else {
            Progress::Contested
        }
    }

    /// All its numbers.
    pub(super) fn numbers(&self) -> impl Iterator<Item = &NumberFacts> {
        self.former.iter().chain([&self.number])
    }

    pub(super) fn numbers_mut(&mut self) -> impl Iterator<Item = &mut NumberFacts> {
        self.former.iter_mut().chain([&mut self.number])
    }
}

/// One PC. Without entries it is on the list and was not met yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pc {
    /// Its number in this trip, which never changes.
    pub id: u32,
    /// Its name.
    pub name: Label,
    /// Its position among the PCs with the same name, from 1; 0 if the name is
    /// unique.
    pub twin: usize,
    /// Known only by bare numbers: a person chose the name.
    pub bare: bool,
    /// Its serial number.
    pub serial: Option<Label>,
    /// Identity of the machine.
    pub machine: Option<MachineId>,
    /// Where it stands, from the list of planned PCs.
    pub place: Option<Label>,
    /// When its request was written, by its own clock.
    pub taken_at: Option<Time>,
    /// When it was last seen.
    pub seen_at: Time,
    /// Its products.
    pub entries: Vec<TripEntry>,
    /// What the list of planned PCs says about it.
    pub(super) wanted: Vec<Wanted>,
}

/// How far a PC is: as far as its least advanced product.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, strum::IntoStaticStr,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case", prefix = "progress-")]
pub enum Progress {
    /// On the list, and not met yet.
    Wanted,
    /// A product was refused and needs attention.
    Failed,
    /// There are several Confirmation IDs, and a person has to say which one is
    /// right.
    Contested,
    /// Its request is here, but no Confirmation ID.
    Requested,
    /// A Confirmation ID is in hand.
    CidInHand,
    /// Its reply was shown to it; there is no receipt yet.
    Delivered,
    /// A receipt reports it as activated.
    Activated,
}

impl Progress {
    /// Key of its name in the language files.
    pub fn message_id(self) -> &'static str {
        self.into()
    }
}

impl From<ProductState> for Progress {
    fn from(state: ProductState) -> Self {
        match state {
            ProductState::Open => Self::Requested,
            ProductState::Cid => Self::CidInHand,
            ProductState::Delivered => Self::Delivered,
            ProductState::Activated => Self::Activated,
            ProductState::Failed => Self::Failed,
        }
    }
}

impl Pc {
    /// How far it is.
    pub fn progress(&self) -> Progress {
        let states = self.entries.iter().map(TripEntry::progress);
        states.min().unwrap_or(Progress::Wanted)
    }

    /// Its display name: its name, with a number appended if others have the
    /// same name.
    pub fn called(&self) -> String {
        match self.twin {
            0 => self.name.to_string(),
            twin => format!("{}#{twin}", self.name),
        }
    }

    pub(super) fn numbers(&self) -> impl Iterator<Item = &NumberFacts> {
        self.entries.iter().flat_map(TripEntry::numbers)
    }
}

/// A trip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trip {
    /// What it is about.
    pub about: About,
    /// The PCs, in the order in which they were listed or met.
    pub pcs: Vec<Pc>,
}

impl Trip {
    /// Starts a trip.
    pub fn new(about: About) -> Self {
        Self {
            about,
            pcs: Vec::new(),
        }
    }

    /// A trip of these PCs, as they were stored.
    pub fn of(about: About, pcs: Vec<Pc>) -> Self {
        let mut trip = Self { about, pcs };
        trip.recompute();
        trip
    }

    /// All products with their PCs, in order.
    pub fn entries(&self) -> impl Iterator<Item = (&Pc, &TripEntry)> {
        self.pcs
            .iter()
            .flat_map(|pc| pc.entries.iter().map(move |entry| (pc, entry)))
    }

    /// The product whose current number has this tag, with its PC.
    pub fn entry(&self, tag: Tag) -> Option<(&Pc, &TripEntry)> {
        self.entries().find(|(_, entry)| entry.tag() == tag)
    }

    /// The number with this tag, current or not, with its PC and product.
    pub fn number(&self, tag: Tag) -> Option<(&Pc, &TripEntry, &NumberFacts)> {
        self.entries().find_map(|(pc, entry)| {
            let number = entry.numbers().find(|number| number.tag() == tag)?;
            Some((pc, entry, number))
        })
    }

    /// All numbers.
    pub(super) fn numbers(&self) -> impl Iterator<Item = &NumberFacts> {
        self.pcs.iter().flat_map(Pc::numbers)
    }

    /// Whether it is a rehearsal; `None` if it has no number yet.
    pub fn is_practice(&self) -> Option<bool> {
        self.entries()
            .next()
            .map(|(_, entry)| entry.iid.is_practice())
    }

    pub(super) fn next_id(&self) -> u32 {
        self.pcs.iter().map(|pc| pc.id + 1).max().unwrap_or(1)
    }
}
