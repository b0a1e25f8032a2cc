//! What was told lately, so that nothing is told twice.

use super::error::CameraError;
use std::time::{Duration, Instant};

/// A text that was away for so long is told again.
pub(super) const AWAY: Duration = Duration::from_secs(3);

/// So many texts are remembered as told.
const REMEMBERED: usize = 16;

/// What was told last, so that nothing is told twice.
#[derive(Default)]
pub(super) struct Reported {
    pub(super) ready: bool,
    pub(super) trouble: Option<CameraError>,
    pub(super) hint: Option<&'static str>,
    pub(super) texts: Vec<(String, Instant)>,
}

impl Reported {
    /// Whether this text was not seen just before.
    pub(super) fn is_news(&mut self, text: &str, now: Instant) -> bool {
        self.texts.retain(|(_, seen)| now < *seen + AWAY);
        if let Some((_, seen)) = self.texts.iter_mut().find(|(known, _)| known == text) {
            *seen = now;
            return false;
        }
        if self.texts.len() == REMEMBERED {
            self.texts.remove(0);
        }
        self.texts.push((text.to_owned(), now));
        true
    }
}
