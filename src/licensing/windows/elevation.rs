//! Administrator rights for one act: the program starts itself once more, and
//! Windows asks the person.
#![allow(unsafe_code)] // the only road to it; every call is justified

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

/// A handle that is closed when it goes.
struct OwnedHandle(HANDLE);

impl Drop for OwnedHandle {
    fn drop(&mut self) {
        // SAFETY: the handle was opened for this owner alone, and is closed
        // here and nowhere else.
        let _ = unsafe { CloseHandle(self.0) };
    }
}

/// Whether this process has an administrator's full rights. Where Windows does
/// not say: no, and it will be asked for them.
pub(super) fn is_elevated() -> bool {
    let mut token = HANDLE::default();
    // SAFETY: the pseudo handle of this process is always valid; the token is
    // written into a local, and owned from there.
    let opened = unsafe { OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &raw mut token) };
    if opened.is_err() {
        return false;
    }
    let token = OwnedHandle(token);
    let mut elevation = TOKEN_ELEVATION::default();
    let mut length = 0;
    // SAFETY: the buffer is a local of exactly the type that this class of
    // information has, and its size is given.
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

/// Starts this program once more with these arguments, elevated and without a
/// window, waits for its end, and returns its exit code.
///
/// Windows asks the person, who may take their time; `limit` is for what comes
/// after. Meanwhile nobody can lay another program into the place of this one.
///
/// # Errors
/// [`StoreError::ElevationDeclined`], [`StoreError::ElevationForbidden`],
/// [`StoreError::ElevationUnsigned`], [`StoreError::ElevationProgramGone`] or
/// [`StoreError::ElevationFailed`] where it did not start;
/// [`StoreError::NoAnswer`] where it did not end.
pub(super) fn run_elevated(arguments: &[String], limit: Duration) -> Result<u32, StoreError> {
    let program = std::env::current_exe().map_err(|error| failed(&error))?;
    let program = HSTRING::from(program.as_os_str());
    let _held = lock_program_file(&program)?;
    // Digits, letters and hyphens only (see `ElevatedDeposit`): nothing to quote.
    let parameters = HSTRING::from(arguments.join(" "));
    let owner = SendHandle(owner_window().0 as usize);
    // The shell wants a thread in a single-threaded apartment, and the
    // caller's may be in the other kind already.
    let process = thread::Builder::new()
        .name("elevation".to_owned())
        .spawn(move || start(&program, &parameters, owner))
        .map_err(|error| failed(&error))?
        .join()
        .unwrap_or_else(|_| Err(elevation_error(0, "")))?;
    let process = OwnedHandle(process.handle());
    let milliseconds = u32::try_from(limit.as_millis()).unwrap_or(u32::MAX - 1);
    // SAFETY: the process handle is owned here and open until this returns.
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

/// Keeps the program's file as it is: until the handle is closed it can be read
/// and started, but not written, renamed or deleted, and its folders cannot be
/// renamed.
fn lock_program_file(program: &HSTRING) -> Result<OwnedHandle, StoreError> {
    // SAFETY: the text ends with a zero and outlives the call; the handle that
    // comes back is owned from here.
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

/// A handle as the number that it is: handles of windows and processes may go
/// from thread to thread, raw pointers may not.
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
    // SAFETY: this thread is new and ends with this call; initialised here,
    // uninitialised below, whatever happened between.
    let com_initialized =
        unsafe { CoInitializeEx(None, COINIT_APARTMENTTHREADED | COINIT_DISABLE_OLE1DDE) };
    let mut info = SHELLEXECUTEINFOW {
        cbSize: size_of::<SHELLEXECUTEINFOW>() as u32,
        // No zone checks: whoever downloaded the program was asked about that
        // when it started, and would now be asked twice.
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
    // SAFETY: the structure says its own size; its texts end with a zero and
    // outlive the call.
    let started = unsafe { ShellExecuteExW(&raw mut info) };
    if com_initialized.is_ok() {
        // SAFETY: pairs with the initialisation above, on the same thread.
        unsafe { CoUninitialize() };
    }
    started.map_err(|error| elevation_error(win32(&error), &error.message()))?;
    if info.hProcess.is_invalid() || info.hProcess.0.is_null() {
        return Err(elevation_error(0, ""));
    }
    Ok(SendHandle(info.hProcess.0 as usize))
}

/// The window that Windows' question belongs to, so that it comes to the front
/// instead of blinking in the task bar.
fn owner_window() -> HWND {
    // SAFETY: no arguments; a window or null.
    let front = unsafe { GetForegroundWindow() };
    let mut process = 0;
    // SAFETY: a window that is gone or null yields no process; the number is
    // written into a local.
    unsafe { GetWindowThreadProcessId(front, Some(&raw mut process)) };
    // SAFETY: no arguments.
    if process == unsafe { GetCurrentProcessId() } {
        front
    } else {
        // SAFETY: no arguments; null without a console.
        unsafe { GetConsoleWindow() }
    }
}

/// The Win32 error in a failure of this crate's bindings.
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
