//! What the window shows, in words: everything but colours and places.

use crate::i18n::Explanation;
use crate::symbol::LabelledGroup;

/// The whole window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WindowView {
    /// Whether to say, everywhere, that this is practice.
    pub practice: bool,
    /// Show, read, done.
    pub steps: [StepState; 3],
    /// Name of the PC; empty until it is known.
    pub pc: String,
    /// The product whose request or receipt is shown, and its key's end.
    pub product: String,
    /// What the button says that lists the products; none with a single one.
    pub others: Option<String>,
    /// The symbol's half.
    pub left: SymbolPanel,
    /// The half beside it.
    pub right: SidePanel,
    /// What the camera's button says.
    pub camera: String,
}

/// Where a step of the three stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepState {
    /// Not yet.
    Ahead,
    /// Now.
    Now,
    /// Over.
    Over,
}

/// What a text is like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// Nothing to mark.
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
    /// What is in the symbol; empty for none.
    pub symbol: String,
    /// What to do with it.
    pub title: String,
    /// What it is, for those who cannot see it.
    pub describes: String,
    /// The number in labelled groups.
    pub groups: Vec<LabelledGroup>,
    /// More to know; empty for nothing.
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
    /// Nothing to scan for.
    Halt(HaltPanel),
    /// A list to pick from.
    List(PickList),
    /// About the program.
    About,
}

/// Camera and field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScanPanel {
    /// Colour of the frame around the preview, and of what is told.
    pub tone: Tone,
    /// What there is to say.
    pub told: Explanation,
    /// What is wrong with the camera; then there is no preview.
    pub trouble: Option<Explanation>,
    /// Whether frames come.
    pub live: bool,
    /// A reply was taken: nothing to type any more.
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
    /// What there is to say about it.
    pub told: String,
    /// Whether that is about a mistake.
    pub wrong: bool,
    /// Whether Enter submits something.
    pub whole: bool,
    /// All digits, for those who cannot see the boxes.
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
    /// Whether it is whole and holds.
    pub holds: bool,
    /// Digits before the cursor, where the cursor is here.
    pub cursor: Option<usize>,
    /// Whether the next digit replaces it.
    pub selected: bool,
}

/// Activated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DonePanel {
    /// That it is done.
    pub title: String,
    /// What was activated.
    pub product: String,
    /// When.
    pub time: String,
    /// What waits still; empty if nothing does.
    pub remaining: String,
    /// What the button says that goes on; none where nothing waits.
    pub next: Option<String>,
}

/// Refused by the licence store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedPanel {
    /// That it was refused.
    pub title: String,
    /// For which product.
    pub product: String,
    /// The code; empty where there was none.
    pub code: String,
    /// What it means, and what to do.
    pub told: Explanation,
    /// Status after it.
    pub status: String,
    /// The line for support.
    pub support: String,
    /// Whether that line was copied.
    pub copied: bool,
    /// Whether another try may help.
    pub retry: bool,
}

/// Nothing to scan for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HaltPanel {
    /// How it is meant.
    pub tone: Tone,
    /// What there is to say.
    pub told: Explanation,
    /// Product by product.
    pub lines: Vec<String>,
    /// Whether reading again may help.
    pub again: bool,
}

/// A list to pick from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PickList {
    /// What to pick.
    pub title: String,
    /// Why.
    pub lead: String,
    /// The entries.
    pub choices: Vec<ListEntry>,
}

/// An entry of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListEntry {
    /// What it is.
    pub title: String,
    /// More of it.
    pub detail: String,
    /// Whether it can be picked.
    pub enabled: bool,
    /// Whether it is the one in use.
    pub current: bool,
    /// Whether it is activated.
    pub done: bool,
}
