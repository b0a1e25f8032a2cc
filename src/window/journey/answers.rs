//! Answers, seen by the camera or typed.

use super::{
    ASIDE_SHOWN_FOR, ActiveDeposit, Journey, JourneyCommand, JourneyState, MessageRef,
    NOTICE_SHOWN_FOR, Overlay, PendingAnswer, REPEAT_MEANT_AFTER, Sound, Tone, retry_helps,
};
use crate::activation::matching::{Verdict, decide};
use crate::activation::{Answer, KnownAnswer, NumberKind, Product, Tag};
use crate::licensing::known_from_verdict;
use crate::wire::{NotAReply, Trust, parse_answer};
use std::time::Duration;

impl Journey {
    /// The camera sees a text.
    pub(super) fn text_seen(&mut self, text: &str, now: Duration) -> Vec<JourneyCommand> {
        if !self.wants_texts() {
            return Vec::new();
        }
        let Ok(answer) = parse_answer(text, Trust::CheckDigits) else {
            // A notice that is already shown matters more than a sticker in view.
            if self.notice.is_none() && matches!(self.state, JourneyState::Open) {
                let told = MessageRef::with(NotAReply::of(text).into(), Vec::new());
                self.notify(told, Tone::Plain, now + ASIDE_SHOWN_FOR);
            }
            return Vec::new();
        };
        if let Answer::Bare(bare) = &answer {
            self.bare_number_seen(bare.digits().digits(), now);
            return Vec::new();
        }
        if self.used.as_ref() == Some(&answer) {
            return Vec::new();
        }
        if let JourneyState::Refused(refusal) = &self.state
            && refusal.answer == answer
            && !(retry_helps(&refusal.cause) && now >= refusal.since + REPEAT_MEANT_AFTER)
        {
            return Vec::new();
        }
        self.answer_given(answer, false, now)
    }

    /// The camera sees a number that does not say whose it is. It goes into the
    /// boxes, and the person confirms with Enter that it is for this PC.
    fn bare_number_seen(&mut self, digits: &str, now: Duration) {
        if !matches!(self.state, JourneyState::Open) || self.overlay.is_some() {
            return;
        }
        if self.field.digits() == 0 {
            // Digits alone cannot fail.
            let _ = self.field.paste(digits);
        }
        if self.notice.is_none() {
            let told = MessageRef::with("window-bare-seen", Vec::new());
            self.notify(told, Tone::Plain, now + NOTICE_SHOWN_FOR);
        }
    }

    /// Enter was pressed in the field, or sent by a scanner.
    pub(super) fn enter(&mut self, now: Duration) -> Vec<JourneyCommand> {
        if !self.wants_texts() {
            return Vec::new();
        }
        let by_scanner = self.field.is_bursting(now);
        let submitted = self.field.submit(now);
        self.remember_replaced();
        match submitted {
            None => self.incomplete(),
            // A scanner may send Enter in the middle of a number; only the
            // person's Enter says that nothing follows box H.
            Some(Ok(answer)) if by_scanner && !matches!(answer, Answer::Tagged(_)) => {
                self.typed = None;
            }
            Some(Ok(answer)) => {
                self.typed = None;
                return self.answer_given(answer, true, now);
            }
            Some(Err(error)) => {
                if let Some(digits) = self.field.tagged_digits() {
                    let at = self.snapshot.as_ref().map(|snapshot| snapshot.at);
                    self.known
                        .push(KnownAnswer::damaged(&digits, at.unwrap_or_default()));
                }
                self.typed = Some(MessageRef::of(&error));
            }
        }
        Vec::new()
    }

    fn incomplete(&mut self) {
        let digits = self.field.digits();
        if digits > 0 {
            let whole = if self.field.rest().is_empty() {
                NumberKind::ConfirmationId
            } else {
                NumberKind::Reply
            };
            let missing = whole.digits().saturating_sub(digits);
            let facts = vec![("missing", missing.into()), ("digits", digits.into())];
            self.typed = Some(MessageRef::with("window-incomplete", facts));
        }
    }

    fn answer_given(&mut self, answer: Answer, typed: bool, now: Duration) -> Vec<JourneyCommand> {
        self.overlay = None;
        let pending = PendingAnswer {
            answer,
            chosen: None,
            seen: self.products().to_vec(),
            typed,
        };
        self.decide(pending, now)
    }

    /// Deposits an answer whose tag belongs here. In any other case the licence
    /// store is read again first, because the Installation IDs or the pending
    /// products may have changed while the window was open.
    pub(super) fn decide(&mut self, pending: PendingAnswer, now: Duration) -> Vec<JourneyCommand> {
        let known = self.everything_known();
        let Some(snapshot) = &self.snapshot else {
            return Vec::new();
        };
        let says_whose = matches!(pending.answer, Answer::Tagged(_));
        let here = snapshot.here(&pending.seen, &known);
        if says_whose
            && let Verdict::Deposit(product, tag) = decide(&pending.answer, pending.chosen, here)
        {
            return self.deposit(product, tag, pending, now);
        }
        self.pending = Some(pending);
        self.reread(now)
    }

    /// The Confirmation IDs known to the PC's history and to this window.
    fn everything_known(&self) -> Vec<KnownAnswer> {
        let remembered = self.snapshot.iter().flat_map(|snapshot| &snapshot.known);
        remembered.chain(&self.known).cloned().collect()
    }

    /// Decides an answer by a fresh snapshot, and reports the verdict.
    pub(super) fn report_verdict(
        &mut self,
        pending: PendingAnswer,
        now: Duration,
    ) -> Vec<JourneyCommand> {
        let known = self.everything_known();
        let Some(snapshot) = &self.snapshot else {
            return Vec::new();
        };
        let here = snapshot.here(&pending.seen, &known);
        let verdict = decide(&pending.answer, pending.chosen, here);
        let learnt = known_from_verdict(&pending.answer, &verdict, &snapshot.pc, snapshot.at);
        let tone = match &verdict {
            Verdict::Deposit(product, tag) => {
                return self.deposit(product.clone(), *tag, pending, now);
            }
            Verdict::Choose(products) => {
                let ids = products.iter().map(|product| product.activation_id);
                self.overlay = Some(Overlay::Whose(pending, ids.collect()));
                return Vec::new();
            }
            Verdict::AlreadyLicensed(_) => Tone::Good,
            _ => Tone::Amber,
        };
        self.await_replies();
        if pending.typed {
            // Keep nothing that could be taken for the next number.
            self.field.clear();
            self.typed = None;
        }
        self.notify(MessageRef::verdict(&verdict), tone, now + NOTICE_SHOWN_FOR);
        let mut commands = Vec::new();
        if let Some(known) = learnt {
            self.known.push(known.clone());
            commands.push(JourneyCommand::Remember(known));
        }
        if tone == Tone::Amber {
            commands.push(JourneyCommand::Sound(Sound::NotHere));
        }
        commands
    }

    pub(super) fn deposit(
        &mut self,
        product: Product,
        tag: Tag,
        pending: PendingAnswer,
        now: Duration,
    ) -> Vec<JourneyCommand> {
        let PendingAnswer { answer, typed, .. } = pending;
        let command = JourneyCommand::Deposit {
            product: product.clone(),
            expected: tag,
            digits: answer.digits(),
        };
        self.notice = None;
        self.pending = None;
        self.copied = false;
        self.current = Some(product.activation_id);
        self.state = JourneyState::Depositing(Box::new(ActiveDeposit {
            product,
            tag,
            answer,
            typed,
            since: now,
            result: None,
        }));
        vec![JourneyCommand::Sound(Sound::Taken), command]
    }
}
