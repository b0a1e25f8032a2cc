//! A trip as a file. It holds everything that happened; a packet `t1` holds
//! only the messages.
#![doc = include_str!("trip_file.md")]

mod convert;

use super::facts::{NumberFacts, Wanted};
use super::values::{HResultText, MAX_TRIP_ENTRIES, ProductState, StepKind, Time, guid, present};
use crate::activation::MachineId;
use crate::activation::{
    ActivationId, ConfirmationId, InstallationId, KeyTail, Label, NumberError,
};
use crate::advice::Advice;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// Longest file, in bytes.
pub const MAX_TRIP_FILE: usize = 64 * 1024 * 1024;

/// The version that is written and read.
const VERSION: u32 = 1;

/// Why a text is not a trip file.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames, Advice,
)]
#[strum(serialize_all = "kebab-case", prefix = "trip-file-")]
pub enum TripFileError {
    /// More than a trip file may have.
    #[error("more than {limit} bytes")]
    TooLarge {
        /// Limit in bytes.
        limit: usize,
    },
    /// Not JSON.
    #[error("not JSON (line {line})")]
    NotJson {
        /// Line of the error, from 1.
        line: usize,
    },
    /// JSON of something else.
    #[error("not a trip file")]
    NotATrip,
    /// Written by a newer program.
    #[error("unknown version {version}")]
    Newer {
        /// The version.
        version: u64,
    },
    /// A key occurs twice in one object.
    #[error("a key occurs twice")]
    DuplicateKey,
    /// A value that the format does not allow.
    #[error("not allowed: {reason}")]
    Malformed {
        /// The reader's message.
        reason: String,
    },
    /// A number whose check digits fail.
    #[error("check digits of {field} fail in {}", .groups.join(", "))]
    WrongGroups {
        /// `iid` or `cid`.
        field: &'static str,
        /// The groups that fail.
        groups: Vec<String>,
    },
}

/// A trip file. Times are seconds since 1970.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TripFile {
    hikyaku: Magic,
    version: u32,
    /// Name of the trip.
    pub name: Label,
    /// When it began.
    pub started_at: Time,
    /// When the file was written.
    pub written_at: Time,
    /// The PCs, in the order of collection.
    pub pcs: Vec<FilePc>,
    /// The list of planned PCs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub planned: Vec<Wanted>,
}

/// A PC of a trip file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FilePc {
    /// Its name.
    pub name: Label,
    /// Known only by bare Installation IDs: a person chose the name.
    pub bare: bool,
    /// Its serial number.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "present"
    )]
    pub serial: Option<Label>,
    /// Identity of the machine.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "present"
    )]
    pub machine: Option<MachineId>,
    /// When its request was written.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "present"
    )]
    pub taken_at: Option<Time>,
    /// When it was last seen.
    pub seen_at: Time,
    /// Its products.
    pub entries: Vec<FileEntry>,
}

/// A product of a trip file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileEntry {
    /// Its Activation ID, if a request said it.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "guid"
    )]
    pub activation_id: Option<ActivationId>,
    /// Its name, if a request said it.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "present"
    )]
    pub product: Option<Label>,
    /// Last five of its key.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "present"
    )]
    pub key_tail: Option<KeyTail>,
    /// Installation ID, bare digits.
    pub iid: String,
    /// How far it is.
    pub state: ProductState,
    /// Confirmation ID, bare digits.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "present"
    )]
    pub cid: Option<String>,
    /// The Confirmation ID's check digits were overridden.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "present"
    )]
    pub insisted: Option<bool>,
    /// Licence status of the last receipt.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "present"
    )]
    pub status: Option<u32>,
    /// What the licence store said, if it refused.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "present"
    )]
    pub hresult: Option<HResultText>,
    /// Installation IDs that it had before.
    pub superseded: Vec<FileSuperseded>,
    /// What happened.
    pub steps: Vec<FileStep>,
    /// Everything that is known about its numbers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<NumberFacts>,
}

/// An Installation ID that a product had before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileSuperseded {
    /// Its digits.
    pub iid: String,
    /// The Confirmation ID that was in hand for it, now void.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "present"
    )]
    pub cid: Option<String>,
    /// When the change was noticed.
    pub at: Time,
}

/// A step with its time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileStep {
    /// What happened.
    pub kind: StepKind,
    /// When.
    pub at: Time,
    /// What the licence store said, if it refused.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "present"
    )]
    pub code: Option<HResultText>,
}

/// Identifies a trip file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Magic {
    #[serde(rename = "trip")]
    Trip,
}

/// Read before anything else, whatever the rest is.
#[derive(Deserialize)]
struct FileHead {
    hikyaku: Option<serde_json::Value>,
    version: Option<serde_json::Value>,
}

impl TripFile {
    /// An empty file of this version.
    pub fn new(name: Label, started_at: Time, written_at: Time) -> Self {
        Self {
            hikyaku: Magic::Trip,
            version: VERSION,
            name,
            started_at,
            written_at,
            pcs: Vec::new(),
            planned: Vec::new(),
        }
    }

    /// Parses a trip file.
    ///
    /// # Errors
    /// A [`TripFileError`] for anything that is not exactly the format.
    pub fn parse(text: &str) -> Result<Self, TripFileError> {
        if text.len() > MAX_TRIP_FILE {
            return Err(TripFileError::TooLarge {
                limit: MAX_TRIP_FILE,
            });
        }
        let head = match serde_json::from_str::<FileHead>(text) {
            Ok(head) => Some(head),
            Err(error) if error.is_data() => match refused(&error) {
                TripFileError::DuplicateKey => return Err(TripFileError::DuplicateKey),
                _ => None,
            },
            Err(error) => return Err(refused(&error)),
        };
        let head = head
            .filter(|head| head.hikyaku.as_ref().is_some_and(|word| word == "trip"))
            .ok_or(TripFileError::NotATrip)?;
        match head.version.and_then(|version| version.as_u64()) {
            Some(version) if version > u64::from(VERSION) => {
                return Err(TripFileError::Newer { version });
            }
            Some(version) if version == u64::from(VERSION) => {}
            _ => {
                return Err(TripFileError::Malformed {
                    reason: "version".into(),
                });
            }
        }
        let file: Self = serde_json::from_str(text).map_err(|error| refused(&error))?;
        file.check()?;
        Ok(file)
    }

    /// Writes the file; the same trip always gives the same text.
    pub fn to_text(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// Checks what the types alone do not guarantee.
    fn check(&self) -> Result<(), TripFileError> {
        let malformed = |reason: &str| TripFileError::Malformed {
            reason: reason.to_owned(),
        };
        let mut seen = HashSet::new();
        let entries = self.pcs.iter().flat_map(|pc| &pc.entries);
        if self.pcs.len() > MAX_TRIP_ENTRIES || entries.clone().count() > MAX_TRIP_ENTRIES {
            return Err(malformed("entries"));
        }
        for entry in entries {
            check_iid(&entry.iid)?;
            if !seen.insert(entry.iid.as_str()) {
                return Err(malformed("iid"));
            }
            let insisted = match entry.insisted {
                None => false,
                Some(true) if entry.cid.is_some() => true,
                Some(_) => return Err(malformed("insisted")),
            };
            if let Some(cid) = &entry.cid {
                check_cid(cid, insisted)?;
            }
            let fits = match entry.state {
                ProductState::Open => entry.cid.is_none(),
                ProductState::Cid | ProductState::Delivered => entry.cid.is_some(),
                ProductState::Activated | ProductState::Failed => true,
            };
            if !fits {
                return Err(malformed("cid"));
            }
            for former in &entry.superseded {
                check_iid(&former.iid)?;
                if let Some(cid) = &former.cid {
                    check_cid(cid, true)?;
                }
            }
        }
        Ok(())
    }
}

fn refused(error: &serde_json::Error) -> TripFileError {
    use serde_json::error::Category;
    match error.classify() {
        Category::Syntax | Category::Eof | Category::Io => {
            TripFileError::NotJson { line: error.line() }
        }
        // serde_json has no other way to tell.
        Category::Data if error.to_string().starts_with("duplicate field") => {
            TripFileError::DuplicateKey
        }
        Category::Data => TripFileError::Malformed {
            reason: crate::ground::printable(&error.to_string()),
        },
    }
}

fn check_iid(digits: &str) -> Result<(), TripFileError> {
    bare("iid", digits, &[54, 63])?;
    InstallationId::parse(digits)
        .map(|_| ())
        .map_err(|error| wrong("iid", &error))
}

fn check_cid(digits: &str, insisted: bool) -> Result<(), TripFileError> {
    bare("cid", digits, &[48])?;
    match ConfirmationId::parse(digits) {
        Err(error) if !insisted => Err(wrong("cid", &error)),
        _ => Ok(()),
    }
}

fn bare(field: &str, digits: &str, lengths: &[usize]) -> Result<(), TripFileError> {
    let fits = lengths.contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    if fits {
        return Ok(());
    }
    Err(TripFileError::Malformed {
        reason: field.to_owned(),
    })
}

fn wrong(field: &'static str, error: &NumberError) -> TripFileError {
    TripFileError::WrongGroups {
        field,
        groups: error
            .faults()
            .iter()
            .map(|fault| fault.label.clone())
            .collect(),
    }
}
