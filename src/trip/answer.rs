//! Confirmation IDs come in, replies go out, receipts close the record.

use super::TripError;
use super::model::{By, Superseded, Trip};
use crate::activation::{ConfirmationDigits, Label, Receipt, Reply, Tag};
use crate::wire::trip_file::{Code, State, StepKind};

/// What a receipt closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipted {
    /// Name of the PC.
    pub pc: Label,
    /// Products that are activated now.
    pub activated: usize,
    /// Products that were refused.
    pub failed: usize,
}

impl Trip {
    /// Keeps the Confirmation ID that the portal answered for an Installation
    /// ID. `confirmed`: a person was asked and wants it all the same.
    ///
    /// # Errors
    /// [`TripError::NoSuchEntry`], [`TripError::PracticeMixed`]; unless
    /// confirmed also [`TripError::CidOfOther`], [`TripError::CidVoid`],
    /// [`TripError::CidReplaces`]. Nothing is changed.
    pub fn keep_cid(
        &mut self,
        tag: Tag,
        cid: &ConfirmationDigits,
        confirmed: bool,
        by: &By,
    ) -> Result<(), TripError> {
        let (pc, entry) = self.entry(tag).ok_or(no_such(tag))?;
        if entry.iid.is_practice() != cid.is_practice() {
            return Err(TripError::PracticeMixed);
        }
        if entry.cid.as_ref() == Some(cid) {
            return Ok(());
        }
        if !confirmed {
            if let Some(doubt) = self.doubt(tag, cid) {
                return Err(doubt);
            }
            if entry.cid.is_some() {
                return Err(TripError::CidReplaces {
                    pc: pc.name.to_string(),
                });
            }
        }
        let entry = self.entry_mut(tag).ok_or(no_such(tag))?;
        if let Some(former) = entry.cid.replace(cid.clone()) {
            entry.superseded.push(Superseded {
                iid: entry.iid.clone(),
                cid: Some(former),
                at: by.at,
            });
        }
        entry.state = State::Cid;
        (entry.status, entry.hresult) = (None, None);
        entry.step(StepKind::Cid, by);
        Ok(())
    }

    /// What speaks against this Confirmation ID for this entry.
    fn doubt(&self, tag: Tag, cid: &ConfirmationDigits) -> Option<TripError> {
        let others = || self.entries().filter(|(_, entry)| entry.tag() != tag);
        if let Some((pc, _)) = others().find(|(_, entry)| entry.cid.as_ref() == Some(cid)) {
            return Some(TripError::CidOfOther {
                pc: pc.name.to_string(),
            });
        }
        let mut void = self.entries().filter(|(_, entry)| {
            let old = &entry.superseded;
            old.iter().any(|old| old.cid.as_ref() == Some(cid))
        });
        void.next().map(|(pc, _)| TripError::CidVoid {
            pc: pc.name.to_string(),
        })
    }

    /// Takes the last Confirmation ID of a product back: it was another's.
    ///
    /// # Errors
    /// [`TripError::NoSuchEntry`], [`TripError::NothingToTakeBack`].
    pub fn take_back_cid(&mut self, tag: Tag, by: &By) -> Result<(), TripError> {
        let (pc, _) = self.entry(tag).ok_or(no_such(tag))?;
        let nothing = TripError::NothingToTakeBack {
            pc: pc.name.to_string(),
        };
        let entry = self.entry_mut(tag).ok_or(no_such(tag))?;
        if entry.cid.is_none() || entry.state == State::Activated {
            return Err(nothing);
        }
        entry.cid = None;
        entry.state = State::Open;
        (entry.status, entry.hresult) = (None, None);
        entry.step(StepKind::CidTakenBack, by);
        Ok(())
    }

    /// Notes that a reply was shown to its PC; what a receipt has closed stays
    /// closed.
    ///
    /// # Errors
    /// [`TripError::NoSuchEntry`].
    pub fn deliver(&mut self, tag: Tag, by: &By) -> Result<(), TripError> {
        let entry = self.entry_mut(tag).ok_or(no_such(tag))?;
        if entry.cid.is_some() && entry.state != State::Activated {
            entry.state = State::Delivered;
            entry.step(StepKind::Delivered, by);
        }
        Ok(())
    }

    /// Takes in a PC's receipt; `None` where nothing in the trip is meant.
    pub fn close(&mut self, receipt: &Receipt, by: &By) -> Option<Receipted> {
        let mut closed: Option<Receipted> = None;
        for pc in &mut self.pcs {
            for entry in &mut pc.entries {
                // The tag says whose it is, whatever the PC is called by now.
                let Some(product) = receipt.products.iter().find(|p| p.tag == entry.tag()) else {
                    continue;
                };
                let receipted = closed.get_or_insert(Receipted {
                    pc: pc.name.clone(),
                    activated: 0,
                    failed: 0,
                });
                let (state, kind, code) = if product.is_activated() {
                    receipted.activated += 1;
                    (State::Activated, StepKind::Activated, None)
                } else {
                    receipted.failed += 1;
                    (State::Failed, StepKind::Failed, product.refusal.map(Code))
                };
                // The same receipt twice is one.
                if entry.state != state || entry.hresult != code {
                    entry.step_with(kind, by, code);
                }
                entry.state = state;
                entry.status = Some(product.status);
                entry.hresult = code;
                pc.seen_at = by.at;
            }
        }
        closed
    }

    /// Replies that are still worth showing, with their PCs.
    pub fn replies(&self) -> impl Iterator<Item = (&super::Pc, &super::Entry, Reply)> {
        self.entries()
            .filter(|(_, entry)| entry.state != State::Activated)
            .filter_map(|(pc, entry)| {
                let cid = entry.cid.as_ref()?.checked()?;
                let tag = entry.tag();
                Some((pc, entry, Reply { cid, tag }))
            })
    }

    /// Products whose Confirmation ID somebody insisted on although its check
    /// digits fail: no reply can carry it, it must be typed at the PC.
    pub fn unsound(&self) -> impl Iterator<Item = (&super::Pc, &super::Entry)> {
        self.entries().filter(|(_, entry)| {
            let cid = entry.cid.as_ref();
            entry.state != State::Activated && cid.is_some_and(|cid| cid.checked().is_none())
        })
    }

    /// Requests that wait for a Confirmation ID, with their PCs.
    pub fn open_requests(&self) -> impl Iterator<Item = (&super::Pc, &super::Entry)> {
        self.entries()
            .filter(|(_, entry)| entry.cid.is_none() && entry.state != State::Activated)
    }
}

fn no_such(tag: Tag) -> TripError {
    TripError::NoSuchEntry {
        tag: tag.to_string(),
    }
}
