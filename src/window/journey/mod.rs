//! The window's logic: events in, commands out, a view at any time.
//!
//! Nothing here knows a display, a thread, a file or a clock: time comes with
//! the events. The window of the screen shows what [`Journey::view`] says, and
//! does what [`Journey::handle`] answers.

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

use crate::activation::{ActivationId, Answer, HResult, KnownAnswer, Product, Standing, Tag};
use crate::i18n::Lang;
use crate::licensing::{Deposited, StoreError};
use crate::scan::Hint;
use crate::wire::PageAddress;
use chrono::{DateTime, FixedOffset, Utc};
use field::CidField;
use std::time::Duration;

/// Where the journey stands.
#[derive(Debug, Clone, PartialEq)]
enum JourneyState {
    /// The licence store was not read yet.
    Starting,
    /// It cannot be read.
    Unreadable(StoreError),
    /// Replies are awaited; or nothing is, where no product waits.
    Open,
    /// A reply was taken.
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
    /// Tag of the product's Installation ID when it was decided.
    tag: Tag,
    answer: Answer,
    /// It came by the field.
    typed: bool,
    since: Duration,
    /// What came of it, kept until the person has seen that the reply was taken.
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

/// What lies over the scanning half, by choice.
#[derive(Debug, Clone, PartialEq)]
enum Overlay {
    /// The products, in the order in which they stand there.
    Products(Vec<ActivationId>),
    Cameras(Vec<String>),
    About,
    /// A Confirmation ID came that does not say whose it is, and these products
    /// waited.
    Whose(PendingAnswer, Vec<ActivationId>),
}

/// Something told beside the camera.
#[derive(Debug, Clone, PartialEq)]
struct Notice {
    told: MessageRef,
    tone: Tone,
    /// It may go from then on.
    until: Duration,
}

/// What is known of the camera.
#[derive(Debug, Clone, PartialEq)]
enum CameraState {
    /// None is to be used.
    Off,
    Opening,
    Ready(String),
    Trouble(MessageRef),
}

/// An answer that waits for a fresh reading before anything is said of it.
#[derive(Debug, Clone, PartialEq)]
struct PendingAnswer {
    answer: Answer,
    chosen: Option<ActivationId>,
    /// What the person saw when they gave it.
    seen: Vec<Product>,
    /// It came by the field.
    typed: bool,
}

/// A reply that was taken is seen for at least this long.
const GREEN: Duration = Duration::from_millis(700);
/// The receipt of one product of several stays for this long.
const DONE: Duration = Duration::from_secs(8);
/// A notice stays for at least this long.
const NOTICE: Duration = Duration::from_secs(8);
/// A notice about something odd in view.
const ASIDE: Duration = Duration::from_secs(4);
/// The store is read again this long after the last time, while nothing else
/// happens: keys and hardware change behind our back.
const REREAD: Duration = Duration::from_secs(30);
/// The same reply, shown again after a refusal, is meant this long after it.
const MEANT: Duration = Duration::from_secs(4);

/// The journey of one PC.
#[derive(Debug, Clone)]
pub struct Journey {
    lang: Lang,
    page: Option<PageAddress>,
    zone: FixedOffset,
    state: JourneyState,
    snapshot: Option<PcSnapshot>,
    /// The product whose request is shown.
    current: Option<ActivationId>,
    overlay: Option<Overlay>,
    notice: Option<Notice>,
    field: CidField,
    /// What is wrong with what was typed.
    typed: Option<MessageRef>,
    camera: CameraState,
    mirrored: bool,
    practice: bool,
    hint: Option<Hint>,
    pending: Option<PendingAnswer>,
    /// What this window learnt of Confirmation IDs, remembered elsewhere or not.
    known: Vec<KnownAnswer>,
    /// The answer that activated something last: the phone still shows it.
    used: Option<Answer>,
    /// When a reading was asked for or came last.
    read_at: Duration,
    /// When a key was pressed last.
    key_at: Duration,
    copied: bool,
}

impl Journey {
    /// Begins, and says what to do first.
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

    /// The language that is spoken now.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// Whether the preview is mirrored.
    pub fn is_mirrored(&self) -> bool {
        self.mirrored
    }

    /// Whether Enter belongs to a scanner's burst, and not to the button that
    /// has the focus.
    pub fn is_bursting(&self, now: Duration) -> bool {
        self.field.is_bursting(now)
    }

    /// Whether texts that the camera sees are of any use now.
    pub fn wants_texts(&self) -> bool {
        match self.state {
            JourneyState::Open | JourneyState::Refused(_) | JourneyState::Done { .. } => {
                self.someone_waits()
            }
            _ => false,
        }
    }

    /// Takes what happened at `now` (since any moment in the past), and answers
    /// what to do.
    pub fn handle(&mut self, event: JourneyEvent, now: Duration) -> Vec<JourneyCommand> {
        match event {
            JourneyEvent::Tick => self.tick(now),
            JourneyEvent::Read(read) => self.read(read, now),
            JourneyEvent::DepositEnded(result) => self.deposit_ended(result, now),
            JourneyEvent::Seen(text) => self.seen(&text, now),
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
                self.another_comes();
                self.typed = self
                    .field
                    .paste(&text)
                    .err()
                    .map(|error| MessageRef::of(&error));
                self.remember_left();
                self.key_at = now;
                Vec::new()
            }
            JourneyEvent::Action(action) => self.act(action, now),
        }
    }

    fn tick(&mut self, now: Duration) -> Vec<JourneyCommand> {
        if let Some(notice) = &self.notice
            && now >= notice.until
            // A reply that is still held there stays explained.
            && (self.hint.is_some() || !matches!(self.camera, CameraState::Ready(_)))
        {
            self.notice = None;
        }
        let moving_on = self.someone_waits() && self.overlay.is_none();
        match &mut self.state {
            JourneyState::Depositing(deposit) if now >= deposit.since + GREEN => {
                if let Some(result) = deposit.result.take() {
                    return self.conclude(result, now);
                }
            }
            JourneyState::Done { since, .. } if now >= *since + DONE && moving_on => {
                self.move_on(now);
            }
            JourneyState::Open
                if now >= self.read_at + REREAD && now >= self.key_at + REREAD / 6 =>
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
                self.take(snapshot, now);
                if matches!(
                    self.state,
                    JourneyState::Starting | JourneyState::Unreadable(_)
                ) {
                    self.state = JourneyState::Open;
                }
                match self.pending.take() {
                    Some(pending) => self.speak(pending, now),
                    None => Vec::new(),
                }
            }
            Err(error) => {
                self.pending = None;
                // What is shown stays true until something else is known.
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

    /// Takes a reading over, and notices what changed since the last one.
    fn take(&mut self, snapshot: PcSnapshot, now: Duration) {
        if let Some(changed) = changed_product(&snapshot, self.snapshot.as_ref()) {
            // What was typed answers what was shown before.
            let at = snapshot.at;
            self.empty_field(at);
            let told = MessageRef::with("window-changed", changed.facts());
            self.tell(told, Tone::Amber, now + NOTICE);
        } else if let Some(memory) = &snapshot.history_trouble
            && self.snapshot.is_none()
        {
            self.tell(memory.clone(), Tone::Plain, now + NOTICE);
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

    fn tell(&mut self, told: MessageRef, tone: Tone, until: Duration) {
        self.notice = Some(Notice { told, tone, until });
    }

    fn move_to_open(&mut self) {
        self.copied = false;
        if matches!(
            self.state,
            JourneyState::Refused(_) | JourneyState::Done { .. }
        ) {
            self.state = JourneyState::Open;
        }
    }

    /// From the receipt of one product to the request of the next.
    fn move_on(&mut self, now: Duration) {
        let done = match &self.state {
            JourneyState::Done { product, .. } => Some(product.facts()),
            _ => None,
        };
        self.move_to_open();
        if let Some(facts) = done {
            let told = MessageRef::with("window-one-done", facts);
            self.tell(told, Tone::Good, now + NOTICE);
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

    fn someone_waits(&self) -> bool {
        pending(self.products()).next().is_some()
    }

    fn current_product(&self) -> Option<&Product> {
        self.product(self.current?)
    }
}

fn pending(products: &[Product]) -> impl Iterator<Item = &Product> {
    products.iter().filter(|product| product.is_pending())
}

/// The first waiting product whose Installation ID is another one than this PC
/// showed before: in this run, or as it is remembered.
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

/// Whether the same Confirmation ID may be taken at another try.
fn retry_helps(cause: &RefusalCause) -> bool {
    match cause {
        RefusalCause::Code(_, code) => code.may_succeed_later(),
        RefusalCause::Store(error) => {
            matches!(error, StoreError::Unreachable { .. })
                || error.hresult().is_none_or(HResult::may_succeed_later)
        }
    }
}

/// Whether anything is activated here, and nothing waits.
fn all_done(products: &[Product]) -> bool {
    products
        .iter()
        .any(|product| product.standing() == Standing::Licensed)
        && pending(products).next().is_none()
}

#[cfg(test)]
mod tests;
