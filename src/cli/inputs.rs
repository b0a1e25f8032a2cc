//! What commands read: the licence store, the memory, files, standard input.

use super::args::GlobalArgs;
use super::console::Console;
use super::failure::{CliError, Failure};
use crate::ground::printable;
use crate::licensing::{self, LicenseStore, PcHistory, PracticeStore};
use std::fs::File;
use std::io::{self, BufRead, Read};
use std::path::{Path, PathBuf};

/// Most bytes that are read from any file.
const MAX_FILE: u64 = 64 * 1024 * 1024;

/// Opens the licence store: the practice PC if one is named, else that of this
/// PC. Practice mode always announces itself.
pub(super) fn store(
    global: &GlobalArgs,
    console: &Console,
) -> Result<Box<dyn LicenseStore>, Failure> {
    if let Some(file) = &global.practice {
        let store = PracticeStore::open(file)?;
        console.note(&console.text("practice-mode"));
        return Ok(Box::new(store));
    }
    Ok(licensing::this_pc()?)
}

/// Opens the memory of what was shown. One that cannot be used is a warning,
/// not an error.
pub(super) fn memory(global: &GlobalArgs, console: &Console) -> PcHistory {
    let memory = PcHistory::open(&memory_path(global));
    if let Some(trouble) = memory.trouble() {
        console.warn(trouble);
    }
    memory
}

/// The memory's file: the one named by `--memory` or `HIKYAKU_MEMORY`, else the
/// one beside the practice PC, else that of this PC.
pub(super) fn memory_path(global: &GlobalArgs) -> PathBuf {
    let named = global.memory.clone().or_else(|| {
        std::env::var_os("HIKYAKU_MEMORY")
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    });
    match (named, &global.practice) {
        (Some(path), _) => path,
        (None, Some(practice)) => practice.with_extension("memory.json"),
        (None, None) => licensing::default_history_path(),
    }
}

/// Reads a whole file, or standard input for `-`, up to [`MAX_FILE`].
pub(super) fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    if path == Path::new("-") {
        return standard_input().map_err(Into::into);
    }
    read_bounded(path).map_err(|error| CliError::unreadable(path, &error).into())
}

fn standard_input() -> Result<Vec<u8>, CliError> {
    let mut bytes = Vec::new();
    io::stdin()
        .lock()
        .take(MAX_FILE + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| CliError::StandardInput {
            reason: printable(&error.to_string()),
        })?;
    Ok(bytes)
}

fn read_bounded(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    // One byte more than allowed, so that whoever parses the contents notices
    // and can report the file as too large in terms of its kind.
    File::open(path)?
        .take(MAX_FILE + 1)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Most bytes of a typed line.
const MAX_LINE: u64 = 4096;

/// The next line, cut at [`MAX_LINE`]; `None` at the end of the input. Bytes
/// that are not UTF-8 become replacement characters, which no number contains.
pub(super) fn next_line(input: &mut impl BufRead) -> Result<Option<String>, CliError> {
    let mut bytes = Vec::new();
    let read = Read::take(&mut *input, MAX_LINE)
        .read_until(b'\n', &mut bytes)
        .map_err(|error| CliError::StandardInput {
            reason: printable(&error.to_string()),
        })?;
    Ok((read > 0).then(|| String::from_utf8_lossy(&bytes).into_owned()))
}

/// The pictures named on the command line. A folder stands for the pictures in
/// it.
pub(super) fn pictures(named: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut pictures = Vec::new();
    for path in named {
        if path.is_dir() {
            let unreadable = |error: io::Error| CliError::unreadable(path, &error);
            let mut inside = Vec::new();
            for entry in std::fs::read_dir(path).map_err(unreadable)? {
                let file = entry.map_err(unreadable)?.path();
                if file.is_file() && is_picture_name(&file) {
                    inside.push(file);
                }
            }
            alphanumeric_sort::sort_path_slice(&mut inside);
            pictures.append(&mut inside);
        } else {
            pictures.push(path.clone());
        }
    }
    Ok(pictures)
}

fn is_picture_name(path: &Path) -> bool {
    path.extension().is_some_and(|extension| {
        let extension = extension.to_string_lossy().to_ascii_lowercase();
        matches!(
            extension.as_str(),
            "png" | "jpg" | "jpeg" | "webp" | "bmp" | "gif"
        )
    })
}
