//! What a watcher has reported, so that nothing is reported twice.

use super::error::CameraError;
use std::time::{Duration, Instant};

/// A text that was out of view for this long is reported again.
pub(super) const AWAY: Duration = Duration::from_secs(3);

/// How many texts are remembered.
const REMEMBERED: usize = 16;

/// The last reports.
#[derive(Default)]
pub(super) struct Reported {
    pub(super) ready: bool,
    pub(super) trouble: Option<CameraError>,
    pub(super) hint: Option<&'static str>,
    pub(super) texts: Vec<(String, Instant)>,
}

impl Reported {
    /// Whether this text has not been in view recently; remembers it.
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
