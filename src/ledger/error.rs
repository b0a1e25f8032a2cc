//! Why a ledger cannot be used.

use crate::activation::printable;
use crate::advice::{Advice, Fact};
use rusqlite::ErrorCode;
use std::io;
use std::path::Path;

/// Why a ledger cannot be read or written.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames,
)]
#[strum(serialize_all = "kebab-case", prefix = "ledger-")]
pub enum LedgerError {
    /// There is no such file.
    #[error("{file}: no such trip")]
    Missing {
        /// The file, printable.
        file: String,
    },
    /// There is a file of that name already.
    #[error("{file} exists")]
    Exists {
        /// The file, printable.
        file: String,
    },
    /// The file is something else.
    #[error("{file}: not a trip's ledger")]
    NotALedger {
        /// The file, printable.
        file: String,
    },
    /// Written by a newer program.
    #[error("{file}: version {version} is not known")]
    Newer {
        /// The file, printable.
        file: String,
        /// The version.
        version: u64,
    },
    /// Its contents are broken.
    #[error("{file}: damaged")]
    Damaged {
        /// The file, printable.
        file: String,
    },
    /// More is in it than any trip holds, or reading it does not end.
    #[error("{file}: more than a trip holds")]
    Overfull {
        /// The file, printable.
        file: String,
    },
    /// Another process has it and does not let go.
    #[error("{file}: in use")]
    Busy {
        /// The file, printable.
        file: String,
    },
    /// The disk is full.
    #[error("{file}: the disk is full")]
    DiskFull {
        /// The file, printable.
        file: String,
    },
    /// The file or its folder may not be written.
    #[error("{file}: read-only")]
    ReadOnly {
        /// The file, printable.
        file: String,
    },
    /// The file may not be read.
    #[error("{file}: may not be read")]
    Unreadable {
        /// The file, printable.
        file: String,
    },
    /// Something else.
    #[error("{file}: {reason}")]
    Failed {
        /// The file, printable.
        file: String,
        /// What the system said, printable.
        reason: String,
    },
}

pub(super) fn printable_path(path: &Path) -> String {
    printable(&path.display().to_string())
}

impl LedgerError {
    pub(super) fn of_sqlite(path: &Path, error: &rusqlite::Error) -> Self {
        let file = printable_path(path);
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy { file },
            Some(ErrorCode::DiskFull) => Self::DiskFull { file },
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => {
                Self::ReadOnly { file }
            }
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged { file },
            Some(ErrorCode::TooBig | ErrorCode::OperationInterrupted) => Self::Overfull { file },
            Some(ErrorCode::NotADatabase) => Self::NotALedger { file },
            _ if is_missing_table(error) => Self::Damaged { file },
            _ => Self::Failed {
                file,
                reason: printable(&error.to_string()),
            },
        }
    }

    pub(super) fn of_io(path: &Path, error: &io::Error) -> Self {
        let file = printable_path(path);
        match error.kind() {
            io::ErrorKind::AlreadyExists => Self::Exists { file },
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull { file },
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                Self::ReadOnly { file }
            }
            _ => Self::Failed {
                file,
                reason: printable(&error.to_string()),
            },
        }
    }
}

/// A table or a row of ours that is gone, or holds something else.
fn is_missing_table(error: &rusqlite::Error) -> bool {
    matches!(
        error,
        rusqlite::Error::QueryReturnedNoRows
            | rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::FromSqlConversionFailure(..)
    ) || error.sqlite_error_code() == Some(ErrorCode::Unknown)
        && error.to_string().contains("no such table")
}

impl Advice for LedgerError {
    fn id(&self) -> &'static str {
        self.into()
    }

    fn facts(&self) -> Vec<(&'static str, Fact)> {
        let (Self::Missing { file }
        | Self::Exists { file }
        | Self::NotALedger { file }
        | Self::Newer { file, .. }
        | Self::Damaged { file }
        | Self::Overfull { file }
        | Self::Unreadable { file }
        | Self::Busy { file }
        | Self::DiskFull { file }
        | Self::ReadOnly { file }
        | Self::Failed { file, .. }) = self;
        let mut facts = vec![("file", file.as_str().into())];
        match self {
            Self::Newer { version, .. } => facts.push(("version", (*version).into())),
            Self::Failed { reason, .. } => facts.push(("reason", reason.as_str().into())),
            _ => {}
        }
        facts
    }
}
