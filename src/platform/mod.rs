//! What the operating system does differently: sound, input method, console,
//! clock.
//!
//! Windows is where the program is used, so the work is done there; elsewhere
//! these functions do nothing, and callers need no `cfg` of their own.

pub mod clock;
#[cfg(all(windows, feature = "camera"))]
mod media_foundation;
#[cfg(windows)]
mod refresh_rate;
#[cfg(windows)]
mod system_only;
// Pure, and needed on Windows only: elsewhere it exists to be tested.
#[cfg(any(windows, test))]
mod tones;
#[cfg(windows)]
mod windows;

#[cfg(windows)]
use self::windows as system;

/// What a sound says to a person who looks at the phone and not at the PC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Chime {
    /// A product got activated.
    Done,
    /// A reply was read that is not for this PC.
    NotHere,
    /// The licence store refused.
    Refused,
}

/// Plays a short sound and returns at once; silent where there is no sound
/// device.
pub fn chime(kind: Chime) {
    #[cfg(windows)]
    system::chime(kind);
    #[cfg(not(windows))]
    let _ = kind;
}

/// Switches the input method off for the window that has the keyboard now:
/// digits that a scanner types must not become a conversion candidate.
///
/// Call it on the window's own thread, after the field got the focus; it lasts
/// until the toolkit or [`ime_on_for_focused_window`] switches it on again.
pub fn ime_off_for_focused_window() {
    #[cfg(windows)]
    system::ime_for_focused_window(false);
}

/// Gives the window that has the keyboard its input method back.
pub fn ime_on_for_focused_window() {
    #[cfg(windows)]
    system::ime_for_focused_window(true);
}

/// Whether the program was started from the desktop (double click, shortcut,
/// the Run box) and not from a shell: no console, or one of its own that
/// nobody else uses, and nothing redirected. Always false elsewhere than on
/// Windows.
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

/// Gives up the console that the system made for a program started by double
/// click: its window closes. Does nothing in a console that others share.
pub fn leave_own_console() {
    #[cfg(windows)]
    if started_by_double_click() {
        system::leave_console();
    }
}

/// What has to be put right before anything else, whatever the program is
/// started for: libraries that come from the system alone, COM for every
/// thread, consoles that understand colours as every other terminal does (older
/// ones are left as they are), and displays without a refresh rate.
pub fn prepare() {
    #[cfg(windows)]
    {
        system_only::only_the_systems();
        system_only::keep();
        system_only::keep_load_config();
        #[cfg(feature = "camera")]
        media_foundation::keep_all();
        refresh_rate::keep();
        system::prepare_com();
        system::enable_escape_sequences();
    }
}
