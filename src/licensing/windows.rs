//! The licence store of Windows, asked over WMI through COM: neither `wmic`
//! nor Windows Script Host, which leave Windows or are locked away.

use super::com_codes::{connection_error, judge_return, store_error, unreachable};
use super::rows::{self, RawRow};
use super::{LicenseStore, StoreError};
use crate::activation::{
    ActivationId, ConfirmationDigits, HResult, InstallationId, PcIdentity, Product,
};
use wmi::{IWbemClassWrapper, Variant, WMIConnection, WMIError};

const NAMESPACE: &str = r"root\cimv2";
const PRODUCT_CLASS: &str = "SoftwareLicensingProduct";
const SERVICE_CLASS: &str = "SoftwareLicensingService";
const DEPOSIT_METHOD: &str = "DepositOfflineConfirmationId";

/// The query names a property or class that does not exist.
const WBEM_E_INVALID_QUERY: HResult = HResult(0x8004_1017);
/// No such property, method or object.
const WBEM_E_NOT_FOUND: HResult = HResult(0x8004_1002);

/// This PC's own licence store.
///
/// Belongs to the thread that connected (it is neither `Send` nor `Sync`): COM
/// is initialised per thread. Where the thread has not done so itself, it
/// joins the multithreaded apartment, and the process gets WMI's usual
/// security settings; both stay for the life of the process. A program with a
/// window should give the store a thread of its own, for two reasons: the
/// window's thread lives in another apartment, and the licensing service may
/// take seconds to answer.
#[derive(Debug)]
pub struct WindowsStore {
    wmi: WMIConnection,
}

impl WindowsStore {
    /// Connects to WMI of this PC. Needs no elevation.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] where COM or WMI does not answer,
    /// [`StoreError::Refused`] where this account may not use it.
    pub fn connect() -> Result<Self, StoreError> {
        WMIConnection::with_namespace_path(NAMESPACE)
            .map(|wmi| Self { wmi })
            .map_err(|error| match code_of(&error) {
                Some(code) => connection_error(code, &said(code)),
                None => unreachable(None, &error.to_string(), ""),
            })
    }

    /// All objects of a query. Stops at the first failure: an enumeration that
    /// failed once fails for ever.
    fn query(&self, query: &str) -> Result<Vec<IWbemClassWrapper>, WMIError> {
        self.wmi.exec_query(query)?.collect()
    }

    /// A property of the first row of a query.
    fn first_text(&self, query: &str, property: &str) -> Result<Option<String>, StoreError> {
        let rows = self.query(query).map_err(|error| failure(&error))?;
        Ok(rows.first().and_then(|row| text(row, property)))
    }

    fn rows(&self) -> Result<Vec<RawRow>, WMIError> {
        let objects = match self.query(&rows::products_query(true)) {
            Err(error) if code_of(&error) == Some(WBEM_E_INVALID_QUERY) => {
                self.query(&rows::products_query(false))?
            }
            answer => answer?,
        };
        Ok(objects.iter().map(raw_row).collect())
    }

    /// The filled-in parameters of the deposit.
    fn deposit_parameters(
        &self,
        iid: &InstallationId,
        cid: &ConfirmationDigits,
    ) -> Result<Option<IWbemClassWrapper>, WMIError> {
        // Only a class knows the signatures of its methods, not an instance.
        let Some(signature) = self
            .wmi
            .get_object(PRODUCT_CLASS)?
            .get_method(DEPOSIT_METHOD)?
        else {
            return Ok(None);
        };
        let parameters = signature.spawn_instance()?;
        parameters.put_property("InstallationId", iid.digits().to_owned())?;
        parameters.put_property("ConfirmationId", cid.digits().to_owned())?;
        Ok(Some(parameters))
    }

    fn call(
        &self,
        path: &str,
        method: &str,
        parameters: Option<&IWbemClassWrapper>,
    ) -> Result<(), StoreError> {
        let answer = self
            .wmi
            .exec_method(path, method, parameters)
            .map_err(|error| failure(&error))?;
        judge_return(answer.and_then(|answer| number(&answer, "ReturnValue")))
    }
}

impl LicenseStore for WindowsStore {
    fn pc(&self) -> Result<PcIdentity, StoreError> {
        let name = self.first_text("SELECT Name FROM Win32_ComputerSystem", "Name")?;
        // A PC is known by its name as well: firmware that does not answer
        // must not stop anybody.
        let serial = self
            .first_text("SELECT SerialNumber FROM Win32_BIOS", "SerialNumber")
            .unwrap_or_default();
        rows::identity(name.as_deref(), serial.as_deref())
    }

    fn products(&self) -> Result<Vec<Product>, StoreError> {
        rows::products(self.rows().map_err(|error| failure(&error))?)
    }

    fn deposit(
        &mut self,
        product: ActivationId,
        iid: &InstallationId,
        cid: &ConfirmationDigits,
    ) -> Result<(), StoreError> {
        // Nothing has been handed over while this is prepared, so a failure
        // says that there is no such store, never that the number is wrong.
        let parameters = self
            .deposit_parameters(iid, cid)
            .map_err(|error| match code_of(&error) {
                Some(code) if code == WBEM_E_NOT_FOUND => {
                    unreachable(Some(code), "", "WMI method not available")
                }
                Some(code) => connection_error(code, &said(code)),
                None => unreachable(None, &error.to_string(), ""),
            })?
            .ok_or_else(|| unreachable(None, "", "WMI method takes no parameters"))?;
        let path = rows::object_path(PRODUCT_CLASS, rows::ID, &product.to_string());
        self.call(&path, DEPOSIT_METHOD, Some(&parameters))
    }

    fn refresh(&mut self) -> Result<(), StoreError> {
        let version = self
            .first_text(&format!("SELECT Version FROM {SERVICE_CLASS}"), "Version")?
            .ok_or(StoreError::UnexpectedRow {
                property: "Version",
            })?;
        let path = rows::object_path(SERVICE_CLASS, "Version", &version);
        self.call(&path, "RefreshLicenseStatus", None)
    }

    fn is_practice(&self) -> bool {
        false
    }
}

fn raw_row(object: &IWbemClassWrapper) -> RawRow {
    RawRow {
        id: text(object, rows::ID),
        application_id: text(object, "ApplicationID"),
        name: text(object, "Name"),
        description: text(object, "Description"),
        partial_product_key: text(object, "PartialProductKey"),
        offline_installation_id: text(object, "OfflineInstallationId"),
        license_status: number(object, rows::LICENSE_STATUS),
        license_status_reason: number(object, "LicenseStatusReason"),
        license_is_addon: flag(object, "LicenseIsAddon"),
        product_key_channel: text(object, rows::PRODUCT_KEY_CHANNEL),
    }
}

// A property that is missing, null or of another type is absent: an object is
// a local copy, so nothing else can go wrong in reading it.

fn text(object: &IWbemClassWrapper, property: &str) -> Option<String> {
    match object.get_property(property) {
        Ok(Variant::String(text)) => Some(text),
        _ => None,
    }
}

fn number(object: &IWbemClassWrapper, property: &str) -> Option<u32> {
    match object.get_property(property) {
        Ok(Variant::UI4(number)) => Some(number),
        // COM carries a uint32 in a signed variant.
        Ok(Variant::I4(number)) => Some(number as u32),
        _ => None,
    }
}

fn flag(object: &IWbemClassWrapper, property: &str) -> Option<bool> {
    match object.get_property(property) {
        Ok(Variant::Bool(flag)) => Some(flag),
        _ => None,
    }
}

fn failure(error: &WMIError) -> StoreError {
    match code_of(error) {
        Some(code) => store_error(code, &said(code)),
        None => unreachable(None, &error.to_string(), ""),
    }
}

fn code_of(error: &WMIError) -> Option<HResult> {
    match error {
        WMIError::HResultError { hres } => Some(HResult(*hres as u32)),
        _ => None,
    }
}

/// What Windows has to say about a code, in the person's language.
fn said(code: HResult) -> String {
    ::windows::core::HRESULT(code.0 as i32).message()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whatever PC this runs on, it answers: with products or with a reason.
    #[test]
    fn this_pc_answers() {
        let mut store = WindowsStore::connect().unwrap();
        assert!(!store.is_practice());
        let pc = store.pc().unwrap();
        println!("{pc:?}");
        match store.products() {
            Ok(products) => {
                for product in products {
                    println!("{product:?} {:?}", product.standing());
                }
            }
            // Wine's class lacks most of the columns.
            Err(error) => {
                println!("{error}");
                assert!(matches!(
                    error,
                    StoreError::UnexpectedRow { .. } | StoreError::Unreachable { .. }
                ));
            }
        }
        println!("{:?}", store.refresh());
    }

    #[test]
    fn a_product_that_is_not_there_takes_nothing() {
        let mut store = WindowsStore::connect().unwrap();
        let product = ActivationId::from_bytes([0; 16]);
        let iid = InstallationId::parse(&"0".repeat(63)).unwrap();
        let cid = ConfirmationDigits::despite_check_digits(&"0".repeat(48)).unwrap();
        let answer = store.deposit(product, &iid, &cid);
        println!("{answer:?}");
        assert!(answer.is_err());
    }

    /// Windows answers with a code, Wine with no rows.
    #[test]
    fn a_class_that_does_not_exist_is_no_refusal() {
        let store = WindowsStore::connect().unwrap();
        let answer = store.first_text("SELECT Name FROM HikyakuNoSuchClass", "Name");
        assert!(
            matches!(answer, Ok(None) | Err(StoreError::Unreachable { .. })),
            "{answer:?}"
        );
    }
}
