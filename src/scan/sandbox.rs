//! A sandbox for third-party decoders: they may panic, and they may run for minutes on an odd
//! picture. Both are contained, on a thread with a time limit.

use crate::ground::{contain, locked};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Condvar, Mutex, OnceLock, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// Why a job in the sandbox gave no result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SandboxError {
    /// The job panicked.
    Panicked,
    /// The job took longer than its limit and was abandoned.
    TimedOut,
    /// Too many abandoned jobs were still running, or no thread could be started: the job was
    /// not tried.
    Busy,
}

/// Threads on which jobs run contained. Clones share the threads and the count of abandoned
/// jobs.
///
/// A thread cannot be ended from outside, so an abandoned job keeps its thread until it ends by
/// itself. Only so many are tolerated: beyond that, new jobs wait, and are refused when their
/// time is up.
#[derive(Clone)]
pub struct Sandbox(Arc<Inner>);

struct Inner {
    idle: Mutex<Vec<Sender<Task>>>,
    runaways: Mutex<usize>,
    /// Notified when an abandoned job has ended.
    freed: Condvar,
    max_runaways: usize,
}

type Task = Box<dyn FnOnce() + Send>;

/// Idle threads that are kept for the next job, at most. Chosen by eye, not measured.
const KEPT_IDLE: usize = 4;

/// Stack of a thread. Decoders keep large tables there; the memory is only reserved, not used.
const STACK_BYTES: usize = 8 << 20;

impl Sandbox {
    /// A sandbox that tolerates this many abandoned jobs.
    pub fn new(max_runaways: usize) -> Self {
        Self(Arc::new(Inner {
            idle: Mutex::new(Vec::new()),
            runaways: Mutex::new(0),
            freed: Condvar::new(),
            max_runaways,
        }))
    }

    /// The sandbox that the process shares: an abandoned job counts everywhere, because it keeps
    /// the same processor busy. It tolerates two.
    pub fn shared() -> Self {
        static SHARED: OnceLock<Sandbox> = OnceLock::new();
        SHARED.get_or_init(|| Self::new(2)).clone()
    }

    /// How many abandoned jobs are still running.
    pub fn runaways(&self) -> usize {
        *locked(&self.0.runaways)
    }

    /// Runs `job` on a thread of the sandbox and waits for it, at most for `limit`, including the
    /// wait for others to end.
    ///
    /// # Errors
    /// [`SandboxError`] says why there is no result.
    pub fn run<T, F>(&self, limit: Duration, job: F) -> Result<T, SandboxError>
    where
        T: Send + 'static,
        F: FnOnce() -> T + Send + 'static,
    {
        // There are no threads: whoever runs the WebAssembly ends all of it where it takes too
        // long or traps.
        if cfg!(all(target_family = "wasm", target_os = "unknown")) {
            return contain(job).map_err(|_| SandboxError::Panicked);
        }
        let deadline = Instant::now() + limit;
        if !self.room_within(limit) {
            return Err(SandboxError::Busy);
        }
        let worker = self.worker().ok_or(SandboxError::Busy)?;
        let (result, outcome) = mpsc::sync_channel(1);
        let completion = Arc::new(Completion::default());
        let end = FinishGuard {
            completion: Arc::clone(&completion),
            inner: Arc::clone(&self.0),
        };
        let boxed: Task = Box::new(move || {
            let _end = end;
            // The receiver is gone if the job was abandoned; nobody wants the result then.
            let _ = result.send(contain(job));
        });
        worker.send(boxed).map_err(|_| SandboxError::Busy)?;
        match outcome.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            Ok(done) => {
                self.keep(worker);
                done.map_err(|_| SandboxError::Panicked)
            }
            Err(RecvTimeoutError::Timeout) => {
                // The thread ends after the job, since its channel closes here.
                completion.abandon(&self.0);
                Err(SandboxError::TimedOut)
            }
            Err(RecvTimeoutError::Disconnected) => Err(SandboxError::Panicked),
        }
    }

    /// Waits until fewer abandoned jobs are running than are tolerated.
    fn room_within(&self, limit: Duration) -> bool {
        let full = |runaways: &mut usize| *runaways >= self.0.max_runaways;
        let (runaways, wait) = self
            .0
            .freed
            .wait_timeout_while(locked(&self.0.runaways), limit, full)
            .unwrap_or_else(PoisonError::into_inner);
        drop(runaways);
        !wait.timed_out()
    }

    /// An idle worker, or a new one.
    fn worker(&self) -> Option<Sender<Task>> {
        if let Some(worker) = locked(&self.0.idle).pop() {
            return Some(worker);
        }
        let (sender, jobs) = mpsc::channel::<Task>();
        thread::Builder::new()
            .name("symbol reader".to_owned())
            .stack_size(STACK_BYTES)
            .spawn(move || jobs.into_iter().for_each(|job| job()))
            .ok()?;
        Some(sender)
    }

    fn keep(&self, worker: Sender<Task>) {
        let mut idle = locked(&self.0.idle);
        if idle.len() < KEPT_IDLE {
            idle.push(worker);
        }
    }
}

impl Default for Sandbox {
    fn default() -> Self {
        Self::shared()
    }
}

impl std::fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Sandbox({} runaways)", self.runaways())
    }
}

/// Whether a job has finished or its caller has left, whichever came first.
#[derive(Default)]
struct Completion(Mutex<Option<CompletionState>>);

#[derive(Clone, Copy, PartialEq)]
enum CompletionState {
    Finished,
    Abandoned,
}

impl Completion {
    /// The caller leaves: the job counts as abandoned unless it finished just now.
    fn abandon(&self, inner: &Inner) {
        let mut first = locked(&self.0);
        if first.is_none() {
            *first = Some(CompletionState::Abandoned);
            *locked(&inner.runaways) += 1;
        }
    }

    /// The job finishes: it no longer counts as abandoned if it did.
    fn end(&self, inner: &Inner) {
        let mut first = locked(&self.0);
        if *first == Some(CompletionState::Abandoned) {
            *locked(&inner.runaways) -= 1;
            inner.freed.notify_one();
        }
        *first = Some(CompletionState::Finished);
    }
}

/// Reports the end of a job when dropped, however the job ended.
struct FinishGuard {
    completion: Arc<Completion>,
    inner: Arc<Inner>,
}

impl Drop for FinishGuard {
    fn drop(&mut self) {
        self.completion.end(&self.inner);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AMPLE: Duration = Duration::from_secs(20);

    #[test]
    fn results_come_back_and_threads_are_used_again() {
        let sandbox = Sandbox::new(1);
        let first = sandbox.run(AMPLE, || thread::current().id());
        let second = sandbox.run(AMPLE, || thread::current().id());
        assert_eq!(first, second);
        assert_ne!(first, Ok(thread::current().id()));
    }

    #[test]
    fn a_panic_is_contained() {
        let sandbox = Sandbox::new(1);
        let panicked: Result<(), _> = sandbox.run(AMPLE, || panic!("on purpose"));
        assert_eq!(panicked, Err(SandboxError::Panicked));
        assert_eq!(sandbox.run(AMPLE, || 7), Ok(7));
        assert_eq!(sandbox.runaways(), 0);
    }

    #[test]
    fn a_hang_is_left_behind_and_counted_until_it_ends() {
        let sandbox = Sandbox::new(1);
        let (release, gate) = mpsc::channel::<()>();
        let hung = sandbox.run(Duration::from_millis(20), move || {
            let _ = gate.recv();
        });
        assert_eq!(hung, Err(SandboxError::TimedOut));
        assert_eq!(sandbox.runaways(), 1);
        let brief = Duration::from_millis(20);
        assert_eq!(sandbox.run(brief, || 7), Err(SandboxError::Busy));
        // The next job waits for room, which comes when the hung one ends.
        drop(release);
        assert_eq!(sandbox.run(AMPLE, || 7), Ok(7));
        assert_eq!(sandbox.runaways(), 0);
    }
}
