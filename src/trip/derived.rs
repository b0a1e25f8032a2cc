//! What follows from the facts: how far every product is, which of its numbers
//! is current, and what every PC is called.

use super::facts::{NumberFacts, NumberReading, Wanted};
use super::model::{Pc, Trip, TripEntry};
use super::values::ProductState;
use crate::activation::{ConfirmationDigits, Label};
use std::collections::{BTreeSet, HashMap};

impl Trip {
    /// Derives everything again.
    pub(super) fn recompute(&mut self) {
        let mut owners: HashMap<&str, usize> = HashMap::new();
        for number in self.numbers() {
            for cid in number.live_cids() {
                *owners.entry(cid.digits()).or_default() += 1;
            }
        }
        let shared: BTreeSet<String> = owners
            .into_iter()
            .filter(|&(_, owners)| owners > 1)
            .map(|(digits, _)| digits.to_owned())
            .collect();
        for entry in self.pcs.iter_mut().flat_map(|pc| &mut pc.entries) {
            entry.recompute(&|cid| shared.contains(cid.digits()));
        }
        let mut names: HashMap<Label, usize> = HashMap::new();
        for pc in &self.pcs {
            *names.entry(pc.name.clone()).or_default() += 1;
        }
        names.retain(|_, count| *count > 1);
        let mut counted: HashMap<Label, usize> = HashMap::new();
        for pc in &mut self.pcs {
            pc.twin = 0;
            if names.contains_key(&pc.name) {
                let twin = counted.entry(pc.name.clone()).or_default();
                *twin += 1;
                pc.twin = *twin;
            }
        }
    }

    /// Derives again what depends on one PC.
    pub(super) fn recompute_pc(&mut self, index: usize) {
        let Some(pc) = self.pcs.get(index) else {
            return;
        };
        let name = pc.name.clone();
        let cids: Vec<ConfirmationDigits> = pc
            .numbers()
            .flat_map(|number| number.live_cids().into_iter().cloned())
            .collect();
        self.recompute_cids(&cids);
        if let Some(pc) = self.pcs.get_mut(index) {
            // They have no Confirmation ID.
            for entry in pc.entries.iter_mut().filter(|entry| entry.is_answerless()) {
                entry.recompute(&|_| false);
            }
        }
        self.count_twins(&name);
    }

    /// Derives again what depends on these Confirmation IDs.
    pub(super) fn recompute_cids(&mut self, cids: &[ConfirmationDigits]) {
        if cids.is_empty() {
            return;
        }
        let is_touched = |entry: &TripEntry| {
            let mut kept = entry.numbers().flat_map(|number| &number.kept);
            kept.any(|kept| cids.contains(&kept.cid))
        };
        let touched = self.entries().filter(|(_, entry)| is_touched(entry));
        let mut live: Vec<ConfirmationDigits> = touched
            .flat_map(|(_, entry)| entry.numbers().flat_map(NumberFacts::live_cids))
            .cloned()
            .collect();
        live.sort_by(|a, b| a.digits().cmp(b.digits()));
        live.dedup();
        let owners = |cid: &ConfirmationDigits| {
            let owns = |number: &&NumberFacts| number.live().any(|kept| kept.cid == *cid);
            self.numbers().filter(owns).count()
        };
        live.retain(|cid| owners(cid) > 1);
        for entry in self.pcs.iter_mut().flat_map(|pc| &mut pc.entries) {
            if is_touched(entry) {
                entry.recompute(&|cid| live.contains(cid));
            }
        }
    }

    pub(super) fn count_twins(&mut self, name: &Label) {
        let mut twins: Vec<&mut Pc> = self.pcs.iter_mut().filter(|pc| pc.name == *name).collect();
        let is_one = twins.len() == 1;
        for (pc, twin) in twins.iter_mut().zip(1..) {
            pc.twin = if is_one { 0 } else { twin };
        }
    }
}

impl TripEntry {
    /// The product with these numbers, at least one.
    pub(super) fn of(mut numbers: Vec<NumberFacts>) -> Option<Self> {
        numbers.sort_by(|a, b| a.age().cmp(&b.age()));
        // A person's word outweighs the clocks of the PCs.
        let mut current = numbers.len().checked_sub(1)?;
        for _ in 0..numbers.len() {
            let over =
                (0..numbers.len()).find(|&one| is_said_newer(&numbers[one], &numbers[current]));
            match over {
                Some(newer) => current = newer,
                None => break,
            }
        }
        let number = numbers.remove(current);
        let mut entry = Self {
            activation_id: None,
            product: None,
            key_tail: None,
            iid: (*number.iid).clone(),
            state: ProductState::Open,
            cid: None,
            rivals: Vec::new(),
            status: None,
            hresult: None,
            number,
            former: numbers,
            weight: 0,
        };
        entry.recompute(&|_| false);
        Some(entry)
    }

    fn is_answerless(&self) -> bool {
        self.numbers().all(|number| number.live().next().is_none())
    }

    /// Derives how far it is; `is_shared` tells whether a Confirmation ID came
    /// in for several numbers.
    fn recompute(&mut self, is_shared: &dyn Fn(&ConfirmationDigits) -> bool) {
        let number = &self.number;
        let newest_first = || self.former.iter().chain([number]).rev();
        self.activation_id = newest_first().find_map(NumberFacts::activation_id);
        self.product = newest_first().find_map(NumberFacts::product);
        self.key_tail = newest_first().find_map(NumberFacts::key_tail);
        let name = self
            .product
            .as_ref()
            .map_or(0, |name| 2 * name.as_str().len());
        self.weight = newest_first().map(NumberFacts::weight).sum::<usize>() + 560 + name;
        let live = number.live_cids();
        let is_contested = live.len() > 1 || live.iter().any(|cid| is_shared(cid));
        (self.status, self.hresult) = (None, None);
        self.cid = number.in_hand().cloned();
        self.rivals.clear();
        if let Some(receipt) = number.activated() {
            self.state = ProductState::Activated;
            self.status = Some(receipt.status);
        } else if is_contested {
            self.state = ProductState::Open;
            self.cid = None;
            self.rivals = live.into_iter().cloned().collect();
        } else if let Some(receipt) = number.refused() {
            self.state = ProductState::Failed;
            self.status = Some(receipt.status);
            self.hresult = receipt.hresult;
        } else {
            self.state = match &self.cid {
                None => ProductState::Open,
                Some(cid) if number.shown(cid).is_some() => ProductState::Delivered,
                Some(_) => ProductState::Cid,
            };
        }
    }
}

/// Whether a person said that this number is newer, and did not change their
/// mind.
fn is_said_newer(one: &NumberFacts, than: &NumberFacts) -> bool {
    let word = |one: &NumberFacts, than: &NumberFacts| {
        let tag = than.tag();
        let said = one.newer.iter().find(|newer| newer.than == tag);
        said.map(|newer| (newer.at, newer.than))
    };
    word(one, than) > word(than, one)
}

impl Pc {
    /// The PC with these numbers and with what the list of planned PCs says.
    pub(super) fn of(id: u32, numbers: Vec<NumberFacts>, wanted: Vec<Wanted>) -> Option<Self> {
        let newest = newest_reading(&numbers);
        let serial_of = |one: &NumberReading| one.serial.clone();
        let readings = || numbers.iter().flat_map(|number| &number.readings);
        let asked = || readings().filter(|reading| !reading.bare);
        let place = wanted.iter().max_by_key(|one| (one.at, one.place.clone()));
        let name = given_name(&numbers)
            .or_else(|| newest.and_then(|reading| reading.pc.clone()))
            .or_else(|| fallback_name(&numbers))
            .or_else(|| wanted.first().map(|one| one.name.clone()))
            .or_else(|| Label::cleaned(&numbers.first()?.iid.masked()))?;
        let seen = numbers.iter().map(|number| number.last_seen);
        let noted = wanted.iter().map(|one| one.at);
        Some(Self {
            id,
            name,
            twin: 0,
            bare: !numbers.is_empty() && newest.is_none(),
            serial: newest
                .and_then(serial_of)
                .or_else(|| asked().filter_map(serial_of).max())
                .or_else(|| wanted.iter().find_map(|one| one.serial.clone())),
            machine: newest
                .and_then(|one| one.machine)
                .or_else(|| asked().filter_map(|one| one.machine).max()),
            place: place.and_then(|one| one.place.clone()),
            taken_at: asked().filter_map(|one| one.taken_at).max(),
            seen_at: seen.max().or_else(|| noted.max()).unwrap_or_default(),
            entries: entries_of(numbers),
            wanted,
        })
    }
}

/// The reading in which the PC identified itself last.
fn newest_reading(numbers: &[NumberFacts]) -> Option<&NumberReading> {
    let readings = numbers.iter().flat_map(|number| &number.readings);
    readings.filter(|reading| !reading.bare).max_by_key(|one| {
        (
            one.taken_at,
            one.pc.clone(),
            one.serial.clone(),
            one.machine,
        )
    })
}

/// The last name that a person gave to the PC.
fn given_name(numbers: &[NumberFacts]) -> Option<Label> {
    let given = numbers.iter().filter_map(|number| number.named.as_ref());
    given.max().map(|named| named.name.clone())
}

/// The name that a person gave to the PC or that it has itself, if any.
pub(super) fn known_name(numbers: &[NumberFacts]) -> Option<Label> {
    let itself = || newest_reading(numbers).and_then(|reading| reading.pc.clone());
    given_name(numbers).or_else(itself).or_else(|| {
        let made_up = |name: &Label| {
            let readings = numbers.iter().flat_map(|number| &number.readings);
            let mut of_name = readings.filter(|reading| reading.pc.as_ref() == Some(name));
            of_name.all(|reading| reading.made_up)
        };
        fallback_name(numbers).filter(|name| !made_up(name))
    })
}

/// The name of a PC that never identified itself: the first one from a person,
/// else the one from this program.
fn fallback_name(numbers: &[NumberFacts]) -> Option<Label> {
    let named = numbers.iter().flat_map(|number| {
        let names = number
            .readings
            .iter()
            .filter(|reading| reading.pc.is_some());
        names.map(|reading| (reading.made_up, number.first_seen, reading.pc.clone()))
    });
    named.min().and_then(|(_, _, name)| name)
}

/// The products of one PC: numbers with the same Activation ID belong to one
/// product.
fn entries_of(numbers: Vec<NumberFacts>) -> Vec<TripEntry> {
    let mut products: Vec<Vec<NumberFacts>> = Vec::new();
    let mut known = HashMap::new();
    for number in numbers {
        match number.activation_id() {
            None => products.push(vec![number]),
            Some(id) => {
                let place = *known.entry(id).or_insert_with(|| {
                    products.push(Vec::new());
                    products.len() - 1
                });
                products[place].push(number);
            }
        }
    }
    let mut entries: Vec<TripEntry> = products.into_iter().filter_map(TripEntry::of).collect();
    // Products that were met first come first.
    entries.sort_by_cached_key(|entry| {
        let first = entry.numbers().map(|number| number.first_seen).min();
        (first, entry.activation_id, entry.iid.clone())
    });
    entries
}
