//! The sound of a reply that was taken.

/// Says, where this system can, that a reply was taken.
pub(super) fn chime() {}
