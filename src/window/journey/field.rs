//! The boxes A to H that a person types into, pastes into, or lets a handheld
//! scanner fill.

use crate::activation::{
    Answer, BOXES, CORRECTIONS, ConfirmationDigits, GroupView, NumberEntry, NumberError,
    NumberKind, ReplyCheck, Tag, Trust, box_of_letter, box_views, digit_value, fold, mark_at,
};
use std::time::Duration;

/// Digits of a box.
const BOX: usize = 6;
/// Digits behind box H of a whole reply: its tag and its check.
const REST: usize = Tag::DIGITS + ReplyCheck::DIGITS;
/// The place behind box H.
const BEHIND: usize = BOXES;
/// A scanner's characters follow each other faster than this, nobody's fingers do.
const BURST_GAP: Duration = Duration::from_millis(100);
/// A scanner's Enter follows its last character as fast as this.
const BURST_END: Duration = Duration::from_millis(300);
/// Bytes of one burst that are kept.
const BURST_MOST: usize = 512;

/// A key that means something in the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// A character: digits of any width, separators, box letters A to H.
    Character(char),
    /// Takes the digit before the cursor away.
    Backspace,
    /// Takes the digit after the cursor away.
    Delete,
    /// One digit back.
    Left,
    /// One digit on.
    Right,
    /// To the beginning.
    Home,
    /// Behind the last digit.
    End,
}

/// What stands in the boxes, and where the cursor is.
///
/// A slip in one box never moves the digits of another: every box keeps its
/// own, and a box that is named (by its letter, or by a click) is typed anew
/// as a whole. Where something stood behind box H once, the boxes alone are not
/// the number, until the field is cleared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Field {
    boxes: [String; BOXES],
    rest: String,
    /// A mark said what stands behind box H, and no box has changed since.
    marked: bool,
    /// Boxes, by their bits, that changed since the digits behind box H came.
    changed: u8,
    /// Something stood behind box H.
    tagged: bool,
    /// What stands here was submitted, and is no number: the next digit begins
    /// anew.
    refused: bool,
    place: usize,
    offset: usize,
    /// The box at the cursor is replaced by the next digit.
    selected: bool,
    burst: String,
    /// Characters of the burst, those among them that are no longer kept.
    bursting: usize,
    burst_at: Duration,
    /// Numbers with something behind box H that stand here no longer.
    left: Vec<ConfirmationDigits>,
}

impl Field {
    /// Takes a key that was pressed at `now`; whether it meant anything.
    pub(super) fn press(&mut self, key: Key, now: Duration) -> bool {
        match key {
            Key::Character(character) => {
                if now.saturating_sub(self.burst_at) > BURST_GAP {
                    self.burst.clear();
                    self.bursting = 0;
                }
                self.burst_at = now;
                self.bursting = self.bursting.saturating_add(1);
                if self.burst.len() < BURST_MOST {
                    self.burst.push(character);
                }
                self.character(character)
            }
            Key::Backspace => self.backspace(),
            Key::Delete => self.delete(),
            Key::Left => self.left(),
            Key::Right => self.right(),
            Key::Home => self.go(0, 0),
            Key::End => {
                let last = (0..=BEHIND).rev().find(|&place| !self.at(place).is_empty());
                let place = last.unwrap_or(0);
                self.go(place, self.at(place).len())
            }
        }
    }

    /// Whether characters come so fast that a scanner sends them.
    pub(super) fn is_bursting(&self, now: Duration) -> bool {
        self.bursting > 3 && now.saturating_sub(self.burst_at) <= BURST_END
    }

    /// Takes pasted text: a whole number replaces everything, a part is typed.
    ///
    /// # Errors
    /// [`NumberError`] for text without digits, with letters, or far too long;
    /// then nothing has changed.
    pub(super) fn paste(&mut self, text: &str) -> Result<(), NumberError> {
        let folded = fold(text.trim())?;
        if folded.digits().len() >= NumberKind::ConfirmationId.digits() {
            self.replace(text)?;
        } else {
            let mut rest = text;
            while let Some(character) = rest.chars().next() {
                let length = mark_at(rest);
                if length.is_some() {
                    self.behind();
                } else {
                    self.character(character);
                }
                rest = &rest[length.unwrap_or(character.len_utf8())..];
            }
        }
        Ok(())
    }

    /// The whole number that Enter submits at `now`: what a scanner has just
    /// sent, whatever stood in the boxes before, else what stands in them. `None`
    /// as long as no whole number stands there. What is no number is followed by
    /// another: the next digit begins anew.
    pub(super) fn submit(&mut self, now: Duration) -> Option<Result<Answer, NumberError>> {
        let by_scanner = self.is_bursting(now);
        let missing = self.is_full() && self.rest.is_empty() && self.tagged;
        let answer = match self.text(now) {
            Some(text) => Answer::read(&text, Trust::CheckDigits),
            None if missing => Err(NumberError::BehindMissing),
            None => return None,
        };
        // A scanner may have sent the boxes alone.
        let missing = self.rest.is_empty() && self.tagged;
        let answer = match answer {
            Ok(Answer::Bare(_)) if missing => Err(NumberError::BehindMissing),
            answer => answer,
        };
        // A scanner may end the pieces of a number, and the last is still to come.
        self.refused = answer.is_err() && !(by_scanner && self.rest.len() < REST);
        Some(answer)
    }

    fn text(&mut self, now: Duration) -> Option<String> {
        // The last piece of a reply that a scanner sends in pieces.
        let stands = self.whole();
        if let Some(text) = &stands
            && matches!(
                Answer::read(text, Trust::CheckDigits),
                Ok(Answer::Tagged(_))
            )
        {
            return stands;
        }
        if self.is_bursting(now)
            && let Ok(folded) = fold(&self.burst)
            && folded.digits().len() >= NumberKind::ConfirmationId.digits()
        {
            let burst = std::mem::take(&mut self.burst);
            self.replace(&burst).ok()?;
            return Some(folded.digits().to_owned());
        }
        self.whole()
    }

    /// What stands in the boxes, if it is as much as a whole number.
    pub(super) fn whole(&self) -> Option<String> {
        let ends = match self.rest.len() {
            0 => !self.tagged,
            Tag::DIGITS => self.marked,
            length => length == ReplyCheck::DIGITS || length == REST,
        };
        (self.is_full() && ends).then(|| {
            let boxes = self.boxes.join(" ");
            if self.rest.is_empty() {
                boxes
            } else {
                format!("{boxes} # {}", self.rest)
            }
        })
    }

    fn is_full(&self) -> bool {
        self.boxes.iter().all(|digits| !digits.is_empty())
    }

    /// The 48 digits in the boxes, where something stands behind them.
    pub(super) fn tagged_digits(&self) -> Option<ConfirmationDigits> {
        let digits = self.boxes.concat();
        let sound = ConfirmationDigits::despite_check_digits(&digits).ok()?;
        self.tagged.then_some(sound)
    }

    /// Whole numbers with something behind them that stood in the boxes and were
    /// changed or replaced, since this was asked last.
    pub(super) fn take_left(&mut self) -> Vec<ConfirmationDigits> {
        std::mem::take(&mut self.left)
    }

    /// Digits in all boxes.
    pub(super) fn digits(&self) -> usize {
        self.boxes.iter().map(String::len).sum::<usize>() + self.rest.len()
    }

    /// The boxes as a person sees them; the one that is being typed is not
    /// wrong yet.
    pub(super) fn views(&self) -> Vec<GroupView> {
        box_views(&self.boxes, Some(self.place))
    }

    /// Digits behind box H.
    pub(super) fn rest(&self) -> &str {
        &self.rest
    }

    /// Box of the cursor (8 is behind H), digits before it in that box, and
    /// whether the whole box is selected.
    pub(super) fn cursor(&self) -> (usize, usize, bool) {
        (self.place, self.offset, self.selected)
    }

    /// Selects a box, to be typed anew.
    pub(super) fn choose(&mut self, place: usize) {
        self.refused = false;
        let place = place.min(BEHIND);
        self.go(place, 0);
        self.selected = !self.at(place).is_empty();
    }

    /// Forgets everything.
    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    fn replace(&mut self, text: &str) -> Result<(), NumberError> {
        let mut entry = NumberEntry::default();
        entry.line(text)?;
        let folded = fold(text)?;
        let places = entry.boxed_digits();
        let now = places.boxes.concat();
        if self.boxes.concat() != now {
            self.leave();
        }
        self.boxes = places.boxes;
        // More than a reply has stays more: it must not become one.
        self.rest = places.behind.chars().take(REST + 1).collect();
        self.marked = folded.behind().is_some();
        self.changed = 0;
        self.tagged |= self.rest.len() > 1;
        self.refused = false;
        self.selected = false;
        let place = if self.rest.is_empty() {
            BEHIND - 1
        } else {
            BEHIND
        };
        self.go(place, self.at(place).len());
        Ok(())
    }

    fn character(&mut self, character: char) -> bool {
        if let Some(digit) = digit_value(character) {
            self.digit(char::from(b'0' + digit));
            return true;
        }
        if let Some(place) = box_of_letter(character) {
            self.choose(place);
            return true;
        }
        if mark_at(character.encode_utf8(&mut [0; 4])).is_some() {
            self.behind();
            return true;
        }
        // A separator ends a box, so that a digit left out stays in its box.
        let ends = !character.is_alphanumeric() && !character.is_control();
        if ends
            && self.offset > 0
            && self.offset == self.at(self.place).len()
            && self.place < BEHIND
        {
            self.go(self.place + 1, 0);
        }
        ends
    }

    /// To what stands behind box H, to be typed anew.
    fn behind(&mut self) {
        self.choose(BEHIND);
        // A tag without its check is believed behind full boxes, where none was.
        self.marked = self.is_full() && self.rest.is_empty();
    }

    fn digit(&mut self, digit: char) {
        if self.refused {
            self.leave();
            *self = Self {
                tagged: self.tagged,
                burst: std::mem::take(&mut self.burst),
                bursting: self.bursting,
                burst_at: self.burst_at,
                left: std::mem::take(&mut self.left),
                ..Self::default()
            };
        }
        if self.selected {
            self.selected = false;
            self.at_mut().clear();
            self.offset = 0;
        }
        let most = if self.place == BEHIND { REST } else { BOX };
        let length = self.at(self.place).len();
        if self.offset >= most {
            if self.place == BEHIND {
                return;
            }
            self.go(self.place + 1, 0);
            return self.digit(digit);
        }
        let offset = self.offset;
        let here = self.at_mut();
        if length == most {
            here.remove(offset);
        }
        here.insert(offset, digit);
        self.offset += 1;
        self.tagged |= self.rest.len() > 1;
    }

    fn backspace(&mut self) -> bool {
        self.refused = false;
        if self.selected {
            self.selected = false;
            self.at_mut().clear();
            return true;
        }
        if self.offset == 0 && self.place > 0 {
            self.go(self.place - 1, usize::MAX);
        }
        if self.offset > 0 {
            self.offset -= 1;
            let offset = self.offset;
            self.at_mut().remove(offset);
        }
        true
    }

    fn delete(&mut self) -> bool {
        self.refused = false;
        if self.selected {
            self.selected = false;
            self.at_mut().clear();
        } else if self.offset < self.at(self.place).len() {
            let offset = self.offset;
            self.at_mut().remove(offset);
        }
        true
    }

    fn left(&mut self) -> bool {
        if self.offset > 0 && !self.selected {
            self.go(self.place, self.offset - 1)
        } else if self.place > 0 {
            self.go(self.place - 1, usize::MAX)
        } else {
            self.go(0, 0)
        }
    }

    fn right(&mut self) -> bool {
        if self.offset < self.at(self.place).len() {
            self.go(self.place, self.offset + 1)
        } else if self.place + 1 < BEHIND || (self.place < BEHIND && !self.rest.is_empty()) {
            self.go(self.place + 1, 0)
        } else {
            true
        }
    }

    fn go(&mut self, place: usize, offset: usize) -> bool {
        self.refused = false;
        self.place = place;
        self.offset = offset.min(self.at(place).len());
        self.selected = false;
        true
    }

    fn at(&self, place: usize) -> &str {
        self.boxes.get(place).unwrap_or(&self.rest)
    }

    /// The number in the boxes is about to be another.
    fn leave(&mut self) {
        self.left.extend(self.tagged_digits());
    }

    fn at_mut(&mut self) -> &mut String {
        if self.place == BEHIND {
            self.changed = 0;
        } else {
            self.leave();
            self.marked = false;
            self.changed |= 1 << self.place;
            // More of them are another number, whose end is still to come.
            if self.changed.count_ones() > CORRECTIONS {
                self.rest.clear();
            }
        }
        self.boxes.get_mut(self.place).unwrap_or(&mut self.rest)
    }
}

#[cfg(test)]
mod tests;
