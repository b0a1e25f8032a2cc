//! The trip in a file that survives a crash.
//!
//! A ledger is one `SQLite` database: a row that says what the trip is about, and
//! a row for every PC. A change is read, made and written in one transaction,
//! with the lock taken before the reading, and it is on the disk
//! (`synchronous=FULL`) before anybody is told: so two technicians at one
//! laptop, or a process that is killed, never lose or double anything.

mod error;

pub use error::LedgerError;

use super::model::{About, Pc, Trip};
use crate::activation::Label;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior, params};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How ledgers' files end.
pub const FILE_ENDING: &str = "trip.db";

/// `HKYK` in ASCII: what tells a ledger from other databases.
const APPLICATION: i32 = 0x484b_594b;

/// Version of the tables that is written and read.
const VERSION: i32 = 1;

/// How long another process may hold the ledger.
const PATIENCE: Duration = Duration::from_secs(5);

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

/// A trip in a file.
#[derive(Debug)]
pub struct Ledger {
    connection: Connection,
    path: PathBuf,
}

impl Ledger {
    /// Begins a trip in a new file.
    ///
    /// # Errors
    /// [`LedgerError::Exists`] where there is a file already, else whatever
    /// keeps the file from being written.
    pub fn create(path: &Path, about: &About) -> Result<Self, LedgerError> {
        let told = |error| LedgerError::of_io(path, &error);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(told)?;
        }
        // Whoever comes second must not write over the first.
        std::fs::File::create_new(path).map_err(told)?;
        let made = Self::connect(path).and_then(|mut ledger| {
            ledger.write_new(about)?;
            Ok(ledger)
        });
        if made.is_err() {
            // Nobody was told of it yet.
            let _ = std::fs::remove_file(path);
        }
        made
    }

    /// Opens a ledger.
    ///
    /// # Errors
    /// [`LedgerError`] where there is none, or none that can be used.
    pub fn open(path: &Path) -> Result<Self, LedgerError> {
        if !path.is_file() {
            return Err(LedgerError::Missing {
                file: error::printable_path(path),
            });
        }
        let ledger = Self::connect(path)?;
        ledger.check_kind()?;
        Ok(ledger)
    }

    /// The trip in a ledger that nobody is going to change; also from where
    /// nothing can be written, such as a locked stick or a share for reading.
    ///
    /// # Errors
    /// [`LedgerError`] where there is none, or none that can be read.
    pub fn look(path: &Path) -> Result<Trip, LedgerError> {
        let read_only = |error: &LedgerError| matches!(error, LedgerError::ReadOnly { .. });
        let opened = Self::open(path).and_then(|ledger| ledger.trip());
        // What was left unfinished beside the file would be overlooked.
        let left = PathBuf::from(format!("{}-wal", path.display()));
        if !opened.as_ref().is_err_and(read_only) || left.exists() {
            return opened;
        }
        let told = |error: &rusqlite::Error| LedgerError::of_sqlite(path, error);
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
            | OpenFlags::SQLITE_OPEN_NO_MUTEX
            | OpenFlags::SQLITE_OPEN_URI;
        let connection =
            Connection::open_with_flags(unchanging(path), flags).map_err(|error| told(&error))?;
        let prepared = connection.pragma_update(None, "trusted_schema", false);
        prepared.map_err(|error| told(&error))?;
        let path = path.to_owned();
        let ledger = Self { connection, path };
        ledger.check_kind()?;
        ledger.trip()
    }

    /// It is a ledger, of the version that is read here.
    fn check_kind(&self) -> Result<(), LedgerError> {
        let pragma = |name: &str| -> Result<i32, LedgerError> {
            self.connection
                .pragma_query_value(None, name, |row| row.get(0))
                .map_err(|error| self.told(&error))
        };
        if pragma("application_id")? != APPLICATION {
            return Err(LedgerError::NotALedger {
                file: error::printable_path(&self.path),
            });
        }
        let version = pragma("user_version")?;
        if version != VERSION {
            return Err(LedgerError::Newer {
                file: error::printable_path(&self.path),
                version: version.unsigned_abs().into(),
            });
        }
        Ok(())
    }

    fn connect(path: &Path) -> Result<Self, LedgerError> {
        let told = |error: &rusqlite::Error| LedgerError::of_sqlite(path, error);
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags).map_err(|error| told(&error))?;
        let prepare = || -> rusqlite::Result<()> {
            connection.busy_timeout(PATIENCE)?;
            // A file from elsewhere is not trusted to run anything.
            connection.pragma_update(None, "trusted_schema", false)?;
            connection.pragma_update(None, "journal_mode", "wal")?;
            connection.pragma_update(None, "synchronous", "full")
        };
        prepare().map_err(|error| told(&error))?;
        Ok(Self {
            connection,
            path: path.to_owned(),
        })
    }

    fn write_new(&mut self, about: &About) -> Result<(), LedgerError> {
        let path = self.path.clone();
        let begun = self.begin()?;
        let write = || -> rusqlite::Result<()> {
            begun.execute_batch(TABLES)?;
            begun.pragma_update(None, "application_id", APPLICATION)?;
            begun.pragma_update(None, "user_version", VERSION)?;
            begun.execute(
                "INSERT INTO about (one, record) VALUES (1, ?1)",
                [as_record(about)],
            )?;
            Ok(())
        };
        write()
            .and_then(|()| begun.commit())
            .map_err(|error| LedgerError::of_sqlite(&path, &error))
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
        read(&self.connection, &self.path)
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
        let begun = self.begin()?;
        let before = read(&begun, &path)?;
        let mut trip = before.clone();
        let made = act(&mut trip)?;
        write(&begun, &before, &trip)
            .and_then(|()| begun.commit())
            .map_err(|error| LedgerError::of_sqlite(&path, &error))?;
        Ok(made)
    }

    fn begin(&mut self) -> Result<Transaction<'_>, LedgerError> {
        let path = self.path.clone();
        self.connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(|error| LedgerError::of_sqlite(&path, &error))
    }

    fn told(&self, error: &rusqlite::Error) -> LedgerError {
        LedgerError::of_sqlite(&self.path, error)
    }
}

/// A file's address that tells `SQLite` that nobody writes it, so that it asks
/// for no lock and no file beside it (<https://sqlite.org/uri.html>).
fn unchanging(path: &Path) -> String {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let escaped = absolute
        .to_string_lossy()
        .replace('%', "%25")
        .replace('?', "%3f")
        .replace('#', "%23")
        .replace(std::path::MAIN_SEPARATOR, "/");
    let slash = if escaped.starts_with('/') { "" } else { "/" };
    format!("file:{slash}{escaped}?immutable=1")
}

fn read(connection: &Connection, path: &Path) -> Result<Trip, LedgerError> {
    let told = |error: &rusqlite::Error| LedgerError::of_sqlite(path, error);
    let damaged = || LedgerError::Damaged {
        file: error::printable_path(path),
    };
    let records = || -> rusqlite::Result<(String, Vec<String>)> {
        let about = connection.query_row("SELECT record FROM about", [], |row| row.get(0))?;
        let mut query = connection.prepare_cached("SELECT record FROM pc ORDER BY place, id")?;
        let pcs = query
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        Ok((about, pcs))
    };
    let (about, pcs) = records().map_err(|error| told(&error))?;
    let about: About = serde_json::from_str(&about).map_err(|_| damaged())?;
    let pcs: Vec<Pc> = pcs
        .iter()
        .map(|record| serde_json::from_str(record))
        .collect::<Result<_, _>>()
        .map_err(|_| damaged())?;
    Ok(Trip { about, pcs })
}

/// Writes what is other than before, and no more.
fn write(begun: &Transaction<'_>, before: &Trip, after: &Trip) -> rusqlite::Result<()> {
    if before.about != after.about {
        begun.execute("UPDATE about SET record = ?1", [as_record(&after.about)])?;
    }
    let mut former: BTreeMap<u32, (usize, &Pc)> = before
        .pcs
        .iter()
        .enumerate()
        .map(|(place, pc)| (pc.id, (place, pc)))
        .collect();
    let mut put = begun.prepare_cached(
        "INSERT OR REPLACE INTO pc (id, place, name, record) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for (place, pc) in after.pcs.iter().enumerate() {
        if former.remove(&pc.id) != Some((place, pc)) {
            let place = i64::try_from(place).unwrap_or(i64::MAX);
            put.execute(params![pc.id, place, pc.name.as_str(), as_record(pc)])?;
        }
    }
    for id in former.into_keys() {
        begun.execute("DELETE FROM pc WHERE id = ?1", [id])?;
    }
    Ok(())
}

/// Numbers and texts only: there is nothing that JSON could not hold.
fn as_record(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// The name of the file in which a trip of this name is kept.
pub fn ledger_file_name(name: &Label) -> String {
    let safe: String = name
        .as_str()
        .chars()
        .map(|character| match character {
            letter if letter.is_alphanumeric() => letter,
            '-' | '_' => character,
            _ => '-',
        })
        .take(60)
        .collect();
    format!("{safe}.{FILE_ENDING}")
}

/// Whether a file is named like a ledger.
pub fn is_ledger_name(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy());
    name.is_some_and(|name| name.ends_with(&format!(".{FILE_ENDING}")))
}

#[cfg(test)]
mod tests;
