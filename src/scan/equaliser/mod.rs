//! The known-pattern equaliser: reads symbols whose modules are blurred into
//! each other.
//!
//! Much of a symbol is known before it is read: finders, timing, alignment and
//! the quiet zone. A linear filter is fitted, for every picture anew, so that it
//! turns the picture into these known modules; the same filter then undoes the
//! blur of the unknown ones. The soft modules are decoded directly: first the
//! least certain codewords are treated as erasures, then beliefs about single bits
//! are passed along the parity checks. What is decoded counts only if it is much
//! better than chance.

mod bitstream;
mod equalise;
mod finder_candidates;
mod float_image;
mod function_patterns;
mod grid;
mod homography;
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

pub use function_patterns::LARGEST_VERSION;
pub use tracker::{Progress, Tracker};

use super::decoder::Corners;
use super::luma::Luma;
use super::step::{Sightings, Step};
use pyramid::Pyramid;
use search::{ReadSymbol, Search};
use std::sync::Arc;

/// The name of the step.
const NAME: &str = "equaliser";

/// The longest side, in pixels, of what is looked at; larger pictures are
/// shrunk to it first.
pub const LONG_SIDE: u32 = 2048;

/// [`read`] as a step of a cascade.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct EqualiserStep;

impl Step for EqualiserStep {
    fn name(&self) -> &'static str {
        NAME
    }

    fn read(&self, picture: &Luma) -> Sightings {
        read(picture)
    }
}

/// All symbols that the equaliser can read in a picture.
pub fn read(picture: &Luma) -> Sightings {
    let shrunk = picture.shrunk_to(LONG_SIDE);
    let scale = [
        picture.width() as f32 / shrunk.width() as f32,
        picture.height() as f32 / shrunk.height() as f32,
    ];
    let mut search = Search::new(Arc::new(Pyramid::of(&shrunk)));
    while search.advance() {}
    let mut seen = Sightings::default();
    for found in search.found {
        let corners = corners(&found, scale);
        seen.add(found.decoded.content, corners, NAME);
    }
    seen
}

/// In pixels of a picture that was so much larger.
fn corners(found: &ReadSymbol, scale: [f32; 2]) -> Corners {
    let mut corners = found.place.corners();
    if found.decoded.mirrored {
        corners.swap(1, 3);
    }
    corners.map(|[x, y]| [x * scale[0], y * scale[1]])
}

#[cfg(test)]
mod tests;
