//! Displays without a refresh rate.
//!
//! Windows reports 0 or 1 hertz for "the display's default": on the Basic Display
//! Adapter of a freshly installed PC, in virtual machines and remote sessions. The
//! window's toolkit takes that literally: it divides by 0, or draws one frame per
//! second. So the exe is linked with `--wrap=EnumDisplaySettingsExW` (see `build.rs`):
//! the toolkit calls the function below, which returns a realistic rate.
#![allow(unsafe_code)] // replaces a function of the system

use ::windows::Win32::Graphics::Gdi::{DEVMODEW, ENUM_DISPLAY_SETTINGS_MODE, EnumDisplaySettingsW};
use ::windows::core::{BOOL, PCWSTR};

/// Rate assumed for such a display, in hertz.
const DEFAULT_RATE: u32 = 60;

type EnumDisplaySettingsExFn = extern "system" fn(PCWSTR, u32, *mut DEVMODEW, u32) -> BOOL;

/// The symbol that the linker substitutes for `EnumDisplaySettingsExW`.
///
/// That function differs from `EnumDisplaySettingsW` only by its flags, which the
/// toolkit does not use.
#[unsafe(no_mangle)]
extern "system" fn __wrap_EnumDisplaySettingsExW(
    device: PCWSTR,
    mode: u32,
    settings: *mut DEVMODEW,
    _flags: u32,
) -> BOOL {
    // SAFETY: the caller's arguments are passed on unchanged, and both functions
    // require the same of them.
    let known = unsafe { EnumDisplaySettingsW(device, ENUM_DISPLAY_SETTINGS_MODE(mode), settings) };
    if known.as_bool() {
        // SAFETY: the call succeeded, so it has filled in this structure.
        let settings = unsafe { &mut *settings };
        if settings.dmDisplayFrequency <= 1 {
            settings.dmDisplayFrequency = DEFAULT_RATE;
        }
    }
    known
}

/// Makes the linker see the function before the toolkit that calls it.
pub(super) fn keep() {
    let function: EnumDisplaySettingsExFn = __wrap_EnumDisplaySettingsExW;
    std::hint::black_box(function);
}
