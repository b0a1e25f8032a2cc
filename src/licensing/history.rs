//! What this PC showed, which deposits it tried, and which Confirmation IDs it met.
//!
//! The history serves to notice a changed Installation ID, to show a receipt
//! again, and to refuse digits that were refused before. Its file is the
//! *memory* of the command line (`--memory`) and of the messages.

use super::Deposited;
use crate::activation::{
    ActivationId, HResult, KnownAnswer, Label, LicenseStatus, PcIdentity, Product, Tag,
    matching::ShownRequest,
};
use crate::advice::Advice;
use crate::ground::atomic;
use crate::ground::printable;
use crate::platform::clock;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::io;
use std::path::{Path, PathBuf};

/// Largest file that is read, in bytes.
const MAX_FILE: u64 = 4 * 1024 * 1024;

/// Entries kept of each kind; the oldest are dropped.
const MAX_KEPT: usize = 2000;

/// Why the history's file cannot be used.
#[derive(Debug, thiserror::Error, strum::IntoStaticStr, strum::VariantNames, Advice)]
#[strum(serialize_all = "kebab-case", prefix = "memory-")]
pub enum HistoryError {
    /// The file is damaged; it was set aside, and a new one is begun.
    #[error("memory file {file} is damaged: {reason}; now {aside}")]
    Damaged {
        /// The file, printable.
        file: String,
        /// What is wrong with it.
        reason: String,
        /// Its new name, printable.
        aside: String,
    },
    /// A newer program wrote the file; it is left untouched.
    #[error("memory file {file}: version {version} is not known")]
    Newer {
        /// The file, printable.
        file: String,
        /// Version of the file.
        version: u32,
    },
    /// The file cannot be read or written.
    #[error("memory file {file}: {source}")]
    Io {
        /// The file, printable.
        file: String,
        /// What the system said.
        #[fact(name = "reason")]
        source: io::Error,
    },
}

/// A deposit that was tried, and its result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DepositAttempt {
    /// The PC.
    pub pc: PcIdentity,
    /// The product.
    pub activation_id: ActivationId,
    /// Name of the product.
    pub name: Label,
    /// Tag of the Installation ID that was answered.
    pub tag: Tag,
    /// Status after the deposit.
    pub status: LicenseStatus,
    /// Why the store refused it, if it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<HResult>,
    /// When it was tried.
    pub at: DateTime<Utc>,
}

/// What a PC showed, tried and learned, in a JSON file that several processes may
/// write.
///
/// An unusable file keeps nobody from showing and depositing:
/// [`PcHistory::trouble`] says what is wrong with it, and new entries are kept in
/// this process.
#[derive(Debug)]
pub struct PcHistory {
    path: PathBuf,
    contents: HistoryFile,
    trouble: Option<HistoryError>,
    /// Whether the file may be replaced.
    is_writable: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct HistoryFile {
    hikyaku_memory: u32,
    shown: Vec<ShownRequest>,
    tried: Vec<DepositAttempt>,
    /// Missing from older files.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    known: Vec<KnownAnswer>,
}

impl Default for HistoryFile {
    fn default() -> Self {
        Self {
            hikyaku_memory: VERSION,
            shown: Vec::new(),
            tried: Vec::new(),
            known: Vec::new(),
        }
    }
}

/// Version of the file format.
const VERSION: u32 = 1;

impl PcHistory {
    /// Opens the history. A missing file counts as an empty one; a damaged file is
    /// set aside.
    pub fn open(path: &Path) -> Self {
        let mut history = Self {
            path: path.to_owned(),
            contents: HistoryFile::default(),
            trouble: None,
            is_writable: true,
        };
        match load(path) {
            Ok(contents) => history.contents = contents,
            Err(LoadError::Damaged(_)) => {
                // Another process may be setting it aside right now.
                let set_aside = atomic::lock(path).and_then(|_lock| history.reload());
                if let Err(source) = set_aside {
                    history.stop_writing(history.io_error(source));
                }
            }
            Err(LoadError::Newer(version)) => {
                let file = printable(&path.display().to_string());
                history.stop_writing(HistoryError::Newer { file, version });
            }
            Err(LoadError::Io(source)) => history.stop_writing(history.io_error(source)),
        }
        history
    }

    /// What is or was wrong with the file.
    pub fn trouble(&self) -> Option<&HistoryError> {
        self.trouble.as_ref()
    }

    /// Reads the file again under its lock; a damaged file is set aside.
    fn reload(&mut self) -> io::Result<()> {
        match load(&self.path) {
            Ok(contents) => {
                // Keep what this process could not write.
                let known = std::mem::replace(&mut self.contents, contents).known;
                self.merge_known(known);
            }
            Err(LoadError::Damaged(reason)) => {
                let aside = atomic::set_aside(&self.path)?;
                self.trouble = Some(HistoryError::Damaged {
                    file: printable(&self.path.display().to_string()),
                    reason,
                    aside: printable(&aside.display().to_string()),
                });
            }
            Err(LoadError::Newer(version)) => {
                let file = printable(&self.path.display().to_string());
                self.stop_writing(HistoryError::Newer { file, version });
            }
            Err(LoadError::Io(error)) => return Err(error),
        }
        Ok(())
    }

    fn io_error(&self, source: io::Error) -> HistoryError {
        HistoryError::Io {
            file: printable(&self.path.display().to_string()),
            source,
        }
    }

    /// Stops writing the file.
    fn stop_writing(&mut self, trouble: HistoryError) {
        self.trouble = Some(trouble);
        self.is_writable = false;
    }

    /// Applies a change on top of what other processes have written meanwhile.
    /// `act` returns whether it changed anything.
    fn change(&mut self, act: impl Fn(&mut HistoryFile) -> bool) -> Result<(), HistoryError> {
        let mut kept = Ok(());
        if self.is_writable {
            match atomic::lock(&self.path) {
                Ok(_lock) => {
                    kept = self.reload();
                    if act(&mut self.contents) && kept.is_ok() && self.is_writable {
                        kept = self.save();
                    }
                }
                Err(error) => {
                    kept = Err(error);
                    act(&mut self.contents);
                }
            }
        } else {
            act(&mut self.contents);
        }
        kept.map_err(|source| self.io_error(source))
    }

    /// A history without a file; it lasts as long as the process.
    pub fn in_memory() -> Self {
        Self {
            path: PathBuf::new(),
            contents: HistoryFile::default(),
            trouble: None,
            is_writable: false,
        }
    }

    /// Installation IDs shown, oldest first.
    pub fn shown(&self) -> &[ShownRequest] {
        &self.contents.shown
    }

    /// Deposits tried, oldest first.
    pub fn attempts(&self) -> &[DepositAttempt] {
        &self.contents.tried
    }

    /// Confirmation IDs met, oldest first.
    pub fn known(&self) -> &[KnownAnswer] {
        &self.contents.known
    }

    /// Records whose Confirmation ID this is, so that its digits alone are not
    /// taken for another's. A known entry is not written again.
    ///
    /// # Errors
    /// [`HistoryError::Io`] if the file cannot be written; this process remembers
    /// the entry all the same.
    pub fn record_known(&mut self, known: &KnownAnswer) -> Result<(), HistoryError> {
        if self.contents.known.iter().any(|it| it.is_same(known)) {
            return Ok(());
        }
        self.change(|contents| {
            contents.known.push(known.clone());
            true
        })
    }

    /// Takes over the Confirmation IDs that other processes have recorded since
    /// the file was read. An unreadable file adds nothing.
    pub fn catch_up(&mut self) {
        if let Ok(now) = load(&self.path) {
            self.merge_known(now.known);
        }
    }

    fn merge_known(&mut self, known: Vec<KnownAnswer>) {
        for known in known {
            if !self.contents.known.contains(&known) {
                self.contents.known.push(known);
            }
        }
    }

    /// Records that these products' Installation IDs are being shown. One that is
    /// already recorded for this PC is not written again.
    ///
    /// # Errors
    /// [`HistoryError::Io`] if the file cannot be written.
    pub fn record_shown(
        &mut self,
        pc: &PcIdentity,
        products: &[Product],
        at: DateTime<Utc>,
    ) -> Result<(), HistoryError> {
        let waiting: Vec<ShownRequest> = products
            .iter()
            .filter_map(|product| {
                Some(ShownRequest {
                    pc: pc.clone(),
                    activation_id: product.activation_id,
                    name: product.name.clone(),
                    tag: product.installation_id.as_ref()?.tag(),
                    at,
                })
            })
            .collect();
        let is_known = |contents: &HistoryFile, new: &ShownRequest| {
            let mut shown = contents.shown.iter();
            shown.any(|shown| shown.tag == new.tag && shown.pc == new.pc)
        };
        // Do not write without need: the medium may be read-only.
        if waiting.iter().all(|new| is_known(&self.contents, new)) {
            return Ok(());
        }
        self.change(|contents| {
            let before = contents.shown.len();
            for new in &waiting {
                if !is_known(contents, new) {
                    contents.shown.push(new.clone());
                }
            }
            contents.shown.len() > before
        })
    }

    /// Records the result of a deposit.
    ///
    /// # Errors
    /// [`HistoryError::Io`] if the file cannot be written.
    pub fn record_attempt(
        &mut self,
        pc: &PcIdentity,
        product: &Product,
        outcome: &Deposited,
        at: DateTime<Utc>,
    ) -> Result<(), HistoryError> {
        let tried = DepositAttempt {
            pc: pc.clone(),
            activation_id: product.activation_id,
            name: product.name.clone(),
            tag: outcome.tag,
            status: outcome.status,
            refusal: outcome.refusal,
            at,
        };
        self.change(|contents| {
            contents.tried.push(tried.clone());
            true
        })
    }

    fn save(&mut self) -> io::Result<()> {
        keep_newest(&mut self.contents.shown);
        keep_newest(&mut self.contents.tried);
        keep_newest(&mut self.contents.known);
        let mut text = serde_json::to_string_pretty(&self.contents)?;
        text.push('\n');
        atomic::write(&self.path, text.as_bytes())
    }
}

fn keep_newest<T>(entries: &mut Vec<T>) {
    let excess = entries.len().saturating_sub(MAX_KEPT);
    entries.drain(..excess);
}

/// Why a file cannot be loaded.
enum LoadError {
    Damaged(String),
    Newer(u32),
    Io(io::Error),
}

/// The part of the file that every version has.
#[derive(Deserialize)]
struct HistoryVersion {
    hikyaku_memory: u32,
}

/// Loads the file; a missing one is empty.
fn load(path: &Path) -> Result<HistoryFile, LoadError> {
    let text = match atomic::read(path, MAX_FILE) {
        Ok(text) => text,
        Err(error) => {
            return match error.kind() {
                io::ErrorKind::NotFound => Ok(HistoryFile::default()),
                io::ErrorKind::InvalidData | io::ErrorKind::FileTooLarge => {
                    Err(LoadError::Damaged(printable(&error.to_string())))
                }
                _ => Err(LoadError::Io(error)),
            };
        }
    };
    match serde_json::from_str::<HistoryVersion>(&text) {
        Ok(HistoryVersion { hikyaku_memory }) if hikyaku_memory > VERSION => {
            Err(LoadError::Newer(hikyaku_memory))
        }
        _ => {
            let mut contents: HistoryFile = serde_json::from_str(&text)
                .map_err(|error| LoadError::Damaged(printable(&error.to_string())))?;
            let shown = contents.shown.iter_mut().map(|shown| &mut shown.at);
            let tried = contents.tried.iter_mut().map(|tried| &mut tried.at);
            for at in shown.chain(tried) {
                *at = clock::within(*at);
            }
            Ok(contents)
        }
    }
}

#[cfg(test)]
mod tests;
