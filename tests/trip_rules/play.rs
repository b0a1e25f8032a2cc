//! The contents of a rule file, and how to run it.

use hikyaku::activation::{ConfirmationDigits, Label, Reply};
use hikyaku::advice::{Advice, Fact};
use hikyaku::trip::{About, Attribution, Pc, Progress, Time, Trip, TripEntry, TripEvent};
use hikyaku::wire::{Packet, reply_to_digits};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rule {
    pub(crate) name: String,
    pub(crate) about: String,
    /// The sentence that it demonstrates.
    pub(crate) shows: String,
    #[serde(default)]
    pub(crate) packets: BTreeMap<String, WrittenPacket>,
    pub(crate) steps: Vec<RuleStep>,
    pub(crate) state: BTreeMap<String, Value>,
    /// Records that must be the same at the end.
    #[serde(default)]
    pub(crate) same: Vec<Vec<String>>,
}

/// A packet, and its contents.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WrittenPacket {
    pub(crate) kind: String,
    pub(crate) value: Value,
    pub(crate) text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RuleStep {
    pub(crate) about: String,
    pub(crate) at: u64,
    #[serde(default = "phone")]
    pub(crate) on: String,
    pub(crate) event: Map<String, Value>,
    pub(crate) outcome: Option<Value>,
    pub(crate) refused: Option<Value>,
}

/// Where the text of an event comes from.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum TextSource {
    Packet(String),
    FileOf(String),
    PacketOf(String),
}

fn phone() -> String {
    "phone".to_owned()
}

/// The outcome of a step.
pub(crate) enum StepOutcome {
    Done(Value),
    Refused(Value),
}

/// The outcome of a rule.
pub(crate) struct Played {
    pub(crate) outcomes: Vec<StepOutcome>,
    pub(crate) state: BTreeMap<String, Value>,
}

/// A record, and the Confirmation IDs that it acknowledged.
struct PlayedRecord {
    trip: Trip,
    kept: Vec<String>,
}

/// When every record begins, and when it is exported at the end.
const BEGUN: u64 = 1000;
const END: u64 = 9999;

fn time(at: u64) -> Time {
    Time::try_from(at).unwrap()
}

fn by(at: u64) -> Attribution {
    Attribution {
        at: time(at),
        actor: None,
    }
}

fn begun() -> Trip {
    Trip::new(About::named(Label::cleaned("Walk").unwrap(), time(BEGUN)))
}

/// Runs the steps of a rule, and then the checks that every record must pass.
pub(crate) fn play(rule: &Rule) -> Played {
    let mut records: BTreeMap<String, PlayedRecord> = BTreeMap::new();
    let mut outcomes = Vec::new();
    for step in &rule.steps {
        assert!(step.about.ends_with('.'), "{}: what happens", rule.name);
        let event = event_of(rule, step, &records);
        let record = records
            .entry(step.on.clone())
            .or_insert_with(|| PlayedRecord {
                trip: begun(),
                kept: Vec::new(),
            });
        let before = record.trip.clone();
        outcomes.push(match record.trip.apply(&event, &by(step.at)) {
            Ok(outcome) => {
                match &event {
                    TripEvent::Keep { cid, .. } => record.kept.push(cid.clone()),
                    TripEvent::Remove { .. } | TripEvent::Begin { .. } => record.kept.clear(),
                    _ => {}
                }
                StepOutcome::Done(serde_json::to_value(outcome).unwrap())
            }
            Err(error) => {
                assert_eq!(record.trip, before, "{}: {error}", rule.name);
                StepOutcome::Refused(refused(&error))
            }
        });
    }
    for (name, record) in &records {
        stands(&format!("{}: {name}", rule.name), record);
    }
    for same in &rule.same {
        let files: Vec<Value> = same.iter().map(|name| sorted(&records[name])).collect();
        assert!(files.len() > 1, "{}: the same as what", rule.name);
        for file in &files[1..] {
            assert_eq!(file, &files[0], "{}: {same:?}", rule.name);
        }
    }
    let state = |(name, record): (&String, &PlayedRecord)| (name.clone(), state_of(&record.trip));
    Played {
        outcomes,
        state: records.iter().map(state).collect(),
    }
}

/// The event of a step, with its text inserted if it comes from elsewhere.
fn event_of(rule: &Rule, step: &RuleStep, records: &BTreeMap<String, PlayedRecord>) -> TripEvent {
    let name = &rule.name;
    let mut event = step.event.clone();
    if let Some(text) = event.get_mut("text")
        && text.is_object()
    {
        let source: TextSource = serde_json::from_value(text.clone())
            .unwrap_or_else(|error| panic!("{name}: {text}: {error}"));
        let trip = |of: &str| &records[of].trip;
        *text = match source {
            TextSource::Packet(called) => rule.packets[&called].text.clone(),
            TextSource::FileOf(of) => trip(&of).to_file(time(step.at)).to_text(),
            TextSource::PacketOf(of) => {
                let packet = trip(&of).to_packet(time(step.at)).packet;
                Packet::Trip(packet).to_text().unwrap()
            }
        }
        .into();
    }
    serde_json::from_value(event.into())
        .unwrap_or_else(|error| panic!("{name}: {}: {error}", step.about))
}

fn refused(error: &dyn Advice) -> Value {
    let facts = error.facts().into_iter().map(|(name, fact)| {
        let fact = match fact {
            Fact::Number(number) => number.into(),
            Fact::Text(text) => text.into(),
        };
        (name.to_owned(), fact)
    });
    let facts: Map<String, Value> = facts.collect();
    json!({ "id": error.id(), "facts": facts })
}

/// Checks that every record must pass at the end of every rule.
fn stands(name: &str, record: &PlayedRecord) {
    let trip = &record.trip;
    let file = trip.to_file(time(END)).to_text();
    for cid in &record.kept {
        assert!(file.contains(cid), "{name}: {cid} is lost");
    }
    let import = TripEvent::Import { text: file.clone() };
    // Its own file adds nothing to it.
    let mut again = trip.clone();
    again.apply(&import, &by(END)).unwrap();
    assert_eq!(again.to_file(time(END)).to_text(), file, "{name}: again");
    // And adds everything to an empty record.
    let mut other = begun();
    other.apply(&import, &by(END)).unwrap();
    let seen = |trip: &Trip| without_ids(state_of(trip));
    assert_eq!(seen(&other), seen(trip), "{name}: imported");
    // A ledger or a browser stores all of it.
    let text = serde_json::to_string(&trip.pcs).unwrap();
    let pcs: Vec<Pc> = serde_json::from_str(&text).unwrap();
    assert_eq!(Trip::of(trip.about.clone(), pcs), *trip, "{name}: kept");
}

/// Ids of PCs, and the name of the trip, may differ between records.
fn without_ids(mut state: Value) -> Value {
    for pc in state["pcs"].as_array_mut().unwrap() {
        pc.as_object_mut().unwrap().remove("id");
    }
    state.as_object_mut().unwrap().remove("name");
    state
}

/// The file of a record, with its PCs sorted.
fn sorted(record: &PlayedRecord) -> Value {
    let text = record.trip.to_file(time(END)).to_text();
    let mut file: Value = serde_json::from_str(&text).unwrap();
    let pcs = file["pcs"].as_array_mut().unwrap();
    pcs.sort_by_key(Value::to_string);
    file
}

/// The state of a record, in a form that the phone page can produce too.
fn state_of(trip: &Trip) -> Value {
    let open = trip.open_requests().map(|(_, entry)| entry.tag());
    json!({
        "name": trip.about.name,
        "open": open.collect::<Vec<_>>(),
        "pcs": trip.pcs.iter().map(pc_of).collect::<Vec<_>>(),
    })
}

fn pc_of(pc: &Pc) -> Value {
    lean(json!({
        "id": pc.id,
        "name": pc.called(),
        "bare": pc.bare,
        "serial": pc.serial,
        "state": mark(pc.progress()),
        "entries": pc.entries.iter().map(entry_of).collect::<Vec<_>>(),
    }))
}

fn entry_of(entry: &TripEntry) -> Value {
    let step = |step: hikyaku::trip::TripStep| {
        let kind = serde_json::to_value(step.kind).unwrap();
        let code = step.code.map(|code| format!(" {}", code.0));
        let (kind, at) = (kind.as_str().unwrap(), u64::from(step.at));
        format!("{at} {kind}{}", code.unwrap_or_default())
    };
    let cid = entry.cid.as_ref();
    let rivals = entry.rivals.iter().map(ConfirmationDigits::digits);
    lean(json!({
        "tag": entry.tag(),
        "product": entry.product,
        "state": mark(entry.progress()),
        "former": entry.former().len(),
        "cid": cid.map(ConfirmationDigits::digits),
        "insisted": cid.is_some_and(|cid| cid.checked().is_none()),
        "rivals": rivals.collect::<Vec<_>>(),
        "reply": cid.filter(|_| entry.is_deliverable()).map(|cid| {
            let tag = entry.tag();
            let checked = cid.checked().map(|cid| reply_to_digits(&Reply { cid, tag }));
            checked.unwrap_or_else(|| cid.digits().to_owned())
        }),
        "code": entry.hresult,
        "history": entry.steps().into_iter().map(step).collect::<Vec<_>>(),
    }))
}

fn mark(progress: Progress) -> &'static str {
    match progress {
        Progress::Wanted => "wanted",
        Progress::Failed => "failed",
        Progress::Contested => "contested",
        Progress::Requested => "open",
        Progress::CidInHand => "cid",
        Progress::Delivered => "delivered",
        Progress::Activated => "activated",
    }
}

/// The object without its null values.
fn lean(mut value: Value) -> Value {
    let is_empty = |value: &Value| {
        *value == Value::Null || *value == json!(0) || *value == json!(false) || *value == json!([])
    };
    value
        .as_object_mut()
        .unwrap()
        .retain(|_, one| !is_empty(one));
    value
}
