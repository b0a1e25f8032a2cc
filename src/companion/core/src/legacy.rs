//! Trips stored by earlier versions of the page, which had rules of their own:
//! records of PCs and of products, as they are in the browser.
//!
//! They are converted to a trip once, and stored in the new form from then on.
//! Records from other devices (`facts`, `planned`) that cannot be parsed are
//! left out: no program could read them, and the numbers themselves are still
//! there.

use crate::messages::without_nulls;
use crate::session::CallFault;
use hikyaku::activation::Label;
use hikyaku::trip::Time;
use hikyaku::trip::Trip;
use hikyaku::trip::facts::{NumberFacts, Wanted};
use hikyaku::trip::file::{FileEntry, FilePc, TripFile};
use serde::Deserialize;
use serde_json::{Value, json};

/// A trip in the old form.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LegacyTrip {
    name: String,
    started_at: u64,
    pcs: Vec<LegacyPc>,
    entries: Vec<LegacyEntry>,
    /// Each is a JSON text of its own, so that one that cannot be parsed does
    /// not affect the others.
    #[serde(default)]
    planned: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct LegacyPc {
    id: String,
    name: String,
    #[serde(default)]
    bare: bool,
    serial: Option<String>,
    machine: Option<String>,
    taken_at: Option<u64>,
    #[serde(default)]
    seen_at: u64,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct LegacyEntry {
    pc_id: String,
    activation_id: Option<String>,
    product: Option<String>,
    key_tail: Option<String>,
    iid: String,
    state: Value,
    cid: Option<String>,
    insisted: Option<bool>,
    status: Option<u32>,
    hresult: Option<String>,
    #[serde(default)]
    superseded: Vec<LegacySuperseded>,
    #[serde(default)]
    steps: Vec<Value>,
    /// Each is a JSON text of its own.
    #[serde(default)]
    facts: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
struct LegacySuperseded {
    iid: String,
    cid: Option<String>,
    at: u64,
}

impl LegacyTrip {
    /// The trip, and whether any record could not be parsed; only such records
    /// are left out.
    pub(crate) fn trip(&self) -> Result<(Trip, bool), CallFault> {
        let name = Label::cleaned(&self.name).or_else(|| Label::cleaned("—"));
        let name = name.ok_or_else(|| CallFault::defect("no name"))?;
        let started_at = Time::try_from(self.started_at).unwrap_or_default();
        let mut file = TripFile::new(name, started_at, started_at);
        let mut damaged = false;
        for pc in &self.pcs {
            let own = self.entries.iter().filter(|entry| entry.pc_id == pc.id);
            let (entries, bad): (Vec<_>, Vec<_>) =
                own.map(LegacyEntry::entry).partition(Result::is_ok);
            damaged |= !bad.is_empty();
            match pc.file_pc(entries.into_iter().flatten().collect()) {
                Ok(pc) => file.pcs.push(pc),
                Err(_) => damaged = true,
            }
        }
        let planned = self.planned.iter();
        let planned = planned.filter_map(|one| serde_json::from_str::<Wanted>(one).ok());
        file.planned = planned.collect();
        Ok((Trip::from_legacy_page(&file)?, damaged))
    }
}

impl LegacyPc {
    fn file_pc(&self, entries: Vec<FileEntry>) -> Result<FilePc, serde_json::Error> {
        let made: FilePc = serde_json::from_value(without_nulls(json!({
            "name": self.name,
            "bare": self.bare,
            "serial": self.serial,
            "machine": self.machine,
            "taken_at": self.taken_at,
            "seen_at": self.seen_at,
            "entries": [],
        })))?;
        Ok(FilePc { entries, ..made })
    }
}

impl LegacyEntry {
    fn entry(&self) -> Result<FileEntry, serde_json::Error> {
        let superseded = self
            .superseded
            .iter()
            .map(|one| without_nulls(json!({ "iid": one.iid, "cid": one.cid, "at": one.at })));
        let mut entry: FileEntry = serde_json::from_value(without_nulls(json!({
            "activation_id": self.activation_id,
            "product": self.product,
            "key_tail": self.key_tail,
            "iid": self.iid,
            "state": self.state,
            "cid": self.cid,
            "insisted": self.insisted,
            "status": self.status,
            "hresult": self.hresult,
            "superseded": superseded.collect::<Vec<_>>(),
            "steps": self.steps,
        })))?;
        let facts = self.facts.iter();
        entry.facts = facts
            .filter_map(|one| serde_json::from_str::<NumberFacts>(one).ok())
            .collect();
        Ok(entry)
    }
}
