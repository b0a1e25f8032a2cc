//! Which of a camera's formats to take.

use super::CameraError;
use super::layout::{Layout, PixelFormat};

/// A format that a camera offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Offer {
    pub(super) layout: Layout,
    /// Frames a second; [`ANY_RATE`] where a camera is asked without knowing.
    pub(super) rate: u32,
}

/// A rate that Media Foundation's driver takes for every one that there is of a
/// size and kind, such as 29.97, which it cannot list.
pub(super) const ANY_RATE: u32 = 0;

/// Sizes in the order in which they are wanted: enough for small modules, and
/// not so much that cheap cameras get slow or noisy.
const SIZES: [[u32; 2]; 3] = [[1280, 720], [1920, 1080], [640, 480]];

/// Below this rate a person's movements and the camera's do not match.
const LIVELY: u32 = 10;

/// More frames than this only cost.
const AMPLE: u32 = 30;

/// Nothing smaller than this shows a symbol held in a hand.
const SMALLEST: u32 = 240;

/// The offers that make sense, the best first.
pub(super) fn ranked(offers: &[Offer]) -> Vec<Offer> {
    let usable = |offer: &&Offer| {
        let Layout { width, height, .. } = offer.layout;
        width.min(height) >= SMALLEST && width.max(height) <= 4096 && offer.rate > 0
    };
    let mut ranked: Vec<Offer> = offers.iter().filter(usable).copied().collect();
    ranked.sort_by_key(rank);
    ranked.dedup();
    ranked
}

/// What to ask a camera for whose list is incomplete: every usual size and kind
/// at any rate, the best first.
///
/// Large pictures come quickly where they are compressed, or decoded by the
/// system (NV12), small ones in any case.
pub(super) fn asked() -> Vec<Offer> {
    let sizes = SIZES.iter().chain(&[[640, 360], [800, 600]]);
    sizes
        .flat_map(|&[width, height]| {
            let kinds = if width > 800 {
                [PixelFormat::Nv12, PixelFormat::Mjpeg, PixelFormat::Yuyv]
            } else {
                [PixelFormat::Nv12, PixelFormat::Yuyv, PixelFormat::Mjpeg]
            };
            kinds.map(|kind| Offer {
                layout: Layout {
                    width,
                    height,
                    kind,
                },
                rate: ANY_RATE,
            })
        })
        .collect()
}

/// What to try one after the other: what was listed and is lively, and what may
/// be there without being listed, by size; then what is slow. Nothing is asked
/// for whose size and kind is listed as lively.
pub(super) fn plan(listed: &[Offer], asked: &[Offer]) -> Vec<Offer> {
    let (lively, slow): (Vec<Offer>, Vec<Offer>) = ranked(listed)
        .into_iter()
        .partition(|offer| offer.rate >= LIVELY);
    let unlisted = |offer: &&Offer| lively.iter().all(|known| known.layout != offer.layout);
    let mut plan: Vec<Offer> = asked.iter().filter(unlisted).copied().collect();
    plan.splice(0..0, lively.iter().copied());
    // Of one size, what is listed stays before what is asked for.
    plan.sort_by_key(|offer| size_rank(offer.layout));
    plan.extend(slow);
    plan
}

/// What trying a format came to.
pub(super) enum AttemptError {
    /// The camera does not have it: that costs nothing.
    Absent(CameraError),
    /// It has it, but no frame came.
    Silent(CameraError),
    /// No format of it will work.
    Final(CameraError),
}

/// So many of a camera's formats may fail to give a frame.
const TRIES: usize = 5;

/// The first format in which a frame comes.
///
/// # Errors
/// The last failure; `None` where there was nothing to try.
pub(super) fn first_that_works<T>(
    plan: &[Offer],
    mut attempt: impl FnMut(Offer) -> Result<T, AttemptError>,
) -> Result<T, Option<CameraError>> {
    let mut last = None;
    let mut silent = 0;
    for &offer in plan {
        match attempt(offer) {
            Ok(found) => return Ok(found),
            Err(AttemptError::Final(error)) => return Err(Some(error)),
            Err(AttemptError::Silent(error)) => {
                last = Some(error);
                silent += 1;
                if silent == TRIES {
                    break;
                }
            }
            Err(AttemptError::Absent(error)) if silent == 0 => last = Some(error),
            Err(AttemptError::Absent(_)) => {}
        }
    }
    Err(last)
}

/// Where a size stands: usual sizes first, of others the one nearest to the
/// first. Lower is better.
fn size_rank(Layout { width, height, .. }: Layout) -> (usize, u32) {
    match SIZES.iter().position(|&size| size == [width, height]) {
        Some(place) => (place, 0),
        None => (
            SIZES.len(),
            (width * height).abs_diff(SIZES[0][0] * SIZES[0][1]),
        ),
    }
}

/// Lower is better.
fn rank(offer: &Offer) -> (bool, (usize, u32), u8, bool, u32) {
    let kind = match offer.layout.kind {
        PixelFormat::Nv12 | PixelFormat::Yuyv | PixelFormat::Gray => 0,
        PixelFormat::Mjpeg => 1,
        PixelFormat::Rgb | PixelFormat::Bgr => 2,
    };
    (
        offer.rate < LIVELY,
        size_rank(offer.layout),
        kind,
        offer.rate > AMPLE,
        offer.rate.abs_diff(AMPLE),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offer(width: u32, height: u32, kind: PixelFormat, rate: u32) -> Offer {
        let layout = Layout {
            width,
            height,
            kind,
        };
        Offer { layout, rate }
    }

    fn best(offers: &[Offer]) -> Offer {
        ranked(offers)[0]
    }

    #[test]
    fn the_right_size_without_compression_if_it_is_lively() {
        use PixelFormat::{Mjpeg, Nv12, Yuyv};
        // A webcam on USB 2: what is not compressed gets slow with its size.
        let usb2 = [
            offer(3840, 2160, Mjpeg, 30),
            offer(640, 480, Yuyv, 30),
            offer(1280, 720, Yuyv, 10),
            offer(1280, 720, Mjpeg, 30),
            offer(1920, 1080, Yuyv, 5),
            offer(1920, 1080, Mjpeg, 30),
        ];
        assert_eq!(best(&usb2), usb2[2]);
        // A slower one: compressed at the same size rather than small.
        let slower = [
            offer(1280, 720, Yuyv, 5),
            offer(1280, 720, Mjpeg, 30),
            offer(640, 480, Nv12, 30),
        ];
        assert_eq!(best(&slower), slower[1]);
        let without_720 = [
            offer(640, 480, Yuyv, 30),
            offer(1920, 1080, Mjpeg, 30),
            offer(2592, 1944, Nv12, 15),
        ];
        assert_eq!(best(&without_720), without_720[1]);
    }

    #[test]
    fn thirty_frames_are_enough() {
        let rates = [60, 15, 30, 120, 5].map(|rate| offer(1280, 720, PixelFormat::Nv12, rate));
        let order: Vec<u32> = ranked(&rates).iter().map(|offer| offer.rate).collect();
        assert_eq!(order, [30, 15, 60, 120, 5]);
    }

    #[test]
    fn of_odd_sizes_the_nearest_and_nothing_tiny() {
        use PixelFormat::{Gray, Rgb, Yuyv};
        let odd = [
            offer(160, 120, Yuyv, 30),
            offer(352, 288, Yuyv, 30),
            offer(1024, 768, Rgb, 30),
            offer(8000, 6000, Yuyv, 30),
            offer(800, 600, Gray, 0),
        ];
        assert_eq!(ranked(&odd), [odd[2], odd[1]]);
        assert!(ranked(&[]).is_empty());
    }

    #[test]
    fn what_is_not_listed_is_asked_for_by_size() {
        use PixelFormat::{Mjpeg, Nv12, Yuyv};
        // As nokhwa lists a camera whose large pictures come 29.97 times a
        // second: not at all.
        let listed = [offer(640, 480, Yuyv, 30), offer(1920, 1080, Yuyv, 5)];
        let order = plan(&listed, &asked());
        let any = |width, height, kind| offer(width, height, kind, ANY_RATE);
        assert_eq!(
            order[..7],
            [
                any(1280, 720, Nv12),
                any(1280, 720, Mjpeg),
                any(1280, 720, Yuyv),
                any(1920, 1080, Nv12),
                any(1920, 1080, Mjpeg),
                any(1920, 1080, Yuyv),
                listed[0],
            ]
        );
        // What is listed is not asked for again, and what is slow comes last.
        assert!(!order.contains(&any(640, 480, Yuyv)));
        assert_eq!(order.last(), Some(&listed[1]));
        // A camera without a list at all is asked for everything.
        assert_eq!(plan(&[], &asked()).len(), asked().len());
        // Where the list is whole, nothing else is asked for.
        assert_eq!(plan(&listed, &[]), ranked(&listed));
    }

    fn error(reason: &str) -> CameraError {
        CameraError::Failed {
            name: "Webcam".to_owned(),
            reason: reason.to_owned(),
        }
    }

    #[test]
    fn a_format_without_frames_makes_room_for_the_next() {
        let plan = asked();
        let mut tried = Vec::new();
        let found = first_that_works(&plan, |offer| {
            tried.push(offer);
            match tried.len() {
                1..=3 => Err(AttemptError::Absent(error("absent"))),
                4 => Err(AttemptError::Silent(error("silent"))),
                _ => Ok(offer),
            }
        });
        assert_eq!(found, Ok(plan[4]));
        assert_eq!(tried, plan[..5]);
    }

    #[test]
    fn patience_with_a_cameras_formats_ends() {
        let plan = asked();
        let fails = |failure: fn(CameraError) -> AttemptError| {
            let mut tried = 0;
            let end = first_that_works(&plan, |_| -> Result<(), AttemptError> {
                tried += 1;
                Err(failure(error("no")))
            });
            assert_eq!(end, Err(Some(error("no"))));
            tried
        };
        assert_eq!(fails(AttemptError::Absent), plan.len());
        assert_eq!(fails(AttemptError::Silent), TRIES);
        assert_eq!(fails(AttemptError::Final), 1);
        assert_eq!(first_that_works(&[], |_| Ok(())), Err(None));
        // What kept frames from coming says more than what is not there.
        let mut turn = 0;
        let end = first_that_works(&plan, |_| -> Result<(), AttemptError> {
            turn += 1;
            Err(if turn == 2 {
                AttemptError::Silent(error("silent"))
            } else {
                AttemptError::Absent(error("absent"))
            })
        });
        assert_eq!(end, Err(Some(error("silent"))));
    }
}
