//! Keeps COM and Media Foundation initialised for the life of the process.
#![allow(unsafe_code)] // Win32 calls, each with its justification

use windows::Win32::Media::MediaFoundation::{MF_VERSION, MFSTARTUP_NOSOCKET, MFStartup};
use windows::Win32::System::Com::CoIncrementMTAUsage;

/// Makes COM work on every thread of the process, and keeps Media Foundation
/// running.
///
/// nokhwa initialises COM only on its first thread, so a thread that replaces a
/// hanging one would lack it. And it shuts Media Foundation down before it has
/// released its last camera.
pub(super) fn hold() {
    static HELD: std::sync::Once = std::sync::Once::new();
    HELD.call_once(|| {
        // SAFETY: takes no pointers, and returns a cookie that is needed only to
        // undo it. A failure changes nothing.
        let _ = unsafe { CoIncrementMTAUsage() };
        // SAFETY: takes numbers. nokhwa makes the same call and reports a failure.
        let _ = unsafe { MFStartup(MF_VERSION, MFSTARTUP_NOSOCKET) };
    });
}
