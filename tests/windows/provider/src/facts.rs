//! What WMI says about the practice PC: classes, rows, methods.
//!
//! Practice numbers are marked by a group of zeros, and the program refuses them on a
//! real PC. So they are disguised here: the group of zeros is replaced by another valid
//! group, in both directions.

use crate::object::Value;
use hikyaku::activation::{
    ActivationId, Application, Channel, ConfirmationDigits, HResult, InstallationId, LicenseStatus,
    Product,
};
use hikyaku::licensing::{LicenseStore, PracticeStore, StoreError};
use std::path::PathBuf;
use windows::Win32::Foundation::{CloseHandle, E_FAIL, HANDLE};
use windows::Win32::Security::{GetTokenInformation, TOKEN_ELEVATION, TOKEN_QUERY, TokenElevation};
use windows::Win32::System::Threading::{GetCurrentProcess, OpenProcessToken};
use windows::core::{Error, HRESULT, Result};

pub(crate) const VERSION: &str = "10.0.26100.4061";

const IID_MARK: &str = "0000000";
const IID_DRESS: &str = "1111112";
const CID_MARK: &str = "000000";
const CID_DRESS: &str = "111110";

/// Number of editions in the licence store without a key.
const OTHERS: u8 = 100;

/// A row as its columns, in order.
pub(crate) type Row = Vec<(&'static str, Value)>;

/// All rows of a class; `None` if there is no such class.
pub(crate) fn rows(class: &str) -> Result<Option<Vec<Row>>> {
    let store = store()?;
    let known = |name: &str| class.eq_ignore_ascii_case(name);
    if known("SoftwareLicensingProduct") {
        let products = store.products().map_err(|error| failure(&error))?;
        let others = (0..OTHERS).map(without_key);
        return Ok(Some(products.iter().map(product).chain(others).collect()));
    }
    if known("SoftwareLicensingService") {
        return Ok(Some(vec![vec![
            ("Version", text(VERSION)),
            ("ClientMachineID", text("")),
            ("RemainingWindowsReArmCount", Value::Number(1001)),
        ]]));
    }
    let pc = store.pc().map_err(|error| failure(&error))?;
    if known("Win32_ComputerSystem") {
        return Ok(Some(vec![vec![
            ("Name", text(pc.name.as_str())),
            ("Manufacturer", text("Hikyaku")),
            ("Model", text("Double")),
            ("PartOfDomain", Value::Flag(false)),
        ]]));
    }
    if known("Win32_BIOS") {
        let serial = pc.serial.as_ref().map_or("", |serial| serial.as_str());
        return Ok(Some(vec![vec![
            ("SerialNumber", text(serial)),
            ("SMBIOSBIOSVersion", text("1.0")),
        ]]));
    }
    if known("Win32_ComputerSystemProduct") {
        let serial = pc.serial.as_ref().map_or("", |serial| serial.as_str());
        return Ok(Some(vec![vec![
            ("UUID", Value::Text(machine_uuid(pc.name.as_str()))),
            ("IdentifyingNumber", text(serial)),
            ("Name", text("Double")),
            ("Vendor", text("Hikyaku")),
        ]]));
    }
    Ok(None)
}

/// Whether a class has a column, even without rows.
pub(crate) fn has_column(class: &str, column: &str) -> bool {
    let columns: &[&str] = match class.to_ascii_lowercase().as_str() {
        "softwarelicensingproduct" => &[
            "ID",
            "ApplicationID",
            "Name",
            "Description",
            "PartialProductKey",
            "OfflineInstallationId",
            "LicenseStatus",
            "LicenseStatusReason",
            "LicenseIsAddon",
            "ProductKeyChannel",
            "LicenseFamily",
            "LicenseDependsOn",
            "GracePeriodRemaining",
            "EvaluationEndDate",
            "TrustedTime",
        ],
        "softwarelicensingservice" => &["Version", "ClientMachineID", "RemainingWindowsReArmCount"],
        "win32_computersystem" => &["Name", "Manufacturer", "Model", "PartOfDomain"],
        "win32_computersystemproduct" => &["UUID", "IdentifyingNumber", "Name", "Vendor"],
        "win32_bios" => &["SerialNumber", "SMBIOSBIOSVersion"],
        _ => &[],
    };
    let hidden = column.eq_ignore_ascii_case("ProductKeyChannel")
        && std::env::var_os("HIKYAKU_WMI_DOUBLE_WINDOWS7").is_some();
    !hidden
        && columns
            .iter()
            .any(|known| known.eq_ignore_ascii_case(column))
}

fn product(product: &Product) -> Row {
    let waits_for_refresh = unrefreshed().contains(&product.activation_id.to_string());
    let (status, reason) = if waits_for_refresh {
        (LicenseStatus::Notification, HResult::NOTIFICATION)
    } else {
        (product.status, product.reason)
    };
    let (channel, described) = match product.channel {
        Channel::Retail => ("Retail", "RETAIL"),
        Channel::Oem => ("OEM:DM", "OEM_DM"),
        Channel::VolumeMak => ("Volume:MAK", "VOLUME_MAK"),
        Channel::VolumeKmsClient => ("Volume:GVLK", "VOLUME_KMSCLIENT"),
        Channel::VolumeKmsHost => ("Volume:CSVLK", "VOLUME_KMS"),
        Channel::Evaluation => ("Retail:TB:Eval", "TIMEBASED_EVAL"),
        Channel::VirtualMachine => ("", "VIRTUAL_MACHINE_ACTIVATION"),
        Channel::Unknown => ("", "UNKNOWN"),
    };
    let application = match product.application {
        Application::Windows => "55c92734-d682-4d71-983e-d6ec3f16059f",
        Application::Office => "0ff1ce15-a989-479d-af46-f275c6370663",
        Application::Other => "00000000-0000-0000-0000-000000000000",
    };
    let or_null = |value: Option<String>| value.map_or(Value::NullText, Value::Text);
    vec![
        ("ID", Value::Text(product.activation_id.to_string())),
        ("ApplicationID", text(application)),
        ("Name", text(product.name.as_str())),
        (
            "Description",
            Value::Text(format!("{}, {described} channel", product.name)),
        ),
        (
            "PartialProductKey",
            or_null(
                product
                    .key_tail
                    .as_ref()
                    .map(|tail| tail.as_str().to_owned()),
            ),
        ),
        (
            "OfflineInstallationId",
            or_null(
                product
                    .installation_id
                    .as_ref()
                    .map(|iid| dressed(iid.digits())),
            ),
        ),
        ("LicenseStatus", Value::Number(status.into())),
        ("LicenseStatusReason", Value::Number(reason.0)),
        ("LicenseIsAddon", Value::Flag(product.add_on)),
        ("ProductKeyChannel", text(channel)),
        ("LicenseFamily", text("")),
        ("LicenseDependsOn", Value::NullText),
        ("GracePeriodRemaining", Value::Number(0)),
        ("EvaluationEndDate", text("16010101000000.000000-000")),
        ("TrustedTime", Value::NullText),
    ]
}

/// One of the many rows without a key that every Windows has.
fn without_key(number: u8) -> Row {
    let mut id = [number; 16];
    id[0] = 0xFE;
    vec![
        ("ID", Value::Text(ActivationId::from_bytes(id).to_string())),
        (
            "ApplicationID",
            text("55c92734-d682-4d71-983e-d6ec3f16059f"),
        ),
        (
            "Name",
            Value::Text(format!("Windows(R), Edition{number} edition")),
        ),
        (
            "Description",
            text("Windows(R) Operating System, RETAIL channel"),
        ),
        ("PartialProductKey", Value::NullText),
        ("OfflineInstallationId", Value::NullText),
        ("LicenseStatus", Value::Number(0)),
        (
            "LicenseStatusReason",
            Value::Number(HResult::NO_PRODUCT_KEY.0),
        ),
        ("LicenseIsAddon", Value::Flag(false)),
        ("ProductKeyChannel", Value::NullText),
        ("LicenseFamily", text("")),
        ("LicenseDependsOn", Value::NullText),
        ("GracePeriodRemaining", Value::Number(0)),
        ("EvaluationEndDate", text("16010101000000.000000-000")),
        ("TrustedTime", Value::NullText),
    ]
}

/// The machine's UUID: derived from the PC's name, unless a test sets it.
fn machine_uuid(name: &str) -> String {
    if let Ok(told) = std::env::var("HIKYAKU_WMI_DOUBLE_UUID") {
        return told;
    }
    let mut bytes = [0x4C_u8; 16];
    for (place, byte) in name.bytes().enumerate() {
        bytes[place % 16] = bytes[place % 16].rotate_left(3) ^ byte;
    }
    ActivationId::from_bytes(bytes)
        .to_string()
        .to_ascii_uppercase()
}

/// `DepositOfflineConfirmationId`
pub(crate) fn deposit(id: &str, iid: &str, cid: &str) -> Result<()> {
    if !is_elevated() {
        return Err(code(HResult::NOT_ELEVATED));
    }
    let id = ActivationId::parse(id).ok_or_else(|| code(HResult::NOT_INSTALLED))?;
    let bare = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
    if cid.len() != 48 || !bare(cid) || !bare(iid) {
        return Err(code(HResult::INVALID_ARGUMENT));
    }
    let iid = InstallationId::parse(&undressed(iid, IID_DRESS, IID_MARK))
        .map_err(|_| code(HResult::CHECK_DIGITS))?;
    let cid = ConfirmationDigits::despite_check_digits(&undressed(cid, CID_DRESS, CID_MARK))
        .map_err(|_| code(HResult::INVALID_ARGUMENT))?;
    store()?
        .deposit(id, &iid, &cid)
        .map_err(|error| failure(&error))?;
    let mut waiting = unrefreshed();
    waiting.push(id.to_string());
    std::fs::write(unrefreshed_file()?, waiting.join("\n"))?;
    Ok(())
}

/// `RefreshLicenseStatus`
pub(crate) fn refresh() -> Result<()> {
    if !is_elevated() {
        return Err(code(HResult::WMI_ACCESS_DENIED));
    }
    std::fs::write(unrefreshed_file()?, "")?;
    Ok(())
}

/// The file beside the practice PC with the products whose new status waits for a
/// refresh: like the real service, it serves all processes.
fn unrefreshed_file() -> Result<PathBuf> {
    Ok(file()?.with_extension("unrefreshed"))
}

fn unrefreshed() -> Vec<String> {
    unrefreshed_file()
        .ok()
        .and_then(|file| std::fs::read_to_string(file).ok())
        .map(|text| text.lines().map(str::to_owned).collect())
        .unwrap_or_default()
}

/// Opens the practice PC, each time again: other processes write it, too.
fn store() -> Result<PracticeStore> {
    PracticeStore::open(&file()?).map_err(|error| failure(&error))
}

/// Creates a file beside the practice PC by which a test knows that a call hangs.
pub(crate) fn note_hanging() {
    if let Ok(file) = file() {
        let _ = std::fs::write(file.with_extension("hangs"), "");
    }
}

fn file() -> Result<PathBuf> {
    std::env::var_os("HIKYAKU_WMI_DOUBLE")
        .map(PathBuf::from)
        .ok_or_else(|| Error::new(E_FAIL, "HIKYAKU_WMI_DOUBLE names no file"))
}

fn failure(error: &StoreError) -> Error {
    match error {
        StoreError::Refused(refusal) => code(*refusal),
        other => {
            eprintln!("WMI double: {other}");
            E_FAIL.into()
        }
    }
}

fn code(code: HResult) -> Error {
    Error::from_hresult(HRESULT(code.0.cast_signed()))
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn dressed(iid: &str) -> String {
    undressed(iid, IID_MARK, IID_DRESS)
}

fn undressed(digits: &str, from: &str, to: &str) -> String {
    match digits.strip_prefix(from) {
        Some(rest) => format!("{to}{rest}"),
        None => digits.to_owned(),
    }
}

/// Whether this process may deposit.
///
/// Wine's shell accepts "runas" but neither asks nor grants rights. So a test decides:
/// `HIKYAKU_WMI_DOUBLE_UAC=yes` elevates the process that was started to deposit, and no
/// other.
fn is_elevated() -> bool {
    let granted = std::env::var("HIKYAKU_WMI_DOUBLE_UAC").is_ok_and(|answer| answer == "yes")
        && std::env::args().nth(1).as_deref() == Some("deposit-for-unelevated");
    granted || has_full_token()
}

fn has_full_token() -> bool {
    let mut token = HANDLE::default();
    let mut elevation = TOKEN_ELEVATION::default();
    let mut length = 0;
    // SAFETY: the pseudo handle of this process is always valid; everything else is
    // written into locals of the right type, whose size is passed; the token is closed
    // once.
    unsafe {
        if OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &raw mut token).is_err() {
            return false;
        }
        let asked = GetTokenInformation(
            token,
            TokenElevation,
            Some((&raw mut elevation).cast()),
            size_of::<TOKEN_ELEVATION>() as u32,
            &raw mut length,
        );
        let _ = CloseHandle(token);
        asked.is_ok() && elevation.TokenIsElevated != 0
    }
}
