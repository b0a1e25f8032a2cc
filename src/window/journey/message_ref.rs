//! A message, to be rendered in the language that is current when it is shown.

use crate::activation::matching::Verdict;
use crate::advice::{Advice, Fact};
use crate::i18n::{Explanation, Messages};

/// Id and facts of a message pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageRef {
    id: &'static str,
    facts: Vec<(&'static str, Fact)>,
}

impl MessageRef {
    /// The message of an error.
    pub fn of(error: &dyn Advice) -> Self {
        Self {
            id: error.id(),
            facts: error.facts(),
        }
    }

    /// The message of a verdict.
    pub fn verdict(verdict: &Verdict) -> Self {
        Self::with(verdict.id(), verdict.facts())
    }

    /// A message pair with these facts.
    pub fn with(id: &'static str, facts: Vec<(&'static str, Fact)>) -> Self {
        Self { id, facts }
    }

    /// Id of the message pair.
    pub fn id(&self) -> &'static str {
        self.id
    }

    /// Renders the message. The window has its own texts (`window-…`) where the
    /// common ones mention commands.
    pub fn explain(&self, messages: &Messages) -> Explanation {
        messages.pair_for("window", self.id, &self.facts)
    }
}
