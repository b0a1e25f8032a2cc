//! File names of ledgers: derived from the name of the trip, valid on every system.

use super::error::printable_path;
use super::{FILE_ENDING, Ledger, LedgerError};
use crate::activation::Label;
use std::path::{Path, PathBuf};

/// Longest file name without extension, in bytes: with the extension and the suffix
/// of a file beside it, it stays below the usual limit of 255.
const MAX_BYTES: usize = 200;

/// Longest file name without extension, in characters.
const MAX_CHARS: usize = 60;

/// Device names on Windows, with any extension
/// (<https://learn.microsoft.com/windows/win32/fileio/naming-a-file>).
const DEVICES: [&str; 4] = ["CON", "PRN", "AUX", "NUL"];
/// Device names that end in a digit, which may be a superscript.
const NUMBERED_DEVICES: [&str; 2] = ["COM", "LPT"];

/// Maximum trips whose names map to the same file name.
const MAX_ALIKE: usize = 1000;

/// The usual file name of a trip's ledger, unless another trip uses it.
pub fn ledger_file_name(name: &Label) -> String {
    format!("{}.{FILE_ENDING}", stem(name))
}

fn stem(name: &Label) -> String {
    let mut safe = String::new();
    for character in name.as_str().chars().take(MAX_CHARS) {
        let kept = match character {
            letter if letter.is_alphanumeric() => letter,
            '-' | '_' => character,
            _ => '-',
        };
        if safe.len() + kept.len_utf8() > MAX_BYTES {
            break;
        }
        safe.push(kept);
    }
    if is_device(&safe) {
        safe.push('_');
    }
    safe
}

fn is_device(stem: &str) -> bool {
    let upper = stem.to_uppercase();
    let is_numbered = |device: &str| {
        let rest = upper.strip_prefix(device);
        let mut rest = rest.unwrap_or_default().chars();
        let number = rest.next();
        number.is_some_and(|one| one.is_ascii_digit() || "¹²³".contains(one))
            && rest.next().is_none()
    };
    DEVICES.contains(&upper.as_str()) || NUMBERED_DEVICES.iter().any(|device| is_numbered(device))
}

/// Whether a path has the extension of a ledger.
pub fn is_ledger_name(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy());
    name.is_some_and(|name| name.ends_with(&format!(".{FILE_ENDING}")))
}

/// Finds the ledger of the trip with this name in a folder.
pub fn ledger_of_name(folder: &Path, name: &Label) -> Option<PathBuf> {
    let stem = stem(name).to_lowercase();
    let is_alike = |path: &PathBuf| {
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        let found = file.strip_suffix(&format!(".{FILE_ENDING}"));
        let found = found.unwrap_or_default().to_lowercase();
        let number = found.strip_prefix(&stem).map(|rest| rest.strip_prefix('~'));
        match number {
            Some(Some(number)) => number.bytes().all(|byte| byte.is_ascii_digit()),
            Some(None) => found == stem,
            None => false,
        }
    };
    let mut alike: Vec<PathBuf> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(is_alike)
        .collect();
    alike.sort_by_key(|path| (path.as_os_str().len(), path.clone()));
    alike
        .into_iter()
        .find(|path| Ledger::about(path).is_ok_and(|about| about.name == *name))
}

/// A path for the ledger of a new trip in a folder. If another trip's name maps to the
/// same file name, the path gets a number after `~`, which no derived name contains.
///
/// # Errors
/// [`LedgerError::Exists`] if the folder has a trip with this name.
pub fn file_for_new_ledger(folder: &Path, name: &Label) -> Result<PathBuf, LedgerError> {
    if let Some(known) = ledger_of_name(folder, name) {
        return Err(LedgerError::Exists {
            file: printable_path(&known),
        });
    }
    let stem = stem(name);
    let first = folder.join(format!("{stem}.{FILE_ENDING}"));
    let numbered =
        (2..MAX_ALIKE).map(|number| folder.join(format!("{stem}~{number}.{FILE_ENDING}")));
    std::iter::once(first.clone())
        .chain(numbered)
        // An empty file is the leftover of a killed program.
        .find(|path| std::fs::metadata(path).map_or(true, |facts| facts.len() == 0))
        .ok_or(LedgerError::Exists {
            file: printable_path(&first),
        })
}
