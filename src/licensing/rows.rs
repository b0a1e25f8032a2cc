//! Turns rows of the licence store into products.
//!
//! Free of COM, so that the answers of real PCs can be tested anywhere.

use super::StoreError;
use crate::activation::{
    ActivationId, Application, Channel, HResult, InstallationId, KeyTail, Label, LicenseStatus,
    MachineId, PcIdentity, Product, is_serial_number,
};

/// Property `ID`, the Activation ID.
pub(super) const ID: &str = "ID";
/// Property `LicenseStatus`.
pub(super) const LICENSE_STATUS: &str = "LicenseStatus";
/// Property `ProductKeyChannel`, which Windows 7 does not have.
pub(super) const PRODUCT_KEY_CHANNEL: &str = "ProductKeyChannel";

/// Columns that every version of `SoftwareLicensingProduct` has.
const COLUMNS: &[&str] = &[
    ID,
    "ApplicationID",
    "Name",
    "Description",
    "PartialProductKey",
    "OfflineInstallationId",
    LICENSE_STATUS,
    "LicenseStatusReason",
    "LicenseIsAddon",
];

/// The query for every row that has a key.
///
/// It names columns and restricts rows because an open enumeration makes the
/// service evaluate hundreds of editions that are not installed. Naming a column
/// that the class lacks fails the whole query, hence `with_channel`.
pub(super) fn products_query(with_channel: bool) -> String {
    format!("{} WHERE PartialProductKey <> null", select(with_channel))
}

fn select(with_channel: bool) -> String {
    let mut columns = COLUMNS.join(", ");
    if with_channel {
        columns.push_str(", ");
        columns.push_str(PRODUCT_KEY_CHANNEL);
    }
    format!("SELECT {columns} FROM SoftwareLicensingProduct")
}

/// The query for one row, with or without a key.
pub(super) fn product_query(product: ActivationId, with_channel: bool) -> String {
    // A GUID contains nothing that needs quoting.
    format!("{} WHERE ID = '{product}'", select(with_channel))
}

/// Path of the object with this value of its only key.
pub(super) fn object_path(class: &str, key: &str, value: &str) -> String {
    let escaped = value.replace('\\', r"\\").replace('"', "\\\"");
    format!("{class}.{key}=\"{escaped}\"")
}

/// One row as WMI returns it: `None` if the property is missing, null or of
/// another type.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct RawRow {
    pub(super) id: Option<String>,
    pub(super) application_id: Option<String>,
    pub(super) name: Option<String>,
    pub(super) description: Option<String>,
    pub(super) partial_product_key: Option<String>,
    pub(super) offline_installation_id: Option<String>,
    pub(super) license_status: Option<u32>,
    pub(super) license_status_reason: Option<u32>,
    pub(super) license_is_addon: Option<bool>,
    pub(super) product_key_channel: Option<String>,
}

impl TryFrom<RawRow> for Product {
    type Error = StoreError;

    /// Requires an Activation ID, which a deposit needs, and a status, which
    /// success needs; the rest may be absent.
    fn try_from(row: RawRow) -> Result<Self, StoreError> {
        let activation_id = row
            .id
            .as_deref()
            .and_then(ActivationId::parse)
            .ok_or(StoreError::UnexpectedRow { property: ID })?;
        let status = row.license_status.ok_or(StoreError::UnexpectedRow {
            property: LICENSE_STATUS,
        })?;
        let description = row.description.unwrap_or_default();
        let name = row
            .name
            .as_deref()
            .and_then(Label::cleaned)
            .or_else(|| Label::cleaned(&description))
            .or_else(|| Label::cleaned(&activation_id.to_string()))
            .ok_or(StoreError::UnexpectedRow { property: "Name" })?;
        Ok(Self {
            activation_id,
            application: row
                .application_id
                .as_deref()
                .map_or(Application::Other, Application::of),
            name,
            channel: Channel::of(row.product_key_channel.as_deref(), &description),
            key_tail: row
                .partial_product_key
                .as_deref()
                .and_then(|key| KeyTail::parse(&key.trim().to_ascii_uppercase())),
            // The portal would refuse a number with a wrong group, and nothing
            // here may correct it.
            installation_id: row
                .offline_installation_id
                .as_deref()
                .and_then(|digits| InstallationId::parse(digits).ok()),
            status: LicenseStatus::from(status),
            reason: HResult(row.license_status_reason.unwrap_or_default()),
            add_on: row.license_is_addon.unwrap_or_default(),
        })
    }
}

/// All products that the rows yield.
///
/// Malformed rows are skipped: one must not keep the others from being
/// activated, and without an Activation ID it could not be addressed anyway.
///
/// # Errors
/// [`StoreError::UnexpectedRow`] if there are rows and all are malformed, which
/// is not the same as having nothing to activate.
pub(super) fn products(rows: Vec<RawRow>) -> Result<Vec<Product>, StoreError> {
    let mut defect = None;
    let mut products = Vec::with_capacity(rows.len());
    for row in rows {
        match Product::try_from(row) {
            Ok(product) => products.push(product),
            Err(error) => defect = defect.or(Some(error)),
        }
    }
    match defect {
        Some(error) if products.is_empty() => Err(error),
        _ => Ok(products),
    }
}

/// The PC's identity from `Win32_ComputerSystem.Name`, `Win32_BIOS.SerialNumber`
/// and `Win32_ComputerSystemProduct.UUID`.
///
/// # Errors
/// [`StoreError::UnexpectedRow`] if there is no name.
pub(super) fn identity(
    name: Option<&str>,
    serial: Option<&str>,
    uuid: Option<&str>,
) -> Result<PcIdentity, StoreError> {
    Ok(PcIdentity {
        name: name
            .and_then(Label::cleaned)
            .ok_or(StoreError::UnexpectedRow { property: "Name" })?,
        serial: serial
            .and_then(Label::cleaned)
            .filter(|serial| is_serial_number(serial.as_str())),
        machine: MachineId::of(uuid, serial),
    })
}

#[cfg(test)]
mod tests;
