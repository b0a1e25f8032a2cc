//! Kinds of numbers, how their digits are grouped, and what can be wrong with a
//! group.

/// The numbers of the exchange, by how they are grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NumberKind {
    /// Installation ID of 63 digits: nine groups of seven.
    InstallationId63,
    /// Installation ID of 54 digits: nine groups of six.
    InstallationId54,
    /// Confirmation ID: eight groups of six, boxes A to H.
    ConfirmationId,
    /// Reply: a Confirmation ID, the tag it answers (10), a check (2).
    Reply,
    /// Reply without its tag, as a person types it: a Confirmation ID and the
    /// reply's check (2).
    TypedReply,
}

impl NumberKind {
    /// The kinds that a number of some other length may have been meant to be.
    pub(super) const WHOLE: [Self; 4] = [
        Self::InstallationId63,
        Self::InstallationId54,
        Self::ConfirmationId,
        Self::Reply,
    ];

    /// How many digits the whole number has.
    pub fn digits(self) -> usize {
        match self {
            Self::InstallationId63 => 63,
            Self::InstallationId54 => 54,
            Self::ConfirmationId => 48,
            Self::Reply => 60,
            Self::TypedReply => 50,
        }
    }

    /// Whether it names a PC's product before its activation, of either length.
    pub fn is_installation_id(self) -> bool {
        matches!(self, Self::InstallationId63 | Self::InstallationId54)
    }

    /// How many groups end with a check digit modulo 7.
    pub fn groups(self) -> usize {
        match self {
            Self::InstallationId63 | Self::InstallationId54 => 9,
            Self::ConfirmationId | Self::Reply | Self::TypedReply => 8,
        }
    }

    /// Digits per group, check digit included.
    pub fn group_digits(self) -> usize {
        match self {
            Self::InstallationId63 => 7,
            Self::InstallationId54 | Self::ConfirmationId | Self::Reply | Self::TypedReply => 6,
        }
    }

    /// The label of a group on paper and in the portal: `1` to `9` for an
    /// Installation ID, `A` to `H` for a Confirmation ID.
    pub fn label(self, group: usize) -> String {
        match self {
            Self::InstallationId63 | Self::InstallationId54 => (group + 1).to_string(),
            Self::ConfirmationId | Self::Reply | Self::TypedReply => {
                char::from(b'A' + group as u8).to_string()
            }
        }
    }

    /// The kind that has exactly this many digits.
    pub fn of_length(digits: usize) -> Option<Self> {
        let mut all = Self::WHOLE.into_iter().chain([Self::TypedReply]);
        all.find(|kind| kind.digits() == digits)
    }
}

/// What is wrong with a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Defect {
    /// This many digits are missing.
    Missing(usize),
    /// This many digits are too many.
    Extra(usize),
    /// The check digit does not match the digits before it: one of them is
    /// wrong.
    WrongCheckDigit,
}

/// A group that fails, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupFault {
    /// Position of the group, from 0.
    pub group: usize,
    /// The label of the group on paper: `1` to `9`, or `A` to `H`.
    pub label: String,
    /// What is wrong with it.
    pub defect: Defect,
}

/// The check digit of a group's other digits.
///
/// `(d1 + 2·d2 + d3 + 2·d4 + …) mod 7`, positions from the left; verified on
/// every published Installation ID and Confirmation ID known to the authors.
///
/// ```
/// // group 4891263 of a published Installation ID
/// assert_eq!(hikyaku::activation::check_digit(b"489126"), b'3');
/// ```
pub fn check_digit(digits: &[u8]) -> u8 {
    let sum: u32 = digits
        .iter()
        .enumerate()
        .map(|(index, &digit)| u32::from(digit - b'0') * (1 + index as u32 % 2))
        .sum();
    b'0' + (sum % 7) as u8
}

/// Whether a group of ASCII digits ends with the right check digit.
pub(crate) fn is_valid_group(group: &str) -> bool {
    let bytes = group.as_bytes();
    match bytes.split_last() {
        Some((&last, rest)) if !rest.is_empty() => check_digit(rest) == last,
        _ => false,
    }
}
