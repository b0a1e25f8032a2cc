//! A quick survey of a frame: what it looks like, and where a symbol seems to be.

use super::super::finders::{Located, finders, locate};
use super::super::luma::Luma;
use super::appearance::{Appearance, clamped};
use std::sync::Arc;

/// What a step looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Region {
    /// The whole frame.
    Frame,
    /// The part in which a symbol was located; not taken without one.
    CloseUp,
}

/// What is known of a frame without having read it.
#[derive(Debug, Clone)]
pub(super) struct Survey {
    /// What it looks like.
    pub(super) seen: Appearance,
    /// Where a symbol seems to be, in pixels of the frame.
    pub(super) located: Option<Located>,
    /// The part in which it was located.
    pub(super) close_up: Option<CloseUp>,
    megapixels: f32,
}

/// A part of a frame.
#[derive(Debug, Clone)]
pub(super) struct CloseUp {
    /// Its pixels.
    pub(super) luma: Arc<Luma>,
    /// Where its top left lies in the frame, in pixels.
    pub(super) origin: [f32; 2],
}

/// Finder patterns are looked for at this long side, in pixels, or less. Larger: the
/// survey takes time from every frame. Smaller: modules of less than two pixels in a
/// full-HD frame are no longer seen. Chosen by eye, not measured.
const OVERVIEW: u32 = 1280;

/// Sides in pixels of the windows of the local thresholds at full and at half size,
/// and their margin in grey levels: those of the pass "local", and about the same of
/// the scene at half size.
const WINDOW: u32 = 51;
const HALF_WINDOW: u32 = 31;
const MARGIN: i32 = 5;

impl Survey {
    /// Of a frame.
    pub(super) fn of(frame: &Luma) -> Self {
        let located = located_in(frame).map(|located| on_its_side(located, frame));
        Self {
            seen: Appearance::of(frame),
            close_up: located
                .as_ref()
                .and_then(|located| CloseUp::of(frame, located)),
            located,
            megapixels: megapixels(frame),
        }
    }

    /// How much a step would have to look at; `None` where there is nothing.
    pub(super) fn megapixels(&self, region: Region) -> Option<f32> {
        match region {
            Region::Frame => Some(self.megapixels),
            Region::CloseUp => self.close_up.as_ref().map(|part| megapixels(&part.luma)),
        }
    }
}

fn megapixels(luma: &Luma) -> f32 {
    luma.pixels().len() as f32 / 1e6
}

/// Looks at full size first, for small modules, then at half size, where blur or
/// moiré no longer hides the finder patterns of large ones.
fn located_in(frame: &Luma) -> Option<Located> {
    let overview = frame.shrunk_to(OVERVIEW);
    let whole = |located: &Located| located.whole;
    let scale = |small: &Luma| frame.width() as f32 / small.width() as f32;
    let full = locate(&finders(&overview.local_threshold(WINDOW, MARGIN)))
        .map(|located| located.scaled(scale(&overview)));
    if full.as_ref().is_some_and(whole) {
        return full;
    }
    let small = overview.half();
    let half = locate(&finders(&small.local_threshold(HALF_WINDOW, MARGIN)))
        .map(|located| located.scaled(scale(&small)));
    match half {
        Some(half) if whole(&half) || full.is_none() => Some(half),
        _ => full,
    }
}

/// Two finder patterns do not say on which side of them the symbol lies: it lies where
/// there is more contrast.
fn on_its_side(located: Located, frame: &Luma) -> Located {
    if located.whole {
        return located;
    }
    let contrast = |located: &Located| Appearance::of_data(frame, located).contrast();
    let other = located.other_side();
    if contrast(&other) > contrast(&located) {
        other
    } else {
        located
    }
}

impl CloseUp {
    fn of(frame: &Luma, located: &Located) -> Option<Self> {
        let [left, top, right, bottom] = clamped(frame, located.bounds());
        Some(Self {
            luma: Arc::new(frame.crop(left, top, right - left, bottom - top)?),
            origin: [left as f32, top as f32],
        })
    }
}
