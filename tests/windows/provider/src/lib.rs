//! A double of WMI for tests, as a COM server in a DLL: it stands in for
//! `WbemLocator` and answers from a practice PC's file, so that the program's
//! real Windows code runs whole where Windows itself is missing.
//!
//! It is strict where Windows is strict: unknown columns fail the query,
//! failures of a query arrive while it is enumerated, only a class knows its
//! methods, a refusal is an HRESULT of the call, a deposit wants an elevated
//! process and so does a refresh, what was deposited shows only after one, an
//! object that does not exist is not found, and there are many rows and columns
//! that nobody asked for.
//!
//! A process that this library is loaded into starts others without the patience
//! that was set for it: on Windows the elevated part gets the environment of the
//! account and not that of whoever asks.
//!
//! Told by environment variables:
//! - `HIKYAKU_WMI_DOUBLE`: the practice PC's file.
//! - `HIKYAKU_WMI_DOUBLE_WINDOWS7=1`: there is no `ProductKeyChannel`.
//! - `HIKYAKU_WMI_DOUBLE_HANG=query` or `deposit`: that call never returns; a
//!   file of the same name and `.hangs` says that it was made.
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
        // SAFETY: COM hands over a valid interface id and a place for the
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

/// COM's way in.
///
/// # Safety
/// The pointers must be what COM passes: a class id, an interface id, and a
/// place for the result.
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
    forget_what_was_set();
    let factory: IClassFactory = Factory.into();
    // SAFETY: not null, and COM passes a valid interface id and a place for
    // the result.
    unsafe { factory.query(wanted, object) }
}

/// Takes what a person set for this process alone out of its environment. The
/// program has read it before it asks WMI anything.
fn forget_what_was_set() {
    static FORGOTTEN: Once = Once::new();
    // SAFETY: on Windows the environment may be changed whatever other threads
    // do.
    FORGOTTEN.call_once(|| unsafe { std::env::remove_var("HIKYAKU_PATIENCE") });
}

/// Stays loaded: the process under test ends soon.
#[unsafe(no_mangle)]
pub extern "system" fn DllCanUnloadNow() -> HRESULT {
    S_FALSE
}
