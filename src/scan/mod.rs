//! Pictures in, texts out: reads QR symbols in photographs of screens.
//!
//! Several [`Step`]s (sizes, thresholds, sharpening, three decoders, an equaliser) look at a
//! [`Luma`], one after the other, until one of them reads what the caller wants. No single
//! decoder reads everything: glare, moiré, blur and dim screens each defeat another one. A
//! single picture gets the whole [`Cascade`] at once; the frames of a camera go to a
//! [`LiveReader`], which spreads the steps over them and says what the person should change.

mod budget;
pub mod cascade;
mod content;
pub mod decoder;
pub mod digits;
pub mod equaliser;
mod filter;
pub mod finders;
mod float_image;
mod homography;
pub mod jpeg;
mod kernel;
pub mod live;
pub mod luma;
pub mod picture;
mod resize;
#[cfg(test)]
pub(crate) mod samples;
pub mod sandbox;
pub mod step;
pub mod steps;
pub mod still;
pub mod view;

pub use cascade::{Bounds, Cascade, ScanReport, SearchOutcome};
pub use content::{Content, Part};
#[cfg(feature = "camera")]
pub(crate) use jpeg::Whole as WholeJpeg;
pub use live::{Glimpse, Hint, LiveReader, hint_for};
pub use luma::Luma;
#[cfg(feature = "practice")]
pub(crate) use picture::luma_of_rgb;
pub use picture::{PictureError, luma_from_bytes};
pub use step::{PartSighting, Sighting, Sightings, Step};
pub use still::{StillReader, StillReport};
