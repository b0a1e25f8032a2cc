//! Confirmation IDs come in, replies go out, receipts complete the record.

use super::TripError;
use super::collect::{MAX_WEIGHT, seconds};
use super::facts::{NumberFacts, RemovalReason};
use super::model::{Attribution, Pc, Trip, TripEntry};
use super::values::{HResultText, MAX_TRIP_ENTRIES, ProductState};
use crate::activation::{
    ConfirmationDigits, LicenseStatus, Receipt, Reply, Tag, practice_confirmation_id,
};

/// What a receipt changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptOutcome {
    /// Display name of the PC.
    pub pc: String,
    /// Number of products that are activated now.
    pub activated: usize,
    /// Number of products that were refused.
    pub failed: usize,
}

impl Trip {
    /// Stores the Confirmation ID that the portal gave for an Installation ID,
    /// even for one that its PC no longer has. `confirmed` means that a person
    /// was asked and chose this Confirmation ID: it replaces all others for
    /// this number, and is removed from every other number.
    ///
    /// # Errors
    /// [`TripError::NoSuchEntry`], [`TripError::CidPractice`],
    /// [`TripError::CidReal`], [`TripError::Full`]; unless confirmed also
    /// [`TripError::CidOfOther`], [`TripError::CidVoid`],
    /// [`TripError::CidReplaces`]. Nothing is changed.
    pub fn keep_cid(
        &mut self,
        tag: Tag,
        cid: &ConfirmationDigits,
        confirmed: bool,
        by: &Attribution,
    ) -> Result<(), TripError> {
        let (pc, _, number) = self.number(tag).ok_or(no_such(tag))?;
        if number.iid.is_practice() != cid.is_practice() {
            return Err(if cid.is_practice() {
                TripError::CidPractice
            } else {
                TripError::CidReal
            });
        }
        let doubt = self.doubt(tag, cid);
        if number.in_hand() == Some(cid) && doubt.is_none() {
            return Ok(());
        }
        if !confirmed {
            if let Some(doubt) = doubt {
                return Err(doubt);
            }
            if number.live().next().is_some() {
                return Err(TripError::CidReplaces { pc: pc.called() });
            }
        }
        if self.weight() > MAX_WEIGHT {
            return Err(TripError::Full {
                limit: MAX_TRIP_ENTRIES,
            });
        }
        let mut touched: Vec<ConfirmationDigits> =
            number.live_cids().into_iter().cloned().collect();
        touched.push(cid.clone());
        for number in self.numbers_mut() {
            if number.tag() == tag {
                number.remove_cids(|one| one != cid, RemovalReason::Replaced, by);
                number.add_cid(cid, by);
            } else if confirmed {
                number.remove_cids(|one| one == cid, RemovalReason::Replaced, by);
            }
        }
        self.recompute_cids(&touched);
        Ok(())
    }

    /// The objection to this Confirmation ID for this number: it belongs to
    /// another one.
    fn doubt(&self, tag: Tag, cid: &ConfirmationDigits) -> Option<TripError> {
        let owns = |number: &&NumberFacts| {
            number.tag() != tag && number.live().any(|kept| kept.cid == *cid)
        };
        let owner = |(pc, entry): (&Pc, &TripEntry)| {
            let number = entry.numbers().find(owns)?;
            let pc = pc.called();
            Some(if number.tag() == entry.tag() {
                TripError::CidOfOther { pc }
            } else {
                TripError::CidVoid { pc }
            })
        };
        self.entries()
            .find_map(owner)
            .or_else(|| self.practice_doubt(tag, cid))
    }

    /// In practice mode the owner of a Confirmation ID is known. One that
    /// belongs to another PC of the trip is questioned, so that people learn
    /// from the slip.
    fn practice_doubt(&self, tag: Tag, cid: &ConfirmationDigits) -> Option<TripError> {
        if !cid.is_practice() {
            return None;
        }
        let (pc, _) = self.entries().find(|(_, entry)| {
            entry.tag() != tag
                && entry.iid.is_practice()
                && practice_confirmation_id(&entry.iid).digits() == cid.digits()
        })?;
        Some(TripError::CidOfOther { pc: pc.called() })
    }

    /// Takes back the Confirmation ID of a number, stored now or in another
    /// session, because it belongs to another number. The record keeps that it
    /// was here.
    ///
    /// # Errors
    /// [`TripError::NoSuchEntry`], [`TripError::NothingToTakeBack`].
    pub fn take_back_cid(&mut self, tag: Tag, by: &Attribution) -> Result<(), TripError> {
        let (pc, _, number) = self.number(tag).ok_or(no_such(tag))?;
        let touched: Vec<ConfirmationDigits> = number.live_cids().into_iter().cloned().collect();
        if touched.is_empty() || number.activated().is_some() {
            return Err(TripError::NothingToTakeBack { pc: pc.called() });
        }
        for number in self.numbers_mut().filter(|number| number.tag() == tag) {
            number.remove_cids(|_| true, RemovalReason::Withdrawn, by);
        }
        self.recompute_cids(&touched);
        Ok(())
    }

    /// Records that a reply was shown to its PC. What a receipt completed stays
    /// complete.
    ///
    /// # Errors
    /// [`TripError::NoSuchEntry`].
    pub fn deliver(&mut self, tag: Tag, by: &Attribution) -> Result<(), TripError> {
        let (_, entry) = self.entry(tag).ok_or(no_such(tag))?;
        let Some(cid) = entry
            .cid
            .clone()
            .filter(|_| entry.state != ProductState::Activated)
        else {
            return Ok(());
        };
        for number in self.numbers_mut().filter(|number| number.tag() == tag) {
            number.add_shown(&cid, by);
        }
        self.recompute_cids(&[cid]);
        Ok(())
    }

    /// Records that a person read on a PC's screen that Windows activated the
    /// product with the Confirmation ID in hand: what the receipt says where
    /// Hikyaku runs. Returns the PC.
    ///
    /// # Errors
    /// [`TripError::NoSuchEntry`], [`TripError::NoCidInHand`]; nothing is
    /// changed.
    pub fn saw_activated(&mut self, tag: Tag, by: &Attribution) -> Result<u32, TripError> {
        let (pc, entry) = self.entry(tag).ok_or(no_such(tag))?;
        let id = pc.id;
        let Some(cid) = entry.cid.clone() else {
            let pc = pc.called();
            return Err(TripError::NoCidInHand { pc });
        };
        if entry.state == ProductState::Activated {
            return Ok(id);
        }
        for pc in self.pcs.iter_mut().filter(|pc| pc.id == id) {
            pc.seen_at = pc.seen_at.max(by.at);
        }
        for number in self.numbers_mut().filter(|number| number.tag() == tag) {
            number.add_receipt(LicenseStatus::Licensed, None, by.at, by);
            number.last_seen = number.last_seen.max(by.at);
        }
        self.recompute_cids(&[cid]);
        Ok(id)
    }

    /// Adds a PC's receipt; `None` if it concerns nothing in the trip. A
    /// product that was activated once stays activated, and a refusal holds as
    /// long as the refused Confirmation ID is in hand.
    pub fn close(&mut self, receipt: &Receipt, by: &Attribution) -> Option<ReceiptOutcome> {
        let mut closed: Option<ReceiptOutcome> = None;
        let mut touched = Vec::new();
        let said = seconds(receipt.issued_at).unwrap_or_default();
        for (place, pc) in self.pcs.iter_mut().enumerate() {
            let called = pc.called();
            for number in pc.entries.iter_mut().flat_map(TripEntry::numbers_mut) {
                // The tag identifies the number, whatever the PC is called by
                // now.
                let tag = number.tag();
                let meant = receipt.products.iter().filter(|product| product.tag == tag);
                for product in meant {
                    let receipted = closed.get_or_insert_with(|| ReceiptOutcome {
                        pc: called.clone(),
                        activated: 0,
                        failed: 0,
                    });
                    let code = if product.is_activated() {
                        receipted.activated += 1;
                        None
                    } else {
                        receipted.failed += 1;
                        product.refusal.map(HResultText)
                    };
                    number.add_receipt(product.status, code, said, by);
                    number.last_seen = number.last_seen.max(by.at);
                    pc.seen_at = pc.seen_at.max(by.at);
                    touched.push(place);
                }
            }
        }
        touched.dedup();
        for place in touched {
            self.recompute_pc(place);
        }
        closed
    }

    /// Replies that are still worth showing, with their PCs.
    pub fn replies(&self) -> impl Iterator<Item = (&Pc, &TripEntry, Reply)> {
        self.entries()
            .filter(|(_, entry)| entry.state != ProductState::Activated)
            .filter_map(|(pc, entry)| {
                let cid = entry.cid.as_ref()?.checked()?;
                let tag = entry.tag();
                Some((pc, entry, Reply { cid, tag }))
            })
    }

    /// Products whose Confirmation ID somebody insisted on although its check
    /// digits fail. No reply can carry it, so it must be typed at the PC.
    pub fn unsound(&self) -> impl Iterator<Item = (&Pc, &TripEntry)> {
        self.entries().filter(|(_, entry)| {
            let cid = entry.cid.as_ref();
            entry.state != ProductState::Activated && cid.is_some_and(|cid| cid.checked().is_none())
        })
    }

    /// Requests that are waiting for a Confirmation ID, with their PCs;
    /// includes products that refused a Confirmation ID which is not in this
    /// trip.
    pub fn open_requests(&self) -> impl Iterator<Item = (&Pc, &TripEntry)> {
        self.entries().filter(|(_, entry)| {
            let is_unanswered = match entry.state {
                ProductState::Open => true,
                ProductState::Failed => entry.cid.is_none(),
                ProductState::Cid | ProductState::Delivered | ProductState::Activated => false,
            };
            is_unanswered && entry.rivals.is_empty()
        })
    }

    /// Products with several candidate Confirmation IDs. None is shown to the
    /// PC until a person has said which one is right.
    pub fn contested(&self) -> impl Iterator<Item = (&Pc, &TripEntry)> {
        self.entries().filter(|(_, entry)| !entry.rivals.is_empty())
    }

    pub(super) fn numbers_mut(&mut self) -> impl Iterator<Item = &mut NumberFacts> {
        self.pcs
            .iter_mut()
            .flat_map(|pc| &mut pc.entries)
            .flat_map(TripEntry::numbers_mut)
    }
}

pub(super) fn no_such(tag: Tag) -> TripError {
    TripError::NoSuchEntry {
        tag: tag.to_string(),
    }
}
