//! Errors of the window.

use crate::advice::Advice;
use crate::ground::printable;

/// Why the window cannot be shown.
#[derive(Debug, thiserror::Error, strum::IntoStaticStr, strum::VariantNames, Advice)]
#[strum(serialize_all = "kebab-case", prefix = "window-")]
pub enum WindowError {
    /// There is no screen to draw on.
    #[error("no display: {reason}")]
    NoDisplay {
        /// What the system said, printable.
        reason: String,
    },
}

impl From<slint::PlatformError> for WindowError {
    fn from(error: slint::PlatformError) -> Self {
        Self::NoDisplay {
            reason: printable(&error.to_string()),
        }
    }
}
