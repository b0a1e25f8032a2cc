//! How a ledger's file is opened: to be changed, or to be looked at where
//! nothing can be written.
//!
//! Whoever looks writes nothing, except that an unfinished change of a program
//! that was killed is taken back where that can be done in place. Where it
//! cannot (a locked stick, a folder for reading, a full disk), that is done on
//! a copy. Ledgers of Hikyaku up to 0.1 keep their last changes in a file
//! `-wal` beside them, which is why looking has so many ways.

use super::error::{LedgerError, printable_path};
use super::guard::{self, StepBudget};
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// What stands beside a ledger while it is changed, and after a program was
/// killed.
const BESIDE: [&str; 3] = ["-journal", "-wal", "-shm"];

/// Largest ledger that is copied to be looked at, in bytes.
const MAX_COPY: u64 = 512 * 1024 * 1024;

/// How often a file is looked at anew that somebody else changed meanwhile.
const ATTEMPTS: usize = 3;

/// A ledger's file and all that can stand beside it.
pub fn ledger_files(path: &Path) -> impl Iterator<Item = PathBuf> {
    let files: Vec<PathBuf> = std::iter::once(path.to_owned())
        .chain(BESIDE.iter().map(|ending| beside(path, ending)))
        .collect();
    files.into_iter()
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut file = path.as_os_str().to_owned();
    file.push(ending);
    PathBuf::from(file)
}

/// A connection that nothing has been read through.
pub(super) fn to_write(path: &Path) -> Result<(Connection, StepBudget), LedgerError> {
    let to_error = |error: rusqlite::Error| why_not_written(path, &error);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags).map_err(to_error)?;
    let budget = guard::restrain(&mut connection).map_err(to_error)?;
    // It falls back to reading by itself.
    if connection.is_readonly("main").map_err(to_error)? {
        return Err(LedgerError::ReadOnly {
            file: printable_path(path),
        });
    }
    Ok((connection, budget))
}

/// Sets how changes are kept: beside the file while they are made, in the file
/// when they are told, on the disk.
///
/// A ledger at rest is one file, which may be copied to a stick at any moment,
/// and reading it needs no room and no right to write: that is why there is no
/// write-ahead log, which would be quicker.
pub(super) fn keep_safely(connection: &Connection) -> rusqlite::Result<()> {
    let mode = |sql| connection.query_row(sql, [], |row| row.get::<_, String>(0));
    if mode("PRAGMA journal_mode")? != "delete" {
        match mode("PRAGMA journal_mode = delete") {
            // An older Hikyaku is at it, too; its way is as safe.
            Err(error) if is_busy(&error) => {}
            other => {
                other?;
            }
        }
    }
    // The folder, too: else a loss of power could bring back the file that
    // takes the change back.
    connection.pragma_update(None, "synchronous", "extra")
}

fn is_busy(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked)
    )
}

/// Begins a change, and takes it back: whether one can be kept here is told
/// before anybody works for it.
pub(super) fn try_to_write(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch("BEGIN IMMEDIATE")?;
    let tried = connection.pragma_update(None, "user_version", super::VERSION);
    let back = connection.execute_batch("ROLLBACK");
    tried.and(back)
}

/// What keeps a change from being kept. `SQLite` tells a full disk, a missing
/// right and a broken disk apart only where it was writing at that moment.
pub(super) fn why_not_written(path: &Path, error: &rusqlite::Error) -> LedgerError {
    let reported = LedgerError::of_sqlite(path, error);
    let is_vague = matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::CannotOpen | ErrorCode::SystemIoFailure)
    );
    if !is_vague {
        return reported;
    }
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let probe = || -> io::Result<()> {
        let mut file = tempfile::tempfile_in(folder)?;
        io::Write::write_all(&mut file, &vec![1; 64 * 1024])?;
        file.sync_all()
    };
    match probe() {
        Err(error) => match LedgerError::of_io(path, &error) {
            LedgerError::Failed { .. } => reported,
            known => known,
        },
        Ok(()) => reported,
    }
}

/// Reads a ledger that nobody here is going to change.
pub(super) fn read_only<T>(
    path: &Path,
    read: &dyn Fn(&Connection, &StepBudget) -> Result<T, LedgerError>,
) -> Result<T, LedgerError> {
    let mut end = Err(LedgerError::Busy {
        file: printable_path(path),
    });
    for _ in 0..ATTEMPTS {
        let log = has_log(path)?;
        let mut torn = false;
        for mode in OpenMode::of(log) {
            if !mode.serves(path) {
                continue;
            }
            let before = FileStamps::of(path);
            let tried = mode.open(path).and_then(|opened| {
                guard::check(&opened.connection, path)?;
                read(&opened.connection, &opened.budget)
            });
            // Without a lock the file may have changed under the reader.
            if mode.is_unlocked() && FileStamps::of(path) != before {
                torn = true;
                break;
            }
            let is_about_the_place = matches!(
                tried,
                Err(LedgerError::ReadOnly { .. }
                    | LedgerError::DiskFull { .. }
                    | LedgerError::Failed { .. })
            );
            end = tried;
            if !is_about_the_place {
                return end;
            }
        }
        if !torn {
            break;
        }
    }
    end
}

/// Whether its changes are kept in a log (`-wal`), which its header says.
fn has_log(path: &Path) -> Result<bool, LedgerError> {
    let file = || printable_path(path);
    let mut header = [0; 20];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut header));
    match read {
        Ok(()) if header.starts_with(b"SQLite format 3\0") => Ok(header[18..] == [2, 2]),
        Ok(()) => Err(LedgerError::NotALedger { file: file() }),
        Err(error) => Err(match error.kind() {
            io::ErrorKind::NotFound => LedgerError::Missing { file: file() },
            io::ErrorKind::UnexpectedEof => LedgerError::NotALedger { file: file() },
            io::ErrorKind::PermissionDenied => LedgerError::Unreadable { file: file() },
            _ => LedgerError::of_io(path, &error),
        }),
    }
}

/// A way to open a file for reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OpenMode {
    /// Beside others, writing nothing at all.
    Beside,
    /// Taking back, or over, what was left unfinished.
    Recovering,
    /// The same, alone: a log is read without room for its index.
    Alone,
    /// As a file that nobody changes: no lock, nothing beside it.
    Unchanging,
    /// On a copy of it and of what was left unfinished.
    Copied,
}

/// A connection, and the folder of the copy that it is to, which goes after it.
pub(super) struct OpenedFile {
    pub(super) connection: Connection,
    budget: StepBudget,
    _copy: Option<tempfile::TempDir>,
}

impl OpenMode {
    /// In the order in which they are tried.
    fn of(log: bool) -> &'static [Self] {
        if log {
            // Looking beside others would leave files behind.
            &[
                Self::Recovering,
                Self::Alone,
                Self::Unchanging,
                Self::Copied,
            ]
        } else {
            &[
                Self::Beside,
                Self::Recovering,
                Self::Unchanging,
                Self::Copied,
            ]
        }
    }

    fn is_unlocked(self) -> bool {
        matches!(self, Self::Unchanging | Self::Copied)
    }

    /// Whether it would read all there is.
    pub(super) fn serves(self, path: &Path) -> bool {
        let is_left = ["-journal", "-wal"]
            .iter()
            .any(|ending| fs::metadata(beside(path, ending)).is_ok_and(|left| left.len() > 0));
        match self {
            Self::Unchanging => !is_left,
            Self::Copied => is_left,
            _ => true,
        }
    }

    pub(super) fn open(self, path: &Path) -> Result<OpenedFile, LedgerError> {
        let to_error = |error: rusqlite::Error| LedgerError::of_sqlite(path, &error);
        let none = OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let to_read = none | OpenFlags::SQLITE_OPEN_READ_ONLY;
        let to_write = none | OpenFlags::SQLITE_OPEN_READ_WRITE;
        let (copy, file, flags) = match self {
            Self::Beside => (None, path.to_owned(), to_read),
            Self::Recovering | Self::Alone => (None, path.to_owned(), to_write),
            Self::Unchanging => (None, unchanging(path), to_read | OpenFlags::SQLITE_OPEN_URI),
            Self::Copied => {
                let folder = copied(path).map_err(|error| LedgerError::of_io(path, &error))?;
                let file = folder.path().join(COPY);
                (Some(folder), file, to_write)
            }
        };
        let mut connection = Connection::open_with_flags(file, flags).map_err(to_error)?;
        let budget = guard::restrain(&mut connection).map_err(to_error)?;
        if self == Self::Alone {
            connection
                .pragma_update(None, "locking_mode", "exclusive")
                .map_err(to_error)?;
        }
        Ok(OpenedFile {
            connection,
            budget,
            _copy: copy,
        })
    }
}

/// Name of a copy, which is in a folder of its own.
const COPY: &str = "copy.trip.db";

/// Copies the ledger and what was left unfinished beside it.
fn copied(path: &Path) -> io::Result<tempfile::TempDir> {
    let folder = tempfile::tempdir()?;
    let mut room = MAX_COPY;
    for ending in ["", "-journal", "-wal"] {
        let from = match File::open(beside(path, ending)) {
            Ok(from) => from,
            Err(error) if error.kind() == io::ErrorKind::NotFound && !ending.is_empty() => continue,
            Err(error) => return Err(error),
        };
        let mut to = File::create_new(beside(&folder.path().join(COPY), ending))?;
        room -= io::copy(&mut from.take(room), &mut to)?;
        if room == 0 {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
    }
    Ok(folder)
}

/// By what is seen from outside that files were changed.
#[derive(PartialEq)]
struct FileStamps(Vec<Option<(u64, Option<SystemTime>)>>);

impl FileStamps {
    fn of(path: &Path) -> Self {
        let files = ["", "-journal", "-wal"].iter();
        let stamps = files.map(|ending| {
            let facts = fs::metadata(beside(path, ending)).ok()?;
            Some((facts.len(), facts.modified().ok()))
        });
        Self(stamps.collect())
    }
}

/// A file's address that tells `SQLite` that nobody writes it, so that it asks
/// for no lock and no file beside it (<https://sqlite.org/uri.html>).
fn unchanging(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let escaped = absolute
        .to_string_lossy()
        .replace('%', "%25")
        .replace('?', "%3f")
        .replace('#', "%23")
        .replace(std::path::MAIN_SEPARATOR, "/");
    let slash = if escaped.starts_with('/') { "" } else { "/" };
    format!("file:{slash}{escaped}?immutable=1").into()
}
