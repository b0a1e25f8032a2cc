//! Why a command could not do what it was asked, and with which exit code.

use super::exit::Exit;
use crate::activation::NumberError;
use crate::advice::Advice;
#[cfg(feature = "camera")]
use crate::camera::CameraError;
use crate::ground::printable;
use crate::ledger::LedgerError;
use crate::licensing::{DepositError, MemoryError, StoreError};
use crate::paper::PaperError;
use crate::practice::RehearsalError;
use crate::scan::PictureError;
use crate::symbol::SymbolError;
use crate::trip::file::TripFileError;
use crate::trip::{PlanError, TripError};
use crate::wire::pasted::PastedError;
use crate::wire::{LinkError, PacketError, WireError};
use std::io;
use std::path::Path;

/// An error with its exit code.
#[derive(Debug)]
pub(super) struct Failure {
    /// The exit code.
    pub(super) exit: Exit,
    /// What to tell the person.
    pub(super) error: Box<dyn Advice>,
}

impl Failure {
    /// An error of the command line itself.
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
        /// What the system said.
        reason: String,
    },
    /// A file cannot be written.
    #[error("cannot write {file}: {reason}")]
    FileUnwritable {
        /// The file, printable.
        file: String,
        /// What the system said.
        reason: String,
    },
    /// Standard input cannot be read.
    #[error("cannot read standard input: {reason}")]
    StandardInput {
        /// What the system said.
        reason: String,
    },
    /// Standard output cannot be written.
    #[error("cannot write standard output: {reason}")]
    StandardOutput {
        /// What the system said.
        reason: String,
    },
    /// The input ended before any digit came.
    #[error("the input ended before any digit came")]
    NothingEntered,
    /// The input ended before a whole number stood there.
    #[error("the input ended after {digits} digits")]
    NumberIncomplete {
        /// Digits that came.
        digits: usize,
    },
    /// No product on this PC can use a Confirmation ID.
    #[error("no product waits for a Confirmation ID")]
    NothingToShow,
    /// `--product` names none of the products.
    #[error("no product matches {wanted}")]
    UnknownProduct {
        /// What was asked for, printable.
        wanted: String,
    },
    /// `--product` names several products.
    #[error("several products match {wanted}")]
    AmbiguousProduct {
        /// What was asked for, printable.
        wanted: String,
    },
    /// The PC of a trip has no such product.
    #[error("{pc} has no product {wanted}")]
    NoSuchProductHere {
        /// What the PC is called.
        pc: String,
        /// What was asked for, printable.
        wanted: String,
    },
    /// Several products of a trip's PC may be meant.
    #[error("{pc} has {names}")]
    SeveralProductsHere {
        /// What the PC is called.
        pc: String,
        /// Their names.
        names: String,
    },
    /// Nothing of the PC is to be decided.
    #[error("nothing of {pc} is to be decided")]
    NothingToSay {
        /// What the PC is called.
        pc: String,
    },
    /// A number that was not offered.
    #[error("there is no {number}")]
    NoSuchChoice {
        /// The number.
        number: usize,
    },
    /// The ending of the output file is neither .png nor .svg.
    #[error("{file}: neither .png nor .svg")]
    UnknownImageFormat {
        /// The file, printable.
        file: String,
    },
    /// A practice number and a real one.
    #[error("practice and real numbers do not go together")]
    PracticeMixed,
    /// A reply that answers another Installation ID.
    #[error("the Confirmation ID answers another Installation ID")]
    AnswersAnother,
    /// The practice portal was given a real Installation ID.
    #[error("{masked} is not a practice Installation ID")]
    NotPractice {
        /// The number, masked.
        masked: String,
    },
    /// `page --serve` in a program without feature `serve`.
    #[cfg_attr(feature = "serve", expect(dead_code))]
    #[error("built without the feature serve")]
    BuiltWithoutServing,
    /// Nothing was deposited or activated here yet.
    #[error("no receipt yet")]
    NoReceiptYet,
    /// An argument or a variable has another name since an earlier version.
    #[error("{old} is {new} now")]
    OldSpelling {
        /// What was written.
        old: &'static str,
        /// What to write.
        new: &'static str,
    },
    /// No trip was begun yet.
    #[error("no trip yet")]
    NoTrip,
    /// Several trips are here, and none is named.
    #[error("several trips: {names}")]
    SeveralTrips {
        /// Their names.
        names: String,
    },
    /// A file is nothing that a trip takes in.
    #[error("{file}: nothing that a trip takes in")]
    UnknownTripFile {
        /// The file, printable.
        file: String,
    },
    /// The ending of a record's file is none that can be written.
    #[error("{file}: neither .html nor .csv nor .json")]
    UnknownRecordFormat {
        /// The file, printable.
        file: String,
    },
    /// A trip's name was not typed as it stands.
    #[error("the name was not typed")]
    NotForgotten,
    /// A name without anything to print.
    #[error("an empty name")]
    NameEmpty,
    /// The description of a site is no such JSON.
    #[error("{file}: {reason}")]
    SiteUnreadable {
        /// The file, printable.
        file: String,
        /// What the reader said, printable.
        reason: String,
    },
    /// A time is negative, or longer than a day.
    #[error("a time of the site is out of bounds")]
    SiteTimes,
    /// Where numbers are carried out, nothing is asked for.
    #[error("no letter for this way")]
    NoLetterForWay,
    /// A rehearsal did not end as it must.
    #[error("the practice run did not end as it must")]
    JourneyBroken {
        /// Products that did not get activated.
        open: usize,
        /// Deliberate mix-ups that were not refused.
        slipped: usize,
        /// Deposits for the wrong PC or product.
        wrong: usize,
    },
}

impl CliError {
    /// A file that cannot be read.
    pub(super) fn unreadable(file: &Path, error: &io::Error) -> Self {
        Self::FileUnreadable {
            file: printable(&file.display().to_string()),
            reason: printable(&error.to_string()),
        }
    }

    /// A file that cannot be written.
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

impl From<PlanError> for Failure {
    fn from(error: PlanError) -> Self {
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

impl From<MemoryError> for Failure {
    fn from(error: MemoryError) -> Self {
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
