//! Files that are either the old one or the new one, never half of it.
//!
//! What is written is its owner's alone: it holds Confirmation IDs. Until it is
//! whole it has no name where the system can do that (Linux), so that a program
//! that is killed leaves nothing; elsewhere the next writing clears away what
//! was left.

use fault::{FaultPoint, may};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How files that are not whole yet are called.
const UNFINISHED: (&str, &str) = (".hikyaku-", ".unfinished");

/// How long another process may be changing a file.
const PATIENCE: Duration = Duration::from_secs(10);

/// Writes a file: wholly and on the disk when this returns, or not at all.
pub(crate) fn write(path: &Path, contents: &[u8]) -> io::Result<()> {
    // A pipe or a device is no file that could be replaced.
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
    clear_away(folder);
    if !nameless::write(folder, path, contents)? {
        write_named(folder, path, contents)?;
    }
    sync_folder(folder)
}

/// Writes it under a name of its own until it is whole.
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

/// A new file, locked: so it is told from one that a killed program left.
fn unfinished(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    loop {
        may(FaultPoint::Create)?;
        let file = builder().tempfile_in(folder)?;
        // Where there are no locks, nothing is cleared away either.
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

/// Removes what killed programs left in a folder.
fn clear_away(folder: &Path) {
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

/// Makes sure that the folder knows the file after a loss of power.
fn sync_folder(folder: &Path) -> io::Result<()> {
    may(FaultPoint::SyncFolder)?;
    // Windows has no such thing, and some file systems have none either.
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

/// Files that have no name until they are whole.
#[cfg(target_os = "linux")]
mod nameless {
    use super::{FaultPoint, File, builder, fill, io, may};
    use rustix::fs::{AtFlags, CWD, Mode, OFlags};
    use std::os::fd::AsRawFd;
    use std::path::Path;

    /// Whether it was written: not every file system can do it.
    pub(super) fn write(folder: &Path, path: &Path, contents: &[u8]) -> io::Result<bool> {
        may(FaultPoint::Create)?;
        let flags = OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC;
        let Ok(file) = rustix::fs::open(folder, flags, Mode::RUSR | Mode::WUSR) else {
            // What is wrong with the folder is told by the other way.
            return Ok(false);
        };
        let file = File::from(file);
        fill(&file, contents)?;
        match name(&file, path) {
            Ok(()) => return Ok(true),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            // Without /proc, say.
            Err(_) => return Ok(false),
        }
        // No call gives a file the name that another one has: it gets one of
        // its own for a moment.
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

    /// No such files here.
    #[allow(clippy::unnecessary_wraps)] // as where there are such files
    pub(super) fn write(_: &Path, _: &Path, _: &[u8]) -> io::Result<bool> {
        Ok(false)
    }
}

/// Whoever holds it is the only one who changes a file.
#[derive(Debug)]
pub(crate) struct Lock(#[allow(dead_code)] Option<File>);

/// Waits until nobody else is changing the file. The lock lies beside it, for
/// good: the file itself is another one after every change.
///
/// # Errors
/// Where nothing can be written beside it, or somebody does not let go.
pub(crate) fn lock(path: &Path) -> io::Result<Lock> {
    lock_within(PATIENCE, path)
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
            // Some network shares have no locks: as good as it goes there.
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                return Ok(Lock(None));
            }
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
}

/// To be written, and nobody else's to read.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Most files that are set aside for one that is damaged.
const MAX_ASIDE: usize = 9;

/// Gives a damaged file another name; which one. Of many the last gives way.
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

/// Where a test lets the system refuse what it was asked.
mod fault {
    use std::io;

    /// What the system is asked for, and may refuse.
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

    /// Always, but in a test.
    #[cfg(not(test))]
    #[allow(clippy::unnecessary_wraps)]
    pub(super) fn may(_: FaultPoint) -> io::Result<()> {
        Ok(())
    }

    #[cfg(test)]
    thread_local! {
        /// Calls until one is refused, and which one that was.
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

    /// Lets so many calls pass and refuses the next; which one it was.
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
