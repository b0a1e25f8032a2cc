//! Why a command failed, and with which exit code.

use super::exit::Exit;
use crate::activation::NumberError;
use crate::advice::Advice;
#[cfg(feature = "camera")]
use crate::camera::CameraError;
use crate::ground::printable;
use crate::ledger::LedgerError;
use crate::licensing::{DepositError, HistoryError, StoreError};
use crate::paper::PaperError;
use crate::practice::RehearsalError;
use crate::scan::PictureError;
use crate::scan::digits::DigitsError;
use crate::symbol::SymbolError;
use crate::trip::file::TripFileError;
use crate::trip::{PcListError, TripError};
use crate::wire::pasted::PastedError;
use crate::wire::{LinkError, PacketError, WireError};
use std::io;
use std::path::Path;

/// An error with its exit code.
#[derive(Debug)]
pub(super) struct Failure {
    /// The exit code.
    pub(super) exit: Exit,
    /// What went wrong.
    pub(super) error: Box<dyn Advice>,
}

impl Failure {
    /// An error of the command line itself, with its exit code.
    pub(super) fn of(error: CliError) -> Self {
        let exit = match error {
            CliError::FileUnreadable { .. }
            | CliError::FileUnwritable { .. }
            | CliError::StandardInput { .. }
            | CliError::StandardOutput { .. } => Exit::Io,
            CliError::NothingEntered => Exit::NothingFound,
            CliError::NumberIncomplete { .. }
            | CliError::UnknownTripFile { .. }
            | CliError::SiteUnreadable { .. } => Exit::Malformed,
            CliError::NothingToShow | CliError::PracticeMixed | CliError::AnswersAnother => {
                Exit::NotForThisPc
            }
            CliError::JourneyBroken { .. } => Exit::Internal,
            CliError::UnknownProduct { .. }
            | CliError::AmbiguousProduct { .. }
            | CliError::UnknownImageFormat { .. }
            | CliError::NotPractice { .. }
            | CliError::BuiltWithoutServing
            | CliError::OldSpelling { .. }
            | CliError::NoTrip
            | CliError::SeveralTrips { .. }
            | CliError::UnknownRecordFormat { .. }
            | CliError::NotForgotten
            | CliError::NameEmpty
            | CliError::NoSuchProductHere { .. }
            | CliError::SeveralProductsHere { .. }
            | CliError::NothingToSay { .. }
            | CliError::NoSuchChoice { .. }
            | CliError::NoLetterForWay
            | CliError::SiteTimes
            | CliError::NoReceiptYet => Exit::Usage,
        };
        Self {
            exit,
            error: Box::new(error),
        }
    }

    fn with(exit: Exit, error: impl Advice + 'static) -> Self {
        Self {
            exit,
            error: Box::new(error),
        }
    }
}

/// Errors of the command line itself.
#[derive(Debug, thiserror::Error, strum::IntoStaticStr, strum::VariantNames, Advice)]
#[strum(serialize_all = "kebab-case", prefix = "cli-")]
pub(super) enum CliError {
    /// A file cannot be read.
    #[error("cannot read {file}: {reason}")]
    FileUnreadable {
        /// The file, printable.
        file: String,
        /// The system's message.
        reason: String,
    },
    /// A file cannot be written.
    #[error("cannot write {file}: {reason}")]
    FileUnwritable {
        /// The file, printable.
        file: String,
        /// The system's message.
        reason: String,
    },
    /// Standard input cannot be read.
    #[error("cannot read standard input: {reason}")]
    StandardInput {
        /// The system's message.
        reason: String,
    },
    /// Standard output cannot be written.
    #[error("cannot write standard output: {reason}")]
    StandardOutput {
        /// The system's message.
        reason: String,
    },
    /// The input ended before the first digit.
    #[error("the input ended before the first digit")]
    NothingEntered,
    /// The input ended before the number was complete.
    #[error("the input ended after {digits} digits")]
    NumberIncomplete {
        /// Digits that were entered.
        digits: usize,
    },
    /// No product on this PC waits for a Confirmation ID.
    #[error("no product waits for a Confirmation ID")]
    NothingToShow,
    /// `--product` matches no product.
    #[error("no product matches {wanted}")]
    UnknownProduct {
        /// What was asked for, printable.
        wanted: String,
    },
    /// `--product` matches several products.
    #[error("several products match {wanted}")]
    AmbiguousProduct {
        /// What was asked for, printable.
        wanted: String,
    },
    /// A PC of the trip has no such product.
    #[error("{pc} has no product {wanted}")]
    NoSuchProductHere {
        /// Name of the PC.
        pc: String,
        /// What was asked for, printable.
        wanted: String,
    },
    /// The name fits several products of a PC in the trip.
    #[error("{pc} has several products: {names}")]
    SeveralProductsHere {
        /// Name of the PC.
        pc: String,
        /// Their names.
        names: String,
    },
    /// Nothing has to be decided for the PC.
    #[error("nothing to decide for {pc}")]
    NothingToSay {
        /// Name of the PC.
        pc: String,
    },
    /// There is no choice with this number.
    #[error("there is no choice {number}")]
    NoSuchChoice {
        /// The number.
        number: usize,
    },
    /// The output file ends in neither .png nor .svg.
    #[error("{file} ends in neither .png nor .svg")]
    UnknownImageFormat {
        /// The file, printable.
        file: String,
    },
    /// One number is a practice number, the other is not.
    #[error("practice and real numbers do not go together")]
    PracticeMixed,
    /// The reply answers another Installation ID.
    #[error("the Confirmation ID answers another Installation ID")]
    AnswersAnother,
    /// The practice portal was given a real Installation ID.
    #[error("{masked} is not a practice Installation ID")]
    NotPractice {
        /// The number, masked.
        masked: String,
    },
    /// `page --serve` in a program built without the feature `serve`.
    #[cfg_attr(feature = "serve", expect(dead_code))]
    #[error("built without the feature `serve`")]
    BuiltWithoutServing,
    /// Nothing was deposited or activated here yet.
    #[error("there is no receipt yet")]
    NoReceiptYet,
    /// An option or a variable that has a new name since an earlier version.
    #[error("{old} is now {new}")]
    OldSpelling {
        /// The old name.
        old: &'static str,
        /// The new name.
        new: &'static str,
    },
    /// There is no trip yet.
    #[error("there is no trip yet")]
    NoTrip,
    /// There are several trips, and none is named.
    #[error("several trips: {names}")]
    SeveralTrips {
        /// Their names.
        names: String,
    },
    /// The file holds nothing that can be imported into a trip.
    #[error("{file}: nothing that can be imported")]
    UnknownTripFile {
        /// The file, printable.
        file: String,
    },
    /// A record cannot be written in the format that the file name asks for.
    #[error("{file} ends in neither .html nor .csv nor .json")]
    UnknownRecordFormat {
        /// The file, printable.
        file: String,
    },
    /// The name typed to confirm is not the trip's.
    #[error("the name was not typed")]
    NotForgotten,
    /// The name has no printable character.
    #[error("the name is empty")]
    NameEmpty,
    /// The description of a site is not valid JSON of the expected form.
    #[error("{file}: {reason}")]
    SiteUnreadable {
        /// The file, printable.
        file: String,
        /// The parser's message, printable.
        reason: String,
    },
    /// A time is negative, or longer than a day.
    #[error("a time of the site is out of bounds")]
    SiteTimes,
    /// No letter is needed where numbers are carried out and back in.
    #[error("this way needs no letter")]
    NoLetterForWay,
    /// A rehearsal did not end as expected.
    #[error("the practice run did not end as expected")]
    JourneyBroken {
        /// Products that were not activated.
        open: usize,
        /// Deliberate mix-ups that were not refused.
        slipped: usize,
        /// Deposits for the wrong PC or product.
        wrong: usize,
    },
}

impl CliError {
    /// The error for a file that cannot be read.
    pub(super) fn unreadable(file: &Path, error: &io::Error) -> Self {
        Self::FileUnreadable {
            file: printable(&file.display().to_string()),
            reason: printable(&error.to_string()),
        }
    }

    /// The error for a file that cannot be written.
    pub(super) fn unwritable(file: &Path, error: &io::Error) -> Self {
        Self::FileUnwritable {
            file: printable(&file.display().to_string()),
            reason: printable(&error.to_string()),
        }
    }
}

impl From<CliError> for Failure {
    fn from(error: CliError) -> Self {
        Self::of(error)
    }
}

impl From<NumberError> for Failure {
    fn from(error: NumberError) -> Self {
        Self::with(Exit::Malformed, error)
    }
}

impl From<PacketError> for Failure {
    fn from(error: PacketError) -> Self {
        Self::with(Exit::Malformed, error)
    }
}

impl From<WireError> for Failure {
    fn from(error: WireError) -> Self {
        Self::with(Exit::Malformed, error)
    }
}

impl From<LinkError> for Failure {
    fn from(error: LinkError) -> Self {
        Self::with(Exit::Usage, error)
    }
}

impl From<PastedError> for Failure {
    fn from(error: PastedError) -> Self {
        let exit = match error {
            PastedError::Empty | PastedError::NothingFound => Exit::NothingFound,
            _ => Exit::Malformed,
        };
        Self::with(exit, error)
    }
}

impl From<TripError> for Failure {
    fn from(error: TripError) -> Self {
        let exit = match error {
            TripError::Full { .. }
            | TripError::NoCidInHand { .. }
            | TripError::NothingToTakeBack { .. }
            | TripError::NoSuchPc { .. }
            | TripError::SeveralPcs { .. }
            | TripError::NotMet { .. }
            | TripError::SamePc
            | TripError::NothingToPart { .. } => Exit::Usage,
            _ => Exit::NotForThisPc,
        };
        Self::with(exit, error)
    }
}

impl From<LedgerError> for Failure {
    fn from(error: LedgerError) -> Self {
        Self::with(Exit::Io, error)
    }
}

impl From<PcListError> for Failure {
    fn from(error: PcListError) -> Self {
        Self::with(Exit::Malformed, error)
    }
}

impl From<TripFileError> for Failure {
    fn from(error: TripFileError) -> Self {
        Self::with(Exit::Malformed, error)
    }
}

impl From<PaperError> for Failure {
    fn from(error: PaperError) -> Self {
        let exit = match error {
            PaperError::NothingToPrint => Exit::NothingFound,
            PaperError::Logo { .. } => Exit::Usage,
            PaperError::Symbol(_) | PaperError::Template(_) => Exit::Internal,
        };
        Self::with(exit, error)
    }
}

impl From<DigitsError> for Failure {
    fn from(error: DigitsError) -> Self {
        Self::with(Exit::Internal, error)
    }
}

impl From<PictureError> for Failure {
    fn from(error: PictureError) -> Self {
        Self::with(Exit::Io, error)
    }
}

#[cfg(feature = "window")]
impl From<crate::window::WindowError> for Failure {
    fn from(error: crate::window::WindowError) -> Self {
        Self::with(Exit::Io, error)
    }
}

impl From<SymbolError> for Failure {
    fn from(error: SymbolError) -> Self {
        Self::with(Exit::Usage, error)
    }
}

impl From<HistoryError> for Failure {
    fn from(error: HistoryError) -> Self {
        Self::with(Exit::Io, error)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        let exit = match &error {
            StoreError::NotWindows => Exit::Usage,
            StoreError::PracticeFile { .. }
            | StoreError::PracticeFileMissing { .. }
            | StoreError::PracticeFileExists { .. }
            | StoreError::PracticeFileDamaged { .. }
            | StoreError::PracticeFileVersion { .. } => Exit::Io,
            StoreError::ElevationDeclined
            | StoreError::ElevationForbidden { .. }
            | StoreError::ElevationUnsigned { .. }
            | StoreError::ElevationProgramGone { .. }
            | StoreError::ElevationFailed { .. }
            | StoreError::ElevationBrokeOff { .. } => Exit::NeedsElevation,
            other if other.hresult().is_some_and(|code| code.needs_elevation()) => {
                Exit::NeedsElevation
            }
            _ => Exit::Refused,
        };
        Self::with(exit, error)
    }
}

impl From<DepositError> for Failure {
    fn from(error: DepositError) -> Self {
        match error {
            DepositError::Store(error) => error.into(),
            other => Self::with(Exit::NotForThisPc, other),
        }
    }
}

#[cfg(feature = "camera")]
impl From<CameraError> for Failure {
    fn from(error: CameraError) -> Self {
        let exit = match error {
            CameraError::FolderUnreadable { .. } => Exit::Io,
            _ => Exit::CameraUnavailable,
        };
        Self::with(exit, error)
    }
}

#[cfg(feature = "serve")]
impl From<crate::companion::serve::ServeError> for Failure {
    fn from(error: crate::companion::serve::ServeError) -> Self {
        use crate::companion::serve::ServeError;
        let exit = match error {
            ServeError::PlainOutside { .. } => Exit::Usage,
            ServeError::Certificate { .. } => Exit::Internal,
            _ => Exit::Io,
        };
        Self::with(exit, error)
    }
}

impl From<RehearsalError> for Failure {
    fn from(error: RehearsalError) -> Self {
        match error {
            RehearsalError::Store(error) => error.into(),
            RehearsalError::Memory(error) => error.into(),
            RehearsalError::Photograph { .. } => Self::with(Exit::Io, error),
            other => Self::with(Exit::Internal, other),
        }
    }
}
