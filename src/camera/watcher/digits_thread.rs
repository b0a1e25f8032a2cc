//! Numbers in digits, looked for on a thread of its own: a look takes longer than a frame,
//! and a symbol that comes into view must not wait for it.

use crate::scan::Luma;
use crate::scan::digits::{LiveDigits, PrintedNumber};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::thread;
use std::time::Duration;

/// After a look, three times as long is left for the rest of the PC: numbers in digits are
/// not the usual way. Chosen by eye, not measured.
const REST: u32 = 3;

/// The numbers of a frame.
pub(super) struct FrameNumbers {
    pub(super) numbers: Vec<PrintedNumber>,
    /// Width and height of the frame, in pixels.
    pub(super) size: [f32; 2],
    /// When it was taken.
    pub(super) at: Duration,
}

/// The thread; ends after the look at hand when it is dropped.
pub(super) struct DigitsThread {
    frames: SyncSender<(Luma, Duration)>,
    seen: Receiver<FrameNumbers>,
    busy: Arc<AtomicBool>,
}

impl DigitsThread {
    /// Starts it; none if there are no threads to be had, or the program is damaged.
    pub(super) fn start() -> Option<Self> {
        let mut digits = LiveDigits::new(REST).ok()?;
        let (frames, coming) = mpsc::sync_channel::<(Luma, Duration)>(1);
        let (teller, seen) = mpsc::channel();
        let busy = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&busy);
        let look = move || {
            for (luma, at) in coming {
                let numbers = digits.look(&luma, at);
                let size = [luma.width() as f32, luma.height() as f32];
                flag.store(false, Ordering::Release);
                if !numbers.is_empty() && teller.send(FrameNumbers { numbers, size, at }).is_err() {
                    return;
                }
            }
        };
        let thread = thread::Builder::new().name("digits".to_owned());
        thread.spawn(look).ok()?;
        Some(Self { frames, seen, busy })
    }

    /// Whether it waits for a frame.
    pub(super) fn is_idle(&self) -> bool {
        !self.busy.load(Ordering::Acquire)
    }

    /// Gives it a frame, unless it is looking at one.
    pub(super) fn offer(&self, frame: Luma, at: Duration) {
        if !self.busy.swap(true, Ordering::AcqRel) {
            let _ = self.frames.try_send((frame, at));
        }
    }

    /// What it has found since the last call.
    pub(super) fn found(&self) -> impl Iterator<Item = FrameNumbers> {
        self.seen.try_iter()
    }
}
