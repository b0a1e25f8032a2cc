//! Where live frames come from, and who watches them.
//!
//! A [`FrameSource`] gives the newest frame of a camera, in grey: a real one
//! ([`open()`]) or a folder of pictures played as one ([`FolderCamera`]). Whoever
//! wants texts instead of frames starts a [`Watcher`]: it owns the source, reads
//! with the one [`LiveReader`](crate::scan::LiveReader), re-opens the camera
//! after trouble, and tells what happened as [`WatcherEvent`]s.
//!
//! # For a window
//!
//! ```no_run
//! use hikyaku::camera::{self, CameraChoice, WatcherEvent, WatcherSettings, Watcher};
//! use std::sync::Arc;
//!
//! let settings = WatcherSettings {
//!     choice: CameraChoice::Any,
//!     // Which texts count as read; exchanged with `watcher.accept(…)`.
//!     accept: Arc::new(|text| text.len() == 60),
//!     // Long side of preview copies; `None` where nobody looks.
//!     preview: Some(640),
//!     reading: true,
//! };
//! let watcher = Watcher::start(settings, camera::open, |event| {
//!     // Called on the watcher's thread: hand it over and return at once, in
//!     // Slint with `slint::invoke_from_event_loop`.
//!     match event {
//!         // Frames come: first ones, after trouble, or of another camera.
//!         WatcherEvent::Ready { name } => println!("{name}"),
//!         // A new preview lies ready: fetch it with `watcher.preview()`. Not
//!         // told again before it was fetched, so previews never queue up.
//!         WatcherEvent::Preview => {}
//!         // A text that was wanted; `corners` are shares of the frame, 0 to 1.
//!         WatcherEvent::Read(seen) => println!("{}", seen.text),
//!         // A symbol of something else.
//!         WatcherEvent::Other(_) => {}
//!         // What to change; told when it changes. `None`: nothing to say.
//!         WatcherEvent::Hint(_) => {}
//!         // What is wrong with the camera, told once; `Ready` ends it. The
//!         // watcher tries again by itself, at first soon, then every ten
//!         // seconds.
//!         WatcherEvent::Trouble(error) => println!("{error}"),
//!     }
//! });
//! // Later, from any thread; none of these ever waits for the camera:
//! watcher.choose(CameraChoice::Named("Webcam HD".to_owned())); // from `cameras()`
//! watcher.accept(Arc::new(|_| true));
//! watcher.read(false); // only previews, while a receipt is shown
//! drop(watcher); // or `stop()`: returns within half a second, whatever the driver does
//! ```
//!
//! Tests drive a watcher with `Watcher::start(orders, |_| Ok(Box::new(
//! FolderCamera::open(folder, Play::default())?)), …)`: pictures that are put
//! into the folder are seen, and a file named `trouble` with the id of a
//! [`CameraError`] in it makes that trouble until it is taken away.

mod attention;
mod capture;
mod clock;
mod diagnosis;
mod error;
mod folder;
mod format;
mod layout;
mod listing;
#[cfg(windows)]
mod media_foundation;
mod native;
mod reported;
mod watcher;

pub use error::CameraError;
pub use folder::{FolderCamera, Playback};
pub use watcher::{Accept, Preview, ReadSymbol, Watcher, WatcherEvent, WatcherSettings};

use crate::scan::Luma;
use std::time::Duration;

/// One picture of a camera.
#[derive(Debug, Clone)]
pub struct Frame {
    /// All that a reader needs of it.
    pub luma: Luma,
    /// When it came, since its source was opened.
    pub at: Duration,
}

/// Where frames come from. Only the newest frame counts: what nobody fetched in
/// time is gone.
pub trait FrameSource: Send {
    /// Name of the camera, as [`CameraInfo::name`]; printable.
    fn name(&self) -> &str;

    /// The newest frame that was not fetched yet. Waits for one for at most
    /// `wait`; `Ok(None)` where none came.
    ///
    /// # Errors
    /// [`CameraError::Stalled`] as long as no frame comes although they should:
    /// keep asking, they may come again. After any other error nothing more
    /// comes from this source: open it anew.
    fn next(&mut self, wait: Duration) -> Result<Option<Frame>, CameraError>;
}

/// A camera of this PC.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct CameraInfo {
    /// What the system calls it; printable. Cameras are chosen and remembered
    /// by it.
    pub name: String,
    /// Where the system has it, such as `/dev/video0`; printable, may be empty.
    pub place: String,
    /// What kind of camera it seems to be.
    pub kind: CameraKind,
}

/// What kind of camera its name says that it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CameraKind {
    /// As people expect: a lens and a sensor for visible light.
    Ordinary,
    /// Made by a program.
    Virtual,
    /// For face recognition: sees no screens, or badly.
    Infrared,
}

/// Which camera to use.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum CameraChoice {
    /// The first that opens; virtual and infrared ones last.
    #[default]
    Any,
    /// The one of this name or place, and no other.
    Named(String),
}

/// Opens a camera.
///
/// # Errors
/// [`CameraError`], after three seconds at most. A camera that takes longer is
/// returned all the same; after nine it counts as stalled until its first frame.
pub fn open(choice: &CameraChoice) -> Result<Box<dyn FrameSource>, CameraError> {
    native::open(choice)
}

/// The cameras of this PC, ordinary ones first; none opened for it.
///
/// # Errors
/// [`CameraError`] where the system does not even list them.
pub fn cameras() -> Result<Vec<CameraInfo>, CameraError> {
    native::cameras()
}
