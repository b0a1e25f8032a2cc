//! Displays that do not know their refresh rate.
//!
//! Windows says 0 or 1 hertz for "the display's own default": so do the Basic
//! Display Adapter of a freshly installed PC, virtual machines and remote
//! sessions. The window's toolkit takes that for a number: it divides by the 0,
//! and draws one picture a second for the 1. So the exe is linked with
//! `--wrap=EnumDisplaySettingsExW` (see `build.rs`): the toolkit's question
//! comes here, and the answer has a rate that a display can have.
#![allow(unsafe_code)] // stands in for a function of the system

use ::windows::Win32::Graphics::Gdi::{DEVMODEW, ENUM_DISPLAY_SETTINGS_MODE, EnumDisplaySettingsW};
use ::windows::core::{BOOL, PCWSTR};

/// Hertz of a display that does not say.
const USUAL: u32 = 60;

type EnumDisplaySettingsExFn = extern "system" fn(PCWSTR, u32, *mut DEVMODEW, u32) -> BOOL;

/// The symbol that the linker puts in the place of `EnumDisplaySettingsExW`.
///
/// The flags, of which the toolkit sets none, are what that function has more
/// than `EnumDisplaySettingsW`.
#[unsafe(no_mangle)]
extern "system" fn __wrap_EnumDisplaySettingsExW(
    device: PCWSTR,
    mode: u32,
    settings: *mut DEVMODEW,
    _flags: u32,
) -> BOOL {
    // SAFETY: the arguments are the caller's, passed on as they are; both
    // functions ask the same of them.
    let known = unsafe { EnumDisplaySettingsW(device, ENUM_DISPLAY_SETTINGS_MODE(mode), settings) };
    if known.as_bool() {
        // SAFETY: the call succeeded, so this is a structure that it filled in.
        let settings = unsafe { &mut *settings };
        if settings.dmDisplayFrequency <= 1 {
            settings.dmDisplayFrequency = USUAL;
        }
    }
    known
}

/// Makes the linker meet the function before the toolkit that asks for it.
pub(super) fn keep() {
    let question: EnumDisplaySettingsExFn = __wrap_EnumDisplaySettingsExW;
    std::hint::black_box(question);
}
