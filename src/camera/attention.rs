//! When a frame is worth reading: a scene in which nothing moves and nothing is
//! to be read must cost next to nothing, and a phone that comes into view must
//! be seen at once.

use crate::scan::{Glimpse, Hint, Luma};
use std::time::Duration;

/// Cells across and down in which frames are compared.
const CELLS: [u32; 2] = [32, 20];

/// A cell that changed by more levels than this, beyond what the light of the
/// whole room did, shows that something moved. Noise of a cell's mean stays
/// well below one level.
const MOVED: i16 = 5;

/// The steps of the reader take turns over so many frames; a scene that has
/// come to rest gets as long.
const SETTLES: Duration = Duration::from_secs(2);

/// As long as this, every frame of an unmoved scene that seems to hold a symbol
/// is read: several frames together read what none of them does.
const PATIENCE: Duration = Duration::from_secs(10);

/// How often an unmoved scene is read all the same.
const NOW_AND_THEN: Duration = Duration::from_secs(1);

/// A frame made so small that two of them can be compared.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Glance(Luma);

impl Glance {
    /// Of a frame, or of a smaller copy of it.
    pub(super) fn of(frame: &Luma) -> Self {
        Self(frame.shrunk(CELLS[0], CELLS[1]))
    }

    /// Whether something moved between two frames; light that changed
    /// everywhere alike did not.
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

/// What the last reading came to.
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
    /// The frame that was read last.
    read: Option<Glance>,
    read_at: Duration,
    moved_at: Duration,
    outcome: ReadOutcome,
}

impl Attention {
    /// Before the first frame.
    pub(super) fn new() -> Self {
        Self {
            read: None,
            read_at: Duration::ZERO,
            moved_at: Duration::ZERO,
            outcome: ReadOutcome::Nothing,
        }
    }

    /// Whether the frame of the time `at` is worth reading.
    pub(super) fn is_due(&mut self, frame: &Glance, at: Duration) -> bool {
        if self.read.as_ref().is_none_or(|read| frame.differs(read)) {
            self.moved_at = at;
            return true;
        }
        let rested = at.saturating_sub(self.moved_at);
        let patience = match self.outcome {
            ReadOutcome::Promising => PATIENCE,
            ReadOutcome::Nothing => SETTLES,
            ReadOutcome::Text => Duration::ZERO,
        };
        rested < patience || at.saturating_sub(self.read_at) >= NOW_AND_THEN
    }

    /// Notes what reading this frame came to.
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
        self.read = Some(frame);
        self.read_at = at;
    }

    /// Forgets the scene, so that the next frame is read.
    pub(super) fn wake(&mut self) {
        *self = Self::new();
    }

    /// Whether frames should come as fast as they can be read.
    pub(super) fn is_eager(&self) -> bool {
        self.outcome == ReadOutcome::Promising
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Duration = Duration::from_millis(66);

    /// A room, brighter or darker, with or without a phone in it.
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
        // While the steps of the reader take turns, then hardly.
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
