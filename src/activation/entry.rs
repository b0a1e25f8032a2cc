//! A number as it is being typed, or sent by a handheld scanner.

use super::groups::group_holds;
use super::{Defect, FoldedDigits, GroupView, NumberError, NumberKind, fold, view};

/// The kind that a person types: eight boxes, A to H.
const KIND: NumberKind = NumberKind::ConfirmationId;
pub(crate) const BOXES: usize = 8;

/// Digits that have arrived so far, for boxes A to H.
///
/// Enter submits only when a whole number stands there; until then lines add
/// up. A line that names a box (`C 996432`) replaces that box, and a line with
/// a whole number replaces everything, so that a mistake never means starting
/// over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    typed: Typed,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Typed {
    /// Lines one after the other, in the person's own grouping: digits and
    /// single spaces, of bounded length.
    Lines(String),
    /// Box by box, since a box was named: what was typed stays in its box.
    Boxes([String; BOXES]),
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

impl Default for Entry {
    fn default() -> Self {
        Self {
            typed: Typed::Lines(String::new()),
        }
    }
}

impl Entry {
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
        if let Some((place, digits)) = named_box(line) {
            let mut boxes = self.places();
            boxes[place] = digits;
            self.typed = Typed::Boxes(boxes);
        } else if arriving.digits().len() >= KIND.digits() || self.is_whole() {
            self.typed = Typed::Lines(arriving.to_text());
        } else {
            match &mut self.typed {
                Typed::Lines(text) => {
                    if !text.is_empty() {
                        text.push(' ');
                    }
                    text.push_str(&arriving.to_text());
                }
                Typed::Boxes(boxes) => fill(boxes, &arriving),
            }
        }
        Ok(())
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Where it stands now.
    pub fn state(&self) -> EntryState {
        if self.digits() == 0 {
            EntryState::Empty
        } else if self.is_whole() {
            EntryState::Whole(match &self.typed {
                Typed::Lines(text) => text.clone(),
                Typed::Boxes(boxes) => boxes.join(" "),
            })
        } else {
            EntryState::Incomplete(self.boxes())
        }
    }

    /// How many digits have arrived.
    pub fn digits(&self) -> usize {
        match &self.typed {
            Typed::Lines(text) => fold(text).map_or(0, |folded| folded.digits().len()),
            Typed::Boxes(boxes) => boxes.iter().map(String::len).sum(),
        }
    }

    /// What stands in the boxes A to H, with a box named wrong as soon as it
    /// can be known.
    pub fn boxes(&self) -> Vec<GroupView> {
        let folded = match &self.typed {
            Typed::Boxes(boxes) => return boxed(boxes, None),
            Typed::Lines(text) => fold(text).unwrap_or_default(),
        };
        let runs = folded.runs();
        let by_box = runs.len() < BOXES && runs.iter().all(|run| (5..=7).contains(run));
        if by_box {
            // The last box may be waiting for its last digit.
            return boxed(&split_runs(&folded), runs.len().checked_sub(1));
        }
        let mut shown = view(KIND, &folded);
        let whole = self.is_whole();
        for one in &mut shown {
            // Not yet typed is not wrong.
            if !whole && one.digits.len() < KIND.group_digits() {
                one.defect = None;
            } else if one.digits.len() == KIND.group_digits() && !group_holds(&one.digits) {
                one.defect = Some(Defect::WrongCheckDigit);
            }
        }
        shown
    }

    /// As many digits as a Confirmation ID, or all eight boxes typed into.
    fn is_whole(&self) -> bool {
        match &self.typed {
            Typed::Lines(text) => fold(text).is_ok_and(|folded| {
                folded.digits().len() >= KIND.digits() || folded.runs().len() == BOXES
            }),
            Typed::Boxes(boxes) => boxes.iter().all(|digits| !digits.is_empty()),
        }
    }

    /// The digits in their boxes. Digits beyond the boxes (the tag of a reply)
    /// belong to what was there before a box was named: they are dropped.
    pub(crate) fn places(&self) -> [String; BOXES] {
        match &self.typed {
            Typed::Boxes(boxes) => boxes.clone(),
            Typed::Lines(_) => {
                let mut shown = self.boxes().into_iter();
                std::array::from_fn(|_| shown.next().map_or_else(String::new, |one| one.digits))
            }
        }
    }
}

/// Boxes as a person sees them; the box still being typed is not wrong yet.
pub(crate) fn boxed(boxes: &[String; BOXES], typing: Option<usize>) -> Vec<GroupView> {
    let expected = KIND.group_digits();
    let view = |(place, digits): (usize, &String)| GroupView {
        label: KIND.label(place),
        defect: match digits.len() {
            0 => None,
            found if found < expected => {
                (typing != Some(place)).then_some(Defect::Missing(expected - found))
            }
            found if found > expected => Some(Defect::Extra(found - expected)),
            _ => (!group_holds(digits)).then_some(Defect::WrongCheckDigit),
        },
        digits: digits.clone(),
    };
    boxes.iter().enumerate().map(view).collect()
}

/// The runs of a text, one a box.
fn split_runs(folded: &FoldedDigits) -> [String; BOXES] {
    let mut rest = folded.digits();
    let mut runs = folded.runs().iter();
    std::array::from_fn(|_| {
        let (run, after) = rest.split_at(runs.next().copied().unwrap_or(0));
        rest = after;
        run.to_owned()
    })
}

/// Puts what arrives into the boxes that are still empty, in their order.
fn fill(boxes: &mut [String; BOXES], arriving: &FoldedDigits) {
    let mut rest = arriving.digits();
    let mut empty = boxes.iter_mut().filter(|digits| digits.is_empty());
    for &run in arriving.runs() {
        let (mut run, after) = rest.split_at(run);
        rest = after;
        while !run.is_empty() {
            let Some(place) = empty.next() else { return };
            // A run of several boxes is cut; a box with a digit too many is not.
            let length = run.len();
            let cut = if length > KIND.group_digits() + 2 {
                KIND.group_digits()
            } else {
                length
            };
            let (digits, after) = run.split_at(cut);
            digits.clone_into(place);
            run = after;
        }
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
    (!other_letter && folded.digits().len() <= KIND.group_digits() + 2)
        .then(|| ((letter as u8 - b'A') as usize, folded.digits().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::super::ConfirmationId;
    use super::*;

    const CID: &str = "092914 273902 996432 764863 869585 514303 965545 262473";

    fn entered(lines: &[&str]) -> Entry {
        let mut entry = Entry::default();
        for line in lines {
            entry.line(line).unwrap();
        }
        entry
    }

    #[test]
    fn lines_add_up_until_a_whole_number_stands_there() {
        let (first, second) = CID.split_at(27);
        let mut entry = entered(&[first]);
        assert!(matches!(entry.state(), EntryState::Incomplete(_)));
        entry.line("").unwrap();
        assert!(matches!(entry.state(), EntryState::Incomplete(_)));
        entry.line(second).unwrap();
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

    #[test]
    fn a_named_box_stays_in_its_place_whatever_the_order() {
        let entry = entered(&[
            "C 996432",
            "A 092914",
            "b 273902",
            "H 262473",
            "D 764863",
            "869585",
            "514303 965545",
        ]);
        assert_eq!(entry.state(), EntryState::Whole(CID.to_owned()));
    }

    #[test]
    fn what_arrives_after_a_named_box_fills_the_empty_ones() {
        let entry = entered(&[
            "A 092914",
            "273902996432764863",
            "869585 514303 965545 262473",
        ]);
        assert_eq!(entry.state(), EntryState::Whole(CID.to_owned()));
    }

    #[test]
    fn a_short_box_is_named_as_soon_as_the_next_is_typed() {
        let entry = entered(&["092914", "27390"]);
        assert_eq!(entry.boxes()[1].defect, None);
        let entry = entered(&["092914", "27390", "996432"]);
        let boxes = entry.boxes();
        assert_eq!(boxes[1].defect, Some(Defect::Missing(1)));
        assert_eq!(boxes[2].digits, "996432");
        assert_eq!(boxes[2].defect, None);
    }

    #[test]
    fn a_line_with_a_letter_is_refused_and_changes_nothing() {
        let mut entry = entered(&["092914"]);
        let before = entry.clone();
        assert!(matches!(
            entry.line("27390O"),
            Err(NumberError::ForeignCharacter { .. })
        ));
        assert_eq!(entry.line("--"), Err(NumberError::Empty));
        assert_eq!(entry, before);
    }
}
