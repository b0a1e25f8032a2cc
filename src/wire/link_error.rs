//! What can be wrong with a link, or with the address of the phone page.

use crate::advice::Advice;

/// What is wrong with a link, or with the address of the phone page.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames, Advice,
)]
#[strum(serialize_all = "kebab-case", prefix = "link-")]
pub enum LinkError {
    /// A link that was read has no packet behind its `#`.
    #[error("the link holds no message")]
    NoMessage,
    /// The page address is longer than a symbol should carry.
    #[error("more than {limit} characters")]
    TooLong {
        /// The most characters.
        limit: usize,
    },
    /// The page address holds a character that links do not have.
    #[error("character {character:?} at position {position} does not belong in a link")]
    ForeignCharacter {
        /// The character.
        character: char,
        /// Its position, in characters from 1.
        position: usize,
    },
    /// The page address is not `https://`, or its host is not one.
    #[error("not an https:// address")]
    NotAnAddress,
    /// The page address is `http://`, and not on this machine.
    #[error("http:// is only for this machine itself")]
    NotSecure,
    /// The page address has a `#` of its own.
    #[error("the address has a fragment already")]
    HasFragment,
    /// The page address holds a name or a password before its host.
    #[error("the address holds credentials")]
    HasCredentials,
}
