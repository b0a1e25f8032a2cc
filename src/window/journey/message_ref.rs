//! Something to tell, in whatever language is spoken when it is shown.

use crate::activation::matching::Verdict;
use crate::advice::{Advice, Fact};
use crate::i18n::{Explanation, Messages};

/// Id and values of a message pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageRef {
    id: &'static str,
    facts: Vec<(&'static str, Fact)>,
}

impl MessageRef {
    /// What an error says.
    pub fn of(error: &dyn Advice) -> Self {
        Self {
            id: error.id(),
            facts: error.facts(),
        }
    }

    /// What is decided of an answer.
    pub fn verdict(verdict: &Verdict) -> Self {
        Self::with(verdict.id(), verdict.facts())
    }

    /// A message pair with these values.
    pub fn with(id: &'static str, facts: Vec<(&'static str, Fact)>) -> Self {
        Self { id, facts }
    }

    /// Id of the message pair.
    pub fn id(&self) -> &'static str {
        self.id
    }

    /// In words. A window says `window-…` where the common words name commands
    /// that nobody types into a window.
    pub fn explain(&self, messages: &Messages) -> Explanation {
        messages.pair_for("window", self.id, &self.facts)
    }
}
