//! Trips as packets `t1`: the messages of a trip, in one symbol or in several.

use super::TripError;
use super::collect::{NO_PRODUCT, seconds};
use super::facts::{KeptCid, NumberFacts};
use super::model::{Attribution, Pc, Trip, TripEntry};
use super::values::Time;
use crate::activation::{
    ActivationId, ConfirmationDigits, Label, MAX_PRODUCTS, PcIdentity, ProductReceipt,
    ProductRequest, Receipt, Reply, Request, TripMessage,
};
use chrono::{DateTime, Utc};

/// What a packet `t1` added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PacketImport {
    /// Products that are new here.
    pub added: usize,
    /// Confirmation IDs that are new here.
    pub replies: usize,
    /// Confirmation IDs that answer nothing here and were ignored.
    pub refused: usize,
    /// Products for which several Confirmation IDs contradict each other since.
    pub contested: usize,
    /// Receipts of PCs that are here.
    pub receipts: usize,
}

impl Trip {
    /// Adds the messages of somebody else's trip. They are facts like any
    /// others; none undoes another.
    ///
    /// # Errors
    /// [`TripError::Full`], [`TripError::PracticeMixed`]; nothing is changed.
    pub fn take_packet(
        &mut self,
        packet: &TripMessage,
        by: &Attribution,
    ) -> Result<PacketImport, TripError> {
        let before = self.clone();
        let mut taken = PacketImport::default();
        for request in &packet.requests {
            // It was collected when that device collected it.
            let then = Attribution {
                at: seconds(request.taken_at).unwrap_or(by.at),
                actor: by.actor.clone(),
            };
            match self.collect(request, &then) {
                Ok(collected) => taken.added += collected.added,
                Err(error) => {
                    *self = before;
                    return Err(error);
                }
            }
        }
        let written_at = seconds(packet.written_at).unwrap_or(by.at);
        let mut came = Vec::new();
        for reply in &packet.replies {
            let cid: ConfirmationDigits = reply.cid.clone().into();
            let Some((_, _, number)) = self.number(reply.tag) else {
                taken.refused += 1;
                continue;
            };
            if number.iid.is_practice() != cid.is_practice() {
                taken.refused += 1;
                continue;
            }
            // A packet does not say when it came in: one that is known, or was
            // taken back here, is not new.
            if number.kept.iter().any(|kept| kept.cid == cid) {
                continue;
            }
            let kept = KeptCid {
                cid,
                at: written_at,
                actor: None,
            };
            came.push(NumberFacts {
                kept: vec![kept],
                ..NumberFacts::bare((*number.iid).clone(), number.first_seen)
            });
            taken.replies += 1;
        }
        let contested = self.contested().count();
        if let Err(error) = self.merge_facts(&came, &[]) {
            *self = before;
            return Err(error);
        }
        taken.contested = self.contested().count().saturating_sub(contested);
        let receipts = packet.receipts.iter();
        taken.receipts = receipts
            .filter_map(|receipt| self.close(receipt, by))
            .count();
        Ok(taken)
    }
}

/// A trip as a packet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TripPacket {
    /// The packet.
    pub packet: TripMessage,
    /// Confirmation IDs that it cannot carry, because a person insisted on them
    /// although their check digits fail.
    pub left_out: usize,
}

impl Trip {
    /// The part of the trip that another device needs, as messages. Conflicts
    /// between Confirmation IDs are not included; a file carries them.
    pub fn to_packet(&self, written_at: Time) -> TripPacket {
        let mut packet = TripMessage {
            name: self.about.name.clone(),
            written_at: moment(written_at),
            requests: Vec::new(),
            replies: Vec::new(),
            receipts: Vec::new(),
        };
        for pc in &self.pcs {
            // A request cannot hold a product twice, and products without an
            // Activation ID are indistinguishable: each gets its own request.
            let (told, untold): (Vec<&TripEntry>, Vec<&TripEntry>) =
                (pc.entries.iter()).partition(|entry| entry.activation_id.is_some());
            for some in told.chunks(MAX_PRODUCTS).chain(untold.chunks(1)) {
                packet.requests.push(Request {
                    pc: identity(pc),
                    taken_at: moment(pc.taken_at.unwrap_or(pc.seen_at)),
                    products: some.iter().filter_map(|entry| product(entry)).collect(),
                });
                packet.receipts.extend(receipt(pc, some));
            }
        }
        let in_hand = self.entries().filter_map(|(_, entry)| {
            let cid = entry.cid.as_ref()?.checked()?;
            let tag = entry.tag();
            Some(Reply { cid, tag })
        });
        packet.replies.extend(in_hand);
        let unsound = |entry: &TripEntry| {
            entry
                .cid
                .as_ref()
                .is_some_and(|cid| cid.checked().is_none())
        };
        TripPacket {
            left_out: self.entries().filter(|(_, entry)| unsound(entry)).count(),
            packet,
        }
    }
}

fn moment(time: Time) -> DateTime<Utc> {
    let seconds = i64::try_from(u64::from(time)).unwrap_or_default();
    DateTime::from_timestamp(seconds, 0).unwrap_or_default()
}

fn identity(pc: &Pc) -> PcIdentity {
    PcIdentity {
        name: pc.name.clone(),
        serial: pc.serial.clone(),
        machine: pc.machine,
    }
}

fn product(entry: &TripEntry) -> Option<ProductRequest> {
    Some(ProductRequest {
        // A packet cannot omit these; all zeros means unknown.
        activation_id: match entry.activation_id {
            Some(id) => id,
            None => ActivationId::from_bytes(NO_PRODUCT),
        },
        name: match &entry.product {
            Some(name) => name.clone(),
            None => Label::cleaned("?")?,
        },
        key_tail: entry.key_tail.clone(),
        installation_id: entry.iid.clone(),
    })
}

fn receipt(pc: &Pc, entries: &[&TripEntry]) -> Option<Receipt> {
    let closed = entries.iter().filter(|one| one.status.is_some());
    let closed: Vec<&TripEntry> = closed.copied().collect();
    let last = closed
        .iter()
        .flat_map(|entry| entry.steps())
        .map(|step| step.at);
    let issued_at = moment(last.max()?);
    let products = closed.into_iter().filter_map(|entry| {
        Some(ProductReceipt {
            tag: entry.tag(),
            status: entry.status?,
            refusal: entry.hresult.map(|code| code.0),
        })
    });
    Some(Receipt {
        pc: identity(pc),
        issued_at,
        products: products.collect(),
    })
}

#[cfg(test)]
mod tests;
