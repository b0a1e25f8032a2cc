//! Errors of ledgers.

use crate::advice::Advice;
use crate::ground::printable;
use rusqlite::ErrorCode;
use std::io;
use std::path::Path;

/// Why a ledger cannot be read or written.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames, Advice,
)]
#[strum(serialize_all = "kebab-case", prefix = "ledger-")]
pub enum LedgerError {
    /// There is no such file.
    #[error("{file}: no such trip")]
    Missing {
        /// The file, printable.
        file: String,
    },
    /// The file already exists.
    #[error("{file} exists")]
    Exists {
        /// The file, printable.
        file: String,
    },
    /// The file is not a ledger.
    #[error("{file}: not a trip's ledger")]
    NotALedger {
        /// The file, printable.
        file: String,
    },
    /// A newer program wrote the file.
    #[error("{file}: version {version} is not known")]
    Newer {
        /// The file, printable.
        file: String,
        /// Version of the file.
        version: u64,
    },
    /// The contents are damaged.
    #[error("{file}: damaged")]
    Damaged {
        /// The file, printable.
        file: String,
    },
    /// The file contains more than any trip, or reading it takes too long.
    #[error("{file}: more than a trip holds")]
    Overfull {
        /// The file, printable.
        file: String,
    },
    /// Another process keeps the file locked.
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
    /// The file or its folder is read-only.
    #[error("{file}: read-only")]
    ReadOnly {
        /// The file, printable.
        file: String,
    },
    /// The file must not be read by this account.
    #[error("{file}: may not be read")]
    Unreadable {
        /// The file, printable.
        file: String,
    },
    /// Any other error.
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

/// Whether one of our tables or rows is missing, or has unexpected contents.
fn is_missing_table(error: &rusqlite::Error) -> bool {
    matches!(
        error,
        rusqlite::Error::QueryReturnedNoRows
            | rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::FromSqlConversionFailure(..)
    ) || error.sqlite_error_code() == Some(ErrorCode::Unknown)
        && error.to_string().contains("no such table")
}

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::ffi;

    #[test]
    fn what_sqlite_says_is_told_apart() {
        let id = |error: rusqlite::Error| {
            let told = LedgerError::of_sqlite(Path::new("a.trip.db"), &error);
            assert_eq!(told.facts()[0], ("file", "a.trip.db".into()));
            told.id()
        };
        let said = |code, text: &str| {
            rusqlite::Error::SqliteFailure(ffi::Error::new(code), Some(text.to_owned()))
        };
        for (code, expected) in [
            (ffi::SQLITE_BUSY, "ledger-busy"),
            (ffi::SQLITE_LOCKED, "ledger-busy"),
            (ffi::SQLITE_FULL, "ledger-disk-full"),
            (ffi::SQLITE_READONLY, "ledger-read-only"),
            (ffi::SQLITE_PERM, "ledger-read-only"),
            (ffi::SQLITE_CANTOPEN, "ledger-read-only"),
            (ffi::SQLITE_CORRUPT, "ledger-damaged"),
            (ffi::SQLITE_TOOBIG, "ledger-overfull"),
            (ffi::SQLITE_INTERRUPT, "ledger-overfull"),
            (ffi::SQLITE_NOTADB, "ledger-not-a-ledger"),
            (ffi::SQLITE_IOERR, "ledger-failed"),
        ] {
            assert_eq!(id(said(code, "no such table")), expected, "{code}");
        }
        // Of invalid statements, only those that name something missing count.
        let statement = |text| id(said(ffi::SQLITE_ERROR, text));
        assert_eq!(statement("no such table: pc"), "ledger-damaged");
        assert_eq!(statement("near \"x\": syntax error"), "ledger-failed");
        assert_eq!(id(rusqlite::Error::QueryReturnedNoRows), "ledger-damaged");
        assert_eq!(id(rusqlite::Error::InvalidQuery), "ledger-failed");
    }

    #[test]
    fn what_the_system_says_is_told_apart() {
        let id = |kind: io::ErrorKind| LedgerError::of_io(Path::new("a"), &kind.into()).id();
        for (kind, expected) in [
            (io::ErrorKind::AlreadyExists, "ledger-exists"),
            (io::ErrorKind::StorageFull, "ledger-disk-full"),
            (io::ErrorKind::QuotaExceeded, "ledger-disk-full"),
            (io::ErrorKind::PermissionDenied, "ledger-read-only"),
            (io::ErrorKind::ReadOnlyFilesystem, "ledger-read-only"),
            (io::ErrorKind::TimedOut, "ledger-failed"),
        ] {
            assert_eq!(id(kind), expected);
        }
    }
}
