//! What can be wrong with a camera.

use crate::advice::{Advice, Fact};

/// Why no frames come. All texts in it are printable.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames, Advice,
)]
#[strum(serialize_all = "kebab-case", prefix = "camera-")]
pub enum CameraError {
    /// There is no camera at all.
    #[error("no camera")]
    NoCamera,
    /// This Windows has no Media Foundation, through which cameras are used: an
    /// N or KN edition, or a server without that feature.
    #[error("this Windows has no Media Foundation, and so no cameras")]
    NoMediaFoundation,
    /// There are cameras, but none of that name.
    #[error("no camera is named {name}; there are: {present}")]
    #[advice(also = more)]
    NotFound {
        /// What was asked for.
        name: String,
        /// Names of those that there are.
        present: String,
    },
    /// A privacy switch, a policy or missing rights keep it from opening.
    #[error("camera {name} is blocked: {reason}")]
    #[advice(also = more)]
    Blocked {
        /// Name of the camera.
        name: String,
        /// What the system said.
        reason: String,
    },
    /// Another program uses it.
    #[error("camera {name} is used by another program")]
    #[advice(also = more)]
    Busy {
        /// Name of the camera.
        name: String,
    },
    /// It was unplugged, or went away in another way.
    #[error("camera {name} was unplugged")]
    #[advice(also = more)]
    Unplugged {
        /// Name of the camera.
        name: String,
    },
    /// It is open, but no frames come.
    #[error("camera {name} sends no frames")]
    #[advice(also = more)]
    Stalled {
        /// Name of the camera.
        name: String,
    },
    /// It offers nothing that can be read: no picture of a usable size, format
    /// and rate.
    #[error("camera {name} offers no usable format")]
    #[advice(also = more)]
    NoUsableFormat {
        /// Name of the camera.
        name: String,
    },
    /// Anything else that the system said.
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
    /// The error of an id, with this for the camera's name.
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

/// What messages choose by: whether there is any camera, whether this one has a
/// name (there is none to tell where none could be listed), the system.
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
