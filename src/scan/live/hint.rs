//! What the person should change, when nothing can be read.

use super::super::content::Part;
use super::super::finders::Located;
use super::super::luma::Luma;
use super::appearance::{Appearance, WIDEST, washed_out};
use super::schedule::SOFT_EDGE;
use crate::advice::Advice;
use std::time::Duration;

/// One thing to change. The numbers say how bad it is.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    thiserror::Error,
    strum::IntoStaticStr,
    strum::VariantNames,
    Advice,
)]
#[strum(serialize_all = "kebab-case", prefix = "hint-")]
pub enum Hint {
    /// The screen outshines everything: its white is clipped and eats the dark.
    #[error("too bright: {clipped:.2} of the picture is clipped")]
    TooBright {
        /// Share of clipped pixels, 0 to 1.
        clipped: f32,
    },
    /// There is hardly any light.
    #[error("too dark: the brightest level is {bright}")]
    TooDark {
        /// Level that 95 % of the pixels stay below.
        bright: u8,
    },
    /// The symbol is light on dark.
    #[error("dark mode: the symbol is light on dark")]
    DarkMode,
    /// The modules are too small to tell apart.
    #[error("too far: {pixels:.1} pixels per module")]
    TooFar {
        /// Camera pixels per module.
        pixels: f32,
    },
    /// Edges are washed out in all directions: too close for a lens of fixed
    /// focus, or not focused yet.
    #[error("out of focus: edges are {width:.1} pixels wide")]
    OutOfFocus {
        /// Width of the steepest edges in pixels.
        width: f32,
    },
    /// A reflection lies over the symbol.
    #[error("glare: {share:.2} of the symbol is washed out")]
    Glare {
        /// Share of the symbol that is washed out, 0 to 1.
        share: f32,
    },
    /// Edges are washed out in one direction.
    #[error("motion: edges of one direction have {isotropy:.2} of the other's width")]
    Motion {
        /// Width of the narrowest edges as a share of the widest.
        isotropy: f32,
    },
    /// A part of the symbol lies outside the picture.
    #[error("cut off at the edge")]
    CutOff,
    /// A symbol was read, but it holds a part of a text only.
    #[error("part {number} of {of} of a text")]
    Part {
        /// Which part, from 1.
        number: u8,
        /// How many there are.
        of: u8,
    },
    /// Nothing looks like a symbol.
    #[error("nothing looks like a symbol")]
    Nothing,
}

impl Hint {
    /// That this symbol holds a part only.
    pub fn of_part(Part { number, of }: Part) -> Self {
        Self::Part { number, of }
    }
}

// The thresholds of the hints. All were chosen by eye on pictures made to deserve one
// hint each (`tests.rs`), and none was measured with people. A threshold that is too
// eager gives advice that does not help; one that is too shy says nothing, or names
// the next cause in the order of `of_symbol`.

/// Pixels per module below which even a sharp symbol is hard to read: too far.
const FAR: f32 = 2.3;

/// Pixels per module below which distance is the likeliest cause when no other is
/// found.
const RATHER_FAR: f32 = 3.0;

/// Share of the symbol (0 to 1) that may be washed out: level L of error correction
/// restores 7 %, and that only where nothing else is wrong.
const WASHED: f32 = 0.06;

/// Isotropy of edges (0 to 1) below which those of one direction are as good as gone:
/// motion, where edges are soft as well.
const SMEARED: f32 = 0.45;

/// Isotropy below which it is motion whatever is in the frame: hardly anything looks
/// like that by itself.
const SMEARED_AWAY: f32 = 0.25;

/// Share of the light (0 to 1) that moves from frame to frame in an unsteady hand.
const UNSTEADY: f32 = 0.35;

/// Width of edges, as a share of a module, above which they run into each other.
const SOFT_SHARE: f32 = 0.6;

/// Width of edges, in pixels, above which a frame is out of focus, whatever it shows.
const SOFT: f32 = 4.5;

/// Brightest level below which there is too little light: on a located symbol, whose
/// white must be bright, and in a whole frame, which may be dark by itself.
const DIM_SYMBOL: u8 = 60;
const DIM_FRAME: u8 = 45;

/// Share of clipped pixels (0 to 1), and darkest level, above which a symbol or a frame
/// is bleached: an automatic exposure for a dark room lifts the dark modules. A white
/// page clips, too, but stays dark where it is printed on.
const BLEACHED_SYMBOL: (f32, u8) = (0.4, 90);
const BLEACHED_FRAME: (f32, u8) = (0.35, 110);

/// Modules from a finder pattern's centre to the edge of the frame below which a
/// symbol is cut off. It reaches 3.5 from there; the half is for the error of the
/// centre.
const CUT_OFF: f32 = 3.0;

/// What is wrong with a frame in which nothing was read; `None` where nothing is, and
/// patience may help. `moved` is the share of the light that moved since the frame
/// before.
pub fn diagnose(
    frame: &Luma,
    seen: &Appearance,
    located: Option<&Located>,
    moved: f32,
) -> Option<Hint> {
    match located {
        Some(located) => of_symbol(frame, located, moved),
        None => Some(of_frame(seen, moved)),
    }
}

fn of_symbol(frame: &Luma, located: &Located, moved: f32) -> Option<Hint> {
    if located.inverted {
        return Some(Hint::DarkMode);
    }
    if is_cut_off(frame, located) {
        return Some(Hint::CutOff);
    }
    let seen = Appearance::of_symbol(frame, located);
    if seen.bright < DIM_SYMBOL {
        return Some(Hint::TooDark {
            bright: seen.bright,
        });
    }
    if is_bleached(&seen, BLEACHED_SYMBOL) {
        return Some(Hint::TooBright {
            clipped: seen.clipped,
        });
    }
    let share = washed_out(frame, located);
    if share > WASHED {
        return Some(Hint::Glare { share });
    }
    let width = seen.edge.unwrap_or(WIDEST);
    let soft = width > (SOFT_SHARE * located.module).max(SOFT_EDGE);
    if soft && is_moving(&seen, moved) {
        return Some(Hint::Motion {
            isotropy: seen.isotropy,
        });
    }
    if located.module < FAR {
        return Some(Hint::TooFar {
            pixels: located.module,
        });
    }
    if soft {
        return Some(Hint::OutOfFocus { width });
    }
    (located.module < RATHER_FAR).then_some(Hint::TooFar {
        pixels: located.module,
    })
}

fn of_frame(seen: &Appearance, moved: f32) -> Hint {
    if seen.bright < DIM_FRAME {
        return Hint::TooDark {
            bright: seen.bright,
        };
    }
    if is_bleached(seen, BLEACHED_FRAME) {
        return Hint::TooBright {
            clipped: seen.clipped,
        };
    }
    match seen.edge {
        Some(width) if width > SOFT => {
            if is_moving(seen, moved) {
                Hint::Motion {
                    isotropy: seen.isotropy,
                }
            } else {
                Hint::OutOfFocus { width }
            }
        }
        Some(_) if seen.isotropy < SMEARED_AWAY => Hint::Motion {
            isotropy: seen.isotropy,
        },
        _ => Hint::Nothing,
    }
}

/// Whether light clips and dark is lifted beyond these bounds.
fn is_bleached(seen: &Appearance, (clipped, dark): (f32, u8)) -> bool {
    seen.clipped > clipped && seen.dark > dark
}

/// Whether soft edges are those of motion: soft in one direction only, or in a frame
/// in which much moved since the one before.
fn is_moving(seen: &Appearance, moved: f32) -> bool {
    seen.isotropy < SMEARED || moved > UNSTEADY
}

/// Whether the symbol reaches over the edge of the frame.
fn is_cut_off(frame: &Luma, located: &Located) -> bool {
    let (width, height) = (frame.width() as f32, frame.height() as f32);
    let reach = CUT_OFF * located.module;
    let outside =
        |[x, y]: [f32; 2]| x < reach || y < reach || x > width - reach || y > height - reach;
    outside(located.finders[2]) || outside(located.fourth())
}

/// Debounces hints: shows one at a time, and none for less than a second, because
/// words that flicker cannot be read.
#[derive(Debug, Clone, Default)]
pub struct HintDebouncer {
    shown: Option<(Hint, Duration)>,
    next: Option<(Hint, Duration)>,
}

/// A hint stays for at least this long: about the time that a short line takes to read.
/// Chosen by eye, not measured.
const STAYS: Duration = Duration::from_secs(1);
/// A hint must have been due for this long before it is shown. Shorter: hints flash up
/// while the camera focuses. Longer: help comes late. Chosen by eye, not measured.
const LASTS: Duration = Duration::from_millis(400);

impl HintDebouncer {
    /// Takes what is wrong with the frame of the time `at`, and returns what to show.
    /// A frame now and then in which nothing is wrong does not take a hint away.
    pub fn show(&mut self, hint: Option<Hint>, at: Duration) -> Option<Hint> {
        if let Some(hint) = hint {
            let kind = std::mem::discriminant(&hint);
            match &mut self.shown {
                Some((shown, _)) if std::mem::discriminant(shown) == kind => {
                    *shown = hint;
                    self.next = None;
                }
                _ => match &mut self.next {
                    Some((next, _)) if std::mem::discriminant(next) == kind => *next = hint,
                    _ => self.next = Some((hint, at)),
                },
            }
        }
        let settled = |since: Duration, time: Duration| at.saturating_sub(since) >= time;
        if let Some((next, since)) = self.next
            && settled(since, LASTS)
            && self
                .shown
                .is_none_or(|(_, shown_since)| settled(shown_since, STAYS))
        {
            self.shown = Some((next, at));
            self.next = None;
        }
        self.shown.map(|(hint, _)| hint)
    }

    /// Takes the hint away, because something was read.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}
