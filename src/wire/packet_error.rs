//! Why a text is not a packet.

use crate::activation::ActivationId;
use crate::advice::{Advice, Fact};

/// Why a text is not a packet, or a message cannot become one.
///
/// `field` is a key of the specification in [`super`], or `packet` for the
/// outermost map.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames, Advice,
)]
#[strum(serialize_all = "kebab-case", prefix = "packet-")]
pub enum PacketError {
    /// It does not begin with a letter, a number and a full stop.
    #[error("not a packet: it does not begin with a kind and a version")]
    NotAPacket,
    /// An unknown kind.
    #[error("unknown packet kind {kind:?}")]
    UnknownKind {
        /// The letter.
        kind: char,
    },
    /// An unknown version, written by a newer program.
    #[error("unknown version {version} of packet kind {kind:?}")]
    UnknownVersion {
        /// The letter.
        kind: char,
        /// The version.
        version: u32,
    },
    /// More text than a packet of its kind may have.
    #[error("more than {limit} characters")]
    TooLarge {
        /// Limit in characters for this kind.
        limit: usize,
    },
    /// A character outside base64url, padding, or left-over bits.
    #[error("character {position} is not base64url")]
    NotBase64 {
        /// Position in the packet, in characters from 1.
        position: usize,
    },
    /// The CBOR ends too early.
    #[error("the packet ends too early")]
    Truncated,
    /// Not CBOR, or a form of it that packets do not use.
    #[error("byte {offset} is not the CBOR of a packet")]
    NotCbor {
        /// Offset of the byte after decoding, from 0.
        offset: usize,
    },
    /// Values nested deeper than anything in a packet.
    #[error("values nested deeper than {limit}")]
    TooDeep {
        /// Limit for the nesting of a skipped value.
        limit: usize,
    },
    /// Bytes follow the message.
    #[error("{count} bytes follow the message")]
    TrailingBytes {
        /// How many bytes.
        count: usize,
    },
    /// A key that is not text of one or two letters.
    #[error("a key is not one or two letters")]
    WrongKey,
    /// A key occurs twice in one map.
    #[error("key {key} occurs twice")]
    DuplicateKey {
        /// The key: one or two letters.
        key: String,
    },
    /// A required key is missing.
    #[error("{field} is missing")]
    MissingField {
        /// The key.
        field: &'static str,
    },
    /// A value of another type than specified.
    #[error("{field} has the wrong type")]
    WrongType {
        /// The key.
        field: &'static str,
    },
    /// A value of the right type that is not allowed.
    #[error("{field} has a value that is not allowed")]
    Malformed {
        /// The key.
        field: &'static str,
    },
    /// A number whose check digits fail.
    #[error("check digits of {field} fail in {}", .groups.join(", "))]
    #[advice(also = count)]
    WrongGroups {
        /// The key.
        field: &'static str,
        /// Labels of the groups that fail: `1` to `9`, or `A` to `H`.
        groups: Vec<String>,
    },
    /// Too few or too many entries in a list.
    #[error("{field} has {found} entries; {least} to {most} are allowed")]
    WrongCount {
        /// The key.
        field: &'static str,
        /// Fewest entries allowed.
        least: usize,
        /// Most entries allowed.
        most: usize,
        /// Number of entries, present or claimed.
        found: u64,
    },
    /// A request asks twice for one product.
    #[error("product {activation_id} occurs twice in a request")]
    SameProductTwice {
        /// The product.
        #[fact(name = "product")]
        activation_id: ActivationId,
    },
}

/// How many groups fail, for plural forms.
fn count(error: &PacketError) -> Option<(&'static str, Fact)> {
    let PacketError::WrongGroups { groups, .. } = error else {
        return None;
    };
    Some(("count", groups.len().into()))
}
