//! Why a pasted text yields no number.

use crate::activation::NumberError;
use crate::advice::{Advice, Fact};

/// Why a pasted text or a saved file yields no number.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames,
)]
#[strum(serialize_all = "kebab-case", prefix = "pasted-")]
pub enum PastedError {
    /// Nothing, or only white space.
    #[error("the text is empty")]
    Empty,
    /// More than any saved output has.
    #[error("more than {limit} bytes")]
    TooLarge {
        /// The most bytes that are looked at.
        limit: usize,
    },
    /// Not a text.
    #[error("not a text")]
    Binary,
    /// A text without any number of the exchange.
    #[error("no Installation ID and no Confirmation ID in the text")]
    NothingFound,
    /// Something looks like a number of the exchange, but fails.
    #[error("the number on line {line} is damaged: {error}")]
    DamagedNumber {
        /// Line on which it begins, from 1.
        line: usize,
        /// What is wrong with it.
        error: NumberError,
    },
}

impl Advice for PastedError {
    fn id(&self) -> &'static str {
        self.into()
    }

    fn facts(&self) -> Vec<(&'static str, Fact)> {
        match self {
            Self::Empty | Self::Binary | Self::NothingFound => Vec::new(),
            Self::TooLarge { limit } => vec![("limit", (*limit).into())],
            Self::DamagedNumber { line, error } => {
                let labels: Vec<&str> = error
                    .faults()
                    .iter()
                    .map(|fault| fault.label.as_str())
                    .collect();
                vec![
                    ("line", (*line).into()),
                    ("groups", labels.join(", ").into()),
                    ("count", labels.len().into()),
                ]
            }
        }
    }
}
