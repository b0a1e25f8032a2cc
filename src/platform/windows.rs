//! The Windows implementations.
#![allow(unsafe_code)] // Win32 calls, each with its justification

use super::{Chime, tones};
use ::windows::Win32::Foundation::HANDLE;
use ::windows::Win32::Media::Audio::{PlaySoundW, SND_ASYNC, SND_MEMORY, SND_NODEFAULT};
use ::windows::Win32::Storage::FileSystem::{FILE_TYPE_DISK, FILE_TYPE_PIPE, GetFileType};
use ::windows::Win32::System::Com::{
    CoIncrementMTAUsage, CoInitializeSecurity, EOAC_NONE, RPC_C_AUTHN_LEVEL_DEFAULT,
    RPC_C_IMP_LEVEL_IMPERSONATE,
};
use ::windows::Win32::System::Console::{
    CONSOLE_MODE, ENABLE_VIRTUAL_TERMINAL_PROCESSING, FreeConsole, GetConsoleMode,
    GetConsoleProcessList, GetStdHandle, STD_ERROR_HANDLE, STD_HANDLE, STD_INPUT_HANDLE,
    STD_OUTPUT_HANDLE, SetConsoleMode,
};
use ::windows::Win32::System::Diagnostics::Debug::MessageBeep;
use ::windows::Win32::UI::Input::Ime::{
    HIMC, IACE_DEFAULT, ImmAssociateContext, ImmAssociateContextEx,
};
use ::windows::Win32::UI::Input::KeyboardAndMouse::GetFocus;
use ::windows::Win32::UI::WindowsAndMessaging::{MB_ICONERROR, MB_ICONINFORMATION, MB_ICONWARNING};
use ::windows::core::PCWSTR;
use std::sync::LazyLock;

/// The sounds, kept because Windows reads them while playing.
static DONE: LazyLock<Vec<u8>> = LazyLock::new(|| tones::wav(Chime::Done));
static NOT_HERE: LazyLock<Vec<u8>> = LazyLock::new(|| tones::wav(Chime::NotHere));
static REFUSED: LazyLock<Vec<u8>> = LazyLock::new(|| tones::wav(Chime::Refused));

pub(super) fn chime(kind: Chime) {
    let (wav, beep) = match kind {
        Chime::Done => (&*DONE, MB_ICONINFORMATION),
        Chime::NotHere => (&*NOT_HERE, MB_ICONWARNING),
        Chime::Refused => (&*REFUSED, MB_ICONERROR),
    };
    // SAFETY: with SND_MEMORY, the first argument is the address of a WAV file that
    // must stay valid while the sound plays: it belongs to a static that is never
    // dropped or changed. Its header limits what is read.
    let played = unsafe {
        PlaySoundW(
            PCWSTR(wav.as_ptr().cast()),
            None,
            SND_MEMORY | SND_ASYNC | SND_NODEFAULT,
        )
    };
    if !played.as_bool() {
        // SAFETY: takes a number.
        let _ = unsafe { MessageBeep(beep) };
    }
}

pub(super) fn ime_for_focused_window(on: bool) {
    // SAFETY: no arguments; returns a window of this thread, or null.
    let window = unsafe { GetFocus() };
    if window.is_invalid() {
        return;
    }
    // SAFETY: the window belongs to this thread, so it cannot vanish between
    // the calls. Associating no context switches the input method off; the
    // default context belongs to the system and is not destroyed by that.
    unsafe {
        if on {
            let _ = ImmAssociateContextEx(window, HIMC::default(), IACE_DEFAULT);
        } else {
            ImmAssociateContext(window, HIMC::default());
        }
    }
}

pub(super) fn started_by_double_click() -> bool {
    let mut processes = [0; 2];
    // SAFETY: the system writes at most as many numbers as the slice holds, and
    // returns how many there are; 0 without a console.
    let sharers = unsafe { GetConsoleProcessList(&mut processes) };
    sharers <= 1
        && ![STD_INPUT_HANDLE, STD_OUTPUT_HANDLE, STD_ERROR_HANDLE]
            .into_iter()
            .any(is_redirected)
}

/// Whether a standard stream is a file or a pipe, which somebody reads or writes.
fn is_redirected(stream: STD_HANDLE) -> bool {
    standard_handle(stream).is_some_and(|handle| {
        // SAFETY: only queries the type of the handle; a stale one has an unknown
        // type.
        let kind = unsafe { GetFileType(handle) };
        kind == FILE_TYPE_DISK || kind == FILE_TYPE_PIPE
    })
}

fn standard_handle(stream: STD_HANDLE) -> Option<HANDLE> {
    // SAFETY: takes a number; the process keeps owning the handle.
    let handle = unsafe { GetStdHandle(stream) }.ok()?;
    (!handle.is_invalid() && !handle.0.is_null()).then_some(handle)
}

pub(super) fn leave_console() {
    // SAFETY: no arguments. The console's streams fail from here on, which std
    // treats as closed.
    let _ = unsafe { FreeConsole() };
}

pub(super) fn enable_escape_sequences() {
    for stream in [STD_OUTPUT_HANDLE, STD_ERROR_HANDLE] {
        let Some(handle) = standard_handle(stream) else {
            continue;
        };
        let mut mode = CONSOLE_MODE::default();
        // SAFETY: the handle belongs to this process and the mode is a local; a
        // handle that is not a console results in an error.
        unsafe {
            if GetConsoleMode(handle, &raw mut mode).is_ok() {
                let _ = SetConsoleMode(handle, mode | ENABLE_VIRTUAL_TERMINAL_PROCESSING);
            }
        }
    }
}

/// Initialises COM for the life of the process: threads that do not initialise it
/// themselves are in the multithreaded apartment (MTA), and calls have the security
/// that WMI requires. Security can be set only once, and Windows' own libraries set it,
/// too, so this must come first.
pub(super) fn prepare_com() {
    // SAFETY: all pointers are null; the returned cookie is needed only to undo the
    // call. A failure changes nothing, and users of COM notice it.
    unsafe {
        let _ = CoIncrementMTAUsage();
        let _ = CoInitializeSecurity(
            None,
            -1,
            None,
            None,
            RPC_C_AUTHN_LEVEL_DEFAULT,
            RPC_C_IMP_LEVEL_IMPERSONATE,
            None,
            EOAC_NONE,
            None,
        );
    }
}
