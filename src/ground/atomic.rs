//! Atomic file writes: a file has either the old contents or the new ones.
//!
//! Files are readable only by their owner, because they hold Confirmation IDs. On
//! Linux, an unfinished file has no name, so that a killed program leaves nothing
//! behind; elsewhere the next write removes such leftovers.

use fault::{FaultPoint, may};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Prefix and suffix of unfinished files.
const UNFINISHED: (&str, &str) = (".hikyaku-", ".unfinished");

/// How long to wait for another process that changes the file.
const LOCK_TIMEOUT: Duration = Duration::from_secs(10);

/// Writes a file atomically and durably: it is completely on the disk when this
/// returns, or unchanged on an error.
pub(crate) fn write(path: &Path, contents: &[u8]) -> io::Result<()> {
    // A pipe or a device cannot be replaced.
    if fs::metadata(path).is_ok_and(|facts| !facts.is_file() && !facts.is_dir()) {
        return OpenOptions::new()
            .write(true)
            .open(path)?
            .write_all(contents);
    }
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder)?;
    remove_leftovers(folder);
    if !nameless::write(folder, path, contents)? {
        write_named(folder, path, contents)?;
    }
    sync_folder(folder)
}

/// Writes to a temporary file and renames it.
fn write_named(folder: &Path, path: &Path, contents: &[u8]) -> io::Result<()> {
    let file = unfinished(folder)?;
    fill(file.as_file(), contents)?;
    may(FaultPoint::Rename)?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

fn fill(mut file: &File, contents: &[u8]) -> io::Result<()> {
    if let Err(error) = may(FaultPoint::Write) {
        file.write_all(&contents[..contents.len() / 2])?;
        return Err(error);
    }
    file.write_all(contents)?;
    may(FaultPoint::Sync)?;
    file.sync_all()
}

/// A new, locked file. The lock distinguishes it from leftovers of killed programs.
fn unfinished(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    loop {
        may(FaultPoint::Create)?;
        let file = builder().tempfile_in(folder)?;
        // Without locks, nothing is removed either.
        let is_taken = matches!(file.as_file().try_lock(), Err(TryLockError::WouldBlock));
        if !is_taken && file.path().exists() {
            return Ok(file);
        }
    }
}

fn builder() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(UNFINISHED.0).suffix(UNFINISHED.1);
    builder
}

/// Removes the leftovers of killed programs from a folder.
fn remove_leftovers(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if !name.starts_with(UNFINISHED.0) || !name.ends_with(UNFINISHED.1) {
            continue;
        }
        let is_nobodys = OpenOptions::new()
            .write(true)
            .open(entry.path())
            .is_ok_and(|file| file.try_lock().is_ok());
        if is_nobodys {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Makes the rename durable.
fn sync_folder(folder: &Path) -> io::Result<()> {
    may(FaultPoint::SyncFolder)?;
    // Windows and some file systems cannot sync folders.
    if cfg!(unix)
        && let Ok(folder) = File::open(folder)
        && let Err(error) = folder.sync_all()
        && !matches!(
            error.kind(),
            io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported
        )
    {
        return Err(error);
    }
    Ok(())
}

/// Files without a name until they are complete (`O_TMPFILE`).
#[cfg(target_os = "linux")]
mod nameless {
    use super::{FaultPoint, File, builder, fill, io, may};
    use rustix::fs::{AtFlags, CWD, Mode, OFlags};
    use std::os::fd::AsRawFd;
    use std::path::Path;

    /// Writes the file; returns `false` if the file system does not support it.
    pub(super) fn write(folder: &Path, path: &Path, contents: &[u8]) -> io::Result<bool> {
        may(FaultPoint::Create)?;
        let flags = OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC;
        let Ok(file) = rustix::fs::open(folder, flags, Mode::RUSR | Mode::WUSR) else {
            // The fallback reports what is wrong with the folder.
            return Ok(false);
        };
        let file = File::from(file);
        fill(&file, contents)?;
        match name(&file, path) {
            Ok(()) => return Ok(true),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            // For example without /proc.
            Err(_) => return Ok(false),
        }
        // A file cannot be linked over an existing name, so it gets a temporary
        // name first.
        let _ = file.try_lock();
        let whole = builder().make_in(folder, |path| name(&file, path))?;
        may(FaultPoint::Rename)?;
        whole.persist(path).map_err(|error| error.error)?;
        Ok(true)
    }

    fn name(file: &File, path: &Path) -> io::Result<()> {
        may(FaultPoint::Name)?;
        let nameless = format!("/proc/self/fd/{}", file.as_raw_fd());
        Ok(rustix::fs::linkat(
            CWD,
            nameless,
            CWD,
            path,
            AtFlags::SYMLINK_FOLLOW,
        )?)
    }
}

#[cfg(not(target_os = "linux"))]
mod nameless {
    use std::io;
    use std::path::Path;

    /// Not available here.
    #[allow(clippy::unnecessary_wraps)] // as where there are such files
    pub(super) fn write(_: &Path, _: &Path, _: &[u8]) -> io::Result<bool> {
        Ok(false)
    }
}

/// A lock that makes its holder the only one to change a file.
#[derive(Debug)]
pub(crate) struct Lock(#[allow(dead_code)] Option<File>);

/// Locks a file for changes. The lock is on a permanent file beside it, since every
/// change replaces the file itself.
///
/// # Errors
/// If the lock file cannot be written, or another process holds the lock too long.
pub(crate) fn lock(path: &Path) -> io::Result<Lock> {
    lock_within(LOCK_TIMEOUT, path)
}

fn lock_within(patience: Duration, path: &Path) -> io::Result<Lock> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".lock");
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let file = private()
        .create(true)
        .truncate(false)
        .open(PathBuf::from(beside))?;
    let begun = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(Lock(Some(file))),
            Err(TryLockError::WouldBlock) if begun.elapsed() < patience => {
                std::thread::sleep(Duration::from_millis(5));
            }
            Err(TryLockError::WouldBlock) => return Err(io::ErrorKind::TimedOut.into()),
            // Some network shares do not support locks; do without.
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                return Ok(Lock(None));
            }
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
}

/// Options for writing a file that only its owner may read.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Maximum number of damaged files kept per file.
const MAX_ASIDE: usize = 9;

/// Renames a damaged file; returns its new name. If there are too many, replaces the
/// last one.
pub(crate) fn set_aside(path: &Path) -> io::Result<PathBuf> {
    let numbered = |number: usize| {
        let mut aside = path.as_os_str().to_owned();
        aside.push(format!(".damaged-{number}"));
        PathBuf::from(aside)
    };
    let free = (1..MAX_ASIDE).map(numbered).find(|aside| !aside.exists());
    let aside = free.unwrap_or_else(|| numbered(MAX_ASIDE));
    fs::rename(path, &aside)?;
    Ok(aside)
}

/// Reads a text file of at most `limit` bytes.
pub(crate) fn read(path: &Path, limit: u64) -> io::Result<String> {
    let mut text = String::new();
    File::open(path)?
        .take(limit + 1)
        .read_to_string(&mut text)?;
    if text.len() as u64 > limit {
        return Err(io::Error::new(
            io::ErrorKind::FileTooLarge,
            format!("larger than {limit} bytes"),
        ));
    }
    Ok(text)
}

/// Fault injection for tests.
mod fault {
    use std::io;

    /// A system call that a test can let fail.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub(super) enum FaultPoint {
        Create,
        Write,
        Sync,
        #[cfg_attr(not(target_os = "linux"), expect(dead_code))]
        Name,
        Rename,
        SyncFolder,
    }

    /// Without tests, nothing is injected.
    #[cfg(not(test))]
    #[allow(clippy::unnecessary_wraps)]
    pub(super) fn may(_: FaultPoint) -> io::Result<()> {
        Ok(())
    }

    #[cfg(test)]
    thread_local! {
        /// Calls left until one fails, and which one did.
        static REFUSED: std::cell::Cell<(usize, Option<FaultPoint>)> =
            const { std::cell::Cell::new((usize::MAX, None)) };
    }

    #[cfg(test)]
    pub(super) fn may(call: FaultPoint) -> io::Result<()> {
        let (left, refused) = REFUSED.get();
        REFUSED.set((left.wrapping_sub(1), refused));
        if left == 0 {
            REFUSED.set((usize::MAX, Some(call)));
            return Err(io::ErrorKind::StorageFull.into());
        }
        Ok(())
    }

    /// Lets the call after `calls` others fail; returns which one it was.
    #[cfg(test)]
    pub(super) fn after<T>(calls: usize, act: impl FnOnce() -> T) -> (T, Option<FaultPoint>) {
        REFUSED.set((calls, None));
        let made = act();
        let (_, refused) = REFUSED.replace((usize::MAX, None));
        (made, refused)
    }
}

#[cfg(test)]
mod tests;
