//! `hikyaku portal`: one request after the other, beside the browser's window.

mod clipboard;
mod keys;

use super::args::PortalDeskArgs;
use super::enter::show_views;
use super::exit::Exit;
use super::face::Face;
use super::failure::Failure;
use super::ledgers::{Refusal, by, open};
use super::source;
use super::typed::AT_ONCE;
use crate::activation::{ConfirmationDigits, InstallationId, Tag};
use crate::ledger::Ledger;
use crate::symbol::Caption;
use crate::trip::{Deed, Desk, State, TripError};
use clipboard::Clipboard;
use keys::{Event, Order};
use serde::Serialize;
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::{Duration, Instant};

/// The page that a person opens; never asked for by this program.
const PORTAL: &str = crate::paper::PORTAL;

/// Length of the bar that shows how far the requests are.
const BAR_CELLS: usize = 32;

/// One kept number on standard output; names are stable.
#[derive(Serialize)]
struct Kept<'a> {
    pc: &'a str,
    product: &'a str,
    tag: Tag,
    waiting: usize,
}

/// Works through the open requests of a trip; what was taken is on the disk
/// before anybody is told.
pub(super) fn run(args: &PortalDeskArgs, face: &Face) -> Result<Exit, Failure> {
    let ledger = open(&args.trip, face)?;
    let trip = ledger.trip()?;
    super::trip::say_contested(&trip, face);
    let open: Vec<Tag> = trip.open_requests().map(|(_, entry)| entry.tag()).collect();
    if open.is_empty() {
        face.advise(&face.messages.pair("portal-nothing-open", &[]));
        return Ok(Exit::NothingFound);
    }
    let (teller, events) = mpsc::channel();
    listen(teller.clone());
    let clipboard = if args.no_clipboard {
        None
    } else {
        Clipboard::watch(move |text| {
            let _ = teller.send(Event::Copied(text));
        })
    };
    face.note(&face.say("portal-begin"));
    let id = if clipboard.is_some() {
        "portal-with-clipboard"
    } else {
        "portal-without-clipboard"
    };
    face.note(&face.say(id));
    let begun = Instant::now();
    let mut session = Session {
        desk: Desk::new(open, Duration::ZERO),
        ledger,
        clipboard,
        begun,
        early: None,
        face,
    };
    session.work(&events)
}

/// How far the requests are. It stands still above each one: a bar that moves
/// would run through what is being typed.
fn bar(done: usize, count: usize) -> String {
    let full = (done * BAR_CELLS).checked_div(count).unwrap_or(BAR_CELLS);
    format!("{}{}", "█".repeat(full), "░".repeat(BAR_CELLS - full))
}

/// Lines of standard input, until it ends.
fn listen(teller: Sender<Event>) {
    std::thread::spawn(move || {
        let mut input = std::io::stdin().lock();
        loop {
            let event = match source::next_line(&mut input) {
                Ok(Some(line)) => Event::Line(line),
                _ => Event::End,
            };
            let ends = matches!(event, Event::End);
            if teller.send(event).is_err() || ends {
                return;
            }
        }
    });
}

struct Session<'a> {
    desk: Desk,
    ledger: Ledger,
    clipboard: Option<Clipboard>,
    begun: Instant,
    /// What happened while it was looked whether a line waits.
    early: Option<Event>,
    face: &'a Face,
}

impl Session<'_> {
    fn work(&mut self, events: &Receiver<Event>) -> Result<Exit, Failure> {
        self.take_up()?;
        while self.desk.at_hand().is_some() {
            let event = self.next(events);
            if let Some(deed) = keys::before(&mut self.desk, &event) {
                self.obey(deed)?;
            }
            let order = keys::hear(&mut self.desk, &event);
            if matches!(order, Order::End) {
                break;
            }
            self.act(order)?;
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
        self.face.done(&self.face.say_with(id, &facts));
        Ok(Exit::Done)
    }

    /// What happens next. A blank line behind which another line waits already is
    /// no decision.
    fn next(&mut self, events: &Receiver<Event>) -> Event {
        let event = match self.early.take() {
            Some(event) => event,
            None => events.recv().unwrap_or(Event::End),
        };
        let is_blank = |event: &Event| matches!(event, Event::Line(line) if line.trim().is_empty());
        if !is_blank(&event) || !self.desk.is_undecided() {
            return event;
        }
        loop {
            match events.recv_timeout(AT_ONCE) {
                Ok(again) if is_blank(&again) => {}
                Ok(line @ Event::Line(_)) => return line,
                Ok(other) => {
                    self.early = Some(other);
                    return event;
                }
                Err(_) => return event,
            }
        }
    }

    fn now(&self) -> Duration {
        self.begun.elapsed()
    }

    /// Does what a key is for.
    fn act(&mut self, order: Order) -> Result<(), Failure> {
        let face = self.face;
        match order {
            Order::Desk(deed) => self.obey(deed)?,
            Order::End => {}
            Order::Copy => self.copy(|iid| iid.digits().to_owned())?,
            Order::CopyGroup(group) => {
                let at = group - 1;
                self.copy(|iid| {
                    iid.groups()
                        .get(at)
                        .map_or_else(String::new, ToString::to_string)
                })?;
            }
            Order::OpenPortal => {
                if let Err(error) = open::that_detached(PORTAL) {
                    face.detail(&error.to_string());
                    face.advise(&face.messages.pair("portal-no-browser", &[]));
                }
            }
            Order::Next => self.take_up()?,
            Order::TakeBack(tag) => self.take_back(tag)?,
            Order::TakeBackOf(pc) => {
                let trip = self.ledger.trip()?;
                match super::trip::tag_to_take_back(&trip, &pc, face) {
                    Ok(tag) => self.take_back(tag)?,
                    Err(failure) => face.complain(failure.error.as_ref()),
                }
            }
            Order::NothingToTakeBack => face.note(&face.say("portal-nothing-to-take-back")),
            Order::Help => face.note(&face.say("portal-help")),
        }
        Ok(())
    }

    /// Does what the desk says.
    fn obey(&mut self, deed: Deed) -> Result<(), Failure> {
        let face = self.face;
        match deed {
            Deed::Nothing => {}
            Deed::Keep {
                tag,
                cid,
                confirmed,
            } => self.keep(tag, cid, confirmed)?,
            Deed::Several => face.advise(&face.messages.pair("portal-several", &[])),
            Deed::Damaged(error) => {
                face.complain(&error);
                for fault in error.faults() {
                    let line = super::enter::defect_line(&fault.label, fault.defect, face);
                    face.note(&format!("  {line}"));
                }
            }
            Deed::Foreign => self.turn_away(None)?,
            Deed::Boxes(boxes) => show_views(&boxes, face),
            Deed::Ask(boxes) => {
                show_views(&boxes, face);
                if boxes.iter().all(|shown| shown.defect.is_none()) {
                    self.ask()?;
                }
            }
        }
        Ok(())
    }

    fn take_back(&mut self, tag: Tag) -> Result<(), Failure> {
        let face = self.face;
        let taken_back = self.ledger.change(|trip| {
            let by = by(trip);
            trip.take_back_cid(tag, &by).map_err(Refusal::Trip)
        });
        match taken_back {
            Ok(()) => {
                let now = self.now();
                self.desk.was_taken_back(tag, now);
                face.note(&face.say("portal-taken-back"));
            }
            // Its receipt came in, or its number changed, meanwhile.
            Err(Refusal::Trip(error)) => {
                face.complain(&error);
                self.desk.was_overtaken(tag);
            }
            Err(Refusal::Ledger(error)) => return Err(error.into()),
        }
        self.take_up()
    }

    /// Says that a reply answers no request of this trip; whose it is, where an
    /// earlier number of a PC tells.
    fn turn_away(&mut self, tag: Option<Tag>) -> Result<(), Failure> {
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
        let pair = self.face.messages.pair(id, &facts);
        self.face.advise(&pair);
        Ok(())
    }

    /// Whether a number is all: only the person knows.
    fn ask(&self) -> Result<(), Failure> {
        if let Some(tag) = self.desk.at_hand()
            && let Some((pc, product, _)) = self.about(tag)?
        {
            let facts = [("pc", pc.into()), ("product", product.into())];
            self.face.note(&self.face.say_with("portal-ask", &facts));
        }
        Ok(())
    }

    fn keep(&mut self, tag: Tag, cid: ConfirmationDigits, confirmed: bool) -> Result<(), Failure> {
        let face = self.face;
        let at_hand = self.desk.at_hand() == Some(tag);
        let (pc, product) = match self.about(tag)? {
            Some((pc, product, _)) => (pc, product),
            None if at_hand => {
                self.desk.was_overtaken(tag);
                return self.take_up();
            }
            // Not open, but perhaps of this trip: a reply says whose it is.
            None => match self.answered(tag)? {
                Some(about) => about,
                None => return self.turn_away(Some(tag)),
            },
        };
        let kept = self.ledger.change(|trip| {
            let by = by(trip);
            trip.keep_cid(tag, &cid, confirmed, &by)
                .map_err(Refusal::Trip)
        });
        match kept {
            Ok(()) => {
                let now = self.now();
                self.desk.was_kept(tag, now);
                face.object(&Kept {
                    pc: &pc,
                    product: &product,
                    tag,
                    waiting: self.desk.waiting(),
                });
                let facts = [("pc", pc.into()), ("cid", cid.masked().into())];
                face.done(&face.say_with("portal-kept", &facts));
                if !at_hand {
                    face.note(&face.say("portal-kept-elsewhere"));
                }
                if self.desk.at_hand().is_some() {
                    self.take_up()?;
                }
                Ok(())
            }
            Err(Refusal::Trip(error)) => {
                face.complain(&error);
                // Another PC's answer is never taken; whether one is replaced, a
                // person may say.
                if matches!(error, TripError::CidReplaces { .. }) {
                    self.desk.was_doubted(tag, cid);
                    face.note(&face.say("portal-insist"));
                }
                Ok(())
            }
            Err(Refusal::Ledger(error)) => Err(error.into()),
        }
    }

    /// Shows the request at hand, and puts its number on the clipboard.
    fn take_up(&mut self) -> Result<(), Failure> {
        let face = self.face;
        let (pc, product, iid) = loop {
            let Some(tag) = self.desk.at_hand() else {
                return Ok(());
            };
            match self.about(tag)? {
                Some(about) => break about,
                // Collected anew or closed meanwhile, by somebody else.
                None => self.desk.was_overtaken(tag),
            }
        };
        let now = self.now();
        self.desk.was_shown(now);
        face.line("");
        let done = self.desk.answered();
        let count = done + self.desk.waiting();
        face.line(&bar(done, count));
        face.line(&face.say_with(
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
            face.line(&face.say_with("portal-time-left", &facts));
        }
        super::painting::print_caption(&Caption::of_installation_id(&iid), face);
        self.copy(|iid| iid.digits().to_owned())
    }

    fn copy(&self, what: impl Fn(&InstallationId) -> String) -> Result<(), Failure> {
        if let (Some(tag), Some(clipboard)) = (self.desk.at_hand(), &self.clipboard) {
            let Some((_, _, iid)) = self.about(tag)? else {
                return Ok(());
            };
            let (text, face) = (what(&iid), self.face);
            if clipboard.put(&text) {
                let facts = [("digits", text.len().into())];
                face.note(&face.say_with("portal-copied", &facts));
            } else {
                face.advise(&face.messages.pair("portal-not-copied", &[]));
            }
        }
        Ok(())
    }

    /// Name of the PC and of the product of a request of this trip that is
    /// answered already, but not activated.
    fn answered(&self, tag: Tag) -> Result<Option<(String, String)>, Failure> {
        let trip = self.ledger.trip()?;
        Ok(trip
            .entry(tag)
            .filter(|(_, entry)| entry.state != State::Activated)
            .map(|(pc, entry)| {
                let product = self.face.messages.product_name(entry.product.as_ref());
                (pc.name.to_string(), product)
            }))
    }

    /// Name of the PC, of the product, and the Installation ID; nothing if the
    /// request is open no more.
    fn about(&self, tag: Tag) -> Result<Option<(String, String, InstallationId)>, Failure> {
        let trip = self.ledger.trip()?;
        let Some((pc, entry)) = trip.open_requests().find(|(_, entry)| entry.tag() == tag) else {
            return Ok(None);
        };
        let product = self.face.messages.product_name(entry.product.as_ref());
        Ok(Some((pc.called(), product, entry.iid.clone())))
    }
}
