//! The trip in a file that survives a crash.
//!
//! A ledger is one `SQLite` database: a row that says what the trip is about, and
//! a row for every PC. A change is read, made and written in one transaction,
//! with the lock taken before the reading, and it is on the disk before anybody
//! is told: so two technicians at one laptop, or a process that is killed,
//! never lose or double anything. Between two changes all of it is in the one
//! file.

mod connect;
mod error;
mod guard;
mod names;
mod records;

pub use connect::ledger_files;
pub use error::LedgerError;
pub use names::{file_for_new_ledger, is_ledger_name, ledger_file_name, ledger_of_name};

use crate::trip::{About, Trip};
use guard::StepBudget;
use rusqlite::{Connection, TransactionBehavior};
use std::fs::OpenOptions;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How ledgers' files end.
pub const FILE_ENDING: &str = "trip.db";

/// `HKYK` in ASCII: what tells a ledger from other databases.
const APPLICATION: i32 = 0x484b_594b;

/// Version of the rows that is written. Version 1 lacks what facts were added
/// since; it is read, and becomes this one with the first change, so that a
/// program that knows only version 1 does not drop them.
const VERSION: i32 = 2;

/// How long another process may hold the ledger.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// The tables, to the letter: a file with others is no ledger.
const TABLES: &str = "
    CREATE TABLE about (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        record TEXT NOT NULL
    ) STRICT;
    CREATE TABLE pc (
        id INTEGER PRIMARY KEY,
        place INTEGER NOT NULL,
        name TEXT NOT NULL,
        record TEXT NOT NULL
    ) STRICT;
";

/// A trip in a file, to be changed.
#[derive(Debug)]
pub struct Ledger {
    connection: Connection,
    budget: StepBudget,
    path: PathBuf,
    /// The trip as of the last change here.
    cached: Option<CachedTrip>,
}

/// A trip, and by what is noticed that another process changed it.
#[derive(Debug)]
struct CachedTrip {
    version: i64,
    trip: Trip,
}

impl Ledger {
    /// Begins a trip in a new file, which is its owner's alone where the system
    /// knows owners.
    ///
    /// # Errors
    /// [`LedgerError::Exists`] where there is a file already, else whatever
    /// keeps the file from being written.
    pub fn create(path: &Path, about: &About) -> Result<Self, LedgerError> {
        let to_error = |error| LedgerError::of_io(path, &error);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(to_error)?;
        }
        let made = new_file(path).map_err(to_error)?;
        let written =
            connect::to_write(path).and_then(|opened| Self::begin_new(opened, path, about));
        if written.is_err() && made && is_empty(path) {
            // Nobody was told of it yet.
            let _ = std::fs::remove_file(path);
        }
        written
    }

    /// Opens a ledger to change it.
    ///
    /// # Errors
    /// [`LedgerError`] where there is none, or none that can be used, or where
    /// no change could be kept.
    pub fn open(path: &Path) -> Result<Self, LedgerError> {
        if !path.is_file() {
            return Err(LedgerError::Missing {
                file: error::printable_path(path),
            });
        }
        let (connection, budget) = connect::to_write(path)?;
        // Nothing is changed in what is no ledger.
        guard::check(&connection, path)?;
        budget.renew();
        connect::keep_safely(&connection)
            .and_then(|()| connect::try_to_write(&connection))
            .map_err(|error| connect::why_not_written(path, &error))?;
        Ok(Self {
            connection,
            budget,
            path: path.to_owned(),
            cached: None,
        })
    }

    /// The trip in a ledger that is not going to be changed here; also from
    /// where nothing can be written, such as a locked stick, a folder for
    /// reading or a full disk.
    ///
    /// # Errors
    /// [`LedgerError`] where there is none, or none that can be read.
    pub fn read(path: &Path) -> Result<Trip, LedgerError> {
        connect::read_only(path, &|connection, budget| {
            at_one_moment(connection, budget, path, || records::read(connection, path))
        })
    }

    /// What the trip in a ledger is about; as [`Self::read`], only quicker.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn about(path: &Path) -> Result<About, LedgerError> {
        connect::read_only(path, &|connection, _| records::about(connection, path))
    }

    fn begin_new(
        (connection, budget): (Connection, StepBudget),
        path: &Path,
        about: &About,
    ) -> Result<Self, LedgerError> {
        let mut ledger = Self {
            connection,
            budget,
            path: path.to_owned(),
            cached: None,
        };
        let to_error = |error: rusqlite::Error| connect::why_not_written(path, &error);
        connect::keep_safely(&ledger.connection).map_err(to_error)?;
        let begun = ledger
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(to_error)?;
        // Whoever comes second must not write over the first.
        let tables: i64 = begun
            .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
            .map_err(to_error)?;
        if tables > 0 {
            return Err(LedgerError::Exists {
                file: error::printable_path(path),
            });
        }
        let write = || -> rusqlite::Result<()> {
            begun.execute_batch(TABLES)?;
            begun.pragma_update(None, "application_id", APPLICATION)?;
            begun.pragma_update(None, "user_version", VERSION)?;
            begun.execute(
                "INSERT INTO about (one, record) VALUES (1, ?1)",
                [records::as_record(about)],
            )?;
            Ok(())
        };
        write().and_then(|()| begun.commit()).map_err(to_error)?;
        ledger.budget.renew();
        Ok(ledger)
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The trip as it is.
    ///
    /// # Errors
    /// [`LedgerError`] where it cannot be read.
    pub fn trip(&self) -> Result<Trip, LedgerError> {
        at_one_moment(&self.connection, &self.budget, &self.path, || {
            records::read(&self.connection, &self.path)
        })
    }

    /// Changes the trip; what `act` made of it is on the disk when this
    /// returns. Nothing is written if `act` fails.
    ///
    /// # Errors
    /// What `act` says, or a [`LedgerError`] where it cannot be kept; then
    /// nothing is changed.
    pub fn change<T, E: From<LedgerError>>(
        &mut self,
        act: impl FnOnce(&mut Trip) -> Result<T, E>,
    ) -> Result<T, E> {
        let path = self.path.clone();
        let to_error = |error: rusqlite::Error| connect::why_not_written(&path, &error);
        self.budget.renew();
        let cached = self.cached.take();
        let begun = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(to_error)?;
        // Changes when, and only when, another connection wrote.
        let version: i64 = begun
            .query_row("PRAGMA data_version", [], |row| row.get(0))
            .map_err(to_error)?;
        let before = match cached {
            Some(cached) if cached.version == version => cached.trip,
            _ => records::read(&begun, &path)?,
        };
        let mut trip = before.clone();
        let made = match act(&mut trip) {
            Ok(made) => made,
            Err(refused) => {
                drop(begun);
                let trip = before;
                self.cached = Some(CachedTrip { version, trip });
                return Err(refused);
            }
        };
        records::write(&begun, &before, &trip)
            .and_then(|()| begun.pragma_update(None, "user_version", VERSION))
            .and_then(|()| begun.commit())
            .map_err(to_error)?;
        self.cached = Some(CachedTrip { version, trip });
        Ok(made)
    }
}

/// Reads within one transaction: not half before a change and half after it.
fn at_one_moment<T>(
    connection: &Connection,
    budget: &StepBudget,
    path: &Path,
    read: impl FnOnce() -> Result<T, LedgerError>,
) -> Result<T, LedgerError> {
    budget.renew();
    let to_error = |error| LedgerError::of_sqlite(path, &error);
    let moment = connection.unchecked_transaction().map_err(to_error)?;
    let made = read()?;
    moment.commit().map_err(to_error)?;
    Ok(made)
}

/// Makes the file, which nobody else may read; whether it was not there. An
/// empty one is taken over: a program that was killed left it.
fn new_file(path: &Path) -> std::io::Result<bool> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists && is_empty(path) => {
            Ok(false)
        }
        Err(error) => Err(error),
    }
}

fn is_empty(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|facts| facts.is_file() && facts.len() == 0)
}

#[cfg(test)]
mod tests;
