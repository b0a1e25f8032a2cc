//! What each picture and text gave, and all of them together.

use crate::advice::ToFact;
use crate::cli::console::Console;
use crate::cli::exit::Exit;
use crate::cli::trip::say_namesakes;
use crate::trip::CollectOutcome;
use serde::Serialize;

/// What one picture or text gave, as JSON. Field names are stable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct CollectResult {
    pub(super) source: String,
    pub(super) outcome: SourceOutcome,
    pub(super) pc: Option<String>,
    pub(super) products: usize,
    /// Confirmation IDs that a changed Installation ID made void.
    pub(super) voided: usize,
    /// Confirmation IDs that came back with an earlier Installation ID.
    #[serde(skip_serializing_if = "is_none_of_them")]
    pub(super) restored: usize,
    /// Products of which the trip has a newer Installation ID.
    #[serde(skip_serializing_if = "is_none_of_them")]
    pub(super) older: usize,
    /// PCs of the same name that may or may not be one machine.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) namesakes: Vec<String>,
    /// Labels of the groups of a number whose digits a person has to compare with the picture.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) groups: Vec<String>,
    /// Id of the message that says why nothing was taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reason: Option<&'static str>,
    /// How much of a trip in several symbols is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) parts: Option<PartsProgress>,
}

/// How many symbols of a trip are known, of those needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(super) struct PartsProgress {
    pub(super) known: usize,
    pub(super) needed: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, strum::IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case", prefix = "collect-")]
pub(super) enum SourceOutcome {
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
    Doubtful,
    Unreadable,
}

impl CollectResult {
    /// A result with nothing in it but its source.
    pub(super) fn new(source: String, outcome: SourceOutcome) -> Self {
        Self {
            source,
            outcome,
            pc: None,
            products: 0,
            voided: 0,
            restored: 0,
            older: 0,
            namesakes: Vec::new(),
            groups: Vec::new(),
            reason: None,
            parts: None,
        }
    }

    pub(super) fn of(collected: &CollectOutcome) -> Self {
        let outcome = match collected {
            one if one.changed > 0 => SourceOutcome::Changed,
            one if one.added > 0 => SourceOutcome::Collected,
            one if one.older > 0 => SourceOutcome::Older,
            _ => SourceOutcome::Known,
        };
        Self {
            pc: Some(collected.pc.clone()),
            products: collected.added + collected.changed,
            voided: collected.voided,
            restored: collected.restored,
            older: collected.older,
            namesakes: collected.namesakes.clone(),
            reason: (outcome == SourceOutcome::Older).then_some("collect-older"),
            ..Self::new(String::new(), outcome)
        }
    }
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde asks for it
fn is_none_of_them(count: &usize) -> bool {
    *count == 0
}

/// What all pictures and texts gave together.
#[derive(Default)]
pub(super) struct CollectTally {
    pub(super) looked: usize,
    pub(super) found: usize,
    pub(super) collected: usize,
    pub(super) changed: usize,
    pub(super) nothing: usize,
    pub(super) worst: Exit,
}

impl CollectTally {
    pub(super) fn add(&mut self, result: &CollectResult, console: &Console) {
        self.looked += 1;
        match result.outcome {
            SourceOutcome::Collected => self.collected += 1,
            SourceOutcome::Changed => self.changed += 1,
            SourceOutcome::Known
            | SourceOutcome::Older
            | SourceOutcome::Receipt
            | SourceOutcome::Trip
            | SourceOutcome::Part
            | SourceOutcome::PartKnown => {}
            SourceOutcome::Nothing | SourceOutcome::Other | SourceOutcome::Doubtful => {
                self.nothing += 1;
            }
            SourceOutcome::Refused => self.worst = self.worst.max(Exit::NotForThisPc),
            SourceOutcome::Unreadable => self.worst = self.worst.max(Exit::Io),
        }
        let is_found = !matches!(
            result.outcome,
            SourceOutcome::Nothing
                | SourceOutcome::Other
                | SourceOutcome::Doubtful
                | SourceOutcome::Unreadable
        );
        self.found += usize::from(is_found);
        result.print(console);
        console.json(result);
    }

    pub(super) fn print_totals(&self, console: &Console) {
        console.line(&console.text_with(
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

impl CollectResult {
    fn print(&self, console: &Console) {
        let pc = self.pc.clone().unwrap_or_default();
        let parts = self.parts.unwrap_or(PartsProgress {
            known: 0,
            needed: 0,
        });
        let text = console.text_with(
            self.outcome.into(),
            &[
                ("source", self.source.clone().into()),
                ("pc", pc.into()),
                ("products", self.products.into()),
                ("voided", self.voided.into()),
                ("known", parts.known.into()),
                ("needed", parts.needed.into()),
                ("groups", self.groups.to_fact()),
            ],
        );
        match self.outcome {
            SourceOutcome::Collected | SourceOutcome::Receipt | SourceOutcome::Trip => {
                console.success(&text);
            }
            SourceOutcome::Known | SourceOutcome::Part | SourceOutcome::PartKnown => {
                console.line(&text);
            }
            _ => console.caution(&text),
        }
        // What to do, from the message that says why.
        if let Some(reason) = self.reason {
            let called = self.pc.clone().unwrap_or_default();
            let pair = console.messages.pair(reason, &[("pc", called.into())]);
            if !pair.next.is_empty() {
                console.note(&format!("  → {}", pair.next));
            }
        }
        if self.restored > 0 {
            let facts = [("restored", self.restored.into())];
            console.note(&format!(
                "  {}",
                console.text_with("collect-restored", &facts)
            ));
        }
        say_namesakes(&self.namesakes, console);
    }
}
