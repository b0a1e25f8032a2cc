//! What came of every picture and text, and of all together.

use super::super::exit::Exit;
use super::super::face::Face;
use crate::trip::Collected;
use serde::Serialize;

/// What was found in one picture or text; names are stable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Row {
    pub(super) source: String,
    pub(super) outcome: Outcome,
    pub(super) pc: Option<String>,
    pub(super) products: usize,
    /// Confirmation IDs that a changed Installation ID made void.
    pub(super) voided: usize,
    /// Id of the message that says why nothing came of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reason: Option<&'static str>,
    /// How far a trip in several symbols is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) parts: Option<Parts>,
}

/// Symbols of a trip that are known, of those that are needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(super) struct Parts {
    pub(super) known: usize,
    pub(super) needed: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, strum::IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case", prefix = "collect-")]
pub(super) enum Outcome {
    Collected,
    Known,
    Changed,
    Receipt,
    Trip,
    Part,
    PartKnown,
    Nothing,
    Other,
    Refused,
    Unreadable,
}

impl Row {
    /// Nothing yet but where it is from.
    pub(super) fn new(source: String, outcome: Outcome) -> Self {
        Self {
            source,
            outcome,
            pc: None,
            products: 0,
            voided: 0,
            reason: None,
            parts: None,
        }
    }

    pub(super) fn of(collected: &Collected) -> Self {
        Self {
            source: String::new(),
            outcome: match collected {
                one if one.changed > 0 => Outcome::Changed,
                one if one.is_known() => Outcome::Known,
                _ => Outcome::Collected,
            },
            pc: Some(collected.pc.to_string()),
            products: collected.added + collected.changed,
            voided: collected.voided,
            reason: None,
            parts: None,
        }
    }
}

/// What came of everything.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) looked: usize,
    pub(super) found: usize,
    pub(super) collected: usize,
    pub(super) changed: usize,
    pub(super) nothing: usize,
    pub(super) worst: Exit,
}

impl Tally {
    pub(super) fn add(&mut self, row: &Row, face: &Face) {
        self.looked += 1;
        match row.outcome {
            Outcome::Collected => self.collected += 1,
            Outcome::Changed => self.changed += 1,
            Outcome::Known
            | Outcome::Receipt
            | Outcome::Trip
            | Outcome::Part
            | Outcome::PartKnown => {}
            Outcome::Nothing | Outcome::Other => self.nothing += 1,
            Outcome::Refused => self.worst = self.worst.max(Exit::NotForThisPc),
            Outcome::Unreadable => self.worst = self.worst.max(Exit::Io),
        }
        let is_found = !matches!(
            row.outcome,
            Outcome::Nothing | Outcome::Other | Outcome::Unreadable
        );
        self.found += usize::from(is_found);
        row.say(face);
        face.object(row);
    }

    pub(super) fn say(&self, face: &Face) {
        face.line(&face.say_with(
            "collect-totals",
            &[
                ("looked", self.looked.into()),
                ("collected", self.collected.into()),
                ("changed", self.changed.into()),
                ("nothing", self.nothing.into()),
            ],
        ));
    }
}

impl Row {
    fn say(&self, face: &Face) {
        let pc = self.pc.clone().unwrap_or_default();
        let parts = self.parts.unwrap_or(Parts {
            known: 0,
            needed: 0,
        });
        let text = face.say_with(
            self.outcome.into(),
            &[
                ("source", self.source.clone().into()),
                ("pc", pc.into()),
                ("products", self.products.into()),
                ("voided", self.voided.into()),
                ("known", parts.known.into()),
                ("needed", parts.needed.into()),
            ],
        );
        match self.outcome {
            Outcome::Collected | Outcome::Receipt | Outcome::Trip => face.done(&text),
            Outcome::Known | Outcome::Part | Outcome::PartKnown => face.line(&text),
            _ => face.amber(&text),
        }
        // What to do, in the words of whoever could not read it.
        if let Some(reason) = self.reason {
            let pair = face.messages.pair(reason, &[]);
            if !pair.next.is_empty() {
                face.note(&format!("  → {}", pair.next));
            }
        }
    }
}
