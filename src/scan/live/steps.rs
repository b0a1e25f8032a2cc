//! The steps for frames of a camera, with what each is good for and how much it
//! is worth beside the others.

use super::super::decoder::{Quircs, Rqrr, Rxing};
use super::super::view::Filter::{
    self, AtMost, Blur, Double, Half, Invert, LocalThreshold, Sides, Unsharp,
};
use super::schedule::{Condition, ScheduledStep};
use super::survey::Region;

/// The longest side at which a dear step is worth its time on a live frame.
const DEAR: Filter = AtMost(1280);

/// Steps in no order: which comes next, the frame decides.
#[allow(clippy::too_many_lines)] // a table
pub(super) fn steps() -> Vec<ScheduledStep> {
    use Condition::{Any, Inverted, Light, Small};
    use Region::{CloseUp, Frame};
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
        ScheduledStep::new(
            "half-local",
            Frame,
            Any,
            1.0,
            [Half, local.clone()],
            Rxing::Bitmap,
        ),
        ScheduledStep::new("plain", Frame, Any, 0.6, [DEAR], Rxing::Blocks),
        ScheduledStep::new(
            "close-double",
            CloseUp,
            Small,
            0.7,
            [few(), Double, fine.clone(), local.clone()],
            Rxing::Bitmap,
        ),
        ScheduledStep::new(
            "close-double-blocks",
            CloseUp,
            Small,
            0.5,
            [few(), Double, fine.clone()],
            Rxing::Blocks,
        ),
        ScheduledStep::new(
            "close-sharp-local",
            CloseUp,
            Condition::Blur,
            0.5,
            [sharp.clone(), local.clone()],
            Rxing::Bitmap,
        ),
        ScheduledStep::new(
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
        ScheduledStep::new("close-quircs", CloseUp, Any, 0.3, [sharp.clone()], Quircs),
        ScheduledStep::new(
            "half-sharp",
            Frame,
            Condition::Blur,
            0.5,
            [Half, sharp.clone()],
            Rxing::Blocks,
        ),
        ScheduledStep::new(
            "480-sharp",
            Frame,
            Any,
            0.4,
            [Filter::ShrinkTo(480), sharp.clone()],
            Rxing::Blocks,
        ),
        ScheduledStep::new(
            "640",
            Frame,
            Any,
            0.4,
            [Filter::ShrinkTo(640)],
            Rxing::Blocks,
        ),
        ScheduledStep::new(
            "local",
            Frame,
            Light,
            0.4,
            [DEAR, local.clone()],
            Rxing::Bitmap,
        ),
        ScheduledStep::new(
            "sharp-local",
            Frame,
            Condition::Blur,
            0.4,
            [DEAR, sharp.clone(), local.clone()],
            Rxing::Bitmap,
        ),
        ScheduledStep::new(
            "soft-sharp",
            Frame,
            Condition::Blur,
            0.3,
            [&[DEAR][..], &soft].concat(),
            Rxing::Blocks,
        ),
        ScheduledStep::new(
            "inverted-half",
            Frame,
            Inverted,
            0.4,
            [Invert, Half, local.clone()],
            Rxing::Bitmap,
        ),
        ScheduledStep::new(
            "inverted-local",
            Frame,
            Inverted,
            0.2,
            [DEAR, Invert, sharp.clone(), local.clone()],
            Rxing::Bitmap,
        ),
        ScheduledStep::new("wide-local", Frame, Light, 0.2, [DEAR, wide], Rxing::Bitmap),
        ScheduledStep::new(
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
        ScheduledStep::new("quircs", Frame, Any, 0.2, [DEAR, sharp], Quircs),
        ScheduledStep::new(
            "640-closed",
            Frame,
            Any,
            0.2,
            [Filter::ShrinkTo(640)],
            Rxing::Closed,
        ),
    ]
}
