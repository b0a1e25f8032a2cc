//! Sounds, for someone who looks at the phone and not at the screen.

use super::journey::Sound;

/// Plays a sound where this system can.
pub(super) fn play(sound: Sound) {
    let _ = sound;
}
