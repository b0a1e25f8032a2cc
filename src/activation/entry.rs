//! A number while it is being typed, or sent by a handheld scanner.

use super::answer::CID_DIGITS;
use super::boxes::{
    BEHIND, BOXES, BoxedDigits, KIND, assign_to_boxes, begun_in_boxes, box_views, fill, labelled,
    put_labelled, split_runs,
};
use super::command_text::digits_of_command;
use super::kind::is_valid_group;
use super::{
    Answer, ConfirmationDigits, Defect, GroupView, NumberError, NumberKind, ReplyCheck, Tag, Trust,
    fold, group_views,
};

/// More digits than any number, even with slips in it. Digits beyond this start
/// a new number.
const MOST: usize = 256;

/// The digits so far, for boxes A to H and after them.
///
/// Lines are joined until the number is complete. Forty-eight digits may be
/// everything, or the first part of a reply; only the person can say
/// ([`NumberEntry::decide`]).
///
/// A line that names boxes (`C 996432`, or the two rows of a caption) replaces
/// those boxes. A line that starts with `#` replaces the digits after box H.
/// Everything else stays, so a correction never loses the digits after box H;
/// and once there were any, 48 digits alone are no longer the number. A line
/// with a whole number replaces everything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberEntry {
    typed: Typed,
    /// There were digits after box H.
    tagged: bool,
    /// The value of `tagged` when the current number was started.
    was_tagged: bool,
    /// The current digits were decided, and are not a number: the next line
    /// without labels starts a new one.
    refused: bool,
    /// The current digits followed eight boxes that were refused. They are the
    /// start of another number, or the end of that one.
    trails: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Typed {
    /// Lines one after the other, grouped as the person grouped them: digits,
    /// single spaces and at most one mark, of bounded length.
    Lines(String),
    /// Box by box, since a box was named: digits stay in the box they were
    /// typed into.
    Boxes(BoxedDigits),
}

/// How complete the entry is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntryState {
    /// No digits yet.
    Empty,
    /// More has to come; these are the boxes so far.
    Incomplete(Vec<GroupView>),
    /// It may be complete: 48 digits with nothing after box H, or 50. More may
    /// come; only the person can say.
    Undecided(Vec<GroupView>),
    /// As many digits as a reply has, or more than any number.
    Whole,
}

impl Default for NumberEntry {
    fn default() -> Self {
        Self {
            typed: Typed::Lines(String::new()),
            tagged: false,
            was_tagged: false,
            refused: false,
            trails: false,
        }
    }
}

impl NumberEntry {
    /// Takes one line. A blank line changes nothing.
    ///
    /// # Errors
    /// [`NumberError`] for a line with no digit, with a letter, or with far too
    /// much text; nothing is changed.
    pub fn line(&mut self, line: &str) -> Result<(), NumberError> {
        let line = line.trim();
        if line.is_empty() {
            return Ok(());
        }
        let arriving = fold(line)?;
        let pieces = labelled(digits_of_command(line).unwrap_or(line));
        let whole = arriving.digits().len() >= CID_DIGITS;
        let boxed = self.boxed_digits();
        if self.trails && (whole || pieces.is_some()) {
            // They never became a whole number, so they may have been the
            // digits after box H.
            self.tagged |= (2..CID_DIGITS).contains(&boxed.digits());
        }
        let full = self.is_full(&boxed) && boxed.behind.is_empty();
        self.trails = !whole && pieces.is_none() && (self.trails || self.refused && full);
        if let Some(pieces) = pieces {
            let mut boxed = boxed;
            put_labelled(&mut boxed, &pieces);
            self.typed = Typed::Boxes(boxed);
            self.refused = false;
        } else {
            if whole || self.refused || self.digits() > MOST {
                self.begin_anew();
            }
            match &mut self.typed {
                Typed::Lines(text) => {
                    if !text.is_empty() {
                        text.push(' ');
                    }
                    text.push_str(&arriving.to_text());
                }
                Typed::Boxes(boxed) => fill(boxed, &arriving),
            }
        }
        // A single digit there is a typing slip in some box.
        self.tagged |= self.boxed_digits().behind.len() > 1;
        Ok(())
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Marks the current digits as refused: the next line without labels starts
    /// a new number.
    pub(crate) fn refuse(&mut self) {
        self.refused = true;
    }

    /// Whether the current digits turned out not to be a number.
    pub(crate) fn is_refused(&self) -> bool {
        self.refused
    }

    /// Starts another number. It may be bare only if the previous one may be.
    fn begin_anew(&mut self) {
        self.was_tagged = self.tagged;
        self.typed = Typed::Lines(String::new());
        self.refused = false;
    }

    /// How complete it is.
    pub fn state(&self) -> EntryState {
        if self.digits() == 0 {
            return EntryState::Empty;
        }
        let boxed = self.boxed_digits();
        let is_full = self.is_full(&boxed);
        match boxed.behind.len() {
            0 | ReplyCheck::DIGITS if is_full && !(self.tagged && boxed.behind.is_empty()) => {
                if boxed.marked {
                    EntryState::Whole
                } else {
                    EntryState::Undecided(self.boxes())
                }
            }
            length if length > BEHIND || is_full && length > 1 && boxed.ends_well() => {
                EntryState::Whole
            }
            _ => EntryState::Incomplete(self.boxes()),
        }
    }

    /// Takes the current digits as the whole number. If they are not one, the
    /// next line without labels starts anew.
    ///
    /// # Errors
    /// The [`NumberError`] of the current digits;
    /// [`NumberError::BehindMissing`] if there were digits after box H before
    /// and there are none now.
    pub fn decide(&mut self, trust: Trust) -> Result<Answer, NumberError> {
        let answer = self.answer(trust);
        if let Err(error) = &answer {
            self.refused = true;
            // A request scanned by mistake says nothing about the number to
            // come, and takes back nothing of the one before.
            if let NumberError::OtherKind { found, .. } = error
                && found.groups() > BOXES
            {
                let tagged = self.was_tagged;
                *self = Self {
                    tagged,
                    was_tagged: tagged,
                    ..Self::default()
                };
            }
        }
        answer
    }

    /// Whether the boxes are full and the digits that once followed them are
    /// missing.
    pub(crate) fn lacks_its_end(&self) -> bool {
        let boxed = self.boxed_digits();
        self.tagged && boxed.behind.is_empty() && self.is_full(&boxed)
    }

    /// The 48 digits in the boxes, if any digits follow or followed them.
    pub fn tagged_digits(&self) -> Option<ConfirmationDigits> {
        let digits = self.boxed_digits().boxes.concat();
        let sound = ConfirmationDigits::despite_check_digits(&digits).ok()?;
        self.tagged.then_some(sound)
    }

    fn answer(&self, trust: Trust) -> Result<Answer, NumberError> {
        let boxed = self.boxed_digits();
        let lacks_its_check = boxed.behind.len() == Tag::DIGITS && !boxed.marked;
        if self.lacks_its_end() || self.is_full(&boxed) && lacks_its_check {
            return Err(NumberError::BehindMissing);
        }
        let text = match &self.typed {
            Typed::Lines(text) if !boxed.own => text.clone(),
            _ => boxed.text(),
        };
        let answer = Answer::read(&text, trust)?;
        // Whatever the text looks like: ten digits without a mark lack the
        // check, and only what ends at box H is bare.
        match answer {
            answer if boxed.ends_well() && (boxed.behind.is_empty() == is_bare(&answer)) => {
                Ok(answer)
            }
            _ => Err(NumberError::WrongLength {
                kind: NumberKind::Reply,
                expected: NumberKind::Reply.digits(),
                found: boxed.digits(),
                suspects: Vec::new(),
            }),
        }
    }

    /// How many digits have arrived.
    pub fn digits(&self) -> usize {
        match &self.typed {
            Typed::Lines(text) => fold(text).map_or(0, |folded| folded.digits().len()),
            Typed::Boxes(boxed) => boxed.digits(),
        }
    }

    /// The digits after box H.
    pub fn behind(&self) -> String {
        self.boxed_digits().behind
    }

    /// The contents of boxes A to H; a box is marked as wrong as soon as that
    /// is certain.
    pub fn boxes(&self) -> Vec<GroupView> {
        let folded = match &self.typed {
            Typed::Boxes(boxed) => return box_views(&boxed.boxes, None),
            Typed::Lines(text) => fold(text).unwrap_or_default(),
        };
        if begun_in_boxes(&folded) {
            // The last box may be waiting for its last digit.
            return box_views(&split_runs(&folded), folded.runs().len().checked_sub(1));
        }
        let boxed = assign_to_boxes(&folded);
        if boxed.boxes.iter().all(|digits| !digits.is_empty()) {
            return box_views(&boxed.boxes, None);
        }
        let mut shown = group_views(KIND, &folded);
        for one in &mut shown {
            // A box that is not complete yet is not wrong.
            if one.digits.len() < KIND.group_digits() {
                one.defect = None;
            } else if one.digits.len() == KIND.group_digits() && !is_valid_group(&one.digits) {
                one.defect = Some(Defect::WrongCheckDigit);
            }
        }
        shown
    }

    /// Whether there are as many digits as in a Confirmation ID, or all eight
    /// boxes have digits.
    fn is_full(&self, boxed: &BoxedDigits) -> bool {
        let last = boxed.boxes[BOXES - 1].len();
        match &self.typed {
            Typed::Lines(_) => boxed.own || last == KIND.group_digits(),
            Typed::Boxes(_) => boxed.boxes.iter().all(|digits| !digits.is_empty()),
        }
    }

    /// The digits in their boxes, and those after them.
    pub(crate) fn boxed_digits(&self) -> BoxedDigits {
        match &self.typed {
            Typed::Boxes(boxed) => boxed.clone(),
            Typed::Lines(text) => assign_to_boxes(&fold(text).unwrap_or_default()),
        }
    }
}

fn is_bare(answer: &Answer) -> bool {
    matches!(answer, Answer::Bare(_))
}

#[cfg(test)]
mod tests;
