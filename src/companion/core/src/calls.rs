//! The calls that the page makes, and their answers.

use crate::session::{CallFault, PageSession};
use hikyaku::activation::Tag;
use hikyaku::trip::TripEvent;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::HashMap;

/// A call from the page. Times are seconds since 1970.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "call", rename_all = "kebab-case", deny_unknown_fields)]
pub enum CoreCall {
    /// Opens the trip in these records, as they were stored.
    Open {
        /// The record of what the trip is about.
        about: String,
        /// The records of its PCs, in order.
        pcs: Vec<String>,
    },
    /// Opens the trip that an earlier version of the page stored; see `legacy`.
    OpenKept {
        /// The stored trip.
        kept: Box<crate::legacy::LegacyTrip>,
    },
    /// Opens an empty trip.
    Begin {
        /// Its name.
        name: String,
        /// Now.
        at: u64,
    },
    /// Applies an event to the trip. The change becomes final with
    /// [`CoreCall::Stored`].
    Apply {
        /// The event.
        event: TripEvent,
        /// Now.
        at: u64,
    },
    /// The last change is stored.
    Stored,
    /// The last change could not be stored.
    NotStored,
    /// Asks what a text is.
    Read {
        /// The text.
        text: String,
    },
    /// Finds the numbers in a text.
    Find {
        /// The text.
        text: String,
    },
    /// Asks which groups fail in an Installation ID that is being typed.
    Slips {
        /// The text so far.
        text: String,
    },
    /// Asks what is wrong in the groups of a number that a person corrects.
    Groups {
        /// How many digits the whole number has.
        length: usize,
        /// The groups as they stand.
        groups: Vec<String>,
    },
    /// Asks what a person may want to call a PC and its product.
    Offers,
    /// Asks what the field beside a request at the portal contains.
    Paste {
        /// The text.
        text: String,
        /// The current request.
        tag: Tag,
    },
    /// Empties that field.
    ClearPaste,
    /// Asks what to show to the PC with this on its screen.
    Facing {
        /// The text of its symbol.
        text: String,
    },
    /// Asks for all details of a PC.
    Detail {
        /// Its number.
        pc: u32,
    },
    /// Asks what the practice portal answers to a request.
    Practise {
        /// The request.
        tag: Tag,
    },
    /// Exports the trip as a file.
    Export {
        /// Now.
        at: u64,
    },
    /// Asks for the name and the size of a trip from another device.
    Look {
        /// Its text.
        text: String,
    },
    /// Starts to hand the trip over by moving symbols.
    HandOver {
        /// Now.
        at: u64,
    },
    /// Asks for the next moving symbol.
    NextPart,
    /// Takes a moving symbol from another device.
    TakePart {
        /// Its text.
        text: String,
    },
    /// Asks for the record for the customer.
    Report {
        /// Now.
        at: u64,
    },
    /// Asks for the same as a CSV table.
    Table {
        /// Now.
        at: u64,
        /// Its headings.
        heads: Box<[String; 14]>,
        /// Names of the progress values.
        words: HashMap<String, String>,
        /// Names of the licence statuses, by number.
        statuses: HashMap<String, String>,
        /// The times in the record, formatted by the person's device.
        times: HashMap<String, String>,
    },
    /// Asks for the modules of a symbol.
    Symbol {
        /// Its text.
        text: String,
    },
}

/// Answers a call; both are JSON texts.
pub fn answer_to_text(session: &mut PageSession, call: &[u8]) -> String {
    let answer = match serde_json::from_slice(call) {
        Ok(call) => session.answer(call),
        Err(error) => Err(CallFault::defect(&error.to_string())),
    };
    let answer = match answer {
        Ok(value) => json!({ "ok": value }),
        Err(fault) => json!({ "fault": fault }),
    };
    answer.to_string()
}

impl PageSession {
    /// Answers a call.
    ///
    /// # Errors
    /// A [`CallFault`]; nothing is changed.
    pub fn answer(&mut self, call: CoreCall) -> Result<Value, CallFault> {
        match call {
            CoreCall::Open { about, pcs } => self.open(&about, &pcs),
            CoreCall::OpenKept { kept } => self.open_kept(&kept),
            CoreCall::Begin { name, at } => self.begin(&name, at),
            CoreCall::Apply { event, at } => self.apply(&event, at),
            CoreCall::Stored => {
                self.stored();
                Ok(Value::Null)
            }
            CoreCall::NotStored => {
                self.not_stored();
                Ok(Value::Null)
            }
            CoreCall::Read { text } => crate::messages::read(&text),
            CoreCall::Find { text } => Ok(crate::messages::find(&text)),
            CoreCall::Slips { text } => Ok(crate::messages::slips(&text)),
            CoreCall::Groups { length, groups } => Ok(crate::messages::groups(length, &groups)),
            CoreCall::Offers => Ok(crate::view::offers(&self.trip)),
            CoreCall::Paste { text, tag } => Ok(self.paste(&text, tag)),
            CoreCall::ClearPaste => {
                self.field.clear();
                Ok(Value::Null)
            }
            CoreCall::Facing { text } => self.facing(&text),
            CoreCall::Detail { pc } => Ok(crate::view::detail(&self.trip, pc)),
            CoreCall::Practise { tag } => Ok(crate::view::practised(&self.trip, tag)),
            CoreCall::Export { at } => Ok(self.export(at)),
            CoreCall::Look { text } => crate::messages::look(&text),
            CoreCall::HandOver { at } => self.hand_over(at),
            CoreCall::NextPart => Ok(self.next_part()),
            CoreCall::TakePart { text } => self.take_part(&text),
            CoreCall::Report { at } => self.report(at),
            CoreCall::Table {
                at,
                heads,
                words,
                statuses,
                times,
            } => Ok(self.table(at, &heads, &words, &statuses, &times)),
            CoreCall::Symbol { text } => crate::view::symbol(&text),
        }
    }
}
