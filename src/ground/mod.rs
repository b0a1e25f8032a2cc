//! Shared basics: contained panics, locks that survive them, printable text, atomic
//! files, and time.

#[cfg(feature = "licensing")]
pub(crate) mod atomic;
mod locks;
#[cfg(feature = "pictures")]
pub(crate) mod moment;
mod panics;
mod text;

pub use locks::locked;
pub use panics::{contain, reason_of};
pub use text::{is_unprintable, printable};
