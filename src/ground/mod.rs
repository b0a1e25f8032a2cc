//! What every module stands on and none owns: panics of others kept inside, locks
//! that outlive them, text made fit to be shown, files written wholly or not at
//! all.

#[cfg(any(feature = "licensing", feature = "ledger"))]
pub(crate) mod atomic;
mod locks;
#[cfg(feature = "pictures")]
pub(crate) mod moment;
mod panics;
mod text;

pub use locks::locked;
pub use panics::{contain, reason_of};
pub use text::{is_unprintable, printable};
