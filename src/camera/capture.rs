//! Frames of a driver that may hang, panic or vanish.
//!
//! A driver's calls can block for ever: reading a frame does, where a camera is
//! open but sends none. So all of them are made on one thread, for the life of
//! the process, since some systems tie a camera to the thread that opened it. A
//! thread that hangs is left to itself, and another takes its place.

use super::clock::Clock;
use super::layout::Layout;
use super::{CameraError, CameraInfo, Choice, Frame, FrameSource};
use crate::ground::{contain, locked, reason_of};
use std::borrow::Cow;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender, SyncSender};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// A way to cameras. Its calls may block and panic.
pub(super) trait Driver: Send + Sync + 'static {
    /// Makes a thread fit for the other calls.
    fn prepare(&self) {}
    /// The cameras that there are.
    fn list(&self) -> Result<Vec<CameraInfo>, CameraError>;
    /// Opens one of them, and begins to capture.
    fn open(&self, choice: &Choice) -> Result<Box<dyn Device>, CameraError>;
}

/// An open camera.
pub(super) trait Device {
    /// Its name, printable.
    fn name(&self) -> &str;
    /// How its frames lie.
    fn layout(&self) -> Layout;
    /// Waits for the next frame.
    fn frame(&mut self) -> Result<Cow<'_, [u8]>, CameraError>;
    /// Ends capturing. Called once, at the end.
    fn close(&mut self);
}

/// How long is too long.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    /// A camera that has sent nothing for so long is stalled.
    pub(super) stalled: Duration,
    /// One that is being opened, or cameras that are being listed, may take so
    /// long: many a driver takes seconds to wake a camera.
    pub(super) opens: Duration,
    /// Whoever opens a camera waits so long for it, and for its frames
    /// afterwards.
    pub(super) answers: Duration,
    /// A thread that does not begin with a job within this time hangs in
    /// another.
    pub(super) begins: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            stalled: Duration::from_millis(2500),
            opens: Duration::from_secs(9),
            answers: Duration::from_secs(2),
            begins: Duration::from_secs(1),
        }
    }
}

/// Frames at the beginning are dropped: the exposure is not set yet.
const FIRST_FRAMES: u32 = 10;

/// But not for longer than this: slow cameras need not be slower.
const FIRST_TIME: Duration = Duration::from_secs(1);

/// So many damaged frames in a row are no accident.
const DAMAGED: u32 = 30;

/// The thread of a driver.
pub(super) struct Crew<D: Driver> {
    driver: Arc<D>,
    patience: Patience,
    clock: Clock,
    jobs: Mutex<Option<Sender<Job>>>,
}

/// The cameras that there are; `None` when the thread begins to look.
type Listing = Option<Result<Vec<CameraInfo>, CameraError>>;

enum Job {
    List(SyncSender<Listing>),
    Capture(Choice, Arc<Session>),
}

impl<D: Driver> Crew<D> {
    pub(super) fn new(driver: D, patience: Patience, clock: Clock) -> Self {
        Self {
            driver: Arc::new(driver),
            patience,
            clock,
            jobs: Mutex::new(None),
        }
    }

    /// The cameras that there are.
    pub(super) fn list(&self) -> Result<Vec<CameraInfo>, CameraError> {
        // A thread that hangs in something else is left, once.
        for _ in 0..2 {
            let (answer, answered) = mpsc::sync_channel(2);
            self.give(Job::List(answer));
            if answered.recv_timeout(self.patience.begins).is_err() {
                self.leave();
                continue;
            }
            if let Ok(Some(list)) = answered.recv_timeout(self.patience.opens) {
                return list;
            }
            self.leave();
            break;
        }
        Err(CameraError::Stalled {
            name: String::new(),
        })
    }

    /// Opens a camera; see [`super::open`].
    pub(super) fn open(&self, choice: &Choice) -> Result<Box<dyn FrameSource>, CameraError> {
        let mut session = Arc::new(Session::new(self.clock.clone()));
        self.give(Job::Capture(choice.clone(), Arc::clone(&session)));
        if !session.wait_for(self.patience.begins, |state| state.stage != Stage::Waiting) {
            session.close();
            self.leave();
            session = Arc::new(Session::new(self.clock.clone()));
            self.give(Job::Capture(choice.clone(), Arc::clone(&session)));
        }
        let begun = |state: &State| !matches!(state.stage, Stage::Waiting | Stage::Opening);
        session.wait_for(self.patience.answers, begun);
        let state = locked(&session.state);
        if let Stage::Ended(error) = &state.stage {
            return Err(error.clone());
        }
        let name = match (&state.stage, choice) {
            (Stage::Open { name, .. }, _) | (_, Choice::Named(name)) => name.clone(),
            (_, Choice::Any) => String::new(),
        };
        drop(state);
        Ok(Box::new(Capture {
            session,
            name,
            patience: self.patience,
            damaged: 0,
        }))
    }

    /// Hands a job to the thread; starts one where there is none.
    fn give(&self, job: Job) {
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
            .spawn(move || work(&*driver, &receiver));
        // Without a thread the job is dropped, and whoever waits for it learns
        // in time that nothing comes.
        if started.is_ok() {
            let _ = sender.send(job);
            *jobs = Some(sender);
        }
    }

    /// Leaves the thread to itself: it ends after what it hangs in.
    fn leave(&self) {
        *locked(&self.jobs) = None;
    }
}

/// The life of the thread.
fn work(driver: &impl Driver, jobs: &Receiver<Job>) {
    driver.prepare();
    let mut postponed = VecDeque::new();
    while let Some(job) = postponed.pop_front().or_else(|| jobs.recv().ok()) {
        match job {
            Job::List(answer) => tell_list(driver, &answer),
            Job::Capture(choice, session) => {
                let end = capture(driver, &choice, &session, || {
                    while let Ok(job) = jobs.try_recv() {
                        match job {
                            Job::List(answer) => tell_list(driver, &answer),
                            capture @ Job::Capture(..) => postponed.push_back(capture),
                        }
                    }
                });
                session.end(end);
            }
        }
    }
}

/// Whoever asked may have gone.
fn tell_list(driver: &impl Driver, answer: &SyncSender<Listing>) {
    let _ = answer.send(None);
    let list = contain(|| driver.list()).unwrap_or_else(|panic| Err(died("", &*panic)));
    let _ = answer.send(Some(list));
}

/// Opens and captures until the session is closed or the camera is no more;
/// `meanwhile` is called after each frame.
fn capture(
    driver: &impl Driver,
    choice: &Choice,
    session: &Session,
    mut meanwhile: impl FnMut(),
) -> CameraError {
    let closed = || CameraError::Unplugged {
        name: String::new(),
    };
    if session.is_closed() {
        return closed();
    }
    session.set(Stage::Opening);
    let mut device = match contain(|| driver.open(choice)) {
        Ok(Ok(device)) => device,
        Ok(Err(error)) => return error,
        Err(panic) => return died("", &*panic),
    };
    let name = device.name().to_owned();
    session.set(Stage::Open {
        name: name.clone(),
        layout: device.layout(),
    });
    let mut first: Option<Instant> = None;
    let mut frames = 0;
    let end = loop {
        if session.is_closed() {
            break closed();
        }
        match contain(|| device.frame().map(|bytes| session.put(&bytes, frames))) {
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
    // A driver that dies of this has done its work.
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

/// What both sides of a capture share.
struct Session {
    clock: Clock,
    state: Mutex<State>,
    news: Condvar,
    /// Nobody wants frames any more.
    closed: AtomicBool,
}

struct State {
    stage: Stage,
    /// The newest frame that was not fetched yet, and when it came.
    newest: Option<(Vec<u8>, Instant)>,
    /// A buffer to use again.
    spare: Vec<u8>,
    /// When the last sign of life came.
    alive: Instant,
    begun: Instant,
}

#[derive(Debug, Clone, PartialEq)]
enum Stage {
    Waiting,
    Opening,
    Open { name: String, layout: Layout },
    Ended(CameraError),
}

impl Session {
    fn new(clock: Clock) -> Self {
        let now = clock.now();
        Self {
            clock,
            state: Mutex::new(State {
                stage: Stage::Waiting,
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

    fn set(&self, stage: Stage) {
        let mut state = locked(&self.state);
        state.alive = self.clock.now();
        state.stage = stage;
        self.news.notify_all();
    }

    fn end(&self, error: CameraError) {
        self.set(Stage::Ended(error));
    }

    /// Lays down a frame in place of the one before; of the first ones, only
    /// that they came.
    fn put(&self, bytes: &[u8], frames: u32) {
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

    /// Waits until something holds; whether it does.
    fn wait_for(&self, limit: Duration, holds: impl Fn(&State) -> bool) -> bool {
        let (state, _) = self
            .news
            .wait_timeout_while(locked(&self.state), limit, |state| !holds(state))
            .unwrap_or_else(PoisonError::into_inner);
        holds(&state)
    }
}

/// The frames of a session.
struct Capture {
    session: Arc<Session>,
    name: String,
    patience: Patience,
    /// Damaged frames in a row.
    damaged: u32,
}

/// What was found when waiting for a frame.
enum Found {
    Frame(Vec<u8>, Layout, Duration),
    Nothing,
}

impl Capture {
    fn find(&mut self, wait: Duration) -> Result<Found, CameraError> {
        self.session.wait_for(wait, |state| {
            state.newest.is_some() || matches!(state.stage, Stage::Ended(_))
        });
        let mut state = locked(&self.session.state);
        match &state.stage {
            Stage::Ended(error) => return Err(error.clone()),
            Stage::Open { name, layout } => {
                if self.name != *name {
                    self.name.clone_from(name);
                }
                let layout = *layout;
                if let Some((bytes, at)) = state.newest.take() {
                    let at = at.duration_since(state.begun);
                    return Ok(Found::Frame(bytes, layout, at));
                }
            }
            Stage::Waiting | Stage::Opening => {}
        }
        let patience = match &state.stage {
            Stage::Waiting | Stage::Opening => self.patience.opens,
            Stage::Open { .. } | Stage::Ended(_) => self.patience.stalled,
        };
        if self.session.clock.now().duration_since(state.alive) >= patience {
            return Err(CameraError::Stalled {
                name: self.name.clone(),
            });
        }
        Ok(Found::Nothing)
    }
}

impl FrameSource for Capture {
    fn name(&self) -> &str {
        &self.name
    }

    fn next(&mut self, wait: Duration) -> Result<Option<Frame>, CameraError> {
        let Found::Frame(bytes, layout, at) = self.find(wait)? else {
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
        // The thread sees it after the frame that it waits for.
        self.session.close();
    }
}

#[cfg(test)]
mod tests;
