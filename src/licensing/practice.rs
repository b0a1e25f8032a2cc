//! A practice PC kept in a file: it answers like Windows but activates nothing.

use super::{LicenseStore, StoreError};
use crate::activation::{
    ActivationId, Application, Channel, ConfirmationDigits, HResult, InstallationId, KeyTail,
    Label, LicenseStatus, MachineId, PcIdentity, Product, practice_confirmation_id,
    practice_installation_id,
};
use crate::ground::atomic;
use crate::ground::printable;
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

/// Largest practice file that is read, in bytes.
const MAX_FILE: u64 = 256 * 1024;

/// A practice PC: its identity, its products, and whether we are
/// "administrator".
///
/// The file is the only state. Every call reads it again, and every change locks
/// it, so that several programs can use the same PC.
#[derive(Debug)]
pub struct PracticeStore {
    path: PathBuf,
}

/// The contents of the file. `hikyaku_practice` is its version.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PracticeFile {
    hikyaku_practice: u32,
    pc: PcIdentity,
    elevated: bool,
    /// Number of hardware changes, which is part of every Installation ID.
    hardware: u32,
    products: Vec<PracticeProduct>,
}

/// The part of the file that all versions have.
#[derive(Debug, Deserialize)]
struct PracticeVersion {
    hikyaku_practice: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PracticeProduct {
    activation_id: ActivationId,
    application: Application,
    name: Label,
    channel: Channel,
    key_tail: Option<KeyTail>,
    add_on: bool,
    status: LicenseStatus,
    reason: HResult,
}

/// What a new practice PC has installed besides Windows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Extras {
    /// A Windows 10 security update add-on (ESU, year 1).
    pub esu: bool,
    /// An Office with a volume licence.
    pub office: bool,
    /// An Office that a KMS host activates, and so never a Confirmation ID.
    pub kms_client: bool,
}

impl PracticeStore {
    /// Creates a practice PC in a file that must not exist yet.
    ///
    /// # Errors
    /// [`StoreError::PracticeFileExists`] if the file exists,
    /// [`StoreError::PracticeFile`] if it cannot be written.
    pub fn create(path: &Path, mut pc: PcIdentity, extras: Extras) -> Result<Self, StoreError> {
        let store = Self {
            path: path.to_owned(),
        };
        let _lock = store.lock()?;
        if path.exists() {
            return Err(StoreError::PracticeFileExists { file: shown(path) });
        }
        let mut products = vec![row(
            "4de7cb65-cdf1-4de9-8ae8-e3cce27b9f2c",
            Application::Windows,
            "Windows(R), Professional edition",
            Channel::Retail,
            "3V66T",
        )];
        if extras.esu {
            products.push(PracticeProduct {
                add_on: true,
                ..row(
                    "f520e45e-7413-4a34-a497-d2765967d094",
                    Application::Windows,
                    "Windows(R), Client-ESU-Year1 add-on for Enterprise, EnterpriseS, Professional",
                    Channel::VolumeMak,
                    "ESU01",
                )
            });
        }
        if extras.office {
            products.push(row(
                "fbdb3e18-a8ef-4fb3-9183-dffd60bd0984",
                Application::Office,
                "Office 21, Office21ProPlus2021VL_MAK_AE edition",
                Channel::VolumeMak,
                "PPL21",
            ));
        }
        if extras.kms_client {
            products.push(row(
                "7ab38a1c-a803-4ca5-8ebb-f8786c4b4faa",
                Application::Office,
                "Office 21, Office21VisioPro2021VL_KMS_Client_AE edition",
                Channel::VolumeKmsClient,
                "KMSCL",
            ));
        }
        pc.machine = pc.machine.or_else(|| machine_of(&pc));
        store.save(&PracticeFile {
            hikyaku_practice: 1,
            pc,
            elevated: true,
            hardware: 0,
            products,
        })?;
        Ok(store)
    }

    /// Opens a practice PC.
    ///
    /// # Errors
    /// A [`StoreError`] variant each for a file that is missing, cannot be read,
    /// is damaged, or has a newer version. The file is left untouched.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let store = Self {
            path: path.to_owned(),
        };
        store.contents()?;
        Ok(store)
    }

    /// Reads the file.
    fn contents(&self) -> Result<PracticeFile, StoreError> {
        let path = &self.path;
        let text = atomic::read(path, MAX_FILE).map_err(|error| file_error(path, error))?;
        let damaged = |error: serde_json::Error| StoreError::PracticeFileDamaged {
            file: shown(path),
            reason: printable(&error.to_string()),
        };
        // The version first: a newer file may have unknown fields.
        let PracticeVersion {
            hikyaku_practice: version,
        } = serde_json::from_str(&text).map_err(damaged)?;
        if version != 1 {
            return Err(StoreError::PracticeFileVersion {
                file: shown(path),
                version,
            });
        }
        let mut contents: PracticeFile = serde_json::from_str(&text).map_err(damaged)?;
        // Older files lack it.
        let pc = &mut contents.pc;
        pc.machine = pc.machine.or_else(|| machine_of(pc));
        Ok(contents)
    }

    /// Changes the hardware: every product gets another Installation ID and
    /// loses its activation, as on Windows.
    ///
    /// # Errors
    /// [`StoreError::PracticeFile`] when the file cannot be written.
    pub fn change_hardware(&mut self) -> Result<(), StoreError> {
        self.change(|contents| {
            contents.hardware += 1;
            for row in &mut contents.products {
                row.status = LicenseStatus::Notification;
                row.reason = HResult::NOTIFICATION;
            }
            Ok(())
        })
    }

    /// Sets whether the practice PC treats us as administrator.
    ///
    /// # Errors
    /// [`StoreError::PracticeFile`] when the file cannot be written.
    pub fn set_elevated(&mut self, elevated: bool) -> Result<(), StoreError> {
        self.change(|contents| {
            contents.elevated = elevated;
            Ok(())
        })
    }

    /// Reads, edits and writes the file under its lock.
    fn change(
        &mut self,
        edit: impl FnOnce(&mut PracticeFile) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let _lock = self.lock()?;
        let mut contents = self.contents()?;
        edit(&mut contents)?;
        self.save(&contents)
    }

    /// Locks the PC for a change. The lock is on a file beside the PC's own, which
    /// every change replaces; it ends when the returned file is dropped or the
    /// process ends.
    fn lock(&self) -> Result<File, StoreError> {
        let mut name = self.path.file_name().unwrap_or_default().to_owned();
        name.push(".lock");
        let beside = self.path.with_file_name(name);
        let locked = || -> io::Result<File> {
            if let Some(folder) = beside.parent() {
                std::fs::create_dir_all(folder)?;
            }
            let file = File::options()
                .create(true)
                .truncate(false)
                .write(true)
                .open(&beside)?;
            file.lock()?;
            Ok(file)
        };
        locked().map_err(|error| file_error(&self.path, error))
    }

    fn save(&self, contents: &PracticeFile) -> Result<(), StoreError> {
        let mut text = serde_json::to_string_pretty(contents)
            .map_err(|error| file_error(&self.path, error))?;
        text.push('\n');
        atomic::write(&self.path, text.as_bytes()).map_err(|error| file_error(&self.path, error))
    }
}

impl PracticeFile {
    fn installation_id(&self, row: &PracticeProduct) -> InstallationId {
        let pc = &self.pc;
        let serial = pc.serial.as_ref().map_or("", Label::as_str);
        practice_installation_id(&format!(
            "{}/{serial}/{}/{}",
            pc.name, self.hardware, row.activation_id
        ))
    }

    /// Answers a deposit as Windows does.
    fn deposit(
        &mut self,
        product: ActivationId,
        iid: &InstallationId,
        cid: &ConfirmationDigits,
    ) -> Result<(), StoreError> {
        let refused = |code| Err(StoreError::Refused(code));
        if !self.elevated {
            return refused(HResult::NOT_ELEVATED);
        }
        let Some(position) = self
            .products
            .iter()
            .position(|row| row.activation_id == product)
        else {
            return refused(HResult::NOT_INSTALLED);
        };
        let row = &self.products[position];
        if row.key_tail.is_none() {
            return refused(HResult::NO_PRODUCT_KEY);
        }
        if row.channel == Channel::VolumeKmsClient {
            return refused(HResult::KMS_CLIENT);
        }
        let Some(cid) = cid.checked() else {
            return refused(HResult::CHECK_DIGITS);
        };
        let current = self.installation_id(row);
        if *iid != current {
            return refused(HResult::CHANGED);
        }
        if cid != practice_confirmation_id(&current) {
            return refused(HResult::MISMATCH);
        }
        let row = &mut self.products[position];
        row.status = LicenseStatus::Licensed;
        row.reason = HResult::OK;
        Ok(())
    }
}

impl LicenseStore for PracticeStore {
    fn pc(&self) -> Result<PcIdentity, StoreError> {
        Ok(self.contents()?.pc)
    }

    fn products(&self) -> Result<Vec<Product>, StoreError> {
        let contents = self.contents()?;
        let product = |row: &PracticeProduct| Product {
            activation_id: row.activation_id,
            application: row.application,
            name: row.name.clone(),
            channel: row.channel,
            key_tail: row.key_tail.clone(),
            installation_id: row
                .key_tail
                .is_some()
                .then(|| contents.installation_id(row)),
            status: row.status,
            reason: row.reason,
            add_on: row.add_on,
        };
        Ok(contents.products.iter().map(product).collect())
    }

    fn deposit(
        &mut self,
        product: ActivationId,
        iid: &InstallationId,
        cid: &ConfirmationDigits,
    ) -> Result<(), StoreError> {
        self.change(|contents| contents.deposit(product, iid, cid))
    }

    fn refresh(&mut self) -> Result<(), StoreError> {
        Ok(())
    }

    fn is_practice(&self) -> bool {
        true
    }
}

/// The machine identity of a practice PC, derived from the same facts as its
/// Installation IDs: equal if and only if those are equal.
fn machine_of(pc: &PcIdentity) -> Option<MachineId> {
    let serial = pc.serial.as_ref().map_or("", Label::as_str);
    MachineId::of(
        None,
        Some(&format!("practice machine {} {serial}", pc.name)),
    )
}

fn row(
    id: &str,
    application: Application,
    name: &str,
    channel: Channel,
    tail: &str,
) -> PracticeProduct {
    PracticeProduct {
        activation_id: ActivationId::parse(id).expect("a valid constant"),
        application,
        name: Label::cleaned(name).expect("a valid constant"),
        channel,
        key_tail: KeyTail::parse(tail),
        add_on: false,
        status: LicenseStatus::Notification,
        reason: HResult::NOTIFICATION,
    }
}

fn file_error(path: &Path, error: impl Into<io::Error>) -> StoreError {
    let error = error.into();
    let file = shown(path);
    match error.kind() {
        io::ErrorKind::NotFound => StoreError::PracticeFileMissing { file },
        // Not text at all.
        io::ErrorKind::InvalidData => StoreError::PracticeFileDamaged {
            file,
            reason: printable(&error.to_string()),
        },
        _ => StoreError::PracticeFile {
            file,
            reason: printable(&error.to_string()),
        },
    }
}

fn shown(path: &Path) -> String {
    printable(&path.display().to_string())
}

#[cfg(test)]
mod tests;
