//! Loads libraries only from the system, as a defence against planted DLLs.
//!
//! The program is run from sticks, shares and download folders, where somebody may have
//! planted a DLL beside it, and its elevated process has an administrator's rights.
//! Windows searches the program's folder first for every library that is not a known
//! one (`KnownDLLs`). Therefore:
//!
//! - The exe imports only known libraries; `.ci/windows-exe-check` rejects any other.
//!   The functions that it needs of others are below: the linker substitutes them
//!   (`--wrap`, see `build.rs`), and on the first call they look the real ones up in
//!   System32.
//! - Libraries that are loaded by name later come from System32
//!   ([`load_from_system32_only`]).
//! - Loaders that support it are told the same about imports ([`LoadConfig`]).
#![allow(unsafe_code)] // replaces functions of the system

use ::windows::Win32::System::LibraryLoader::{
    GetProcAddress, LOAD_LIBRARY_SEARCH_SYSTEM32, LoadLibraryExW, SetDefaultDllDirectories,
    SetDllDirectoryW,
};
use ::windows::core::{GUID, HRESULT, PCSTR, PCWSTR, w};
use std::ffi::{CStr, c_void};

/// `ERROR_MOD_NOT_FOUND` as an HRESULT: the result of a function whose library is
/// missing.
pub(super) const MISSING: HRESULT = HRESULT(0x8007_007E_u32.cast_signed());

/// `ERROR_MOD_NOT_FOUND`
const NO_MODULE: u32 = 126;

/// `STATUS_DLL_NOT_FOUND`
const NOT_FOUND: i32 = 0xC000_0135_u32.cast_signed();

/// Makes libraries that are loaded by name come from System32 only: not from the
/// program's folder, the current folder or the path.
pub(super) fn load_from_system32_only() {
    // SAFETY: takes a flag and a constant string. Every supported Windows has both
    // functions; a failure changes nothing.
    unsafe {
        let _ = SetDefaultDllDirectories(LOAD_LIBRARY_SEARCH_SYSTEM32);
        let _ = SetDllDirectoryW(w!(""));
    }
}

/// Looks up a function of a library in System32; `None` if either is missing. The
/// library stays loaded.
pub(super) fn entry(library: PCWSTR, name: &CStr) -> Option<unsafe extern "system" fn() -> isize> {
    // SAFETY: both strings are zero-terminated. The library is part of the system, so
    // its start-up code is trusted.
    unsafe {
        let module = LoadLibraryExW(library, None, LOAD_LIBRARY_SEARCH_SYSTEM32).ok()?;
        GetProcAddress(module, PCSTR(name.as_ptr().cast()))
    }
}

/// Defines functions that replace those of a library; `else` is the result if the
/// library is missing. Also defines `keep`, which makes the linker see them before the
/// crates that call them.
macro_rules! stand_ins {
    ($($library:literal {
        $($name:ident($($arg:ident: $type:ty),*) -> $answer:ty, else $missing:expr;)+
    })+) => {
        $($(
            #[allow(non_snake_case)]
            #[unsafe(export_name = concat!("__wrap_", stringify!($name)))]
            extern "system" fn $name($($arg: $type),*) -> $answer {
                type RealFn = unsafe extern "system" fn($($type),*) -> $answer;
                static FOUND: std::sync::OnceLock<Option<RealFn>> = std::sync::OnceLock::new();
                let found = FOUND.get_or_init(|| {
                    let name = concat!(stringify!($name), "\0");
                    let name = std::ffi::CStr::from_bytes_with_nul(name.as_bytes()).ok()?;
                    let entry = $crate::platform::system_only::entry(::windows::core::w!($library), name)?;
                    // SAFETY: this is the function's type in the Windows headers.
                    Some(unsafe { std::mem::transmute::<unsafe extern "system" fn() -> isize, RealFn>(entry) })
                });
                match found {
                    // SAFETY: the caller's arguments are passed on unchanged.
                    Some(real) => unsafe { real($($arg),*) },
                    None => $missing,
                }
            }
        )+)+

        /// Makes the linker see these functions before the crates that call them.
        pub(super) fn keep() {
            std::hint::black_box([$($($name as *const (),)+)+]);
        }
    };
}
pub(super) use stand_ins;

type Handle = *mut c_void;
type OutPtr = *mut *mut c_void;

/// A placeholder with the size of a `VARIANT`, which is passed by value.
#[repr(C)]
struct RawVariant {
    kind: [u16; 4],
    value: [usize; 2],
}

stand_ins! {
    "bcrypt.dll" {
        BCryptGenRandom(source: Handle, bytes: *mut u8, count: u32, flags: u32) -> i32, else NOT_FOUND;
    }
    "comctl32.dll" {
        SetWindowSubclass(window: Handle, procedure: Handle, id: usize, data: usize) -> i32, else 0;
        RemoveWindowSubclass(window: Handle, procedure: Handle, id: usize) -> i32, else 0;
        DefSubclassProc(window: Handle, message: u32, first: usize, second: isize) -> isize, else 0;
    }
    "dwmapi.dll" {
        DwmEnableBlurBehindWindow(window: Handle, blur: *const c_void) -> HRESULT, else MISSING;
        DwmGetColorizationColor(colour: *mut u32, opaque: *mut i32) -> HRESULT, else MISSING;
        DwmSetWindowAttribute(window: Handle, which: u32, value: *const c_void, size: u32) -> HRESULT, else MISSING;
    }
    "dwrite.dll" {
        DWriteCreateFactory(kind: i32, wanted: *const GUID, made: OutPtr) -> HRESULT, else MISSING;
    }
    "iphlpapi.dll" {
        GetAdaptersAddresses(family: u32, flags: u32, reserved: Handle, addresses: Handle, size: *mut u32) -> u32, else NO_MODULE;
        NotifyIpInterfaceChange(family: u16, callback: Handle, context: *const c_void, initial: u8, made: OutPtr) -> u32, else NO_MODULE;
        CancelMibChangeNotify2(made: Handle) -> u32, else NO_MODULE;
    }
    "propsys.dll" {
        InitVariantFromBooleanArray(values: *const i32, count: u32, made: *mut RawVariant) -> HRESULT, else MISSING;
        InitVariantFromBuffer(values: *const c_void, count: u32, made: *mut RawVariant) -> HRESULT, else MISSING;
        InitVariantFromDoubleArray(values: *const f64, count: u32, made: *mut RawVariant) -> HRESULT, else MISSING;
        InitVariantFromInt16Array(values: *const i16, count: u32, made: *mut RawVariant) -> HRESULT, else MISSING;
        InitVariantFromInt32Array(values: *const i32, count: u32, made: *mut RawVariant) -> HRESULT, else MISSING;
        InitVariantFromStringArray(values: *const PCWSTR, count: u32, made: *mut RawVariant) -> HRESULT, else MISSING;
        PropVariantCompareEx(one: *const c_void, other: *const c_void, unit: i32, flags: i32) -> i32, else 0;
        PropVariantToBSTR(value: *const c_void, made: *mut c_void) -> HRESULT, else MISSING;
        PropVariantToBoolean(value: *const c_void, made: *mut c_void) -> HRESULT, else MISSING;
        PropVariantToDouble(value: *const c_void, made: *mut c_void) -> HRESULT, else MISSING;
        PropVariantToInt16(value: *const c_void, made: *mut c_void) -> HRESULT, else MISSING;
        PropVariantToInt32(value: *const c_void, made: *mut c_void) -> HRESULT, else MISSING;
        PropVariantToInt64(value: *const c_void, made: *mut c_void) -> HRESULT, else MISSING;
        PropVariantToUInt16(value: *const c_void, made: *mut c_void) -> HRESULT, else MISSING;
        PropVariantToUInt32(value: *const c_void, made: *mut c_void) -> HRESULT, else MISSING;
        PropVariantToUInt64(value: *const c_void, made: *mut c_void) -> HRESULT, else MISSING;
        PropVariantToVariant(value: *const c_void, made: *mut c_void) -> HRESULT, else MISSING;
        VariantToBoolean(value: *const c_void, made: *mut c_void) -> HRESULT, else MISSING;
        VariantToDouble(value: *const c_void, made: *mut c_void) -> HRESULT, else MISSING;
        VariantToInt16(value: *const c_void, made: *mut c_void) -> HRESULT, else MISSING;
        VariantToInt32(value: *const c_void, made: *mut c_void) -> HRESULT, else MISSING;
        VariantToInt64(value: *const c_void, made: *mut c_void) -> HRESULT, else MISSING;
        VariantToPropVariant(value: *const c_void, made: *mut c_void) -> HRESULT, else MISSING;
        VariantToUInt16(value: *const c_void, made: *mut c_void) -> HRESULT, else MISSING;
        VariantToUInt32(value: *const c_void, made: *mut c_void) -> HRESULT, else MISSING;
        VariantToUInt64(value: *const c_void, made: *mut c_void) -> HRESULT, else MISSING;
    }
    "uiautomationcore.dll" {
        UiaGetReservedMixedAttributeValue(made: OutPtr) -> HRESULT, else MISSING;
        UiaGetReservedNotSupportedValue(made: OutPtr) -> HRESULT, else MISSING;
        UiaHostProviderFromHwnd(window: Handle, made: OutPtr) -> HRESULT, else MISSING;
        UiaLookupId(kind: i32, id: *const GUID) -> i32, else 0;
        UiaRaiseAutomationEvent(provider: Handle, event: i32) -> HRESULT, else MISSING;
        UiaRaiseAutomationPropertyChangedEvent(provider: Handle, property: i32, before: RawVariant, after: RawVariant) -> HRESULT, else MISSING;
        UiaReturnRawElementProvider(window: Handle, first: usize, second: isize, provider: Handle) -> isize, else 0;
    }
    "userenv.dll" {
        GetUserProfileDirectoryW(token: Handle, folder: *mut u16, size: *mut u32) -> i32, else 0;
    }
    "uxtheme.dll" {
        SetWindowTheme(window: Handle, theme: PCWSTR, classes: PCWSTR) -> HRESULT, else MISSING;
    }
    "winmm.dll" {
        PlaySoundW(sound: PCWSTR, module: Handle, flags: u32) -> i32, else 0;
    }
}

/// `IMAGE_LOAD_CONFIG_DIRECTORY64` as before Control Flow Guard: what an image tells
/// the loader.
#[cfg(all(target_env = "gnu", target_pointer_width = "64"))]
#[repr(C)]
struct LoadConfig {
    size: u32,
    /// The unused time stamp, by which `.ci/windows-finish` finds the structure.
    mark: [u8; 4],
    version: u32,
    global_flags: [u32; 2],
    critical_section_timeout: u32,
    memory: [u64; 6],
    process_heap_flags: u32,
    csd_version: u16,
    /// Where the loader may search for imported libraries.
    dependent_load_flags: u16,
    edit_list: u64,
    security_cookie: u64,
    handlers: [u64; 2],
}

/// Entered into the exe's directories by linkers that know this name (GNU ld from 2.41,
/// LLD), otherwise by `.ci/windows-finish`.
#[cfg(all(target_env = "gnu", target_pointer_width = "64"))]
#[allow(non_upper_case_globals)]
#[unsafe(no_mangle)]
static _load_config_used: LoadConfig = LoadConfig {
    size: size_of::<LoadConfig>() as u32,
    mark: *b"HKYK",
    version: 0,
    global_flags: [0; 2],
    critical_section_timeout: 0,
    memory: [0; 6],
    process_heap_flags: 0,
    csd_version: 0,
    dependent_load_flags: LOAD_LIBRARY_SEARCH_SYSTEM32.0 as u16,
    edit_list: 0,
    security_cookie: 0,
    handlers: [0; 2],
};

/// Keeps the structure in the exe, although no code reads it.
pub(super) fn keep_load_config() {
    #[cfg(all(target_env = "gnu", target_pointer_width = "64"))]
    std::hint::black_box(&raw const _load_config_used);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_found_in_the_system_and_nowhere_else() {
        assert!(entry(w!("kernel32.dll"), c"GetTickCount").is_some());
        assert!(entry(w!("kernel32.dll"), c"HikyakuNoSuchFunction").is_none());
        assert!(entry(w!("hikyaku-no-such-library.dll"), c"GetTickCount").is_none());
    }

    #[test]
    fn a_stand_in_passes_on_what_it_is_given() {
        let mut bytes = [0; 64];
        // BCRYPT_USE_SYSTEM_PREFERRED_RNG
        let answer = BCryptGenRandom(std::ptr::null_mut(), bytes.as_mut_ptr(), 64, 2);
        assert_eq!(answer, 0);
        assert_ne!(bytes, [0; 64]);
    }

    #[cfg(all(target_env = "gnu", target_pointer_width = "64"))]
    #[test]
    fn the_load_configuration_is_laid_out_as_windows_reads_it() {
        assert_eq!(size_of::<LoadConfig>(), 0x70);
        assert_eq!(std::mem::offset_of!(LoadConfig, dependent_load_flags), 0x4E);
        assert_eq!(std::mem::offset_of!(LoadConfig, security_cookie), 0x58);
    }
}
