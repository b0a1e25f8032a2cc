//! The calls, and their answers.

use crate::session::{CallFault, PageSession};
use hikyaku::activation::Tag;
use hikyaku::trip::TripEvent;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::HashMap;

/// What the page asks. Times are seconds since 1970.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "call", rename_all = "kebab-case", deny_unknown_fields)]
pub enum CoreCall {
    /// Takes up the trip of these records, as they were stored.
    Open {
        /// What the trip is about.
        about: String,
        /// Its PCs, in order.
        pcs: Vec<String>,
    },
    /// Takes up the trip that an earlier page kept: see `legacy`.
    OpenKept {
        /// What it kept.
        kept: Box<crate::legacy::LegacyTrip>,
    },
    /// Takes up an empty trip.
    Begin {
        /// Its name.
        name: String,
        /// Now.
        at: u64,
    },
    /// Does to the trip what happened; it counts once it is stored.
    Apply {
        /// What happened.
        event: TripEvent,
        /// Now.
        at: u64,
    },
    /// The last change is stored.
    Stored,
    /// The last change could not be stored.
    NotStored,
    /// What a text is.
    Read {
        /// The text.
        text: String,
    },
    /// The numbers in a text.
    Find {
        /// The text.
        text: String,
    },
    /// Which groups of an Installation ID that is being typed fail.
    Slips {
        /// The text so far.
        text: String,
    },
    /// What stands in the field beside a request at the portal.
    Paste {
        /// The text.
        text: String,
        /// The request at hand.
        tag: Tag,
    },
    /// That field is empty again.
    ClearPaste,
    /// What to show to the PC with this on its screen.
    Facing {
        /// The text of its symbol.
        text: String,
    },
    /// All about a PC.
    Detail {
        /// Its number.
        pc: u32,
    },
    /// What the practice portal answers for a request.
    Practise {
        /// The request.
        tag: Tag,
    },
    /// The trip as a file.
    Export {
        /// Now.
        at: u64,
    },
    /// What a trip from elsewhere is called, and how much it holds.
    Look {
        /// Its text.
        text: String,
    },
    /// Begins to hand the trip on by moving symbols.
    HandOver {
        /// Now.
        at: u64,
    },
    /// The next moving symbol.
    NextPart,
    /// Takes a moving symbol of another device.
    TakePart {
        /// Its text.
        text: String,
    },
    /// The record for the customer.
    Report {
        /// Now.
        at: u64,
    },
    /// The same as a table.
    Table {
        /// Now.
        at: u64,
        /// Its headings.
        heads: Box<[String; 14]>,
        /// Names of how far a product is.
        words: HashMap<String, String>,
        /// Names of licence statuses, by their numbers.
        statuses: HashMap<String, String>,
        /// The times of the record as the person's device writes them.
        times: HashMap<String, String>,
    },
    /// The modules of a symbol.
    Symbol {
        /// Its text.
        text: String,
    },
}

/// Answers a call, both as text.
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
