//! The camera's side of the window.

use super::journey::{Event, Told};
use crate::camera::{self, CameraError, Choice, FolderCamera, FrameSource, Orders, Play, Watcher};
use crate::wire::{Trust, parse_answer};
use std::path::PathBuf;
use std::sync::Arc;

/// What looks at the replies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Eye {
    /// The camera that was chosen last time, else any.
    Any,
    /// The camera of this name, and no other.
    Named(String),
    /// A folder of pictures, played as a camera.
    Folder(PathBuf),
    /// None.
    Shut,
}

impl Eye {
    /// Starts to watch; `None` where nothing shall. `remembered` is the camera
    /// chosen last time. Previews are announced by `preview`, everything else
    /// by `tell`, both on the watcher's thread.
    pub(super) fn watch(
        self,
        remembered: Option<String>,
        tell: impl Fn(Event) + Send + 'static,
        preview: impl Fn() + Send + 'static,
    ) -> Option<Watcher> {
        let choice = match (&self, remembered) {
            (Self::Shut, _) => return None,
            (Self::Named(name), _) => Choice::Named(name.clone()),
            (Self::Any, Some(name)) => Choice::Named(name),
            (Self::Any | Self::Folder(_), _) => Choice::Any,
        };
        // A camera remembered that is not here today is no trouble.
        let lenient = (self == Self::Any).then(|| choice.clone());
        let orders = Orders {
            choice,
            accept: Arc::new(|text| parse_answer(text, Trust::CheckDigits).is_ok()),
            preview: Some(640),
            reading: false,
        };
        let open = move |choice: &Choice| -> Result<Box<dyn FrameSource>, CameraError> {
            match &self {
                Self::Folder(folder) => Ok(Box::new(FolderCamera::open(folder, Play::default())?)),
                _ => match camera::open(choice) {
                    Err(CameraError::NotFound { .. }) if Some(choice) == lenient.as_ref() => {
                        camera::open(&Choice::Any)
                    }
                    opened => opened,
                },
            }
        };
        Some(Watcher::start(orders, open, move |event| match event {
            camera::Event::Preview => preview(),
            camera::Event::Ready { name } => tell(Event::CameraReady(name)),
            camera::Event::Read(seen) | camera::Event::Other(seen) => tell(Event::Seen(seen.text)),
            camera::Event::Hint(hint) => tell(Event::Hint(hint)),
            camera::Event::Trouble(error) => tell(Event::CameraTrouble(Told::of(&error))),
        }))
    }
}

/// The names of the cameras that there are.
pub(super) fn names() -> Vec<String> {
    camera::cameras()
        .unwrap_or_default()
        .into_iter()
        .map(|camera| camera.name)
        .collect()
}
