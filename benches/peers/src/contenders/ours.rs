//! Hikyaku's own reader.

use super::Contender;
use hikyaku::scan::{Cascade, Luma};

/// The cascade for a single picture. A reader of live sequences takes the place
/// of [`Contender::read_sequence`] here, and no other place changes.
pub(super) struct Still(Cascade);

impl Still {
    pub(super) fn new() -> Self {
        Self(Cascade::still())
    }
}

impl Contender for Still {
    fn read(&mut self, picture: &Luma) -> Vec<String> {
        let reading = self.0.read(picture, &|_| true);
        reading.sightings.into_iter().map(|s| s.text).collect()
    }
}
