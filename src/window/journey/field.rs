//! The boxes A to H that a person types into, pastes into, or lets a handheld
//! scanner fill.

use crate::activation::{
    BOXES, Entry, GroupView, NumberError, NumberKind, boxed, digit_value, fold,
};
use std::time::Duration;

/// Digits of a box.
const BOX: usize = 6;
/// Digits behind box H of a whole reply: its tag and its check.
const REST: usize = 12;
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
/// as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Field {
    boxes: [String; BOXES],
    rest: String,
    place: usize,
    offset: usize,
    /// The box at the cursor is replaced by the next digit.
    selected: bool,
    burst: String,
    burst_at: Duration,
}

impl Field {
    /// Takes a key that was pressed at `now`; whether it meant anything.
    pub(super) fn press(&mut self, key: Key, now: Duration) -> bool {
        match key {
            Key::Character(character) => {
                if now.saturating_sub(self.burst_at) > BURST_GAP {
                    self.burst.clear();
                }
                self.burst_at = now;
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
        self.burst.chars().count() > 3 && now.saturating_sub(self.burst_at) <= BURST_END
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
            for character in text.chars() {
                self.character(character);
            }
        }
        Ok(())
    }

    /// The whole number that Enter submits at `now`: what a scanner has just
    /// sent, whatever stood in the boxes before, else what stands in them. `None`
    /// as long as no whole number stands there.
    pub(super) fn submit(&mut self, now: Duration) -> Option<String> {
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
        let filled = self.boxes.iter().all(|digits| !digits.is_empty());
        let ends = self.rest.is_empty() || self.rest.len() == REST;
        (filled && ends).then(|| {
            if self.rest.is_empty() {
                self.boxes.join(" ")
            } else {
                self.boxes.concat() + &self.rest
            }
        })
    }

    /// Digits in all boxes.
    pub(super) fn digits(&self) -> usize {
        self.boxes.iter().map(String::len).sum::<usize>() + self.rest.len()
    }

    /// The boxes as a person sees them; the one that is being typed is not
    /// wrong yet.
    pub(super) fn views(&self) -> Vec<GroupView> {
        boxed(&self.boxes, Some(self.place))
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
        let place = place.min(BEHIND);
        self.go(place, 0);
        self.selected = !self.at(place).is_empty();
    }

    /// Forgets everything.
    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    fn replace(&mut self, text: &str) -> Result<(), NumberError> {
        let mut entry = Entry::default();
        entry.line(text)?;
        let folded = fold(text)?;
        let behind = folded.digits().get(NumberKind::ConfirmationId.digits()..);
        let one_run = folded.runs().len() != BOXES;
        self.boxes = entry.places();
        self.rest = behind
            .filter(|_| one_run)
            .map(|digits| digits.chars().take(REST).collect())
            .unwrap_or_default();
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

    fn digit(&mut self, digit: char) {
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
    }

    fn backspace(&mut self) -> bool {
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
        self.place = place;
        self.offset = offset.min(self.at(place).len());
        self.selected = false;
        true
    }

    fn at(&self, place: usize) -> &str {
        self.boxes.get(place).unwrap_or(&self.rest)
    }

    fn at_mut(&mut self) -> &mut String {
        self.boxes.get_mut(self.place).unwrap_or(&mut self.rest)
    }
}

/// The place that `c`, `C` or `Ｃ` names.
fn box_of_letter(letter: char) -> Option<usize> {
    let place = match letter {
        'A'..='H' => letter as u32 - 'A' as u32,
        'a'..='h' => letter as u32 - 'a' as u32,
        '\u{ff21}'..='\u{ff28}' => letter as u32 - 0xff21,
        '\u{ff41}'..='\u{ff48}' => letter as u32 - 0xff41,
        _ => return None,
    };
    Some(place as usize)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activation::Defect;

    const CID: &str = "092914 273902 996432 764863 869585 514303 965545 262473";
    const SLOWLY: Duration = Duration::from_millis(400);
    const QUICKLY: Duration = Duration::from_millis(8);

    fn typed(field: &mut Field, text: &str, gap: Duration, mut now: Duration) -> Duration {
        for character in text.chars() {
            now += gap;
            field.press(Key::Character(character), now);
        }
        now
    }

    fn digits(field: &Field) -> Vec<String> {
        field.views().into_iter().map(|view| view.digits).collect()
    }

    #[test]
    fn digits_fill_the_boxes_with_and_without_separators() {
        for text in [
            CID.to_owned(),
            CID.replace(' ', ""),
            CID.replace(' ', "-"),
            CID.chars()
                .map(|c| {
                    char::from_u32(c as u32 + 0xfee0)
                        .filter(|_| c != ' ')
                        .unwrap_or(c)
                })
                .collect(),
        ] {
            let mut field = Field::default();
            typed(&mut field, &text, SLOWLY, Duration::ZERO);
            assert_eq!(field.whole().as_deref(), Some(CID), "{text}");
        }
    }

    #[test]
    fn a_wrong_box_is_marked_at_its_last_digit() {
        let mut field = Field::default();
        let now = typed(&mut field, "09291427390", SLOWLY, Duration::ZERO);
        assert!(field.views().iter().all(|view| view.defect.is_none()));
        typed(&mut field, "3", SLOWLY, now);
        let wrong: Vec<_> = field
            .views()
            .into_iter()
            .filter(|view| view.defect.is_some())
            .collect();
        assert_eq!(wrong.len(), 1);
        assert_eq!(
            (wrong[0].label.as_str(), wrong[0].defect),
            ("B", Some(Defect::WrongCheckDigit))
        );
    }

    #[test]
    fn a_digit_left_out_stays_in_its_box() {
        let mut field = Field::default();
        typed(&mut field, "092914 27390 996432", SLOWLY, Duration::ZERO);
        let views = field.views();
        assert_eq!(views[1].defect, Some(Defect::Missing(1)));
        assert_eq!(views[2].digits, "996432");
        assert_eq!(views[2].defect, None);
    }

    #[test]
    fn naming_a_box_replaces_it_and_no_other() {
        let mut field = Field::default();
        let now = typed(
            &mut field,
            &CID.replace("996432", "996433"),
            SLOWLY,
            Duration::ZERO,
        );
        for letter in ["c", "C", "Ｃ"] {
            let mut field = field.clone();
            typed(&mut field, &format!("{letter}996432"), SLOWLY, now);
            assert_eq!(field.whole().as_deref(), Some(CID));
        }
    }

    #[test]
    fn editing_keys_cross_the_boxes() {
        let mut field = Field::default();
        let now = typed(&mut field, "0929142", SLOWLY, Duration::ZERO);
        for _ in 0..2 {
            field.press(Key::Backspace, now);
        }
        assert_eq!(digits(&field)[..2], ["09291", ""]);
        field.press(Key::Home, now);
        field.press(Key::Delete, now);
        assert_eq!(digits(&field)[0], "9291");
        field.press(Key::Character('0'), now);
        field.press(Key::End, now);
        let now = typed(&mut field, "4273", SLOWLY, now);
        assert_eq!(digits(&field)[..2], ["092914", "273"]);
        // In a full box a digit replaces the one at the cursor.
        field.press(Key::Home, now);
        field.press(Key::Right, now);
        field.press(Key::Character('8'), now);
        assert_eq!(digits(&field)[0], "082914");
        for _ in 0..40 {
            field.press(Key::Backspace, now);
            field.press(Key::Left, now);
        }
        for _ in 0..80 {
            field.press(Key::Right, now);
            field.press(Key::Delete, now);
        }
    }

    #[test]
    fn a_scanner_replaces_whatever_stood_there() {
        let reply = "092914273902996432764863869585514303965545262473442102583639";
        let mut field = Field::default();
        let now = typed(&mut field, "09291 55", SLOWLY, Duration::ZERO);
        let now = typed(&mut field, reply, QUICKLY, now + SLOWLY);
        assert!(field.is_bursting(now));
        assert_eq!(field.submit(now + QUICKLY).as_deref(), Some(reply));
        assert_eq!(field.whole().as_deref(), Some(reply));
        assert_eq!(field.rest(), "442102583639");
        // Full-width, as an input method makes it of the scanner's keys.
        let wide: String = CID
            .chars()
            .filter(char::is_ascii_digit)
            .filter_map(|c| char::from_u32(c as u32 + 0xfee0))
            .collect();
        let now = typed(&mut field, &wide, QUICKLY, now + SLOWLY);
        assert_eq!(field.submit(now + QUICKLY), Some(CID.replace(' ', "")));
        assert_eq!(digits(&field).join(" "), CID);
    }

    #[test]
    fn slow_digits_are_no_burst() {
        let mut field = Field::default();
        let now = typed(&mut field, "0929142739", SLOWLY, Duration::ZERO);
        assert!(!field.is_bursting(now));
        assert_eq!(field.submit(now), None);
        assert_eq!(field.digits(), 10);
    }

    #[test]
    fn pasting_a_whole_number_replaces_a_part_is_typed() {
        let mut field = Field::default();
        field.paste("092914 273902").unwrap();
        field.paste(" 996432").unwrap();
        assert_eq!(field.digits(), 18);
        field.paste("A: 092914 B: 273902 C: 996432 D: 764863\r\nE: 869585 F: 514303 G: 965545 H: 262473").unwrap();
        assert_eq!(field.whole().as_deref(), Some(CID));
        let before = field.clone();
        assert!(field.paste("nothing").is_err());
        assert!(field.paste(&"1".repeat(100_000)).is_err());
        assert_eq!(field, before);
    }
}
