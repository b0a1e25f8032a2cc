//! What is shown to a PC at whose screen a phone looks.

use super::model::{Pc, Trip, TripEntry};
use super::values::ProductState;
use crate::activation::{InstallationId, Label, Request, Tag};

/// What a PC's screen shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PcScreen<'a> {
    /// A request.
    Request(&'a Request),
    /// A bare Installation ID.
    Number(&'a InstallationId),
}

/// What is shown to that PC. Only an answer to exactly an Installation ID on
/// its screen ever is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Facing<'a> {
    /// These products' replies. `changed`: other products of it need a new
    /// answer.
    Replies {
        /// The PC.
        pc: &'a Pc,
        /// Its products that can be answered.
        entries: Vec<&'a TripEntry>,
        /// Whether another product of it shows a number that is not answered.
        changed: bool,
    },
    /// No Confirmation ID is in hand for these products of it.
    Waiting {
        /// The PC.
        pc: &'a Pc,
        /// Its products.
        entries: Vec<&'a TripEntry>,
    },
    /// It refused the Confirmation ID in hand, and would do so again.
    Refused {
        /// The PC.
        pc: &'a Pc,
        /// The product.
        entry: &'a TripEntry,
    },
    /// All of it is activated.
    Activated {
        /// The PC.
        pc: &'a Pc,
    },
    /// Its Installation ID is another than the one that is known.
    Changed {
        /// The PC.
        pc: &'a Pc,
    },
    /// A newer Installation ID of it is known than the one that it shows.
    Older {
        /// The PC.
        pc: &'a Pc,
    },
    /// Nobody knows it; how it calls itself, if it does.
    Unknown {
        /// Its name.
        name: Option<Label>,
    },
}

impl TripEntry {
    /// Whether the PC refused the Confirmation ID in hand for what it is: the
    /// same one would be refused again.
    pub fn is_refused(&self) -> bool {
        let is_final = |id| {
            matches!(
                id,
                "hresult-mismatch" | "hresult-changed" | "hresult-cid-version"
            )
        };
        self.state == ProductState::Failed
            && self
                .hresult
                .is_some_and(|code| is_final(code.0.message_id()))
    }

    /// Whether there is an answer that is still worth showing; for what failed
    /// otherwise, once more.
    pub fn is_deliverable(&self) -> bool {
        self.cid.is_some() && self.state != ProductState::Activated && !self.is_refused()
    }
}

impl Trip {
    /// What to show to the PC with this on its screen.
    pub fn facing(&self, screen: PcScreen<'_>) -> Facing<'_> {
        match screen {
            PcScreen::Number(iid) => self.facing_number(iid.tag()),
            PcScreen::Request(request) => self.facing_request(request),
        }
    }

    fn facing_number(&self, tag: Tag) -> Facing<'_> {
        match self.number(tag) {
            None => Facing::Unknown { name: None },
            Some((pc, entry, _)) if entry.tag() == tag => answer(pc, vec![entry], false),
            Some((pc, ..)) => Facing::Older { pc },
        }
    }

    fn facing_request(&self, request: &Request) -> Facing<'_> {
        let shown = |tag: Tag| {
            let mut products = request.products.iter();
            products.any(|product| product.installation_id.tag() == tag)
        };
        let asked: Vec<(&Pc, &TripEntry)> = self
            .entries()
            .filter(|(_, entry)| shown(entry.tag()))
            .collect();
        let Some(&(pc, _)) = asked.first() else {
            return self.facing_stranger(request);
        };
        // Numbers of several PCs are on no one screen; the first one counts.
        let entries: Vec<&TripEntry> = asked
            .iter()
            .filter(|(other, _)| other.id == pc.id)
            .map(|&(_, entry)| entry)
            .collect();
        let changed = pc.entries.iter().any(|entry| {
            let mut products = request.products.iter();
            products.any(|product| {
                Some(product.activation_id) == entry.activation_id && !shown(entry.tag())
            })
        });
        match answer(pc, entries, changed) {
            replies @ Facing::Replies { .. } => replies,
            _ if changed => Facing::Changed { pc },
            other => other,
        }
    }

    /// None of its numbers is the current one of a product here.
    fn facing_stranger(&self, request: &Request) -> Facing<'_> {
        let tags = request.products.iter();
        let mut former = tags.filter_map(|product| self.number(product.installation_id.tag()));
        if let Some((pc, ..)) = former.next() {
            return Facing::Older { pc };
        }
        let known = self.pcs.iter().find(|pc| {
            let machine = request.pc.machine;
            machine.is_some() && pc.machine == machine && !pc.entries.is_empty()
        });
        match known {
            Some(pc) => Facing::Changed { pc },
            None => Facing::Unknown {
                name: Some(request.pc.name.clone()),
            },
        }
    }
}

fn answer<'a>(pc: &'a Pc, entries: Vec<&'a TripEntry>, changed: bool) -> Facing<'a> {
    let is_open = |entry: &&TripEntry| entry.state != ProductState::Activated;
    let waiting: Vec<&TripEntry> = entries.into_iter().filter(is_open).collect();
    if waiting.is_empty() {
        return Facing::Activated { pc };
    }
    let is_deliverable = |entry: &&TripEntry| entry.is_deliverable();
    let ready: Vec<&TripEntry> = waiting.iter().copied().filter(is_deliverable).collect();
    if !ready.is_empty() {
        return Facing::Replies {
            pc,
            entries: ready,
            changed,
        };
    }
    match waiting.iter().find(|entry| entry.is_refused()) {
        Some(entry) => Facing::Refused { pc, entry },
        None => Facing::Waiting {
            pc,
            entries: waiting,
        },
    }
}

#[cfg(test)]
mod tests;
