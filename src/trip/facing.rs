//! What a phone shows to the PC whose screen it looks at.

use super::model::{Pc, Trip, TripEntry};
use super::values::ProductState;
use crate::activation::{InstallationId, Label, Request, Tag};

/// What the PC's screen shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PcScreen<'a> {
    /// A request.
    Request(&'a Request),
    /// A bare Installation ID.
    Number(&'a InstallationId),
}

/// What to show to that PC. An answer is shown only for exactly an Installation
/// ID on the PC's screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Facing<'a> {
    /// The replies for these products.
    Replies {
        /// The PC.
        pc: &'a Pc,
        /// Its products with a reply to show.
        entries: Vec<&'a TripEntry>,
        /// Whether another product of the PC shows a number that has no answer.
        changed: bool,
    },
    /// No Confirmation ID is in hand for these products.
    Waiting {
        /// The PC.
        pc: &'a Pc,
        /// Its products.
        entries: Vec<&'a TripEntry>,
    },
    /// The PC refused the Confirmation ID in hand, and would refuse it again.
    Refused {
        /// The PC.
        pc: &'a Pc,
        /// The product.
        entry: &'a TripEntry,
    },
    /// All its products are activated.
    Activated {
        /// The PC.
        pc: &'a Pc,
    },
    /// Its Installation ID is not the known one.
    Changed {
        /// The PC.
        pc: &'a Pc,
    },
    /// A newer Installation ID is known than the one on its screen.
    Older {
        /// The PC.
        pc: &'a Pc,
    },
    /// The PC is unknown.
    Unknown {
        /// The PC's own name, if it shows one.
        name: Option<Label>,
    },
}

impl TripEntry {
    /// Whether the PC refused the Confirmation ID in hand because of the number
    /// itself, so that it would be refused again.
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

    /// Whether there is an answer worth showing. After any other failure it is
    /// shown once more.
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
        // One screen never shows numbers of several PCs; use the first PC.
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

    /// For a request none of whose numbers is current in this trip.
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
