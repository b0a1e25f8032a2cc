//! Differences between operating systems: sound, input method, console, clock.
//!
//! The functions matter on Windows. Elsewhere they do nothing, so that callers need no
//! `cfg`.

pub mod clock;
#[cfg(all(windows, feature = "camera"))]
mod media_foundation;
#[cfg(windows)]
mod refresh_rate;
#[cfg(windows)]
mod system_only;
// Pure and used on Windows only; tests run it everywhere.
#[cfg(any(windows, test))]
mod tones;
#[cfg(windows)]
mod windows;

#[cfg(windows)]
use self::windows as system;

/// What a sound means to a person who looks at the phone rather than the PC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Chime {
    /// A product was activated.
    Done,
    /// A reply is not for this PC.
    NotHere,
    /// The licence store refused.
    Refused,
}

/// Starts playing a short sound; silent without a sound device.
pub fn chime(kind: Chime) {
    #[cfg(windows)]
    system::chime(kind);
    #[cfg(not(windows))]
    let _ = kind;
}

/// Switches the input method off for the focused window, so that digits from a scanner
/// do not end up in a conversion.
///
/// Call it on the window's thread after the field got the focus. It lasts until the
/// toolkit or [`ime_on_for_focused_window`] switches the input method on again.
pub fn ime_off_for_focused_window() {
    #[cfg(windows)]
    system::ime_for_focused_window(false);
}

/// Switches the input method on again for the focused window.
pub fn ime_on_for_focused_window() {
    #[cfg(windows)]
    system::ime_for_focused_window(true);
}

/// Whether the program was started from the desktop (double click, shortcut, Run box)
/// rather than from a shell: it has no console, or one of its own, and no redirected
/// stream. Always false on other systems than Windows.
pub fn started_by_double_click() -> bool {
    #[cfg(windows)]
    {
        system::started_by_double_click()
    }
    #[cfg(not(windows))]
    {
        false
    }
}

/// Closes the console that the system opened for a program started by double click.
/// Does nothing in a shared console.
pub fn leave_own_console() {
    #[cfg(windows)]
    if started_by_double_click() {
        system::leave_console();
    }
}

/// Prepares the process; must run before anything else. Libraries load only from the
/// system, COM works on every thread, consoles understand escape sequences (except old
/// ones), and displays without a refresh rate get one.
pub fn prepare() {
    #[cfg(windows)]
    {
        system_only::load_from_system32_only();
        system_only::keep();
        system_only::keep_load_config();
        #[cfg(feature = "camera")]
        media_foundation::keep_all();
        refresh_rate::keep();
        system::prepare_com();
        system::enable_escape_sequences();
    }
}
