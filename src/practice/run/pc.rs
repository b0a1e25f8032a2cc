//! A practice PC of the rehearsal: what it shows, and what its webcam reads.

use super::RehearsalError;
use crate::activation::matching::{ThisPc, Verdict, decide};
use crate::activation::{
    ActivationId, Answer, ConfirmationDigits, InstallationId, Label, PcIdentity, Product,
    ProductRequest, Request, practice_confirmation_id,
};
use crate::licensing::{
    Extras, LicenseStore, PcHistory, PracticeStore, StoreError, deposit_and_verify, receipt,
};
use crate::wire::{Packet, PageAddress, symbol_text};
use chrono::{DateTime, Utc};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use std::path::Path;

/// How a PC shows its requests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum RequestForm {
    /// One symbol for all products: a link to the phone page that contains the
    /// request.
    Page(PageAddress),
    /// One symbol per product: the bare Installation ID.
    BareNumbers,
}

/// The outcome of a reply that a PC read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ReplyOutcome {
    /// Deposited, with licence status 1.
    Activated,
    /// Handed to the licence store, which did not activate the product.
    Refused,
    /// Not handed over: for another PC or product, or outdated.
    TurnedAway,
}

/// A practice PC.
pub(super) struct RehearsalPc {
    pub(super) identity: PcIdentity,
    pub(super) form: RequestForm,
    store: CountingStore,
    memory: PcHistory,
    /// The time of the rehearsal, fixed so that a seed reproduces the symbols.
    now: DateTime<Utc>,
}

impl RehearsalPc {
    /// Creates a practice PC with its files in `folder`.
    pub(super) fn install(
        number: usize,
        folder: &Path,
        page: &PageAddress,
        now: DateTime<Utc>,
        rng: &mut ChaCha8Rng,
    ) -> Result<Self, RehearsalError> {
        let ward = rng.random_range(1..=9);
        let name = format!("病棟{ward}-PC{:02}", number + 1);
        let serial = format!("PRACTICE{:06}", rng.random_range(0..1_000_000));
        let identity = PcIdentity {
            name: Label::cleaned(&name).expect("a valid name"),
            serial: rng
                .random_bool(0.8)
                .then(|| Label::cleaned(&serial))
                .flatten(),
            machine: None,
        };
        let extras = Extras {
            esu: rng.random_bool(0.25),
            office: rng.random_bool(0.35),
            kms_client: rng.random_bool(0.15),
        };
        let file = folder.join(format!("pc{:02}.json", number + 1));
        let memory = PcHistory::open(&file.with_extension("memory.json"));
        let store = PracticeStore::create(&file, identity.clone(), extras)?;
        Ok(Self {
            identity,
            form: if rng.random_bool(0.6) {
                RequestForm::Page(page.clone())
            } else {
                RequestForm::BareNumbers
            },
            store: CountingStore {
                inner: store,
                wrong_deposits: 0,
            },
            memory,
            now,
        })
    }

    /// Texts of the symbols for the pending products.
    pub(super) fn request_screens(&mut self) -> Result<Vec<String>, RehearsalError> {
        let waiting = self.waiting()?;
        self.memory
            .record_shown(&self.identity, &waiting, self.now)?;
        match &self.form {
            RequestForm::BareNumbers => Ok(waiting
                .iter()
                .filter_map(ProductRequest::of)
                .map(|product| product.installation_id.digits().to_owned())
                .collect()),
            RequestForm::Page(page) => Request::of(&self.identity, &waiting, self.now)
                .map(|asking| Ok(symbol_text(&Packet::Request(asking.request), Some(page))?))
                .into_iter()
                .collect(),
        }
    }

    /// Handles an answer that the webcam read.
    pub(super) fn receive(&mut self, answer: &Answer) -> Result<ReplyOutcome, RehearsalError> {
        let products = self.store.products()?;
        let shown = self.memory.shown().to_vec();
        let here = ThisPc {
            pc: &self.identity,
            products: &products,
            seen: &[],
            shown: &shown,
            known: &[],
        };
        let Verdict::Deposit(product, tag) = decide(answer, None, here) else {
            return Ok(ReplyOutcome::TurnedAway);
        };
        let Ok(deposited) = deposit_and_verify(
            &mut self.store,
            product.activation_id,
            tag,
            &answer.digits(),
        ) else {
            return Ok(ReplyOutcome::TurnedAway);
        };
        self.memory
            .record_attempt(&self.identity, &product, &deposited, self.now)?;
        Ok(if deposited.is_activated() {
            ReplyOutcome::Activated
        } else {
            ReplyOutcome::Refused
        })
    }

    /// Text of the receipt's symbol; `None` if there is nothing to report.
    pub(super) fn receipt_screen(&self) -> Result<Option<String>, RehearsalError> {
        let products = self.store.products()?;
        let page = match &self.form {
            RequestForm::Page(page) => Some(page),
            RequestForm::BareNumbers => None,
        };
        let reported = receipt(&self.identity, &products, &self.memory, self.now);
        let text =
            reported.map(|(reported, _)| symbol_text(&Packet::Receipt(reported.receipt), page));
        Ok(text.transpose()?)
    }

    /// The number of products that can use a Confirmation ID, and how many of them
    /// are activated.
    pub(super) fn count(&self) -> Result<(usize, usize), RehearsalError> {
        let products = self.store.products()?;
        let activated = products
            .iter()
            .filter(|product| product.standing() == crate::activation::Standing::Licensed)
            .count();
        let waiting = products
            .iter()
            .filter(|product| product.is_pending())
            .count();
        Ok((waiting + activated, activated))
    }

    /// Number of deposits that reached the store with the Confirmation ID of another
    /// product.
    pub(super) fn wrong_deposits(&self) -> usize {
        self.store.wrong_deposits
    }

    fn waiting(&self) -> Result<Vec<Product>, RehearsalError> {
        let mut products = self.store.products()?;
        products.retain(Product::is_pending);
        Ok(products)
    }
}

/// A practice store that independently counts wrong deposits: it knows the right
/// Confirmation ID of every product and trusts no caller.
struct CountingStore {
    inner: PracticeStore,
    wrong_deposits: usize,
}

impl LicenseStore for CountingStore {
    fn pc(&self) -> Result<PcIdentity, StoreError> {
        self.inner.pc()
    }

    fn products(&self) -> Result<Vec<Product>, StoreError> {
        self.inner.products()
    }

    fn deposit(
        &mut self,
        product: ActivationId,
        iid: &InstallationId,
        cid: &ConfirmationDigits,
    ) -> Result<(), StoreError> {
        let own = self
            .inner
            .products()?
            .into_iter()
            .find(|row| row.activation_id == product)
            .and_then(|row| row.installation_id)
            .map(|own| practice_confirmation_id(&own));
        if own.is_none() || cid.checked() != own {
            self.wrong_deposits += 1;
        }
        self.inner.deposit(product, iid, cid)
    }

    fn refresh(&mut self) -> Result<(), StoreError> {
        self.inner.refresh()
    }

    fn is_practice(&self) -> bool {
        true
    }
}
