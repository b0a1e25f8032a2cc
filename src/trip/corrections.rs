//! What a person says about PCs: which one is meant, whether two are one, which
//! of two numbers is newer, what they are called.

use super::TripError;
use super::collect::MAX_WEIGHT;
use super::facts::{GivenName, Newer, NumberFacts, Tie};
use super::model::{Attribution, Pc, Trip};
use super::number::{after, put_tie};
use super::same_pc::numbers_by_request;
use super::values::MAX_TRIP_ENTRIES;
use crate::activation::{Label, Tag};
use std::collections::HashMap;

impl Trip {
    /// The PC that a person names: by its [display name](Pc::called), or by its
    /// name if that is unique.
    ///
    /// # Errors
    /// [`TripError::NoSuchPc`], [`TripError::SeveralPcs`].
    pub fn find_pc(&self, named: &str) -> Result<&Pc, TripError> {
        let named = named.trim();
        if let Some(pc) = self.pcs.iter().find(|pc| pc.called() == named) {
            return Ok(pc);
        }
        let folded = named.to_lowercase();
        let is_meant = |pc: &&Pc| {
            pc.called().to_lowercase() == folded || pc.name.as_str().to_lowercase() == folded
        };
        let found: Vec<&Pc> = self.pcs.iter().filter(is_meant).collect();
        match found[..] {
            [only] => Ok(only),
            [] => Err(TripError::NoSuchPc {
                pc: crate::ground::printable(named),
            }),
            _ => Err(TripError::SeveralPcs {
                pc: crate::ground::printable(named),
                names: found
                    .into_iter()
                    .map(Pc::called)
                    .collect::<Vec<_>>()
                    .join(", "),
            }),
        }
    }

    /// Declares two PCs to be one machine. Returns the display name of the
    /// joined PC.
    ///
    /// # Errors
    /// [`TripError::NotMet`] for a PC that is only on the list,
    /// [`TripError::SamePc`]; nothing is changed.
    pub fn join_pcs(
        &mut self,
        one: u32,
        other: u32,
        by: &Attribution,
    ) -> Result<String, TripError> {
        let (one, other) = (self.tags_of(one)?, self.tags_of(other)?);
        let first = one.first().copied().zip(other.first().copied());
        if first.is_none_or(|(one, other)| one == other) {
            return Err(TripError::SamePc);
        }
        self.tie(&pairs(&one, &other), true, by);
        let pc = one.first().and_then(|&tag| self.number(tag));
        Ok(pc.map(|(pc, ..)| pc.called()).unwrap_or_default())
    }

    /// Declares one PC to be several machines; numbers of one request stay
    /// together. Returns their display names.
    ///
    /// # Errors
    /// [`TripError::NotMet`], [`TripError::NothingToPart`]; nothing is changed.
    pub fn split_pc(&mut self, pc: u32, by: &Attribution) -> Result<Vec<String>, TripError> {
        let tags = self.tags_of(pc)?;
        let found = self.pcs.iter().find(|one| one.id == pc);
        let numbers: Vec<&NumberFacts> = found.into_iter().flat_map(Pc::numbers).collect();
        let parts: Vec<Vec<Tag>> = numbers_by_request(&numbers)
            .into_iter()
            .map(|part| part.into_iter().map(|at| numbers[at].tag()).collect())
            .collect();
        if parts.len() < 2 {
            return Err(TripError::NothingToPart {
                pc: found.map(Pc::called).unwrap_or_default(),
            });
        }
        let mut apart = Vec::new();
        for (at, part) in parts.iter().enumerate() {
            for other in &parts[at + 1..] {
                apart.extend(pairs(part, other));
            }
        }
        self.tie(&apart, false, by);
        let of = |pc: &&Pc| pc.numbers().any(|number| tags.contains(&number.tag()));
        Ok(self.pcs.iter().filter(of).map(Pc::called).collect())
    }

    /// Declares this number to be the current one of its product, whatever the
    /// clocks say.
    ///
    /// # Errors
    /// [`TripError::NoSuchEntry`].
    pub fn use_number(&mut self, tag: Tag, by: &Attribution) -> Result<(), TripError> {
        let (_, entry, _) = self.number(tag).ok_or(super::answer::no_such(tag))?;
        let others = entry.numbers().filter(|other| other.tag() != tag);
        let newer: Vec<Newer> = others
            .map(|other| {
                // Later than any earlier statement, whatever the clock says.
                let said = other.newer.iter().filter(|newer| newer.than == tag);
                let at = said.map(|newer| after(newer.at)).max();
                Newer {
                    than: other.tag(),
                    at: at.unwrap_or_default().max(by.at),
                    actor: by.actor.clone(),
                }
            })
            .collect();
        for number in self.numbers_mut().filter(|number| number.tag() == tag) {
            for newer in &newer {
                let said = NumberFacts {
                    newer: vec![newer.clone()],
                    ..NumberFacts::bare((*number.iid).clone(), number.first_seen)
                };
                number.join(&said);
            }
        }
        let numbers = self.all_numbers();
        self.regroup(numbers, None);
        Ok(())
    }

    /// Gives a PC a name, which it keeps whatever its own name is.
    ///
    /// # Errors
    /// [`TripError::NameEmpty`] if nothing of the name can be printed,
    /// [`TripError::NotMet`], [`TripError::Full`]; nothing is changed.
    pub fn rename_pc(&mut self, pc: u32, name: &str, by: &Attribution) -> Result<(), TripError> {
        let name = Label::cleaned(name).ok_or(TripError::NameEmpty)?;
        let tags = self.tags_of(pc)?;
        if self.weight() > MAX_WEIGHT {
            return Err(TripError::Full {
                limit: MAX_TRIP_ENTRIES,
            });
        }
        let given = self.pcs.iter().filter(|one| one.id == pc);
        let given = given.flat_map(Pc::numbers).filter_map(|number| {
            let named = number.named.as_ref()?;
            Some(after(named.at))
        });
        // Later than any earlier statement, whatever the clock says.
        let named = GivenName {
            at: given.max().unwrap_or_default().max(by.at),
            name,
            actor: by.actor.clone(),
        };
        // Stored once, with the lowest tag.
        let holder = tags.into_iter().min();
        for number in self.numbers_mut() {
            if Some(number.tag()) == holder {
                number.named = Some(named.clone());
            }
        }
        let numbers = self.all_numbers();
        self.regroup(numbers, None);
        Ok(())
    }

    /// Renames the trip.
    ///
    /// # Errors
    /// [`TripError::NameEmpty`]; nothing is changed.
    pub fn set_name(&mut self, name: &str) -> Result<(), TripError> {
        self.about.name = Label::cleaned(name).ok_or(TripError::NameEmpty)?;
        Ok(())
    }

    /// Removes a PC from this record, with everything that is known about it.
    /// Other records keep it, and bring it back when they are merged.
    ///
    /// # Errors
    /// [`TripError::NotMet`] if there is no PC with this number.
    pub fn remove_pc(&mut self, pc: u32) -> Result<(), TripError> {
        let Some(place) = self.pcs.iter().position(|one| one.id == pc) else {
            return Err(TripError::NotMet { pc: String::new() });
        };
        self.pcs.remove(place);
        self.recompute();
        Ok(())
    }

    fn tags_of(&self, pc: u32) -> Result<Vec<Tag>, TripError> {
        let pc = self.pcs.iter().find(|one| one.id == pc);
        let tags: Vec<Tag> = pc
            .into_iter()
            .flat_map(Pc::numbers)
            .map(NumberFacts::tag)
            .collect();
        if tags.is_empty() {
            return Err(TripError::NotMet {
                pc: pc.map(Pc::called).unwrap_or_default(),
            });
        }
        Ok(tags)
    }

    /// Records whether the numbers of each pair belong to one PC.
    fn tie(&mut self, pairs: &[(Tag, Tag)], one: bool, by: &Attribution) {
        let mut said: HashMap<Tag, Vec<Tie>> = HashMap::new();
        for &(a, b) in pairs {
            // Stored once per pair, with the lower of the two.
            let (holder, tag) = if a < b { (a, b) } else { (b, a) };
            said.entry(holder).or_default().push(Tie {
                tag,
                at: by.at,
                actor: by.actor.clone(),
                one,
            });
        }
        for number in self.numbers_mut() {
            for tie in said.remove(&number.tag()).unwrap_or_default() {
                put_tie(&mut number.ties, &tie);
            }
        }
        let numbers = self.all_numbers();
        self.regroup(numbers, None);
    }
}

fn pairs(one: &[Tag], other: &[Tag]) -> Vec<(Tag, Tag)> {
    one.iter()
        .flat_map(|&a| other.iter().map(move |&b| (a, b)))
        .collect()
}
