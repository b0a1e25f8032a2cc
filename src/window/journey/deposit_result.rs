//! The result of a deposit.

use super::{
    ActiveDeposit, DepositResult, Journey, JourneyCommand, JourneyState, MessageRef,
    NOTICE_SHOWN_FOR, RefusalCause, RefusedDeposit, Sound, TAKEN_SHOWN_FOR, Tone,
};
use crate::activation::HResult;
use crate::activation::matching::Verdict;
use crate::licensing::{DepositError, Deposited, known_from_deposit};
use std::time::Duration;

impl Journey {
    pub(super) fn deposit_ended(
        &mut self,
        result: DepositResult,
        now: Duration,
    ) -> Vec<JourneyCommand> {
        self.read_at = now;
        let JourneyState::Depositing(deposit) = &mut self.state else {
            return Vec::new();
        };
        let good = result.outcome.as_ref().is_ok_and(Deposited::is_activated);
        if good && now < deposit.since + TAKEN_SHOWN_FOR {
            deposit.result = Some(result);
            return Vec::new();
        }
        self.finish_deposit(result, now)
    }

    pub(super) fn finish_deposit(
        &mut self,
        result: DepositResult,
        now: Duration,
    ) -> Vec<JourneyCommand> {
        let JourneyState::Depositing(deposit) =
            std::mem::replace(&mut self.state, JourneyState::Open)
        else {
            return Vec::new();
        };
        let ActiveDeposit {
            product,
            tag,
            answer,
            typed,
            ..
        } = *deposit;
        let at = result.snapshot.as_ref().map(|snapshot| snapshot.at).ok();
        let at = at.or_else(|| self.snapshot.as_ref().map(|snapshot| snapshot.at));
        if let Ok(snapshot) = result.snapshot {
            // Changes by the deposit are reported below, not as changes of hardware.
            self.snapshot = None;
            self.adopt(snapshot, now);
        }
        let refusal = |cause| {
            JourneyState::Refused(Box::new(RefusedDeposit {
                product: product.clone(),
                tag,
                answer: answer.clone(),
                cause,
                at: at.unwrap_or_default(),
                since: now,
            }))
        };
        self.notice = None;
        let activated = result.outcome.as_ref().is_ok_and(Deposited::is_activated);
        // In any case, the next digit belongs to another number.
        if typed {
            self.field.clear();
            self.typed = None;
        } else if activated {
            self.empty_field(self.last_read_at());
        }
        match result.outcome {
            Ok(deposited) if deposited.is_activated() => {
                if let Some(pc) = self.snapshot.as_ref().map(|snapshot| &snapshot.pc) {
                    let at = at.unwrap_or_default();
                    let known =
                        known_from_deposit(&answer.digits(), &product, deposited.tag, pc, at);
                    self.known.push(known);
                }
                self.used = Some(answer);
                self.state = JourneyState::Done {
                    product,
                    at: at.unwrap_or_default(),
                    since: now,
                };
            }
            Ok(deposited) => {
                let code = deposited.refusal.unwrap_or(HResult::OK);
                self.state = refusal(RefusalCause::Code(deposited, code));
            }
            Err(DepositError::Store(error)) => self.state = refusal(RefusalCause::Store(error)),
            Err(DepositError::TagMismatch) => {
                let told = MessageRef::verdict(&Verdict::Changed(product.name));
                self.notify(told, Tone::Amber, now + NOTICE_SHOWN_FOR);
            }
            Err(error) => self.notify(MessageRef::of(&error), Tone::Amber, now + NOTICE_SHOWN_FOR),
        }
        match &self.state {
            JourneyState::Done { .. } => Vec::new(),
            JourneyState::Refused(_) => vec![JourneyCommand::Sound(Sound::Refused)],
            _ => vec![JourneyCommand::Sound(Sound::NotHere)],
        }
    }
}
