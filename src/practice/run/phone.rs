//! The phone of the rehearsal. It keeps what it reads in a trip, by the same calls
//! as on a real walk.

use super::RehearsalError;
use crate::activation::{InstallationId, Label, Receipt, Reply, Request, Tag};
use crate::practice::portal;
use crate::trip::Time;
use crate::trip::{About, Attribution, NumberDetails, Trip, report};
use crate::wire::{Number, Packet, WireMessage, parse_message};

/// What was read from a PC's screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ScannedRequest {
    /// A complete request.
    Request(Request),
    /// A bare Installation ID.
    Number(InstallationId),
}

impl ScannedRequest {
    /// The tags of its Installation IDs, one per product.
    fn tags(&self) -> Vec<Tag> {
        match self {
            Self::Request(request) => {
                let products = request.products.iter();
                products
                    .map(|product| product.installation_id.tag())
                    .collect()
            }
            Self::Number(iid) => vec![iid.tag()],
        }
    }
}

/// Reads a request: a packet in a link, or a bare Installation ID.
pub(super) fn request_in(text: &str) -> Option<ScannedRequest> {
    match parse_message(text).ok()? {
        WireMessage::Number(Number::InstallationId(iid)) => Some(ScannedRequest::Number(iid)),
        WireMessage::Packet(Packet::Request(request)) => Some(ScannedRequest::Request(request)),
        _ => None,
    }
}

/// Reads a receipt.
pub(super) fn receipt_in(text: &str) -> Option<Receipt> {
    match parse_message(text).ok()? {
        WireMessage::Packet(Packet::Receipt(receipt)) => Some(receipt),
        _ => None,
    }
}

/// The phone. It knows only what it photographed.
#[derive(Debug)]
pub(super) struct RehearsalPhone {
    trip: Trip,
    by: Attribution,
}

impl RehearsalPhone {
    /// A phone with an empty trip.
    pub(super) fn new(name: Label, at: Time) -> Self {
        Self {
            trip: Trip::new(About::named(name, at)),
            by: Attribution { at, actor: None },
        }
    }

    /// Keeps a request; the same PC twice counts as one.
    pub(super) fn collect(&mut self, request: &ScannedRequest) -> Result<(), RehearsalError> {
        match request {
            ScannedRequest::Request(request) => self.trip.collect(request, &self.by)?,
            ScannedRequest::Number(iid) => {
                self.trip
                    .collect_number(iid, &NumberDetails::default(), &self.by)?
            }
        };
        Ok(())
    }

    /// Enters every Installation ID at the practice portal.
    pub(super) fn visit_portal(&mut self) -> Result<(), RehearsalError> {
        let open: Vec<InstallationId> = self
            .trip
            .open_requests()
            .map(|(_, entry)| entry.iid.clone())
            .collect();
        for iid in open {
            if let Some(cid) = portal::confirm(&iid) {
                self.trip
                    .keep_cid(iid.tag(), &cid.into(), false, &self.by)?;
            }
        }
        Ok(())
    }

    /// The replies for the PC that was recognised.
    pub(super) fn replies_for(&self, recognised: &ScannedRequest) -> Vec<Reply> {
        let asked = recognised.tags();
        let replies = self.trip.replies().map(|(_, _, reply)| reply);
        replies.filter(|reply| asked.contains(&reply.tag)).collect()
    }

    /// Records that the reply was shown to its PC.
    pub(super) fn deliver(&mut self, tag: Tag) -> Result<(), RehearsalError> {
        Ok(self.trip.deliver(tag, &self.by)?)
    }

    /// Rank of a tag among all in the trip, which does not depend on the order in
    /// which threads visited the PCs.
    pub(super) fn position(&self, tag: Tag) -> usize {
        let all = self.trip.entries().map(|(_, entry)| entry.tag());
        all.filter(|&other| other < tag).count()
    }

    /// Applies a receipt to the trip.
    pub(super) fn close(&mut self, receipt: &Receipt) {
        self.trip.close(receipt, &self.by);
    }

    /// Number of products that receipts reported as activated.
    pub(super) fn activated(&self) -> usize {
        report(&self.trip, self.by.at).totals.activated
    }

    /// The books.
    pub(super) fn into_trip(self) -> Trip {
        self.trip
    }
}
