//! What can be activated on a PC: Windows, its add-ons, Office.

use super::{HResult, InstallationId, Label, Tag};
use crate::advice::{Fact, ToFact};
use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

/// Activation ID: the GUID of a product in the licence store (property `ID`
/// of `SoftwareLicensingProduct`; there is no property of that name).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ActivationId(Uuid);

impl ActivationId {
    /// Reads a GUID, with or without braces.
    pub fn parse(text: &str) -> Option<Self> {
        Uuid::try_parse(text.trim()).ok().map(Self)
    }

    /// Reads a GUID in its usual form only: 8, 4, 4, 4 and 12 hexadecimal digits
    /// with hyphens between them.
    pub fn parse_hyphenated(text: &str) -> Option<Self> {
        (text.len() == 36).then(|| Self::parse(text)).flatten()
    }

    /// From its sixteen bytes, in the order of the text form.
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(Uuid::from_bytes(bytes))
    }

    /// Its sixteen bytes, in the order of the text form.
    pub fn as_bytes(&self) -> &[u8; 16] {
        self.0.as_bytes()
    }
}

/// The GUID as `Display` writes it.
impl ToFact for ActivationId {
    fn to_fact(&self) -> Fact {
        self.to_string().into()
    }
}

impl fmt::Display for ActivationId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.0.hyphenated())
    }
}

/// Which family a product belongs to, by its Application ID.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Application {
    /// Windows and its add-ons.
    Windows,
    /// Office 2013 and later.
    Office,
    /// Anything else that uses the licence store.
    Other,
}

impl Application {
    /// Parses the property `ApplicationID`.
    pub fn of(application_id: &str) -> Self {
        let id = application_id
            .trim()
            .trim_matches(['{', '}'])
            .to_ascii_lowercase();
        match id.as_str() {
            "55c92734-d682-4d71-983e-d6ec3f16059f" => Self::Windows,
            "0ff1ce15-a989-479d-af46-f275c6370663" => Self::Office,
            _ => Self::Other,
        }
    }
}

/// How the product's key was sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// Boxed or download retail.
    Retail,
    /// Came with the machine (any OEM flavour).
    Oem,
    /// Multiple Activation Key.
    VolumeMak,
    /// Client of a Key Management Service: activates there, never by a CID.
    VolumeKmsClient,
    /// Host of a Key Management Service.
    VolumeKmsHost,
    /// Evaluation.
    Evaluation,
    /// Automatic Virtual Machine Activation: by the hypervisor, never by a CID.
    VirtualMachine,
    /// Not reported, or not recognised.
    Unknown,
}

impl Channel {
    /// Derives it from `ProductKeyChannel` or, where that is absent (Windows
    /// 7), from `Description`.
    pub fn of(product_key_channel: Option<&str>, description: &str) -> Self {
        let channel = product_key_channel.unwrap_or_default().to_ascii_uppercase();
        let description = description.to_ascii_uppercase();
        let told = |token: &str| description.contains(token);
        if channel.contains("GVLK") || told("VOLUME_KMSCLIENT") {
            Self::VolumeKmsClient
        } else if told("VIRTUAL_MACHINE_ACTIVATION") || channel.contains("AVMA") {
            Self::VirtualMachine
        } else if channel.contains("CSVLK") || told("VOLUME_KMS") {
            Self::VolumeKmsHost
        } else if channel.contains("EVAL") || told("TIMEBASED_EVAL") {
            Self::Evaluation
        } else if channel.contains("MAK") || told("VOLUME_MAK") {
            Self::VolumeMak
        } else if channel.starts_with("OEM") || told("OEM_") {
            Self::Oem
        } else if channel.starts_with("RETAIL") || told("RETAIL") {
            Self::Retail
        } else {
            Self::Unknown
        }
    }
}

/// What the portal lets a person choose from, with its version, as people say it: for a number
/// that does not say which product it is of. The portal's list goes further back; see
/// <https://aka.ms/aoh>.
pub const PORTAL_PRODUCTS: [&str; 10] = [
    "Windows 11",
    "Windows 10",
    "Windows 10 ESU",
    "Windows Server 2025",
    "Windows Server 2022",
    "Windows Server 2019",
    "Windows Server 2016",
    "Office LTSC 2024",
    "Office LTSC 2021",
    "Office 2019",
];

/// Last five characters of a product key, as the licence store reports them;
/// the only part of a key that this crate ever sees.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct KeyTail(String);

impl KeyTail {
    /// Accepts exactly five characters `A-Z`, `0-9`.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = text.len() == 5
            && text
                .bytes()
                .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        fits.then(|| Self(text.to_owned()))
    }

    /// The five characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for KeyTail {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("not five characters A-Z, 0-9")
    }
}

impl From<KeyTail> for String {
    fn from(tail: KeyTail) -> Self {
        tail.0
    }
}

impl fmt::Display for KeyTail {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Property `LicenseStatus` of `SoftwareLicensingProduct`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "u32", into = "u32")]
pub enum LicenseStatus {
    /// 0
    Unlicensed,
    /// 1: the only status that means done.
    Licensed,
    /// 2: grace after installation.
    OobGrace,
    /// 3: grace after a hardware change.
    OotGrace,
    /// 4
    NonGenuineGrace,
    /// 5: reminders and a black desktop.
    Notification,
    /// 6
    ExtendedGrace,
    /// A number that is not documented.
    Unknown(u32),
}

impl From<u32> for LicenseStatus {
    fn from(number: u32) -> Self {
        match number {
            0 => Self::Unlicensed,
            1 => Self::Licensed,
            2 => Self::OobGrace,
            3 => Self::OotGrace,
            4 => Self::NonGenuineGrace,
            5 => Self::Notification,
            6 => Self::ExtendedGrace,
            other => Self::Unknown(other),
        }
    }
}

impl From<LicenseStatus> for u32 {
    fn from(status: LicenseStatus) -> Self {
        match status {
            LicenseStatus::Unlicensed => 0,
            LicenseStatus::Licensed => 1,
            LicenseStatus::OobGrace => 2,
            LicenseStatus::OotGrace => 3,
            LicenseStatus::NonGenuineGrace => 4,
            LicenseStatus::Notification => 5,
            LicenseStatus::ExtendedGrace => 6,
            LicenseStatus::Unknown(number) => number,
        }
    }
}

impl LicenseStatus {
    /// Key of the name in the language files.
    pub fn message_id(self) -> &'static str {
        match self {
            Self::Unlicensed => "status-unlicensed",
            Self::Licensed => "status-licensed",
            Self::OobGrace => "status-oob-grace",
            Self::OotGrace => "status-oot-grace",
            Self::NonGenuineGrace => "status-non-genuine-grace",
            Self::Notification => "status-notification",
            Self::ExtendedGrace => "status-extended-grace",
            Self::Unknown(_) => "status-unknown",
        }
    }
}

/// Why a product cannot use a Confirmation ID.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, strum::IntoStaticStr, strum::VariantNames)]
#[strum(serialize_all = "kebab-case", prefix = "obstacle-")]
pub enum Obstacle {
    /// No product key is installed for it.
    NoKey,
    /// It is a client of a Key Management Service.
    KmsClient,
    /// It is activated by the hypervisor.
    VirtualMachine,
    /// The licence store reports no Installation ID for it.
    NoInstallationId,
}

/// What a person should know about a product before fetching its Confirmation
/// ID.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, strum::IntoStaticStr, strum::VariantNames)]
#[strum(serialize_all = "kebab-case", prefix = "caveat-")]
pub enum Caveat {
    /// Its edition is said to have no offline activation, so the portal may not
    /// serve it. One good source says so but Microsoft's pages do not; the
    /// product is shown all the same.
    NoOfflineWay,
    /// Extended security updates for Windows 10: some updates must be installed
    /// first, and every year has its own key.
    EsuYear {
        /// 1 to 3.
        year: u8,
    },
}

impl Caveat {
    /// Values that its messages mention.
    pub fn facts(self) -> Vec<(&'static str, Fact)> {
        match self {
            Self::NoOfflineWay => Vec::new(),
            Self::EsuYear { year } => vec![("year", u64::from(year).into())],
        }
    }
}

/// Activation IDs of the extended security updates for Windows 10, by year.
/// Source: Microsoft's page on enabling them.
const ESU_YEARS: [(&str, u8); 3] = [
    ("f520e45e-7413-4a34-a497-d2765967d094", 1),
    ("1043add5-23b1-4afb-9a0f-64343c8f3f8d", 2),
    ("83d49986-add3-41d7-ba33-87c7bfb5c0fb", 3),
];

/// Parts of the names of Windows editions without offline activation.
const WITHOUT_OFFLINE_WAY: [&str; 2] = ["professionalworkstation", "professionaleducation"];

/// Where a product stands on the way to activation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Is waiting for a Confirmation ID.
    Pending,
    /// Activated.
    Licensed,
    /// Cannot use a Confirmation ID.
    Hidden(Obstacle),
}

/// One row of the licence store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    /// Its Activation ID.
    pub activation_id: ActivationId,
    /// Its family.
    pub application: Application,
    /// Its name, for example `Windows(R), Professional edition`.
    pub name: Label,
    /// How its key was sold.
    pub channel: Channel,
    /// Last five characters of its key; `None` where no key is installed.
    pub key_tail: Option<KeyTail>,
    /// Its Installation ID when the row was read.
    pub installation_id: Option<InstallationId>,
    /// Its licence status.
    pub status: LicenseStatus,
    /// Why it has that status.
    pub reason: HResult,
    /// Whether it is an add-on (extended security updates).
    pub add_on: bool,
}

impl Product {
    /// Where it stands on the way to activation.
    pub fn standing(&self) -> Standing {
        if self.key_tail.is_none() {
            Standing::Hidden(Obstacle::NoKey)
        } else if self.channel == Channel::VolumeKmsClient {
            Standing::Hidden(Obstacle::KmsClient)
        } else if self.channel == Channel::VirtualMachine {
            Standing::Hidden(Obstacle::VirtualMachine)
        } else if self.status == LicenseStatus::Licensed {
            Standing::Licensed
        } else if self.installation_id.is_none() {
            Standing::Hidden(Obstacle::NoInstallationId)
        } else {
            Standing::Pending
        }
    }

    /// Tag of its Installation ID when the row was read.
    pub fn tag(&self) -> Option<Tag> {
        self.installation_id.as_ref().map(InstallationId::tag)
    }

    /// Whether it is waiting for a Confirmation ID.
    pub fn is_pending(&self) -> bool {
        self.standing() == Standing::Pending
    }

    /// What a person should know before fetching its Confirmation ID, if it is
    /// pending.
    pub fn caveat(&self) -> Option<Caveat> {
        if !self.is_pending() {
            return None;
        }
        let id = self.activation_id.to_string();
        let year = ESU_YEARS.iter().find(|(known, _)| *known == id);
        if let Some(&(_, year)) = year {
            return Some(Caveat::EsuYear { year });
        }
        let name = self.name.as_str().to_ascii_lowercase();
        let named = WITHOUT_OFFLINE_WAY.iter().any(|part| name.contains(part));
        (self.application == Application::Windows && named).then_some(Caveat::NoOfflineWay)
    }

    /// Values that messages about it mention: its name, and `-` or the last
    /// five of its key.
    pub fn facts(&self) -> Vec<(&'static str, Fact)> {
        let tail = self.key_tail.as_ref().map_or("-", KeyTail::as_str);
        vec![
            ("product", self.name.as_str().into()),
            ("tail", tail.into()),
        ]
    }
}

#[cfg(test)]
mod tests;
