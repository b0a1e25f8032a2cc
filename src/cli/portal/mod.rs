//! `hikyaku portal`: one request after the other, next to the browser's window.

mod clipboard;
mod keys;

use super::args::PortalArgs;
use super::console::Console;
use super::enter::show_views;
use super::exit::Exit;
use super::failure::Failure;
use super::inputs;
use super::ledgers::{ChangeError, by, open};
use super::lines::BURST_GAP;
use crate::activation::{ConfirmationDigits, InstallationId, Tag};
use crate::ledger::Ledger;
use crate::symbol::Caption;
use crate::trip::{PortalAction, PortalQueue, ProductState, TripError};
use clipboard::Clipboard;
use keys::{OperatorAction, PortalEvent};
use serde::Serialize;
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::{Duration, Instant};

/// The portal's address. A person opens it; this program never connects to it.
const PORTAL: &str = crate::paper::PORTAL;

/// Length of the progress bar, in characters.
const BAR_CELLS: usize = 32;

/// One recorded Confirmation ID, as JSON. Field names are stable.
#[derive(Serialize)]
struct PortalJson<'a> {
    pc: &'a str,
    product: &'a str,
    tag: Tag,
    waiting: usize,
}

/// Works through the open requests of a trip. An answer is on the disk before
/// it is reported.
pub(super) fn run(args: &PortalArgs, console: &Console) -> Result<Exit, Failure> {
    let ledger = open(&args.trip, console)?;
    let trip = ledger.trip()?;
    super::trip::say_contested(&trip, console);
    let open: Vec<Tag> = trip.open_requests().map(|(_, entry)| entry.tag()).collect();
    if open.is_empty() {
        console.advise(&console.messages.pair("portal-nothing-open", &[]));
        return Ok(Exit::NothingFound);
    }
    let (sender, events) = mpsc::channel();
    read_lines(sender.clone());
    let clipboard = if args.no_clipboard {
        None
    } else {
        Clipboard::watch(move |text| {
            let _ = sender.send(PortalEvent::Copied(text));
        })
    };
    console.note(&console.text("portal-begin"));
    let id = if clipboard.is_some() {
        "portal-with-clipboard"
    } else {
        "portal-without-clipboard"
    };
    console.note(&console.text(id));
    let started = Instant::now();
    let mut session = PortalSession {
        desk: PortalQueue::new(open, Duration::ZERO),
        ledger,
        clipboard,
        started,
        pending: None,
        console,
    };
    session.work(&events)
}

/// The progress bar, printed once above each request. A bar that moves would
/// overwrite what is being typed.
fn bar(done: usize, count: usize) -> String {
    let full = (done * BAR_CELLS).checked_div(count).unwrap_or(BAR_CELLS);
    format!("{}{}", "█".repeat(full), "░".repeat(BAR_CELLS - full))
}

/// Sends the lines of standard input until it ends.
fn read_lines(sender: Sender<PortalEvent>) {
    std::thread::spawn(move || {
        let mut input = std::io::stdin().lock();
        loop {
            let event = match inputs::next_line(&mut input) {
                Ok(Some(line)) => PortalEvent::Line(line),
                _ => PortalEvent::End,
            };
            let ends = matches!(event, PortalEvent::End);
            if sender.send(event).is_err() || ends {
                return;
            }
        }
    });
}

struct PortalSession<'a> {
    desk: PortalQueue,
    ledger: Ledger,
    clipboard: Option<Clipboard>,
    started: Instant,
    /// An event that came while waiting for a further line.
    pending: Option<PortalEvent>,
    console: &'a Console,
}

impl PortalSession<'_> {
    fn work(&mut self, events: &Receiver<PortalEvent>) -> Result<Exit, Failure> {
        self.show_request()?;
        while self.desk.at_hand().is_some() {
            let event = self.next(events);
            if let Some(deed) = keys::deed_before(&mut self.desk, &event) {
                self.apply(deed)?;
            }
            let action = keys::action_for(&mut self.desk, &event);
            if matches!(action, OperatorAction::End) {
                break;
            }
            self.perform(action)?;
        }
        let waiting = self.desk.waiting();
        let id = if waiting == 0 {
            "portal-all-done"
        } else {
            "portal-paused"
        };
        let facts = [
            ("answered", self.desk.answered().into()),
            ("waiting", waiting.into()),
        ];
        self.console.success(&self.console.text_with(id, &facts));
        Ok(Exit::Done)
    }

    /// The next event. A blank line that is followed at once by another line is
    /// no decision.
    fn next(&mut self, events: &Receiver<PortalEvent>) -> PortalEvent {
        let event = match self.pending.take() {
            Some(event) => event,
            None => events.recv().unwrap_or(PortalEvent::End),
        };
        let is_blank = |event: &PortalEvent| matches!(event, PortalEvent::Line(line) if line.trim().is_empty());
        if !is_blank(&event) || !self.desk.is_undecided() {
            return event;
        }
        loop {
            match events.recv_timeout(BURST_GAP) {
                Ok(again) if is_blank(&again) => {}
                Ok(line @ PortalEvent::Line(_)) => return line,
                Ok(other) => {
                    self.pending = Some(other);
                    return event;
                }
                Err(_) => return event,
            }
        }
    }

    fn now(&self) -> Duration {
        self.started.elapsed()
    }

    /// Performs the action of a key.
    fn perform(&mut self, action: OperatorAction) -> Result<(), Failure> {
        let console = self.console;
        match action {
            OperatorAction::Portal(deed) => self.apply(deed)?,
            OperatorAction::End => {}
            OperatorAction::Copy => self.copy(|iid| iid.digits().to_owned())?,
            OperatorAction::CopyGroup(group) => {
                let at = group - 1;
                self.copy(|iid| {
                    iid.groups()
                        .get(at)
                        .map_or_else(String::new, ToString::to_string)
                })?;
            }
            OperatorAction::OpenPortal => {
                if let Err(error) = open::that_detached(PORTAL) {
                    console.detail(&error.to_string());
                    console.advise(&console.messages.pair("portal-no-browser", &[]));
                }
            }
            OperatorAction::Next => self.show_request()?,
            OperatorAction::TakeBack(tag) => self.take_back(tag)?,
            OperatorAction::TakeBackOf(pc) => {
                let trip = self.ledger.trip()?;
                match super::trip::tag_to_take_back(&trip, &pc, console) {
                    Ok(tag) => self.take_back(tag)?,
                    Err(failure) => console.error(failure.error.as_ref()),
                }
            }
            OperatorAction::NothingToTakeBack => {
                console.note(&console.text("portal-nothing-to-take-back"));
            }
            OperatorAction::Help => console.note(&console.text("portal-help")),
        }
        Ok(())
    }

    /// Does what the desk decided.
    fn apply(&mut self, deed: PortalAction) -> Result<(), Failure> {
        let console = self.console;
        match deed {
            PortalAction::Nothing => {}
            PortalAction::Keep {
                tag,
                cid,
                confirmed,
            } => self.keep(tag, cid, confirmed)?,
            PortalAction::Several => console.advise(&console.messages.pair("portal-several", &[])),
            PortalAction::Damaged(error) => {
                console.error(&error);
                for fault in error.faults() {
                    let line = super::enter::defect_line(&fault.label, fault.defect, console);
                    console.note(&format!("  {line}"));
                }
            }
            PortalAction::Foreign => self.refuse_reply(None)?,
            PortalAction::Boxes(boxes) => show_views(&boxes, console),
            PortalAction::Ask(boxes) => {
                show_views(&boxes, console);
                if boxes.iter().all(|shown| shown.defect.is_none()) {
                    self.ask()?;
                }
            }
        }
        Ok(())
    }

    fn take_back(&mut self, tag: Tag) -> Result<(), Failure> {
        let console = self.console;
        let taken_back = self.ledger.change(|trip| {
            let by = by(trip);
            trip.take_back_cid(tag, &by).map_err(ChangeError::Trip)
        });
        match taken_back {
            Ok(()) => {
                let now = self.now();
                self.desk.was_taken_back(tag, now);
                console.note(&console.text("portal-taken-back"));
            }
            // Meanwhile its receipt was collected, or its number changed.
            Err(ChangeError::Trip(error)) => {
                console.error(&error);
                self.desk.was_overtaken(tag);
            }
            Err(ChangeError::Ledger(error)) => return Err(error.into()),
        }
        self.show_request()
    }

    /// Says that a reply answers no open request of this trip, and whose it is
    /// if an earlier number tells.
    fn refuse_reply(&mut self, tag: Option<Tag>) -> Result<(), Failure> {
        self.desk.was_foreign();
        let trip = self.ledger.trip()?;
        let (id, pc) = match tag.and_then(|tag| Some((tag, trip.number(tag)?))) {
            Some((tag, (pc, entry, _))) if entry.tag() == tag => ("portal-activated", Some(pc)),
            Some((_, (pc, _, _))) => ("portal-outdated", Some(pc)),
            None if tag.is_none() => ("portal-not-at-hand", None),
            None => ("portal-foreign", None),
        };
        let facts: Vec<_> = pc
            .map(|pc| ("pc", pc.called().into()))
            .into_iter()
            .collect();
        let pair = self.console.messages.pair(id, &facts);
        self.console.advise(&pair);
        Ok(())
    }

    /// Asks whether a number is complete, which only the person knows.
    fn ask(&self) -> Result<(), Failure> {
        if let Some(tag) = self.desk.at_hand()
            && let Some((pc, product, _)) = self.open_request(tag)?
        {
            let facts = [("pc", pc.into()), ("product", product.into())];
            self.console
                .note(&self.console.text_with("portal-ask", &facts));
        }
        Ok(())
    }

    fn keep(&mut self, tag: Tag, cid: ConfirmationDigits, confirmed: bool) -> Result<(), Failure> {
        let console = self.console;
        let at_hand = self.desk.at_hand() == Some(tag);
        let (pc, product) = match self.open_request(tag)? {
            Some((pc, product, _)) => (pc, product),
            None if at_hand => {
                self.desk.was_overtaken(tag);
                return self.show_request();
            }
            // Not open, but perhaps answered already.
            None => match self.answered_request(tag)? {
                Some(about) => about,
                None => return self.refuse_reply(Some(tag)),
            },
        };
        let kept = self.ledger.change(|trip| {
            let by = by(trip);
            trip.keep_cid(tag, &cid, confirmed, &by)
                .map_err(ChangeError::Trip)
        });
        match kept {
            Ok(()) => {
                let now = self.now();
                self.desk.was_kept(tag, now);
                console.json(&PortalJson {
                    pc: &pc,
                    product: &product,
                    tag,
                    waiting: self.desk.waiting(),
                });
                let facts = [("pc", pc.into()), ("cid", cid.masked().into())];
                console.success(&console.text_with("portal-kept", &facts));
                if !at_hand {
                    console.note(&console.text("portal-kept-elsewhere"));
                }
                if self.desk.at_hand().is_some() {
                    self.show_request()?;
                }
                Ok(())
            }
            Err(ChangeError::Trip(error)) => {
                console.error(&error);
                // The answer of another PC is never accepted. Replacing one is
                // for the person to decide.
                if matches!(error, TripError::CidReplaces { .. }) {
                    self.desk.was_doubted(tag, cid);
                    console.note(&console.text("portal-insist"));
                }
                Ok(())
            }
            Err(ChangeError::Ledger(error)) => Err(error.into()),
        }
    }

    /// Shows the current request and copies its number to the clipboard.
    fn show_request(&mut self) -> Result<(), Failure> {
        let console = self.console;
        let (pc, product, iid) = loop {
            let Some(tag) = self.desk.at_hand() else {
                return Ok(());
            };
            match self.open_request(tag)? {
                Some(about) => break about,
                // Meanwhile it was collected anew or closed by somebody else.
                None => self.desk.was_overtaken(tag),
            }
        };
        let now = self.now();
        self.desk.was_shown(now);
        console.line("");
        let done = self.desk.answered();
        let count = done + self.desk.waiting();
        console.line(&bar(done, count));
        console.line(&console.text_with(
            "portal-at-hand",
            &[
                ("number", (done + 1).into()),
                ("count", count.into()),
                ("pc", pc.into()),
                ("product", product.into()),
            ],
        ));
        if let Some((each, left)) = self.desk.time_left() {
            let minutes = left.as_secs().div_ceil(60);
            let facts = [("each", each.as_secs().into()), ("minutes", minutes.into())];
            console.line(&console.text_with("portal-time-left", &facts));
        }
        super::painting::print_caption(&Caption::of_installation_id(&iid), console);
        self.copy(|iid| iid.digits().to_owned())
    }

    fn copy(&self, what: impl Fn(&InstallationId) -> String) -> Result<(), Failure> {
        if let (Some(tag), Some(clipboard)) = (self.desk.at_hand(), &self.clipboard) {
            let Some((_, _, iid)) = self.open_request(tag)? else {
                return Ok(());
            };
            let (text, console) = (what(&iid), self.console);
            if clipboard.put(&text) {
                let facts = [("digits", text.len().into())];
                console.note(&console.text_with("portal-copied", &facts));
            } else {
                console.advise(&console.messages.pair("portal-not-copied", &[]));
            }
        }
        Ok(())
    }

    /// PC and product of a request that is answered already but not activated.
    fn answered_request(&self, tag: Tag) -> Result<Option<(String, String)>, Failure> {
        let trip = self.ledger.trip()?;
        Ok(trip
            .entry(tag)
            .filter(|(_, entry)| entry.state != ProductState::Activated)
            .map(|(pc, entry)| {
                let product = self.console.messages.product_name(entry.product.as_ref());
                (pc.name.to_string(), product)
            }))
    }

    /// PC, product and Installation ID of an open request; `None` if it is open
    /// no more.
    fn open_request(&self, tag: Tag) -> Result<Option<(String, String, InstallationId)>, Failure> {
        let trip = self.ledger.trip()?;
        let Some((pc, entry)) = trip.open_requests().find(|(_, entry)| entry.tag() == tag) else {
            return Ok(None);
        };
        let product = self.console.messages.product_name(entry.product.as_ref());
        Ok(Some((pc.called(), product, entry.iid.clone())))
    }
}
