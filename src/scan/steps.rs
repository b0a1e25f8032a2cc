//! The steps there are, in the order in which they are tried.
//!
//! The order was found by measuring: on photographs, and on painted screens that
//! were bleached, dim, half in the shade, under glare, blurred or noisy. First
//! comes what reads most for its time; later steps read what none before did.

use std::sync::Arc;

use super::decoder::{Quircs, Rqrr, Rxing};
use super::equaliser::EqualiserStep;
use super::step::{Pass, Step};
use super::view::Filter::{
    self, AtMost, Blur, Double, Half, Invert, LocalThreshold, Pad, ShrinkTo, Sides, Unsharp,
};

/// For a single picture, which gets every chance.
pub fn still() -> Vec<Arc<dyn Step>> {
    let mut steps: Vec<Arc<dyn Step>> = catalogue()
        .into_iter()
        .map(|pass| Arc::new(pass) as Arc<dyn Step>)
        .collect();
    // Reads what is too blurred for all others, and costs less than doubling.
    let doubling = steps
        .iter()
        .position(|step| step.name().starts_with("double"));
    steps.insert(doubling.unwrap_or(steps.len()), Arc::new(EqualiserStep));
    steps
}

/// The first step of all, for a picture that was made half as large already.
pub(super) fn glance() -> Pass {
    Pass::new("half-local", [LOCAL], Rxing::Bitmap)
}

/// The step of this name, for cascades of another order.
pub fn named(name: &str) -> Option<Arc<dyn Step>> {
    still().into_iter().find(|step| step.name() == name)
}

/// A window of 51 pixels holds several modules of any size that fits a frame;
/// its mean lies between dark and light even where a screen is bleached.
const LOCAL: Filter = local(51);

const SHARP: Filter = unsharp(2.0, 2.0);

/// Where a step is dear, or comes late, a photograph of many megapixels is
/// looked at in a smaller size.
const DEAR: Filter = AtMost(1600);

/// Twice the size is four times the work: pictures beyond this are left out.
const DOUBLED_AT_MOST: u32 = 2000;

fn catalogue() -> Vec<Pass> {
    let soft = Blur(0.8);
    vec![
        // Quick, and enough for most screens held as people are told to.
        Pass::new("half-local", [Half, LOCAL], Rxing::Bitmap),
        Pass::new("plain", [], Rxing::Blocks),
        Pass::new("half-sharp", [Half, SHARP], Rxing::Blocks),
        // A filmed screen shows moiré, which only shrinking takes away.
        Pass::new("480-sharp", [ShrinkTo(480), SHARP], Rxing::Blocks),
        Pass::new("480", [ShrinkTo(480)], Rxing::Blocks),
        Pass::new("640", [ShrinkTo(640)], Rxing::Blocks),
        // Uneven light, blur and noise.
        Pass::new("local", [LOCAL], Rxing::Bitmap),
        Pass::new("sharp-local", [DEAR, SHARP, LOCAL], Rxing::Bitmap),
        Pass::new(
            "soft-sharp",
            [DEAR, soft.clone(), unsharp(3.0, 3.0)],
            Rxing::Blocks,
        ),
        // Dark mode, and symbols printed light on dark.
        Pass::new("inverted-half", [Invert, Half, LOCAL], Rxing::Bitmap),
        Pass::new("inverted", [DEAR, Invert], Rxing::Blocks),
        Pass::new(
            "inverted-local",
            [DEAR, Invert, SHARP, LOCAL],
            Rxing::Bitmap,
        ),
        Pass::new(
            "soft-sharp-local",
            [DEAR, soft, unsharp(3.0, 2.0), LOCAL],
            Rxing::Bitmap,
        ),
        Pass::new("wide-local", [DEAR, local(91)], Rxing::Bitmap),
        Pass::new("fine-sharp", [DEAR, unsharp(1.5, 3.0)], Rxing::Blocks),
        // Finders and grids of another make.
        Pass::new("rqrr", [AtMost(640), local(25)], Rqrr),
        Pass::new("quircs", [AtMost(1280), SHARP], Quircs),
        Pass::new("quircs-local", [AtMost(1280), LOCAL], Quircs),
        Pass::new("640-closed", [ShrinkTo(640)], Rxing::Closed),
        // Cut off at the edge of the symbol.
        Pass::new("padded", [Sides(0..=1000), Pad(20)], Rxing::Blocks),
        // Modules of two pixels and less; the dearest, so the last.
        Pass::new(
            "double",
            [Sides(0..=DOUBLED_AT_MOST), Double, unsharp(3.0, 2.0), LOCAL],
            Rxing::Bitmap,
        ),
        Pass::new(
            "double-blocks",
            [Sides(0..=700), Double, unsharp(3.0, 2.0)],
            Rxing::Blocks,
        ),
    ]
}

const fn unsharp(sigma: f32, gain: f32) -> Filter {
    Unsharp { sigma, gain }
}

const fn local(window: u32) -> Filter {
    LocalThreshold { window, margin: 5 }
}
