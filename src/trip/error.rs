//! What a trip does not do.

use crate::advice::Advice;

/// Why a trip stayed as it was.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames, Advice,
)]
#[strum(serialize_all = "kebab-case", prefix = "trip-")]
pub enum TripError {
    /// It holds as much as a trip can.
    #[error("more than {limit} products")]
    Full {
        /// The most products.
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
    /// Nothing in the trip has this tag.
    #[error("no product of this trip has tag {tag}")]
    NoSuchEntry {
        /// The tag.
        tag: String,
    },
    /// The Confirmation ID is in hand for another PC already.
    #[error("the Confirmation ID belongs to {pc}")]
    CidOfOther {
        /// Name of that PC.
        pc: String,
    },
    /// The Confirmation ID answered a number that the product has no more.
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
    /// No PC is called so.
    #[error("no PC is called {pc}")]
    NoSuchPc {
        /// What a person called it.
        pc: String,
    },
    /// Several PCs are called so.
    #[error("{pc} may be one of {names}")]
    SeveralPcs {
        /// What a person called it.
        pc: String,
        /// What they are called.
        names: String,
    },
    /// The PC is on the list, and was not met yet.
    #[error("{pc} was not met yet")]
    NotMet {
        /// What it is called.
        pc: String,
    },
    /// Nothing remains of a name once it is cleaned.
    #[error("the name is empty")]
    NameEmpty,
    /// Both are one PC already.
    #[error("both are one PC")]
    SamePc,
    /// All that is known of the PC came in one request.
    #[error("{pc} cannot be parted")]
    NothingToPart {
        /// What it is called.
        pc: String,
    },
    /// There is no Confirmation ID to take back.
    #[error("no Confirmation ID is in hand for {pc}")]
    NothingToTakeBack {
        /// Name of the PC.
        pc: String,
    },
}
