//! The licence store of Windows: anybody can read it, only administrators can
//! deposit.

mod elevation;
mod wmi;

use super::call_timeout::CallTimeout;
use super::elevated_deposit::{self, ElevatedDeposit};
use super::service_thread::ServiceThread;
use super::{LicenseStore, StoreError};
use crate::activation::{ActivationId, ConfirmationDigits, InstallationId, PcIdentity, Product};
use std::ffi::OsString;
use std::time::Duration;
use wmi::{WmiClient, WmiSession};

/// Environment variable for very slow PCs: the timeout of a read, in seconds.
const TIMEOUT_VARIABLE: &str = "HIKYAKU_PATIENCE";

/// This PC's own licence store.
///
/// Calls run on a dedicated thread with a time limit. A deposit without elevation
/// starts the program again, elevated, for that one call; Windows asks the
/// person.
#[derive(Debug)]
pub struct WindowsStore {
    service_thread: ServiceThread<WmiClient>,
    timeout: CallTimeout,
    /// Whether a deposit may ask for elevation; the elevated process may not.
    may_elevate: bool,
}

impl WindowsStore {
    /// Connects to WMI of this PC. Needs no elevation.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] if COM or WMI does not answer,
    /// [`StoreError::NoAnswer`] if it takes too long,
    /// [`StoreError::Refused`] if this account may not use it.
    pub fn connect() -> Result<Self, StoreError> {
        let set = std::env::var(TIMEOUT_VARIABLE).ok();
        Self::with(CallTimeout::set_to(set.as_deref()), true)
    }

    fn with(timeout: CallTimeout, may_elevate: bool) -> Result<Self, StoreError> {
        let store = Self {
            service_thread: ServiceThread::new(WmiClient::disconnected),
            timeout,
            may_elevate,
        };
        store.read(|_| Ok(()))?;
        Ok(store)
    }

    /// Makes a call that only reads.
    fn read<R: Send + 'static>(
        &self,
        act: impl FnOnce(&WmiSession) -> Result<R, StoreError> + Send + 'static,
    ) -> Result<R, StoreError> {
        self.ask(self.timeout.reading(), act)
    }

    fn ask<R: Send + 'static>(
        &self,
        limit: Duration,
        act: impl FnOnce(&WmiSession) -> Result<R, StoreError> + Send + 'static,
    ) -> Result<R, StoreError> {
        self.service_thread
            .ask(limit, |wmi: &mut WmiClient| wmi.with(act))?
    }
}

impl LicenseStore for WindowsStore {
    fn pc(&self) -> Result<PcIdentity, StoreError> {
        self.read(WmiSession::pc)
    }

    fn products(&self) -> Result<Vec<Product>, StoreError> {
        self.read(WmiSession::products)
    }

    fn product(&self, product: ActivationId) -> Result<Option<Product>, StoreError> {
        self.read(move |session| session.product(product))
    }

    fn deposit(
        &mut self,
        product: ActivationId,
        iid: &InstallationId,
        cid: &ConfirmationDigits,
    ) -> Result<(), StoreError> {
        if self.may_elevate && !elevation::is_elevated() {
            let deposit = ElevatedDeposit {
                timeout: self.timeout,
                product,
                tag: iid.tag(),
                digits: cid.clone(),
            };
            let limit = self.timeout.elevated_part();
            let code = elevation::run_elevated(&deposit.arguments(), limit)?;
            return elevated_deposit::outcome(code, wmi::system_message);
        }
        let (iid, cid) = (iid.clone(), cid.clone());
        self.ask(self.timeout.deposit(), move |session| {
            session.deposit(product, &iid, &cid)
        })
    }

    fn refresh(&mut self) -> Result<(), StoreError> {
        self.read(WmiSession::refresh)
    }

    fn is_practice(&self) -> bool {
        false
    }
}

/// Makes the deposit that an unelevated process asked for, and returns the exit
/// code that reports the result; `None` if these arguments ask for no deposit.
///
/// The arguments are not trusted: the Installation ID is read again here and must
/// be the one that the digits answer.
pub fn run_elevated_deposit(arguments: impl Iterator<Item = OsString>) -> Option<u32> {
    let deposit = match ElevatedDeposit::parse(arguments)? {
        Ok(deposit) => deposit,
        Err(code) => return Some(code.0),
    };
    Some(match WindowsStore::with(deposit.timeout, false) {
        Ok(mut store) => deposit.run(&mut store),
        Err(error) => elevated_deposit::code_of_failure(&error).0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn store() -> WindowsStore {
        // A test must not trigger the consent prompt.
        WindowsStore::with(CallTimeout::set_to(None), false).unwrap()
    }

    /// Any PC answers: with products or with a reason.
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
            // Wine's class lacks most columns.
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
        let answer = store()
            .read(|session| session.first_text("SELECT Name FROM HikyakuNoSuchClass", "Name"));
        assert!(
            matches!(answer, Ok(None) | Err(StoreError::Unreachable { .. })),
            "{answer:?}"
        );
    }

    #[test]
    fn arguments_of_a_person_are_no_elevated_deposit() {
        let typed = ["hikyaku", "show"].map(OsString::from);
        assert_eq!(run_elevated_deposit(typed.into_iter()), None);
    }
}
