//! What becomes of a text that was seen, or of a number that was typed.

use super::{
    ASIDE, Asked, Command, Deposit, Journey, MEANT, NOTICE, Sheet, Sound, Stage, Told, Tone,
    retry_helps,
};
use crate::activation::matching::{Verdict, decide};
use crate::activation::{ActivationId, Answer, NumberKind, Product};
use crate::advice::Fact;
use crate::licensing::Expected;
use crate::wire::{Stranger, Trust, parse_answer};
use std::time::Duration;

impl Journey {
    /// The camera sees a text.
    pub(super) fn seen(&mut self, text: &str, now: Duration) -> Vec<Command> {
        if !self.wants_texts() {
            return Vec::new();
        }
        let Ok(answer) = parse_answer(text, Trust::CheckDigits) else {
            // A refusal, or whose reply it was, matters more than a sticker.
            if self.notice.is_none() && matches!(self.stage, Stage::Open) {
                let told = Told::with(Stranger::of(text).into(), Vec::new());
                self.tell(told, Tone::Plain, now + ASIDE);
            }
            return Vec::new();
        };
        if self.used.as_ref() == Some(&answer) {
            return Vec::new();
        }
        if let Stage::Refused(refusal) = &self.stage
            && refusal.answer == answer
            && !(retry_helps(&refusal.why) && now >= refusal.since + MEANT)
        {
            return Vec::new();
        }
        self.arrived(answer, now)
    }

    /// Enter was pressed in the field, or sent by a scanner.
    pub(super) fn enter(&mut self, now: Duration) -> Vec<Command> {
        if !self.wants_texts() {
            return Vec::new();
        }
        let Some(text) = self.field.submit(now) else {
            let digits = self.field.digits();
            if digits > 0 {
                let whole = if self.field.rest().is_empty() {
                    NumberKind::ConfirmationId
                } else {
                    NumberKind::Reply
                };
                let missing = whole.digits().saturating_sub(digits);
                let facts = vec![("missing", missing.into()), ("digits", digits.into())];
                self.typed = Some(Told::with("window-incomplete", facts));
            }
            return Vec::new();
        };
        match parse_answer(&text, Trust::CheckDigits) {
            Ok(answer) => {
                self.typed = None;
                self.arrived(answer, now)
            }
            Err(error) => {
                self.typed = Some(Told::of(&error));
                Vec::new()
            }
        }
    }

    fn arrived(&mut self, answer: Answer, now: Duration) -> Vec<Command> {
        self.sheet = None;
        self.decide(answer, None, now)
    }

    /// Deposits an answer that belongs here. Before anything else is said of an
    /// answer, the licence store is read once more: what it answers may have
    /// changed while the window stood open.
    pub(super) fn decide(
        &mut self,
        answer: Answer,
        chosen: Option<ActivationId>,
        now: Duration,
    ) -> Vec<Command> {
        let Some(reading) = &self.reading else {
            return Vec::new();
        };
        let here = reading.here();
        if let Verdict::Deposit(product) = decide(&answer, chosen, here) {
            let product = product.clone();
            return self.deposit(product, answer, now);
        }
        if matches!(decide(&answer, chosen, here), Verdict::Choose(_)) {
            self.sheet = Some(Sheet::Whose(answer));
            return Vec::new();
        }
        self.asked = Some(Asked { answer, chosen });
        self.reread(now)
    }

    /// Says what an answer is that does not belong here, by a fresh reading.
    pub(super) fn speak(&mut self, asked: Asked, now: Duration) -> Vec<Command> {
        let Asked { answer, chosen } = asked;
        let Some(reading) = &self.reading else {
            return Vec::new();
        };
        let here = reading.here();
        let (told, tone) = match decide(&answer, chosen, here) {
            Verdict::Deposit(product) => {
                let product = product.clone();
                return self.deposit(product, answer, now);
            }
            Verdict::Choose(_) => {
                self.sheet = Some(Sheet::Whose(answer));
                return Vec::new();
            }
            Verdict::AlreadyLicensed(product) => (
                Told::with("window-already-licensed", product.facts()),
                Tone::Good,
            ),
            Verdict::NotApplicable(product, obstacle) => {
                (Told::with(obstacle.into(), product.facts()), Tone::Amber)
            }
            Verdict::OtherProduct(product) => (
                Told::with("window-other-product", product.facts()),
                Tone::Amber,
            ),
            Verdict::Changed(shown) => {
                let facts = vec![("product", Fact::from(shown.name.as_str()))];
                (Told::with("window-reply-outdated", facts), Tone::Amber)
            }
            Verdict::OtherPc(Some(owner)) => {
                let facts = vec![("pc", Fact::from(owner.name.as_str()))];
                (Told::with("window-other-pc-known", facts), Tone::Amber)
            }
            Verdict::OtherPc(None) => (Told::with("window-other-pc", Vec::new()), Tone::Amber),
            Verdict::NothingPending | Verdict::ChosenNotPending => (
                Told::with("window-nothing-pending", Vec::new()),
                Tone::Amber,
            ),
        };
        self.move_to_open();
        self.tell(told, tone, now + NOTICE);
        if tone == Tone::Amber {
            vec![Command::Sound(Sound::NotHere)]
        } else {
            Vec::new()
        }
    }

    pub(super) fn deposit(
        &mut self,
        product: Product,
        answer: Answer,
        now: Duration,
    ) -> Vec<Command> {
        let command = Command::Deposit {
            product: product.clone(),
            expected: answer.tag().map_or(Expected::Anything, Expected::Tag),
            digits: answer.digits(),
        };
        self.notice = None;
        self.asked = None;
        self.copied = false;
        self.current = Some(product.activation_id);
        self.stage = Stage::Depositing(Box::new(Deposit {
            product,
            answer,
            since: now,
            handed: None,
        }));
        vec![Command::Sound(Sound::Taken), command]
    }
}
