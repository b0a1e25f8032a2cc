//! The steps for frames of a camera, with what each is good for and how much it
//! is worth beside the others.

use super::super::decoder::{Quircs, Rqrr, Rxing};
use super::super::view::Filter::{
    self, AtMost, Blur, Double, Half, Invert, LocalThreshold, Sides, Unsharp,
};
use super::agenda::{Item, Trouble};
use super::survey::Field;

/// The longest side at which a dear step is worth its time on a live frame.
const DEAR: Filter = AtMost(1280);

/// Steps in no order: which comes next, the frame decides.
#[allow(clippy::too_many_lines)] // a table
pub(super) fn catalogue() -> Vec<Item> {
    use Field::{CloseUp, Frame};
    use Trouble::{Any, Inverted, Light, Small};
    let local = LocalThreshold {
        window: 51,
        margin: 5,
    };
    let wide = LocalThreshold {
        window: 91,
        margin: 5,
    };
    let sharp = Unsharp {
        sigma: 2.0,
        gain: 2.0,
    };
    let soft = [
        Blur(0.8),
        Unsharp {
            sigma: 3.0,
            gain: 3.0,
        },
    ];
    let fine = Unsharp {
        sigma: 3.0,
        gain: 2.0,
    };
    let few = || Sides(0..=700);
    vec![
        Item::new(
            "half-local",
            Frame,
            Any,
            1.0,
            [Half, local.clone()],
            Rxing::Bitmap,
        ),
        Item::new("plain", Frame, Any, 0.6, [DEAR], Rxing::Blocks),
        Item::new(
            "close-double",
            CloseUp,
            Small,
            0.7,
            [few(), Double, fine.clone(), local.clone()],
            Rxing::Bitmap,
        ),
        Item::new(
            "close-double-blocks",
            CloseUp,
            Small,
            0.5,
            [few(), Double, fine.clone()],
            Rxing::Blocks,
        ),
        Item::new(
            "close-sharp-local",
            CloseUp,
            Trouble::Blur,
            0.5,
            [sharp.clone(), local.clone()],
            Rxing::Bitmap,
        ),
        Item::new(
            "close-rqrr",
            CloseUp,
            Light,
            0.4,
            [
                AtMost(640),
                LocalThreshold {
                    window: 25,
                    margin: 5,
                },
            ],
            Rqrr,
        ),
        Item::new("close-quircs", CloseUp, Any, 0.3, [sharp.clone()], Quircs),
        Item::new(
            "half-sharp",
            Frame,
            Trouble::Blur,
            0.5,
            [Half, sharp.clone()],
            Rxing::Blocks,
        ),
        Item::new(
            "480-sharp",
            Frame,
            Any,
            0.4,
            [Filter::ShrinkTo(480), sharp.clone()],
            Rxing::Blocks,
        ),
        Item::new(
            "640",
            Frame,
            Any,
            0.4,
            [Filter::ShrinkTo(640)],
            Rxing::Blocks,
        ),
        Item::new(
            "local",
            Frame,
            Light,
            0.4,
            [DEAR, local.clone()],
            Rxing::Bitmap,
        ),
        Item::new(
            "sharp-local",
            Frame,
            Trouble::Blur,
            0.4,
            [DEAR, sharp.clone(), local.clone()],
            Rxing::Bitmap,
        ),
        Item::new(
            "soft-sharp",
            Frame,
            Trouble::Blur,
            0.3,
            [&[DEAR][..], &soft].concat(),
            Rxing::Blocks,
        ),
        Item::new(
            "inverted-half",
            Frame,
            Inverted,
            0.4,
            [Invert, Half, local.clone()],
            Rxing::Bitmap,
        ),
        Item::new(
            "inverted-local",
            Frame,
            Inverted,
            0.2,
            [DEAR, Invert, sharp.clone(), local.clone()],
            Rxing::Bitmap,
        ),
        Item::new("wide-local", Frame, Light, 0.2, [DEAR, wide], Rxing::Bitmap),
        Item::new(
            "rqrr",
            Frame,
            Light,
            0.3,
            [
                AtMost(640),
                LocalThreshold {
                    window: 25,
                    margin: 5,
                },
            ],
            Rqrr,
        ),
        Item::new("quircs", Frame, Any, 0.2, [DEAR, sharp], Quircs),
        Item::new(
            "640-closed",
            Frame,
            Any,
            0.2,
            [Filter::ShrinkTo(640)],
            Rxing::Closed,
        ),
    ]
}
