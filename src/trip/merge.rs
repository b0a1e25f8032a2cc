//! Two records of one walk become one: nothing of either is lost.

use super::model::{By, Entry, Pc, Step, Superseded, Trip};
use crate::activation::{Label, MAX_ENTRIES, Tag};
use crate::trip::TripError;
use crate::wire::trip_file::{State, StepKind, Time};

/// Two technicians kept different Confirmation IDs for one Installation ID.
/// One of them was activated, or is the one kept here; the other is kept as
/// superseded, and a person must look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// Name of the PC.
    pub pc: Label,
    /// Name of the product.
    pub product: Option<Label>,
    /// The Confirmation ID that is in hand, masked.
    pub kept: String,
    /// The other one, masked.
    pub other: String,
}

/// What a merge brought.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Merged {
    /// PCs that are new here.
    pub pcs: usize,
    /// Products that are new here.
    pub entries: usize,
    /// What does not go together.
    pub conflicts: Vec<Conflict>,
}

impl Trip {
    /// Joins another record to this one; joined again it changes nothing.
    ///
    /// # Errors
    /// [`TripError::PracticeMixed`], [`TripError::Full`]; nothing is changed.
    pub fn merge(&mut self, other: &Self, by: &By) -> Result<Merged, TripError> {
        if let (Some(mine), Some(theirs)) = (self.is_practice(), other.is_practice())
            && mine != theirs
        {
            return Err(TripError::PracticeMixed);
        }
        let before = self.clone();
        let mut merged = Merged::default();
        for theirs in &other.pcs {
            self.join(theirs, by, &mut merged);
        }
        if self.entries().count() > MAX_ENTRIES || self.pcs.len() > MAX_ENTRIES {
            *self = before;
            return Err(TripError::Full { limit: MAX_ENTRIES });
        }
        Ok(merged)
    }

    /// Index of the PC, and of its product, that has the number of this tag.
    fn place_of(&self, tag: Tag) -> Option<(usize, usize)> {
        let mut places = self.pcs.iter().enumerate().filter_map(|(index, pc)| {
            let entry = pc.entries.iter().position(|mine| mine.tag() == tag)?;
            Some((index, entry))
        });
        places.next()
    }

    fn join(&mut self, theirs: &Pc, by: &By, merged: &mut Merged) {
        let tags: Vec<Tag> = theirs.entries.iter().map(Entry::tag).collect();
        let shared = |pc: &Pc| pc.entries.iter().any(|mine| tags.contains(&mine.tag()));
        let known = self.pcs.iter().position(shared).or_else(|| {
            if theirs.bare {
                return None;
            }
            self.find_pc(&theirs.name, theirs.serial.as_ref())
        });
        let index = known.unwrap_or_else(|| {
            merged.pcs += 1;
            self.push_pc(theirs.name.clone(), theirs.bare, theirs.seen_at)
        });
        join_facts(&mut self.pcs[index], theirs);
        for arriving in &theirs.entries {
            let tag = arriving.tag();
            // A number belongs to one product, on whichever PC it stands here.
            let place = self.place_of(tag).or_else(|| {
                let same = |mine: &Entry| {
                    mine.activation_id.is_some() && mine.activation_id == arriving.activation_id
                };
                Some((index, self.pcs[index].entries.iter().position(same)?))
            });
            let entry = place.and_then(|(pc, entry)| self.pcs.get_mut(pc)?.entries.get_mut(entry));
            if let Some(mine) = entry {
                if let Some((kept, other)) = join_entry(mine, arriving) {
                    let product = mine.product.clone();
                    merged.conflicts.push(Conflict {
                        pc: theirs.name.clone(),
                        product,
                        kept,
                        other,
                    });
                }
            } else {
                let mut added = arriving.clone();
                added.step(StepKind::Imported, by);
                self.pcs[index].entries.push(added);
                merged.entries += 1;
            }
        }
    }
}

fn join_facts(mine: &mut Pc, theirs: &Pc) {
    if mine.bare && !theirs.bare {
        mine.name = theirs.name.clone();
        mine.bare = false;
    }
    mine.serial = mine.serial.take().or_else(|| theirs.serial.clone());
    mine.place = mine.place.take().or_else(|| theirs.place.clone());
    mine.taken_at = mine.taken_at.max(theirs.taken_at);
    mine.seen_at = mine.seen_at.max(theirs.seen_at);
}

/// How far along a state is; of two records of one product the further counts.
fn rank(state: State) -> u8 {
    match state {
        State::Open => 0,
        State::Cid => 1,
        State::Delivered => 2,
        State::Failed => 3,
        State::Activated => 4,
    }
}

/// Same number: the record that is further along. Else the one whose number
/// was seen last, and the other becomes history. The masked Confirmation IDs
/// if the two do not go together.
fn join_entry(mine: &mut Entry, theirs: &Entry) -> Option<(String, String)> {
    let steps = joined_steps(&mine.steps, &theirs.steps);
    let mut history = mine.superseded.clone();
    for old in &theirs.superseded {
        if !history
            .iter()
            .any(|one| one.iid == old.iid && one.cid == old.cid)
        {
            history.push(old.clone());
        }
    }
    let mut conflict = None;
    if mine.iid == theirs.iid {
        let theirs_is_further = rank(theirs.state) > rank(mine.state);
        let (further, other) = if theirs_is_further {
            (theirs, &*mine)
        } else {
            (&*mine, theirs)
        };
        if let (Some(kept), Some(gone)) = (&further.cid, &other.cid)
            && kept != gone
        {
            let rival = Superseded {
                iid: mine.iid.clone(),
                cid: Some(gone.clone()),
                at: latest(other),
            };
            // Told once, and kept for good.
            if !history
                .iter()
                .any(|one| one.iid == rival.iid && one.cid == rival.cid)
            {
                conflict = Some((kept.masked(), gone.masked()));
                history.push(rival);
            }
        }
        let mut joined = further.clone();
        joined.cid = joined.cid.or_else(|| other.cid.clone());
        joined.activation_id = joined.activation_id.or(other.activation_id);
        joined.product = joined.product.or_else(|| other.product.clone());
        joined.key_tail = joined.key_tail.or_else(|| other.key_tail.clone());
        *mine = joined;
    } else {
        let has_had = |one: &Entry, iid| one.superseded.iter().any(|old| old.iid == iid);
        let theirs_is_newer = !has_had(mine, theirs.iid.clone())
            && (has_had(theirs, mine.iid.clone()) || last_read(theirs) > last_read(mine));
        let (now, old) = if theirs_is_newer {
            (theirs.clone(), mine.clone())
        } else {
            (mine.clone(), theirs.clone())
        };
        if !history
            .iter()
            .any(|one| one.iid == old.iid && one.cid == old.cid)
        {
            history.push(Superseded {
                at: last_read(&now),
                iid: old.iid,
                cid: old.cid,
            });
        }
        *mine = now;
        history.retain(|one| one.iid != mine.iid || one.cid != mine.cid);
    }
    mine.superseded = history;
    mine.steps = steps;
    conflict
}

/// When this number was read.
fn last_read(entry: &Entry) -> Time {
    let read = |step: &&Step| matches!(step.kind, StepKind::Collected | StepKind::Changed);
    let times = entry.steps.iter().filter(read).map(|step| step.at);
    times.max().unwrap_or_default()
}

fn latest(entry: &Entry) -> Time {
    let times = entry.steps.iter().map(|step| step.at);
    times.max().unwrap_or_default()
}

fn joined_steps(mine: &[Step], theirs: &[Step]) -> Vec<Step> {
    let mut steps = mine.to_vec();
    for step in theirs {
        if !mine
            .iter()
            .any(|one| one.kind == step.kind && one.at == step.at)
        {
            steps.push(step.clone());
        }
    }
    steps.sort_by_key(|step| step.at);
    steps
}
