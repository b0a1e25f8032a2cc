//! Why a text is not the number it should be.

use super::{GroupFault, NumberKind};
use crate::advice::{Advice, Fact, ToFact};

/// Why a text is not the number it should be. Errors are only named, never
/// corrected.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames, Advice,
)]
#[strum(serialize_all = "kebab-case", prefix = "number-")]
pub enum NumberError {
    /// No digit at all.
    #[error("no digit found")]
    Empty,
    /// More text than any number has.
    #[error("more than {limit} characters")]
    TooLong {
        /// Limit in characters.
        limit: usize,
    },
    /// A letter stands where a digit should.
    #[error("character {character:?} at position {position} is not a digit")]
    ForeignCharacter {
        /// The character.
        character: char,
        /// Its position in the text, in characters from 1.
        position: usize,
    },
    /// The number of digits fits no number of this kind.
    #[error("{found} digits where {expected} are expected")]
    #[advice(also = count)]
    WrongLength {
        /// What the number was taken for.
        kind: NumberKind,
        /// Digits it should have.
        expected: usize,
        /// Digits it has.
        found: usize,
        /// Labels of the groups that may contain the slip, if known.
        suspects: Vec<String>,
    },
    /// Some groups fail.
    #[error("{} of {} groups fail", .faults.len(), .kind.groups())]
    #[advice(also = count)]
    WrongGroups {
        /// What the number was taken for.
        kind: NumberKind,
        /// The groups that fail, in order.
        #[fact(name = "groups")]
        faults: Vec<GroupFault>,
    },
    /// The last two digits of a reply do not match the other 58.
    #[error("the check of the reply (ISO 7064 MOD 97-10) fails")]
    WrongReplyCheck,
    /// There were digits after box H and now there are none: 48 digits alone
    /// are not this number.
    #[error("the digits after box H are missing")]
    BehindMissing,
    /// Two whole numbers where one is expected.
    #[error("two numbers, one after the other")]
    TwoNumbers,
    /// A whole, sound number, but not of the kind that was asked for.
    #[error("a number of another kind")]
    OtherKind {
        /// What was asked for.
        wanted: NumberKind,
        /// What it is.
        found: NumberKind,
    },
}

impl NumberError {
    /// The groups that fail, if known.
    pub fn faults(&self) -> &[GroupFault] {
        match self {
            Self::WrongGroups { faults, .. } => faults,
            _ => &[],
        }
    }
}

/// How many groups a message names, for plural forms.
fn count(error: &NumberError) -> Option<(&'static str, Fact)> {
    match error {
        NumberError::WrongLength { suspects, .. } => Some(("suspect-count", suspects.len().into())),
        NumberError::WrongGroups { faults, .. } => Some(("count", faults.len().into())),
        _ => None,
    }
}

impl ToFact for NumberKind {
    fn to_fact(&self) -> Fact {
        kind_name(*self).into()
    }
}

/// The labels of the groups.
impl ToFact for Vec<GroupFault> {
    fn to_fact(&self) -> Fact {
        let labels: Vec<_> = self.iter().map(|fault| fault.label.clone()).collect();
        labels.to_fact()
    }
}

/// Short name of a kind, as messages and JSON use it.
pub fn kind_name(kind: NumberKind) -> &'static str {
    match kind {
        NumberKind::InstallationId63 | NumberKind::InstallationId54 => "iid",
        NumberKind::ConfirmationId => "cid",
        NumberKind::Reply => "reply",
        NumberKind::TypedReply => "typed-reply",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_wanted_and_what_was_found_are_named_apart() {
        let names = |wanted, found| {
            let facts = NumberError::OtherKind { wanted, found }.facts();
            facts.into_iter().map(|(_, name)| name).collect::<Vec<_>>()
        };
        assert_eq!(
            names(NumberKind::ConfirmationId, NumberKind::InstallationId54),
            ["cid".into(), "iid".into()]
        );
        assert_eq!(
            names(NumberKind::TypedReply, NumberKind::Reply),
            ["typed-reply".into(), "reply".into()]
        );
    }
}
