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
    origin: [f32; 2],
}

/// How well a place must fit for other pictures of the scene to be looked at
/// there first; false places rarely come so far.
const LIKELY: f64 = 0.9;

/// How far a symbol may move from one picture to the next, in pixels.
const WANDERS: f32 = 40.0;

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
            origin: [0.0, 0.0],
        }
    }

    /// In the part of this picture around a place where an earlier picture of
    /// the scene has a symbol ([`Seeker::likely`]): left, top, right, bottom.
    pub fn near(picture: &Luma, [left, top, right, bottom]: [f32; 4]) -> Self {
        let within = |value: f32, most: u32| value.clamp(0.0, most as f32) as u32;
        let (width, height) = (picture.width(), picture.height());
        let (left, top) = (within(left - WANDERS, width), within(top - WANDERS, height));
        let (right, bottom) = (
            within(right + WANDERS, width),
            within(bottom + WANDERS, height),
        );
        let part = picture.crop(
            left,
            top,
            right.saturating_sub(left),
            bottom.saturating_sub(top),
        );
        let origin = match part {
            Some(_) => [left as f32, top as f32],
            None => [0.0, 0.0],
        };
        Self {
            origin,
            ..Self::new(part.as_ref().unwrap_or(picture))
        }
    }

    /// Where a symbol lies that could not be read, if one was found: left, top,
    /// right and bottom, in pixels of the picture.
    pub fn likely(&self) -> Option<[f32; 4]> {
        let best = self
            .search
            .likely
            .iter()
            .max_by(|a, b| a.fit.total_cmp(&b.fit))
            .filter(|best| best.fit >= LIKELY)?;
        let corners = best.corners().map(|corner| self.back(corner));
        let all = |axis: usize, pick: fn(f32, f32) -> f32, start: f32| {
            corners.iter().map(|corner| corner[axis]).fold(start, pick)
        };
        let (least, most) = (f32::INFINITY, f32::NEG_INFINITY);
        Some([
            all(0, f32::min, least),
            all(1, f32::min, least),
            all(0, f32::max, most),
            all(1, f32::max, most),
        ])
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
            corners: corners.map(|corner| self.back(corner)),
            step: NAME,
        }
    }

    /// A point of what is searched, in pixels of the picture.
    fn back(&self, [x, y]: [f32; 2]) -> [f32; 2] {
        [
            x * self.scale[0] + self.origin[0],
            y * self.scale[1] + self.origin[1],
        ]
    }
}

impl std::fmt::Debug for Seeker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Seeker({} found)", self.search.found.len())
    }
}
