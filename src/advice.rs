//! What every error of this crate tells the person who sees it.
//!
//! The texts are in the language files, a pair for each id: what happened, and
//! what to do next. Errors hold only the id and the facts, so the domain stays
//! free of languages.

use crate::ground::printable;
pub use hikyaku_advice_derive::Advice;

/// A value that a message mentions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    /// A count or a size; languages may choose a plural form by it.
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

/// A value that can be mentioned in a message.
pub trait ToFact {
    /// The value as a message mentions it.
    fn to_fact(&self) -> Fact;
}

macro_rules! counts {
    ($($number:ty),*) => {
        $(impl ToFact for $number {
            fn to_fact(&self) -> Fact {
                Fact::Number(u64::try_from(*self).unwrap_or(u64::MAX))
            }
        })*
    };
}
counts!(u8, u16, u32, u64, usize);

impl ToFact for str {
    fn to_fact(&self) -> Fact {
        Fact::Text(printable(self))
    }
}

impl ToFact for &str {
    fn to_fact(&self) -> Fact {
        (**self).to_fact()
    }
}

impl ToFact for String {
    fn to_fact(&self) -> Fact {
        self.as_str().to_fact()
    }
}

impl ToFact for char {
    fn to_fact(&self) -> Fact {
        self.to_string().to_fact()
    }
}

/// A measure, with one decimal.
impl ToFact for f32 {
    fn to_fact(&self) -> Fact {
        Fact::Text(format!("{self:.1}"))
    }
}

/// The operating system's text.
impl ToFact for std::io::Error {
    fn to_fact(&self) -> Fact {
        self.to_string().to_fact()
    }
}

/// A list, separated by commas.
impl ToFact for Vec<String> {
    fn to_fact(&self) -> Fact {
        self.join(", ").to_fact()
    }
}

/// A dash for `None`.
impl<T: ToFact> ToFact for Option<T> {
    fn to_fact(&self) -> Fact {
        self.as_ref().map_or(Fact::from("-"), ToFact::to_fact)
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
