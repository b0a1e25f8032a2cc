//! The equaliser: reads symbols whose modules are blurred into each other.
//!
//! Much of a symbol is known before it is read: its function patterns and the quiet zone.
//! For every picture, a linear filter is fitted that turns the picture into these known
//! modules; the same filter then undoes the blur of the unknown ones, as a channel equaliser
//! does that is trained by known symbols. The soft modules are decoded directly: first with
//! the least certain codewords as erasures, then by soft decoding. What is decoded counts
//! only if it is much better than chance.
//!
//! In order: `finder_candidates` → `hypotheses` → `refine` → `rectify` →
//! `equalise` → `grid`; `search` runs them on one picture, `tracker` on the frames
//! of a camera.

mod bitstream;
mod equalise;
mod finder_candidates;
mod function_patterns;
mod grid;
mod hypotheses;
mod linear;
mod pyramid;
mod rectify;
mod reed_solomon;
mod refine;
mod search;
mod soft_decoding;
mod template;
mod track;
mod tracker;
mod tuning;

pub use function_patterns::LARGEST_VERSION;
pub use soft_decoding::SoftDecoder;
pub use tracker::{Progress, Tracker};
pub use tuning::Tuning;

use super::decoder::Corners;
use super::luma::Luma;
use super::step::{Sightings, Step};
use pyramid::Pyramid;
use search::{ReadSymbol, Search};
use std::sync::Arc;

/// The name of the step.
pub(super) const NAME: &str = "equaliser";

/// The longest side, in pixels, of what is looked at; larger pictures are shrunk
/// to it first. More would let smaller modules be read in large photographs, at a
/// cost in proportion to the pixels. Chosen by eye, not measured.
pub const LONG_SIDE: u32 = 2048;

/// [`read`] as a step of a cascade.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct EqualiserStep {
    /// The numbers that it goes by.
    pub tuning: Tuning,
}

impl Step for EqualiserStep {
    fn name(&self) -> &'static str {
        NAME
    }

    fn read(&self, picture: &Luma) -> Sightings {
        read_tuned(picture, self.tuning)
    }
}

/// All symbols that the equaliser can read in a picture.
pub fn read(picture: &Luma) -> Sightings {
    read_tuned(picture, Tuning::default())
}

fn read_tuned(picture: &Luma, tuning: Tuning) -> Sightings {
    let shrunk = picture.shrunk_to(LONG_SIDE);
    let scale = [
        picture.width() as f32 / shrunk.width() as f32,
        picture.height() as f32 / shrunk.height() as f32,
    ];
    let mut search = Search::new(Arc::new(Pyramid::of(&shrunk)), tuning);
    while search.advance() {}
    let mut seen = Sightings::default();
    for found in search.found {
        let corners = corners(&found, scale);
        seen.add(found.decoded.content, corners, NAME);
    }
    seen
}

/// The corners in pixels of a picture that was so much larger.
fn corners(found: &ReadSymbol, scale: [f32; 2]) -> Corners {
    let mut corners = found.place.corners();
    if found.decoded.mirrored {
        corners.swap(1, 3);
    }
    corners.map(|[x, y]| [x * scale[0], y * scale[1]])
}

#[cfg(test)]
mod tests;
