//! A person at the portal, with many requests: which one is at hand, and what a
//! copied text or a typed line means. It never sees the portal or an account.

use crate::activation::{ConfirmationDigits, ConfirmationId, Entry, EntryState, NumberError, Tag};
use crate::activation::{GroupView, NumberKind};
use crate::wire::pasted::find_numbers;
use std::time::Duration;

/// Longest text of a clipboard that is looked at, in bytes: a page of the
/// portal has far less.
const MAX_TEXT: usize = 64 * 1024;

/// So many of the last PCs tell how long one takes.
const PACE: usize = 8;

/// Something that was said to the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard<'a> {
    /// The clipboard holds another text than before.
    Clipboard(&'a str),
    /// A line was typed, or sent by a handheld scanner.
    Line(&'a str),
}

/// What is to be done about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// Nothing: it was no matter of ours.
    Nothing,
    /// Put the Installation ID at hand on the clipboard.
    Copy,
    /// Put one group of it there, counted from 1.
    CopyGroup(usize),
    /// Open the portal in the person's browser.
    OpenPortal,
    /// Keep this Confirmation ID.
    Keep {
        /// For this request.
        tag: Tag,
        /// The number.
        cid: ConfirmationDigits,
        /// The person was asked, and wants it all the same.
        confirmed: bool,
    },
    /// Take the Confirmation ID of this request back.
    TakeBack(Tag),
    /// There is none to take back.
    NothingToTakeBack,
    /// Show the next request.
    Next,
    /// The text holds several Confirmation IDs.
    Several,
    /// The text or the line holds a damaged number.
    Damaged(NumberError),
    /// Boxes typed so far.
    Boxes(Vec<GroupView>),
    /// Say what can be typed.
    Help,
    /// Pause.
    End,
}

/// The desk: requests in order, one of them at hand.
#[derive(Debug, Clone)]
pub struct Desk {
    queue: Vec<Tag>,
    kept: Vec<Tag>,
    entry: Entry,
    /// A number that needs the person's word.
    doubted: Option<ConfirmationDigits>,
    /// When the request at hand was taken up.
    taken_up: Duration,
    pace: Vec<Duration>,
}

impl Desk {
    /// A desk with these requests before it, at `now` since any moment.
    pub fn new(requests: Vec<Tag>, now: Duration) -> Self {
        Self {
            queue: requests,
            kept: Vec::new(),
            entry: Entry::default(),
            doubted: None,
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
        self.kept.len()
    }

    /// How long a PC takes, and the rest: once one is known.
    pub fn time_left(&self) -> Option<(Duration, Duration)> {
        let last = self.pace.iter().rev().take(PACE);
        let known = u32::try_from(last.len()).ok().filter(|&known| known > 0)?;
        let each = last.sum::<Duration>() / known;
        let waiting = u32::try_from(self.waiting()).unwrap_or(u32::MAX);
        Some((each, each.saturating_mul(waiting)))
    }

    /// What is to be done about what was said.
    pub fn hear(&mut self, heard: Heard<'_>) -> Deed {
        match heard {
            Heard::Clipboard(text) => self.copied(text),
            Heard::Line(line) => self.typed(line.trim()),
        }
    }

    fn copied(&mut self, text: &str) -> Deed {
        if text.len() > MAX_TEXT {
            return Deed::Nothing;
        }
        let found = find_numbers(text);
        match found.confirmation_ids.as_slice() {
            [one] => self.keep(one.cid.clone().into()),
            [] => match found.damaged.into_iter().next() {
                // What a person copies beside the work is no matter of ours.
                Some(damaged) if is_answer(&damaged.error) => Deed::Damaged(damaged.error),
                _ => Deed::Nothing,
            },
            _ => Deed::Several,
        }
    }

    fn typed(&mut self, line: &str) -> Deed {
        match line {
            "" => Deed::Copy,
            "o" => Deed::OpenPortal,
            "s" => {
                // To the end of the line: it comes again.
                if self.queue.len() > 1 {
                    self.queue.rotate_left(1);
                }
                self.begin_anew();
                Deed::Next
            }
            "u" => match self.kept.last() {
                Some(&tag) => Deed::TakeBack(tag),
                None => Deed::NothingToTakeBack,
            },
            "y" => match (self.doubted.take(), self.at_hand()) {
                (Some(cid), Some(tag)) => Deed::Keep {
                    tag,
                    cid,
                    confirmed: true,
                },
                _ => Deed::Help,
            },
            "q" => Deed::End,
            "?" | "h" => Deed::Help,
            group if group.len() == 1 => match group.parse() {
                Ok(group @ 1..=9) => Deed::CopyGroup(group),
                _ => Deed::Help,
            },
            digits => self.digits(digits),
        }
    }

    fn digits(&mut self, line: &str) -> Deed {
        if let Err(error) = self.entry.line(line) {
            return Deed::Damaged(error);
        }
        match self.entry.state() {
            EntryState::Empty => Deed::Help,
            EntryState::Incomplete(boxes) => Deed::Boxes(boxes),
            EntryState::Whole(text) => match ConfirmationId::parse(&text) {
                Ok(cid) => self.keep(cid.into()),
                Err(error) => Deed::Damaged(error),
            },
        }
    }

    fn keep(&self, cid: ConfirmationDigits) -> Deed {
        self.at_hand().map_or(Deed::Nothing, |tag| Deed::Keep {
            tag,
            cid,
            confirmed: false,
        })
    }

    /// The trip kept the number: the next request is at hand.
    pub fn was_kept(&mut self, tag: Tag, now: Duration) {
        self.queue.retain(|&waiting| waiting != tag);
        self.kept.push(tag);
        self.pace.push(now.saturating_sub(self.taken_up));
        self.taken_up = now;
        self.begin_anew();
    }

    /// The request at hand is shown now: from here on its time counts.
    pub fn was_shown(&mut self, now: Duration) {
        self.taken_up = now;
    }

    /// Somebody else answered, changed or closed this request meanwhile.
    pub fn was_overtaken(&mut self, tag: Tag) {
        self.queue.retain(|&waiting| waiting != tag);
        self.kept.retain(|&kept| kept != tag);
        self.begin_anew();
    }

    /// The trip has a doubt about the number: the person may insist.
    pub fn was_doubted(&mut self, cid: ConfirmationDigits) {
        self.entry.clear();
        self.doubted = Some(cid);
    }

    /// The trip took the number back: its request is at hand again.
    pub fn was_taken_back(&mut self, tag: Tag, now: Duration) {
        self.kept.retain(|&kept| kept != tag);
        self.queue.insert(0, tag);
        self.pace.pop();
        self.taken_up = now;
        self.begin_anew();
    }

    fn begin_anew(&mut self) {
        self.entry.clear();
        self.doubted = None;
    }
}

/// Whether a damaged number was meant to be a Confirmation ID: nobody copies
/// something else of that length.
fn is_answer(error: &NumberError) -> bool {
    matches!(
        error,
        NumberError::WrongGroups { kind, .. } | NumberError::WrongLength { kind, .. }
            if *kind == NumberKind::ConfirmationId
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activation::{practice_confirmation_id, practice_installation_id};

    fn tag(seed: &str) -> Tag {
        practice_installation_id(seed).tag()
    }

    fn answer(seed: &str) -> ConfirmationDigits {
        practice_confirmation_id(&practice_installation_id(seed)).into()
    }

    const SECOND: Duration = Duration::from_secs(1);

    fn desk() -> Desk {
        Desk::new(vec![tag("a"), tag("b"), tag("c")], Duration::ZERO)
    }

    #[test]
    fn a_copied_page_of_the_portal_answers_the_request_at_hand() {
        let mut desk = desk();
        let groups: Vec<String> = answer("a")
            .digits()
            .as_bytes()
            .chunks(6)
            .zip('A'..)
            .map(|(group, label)| format!("{label} {}", String::from_utf8_lossy(group)))
            .collect();
        let page = format!("Your Confirmation ID\n{}\nPrint", groups.join("\n"));
        let deed = desk.hear(Heard::Clipboard(&page));
        let kept = Deed::Keep {
            tag: tag("a"),
            cid: answer("a"),
            confirmed: false,
        };
        assert_eq!(deed, kept);
        desk.was_kept(tag("a"), 30 * SECOND);
        assert_eq!(desk.at_hand(), Some(tag("b")));
        assert_eq!(desk.time_left(), Some((30 * SECOND, 60 * SECOND)));
    }

    #[test]
    fn what_else_is_copied_is_left_alone() {
        let mut desk = desk();
        let own = practice_installation_id("a");
        let huge = "0".repeat(MAX_TEXT + 1);
        for text in [
            "",
            "a note to myself",
            own.digits(),
            "2026-11-23 14:56",
            &huge,
        ] {
            assert_eq!(
                desk.hear(Heard::Clipboard(text)),
                Deed::Nothing,
                "{text:.40}"
            );
        }
        let two = format!("{}\n\n{}", answer("a").digits(), answer("b").digits());
        assert_eq!(desk.hear(Heard::Clipboard(&two)), Deed::Several);
    }

    #[test]
    fn a_mistake_is_undone_and_its_request_comes_back() {
        let mut desk = desk();
        assert_eq!(desk.hear(Heard::Line("u")), Deed::NothingToTakeBack);
        desk.was_kept(tag("a"), SECOND);
        assert_eq!(desk.hear(Heard::Line("u")), Deed::TakeBack(tag("a")));
        desk.was_taken_back(tag("a"), 2 * SECOND);
        assert_eq!((desk.at_hand(), desk.waiting()), (Some(tag("a")), 3));
    }

    #[test]
    fn what_is_skipped_comes_again() {
        let mut desk = desk();
        assert_eq!(desk.hear(Heard::Line("s")), Deed::Next);
        assert_eq!(desk.at_hand(), Some(tag("b")));
        desk.was_kept(tag("b"), SECOND);
        desk.was_kept(tag("c"), SECOND);
        assert_eq!(desk.at_hand(), Some(tag("a")));
        assert_eq!(desk.hear(Heard::Line("s")), Deed::Next);
        assert_eq!(desk.at_hand(), Some(tag("a")));
    }

    #[test]
    fn a_doubted_number_needs_the_persons_word_and_only_for_that_request() {
        let mut desk = desk();
        desk.was_doubted(answer("b"));
        let kept = Deed::Keep {
            tag: tag("a"),
            cid: answer("b"),
            confirmed: true,
        };
        assert_eq!(desk.hear(Heard::Line("y")), kept);
        assert_eq!(desk.hear(Heard::Line("y")), Deed::Help);
        desk.was_doubted(answer("b"));
        desk.hear(Heard::Line("s"));
        assert_eq!(desk.hear(Heard::Line("y")), Deed::Help);
    }

    #[test]
    fn typed_boxes_add_up_and_a_wrong_one_is_named() {
        let mut desk = desk();
        let digits = answer("a").digits().to_owned();
        assert!(matches!(
            desk.hear(Heard::Line(&digits[..24])),
            Deed::Boxes(_)
        ));
        // The last digit of box E is wrong.
        let wrong = format!(
            "{}{}",
            &digits[24..29],
            (digits.as_bytes()[29] - b'0' + 1) % 10
        );
        let rest = format!("{wrong}{}", &digits[30..]);
        let Deed::Damaged(error) = desk.hear(Heard::Line(&rest)) else {
            panic!("a wrong box was taken");
        };
        assert_eq!(error.faults()[0].label, "E");
        let corrected = format!("E {}", &digits[24..30]);
        assert!(matches!(
            desk.hear(Heard::Line(&corrected)),
            Deed::Keep { .. }
        ));
    }

    #[test]
    fn what_others_did_meanwhile_is_left_out() {
        let mut desk = desk();
        desk.was_kept(tag("a"), SECOND);
        desk.was_overtaken(tag("b"));
        assert_eq!(desk.at_hand(), Some(tag("c")));
        desk.was_overtaken(tag("a"));
        assert_eq!(desk.hear(Heard::Line("u")), Deed::NothingToTakeBack);
    }

    #[test]
    fn the_time_of_a_skipped_pc_does_not_count_for_the_next() {
        let mut desk = desk();
        desk.was_shown(100 * SECOND);
        desk.was_kept(tag("a"), 110 * SECOND);
        assert_eq!(desk.time_left(), Some((10 * SECOND, 20 * SECOND)));
    }

    #[test]
    fn single_keys_do_what_they_say() {
        let mut desk = desk();
        assert_eq!(desk.hear(Heard::Line("")), Deed::Copy);
        assert_eq!(desk.hear(Heard::Line(" 7 ")), Deed::CopyGroup(7));
        assert_eq!(desk.hear(Heard::Line("0")), Deed::Help);
        assert_eq!(desk.hear(Heard::Line("o")), Deed::OpenPortal);
        assert_eq!(desk.hear(Heard::Line("q")), Deed::End);
    }
}
