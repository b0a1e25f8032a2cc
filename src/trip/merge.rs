//! Merges two records of one trip by uniting their facts.

use super::TripError;
use super::facts::{NumberFacts, Wanted};
use super::model::{Pc, Trip, TripEntry};
use super::pc_list::unite_wanted;
use super::values::{MAX_TRIP_ENTRIES, Time};
use crate::activation::{Label, Tag};
use std::collections::{HashMap, HashSet};

/// Several Confirmation IDs came in for one Installation ID, or one for
/// several. None of them is in hand until a person has said which one is right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CidConflict {
    /// Display name of the PC.
    pub pc: String,
    /// Name of the product.
    pub product: Option<Label>,
    /// The Confirmation IDs, masked.
    pub cids: Vec<String>,
}

impl CidConflict {
    fn of(pc: &Pc, entry: &TripEntry) -> Self {
        Self {
            pc: pc.called(),
            product: entry.product.clone(),
            cids: entry.rivals.iter().map(|cid| cid.masked()).collect(),
        }
    }
}

/// A product has one Installation ID in one record and another in the other.
/// The PCs' clocks decided, unless even they could not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IidConflict {
    /// Display name of the PC.
    pub pc: String,
    /// Name of the product.
    pub product: Option<Label>,
    /// The Installation ID that is current now, masked.
    pub chosen: String,
    /// When it was read off, by the PC's clock.
    pub chosen_at: Option<Time>,
    /// The other one, masked.
    pub other: String,
    /// When that was read off.
    pub other_at: Option<Time>,
}

/// What a merge changed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MergeOutcome {
    /// PCs that are new here.
    pub pcs: usize,
    /// Products that are new here.
    pub entries: usize,
    /// Confirmation IDs that contradict each other.
    pub conflicts: Vec<CidConflict>,
    /// Installation IDs of which one had to be chosen.
    pub numbers: Vec<IidConflict>,
    /// Display names of PCs that share a name, without evidence that they are
    /// one machine.
    pub namesakes: Vec<Vec<String>>,
}

impl Trip {
    /// Merges another record into this one. Merging again changes nothing, and
    /// the result does not depend on which of the two is merged into the other.
    ///
    /// # Errors
    /// [`TripError::PracticeMixed`], [`TripError::Full`]; nothing is changed.
    pub fn merge(&mut self, other: &Self) -> Result<MergeOutcome, TripError> {
        let theirs = other.all_numbers();
        self.merge_facts(&theirs, &other.wanted())
    }

    /// Confirmation IDs of which a person must say which one is right.
    pub fn conflicts(&self) -> Vec<CidConflict> {
        self.contested()
            .map(|(pc, entry)| CidConflict::of(pc, entry))
            .collect()
    }

    /// Adds facts about any PCs.
    pub(super) fn merge_facts(
        &mut self,
        theirs: &[NumberFacts],
        wanted: &[Wanted],
    ) -> Result<MergeOutcome, TripError> {
        self.check_practice(theirs.iter().map(|number| &*number.iid))?;
        let before = self.clone();
        let mut all = self.all_numbers();
        let mut places: HashMap<Tag, usize> = all
            .iter()
            .enumerate()
            .map(|(at, one)| (one.tag(), at))
            .collect();
        let mut news: HashSet<Tag> = HashSet::new();
        for number in theirs {
            let tag = number.tag();
            if let Some(&at) = places.get(&tag) {
                let known = all[at].clone();
                all[at].join(number);
                if all[at] != known {
                    news.insert(tag);
                }
            } else {
                places.insert(tag, all.len());
                all.push(number.clone());
                news.insert(tag);
            }
        }
        let mut list = before.wanted();
        unite_wanted(&mut list, wanted);
        if news.is_empty() && list == before.wanted() {
            return Ok(MergeOutcome::default());
        }
        self.regroup(all, Some(list));
        if self.is_overfull() {
            *self = before;
            return Err(TripError::Full {
                limit: MAX_TRIP_ENTRIES,
            });
        }
        Ok(self.outcome_of(&before, theirs, &news))
    }

    /// Reports what a merge changed.
    fn outcome_of(
        &self,
        before: &Self,
        theirs: &[NumberFacts],
        news: &HashSet<Tag>,
    ) -> MergeOutcome {
        let is_news =
            |entry: &TripEntry| entry.numbers().any(|number| news.contains(&number.tag()));
        let was: HashMap<Tag, &TripEntry> = before
            .entries()
            .map(|(_, entry)| (entry.tag(), entry))
            .collect();
        let mine: HashSet<Tag> = before.numbers().map(NumberFacts::tag).collect();
        let theirs: HashSet<Tag> = theirs.iter().map(NumberFacts::tag).collect();
        let mut merged = MergeOutcome {
            pcs: self.pcs.len().saturating_sub(before.pcs.len()),
            entries: self
                .entries()
                .count()
                .saturating_sub(before.entries().count()),
            ..MergeOutcome::default()
        };
        for (pc, entry) in self.entries() {
            let rivals = was.get(&entry.tag()).map(|was| &was.rivals);
            if !entry.rivals.is_empty() && rivals != Some(&entry.rivals) {
                merged.conflicts.push(CidConflict::of(pc, entry));
            }
            if !is_news(entry) {
                continue;
            }
            // Each number was known to one record only, or ours was replaced.
            let tag = entry.tag();
            let strange = |one: &&NumberFacts| {
                let other = one.tag();
                let apart = |a: &HashSet<Tag>, b: &HashSet<Tag>| {
                    a.contains(&tag) && b.contains(&other) && !a.contains(&other)
                };
                let gave_way = was.contains_key(&other) && !was.contains_key(&tag);
                gave_way || apart(&mine, &theirs) || apart(&theirs, &mine)
            };
            if let Some(other) = entry.former.iter().rfind(strange) {
                merged.numbers.push(IidConflict {
                    pc: pc.called(),
                    product: entry.product.clone(),
                    chosen: entry.iid.masked(),
                    chosen_at: entry.number.taken_at(),
                    other: other.iid.masked(),
                    other_at: other.taken_at(),
                });
            }
        }
        let had: HashSet<u32> = before.pcs.iter().map(|pc| pc.id).collect();
        let mut told: HashSet<&Label> = HashSet::new();
        let is_met = |pc: &&Pc| pc.twin > 0 && !pc.entries.is_empty();
        for pc in self.pcs.iter().filter(is_met) {
            if had.contains(&pc.id) || !told.insert(&pc.name) {
                continue;
            }
            let same = self
                .pcs
                .iter()
                .filter(is_met)
                .filter(|one| one.name == pc.name);
            let called: Vec<String> = same.map(Pc::called).collect();
            if called.len() > 1 {
                merged.namesakes.push(called);
            }
        }
        merged
    }
}
