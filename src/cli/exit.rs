//! Exit codes, stable for scripts.

use std::process::ExitCode;

/// How the program ended. Under `--json` its id is the error where no message
/// is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
#[repr(u8)]
pub enum Exit {
    /// Done.
    #[default]
    Done = 0,
    /// A defect of the program.
    Internal = 1,
    /// The arguments make no sense here.
    Usage = 2,
    /// Nothing found in the picture or text.
    NothingFound = 3,
    /// The number or packet is malformed.
    Malformed = 4,
    /// Not for this PC or product.
    NotForThisPc = 5,
    /// The licence store refused.
    Refused = 6,
    /// Administrator rights are needed.
    NeedsElevation = 7,
    /// No camera can be used.
    CameraUnavailable = 8,
    /// A file could not be read or written.
    Io = 9,
    /// Cancelled with Ctrl-C.
    Cancelled = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
