//! What this PC showed and what became of it, so that a changed Installation
//! ID is noticed and a receipt can be shown again.

use super::Deposited;
use crate::activation::{
    ActivationId, HResult, Known, Label, LicenseStatus, PcIdentity, Product, Tag, matching::Shown,
};
use crate::advice::Advice;
use crate::ground::atomic;
use crate::ground::printable;
use crate::platform::clock;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::io;
use std::path::{Path, PathBuf};

/// Largest memory file that is read, in bytes.
const MAX_FILE: u64 = 4 * 1024 * 1024;

/// Entries kept of either kind; older ones go.
const MAX_KEPT: usize = 2000;

/// Why the memory cannot be used.
#[derive(Debug, thiserror::Error, strum::IntoStaticStr, strum::VariantNames, Advice)]
#[strum(serialize_all = "kebab-case", prefix = "memory-")]
pub enum HistoryError {
    /// The file cannot be read as a memory; it was set aside, and a new one
    /// is begun.
    #[error("memory file {file} is damaged: {reason}; now {aside}")]
    Damaged {
        /// The file, printable.
        file: String,
        /// What is wrong with it.
        reason: String,
        /// The name that it has now, printable.
        aside: String,
    },
    /// Written by a newer program; it is left as it is.
    #[error("memory file {file}: version {version} is not known")]
    Newer {
        /// The file, printable.
        file: String,
        /// The version.
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

/// A deposit that was tried, and its end.
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
    /// Status after it.
    pub status: LicenseStatus,
    /// What the store said against it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<HResult>,
    /// When.
    pub at: DateTime<Utc>,
}

/// The memory, in one JSON file that several processes may write.
///
/// It keeps nobody from showing and depositing: where the file cannot be used,
/// [`PcHistory::trouble`] says why, and what comes is remembered in this process.
#[derive(Debug)]
pub struct PcHistory {
    path: PathBuf,
    contents: HistoryFile,
    trouble: Option<HistoryError>,
    /// The file is the memory's, to be read and replaced.
    is_writable: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct HistoryFile {
    hikyaku_memory: u32,
    shown: Vec<Shown>,
    tried: Vec<DepositAttempt>,
    /// Older files have none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    known: Vec<Known>,
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

/// Version of the file that is written and read.
const VERSION: u32 = 1;

impl PcHistory {
    /// Opens the memory; a file that is not there is an empty one, and a
    /// damaged one is set aside.
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
                // Another process may just be setting it aside.
                let set_aside = atomic::lock(path).and_then(|_lock| history.reload());
                if let Err(source) = set_aside {
                    history.give_up(history.of_io(source));
                }
            }
            Err(LoadError::Newer(version)) => {
                let file = printable(&path.display().to_string());
                history.give_up(HistoryError::Newer { file, version });
            }
            Err(LoadError::Io(source)) => history.give_up(history.of_io(source)),
        }
        history
    }

    /// What keeps the file from being used, or did.
    pub fn trouble(&self) -> Option<&HistoryError> {
        self.trouble.as_ref()
    }

    /// Reads the file again, which is locked; a damaged one is set aside.
    fn reload(&mut self) -> io::Result<()> {
        match load(&self.path) {
            Ok(contents) => {
                // What could not be written is still known to this process.
                let known = std::mem::replace(&mut self.contents, contents).known;
                self.learn(known);
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
                self.give_up(HistoryError::Newer { file, version });
            }
            Err(LoadError::Io(error)) => return Err(error),
        }
        Ok(())
    }

    fn of_io(&self, source: io::Error) -> HistoryError {
        HistoryError::Io {
            file: printable(&self.path.display().to_string()),
            source,
        }
    }

    /// The file stays as it is from now on.
    fn give_up(&mut self, trouble: HistoryError) {
        self.trouble = Some(trouble);
        self.is_writable = false;
    }

    /// Changes what is remembered: what other processes wrote meanwhile stays.
    /// `act` says whether there is anything new.
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
        kept.map_err(|source| self.of_io(source))
    }

    /// A memory of which nothing is written: it lasts as long as the program.
    pub fn in_memory() -> Self {
        Self {
            path: PathBuf::new(),
            contents: HistoryFile::default(),
            trouble: None,
            is_writable: false,
        }
    }

    /// What was shown, oldest first.
    pub fn shown(&self) -> &[Shown] {
        &self.contents.shown
    }

    /// Deposits tried, oldest first.
    pub fn attempts(&self) -> &[DepositAttempt] {
        &self.contents.tried
    }

    /// Confirmation IDs that were met, oldest first.
    pub fn known(&self) -> &[Known] {
        &self.contents.known
    }

    /// Remembers what an answer said of itself, so that its digits alone do not
    /// pass for another's; what is known already is not written again.
    ///
    /// # Errors
    /// [`HistoryError::Io`] when it cannot be written; it is remembered as long
    /// as this program runs.
    pub fn record_known(&mut self, known: &Known) -> Result<(), HistoryError> {
        if self.contents.known.iter().any(|it| it.is_same(known)) {
            return Ok(());
        }
        self.change(|contents| {
            contents.known.push(known.clone());
            true
        })
    }

    /// Takes in what another program came to know since this one began; what
    /// cannot be read tells nothing new.
    pub fn catch_up(&mut self) {
        if let Ok(now) = load(&self.path) {
            self.learn(now.known);
        }
    }

    fn learn(&mut self, known: Vec<Known>) {
        for known in known {
            if !self.contents.known.contains(&known) {
                self.contents.known.push(known);
            }
        }
    }

    /// Remembers that these products' Installation IDs are being shown; an
    /// Installation ID already remembered for this PC is not written again.
    ///
    /// # Errors
    /// [`HistoryError::Io`] when it cannot be written.
    pub fn record_shown(
        &mut self,
        pc: &PcIdentity,
        products: &[Product],
        at: DateTime<Utc>,
    ) -> Result<(), HistoryError> {
        let waiting: Vec<Shown> = products
            .iter()
            .filter_map(|product| {
                Some(Shown {
                    pc: pc.clone(),
                    activation_id: product.activation_id,
                    name: product.name.clone(),
                    tag: product.installation_id.as_ref()?.tag(),
                    at,
                })
            })
            .collect();
        let is_known = |contents: &HistoryFile, new: &Shown| {
            let mut shown = contents.shown.iter();
            shown.any(|shown| shown.tag == new.tag && shown.pc == new.pc)
        };
        // Nothing is written where nothing is new, as on a medium for reading.
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

    /// Remembers how a deposit ended.
    ///
    /// # Errors
    /// [`HistoryError::Io`] when it cannot be written.
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

/// Why a file is not read as a memory.
enum LoadError {
    Damaged(String),
    Newer(u32),
    Io(io::Error),
}

/// All that a version that is not known has to have.
#[derive(Deserialize)]
struct HistoryVersion {
    hikyaku_memory: u32,
}

/// What stands in the file; nothing where there is none.
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
