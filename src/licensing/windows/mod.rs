//! The licence store of Windows: read by everybody, deposited into by an
//! administrator.

mod elevation;
mod wmi;

use super::clerk::Clerk;
use super::errand::{self, Errand};
use super::{LicenseStore, StoreError};
use crate::activation::{ActivationId, ConfirmationDigits, InstallationId, PcIdentity, Product};
use std::ffi::OsString;
use std::time::Duration;
use wmi::{Session, Wmi};

/// Seconds that reading may take; the licensing service starts when it is
/// asked, which takes long on a slow PC.
const PATIENCE: u64 = 45;

/// A deposit may take this many times as long.
const DEPOSIT_FACTOR: u32 = 4;

/// What a person can set for a very slow PC, in seconds.
const PATIENCE_VARIABLE: &str = "HIKYAKU_PATIENCE";

/// This PC's own licence store.
///
/// Calls are made on a thread of their own and waited for so long and no
/// longer. A deposit without elevation starts the program once more, elevated,
/// for that one act; Windows asks the person.
#[derive(Debug)]
pub struct WindowsStore {
    clerk: Clerk<Wmi>,
    patience: Duration,
    /// Whether a deposit may ask for elevation: not inside the part that was
    /// started for it.
    may_raise: bool,
}

impl WindowsStore {
    /// Connects to WMI of this PC. Needs no elevation.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] where COM or WMI does not answer,
    /// [`StoreError::NoAnswer`] where it takes too long,
    /// [`StoreError::Refused`] where this account may not use it.
    pub fn connect() -> Result<Self, StoreError> {
        let store = Self {
            clerk: Clerk::new(Wmi::closed),
            patience: Duration::from_secs(patience()),
            may_raise: true,
        };
        store.ask(1, |_| Ok(()))?;
        Ok(store)
    }

    fn ask<R: Send + 'static>(
        &self,
        factor: u32,
        act: impl FnOnce(&Session) -> Result<R, StoreError> + Send + 'static,
    ) -> Result<R, StoreError> {
        self.clerk
            .ask(self.patience * factor, |wmi: &mut Wmi| wmi.with(act))?
    }
}

impl LicenseStore for WindowsStore {
    fn pc(&self) -> Result<PcIdentity, StoreError> {
        self.ask(1, Session::pc)
    }

    fn products(&self) -> Result<Vec<Product>, StoreError> {
        self.ask(1, Session::products)
    }

    fn deposit(
        &mut self,
        product: ActivationId,
        iid: &InstallationId,
        cid: &ConfirmationDigits,
    ) -> Result<(), StoreError> {
        if self.may_raise && !elevation::is_elevated() {
            let errand = Errand {
                product,
                tag: iid.tag(),
                digits: cid.clone(),
            };
            // The elevated part reads, deposits and reads again.
            let limit = self.patience * (DEPOSIT_FACTOR + 4);
            let code = elevation::run_elevated(&errand.arguments(), limit)?;
            return errand::outcome(code, wmi::said);
        }
        let (iid, cid) = (iid.clone(), cid.clone());
        self.ask(DEPOSIT_FACTOR, move |session| {
            session.deposit(product, &iid, &cid)
        })
    }

    fn refresh(&mut self) -> Result<(), StoreError> {
        self.ask(1, Session::refresh)
    }

    fn is_practice(&self) -> bool {
        false
    }
}

/// Does what an unelevated part of this program asked for, if these arguments
/// say so; returns the exit code that tells it how that ended.
///
/// Nothing that the arguments claim is believed: the Installation ID is read
/// again here, and must be the one that the digits answer.
pub fn run_errand(arguments: impl Iterator<Item = OsString>) -> Option<u32> {
    let errand = match Errand::parse(arguments)? {
        Ok(errand) => errand,
        Err(code) => return Some(code.0),
    };
    let mut store = match WindowsStore::connect() {
        Ok(store) => store,
        Err(error) => return Some(errand::code_of_failure(&error).0),
    };
    store.may_raise = false;
    Some(errand.run(&mut store))
}

fn patience() -> u64 {
    std::env::var(PATIENCE_VARIABLE)
        .ok()
        .and_then(|value| value.trim().parse().ok())
        .filter(|seconds| (1..=3600).contains(seconds))
        .unwrap_or(PATIENCE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn store() -> WindowsStore {
        let mut store = WindowsStore::connect().unwrap();
        // A test must not make Windows ask.
        store.may_raise = false;
        store
    }

    /// Whatever PC this runs on, it answers: with products or with a reason.
    #[test]
    fn this_pc_answers() {
        let mut store = store();
        assert!(!store.is_practice());
        let pc = store.pc().unwrap();
        println!("{pc:?}");
        match store.products() {
            Ok(products) => {
                for product in products {
                    println!("{product:?} {:?}", product.standing());
                }
            }
            // Wine's class lacks most of the columns.
            Err(error) => {
                println!("{error}");
                assert!(matches!(
                    error,
                    StoreError::UnexpectedRow { .. } | StoreError::Unreachable { .. }
                ));
            }
        }
        println!("{:?}", store.refresh());
    }

    #[test]
    fn a_product_that_is_not_there_takes_nothing() {
        let mut store = store();
        let product = ActivationId::from_bytes([0; 16]);
        let iid = InstallationId::parse(&"0".repeat(63)).unwrap();
        let cid = ConfirmationDigits::despite_check_digits(&"0".repeat(48)).unwrap();
        let answer = store.deposit(product, &iid, &cid);
        println!("{answer:?}");
        assert!(answer.is_err());
    }

    /// Windows answers with a code, Wine with no rows.
    #[test]
    fn a_class_that_does_not_exist_is_no_refusal() {
        let answer = store().ask(1, |session| {
            session.first_text("SELECT Name FROM HikyakuNoSuchClass", "Name")
        });
        assert!(
            matches!(answer, Ok(None) | Err(StoreError::Unreachable { .. })),
            "{answer:?}"
        );
    }

    #[test]
    fn arguments_of_a_person_are_no_errand() {
        let typed = ["hikyaku", "show"].map(OsString::from);
        assert_eq!(run_errand(typed.into_iter()), None);
    }
}
