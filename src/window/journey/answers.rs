//! What becomes of a text that was seen, or of a number that was typed.

use super::{
    ASIDE, Asked, Command, Deposit, Journey, MEANT, NOTICE, Sheet, Sound, Stage, Told, Tone,
    retry_helps,
};
use crate::activation::matching::{Verdict, decide};
use crate::activation::{Answer, KnownAnswer, NumberKind, Product, Tag};
use crate::licensing::learnt;
use crate::wire::{NotAReply, Trust, parse_answer};
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
                let told = Told::with(NotAReply::of(text).into(), Vec::new());
                self.tell(told, Tone::Plain, now + ASIDE);
            }
            return Vec::new();
        };
        if let Answer::Bare(bare) = &answer {
            self.seen_bare(bare.digits().digits(), now);
            return Vec::new();
        }
        if self.used.as_ref() == Some(&answer) {
            return Vec::new();
        }
        if let Stage::Refused(refusal) = &self.stage
            && refusal.answer == answer
            && !(retry_helps(&refusal.why) && now >= refusal.since + MEANT)
        {
            return Vec::new();
        }
        self.arrived(answer, false, now)
    }

    /// The camera sees a number that does not say whose it is: it takes a person
    /// to say that it is for this PC. It goes into the boxes, and Enter says so.
    fn seen_bare(&mut self, digits: &str, now: Duration) {
        if !matches!(self.stage, Stage::Open) || self.sheet.is_some() {
            return;
        }
        if self.field.digits() == 0 {
            // Digits alone: there is nothing that could be wrong with them.
            let _ = self.field.paste(digits);
        }
        if self.notice.is_none() {
            let told = Told::with("window-bare-seen", Vec::new());
            self.tell(told, Tone::Plain, now + NOTICE);
        }
    }

    /// Enter was pressed in the field, or sent by a scanner.
    pub(super) fn enter(&mut self, now: Duration) -> Vec<Command> {
        if !self.wants_texts() {
            return Vec::new();
        }
        let by_scanner = self.field.is_bursting(now);
        let submitted = self.field.submit(now);
        self.remember_left();
        match submitted {
            None => self.incomplete(),
            // A scanner's Enter may come in the middle of a number: only a
            // person's says that nothing more stands behind box H.
            Some(Ok(answer)) if by_scanner && !matches!(answer, Answer::Tagged(_)) => {
                self.typed = None;
            }
            Some(Ok(answer)) => {
                self.typed = None;
                return self.arrived(answer, true, now);
            }
            Some(Err(error)) => {
                if let Some(digits) = self.field.tagged_digits() {
                    let at = self.reading.as_ref().map(|reading| reading.at);
                    self.known
                        .push(KnownAnswer::damaged(&digits, at.unwrap_or_default()));
                }
                self.typed = Some(Told::of(&error));
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
            self.typed = Some(Told::with("window-incomplete", facts));
        }
    }

    fn arrived(&mut self, answer: Answer, typed: bool, now: Duration) -> Vec<Command> {
        self.sheet = None;
        let asked = Asked {
            answer,
            chosen: None,
            seen: self.products().to_vec(),
            typed,
        };
        self.decide(asked, now)
    }

    /// Deposits an answer that says that it belongs here. Before anything else is
    /// said or done, the licence store is read once more: what it answers may
    /// have changed while the window stood open, or who waits.
    pub(super) fn decide(&mut self, asked: Asked, now: Duration) -> Vec<Command> {
        let known = self.everything_known();
        let Some(reading) = &self.reading else {
            return Vec::new();
        };
        let says_whose = matches!(asked.answer, Answer::Tagged(_));
        let here = reading.here(&asked.seen, &known);
        if says_whose
            && let Verdict::Deposit(product, tag) = decide(&asked.answer, asked.chosen, here)
        {
            return self.deposit(product, tag, asked, now);
        }
        self.asked = Some(asked);
        self.reread(now)
    }

    /// What the memory knows of Confirmation IDs, and this window.
    fn everything_known(&self) -> Vec<KnownAnswer> {
        let remembered = self.reading.iter().flat_map(|reading| &reading.known);
        remembered.chain(&self.known).cloned().collect()
    }

    /// Says what an answer is that does not belong here, by a fresh reading.
    pub(super) fn speak(&mut self, asked: Asked, now: Duration) -> Vec<Command> {
        let known = self.everything_known();
        let Some(reading) = &self.reading else {
            return Vec::new();
        };
        let here = reading.here(&asked.seen, &known);
        let verdict = decide(&asked.answer, asked.chosen, here);
        let learnt = learnt(&asked.answer, &verdict, &reading.pc, reading.at);
        let tone = match &verdict {
            Verdict::Deposit(product, tag) => {
                return self.deposit(product.clone(), *tag, asked, now);
            }
            Verdict::Choose(products) => {
                let ids = products.iter().map(|product| product.activation_id);
                self.sheet = Some(Sheet::Whose(asked, ids.collect()));
                return Vec::new();
            }
            Verdict::AlreadyLicensed(_) => Tone::Good,
            _ => Tone::Amber,
        };
        self.move_to_open();
        if asked.typed {
            // Nothing of it stays to be taken for the next number.
            self.field.clear();
            self.typed = None;
        }
        self.tell(Told::verdict(&verdict), tone, now + NOTICE);
        let mut commands = Vec::new();
        if let Some(known) = learnt {
            self.known.push(known.clone());
            commands.push(Command::Remember(known));
        }
        if tone == Tone::Amber {
            commands.push(Command::Sound(Sound::NotHere));
        }
        commands
    }

    pub(super) fn deposit(
        &mut self,
        product: Product,
        tag: Tag,
        asked: Asked,
        now: Duration,
    ) -> Vec<Command> {
        let Asked { answer, typed, .. } = asked;
        let command = Command::Deposit {
            product: product.clone(),
            expected: tag,
            digits: answer.digits(),
        };
        self.notice = None;
        self.asked = None;
        self.copied = false;
        self.current = Some(product.activation_id);
        self.stage = Stage::Depositing(Box::new(Deposit {
            product,
            tag,
            answer,
            typed,
            since: now,
            handed: None,
        }));
        vec![Command::Sound(Sound::Taken), command]
    }
}
