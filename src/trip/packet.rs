//! Packets `t1`: the messages of somebody else's walk.

use super::TripError;
use super::collect::seconds;
use super::facts::{Kept, Number};
use super::model::{By, Trip};
use crate::activation::{ConfirmationDigits, TripMessage};

/// What a packet `t1` brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Taken {
    /// Products that are new here.
    pub added: usize,
    /// Confirmation IDs that are new here.
    pub replies: usize,
    /// Confirmation IDs that answer nothing here; they were left out.
    pub refused: usize,
    /// Products for which several Confirmation IDs contend since.
    pub contested: usize,
    /// Receipts of PCs that are here.
    pub receipts: usize,
}

impl Trip {
    /// Takes in the messages of somebody else's walk. What is in them are facts
    /// like any other; none undoes another one.
    ///
    /// # Errors
    /// [`TripError::Full`], [`TripError::PracticeMixed`]; nothing is changed.
    pub fn take_packet(&mut self, packet: &TripMessage, by: &By) -> Result<Taken, TripError> {
        let before = self.clone();
        let mut taken = Taken::default();
        for request in &packet.requests {
            // What was gathered there was gathered then.
            let then = By {
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
            // taken back here, is no news.
            if number.kept.iter().any(|kept| kept.cid == cid) {
                continue;
            }
            let kept = Kept {
                cid,
                at: written_at,
                actor: None,
            };
            came.push(Number {
                kept: vec![kept],
                ..Number::bare((*number.iid).clone(), number.first_seen)
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
