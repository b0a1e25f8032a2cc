//! One step of the search: one way to look at a picture, with one decoder.

use super::content::{Content, Part};
use super::decoder::{Corners, Decoder};
use super::luma::Luma;
use super::view::{Filter, FilteredView};

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

/// A symbol that holds a part of a text only, and must not be used alone.
#[derive(Debug, Clone, PartialEq)]
pub struct PartSighting {
    /// Which part of how many.
    pub part: Part,
    /// Its corners, as those of a [`Sighting`].
    pub corners: Corners,
    /// The name of the step that read it.
    pub step: &'static str,
}

/// What a step read in a picture. Parts are never among the texts, so that none passes for a
/// whole text.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sightings {
    /// Whole texts.
    pub texts: Vec<Sighting>,
    /// Symbols that hold a part of a text only.
    pub parts: Vec<PartSighting>,
    /// Something else in the picture looks like a symbol and was not read.
    pub more: bool,
}

impl Sightings {
    /// Adds a symbol; one that says nothing is left out.
    pub(super) fn add(&mut self, content: Content, corners: Corners, step: &'static str) {
        match content {
            Content::Text(text) if text.is_empty() => {}
            Content::Text(text) => self.texts.push(Sighting {
                text,
                corners,
                step,
            }),
            Content::Part(part) => self.parts.push(PartSighting {
                part,
                corners,
                step,
            }),
        }
    }

    /// How many symbols were read.
    pub fn count(&self) -> usize {
        self.texts.len() + self.parts.len()
    }
}

/// One way of reading symbols in a picture. Steps know nothing of each other, so they can be
/// tried in any order and spread over the frames of a camera.
pub trait Step: Send + Sync {
    /// A short name, unique among the steps of a cascade, stable in output.
    fn name(&self) -> &'static str;

    /// All symbols that this step can read. It may panic or run for long: the cascade runs it
    /// in a sandbox.
    fn read(&self, picture: &Luma) -> Sightings;
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
        decoder: Box<dyn Decoder>,
    ) -> Self {
        Self {
            name,
            filters: filters.into(),
            decoder,
        }
    }
}

impl Step for Pass {
    fn name(&self) -> &'static str {
        self.name
    }

    fn read(&self, picture: &Luma) -> Sightings {
        let mut seen = Sightings::default();
        let Some(view) = FilteredView::through(picture, &self.filters) else {
            return seen;
        };
        let decoded = self.decoder.decode(view.luma());
        seen.more = decoded.more;
        for found in decoded.found {
            let corners = found.corners.map(|corner| view.back(corner));
            seen.add(found.content, corners, self.name);
        }
        seen
    }
}

impl std::fmt::Debug for Pass {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Pass({}: {:?})", self.name, self.filters)
    }
}
