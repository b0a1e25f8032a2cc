//! COM for the threads that cameras are used on.
#![allow(unsafe_code)]

use windows::Win32::System::Com::CoIncrementMTAUsage;

/// Sees to it that COM works on every thread of the process. nokhwa sets it up
/// only on the thread that it first runs on; a thread that takes the place of a
/// hanging one would find none.
pub(super) fn keep() {
    static KEPT: std::sync::Once = std::sync::Once::new();
    KEPT.call_once(|| {
        // SAFETY: takes no pointers in, and gives back a cookie that is only
        // needed to undo it; it stays for the life of the process. A failure
        // changes nothing.
        let _ = unsafe { CoIncrementMTAUsage() };
    });
}
