//! Lines come in, one answer comes out: when a number that arrives piece by
//! piece is taken.

use super::{Answer, EntryState, GroupView, NumberEntry, NumberError, Trust};

/// What is heard from whoever types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Input<'a> {
    /// A line, without its end.
    Line(&'a str),
    /// No further line waits on the input by now.
    Quiet,
    /// The input has ended.
    End,
}

/// What is to be said, or done, about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Turn {
    /// Nothing.
    Listen,
    /// More has to come; these are the boxes so far.
    Boxes(Vec<GroupView>),
    /// It may be all; ask whether more stands behind box H. A blank line, or the
    /// end, says that nothing does.
    Ask(Vec<GroupView>),
    /// It was decided: look whether a line waits already, and say
    /// [`Input::Quiet`] if none does. Nothing is deposited before that.
    Look,
    /// It is no number: what is wrong with it. Lines may go on.
    Refused(NumberError),
    /// This is the answer.
    Take(Answer),
    /// The input has ended in the middle of a number of so many digits.
    Cut(usize),
}

/// A conversation about one number.
///
/// Lines belong together until the whole is decided; and a line that waits
/// behind a number that was decided is looked at before the number is taken: it
/// may make it another number.
#[derive(Debug, Clone)]
pub struct Dialog {
    entry: NumberEntry,
    trust: Trust,
    /// What was decided, until it is certain that no line waits behind it.
    decided: Option<Answer>,
}

impl Dialog {
    /// A conversation that begins.
    pub fn new(trust: Trust) -> Self {
        Self {
            entry: NumberEntry::default(),
            trust,
            decided: None,
        }
    }

    /// Whether a number is decided, and it remains to be seen whether a line
    /// waits behind it.
    pub fn is_decided(&self) -> bool {
        self.decided.is_some()
    }

    /// What has arrived so far.
    pub fn entry(&self) -> &NumberEntry {
        &self.entry
    }

    /// What is to be done about what was heard.
    pub fn hear(&mut self, input: Input<'_>) -> Turn {
        match input {
            Input::Line(line) if line.trim().is_empty() => self.blank(),
            Input::Line(line) => self.line(line),
            Input::Quiet => match self.decided.take() {
                Some(answer) => Turn::Take(answer),
                None => Turn::Listen,
            },
            Input::End => match (self.decided.take(), self.entry.state()) {
                (Some(answer), _) => Turn::Take(answer),
                (None, EntryState::Empty) => Turn::Cut(0),
                // Explained already.
                (None, _) if self.entry.is_refused() => Turn::Cut(self.entry.digits()),
                (None, EntryState::Incomplete(_)) if !self.entry.lacks_its_end() => {
                    Turn::Cut(self.entry.digits())
                }
                (None, _) => match self.entry.decide(self.trust) {
                    Ok(answer) => Turn::Take(answer),
                    Err(error) => Turn::Refused(error),
                },
            },
        }
    }

    fn blank(&mut self) -> Turn {
        match self.entry.state() {
            EntryState::Empty => Turn::Listen,
            EntryState::Incomplete(_) if !self.entry.lacks_its_end() => Turn::Listen,
            _ => self.decide(),
        }
    }

    fn line(&mut self, line: &str) -> Turn {
        let before = self.decided.take();
        if let Err(error) = self.entry.line(line) {
            // A word between the lines changes nothing of the number.
            self.decided = before;
            return Turn::Refused(error);
        }
        match self.entry.state() {
            EntryState::Empty => Turn::Listen,
            EntryState::Incomplete(boxes) => Turn::Boxes(boxes),
            EntryState::Undecided(boxes) => match before {
                None => Turn::Ask(boxes),
                Some(before) => match self.entry.clone().decide(self.trust) {
                    Ok(after) if after == before => {
                        self.decided = Some(before);
                        Turn::Look
                    }
                    Ok(after) if after.digits() == before.digits() => Turn::Ask(boxes),
                    _ => self.two_numbers(),
                },
            },
            EntryState::Whole => match (before, self.decide()) {
                (Some(before), Turn::Look) if !self.is_still(&before) => self.two_numbers(),
                (_, turn) => turn,
            },
        }
    }

    /// Whether what is decided now is what was decided before, or the same with
    /// more behind box H.
    fn is_still(&self, before: &Answer) -> bool {
        self.decided.as_ref().is_some_and(|now| {
            now.digits() == before.digits() && (before.tag().is_none() || now.tag() == before.tag())
        })
    }

    fn two_numbers(&mut self) -> Turn {
        self.decided = None;
        self.entry.refuse();
        Turn::Refused(NumberError::TwoNumbers)
    }

    fn decide(&mut self) -> Turn {
        match self.entry.decide(self.trust) {
            Ok(answer) => {
                self.decided = Some(answer);
                Turn::Look
            }
            Err(error) => Turn::Refused(error),
        }
    }
}

#[cfg(test)]
mod tests;
