//! Opens the file of a ledger, for changes or read-only.
//!
//! Reading writes nothing, except that it rolls back the unfinished change of a
//! killed program. If that is impossible in place (a write-protected stick, a
//! read-only folder, a full disk), it happens on a copy. Ledgers of Hikyaku up to
//! 0.1 keep their last changes in a write-ahead log beside the file (`-wal`), which
//! is why there are so many modes to read one.

use super::error::{LedgerError, printable_path};
use super::guard::{self, StepBudget};
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Suffixes of the files beside a ledger while it is being changed, and after a
/// program was killed.
const BESIDE: [&str; 3] = ["-journal", "-wal", "-shm"];

/// Largest ledger that is copied for reading, in bytes.
const MAX_COPY: u64 = 512 * 1024 * 1024;

/// How often to try again if the file changes while it is read.
const ATTEMPTS: usize = 3;

/// The file of a ledger, and all files that may exist beside it.
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

/// A connection for changes, through which nothing was read yet.
pub(super) fn open_for_writing(path: &Path) -> Result<(Connection, StepBudget), LedgerError> {
    let to_error = |error: rusqlite::Error| write_error(path, &error);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags).map_err(to_error)?;
    let budget = guard::restrain(&mut connection).map_err(to_error)?;
    // SQLite falls back to read-only by itself.
    if connection.is_readonly("main").map_err(to_error)? {
        return Err(LedgerError::ReadOnly {
            file: printable_path(path),
        });
    }
    Ok((connection, budget))
}

/// Configures the connection for durable changes, with a rollback journal.
///
/// A write-ahead log would be faster. But with a rollback journal, a ledger at rest
/// is a single file that can be copied at any moment, and reading it needs neither
/// free space nor the right to write.
pub(super) fn configure_durability(connection: &Connection) -> rusqlite::Result<()> {
    let mode = |sql| connection.query_row(sql, [], |row| row.get::<_, String>(0));
    if mode("PRAGMA journal_mode")? != "delete" {
        match mode("PRAGMA journal_mode = delete") {
            // An older Hikyaku is using the file; its log is as safe.
            Err(error) if is_busy(&error) => {}
            other => {
                other?;
            }
        }
    }
    // Sync the folder, too: otherwise a loss of power could restore the journal,
    // which would roll the change back.
    connection.pragma_update(None, "synchronous", "extra")
}

fn is_busy(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked)
    )
}

/// Begins a change and rolls it back, to find out in advance whether changes are
/// possible here.
pub(super) fn check_writable(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch("BEGIN IMMEDIATE")?;
    let tried = connection.pragma_update(None, "user_version", super::VERSION);
    let back = connection.execute_batch("ROLLBACK");
    tried.and(back)
}

/// Why a change could not be written. `SQLite` distinguishes a full disk, missing
/// rights and a broken disk only while writing, so this tries to write a file.
pub(super) fn write_error(path: &Path, error: &rusqlite::Error) -> LedgerError {
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

/// Reads a ledger without changing it.
pub(super) fn read_only<T>(
    path: &Path,
    read: &dyn Fn(&Connection, &StepBudget) -> Result<T, LedgerError>,
) -> Result<T, LedgerError> {
    let mut end = Err(LedgerError::Busy {
        file: printable_path(path),
    });
    for _ in 0..ATTEMPTS {
        let log = uses_log(path)?;
        let mut torn = false;
        for mode in OpenMode::of(log) {
            if !mode.reads_everything(path) {
                continue;
            }
            let before = FileStamps::of(path);
            let tried = mode.open(path).and_then(|opened| {
                guard::check(&opened.connection, path)?;
                read(&opened.connection, &opened.budget)
            });
            // Without a lock, the file may have changed while it was read.
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

/// Whether the ledger uses a write-ahead log (`-wal`), according to its header.
fn uses_log(path: &Path) -> Result<bool, LedgerError> {
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

/// How a file is opened for reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OpenMode {
    /// Shared with other processes, without any write.
    Shared,
    /// Rolling an unfinished change back, or completing it from the log.
    Recovering,
    /// The same with an exclusive lock, by which a log needs no index file.
    Exclusive,
    /// As an immutable file: without lock and journal.
    Immutable,
    /// On a copy of the file and its journal or log.
    Copied,
}

/// A connection, and the temporary folder of the copy, which outlives it.
pub(super) struct OpenedFile {
    pub(super) connection: Connection,
    budget: StepBudget,
    _copy: Option<tempfile::TempDir>,
}

impl OpenMode {
    /// The modes to try, in order.
    fn of(log: bool) -> &'static [Self] {
        if log {
            // Sharing would leave files behind.
            &[
                Self::Recovering,
                Self::Exclusive,
                Self::Immutable,
                Self::Copied,
            ]
        } else {
            &[
                Self::Shared,
                Self::Recovering,
                Self::Immutable,
                Self::Copied,
            ]
        }
    }

    fn is_unlocked(self) -> bool {
        matches!(self, Self::Immutable | Self::Copied)
    }

    /// Whether this mode would read the complete contents.
    pub(super) fn reads_everything(self, path: &Path) -> bool {
        let is_left = ["-journal", "-wal"]
            .iter()
            .any(|ending| fs::metadata(beside(path, ending)).is_ok_and(|left| left.len() > 0));
        match self {
            Self::Immutable => !is_left,
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
            Self::Shared => (None, path.to_owned(), to_read),
            Self::Recovering | Self::Exclusive => (None, path.to_owned(), to_write),
            Self::Immutable => (
                None,
                immutable_uri(path),
                to_read | OpenFlags::SQLITE_OPEN_URI,
            ),
            Self::Copied => {
                let folder = copied(path).map_err(|error| LedgerError::of_io(path, &error))?;
                let file = folder.path().join(COPY);
                (Some(folder), file, to_write)
            }
        };
        let mut connection = Connection::open_with_flags(file, flags).map_err(to_error)?;
        let budget = guard::restrain(&mut connection).map_err(to_error)?;
        if self == Self::Exclusive {
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

/// File name of a copy, which has its own folder.
const COPY: &str = "copy.trip.db";

/// Copies the ledger with its journal or log.
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

/// Sizes and times of the files, which reveal changes.
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

/// The URI by which `SQLite` treats a file as immutable, so that it needs no lock and
/// no file beside it (<https://sqlite.org/uri.html>).
fn immutable_uri(path: &Path) -> PathBuf {
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
