//! `hikyaku scan --camera`: a reply held before the camera is settled as soon
//! as it is read.

use super::args::{GlobalArgs, LiveArgs, ScanArgs};
use super::console::Console;
use super::exit::Exit;
use super::failure::Failure;
use super::inputs;
use super::picture::answer_of;
use super::settle::{DepositJson, Settling, require_pending_product};
use crate::activation::Answer;
use crate::camera::{
    self, CameraChoice, CameraError, FolderCamera, FrameSource, Playback, Watcher, WatcherEvent,
    WatcherSettings,
};
use crate::ground::printable;
use crate::licensing::AnswerHandler;
use crate::scan::Hint;
use crate::wire::NotAReply;
use indicatif::{ProgressBar, ProgressStyle};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

/// How long a camera that worked before may be unplugged.
pub(super) const AWAY_LIMIT: Duration = Duration::from_secs(30);

/// How often Ctrl-C and the deadline are checked.
pub(super) const TICK: Duration = Duration::from_millis(50);

/// Watches until a reply is settled, the time is up, or the person cancels.
pub(super) fn run(
    args: &ScanArgs,
    global: &GlobalArgs,
    console: &Console,
) -> Result<Exit, Failure> {
    let mut store = inputs::store(global, console)?;
    let mut memory = inputs::memory(global, console);
    let seen = store.products()?;
    require_pending_product(&seen)?;
    let cancelled = on_ctrl_c();
    let (sender, events) = mpsc::channel();
    let accept = |text: &str| answer_of(text).is_some();
    let watcher = Watcher::start(
        orders(&args.live, accept),
        opener(&args.live),
        move |event| {
            let _ = sender.send(event);
        },
    );
    let mut live = LiveScan {
        settling: Settling {
            handler: AnswerHandler {
                store: store.as_mut(),
                history: &mut memory,
                seen,
                dry_run: args.dry_run,
            },
            product: args.product.as_deref(),
        },
        console,
        status: status_line(),
        seen: false,
        not_here: false,
        bare: None,
        done_before: false,
        hint: None,
        gone: None,
    };
    let deadline = args
        .timeout
        .map(|seconds| Instant::now() + Duration::from_secs(seconds.into()));
    let end = live.watch(&events, &cancelled, deadline);
    live.status.finish_and_clear();
    watcher.stop();
    end
}

/// The orders for the watcher: read with the camera that is named.
pub(super) fn orders(
    args: &LiveArgs,
    accept: impl Fn(&str) -> bool + Send + Sync + 'static,
) -> WatcherSettings {
    WatcherSettings {
        choice: match args.camera.as_deref() {
            None | Some("") => CameraChoice::Any,
            Some(name) => CameraChoice::Named(name.to_owned()),
        },
        accept: Arc::new(accept),
        preview: None,
        reading: true,
        digits: true,
    }
}

/// Opens the camera, or the folder that stands in for one.
pub(super) fn opener(
    args: &LiveArgs,
) -> impl FnMut(&CameraChoice) -> Result<Box<dyn FrameSource>, CameraError> + Send + 'static {
    let folder: Option<PathBuf> = args.camera_folder.clone();
    move |choice| match &folder {
        Some(folder) => Ok(Box::new(FolderCamera::open(folder, Playback::default())?)),
        None => camera::open(choice),
    }
}

/// A flag that Ctrl-C sets. If Ctrl-C cannot be caught, it ends the program as
/// usual.
pub(super) fn on_ctrl_c() -> Arc<AtomicBool> {
    let flag = Arc::new(AtomicBool::new(false));
    let set = Arc::clone(&flag);
    let _ = ctrlc::set_handler(move || set.store(true, Ordering::Release));
    flag
}

/// How many products wait for a Confirmation ID.
fn waiting(settling: &Settling) -> Result<usize, Failure> {
    let products = settling.handler.store.products()?;
    Ok(products
        .iter()
        .filter(|product| product.is_pending())
        .count())
}

/// A status line on standard error, if that is a terminal.
pub(super) fn status_line() -> ProgressBar {
    let line = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{wide_msg}") {
        line.set_style(style);
    }
    line
}

/// A scan with a camera.
struct LiveScan<'a> {
    settling: Settling<'a>,
    console: &'a Console,
    status: ProgressBar,
    /// Whether frames have come.
    seen: bool,
    /// Whether a reply for another PC or product was read.
    not_here: bool,
    /// The bare number that was read and left alone.
    bare: Option<Answer>,
    /// Whether a reply was read whose product is activated already.
    done_before: bool,
    /// The latest hint: what the person should change.
    hint: Option<Hint>,
    /// Since when no frames have come, and why.
    gone: Option<(Instant, CameraError)>,
}

impl LiveScan<'_> {
    fn watch(
        &mut self,
        events: &Receiver<WatcherEvent>,
        cancelled: &AtomicBool,
        deadline: Option<Instant>,
    ) -> Result<Exit, Failure> {
        loop {
            if cancelled.load(Ordering::Acquire) {
                self.say(|console| console.note(&console.text("live-cancelled")));
                return Ok(Exit::Cancelled);
            }
            if deadline.is_some_and(|deadline| Instant::now() >= deadline) {
                return self.give_up();
            }
            if let Some((since, error)) = &self.gone
                && since.elapsed() > AWAY_LIMIT
            {
                return Err(error.clone().into());
            }
            match events.recv_timeout(TICK) {
                Ok(event) => {
                    if let Some(exit) = self.take(event)? {
                        return Ok(exit);
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Ok(Exit::Internal),
            }
        }
    }

    /// Handles an event; the exit code if it ends the scan.
    fn take(&mut self, event: WatcherEvent) -> Result<Option<Exit>, Failure> {
        match event {
            WatcherEvent::Ready { name } => {
                let id = if self.seen {
                    "live-begun-again"
                } else {
                    "live-begun"
                };
                self.say(|console| console.note(&console.text_with(id, &[("name", name.into())])));
                self.seen = true;
                self.gone = None;
            }
            WatcherEvent::Read(seen) => return self.settle(&seen.text),
            WatcherEvent::Other(seen) => {
                let pair = self
                    .console
                    .messages
                    .pair(NotAReply::of(&seen.text).into(), &[]);
                self.say(|console| console.advise(&pair));
            }
            WatcherEvent::Hint(hint) => {
                self.hint = hint.or(self.hint);
                self.status.set_message(match &hint {
                    // One line has room for what to do, not for what is wrong
                    // as well.
                    Some(hint) => printable(&self.console.messages.explain(hint).next),
                    None => String::new(),
                });
            }
            // A camera that never worked is not waited for.
            WatcherEvent::Trouble(error)
                if !self.seen && !matches!(error, CameraError::Stalled { .. }) =>
            {
                return Err(error.into());
            }
            WatcherEvent::Trouble(error) => {
                self.say(|console| console.warn(&error));
                self.gone.get_or_insert((Instant::now(), error));
            }
            WatcherEvent::Preview => {}
        }
        Ok(None)
    }

    fn settle(&mut self, text: &str) -> Result<Option<Exit>, Failure> {
        let Some(answer) = answer_of(text) else {
            return Ok(None);
        };
        self.status.set_message("");
        // A person must say that a bare number is for this PC; holding it
        // before the camera does not say so.
        if let Answer::Bare(_) = answer {
            if self.bare.replace(answer.clone()) != Some(answer) {
                self.say(|console| console.advise(&console.messages.pair("live-bare", &[])));
            }
            return Ok(None);
        }
        let Self {
            settling,
            console,
            status,
            ..
        } = self;
        let waited = waiting(settling)?;
        match status.suspend(|| settling.settle(&answer, console))? {
            // The right one may still come.
            Exit::NotForThisPc => {
                self.not_here = true;
                Ok(None)
            }
            // The phone still shows the reply of a product that is activated
            // already, while another product waits.
            Exit::Done if !settling.handler.dry_run && waiting(settling)? == waited => {
                self.done_before = true;
                Ok(None)
            }
            exit => Ok(Some(exit)),
        }
    }

    fn give_up(&mut self) -> Result<Exit, Failure> {
        if let Some((_, error)) = self.gone.take() {
            return Err(error.into());
        }
        if self.not_here || self.bare.is_some() && !self.done_before {
            return Ok(Exit::NotForThisPc);
        }
        if self.done_before {
            return Ok(Exit::Done);
        }
        let hint = self.hint;
        self.say(|console| match hint {
            // The general advice is better than that of "nothing in sight".
            None | Some(Hint::Nothing) => {
                console.advise(&console.messages.pair("live-nothing", &[]));
            }
            Some(hint) => {
                console.note(&console.text("live-nothing"));
                console.warn(&hint);
                console.note(&format!("  → {}", console.text("scan-type-instead")));
            }
        });
        self.console.json(&DepositJson::nothing());
        Ok(Exit::NothingFound)
    }

    /// Prints above the status line.
    fn say(&self, speak: impl FnOnce(&Console)) {
        self.status.suspend(|| speak(self.console));
    }
}
