//! Handles an answer on the PC: reads the store, decides whether the answer
//! belongs here, deposits it, and records what the answer taught.

use super::{
    DepositError, Deposited, HistoryError, LicenseStore, PcHistory, StoreError, deposit_and_verify,
};
use crate::activation::matching::{ThisPc, Verdict, decide};
use crate::activation::{
    ActivationId, Answer, ConfirmationDigits, Fingerprint, KnownAnswer, PcIdentity, Product, Tag,
};
use chrono::{DateTime, Utc};

/// What it takes to handle answers on one PC.
pub struct AnswerHandler<'a> {
    /// The PC's licence store.
    pub store: &'a mut dyn LicenseStore,
    /// What the PC remembers.
    pub history: &'a mut PcHistory,
    /// The products as the person last saw them; empty if nobody did.
    pub seen: Vec<Product>,
    /// Decides, but deposits nothing.
    pub dry_run: bool,
}

/// What came of an answer.
#[derive(Debug, Clone, PartialEq)]
pub enum AnswerOutcome {
    /// It was handed to the store for this product, with this result.
    Deposited(Product, Deposited),
    /// It was not handed over, for the reason that the verdict gives. The
    /// verdict is [`Verdict::Deposit`] only in a dry run.
    Decided(Verdict),
}

/// What a verdict tells about a Confirmation ID: whose it is, if the answer says
/// so.
///
/// A bare number tells nothing until it has activated a product; see
/// [`known_from_deposit`].
pub fn known_from_verdict(
    answer: &Answer,
    verdict: &Verdict,
    pc: &PcIdentity,
    at: DateTime<Utc>,
) -> Option<KnownAnswer> {
    let known = KnownAnswer::of(answer, at)?;
    Some(match verdict {
        Verdict::OtherPc(owner) => KnownAnswer {
            pc: owner.clone(),
            ..known
        },
        Verdict::OtherProduct(product)
        | Verdict::AlreadyLicensed(product)
        | Verdict::NotApplicable(product, _)
        | Verdict::Deposit(product, _) => KnownAnswer {
            pc: Some(pc.clone()),
            product: Some(product.name.clone()),
            ..known
        },
        Verdict::Changed(name) => KnownAnswer {
            pc: Some(pc.clone()),
            product: Some(name.clone()),
            ..known
        },
        _ => return None,
    })
}

/// What a successful deposit tells about its Confirmation ID.
pub fn known_from_deposit(
    digits: &ConfirmationDigits,
    product: &Product,
    tag: Tag,
    pc: &PcIdentity,
    at: DateTime<Utc>,
) -> KnownAnswer {
    KnownAnswer {
        cid: Fingerprint::of(digits),
        tag: Some(tag),
        check: None,
        pc: Some(pc.clone()),
        product: Some(product.name.clone()),
        at,
    }
}

impl AnswerHandler<'_> {
    /// Handles an answer at the time `at`: reads the store, decides, and deposits
    /// if the answer belongs here. `chosen` picks, from the products just read,
    /// the one that the person named, if any.
    ///
    /// A failure to record the outcome does not undo it, so it is returned
    /// beside the outcome.
    ///
    /// # Errors
    /// `E` if the store cannot be read, nothing could be handed over, or
    /// `chosen` fails; nothing was deposited then.
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
        let here = ThisPc {
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
            // It changed between reading the store and depositing.
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

    /// Hands nothing over; records what the verdict tells.
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
