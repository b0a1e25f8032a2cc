//! What a watcher tells of something that was read.

use crate::scan::Sighting;
use crate::scan::digits::PrintedNumber;
use std::time::Duration;

/// A symbol that was read, or a printed number.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadSymbol {
    /// Its text as read, which may be unprintable.
    pub text: String,
    /// Its corners as fractions of the frame's width and height, 0 to 1, clockwise
    /// from its own top left.
    pub corners: [[f32; 2]; 4],
    /// When it was read, since the source was opened.
    pub at: Duration,
}

impl ReadSymbol {
    pub(super) fn of(sighting: &Sighting, [width, height]: [f32; 2], at: Duration) -> Self {
        Self {
            text: sighting.text.clone(),
            corners: sighting.corners.map(|[x, y]| [x / width, y / height]),
            at,
        }
    }

    pub(super) fn printed(number: PrintedNumber, [width, height]: [f32; 2], at: Duration) -> Self {
        Self {
            corners: number.corners().map(|[x, y]| [x / width, y / height]),
            text: number.digits,
            at,
        }
    }
}
