//! Rehearsal: the whole journey without Windows, portal or camera.

pub mod camera;
pub mod portal;
