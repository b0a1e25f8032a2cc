//! Turns lines of input into one answer, and decides when a number that arrives
//! piece by piece is complete.

use super::{Answer, EntryState, GroupView, NumberEntry, NumberError, Trust};

/// What the person or the scanner sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Input<'a> {
    /// A line, without its end.
    Line(&'a str),
    /// No further line is waiting in the input.
    Quiet,
    /// The input has ended.
    End,
}

/// What the caller has to say or do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Turn {
    /// Nothing; keep listening.
    Listen,
    /// More has to come; these are the boxes so far.
    Boxes(Vec<GroupView>),
    /// It may be complete: ask whether more digits follow box H. A blank line,
    /// or the end of the input, says that none do.
    Ask(Vec<GroupView>),
    /// The number is decided: check whether another line is already waiting,
    /// and send [`Input::Quiet`] if none is. Nothing may be deposited before
    /// that.
    Look,
    /// It is not a number, for this reason. More lines may follow.
    Refused(NumberError),
    /// This is the answer.
    Take(Answer),
    /// The input ended in the middle of a number, after this many digits.
    Cut(usize),
}

/// The dialog about one number.
///
/// Lines are joined until the number is decided. A line that is already waiting
/// after a decided number is read before the number is taken, because it may
/// change what the number is.
#[derive(Debug, Clone)]
pub struct Dialog {
    entry: NumberEntry,
    trust: Trust,
    /// The decided answer, until it is certain that no line is waiting after
    /// it.
    decided: Option<Answer>,
}

impl Dialog {
    /// Starts a dialog.
    pub fn new(trust: Trust) -> Self {
        Self {
            entry: NumberEntry::default(),
            trust,
            decided: None,
        }
    }

    /// Whether a number is decided, and it is not known yet whether a line is
    /// waiting after it.
    pub fn is_decided(&self) -> bool {
        self.decided.is_some()
    }

    /// The digits so far.
    pub fn entry(&self) -> &NumberEntry {
        &self.entry
    }

    /// Takes the next input and returns what to do about it.
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
                // The person was told the reason already.
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
            // A stray word between the lines leaves the number as it was.
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

    /// Whether the current decision is the previous one, or the previous one
    /// with more digits after box H.
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
