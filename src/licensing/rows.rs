//! Rows of the licence store as products.
//!
//! Kept apart from COM, so that what a real PC answers can be tested anywhere.

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

/// The question for every row that has a key.
///
/// Columns are named and rows restricted because an open enumeration makes the
/// service work out hundreds of editions that are not installed. Naming a
/// column that the class lacks fails the whole query, hence the choice.
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

/// The question for one row, whether it has a key or not.
pub(super) fn product_query(product: ActivationId, with_channel: bool) -> String {
    // A GUID holds nothing that would have to be quoted.
    format!("{} WHERE ID = '{product}'", select(with_channel))
}

/// Path of one object, by its only key.
pub(super) fn object_path(class: &str, key: &str, value: &str) -> String {
    let escaped = value.replace('\\', r"\\").replace('"', "\\\"");
    format!("{class}.{key}=\"{escaped}\"")
}

/// One row as it comes: `None` where the property is missing, null or of
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

    /// Needs an Activation ID (without it nothing can be deposited) and a
    /// status (without it nothing can be called done); the rest may be absent.
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
            // A number whose groups fail is no Installation ID: the portal
            // would refuse it, and nothing here may put it right.
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

/// All products that can be made of the rows.
///
/// One malformed row must not keep the others from being activated, and a row
/// without an Activation ID could not be addressed anyway, so it is left out.
///
/// # Errors
/// [`StoreError::UnexpectedRow`] when there are rows and every one is
/// malformed: that is not the same as nothing to activate.
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

/// Which PC, from `Win32_ComputerSystem.Name`, `Win32_BIOS.SerialNumber` and
/// `Win32_ComputerSystemProduct.UUID`.
///
/// # Errors
/// [`StoreError::UnexpectedRow`] when there is no name.
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
