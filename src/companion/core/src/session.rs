//! The open trip, and what a person is doing with it.

use crate::legacy::LegacyTrip;
use crate::view;
use hikyaku::activation::{LicenseStatus, NumberError, Tag};
use hikyaku::advice::{Advice, Fact};
use hikyaku::trip::Time;
use hikyaku::trip::file::TripFileError;
use hikyaku::trip::{
    About, AnswerField, Attribution, Facing, Pc, PcScreen, Progress, Trip, TripEvent,
    TripEventError, report, report_csv,
};
use hikyaku::wire::parts::{CollectorProgress, FRAGMENT_BYTES, PartCollector, PartEncoder};
use hikyaku::wire::{Number, Packet, PacketError, WireError, WireMessage, parse_message};
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::collections::HashMap;

/// Why a call failed: the id of a message pair, the values that the messages
/// mention, and the groups of a number that fail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CallFault {
    /// Id of the message pair.
    pub id: String,
    /// Values of the messages.
    pub facts: Map<String, Value>,
    /// Labels of the groups that fail.
    pub groups: Vec<String>,
}

impl CallFault {
    /// A defect of this program.
    pub(crate) fn defect(reason: &str) -> Self {
        Self {
            id: "core-defect".to_owned(),
            facts: Map::from_iter([("reason".to_owned(), reason.into())]),
            groups: Vec::new(),
        }
    }

    /// Converts an error.
    pub(crate) fn of(error: &dyn Advice) -> Self {
        let facts = error.facts().into_iter().map(|(name, fact)| {
            let value = match fact {
                Fact::Number(number) => number.into(),
                Fact::Text(text) => text.into(),
            };
            (name.to_owned(), value)
        });
        Self {
            id: error.id().to_owned(),
            facts: facts.collect(),
            groups: Vec::new(),
        }
    }

    fn with(mut self, groups: Vec<String>) -> Self {
        self.groups = groups;
        self
    }
}

/// Labels of the groups that an error names.
pub(crate) fn groups_of(error: &NumberError) -> Vec<String> {
    match error {
        NumberError::WrongLength { suspects, .. } => suspects.clone(),
        error => {
            let faults = error.faults().iter();
            faults.map(|fault| fault.label.clone()).collect()
        }
    }
}

impl From<NumberError> for CallFault {
    fn from(error: NumberError) -> Self {
        Self::of(&error).with(groups_of(&error))
    }
}

impl From<WireError> for CallFault {
    fn from(error: WireError) -> Self {
        let groups = match &error {
            WireError::Number(error) => groups_of(error),
            WireError::Packet(PacketError::WrongGroups { groups, .. }) => groups.clone(),
            _ => Vec::new(),
        };
        Self::of(&error).with(groups)
    }
}

impl From<TripFileError> for CallFault {
    fn from(error: TripFileError) -> Self {
        let groups = match &error {
            TripFileError::WrongGroups { groups, .. } => groups.clone(),
            _ => Vec::new(),
        };
        Self::of(&error).with(groups)
    }
}

impl From<TripEventError> for CallFault {
    fn from(error: TripEventError) -> Self {
        match error {
            TripEventError::Wire(error) => error.into(),
            TripEventError::Number(error) => error.into(),
            TripEventError::File(error) => error.into(),
            other => Self::of(&other),
        }
    }
}

/// The open trip, and the state between two calls.
pub struct PageSession {
    pub(crate) trip: Trip,
    /// The trip after the last change, until the change is stored.
    next: Option<Trip>,
    pub(crate) field: AnswerField,
    parts: Option<PartEncoder>,
    collector: PartCollector,
}

impl Default for PageSession {
    fn default() -> Self {
        Self {
            trip: Trip::new(view::unnamed_trip()),
            next: None,
            field: AnswerField::default(),
            parts: None,
            collector: PartCollector::default(),
        }
    }
}

fn time(at: u64) -> Time {
    Time::try_from(at).unwrap_or_default()
}

fn record(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

impl PageSession {
    /// The trip as it is stored.
    pub fn trip(&self) -> &Trip {
        &self.trip
    }

    fn take_up(&mut self, trip: Trip) -> Value {
        self.next = None;
        let seen = view::whole_trip(&trip);
        self.trip = trip;
        seen
    }

    pub(crate) fn open(&mut self, about: &str, pcs: &[String]) -> Result<Value, CallFault> {
        let about: About =
            serde_json::from_str(about).map_err(|error| CallFault::defect(&error.to_string()))?;
        // A record that cannot be parsed is left out.
        let read = pcs.iter().map(|one| serde_json::from_str::<Pc>(one));
        let (pcs, damaged): (Vec<_>, Vec<_>) = read.partition(Result::is_ok);
        let trip = Trip::of(about, pcs.into_iter().flatten().collect());
        let mut seen = self.take_up(trip);
        seen["damaged"] = (!damaged.is_empty()).into();
        Ok(seen)
    }

    pub(crate) fn open_kept(&mut self, kept: &LegacyTrip) -> Result<Value, CallFault> {
        let (trip, damaged) = kept.trip()?;
        let records = records(None, &trip);
        let mut seen = self.take_up(trip);
        seen["records"] = records;
        seen["damaged"] = damaged.into();
        Ok(seen)
    }

    pub(crate) fn begin(&mut self, name: &str, at: u64) -> Result<Value, CallFault> {
        let mut trip = Trip::new(view::unnamed_trip());
        let name = name.to_owned();
        trip.apply(&TripEvent::Begin { name }, &by(at))?;
        let records = records(None, &trip);
        let mut seen = self.take_up(trip);
        seen["records"] = records;
        Ok(seen)
    }

    pub(crate) fn apply(&mut self, event: &TripEvent, at: u64) -> Result<Value, CallFault> {
        let before = &self.trip;
        let mut after = before.clone();
        let outcome = after.apply(event, &by(at))?;
        if after == *before {
            return Ok(json!({ "outcome": outcome }));
        }
        let answer = json!({
            "outcome": outcome,
            "records": records(Some(before), &after),
            "view": view::changed(Some(before), &after),
        });
        self.next = Some(after);
        Ok(answer)
    }

    pub(crate) fn stored(&mut self) {
        if let Some(next) = self.next.take() {
            self.trip = next;
        }
    }

    pub(crate) fn not_stored(&mut self) {
        self.next = None;
    }

    pub(crate) fn paste(&mut self, text: &str, tag: Tag) -> Value {
        view::pasted(&self.field.read(text, tag))
    }

    pub(crate) fn facing(&self, text: &str) -> Result<Value, CallFault> {
        let message = parse_message(text)?;
        let facing = match &message {
            WireMessage::Packet(Packet::Request(request)) => {
                self.trip.facing(PcScreen::Request(request))
            }
            WireMessage::Number(Number::InstallationId(iid)) => {
                self.trip.facing(PcScreen::Number(iid))
            }
            _ => Facing::Unknown { name: None },
        };
        Ok(view::facing(&facing))
    }

    pub(crate) fn export(&self, at: u64) -> Value {
        self.trip.to_file(time(at)).to_text().into()
    }

    pub(crate) fn hand_over(&mut self, at: u64) -> Result<Value, CallFault> {
        let packed = self.trip.to_packet(time(at));
        let parts = PartEncoder::of(&packed.packet, FRAGMENT_BYTES)
            .map_err(|error| CallFault::of(&error))?;
        let needed = parts.needed();
        self.parts = Some(parts);
        Ok(json!({ "needed": needed, "left_out": packed.left_out }))
    }

    pub(crate) fn next_part(&mut self) -> Value {
        self.parts.as_mut().and_then(PartEncoder::next_part).into()
    }

    pub(crate) fn take_part(&mut self, text: &str) -> Result<Value, CallFault> {
        let taken = self.collector.take(text);
        match taken.map_err(|error| CallFault::of(&error))? {
            CollectorProgress::Partial { known, needed } => {
                Ok(json!({ "known": known, "needed": needed }))
            }
            CollectorProgress::Whole(packet) => {
                self.collector = PartCollector::default();
                let text = Packet::Trip(*packet).to_text();
                Ok(json!({ "whole": text.map_err(|error| CallFault::of(&error))? }))
            }
        }
    }

    pub(crate) fn report(&self, at: u64) -> Result<Value, CallFault> {
        let report = report(&self.trip, time(at));
        serde_json::to_value(report).map_err(|error| CallFault::defect(&error.to_string()))
    }

    pub(crate) fn table(
        &self,
        at: u64,
        heads: &[String; 14],
        words: &HashMap<String, String>,
        statuses: &HashMap<String, String>,
        times: &HashMap<String, String>,
    ) -> Value {
        let word = |progress: Progress| {
            let id = progress.message_id();
            words.get(id).cloned().unwrap_or_else(|| id.to_owned())
        };
        let status = |status: LicenseStatus| {
            let number = u32::from(status).to_string();
            statuses.get(&number).cloned().unwrap_or(number)
        };
        let when = |time: Time| {
            times
                .get(&u64::from(time).to_string())
                .cloned()
                .unwrap_or_default()
        };
        let report = report(&self.trip, time(at));
        report_csv(&report, heads, word, status, when).into()
    }
}

fn by(at: u64) -> Attribution {
    Attribution {
        at: time(at),
        actor: None,
    }
}

/// The records to write, if `known` is what is stored.
fn records(known: Option<&Trip>, trip: &Trip) -> Value {
    let mut former: HashMap<u32, &Pc> = HashMap::new();
    let mut about = Value::String(record(&trip.about));
    if let Some(known) = known {
        former.extend(known.pcs.iter().map(|pc| (pc.id, pc)));
        if known.about == trip.about {
            about = Value::Null;
        }
    }
    let changed = trip.pcs.iter().filter_map(|pc| {
        let is_same = former.remove(&pc.id) == Some(pc);
        (!is_same).then(|| json!({ "id": pc.id, "record": record(pc) }))
    });
    let put: Vec<Value> = changed.collect();
    let order: Vec<u32> = trip.pcs.iter().map(|pc| pc.id).collect();
    let mut gone: Vec<u32> = former.into_keys().collect();
    gone.sort_unstable();
    json!({ "about": about, "put": put, "gone": gone, "order": order })
}
