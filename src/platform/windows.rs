//! Windows' ways, by its own functions.
#![allow(unsafe_code)] // the only road to them; every call is justified

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

/// The sounds, made once and kept: Windows reads them while it plays.
static DONE: LazyLock<Vec<u8>> = LazyLock::new(|| tones::wav(Chime::Done));
static NOT_HERE: LazyLock<Vec<u8>> = LazyLock::new(|| tones::wav(Chime::NotHere));
static REFUSED: LazyLock<Vec<u8>> = LazyLock::new(|| tones::wav(Chime::Refused));

pub(super) fn chime(kind: Chime) {
    let (wav, beep) = match kind {
        Chime::Done => (&*DONE, MB_ICONINFORMATION),
        Chime::NotHere => (&*NOT_HERE, MB_ICONWARNING),
        Chime::Refused => (&*REFUSED, MB_ICONERROR),
    };
    // SAFETY: with SND_MEMORY the first argument is the address of a WAV file.
    // It must stay while the sound plays: it belongs to a static that is never
    // dropped or changed. The header that `tones` writes bounds what is read.
    let played = unsafe {
        PlaySoundW(
            PCWSTR(wav.as_ptr().cast()),
            None,
            SND_MEMORY | SND_ASYNC | SND_NODEFAULT,
        )
    };
    if !played.as_bool() {
        // SAFETY: takes a number, gives back whether it was heard.
        let _ = unsafe { MessageBeep(beep) };
    }
}

pub(super) fn ime_for_focused_window(on: bool) {
    // SAFETY: no arguments; a window of this very thread, or null.
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
    // SAFETY: the system writes at most as many numbers as the slice holds and
    // returns how many there are; 0 without a console.
    let sharers = unsafe { GetConsoleProcessList(&mut processes) };
    sharers <= 1
        && ![STD_INPUT_HANDLE, STD_OUTPUT_HANDLE, STD_ERROR_HANDLE]
            .into_iter()
            .any(is_redirected)
}

/// Whether a standard stream is a file or a pipe: somebody waits for it.
fn is_redirected(stream: STD_HANDLE) -> bool {
    standard_handle(stream).is_some_and(|handle| {
        // SAFETY: only asks what kind of handle it is; a stale one is an
        // unknown kind.
        let kind = unsafe { GetFileType(handle) };
        kind == FILE_TYPE_DISK || kind == FILE_TYPE_PIPE
    })
}

fn standard_handle(stream: STD_HANDLE) -> Option<HANDLE> {
    // SAFETY: takes a number; the handle stays the process's own.
    let handle = unsafe { GetStdHandle(stream) }.ok()?;
    (!handle.is_invalid() && !handle.0.is_null()).then_some(handle)
}

pub(super) fn leave_console() {
    // SAFETY: no arguments. Streams of the console fail from here on, which
    // std takes for closed ones.
    let _ = unsafe { FreeConsole() };
}

pub(super) fn enable_escape_sequences() {
    for stream in [STD_OUTPUT_HANDLE, STD_ERROR_HANDLE] {
        let Some(handle) = standard_handle(stream) else {
            continue;
        };
        let mut mode = CONSOLE_MODE::default();
        // SAFETY: the handle is this process's own and the mode is a local; a
        // handle that is no console is answered with an error.
        unsafe {
            if GetConsoleMode(handle, &raw mut mode).is_ok() {
                let _ = SetConsoleMode(handle, mode | ENABLE_VIRTUAL_TERMINAL_PROCESSING);
            }
        }
    }
}

/// COM for the life of the process: threads that initialise nothing are in the
/// multithreaded apartment, and calls are secured as WMI asks for. Only the
/// first word about security counts, and Windows' own libraries have one, too:
/// so it is said before any of them is used.
pub(super) fn prepare_com() {
    // SAFETY: no pointers go in but null ones; the cookie that comes back is
    // needed only to undo it. Failures leave things as they were, and whoever
    // uses COM learns of them.
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
