//! The window's logic: events in, commands out, a view at any time.
//!
//! It knows no display, thread, file or clock: time comes with the events. The
//! window shows what [`Journey::view`] returns, and carries out what
//! [`Journey::handle`] returns.

mod actions;
mod answers;
mod deposit_result;
mod events;
mod field;
mod message_ref;
mod present;
#[cfg(test)]
pub(crate) mod samples;
mod support;
mod typing;
mod view;

pub use events::{Action, DepositResult, JourneyCommand, JourneyEvent, PcSnapshot, Sound, Start};
pub use field::Key;
pub use message_ref::MessageRef;
pub use view::{
    BoxView, DonePanel, FieldView, HaltPanel, ListEntry, PickList, RefusedPanel, ScanPanel,
    SidePanel, StepState, SymbolPanel, Tone, WindowView,
};

use crate::activation::{ActivationId, Answer, HResult, Known, Product, Standing, Tag};
use crate::i18n::Lang;
use crate::licensing::{Deposited, StoreError};
use crate::scan::Hint;
use crate::wire::PageAddress;
use chrono::{DateTime, FixedOffset, Utc};
use field::CidField;
use std::time::Duration;

/// The state of the journey.
#[derive(Debug, Clone, PartialEq)]
enum JourneyState {
    /// The licence store has not been read yet.
    Starting,
    /// The licence store cannot be read.
    Unreadable(StoreError),
    /// Waiting for replies, or for nothing if no product is pending.
    Open,
    /// A reply was accepted and is being deposited.
    Depositing(Box<ActiveDeposit>),
    /// A product was activated.
    Done {
        product: Product,
        at: DateTime<Utc>,
        since: Duration,
    },
    /// The licence store refused.
    Refused(Box<RefusedDeposit>),
}

#[derive(Debug, Clone, PartialEq)]
struct ActiveDeposit {
    product: Product,
    /// Tag of the product's Installation ID at the time of the decision.
    tag: Tag,
    answer: Answer,
    /// Whether it was typed into the field.
    typed: bool,
    since: Duration,
    /// The result, held back until the person has seen that the reply was accepted.
    result: Option<DepositResult>,
}

#[derive(Debug, Clone, PartialEq)]
struct RefusedDeposit {
    product: Product,
    tag: Tag,
    answer: Answer,
    cause: RefusalCause,
    at: DateTime<Utc>,
    since: Duration,
}

#[derive(Debug, Clone, PartialEq)]
enum RefusalCause {
    Code(Deposited, HResult),
    Store(StoreError),
}

impl RefusalCause {
    fn code(&self) -> Option<HResult> {
        match self {
            Self::Code(_, code) => Some(*code),
            Self::Store(error) => error.hresult(),
        }
    }
}

/// What the person opened over the camera's half.
#[derive(Debug, Clone, PartialEq)]
enum Overlay {
    /// The list of products, in this order.
    Products(Vec<ActivationId>),
    /// The list of cameras.
    Cameras(Vec<String>),
    /// Information about the program.
    About,
    /// The question which of these pending products a Confirmation ID is for that
    /// does not say so itself.
    Whose(PendingAnswer, Vec<ActivationId>),
}

/// A message beside the camera.
#[derive(Debug, Clone, PartialEq)]
struct Notice {
    told: MessageRef,
    tone: Tone,
    /// When it may disappear.
    until: Duration,
}

/// The state of the camera.
#[derive(Debug, Clone, PartialEq)]
enum CameraState {
    /// No camera is used.
    Off,
    Opening,
    Ready(String),
    Trouble(MessageRef),
}

/// An answer that waits for a fresh snapshot before it is decided.
#[derive(Debug, Clone, PartialEq)]
struct PendingAnswer {
    answer: Answer,
    chosen: Option<ActivationId>,
    /// The products that the person saw when giving it.
    seen: Vec<Product>,
    /// Whether it was typed into the field.
    typed: bool,
}

/// How long at least the window shows that a reply was accepted.
const TAKEN_SHOWN_FOR: Duration = Duration::from_millis(700);
/// How long the receipt stays while other products are pending.
const DONE_SHOWN_FOR: Duration = Duration::from_secs(8);
/// How long at least a notice stays.
const NOTICE_SHOWN_FOR: Duration = Duration::from_secs(8);
/// How long at least a notice about an unrelated symbol stays.
const ASIDE_SHOWN_FOR: Duration = Duration::from_secs(4);
/// How long after the last read the store is read again while nothing happens,
/// since keys and hardware may change meanwhile.
const REREAD_AFTER: Duration = Duration::from_secs(30);
/// How long after a refusal the same reply in view counts as shown again on
/// purpose.
const REPEAT_MEANT_AFTER: Duration = Duration::from_secs(4);

/// The journey of one PC.
#[derive(Debug, Clone)]
pub struct Journey {
    lang: Lang,
    page: Option<PageAddress>,
    zone: FixedOffset,
    state: JourneyState,
    snapshot: Option<PcSnapshot>,
    /// The product whose request is displayed.
    current: Option<ActivationId>,
    overlay: Option<Overlay>,
    notice: Option<Notice>,
    field: CidField,
    /// What is wrong with the typed number.
    typed: Option<MessageRef>,
    camera: CameraState,
    mirrored: bool,
    practice: bool,
    hint: Option<Hint>,
    pending: Option<PendingAnswer>,
    /// What this window has learned of Confirmation IDs, whether recorded or not.
    known: Vec<Known>,
    /// The answer of the last activation, which the phone may still show.
    used: Option<Answer>,
    /// When a snapshot was last requested or received.
    read_at: Duration,
    /// When a key was last pressed.
    key_at: Duration,
    copied: bool,
}

impl Journey {
    /// Begins a journey; returns what to do first.
    pub fn begin(start: Start) -> (Self, Vec<JourneyCommand>) {
        let journey = Self {
            lang: start.lang,
            page: start.page,
            zone: start.zone,
            state: JourneyState::Starting,
            snapshot: None,
            current: None,
            overlay: None,
            notice: None,
            field: CidField::default(),
            typed: None,
            camera: if start.camera {
                CameraState::Opening
            } else {
                CameraState::Off
            },
            mirrored: start.mirrored,
            practice: start.practice,
            hint: None,
            pending: None,
            known: Vec::new(),
            used: None,
            read_at: Duration::ZERO,
            key_at: Duration::ZERO,
            copied: false,
        };
        (journey, vec![JourneyCommand::Read])
    }

    /// The current language.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// Whether the preview is mirrored.
    pub fn is_mirrored(&self) -> bool {
        self.mirrored
    }

    /// Whether Enter belongs to a scanner's burst rather than to the button with
    /// the focus.
    pub fn is_bursting(&self, now: Duration) -> bool {
        self.field.is_bursting(now)
    }

    /// Whether texts from the camera are of use now.
    pub fn wants_texts(&self) -> bool {
        match self.state {
            JourneyState::Open | JourneyState::Refused(_) | JourneyState::Done { .. } => {
                self.has_pending()
            }
            _ => false,
        }
    }

    /// Handles an event at `now`, the time since some fixed moment; returns what to
    /// do.
    pub fn handle(&mut self, event: JourneyEvent, now: Duration) -> Vec<JourneyCommand> {
        match event {
            JourneyEvent::Tick => self.tick(now),
            JourneyEvent::Read(read) => self.read(read, now),
            JourneyEvent::DepositEnded(result) => self.deposit_ended(result, now),
            JourneyEvent::Seen(text) => self.text_seen(&text, now),
            JourneyEvent::Hint(hint) => {
                self.hint = hint;
                Vec::new()
            }
            JourneyEvent::CameraReady(name) => {
                self.camera = CameraState::Ready(name);
                Vec::new()
            }
            JourneyEvent::CameraTrouble(told) => {
                self.camera = CameraState::Trouble(told);
                self.hint = None;
                Vec::new()
            }
            JourneyEvent::Cameras(names) => {
                if matches!(self.overlay, Some(Overlay::Cameras(_))) {
                    self.overlay = Some(Overlay::Cameras(names));
                }
                Vec::new()
            }
            JourneyEvent::Key(key) => {
                self.key(key, now);
                Vec::new()
            }
            JourneyEvent::Enter => self.enter(now),
            JourneyEvent::Pasted(text) => {
                self.drop_open_question();
                self.typed = self
                    .field
                    .paste(&text)
                    .err()
                    .map(|error| MessageRef::of(&error));
                self.remember_replaced();
                self.key_at = now;
                Vec::new()
            }
            JourneyEvent::Action(action) => self.perform(action, now),
        }
    }

    fn tick(&mut self, now: Duration) -> Vec<JourneyCommand> {
        if let Some(notice) = &self.notice
            && now >= notice.until
            // Keep the explanation while the reply is still held to the camera.
            && (self.hint.is_some() || !matches!(self.camera, CameraState::Ready(_)))
        {
            self.notice = None;
        }
        let moving_on = self.has_pending() && self.overlay.is_none();
        match &mut self.state {
            JourneyState::Depositing(deposit) if now >= deposit.since + TAKEN_SHOWN_FOR => {
                if let Some(result) = deposit.result.take() {
                    return self.finish_deposit(result, now);
                }
            }
            JourneyState::Done { since, .. } if now >= *since + DONE_SHOWN_FOR && moving_on => {
                self.show_next_request(now);
            }
            JourneyState::Open
                if now >= self.read_at + REREAD_AFTER && now >= self.key_at + REREAD_AFTER / 6 =>
            {
                return self.reread(now);
            }
            _ => {}
        }
        Vec::new()
    }

    fn reread(&mut self, now: Duration) -> Vec<JourneyCommand> {
        self.read_at = now;
        vec![JourneyCommand::Read]
    }

    fn read(&mut self, read: Result<PcSnapshot, StoreError>, now: Duration) -> Vec<JourneyCommand> {
        self.read_at = now;
        match read {
            Ok(snapshot) => {
                self.adopt(snapshot, now);
                if matches!(
                    self.state,
                    JourneyState::Starting | JourneyState::Unreadable(_)
                ) {
                    self.state = JourneyState::Open;
                }
                match self.pending.take() {
                    Some(pending) => self.report_verdict(pending, now),
                    None => Vec::new(),
                }
            }
            Err(error) => {
                self.pending = None;
                // What these states show stays true.
                if !matches!(
                    self.state,
                    JourneyState::Depositing(_) | JourneyState::Done { .. }
                ) {
                    self.state = JourneyState::Unreadable(error);
                }
                Vec::new()
            }
        }
    }

    /// Adopts a snapshot, and notices what changed since the last one.
    fn adopt(&mut self, snapshot: PcSnapshot, now: Duration) {
        if let Some(changed) = changed_product(&snapshot, self.snapshot.as_ref()) {
            // What was typed answers the previous Installation ID.
            let at = snapshot.at;
            self.empty_field(at);
            let told = MessageRef::with("window-changed", changed.facts());
            self.notify(told, Tone::Amber, now + NOTICE_SHOWN_FOR);
        } else if let Some(trouble) = &snapshot.history_trouble
            && self.snapshot.is_none()
        {
            self.notify(trouble.clone(), Tone::Plain, now + NOTICE_SHOWN_FOR);
        }
        let waits = |id: &ActivationId| {
            snapshot
                .products
                .iter()
                .any(|product| product.activation_id == *id && product.is_pending())
        };
        self.current = self
            .current
            .filter(waits)
            .or_else(|| pending(&snapshot.products).next().map(|p| p.activation_id));
        if let Some(Overlay::Products(listed)) = &mut self.overlay {
            let ids = snapshot
                .products
                .iter()
                .map(|product| product.activation_id);
            let new: Vec<ActivationId> = ids.filter(|id| !listed.contains(id)).collect();
            listed.extend(new);
        }
        self.snapshot = Some(snapshot);
    }

    fn notify(&mut self, told: MessageRef, tone: Tone, until: Duration) {
        self.notice = Some(Notice { told, tone, until });
    }

    fn await_replies(&mut self) {
        self.copied = false;
        if matches!(
            self.state,
            JourneyState::Refused(_) | JourneyState::Done { .. }
        ) {
            self.state = JourneyState::Open;
        }
    }

    /// Moves from the receipt of one product to the request of the next.
    fn show_next_request(&mut self, now: Duration) {
        let done = match &self.state {
            JourneyState::Done { product, .. } => Some(product.facts()),
            _ => None,
        };
        self.await_replies();
        if let Some(facts) = done {
            let told = MessageRef::with("window-one-done", facts);
            self.notify(told, Tone::Good, now + NOTICE_SHOWN_FOR);
        }
    }

    fn products(&self) -> &[Product] {
        self.snapshot
            .as_ref()
            .map_or(&[], |snapshot| &snapshot.products)
    }

    fn product(&self, id: ActivationId) -> Option<&Product> {
        let mut products = self.products().iter();
        products.find(|product| product.activation_id == id)
    }

    fn has_pending(&self) -> bool {
        pending(self.products()).next().is_some()
    }

    fn current_product(&self) -> Option<&Product> {
        self.product(self.current?)
    }
}

fn pending(products: &[Product]) -> impl Iterator<Item = &Product> {
    products.iter().filter(|product| product.is_pending())
}

/// The first pending product whose Installation ID differs from the one shown
/// before, in this run or according to the history.
fn changed_product<'a>(
    snapshot: &'a PcSnapshot,
    before: Option<&PcSnapshot>,
) -> Option<&'a Product> {
    pending(&snapshot.products).find(|product| {
        let tag = product.installation_id.as_ref().map(|iid| iid.tag());
        let earlier = match before {
            Some(before) => before
                .products
                .iter()
                .find(|earlier| earlier.activation_id == product.activation_id)
                .and_then(|earlier| earlier.installation_id.as_ref().map(|iid| iid.tag())),
            None => snapshot
                .shown
                .iter()
                .rev()
                .find(|shown| {
                    shown.activation_id == product.activation_id
                        && shown.pc.is_same_machine(&snapshot.pc)
                })
                .map(|shown| shown.tag),
        };
        earlier.is_some() && earlier != tag
    })
}

/// Whether the same Confirmation ID may succeed at another attempt.
fn retry_helps(cause: &RefusalCause) -> bool {
    match cause {
        RefusalCause::Code(_, code) => code.may_pass(),
        RefusalCause::Store(error) => {
            matches!(error, StoreError::Unreachable { .. })
                || error.hresult().is_none_or(HResult::may_pass)
        }
    }
}

/// Whether something is activated and nothing is pending.
fn all_done(products: &[Product]) -> bool {
    products
        .iter()
        .any(|product| product.standing() == Standing::Licensed)
        && pending(products).next().is_none()
}

#[cfg(test)]
mod tests;
