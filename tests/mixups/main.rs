//! No Confirmation ID reaches the wrong PC, the wrong product, or a PC that
//! changed, however its digits come.
//!
//! Beside single cases there is a walk: people who type, paste, scan, correct and
//! mix up numbers of several PCs in random order, at a PC whose licence store
//! counts what it is handed, and at the portal with a trip. It goes through the
//! same code as `enter`, `scan`, `portal` and the window. The walk's one rule:
//! a number is handed over only where it answers the product's Installation ID
//! of that moment, or where a person gave it bare for one named product and
//! nothing here has ever told that it is another's.
//!
//! `HIKYAKU_WALKS=1000000 HIKYAKU_WALK_SEED=7` walks longer, and elsewhere.

mod cases;
#[cfg(feature = "window")]
mod walk;
