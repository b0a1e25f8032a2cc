//! What this PC showed and what became of it, so that a changed Installation
//! ID is noticed and a receipt can be shown again.

use super::{Deposited, atomic};
use crate::activation::{
    ActivationId, HResult, Known, Label, LicenseStatus, PcIdentity, Product, Tag, matching::Shown,
    printable,
};
use crate::advice::{Advice, Fact};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::io;
use std::path::{Path, PathBuf};

/// Largest memory file that is read, in bytes.
const MAX_FILE: u64 = 4 * 1024 * 1024;

/// Entries kept of either kind; older ones go.
const MAX_KEPT: usize = 2000;

/// Why the memory cannot be used.
#[derive(Debug, thiserror::Error, strum::IntoStaticStr, strum::VariantNames)]
#[strum(serialize_all = "kebab-case", prefix = "memory-")]
pub enum MemoryError {
    /// The file is there but cannot be read as a memory; it is left as it is.
    #[error("memory file {file} is damaged: {reason}")]
    Damaged {
        /// The file, printable.
        file: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The file cannot be read or written.
    #[error("memory file {file}: {source}")]
    Io {
        /// The file, printable.
        file: String,
        /// What the system said.
        source: io::Error,
    },
}

impl Advice for MemoryError {
    fn id(&self) -> &'static str {
        self.into()
    }

    fn facts(&self) -> Vec<(&'static str, Fact)> {
        match self {
            Self::Damaged { file, reason } => vec![
                ("file", file.as_str().into()),
                ("reason", reason.as_str().into()),
            ],
            Self::Io { file, source } => vec![
                ("file", file.as_str().into()),
                ("reason", printable(&source.to_string()).into()),
            ],
        }
    }
}

/// A deposit that was tried, and its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tried {
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

/// The memory, in one JSON file.
#[derive(Debug)]
pub struct Memory {
    path: PathBuf,
    contents: Contents,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Contents {
    hikyaku_memory: u32,
    shown: Vec<Shown>,
    tried: Vec<Tried>,
    /// Older files have none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    known: Vec<Known>,
}

impl Memory {
    /// Opens the memory; a file that is not there is an empty one.
    ///
    /// # Errors
    /// [`MemoryError`]; a damaged file is left as it is.
    pub fn open(path: &Path) -> Result<Self, MemoryError> {
        let contents = match atomic::read(path, MAX_FILE) {
            Ok(text) => parse(&text).map_err(|reason| MemoryError::Damaged {
                file: printable(&path.display().to_string()),
                reason,
            })?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Contents {
                hikyaku_memory: 1,
                ..Contents::default()
            },
            Err(source) => {
                return Err(MemoryError::Io {
                    file: printable(&path.display().to_string()),
                    source,
                });
            }
        };
        Ok(Self {
            path: path.to_owned(),
            contents,
        })
    }

    /// A memory of which nothing is written: it lasts as long as the program.
    pub fn unwritten() -> Self {
        Self {
            path: PathBuf::new(),
            contents: Contents {
                hikyaku_memory: 1,
                ..Contents::default()
            },
        }
    }

    /// What was shown, oldest first.
    pub fn shown(&self) -> &[Shown] {
        &self.contents.shown
    }

    /// Deposits tried, oldest first.
    pub fn tried(&self) -> &[Tried] {
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
    /// [`MemoryError::Io`] when it cannot be written; it is remembered as long
    /// as this program runs.
    pub fn remember_known(&mut self, known: Known) -> Result<(), MemoryError> {
        if self.contents.known.iter().any(|it| it.is_same(&known)) {
            return Ok(());
        }
        self.contents.known.push(known);
        self.save()
    }

    /// Takes in what another program came to know since this one began; what
    /// cannot be read tells nothing new.
    pub fn catch_up(&mut self) {
        let Ok(now) = Self::open(&self.path) else {
            return;
        };
        for known in now.contents.known {
            if !self.contents.known.contains(&known) {
                self.contents.known.push(known);
            }
        }
    }

    /// Remembers that these products' Installation IDs are being shown; an
    /// Installation ID already remembered for this PC is not written again.
    ///
    /// # Errors
    /// [`MemoryError::Io`] when it cannot be written.
    pub fn remember_shown(
        &mut self,
        pc: &PcIdentity,
        products: &[Product],
        at: DateTime<Utc>,
    ) -> Result<(), MemoryError> {
        let mut news = false;
        for product in products {
            let Some(iid) = &product.installation_id else {
                continue;
            };
            let tag = iid.tag();
            let known = self
                .contents
                .shown
                .iter()
                .any(|shown| shown.tag == tag && shown.pc == *pc);
            if !known {
                news = true;
                self.contents.shown.push(Shown {
                    pc: pc.clone(),
                    activation_id: product.activation_id,
                    name: product.name.clone(),
                    tag,
                    at,
                });
            }
        }
        if news { self.save() } else { Ok(()) }
    }

    /// Remembers how a deposit ended.
    ///
    /// # Errors
    /// [`MemoryError::Io`] when it cannot be written.
    pub fn remember_tried(
        &mut self,
        pc: &PcIdentity,
        product: &Product,
        outcome: &Deposited,
        at: DateTime<Utc>,
    ) -> Result<(), MemoryError> {
        self.contents.tried.push(Tried {
            pc: pc.clone(),
            activation_id: product.activation_id,
            name: product.name.clone(),
            tag: outcome.tag,
            status: outcome.status,
            refusal: outcome.refusal,
            at,
        });
        self.save()
    }

    fn save(&mut self) -> Result<(), MemoryError> {
        keep_newest(&mut self.contents.shown);
        keep_newest(&mut self.contents.tried);
        keep_newest(&mut self.contents.known);
        if self.path.as_os_str().is_empty() {
            return Ok(());
        }
        let write = || -> io::Result<()> {
            let mut text = serde_json::to_string_pretty(&self.contents)?;
            text.push('\n');
            atomic::write(&self.path, text.as_bytes())
        };
        write().map_err(|source| MemoryError::Io {
            file: printable(&self.path.display().to_string()),
            source,
        })
    }
}

fn keep_newest<T>(entries: &mut Vec<T>) {
    let excess = entries.len().saturating_sub(MAX_KEPT);
    entries.drain(..excess);
}

fn parse(text: &str) -> Result<Contents, String> {
    let contents: Contents =
        serde_json::from_str(text).map_err(|error| printable(&error.to_string()))?;
    if contents.hikyaku_memory != 1 {
        return Err(format!("version {} is not known", contents.hikyaku_memory));
    }
    Ok(contents)
}
