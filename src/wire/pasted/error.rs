//! Why no number is found in a pasted text.

use crate::activation::NumberError;
use crate::advice::{Advice, Fact, ToFact};

/// Why no number is found in a pasted text or a saved file.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames, Advice,
)]
#[strum(serialize_all = "kebab-case", prefix = "pasted-")]
pub enum PastedError {
    /// Nothing, or only white space.
    #[error("the text is empty")]
    Empty,
    /// More than any saved output.
    #[error("more than {limit} bytes")]
    TooLarge {
        /// Limit in bytes.
        limit: usize,
    },
    /// Not a text.
    #[error("not a text")]
    Binary,
    /// A text without any number of the exchange.
    #[error("no Installation ID and no Confirmation ID in the text")]
    NothingFound,
    /// Something looks like a number of the exchange but fails.
    #[error("the number on line {line} is damaged: {error}")]
    #[advice(also = groups)]
    DamagedNumber {
        /// Line on which it begins, from 1.
        line: usize,
        /// What is wrong with it.
        #[fact(skip)]
        error: NumberError,
    },
}

/// The groups that fail, and their number.
fn groups(error: &PastedError) -> Vec<(&'static str, Fact)> {
    let PastedError::DamagedNumber { error, .. } = error else {
        return Vec::new();
    };
    let faults = error.faults().to_vec();
    vec![("groups", faults.to_fact()), ("count", faults.len().into())]
}
