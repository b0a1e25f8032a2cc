//! The field beside a request at the portal, into which a person pastes or
//! types. Its whole content is read again after every change.

use super::known_replies::KnownReplies;
use super::portal_queue::is_answer;
use crate::activation::{
    Answer, ConfirmationDigits, Defect, EntryState, GroupView, NumberEntry, NumberError,
    NumberKind, Tag, Trust, check_digit, fold,
};
use crate::wire::pasted::{Findings, MAX_BYTES, find_numbers};

/// What the field contains.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnswerFieldState {
    /// Nothing.
    Empty,
    /// Text without a number of the exchange.
    Nothing,
    /// An Installation ID instead of a Confirmation ID.
    InstallationId,
    /// Several different Confirmation IDs, and how many.
    Several(usize),
    /// A sound one.
    Whole {
        /// The number.
        cid: ConfirmationDigits,
        /// The request that it answers, which need not be the current one.
        tag: Tag,
        /// It arrived in one piece. A number typed digit by digit may continue
        /// after box H, so the person has to say that it is complete.
        at_once: bool,
        /// Its boxes.
        boxes: Vec<GroupView>,
    },
    /// One that answers another request, or has lost the digits that said which
    /// one it answers.
    Foreign,
    /// Fewer digits than a Confirmation ID, so far.
    Incomplete(Vec<GroupView>),
    /// A damaged one.
    Damaged {
        /// What is wrong.
        error: NumberError,
        /// Its boxes.
        boxes: Vec<GroupView>,
        /// The 48 digits that a person may insist on, if nothing else ever
        /// followed them.
        insist: Option<ConfirmationDigits>,
    },
}

/// State of the field from one change to the next.
#[derive(Debug, Clone, Default)]
pub struct AnswerField {
    known: KnownReplies,
    /// Length of the previous content, in characters.
    before: usize,
    /// The current content had digits after box H.
    tagged: bool,
}

impl AnswerField {
    /// Empties the field, because another request is current or the person
    /// starts over. What was learned from replies stays.
    pub fn clear(&mut self) {
        self.before = 0;
        self.tagged = false;
    }

    /// Reads the content of the field after a change.
    pub fn read(&mut self, text: &str, at_hand: Tag) -> AnswerFieldState {
        let length = text.chars().count();
        // Typing adds one character at a time. A change that removes or
        // replaces characters is a correction.
        let at_once = length > self.before + 1;
        self.before = length;
        if text.trim().is_empty() {
            self.clear();
            return AnswerFieldState::Empty;
        }
        if text.len() > MAX_BYTES {
            return AnswerFieldState::Nothing;
        }
        let typed = typed(text);
        if at_once {
            self.tagged = false;
        }
        if let Some(tagged) = typed.as_ref().and_then(NumberEntry::tagged_digits) {
            self.tagged = true;
            self.known.learn(Some(tagged));
        }
        let found = find_numbers(&with_letters_beside(text));
        let answer = match answer_in(&found) {
            Ok(answer) => answer,
            Err(pasted) => return pasted,
        };
        match answer.or_else(|| typed.as_ref().and_then(whole)) {
            Some(answer) => self.whole(&answer, at_hand, at_once),
            None => self.damaged(text, found, typed),
        }
    }

    fn whole(&mut self, answer: &Answer, at_hand: Tag, at_once: bool) -> AnswerFieldState {
        let is_bare = matches!(answer, Answer::Bare(_));
        if is_bare && self.tagged {
            // A reply that lost its end, corrected or not.
            return AnswerFieldState::Foreign;
        }
        let cid = answer.digits();
        match self.known.tag_for(answer, Some(at_hand)) {
            None => AnswerFieldState::Foreign,
            Some(tag) => AnswerFieldState::Whole {
                tag,
                at_once: at_once || matches!(answer, Answer::Tagged(_)),
                boxes: boxes_of(cid.digits()),
                cid,
            },
        }
    }

    fn damaged(&self, text: &str, found: Findings, typed: Option<NumberEntry>) -> AnswerFieldState {
        let damaged = found.damaged.into_iter().map(|one| one.error);
        let error = damaged.into_iter().find(is_answer);
        let Some(mut entry) = typed else {
            return match error {
                Some(error) => AnswerFieldState::Damaged {
                    error,
                    boxes: Vec::new(),
                    insist: None,
                },
                None => AnswerFieldState::Nothing,
            };
        };
        let running = running(text);
        let boxes = running.clone().unwrap_or_else(|| entry.boxes());
        if (running.is_some() || matches!(entry.state(), EntryState::Incomplete(_)))
            && boxes
                .iter()
                .all(|one| one.defect.is_none() || is_begun(one))
            && entry.behind().is_empty()
        {
            return AnswerFieldState::Incomplete(boxes);
        }
        let insist = match entry.clone().decide(Trust::Override) {
            Ok(Answer::Bare(bare)) if !self.tagged => Some(bare.digits().clone()),
            _ => None,
        };
        match entry.decide(Trust::CheckDigits) {
            Err(error) => AnswerFieldState::Damaged {
                error,
                boxes,
                insist,
            },
            Ok(_) => AnswerFieldState::Nothing,
        }
    }
}

/// The boxes of a single run of digits that may still grow, in which a lost or
/// doubled digit cannot be located yet. `None` for any other text.
fn running(text: &str) -> Option<Vec<GroupView>> {
    let folded = fold(text).ok()?;
    let digits = folded.digits();
    let kind = NumberKind::ConfirmationId;
    if folded.runs().len() != 1 || folded.behind().is_some() || digits.len() >= kind.digits() {
        return None;
    }
    let size = kind.group_digits();
    let group = |at: usize| {
        let digits: String = digits.chars().skip(at * size).take(size).collect();
        let (before, check) = digits.as_bytes().split_at(digits.len().min(size - 1));
        let holds = check.is_empty() || check == [check_digit(before)];
        GroupView {
            label: kind.label(at),
            digits,
            defect: (!holds).then_some(Defect::WrongCheckDigit),
        }
    };
    Some((0..kind.groups()).map(group).collect())
}

/// Whether this is the last box and more of its digits are still to come.
fn is_begun(last: &GroupView) -> bool {
    last.label == "H" && matches!(last.defect, Some(Defect::Missing(_)))
}

/// The only answer in a text, if any, or why there is more than one reading.
fn answer_in(found: &Findings) -> Result<Option<Answer>, AnswerFieldState> {
    match (&found.confirmation_ids[..], &found.replies[..]) {
        ([one], []) => Ok(Answer::read(one.cid.digits(), Trust::CheckDigits).ok()),
        ([], [one]) => Ok(Some(one.answer.clone())),
        ([], []) if !found.installation_ids.is_empty() => Err(AnswerFieldState::InstallationId),
        ([], []) => Ok(None),
        (cids, replies) => Err(AnswerFieldState::Several(cids.len() + replies.len())),
    }
}

/// The text as lines of digits and boxes; `None` if it is anything else.
fn typed(text: &str) -> Option<NumberEntry> {
    let mut entry = NumberEntry::default();
    for line in text.lines() {
        entry.line(line).ok()?;
    }
    (entry.digits() > 0).then_some(entry)
}

fn whole(entry: &NumberEntry) -> Option<Answer> {
    entry.clone().decide(Trust::CheckDigits).ok()
}

fn boxes_of(digits: &str) -> Vec<GroupView> {
    let mut entry = NumberEntry::default();
    let _ = entry.line(digits);
    entry.boxes()
}

/// The text with every box letter on a line of its own, as a page in columns is
/// copied, joined to the line that follows it.
fn with_letters_beside(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let letter = line
            .trim()
            .trim_end_matches([':', '：'])
            .trim_end_matches([' ', '\u{3000}', '\t']);
        if line.ends_with('\n') && matches!(letter.as_bytes(), [b'A'..=b'H']) {
            joined.push_str(letter);
            joined.push(' ');
        } else {
            joined.push_str(line);
        }
    }
    joined
}

#[cfg(test)]
mod tests;
