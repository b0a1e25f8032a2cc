//! WMI objects: rows, classes, and parameters of methods.

use std::sync::{Mutex, PoisonError};
use windows::Win32::System::Com::SAFEARRAY;
use windows::Win32::System::Variant::{VARIANT, VT_BSTR, VT_NULL};
use windows::Win32::System::Wmi::{
    CIM_BOOLEAN, CIM_STRING, CIM_UINT32, IWbemClassObject, IWbemClassObject_Impl,
    IWbemQualifierSet, WBEM_COMPARISON_FLAG, WBEM_CONDITION_FLAG_TYPE, WBEM_E_ILLEGAL_OPERATION,
    WBEM_E_NOT_FOUND, WBEM_E_NOT_SUPPORTED, WBEM_E_TYPE_MISMATCH, WBEM_S_NO_MORE_DATA, WBEMSTATUS,
};
use windows::core::{BSTR, Error, HRESULT, OutRef, PCWSTR, Ref, Result, implement};

/// A property's value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    Text(String),
    NullText,
    Number(u32),
    Flag(bool),
}

impl Value {
    pub(crate) fn is_null(&self) -> bool {
        *self == Self::NullText
    }

    fn cim_type(&self) -> i32 {
        match self {
            Self::Text(_) | Self::NullText => CIM_STRING.0,
            Self::Number(_) => CIM_UINT32.0,
            Self::Flag(_) => CIM_BOOLEAN.0,
        }
    }

    fn variant(&self) -> VARIANT {
        match self {
            Self::Text(text) => VARIANT::from(text.as_str()),
            Self::NullText => {
                let mut null = VARIANT::default();
                // SAFETY: an empty variant owns nothing, and neither does null:
                // only the type changes.
                unsafe { (*null.Anonymous.Anonymous).vt = VT_NULL };
                null
            }
            // WMI passes a uint32 as a signed variant.
            Self::Number(number) => VARIANT::from(number.cast_signed()),
            Self::Flag(flag) => VARIANT::from(*flag),
        }
    }
}

/// The kind of an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Class,
    Instance,
    /// The input signature of the deposit.
    Signature,
}

#[implement(IWbemClassObject)]
pub(crate) struct Object {
    kind: Kind,
    class: &'static str,
    properties: Mutex<Vec<(&'static str, Value)>>,
    /// Number of properties enumerated so far.
    at: Mutex<usize>,
}

impl Object {
    /// The text of a property; empty if it is missing.
    pub(crate) fn text(&self, name: &str) -> String {
        let properties = self
            .properties
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        match properties.iter().find(|(known, _)| *known == name) {
            Some((_, Value::Text(text))) => text.clone(),
            _ => String::new(),
        }
    }

    fn of(kind: Kind, class: &'static str, properties: Vec<(&'static str, Value)>) -> Self {
        Self {
            kind,
            class,
            properties: Mutex::new(properties),
            at: Mutex::new(0),
        }
    }

    pub(crate) fn instance(class: &'static str, row: Vec<(&'static str, Value)>) -> Self {
        Self::of(Kind::Instance, class, row)
    }

    pub(crate) fn class(class: &'static str) -> Self {
        Self::of(Kind::Class, class, Vec::new())
    }

    fn signature() -> Self {
        Self::of(
            Kind::Signature,
            "__PARAMETERS",
            vec![
                ("InstallationId", Value::NullText),
                ("ConfirmationId", Value::NullText),
            ],
        )
    }
}

impl IWbemClassObject_Impl for Object_Impl {
    fn Get(
        &self,
        name: &PCWSTR,
        _flags: i32,
        value: *mut VARIANT,
        cim_type: *mut i32,
        flavor: *mut i32,
    ) -> Result<()> {
        let name = read(*name);
        let found = if name.eq_ignore_ascii_case("__CLASS") {
            Value::Text(self.class.to_owned())
        } else {
            self.properties
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .iter()
                .find(|(known, _)| known.eq_ignore_ascii_case(&name))
                .map(|(_, value)| value.clone())
                .ok_or_else(|| error(WBEM_E_NOT_FOUND))?
        };
        // SAFETY: each pointer is null or valid for its type; the caller's variant is
        // empty, so nothing must be released.
        unsafe {
            if !value.is_null() {
                value.write(found.variant());
            }
            if !cim_type.is_null() {
                cim_type.write(found.cim_type());
            }
            if !flavor.is_null() {
                flavor.write(0);
            }
        }
        Ok(())
    }

    fn Put(&self, name: &PCWSTR, _flags: i32, value: *const VARIANT, _type: i32) -> Result<()> {
        let name = read(*name);
        // SAFETY: the caller passes a valid variant or null.
        let value = unsafe { value.as_ref() }.ok_or_else(|| error(WBEM_E_TYPE_MISMATCH))?;
        // SAFETY: the type tag is checked before a member of the union is read.
        let text = unsafe {
            let inner = &value.Anonymous.Anonymous;
            if inner.vt != VT_BSTR {
                return Err(error(WBEM_E_TYPE_MISMATCH));
            }
            inner.Anonymous.bstrVal.to_string()
        };
        let mut properties = self
            .properties
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let place = properties
            .iter_mut()
            .find(|(known, _)| known.eq_ignore_ascii_case(&name))
            .ok_or_else(|| error(WBEM_E_NOT_FOUND))?;
        place.1 = Value::Text(text);
        Ok(())
    }

    /// Only a class has the signatures of its methods, not an instance.
    fn GetMethod(
        &self,
        name: &PCWSTR,
        _flags: i32,
        input: OutRef<IWbemClassObject>,
        output: OutRef<IWbemClassObject>,
    ) -> Result<()> {
        if self.kind != Kind::Class {
            return Err(error(WBEM_E_ILLEGAL_OPERATION));
        }
        if !output.is_null() {
            output.write(None)?;
        }
        let name = read(*name);
        let signature = match self.class {
            "SoftwareLicensingProduct"
                if name.eq_ignore_ascii_case("DepositOfflineConfirmationId") =>
            {
                Some(Object::signature().into())
            }
            "SoftwareLicensingService" if name.eq_ignore_ascii_case("RefreshLicenseStatus") => None,
            _ => return Err(error(WBEM_E_NOT_FOUND)),
        };
        if input.is_null() {
            return Ok(());
        }
        input.write(signature)
    }

    fn SpawnInstance(&self, _flags: i32) -> Result<IWbemClassObject> {
        if self.kind == Kind::Instance {
            return Err(error(WBEM_E_ILLEGAL_OPERATION));
        }
        let properties = self
            .properties
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        Ok(Object::instance(self.class, properties).into())
    }

    // The rest is not called.

    fn GetQualifierSet(&self) -> Result<IWbemQualifierSet> {
        Err(error(WBEM_E_NOT_SUPPORTED))
    }
    fn Delete(&self, _name: &PCWSTR) -> Result<()> {
        Err(error(WBEM_E_NOT_SUPPORTED))
    }
    fn GetNames(
        &self,
        _qualifier: &PCWSTR,
        _flags: WBEM_CONDITION_FLAG_TYPE,
        _value: *const VARIANT,
    ) -> Result<*mut SAFEARRAY> {
        Err(error(WBEM_E_NOT_SUPPORTED))
    }
    fn BeginEnumeration(&self, _flags: i32) -> Result<()> {
        *self.at.lock().unwrap_or_else(PoisonError::into_inner) = 0;
        Ok(())
    }
    fn Next(
        &self,
        _flags: i32,
        name: *mut BSTR,
        value: *mut VARIANT,
        cim_type: *mut i32,
        flavor: *mut i32,
    ) -> Result<()> {
        let mut at = self.at.lock().unwrap_or_else(PoisonError::into_inner);
        let properties = self
            .properties
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let Some((known, found)) = properties.get(*at) else {
            return Err(error(WBEM_S_NO_MORE_DATA));
        };
        *at += 1;
        // SAFETY: each pointer is null or valid for its type, and points to nothing
        // that must be released.
        unsafe {
            if !name.is_null() {
                name.write(BSTR::from(*known));
            }
            if !value.is_null() {
                value.write(found.variant());
            }
            if !cim_type.is_null() {
                cim_type.write(found.cim_type());
            }
            if !flavor.is_null() {
                flavor.write(0);
            }
        }
        Ok(())
    }
    fn EndEnumeration(&self) -> Result<()> {
        Ok(())
    }
    fn GetPropertyQualifierSet(&self, _property: &PCWSTR) -> Result<IWbemQualifierSet> {
        Err(error(WBEM_E_NOT_SUPPORTED))
    }
    fn Clone(&self) -> Result<IWbemClassObject> {
        Err(error(WBEM_E_NOT_SUPPORTED))
    }
    fn GetObjectText(&self, _flags: i32) -> Result<BSTR> {
        Err(error(WBEM_E_NOT_SUPPORTED))
    }
    fn SpawnDerivedClass(&self, _flags: i32) -> Result<IWbemClassObject> {
        Err(error(WBEM_E_NOT_SUPPORTED))
    }
    fn CompareTo(&self, _flags: WBEM_COMPARISON_FLAG, _other: Ref<IWbemClassObject>) -> Result<()> {
        Err(error(WBEM_E_NOT_SUPPORTED))
    }
    fn GetPropertyOrigin(&self, _name: &PCWSTR) -> Result<BSTR> {
        Err(error(WBEM_E_NOT_SUPPORTED))
    }
    fn InheritsFrom(&self, _ancestor: &PCWSTR) -> Result<()> {
        Err(error(WBEM_E_NOT_SUPPORTED))
    }
    fn PutMethod(
        &self,
        _name: &PCWSTR,
        _flags: i32,
        _input: Ref<IWbemClassObject>,
        _output: Ref<IWbemClassObject>,
    ) -> Result<()> {
        Err(error(WBEM_E_NOT_SUPPORTED))
    }
    fn DeleteMethod(&self, _name: &PCWSTR) -> Result<()> {
        Err(error(WBEM_E_NOT_SUPPORTED))
    }
    fn BeginMethodEnumeration(&self, _flags: i32) -> Result<()> {
        Err(error(WBEM_E_NOT_SUPPORTED))
    }
    fn NextMethod(
        &self,
        _flags: i32,
        _name: *mut BSTR,
        _input: OutRef<IWbemClassObject>,
        _output: OutRef<IWbemClassObject>,
    ) -> Result<()> {
        Err(error(WBEM_E_NOT_SUPPORTED))
    }
    fn EndMethodEnumeration(&self) -> Result<()> {
        Err(error(WBEM_E_NOT_SUPPORTED))
    }
    fn GetMethodQualifierSet(&self, _method: &PCWSTR) -> Result<IWbemQualifierSet> {
        Err(error(WBEM_E_NOT_SUPPORTED))
    }
    fn GetMethodOrigin(&self, _method: &PCWSTR) -> Result<BSTR> {
        Err(error(WBEM_E_NOT_SUPPORTED))
    }
}

pub(crate) fn error(status: WBEMSTATUS) -> Error {
    HRESULT(status.0).into()
}

fn read(name: PCWSTR) -> String {
    if name.is_null() {
        return String::new();
    }
    // SAFETY: not null, and callers pass zero-terminated names.
    unsafe { name.to_string() }.unwrap_or_default()
}
