//! Why a symbol cannot be made or painted.

use crate::advice::Advice;

/// Why a symbol cannot be made or painted.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames, Advice,
)]
#[strum(serialize_all = "kebab-case", prefix = "symbol-")]
pub enum SymbolError {
    /// No text at all.
    #[error("no text to make a symbol of")]
    Empty,
    /// More text than the largest symbol holds.
    #[error("{characters} characters are more than a symbol holds")]
    TooLong {
        /// Characters of the text.
        characters: usize,
    },
    /// No picture can be made with modules of this size.
    #[error("modules of {module_pixels} pixels: 1 to {most} are possible")]
    ModuleSize {
        /// Pixels per module asked for.
        module_pixels: u32,
        /// The most pixels per module with which this symbol can be painted.
        most: u32,
    },
    /// The terminal is smaller than the painting.
    #[error("the terminal has {columns}x{rows}, {needed_columns}x{needed_rows} are needed")]
    TerminalTooSmall {
        /// Columns that the painting takes.
        needed_columns: usize,
        /// Rows that the painting takes.
        needed_rows: usize,
        /// Columns of the terminal.
        columns: usize,
        /// Rows of the terminal.
        rows: usize,
    },
    /// The encoder refused what should be encodable: a defect of the program.
    #[error("the encoder failed: {reason}")]
    Encoder {
        /// The library's message.
        reason: String,
    },
}

impl SymbolError {
    /// A library failed although its input was sound.
    pub(super) fn made(error: impl std::fmt::Display) -> Self {
        Self::Encoder {
            reason: error.to_string(),
        }
    }
}
