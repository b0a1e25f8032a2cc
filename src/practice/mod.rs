//! Rehearsal: the whole journey without Windows, portal or camera.
//!
//! [`portal`] answers practice Installation IDs, [`camera`] models how a screen
//! looks to a camera, and [`run`] plays the journey with both: what is not read off
//! a photograph is not available to the next round. `filming` (behind the feature
//! of this name) makes test footage to measure readers with.

pub mod camera;
#[cfg(feature = "filming")]
pub mod filming;
pub mod page;
pub mod portal;
pub mod run;

pub use run::RehearsalError;
