//! The known-pattern equaliser: reads symbols whose modules are blurred into
//! each other.
//!
//! Much of a symbol is known before it is read: finders, timing, alignment and
//! the quiet zone. A linear filter is fitted, for every picture anew, so that it
//! turns the picture into these known modules; the same filter then undoes the
//! blur of the unknown ones. The soft modules are decoded directly, the least
//! certain codewords being treated as erasures.

mod bits;
mod equalise;
mod find;
mod grid;
mod homography;
mod hypotheses;
mod known;
mod linear;
mod plane;
mod reed_solomon;
mod refine;
mod sample;
mod scene;
mod search;
mod seeker;
mod template;

pub use known::LARGEST_VERSION;
pub use seeker::Seeker;

use super::luma::Luma;
use super::step::{Sighting, Step};

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

    fn read(&self, picture: &Luma) -> Vec<Sighting> {
        read(picture)
    }
}

/// All symbols that the equaliser can read in a picture.
pub fn read(picture: &Luma) -> Vec<Sighting> {
    let mut seeker = Seeker::new(picture);
    seeker.finish();
    seeker.take()
}
