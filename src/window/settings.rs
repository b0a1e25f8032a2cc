//! Settings that the window remembers.

use crate::ground::atomic;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// Largest file that is read, in bytes.
const MAX_FILE: u64 = 64 * 1024;

/// The person's settings, in a small file beside the PC's history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Settings {
    /// Name of the last chosen camera.
    pub(super) camera: Option<String>,
    /// Whether the preview is mirrored.
    pub(super) mirrored: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            camera: None,
            // As in a mirror, which people are used to.
            mirrored: true,
        }
    }
}

impl Settings {
    /// Reads the settings; the defaults if they cannot be read.
    pub(super) fn read(path: &Path) -> Self {
        atomic::read(path, MAX_FILE)
            .ok()
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default()
    }

    /// Writes the settings if possible: on a read-only medium, the person chooses
    /// again next time.
    pub(super) fn write(&self, path: &Path) {
        if let Ok(mut text) = serde_json::to_string_pretty(self) {
            text.push('\n');
            let _ = atomic::write(path, text.as_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_are_kept_and_damage_is_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("window.json");
        assert_eq!(Settings::read(&path), Settings::default());
        let chosen = Settings {
            camera: Some("Webcam HD".to_owned()),
            mirrored: false,
        };
        chosen.write(&path);
        assert_eq!(Settings::read(&path), chosen);
        std::fs::write(&path, "[1").unwrap();
        assert_eq!(Settings::read(&path), Settings::default());
    }
}
