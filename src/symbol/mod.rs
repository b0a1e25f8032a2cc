//! Texts as QR symbols, and the ways to paint them.
//!
//! A symbol is always black on white, always keeps its quiet zone of four modules, and never
//! moves, because the camera that must read it may be the worst one in the room.

mod caption;
mod error;
#[cfg(feature = "pictures")]
mod pixels;
#[cfg(feature = "pictures")]
mod png;
mod segments;
mod svg;
pub mod terminal;

pub use caption::{Caption, LabelledGroup};
pub use error::SymbolError;
#[cfg(feature = "pictures")]
pub use pixels::{MAX_SIDE_PIXELS, pixels};
#[cfg(feature = "pictures")]
pub use png::png;
pub use svg::{svg, svg_with_caption};

use qrcode::bits::Bits;
use qrcode::{Color, EcLevel, QrCode, Version};
use std::fmt;
use std::ops::RangeInclusive;

/// Modules of white that every painting keeps on every side: the four of ISO/IEC 18004.
pub const QUIET_ZONE: usize = 4;

/// Versions whose length fields have the same widths, so that they share a segmentation.
const VERSION_CLASSES: [RangeInclusive<i16>; 3] = [1..=9, 10..=26, 27..=40];

/// The error-correction level: how much of a symbol may be lost before it cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// About 7 %.
    L,
    /// About 15 %.
    M,
    /// About 25 %.
    Q,
    /// About 30 %.
    H,
}

impl Level {
    const HIGHEST_FIRST: [Self; 4] = [Self::H, Self::Q, Self::M, Self::L];

    fn of_the_crate(self) -> EcLevel {
        match self {
            Self::L => EcLevel::L,
            Self::M => EcLevel::M,
            Self::Q => EcLevel::Q,
            Self::H => EcLevel::H,
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::L => "L",
            Self::M => "M",
            Self::Q => "Q",
            Self::H => "H",
        })
    }
}

/// A QR symbol (Model 2) and the text in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Symbol {
    text: String,
    version: u8,
    level: Level,
    side: usize,
    dark: Vec<bool>,
}

impl Symbol {
    /// Makes the symbol of a text: the smallest version that holds it at level
    /// L, then the highest level that this version still holds.
    ///
    /// Fewer modules are larger on the same screen, which helps a weak camera more than
    /// redundancy does; redundancy that costs no module is taken as well. Sixty digits become
    /// version 2, level M.
    ///
    /// Text beyond ASCII travels as UTF-8 in byte mode without an ECI header:
    /// readers recognise UTF-8, and some refuse the header.
    ///
    /// # Errors
    /// [`SymbolError::Empty`] without text, [`SymbolError::TooLong`] when not
    /// even version 40-L holds it.
    ///
    /// ```
    /// use hikyaku::symbol::{Level, Symbol};
    /// let symbol = Symbol::encode(&"7".repeat(60)).unwrap();
    /// assert_eq!((symbol.version(), symbol.level()), (2, Level::M));
    /// ```
    pub fn encode(text: &str) -> Result<Self, SymbolError> {
        if text.is_empty() {
            return Err(SymbolError::Empty);
        }
        // No work for what cannot fit.
        if text.len() <= segments::MOST_DIGITS {
            for class in VERSION_CLASSES {
                let plan = segments::plan(text.as_bytes(), Version::Normal(*class.start()));
                for version in class {
                    if let Some(symbol) = Self::of_plan(text, &plan, version)? {
                        return Ok(symbol);
                    }
                }
            }
        }
        Err(SymbolError::TooLong {
            characters: text.chars().count(),
        })
    }

    /// The symbol of this version at the highest level that fits; `None` if none does.
    fn of_plan(
        text: &str,
        plan: &segments::Plan,
        version: i16,
    ) -> Result<Option<Self>, SymbolError> {
        for level in Level::HIGHEST_FIRST {
            let crate_level = level.of_the_crate();
            let mut bits = Bits::new(Version::Normal(version));
            if plan.bits() > bits.max_len(crate_level).map_err(SymbolError::made)? {
                continue;
            }
            plan.push(text.as_bytes(), &mut bits)
                .and_then(|()| bits.push_terminator(crate_level))
                .map_err(SymbolError::made)?;
            let code = QrCode::with_bits(bits, crate_level).map_err(SymbolError::made)?;
            return Ok(Some(Self {
                text: text.to_owned(),
                version: version as u8,
                level,
                side: code.width(),
                dark: code
                    .into_colors()
                    .into_iter()
                    .map(|colour| colour == Color::Dark)
                    .collect(),
            }));
        }
        Ok(None)
    }

    /// The text in it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its version, 1 to 40.
    pub fn version(&self) -> u8 {
        self.version
    }

    /// Its error-correction level.
    pub fn level(&self) -> Level {
        self.level
    }

    /// Modules per side, without the quiet zone.
    pub fn modules(&self) -> usize {
        self.side
    }

    /// Modules per side, with the quiet zone on both sides.
    pub fn modules_with_quiet_zone(&self) -> usize {
        self.side + 2 * QUIET_ZONE
    }

    /// Whether the module at this column and row is dark; outside of the symbol none is.
    pub fn is_dark(&self, x: usize, y: usize) -> bool {
        x < self.side && y < self.side && self.dark.get(y * self.side + x) == Some(&true)
    }

    /// The same, counted from the outer corner of the quiet zone.
    pub(crate) fn is_dark_in_frame(&self, x: usize, y: usize) -> bool {
        match (x.checked_sub(QUIET_ZONE), y.checked_sub(QUIET_ZONE)) {
            (Some(x), Some(y)) => self.is_dark(x, y),
            _ => false,
        }
    }
}

// They read what was painted.
#[cfg(all(test, feature = "pictures"))]
mod tests;
