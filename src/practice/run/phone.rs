//! The phone on the walk: what it gathered, what it has in hand, what came
//! back.

use crate::activation::{InstallationId, Label, ProductReceipt, Reply, Tag};
use crate::practice::portal;
use crate::wire::{Message, Number, Packet, parse_message};
use std::collections::BTreeMap;

/// What was read off a PC's screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Gathered {
    /// Name of the PC, where the request tells it.
    pub(super) pc: Option<Label>,
    /// Installation IDs, one per product.
    pub(super) iids: Vec<InstallationId>,
}

/// Reads a request: a packet in a link, or a bare Installation ID.
pub(super) fn request_in(text: &str) -> Option<Gathered> {
    match parse_message(text).ok()? {
        Message::Number(Number::InstallationId(iid)) => Some(Gathered {
            pc: None,
            iids: vec![iid],
        }),
        Message::Packet(Packet::Request(request)) => Some(Gathered {
            pc: Some(request.pc.name),
            iids: request
                .products
                .into_iter()
                .map(|product| product.installation_id)
                .collect(),
        }),
        _ => None,
    }
}

/// Reads a receipt.
pub(super) fn receipt_in(text: &str) -> Option<Vec<ProductReceipt>> {
    match parse_message(text).ok()? {
        Message::Packet(Packet::Receipt(receipt)) => Some(receipt.products),
        _ => None,
    }
}

/// The trip as the phone keeps it. It holds nothing that was not photographed.
#[derive(Debug, Default)]
pub(super) struct Phone {
    requests: BTreeMap<Tag, InstallationId>,
    replies: BTreeMap<Tag, Reply>,
    closed: BTreeMap<Tag, ProductReceipt>,
}

impl Phone {
    /// Keeps what was read off a PC's screen; the same PC twice is one.
    pub(super) fn gather(&mut self, gathered: &Gathered) {
        for iid in &gathered.iids {
            self.requests.insert(iid.tag(), iid.clone());
        }
    }

    /// The owner enters every Installation ID at the practice portal.
    pub(super) fn visit_portal(&mut self) {
        for (&tag, iid) in &self.requests {
            if let Some(cid) = portal::confirm(iid) {
                self.replies.insert(tag, Reply { cid, tag });
            }
        }
    }

    /// Replies for what was recognised on a PC's screen.
    pub(super) fn replies_for(&self, recognised: &Gathered) -> Vec<Reply> {
        recognised
            .iids
            .iter()
            .filter_map(|iid| self.replies.get(&iid.tag()).cloned())
            .collect()
    }

    /// Position of a reply among all in hand.
    pub(super) fn position(&self, tag: Tag) -> Option<usize> {
        self.replies.keys().position(|&known| known == tag)
    }

    /// Closes what a receipt tells of.
    pub(super) fn close(&mut self, receipts: Vec<ProductReceipt>) {
        for receipt in receipts {
            if self.requests.contains_key(&receipt.tag) {
                self.closed.insert(receipt.tag, receipt);
            }
        }
    }

    /// Products that a receipt reported as activated.
    pub(super) fn activated(&self) -> usize {
        self.closed
            .values()
            .filter(|receipt| receipt.is_activated())
            .count()
    }
}
