//! The search in one picture, a little at a time.

use super::super::luma::Luma;
use super::super::step::Sighting;
use super::search::{Found, Search};
use super::{LONG_SIDE, NAME};
use std::time::Instant;

/// A search that can be left and taken up again, so that a frame of a camera
/// need not wait for its end.
pub struct Seeker {
    search: Search,
    scale: [f32; 2],
}

impl Seeker {
    /// In this picture.
    pub fn new(picture: &Luma) -> Self {
        let shrunk = picture.shrunk_to(LONG_SIDE);
        Self {
            scale: [
                picture.width() as f32 / shrunk.width() as f32,
                picture.height() as f32 / shrunk.height() as f32,
            ],
            search: Search::new(&shrunk),
        }
    }

    /// Goes on until there is nothing more to do, something was found, or the
    /// time has come; the piece of work in hand is finished first. Answers
    /// whether there is more to do.
    pub fn advance_until(&mut self, deadline: Instant) -> bool {
        while Instant::now() < deadline {
            if !self.search.advance() {
                return false;
            }
            if !self.search.found.is_empty() {
                break;
            }
        }
        true
    }

    /// Goes on to the end.
    pub fn finish(&mut self) {
        while self.search.advance() {}
    }

    /// What was found since this was last asked.
    pub fn take(&mut self) -> Vec<Sighting> {
        let found = std::mem::take(&mut self.search.found);
        found
            .into_iter()
            .map(|found| self.sighting(found))
            .collect()
    }

    fn sighting(&self, found: Found) -> Sighting {
        let mut corners = found.place.corners();
        if found.reading.mirrored {
            corners.swap(1, 3);
        }
        Sighting {
            text: found.reading.text,
            corners: corners.map(|[x, y]| [x * self.scale[0], y * self.scale[1]]),
            step: NAME,
        }
    }
}

impl std::fmt::Debug for Seeker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Seeker({} found)", self.search.found.len())
    }
}
