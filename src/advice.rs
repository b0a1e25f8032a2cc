//! What every error of this crate offers to the person in front of it.
//!
//! The text itself lives in the language files, as a pair per id: what
//! happened, and what to do next. Keeping only the id and the facts here lets
//! the domain stay free of languages.

/// A value that a message mentions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    /// A count or a size; languages may choose a plural by it.
    Number(u64),
    /// Anything else, already safe to print.
    Text(String),
}

impl From<u64> for Fact {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl From<usize> for Fact {
    fn from(number: usize) -> Self {
        Self::Number(number as u64)
    }
}

impl From<String> for Fact {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Fact {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// An error that can tell a person what happened and what to do.
pub trait Advice: std::error::Error {
    /// Stable id, for example `number-wrong-length`: the key of the message
    /// pair in every language file.
    fn id(&self) -> &'static str;

    /// The values that the messages of this id mention, by name.
    fn facts(&self) -> Vec<(&'static str, Fact)> {
        Vec::new()
    }
}
