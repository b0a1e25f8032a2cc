//! Digits in the boxes A to H and after them, and how a line is distributed to
//! them.

use super::digits::{box_of_letter, digit_value, mark_at};
use super::kind::is_valid_group;
use super::{Defect, FoldedDigits, GroupView, NumberKind, ReplyCheck, Tag};

/// The kind of number that a person types: eight boxes, A to H.
pub(super) const KIND: NumberKind = NumberKind::ConfirmationId;
/// Number of boxes.
pub(crate) const BOXES: usize = 8;
/// Digits after box H of a whole reply: its tag and its check.
pub(super) const BEHIND: usize = Tag::DIGITS + ReplyCheck::DIGITS;

/// The digits, assigned to boxes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct BoxedDigits {
    pub(crate) boxes: [String; BOXES],
    pub(crate) behind: String,
    /// A mark introduced the digits after box H, and no box has changed since;
    /// only then is a tag without a check accepted.
    pub(super) marked: bool,
    /// Box H, or the digits after it, came last: digits without a label go
    /// after box H, even if other boxes are empty.
    pub(super) past_h: bool,
    /// Bit set of the boxes that changed since the digits after box H arrived.
    pub(super) changed: u8,
    /// Every box has its own digits, as the person typed them.
    pub(super) own: bool,
}

impl BoxedDigits {
    pub(super) fn digits(&self) -> usize {
        self.boxes.iter().map(String::len).sum::<usize>() + self.behind.len()
    }

    /// Whether the digits after box H may be complete.
    pub(super) fn ends_well(&self) -> bool {
        match self.behind.len() {
            0 | ReplyCheck::DIGITS | BEHIND => true,
            Tag::DIGITS => self.marked,
            _ => false,
        }
    }

    /// The digits as a text that parses to exactly these boxes.
    pub(super) fn text(&self) -> String {
        let boxes = self.boxes.join(" ");
        if self.behind.is_empty() {
            boxes
        } else {
            format!("{boxes} # {}", self.behind)
        }
    }
}

/// The boxes as a person sees them; the box that is still being typed is not
/// wrong yet.
pub(crate) fn box_views(boxes: &[String; BOXES], typing: Option<usize>) -> Vec<GroupView> {
    let expected = KIND.group_digits();
    let view = |(place, digits): (usize, &String)| GroupView {
        label: KIND.label(place),
        defect: match digits.len() {
            0 => None,
            found if found < expected => {
                (typing != Some(place)).then_some(Defect::Missing(expected - found))
            }
            found if found > expected => Some(Defect::Extra(found - expected)),
            _ => (!is_valid_group(digits)).then_some(Defect::WrongCheckDigit),
        },
        digits: digits.clone(),
    };
    boxes.iter().enumerate().map(view).collect()
}

/// The first runs of a text, one per box.
pub(super) fn split_runs(folded: &FoldedDigits) -> [String; BOXES] {
    let mut rest = folded.digits();
    let mut runs = folded.runs().iter();
    std::array::from_fn(|_| {
        let (run, after) = rest.split_at(runs.next().copied().unwrap_or(0));
        rest = after;
        run.to_owned()
    })
}

/// Whether these are eight boxes, nearly all of the right length: then a slip
/// in one of them does not shift the digits of the others.
pub(super) fn typed_in_boxes(boxes: &[String; BOXES]) -> bool {
    let right = |digits: &&String| digits.len() == KIND.group_digits();
    boxes.iter().all(|digits| (4..=8).contains(&digits.len()))
        && boxes.iter().filter(right).count() + 2 >= BOXES
}

/// Whether these are the first of eight boxes, typed one by one: then a missing
/// digit in one does not shift the digits of the others.
pub(super) fn begun_in_boxes(folded: &FoldedDigits) -> bool {
    let runs = folded.runs();
    runs.len() < BOXES && folded.behind().is_none() && runs.iter().all(|run| (5..=7).contains(run))
}

/// Assigns digits without labels to boxes: by position if the boxes are valid
/// that way, else by the person's own groups if there are eight of them, or the
/// first of eight.
pub(super) fn assign_to_boxes(folded: &FoldedDigits) -> BoxedDigits {
    let marked = folded.behind();
    let (before, after) = folded
        .digits()
        .split_at(marked.unwrap_or(folded.digits().len()));
    let by_position: [String; BOXES] = std::array::from_fn(|place| {
        let from = (place * KIND.group_digits()).min(before.len());
        let to = ((place + 1) * KIND.group_digits()).min(before.len());
        before[from..to].to_owned()
    });
    let by_run = split_runs(folded);
    let in_runs: usize = by_run.iter().map(String::len).sum();
    let own = !by_position.iter().all(|digits| is_valid_group(digits))
        && in_runs <= before.len()
        && typed_in_boxes(&by_run);
    let boxes = if own || begun_in_boxes(folded) {
        by_run
    } else {
        by_position
    };
    let taken: usize = boxes.iter().map(String::len).sum();
    BoxedDigits {
        behind: format!("{}{after}", &before[taken..]),
        marked: marked == Some(taken),
        changed: 0,
        past_h: boxes[BOXES - 1].len() == KIND.group_digits(),
        boxes,
        own,
    }
}

/// Puts new digits into the boxes that are still empty, in order, and the rest
/// after box H.
pub(super) fn fill(boxed: &mut BoxedDigits, arriving: &FoldedDigits) {
    let mut rest = arriving.digits();
    for &run in arriving.runs() {
        let at = arriving.digits().len() - rest.len();
        let is_behind = boxed.past_h || arriving.behind().is_some_and(|mark| at >= mark);
        let (mut run, after) = rest.split_at(run);
        rest = after;
        while !run.is_empty() {
            let mut empty = boxed.boxes.iter_mut().filter(|digits| digits.is_empty());
            let Some(place) = empty.next().filter(|_| !is_behind) else {
                boxed.behind.push_str(run);
                break;
            };
            let (digits, after) = run.split_at(box_length(run.len()));
            digits.clone_into(place);
            boxed.marked = false;
            run = after;
        }
    }
}

/// How many digits of a run go into one box: a run across several boxes is cut,
/// a box with an extra digit is not.
pub(super) fn box_length(length: usize) -> usize {
    if length > KIND.group_digits() + 2 {
        KIND.group_digits()
    } else {
        length
    }
}

/// The box named by a label (8 stands for after box H), with the runs of digits
/// that follow the label.
pub(super) type LabelledRuns = Vec<(usize, Vec<String>)>;

/// Splits a line such as `C 996432`, `Ｃ：９９６４３２`, `E 869585  F 514303` or `#
/// 4421025836` into the boxes that it names. `None` if its first digits have no
/// label, unless it only marks the digits after box H.
pub(super) fn labelled(line: &str) -> Option<LabelledRuns> {
    let mut pieces: LabelledRuns = Vec::new();
    let mut rest = line;
    let mut in_run = false;
    while let Some(character) = rest.chars().next() {
        if let Some(digit) = digit_value(character) {
            let (_, runs) = pieces.last_mut()?;
            if !in_run {
                runs.push(String::new());
            }
            runs.last_mut()?.push(char::from(b'0' + digit));
            in_run = true;
        } else {
            in_run = false;
            if let Some(length) = mark_at(rest) {
                pieces.push((BOXES, Vec::new()));
                rest = &rest[length..];
                continue;
            }
            if let Some(place) = box_of_letter(character) {
                pieces.push((place, Vec::new()));
            }
        }
        rest = &rest[character.len_utf8()..];
    }
    Some(pieces)
}

/// At most this many boxes count as corrections. If more change, it is another
/// number, whose end is still to come.
pub(crate) const CORRECTIONS: u32 = 3;

/// Puts digits into the boxes that the labels name; more digits than one box
/// holds continue in the next boxes.
pub(super) fn put_labelled(boxed: &mut BoxedDigits, pieces: &LabelledRuns) {
    for (named, runs) in pieces {
        let mut place = *named;
        let mut behind = String::new();
        let all = runs.concat();
        // A box typed with a gap is still one box.
        let one_box = [all.clone()];
        let runs = if all.len() <= KIND.group_digits() + 2 {
            &one_box[..]
        } else {
            runs
        };
        for run in runs {
            let mut run = run.as_str();
            while !run.is_empty() {
                let Some(digits) = boxed.boxes.get_mut(place) else {
                    behind.push_str(run);
                    break;
                };
                let (here, after) = run.split_at(box_length(run.len()));
                boxed.marked &= digits == here;
                if !digits.is_empty() && digits != here {
                    boxed.changed |= 1 << place;
                }
                here.clone_into(digits);
                place += 1;
                boxed.past_h = place == BOXES;
                run = after;
            }
        }
        if !behind.is_empty() {
            // A tag without a check is accepted after full boxes if there was
            // none before: it must not replace another one.
            let known = boxed.behind.is_empty() || boxed.behind.starts_with(&behind);
            let full = boxed.boxes.iter().all(|digits| !digits.is_empty());
            boxed.marked = *named == BOXES && full && known;
            boxed.past_h = true;
            boxed.changed = 0;
            boxed.behind = behind;
        }
    }
    if boxed.changed.count_ones() > CORRECTIONS {
        boxed.behind.clear();
        boxed.marked = false;
        boxed.changed = 0;
    }
}
