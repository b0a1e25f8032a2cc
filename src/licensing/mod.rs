//! The PC's licence store: its products, and depositing Confirmation IDs.
//!
//! [`LicenseStore`] has two implementations: the store of Windows (WMI through
//! COM), and a practice PC kept in a file. A Confirmation ID reaches either only
//! through [`deposit_and_verify`].

// Modules under `any(windows, test)` are pure and used on Windows only; tests run
// them everywhere.
mod answer_handler;
#[cfg(any(windows, test))]
mod call_timeout;
#[cfg(any(windows, test))]
mod com_codes;
mod deposit;
#[cfg(any(windows, test))]
mod elevated_deposit;
mod history;
mod practice;
mod receipt;
#[cfg(any(windows, test))]
mod rows;
#[cfg(test)]
mod samples;
#[cfg(any(windows, test))]
mod service_thread;
#[cfg(windows)]
mod windows;

#[cfg(windows)]
pub use self::windows::{WindowsStore, run_elevated_deposit};
pub use answer_handler::{AnswerHandler, AnswerOutcome, known_from_deposit, known_from_verdict};
pub use deposit::{DepositError, Deposited, deposit_and_verify};
pub use history::{DepositAttempt, HistoryError, PcHistory};
pub use practice::{Extras, PracticeStore};
pub use receipt::receipt;

use crate::activation::{
    ActivationId, ConfirmationDigits, HResult, InstallationId, PcIdentity, Product,
};
use crate::advice::Advice;

/// Why a call to the licence store failed.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames, Advice,
)]
#[strum(serialize_all = "kebab-case", prefix = "store-")]
pub enum StoreError {
    /// The store refused, with a Windows result code.
    #[error("the licence store refused: {0}")]
    Refused(#[fact(name = "code")] HResult),
    /// The store could not be reached.
    #[error("the licence store cannot be reached: {reason} ({code:?})")]
    Unreachable {
        /// Windows result code, if there was one.
        code: Option<HResult>,
        /// What the system said, printable.
        reason: String,
    },
    /// The store did not answer in time; the call may still complete.
    #[error("the licence store did not answer within {seconds} s")]
    NoAnswer {
        /// How long it was waited for; 0 if the elevated process waited.
        seconds: u64,
    },
    /// The person declined when Windows asked for administrator rights.
    #[error("administrator rights were declined")]
    ElevationDeclined,
    /// The system denies administrator rights to this account or program.
    #[error("administrator rights are forbidden here: {reason} ({code})")]
    ElevationForbidden {
        /// Windows result code.
        code: HResult,
        /// What the system said, printable.
        reason: String,
    },
    /// The system elevates only signed programs.
    #[error("administrator rights are for signed programs only here ({code})")]
    ElevationUnsigned {
        /// Windows result code.
        code: HResult,
    },
    /// The program's own file is gone.
    #[error("the program's file is gone: {reason} ({code})")]
    ElevationProgramGone {
        /// Windows result code.
        code: HResult,
        /// What the system said, printable.
        reason: String,
    },
    /// The elevated process could not be started.
    #[error("the elevated process did not start: {reason} ({code})")]
    ElevationFailed {
        /// Windows result code.
        code: HResult,
        /// What the system said, printable.
        reason: String,
    },
    /// The elevated process ended without reporting a result.
    #[error("the elevated process broke off ({code})")]
    ElevationBrokeOff {
        /// The exit code that the system gave it.
        code: HResult,
    },
    /// A row lacks a required property, or has a malformed one.
    #[error("property {property} of the licence store is missing or malformed")]
    UnexpectedRow {
        /// Name of the property.
        property: &'static str,
    },
    /// This system has no Windows licence store.
    #[error("this system has no Windows licence store")]
    NotWindows,
    /// The practice file cannot be read or written.
    #[error("practice file {file}: {reason}")]
    PracticeFile {
        /// The file, printable.
        file: String,
        /// What the system said.
        reason: String,
    },
    /// There is no such practice file.
    #[error("practice file {file} does not exist")]
    PracticeFileMissing {
        /// The file, printable.
        file: String,
    },
    /// A new practice PC would have to overwrite a file.
    #[error("{file} exists already")]
    PracticeFileExists {
        /// The file, printable.
        file: String,
    },
    /// The practice file is damaged, truncated or of another kind.
    #[error("practice file {file} is damaged: {reason}")]
    PracticeFileDamaged {
        /// The file, printable.
        file: String,
        /// What the parser says.
        reason: String,
    },
    /// A newer program wrote the practice file.
    #[error("practice file {file} is of version {version}")]
    PracticeFileVersion {
        /// The file, printable.
        file: String,
        /// Version of the file.
        version: u32,
    },
}

impl StoreError {
    /// The Windows result code, if there was one.
    pub fn hresult(&self) -> Option<HResult> {
        match self {
            Self::Unreachable { code, .. } => *code,
            Self::Refused(code)
            | Self::ElevationUnsigned { code }
            | Self::ElevationForbidden { code, .. }
            | Self::ElevationProgramGone { code, .. }
            | Self::ElevationFailed { code, .. } => Some(*code),
            _ => None,
        }
    }
}

/// A PC's licence store.
pub trait LicenseStore {
    /// Which PC this is.
    ///
    /// # Errors
    /// [`StoreError`] if the system does not say.
    fn pc(&self) -> Result<PcIdentity, StoreError>;

    /// Reads every product that has a key, pending or not. Needs no elevation.
    ///
    /// # Errors
    /// [`StoreError`] if the store cannot be read.
    fn products(&self) -> Result<Vec<Product>, StoreError>;

    /// Reads one of [`Self::products`]; `None` if it is gone. Implementations that
    /// can query a single row answer sooner.
    ///
    /// # Errors
    /// [`StoreError`] if the store cannot be read.
    fn product(&self, product: ActivationId) -> Result<Option<Product>, StoreError> {
        let products = self.products()?;
        Ok(products
            .into_iter()
            .find(|row| row.activation_id == product))
    }

    /// Deposits a Confirmation ID for one product. Needs elevation. `Ok` does not
    /// mean activated: read the status again.
    ///
    /// # Errors
    /// [`StoreError::Refused`] with the store's code.
    fn deposit(
        &mut self,
        product: ActivationId,
        iid: &InstallationId,
        cid: &ConfirmationDigits,
    ) -> Result<(), StoreError>;

    /// Makes the store evaluate its statuses again.
    ///
    /// # Errors
    /// [`StoreError`] if it refuses.
    fn refresh(&mut self) -> Result<(), StoreError>;

    /// Whether this is a practice store, which takes only practice numbers.
    fn is_practice(&self) -> bool;
}

/// The usual file of the history: `hikyaku/memory.json` in the person's data
/// folder, or in the current folder if there is none.
pub fn default_history_path() -> std::path::PathBuf {
    dirs::data_local_dir()
        .unwrap_or_default()
        .join("hikyaku")
        .join("memory.json")
}

/// Opens the licence store of this PC. Reading needs no elevation; a deposit asks
/// for it. A window should use the store on another thread, since the licensing
/// service may take seconds, and the person who is asked for elevation longer.
///
/// # Errors
/// [`StoreError::NotWindows`] on other systems; on Windows, the errors of
/// `WindowsStore::connect`.
pub fn this_pc() -> Result<Box<dyn LicenseStore>, StoreError> {
    #[cfg(windows)]
    {
        Ok(Box::new(WindowsStore::connect()?))
    }
    #[cfg(not(windows))]
    {
        Err(StoreError::NotWindows)
    }
}
