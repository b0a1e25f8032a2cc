//! The window's logic: events in, commands out, a view at any time.
//!
//! Nothing here knows a display, a thread, a file or a clock: time comes with
//! the events. The window of the screen shows what [`Journey::view`] says, and
//! does what [`Journey::handle`] answers.

mod acts;
mod answers;
mod field;
mod handed;
mod messages;
mod present;
#[cfg(test)]
pub(crate) mod samples;
mod support;
mod told;
mod typing;
mod view;

pub use field::Key;
pub use messages::{Action, Command, Event, Handed, Reading, Sound, Start};
pub use told::Told;
pub use view::{
    BoxView, Choice, Done, FieldView, Halt, Left, List, Refused, Right, Scan, Step, Tone, View,
};

use crate::activation::{ActivationId, Answer, HResult, KnownAnswer, Product, Standing, Tag};
use crate::i18n::Lang;
use crate::licensing::{Deposited, StoreError};
use crate::scan::Hint;
use crate::wire::PageAddress;
use chrono::{DateTime, FixedOffset, Utc};
use field::Field;
use std::time::Duration;

/// Where the journey stands.
#[derive(Debug, Clone, PartialEq)]
enum Stage {
    /// The licence store was not read yet.
    Starting,
    /// It cannot be read.
    Unreadable(StoreError),
    /// Replies are awaited; or nothing is, where no product waits.
    Open,
    /// A reply was taken.
    Depositing(Box<Deposit>),
    /// A product was activated.
    Done {
        product: Product,
        at: DateTime<Utc>,
        since: Duration,
    },
    /// The licence store refused.
    Refused(Box<Refusal>),
}

#[derive(Debug, Clone, PartialEq)]
struct Deposit {
    product: Product,
    /// Tag of the product's Installation ID when it was decided.
    tag: Tag,
    answer: Answer,
    /// It came by the field.
    typed: bool,
    since: Duration,
    /// What came of it, kept until the person has seen that the reply was taken.
    handed: Option<Handed>,
}

#[derive(Debug, Clone, PartialEq)]
struct Refusal {
    product: Product,
    tag: Tag,
    answer: Answer,
    why: Why,
    at: DateTime<Utc>,
    since: Duration,
}

#[derive(Debug, Clone, PartialEq)]
enum Why {
    Code(Deposited, HResult),
    Store(StoreError),
}

impl Why {
    fn code(&self) -> Option<HResult> {
        match self {
            Self::Code(_, code) => Some(*code),
            Self::Store(error) => error.hresult(),
        }
    }
}

/// What lies over the scanning half, by choice.
#[derive(Debug, Clone, PartialEq)]
enum Sheet {
    /// The products, in the order in which they stand there.
    Products(Vec<ActivationId>),
    Cameras(Vec<String>),
    About,
    /// A Confirmation ID came that does not say whose it is, and these products
    /// waited.
    Whose(Asked, Vec<ActivationId>),
}

/// Something told beside the camera.
#[derive(Debug, Clone, PartialEq)]
struct Notice {
    told: Told,
    tone: Tone,
    /// It may go from then on.
    until: Duration,
}

/// What is known of the camera.
#[derive(Debug, Clone, PartialEq)]
enum Camera {
    /// None is to be used.
    Off,
    Opening,
    Ready(String),
    Trouble(Told),
}

/// An answer that waits for a fresh reading before anything is said of it.
#[derive(Debug, Clone, PartialEq)]
struct Asked {
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
    stage: Stage,
    reading: Option<Reading>,
    /// The product whose request is shown.
    current: Option<ActivationId>,
    sheet: Option<Sheet>,
    notice: Option<Notice>,
    field: Field,
    /// What is wrong with what was typed.
    typed: Option<Told>,
    camera: Camera,
    mirrored: bool,
    practice: bool,
    hint: Option<Hint>,
    asked: Option<Asked>,
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
    pub fn begin(start: Start) -> (Self, Vec<Command>) {
        let journey = Self {
            lang: start.lang,
            page: start.page,
            zone: start.zone,
            stage: Stage::Starting,
            reading: None,
            current: None,
            sheet: None,
            notice: None,
            field: Field::default(),
            typed: None,
            camera: if start.camera {
                Camera::Opening
            } else {
                Camera::Off
            },
            mirrored: start.mirrored,
            practice: start.practice,
            hint: None,
            asked: None,
            known: Vec::new(),
            used: None,
            read_at: Duration::ZERO,
            key_at: Duration::ZERO,
            copied: false,
        };
        (journey, vec![Command::Read])
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
        match self.stage {
            Stage::Open | Stage::Refused(_) | Stage::Done { .. } => self.someone_waits(),
            _ => false,
        }
    }

    /// Takes what happened at `now` (since any moment in the past), and answers
    /// what to do.
    pub fn handle(&mut self, event: Event, now: Duration) -> Vec<Command> {
        match event {
            Event::Tick => self.tick(now),
            Event::Read(read) => self.read(read, now),
            Event::Handed(handed) => self.handed(handed, now),
            Event::Seen(text) => self.seen(&text, now),
            Event::Hint(hint) => {
                self.hint = hint;
                Vec::new()
            }
            Event::CameraReady(name) => {
                self.camera = Camera::Ready(name);
                Vec::new()
            }
            Event::CameraTrouble(told) => {
                self.camera = Camera::Trouble(told);
                self.hint = None;
                Vec::new()
            }
            Event::Cameras(names) => {
                if matches!(self.sheet, Some(Sheet::Cameras(_))) {
                    self.sheet = Some(Sheet::Cameras(names));
                }
                Vec::new()
            }
            Event::Key(key) => {
                self.key(key, now);
                Vec::new()
            }
            Event::Enter => self.enter(now),
            Event::Pasted(text) => {
                self.another_comes();
                self.typed = self.field.paste(&text).err().map(|error| Told::of(&error));
                self.remember_left();
                self.key_at = now;
                Vec::new()
            }
            Event::Act(action) => self.act(action, now),
        }
    }

    fn tick(&mut self, now: Duration) -> Vec<Command> {
        if let Some(notice) = &self.notice
            && now >= notice.until
            // A reply that is still held there stays explained.
            && (self.hint.is_some() || !matches!(self.camera, Camera::Ready(_)))
        {
            self.notice = None;
        }
        let moving_on = self.someone_waits() && self.sheet.is_none();
        match &mut self.stage {
            Stage::Depositing(deposit) if now >= deposit.since + GREEN => {
                if let Some(handed) = deposit.handed.take() {
                    return self.conclude(handed, now);
                }
            }
            Stage::Done { since, .. } if now >= *since + DONE && moving_on => self.move_on(now),
            Stage::Open if now >= self.read_at + REREAD && now >= self.key_at + REREAD / 6 => {
                return self.reread(now);
            }
            _ => {}
        }
        Vec::new()
    }

    fn reread(&mut self, now: Duration) -> Vec<Command> {
        self.read_at = now;
        vec![Command::Read]
    }

    fn read(&mut self, read: Result<Reading, StoreError>, now: Duration) -> Vec<Command> {
        self.read_at = now;
        match read {
            Ok(reading) => {
                self.take(reading, now);
                if matches!(self.stage, Stage::Starting | Stage::Unreadable(_)) {
                    self.stage = Stage::Open;
                }
                match self.asked.take() {
                    Some(asked) => self.speak(asked, now),
                    None => Vec::new(),
                }
            }
            Err(error) => {
                self.asked = None;
                // What is shown stays true until something else is known.
                if !matches!(self.stage, Stage::Depositing(_) | Stage::Done { .. }) {
                    self.stage = Stage::Unreadable(error);
                }
                Vec::new()
            }
        }
    }

    /// Takes a reading over, and notices what changed since the last one.
    fn take(&mut self, reading: Reading, now: Duration) {
        if let Some(changed) = changed_product(&reading, self.reading.as_ref()) {
            // What was typed answers what was shown before.
            let at = reading.at;
            self.empty_field(at);
            let told = Told::with("window-changed", changed.facts());
            self.tell(told, Tone::Amber, now + NOTICE);
        } else if let Some(memory) = &reading.memory
            && self.reading.is_none()
        {
            self.tell(memory.clone(), Tone::Plain, now + NOTICE);
        }
        let waits = |id: &ActivationId| {
            reading
                .products
                .iter()
                .any(|product| product.activation_id == *id && product.is_pending())
        };
        self.current = self
            .current
            .filter(waits)
            .or_else(|| pending(&reading.products).next().map(|p| p.activation_id));
        if let Some(Sheet::Products(listed)) = &mut self.sheet {
            let ids = reading.products.iter().map(|product| product.activation_id);
            let new: Vec<ActivationId> = ids.filter(|id| !listed.contains(id)).collect();
            listed.extend(new);
        }
        self.reading = Some(reading);
    }

    fn tell(&mut self, told: Told, tone: Tone, until: Duration) {
        self.notice = Some(Notice { told, tone, until });
    }

    fn move_to_open(&mut self) {
        self.copied = false;
        if matches!(self.stage, Stage::Refused(_) | Stage::Done { .. }) {
            self.stage = Stage::Open;
        }
    }

    /// From the receipt of one product to the request of the next.
    fn move_on(&mut self, now: Duration) {
        let done = match &self.stage {
            Stage::Done { product, .. } => Some(product.facts()),
            _ => None,
        };
        self.move_to_open();
        if let Some(facts) = done {
            let told = Told::with("window-one-done", facts);
            self.tell(told, Tone::Good, now + NOTICE);
        }
    }

    fn products(&self) -> &[Product] {
        self.reading
            .as_ref()
            .map_or(&[], |reading| &reading.products)
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
fn changed_product<'a>(reading: &'a Reading, before: Option<&Reading>) -> Option<&'a Product> {
    pending(&reading.products).find(|product| {
        let tag = product.installation_id.as_ref().map(|iid| iid.tag());
        let earlier = match before {
            Some(before) => before
                .products
                .iter()
                .find(|earlier| earlier.activation_id == product.activation_id)
                .and_then(|earlier| earlier.installation_id.as_ref().map(|iid| iid.tag())),
            None => reading
                .shown
                .iter()
                .rev()
                .find(|shown| {
                    shown.activation_id == product.activation_id
                        && shown.pc.is_same_machine(&reading.pc)
                })
                .map(|shown| shown.tag),
        };
        earlier.is_some() && earlier != tag
    })
}

/// Whether the same Confirmation ID may be taken at another try.
fn retry_helps(why: &Why) -> bool {
    match why {
        Why::Code(_, code) => code.may_succeed_later(),
        Why::Store(error) => {
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
