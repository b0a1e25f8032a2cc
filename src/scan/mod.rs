//! Pictures in, texts out: reads QR symbols in photographs of screens.
//!
//! A [`Luma`] is looked at in several ways ([`Step`]s: sizes, thresholds,
//! sharpening, three decoders), one after the other, until one of them reads
//! what the caller wants. No single decoder reads everything: glare, moiré,
//! blur and dim screens each defeat another one. A still picture gets the whole
//! [`Cascade`] at once; the frames of a camera go to a [`LiveReader`], which
//! spreads the steps over them and says what to change.

mod budget;
pub mod cascade;
mod content;
pub mod decoder;
pub mod equaliser;
pub mod fence;
mod filter;
pub mod finders;
pub mod jpeg;
pub mod live;
pub mod luma;
pub mod picture;
mod resize;
#[cfg(test)]
pub(crate) mod samples;
pub mod step;
pub mod steps;
pub mod still;
pub mod view;

pub use cascade::{Bounds, Cascade, Outcome, Reading};
pub use content::{Content, Part};
#[cfg(feature = "camera")]
pub(crate) use jpeg::Whole as WholeJpeg;
pub use live::{Glimpse, Hint, LiveReader, hint_for};
pub use luma::Luma;
#[cfg(feature = "practice")]
pub(crate) use picture::luma_of_rgb;
pub use picture::{PictureError, luma_from_bytes};
pub use step::{PartSighting, Sighting, Sightings, Step};
pub use still::{Still, StillReader};
