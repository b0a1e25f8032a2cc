//! Which of a camera's formats to take.

use super::layout::{Kind, Layout};

/// A format that a camera offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Offer {
    pub(super) layout: Layout,
    /// Frames a second.
    pub(super) rate: u32,
}

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

/// Lower is better.
fn rank(offer: &Offer) -> (bool, usize, u32, u8, bool, u32) {
    let Layout {
        width,
        height,
        kind,
    } = offer.layout;
    let size = SIZES.iter().position(|&size| size == [width, height]);
    // Of other sizes, the one nearest to the first.
    let away = if size.is_some() {
        0
    } else {
        (width * height).abs_diff(SIZES[0][0] * SIZES[0][1])
    };
    let kind = match kind {
        Kind::Nv12 | Kind::Yuyv | Kind::Gray => 0,
        Kind::Mjpeg => 1,
        Kind::Rgb | Kind::Bgr => 2,
    };
    (
        offer.rate < LIVELY,
        size.unwrap_or(SIZES.len()),
        away,
        kind,
        offer.rate > AMPLE,
        offer.rate.abs_diff(AMPLE),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offer(width: u32, height: u32, kind: Kind, rate: u32) -> Offer {
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
        use Kind::{Mjpeg, Nv12, Yuyv};
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
        let rates = [60, 15, 30, 120, 5].map(|rate| offer(1280, 720, Kind::Nv12, rate));
        let order: Vec<u32> = ranked(&rates).iter().map(|offer| offer.rate).collect();
        assert_eq!(order, [30, 15, 60, 120, 5]);
    }

    #[test]
    fn of_odd_sizes_the_nearest_and_nothing_tiny() {
        use Kind::{Gray, Rgb, Yuyv};
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
}
