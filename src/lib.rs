//! Offline Windows activation carried across an air gap by QR codes.
//!
//! Dependence runs one way, from faces to facts:
//! [`cli`] → [`practice`], [`licensing`] → [`scan`], [`symbol`] → [`wire`] →
//! [`activation`]. Without default features the crate is the last four.
#![warn(missing_docs)]

pub mod activation;
pub mod advice;
#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "i18n")]
pub mod i18n;
#[cfg(feature = "licensing")]
pub mod licensing;
#[cfg(feature = "practice")]
pub mod practice;
pub mod scan;
pub mod symbol;
pub mod wire;
