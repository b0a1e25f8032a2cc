//! What comes into the journey, and what it asks for.

use super::{Key, MessageRef};
use crate::activation::matching::{ShownRequest, ThisPc};
use crate::activation::{ConfirmationDigits, KnownAnswer, PcIdentity, Product, ReceiptBatch, Tag};
use crate::i18n::Lang;
use crate::licensing::{DepositError, Deposited, StoreError};
use crate::scan::Hint;
use crate::wire::PageAddress;
use chrono::{DateTime, FixedOffset, Utc};

/// What the licence store and the memory said, read at one moment.
#[derive(Debug, Clone, PartialEq)]
pub struct PcSnapshot {
    /// The PC.
    pub pc: PcIdentity,
    /// Whether it is a practice PC.
    pub practice: bool,
    /// Every row with something to say.
    pub products: Vec<Product>,
    /// What was shown before this reading.
    pub shown: Vec<ShownRequest>,
    /// Confirmation IDs that were met before.
    pub known: Vec<KnownAnswer>,
    /// What the PC says of itself by now.
    pub receipt: Option<ReceiptBatch>,
    /// What keeps the memory from being used, if anything does.
    pub history_trouble: Option<MessageRef>,
    /// When.
    pub at: DateTime<Utc>,
}

impl PcSnapshot {
    /// What an answer is matched against: what the person saw when they gave
    /// it, and what this window knows of Confirmation IDs.
    pub(super) fn here<'a>(&'a self, seen: &'a [Product], known: &'a [KnownAnswer]) -> ThisPc<'a> {
        ThisPc {
            pc: &self.pc,
            products: &self.products,
            seen,
            shown: &self.shown,
            known,
        }
    }
}

/// What came of handing over a Confirmation ID.
#[derive(Debug, Clone, PartialEq)]
pub struct DepositResult {
    /// What the store said, or why it was not asked.
    pub outcome: Result<Deposited, DepositError>,
    /// The store after it.
    pub snapshot: Result<PcSnapshot, StoreError>,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub enum JourneyEvent {
    /// Time passed; comes a few times a second.
    Tick,
    /// The licence store was read, or could not be.
    Read(Result<PcSnapshot, StoreError>),
    /// A deposit ended.
    DepositEnded(DepositResult),
    /// The camera sees this text.
    Seen(String),
    /// What to change, as the reader says it.
    Hint(Option<Hint>),
    /// Frames come, of the camera of this name.
    CameraReady(String),
    /// Why no frames come.
    CameraTrouble(MessageRef),
    /// The cameras that there are, by name.
    Cameras(Vec<String>),
    /// A key was pressed that means something in the field.
    Key(Key),
    /// Enter was pressed in the field, or sent by a scanner.
    Enter,
    /// Text was pasted.
    Pasted(String),
    /// A button was pressed, or the key that stands for it.
    Action(Action),
}

/// What a person can choose to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// The other language.
    Language,
    /// About the program, or back.
    About,
    /// The list of products, or back.
    Products,
    /// The list of cameras, or back.
    Cameras,
    /// An entry of the list that is open.
    Pick(usize),
    /// Selects a box of the field, to be typed anew.
    Box(usize),
    /// Empties the field.
    Clear,
    /// The preview the other way round.
    Mirror,
    /// Reads the licence store again, or tries the deposit again.
    Again,
    /// On to the next product that waits.
    Next,
    /// Back to where replies are awaited.
    Back,
    /// Copies the line for support.
    Copy,
}

/// Something to do outside of the journey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JourneyCommand {
    /// Read the licence store; answered by [`JourneyEvent::Read`].
    Read,
    /// Hand over a Confirmation ID; answered by [`JourneyEvent::DepositEnded`].
    Deposit {
        /// The product.
        product: Product,
        /// Tag of the Installation ID that it answers.
        expected: Tag,
        /// The digits.
        digits: ConfirmationDigits,
    },
    /// Remember what was learnt of a Confirmation ID.
    Remember(KnownAnswer),
    /// Make a sound, for someone who looks at the phone.
    Sound(Sound),
    /// Put this text into the clipboard.
    Copy(String),
    /// List the cameras; answered by [`JourneyEvent::Cameras`].
    ListCameras,
    /// Use the camera of this name, and remember it.
    UseCamera(String),
    /// Remember which way round the preview is.
    Mirrored(bool),
}

/// What a sound says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sound {
    /// A reply for this PC was taken.
    Taken,
    /// A reply that is not for this PC.
    NotHere,
    /// The licence store refused.
    Refused,
}

/// What a journey starts with.
#[derive(Debug, Clone)]
pub struct Start {
    /// The language.
    pub lang: Lang,
    /// The phone page, if symbols shall open it.
    pub page: Option<PageAddress>,
    /// Whether the preview is mirrored.
    pub mirrored: bool,
    /// Whether a camera is used at all.
    pub camera: bool,
    /// Whether a practice PC is to be read.
    pub practice: bool,
    /// The person's time zone.
    pub zone: FixedOffset,
}
