//! Rehearsal: the whole journey without Windows, portal or camera.
//!
//! [`portal`] answers practice Installation IDs, [`camera`] shows how a screen
//! looks to a camera, [`filming`] makes pictures of symbols to measure readers
//! with, and [`run`] plays the journey with portal and camera: what the reader
//! does not read off a photograph is not known to the next stage.

pub mod camera;
pub mod filming;
pub mod page;
pub mod portal;
pub mod run;

pub use run::RehearsalError;
