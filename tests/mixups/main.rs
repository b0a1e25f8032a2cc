//! No Confirmation ID reaches the wrong PC, the wrong product, or a PC that
//! changed, however its digits arrive.
//!
//! Besides single cases there is a random walk: people type, paste, scan,
//! correct and mix up numbers of several PCs in random order, at a PC whose
//! licence store counts what it is handed, and at the portal with a trip. It
//! runs the same code as `enter`, `scan`, `portal` and the window. The walk
//! checks one rule: a number is handed over only if it answers the product's
//! Installation ID at that moment, or if a person gave it bare for one named
//! product and nothing here has ever said that it belongs to another.
//!
//! `HIKYAKU_WALKS=1000000 HIKYAKU_WALK_SEED=7` walks longer, and elsewhere.

mod cases;
#[cfg(feature = "window")]
mod walk;
