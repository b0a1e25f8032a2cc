//! Camera errors.

use crate::advice::{Advice, Fact};

/// Why no frames come. All its texts are printable.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames, Advice,
)]
#[strum(serialize_all = "kebab-case", prefix = "camera-")]
pub enum CameraError {
    /// There is no camera at all.
    #[error("no camera")]
    NoCamera,
    /// This Windows lacks Media Foundation, which cameras need: an N or KN
    /// edition, or a server without that feature.
    #[error("this Windows has no Media Foundation, and therefore no cameras")]
    NoMediaFoundation,
    /// There are cameras, but none with that name.
    #[error("no camera is named {name}; there are: {present}")]
    #[advice(also = more)]
    NotFound {
        /// The requested name.
        name: String,
        /// Names of the cameras present.
        present: String,
    },
    /// A privacy setting, a policy or missing rights block the camera.
    #[error("camera {name} is blocked: {reason}")]
    #[advice(also = more)]
    Blocked {
        /// Name of the camera.
        name: String,
        /// What the system said.
        reason: String,
    },
    /// Another program uses the camera.
    #[error("camera {name} is used by another program")]
    #[advice(also = more)]
    Busy {
        /// Name of the camera.
        name: String,
    },
    /// The camera was unplugged or otherwise vanished.
    #[error("camera {name} was unplugged")]
    #[advice(also = more)]
    Unplugged {
        /// Name of the camera.
        name: String,
    },
    /// The camera is open but sends no frames.
    #[error("camera {name} sends no frames")]
    #[advice(also = more)]
    Stalled {
        /// Name of the camera.
        name: String,
    },
    /// The camera offers no usable combination of size, format and rate.
    #[error("camera {name} offers no usable format")]
    #[advice(also = more)]
    NoUsableFormat {
        /// Name of the camera.
        name: String,
    },
    /// Any other error.
    #[error("camera {name} failed: {reason}")]
    #[advice(also = more)]
    Failed {
        /// Name of the camera.
        name: String,
        /// What the system said.
        reason: String,
    },
    /// The folder that stands in for a camera cannot be read.
    #[error("folder {folder} cannot be read: {reason}")]
    FolderUnreadable {
        /// The folder.
        folder: String,
        /// What the system said.
        reason: String,
    },
}

impl CameraError {
    /// The error with this id, for the camera of this name.
    pub(super) fn of_id(id: &str, name: &str) -> Self {
        let name = name.to_owned();
        let reason = String::new();
        match id {
            "camera-no-camera" => Self::NoCamera,
            "camera-no-media-foundation" => Self::NoMediaFoundation,
            "camera-not-found" => Self::NotFound {
                name,
                present: reason,
            },
            "camera-blocked" => Self::Blocked { name, reason },
            "camera-busy" => Self::Busy { name },
            "camera-unplugged" => Self::Unplugged { name },
            "camera-stalled" => Self::Stalled { name },
            "camera-no-usable-format" => Self::NoUsableFormat { name },
            other => Self::Failed {
                name,
                reason: crate::ground::printable(other),
            },
        }
    }
}

/// Facts by which messages choose their wording: whether there is any camera,
/// whether the camera has a name (it has none if listing failed), the system.
fn more(error: &CameraError) -> Vec<(&'static str, Fact)> {
    match error {
        CameraError::NoCamera
        | CameraError::NoMediaFoundation
        | CameraError::FolderUnreadable { .. } => Vec::new(),
        CameraError::NotFound { present, .. } => {
            vec![("cameras", usize::from(!present.is_empty()).into())]
        }
        CameraError::Blocked { name, .. }
        | CameraError::Busy { name }
        | CameraError::Unplugged { name }
        | CameraError::Stalled { name }
        | CameraError::NoUsableFormat { name }
        | CameraError::Failed { name, .. } => vec![
            ("named", usize::from(!name.is_empty()).into()),
            ("system", std::env::consts::OS.into()),
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use strum::VariantNames;

    #[test]
    fn every_id_makes_its_own_error() {
        for id in CameraError::VARIANTS {
            if *id != "camera-folder-unreadable" && *id != "camera-failed" {
                assert_eq!(CameraError::of_id(id, "Webcam").id(), *id);
            }
        }
        let other = CameraError::of_id("lens cap\u{1b}", "Webcam");
        assert_eq!(other.to_string(), "camera Webcam failed: lens cap");
    }
}
