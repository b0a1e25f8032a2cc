//! The camera of the window.

use super::journey::{JourneyEvent, MessageRef};
use crate::camera::{
    self, CameraChoice, CameraError, FolderCamera, FrameSource, Playback, Watcher, WatcherEvent,
    WatcherSettings,
};
use crate::wire::{Trust, parse_answer};
use std::path::PathBuf;
use std::sync::Arc;

/// The camera that reads the replies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CameraSource {
    /// The camera chosen last time, or any.
    Any,
    /// The camera of this name, and no other.
    Named(String),
    /// A folder of pictures, played back as a camera.
    Folder(PathBuf),
    /// No camera.
    Off,
}

impl CameraSource {
    /// Starts a watcher; `None` without a camera. `remembered` is the camera chosen
    /// last time. New previews are announced by `preview`, other events by `tell`,
    /// both on the watcher's thread.
    pub(super) fn watch(
        self,
        remembered: Option<String>,
        tell: impl Fn(JourneyEvent) + Send + 'static,
        preview: impl Fn() + Send + 'static,
    ) -> Option<Watcher> {
        let choice = match (&self, remembered) {
            (Self::Off, _) => return None,
            (Self::Named(name), _) => CameraChoice::Named(name.clone()),
            (Self::Any, Some(name)) => CameraChoice::Named(name),
            (Self::Any | Self::Folder(_), _) => CameraChoice::Any,
        };
        // If the remembered camera is missing today, take any.
        let lenient = (self == Self::Any).then(|| choice.clone());
        let settings = WatcherSettings {
            choice,
            accept: Arc::new(|text| parse_answer(text, Trust::CheckDigits).is_ok()),
            preview: Some(640),
            reading: false,
            digits: true,
        };
        let open = move |choice: &CameraChoice| -> Result<Box<dyn FrameSource>, CameraError> {
            match &self {
                Self::Folder(folder) => {
                    Ok(Box::new(FolderCamera::open(folder, Playback::default())?))
                }
                _ => match camera::open(choice) {
                    Err(CameraError::NotFound { .. }) if Some(choice) == lenient.as_ref() => {
                        camera::open(&CameraChoice::Any)
                    }
                    opened => opened,
                },
            }
        };
        Some(Watcher::start(settings, open, move |event| match event {
            WatcherEvent::Preview => preview(),
            WatcherEvent::Ready { name } => tell(JourneyEvent::CameraReady(name)),
            WatcherEvent::Read(seen) | WatcherEvent::Other(seen) => {
                tell(JourneyEvent::Seen(seen.text));
            }
            WatcherEvent::Hint(hint) => tell(JourneyEvent::Hint(hint)),
            WatcherEvent::Trouble(error) => {
                tell(JourneyEvent::CameraTrouble(MessageRef::of(&error)));
            }
        }))
    }
}

/// The names of the cameras.
pub(super) fn names() -> Vec<String> {
    camera::cameras()
        .unwrap_or_default()
        .into_iter()
        .map(|camera| camera.name)
        .collect()
}
