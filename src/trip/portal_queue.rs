//! A person at the portal, with many requests: which one is at hand, and what a
//! copied text or a typed line means. It never sees the portal or an account.

use super::known_replies::KnownReplies;
use crate::activation::{
    Answer, ConfirmationDigits, EntryState, GroupView, NumberEntry, NumberError, NumberKind, Tag,
    Trust, fold,
};
use crate::wire::pasted::find_numbers;
use std::time::Duration;

/// Longest text of a clipboard that is looked at, in bytes: a page of the
/// portal has far less.
const MAX_TEXT: usize = 64 * 1024;

/// So many of the last PCs tell how long one takes.
const PACE_SAMPLES: usize = 8;

/// What is to be done about something that was copied or typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PortalAction {
    /// Nothing: it was no matter of ours, or a blank line where no number stands
    /// that it could end.
    Nothing,
    /// Keep this Confirmation ID.
    Keep {
        /// For this request: the one at hand, or the one that a reply answers.
        tag: Tag,
        /// The number.
        cid: ConfirmationDigits,
        /// The person was asked, and wants it all the same.
        confirmed: bool,
    },
    /// The text holds several Confirmation IDs.
    Several,
    /// The text or the line holds a damaged number.
    Damaged(NumberError),
    /// A reply to another request than the one it could be kept for, by what it
    /// says of itself or said before: nothing is kept, and nobody knows whose it
    /// is.
    Foreign,
    /// Boxes typed so far.
    Boxes(Vec<GroupView>),
    /// A number that may be all, or have more behind box H: ask. A blank line says
    /// that it is all.
    Ask(Vec<GroupView>),
}

/// The desk: requests in order, one of them at hand.
#[derive(Debug, Clone)]
pub struct PortalQueue {
    queue: Vec<Tag>,
    answered: Vec<Tag>,
    entry: NumberEntry,
    /// A number that needs the person's word, and the request it is for.
    doubted: Option<(Tag, ConfirmationDigits)>,
    known: KnownReplies,
    /// When the request at hand was taken up.
    taken_up: Duration,
    pace: Vec<Duration>,
}

impl PortalQueue {
    /// A desk with these requests before it, at `now` since any moment.
    pub fn new(requests: Vec<Tag>, now: Duration) -> Self {
        Self {
            queue: requests,
            answered: Vec::new(),
            entry: NumberEntry::default(),
            doubted: None,
            known: KnownReplies::default(),
            taken_up: now,
            pace: Vec::new(),
        }
    }

    /// The request at hand; `None` when all are answered.
    pub fn at_hand(&self) -> Option<Tag> {
        self.queue.first().copied()
    }

    /// How many requests wait, the one at hand among them.
    pub fn waiting(&self) -> usize {
        self.queue.len()
    }

    /// How many were answered here.
    pub fn answered(&self) -> usize {
        self.answered.len()
    }

    /// How long a PC takes, and the rest: once one is known.
    pub fn time_left(&self) -> Option<(Duration, Duration)> {
        let last = self.pace.iter().rev().take(PACE_SAMPLES);
        let known = u32::try_from(last.len()).ok().filter(|&known| known > 0)?;
        let each = last.sum::<Duration>() / known;
        let waiting = u32::try_from(self.waiting()).unwrap_or(u32::MAX);
        Some((each, each.saturating_mul(waiting)))
    }

    /// Whether a blank line would say of a typed number that it is all: then look
    /// first whether a line waits already. A scanner may end every piece of a
    /// number with two line ends.
    pub fn is_undecided(&self) -> bool {
        matches!(self.entry.state(), EntryState::Undecided(_))
    }

    /// What is to be done before the next line is typed, or the end where none
    /// comes: a number that may have had more behind box H is all there is, where
    /// something else follows.
    pub fn before(&mut self, next: Option<&str>) -> Option<PortalAction> {
        let EntryState::Undecided(_) = self.entry.state() else {
            return None;
        };
        let first = self.entry.clone().decide(Trust::CheckDigits).ok()?;
        if let Some(line) = next {
            let second = fold(line).ok()?;
            let follows = second.digits().len() >= NumberKind::ConfirmationId.digits()
                && !second.digits().starts_with(first.digits().digits());
            if !follows {
                return None;
            }
        }
        Some(self.place_answer(&first))
    }

    /// What is to be done about a text that was copied.
    pub fn copied(&mut self, text: &str) -> PortalAction {
        if text.len() > MAX_TEXT {
            return PortalAction::Nothing;
        }
        let found = find_numbers(text);
        match (&found.confirmation_ids[..], &found.replies[..]) {
            ([one], []) => match Answer::read(one.cid.digits(), Trust::CheckDigits) {
                Ok(answer) => self.place_answer(&answer),
                Err(error) => PortalAction::Damaged(error),
            },
            ([], [one]) => self.place_answer(&one.answer),
            ([], []) => match found.damaged.into_iter().next() {
                // What a person copies beside the work is no matter of ours.
                Some(damaged) if is_answer(&damaged.error) => {
                    let mut copied = NumberEntry::default();
                    if copied.line(text).is_ok() {
                        self.known.learn(copied.tagged_digits());
                    }
                    PortalAction::Damaged(damaged.error)
                }
                _ => PortalAction::Nothing,
            },
            _ => PortalAction::Several,
        }
    }

    /// What is to be done about a line of digits that was typed, or sent by a
    /// handheld scanner. A blank line says of what stands there that it is all.
    pub fn typed(&mut self, line: &str) -> PortalAction {
        if line.trim().is_empty() {
            return match self.entry.state() {
                EntryState::Undecided(_) | EntryState::Whole => self.decide(),
                _ if self.entry.lacks_its_end() => self.decide(),
                _ => PortalAction::Nothing,
            };
        }
        self.learn_typed();
        if let Err(error) = self.entry.line(line) {
            return PortalAction::Damaged(error);
        }
        match self.entry.state() {
            EntryState::Empty => PortalAction::Nothing,
            EntryState::Incomplete(boxes) => PortalAction::Boxes(boxes),
            EntryState::Undecided(boxes) => PortalAction::Ask(boxes),
            EntryState::Whole => self.decide(),
        }
    }

    /// Puts the request at hand off to the end of the line: it comes again.
    pub fn skip(&mut self) {
        if !self.queue.is_empty() {
            self.queue.rotate_left(1);
        }
        self.reset();
    }

    /// The person wants the doubted number all the same; `None` where none is.
    pub fn insist(&mut self) -> Option<PortalAction> {
        let (tag, cid) = self.doubted.take()?;
        Some(PortalAction::Keep {
            tag,
            cid,
            confirmed: true,
        })
    }

    /// The request that was answered last here: what is taken back first.
    pub fn last_answered(&self) -> Option<Tag> {
        self.answered.last().copied()
    }

    fn decide(&mut self) -> PortalAction {
        match self.entry.decide(Trust::CheckDigits) {
            Ok(answer) => self.place_answer(&answer),
            Err(error) => PortalAction::Damaged(error),
        }
    }

    /// Keeps an answer for the request that it answers: a bare number for the
    /// one at hand, unless it is known from a reply.
    fn place_answer(&mut self, answer: &Answer) -> PortalAction {
        self.clear_entry();
        let cid = answer.digits();
        let at_hand = self.at_hand();
        match self.known.tag_for(answer, at_hand) {
            Some(tag) => PortalAction::Keep {
                tag,
                cid,
                confirmed: false,
            },
            None => PortalAction::Foreign,
        }
    }

    /// The trip has no such request.
    pub fn was_foreign(&mut self) {
        self.clear_entry();
    }

    /// The trip kept the number: the next request is at hand.
    pub fn was_kept(&mut self, tag: Tag, now: Duration) {
        self.queue.retain(|&waiting| waiting != tag);
        self.answered.push(tag);
        self.pace.push(now.saturating_sub(self.taken_up));
        self.taken_up = now;
        self.reset();
    }

    /// The request at hand is shown now: from here on its time counts.
    pub fn was_shown(&mut self, now: Duration) {
        self.taken_up = now;
    }

    /// Somebody else answered, changed or closed this request meanwhile.
    pub fn was_overtaken(&mut self, tag: Tag) {
        self.queue.retain(|&waiting| waiting != tag);
        self.answered.retain(|&kept| kept != tag);
        self.reset();
    }

    /// The trip has a doubt about the number: the person may insist.
    pub fn was_doubted(&mut self, tag: Tag, cid: ConfirmationDigits) {
        self.clear_entry();
        self.doubted = Some((tag, cid));
    }

    /// The trip took the number back: its request is at hand again.
    pub fn was_taken_back(&mut self, tag: Tag, now: Duration) {
        if self.answered.contains(&tag) {
            self.pace.pop();
        }
        self.answered.retain(|&kept| kept != tag);
        self.queue.retain(|&waiting| waiting != tag);
        self.queue.insert(0, tag);
        self.taken_up = now;
        self.reset();
    }

    fn reset(&mut self) {
        self.clear_entry();
        self.doubted = None;
    }

    fn clear_entry(&mut self) {
        self.learn_typed();
        self.entry.clear();
    }

    /// What stands there with something behind box H is no bare number, whatever
    /// takes its place: it is a reply, or nothing.
    fn learn_typed(&mut self) {
        self.known.learn(self.entry.tagged_digits());
    }
}

/// Whether a damaged number was meant to be a Confirmation ID: nobody copies
/// something else of that length.
pub(super) fn is_answer(error: &NumberError) -> bool {
    matches!(
        error,
        NumberError::WrongGroups { kind, .. } | NumberError::WrongLength { kind, .. }
            if matches!(
                kind,
                NumberKind::ConfirmationId | NumberKind::Reply | NumberKind::TypedReply
            )
    ) || matches!(error, NumberError::WrongReplyCheck)
}

#[cfg(test)]
mod tests;
