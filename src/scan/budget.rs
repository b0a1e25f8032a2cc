//! A budget of memory for pictures that are being decoded, shared by all threads.
//!
//! A photograph needs some fifty megabytes. One that was made to need much gets it, too, but
//! then the others wait.

use crate::ground::locked;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Bytes that all decoders of the process together may hold: ten photographs of
/// 12 megapixels.
const WHOLE: u64 = 512 << 20;

/// Bytes that are handed out in the order in which they are asked for.
pub(super) struct Budget {
    whole: u64,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    taken: u64,
    /// Number of the next request, and of the one whose turn it is.
    next: u64,
    turn: u64,
}

impl Budget {
    pub(super) const fn new(whole: u64) -> Self {
        Self {
            whole,
            state: Mutex::new(State {
                taken: 0,
                next: 0,
                turn: 0,
            }),
            changed: Condvar::new(),
        }
    }

    /// The budget of the process.
    pub(super) fn shared() -> &'static Self {
        static SHARED: Budget = Budget::new(WHOLE);
        &SHARED
    }

    /// Waits until so many bytes are free. A request for more than there are gets all of them,
    /// alone.
    pub(super) fn take(&self, bytes: u64) -> Share<'_> {
        let bytes = bytes.min(self.whole);
        let mut state = self.state();
        let mine = state.next;
        state.next += 1;
        let waits = |state: &mut State| state.turn != mine || state.taken + bytes > self.whole;
        let mut state = self
            .changed
            .wait_while(state, waits)
            .unwrap_or_else(PoisonError::into_inner);
        state.taken += bytes;
        state.turn += 1;
        drop(state);
        self.changed.notify_all();
        Share {
            budget: self,
            bytes,
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Only numbers, which are sound after any panic.
        locked(&self.state)
    }
}

/// Bytes that are given back when this is dropped.
pub(super) struct Share<'a> {
    budget: &'a Budget,
    bytes: u64,
}

impl Drop for Share<'_> {
    fn drop(&mut self) {
        self.budget.state().taken -= self.bytes;
        self.budget.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::thread;

    #[test]
    fn no_more_is_held_than_there_is_and_everybody_has_a_turn() {
        let budget = Budget::new(100);
        let held = AtomicU64::new(0);
        let most = AtomicU64::new(0);
        thread::scope(|scope| {
            for hand in 0..8_u64 {
                let (budget, held, most) = (&budget, &held, &most);
                scope.spawn(move || {
                    for round in 0..40 {
                        // Small ones, large ones, and one that is too large.
                        let wanted = [10, 30, 60, 250][(hand + round) as usize % 4];
                        let share = budget.take(wanted);
                        let now = held.fetch_add(share.bytes, Ordering::SeqCst) + share.bytes;
                        most.fetch_max(now, Ordering::SeqCst);
                        thread::yield_now();
                        held.fetch_sub(share.bytes, Ordering::SeqCst);
                    }
                });
            }
        });
        assert!(most.load(Ordering::SeqCst) <= 100);
        assert_eq!(budget.state().taken, 0);
    }

    #[test]
    fn a_decoder_that_panics_gives_back_what_it_had() {
        let budget = Budget::new(10);
        let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let _share = budget.take(10);
            std::panic::resume_unwind(Box::new(()));
        }));
        assert!(panicked.is_err());
        drop(budget.take(10));
    }
}
