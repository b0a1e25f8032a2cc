//! A number as it is being typed, or sent by a handheld scanner.

use super::{GroupView, NumberKind, fold, view};

/// Digits that have arrived so far, for boxes A to H.
///
/// Enter submits only when a whole number stands there; until then lines add
/// up. A line that names a box (`C 996432`) replaces that box, and a line with
/// a whole number replaces everything, so that a mistake never means starting
/// over.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    text: String,
}

/// Where an entry stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntryState {
    /// Nothing has arrived.
    Empty,
    /// Fewer digits than a Confirmation ID; what stands in the boxes so far.
    Incomplete(Vec<GroupView>),
    /// As many digits as a Confirmation ID or more: this is what to parse.
    Whole(String),
}

impl Entry {
    /// Longest text that is kept, in characters.
    const MAX_CHARS: usize = super::MAX_INPUT_CHARS;

    /// Takes one line. Lines without a digit change nothing.
    pub fn line(&mut self, line: &str) {
        let line: String = line.trim().chars().take(Self::MAX_CHARS).collect();
        let whole = NumberKind::ConfirmationId.digits();
        let arriving = count_digits(&line);
        if arriving == 0 {
            return;
        }
        if let Some((group, digits)) = named_box(&line) {
            self.replace_box(group, &digits);
        } else if arriving >= whole || count_digits(&self.text) >= whole {
            self.text = line;
        } else {
            if !self.text.is_empty() {
                self.text.push(' ');
            }
            self.text.push_str(&line);
        }
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.text.clear();
    }

    /// Where it stands now.
    pub fn state(&self) -> EntryState {
        match count_digits(&self.text) {
            0 => EntryState::Empty,
            digits if digits < NumberKind::ConfirmationId.digits() && !self.all_boxes() => {
                EntryState::Incomplete(self.boxes())
            }
            _ => EntryState::Whole(self.text.clone()),
        }
    }

    /// What stands in the boxes A to H, with a box named wrong as soon as it
    /// is full.
    pub fn boxes(&self) -> Vec<GroupView> {
        let Ok(folded) = fold(&self.text) else {
            return Vec::new();
        };
        let kind = NumberKind::ConfirmationId;
        let mut boxes = view(kind, &folded);
        for shown in &mut boxes {
            // Not yet typed is not wrong.
            if !self.all_boxes() && shown.digits.len() < kind.group_digits() {
                shown.defect = None;
            } else if shown.digits.len() == kind.group_digits()
                && !super::groups::group_holds(&shown.digits)
            {
                shown.defect = Some(super::Defect::WrongCheckDigit);
            }
        }
        boxes
    }

    /// Whether all eight boxes have been typed into, one run each.
    fn all_boxes(&self) -> bool {
        fold(&self.text)
            .is_ok_and(|folded| folded.runs().len() == NumberKind::ConfirmationId.groups())
    }

    fn replace_box(&mut self, group: usize, digits: &str) {
        let mut boxes: Vec<String> = self.boxes().into_iter().map(|shown| shown.digits).collect();
        boxes.resize(NumberKind::ConfirmationId.groups(), String::new());
        // Digits beyond the boxes (the tag of a reply) no longer belong to
        // what the person reads off: drop them with the old box.
        digits.clone_into(&mut boxes[group]);
        self.text = boxes
            .iter()
            .filter(|digits| !digits.is_empty())
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(" ");
    }
}

/// `C 996432` or `Ｃ：９９６４３２`: exactly one box letter, first, then digits.
fn named_box(line: &str) -> Option<(usize, String)> {
    let mut characters = line.chars();
    let letter = match characters.next()? {
        letter @ ('A'..='H' | 'a'..='h') => letter.to_ascii_uppercase(),
        wide @ '\u{ff21}'..='\u{ff28}' => char::from((wide as u32 - 0xff21) as u8 + b'A'),
        wide @ '\u{ff41}'..='\u{ff48}' => char::from((wide as u32 - 0xff41) as u8 + b'A'),
        _ => return None,
    };
    let rest = characters.as_str();
    let folded = fold(rest).ok()?;
    let other_letter = rest.chars().any(char::is_alphabetic);
    (!other_letter && folded.digits().len() <= NumberKind::ConfirmationId.group_digits() + 2)
        .then(|| ((letter as u8 - b'A') as usize, folded.digits().to_owned()))
}

fn count_digits(text: &str) -> usize {
    text.chars()
        .filter(|&character| super::digits::digit_value(character).is_some())
        .count()
}

#[cfg(test)]
mod tests {
    use super::super::{ConfirmationId, Defect};
    use super::*;

    const CID: &str = "092914 273902 996432 764863 869585 514303 965545 262473";

    fn entered(lines: &[&str]) -> Entry {
        let mut entry = Entry::default();
        for line in lines {
            entry.line(line);
        }
        entry
    }

    #[test]
    fn lines_add_up_until_a_whole_number_stands_there() {
        let (first, second) = CID.split_at(27);
        let mut entry = entered(&[first]);
        assert!(matches!(entry.state(), EntryState::Incomplete(_)));
        entry.line("");
        assert!(matches!(entry.state(), EntryState::Incomplete(_)));
        entry.line(second);
        let EntryState::Whole(text) = entry.state() else {
            panic!("whole number expected");
        };
        assert!(ConfirmationId::parse(&text).is_ok());
    }

    #[test]
    fn a_wrong_box_shows_while_the_rest_is_still_to_come() {
        let entry = entered(&["092914", "273903"]);
        let boxes = entry.boxes();
        assert_eq!(boxes[0].defect, None);
        assert_eq!(boxes[1].defect, Some(Defect::WrongCheckDigit));
        assert_eq!(boxes[2].defect, None);
    }

    #[test]
    fn retyping_one_box_mends_the_number() {
        for correction in ["C 996432", "c:996432", "Ｃ　９９６４３２"] {
            let entry = entered(&[&CID.replace("996432", "996433"), correction]);
            let EntryState::Whole(text) = entry.state() else {
                panic!("whole number expected");
            };
            assert!(ConfirmationId::parse(&text).is_ok(), "{text}");
        }
    }

    #[test]
    fn a_short_box_is_mended_in_place() {
        let entry = entered(&[&CID.replace("996432", "99643"), "C 996432"]);
        let EntryState::Whole(text) = entry.state() else {
            panic!("whole number expected");
        };
        assert_eq!(text, CID);
    }

    #[test]
    fn a_second_scan_replaces_the_first() {
        let wrong = CID.replace("996432", "996433");
        let entry = entered(&[&wrong, CID]);
        assert_eq!(entry.state(), EntryState::Whole(CID.to_owned()));
    }
}
