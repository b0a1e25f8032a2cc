//! Converts a trip to its file, and back.

use super::{self as trip_file, FileEntry, FilePc, TripFile, TripFileError};
use crate::activation::{ConfirmationDigits, InstallationId};
use crate::trip::facts::{NumberFacts, NumberReading};
use crate::trip::history::{FormerNumber, History, TripStep};
use crate::trip::model::{About, Pc, Trip, TripEntry};
use crate::trip::number::unite;
use crate::trip::pc_record::tie_together;
use crate::trip::values::Time;
use std::collections::HashMap;

impl Trip {
    /// Reads the trip from a trip file.
    ///
    /// # Errors
    /// [`TripFileError`] for numbers that no parsed file has, or for a mixture
    /// of practice and real numbers.
    pub fn from_file(file: &TripFile) -> Result<Self, TripFileError> {
        let trip = Self::from_legacy_page(file)?;
        trip.check_practice(trip.numbers().map(|number| &*number.iid))
            .map_err(|_| malformed("iid"))?;
        Ok(trip)
    }

    /// Reads what a phone page stored before it ran on this code. It allowed
    /// practice and real numbers in one trip, and nothing that was stored may
    /// be lost.
    ///
    /// # Errors
    /// [`TripFileError`] for numbers that no parsed file has.
    pub fn from_legacy_page(file: &TripFile) -> Result<Self, TripFileError> {
        let mut trip = Self::new(About::named(file.name.clone(), file.started_at));
        let mut numbers = Vec::new();
        let mut places = HashMap::new();
        for pc in &file.pcs {
            for number in numbers_of(pc)? {
                // A number that occurs under several PCs is still one number.
                if let Some(&at) = places.get(&number.tag()) {
                    let known: &mut NumberFacts = &mut numbers[at];
                    known.join(&number);
                } else {
                    places.insert(number.tag(), numbers.len());
                    numbers.push(number);
                }
            }
        }
        trip.regroup(numbers, Some(file.planned.clone()));
        Ok(trip)
    }

    /// Writes the trip as a file, for the phone page and for another laptop.
    pub fn to_file(&self, written_at: Time) -> TripFile {
        let mut file = TripFile::new(self.about.name.clone(), self.about.started_at, written_at);
        let met = self.pcs.iter().filter(|pc| !pc.entries.is_empty());
        file.pcs = met.map(file_pc).collect();
        file.planned = self.wanted();
        file
    }
}

fn numbers_of(pc: &FilePc) -> Result<Vec<NumberFacts>, TripFileError> {
    let reader = NumberReading {
        pc: Some(pc.name.clone()),
        bare: pc.bare,
        made_up: false,
        serial: pc.serial.clone(),
        machine: pc.machine,
        taken_at: pc.taken_at,
        activation_id: None,
        product: None,
        key_tail: None,
    };
    let mut numbers = Vec::new();
    let mut has_facts = true;
    for entry in &pc.entries {
        has_facts &= !entry.facts.is_empty();
        let known: Vec<NumberFacts> = entry.facts.iter().map(NumberFacts::ordered).collect();
        let told = history_of(entry)?.facts(&reader, pc.seen_at, &known);
        unite(&mut numbers, known);
        unite(&mut numbers, told);
    }
    if has_facts {
        rename(&mut numbers, pc);
    } else {
        tie_together(&mut numbers);
    }
    Ok(numbers)
}

/// Handles a PC that had no name of its own and was given one by a program
/// without facts.
fn rename(numbers: &mut [NumberFacts], pc: &FilePc) {
    let mut readings = numbers.iter().flat_map(|number| &number.readings);
    if !pc.bare || readings.any(|reading| reading.pc.as_ref() == Some(&pc.name)) {
        return;
    }
    if let Some(number) = numbers.iter_mut().min_by_key(|number| number.tag()) {
        number.readings.push(NumberReading {
            pc: Some(pc.name.clone()),
            bare: true,
            made_up: false,
            serial: None,
            machine: None,
            taken_at: None,
            activation_id: None,
            product: None,
            key_tail: None,
        });
        *number = number.ordered();
    }
}

fn history_of(entry: &FileEntry) -> Result<History, TripFileError> {
    let former = |old: &trip_file::FileSuperseded| {
        Ok(FormerNumber {
            iid: iid_of(&old.iid)?.into(),
            cid: old.cid.as_deref().map(cid_of).transpose()?,
            at: old.at,
        })
    };
    let step = |step: &trip_file::FileStep| TripStep {
        kind: step.kind,
        at: step.at,
        actor: None,
        code: step.code,
    };
    let superseded = entry.superseded.iter().map(former);
    Ok(History {
        activation_id: entry.activation_id,
        product: entry.product.clone(),
        key_tail: entry.key_tail.clone(),
        iid: iid_of(&entry.iid)?.into(),
        state: entry.state,
        cid: entry.cid.as_deref().map(cid_of).transpose()?,
        status: entry.status.map(Into::into),
        hresult: entry.hresult,
        superseded: superseded.collect::<Result<_, _>>()?,
        steps: entry.steps.iter().map(step).collect(),
    })
}

fn iid_of(digits: &str) -> Result<InstallationId, TripFileError> {
    InstallationId::parse(digits).map_err(|_| malformed("iid"))
}

fn cid_of(digits: &str) -> Result<ConfirmationDigits, TripFileError> {
    ConfirmationDigits::despite_check_digits(digits).map_err(|_| malformed("cid"))
}

fn malformed(field: &str) -> TripFileError {
    TripFileError::Malformed {
        reason: field.to_owned(),
    }
}

fn file_pc(pc: &Pc) -> FilePc {
    FilePc {
        name: pc.name.clone(),
        bare: pc.bare,
        serial: pc.serial.clone(),
        machine: pc.machine,
        taken_at: pc.taken_at,
        seen_at: pc.seen_at,
        entries: pc.entries.iter().map(file_entry).collect(),
    }
}

fn file_entry(entry: &TripEntry) -> FileEntry {
    let insisted = entry
        .cid
        .as_ref()
        .is_some_and(|cid| cid.checked().is_none());
    let former = |number: &NumberFacts| {
        // One row per Confirmation ID, but at least one.
        let cids = number.live_cids();
        let row = |cid: Option<&ConfirmationDigits>| trip_file::FileSuperseded {
            iid: number.iid.digits().to_owned(),
            cid: cid.map(|cid| cid.digits().to_owned()),
            at: entry.number.first_seen,
        };
        match cids[..] {
            [] => vec![row(None)],
            _ => cids.into_iter().map(|cid| row(Some(cid))).collect(),
        }
    };
    let step = |step: TripStep| trip_file::FileStep {
        kind: step.kind,
        at: step.at,
        code: step.code,
    };
    FileEntry {
        activation_id: entry.activation_id,
        product: entry.product.clone(),
        key_tail: entry.key_tail.clone(),
        iid: entry.iid.digits().to_owned(),
        state: entry.state,
        cid: entry.cid.as_ref().map(|cid| cid.digits().to_owned()),
        insisted: insisted.then_some(true),
        status: entry.status.map(Into::into),
        hresult: entry.hresult,
        superseded: entry.former().iter().flat_map(former).collect(),
        steps: entry.steps().into_iter().map(step).collect(),
        facts: entry.numbers().cloned().collect(),
    }
}
