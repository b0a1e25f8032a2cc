//! The PC's licence store: what waits for activation, and the deposit.
//!
//! Two stores speak this trait: the one of Windows (WMI through COM) and the
//! practice PC kept in a file. [`deposit_and_verify`] is the only way in which a
//! Confirmation ID reaches either.

// Pure, and needed on Windows only: elsewhere they exist to be tested.
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

/// Why the licence store did not do what it was asked.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames, Advice,
)]
#[strum(serialize_all = "kebab-case", prefix = "store-")]
pub enum StoreError {
    /// It refused, with a Windows result code.
    #[error("the licence store refused: {0}")]
    Refused(#[fact(name = "code")] HResult),
    /// It could not be reached at all.
    #[error("the licence store cannot be reached: {reason} ({code:?})")]
    Unreachable {
        /// Windows result code, where there was one.
        code: Option<HResult>,
        /// What the system said, printable.
        reason: String,
    },
    /// It did not answer in time; what was asked may still happen.
    #[error("the licence store did not answer within {seconds} s")]
    NoAnswer {
        /// How long was waited; 0 where the elevated part waited.
        seconds: u64,
    },
    /// The person said no when Windows asked for administrator rights.
    #[error("administrator rights were declined")]
    ElevationDeclined,
    /// This system does not let this account or program have them.
    #[error("administrator rights are forbidden here: {reason} ({code})")]
    ElevationForbidden {
        /// Windows result code.
        code: HResult,
        /// What the system said, printable.
        reason: String,
    },
    /// This system gives them to signed programs only.
    #[error("administrator rights are for signed programs only here ({code})")]
    ElevationUnsigned {
        /// Windows result code.
        code: HResult,
    },
    /// The program's own file is not there any more.
    #[error("the program's file is gone: {reason} ({code})")]
    ElevationProgramGone {
        /// Windows result code.
        code: HResult,
        /// What the system said, printable.
        reason: String,
    },
    /// The program could not be started with them.
    #[error("the elevated part did not start: {reason} ({code})")]
    ElevationFailed {
        /// Windows result code.
        code: HResult,
        /// What the system said, printable.
        reason: String,
    },
    /// The part that was started with them ended without saying how it went.
    #[error("the elevated part broke off ({code})")]
    ElevationBrokeOff {
        /// The exit code that the system gave it.
        code: HResult,
    },
    /// A row lacks a property that it needs, or holds something else in it.
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
    /// The practice file is damaged, half written or of another kind.
    #[error("practice file {file} is damaged: {reason}")]
    PracticeFileDamaged {
        /// The file, printable.
        file: String,
        /// Where and how, as the parser says it.
        reason: String,
    },
    /// The practice file was made by a newer version.
    #[error("practice file {file} is of version {version}")]
    PracticeFileVersion {
        /// The file, printable.
        file: String,
        /// The version that it names.
        version: u32,
    },
}

impl StoreError {
    /// The Windows result code, where there was one.
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
    /// [`StoreError`] when the system does not say.
    fn pc(&self) -> Result<PcIdentity, StoreError>;

    /// Every product with something to say: all rows with a key, waiting or
    /// not, read at this moment. Needs no elevation.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot be read.
    fn products(&self) -> Result<Vec<Product>, StoreError>;

    /// One of [`Self::products`], read at this moment; `None` where it is gone.
    /// A store that can be asked for one row alone answers sooner.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot be read.
    fn product(&self, product: ActivationId) -> Result<Option<Product>, StoreError> {
        let products = self.products()?;
        Ok(products
            .into_iter()
            .find(|row| row.activation_id == product))
    }

    /// Deposits a Confirmation ID for one product. Needs elevation. That it
    /// returns says nothing yet: read the status again.
    ///
    /// # Errors
    /// [`StoreError::Refused`] with the code that the store gave.
    fn deposit(
        &mut self,
        product: ActivationId,
        iid: &InstallationId,
        cid: &ConfirmationDigits,
    ) -> Result<(), StoreError>;

    /// Makes the store work out its statuses anew.
    ///
    /// # Errors
    /// [`StoreError`] when it refuses.
    fn refresh(&mut self) -> Result<(), StoreError>;

    /// Whether this is a practice store, which takes practice numbers only.
    fn is_practice(&self) -> bool;
}

/// Where this system keeps the memory of what was shown:
/// `hikyaku/memory.json` in the person's data folder, else in the current
/// folder.
pub fn default_history_path() -> std::path::PathBuf {
    dirs::data_local_dir()
        .unwrap_or_default()
        .join("hikyaku")
        .join("memory.json")
}

/// The licence store of the PC that this runs on. Showing needs no elevation;
/// depositing asks for it by itself. A window should use it on a thread of its
/// own: the licensing service may take seconds, and a person asked for
/// elevation longer.
///
/// # Errors
/// [`StoreError::NotWindows`] elsewhere than on Windows; there, what
/// `WindowsStore::connect` says.
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
