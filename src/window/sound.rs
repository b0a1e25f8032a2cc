//! The sound of a reply that was taken.

use crate::platform::{self, Chime};

/// Says, where this system can, that a reply was taken.
pub(super) fn chime() {
    platform::chime(Chime::Done);
}
