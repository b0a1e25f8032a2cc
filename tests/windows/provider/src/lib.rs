//! A test double of WMI, as a COM server in a DLL: it replaces `WbemLocator` and answers
//! from a practice PC's file, so that the program's Windows code runs completely without
//! Windows.
//!
//! It is as strict as Windows: unknown columns fail the query, failures of a query
//! arrive during enumeration, only a class has the signatures of its methods, a refusal
//! is an HRESULT of the call, deposits and refreshes need an elevated process, a deposit
//! takes effect only after a refresh, a missing object is not found, and there are many
//! irrelevant rows and columns.
//!
//! It removes the timeout setting from the environment of its process, so that child
//! processes do not inherit it: on Windows, an elevated process gets the environment of
//! its account.
//!
//! Environment variables:
//! - `HIKYAKU_WMI_DOUBLE`: the practice PC's file.
//! - `HIKYAKU_WMI_DOUBLE_WINDOWS7=1`: there is no `ProductKeyChannel`.
//! - `HIKYAKU_WMI_DOUBLE_HANG=query` or `deposit`: that call never returns; a
//!   file of the same name with `.hangs` shows that it was made.
//! - `HIKYAKU_WMI_DOUBLE_UAC=yes`: the person grants elevation when asked.
//! - `HIKYAKU_WMI_DOUBLE_UUID`: what the firmware calls the machine.
//! - `HIKYAKU_WMI_DOUBLE_GONE=1`: the service is stopped (0x800706BA).
#![cfg(windows)]

mod enumerator;
mod facts;
mod object;
mod query;
mod services;

use std::ffi::c_void;
use std::sync::Once;
use windows::Win32::Foundation::{
    CLASS_E_CLASSNOTAVAILABLE, CLASS_E_NOAGGREGATION, E_POINTER, S_FALSE,
};
use windows::Win32::System::Com::{IClassFactory, IClassFactory_Impl};
use windows::Win32::System::Wmi::{
    IWbemContext, IWbemLocator, IWbemLocator_Impl, IWbemServices, WbemLocator,
};
use windows::core::{BOOL, BSTR, GUID, HRESULT, IUnknown, Interface, Ref, Result, implement};

#[implement(IClassFactory)]
struct Factory;

impl IClassFactory_Impl for Factory_Impl {
    fn CreateInstance(
        &self,
        outer: Ref<IUnknown>,
        wanted: *const GUID,
        object: *mut *mut c_void,
    ) -> Result<()> {
        if outer.is_some() {
            return Err(CLASS_E_NOAGGREGATION.into());
        }
        let locator: IWbemLocator = Locator.into();
        // SAFETY: COM passes a valid interface id and a valid pointer for the
        // result.
        unsafe { locator.query(wanted, object) }.ok()
    }

    fn LockServer(&self, _lock: BOOL) -> Result<()> {
        Ok(())
    }
}

#[implement(IWbemLocator)]
struct Locator;

impl IWbemLocator_Impl for Locator_Impl {
    fn ConnectServer(
        &self,
        namespace: &BSTR,
        _user: &BSTR,
        _password: &BSTR,
        _locale: &BSTR,
        _flags: i32,
        _authority: &BSTR,
        _context: Ref<IWbemContext>,
    ) -> Result<IWbemServices> {
        services::connect(&namespace.to_string())
    }
}

/// The entry point for COM.
///
/// # Safety
/// The pointers must be what COM passes: to a class id, an interface id, and the
/// result.
#[unsafe(no_mangle)]
pub unsafe extern "system" fn DllGetClassObject(
    class: *const GUID,
    wanted: *const GUID,
    object: *mut *mut c_void,
) -> HRESULT {
    if class.is_null() || wanted.is_null() || object.is_null() {
        return E_POINTER;
    }
    // SAFETY: not null, and COM passes a valid class id.
    if unsafe { *class } != WbemLocator {
        return CLASS_E_CLASSNOTAVAILABLE;
    }
    remove_timeout_setting();
    let factory: IClassFactory = Factory.into();
    // SAFETY: not null, and COM passes a valid interface id and a valid pointer for the
    // result.
    unsafe { factory.query(wanted, object) }
}

/// Removes the timeout setting from the environment. The program has read it before it
/// calls WMI.
fn remove_timeout_setting() {
    static FORGOTTEN: Once = Once::new();
    // SAFETY: on Windows, changing the environment is thread-safe.
    FORGOTTEN.call_once(|| unsafe { std::env::remove_var("HIKYAKU_PATIENCE") });
}

/// Never unloads: the process under test ends soon.
#[unsafe(no_mangle)]
pub extern "system" fn DllCanUnloadNow() -> HRESULT {
    S_FALSE
}
