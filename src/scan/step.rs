//! One step of the search: look at the picture in one way, with one decoder.

use super::decoder::{Corners, Decoder};
use super::luma::Luma;
use super::view::{Filter, View};

/// A symbol that was read in a picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Sighting {
    /// What the symbol says; never empty.
    pub text: String,
    /// Its corners in pixels of the picture as given, clockwise from the
    /// symbol's own top left (anticlockwise if the symbol is mirrored).
    pub corners: Corners,
    /// The name of the step that read it.
    pub step: &'static str,
}

/// One way of reading symbols in a picture. Steps know nothing of each other,
/// so that they can be put in any order and spread over the frames of a camera.
pub trait Step: Send + Sync {
    /// A short name, unique among the steps of a cascade, stable in output.
    fn name(&self) -> &'static str;

    /// All symbols that this step can read. It may panic or run for long: the
    /// cascade runs it behind a fence.
    fn read(&self, picture: &Luma) -> Vec<Sighting>;
}

/// A step made of filters, applied one after the other, and a decoder.
pub struct Pass {
    name: &'static str,
    filters: Vec<Filter>,
    decoder: Box<dyn Decoder>,
}

impl Pass {
    /// A step of this name.
    pub fn new(
        name: &'static str,
        filters: impl Into<Vec<Filter>>,
        decoder: impl Decoder + 'static,
    ) -> Self {
        Self {
            name,
            filters: filters.into(),
            decoder: Box::new(decoder),
        }
    }
}

impl Step for Pass {
    fn name(&self) -> &'static str {
        self.name
    }

    fn read(&self, picture: &Luma) -> Vec<Sighting> {
        let Some(view) = View::through(picture, &self.filters) else {
            return Vec::new();
        };
        self.decoder
            .decode(view.luma())
            .into_iter()
            .filter(|found| !found.text.is_empty())
            .map(|found| Sighting {
                corners: found.corners.map(|corner| view.back(corner)),
                text: found.text,
                step: self.name,
            })
            .collect()
    }
}

impl std::fmt::Debug for Pass {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Pass({}: {:?})", self.name, self.filters)
    }
}
