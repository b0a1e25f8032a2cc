//! Decides which frames are worth reading: a still scene without a symbol must cost
//! next to nothing, and a phone that comes into view must be read at once.

use crate::scan::{Glimpse, Hint, Luma};
use std::time::Duration;

/// Columns and rows of the grid in which frames are compared.
const CELLS: [u32; 2] = [32, 20];

/// Grey levels by which a cell must change, beyond the change of the whole frame,
/// to count as movement. Noise in a cell's mean stays well below one level.
const MOVED: i16 = 5;

/// How long a scene without a symbol is read after it came to rest: the steps of
/// the reader take turns over that many frames.
const STILL_READ_FOR: Duration = Duration::from_secs(2);

/// How long every frame of a still scene is read that seems to hold a symbol:
/// several frames together can yield what no single one does.
const PROMISING_READ_FOR: Duration = Duration::from_secs(10);

/// How often a still scene is read after that.
const IDLE_READ_EVERY: Duration = Duration::from_secs(1);

/// A thumbnail of a frame, for comparing frames.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Glance(Luma);

impl Glance {
    /// The thumbnail of a frame, or of a smaller copy of it.
    pub(super) fn of(frame: &Luma) -> Self {
        Self(frame.shrunk(CELLS[0], CELLS[1]))
    }

    /// Whether something moved between two frames. A uniform change of light is
    /// not movement.
    fn differs(&self, other: &Self) -> bool {
        let (here, there) = (self.0.pixels(), other.0.pixels());
        if here.len() != there.len() {
            return true;
        }
        let change = |(&a, &b): (&u8, &u8)| i16::from(a) - i16::from(b);
        let mut changes: Vec<i16> = here.iter().zip(there).map(change).collect();
        let middle = changes.len() / 2;
        let (_, &mut usual, _) = changes.select_nth_unstable(middle);
        changes.iter().any(|change| (change - usual).abs() > MOVED)
    }
}

/// What the last reading yielded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ReadOutcome {
    /// Nothing that looks like a symbol.
    Nothing,
    /// Something that may become readable.
    Promising,
    /// A text.
    Text,
}

/// Decides which frames are read.
#[derive(Debug)]
pub(super) struct Attention {
    /// The frame that was last read.
    last_read: Option<Glance>,
    read_at: Duration,
    moved_at: Duration,
    outcome: ReadOutcome,
}

impl Attention {
    /// The state before the first frame.
    pub(super) fn new() -> Self {
        Self {
            last_read: None,
            read_at: Duration::ZERO,
            moved_at: Duration::ZERO,
            outcome: ReadOutcome::Nothing,
        }
    }

    /// Whether the frame taken at `at` is worth reading.
    pub(super) fn is_due(&mut self, frame: &Glance, at: Duration) -> bool {
        if self
            .last_read
            .as_ref()
            .is_none_or(|read| frame.differs(read))
        {
            self.moved_at = at;
            return true;
        }
        let rested = at.saturating_sub(self.moved_at);
        let limit = match self.outcome {
            ReadOutcome::Promising => PROMISING_READ_FOR,
            ReadOutcome::Nothing => STILL_READ_FOR,
            ReadOutcome::Text => Duration::ZERO,
        };
        rested < limit || at.saturating_sub(self.read_at) >= IDLE_READ_EVERY
    }

    /// Records what reading this frame yielded.
    pub(super) fn note(&mut self, frame: Glance, at: Duration, glimpse: &Glimpse) {
        self.outcome = if !glimpse.read.is_empty() || !glimpse.others.is_empty() {
            ReadOutcome::Text
        } else if matches!(
            glimpse.hint,
            None | Some(Hint::Nothing | Hint::TooDark { .. })
        ) {
            ReadOutcome::Nothing
        } else {
            ReadOutcome::Promising
        };
        self.last_read = Some(frame);
        self.read_at = at;
    }

    /// Forgets the scene, so that the next frame is read.
    pub(super) fn wake(&mut self) {
        *self = Self::new();
    }

    /// Whether frames should be read as fast as possible.
    pub(super) fn is_eager(&self) -> bool {
        self.outcome == ReadOutcome::Promising
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Duration = Duration::from_millis(66);

    /// A room of some brightness, with or without a phone.
    fn room(light: u8, phone: bool) -> Glance {
        Glance::of(&Luma::from_fn(320, 200, |x, y| {
            if phone && (100..180).contains(&x) && (60..140).contains(&y) {
                250
            } else {
                light + (x / 8) as u8 + (y / 10) as u8
            }
        }))
    }

    fn glimpse(hint: Hint) -> Glimpse {
        Glimpse {
            hint: Some(hint),
            ..Glimpse::default()
        }
    }

    /// How many frames of a still scene are read in these seconds.
    fn readings(attention: &mut Attention, scene: &Glance, seconds: [u32; 2], hint: Hint) -> usize {
        let frames = |second: u32| second * 15;
        (frames(seconds[0])..frames(seconds[1]))
            .filter(|&frame| {
                let at = FRAME * frame;
                let due = attention.is_due(scene, at);
                if due {
                    attention.note(scene.clone(), at, &glimpse(hint));
                }
                due
            })
            .count()
    }

    #[test]
    fn a_scene_without_anything_to_read_is_read_now_and_then() {
        let (mut attention, empty) = (Attention::new(), room(80, false));
        // Nearly every frame while the reader's steps take turns, then few.
        assert!(readings(&mut attention, &empty, [0, 2], Hint::Nothing) >= 28);
        assert!(readings(&mut attention, &empty, [3, 13], Hint::Nothing) <= 10);
        assert!(!attention.is_eager());
    }

    #[test]
    fn what_comes_into_view_is_read_at_once() {
        let mut attention = Attention::new();
        readings(&mut attention, &room(80, false), [0, 10], Hint::Nothing);
        assert!(attention.is_due(&room(80, true), FRAME * 151));
    }

    #[test]
    fn light_that_changes_everywhere_is_no_movement() {
        let mut attention = Attention::new();
        readings(&mut attention, &room(80, false), [0, 10], Hint::Nothing);
        assert!(!attention.is_due(&room(95, false), FRAME * 151));
    }

    #[test]
    fn a_symbol_that_is_hard_to_read_gets_more_patience() {
        let (mut attention, phone) = (Attention::new(), room(80, true));
        let far = Hint::TooFar { pixels: 1.5 };
        assert_eq!(readings(&mut attention, &phone, [0, 10], far), 150);
        assert!(attention.is_eager());
        assert!(readings(&mut attention, &phone, [11, 21], far) <= 10);
    }

    #[test]
    fn a_scene_forgotten_is_read_again() {
        let (mut attention, phone) = (Attention::new(), room(80, true));
        attention.note(phone.clone(), FRAME, &glimpse(Hint::Nothing));
        attention.wake();
        assert!(attention.is_due(&phone, FRAME * 300));
    }
}
