//! The input field with the boxes A to H, for typing, pasting and handheld
//! scanners.

use crate::activation::{
    Answer, BOXES, CORRECTIONS, ConfirmationDigits, GroupView, NumberEntry, NumberError,
    NumberKind, ReplyCheck, Tag, Trust, begins_like_command, box_of_letter, box_views, digit_value,
    fold, mark_at,
};
use std::time::Duration;

/// Digits per box.
const BOX: usize = 6;
/// Digits behind box H of a complete reply: tag and check.
const REST: usize = Tag::DIGITS + ReplyCheck::DIGITS;
/// Index of the place behind box H.
const BEHIND: usize = BOXES;
/// Longest gap between characters of a scanner, too short for fingers.
const BURST_GAP: Duration = Duration::from_millis(100);
/// Longest gap before the Enter of a scanner.
const BURST_END: Duration = Duration::from_millis(300);
/// Bytes of a burst that are kept.
const BURST_MOST: usize = 512;

/// A key with a meaning in the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// A character: half- or full-width digits, separators, box letters A to H.
    Character(char),
    /// Deletes the digit before the cursor.
    Backspace,
    /// Deletes the digit after the cursor.
    Delete,
    /// One digit back.
    Left,
    /// One digit forward.
    Right,
    /// To the beginning.
    Home,
    /// After the last digit.
    End,
}

/// The contents of the boxes, and the cursor.
///
/// A mistake in one box never moves the digits of another: every box keeps its
/// own, and a box selected by its letter or by a click is retyped as a whole. Once
/// something stood behind box H, the boxes alone are not taken for the number
/// until the field is cleared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct CidField {
    boxes: [String; BOXES],
    rest: String,
    /// A mark introduced the digits behind box H, and no box has changed since.
    marked: bool,
    /// Bit set of the boxes changed since the digits behind box H came.
    changed: u8,
    /// Something has stood behind box H.
    tagged: bool,
    /// The contents were submitted and are not a number: the next digit starts
    /// over.
    refused: bool,
    place: usize,
    offset: usize,
    /// The next digit replaces the box at the cursor.
    selected: bool,
    burst: String,
    /// Length of the burst in characters, including those no longer kept.
    bursting: usize,
    burst_at: Duration,
    /// The boxes were filled by the command line that is still arriving.
    from_command: bool,
    /// Numbers with something behind box H that were changed or replaced.
    replaced: Vec<ConfirmationDigits>,
}

impl CidField {
    /// Handles a key pressed at `now`; returns whether it had a meaning.
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
                if self.bursting > 1 && begins_like_command(&self.burst) {
                    self.command();
                    return true;
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

    /// Whether characters come as fast as from a scanner.
    pub(super) fn is_bursting(&self, now: Duration) -> bool {
        self.bursting > 3 && now.saturating_sub(self.burst_at) <= BURST_END
    }

    /// Pastes text: a complete number replaces everything, a part is inserted as if
    /// typed.
    ///
    /// # Errors
    /// [`NumberError`] for text without digits, with letters, or far too long;
    /// nothing changes then.
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

    /// The number that Enter submits at `now`: what a scanner has just sent,
    /// whatever the boxes contained, otherwise the contents of the boxes; `None`
    /// while these are incomplete. After an invalid number, the next digit starts
    /// over.
    pub(super) fn submit(&mut self, now: Duration) -> Option<Result<Answer, NumberError>> {
        let by_scanner = self.is_bursting(now);
        let missing = self.is_full() && self.rest.is_empty() && self.tagged;
        let answer = match self.text(now) {
            Some(text) => Answer::read(&text, Trust::CheckDigits),
            None if missing => Err(NumberError::BehindMissing),
            None => return None,
        };
        // A scanner may have sent the boxes without what follows them.
        let missing = self.rest.is_empty() && self.tagged;
        let answer = match answer {
            Ok(Answer::Bare(_)) if missing => Err(NumberError::BehindMissing),
            answer => answer,
        };
        // A scanner may send a number in pieces, each with an Enter, and the last
        // may still be to come.
        self.refused = answer.is_err() && !(by_scanner && self.rest.len() < REST);
        Some(answer)
    }

    fn text(&mut self, now: Duration) -> Option<String> {
        // A scanner may just have sent the last piece of a reply.
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

    /// The contents of the boxes, if they have the length of a complete number.
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

    /// The 48 digits in the boxes, if something has stood behind them.
    pub(super) fn tagged_digits(&self) -> Option<ConfirmationDigits> {
        let digits = self.boxes.concat();
        let sound = ConfirmationDigits::despite_check_digits(&digits).ok()?;
        self.tagged.then_some(sound)
    }

    /// Complete numbers with something behind them that were changed or replaced
    /// since the last call.
    pub(super) fn take_replaced(&mut self) -> Vec<ConfirmationDigits> {
        std::mem::take(&mut self.replaced)
    }

    /// Number of digits in the field.
    pub(super) fn digits(&self) -> usize {
        self.boxes.iter().map(String::len).sum::<usize>() + self.rest.len()
    }

    /// The boxes for display. The one being typed does not count as wrong yet.
    pub(super) fn views(&self) -> Vec<GroupView> {
        box_views(&self.boxes, Some(self.place))
    }

    /// Digits behind box H.
    pub(super) fn rest(&self) -> &str {
        &self.rest
    }

    /// Box of the cursor (8 is behind box H), digits before the cursor in that box,
    /// and whether the whole box is selected.
    pub(super) fn cursor(&self) -> (usize, usize, bool) {
        (self.place, self.offset, self.selected)
    }

    /// Selects a box for retyping.
    pub(super) fn choose(&mut self, place: usize) {
        self.refused = false;
        let place = place.min(BEHIND);
        self.go(place, 0);
        self.selected = !self.at(place).is_empty();
    }

    /// Clears everything.
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
            self.keep_replaced();
        }
        self.boxes = places.boxes;
        // Excess digits stay in excess: truncating must not make a valid reply.
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

    /// Takes the digits of the command line that a scanner is sending, as soon as
    /// it is one; its letters name no box.
    fn command(&mut self) {
        let burst = self.burst.clone();
        let is_whole = fold(&burst)
            .is_ok_and(|folded| folded.digits().len() == NumberKind::ConfirmationId.digits());
        if is_whole {
            // It was read as a number just now.
            self.from_command = self.replace(&burst).is_ok();
        } else if std::mem::take(&mut self.from_command) {
            // More came: an Activation ID so far, or what makes it no command.
            self.boxes = <[String; BOXES]>::default();
            self.go(0, 0);
        }
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
        // A separator ends a box, so that a missing digit affects only its box.
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

    /// Selects the place behind box H for retyping.
    fn behind(&mut self) {
        self.choose(BEHIND);
        // A tag without check is accepted only if the boxes are full and nothing
        // stood behind them.
        self.marked = self.is_full() && self.rest.is_empty();
    }

    fn digit(&mut self, digit: char) {
        if self.refused {
            self.keep_replaced();
            *self = Self {
                tagged: self.tagged,
                burst: std::mem::take(&mut self.burst),
                bursting: self.bursting,
                burst_at: self.burst_at,
                replaced: std::mem::take(&mut self.replaced),
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

    /// Keeps the number in the boxes before it is changed.
    fn keep_replaced(&mut self) {
        self.replaced.extend(self.tagged_digits());
    }

    fn at_mut(&mut self) -> &mut String {
        if self.place == BEHIND {
            self.changed = 0;
        } else {
            self.keep_replaced();
            self.marked = false;
            self.changed |= 1 << self.place;
            // After more corrections it is another number, whose end is yet to
            // come.
            if self.changed.count_ones() > CORRECTIONS {
                self.rest.clear();
            }
        }
        self.boxes.get_mut(self.place).unwrap_or(&mut self.rest)
    }
}

#[cfg(test)]
mod tests;
