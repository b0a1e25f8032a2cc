//! The view: everything that the window shows, except colours and layout.

use crate::i18n::Explanation;
use crate::symbol::LabelledGroup;

/// The whole window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WindowView {
    /// Whether to mark every screen as practice.
    pub practice: bool,
    /// The steps show, read and done.
    pub steps: [StepState; 3],
    /// Name of the PC; empty until it is known.
    pub pc: String,
    /// The product whose request or receipt is shown, with the end of its key.
    pub product: String,
    /// Label of the button that lists the products; `None` for a single product.
    pub others: Option<String>,
    /// The symbol's half.
    pub left: SymbolPanel,
    /// The half beside it.
    pub right: SidePanel,
    /// Label of the camera's button.
    pub camera: String,
}

/// The state of one of the three steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepState {
    /// Not begun.
    Ahead,
    /// Current.
    Now,
    /// Finished.
    Over,
}

/// The meaning that a colour conveys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// Neutral.
    #[default]
    Plain,
    /// Done.
    Good,
    /// Not this PC.
    Amber,
    /// Refused.
    Red,
}

/// The symbol's half.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SymbolPanel {
    /// Text of the symbol; empty for none.
    pub symbol: String,
    /// What to do with it.
    pub title: String,
    /// Description for people who cannot see it.
    pub describes: String,
    /// The number in labelled groups.
    pub groups: Vec<LabelledGroup>,
    /// An additional note; may be empty.
    pub line: String,
}

/// The half beside the symbol.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SidePanel {
    /// Camera and field.
    Scan(ScanPanel),
    /// Activated.
    Done(DonePanel),
    /// Refused by the licence store.
    Refused(RefusedPanel),
    /// Nothing to scan.
    Halt(HaltPanel),
    /// A list to pick from.
    List(PickList),
    /// About the program.
    About,
}

/// Camera and field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScanPanel {
    /// Tone of the frame around the preview and of the message.
    pub tone: Tone,
    /// The message.
    pub told: Explanation,
    /// The camera's error, which replaces the preview.
    pub trouble: Option<Explanation>,
    /// Whether frames come.
    pub live: bool,
    /// Whether a reply was accepted, so that there is nothing left to type.
    pub taken: bool,
    /// The field.
    pub field: FieldView,
}

/// The field for typing and scanners.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FieldView {
    /// The boxes A to H.
    pub boxes: Vec<BoxView>,
    /// Digits behind box H.
    pub rest: String,
    /// Message about the contents.
    pub told: String,
    /// Whether the message is about a mistake.
    pub wrong: bool,
    /// Whether the number is complete, so that Enter submits it.
    pub whole: bool,
    /// All digits, for people who cannot see the boxes.
    pub value: String,
}

/// One box of the field.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BoxView {
    /// A to H.
    pub label: String,
    /// Its digits.
    pub digits: String,
    /// Whether it is wrong.
    pub wrong: bool,
    /// Whether it is complete and correct.
    pub holds: bool,
    /// Number of digits before the cursor, if the cursor is in this box.
    pub cursor: Option<usize>,
    /// Whether the next digit replaces it.
    pub selected: bool,
}

/// Activated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DonePanel {
    /// Title.
    pub title: String,
    /// The activated product.
    pub product: String,
    /// When it was activated.
    pub time: String,
    /// What is still pending.
    pub remaining: String,
    /// Label of the button that goes on; `None` if nothing is pending.
    pub next: Option<String>,
}

/// Refused by the licence store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedPanel {
    /// Title.
    pub title: String,
    /// The product.
    pub product: String,
    /// The result code; empty if there was none.
    pub code: String,
    /// What the code means, and what to do.
    pub told: Explanation,
    /// Licence status after the deposit.
    pub status: String,
    /// The support line.
    pub support: String,
    /// Whether that line was copied.
    pub copied: bool,
    /// Whether another attempt may help.
    pub retry: bool,
}

/// Nothing to scan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HaltPanel {
    /// Tone of the message.
    pub tone: Tone,
    /// The message.
    pub told: Explanation,
    /// One line per product.
    pub lines: Vec<String>,
    /// Whether reading the store again may help.
    pub again: bool,
}

/// A list to pick from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PickList {
    /// Title.
    pub title: String,
    /// Introduction.
    pub lead: String,
    /// The entries.
    pub choices: Vec<ListEntry>,
}

/// An entry of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListEntry {
    /// Title.
    pub title: String,
    /// Details.
    pub detail: String,
    /// Whether it can be picked.
    pub enabled: bool,
    /// Whether it is the one in use.
    pub current: bool,
    /// Whether it is activated.
    pub done: bool,
}
