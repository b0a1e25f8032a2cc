//! Chooses among a camera's formats.

use super::CameraError;
use super::layout::{Layout, PixelFormat};

/// A format that a camera offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Offer {
    pub(super) layout: Layout,
    /// Frames per second; [`ANY_RATE`] for a format that is not listed.
    pub(super) rate: u32,
}

/// A rate by which Media Foundation's driver accepts any rate of a size and pixel
/// format, including those that it cannot list, such as 29.97.
pub(super) const ANY_RATE: u32 = 0;

/// Sizes by preference: large enough for small modules, but not so large that
/// cheap cameras get slow or noisy.
const SIZES: [[u32; 2]; 3] = [[1280, 720], [1920, 1080], [640, 480]];

/// Slower cameras lag behind the person's movements.
const LIVELY: u32 = 10;

/// A higher rate only costs time.
const AMPLE: u32 = 30;

/// A shorter side than this cannot resolve a symbol held in a hand.
const SMALLEST: u32 = 240;

/// The usable offers, best first.
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

/// What to request from a camera whose list is incomplete: every usual size and
/// pixel format at any rate, best first.
///
/// Large frames are fast only if compressed, or decoded by the system (NV12);
/// small ones are always fast.
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

/// The formats to try, in order: listed ones that are fast enough and unlisted
/// ones, by size; then slow ones. Unlisted formats whose size and pixel format
/// are listed as fast are left out.
pub(super) fn plan(listed: &[Offer], asked: &[Offer]) -> Vec<Offer> {
    let (lively, slow): (Vec<Offer>, Vec<Offer>) = ranked(listed)
        .into_iter()
        .partition(|offer| offer.rate >= LIVELY);
    let unlisted = |offer: &&Offer| lively.iter().all(|known| known.layout != offer.layout);
    let mut plan: Vec<Offer> = asked.iter().filter(unlisted).copied().collect();
    plan.splice(0..0, lively.iter().copied());
    // The sort is stable: among equal sizes, listed ones stay first.
    plan.sort_by_key(|offer| size_rank(offer.layout));
    plan.extend(slow);
    plan
}

/// Why a format did not work.
pub(super) enum AttemptError {
    /// The camera does not have it, which costs no time.
    Absent(CameraError),
    /// The camera has it, but sent no frame.
    Silent(CameraError),
    /// No other format will work either.
    Final(CameraError),
}

/// How many formats may send no frame before giving up.
const TRIES: usize = 5;

/// The first format that yields a frame.
///
/// # Errors
/// The last failure; `None` if there was nothing to try.
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

/// Rank of a size, lower is better: preferred sizes first, then those whose area
/// is closest to the first of these.
fn size_rank(Layout { width, height, .. }: Layout) -> (usize, u32) {
    match SIZES.iter().position(|&size| size == [width, height]) {
        Some(place) => (place, 0),
        None => (
            SIZES.len(),
            (width * height).abs_diff(SIZES[0][0] * SIZES[0][1]),
        ),
    }
}

/// Rank of an offer; lower is better.
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
        // A webcam on USB 2: uncompressed formats get slow with their size.
        let usb2 = [
            offer(3840, 2160, Mjpeg, 30),
            offer(640, 480, Yuyv, 30),
            offer(1280, 720, Yuyv, 10),
            offer(1280, 720, Mjpeg, 30),
            offer(1920, 1080, Yuyv, 5),
            offer(1920, 1080, Mjpeg, 30),
        ];
        assert_eq!(best(&usb2), usb2[2]);
        // A slower one: compressed at the same size is better than small.
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
        // nokhwa does not list formats at 29.97 frames per second.
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
        // Listed formats are not requested again, and slow ones come last.
        assert!(!order.contains(&any(640, 480, Yuyv)));
        assert_eq!(order.last(), Some(&listed[1]));
        // Without a list, everything is requested.
        assert_eq!(plan(&[], &asked()).len(), asked().len());
        // With a complete list, nothing else is requested.
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
        // A format without frames is a better explanation than an absent one.
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
