//! A number as it is being typed, or sent by a handheld scanner.

use super::answer::CID_DIGITS;
use super::boxes::{
    BEHIND, BOXES, BoxedDigits, KIND, begun_in_boxes, box_views, fill, labelled, places_of,
    put_labelled, split_runs,
};
use super::kind::group_holds;
use super::{
    Answer, ConfirmationDigits, Defect, GroupView, NumberError, NumberKind, ReplyCheck, Tag, Trust,
    fold, group_views,
};

/// More digits than any number or slip has: what comes then begins anew.
const MOST: usize = 256;

/// Digits that have arrived so far, for boxes A to H and behind them.
///
/// Lines belong together until the whole is decided. Forty-eight digits may be
/// all there is, or the first part of a reply: that is for the person to say
/// ([`NumberEntry::decide`]). A line that names boxes (`C 996432`, or the two rows of a
/// caption) replaces those boxes, one that begins with `#` what stands behind
/// box H, and everything else stays: what stands behind box H is never lost with
/// a correction, and where something stood there once, 48 digits alone are not
/// the number any more. A line with a whole number replaces everything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberEntry {
    typed: Typed,
    /// Something stood behind box H.
    tagged: bool,
    /// So it was before the first digit of what stands here came.
    was_tagged: bool,
    /// What stands here was decided, and is no number: the next line without
    /// labels begins anew.
    refused: bool,
    /// What stands here came behind eight boxes that were refused: the beginning
    /// of another number, or their end.
    trails: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Typed {
    /// Lines one after the other, in the person's own grouping: digits, single
    /// spaces and at most one mark, of bounded length.
    Lines(String),
    /// Box by box, since a box was named: what was typed stays in its box.
    Boxes(BoxedDigits),
}

/// Where an entry stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntryState {
    /// Nothing has arrived.
    Empty,
    /// More has to come; what stands in the boxes so far.
    Incomplete(Vec<GroupView>),
    /// It may be all: 48 digits with nothing behind box H, or 50. More may come,
    /// and only the person can say.
    Undecided(Vec<GroupView>),
    /// As much as a reply has, or more than any number.
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
    /// [`NumberError`] for a line that holds no digit, a letter or far too
    /// much; then nothing has changed.
    pub fn line(&mut self, line: &str) -> Result<(), NumberError> {
        let line = line.trim();
        if line.is_empty() {
            return Ok(());
        }
        let arriving = fold(line)?;
        let pieces = labelled(line);
        let whole = arriving.digits().len() >= CID_DIGITS;
        let places = self.places();
        if self.trails && (whole || pieces.is_some()) {
            // No whole number came of it: it may be what stood behind box H.
            self.tagged |= (2..CID_DIGITS).contains(&places.digits());
        }
        let full = self.is_full(&places) && places.behind.is_empty();
        self.trails = !whole && pieces.is_none() && (self.trails || self.refused && full);
        if let Some(pieces) = pieces {
            let mut places = places;
            put_labelled(&mut places, &pieces);
            self.typed = Typed::Boxes(places);
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
                Typed::Boxes(places) => fill(places, &arriving),
            }
        }
        // A single digit there is a slip of the hand in some box.
        self.tagged |= self.places().behind.len() > 1;
        Ok(())
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// What stands here is not taken: the next line without labels begins anew.
    pub(crate) fn refuse(&mut self) {
        self.refused = true;
    }

    /// Whether what stands here was found to be no number.
    pub(crate) fn is_refused(&self) -> bool {
        self.refused
    }

    /// Begins with another number, which may be bare only if this one may.
    fn begin_anew(&mut self) {
        self.was_tagged = self.tagged;
        self.typed = Typed::Lines(String::new());
        self.refused = false;
    }

    /// Where it stands now.
    pub fn state(&self) -> EntryState {
        if self.digits() == 0 {
            return EntryState::Empty;
        }
        let places = self.places();
        let is_full = self.is_full(&places);
        match places.behind.len() {
            0 | ReplyCheck::DIGITS if is_full && !(self.tagged && places.behind.is_empty()) => {
                if places.marked {
                    EntryState::Whole
                } else {
                    EntryState::Undecided(self.boxes())
                }
            }
            length if length > BEHIND || is_full && length > 1 && places.ends_well() => {
                EntryState::Whole
            }
            _ => EntryState::Incomplete(self.boxes()),
        }
    }

    /// Takes what stands here as all there is. Where that is no number, the
    /// next line without labels begins anew.
    ///
    /// # Errors
    /// The [`NumberError`] of what stands here;
    /// [`NumberError::BehindMissing`] where something stood behind box H before
    /// and nothing does now.
    pub fn decide(&mut self, trust: Trust) -> Result<Answer, NumberError> {
        let answer = self.answer(trust);
        if let Err(error) = &answer {
            self.refused = true;
            // A request scanned by mistake says nothing of the number to come,
            // and takes nothing back of the one before.
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

    /// Whether the boxes are full, and what stood behind them before is missing.
    pub(crate) fn lacks_its_end(&self) -> bool {
        let places = self.places();
        self.tagged && places.behind.is_empty() && self.is_full(&places)
    }

    /// The 48 digits in the boxes, where something stands behind them or did.
    pub fn tagged_digits(&self) -> Option<ConfirmationDigits> {
        let digits = self.places().boxes.concat();
        let sound = ConfirmationDigits::despite_check_digits(&digits).ok()?;
        self.tagged.then_some(sound)
    }

    fn answer(&self, trust: Trust) -> Result<Answer, NumberError> {
        let places = self.places();
        let lacks_its_check = places.behind.len() == Tag::DIGITS && !places.marked;
        if self.lacks_its_end() || self.is_full(&places) && lacks_its_check {
            return Err(NumberError::BehindMissing);
        }
        let text = match &self.typed {
            Typed::Lines(text) if !places.own => text.clone(),
            _ => places.text(),
        };
        let answer = Answer::read(&text, trust)?;
        // Whatever the text looks like: ten digits without a mark lack the
        // check, and bare is only what ends at box H.
        match answer {
            answer if places.ends_well() && (places.behind.is_empty() == is_bare(&answer)) => {
                Ok(answer)
            }
            _ => Err(NumberError::WrongLength {
                kind: NumberKind::Reply,
                expected: NumberKind::Reply.digits(),
                found: places.digits(),
                suspects: Vec::new(),
            }),
        }
    }

    /// How many digits have arrived.
    pub fn digits(&self) -> usize {
        match &self.typed {
            Typed::Lines(text) => fold(text).map_or(0, |folded| folded.digits().len()),
            Typed::Boxes(places) => places.digits(),
        }
    }

    /// The digits behind box H.
    pub fn behind(&self) -> String {
        self.places().behind
    }

    /// What stands in the boxes A to H, with a box named wrong as soon as it
    /// can be known.
    pub fn boxes(&self) -> Vec<GroupView> {
        let folded = match &self.typed {
            Typed::Boxes(places) => return box_views(&places.boxes, None),
            Typed::Lines(text) => fold(text).unwrap_or_default(),
        };
        if begun_in_boxes(&folded) {
            // The last box may be waiting for its last digit.
            return box_views(&split_runs(&folded), folded.runs().len().checked_sub(1));
        }
        let places = places_of(&folded);
        if places.boxes.iter().all(|digits| !digits.is_empty()) {
            return box_views(&places.boxes, None);
        }
        let mut shown = group_views(KIND, &folded);
        for one in &mut shown {
            // Not yet typed is not wrong.
            if one.digits.len() < KIND.group_digits() {
                one.defect = None;
            } else if one.digits.len() == KIND.group_digits() && !group_holds(&one.digits) {
                one.defect = Some(Defect::WrongCheckDigit);
            }
        }
        shown
    }

    /// As many digits as a Confirmation ID, or all eight boxes typed into.
    fn is_full(&self, places: &BoxedDigits) -> bool {
        let last = places.boxes[BOXES - 1].len();
        match &self.typed {
            Typed::Lines(_) => places.own || last == KIND.group_digits(),
            Typed::Boxes(_) => places.boxes.iter().all(|digits| !digits.is_empty()),
        }
    }

    /// The digits in their boxes, and behind them.
    pub(crate) fn places(&self) -> BoxedDigits {
        match &self.typed {
            Typed::Boxes(places) => places.clone(),
            Typed::Lines(text) => places_of(&fold(text).unwrap_or_default()),
        }
    }
}

fn is_bare(answer: &Answer) -> bool {
    matches!(answer, Answer::Bare(_))
}

#[cfg(test)]
mod tests;
