//! Rehearsal: the whole journey without Windows, portal or camera.
//!
//! [`portal`] answers practice Installation IDs, [`camera`] shows how a screen
//! looks to a camera, and [`run`] plays the journey with portal and camera: what
//! the reader does not read off a photograph, the next round does not know.
//! `filming` (feature `filming`) makes footage to measure readers with.

pub mod camera;
#[cfg(feature = "filming")]
pub mod filming;
pub mod page;
pub mod portal;
pub mod run;

pub use run::RehearsalError;
