//! Captures frames through a driver whose calls may hang or panic.
//!
//! A driver call can block forever: reading a frame does if the camera is open but
//! sends nothing. So one thread makes all the calls for the life of the process
//! (some systems tie a camera to the thread that opened it). A thread that hangs
//! is abandoned, and another replaces it.

use super::clock::Clock;
use super::layout::Layout;
use super::{CameraChoice, CameraError, CameraInfo, Frame, FrameSource};
use crate::ground::{contain, locked, reason_of};
use std::borrow::Cow;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender, SyncSender};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// Access to cameras. Its calls may block and panic.
pub(super) trait Driver: Send + Sync + 'static {
    /// Prepares a thread for the other calls.
    fn prepare(&self) {}
    /// Lists the cameras.
    fn list(&self) -> Result<Vec<CameraInfo>, CameraError>;
    /// Opens a camera and starts capturing.
    fn open(&self, choice: &CameraChoice) -> Result<Box<dyn Device>, CameraError>;
}

/// An open camera.
pub(super) trait Device {
    /// Name of the camera, printable.
    fn name(&self) -> &str;
    /// Size and pixel format of its frames.
    fn layout(&self) -> Layout;
    /// Waits for the next frame.
    fn frame(&mut self) -> Result<Cow<'_, [u8]>, CameraError>;
    /// Stops capturing. Called once, at the end.
    fn close(&mut self);
}

/// When a driver counts as hanging.
#[derive(Debug, Clone, Copy)]
pub(super) struct CaptureTimeouts {
    /// A camera that has sent nothing for this long is stalled.
    pub(super) stalled: Duration,
    /// Limit for opening a camera and for listing cameras: many drivers take
    /// seconds to wake a camera.
    pub(super) open_total: Duration,
    /// How long opening blocks its caller, who afterwards waits for frames
    /// instead.
    pub(super) open_call: Duration,
    /// A thread that does not begin a job within this time hangs in the one
    /// before.
    pub(super) job_start: Duration,
}

impl Default for CaptureTimeouts {
    fn default() -> Self {
        Self {
            stalled: Duration::from_millis(2500),
            open_total: Duration::from_secs(9),
            open_call: Duration::from_secs(2),
            job_start: Duration::from_secs(1),
        }
    }
}

/// The first frames are dropped, while the exposure settles.
const FIRST_FRAMES: u32 = 10;

/// Frames are dropped no longer than this, for the sake of slow cameras.
const FIRST_TIME: Duration = Duration::from_secs(1);

/// More damaged frames in a row than this make the camera unusable.
const DAMAGED: u32 = 30;

/// The thread that makes a driver's calls.
pub(super) struct DriverThread<D: Driver> {
    driver: Arc<D>,
    timeouts: CaptureTimeouts,
    clock: Clock,
    jobs: Mutex<Option<Sender<DriverJob>>>,
}

/// The answer to [`DriverJob::List`]: first `None`, when the thread begins.
type Listing = Option<Result<Vec<CameraInfo>, CameraError>>;

enum DriverJob {
    List(SyncSender<Listing>),
    Capture(CameraChoice, Arc<CaptureSession>),
}

impl<D: Driver> DriverThread<D> {
    pub(super) fn new(driver: D, timeouts: CaptureTimeouts, clock: Clock) -> Self {
        Self {
            driver: Arc::new(driver),
            timeouts,
            clock,
            jobs: Mutex::new(None),
        }
    }

    /// Lists the cameras.
    pub(super) fn list(&self) -> Result<Vec<CameraInfo>, CameraError> {
        // A thread that hangs in an earlier job is abandoned, once.
        for _ in 0..2 {
            let (answer, answered) = mpsc::sync_channel(2);
            self.submit(DriverJob::List(answer));
            if answered.recv_timeout(self.timeouts.job_start).is_err() {
                self.abandon();
                continue;
            }
            if let Ok(Some(list)) = answered.recv_timeout(self.timeouts.open_total) {
                return list;
            }
            self.abandon();
            break;
        }
        Err(CameraError::Stalled {
            name: String::new(),
        })
    }

    /// Opens a camera; see [`super::open`].
    pub(super) fn open(&self, choice: &CameraChoice) -> Result<Box<dyn FrameSource>, CameraError> {
        let mut session = Arc::new(CaptureSession::new(self.clock.clone()));
        self.submit(DriverJob::Capture(choice.clone(), Arc::clone(&session)));
        if !session.wait_for(self.timeouts.job_start, |state| {
            state.phase != SessionPhase::Waiting
        }) {
            session.close();
            self.abandon();
            session = Arc::new(CaptureSession::new(self.clock.clone()));
            self.submit(DriverJob::Capture(choice.clone(), Arc::clone(&session)));
        }
        let begun = |state: &SessionState| {
            !matches!(state.phase, SessionPhase::Waiting | SessionPhase::Opening)
        };
        session.wait_for(self.timeouts.open_call, begun);
        let state = locked(&session.state);
        if let SessionPhase::Ended(error) = &state.phase {
            return Err(error.clone());
        }
        let name = match (&state.phase, choice) {
            (SessionPhase::Open { name, .. }, _) | (_, CameraChoice::Named(name)) => name.clone(),
            (_, CameraChoice::Any) => String::new(),
        };
        drop(state);
        Ok(Box::new(Capture {
            session,
            name,
            timeouts: self.timeouts,
            damaged: 0,
        }))
    }

    /// Hands a job to the thread; starts the thread if there is none.
    fn submit(&self, job: DriverJob) {
        let mut jobs = locked(&self.jobs);
        let job = match &*jobs {
            Some(sender) => match sender.send(job) {
                Ok(()) => return,
                Err(mpsc::SendError(job)) => job,
            },
            None => job,
        };
        let (sender, receiver) = mpsc::channel();
        let driver = Arc::clone(&self.driver);
        let started = thread::Builder::new()
            .name("camera".to_owned())
            .spawn(move || run(&*driver, &receiver));
        // Without a thread the job is dropped, and its caller times out.
        if started.is_ok() {
            let _ = sender.send(job);
            *jobs = Some(sender);
        }
    }

    /// Abandons the thread, which ends after the call that it hangs in.
    fn abandon(&self) {
        *locked(&self.jobs) = None;
    }
}

/// The thread's loop.
fn run(driver: &impl Driver, jobs: &Receiver<DriverJob>) {
    driver.prepare();
    let mut postponed = VecDeque::new();
    while let Some(job) = postponed.pop_front().or_else(|| jobs.recv().ok()) {
        match job {
            DriverJob::List(answer) => answer_list(driver, &answer),
            DriverJob::Capture(choice, session) => {
                let end = capture(driver, &choice, &session, || {
                    while let Ok(job) = jobs.try_recv() {
                        match job {
                            DriverJob::List(answer) => answer_list(driver, &answer),
                            capture @ DriverJob::Capture(..) => postponed.push_back(capture),
                        }
                    }
                });
                session.end(end);
            }
        }
    }
}

/// Answers a request for the list; the caller may have given up.
fn answer_list(driver: &impl Driver, answer: &SyncSender<Listing>) {
    let _ = answer.send(None);
    let list = contain(|| driver.list()).unwrap_or_else(|panic| Err(died("", &*panic)));
    let _ = answer.send(Some(list));
}

/// Opens a camera and captures until the session is closed or the camera fails.
/// Calls `meanwhile` after each frame.
fn capture(
    driver: &impl Driver,
    choice: &CameraChoice,
    session: &CaptureSession,
    mut meanwhile: impl FnMut(),
) -> CameraError {
    let closed = || CameraError::Unplugged {
        name: String::new(),
    };
    if session.is_closed() {
        return closed();
    }
    session.set(SessionPhase::Opening);
    let mut device = match contain(|| driver.open(choice)) {
        Ok(Ok(device)) => device,
        Ok(Err(error)) => return error,
        Err(panic) => return died("", &*panic),
    };
    let name = device.name().to_owned();
    session.set(SessionPhase::Open {
        name: name.clone(),
        layout: device.layout(),
    });
    let mut first: Option<Instant> = None;
    let mut frames = 0;
    let end = loop {
        if session.is_closed() {
            break closed();
        }
        match contain(|| device.frame().map(|bytes| session.publish(&bytes, frames))) {
            Ok(Ok(())) => {}
            Ok(Err(error)) => break error,
            Err(panic) => break died(&name, &*panic),
        }
        let now = session.clock.now();
        let since = now.duration_since(*first.get_or_insert(now));
        frames = if since > FIRST_TIME {
            FIRST_FRAMES
        } else {
            FIRST_FRAMES.min(frames + 1)
        };
        meanwhile();
    };
    // A panic here does no harm.
    let _ = contain(|| device.close());
    let _ = contain(|| drop(device));
    end
}

fn died(name: &str, panic: &(dyn std::any::Any + Send)) -> CameraError {
    CameraError::Failed {
        name: name.to_owned(),
        reason: reason_of(panic),
    }
}

/// What the driver's thread and the consumer of the frames share.
struct CaptureSession {
    clock: Clock,
    state: Mutex<SessionState>,
    news: Condvar,
    /// Nobody wants frames anymore.
    closed: AtomicBool,
}

struct SessionState {
    phase: SessionPhase,
    /// The newest frame not fetched yet, and when it came.
    newest: Option<(Vec<u8>, Instant)>,
    /// A buffer to reuse.
    spare: Vec<u8>,
    /// When the driver last gave a sign of life.
    alive: Instant,
    begun: Instant,
}

#[derive(Debug, Clone, PartialEq)]
enum SessionPhase {
    Waiting,
    Opening,
    Open { name: String, layout: Layout },
    Ended(CameraError),
}

impl CaptureSession {
    fn new(clock: Clock) -> Self {
        let now = clock.now();
        Self {
            clock,
            state: Mutex::new(SessionState {
                phase: SessionPhase::Waiting,
                newest: None,
                spare: Vec::new(),
                alive: now,
                begun: now,
            }),
            news: Condvar::new(),
            closed: AtomicBool::new(false),
        }
    }

    fn is_closed(&self) -> bool {
        self.closed.load(Ordering::Acquire)
    }

    fn close(&self) {
        self.closed.store(true, Ordering::Release);
    }

    fn set(&self, phase: SessionPhase) {
        let mut state = locked(&self.state);
        state.alive = self.clock.now();
        state.phase = phase;
        self.news.notify_all();
    }

    fn end(&self, error: CameraError) {
        self.set(SessionPhase::Ended(error));
    }

    /// Replaces the newest frame. Of the first ones it notes only that they came.
    fn publish(&self, bytes: &[u8], frames: u32) {
        let mut state = locked(&self.state);
        let now = self.clock.now();
        state.alive = now;
        if frames < FIRST_FRAMES {
            return;
        }
        let mut buffer = match state.newest.take() {
            Some((buffer, _)) => buffer,
            None => std::mem::take(&mut state.spare),
        };
        buffer.clear();
        buffer.extend_from_slice(bytes);
        state.newest = Some((buffer, now));
        self.news.notify_all();
    }

    /// Waits until `holds` does, at most `limit`; returns whether it does.
    fn wait_for(&self, limit: Duration, holds: impl Fn(&SessionState) -> bool) -> bool {
        let (state, _) = self
            .news
            .wait_timeout_while(locked(&self.state), limit, |state| !holds(state))
            .unwrap_or_else(PoisonError::into_inner);
        holds(&state)
    }
}

/// The consumer's side of a session.
struct Capture {
    session: Arc<CaptureSession>,
    name: String,
    timeouts: CaptureTimeouts,
    /// Damaged frames in a row.
    damaged: u32,
}

/// A frame as the driver sent it.
struct RawFrame {
    bytes: Vec<u8>,
    layout: Layout,
    /// When it came, since the capture began.
    at: Duration,
}

impl Capture {
    /// The newest frame, waited for at most `wait`; `None` where none came.
    fn newest(&mut self, wait: Duration) -> Result<Option<RawFrame>, CameraError> {
        self.session.wait_for(wait, |state| {
            state.newest.is_some() || matches!(state.phase, SessionPhase::Ended(_))
        });
        let mut state = locked(&self.session.state);
        match &state.phase {
            SessionPhase::Ended(error) => return Err(error.clone()),
            SessionPhase::Open { name, layout } => {
                if self.name != *name {
                    self.name.clone_from(name);
                }
                let layout = *layout;
                if let Some((bytes, at)) = state.newest.take() {
                    let at = at.duration_since(state.begun);
                    return Ok(Some(RawFrame { bytes, layout, at }));
                }
            }
            SessionPhase::Waiting | SessionPhase::Opening => {}
        }
        let timeouts = match &state.phase {
            SessionPhase::Waiting | SessionPhase::Opening => self.timeouts.open_total,
            SessionPhase::Open { .. } | SessionPhase::Ended(_) => self.timeouts.stalled,
        };
        if self.session.clock.now().duration_since(state.alive) >= timeouts {
            return Err(CameraError::Stalled {
                name: self.name.clone(),
            });
        }
        Ok(None)
    }
}

impl FrameSource for Capture {
    fn name(&self) -> &str {
        &self.name
    }

    fn next(&mut self, wait: Duration) -> Result<Option<Frame>, CameraError> {
        let Some(RawFrame { bytes, layout, at }) = self.newest(wait)? else {
            return Ok(None);
        };
        let luma = layout.luma(&bytes);
        locked(&self.session.state).spare = bytes;
        self.damaged = if luma.is_some() { 0 } else { self.damaged + 1 };
        if self.damaged > DAMAGED {
            return Err(CameraError::NoUsableFormat {
                name: self.name.clone(),
            });
        }
        Ok(luma.map(|luma| Frame { luma, at }))
    }
}

impl Drop for Capture {
    fn drop(&mut self) {
        // The thread notices after the frame that it is waiting for.
        self.session.close();
    }
}

#[cfg(test)]
mod tests;
