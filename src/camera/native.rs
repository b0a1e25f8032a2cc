//! Cameras of this PC, through nokhwa.

use super::{CameraError, CameraInfo, CameraKind, Choice, FrameSource};
use crate::activation::printable;

pub(super) fn cameras() -> Result<Vec<CameraInfo>, CameraError> {
    let listed =
        nokhwa::query(nokhwa::utils::ApiBackend::Auto).map_err(|error| CameraError::Failed {
            name: String::new(),
            reason: printable(&error.to_string()),
        })?;
    Ok(listed
        .iter()
        .map(|info| CameraInfo {
            name: printable(&info.human_name()),
            place: printable(&info.misc()),
            kind: CameraKind::Ordinary,
        })
        .collect())
}

pub(super) fn open(_choice: &Choice) -> Result<Box<dyn FrameSource>, CameraError> {
    Err(CameraError::NoCamera)
}
