//! What came of every picture and text, and of all together.

use super::super::exit::Exit;
use super::super::face::Face;
use super::super::trip::say_namesakes;
use crate::trip::CollectOutcome;
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
    /// Confirmation IDs that came back with an earlier Installation ID.
    #[serde(skip_serializing_if = "is_none_of_them")]
    pub(super) restored: usize,
    /// Products of which a newer Installation ID is here.
    #[serde(skip_serializing_if = "is_none_of_them")]
    pub(super) older: usize,
    /// PCs of the same name, where nothing says whether they are one machine.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) namesakes: Vec<String>,
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
    Older,
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
            restored: 0,
            older: 0,
            namesakes: Vec::new(),
            reason: None,
            parts: None,
        }
    }

    pub(super) fn of(collected: &CollectOutcome) -> Self {
        let outcome = match collected {
            one if one.changed > 0 => Outcome::Changed,
            one if one.added > 0 => Outcome::Collected,
            one if one.older > 0 => Outcome::Older,
            _ => Outcome::Known,
        };
        Self {
            pc: Some(collected.pc.clone()),
            products: collected.added + collected.changed,
            voided: collected.voided,
            restored: collected.restored,
            older: collected.older,
            namesakes: collected.namesakes.clone(),
            reason: (outcome == Outcome::Older).then_some("collect-older"),
            ..Self::new(String::new(), outcome)
        }
    }
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde asks for it
fn is_none_of_them(count: &usize) -> bool {
    *count == 0
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
            | Outcome::Older
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
            let called = self.pc.clone().unwrap_or_default();
            let pair = face.messages.pair(reason, &[("pc", called.into())]);
            if !pair.next.is_empty() {
                face.note(&format!("  → {}", pair.next));
            }
        }
        if self.restored > 0 {
            let facts = [("restored", self.restored.into())];
            face.note(&format!("  {}", face.say_with("collect-restored", &facts)));
        }
        say_namesakes(&self.namesakes, face);
    }
}
