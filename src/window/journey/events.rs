//! Events, commands, and the data in them.

use super::{Key, MessageRef};
use crate::activation::matching::{ShownRequest, ThisPc};
use crate::activation::{ConfirmationDigits, KnownAnswer, PcIdentity, Product, ReceiptBatch, Tag};
use crate::i18n::Lang;
use crate::licensing::{DepositError, Deposited, StoreError};
use crate::scan::Hint;
use crate::wire::PageAddress;
use chrono::{DateTime, FixedOffset, Utc};

/// The licence store and the PC's history, read at one moment.
#[derive(Debug, Clone, PartialEq)]
pub struct PcSnapshot {
    /// The PC.
    pub pc: PcIdentity,
    /// Whether it is a practice PC.
    pub practice: bool,
    /// Every product with a key.
    pub products: Vec<Product>,
    /// Installation IDs shown before this snapshot.
    pub shown: Vec<ShownRequest>,
    /// Confirmation IDs met before.
    pub known: Vec<KnownAnswer>,
    /// The current receipt, if there is one.
    pub receipt: Option<ReceiptBatch>,
    /// Why the history cannot be used, if so.
    pub history_trouble: Option<MessageRef>,
    /// When it was read.
    pub at: DateTime<Utc>,
}

impl PcSnapshot {
    /// What an answer is matched against. `seen` are the products that the person
    /// saw when giving it, `known` the Confirmation IDs that this window knows.
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

/// The result of a deposit.
#[derive(Debug, Clone, PartialEq)]
pub struct DepositResult {
    /// The outcome, or why nothing was deposited.
    pub outcome: Result<Deposited, DepositError>,
    /// The store after the deposit.
    pub snapshot: Result<PcSnapshot, StoreError>,
}

/// Something that happened to the journey.
#[derive(Debug, Clone, PartialEq)]
pub enum JourneyEvent {
    /// Time passed; sent several times per second.
    Tick,
    /// The licence store was read, or could not be read.
    Read(Result<PcSnapshot, StoreError>),
    /// A deposit ended.
    DepositEnded(DepositResult),
    /// The camera sees this text.
    Seen(String),
    /// What the person should change, according to the reader.
    Hint(Option<Hint>),
    /// Frames come from the camera of this name.
    CameraReady(String),
    /// Why no frames come.
    CameraTrouble(MessageRef),
    /// The names of the cameras.
    Cameras(Vec<String>),
    /// A key for the field was pressed.
    Key(Key),
    /// Enter was pressed in the field or sent by a scanner.
    Enter,
    /// Text was pasted.
    Pasted(String),
    /// A button or its key was pressed.
    Action(Action),
}

/// What a person can choose to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Switches the language.
    Language,
    /// Shows or hides information about the program.
    About,
    /// Shows or hides the list of products.
    Products,
    /// Shows or hides the list of cameras.
    Cameras,
    /// Picks an entry of the open list.
    Pick(usize),
    /// Selects a box of the field for retyping.
    Box(usize),
    /// Empties the field.
    Clear,
    /// Mirrors the preview, or no longer.
    Mirror,
    /// Reads the licence store again, or retries the deposit.
    Again,
    /// Goes on to the next pending product.
    Next,
    /// Goes back to waiting for replies.
    Back,
    /// Copies the support line.
    Copy,
}

/// Something that the journey asks its surroundings to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JourneyCommand {
    /// Read the licence store; answered by [`JourneyEvent::Read`].
    Read,
    /// Deposit a Confirmation ID; answered by [`JourneyEvent::DepositEnded`].
    Deposit {
        /// The product.
        product: Product,
        /// Tag of the Installation ID that it answers.
        expected: Tag,
        /// The digits.
        digits: ConfirmationDigits,
    },
    /// Record what was learned of a Confirmation ID.
    Remember(KnownAnswer),
    /// Play a sound, for a person who looks at the phone.
    Sound(Sound),
    /// Copy this text to the clipboard.
    Copy(String),
    /// List the cameras; answered by [`JourneyEvent::Cameras`].
    ListCameras,
    /// Switch to the camera of this name, and remember it.
    UseCamera(String),
    /// Remember whether the preview is mirrored.
    Mirrored(bool),
}

/// What a sound means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sound {
    /// A reply for this PC was accepted.
    Taken,
    /// A reply is not for this PC.
    NotHere,
    /// The licence store refused.
    Refused,
}

/// The options of a journey.
#[derive(Debug, Clone)]
pub struct Start {
    /// The language.
    pub lang: Lang,
    /// Address of the phone page, if symbols are links to it.
    pub page: Option<PageAddress>,
    /// Whether the preview is mirrored.
    pub mirrored: bool,
    /// Whether a camera is used at all.
    pub camera: bool,
    /// Whether this is a practice PC.
    pub practice: bool,
    /// The person's time zone.
    pub zone: FixedOffset,
}
