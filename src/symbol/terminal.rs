//! A symbol as text for a terminal; the caller prints it.

use super::{Symbol, SymbolError};
use std::fmt::Write as _;

const RESET: &str = "\x1b[0m";

/// Entries 16 and 231 of the 256-colour palette: true black and true white,
/// which no colour scheme redefines, unlike the first sixteen.
const BLACK: u8 = 16;
const WHITE: u8 = 231;

/// What a module is painted with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Cells {
    /// Two spaces per module on an explicit background: right in every
    /// terminal that knows 256 colours.
    #[default]
    Spaces,
    /// Two modules per character, by half blocks: half as wide and high.
    ///
    /// Only on request, because a half block is a character of *ambiguous*
    /// East Asian width: Japanese consoles and CJK fonts draw it two columns
    /// wide, and the symbol is destroyed.
    HalfBlocks,
}

/// Columns and rows that the painting takes.
pub fn size(symbol: &Symbol, cells: Cells) -> (usize, usize) {
    let side = symbol.modules_with_quiet_zone();
    match cells {
        Cells::Spaces => (2 * side, side),
        Cells::HalfBlocks => (side, side.div_ceil(2)),
    }
}

/// Whether the painting fits a terminal of this size; a symbol that wraps or
/// scrolls away cannot be read.
///
/// # Errors
/// [`SymbolError::TerminalTooSmall`] with what is needed and what there is.
pub fn fits(symbol: &Symbol, cells: Cells, columns: usize, rows: usize) -> Result<(), SymbolError> {
    let (needed_columns, needed_rows) = size(symbol, cells);
    if columns < needed_columns || rows < needed_rows {
        return Err(SymbolError::TerminalTooSmall {
            needed_columns,
            needed_rows,
            columns,
            rows,
        });
    }
    Ok(())
}

/// The lines to print, quiet zone included; every line ends with a reset, so
/// that nothing else is coloured.
pub fn paint(symbol: &Symbol, cells: Cells) -> String {
    let side = symbol.modules_with_quiet_zone();
    let mut text = String::with_capacity(side * side * 4);
    match cells {
        Cells::Spaces => {
            for y in 0..side {
                let mut background = None;
                for x in 0..side {
                    let colour = colour(symbol, x, y);
                    if background != Some(colour) {
                        let _ = write!(text, "\x1b[48;5;{colour}m");
                        background = Some(colour);
                    }
                    text.push_str("  ");
                }
                text.push_str(RESET);
                text.push('\n');
            }
        }
        Cells::HalfBlocks => {
            for y in (0..side).step_by(2) {
                let mut now = None;
                for x in 0..side {
                    // Below the last row of an odd side there is more quiet zone.
                    let pair = (colour(symbol, x, y), colour(symbol, x, y + 1));
                    if now != Some(pair) {
                        let _ = write!(text, "\x1b[38;5;{};48;5;{}m", pair.0, pair.1);
                        now = Some(pair);
                    }
                    // A space fills its cell in every font; a full block does not.
                    text.push(if pair.0 == pair.1 { ' ' } else { '▀' });
                }
                text.push_str(RESET);
                text.push('\n');
            }
        }
    }
    text
}

fn colour(symbol: &Symbol, x: usize, y: usize) -> u8 {
    if symbol.is_dark_in_frame(x, y) {
        BLACK
    } else {
        WHITE
    }
}
