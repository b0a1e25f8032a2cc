//! Why a trip refuses a change.

use crate::advice::Advice;

/// Why a trip refuses a change. It stays as it was.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames, Advice,
)]
#[strum(serialize_all = "kebab-case", prefix = "trip-")]
pub enum TripError {
    /// The trip is full.
    #[error("more than {limit} products")]
    Full {
        /// Limit of products.
        limit: usize,
    },
    /// A practice number in a real trip, or the reverse.
    #[error("practice and real numbers in one trip")]
    PracticeMixed,
    /// A practice Confirmation ID for a real Installation ID.
    #[error("a practice Confirmation ID for a real PC")]
    CidPractice,
    /// A real Confirmation ID for a practice Installation ID.
    #[error("a real Confirmation ID for a practice PC")]
    CidReal,
    /// No product of the trip has this tag.
    #[error("no product of this trip has tag {tag}")]
    NoSuchEntry {
        /// The tag.
        tag: String,
    },
    /// The Confirmation ID is already in hand for another PC.
    #[error("the Confirmation ID belongs to {pc}")]
    CidOfOther {
        /// Name of that PC.
        pc: String,
    },
    /// The Confirmation ID answered a number that the product no longer has.
    #[error("the Confirmation ID answered an earlier number of {pc}")]
    CidVoid {
        /// Name of the PC.
        pc: String,
    },
    /// Another Confirmation ID is in hand.
    #[error("another Confirmation ID is in hand for {pc}")]
    CidReplaces {
        /// Name of the PC.
        pc: String,
    },
    /// No PC has this name.
    #[error("no PC has the name {pc}")]
    NoSuchPc {
        /// The name that was given.
        pc: String,
    },
    /// Several PCs have this name.
    #[error("{pc} may be one of {names}")]
    SeveralPcs {
        /// The name that was given.
        pc: String,
        /// Their display names.
        names: String,
    },
    /// The PC is on the list but was not met yet.
    #[error("{pc} was not met yet")]
    NotMet {
        /// Display name of the PC.
        pc: String,
    },
    /// Nothing of the name can be printed.
    #[error("the name is empty")]
    NameEmpty,
    /// Both are already one PC.
    #[error("both are already one PC")]
    SamePc,
    /// All that is known about the PC came in one request.
    #[error("{pc} cannot be split")]
    NothingToPart {
        /// Display name of the PC.
        pc: String,
    },
    /// Nothing can have been activated.
    #[error("no Confirmation ID is in hand for {pc}")]
    NoCidInHand {
        /// Name of the PC.
        pc: String,
    },
    /// There is no Confirmation ID to take back.
    #[error("no Confirmation ID is in hand for {pc}")]
    NothingToTakeBack {
        /// Name of the PC.
        pc: String,
    },
}
