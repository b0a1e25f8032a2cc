//! Requests come in.

use super::TripError;
use super::model::{By, Entry, Pc, Superseded, Trip};
use crate::activation::{ActivationId, InstallationId, KeyTail, Label, MAX_ENTRIES, Request, Tag};
use crate::wire::trip_file::{State, StepKind, Time};
use chrono::{DateTime, Utc};

/// What a request was to the trip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collected {
    /// Name of the PC.
    pub pc: Label,
    /// Products that are new.
    pub added: usize,
    /// Products whose Installation ID is another than before.
    pub changed: usize,
    /// Of these, products whose Confirmation ID is void by that.
    pub voided: usize,
}

impl Collected {
    /// All of it was here before.
    pub fn is_known(&self) -> bool {
        self.added == 0 && self.changed == 0
    }
}

/// What is known of a bare number.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    /// What to call the PC.
    pub pc: Option<Label>,
    /// Name of the product.
    pub product: Option<Label>,
    /// Its Activation ID.
    pub activation_id: Option<ActivationId>,
    /// Last five of its key.
    pub key_tail: Option<KeyTail>,
}

impl Trip {
    /// Takes in a PC's request. The same PC twice is one; a changed
    /// Installation ID replaces the old one and voids its Confirmation ID.
    ///
    /// # Errors
    /// [`TripError::Full`], [`TripError::PracticeMixed`]; nothing is changed.
    pub fn collect(&mut self, request: &Request, by: &By) -> Result<Collected, TripError> {
        self.check_practice(request.products.iter().map(|one| &one.installation_id))?;
        let before = self.clone();
        let serial = request.pc.serial.as_ref();
        let index = self
            .owner(request)
            .or_else(|| self.find_pc(&request.pc.name, serial))
            .unwrap_or_else(|| self.push_pc(request.pc.name.clone(), false, by.at));
        let pc = &mut self.pcs[index];
        pc.name = request.pc.name.clone();
        pc.bare = false;
        pc.serial = request.pc.serial.clone().or_else(|| pc.serial.take());
        pc.taken_at = seconds(request.taken_at).or(pc.taken_at);
        pc.seen_at = by.at;
        let id = pc.id;
        let mut collected = Collected {
            pc: pc.name.clone(),
            added: 0,
            changed: 0,
            voided: 0,
        };
        for product in &request.products {
            let facts = Facts {
                pc: None,
                product: Some(product.name.clone()),
                activation_id: Some(product.activation_id),
                key_tail: product.key_tail.clone(),
            };
            let mut entry = self.withdraw(id, &product.installation_id, product.activation_id);
            match &mut entry {
                None => {
                    collected.added += 1;
                    entry = Some(fresh(&product.installation_id, by));
                }
                Some(entry) if entry.iid == product.installation_id => {}
                Some(entry) => {
                    collected.changed += 1;
                    collected.voided += usize::from(entry.cid.is_some());
                    entry.replace_number(&product.installation_id, by);
                }
            }
            let Some(mut entry) = entry else { continue };
            entry.learn(&facts);
            let Some(pc) = self.pcs.iter_mut().find(|pc| pc.id == id) else {
                continue;
            };
            let place = pc
                .entries
                .iter()
                .position(|other| other.activation_id == entry.activation_id)
                .unwrap_or(pc.entries.len());
            pc.entries.insert(place, entry);
        }
        // One that was known by bare numbers only, all of which turned out to
        // be this PC's.
        self.pcs.retain(|pc| !(pc.bare && pc.entries.is_empty()));
        if self.entries().count() > MAX_ENTRIES || self.pcs.len() > MAX_ENTRIES {
            *self = before;
            return Err(TripError::Full { limit: MAX_ENTRIES });
        }
        Ok(collected)
    }

    /// Takes in a bare Installation ID, from a photograph of another tool's
    /// symbol or a saved text.
    ///
    /// # Errors
    /// [`TripError::Full`], [`TripError::PracticeMixed`]; nothing is changed.
    pub fn collect_number(
        &mut self,
        iid: &InstallationId,
        facts: &Facts,
        by: &By,
    ) -> Result<Collected, TripError> {
        self.check_practice([iid].into_iter())?;
        let tag = iid.tag();
        let known = |entry: &Entry| {
            entry.tag() == tag || entry.superseded.iter().any(|old| old.iid.tag() == tag)
        };
        let index = self.pcs.iter().position(|pc| pc.entries.iter().any(known));
        if let Some(pc) = index.and_then(|index| self.pcs.get_mut(index)) {
            pc.seen_at = by.at;
            let name = pc.name.clone();
            let mut collected = Collected {
                pc: name,
                added: 0,
                changed: 0,
                voided: 0,
            };
            // First the entry that has the number now, then one that had it.
            if let Some(entry) = pc.entries.iter_mut().find(|entry| entry.tag() == tag) {
                entry.learn(facts);
            } else if let Some(entry) = pc.entries.iter_mut().find(|entry| known(entry)) {
                collected.changed = 1;
                collected.voided = usize::from(entry.cid.is_some());
                entry.replace_number(iid, by);
                entry.learn(facts);
            }
            return Ok(collected);
        }
        if self.entries().count() >= MAX_ENTRIES {
            return Err(TripError::Full { limit: MAX_ENTRIES });
        }
        let planned = facts.pc.as_ref().and_then(|name| self.find_pc(name, None));
        let index = planned.unwrap_or_else(|| {
            let name = facts.pc.clone().unwrap_or_else(|| self.made_up_name());
            self.push_pc(name, true, by.at)
        });
        let mut entry = fresh(iid, by);
        entry.learn(facts);
        let pc = &mut self.pcs[index];
        pc.seen_at = by.at;
        pc.entries.push(entry);
        Ok(Collected {
            pc: pc.name.clone(),
            added: 1,
            changed: 0,
            voided: 0,
        })
    }

    /// Numbers of one kind only, and none that would mix them.
    fn check_practice<'a>(
        &self,
        iids: impl Iterator<Item = &'a InstallationId>,
    ) -> Result<(), TripError> {
        let mut kind = self.is_practice();
        for iid in iids {
            if *kind.get_or_insert(iid.is_practice()) != iid.is_practice() {
                return Err(TripError::PracticeMixed);
            }
        }
        Ok(())
    }

    /// The PC that has one of these numbers: it was renamed since, or collected
    /// by its bare number before. No two machines have the same.
    fn owner(&self, request: &Request) -> Option<usize> {
        let tags: Vec<Tag> = request
            .products
            .iter()
            .map(|product| product.installation_id.tag())
            .collect();
        self.pcs
            .iter()
            .position(|pc| pc.entries.iter().any(|one| tags.contains(&one.tag())))
    }

    /// Takes the entry out that a product of a PC belongs to: the one of its
    /// number, wherever it is, else the one of its Activation ID on this PC.
    fn withdraw(&mut self, id: u32, iid: &InstallationId, product: ActivationId) -> Option<Entry> {
        let by_number = self.pcs.iter_mut().find_map(|pc| {
            let index = pc.entries.iter().position(|one| one.iid == *iid)?;
            Some(pc.entries.remove(index))
        });
        by_number.or_else(|| {
            let pc = self.pcs.iter_mut().find(|pc| pc.id == id)?;
            let same = |one: &Entry| one.activation_id == Some(product);
            let index = pc.entries.iter().position(same)?;
            Some(pc.entries.remove(index))
        })
    }

    pub(super) fn push_pc(&mut self, name: Label, bare: bool, seen_at: Time) -> usize {
        self.pcs.push(Pc {
            id: self.next_id(),
            name,
            bare,
            serial: None,
            place: None,
            taken_at: None,
            seen_at,
            entries: Vec::new(),
        });
        self.pcs.len() - 1
    }

    /// `PC 1`, `PC 2`, ...: the first that is free.
    fn made_up_name(&self) -> Label {
        // More than there can be PCs: one of them is free.
        let free = (1..=2 * MAX_ENTRIES)
            .filter_map(|number| Label::cleaned(&format!("PC {number}")))
            .find(|name| self.pcs.iter().all(|pc| pc.name != *name));
        free.unwrap_or_else(|| self.about.name.clone())
    }
}

impl Entry {
    /// The hardware or the key changed: what was in hand is void.
    fn replace_number(&mut self, iid: &InstallationId, by: &By) {
        let former = std::mem::replace(&mut self.iid, iid.clone());
        self.superseded.retain(|old| old.iid != *iid);
        self.superseded.push(Superseded {
            iid: former,
            cid: self.cid.take(),
            at: by.at,
        });
        self.state = State::Open;
        (self.status, self.hresult) = (None, None);
        self.step(StepKind::Changed, by);
    }

    fn learn(&mut self, facts: &Facts) {
        let Facts {
            pc: _,
            product,
            activation_id,
            key_tail,
        } = facts.clone();
        self.product = product.or_else(|| self.product.take());
        self.activation_id = activation_id.or(self.activation_id);
        self.key_tail = key_tail.or_else(|| self.key_tail.take());
    }
}

fn fresh(iid: &InstallationId, by: &By) -> Entry {
    let mut entry = Entry {
        activation_id: None,
        product: None,
        key_tail: None,
        iid: iid.clone(),
        state: State::Open,
        cid: None,
        status: None,
        hresult: None,
        superseded: Vec::new(),
        steps: Vec::new(),
    };
    entry.step(StepKind::Collected, by);
    entry
}

pub(super) fn seconds(time: DateTime<Utc>) -> Option<Time> {
    Time::try_from(u64::try_from(time.timestamp()).ok()?).ok()
}
