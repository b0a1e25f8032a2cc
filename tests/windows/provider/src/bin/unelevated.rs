//! Starts a program without administrator rights, with the limited token that Windows
//! uses for an administrator by default. Waits, and ends with the program's exit code.
//!
//! usage: unelevated PROGRAM [ARGUMENT ...]

#[cfg(windows)]
fn main() {
    match windows_only::run(&std::env::args().skip(1).collect::<Vec<_>>()) {
        Ok(code) => std::process::exit(code.cast_signed()),
        Err(error) => {
            eprintln!("unelevated: {error}");
            std::process::exit(125);
        }
    }
}

#[cfg(not(windows))]
fn main() {
    eprintln!("unelevated: needs Windows");
    std::process::exit(125);
}

#[cfg(windows)]
mod windows_only {
    use windows::Win32::Foundation::{CloseHandle, HANDLE, WAIT_OBJECT_0};
    use windows::Win32::Security::{
        DuplicateTokenEx, GetTokenInformation, SecurityImpersonation, TOKEN_ALL_ACCESS,
        TOKEN_LINKED_TOKEN, TokenLinkedToken, TokenPrimary,
    };
    use windows::Win32::System::Threading::{
        CreateProcessAsUserW, GetCurrentProcess, GetExitCodeProcess, INFINITE, OpenProcessToken,
        PROCESS_CREATION_FLAGS, PROCESS_INFORMATION, STARTUPINFOW, WaitForSingleObject,
    };
    use windows::core::{Error, HSTRING, PWSTR, Result};

    pub(super) fn run(words: &[String]) -> Result<u32> {
        // Test arguments contain neither quotes nor trailing backslashes.
        let line: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
        let mut line = HSTRING::from(line.join(" ")).to_vec();
        line.push(0);
        let startup = STARTUPINFOW {
            cb: size_of::<STARTUPINFOW>() as u32,
            ..Default::default()
        };
        let mut process = PROCESS_INFORMATION::default();
        let mut code = 0;
        // SAFETY: every pointer is to a local of the required type, sizes are passed,
        // the command line is zero-terminated and writable, and each handle is closed
        // once.
        unsafe {
            let mut own = HANDLE::default();
            OpenProcessToken(GetCurrentProcess(), TOKEN_ALL_ACCESS, &raw mut own)?;
            let mut linked = TOKEN_LINKED_TOKEN::default();
            let mut length = 0;
            GetTokenInformation(
                own,
                TokenLinkedToken,
                Some((&raw mut linked).cast()),
                size_of::<TOKEN_LINKED_TOKEN>() as u32,
                &raw mut length,
            )?;
            let mut limited = HANDLE::default();
            DuplicateTokenEx(
                linked.LinkedToken,
                TOKEN_ALL_ACCESS,
                None,
                SecurityImpersonation,
                TokenPrimary,
                &raw mut limited,
            )?;
            CreateProcessAsUserW(
                Some(limited),
                None,
                Some(PWSTR(line.as_mut_ptr())),
                None,
                None,
                true,
                PROCESS_CREATION_FLAGS::default(),
                None,
                None,
                &raw const startup,
                &raw mut process,
            )?;
            if WaitForSingleObject(process.hProcess, INFINITE) != WAIT_OBJECT_0 {
                return Err(Error::from_thread());
            }
            GetExitCodeProcess(process.hProcess, &raw mut code)?;
            for handle in [
                own,
                linked.LinkedToken,
                limited,
                process.hProcess,
                process.hThread,
            ] {
                let _ = CloseHandle(handle);
            }
        }
        Ok(code)
    }
}
