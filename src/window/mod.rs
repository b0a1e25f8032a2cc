//! The window on the offline PC: show, read, done.
//!
//! [`journey`] is all logic, without a screen. The rest carries it: a thread
//! that reads the licence store and deposits, the camera's watcher, a layout
//! that holds no words and no rules, and [`run`], which ties them together.
//! Outside, on a laptop, another window shows the replies of a trip.

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

/// What `build.rs` makes of the layout.
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
    /// The language to begin with.
    pub lang: Lang,
    /// File of a practice PC, instead of this PC.
    pub practice: Option<PathBuf>,
    /// File of the memory of what was shown. The person's choices are kept
    /// beside it.
    pub history: PathBuf,
    /// The phone page, if symbols shall open it.
    pub page: Option<PageAddress>,
    /// What looks at the replies.
    pub camera: CameraSource,
    /// Width and height in pixels; as large as the screen without.
    pub size: Option<[u32; 2]>,
}
