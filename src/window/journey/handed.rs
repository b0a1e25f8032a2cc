//! What came of a deposit.

use super::{
    Command, Deposit, GREEN, Handed, Journey, NOTICE, Refusal, Sound, Stage, Told, Tone, Why,
};
use crate::activation::HResult;
use crate::activation::matching::Verdict;
use crate::licensing::{DepositError, Deposited, proven};
use std::time::Duration;

impl Journey {
    pub(super) fn handed(&mut self, handed: Handed, now: Duration) -> Vec<Command> {
        self.read_at = now;
        let Stage::Depositing(deposit) = &mut self.stage else {
            return Vec::new();
        };
        let good = handed.outcome.as_ref().is_ok_and(Deposited::is_activated);
        if good && now < deposit.since + GREEN {
            deposit.handed = Some(handed);
            return Vec::new();
        }
        self.conclude(handed, now)
    }

    pub(super) fn conclude(&mut self, handed: Handed, now: Duration) -> Vec<Command> {
        let Stage::Depositing(deposit) = std::mem::replace(&mut self.stage, Stage::Open) else {
            return Vec::new();
        };
        let Deposit {
            product,
            tag,
            answer,
            typed,
            ..
        } = *deposit;
        let at = handed.reading.as_ref().map(|reading| reading.at).ok();
        let at = at.or_else(|| self.reading.as_ref().map(|reading| reading.at));
        if let Ok(reading) = handed.reading {
            // What a deposit changes is told in its own words below.
            self.reading = None;
            self.take(reading, now);
        }
        let refusal = |why| {
            Stage::Refused(Box::new(Refusal {
                product: product.clone(),
                tag,
                answer: answer.clone(),
                why,
                at: at.unwrap_or_default(),
                since: now,
            }))
        };
        self.notice = None;
        let activated = handed.outcome.as_ref().is_ok_and(Deposited::is_activated);
        // Whatever came of it, the next digit belongs to another number.
        if typed {
            self.field.clear();
            self.typed = None;
        } else if activated {
            self.empty_field(self.read_when());
        }
        match handed.outcome {
            Ok(deposited) if deposited.is_activated() => {
                if let Some(pc) = self.reading.as_ref().map(|reading| &reading.pc) {
                    let at = at.unwrap_or_default();
                    let known = proven(&answer.digits(), &product, deposited.tag, pc, at);
                    self.known.push(known);
                }
                self.used = Some(answer);
                self.stage = Stage::Done {
                    product,
                    at: at.unwrap_or_default(),
                    since: now,
                };
            }
            Ok(deposited) => {
                let code = deposited.refusal.unwrap_or(HResult::OK);
                self.stage = refusal(Why::Code(deposited, code));
            }
            Err(DepositError::Store(error)) => self.stage = refusal(Why::Store(error)),
            Err(DepositError::TagMismatch) => {
                let told = Told::verdict(&Verdict::Changed(product.name));
                self.tell(told, Tone::Amber, now + NOTICE);
            }
            Err(error) => self.tell(Told::of(&error), Tone::Amber, now + NOTICE),
        }
        match &self.stage {
            Stage::Done { .. } => Vec::new(),
            Stage::Refused(_) => vec![Command::Sound(Sound::Refused)],
            _ => vec![Command::Sound(Sound::NotHere)],
        }
    }
}
