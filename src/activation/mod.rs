//! The domain of offline activation: numbers, products, messages, rules.
//!
//! Nothing here touches a file, a clock, a camera or a window, and nothing
//! here knows a language. Facts follow Microsoft's own scripts and published
//! numbers: an Installation ID of 63 or 54 digits, a Confirmation ID of 48,
//! each group closed by a check digit modulo 7.

mod confirmation_id;
mod digits;
mod entry;
mod groups;
pub mod hresult;
mod installation_id;
mod label;
pub mod matching;
mod messages;
mod number_error;
mod practice;
mod product;
mod tag;

pub use confirmation_id::{ConfirmationDigits, ConfirmationId};
#[cfg(feature = "window")]
pub(crate) use digits::digit_value;
pub use digits::{FoldedDigits, MAX_INPUT_CHARS, fold};
#[cfg(feature = "window")]
pub(crate) use entry::{BOXES, boxed};
pub use entry::{Entry, EntryState};
pub use groups::{Defect, GroupFault, GroupView, NumberKind, check_digit, view};
pub(crate) use groups::{Diagnosis, diagnose};
pub use hresult::HResult;
pub use installation_id::InstallationId;
pub use label::{Label, PcIdentity, is_unprintable, printable};
pub use messages::{
    Answer, MAX_ENTRIES, MAX_PRODUCTS, ProductReceipt, ProductRequest, Receipt, Reply, Request,
    Trip,
};
pub use number_error::NumberError;
pub use practice::{practice_confirmation_id, practice_installation_id};
pub use product::{
    ActivationId, Application, Caveat, Channel, KeyTail, LicenseStatus, Obstacle, Product, Standing,
};
pub use tag::Tag;
