//! The ledger: a trip in a file that survives a crash.
//!
//! A ledger is an `SQLite` database with a row about the trip and a row per PC. A
//! change reads, modifies and writes in one transaction that locks the file before
//! reading, and it is on the disk before it is reported. So neither concurrent
//! processes nor a killed one can lose or duplicate anything. Between changes,
//! everything is in the one file.

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

/// Extension of ledger files.
pub const FILE_ENDING: &str = "trip.db";

/// The `SQLite` application id of ledgers: `HKYK` in ASCII.
const APPLICATION: i32 = 0x484b_594b;

/// Version of the records. Version 1 lacks facts that were added later. It is read,
/// and upgraded by the first change, so that a program that knows only version 1
/// does not drop them.
const VERSION: i32 = 2;

/// How long to wait for another process that locks the ledger.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// The schema, exactly: a file with any other is not a ledger.
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

/// A trip in a file, opened for changes.
#[derive(Debug)]
pub struct Ledger {
    connection: Connection,
    budget: StepBudget,
    path: PathBuf,
    /// The trip after the last change through this connection.
    cached: Option<CachedTrip>,
}

/// A trip, and the data version by which changes of other processes are noticed.
#[derive(Debug)]
struct CachedTrip {
    version: i64,
    trip: Trip,
}

impl Ledger {
    /// Creates a ledger for a new trip. On Unix, only its owner can read it.
    ///
    /// # Errors
    /// [`LedgerError::Exists`] if the file exists; other variants if it cannot be
    /// written.
    pub fn create(path: &Path, about: &About) -> Result<Self, LedgerError> {
        let to_error = |error| LedgerError::of_io(path, &error);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(to_error)?;
        }
        let made = new_file(path).map_err(to_error)?;
        let written =
            connect::open_for_writing(path).and_then(|opened| Self::begin_new(opened, path, about));
        if written.is_err() && made && is_empty(path) {
            // Nobody has been told about it yet.
            let _ = std::fs::remove_file(path);
        }
        written
    }

    /// Opens a ledger for changes.
    ///
    /// # Errors
    /// [`LedgerError`] if there is no usable ledger, or changes are impossible.
    pub fn open(path: &Path) -> Result<Self, LedgerError> {
        if !path.is_file() {
            return Err(LedgerError::Missing {
                file: error::printable_path(path),
            });
        }
        let (connection, budget) = connect::open_for_writing(path)?;
        // Do not touch a file that is not a ledger.
        guard::check(&connection, path)?;
        budget.renew();
        connect::configure_durability(&connection)
            .and_then(|()| connect::check_writable(&connection))
            .map_err(|error| connect::write_error(path, &error))?;
        Ok(Self {
            connection,
            budget,
            path: path.to_owned(),
            cached: None,
        })
    }

    /// Reads the trip in a ledger without changing it. This works on read-only media
    /// and full disks, too.
    ///
    /// # Errors
    /// [`LedgerError`] if there is no readable ledger.
    pub fn read(path: &Path) -> Result<Trip, LedgerError> {
        connect::read_only(path, &|connection, budget| {
            in_transaction(connection, budget, path, || records::read(connection, path))
        })
    }

    /// Reads only what the trip in a ledger is about, faster than [`Self::read`].
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
        let to_error = |error: rusqlite::Error| connect::write_error(path, &error);
        connect::configure_durability(&ledger.connection).map_err(to_error)?;
        let begun = ledger
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(to_error)?;
        // Another process may have created it meanwhile.
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

    /// The file of the ledger.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads the trip.
    ///
    /// # Errors
    /// [`LedgerError`] if it cannot be read.
    pub fn trip(&self) -> Result<Trip, LedgerError> {
        in_transaction(&self.connection, &self.budget, &self.path, || {
            records::read(&self.connection, &self.path)
        })
    }

    /// Changes the trip by `act`. The result is on the disk when this returns; nothing
    /// is written if `act` fails.
    ///
    /// # Errors
    /// The error of `act`, or a [`LedgerError`] if the change cannot be written; then
    /// nothing is changed.
    pub fn change<T, E: From<LedgerError>>(
        &mut self,
        act: impl FnOnce(&mut Trip) -> Result<T, E>,
    ) -> Result<T, E> {
        let path = self.path.clone();
        let to_error = |error: rusqlite::Error| connect::write_error(&path, &error);
        self.budget.renew();
        let cached = self.cached.take();
        let begun = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(to_error)?;
        // It changes if and only if another connection has written.
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

/// Reads within one transaction, so that no change happens in between.
fn in_transaction<T>(
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

/// Creates the file, readable only by its owner; returns whether it is new. An empty
/// one, left by a killed program, is reused.
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
