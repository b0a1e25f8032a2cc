//! COM and Media Foundation for the life of the process.
#![allow(unsafe_code)]

use windows::Win32::Media::MediaFoundation::{MF_VERSION, MFSTARTUP_NOSOCKET, MFStartup};
use windows::Win32::System::Com::CoIncrementMTAUsage;

/// Sees to it that COM works on every thread of the process, and that Media
/// Foundation stays up. nokhwa sets COM up only on the thread that it first
/// runs on: a thread that takes the place of a hanging one would find none. And
/// it shuts Media Foundation down before it has let go of its last camera.
pub(super) fn hold() {
    static HELD: std::sync::Once = std::sync::Once::new();
    HELD.call_once(|| {
        // SAFETY: takes no pointers in, and gives back a cookie that is only
        // needed to undo it. A failure changes nothing.
        let _ = unsafe { CoIncrementMTAUsage() };
        // SAFETY: takes numbers. A
        // failure is nokhwa's to tell, which asks for the same.
        let _ = unsafe { MFStartup(MF_VERSION, MFSTARTUP_NOSOCKET) };
    });
}
