//! The WMI connection: queries, classes, methods.

use crate::enumerator::Enumerator;
use crate::facts;
use crate::object::{Object, Value, error};
use crate::query::{self, Condition};
use std::ffi::c_void;
use std::thread;
use std::time::Duration;
use windows::Win32::Foundation::E_NOTIMPL;
use windows::Win32::System::Com::{
    EOLE_AUTHENTICATION_CAPABILITIES, IClientSecurity, IClientSecurity_Impl, RPC_C_AUTHN_LEVEL,
    RPC_C_IMP_LEVEL,
};
use windows::Win32::System::Wmi::{
    IEnumWbemClassObject, IWbemCallResult, IWbemClassObject, IWbemContext, IWbemObjectSink,
    IWbemServices, IWbemServices_Impl, WBEM_E_INVALID_CLASS, WBEM_E_INVALID_METHOD,
    WBEM_E_INVALID_NAMESPACE, WBEM_E_INVALID_OBJECT_PATH, WBEM_E_INVALID_QUERY,
    WBEM_E_INVALID_QUERY_TYPE, WBEM_E_NOT_FOUND, WBEM_E_NOT_SUPPORTED,
    WBEM_FLAG_RETURN_IMMEDIATELY, WBEM_GENERIC_FLAG_TYPE,
};
use windows::core::{BSTR, HRESULT, IUnknown, Interface, OutRef, PCWSTR, Ref, Result, implement};

/// The classes, by name.
const CLASSES: &[&str] = &[
    "SoftwareLicensingProduct",
    "SoftwareLicensingService",
    "Win32_BIOS",
    "Win32_ComputerSystem",
    "Win32_ComputerSystemProduct",
];

pub(crate) fn connect(namespace: &str) -> Result<IWbemServices> {
    if query::is_cimv2(namespace) {
        Ok(Services.into())
    } else {
        Err(error(WBEM_E_INVALID_NAMESPACE))
    }
}

#[implement(IWbemServices, IClientSecurity)]
struct Services;

fn class_of(name: &str) -> Result<&'static str> {
    CLASSES
        .iter()
        .find(|known| known.eq_ignore_ascii_case(name))
        .copied()
        .ok_or_else(|| error(WBEM_E_INVALID_CLASS))
}

fn run(text: &str) -> Result<Enumerator> {
    let query = query::parse(text).ok_or_else(|| error(WBEM_E_INVALID_QUERY))?;
    let class = class_of(&query.class)?;
    let rows = facts::rows(class)?.ok_or_else(|| error(WBEM_E_INVALID_CLASS))?;
    let all = query.columns == ["*"];
    let selected = query.columns.iter().filter(|_| !all).map(String::as_str);
    let mut named = selected.chain(query.conditions.iter().map(Condition::column));
    if named.any(|name| !facts::has_column(class, name)) {
        return Err(error(WBEM_E_INVALID_QUERY));
    }
    let is = |column: &str, name: &str| column.eq_ignore_ascii_case(name);
    let holds = |row: &facts::Row, condition: &Condition| {
        row.iter().any(|(name, value)| match condition {
            Condition::NotNull(column) => is(name, column) && !value.is_null(),
            Condition::Is(column, text) => {
                is(name, column) && matches!(value, Value::Text(found) if is(found, text))
            }
        })
    };
    let rows = rows
        .into_iter()
        .filter(|row| {
            query
                .conditions
                .iter()
                .all(|condition| holds(row, condition))
        })
        .map(|row| {
            row.into_iter()
                .filter(|(name, _)| all || query.columns.iter().any(|column| is(column, name)))
                .collect()
        })
        .collect();
    Ok(Enumerator::of(class, rows))
}

/// The object at a path.
fn instance(class: &'static str, key: &str, value: &str) -> Result<Object> {
    let rows = facts::rows(class)?.ok_or_else(|| error(WBEM_E_INVALID_CLASS))?;
    rows.into_iter()
        .find(|row| {
            row.iter().any(|(name, found)| {
                name.eq_ignore_ascii_case(key)
                    && matches!(found, Value::Text(text) if text.eq_ignore_ascii_case(value))
            })
        })
        .map(|row| Object::instance(class, row))
        .ok_or_else(|| error(WBEM_E_NOT_FOUND))
}

fn hang_if_told(call: &str) {
    if std::env::var("HIKYAKU_WMI_DOUBLE_HANG").is_ok_and(|told| told == call) {
        facts::note_hanging();
        thread::sleep(Duration::from_hours(1));
    }
}

fn gone() -> Option<HRESULT> {
    std::env::var_os("HIKYAKU_WMI_DOUBLE_GONE")
        .is_some()
        .then_some(HRESULT(0x8007_06BA_u32.cast_signed()))
}

impl IWbemServices_Impl for Services_Impl {
    fn ExecQuery(
        &self,
        language: &BSTR,
        text: &BSTR,
        flags: WBEM_GENERIC_FLAG_TYPE,
        _context: Ref<IWbemContext>,
    ) -> Result<IEnumWbemClassObject> {
        hang_if_told("query");
        if !language.to_string().eq_ignore_ascii_case("WQL") {
            return Err(error(WBEM_E_INVALID_QUERY_TYPE));
        }
        let answer = match gone() {
            Some(code) => Err(code.into()),
            None => run(&text.to_string()),
        };
        match answer {
            Ok(rows) => Ok(rows.into()),
            // If WMI must return immediately, it has not evaluated the query yet.
            Err(error) if flags.0 & WBEM_FLAG_RETURN_IMMEDIATELY.0 != 0 => {
                Ok(Enumerator::failing(error.code()).into())
            }
            Err(error) => Err(error),
        }
    }

    fn GetObject(
        &self,
        path: &BSTR,
        _flags: WBEM_GENERIC_FLAG_TYPE,
        _context: Ref<IWbemContext>,
        object: OutRef<IWbemClassObject>,
        result: OutRef<IWbemCallResult>,
    ) -> Result<()> {
        if !result.is_null() {
            result.write(None)?;
        }
        let path = path.to_string();
        let found = match query::object_path(&path) {
            Some((class, key, value)) => instance(class_of(class)?, key, &value)?,
            None => Object::class(class_of(&path)?),
        };
        object.write(Some(found.into()))
    }

    fn ExecMethod(
        &self,
        path: &BSTR,
        method: &BSTR,
        _flags: WBEM_GENERIC_FLAG_TYPE,
        _context: Ref<IWbemContext>,
        input: Ref<IWbemClassObject>,
        output: OutRef<IWbemClassObject>,
        result: OutRef<IWbemCallResult>,
    ) -> Result<()> {
        if !result.is_null() {
            result.write(None)?;
        }
        let path = path.to_string();
        let (class, key, value) =
            query::object_path(&path).ok_or_else(|| error(WBEM_E_INVALID_OBJECT_PATH))?;
        match (class_of(class)?, key, method.to_string().as_str()) {
            ("SoftwareLicensingProduct", "ID", "DepositOfflineConfirmationId") => {
                hang_if_told("deposit");
                instance("SoftwareLicensingProduct", key, &value)?;
                let input = input.ok()?;
                let text = |name: &str| -> Result<String> {
                    // Parameters are spawned from a signature of this library, so
                    // the object is one of ours.
                    let object = input.cast_object_ref::<Object>();
                    object.map(|object| object.text(name))
                };
                facts::deposit(&value, &text("InstallationId")?, &text("ConfirmationId")?)?;
            }
            ("SoftwareLicensingService", "Version", "RefreshLicenseStatus") => {
                if value != facts::VERSION {
                    return Err(error(WBEM_E_NOT_FOUND));
                }
                facts::refresh()?;
            }
            _ => return Err(error(WBEM_E_INVALID_METHOD)),
        }
        if output.is_null() {
            return Ok(());
        }
        let returned = vec![("ReturnValue", Value::Number(0))];
        output.write(Some(Object::instance("__PARAMETERS", returned).into()))
    }

    // The rest is not called.

    fn OpenNamespace(
        &self,
        _namespace: &BSTR,
        _flags: WBEM_GENERIC_FLAG_TYPE,
        _context: Ref<IWbemContext>,
        _services: OutRef<IWbemServices>,
        _result: OutRef<IWbemCallResult>,
    ) -> Result<()> {
        unsupported()
    }
    fn CancelAsyncCall(&self, _sink: Ref<IWbemObjectSink>) -> Result<()> {
        unsupported()
    }
    fn QueryObjectSink(&self, _flags: WBEM_GENERIC_FLAG_TYPE) -> Result<IWbemObjectSink> {
        unsupported()
    }
    fn GetObjectAsync(
        &self,
        _path: &BSTR,
        _flags: WBEM_GENERIC_FLAG_TYPE,
        _context: Ref<IWbemContext>,
        _sink: Ref<IWbemObjectSink>,
    ) -> Result<()> {
        unsupported()
    }
    fn PutClass(
        &self,
        _object: Ref<IWbemClassObject>,
        _flags: WBEM_GENERIC_FLAG_TYPE,
        _context: Ref<IWbemContext>,
        _result: OutRef<IWbemCallResult>,
    ) -> Result<()> {
        unsupported()
    }
    fn PutClassAsync(
        &self,
        _object: Ref<IWbemClassObject>,
        _flags: WBEM_GENERIC_FLAG_TYPE,
        _context: Ref<IWbemContext>,
        _sink: Ref<IWbemObjectSink>,
    ) -> Result<()> {
        unsupported()
    }
    fn DeleteClass(
        &self,
        _class: &BSTR,
        _flags: WBEM_GENERIC_FLAG_TYPE,
        _context: Ref<IWbemContext>,
        _result: OutRef<IWbemCallResult>,
    ) -> Result<()> {
        unsupported()
    }
    fn DeleteClassAsync(
        &self,
        _class: &BSTR,
        _flags: WBEM_GENERIC_FLAG_TYPE,
        _context: Ref<IWbemContext>,
        _sink: Ref<IWbemObjectSink>,
    ) -> Result<()> {
        unsupported()
    }
    fn CreateClassEnum(
        &self,
        _class: &BSTR,
        _flags: WBEM_GENERIC_FLAG_TYPE,
        _context: Ref<IWbemContext>,
    ) -> Result<IEnumWbemClassObject> {
        unsupported()
    }
    fn CreateClassEnumAsync(
        &self,
        _class: &BSTR,
        _flags: WBEM_GENERIC_FLAG_TYPE,
        _context: Ref<IWbemContext>,
        _sink: Ref<IWbemObjectSink>,
    ) -> Result<()> {
        unsupported()
    }
    fn PutInstance(
        &self,
        _object: Ref<IWbemClassObject>,
        _flags: WBEM_GENERIC_FLAG_TYPE,
        _context: Ref<IWbemContext>,
        _result: OutRef<IWbemCallResult>,
    ) -> Result<()> {
        unsupported()
    }
    fn PutInstanceAsync(
        &self,
        _object: Ref<IWbemClassObject>,
        _flags: WBEM_GENERIC_FLAG_TYPE,
        _context: Ref<IWbemContext>,
        _sink: Ref<IWbemObjectSink>,
    ) -> Result<()> {
        unsupported()
    }
    fn DeleteInstance(
        &self,
        _path: &BSTR,
        _flags: WBEM_GENERIC_FLAG_TYPE,
        _context: Ref<IWbemContext>,
        _result: OutRef<IWbemCallResult>,
    ) -> Result<()> {
        unsupported()
    }
    fn DeleteInstanceAsync(
        &self,
        _path: &BSTR,
        _flags: WBEM_GENERIC_FLAG_TYPE,
        _context: Ref<IWbemContext>,
        _sink: Ref<IWbemObjectSink>,
    ) -> Result<()> {
        unsupported()
    }
    fn CreateInstanceEnum(
        &self,
        _filter: &BSTR,
        _flags: WBEM_GENERIC_FLAG_TYPE,
        _context: Ref<IWbemContext>,
    ) -> Result<IEnumWbemClassObject> {
        unsupported()
    }
    fn CreateInstanceEnumAsync(
        &self,
        _filter: &BSTR,
        _flags: WBEM_GENERIC_FLAG_TYPE,
        _context: Ref<IWbemContext>,
        _sink: Ref<IWbemObjectSink>,
    ) -> Result<()> {
        unsupported()
    }
    fn ExecQueryAsync(
        &self,
        _language: &BSTR,
        _query: &BSTR,
        _flags: WBEM_GENERIC_FLAG_TYPE,
        _context: Ref<IWbemContext>,
        _sink: Ref<IWbemObjectSink>,
    ) -> Result<()> {
        unsupported()
    }
    fn ExecNotificationQuery(
        &self,
        _language: &BSTR,
        _query: &BSTR,
        _flags: WBEM_GENERIC_FLAG_TYPE,
        _context: Ref<IWbemContext>,
    ) -> Result<IEnumWbemClassObject> {
        unsupported()
    }
    fn ExecNotificationQueryAsync(
        &self,
        _language: &BSTR,
        _query: &BSTR,
        _flags: WBEM_GENERIC_FLAG_TYPE,
        _context: Ref<IWbemContext>,
        _sink: Ref<IWbemObjectSink>,
    ) -> Result<()> {
        unsupported()
    }
    fn ExecMethodAsync(
        &self,
        _path: &BSTR,
        _method: &BSTR,
        _flags: WBEM_GENERIC_FLAG_TYPE,
        _context: Ref<IWbemContext>,
        _input: Ref<IWbemClassObject>,
        _sink: Ref<IWbemObjectSink>,
    ) -> Result<()> {
        unsupported()
    }
}

/// The interface that `CoSetProxyBlanket` requires; within one process there is nothing
/// to secure.
impl IClientSecurity_Impl for Services_Impl {
    fn QueryBlanket(
        &self,
        _proxy: Ref<IUnknown>,
        _authentication: *mut u32,
        _authorization: *mut u32,
        _principal: *mut *mut u16,
        _level: *mut RPC_C_AUTHN_LEVEL,
        _impersonation: *mut RPC_C_IMP_LEVEL,
        _info: *mut *mut c_void,
        _capabilities: *mut u32,
    ) -> Result<()> {
        Err(E_NOTIMPL.into())
    }

    fn SetBlanket(
        &self,
        _proxy: Ref<IUnknown>,
        _authentication: u32,
        _authorization: u32,
        _principal: &PCWSTR,
        _level: RPC_C_AUTHN_LEVEL,
        _impersonation: RPC_C_IMP_LEVEL,
        _info: *const c_void,
        _capabilities: &EOLE_AUTHENTICATION_CAPABILITIES,
    ) -> Result<()> {
        Ok(())
    }

    fn CopyProxy(&self, _proxy: Ref<IUnknown>) -> Result<IUnknown> {
        Err(E_NOTIMPL.into())
    }
}

fn unsupported<T>() -> Result<T> {
    Err(error(WBEM_E_NOT_SUPPORTED))
}
