//! Watches a camera on its own thread: frames in, texts and hints out.

mod digits_thread;
mod read_symbol;

use super::attention::{Attention, Glance};
use super::clock::Clock;
use super::reported::Reported;
use super::{CameraChoice, CameraError, Frame, FrameSource};
use crate::advice::Advice;
use crate::ground::printable;
use crate::ground::{contain, locked, reason_of};
use crate::scan::{Glimpse, Hint, LiveReader, Luma};
use digits_thread::DigitsThread;
pub use read_symbol::ReadSymbol;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// Whether a text is wanted.
pub type Accept = Arc<dyn Fn(&str) -> bool + Send + Sync>;

/// What a watcher does; can be changed while it runs.
#[derive(Clone)]
pub struct WatcherSettings {
    /// The camera to watch.
    pub choice: CameraChoice,
    /// Which texts are wanted.
    pub accept: Accept,
    /// Long side of preview copies, in pixels; `None` for no previews.
    pub preview: Option<u32>,
    /// Whether to read frames at all.
    pub reading: bool,
    /// Whether to look for numbers in digits too, where no wanted symbol is in view.
    pub digits: bool,
}

/// What a watcher reports.
#[derive(Debug, Clone, PartialEq)]
pub enum WatcherEvent {
    /// Frames come: the first ones, or again after an error.
    Ready {
        /// Name of the camera.
        name: String,
    },
    /// A preview is ready for [`Watcher::preview`].
    Preview,
    /// A wanted text, or a wanted number in digits that are beyond doubt. Reported
    /// once, and again only after it was out of view for a while.
    Read(ReadSymbol),
    /// An unwanted text; reported as rarely.
    Other(ReadSymbol),
    /// What the person should change, whenever that changes; `None` for nothing.
    Hint(Option<Hint>),
    /// Why no frames come. The watcher keeps trying.
    Trouble(CameraError),
}

/// A frame to show.
#[derive(Debug, Clone)]
pub struct Preview {
    /// Its pixels, not mirrored.
    pub luma: Luma,
    /// When it came, since the source was opened.
    pub at: Duration,
}

/// Watches a camera until it is stopped or dropped.
pub struct Watcher {
    shared: Arc<SharedState>,
    ended: Receiver<()>,
}

/// Maximum rate of previews and of comparing frames, per second.
const MAX_RATE: u32 = 15;

/// Seconds between attempts to open the camera; the last value repeats. Listing
/// cameras is expensive on a slow PC, and many drivers occupy the camera for it.
const RETRY_SECONDS: [u64; 4] = [1, 2, 5, 10];

/// How long to wait for a frame at a time.
const WAIT: Duration = Duration::from_millis(100);

/// How long to wait for the thread to stop before abandoning it.
const STOP_TIMEOUT: Duration = Duration::from_millis(500);

/// What the watcher and its thread share.
struct SharedState {
    settings: Mutex<NumberedSettings>,
    /// Signalled when the settings change.
    changed: Condvar,
    preview: Mutex<Option<Preview>>,
    stopped: AtomicBool,
}

/// Settings, and how often they were changed.
#[derive(Clone)]
struct NumberedSettings {
    settings: WatcherSettings,
    /// Number of changes of the camera.
    choices: u64,
    /// Number of changes of what is wanted.
    wants: u64,
}

impl NumberedSettings {
    fn changes(&self) -> [u64; 2] {
        [self.choices, self.wants]
    }
}

impl Watcher {
    /// Starts a watcher. `open` opens the chosen camera, now and whenever it must
    /// be reopened; `tell` receives the events. Both run on the watcher's thread.
    /// `tell` must return at once, and must not wait for a thread that stops the
    /// watcher.
    pub fn start(
        settings: WatcherSettings,
        open: impl FnMut(&CameraChoice) -> Result<Box<dyn FrameSource>, CameraError> + Send + 'static,
        tell: impl FnMut(WatcherEvent) + Send + 'static,
    ) -> Self {
        Self::start_by(Clock::default(), settings, open, tell)
    }

    /// Starts a watcher with this clock.
    fn start_by(
        clock: Clock,
        settings: WatcherSettings,
        open: impl FnMut(&CameraChoice) -> Result<Box<dyn FrameSource>, CameraError> + Send + 'static,
        tell: impl FnMut(WatcherEvent) + Send + 'static,
    ) -> Self {
        let shared = Arc::new(SharedState {
            settings: Mutex::new(NumberedSettings {
                settings,
                choices: 0,
                wants: 0,
            }),
            changed: Condvar::new(),
            preview: Mutex::new(None),
            stopped: AtomicBool::new(false),
        });
        let (ending, ended) = mpsc::sync_channel(1);
        let watch = WatchLoop {
            shared: Arc::clone(&shared),
            open: Box::new(open),
            tell: Box::new(tell),
            source: None,
            reader: LiveReader::default(),
            digits: None,
            attention: Attention::new(),
            reported: Reported::default(),
            retry_at: clock.now(),
            tries: 0,
            clock,
            shown: None,
            _ending: ending,
        };
        // If the thread cannot start, the channel is closed and nothing is ever
        // reported: such a process has worse problems.
        let _ = thread::Builder::new()
            .name("camera watcher".to_owned())
            .spawn(move || watch.run());
        Self { shared, ended }
    }

    /// Switches to another camera, and closes the current one.
    pub fn choose(&self, choice: CameraChoice) {
        self.change(|current| {
            current.settings.choice = choice;
            current.choices += 1;
        });
    }

    /// Replaces which texts are wanted. Texts in view are reported again.
    pub fn accept(&self, accept: Accept) {
        self.change(|current| {
            current.settings.accept = accept;
            current.wants += 1;
        });
    }

    /// Starts or stops reading frames; previews continue either way.
    pub fn read(&self, reading: bool) {
        self.change(|current| {
            current.settings.reading = reading;
            current.wants += 1;
        });
    }

    /// Sets the long side of preview copies, in pixels; `None` for no previews.
    pub fn preview_side(&self, side: Option<u32>) {
        self.change(|current| current.settings.preview = side);
    }

    /// The newest preview not fetched yet.
    pub fn preview(&self) -> Option<Preview> {
        locked(&self.shared.preview).take()
    }

    /// Stops the watcher and closes the camera. A thread whose driver hangs is
    /// abandoned after half a second. No more events are reported, except one
    /// that is already on its way.
    pub fn stop(self) {
        drop(self);
    }

    fn change(&self, change: impl FnOnce(&mut NumberedSettings)) {
        change(&mut locked(&self.shared.settings));
        self.shared.changed.notify_all();
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        self.change(|_| self.shared.stopped.store(true, Ordering::Release));
        // Disconnects when the thread ends; nothing is ever sent.
        let _ = self.ended.recv_timeout(STOP_TIMEOUT);
    }
}

impl std::fmt::Debug for Watcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Watcher")
    }
}

impl SharedState {
    fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Acquire)
    }

    /// Waits for `wait`, or until the change counts differ from `known`.
    fn wait(&self, wait: Duration, known: [u64; 2]) {
        let same =
            |current: &mut NumberedSettings| !self.is_stopped() && current.changes() == known;
        let _ = self
            .changed
            .wait_timeout_while(locked(&self.settings), wait, same);
    }
}

type OpenFn = Box<dyn FnMut(&CameraChoice) -> Result<Box<dyn FrameSource>, CameraError> + Send>;

/// The state of the watcher's thread.
struct WatchLoop {
    shared: Arc<SharedState>,
    open: OpenFn,
    tell: Box<dyn FnMut(WatcherEvent) + Send>,
    source: Option<Box<dyn FrameSource>>,
    reader: LiveReader,
    /// Started when it is first needed, for the source at hand.
    digits: Option<DigitsThread>,
    attention: Attention,
    reported: Reported,
    clock: Clock,
    /// When to try to open the camera again.
    retry_at: Instant,
    /// Attempts to open since the last frame.
    tries: usize,
    /// When the last preview was made.
    shown: Option<Instant>,
    /// Disconnects when the thread ends, however it ends.
    _ending: mpsc::SyncSender<()>,
}

impl WatchLoop {
    fn run(mut self) {
        let mut settings = locked(&self.shared.settings).clone();
        while !self.shared.is_stopped() {
            let now = locked(&self.shared.settings).clone();
            if now.choices != settings.choices {
                self.close();
                self.tries = 0;
                self.retry_at = self.clock.now();
            }
            if now.wants != settings.wants {
                self.reported.texts.clear();
                self.attention.wake();
                self.report_hint(None);
            }
            settings = now;
            let begun = self.clock.now();
            self.step(&settings.settings);
            let next = if self.source.is_none() {
                self.retry_at
            } else if self.attention.is_eager() {
                continue;
            } else {
                begun + Duration::from_secs(1) / MAX_RATE
            };
            let wait = next.saturating_duration_since(self.clock.now());
            self.shared.wait(wait, settings.changes());
        }
    }

    /// Opens the camera if it is closed, otherwise takes a frame.
    fn step(&mut self, settings: &WatcherSettings) {
        let Some(source) = &mut self.source else {
            if self.clock.now() >= self.retry_at {
                self.reopen(&settings.choice);
            }
            return;
        };
        match contain(|| source.next(WAIT)) {
            Ok(Ok(Some(frame))) => self.handle_frame(frame, settings),
            Ok(Ok(None)) => {}
            // The camera may recover, so it stays open.
            Ok(Err(error @ CameraError::Stalled { .. })) => self.report_trouble(error),
            Ok(Err(error)) => {
                self.close();
                self.report_trouble(error);
            }
            Err(panic) => {
                let error = CameraError::Failed {
                    name: printable(source.name()),
                    reason: reason_of(panic.as_ref()),
                };
                self.close();
                self.report_trouble(error);
            }
        }
    }

    fn reopen(&mut self, choice: &CameraChoice) {
        self.tries += 1;
        self.retry_at = self.clock.now() + pause_after(self.tries);
        let open = &mut self.open;
        match contain(|| open(choice)) {
            Ok(Ok(source)) => {
                self.source = Some(source);
                self.reader = LiveReader::default();
                self.digits = None;
                self.attention.wake();
            }
            Ok(Err(error)) => self.report_trouble(error),
            Err(panic) => {
                let reason = reason_of(panic.as_ref());
                let name = String::new();
                self.report_trouble(CameraError::Failed { name, reason });
            }
        }
    }

    fn close(&mut self) {
        self.source = None;
        self.retry_at = self.clock.now() + pause_after(self.tries.max(1));
        self.reported.ready = false;
        self.report_hint(None);
    }

    fn handle_frame(&mut self, frame: Frame, settings: &WatcherSettings) {
        if !self.reported.ready {
            self.reported.ready = true;
            self.reported.trouble = None;
            self.tries = 0;
            let name = self
                .source
                .as_ref()
                .map_or_else(String::new, |source| printable(source.name()));
            self.tell(WatcherEvent::Ready { name });
        }
        let small = settings.preview.map(|side| frame.luma.shrunk_to(side));
        let glance = Glance::of(small.as_ref().unwrap_or(&frame.luma));
        if let Some(luma) = small {
            self.publish_preview(Preview { luma, at: frame.at });
        }
        if settings.reading && self.attention.is_due(&glance, frame.at) {
            let at = frame.at;
            let glimpse = self.read(frame, settings);
            self.attention.note(glance, at, &glimpse);
        }
    }

    /// Stores a preview; reports it only if the previous one was fetched.
    fn publish_preview(&mut self, preview: Preview) {
        let now = self.clock.now();
        // A little less than the interval, so that no frame of a camera with just
        // this rate is skipped.
        let early = Duration::from_secs(1) / (MAX_RATE + 2);
        if self.shown.is_some_and(|shown| now < shown + early) {
            return;
        }
        self.shown = Some(now);
        let before = locked(&self.shared.preview).replace(preview);
        if before.is_none() {
            self.tell(WatcherEvent::Preview);
        }
    }

    fn read(&mut self, frame: Frame, settings: &WatcherSettings) -> Glimpse {
        let size = [frame.luma.width() as f32, frame.luma.height() as f32];
        let (reader, accept) = (&mut self.reader, &*settings.accept);
        let at = frame.at;
        if settings.digits {
            self.digits = self.digits.take().or_else(DigitsThread::start);
        }
        let idle = self.digits.as_ref().is_some_and(DigitsThread::is_idle);
        let copy = idle.then(|| frame.luma.clone());
        let Ok(glimpse) = contain(|| reader.look(frame.luma, at, accept)) else {
            self.reader = LiveReader::default();
            return Glimpse::default();
        };
        for (sightings, event) in [
            (
                &glimpse.read,
                WatcherEvent::Read as fn(ReadSymbol) -> WatcherEvent,
            ),
            (&glimpse.others, WatcherEvent::Other),
        ] {
            for sighting in sightings {
                if self.reported.is_news(&sighting.text, self.clock.now()) {
                    self.tell(event(ReadSymbol::of(sighting, size, at)));
                }
            }
        }
        self.report_hint(glimpse.hint);
        if let (Some(digits), Some(luma), true) = (&self.digits, copy, glimpse.read.is_empty()) {
            digits.offer(luma, at);
        }
        self.report_numbers(accept);
        glimpse
    }

    /// Nobody compares them with the picture here, so that only numbers beyond doubt count.
    fn report_numbers(&mut self, accept: &dyn Fn(&str) -> bool) {
        let found = self.digits.iter().flat_map(DigitsThread::found);
        let found: Vec<_> = found.collect();
        for frame in found {
            for number in frame.numbers {
                if number.is_beyond_doubt()
                    && accept(&number.digits)
                    && self.reported.is_news(&number.digits, self.clock.now())
                {
                    let seen = ReadSymbol::printed(number, frame.size, frame.at);
                    self.tell(WatcherEvent::Read(seen));
                }
            }
        }
    }

    fn report_hint(&mut self, hint: Option<Hint>) {
        let id = hint.as_ref().map(Advice::id);
        if id != self.reported.hint {
            self.reported.hint = id;
            self.tell(WatcherEvent::Hint(hint));
        }
    }

    fn report_trouble(&mut self, error: CameraError) {
        self.reported.ready = false;
        self.report_hint(None);
        // That an unplugged camera is missing is no news.
        if matches!(self.reported.trouble, Some(CameraError::Unplugged { .. }))
            && matches!(
                error,
                CameraError::NoCamera
                    | CameraError::NotFound { .. }
                    | CameraError::Unplugged { .. }
            )
        {
            return;
        }
        if self.reported.trouble.as_ref() != Some(&error) {
            self.reported.trouble = Some(error.clone());
            self.tell(WatcherEvent::Trouble(error));
        }
    }

    fn tell(&mut self, event: WatcherEvent) {
        if !self.shared.is_stopped() {
            (self.tell)(event);
        }
    }
}

/// How long to wait after this many attempts without a frame.
fn pause_after(tries: usize) -> Duration {
    let step = tries.saturating_sub(1).min(RETRY_SECONDS.len() - 1);
    Duration::from_secs(RETRY_SECONDS[step])
}

#[cfg(test)]
mod tests;
