//! Live frames from cameras, and reading them.
//!
//! A [`FrameSource`] yields the newest frame of a camera as luma: of a real one
//! ([`open()`]), or of a folder of pictures ([`FolderCamera`]). To get texts
//! instead of frames, start a [`Watcher`]: it owns the source, reads frames with a
//! [`LiveReader`](crate::scan::LiveReader), reopens the camera after errors, and
//! reports [`WatcherEvent`]s.
//!
//! # For a window
//!
//! ```no_run
//! use hikyaku::camera::{self, CameraChoice, Watcher, WatcherEvent, WatcherSettings};
//! use std::sync::Arc;
//!
//! let settings = WatcherSettings {
//!     choice: CameraChoice::Any,
//!     // Which texts are wanted; replace with `watcher.accept(…)`.
//!     accept: Arc::new(|text| text.len() == 60),
//!     // Long side of preview copies; `None` for no previews.
//!     preview: Some(640),
//!     reading: true,
//!     digits: false,
//! };
//! let watcher = Watcher::start(settings, camera::open, |event| {
//!     // Called on the watcher's thread: pass it on and return at once, in Slint
//!     // with `slint::invoke_from_event_loop`.
//!     match event {
//!         // Frames come: the first ones, or again after an error.
//!         WatcherEvent::Ready { name } => println!("{name}"),
//!         // Fetch it with `watcher.preview()`. The event is not repeated before
//!         // that, so previews never queue up.
//!         WatcherEvent::Preview => {}
//!         // A wanted text; `corners` are fractions of the frame, 0 to 1.
//!         WatcherEvent::Read(seen) => println!("{}", seen.text),
//!         // Some other symbol.
//!         WatcherEvent::Other(_) => {}
//!         // What the person should change; `None` for nothing.
//!         WatcherEvent::Hint(_) => {}
//!         // Reported once; `Ready` ends it. The watcher retries by itself, at
//!         // first soon, then every ten seconds.
//!         WatcherEvent::Trouble(error) => println!("{error}"),
//!     }
//! });
//! // Later, from any thread; none of these waits for the camera:
//! watcher.choose(CameraChoice::Named("Webcam HD".to_owned())); // from `cameras()`
//! watcher.accept(Arc::new(|_| true));
//! watcher.read(false); // only previews, while a receipt is shown
//! drop(watcher); // or `stop()`: returns within half a second, whatever the driver does
//! ```
//!
//! Tests pass `|_| Ok(Box::new(FolderCamera::open(folder, Playback::default())?))`
//! instead of `camera::open`: the watcher sees the pictures that they put into the
//! folder, and a file named `trouble` with the id of a [`CameraError`] provokes
//! that error until it is removed.

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

/// One frame of a camera.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Its pixels.
    pub luma: Luma,
    /// When it came, since the source was opened.
    pub at: Duration,
}

/// A source of frames. It keeps only the newest one: frames that are not fetched
/// in time are lost.
pub trait FrameSource: Send {
    /// Name of the camera, as in [`CameraInfo::name`]; printable.
    fn name(&self) -> &str;

    /// The newest frame not fetched yet. Waits for one at most `wait`; `Ok(None)`
    /// if none came.
    ///
    /// # Errors
    /// [`CameraError::Stalled`] while the camera sends no frames: keep asking, it
    /// may recover. Any other error is final: open the source again.
    fn next(&mut self, wait: Duration) -> Result<Option<Frame>, CameraError>;
}

/// A camera of this PC.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct CameraInfo {
    /// Its name in the system, printable, by which cameras are chosen and
    /// remembered.
    pub name: String,
    /// Its path in the system, such as `/dev/video0`; printable, may be empty.
    pub place: String,
    /// Its presumed kind.
    pub kind: CameraKind,
}

/// The kind of a camera, judged by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CameraKind {
    /// A camera for visible light.
    Ordinary,
    /// Provided by a program.
    Virtual,
    /// For face recognition; can hardly see screens.
    Infrared,
}

/// Which camera to use.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum CameraChoice {
    /// The first ordinary one that opens; without ordinary ones, any.
    #[default]
    Any,
    /// The one with this name or path, and no other.
    Named(String),
}

/// Opens a camera.
///
/// # Errors
/// [`CameraError`], after at most three seconds. A camera that takes longer to
/// open is returned anyway; after nine seconds it counts as stalled until its
/// first frame.
pub fn open(choice: &CameraChoice) -> Result<Box<dyn FrameSource>, CameraError> {
    native::open(choice)
}

/// Lists the cameras of this PC, ordinary ones first, without opening them.
///
/// # Errors
/// [`CameraError`] if the system cannot list them.
pub fn cameras() -> Result<Vec<CameraInfo>, CameraError> {
    native::cameras()
}
