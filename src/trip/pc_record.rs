//! A PC as a ledger stores it, and as it was stored before there were facts.

use super::facts::{NumberFacts, NumberReading, Tie, Wanted};
use super::history::History;
use super::model::Pc;
use super::number::{put_tie, unite};
use super::values::Time;
use crate::activation::Label;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

impl Serialize for Pc {
    fn serialize<S: Serializer>(&self, writer: S) -> Result<S::Ok, S::Error> {
        PcRecord::from(self.clone()).serialize(writer)
    }
}

impl<'de> Deserialize<'de> for Pc {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        PcRecord::deserialize(reader).map(Self::from)
    }
}

/// A row of a ledger.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct PcRecord {
    id: u32,
    name: Label,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    numbers: Vec<NumberFacts>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    wanted: Vec<Wanted>,
    // Fields from before there were facts.
    #[serde(default, skip_serializing)]
    bare: bool,
    #[serde(default, skip_serializing)]
    serial: Option<Label>,
    #[serde(default, skip_serializing)]
    place: Option<Label>,
    #[serde(default, skip_serializing)]
    taken_at: Option<Time>,
    #[serde(default, skip_serializing)]
    seen_at: Time,
    #[serde(default, skip_serializing)]
    entries: Vec<History>,
}

impl From<Pc> for PcRecord {
    fn from(pc: Pc) -> Self {
        Self {
            id: pc.id,
            name: pc.name,
            numbers: pc
                .entries
                .into_iter()
                .flat_map(|entry| entry.former.into_iter().chain([entry.number]))
                .collect(),
            wanted: pc.wanted,
            bare: false,
            serial: None,
            place: None,
            taken_at: None,
            seen_at: Time::default(),
            entries: Vec::new(),
        }
    }
}

impl From<PcRecord> for Pc {
    fn from(record: PcRecord) -> Self {
        let PcRecord {
            id,
            name,
            numbers,
            mut wanted,
            bare,
            serial,
            place,
            taken_at,
            seen_at,
            entries,
        } = record;
        let mut numbers: Vec<NumberFacts> = numbers.iter().map(NumberFacts::ordered).collect();
        let reader = NumberReading {
            pc: Some(name.clone()),
            bare,
            made_up: false,
            serial: serial.clone(),
            machine: None,
            taken_at,
            activation_id: None,
            product: None,
            key_tail: None,
        };
        for entry in &entries {
            unite(&mut numbers, entry.facts(&reader, seen_at, &[]));
        }
        if !entries.is_empty() {
            tie_together(&mut numbers);
        }
        if wanted.is_empty() && (place.is_some() || numbers.is_empty()) {
            wanted.push(Wanted {
                name: name.clone(),
                serial,
                place,
                at: seen_at,
            });
        }
        let nothing = Self {
            id,
            name,
            twin: 0,
            bare: false,
            serial: None,
            machine: None,
            place: None,
            taken_at: None,
            seen_at,
            entries: Vec::new(),
            wanted: wanted.clone(),
        };
        Self::of(id, numbers, wanted).unwrap_or(nothing)
    }
}

/// An earlier program took these numbers for those of one PC, and there may be
/// no other evidence. A person can still separate them.
pub(super) fn tie_together(numbers: &mut [NumberFacts]) {
    let tags: Vec<_> = numbers.iter().map(NumberFacts::tag).collect();
    let Some(&first) = tags.iter().min() else {
        return;
    };
    for number in numbers.iter_mut().filter(|number| number.tag() == first) {
        for &tag in tags.iter().filter(|&&tag| tag != first) {
            if number.ties.iter().any(|tie| tie.tag == tag) {
                continue;
            }
            let tie = Tie {
                tag,
                at: Time::default(),
                actor: None,
                one: true,
            };
            put_tie(&mut number.ties, &tie);
        }
    }
}
