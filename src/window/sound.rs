//! Sounds, for a person who looks at the phone rather than the screen.

use super::journey::Sound;
use crate::platform::{self, Chime};

/// Plays a sound if this system can.
pub(super) fn play(sound: Sound) {
    platform::chime(match sound {
        Sound::Taken => Chime::Done,
        Sound::NotHere => Chime::NotHere,
        Sound::Refused => Chime::Refused,
    });
}
