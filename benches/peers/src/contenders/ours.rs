//! Hikyaku's own reader.

use super::Contender;
use hikyaku::scan::{Cascade, LiveReader, Luma};
use std::time::Duration;

/// Between two frames of a camera.
const INTERVAL: Duration = Duration::from_millis(50);

/// The cascade for a single picture, the live reader for a sequence.
pub(super) struct Ours(Cascade);

impl Ours {
    pub(super) fn new() -> Self {
        Self(Cascade::still())
    }
}

impl Contender for Ours {
    fn read(&mut self, picture: &Luma) -> Vec<String> {
        let reading = self.0.read(picture, &|_| true);
        reading.sightings.into_iter().map(|s| s.text).collect()
    }

    /// As in the product: every frame gets its budget and no more, and the
    /// first frame that is read ends the search.
    fn read_sequence(&mut self, frames: &[Luma]) -> Vec<String> {
        let mut reader = LiveReader::default();
        for (frame, index) in frames.iter().zip(0..) {
            let glimpse = reader.look(frame.clone(), INTERVAL * index, &|_| true);
            if !glimpse.read.is_empty() {
                return glimpse.read.into_iter().map(|s| s.text).collect();
            }
        }
        Vec::new()
    }
}
