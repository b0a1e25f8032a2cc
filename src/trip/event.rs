//! Everything that a person or a camera does to a trip, as one value, and its
//! outcome. The phone page sends these events to its core, and the rules in
//! `fixtures/trip/rules` are written in them.
//!
//! Events and outcomes are plain data. The rules are in the methods that
//! [`Trip::apply`] calls.

use super::error::TripError;
use super::merge::MergeOutcome;
use super::model::{About, Attribution, Trip};
use super::{CollectOutcome, NumberDetails, PacketImport};
use crate::activation::{
    ConfirmationDigits, ConfirmationId, InstallationId, Label, NumberError, Receipt, Tag,
    TripMessage,
};
use crate::advice::Advice;
use crate::trip::file::{TripFile, TripFileError};
use crate::wire::pasted::{FoundInstallation, find_numbers, pcs_of};
use crate::wire::{Number, Packet, WireError, WireMessage, parse_message};
use serde::{Deserialize, Serialize};

/// A change to a trip. Texts are as a camera reads them or a person pastes
/// them. PCs are identified by their number in the trip, products by their tag.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum TripEvent {
    /// A request, bare or in a link, an Installation ID, or a text that
    /// contains some.
    Collect {
        /// The text.
        text: String,
        /// Name that a person gives to the PC of a bare number.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        /// Product that a person says a bare number is of.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        product: Option<String>,
    },
    /// A Confirmation ID for a request.
    Keep {
        /// The request that it answers.
        tag: Tag,
        /// 48 digits.
        cid: String,
        /// A person was asked, and wants it nevertheless.
        #[serde(default)]
        confirmed: bool,
        /// Its check digits fail, and the person leaves the verdict to Windows.
        #[serde(default)]
        insisted: bool,
    },
    /// The Confirmation ID of a request belongs to another one.
    TakeBack {
        /// The request.
        tag: Tag,
    },
    /// These replies were shown to their PC.
    Deliver {
        /// The requests that they answer.
        tags: Vec<Tag>,
    },
    /// A result code.
    Receive {
        /// The text of its symbol.
        text: String,
    },
    /// A person read on the PC's screen that Windows activated this product.
    SawActivated {
        /// Its request.
        tag: Tag,
    },
    /// A trip file, or a trip in one packet.
    Import {
        /// The text.
        text: String,
    },
    /// A person renames a PC.
    RenamePc {
        /// The PC.
        pc: u32,
        /// The new name.
        name: String,
    },
    /// A person renames the trip.
    Rename {
        /// The new name.
        name: String,
    },
    /// A PC is removed from this record.
    Remove {
        /// The PC.
        pc: u32,
    },
    /// Two PCs are one machine.
    Join {
        /// One.
        one: u32,
        /// The other.
        other: u32,
    },
    /// One PC is really several machines.
    Part {
        /// The PC.
        pc: u32,
    },
    /// This number is the current one of its product, by a person's word.
    UseNumber {
        /// Its tag.
        tag: Tag,
    },
    /// A new trip begins.
    Begin {
        /// Its name.
        name: String,
    },
}

/// The outcome of an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum TripOutcome {
    /// PCs were collected.
    Collected {
        /// The PCs, in order.
        pcs: Vec<CollectedPc>,
    },
    /// A Confirmation ID is stored.
    Kept {
        /// The request that it answers.
        tag: Tag,
        /// The next waiting request in the order of collection; after the last
        /// one it continues with the first.
        #[serde(skip_serializing_if = "Option::is_none")]
        next: Option<Tag>,
    },
    /// A result was added.
    Received {
        /// The PC.
        pc: u32,
        /// Products that it reports as activated.
        activated: Vec<Tag>,
        /// Products that were refused.
        failed: Vec<Tag>,
    },
    /// A result code of a PC that is not in this trip.
    Stranger {
        /// The PC's own name.
        name: Label,
    },
    /// Another trip was merged into this one.
    Merged {
        /// PCs that are new here.
        pcs: usize,
        /// Products that are new here.
        entries: usize,
        /// Products for which a person must say which Confirmation ID is right.
        conflicts: usize,
        /// Products for which one of two Installation IDs had to be chosen.
        numbers: usize,
        /// Display names of PCs that may or may not be one.
        namesakes: Vec<Vec<String>>,
    },
    /// PCs were joined or split; these are their names now.
    Called {
        /// The display names.
        pcs: Vec<String>,
    },
    /// Done, with nothing more to report.
    Done,
}

/// What a request changed in the trip.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CollectedPc {
    /// The PC.
    pub pc: u32,
    /// Its products in the request.
    pub tags: Vec<Tag>,
    /// Number of new products.
    pub added: usize,
    /// Number of products whose Installation ID changed.
    pub changed: usize,
    /// Of these, products whose Confirmation ID was set aside.
    pub voided: usize,
    /// Of these, products whose earlier Confirmation ID came back with their
    /// number.
    pub restored: usize,
    /// Number of products of which the trip has a newer Installation ID.
    pub older: usize,
    /// PCs with the same name, of which nothing tells whether this is one of
    /// them.
    pub namesakes: Vec<u32>,
}

/// Why an event changed nothing.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames, Advice,
)]
#[strum(serialize_all = "kebab-case", prefix = "trip-")]
pub enum TripEventError {
    /// The text is not a message.
    #[error(transparent)]
    Wire(#[from] WireError),
    /// The trip refuses it.
    #[error(transparent)]
    Trip(#[from] TripError),
    /// The number is not valid.
    #[error(transparent)]
    Number(#[from] NumberError),
    /// The file is not valid.
    #[error(transparent)]
    File(#[from] TripFileError),
    /// The text is a message of another kind.
    #[error("a message of another kind")]
    OtherKind,
}

impl Trip {
    /// Applies an event to the trip.
    ///
    /// # Errors
    /// [`TripEventError`]; nothing is changed.
    pub fn apply(
        &mut self,
        event: &TripEvent,
        by: &Attribution,
    ) -> Result<TripOutcome, TripEventError> {
        match event {
            TripEvent::Collect {
                text,
                name,
                product,
            } => {
                let said = NumberDetails {
                    pc: name.as_deref().and_then(Label::cleaned),
                    product: product.as_deref().and_then(Label::cleaned),
                    ..NumberDetails::default()
                };
                self.take_request(text, &said, by)
            }
            TripEvent::Keep {
                tag,
                cid,
                confirmed,
                insisted,
            } => {
                let cid = if *insisted {
                    ConfirmationDigits::despite_check_digits(cid)?
                } else {
                    ConfirmationId::parse(cid)?.into()
                };
                self.keep_cid(*tag, &cid, *confirmed, by)?;
                Ok(TripOutcome::Kept {
                    tag: *tag,
                    next: self.next_open(*tag),
                })
            }
            TripEvent::TakeBack { tag } => done(self.take_back_cid(*tag, by)),
            TripEvent::Deliver { tags } => {
                let before = self.clone();
                for &tag in tags {
                    if let Err(error) = self.deliver(tag, by) {
                        *self = before;
                        return Err(error.into());
                    }
                }
                Ok(TripOutcome::Done)
            }
            TripEvent::Receive { text } => match parse_message(text)? {
                WireMessage::Packet(Packet::Receipt(receipt)) => Ok(self.receive(&receipt, by)),
                _ => Err(TripEventError::OtherKind),
            },
            TripEvent::SawActivated { tag } => Ok(TripOutcome::Received {
                pc: self.saw_activated(*tag, by)?,
                activated: vec![*tag],
                failed: Vec::new(),
            }),
            TripEvent::Import { text } => self.import(text, by),
            TripEvent::RenamePc { pc, name } => done(self.rename_pc(*pc, name, by)),
            TripEvent::Rename { name } => done(self.set_name(name)),
            TripEvent::Remove { pc } => done(self.remove_pc(*pc)),
            TripEvent::Join { one, other } => {
                let called = self.join_pcs(*one, *other, by)?;
                Ok(TripOutcome::Called { pcs: vec![called] })
            }
            TripEvent::Part { pc } => {
                let pcs = self.split_pc(*pc, by)?;
                Ok(TripOutcome::Called { pcs })
            }
            TripEvent::UseNumber { tag } => done(self.use_number(*tag, by)),
            TripEvent::Begin { name } => {
                let name = Label::cleaned(name).ok_or(TripError::NameEmpty)?;
                *self = Self::new(About::named(name, by.at));
                Ok(TripOutcome::Done)
            }
        }
    }

    /// `said` is what a person says of a number that says nothing itself.
    fn take_request(
        &mut self,
        text: &str,
        said: &NumberDetails,
        by: &Attribution,
    ) -> Result<TripOutcome, TripEventError> {
        let found = match parse_message(text) {
            Ok(WireMessage::Packet(Packet::Request(request))) => {
                let tags = request.products.iter();
                let tags = tags.map(|product| product.installation_id.tag()).collect();
                let collected = self.collect(&request, by)?;
                let pcs = vec![self.collected(&collected, tags)];
                return Ok(TripOutcome::Collected { pcs });
            }
            Ok(WireMessage::Number(Number::InstallationId(iid))) => {
                let collected = self.collect_number(&iid, said, by)?;
                let pcs = vec![self.collected(&collected, vec![iid.tag()])];
                return Ok(TripOutcome::Collected { pcs });
            }
            Ok(_) => return Err(TripEventError::OtherKind),
            Err(error) => {
                let found = find_numbers(text).installation_ids;
                if found.is_empty() {
                    return Err(error.into());
                }
                found
            }
        };
        let before = self.clone();
        let mut pcs = Vec::new();
        for pc in pcs_of(found) {
            let name = pc.name.or_else(|| said.pc.clone());
            let numbers: Vec<(InstallationId, NumberDetails)> = pc
                .numbers
                .into_iter()
                .map(|found| NumberDetails::of_found(found, name.clone()))
                .collect();
            let tags = numbers.iter().map(|(iid, _)| iid.tag()).collect();
            match self.collect_numbers(&numbers, by) {
                Ok(collected) => pcs.push(self.collected(&collected, tags)),
                Err(error) => {
                    *self = before;
                    return Err(error.into());
                }
            }
        }
        Ok(TripOutcome::Collected { pcs })
    }

    /// Converts the outcome to ids and tags.
    fn collected(&self, collected: &CollectOutcome, tags: Vec<Tag>) -> CollectedPc {
        let number_of = |called: &String| {
            let mut pcs = self.pcs.iter();
            pcs.find(|pc| pc.called() == *called).map(|pc| pc.id)
        };
        let pc = tags.iter().find_map(|&tag| self.number(tag));
        let pc = pc.map(|(pc, ..)| pc.id).unwrap_or_default();
        let namesakes = collected.namesakes.iter().filter_map(number_of);
        CollectedPc {
            pc,
            tags,
            added: collected.added,
            changed: collected.changed,
            voided: collected.voided,
            restored: collected.restored,
            older: collected.older,
            namesakes: namesakes.filter(|&other| other != pc).collect(),
        }
    }

    /// The next request after this one that is waiting for a Confirmation ID;
    /// after the last one it continues with the first.
    fn next_open(&self, tag: Tag) -> Option<Tag> {
        let all: Vec<Tag> = self.entries().map(|(_, entry)| entry.tag()).collect();
        let open: Vec<Tag> = self.open_requests().map(|(_, entry)| entry.tag()).collect();
        let at = all.iter().position(|&one| one == tag).unwrap_or_default();
        let mut around = all[at..].iter().chain(&all[..at]);
        around.find(|one| open.contains(one)).copied()
    }

    fn receive(&mut self, receipt: &Receipt, by: &Attribution) -> TripOutcome {
        let stranger = || TripOutcome::Stranger {
            name: receipt.pc.name.clone(),
        };
        if self.close(receipt, by).is_none() {
            return stranger();
        }
        let known = receipt.products.iter().filter_map(|product| {
            let (pc, ..) = self.number(product.tag)?;
            Some((pc.id, product))
        });
        let known: Vec<_> = known.collect();
        let Some(&(pc, _)) = known.first() else {
            return stranger();
        };
        let (activated, failed): (Vec<_>, Vec<_>) =
            (known.into_iter()).partition(|(_, product)| product.is_activated());
        let tags = |all: Vec<(u32, &crate::activation::ProductReceipt)>| {
            all.into_iter().map(|(_, product)| product.tag).collect()
        };
        TripOutcome::Received {
            pc,
            activated: tags(activated),
            failed: tags(failed),
        }
    }

    fn import(&mut self, text: &str, by: &Attribution) -> Result<TripOutcome, TripEventError> {
        let merged = match ImportedTrip::of(text)? {
            ImportedTrip::File(file) => self.merge(&Self::from_file(&file)?)?,
            ImportedTrip::Packet(packet) => {
                let before = self.pcs.len();
                let PacketImport {
                    added, contested, ..
                } = self.take_packet(&packet, by)?;
                return Ok(TripOutcome::Merged {
                    pcs: self.pcs.len().saturating_sub(before),
                    entries: added,
                    conflicts: contested,
                    numbers: 0,
                    namesakes: Vec::new(),
                });
            }
        };
        let MergeOutcome {
            pcs,
            entries,
            conflicts,
            numbers,
            namesakes,
        } = merged;
        Ok(TripOutcome::Merged {
            pcs,
            entries,
            conflicts: conflicts.len(),
            numbers: numbers.len(),
            namesakes,
        })
    }
}

/// A trip from another device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportedTrip {
    /// A trip file.
    File(Box<TripFile>),
    /// A packet `t1`, bare or in a link.
    Packet(Box<TripMessage>),
}

impl ImportedTrip {
    /// Parses either form.
    ///
    /// # Errors
    /// [`TripEventError::Wire`] for a text that begins as a packet or a link
    /// and is not a trip, [`TripEventError::File`] for everything else.
    pub fn of(text: &str) -> Result<Self, TripEventError> {
        let trimmed = text.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
        if trimmed.starts_with("t1.") || trimmed.to_ascii_lowercase().starts_with("http") {
            return match parse_message(text)? {
                WireMessage::Packet(Packet::Trip(packet)) => Ok(Self::Packet(Box::new(packet))),
                _ => Err(TripEventError::OtherKind),
            };
        }
        Ok(Self::File(Box::new(TripFile::parse(text)?)))
    }

    /// Its name, and the number of its PCs and products.
    pub fn about(&self) -> (&Label, usize, usize) {
        match self {
            Self::File(file) => {
                let products = file.pcs.iter().map(|pc| pc.entries.len()).sum();
                (&file.name, file.pcs.len(), products)
            }
            Self::Packet(packet) => {
                let products = packet.requests.iter().map(|one| one.products.len()).sum();
                (&packet.name, packet.requests.len(), products)
            }
        }
    }
}

impl NumberDetails {
    /// What a text says about a number, with the name for its PC.
    pub fn of_found(found: FoundInstallation, pc: Option<Label>) -> (InstallationId, Self) {
        let facts = Self {
            pc,
            product: found.name,
            activation_id: found.activation_id,
            key_tail: found.key_tail,
            ..Self::default()
        };
        (found.iid, facts)
    }
}

fn done(result: Result<(), TripError>) -> Result<TripOutcome, TripEventError> {
    result.map(|()| TripOutcome::Done).map_err(Into::into)
}
