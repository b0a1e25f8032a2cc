//! A dedicated thread for calls into a service that may hang.
//!
//! A call that hangs cannot be aborted from outside. So one thread makes all the
//! calls, and callers wait for it with a time limit.

use super::StoreError;
use crate::ground::locked;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// The call is in the queue.
const WAITING: u8 = 0;
/// The thread has begun it.
const TAKEN: u8 = 1;
/// The caller gave up before the thread began it.
const WITHDRAWN: u8 = 2;

type BoxedCall<T> = Box<dyn FnOnce(&mut T) + Send>;

/// A thread that owns a service `T` and makes calls to it, one after the other.
///
/// A call that was given up before its turn is never made: nothing is deposited
/// after the person was told that it failed.
#[derive(Debug)]
pub(super) struct ServiceThread<T> {
    calls: Mutex<Option<Sender<BoxedCall<T>>>>,
    open: fn() -> T,
}

impl<T: 'static> ServiceThread<T> {
    /// Calls `open` on the thread itself, since the service may be bound to the
    /// thread that opens it. The thread starts with the first call.
    pub(super) fn new(open: fn() -> T) -> Self {
        Self {
            calls: Mutex::new(None),
            open,
        }
    }

    /// Makes a call on the thread, and waits at most `limit` for its result.
    ///
    /// # Errors
    /// [`StoreError::NoAnswer`] if the time is up. A call that had begun by then
    /// may still complete; its result is lost. [`StoreError::Unreachable`] if
    /// the call panics.
    pub(super) fn ask<R: Send + 'static>(
        &self,
        limit: Duration,
        request: impl FnOnce(&mut T) -> R + Send + 'static,
    ) -> Result<R, StoreError> {
        let state = Arc::new(AtomicU8::new(WAITING));
        let (reply, answer) = mpsc::sync_channel(1);
        let turn = Arc::clone(&state);
        let call: BoxedCall<T> = Box::new(move |service| {
            if claim(&turn, TAKEN) {
                // The caller may have given up.
                let _ = reply.send(request(service));
            }
        });
        self.send(call)?;
        match answer.recv_timeout(limit) {
            Ok(answer) => Ok(answer),
            Err(RecvTimeoutError::Timeout) => {
                claim(&state, WITHDRAWN);
                Err(StoreError::NoAnswer {
                    seconds: limit.as_secs(),
                })
            }
            Err(RecvTimeoutError::Disconnected) => Err(StoreError::Unreachable {
                code: None,
                reason: "the call broke off".to_owned(),
            }),
        }
    }

    fn send(&self, call: BoxedCall<T>) -> Result<(), StoreError> {
        let mut calls = locked(&self.calls);
        let call = match calls.as_ref() {
            None => call,
            Some(sender) => match sender.send(call) {
                Ok(()) => return Ok(()),
                // A call panicked and took the thread with it: start another.
                Err(mpsc::SendError(call)) => call,
            },
        };
        let (sender, queue) = mpsc::channel();
        let open = self.open;
        thread::Builder::new()
            .name("licensing".to_owned())
            .spawn(move || run(open, &queue))
            .map_err(|error| StoreError::Unreachable {
                code: None,
                reason: error.to_string(),
            })?;
        // The thread that was just started holds the receiver.
        let _ = sender.send(call);
        *calls = Some(sender);
        Ok(())
    }
}

fn claim(state: &AtomicU8, to: u8) -> bool {
    state
        .compare_exchange(WAITING, to, Ordering::AcqRel, Ordering::Acquire)
        .is_ok()
}

/// The thread's loop; ends when the sender is dropped.
fn run<T>(open: fn() -> T, queue: &Receiver<BoxedCall<T>>) {
    let mut service = open();
    while let Ok(call) = queue.recv() {
        call(&mut service);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_hours(1);

    #[test]
    fn calls_are_made_in_turn_on_the_same_service() {
        let service_thread = ServiceThread::new(|| 0_u32);
        for expected in 1..=3 {
            let answer = service_thread.ask(LONG, |count| {
                *count += 1;
                *count
            });
            assert_eq!(answer, Ok(expected));
        }
    }

    #[test]
    fn what_waits_behind_a_hung_call_and_is_given_up_never_happens() {
        let service_thread = Arc::new(ServiceThread::new(Vec::<&str>::new));
        let (wake, sleeping) = mpsc::channel::<()>();
        let (entered, inside) = mpsc::channel();
        let hanging = Arc::clone(&service_thread);
        let hung = thread::spawn(move || {
            hanging.ask(LONG, move |log| {
                log.push("hung");
                entered.send(()).unwrap();
                let _ = sleeping.recv();
            })
        });
        inside.recv().unwrap();
        let deposit = service_thread.ask(Duration::ZERO, |log| log.push("deposit"));
        assert_eq!(deposit, Err(StoreError::NoAnswer { seconds: 0 }));
        drop(wake);
        assert_eq!(hung.join().unwrap(), Ok(()));
        assert_eq!(
            service_thread.ask(LONG, |log| log.clone()),
            Ok(vec!["hung"])
        );
    }

    #[test]
    fn a_call_that_panics_is_an_error_and_the_next_one_is_answered() {
        let service_thread = ServiceThread::new(|| 7_u32);
        let broken = service_thread.ask(LONG, |_| -> u32 {
            panic!("a defect in a third party's code")
        });
        assert!(matches!(broken, Err(StoreError::Unreachable { .. })));
        // The thread may take a moment to end.
        let next = (0..100).find_map(|_| service_thread.ask(LONG, |count| *count).ok());
        assert_eq!(next, Some(7));
    }
}
