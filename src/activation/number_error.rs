//! Why a text is not the number it should be.

use super::{GroupFault, NumberKind};
use crate::advice::{Advice, Fact};

/// Why a text is not the number it should be; never corrected, only named.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames,
)]
#[strum(serialize_all = "kebab-case", prefix = "number-")]
pub enum NumberError {
    /// No digit at all.
    #[error("no digit found")]
    Empty,
    /// More text than any number has.
    #[error("more than {limit} characters")]
    TooLong {
        /// The most characters that are looked at.
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
    WrongLength {
        /// What the number was taken for.
        kind: NumberKind,
        /// Digits it should have.
        expected: usize,
        /// Digits it has.
        found: usize,
        /// Labels of the groups in which the slip must lie, if that is known.
        suspects: Vec<String>,
    },
    /// Some groups fail.
    #[error("{} of {} groups fail", .faults.len(), .kind.groups())]
    WrongGroups {
        /// What the number was taken for.
        kind: NumberKind,
        /// The groups that fail, in order.
        faults: Vec<GroupFault>,
    },
    /// A reply whose last two digits do not fit the other 58.
    #[error("the check of the reply (ISO 7064 MOD 97-10) fails")]
    WrongReplyCheck,
    /// Digits stood behind box H, and are missing now: 48 digits alone are not
    /// this number.
    #[error("the digits behind box H are missing")]
    BehindMissing,
    /// Two whole numbers where one is expected.
    #[error("two numbers, one behind the other")]
    TwoNumbers,
    /// A whole, sound number, but of another kind than was asked for.
    #[error("a number of another kind")]
    OtherKind {
        /// What was asked for.
        wanted: NumberKind,
        /// What it is.
        found: NumberKind,
    },
}

impl NumberError {
    /// The groups that fail, where they are known.
    pub fn faults(&self) -> &[GroupFault] {
        match self {
            Self::WrongGroups { faults, .. } => faults,
            _ => &[],
        }
    }
}

impl Advice for NumberError {
    fn id(&self) -> &'static str {
        self.into()
    }

    fn facts(&self) -> Vec<(&'static str, Fact)> {
        match self {
            Self::Empty | Self::WrongReplyCheck | Self::BehindMissing | Self::TwoNumbers => {
                Vec::new()
            }
            Self::TooLong { limit } => vec![("limit", (*limit).into())],
            Self::ForeignCharacter {
                character,
                position,
            } => vec![
                (
                    "character",
                    crate::ground::printable(&character.to_string()).into(),
                ),
                ("position", (*position).into()),
            ],
            Self::WrongLength {
                kind,
                expected,
                found,
                suspects,
            } => vec![
                ("kind", kind_name(*kind).into()),
                ("expected", (*expected).into()),
                ("found", (*found).into()),
                ("suspects", suspects.join(", ").into()),
                ("suspect-count", suspects.len().into()),
            ],
            Self::WrongGroups { kind, faults } => vec![
                ("kind", kind_name(*kind).into()),
                (
                    "groups",
                    faults
                        .iter()
                        .map(|fault| fault.label.as_str())
                        .collect::<Vec<_>>()
                        .join(", ")
                        .into(),
                ),
                ("count", faults.len().into()),
            ],
            Self::OtherKind { wanted, found } => vec![
                ("wanted", kind_name(*wanted).into()),
                ("found", kind_name(*found).into()),
            ],
        }
    }
}

/// The kind's short name, as messages and JSON use it.
pub(crate) fn kind_name(kind: NumberKind) -> &'static str {
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
