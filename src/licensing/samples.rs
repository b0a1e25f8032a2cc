//! A licence store for tests, scripted, that records the calls it gets; and
//! sample numbers.

use super::{LicenseStore, StoreError};
use crate::activation::{
    ActivationId, Answer, Application, Channel, ConfirmationDigits, HResult, InstallationId,
    KeyTail, Label, LicenseStatus, MachineId, PcIdentity, Product, Reply, Trust,
    practice_confirmation_id, practice_installation_id,
};
use crate::wire::reply_to_digits;
use std::cell::RefCell;

pub(super) struct StoreDouble {
    pub(super) pc: PcIdentity,
    pub(super) rows: Vec<Product>,
    pub(super) is_practice: bool,
    /// What a deposit does to its row.
    pub(super) at_deposit: fn(&mut Product) -> Result<(), StoreError>,
    pub(super) at_refresh: fn() -> Result<(), StoreError>,
    /// What happens to the PC after all rows were read.
    pub(super) after_a_look: fn(&mut Vec<Product>),
    now: RefCell<Vec<Product>>,
    asked: RefCell<Vec<&'static str>>,
}

impl StoreDouble {
    /// A practice PC with one pending product for each of these numbers.
    pub(super) fn of(iids: &[&InstallationId]) -> Self {
        let rows: Vec<Product> = iids.iter().zip(1..).map(|(iid, id)| row(iid, id)).collect();
        Self {
            pc: pc("here"),
            now: RefCell::new(rows.clone()),
            rows,
            is_practice: true,
            at_deposit: |row| {
                row.status = LicenseStatus::Licensed;
                row.reason = HResult::OK;
                Ok(())
            },
            at_refresh: || Ok(()),
            after_a_look: |_| {},
            asked: RefCell::default(),
        }
    }

    /// The calls since this was last asked.
    pub(super) fn asked(&self) -> Vec<&'static str> {
        self.asked.take()
    }
}

impl LicenseStore for StoreDouble {
    fn pc(&self) -> Result<PcIdentity, StoreError> {
        Ok(self.pc.clone())
    }

    fn products(&self) -> Result<Vec<Product>, StoreError> {
        self.asked.borrow_mut().push("rows");
        let rows = self.rows.clone();
        let mut later = rows.clone();
        (self.after_a_look)(&mut later);
        self.now.replace(later);
        Ok(rows)
    }

    fn product(&self, product: ActivationId) -> Result<Option<Product>, StoreError> {
        self.asked.borrow_mut().push("row");
        let now = self.now.borrow();
        Ok(now.iter().find(|row| row.activation_id == product).cloned())
    }

    fn deposit(
        &mut self,
        product: ActivationId,
        _: &InstallationId,
        _: &ConfirmationDigits,
    ) -> Result<(), StoreError> {
        self.asked.borrow_mut().push("deposit");
        let now = self.now.get_mut();
        let row = now.iter_mut().find(|row| row.activation_id == product);
        let done = (self.at_deposit)(row.expect("it was read a moment ago"));
        self.rows.clone_from(now);
        done
    }

    fn refresh(&mut self) -> Result<(), StoreError> {
        self.asked.borrow_mut().push("refresh");
        (self.at_refresh)()
    }

    fn is_practice(&self) -> bool {
        self.is_practice
    }
}

pub(super) fn pc(name: &str) -> PcIdentity {
    PcIdentity {
        name: Label::cleaned(name).unwrap(),
        serial: None,
        machine: MachineId::of(None, Some(&format!("serial of {name}"))),
    }
}

/// A pending product with this number.
pub(super) fn row(iid: &InstallationId, id: u8) -> Product {
    Product {
        activation_id: ActivationId::from_bytes([id; 16]),
        application: Application::Windows,
        name: Label::cleaned(&format!("Product {id}")).unwrap(),
        channel: Channel::Retail,
        key_tail: KeyTail::parse("3V66T"),
        installation_id: Some(iid.clone()),
        status: LicenseStatus::Notification,
        reason: HResult::NOTIFICATION,
        add_on: false,
    }
}

pub(super) fn iid(seed: &str) -> InstallationId {
    practice_installation_id(seed)
}

/// The digits that answer a number.
pub(super) fn digits_for(iid: &InstallationId) -> ConfirmationDigits {
    practice_confirmation_id(iid).into()
}

/// The reply to a number.
pub(super) fn reply_to(iid: &InstallationId) -> Answer {
    let reply = Reply {
        cid: practice_confirmation_id(iid),
        tag: iid.tag(),
    };
    Answer::read(&reply_to_digits(&reply), Trust::CheckDigits).unwrap()
}

/// The same without its tag, or anything else that says what it answers.
pub(super) fn bare_of(iid: &InstallationId) -> Answer {
    let digits = practice_confirmation_id(iid);
    Answer::read(digits.digits(), Trust::CheckDigits).unwrap()
}
