//! Every pass over a picture, once, and the order in which the passes are tried.
//!
//! A single picture gets them all, in [`STILL_ORDER`]; the frames of a camera get
//! some of them, on the whole frame or on a close-up (`live/steps.rs`).

use std::sync::Arc;

use super::decoder::{Decoder, Quircs, Rqrr, Rxing};
use super::equaliser::{self, EqualiserStep};
use super::step::{Pass, Step};
use super::view::Filter::{
    self, AtMost, Blur, Double, Half, Invert, LocalThreshold, Pad, ShrinkTo, Sides, Unsharp,
};

/// The steps for a single picture, in order.
///
/// The order was found by measuring: on photographs, and on painted screens that
/// were bleached, dim, half in the shade, under glare, blurred or noisy. What reads
/// most for its time comes first (half size with a local mean, 1.2 ms); later steps
/// read what none before them did; doubling takes the most time and comes last, and
/// the equaliser, which takes less, just before it. Another order reads
/// the same and takes longer: `cargo bench --bench sweep -- order` measures it.
pub const STILL_ORDER: [&str; 23] = [
    // Quick, and enough for most screens at the recommended distance.
    "half-local",
    "plain",
    "half-sharp",
    // A filmed screen shows moiré, which only shrinking removes.
    "480-sharp",
    "480",
    "640",
    // Uneven light, blur and noise.
    "local",
    "sharp-local",
    "soft-sharp",
    // Dark mode, and symbols printed light on dark.
    "inverted-half",
    "inverted",
    "inverted-local",
    "soft-sharp-local",
    "wide-local",
    "fine-sharp",
    // Other ways of finding a symbol and its grid.
    "rqrr",
    "quircs",
    "quircs-local",
    "640-closed",
    // Cut off at the edge of the symbol.
    "padded",
    // Too blurred for all others.
    equaliser::NAME,
    // Modules of two pixels and less.
    "double",
    "double-blocks",
];

/// The steps for a single picture, in [`STILL_ORDER`].
pub fn still() -> Vec<Arc<dyn Step>> {
    STILL_ORDER.into_iter().filter_map(named).collect()
}

/// The first step of all, for a picture that was made half as large already.
pub(super) fn glance() -> Pass {
    Pass::new("half-local", [LOCAL], Box::new(Rxing::Bitmap))
}

/// The step of this name, for cascades of another order.
pub fn named(name: &str) -> Option<Arc<dyn Step>> {
    let name = STILL_ORDER.into_iter().find(|known| *known == name)?;
    if name == equaliser::NAME {
        return Some(Arc::new(EqualiserStep::default()));
    }
    let pass = pass(name, &SideLimits::STILL)?;
    Some(Arc::new(pass))
}

/// The longest sides, in pixels, up to which passes see a picture in its own size.
/// Beyond them it is shrunk, or, for doubling, left out. All were chosen for the
/// time they save, which goes with the square of the side.
pub(super) struct SideLimits {
    /// For the passes that take least time.
    quick: u32,
    /// For passes that take long, and for those that come late.
    slow: u32,
    /// For quircs, which has one threshold for the whole picture.
    quircs: u32,
    /// For doubling: four times the work.
    doubled: u32,
}

impl SideLimits {
    /// For a single picture. Without the limit of 1600, noise of many megapixels
    /// took 100 ms longer and no photograph was read more (commit 0293a32). The
    /// other two were chosen by eye, not measured.
    pub(super) const STILL: Self = Self {
        quick: u32::MAX,
        slow: 1600,
        quircs: 1280,
        doubled: 2000,
    };

    /// For a frame of a camera: the largest common size at which a slow pass fits the budget.
    /// Chosen by eye, not measured.
    pub(super) const FRAME: Self = Self {
        quick: 1280,
        slow: 1280,
        quircs: 1280,
        doubled: 700,
    };

    /// For the part of a frame in which a symbol was located: small enough for
    /// everything but doubling. Chosen by eye, not measured.
    pub(super) const CLOSE_UP: Self = Self {
        quick: u32::MAX,
        slow: u32::MAX,
        quircs: u32::MAX,
        doubled: 700,
    };
}

/// The prefix of the name of a pass over a close-up.
const CLOSE: &str = "close-";

/// A window of 51 pixels holds several modules of any size that fits a frame; its
/// mean lies between dark and light even where a screen is bleached. A smaller
/// window sees large modules as flat, a larger one averages over shadows.
const LOCAL: Filter = local(51);

/// For shadows with soft edges, and for large modules.
const WIDE_LOCAL: Filter = local(91);

/// For rqrr, which sees pictures of 640 pixels at most.
const SMALL_LOCAL: Filter = local(25);

/// Grey levels below the local mean at which a pixel is dark. Without a margin noise
/// on flat ground turns into specks; with a large one dim screens turn white.
/// Chosen by eye, not measured.
const MARGIN: i32 = 5;

/// Undoes a blur of about two pixels, that of a webcam with fixed focus.
const SHARP: Filter = unsharp(2.0, 2.0);

/// Undoes a wider blur, or that of a doubled picture.
const WIDE_SHARP: Filter = unsharp(3.0, 2.0);

/// As [`WIDE_SHARP`], for a picture that was smoothed against noise first.
const STRONG_SHARP: Filter = unsharp(3.0, 3.0);

/// Brings out thin edges.
const FINE_SHARP: Filter = unsharp(1.5, 3.0);

/// Takes away the noise that sharpening would bring out.
const SMOOTH: Filter = Blur(0.8);

/// Pixels of white around a picture that lost its quiet zone: more than the four
/// modules that the standard asks for at five pixels a module.
const PADDING: u32 = 20;

/// The longest side of a picture that is padded: larger ones were hardly cut by
/// hand to the symbol.
const PADDED_AT_MOST: u32 = 1000;

/// The longest side at which rxing's own thresholds are tried on a doubled picture.
const DOUBLED_BLOCKS_AT_MOST: u32 = 700;

/// The pass of this name. With `close-` before it, it is the same pass under that
/// name, for close-ups.
pub(super) fn pass(name: &'static str, limits: &SideLimits) -> Option<Pass> {
    let slow = AtMost(limits.slow);
    let (filters, decoder): (Vec<Filter>, Box<dyn Decoder>) =
        match name.strip_prefix(CLOSE).unwrap_or(name) {
            "half-local" => (vec![Half, LOCAL], Box::new(Rxing::Bitmap)),
            "plain" => (vec![AtMost(limits.quick)], Box::new(Rxing::Blocks)),
            "half-sharp" => (vec![Half, SHARP], Box::new(Rxing::Blocks)),
            "480-sharp" => (vec![ShrinkTo(480), SHARP], Box::new(Rxing::Blocks)),
            "480" => (vec![ShrinkTo(480)], Box::new(Rxing::Blocks)),
            "640" => (vec![ShrinkTo(640)], Box::new(Rxing::Blocks)),
            "local" => (vec![AtMost(limits.quick), LOCAL], Box::new(Rxing::Bitmap)),
            "sharp-local" => (vec![slow, SHARP, LOCAL], Box::new(Rxing::Bitmap)),
            "soft-sharp" => (vec![slow, SMOOTH, STRONG_SHARP], Box::new(Rxing::Blocks)),
            "inverted-half" => (vec![Invert, Half, LOCAL], Box::new(Rxing::Bitmap)),
            "inverted" => (vec![slow, Invert], Box::new(Rxing::Blocks)),
            "inverted-local" => (vec![slow, Invert, SHARP, LOCAL], Box::new(Rxing::Bitmap)),
            "soft-sharp-local" => {
                let filters = vec![slow, SMOOTH, WIDE_SHARP, LOCAL];
                (filters, Box::new(Rxing::Bitmap))
            }
            "wide-local" => (vec![slow, WIDE_LOCAL], Box::new(Rxing::Bitmap)),
            "fine-sharp" => (vec![slow, FINE_SHARP], Box::new(Rxing::Blocks)),
            "rqrr" => (vec![AtMost(640), SMALL_LOCAL], Box::new(Rqrr)),
            "quircs" => (vec![AtMost(limits.quircs), SHARP], Box::new(Quircs)),
            "quircs-local" => (vec![AtMost(limits.quircs), LOCAL], Box::new(Quircs)),
            "640-closed" => (vec![ShrinkTo(640)], Box::new(Rxing::Closed)),
            "padded" => {
                let filters = vec![Sides(0..=PADDED_AT_MOST), Pad(PADDING)];
                (filters, Box::new(Rxing::Blocks))
            }
            "double" => {
                let filters = vec![Sides(0..=limits.doubled), Double, WIDE_SHARP, LOCAL];
                (filters, Box::new(Rxing::Bitmap))
            }
            "double-blocks" => {
                let filters = vec![Sides(0..=DOUBLED_BLOCKS_AT_MOST), Double, WIDE_SHARP];
                (filters, Box::new(Rxing::Blocks))
            }
            _ => return None,
        };
    Some(Pass::new(name, filters, decoder))
}

const fn unsharp(sigma: f32, gain: f32) -> Filter {
    Unsharp { sigma, gain }
}

const fn local(window: u32) -> Filter {
    LocalThreshold {
        window,
        margin: MARGIN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_of_the_order_is_a_step() {
        assert_eq!(still().len(), STILL_ORDER.len());
        assert!(named("no-such-step").is_none());
    }
}
