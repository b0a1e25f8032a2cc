//! The steps there are, in the orders in which they are tried.

use std::sync::Arc;

use super::decoder::{Quircs, Rqrr, Rxing};
use super::step::{Pass, Step};
use super::view::Filter::{
    AtMost, Double, Half, Invert, LocalThreshold, Pad, ShrinkTo, Sides, Third, Unsharp,
};

/// For a single picture, which gets every chance.
pub fn still() -> Vec<Arc<dyn Step>> {
    catalogue()
        .into_iter()
        .map(|pass| Arc::new(pass) as Arc<dyn Step>)
        .collect()
}

fn catalogue() -> Vec<Pass> {
    let sharp = Unsharp {
        sigma: 2.0,
        gain: 2.0,
    };
    let local = LocalThreshold {
        window: 25,
        margin: 5,
    };
    vec![
        Pass::new("plain", [], Rxing::Blocks),
        Pass::new("at 640", [ShrinkTo(640)], Rxing::Blocks),
        Pass::new("at 480", [ShrinkTo(480)], Rxing::Blocks),
        Pass::new("sharp", [sharp.clone()], Rxing::Blocks),
        Pass::new("half", [Half], Rxing::Blocks),
        Pass::new("third", [Third], Rxing::Blocks),
        Pass::new("local", [local.clone()], Rxing::Bitmap),
        Pass::new("quircs", [], Quircs),
        Pass::new("closed", [], Rxing::Closed),
        Pass::new("third closed", [Third], Rxing::Closed),
        Pass::new("rqrr", [AtMost(640)], Rqrr::Rows),
        Pass::new("rqrr local", [AtMost(640), local.clone()], Rqrr::Bitmap),
        Pass::new("rqrr local 480", [AtMost(480), local.clone()], Rqrr::Bitmap),
        Pass::new("inverted", [Invert], Rxing::Blocks),
        Pass::new("padded", [Sides(0..=700), Pad(20)], Rxing::Blocks),
        Pass::new(
            "double",
            [
                Sides(0..=700),
                Double,
                Unsharp {
                    sigma: 3.0,
                    gain: 2.0,
                },
            ],
            Rxing::Blocks,
        ),
        Pass::new("double plain", [Sides(0..=700), Double], Rxing::Blocks),
        Pass::new("double quircs", [Sides(0..=700), Double], Quircs),
        Pass::new("sharp quircs", [sharp.clone()], Quircs),
        Pass::new("local quircs", [local.clone()], Quircs),
        Pass::new("half quircs", [Half], Quircs),
        Pass::new("half sharp", [Half, sharp.clone()], Rxing::Blocks),
        Pass::new("half local", [Half, local.clone()], Rxing::Bitmap),
        Pass::new("sharp local", [sharp.clone(), local.clone()], Rxing::Bitmap),
        Pass::new(
            "local 51",
            [LocalThreshold {
                window: 51,
                margin: 5,
            }],
            Rxing::Bitmap,
        ),
    ]
}
