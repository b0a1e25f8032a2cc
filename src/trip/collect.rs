//! Takes in requests and bare Installation IDs.

use super::TripError;
use super::facts::{NumberFacts, NumberReading, Wanted};
use super::file::MAX_TRIP_FILE;
use super::model::{Attribution, Pc, Trip};
use super::number::reading_of;
use super::same_pc::numbers_by_pc;
use super::values::{MAX_TRIP_ENTRIES, Time};
use crate::activation::{ActivationId, InstallationId, KeyTail, Label, MachineId, Request, Tag};
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, HashMap};

/// What a request changed in the trip.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CollectOutcome {
    /// Display name of the PC.
    pub pc: String,
    /// Number of new products.
    pub added: usize,
    /// Number of products whose Installation ID changed.
    pub changed: usize,
    /// Of these, products that had a Confirmation ID for the previous number;
    /// it is set aside.
    pub voided: usize,
    /// Of these, products whose earlier number came back together with its
    /// Confirmation ID.
    pub restored: usize,
    /// Number of products of which the trip has a newer Installation ID:
    /// nothing changed.
    pub older: usize,
    /// Display names of all PCs with the name of this new PC, if nothing tells
    /// whether it is one of them.
    pub namesakes: Vec<String>,
}

impl CollectOutcome {
    /// Whether all of it was known before.
    pub fn is_known(&self) -> bool {
        self.added == 0 && self.changed == 0 && self.older == 0
    }
}

/// What is known about a bare number.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NumberDetails {
    /// What to call the PC.
    pub pc: Option<Label>,
    /// Name of the product.
    pub product: Option<Label>,
    /// Its Activation ID.
    pub activation_id: Option<ActivationId>,
    /// Last five of its key.
    pub key_tail: Option<KeyTail>,
    /// When it was read off the PC, if known.
    pub taken_at: Option<Time>,
}

/// Records that numbers that came together belong to one PC.
fn stand_together(numbers: &mut [NumberFacts]) {
    let tags: Vec<Tag> = numbers.iter().map(NumberFacts::tag).collect();
    for number in numbers {
        let own = number.tag();
        number.beside = tags.iter().copied().filter(|&tag| tag != own).collect();
        number.beside.sort();
    }
}

impl Trip {
    /// Adds a PC's request. The current number of a product is the one that the
    /// PC read off last by its own clock, whatever the order in which requests
    /// arrive. Answers to the other number stay with that number.
    ///
    /// # Errors
    /// [`TripError::Full`], [`TripError::PracticeMixed`]; nothing is changed.
    pub fn collect(
        &mut self,
        request: &Request,
        by: &Attribution,
    ) -> Result<CollectOutcome, TripError> {
        let reader = reading_of(&request.pc, seconds(request.taken_at));
        let mut numbers: Vec<NumberFacts> = Vec::new();
        for product in &request.products {
            let mut reading = NumberReading {
                activation_id: Some(product.activation_id),
                product: Some(product.name.clone()),
                key_tail: product.key_tail.clone(),
                ..reader.clone()
            };
            // A packet cannot omit these fields: this number came without its
            // PC.
            if *product.activation_id.as_bytes() == NO_PRODUCT {
                reading = NumberReading {
                    bare: true,
                    taken_at: None,
                    activation_id: None,
                    product: None,
                    ..reading
                };
            }
            let number = NumberFacts::collected(product.installation_id.clone(), reading, by);
            super::number::unite(&mut numbers, vec![number]);
        }
        stand_together(&mut numbers);
        self.add_of_one_pc(numbers)
    }

    /// Adds a bare Installation ID, from a photograph of another tool's symbol
    /// or from a saved text.
    ///
    /// # Errors
    /// [`TripError::Full`], [`TripError::PracticeMixed`]; nothing is changed.
    pub fn collect_number(
        &mut self,
        iid: &InstallationId,
        facts: &NumberDetails,
        by: &Attribution,
    ) -> Result<CollectOutcome, TripError> {
        self.collect_numbers(&[(iid.clone(), facts.clone())], by)
    }

    /// Adds the bare numbers of one PC, at least one, from a saved text.
    ///
    /// # Errors
    /// Those of [`Trip::collect_number`]; nothing is changed.
    pub fn collect_numbers(
        &mut self,
        numbers: &[(InstallationId, NumberDetails)],
        by: &Attribution,
    ) -> Result<CollectOutcome, TripError> {
        let mut made: Vec<NumberFacts> = Vec::new();
        let mut made_up_name = None;
        for (iid, facts) in numbers {
            let made_up = facts.pc.is_none() && self.number(iid.tag()).is_none();
            let name = made_up.then(|| {
                let name = made_up_name.get_or_insert_with(|| self.made_up_name());
                name.clone()
            });
            let reading = NumberReading {
                pc: facts.pc.clone().or(name),
                bare: true,
                made_up,
                serial: None,
                machine: None,
                taken_at: facts.taken_at,
                activation_id: facts.activation_id,
                product: facts.product.clone(),
                key_tail: facts.key_tail.clone(),
            };
            let number = NumberFacts::collected(iid.clone(), reading, by);
            super::number::unite(&mut made, vec![number]);
        }
        stand_together(&mut made);
        self.add_of_one_pc(made)
    }

    /// Adds the numbers of one PC and reports what they changed.
    fn add_of_one_pc(&mut self, numbers: Vec<NumberFacts>) -> Result<CollectOutcome, TripError> {
        self.check_practice(numbers.iter().map(|number| &*number.iid))?;
        let tags: Vec<Tag> = numbers.iter().map(NumberFacts::tag).collect();
        let was_known: Vec<bool> = tags.iter().map(|&tag| self.number(tag).is_some()).collect();
        let was_current: Vec<bool> = tags.iter().map(|&tag| self.entry(tag).is_some()).collect();
        let linked = self.linked(&numbers);
        // The current numbers, and whether each had a Confirmation ID.
        let before: HashMap<Tag, bool> = linked
            .iter()
            .filter_map(|&place| self.pcs.get(place))
            .flat_map(|pc| &pc.entries)
            .map(|entry| (entry.tag(), entry.number.live().next().is_some()))
            .collect();
        self.add(numbers, &linked)?;
        let mut collected = CollectOutcome::default();
        for (place, &tag) in tags.iter().enumerate() {
            let Some((pc, entry, number)) = self.number(tag) else {
                continue;
            };
            collected.pc = pc.called();
            if entry.tag() != tag {
                collected.older += 1;
            } else if was_current[place] {
                // Nothing new.
            } else if let Some(former) = entry
                .former
                .iter()
                .find(|one| before.contains_key(&one.tag()))
            {
                collected.changed += 1;
                collected.voided += usize::from(before[&former.tag()]);
                let is_back = was_known[place] && number.live().next().is_some();
                collected.restored += usize::from(is_back);
            } else {
                collected.added += 1;
            }
            let is_new = !was_known.contains(&true)
                && pc.numbers().all(|number| tags.contains(&number.tag()));
            if is_new && pc.twin > 0 {
                let met = |other: &&Pc| other.name == pc.name && !other.entries.is_empty();
                collected.namesakes = self.pcs.iter().filter(met).map(Pc::called).collect();
                if collected.namesakes.len() < 2 {
                    collected.namesakes.clear();
                }
            }
        }
        Ok(collected)
    }

    /// Checks that practice and real numbers do not mix.
    pub(super) fn check_practice<'a>(
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

    /// Adds numbers that belong to one PC, and finds out to which.
    ///
    /// # Errors
    /// [`TripError::Full`]; nothing is changed.
    fn add(&mut self, numbers: Vec<NumberFacts>, linked: &[usize]) -> Result<(), TripError> {
        let parted = self
            .numbers()
            .any(|number| number.ties.iter().any(|tie| !tie.one));
        let planned = self.pcs.iter().any(|pc| !pc.wanted.is_empty());
        // Close to the limit, keep a copy to restore.
        let entries = self.entries().count();
        let weight: usize = numbers.iter().map(NumberFacts::weight).sum();
        let is_near = entries + numbers.len() > MAX_TRIP_ENTRIES
            || self.pcs.len() >= MAX_TRIP_ENTRIES
            || self.weight() + 4 * weight > MAX_WEIGHT;
        let before = is_near.then(|| self.clone());
        match *linked {
            [] if !parted && !planned => {
                let id = self.next_id();
                if let Some(pc) = Pc::of(id, numbers, Vec::new()) {
                    self.pcs.push(pc);
                    self.recompute_pc(self.pcs.len() - 1);
                }
            }
            [only] if !parted && !planned => {
                let pc = &mut self.pcs[only];
                let name = pc.name.clone();
                let mut all = take_numbers(pc);
                super::number::unite(&mut all, numbers);
                if let Some(pc) = Pc::of(pc.id, all, Vec::new()) {
                    self.pcs[only] = pc;
                }
                self.recompute_pc(only);
                self.count_twins(&name);
            }
            _ => {
                let mut all = self.all_numbers();
                let places: HashMap<Tag, usize> = all
                    .iter()
                    .enumerate()
                    .map(|(at, one)| (one.tag(), at))
                    .collect();
                for number in numbers {
                    match places.get(&number.tag()) {
                        Some(&at) => all[at].join(&number),
                        None => all.push(number),
                    }
                }
                self.regroup(all, None);
            }
        }
        match before {
            Some(before) if self.is_overfull() => {
                *self = before;
                Err(TripError::Full {
                    limit: MAX_TRIP_ENTRIES,
                })
            }
            _ => Ok(()),
        }
    }

    /// Indices of the PCs that the numbers belong to, by all the evidence there
    /// is.
    fn linked(&self, numbers: &[NumberFacts]) -> Vec<usize> {
        let machines: Vec<MachineId> = numbers.iter().flat_map(NumberFacts::machines).collect();
        let tags: Vec<Tag> = numbers.iter().map(NumberFacts::tag).collect();
        let is_linked = |known: &NumberFacts| {
            tags.contains(&known.tag())
                || known.beside.iter().any(|tag| tags.contains(tag))
                || known.ties.iter().any(|tie| tags.contains(&tie.tag))
                || !machines.is_empty() && known.machines().any(|one| machines.contains(&one))
        };
        let pcs = self.pcs.iter().enumerate();
        pcs.filter(|(_, pc)| pc.numbers().any(is_linked))
            .map(|(place, _)| place)
            .collect()
    }

    /// Upper bound for its size in a trip file, in bytes.
    pub(super) fn weight(&self) -> usize {
        let of = |pc: &Pc| {
            let label = |label: &Label| 2 * label.as_str().len();
            let entries: usize = pc.entries.iter().map(|entry| entry.weight).sum();
            let wanted: usize = pc
                .wanted
                .iter()
                .map(|one| {
                    let of = |text: &Option<Label>| text.as_ref().map_or(0, label);
                    130 + label(&one.name) + of(&one.serial) + of(&one.place)
                })
                .sum();
            200 + label(&pc.name) + pc.serial.as_ref().map_or(0, label) + entries + wanted
        };
        self.pcs.iter().map(of).sum()
    }

    /// Whether it exceeds what a trip, or a trip file, can hold.
    pub(super) fn is_overfull(&self) -> bool {
        self.entries().count() > MAX_TRIP_ENTRIES
            || self.pcs.len() > MAX_TRIP_ENTRIES
            || self.weight() > MAX_WEIGHT
    }

    pub(super) fn all_numbers(&self) -> Vec<NumberFacts> {
        self.numbers().cloned().collect()
    }

    /// Works out again which numbers belong to one PC, and which PC each one on
    /// the list is. `wanted` is the list, if it differs from what the PCs hold.
    pub(super) fn regroup(&mut self, numbers: Vec<NumberFacts>, wanted: Option<Vec<Wanted>>) {
        let homes: HashMap<Tag, usize> = self
            .pcs
            .iter()
            .enumerate()
            .flat_map(|(place, pc)| pc.numbers().map(move |number| (number.tag(), place)))
            .collect();
        let mut next = self.next_id();
        let groups = numbers_by_pc(&numbers);
        let mut numbers: Vec<Option<NumberFacts>> = numbers.into_iter().map(Some).collect();
        let mut made: Vec<(Option<usize>, Option<usize>, Vec<NumberFacts>)> = groups
            .into_iter()
            .map(|group| {
                let first = group.iter().min().copied();
                let group: Vec<NumberFacts> = group
                    .into_iter()
                    .filter_map(|at| numbers.get_mut(at)?.take())
                    .collect();
                let homes = group
                    .iter()
                    .filter_map(|one| homes.get(&one.tag()).copied());
                (homes.min(), first, group)
            })
            .collect();
        // If two PCs were made one, the one met first keeps its place.
        made.sort_by_key(|(home, first, _)| (home.is_none(), *home, *first));
        let mut taken = vec![false; self.pcs.len()];
        let mut pcs: Vec<(Option<usize>, u32, Vec<NumberFacts>)> = Vec::new();
        for (home, _, group) in made {
            let home = home.filter(|&home| !std::mem::replace(&mut taken[home], true));
            let id = home.map_or_else(
                || {
                    next += 1;
                    next - 1
                },
                |home| self.pcs[home].id,
            );
            pcs.push((home, id, group));
        }
        let rows = self.assign(&pcs, wanted, &mut next);
        let end = self.pcs.len();
        let mut settled: Vec<(usize, Pc)> = Vec::new();
        let mut awaited: HashMap<usize, (usize, u32)> = HashMap::new();
        let mut of_row: BTreeMap<usize, Vec<Wanted>> = BTreeMap::new();
        for row in rows {
            match row.pc {
                Some(pc) => {
                    of_row.entry(pc).or_default().push(row.wanted);
                    if row.place < end {
                        awaited.entry(pc).or_insert((row.place, row.id));
                    }
                }
                None => settled
                    .extend(Pc::of(row.id, Vec::new(), vec![row.wanted]).map(|pc| (row.place, pc))),
            }
        }
        for (place, (home, id, group)) in pcs.into_iter().enumerate() {
            let wanted = of_row.remove(&place).unwrap_or_default();
            // A PC that was on the list takes its place there.
            let awaited = awaited.get(&place).filter(|_| home.is_none()).copied();
            let (home, id) = awaited.unwrap_or((home.unwrap_or(end + place), id));
            settled.extend(Pc::of(id, group, wanted).map(|pc| (home, pc)));
        }
        settled.sort_by_key(|(place, pc)| (*place, pc.id));
        self.pcs = settled.into_iter().map(|(_, pc)| pc).collect();
        self.recompute();
    }

    /// The first free name of `PC 1`, `PC 2`, ...
    fn made_up_name(&self) -> Label {
        let taken: std::collections::HashSet<&str> =
            self.pcs.iter().map(|pc| pc.name.as_str()).collect();
        // There are more names than PCs, so one of them is free.
        let free = (1..=2 * MAX_TRIP_ENTRIES)
            .map(|number| format!("PC {number}"))
            .find(|name| !taken.contains(name.as_str()));
        free.and_then(|name| Label::cleaned(&name))
            .unwrap_or_else(|| self.about.name.clone())
    }
}

/// Limit for the weight of a trip, so that it always fits a trip file.
pub(super) const MAX_WEIGHT: usize = MAX_TRIP_FILE - 1024 * 1024;

/// Activation ID in a packet for a product of which only the number is known.
pub(super) const NO_PRODUCT: [u8; 16] = [0; 16];

/// When a PC's numbers were met first; ties are broken by the number.
pub(super) fn first_met(numbers: &[NumberFacts]) -> Option<(Time, InstallationId)> {
    let met = numbers.iter().map(|one| (one.first_seen, &one.iid));
    met.min_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.cmp(b.1)))
        .map(|(at, iid)| (at, (**iid).clone()))
}

fn take_numbers(pc: &mut Pc) -> Vec<NumberFacts> {
    let entries = std::mem::take(&mut pc.entries);
    entries
        .into_iter()
        .flat_map(|entry| entry.former.into_iter().chain([entry.number]))
        .collect()
}

pub(super) fn seconds(time: DateTime<Utc>) -> Option<Time> {
    Time::try_from(u64::try_from(time.timestamp()).ok()?).ok()
}
