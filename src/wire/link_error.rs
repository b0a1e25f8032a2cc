//! What can be wrong with a link, or with the address of the phone page.

use crate::advice::Advice;

/// What is wrong with a link, or with the address of the phone page.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames, Advice,
)]
#[strum(serialize_all = "kebab-case", prefix = "link-")]
pub enum LinkError {
    /// The link has no packet after its `#`.
    #[error("the link holds no message")]
    NoMessage,
    /// The page address is longer than a symbol should carry.
    #[error("more than {limit} characters")]
    TooLong {
        /// Limit in characters.
        limit: usize,
    },
    /// The page address contains a character that links cannot have.
    #[error("character {character:?} at position {position} does not belong in a link")]
    ForeignCharacter {
        /// The character.
        character: char,
        /// Its position, in characters from 1.
        position: usize,
    },
    /// The page address is not `https://`, or its host is not valid.
    #[error("not an https:// address")]
    NotAnAddress,
    /// The page address is `http://` but not on this machine.
    #[error("http:// is only for this machine itself")]
    NotSecure,
    /// The page address already has a `#`.
    #[error("the address already has a fragment")]
    HasFragment,
    /// The page address contains a user name or a password.
    #[error("the address holds credentials")]
    HasCredentials,
}
