//! Where an answer is received on the PC: the store is read, it is decided,
//! deposited, and what was learnt of the number is remembered.

use super::{
    DepositError, Deposited, HistoryError, LicenseStore, PcHistory, StoreError, deposit_and_verify,
};
use crate::activation::matching::{Here, Verdict, decide};
use crate::activation::{
    ActivationId, Answer, ConfirmationDigits, Fingerprint, Known, PcIdentity, Product, Tag,
};
use chrono::{DateTime, Utc};

/// The PC that an answer is for, and how far to go.
pub struct AnswerHandler<'a> {
    /// Its licence store.
    pub store: &'a mut dyn LicenseStore,
    /// What it remembers.
    pub history: &'a mut PcHistory,
    /// The rows as the person saw them when they began; empty where nobody saw
    /// any.
    pub seen: Vec<Product>,
    /// Decide only.
    pub dry_run: bool,
}

/// What came of an answer.
#[derive(Debug, Clone, PartialEq)]
pub enum AnswerOutcome {
    /// It was handed over for this product, and this is what came of it.
    Deposited(Product, Deposited),
    /// It was not handed over, for what this says: to be deposited only where
    /// nothing was to be done but decide.
    Decided(Verdict),
}

/// What a verdict teaches of the number itself: whose it is, where it says so.
/// A bare number teaches nothing before it has activated something, and what is
/// handed over is known by what comes of it.
pub fn known_from_verdict(
    answer: &Answer,
    verdict: &Verdict,
    pc: &PcIdentity,
    at: DateTime<Utc>,
) -> Option<Known> {
    let known = Known::of(answer, at)?;
    Some(match verdict {
        Verdict::OtherPc(owner) => Known {
            pc: owner.clone(),
            ..known
        },
        Verdict::OtherProduct(product)
        | Verdict::AlreadyLicensed(product)
        | Verdict::NotApplicable(product, _)
        | Verdict::Deposit(product, _) => Known {
            pc: Some(pc.clone()),
            product: Some(product.name.clone()),
            ..known
        },
        Verdict::Changed(name) => Known {
            pc: Some(pc.clone()),
            product: Some(name.clone()),
            ..known
        },
        _ => return None,
    })
}

/// What a deposit that activated a product teaches of its number.
pub fn known_from_deposit(
    digits: &ConfirmationDigits,
    product: &Product,
    tag: Tag,
    pc: &PcIdentity,
    at: DateTime<Utc>,
) -> Known {
    Known {
        cid: Fingerprint::of(digits),
        tag: Some(tag),
        check: None,
        pc: Some(pc.clone()),
        product: Some(product.name.clone()),
        at,
    }
}

impl AnswerHandler<'_> {
    /// Receives an answer at `at`: decides by what the store says at this
    /// moment, and deposits where it belongs here. `chosen` finds the product
    /// that a person named among those rows, if they named one.
    ///
    /// What cannot be remembered does not undo what was done: it is handed back
    /// beside it.
    ///
    /// # Errors
    /// `E` when the store cannot be read, nothing could be handed over, or
    /// `chosen` says so; nothing was deposited then.
    pub fn handle<E: From<StoreError> + From<DepositError>>(
        &mut self,
        answer: &Answer,
        chosen: impl FnOnce(&[Product]) -> Result<Option<ActivationId>, E>,
        at: DateTime<Utc>,
    ) -> Result<(AnswerOutcome, Option<HistoryError>), E> {
        let pc = self.store.pc()?;
        let products = self.store.products()?;
        let chosen = chosen(&products)?;
        self.history.catch_up();
        let (shown, met) = (self.history.shown().to_vec(), self.history.known().to_vec());
        let here = Here {
            pc: &pc,
            products: &products,
            seen: &self.seen,
            shown: &shown,
            known: &met,
        };
        let verdict = decide(answer, chosen, here);
        let (product, tag) = match verdict {
            Verdict::Deposit(product, tag) if !self.dry_run => (product, tag),
            other => return Ok(self.decided(other, answer, &pc, at)),
        };
        let digits = answer.digits();
        let deposited = match deposit_and_verify(self.store, product.activation_id, tag, &digits) {
            // It changed between the look and the deposit.
            Err(DepositError::TagMismatch) => {
                let changed = Verdict::Changed(product.name);
                return Ok(self.decided(changed, answer, &pc, at));
            }
            other => other?,
        };
        let mut remembered = self.history.record_attempt(&pc, &product, &deposited, at);
        if deposited.is_activated() {
            let known = known_from_deposit(&digits, &product, tag, &pc, at);
            remembered = remembered.and(self.history.record_known(&known));
        }
        let received = AnswerOutcome::Deposited(product, deposited);
        Ok((received, remembered.err()))
    }

    /// Nothing is handed over; what the verdict teaches is remembered.
    fn decided(
        &mut self,
        verdict: Verdict,
        answer: &Answer,
        pc: &PcIdentity,
        at: DateTime<Utc>,
    ) -> (AnswerOutcome, Option<HistoryError>) {
        let known = known_from_verdict(answer, &verdict, pc, at);
        let remembered = known.map(|known| self.history.record_known(&known));
        (
            AnswerOutcome::Decided(verdict),
            remembered.and_then(Result::err),
        )
    }
}

#[cfg(test)]
mod tests;
