//! WMI through COM, without `wmic` or Windows Script Host, which are being removed
//! from Windows or blocked by policy.

use crate::activation::{
    ActivationId, ConfirmationDigits, HResult, InstallationId, PcIdentity, Product,
};
use crate::licensing::StoreError;
use crate::licensing::com_codes::{connection_error, judge_return, store_error, unreachable};
use crate::licensing::rows::{self, RawRow};
use wmi::{IWbemClassWrapper, Variant, WMIConnection, WMIError};

const NAMESPACE: &str = r"root\cimv2";
const PRODUCT_CLASS: &str = "SoftwareLicensingProduct";
const SERVICE_CLASS: &str = "SoftwareLicensingService";
const DEPOSIT_METHOD: &str = "DepositOfflineConfirmationId";

/// The query names a property or class that does not exist.
const WBEM_E_INVALID_QUERY: HResult = HResult(0x8004_1017);
/// No such property, method or object.
const WBEM_E_NOT_FOUND: HResult = HResult(0x8004_1002);

/// A WMI client that connects on first use, and again after the connection broke,
/// since the service may have been restarted.
///
/// It is bound to the calling thread, because COM is initialised per thread. A
/// thread that has not initialised COM joins the multithreaded apartment (MTA),
/// and the process gets WMI's usual security settings; both last for the life of
/// the process.
#[derive(Debug)]
pub(super) struct WmiClient {
    session: Option<WmiSession>,
}

impl WmiClient {
    /// A client without a connection yet.
    pub(super) fn disconnected() -> Self {
        Self { session: None }
    }

    /// Calls `act` with a connection.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] if COM or WMI does not answer,
    /// [`StoreError::Refused`] if this account may not use it, and the errors of
    /// `act`.
    pub(super) fn with<R>(
        &mut self,
        act: impl FnOnce(&WmiSession) -> Result<R, StoreError>,
    ) -> Result<R, StoreError> {
        let session = match self.session.take() {
            Some(session) => session,
            None => WmiSession::connect()?,
        };
        let answer = act(&session);
        if !matches!(answer, Err(StoreError::Unreachable { .. })) {
            self.session = Some(session);
        }
        answer
    }
}

/// A connection to WMI of this PC.
#[derive(Debug)]
pub(super) struct WmiSession {
    wmi: WMIConnection,
}

impl WmiSession {
    /// Needs no elevation.
    fn connect() -> Result<Self, StoreError> {
        WMIConnection::with_namespace_path(NAMESPACE)
            .map(|wmi| Self { wmi })
            .map_err(|error| match code_of(&error) {
                Some(code) => connection_error(code, &system_message(code)),
                None => unreachable(None, &error.to_string(), ""),
            })
    }

    /// All objects of a query. Stops at the first failure, because an enumeration
    /// that has failed once keeps failing.
    fn query(&self, query: &str) -> Result<Vec<IWbemClassWrapper>, WMIError> {
        self.wmi.exec_query(query)?.collect()
    }

    /// A property of the first row of a query.
    pub(super) fn first_text(
        &self,
        query: &str,
        property: &str,
    ) -> Result<Option<String>, StoreError> {
        let rows = self.query(query).map_err(|error| failure(&error))?;
        Ok(rows.first().and_then(|row| text(row, property)))
    }

    /// Queries with the column that older Windows lack, then without it.
    fn rows(&self, question: impl Fn(bool) -> String) -> Result<Vec<RawRow>, StoreError> {
        let objects = match self.query(&question(true)) {
            Err(error) if code_of(&error) == Some(WBEM_E_INVALID_QUERY) => {
                self.query(&question(false))
            }
            answer => answer,
        };
        let objects = objects.map_err(|error| failure(&error))?;
        Ok(objects.iter().map(raw_row).collect())
    }

    /// The parameters of the deposit method; `None` if it takes none.
    fn deposit_parameters(
        &self,
        iid: &InstallationId,
        cid: &ConfirmationDigits,
    ) -> Result<Option<IWbemClassWrapper>, WMIError> {
        // Only a class has the signatures of its methods, not an instance.
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

    /// Which PC this is.
    pub(super) fn pc(&self) -> Result<PcIdentity, StoreError> {
        let name = self.first_text("SELECT Name FROM Win32_ComputerSystem", "Name")?;
        // The name suffices: firmware that does not answer must not stop anybody.
        let serial = self
            .first_text("SELECT SerialNumber FROM Win32_BIOS", "SerialNumber")
            .unwrap_or_default();
        let uuid = self
            .first_text("SELECT UUID FROM Win32_ComputerSystemProduct", "UUID")
            .unwrap_or_default();
        rows::identity(name.as_deref(), serial.as_deref(), uuid.as_deref())
    }

    /// All products with a key.
    pub(super) fn products(&self) -> Result<Vec<Product>, StoreError> {
        rows::products(self.rows(rows::products_query)?)
    }

    /// One product, as read before and after a deposit.
    pub(super) fn product(&self, product: ActivationId) -> Result<Option<Product>, StoreError> {
        let rows = self.rows(|with_channel| rows::product_query(product, with_channel))?;
        Ok(rows::products(rows)?.pop())
    }

    /// Deposits 48 digits for one product.
    pub(super) fn deposit(
        &self,
        product: ActivationId,
        iid: &InstallationId,
        cid: &ConfirmationDigits,
    ) -> Result<(), StoreError> {
        // Nothing is handed over yet, so a failure here means that the store is
        // unreachable, never that the number is wrong.
        let parameters = self
            .deposit_parameters(iid, cid)
            .map_err(|error| match code_of(&error) {
                Some(code) if code == WBEM_E_NOT_FOUND => {
                    unreachable(Some(code), "", "WMI method not available")
                }
                Some(code) => connection_error(code, &system_message(code)),
                None => unreachable(None, &error.to_string(), ""),
            })?
            .ok_or_else(|| unreachable(None, "", "WMI method takes no parameters"))?;
        let path = rows::object_path(PRODUCT_CLASS, rows::ID, &product.to_string());
        self.call(&path, DEPOSIT_METHOD, Some(&parameters))
            .map_err(|error| match error {
                // No object at that path: the product has just been removed.
                StoreError::Refused(WBEM_E_NOT_FOUND) => {
                    StoreError::Refused(HResult::NOT_INSTALLED)
                }
                other => other,
            })
    }

    /// Makes the service evaluate its statuses again.
    pub(super) fn refresh(&self) -> Result<(), StoreError> {
        let version = self
            .first_text(&format!("SELECT Version FROM {SERVICE_CLASS}"), "Version")?
            .ok_or(StoreError::UnexpectedRow {
                property: "Version",
            })?;
        let path = rows::object_path(SERVICE_CLASS, "Version", &version);
        self.call(&path, "RefreshLicenseStatus", None)
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

// A property that is missing, null or of another type counts as absent. An object
// is a local copy, so reading it cannot fail in any other way.

fn text(object: &IWbemClassWrapper, property: &str) -> Option<String> {
    match object.get_property(property) {
        Ok(Variant::String(text)) => Some(text),
        _ => None,
    }
}

fn number(object: &IWbemClassWrapper, property: &str) -> Option<u32> {
    match object.get_property(property) {
        Ok(Variant::UI4(number)) => Some(number),
        // COM passes a uint32 as a signed variant.
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
        Some(code) => store_error(code, &system_message(code)),
        None => unreachable(None, &error.to_string(), ""),
    }
}

fn code_of(error: &WMIError) -> Option<HResult> {
    match error {
        WMIError::HResultError { hres } => Some(HResult(*hres as u32)),
        _ => None,
    }
}

/// The system's text for a code, in the person's language.
pub(super) fn system_message(code: HResult) -> String {
    ::windows::core::HRESULT(code.0 as i32).message()
}
