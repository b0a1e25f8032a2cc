//! wire
pub mod pasted;
