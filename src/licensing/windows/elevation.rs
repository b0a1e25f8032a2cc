//! Administrator rights for one deposit: the program starts itself again,
//! elevated, and Windows asks the person.
#![allow(unsafe_code)] // Win32 calls, each with its justification

use crate::licensing::StoreError;
use crate::licensing::elevated_deposit::elevation_error;
use ::windows::Win32::Foundation::{CloseHandle, GENERIC_READ, HANDLE, HWND, WAIT_OBJECT_0};
use ::windows::Win32::Security::{
    GetTokenInformation, TOKEN_ELEVATION, TOKEN_QUERY, TokenElevation,
};
use ::windows::Win32::Storage::FileSystem::{
    CreateFileW, FILE_ATTRIBUTE_NORMAL, FILE_SHARE_READ, OPEN_EXISTING,
};
use ::windows::Win32::System::Com::{
    COINIT_APARTMENTTHREADED, COINIT_DISABLE_OLE1DDE, CoInitializeEx, CoUninitialize,
};
use ::windows::Win32::System::Console::GetConsoleWindow;
use ::windows::Win32::System::Threading::{
    GetCurrentProcess, GetCurrentProcessId, GetExitCodeProcess, OpenProcessToken,
    WaitForSingleObject,
};
use ::windows::Win32::UI::Shell::{
    SEE_MASK_FLAG_NO_UI, SEE_MASK_NOASYNC, SEE_MASK_NOCLOSEPROCESS, SEE_MASK_NOZONECHECKS,
    SHELLEXECUTEINFOW, ShellExecuteExW,
};
use ::windows::Win32::UI::WindowsAndMessaging::{
    GetForegroundWindow, GetWindowThreadProcessId, SW_HIDE,
};
use ::windows::core::{HSTRING, PCWSTR, w};
use std::thread;
use std::time::Duration;

/// A handle that is closed on drop.
struct OwnedHandle(HANDLE);

impl Drop for OwnedHandle {
    fn drop(&mut self) {
        // SAFETY: this is the only owner of the handle, and only this closes it.
        let _ = unsafe { CloseHandle(self.0) };
    }
}

/// Whether this process runs elevated. If Windows does not say, `false`: then it
/// is asked for elevation.
pub(super) fn is_elevated() -> bool {
    let mut token = HANDLE::default();
    // SAFETY: the pseudo handle of this process is always valid; the token is
    // written into a local and owned from there.
    let opened = unsafe { OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &raw mut token) };
    if opened.is_err() {
        return false;
    }
    let token = OwnedHandle(token);
    let mut elevation = TOKEN_ELEVATION::default();
    let mut length = 0;
    // SAFETY: the buffer is a local of the type that this information class
    // requires, and its size is passed.
    let asked = unsafe {
        GetTokenInformation(
            token.0,
            TokenElevation,
            Some((&raw mut elevation).cast()),
            size_of::<TOKEN_ELEVATION>() as u32,
            &raw mut length,
        )
    };
    asked.is_ok() && elevation.TokenIsElevated != 0
}

/// Starts this program again with these arguments, elevated and without a window,
/// waits for it to end, and returns its exit code.
///
/// `limit` counts from when the person has consented. Meanwhile nobody can
/// replace the program's file.
///
/// # Errors
/// [`StoreError::ElevationDeclined`], [`StoreError::ElevationForbidden`],
/// [`StoreError::ElevationUnsigned`], [`StoreError::ElevationProgramGone`] or
/// [`StoreError::ElevationFailed`] if it did not start;
/// [`StoreError::NoAnswer`] if it did not end in time.
pub(super) fn run_elevated(arguments: &[String], limit: Duration) -> Result<u32, StoreError> {
    let program = std::env::current_exe().map_err(|error| failed(&error))?;
    let program = HSTRING::from(program.as_os_str());
    let _held = lock_program_file(&program)?;
    // Only letters, digits and hyphens (see `ElevatedDeposit`): nothing to quote.
    let parameters = HSTRING::from(arguments.join(" "));
    let owner = SendHandle(owner_window().0 as usize);
    // The shell needs a thread in a single-threaded apartment (STA), and the
    // caller's thread may already be in the multithreaded one.
    let process = thread::Builder::new()
        .name("elevation".to_owned())
        .spawn(move || start(&program, &parameters, owner))
        .map_err(|error| failed(&error))?
        .join()
        .unwrap_or_else(|_| Err(elevation_error(0, "")))?;
    let process = OwnedHandle(process.handle());
    let milliseconds = u32::try_from(limit.as_millis()).unwrap_or(u32::MAX - 1);
    // SAFETY: the process handle is owned here and open until this function
    // returns.
    if unsafe { WaitForSingleObject(process.0, milliseconds) } != WAIT_OBJECT_0 {
        return Err(StoreError::NoAnswer {
            seconds: limit.as_secs(),
        });
    }
    let mut code = 0;
    // SAFETY: as above; the code is written into a local.
    unsafe { GetExitCodeProcess(process.0, &raw mut code) }
        .map_err(|error| elevation_error(win32(&error), &error.message()))?;
    Ok(code)
}

/// Locks the program's file: until the handle is closed, the file can be read and
/// started, but not written, renamed or deleted, and its folders cannot be
/// renamed.
fn lock_program_file(program: &HSTRING) -> Result<OwnedHandle, StoreError> {
    // SAFETY: the path is zero-terminated and outlives the call; the returned
    // handle is owned from here.
    unsafe {
        CreateFileW(
            PCWSTR(program.as_ptr()),
            GENERIC_READ.0,
            FILE_SHARE_READ,
            None,
            OPEN_EXISTING,
            FILE_ATTRIBUTE_NORMAL,
            None,
        )
    }
    .map(OwnedHandle)
    .map_err(|error| elevation_error(win32(&error), &error.message()))
}

/// A handle as a number, which is `Send`: window and process handles are valid on
/// every thread, but their type is a raw pointer.
#[derive(Clone, Copy)]
struct SendHandle(usize);

impl SendHandle {
    fn handle(self) -> HANDLE {
        HANDLE(self.0 as *mut _)
    }
}

fn start(
    program: &HSTRING,
    parameters: &HSTRING,
    owner: SendHandle,
) -> Result<SendHandle, StoreError> {
    // SAFETY: this thread is new and ends with this call; COM is uninitialised
    // below on every path.
    let com_initialized =
        unsafe { CoInitializeEx(None, COINIT_APARTMENTTHREADED | COINIT_DISABLE_OLE1DDE) };
    let mut info = SHELLEXECUTEINFOW {
        cbSize: size_of::<SHELLEXECUTEINFOW>() as u32,
        // No zone checks: the person was asked about a downloaded file when the
        // program started, and must not be asked twice.
        fMask: SEE_MASK_NOCLOSEPROCESS
            | SEE_MASK_NOASYNC
            | SEE_MASK_NOZONECHECKS
            | SEE_MASK_FLAG_NO_UI,
        hwnd: HWND(owner.0 as *mut _),
        lpVerb: w!("runas"),
        lpFile: PCWSTR(program.as_ptr()),
        lpParameters: PCWSTR(parameters.as_ptr()),
        nShow: SW_HIDE.0,
        ..Default::default()
    };
    // SAFETY: the structure states its size; its strings are zero-terminated and
    // outlive the call.
    let started = unsafe { ShellExecuteExW(&raw mut info) };
    if com_initialized.is_ok() {
        // SAFETY: balances the initialisation above, on the same thread.
        unsafe { CoUninitialize() };
    }
    started.map_err(|error| elevation_error(win32(&error), &error.message()))?;
    if info.hProcess.is_invalid() || info.hProcess.0.is_null() {
        return Err(elevation_error(0, ""));
    }
    Ok(SendHandle(info.hProcess.0 as usize))
}

/// The owner window for the consent prompt, so that the prompt comes to the front
/// instead of blinking in the task bar.
fn owner_window() -> HWND {
    // SAFETY: no arguments; a window or null.
    let front = unsafe { GetForegroundWindow() };
    let mut process = 0;
    // SAFETY: a stale or null window yields no process; the number is written
    // into a local.
    unsafe { GetWindowThreadProcessId(front, Some(&raw mut process)) };
    // SAFETY: no arguments.
    if process == unsafe { GetCurrentProcessId() } {
        front
    } else {
        // SAFETY: no arguments; null without a console.
        unsafe { GetConsoleWindow() }
    }
}

/// The Win32 error code of an error from the `windows` crate.
fn win32(error: &::windows::core::Error) -> u32 {
    let code = error.code().0 as u32;
    if code & 0xFFFF_0000 == 0x8007_0000 {
        code & 0xFFFF
    } else {
        code
    }
}

fn failed(error: &std::io::Error) -> StoreError {
    elevation_error(
        error.raw_os_error().unwrap_or_default() as u32,
        &error.to_string(),
    )
}
