//! The domain of offline activation: numbers, products, messages, rules.
//!
//! Nothing here touches a file, a clock, a camera or a window, and nothing here
//! knows a language. The facts follow Microsoft's own scripts and published
//! numbers: an Installation ID has 63 or 54 digits, a Confirmation ID has 48,
//! and each group ends with a check digit modulo 7.

mod answer;
mod boxes;
mod command_text;
mod confirmation_id;
mod dialog;
mod digits;
mod entry;
mod groups;
pub mod hresult;
mod installation_id;
mod keyed;
mod kind;
mod known_answer;
mod label;
mod machine;
pub mod matching;
mod messages;
mod number_error;
mod practice;
mod product;
mod tag;
mod verdict;

pub use answer::{Answer, BareConfirmation, Reply, ReplyCheck, Trust, TypedReply};
#[cfg(feature = "window")]
pub(crate) use boxes::{BOXES, CORRECTIONS, box_views};
#[cfg(feature = "window")]
pub(crate) use command_text::begins_like_command;
pub(crate) use command_text::{after_product, after_spaces, ends_like_command};
pub use confirmation_id::{ConfirmationDigits, ConfirmationId};
pub use dialog::{Dialog, Input, Turn};
#[cfg(feature = "window")]
pub(crate) use digits::box_of_letter;
pub use digits::{FoldedDigits, MAX_INPUT_CHARS, fold};
pub(crate) use digits::{digit_value, mark_at};
pub use entry::{EntryState, NumberEntry};
pub use groups::{GroupView, group_views};
pub use hresult::HResult;
pub use installation_id::InstallationId;
#[cfg(feature = "cli")]
pub(crate) use installation_id::split;
pub use keyed::{KeyedAnswer, KeyedForm};
#[cfg(feature = "pictures")]
pub(crate) use kind::is_valid_group;
pub use kind::{Defect, GroupFault, NumberKind, check_digit};
pub use known_answer::{Fingerprint, KnownAnswer};
pub use label::{Label, PcIdentity};
pub use machine::{MachineId, is_serial_number};
pub use messages::{
    MAX_ENTRIES, MAX_PRODUCTS, ProductReceipt, ProductRequest, Receipt, ReceiptBatch, Request,
    RequestBatch, TripMessage,
};
pub use number_error::{NumberError, kind_name};
pub use practice::{practice_confirmation_id, practice_installation_id};
pub use product::{
    ActivationId, Application, Caveat, Channel, KeyTail, LicenseStatus, Obstacle, PORTAL_PRODUCTS,
    Product, Standing,
};
pub use tag::Tag;
#[cfg(all(test, feature = "i18n"))]
pub(crate) use verdict::every as every_verdict;
