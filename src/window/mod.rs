//! The window on the offline PC: show, read, done.
//!
//! [`journey`] holds all logic, without a screen. Around it are a thread that reads
//! the licence store and deposits, the camera's watcher, a layout without texts or
//! rules, and [`run`], which connects them. A second window, [`deliver`], shows the
//! replies of a trip on a laptop outside.

mod binding;
mod board;
mod camera_source;
mod error;
pub mod journey;
mod keys;
mod paint;
mod settings;
mod shell;
mod sound;
mod worker;

#[cfg(test)]
mod tests;

/// Code that `build.rs` generates from the layout.
#[allow(
    missing_docs,
    unreachable_pub,
    unused_qualifications,
    clippy::all,
    clippy::pedantic
)]
mod ui {
    slint::include_modules!();
}

pub use board::{BoardOptions, deliver};
pub use camera_source::CameraSource;
pub use error::WindowError;
pub use shell::run;

use crate::i18n::Lang;
use crate::wire::PageAddress;
use std::path::PathBuf;

/// How the window is opened.
#[derive(Debug, Clone)]
pub struct WindowOptions {
    /// The initial language.
    pub lang: Lang,
    /// File of a practice PC to use instead of this PC.
    pub practice: Option<PathBuf>,
    /// File of the PC's history. The person's settings are kept beside it.
    pub history: PathBuf,
    /// Address of the phone page, if symbols are links to it.
    pub page: Option<PageAddress>,
    /// The camera that reads the replies.
    pub camera: CameraSource,
    /// Width and height in pixels; `None` to maximise the window.
    pub size: Option<[u32; 2]>,
}
