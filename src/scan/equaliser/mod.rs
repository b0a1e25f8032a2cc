//! The known-pattern equaliser: reads symbols whose modules are blurred into
//! each other.
//!
//! Much of a symbol is known before it is read: finders, timing, alignment and
//! the quiet zone. A linear filter is fitted, for every picture anew, so that it
//! turns the picture into these known modules; the same filter then undoes the
//! blur of the unknown ones. The soft modules are decoded directly, the least
//! certain codewords being treated as erasures.

mod bits;
mod grid;
mod known;
mod reed_solomon;

pub use known::LARGEST_VERSION;
