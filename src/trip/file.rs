//! Trips as other devices write them: trip files, and packets `t1`.

use super::TripError;
use super::collect::seconds;
use super::model::{About, By, Entry, Pc, Step, Superseded, Trip};
use crate::activation::{ConfirmationDigits, InstallationId};
use crate::wire::trip_file::{self, FileEntry, FilePc, Time, TripFile, TripFileError};

impl Trip {
    /// What a trip file says. Who did each step it does not say.
    ///
    /// # Errors
    /// [`TripFileError`] for numbers that no parsed file has.
    pub fn from_file(file: &TripFile) -> Result<Self, TripFileError> {
        let mut trip = Self::new(About::named(file.name.clone(), file.started_at));
        for (pc, id) in file.pcs.iter().zip(1..) {
            trip.pcs.push(pc_of(pc, id)?);
        }
        Ok(trip)
    }

    /// The trip as a file, for the phone page and for another laptop. PCs that
    /// are only wanted, and who did what, stay here: the format has no place
    /// for them.
    pub fn to_file(&self, written_at: Time) -> TripFile {
        let mut file = TripFile::new(self.about.name.clone(), self.about.started_at, written_at);
        let met = self.pcs.iter().filter(|pc| !pc.entries.is_empty());
        file.pcs = met.map(file_pc).collect();
        file
    }
}

fn pc_of(pc: &FilePc, id: u32) -> Result<Pc, TripFileError> {
    Ok(Pc {
        id,
        name: pc.name.clone(),
        bare: pc.bare,
        serial: pc.serial.clone(),
        place: None,
        taken_at: pc.taken_at,
        seen_at: pc.seen_at,
        entries: pc.entries.iter().map(entry_of).collect::<Result<_, _>>()?,
    })
}

fn entry_of(entry: &FileEntry) -> Result<Entry, TripFileError> {
    let former = |old: &trip_file::Superseded| {
        Ok(Superseded {
            iid: iid_of(&old.iid)?,
            cid: old.cid.as_deref().map(cid_of).transpose()?,
            at: old.at,
        })
    };
    let step = |step: &trip_file::Step| Step {
        kind: step.kind,
        at: step.at,
        actor: None,
        code: step.code,
    };
    Ok(Entry {
        activation_id: entry.activation_id,
        product: entry.product.clone(),
        key_tail: entry.key_tail.clone(),
        iid: iid_of(&entry.iid)?,
        state: entry.state,
        cid: entry.cid.as_deref().map(cid_of).transpose()?,
        status: entry.status.map(Into::into),
        hresult: entry.hresult,
        superseded: entry
            .superseded
            .iter()
            .map(former)
            .collect::<Result<_, _>>()?,
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
        taken_at: pc.taken_at,
        seen_at: pc.seen_at,
        entries: pc.entries.iter().map(file_entry).collect(),
    }
}

fn file_entry(entry: &Entry) -> FileEntry {
    let digits = |cid: &ConfirmationDigits| cid.digits().to_owned();
    let insisted = entry
        .cid
        .as_ref()
        .is_some_and(|cid| cid.checked().is_none());
    FileEntry {
        activation_id: entry.activation_id,
        product: entry.product.clone(),
        key_tail: entry.key_tail.clone(),
        iid: entry.iid.digits().to_owned(),
        state: entry.state,
        cid: entry.cid.as_ref().map(digits),
        insisted: insisted.then_some(true),
        status: entry.status.map(Into::into),
        hresult: entry.hresult,
        superseded: entry
            .superseded
            .iter()
            .map(|old| trip_file::Superseded {
                iid: old.iid.digits().to_owned(),
                cid: old.cid.as_ref().map(digits),
                at: old.at,
            })
            .collect(),
        steps: entry
            .steps
            .iter()
            .map(|step| trip_file::Step {
                kind: step.kind,
                at: step.at,
                code: step.code,
            })
            .collect(),
    }
}

/// What a packet `t1` brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Taken {
    /// Products that are new here.
    pub added: usize,
    /// Confirmation IDs that are new here.
    pub replies: usize,
    /// Confirmation IDs that do not go with what is here; they were left out.
    pub refused: usize,
    /// Receipts of PCs that are here.
    pub receipts: usize,
}

impl Trip {
    /// Takes in a packet `t1`: the messages of somebody else's walk.
    ///
    /// # Errors
    /// [`TripError::Full`], [`TripError::PracticeMixed`]; nothing is changed.
    pub fn take_packet(
        &mut self,
        packet: &crate::activation::Trip,
        by: &By,
    ) -> Result<Taken, TripError> {
        let before = self.clone();
        let mut taken = Taken::default();
        for request in &packet.requests {
            // What was gathered there was gathered then.
            let then = By {
                at: seconds(request.taken_at).unwrap_or(by.at),
                actor: by.actor.clone(),
            };
            match self.collect(request, &then) {
                Ok(collected) => taken.added += collected.added,
                Err(error) => {
                    *self = before;
                    return Err(error);
                }
            }
        }
        for reply in &packet.replies {
            let had = self
                .entry(reply.tag)
                .is_some_and(|(_, entry)| entry.cid.is_some());
            match self.keep_cid(reply.tag, &reply.cid.clone().into(), false, by) {
                Ok(()) if had => {}
                Ok(()) => taken.replies += 1,
                Err(_) => taken.refused += 1,
            }
        }
        let receipts = packet.receipts.iter();
        taken.receipts = receipts
            .filter_map(|receipt| self.close(receipt, by))
            .count();
        Ok(taken)
    }
}
