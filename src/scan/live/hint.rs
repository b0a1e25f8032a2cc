//! What the person should change, when nothing can be read.

use super::super::content::Part;
use super::super::finders::Located;
use super::super::luma::Luma;
use super::appearance::{Appearance, WIDEST, washed_out};
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

/// Below this many pixels per module even what is sharp is hard to read.
const FAR: f32 = 2.3;
/// Below this many, distance is the likeliest trouble of what is not.
const RATHER_FAR: f32 = 3.0;
/// More of the symbol washed out than this is more than its redundancy bears.
const WASHED: f32 = 0.06;
/// Under this isotropy edges of one direction are as good as gone.
const SMEARED: f32 = 0.45;
/// Under this one, whatever is in the frame: hardly anything looks so by itself.
const SMEARED_AWAY: f32 = 0.25;
/// As much of the light moving from frame to frame means an unsteady hand.
const UNSTEADY: f32 = 0.35;
/// Edges wider than this share of a module run into each other.
const SOFT_SHARE: f32 = 0.6;
/// Edges wider than this, in pixels, are out of focus wherever they are.
const SOFT: f32 = 4.5;

/// What is wrong with a frame in which nothing was read; `None` where nothing
/// is, and patience may help. `moved` is the share of light that moved since
/// the frame before.
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
    if seen.bright < 60 {
        return Some(Hint::TooDark {
            bright: seen.bright,
        });
    }
    // Bleached: an automatic exposure for the room lifts the dark modules.
    if seen.clipped > 0.4 && seen.dark > 90 {
        return Some(Hint::TooBright {
            clipped: seen.clipped,
        });
    }
    let share = washed_out(frame, located);
    if share > WASHED {
        return Some(Hint::Glare { share });
    }
    let width = seen.edge.unwrap_or(WIDEST);
    let soft = width > (SOFT_SHARE * located.module).max(2.5);
    if soft && (seen.isotropy < SMEARED || moved > UNSTEADY) {
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
    if seen.bright < 45 {
        return Hint::TooDark {
            bright: seen.bright,
        };
    }
    if seen.clipped > 0.35 && seen.dark > 110 {
        return Hint::TooBright {
            clipped: seen.clipped,
        };
    }
    match seen.edge {
        Some(width) if width > SOFT => {
            if seen.isotropy < SMEARED || moved > UNSTEADY {
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

/// Whether the symbol reaches over the edge of the frame.
fn is_cut_off(frame: &Luma, located: &Located) -> bool {
    let (width, height) = (frame.width() as f32, frame.height() as f32);
    // From a finder pattern's centre the symbol goes on for three and a half.
    let reach = 3.0 * located.module;
    let outside =
        |[x, y]: [f32; 2]| x < reach || y < reach || x > width - reach || y > height - reach;
    outside(located.finders[2]) || outside(located.fourth())
}

/// Shows one hint at a time, and none for less than a second: words that
/// flicker cannot be read.
#[derive(Debug, Clone, Default)]
pub struct HintDebouncer {
    shown: Option<(Hint, Duration)>,
    next: Option<(Hint, Duration)>,
}

/// A hint stays for at least this long.
const STAYS: Duration = Duration::from_secs(1);
/// A hint must have been due for this long before it is shown.
const LASTS: Duration = Duration::from_millis(400);

impl HintDebouncer {
    /// Takes what is wrong with the frame of the time `at`, and answers what to
    /// show. Nothing wrong, now and then, does not take a hint away.
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

    /// Takes the hint away, for something was read.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}
