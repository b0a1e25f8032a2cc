//! The requests that a person works through at the portal: which one is
//! current, and what a copied text or a typed line means. It never sees the
//! portal or an account.

use super::known_replies::KnownReplies;
use crate::activation::{
    Answer, ConfirmationDigits, EntryState, GroupView, NumberEntry, NumberError, NumberKind, Tag,
    Trust, fold,
};
use crate::wire::pasted::find_numbers;
use std::time::Duration;

/// Longest clipboard text that is read, in bytes; a page of the portal is far
/// shorter.
const MAX_TEXT: usize = 64 * 1024;

/// The time per PC is averaged over this many of the last PCs.
const PACE_SAMPLES: usize = 8;

/// What to do about a text that was copied or typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PortalAction {
    /// Nothing: the text is irrelevant, or it is a blank line and there is no
    /// number that it could complete.
    Nothing,
    /// Store this Confirmation ID.
    Keep {
        /// For this request: the current one, or the one that a reply answers.
        tag: Tag,
        /// The number.
        cid: ConfirmationDigits,
        /// The person was asked, and wants it nevertheless.
        confirmed: bool,
    },
    /// The text holds several Confirmation IDs.
    Several,
    /// The text or the line holds a damaged number.
    Damaged(NumberError),
    /// A reply to another request, by what it says about itself or said before.
    /// Nothing is stored, and nobody knows which request it answers.
    Foreign,
    /// Boxes typed so far.
    Boxes(Vec<GroupView>),
    /// The number may be complete, or may have more digits after box H: ask. A
    /// blank line says that it is complete.
    Ask(Vec<GroupView>),
}

/// The requests in order; the first one is current.
#[derive(Debug, Clone)]
pub struct PortalQueue {
    queue: Vec<Tag>,
    answered: Vec<Tag>,
    entry: NumberEntry,
    /// A number that a person has to confirm, and the request it is for.
    doubted: Option<(Tag, ConfirmationDigits)>,
    known: KnownReplies,
    /// When the current request was taken up.
    taken_up: Duration,
    pace: Vec<Duration>,
}

impl PortalQueue {
    /// A queue of these requests; `now` is measured from any fixed moment.
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

    /// The current request; `None` when all are answered.
    pub fn at_hand(&self) -> Option<Tag> {
        self.queue.first().copied()
    }

    /// Number of unanswered requests, including the current one.
    pub fn waiting(&self) -> usize {
        self.queue.len()
    }

    /// Number of requests answered in this session.
    pub fn answered(&self) -> usize {
        self.answered.len()
    }

    /// Time per PC and time for all remaining ones, once a PC is done.
    pub fn time_left(&self) -> Option<(Duration, Duration)> {
        let last = self.pace.iter().rev().take(PACE_SAMPLES);
        let known = u32::try_from(last.len()).ok().filter(|&known| known > 0)?;
        let each = last.sum::<Duration>() / known;
        let waiting = u32::try_from(self.waiting()).unwrap_or(u32::MAX);
        Some((each, each.saturating_mul(waiting)))
    }

    /// Whether a blank line would complete a typed number. If so, first check
    /// whether another line is waiting: a scanner may end every piece of a
    /// number with two line ends.
    pub fn is_undecided(&self) -> bool {
        matches!(self.entry.state(), EntryState::Undecided(_))
    }

    /// What to do before the next line, or before the end of the input if
    /// `next` is `None`. A number that might have had more digits after box H
    /// is complete if something else follows.
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

    /// What to do about a copied text.
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
                // Anything else that a person copies is irrelevant.
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

    /// What to do about a line of digits that was typed, or sent by a handheld
    /// scanner. A blank line says that the current digits are complete.
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

    /// Moves the current request to the end of the queue.
    pub fn skip(&mut self) {
        if !self.queue.is_empty() {
            self.queue.rotate_left(1);
        }
        self.reset();
    }

    /// The person wants the doubted number nevertheless; `None` if there is
    /// none.
    pub fn insist(&mut self) -> Option<PortalAction> {
        let (tag, cid) = self.doubted.take()?;
        Some(PortalAction::Keep {
            tag,
            cid,
            confirmed: true,
        })
    }

    /// The request that was answered last in this session; it is the first to
    /// take back.
    pub fn last_answered(&self) -> Option<Tag> {
        self.answered.last().copied()
    }

    fn decide(&mut self) -> PortalAction {
        match self.entry.decide(Trust::CheckDigits) {
            Ok(answer) => self.place_answer(&answer),
            Err(error) => PortalAction::Damaged(error),
        }
    }

    /// Assigns an answer to the request that it answers. A bare number is for
    /// the current request, unless a reply has shown otherwise.
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

    /// Reports that the trip has no such request.
    pub fn was_foreign(&mut self) {
        self.clear_entry();
    }

    /// Reports that the trip stored the number: the next request becomes
    /// current.
    pub fn was_kept(&mut self, tag: Tag, now: Duration) {
        self.queue.retain(|&waiting| waiting != tag);
        self.answered.push(tag);
        self.pace.push(now.saturating_sub(self.taken_up));
        self.taken_up = now;
        self.reset();
    }

    /// Reports that the current request is now shown: its time counts from
    /// here.
    pub fn was_shown(&mut self, now: Duration) {
        self.taken_up = now;
    }

    /// Reports that somebody else answered, changed or completed this request.
    pub fn was_overtaken(&mut self, tag: Tag) {
        self.queue.retain(|&waiting| waiting != tag);
        self.answered.retain(|&kept| kept != tag);
        self.reset();
    }

    /// Reports that the trip doubts the number: the person may insist.
    pub fn was_doubted(&mut self, tag: Tag, cid: ConfirmationDigits) {
        self.clear_entry();
        self.doubted = Some((tag, cid));
    }

    /// Reports that the trip took the number back: its request becomes current
    /// again.
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

    /// Remembers that digits with something after box H are a reply or nothing,
    /// and never a bare number, whatever replaces them.
    fn learn_typed(&mut self) {
        self.known.learn(self.entry.tagged_digits());
    }
}

/// Whether a damaged number was meant to be a Confirmation ID: nothing else of
/// that length gets copied.
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
