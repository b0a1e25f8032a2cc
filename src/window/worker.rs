//! The thread that reads the licence store and deposits Confirmation IDs, so that
//! the user interface never waits for Windows.

use super::journey::{DepositResult, JourneyEvent, MessageRef, PcSnapshot};
use crate::activation::{ConfirmationDigits, KnownAnswer, Product, Tag};
use crate::ground::contain;
use crate::licensing::{
    self, DepositError, LicenseStore, PcHistory, PracticeStore, StoreError, deposit_and_verify,
    known_from_deposit,
};
use crate::platform::clock;
use std::path::PathBuf;
use std::sync::mpsc::{self, Sender};
use std::thread;

/// Where the licence store and the PC's history are.
#[derive(Debug, Clone)]
pub(super) struct StoreWorker {
    /// File of a practice PC to use instead of this PC.
    pub(super) practice: Option<PathBuf>,
    /// File of the PC's history.
    pub(super) history: PathBuf,
}

/// A job for the thread.
#[derive(Debug)]
pub(super) enum StoreJob {
    /// Read the store, and record what is shown.
    Read,
    /// Deposit, record the result, and read the store.
    Deposit {
        product: Product,
        expected: Tag,
        digits: ConfirmationDigits,
    },
    /// Record what was learned of a Confirmation ID, and read the store.
    Remember(KnownAnswer),
}

/// Starts the thread; it ends when the sender is dropped.
pub(super) fn start(
    worker: StoreWorker,
    mut tell: impl FnMut(JourneyEvent) + Send + 'static,
) -> Sender<StoreJob> {
    let (jobs, orders) = mpsc::channel();
    // If the thread cannot start, the window keeps saying that it reads: such a
    // process has worse problems.
    let _ = thread::Builder::new()
        .name("licence store".to_owned())
        .spawn(move || {
            for job in orders {
                tell(worker.run(job));
            }
        });
    jobs
}

impl StoreWorker {
    /// Opens the store, for every job again: files may have changed, and a WMI
    /// connection is bound to its thread and goes stale.
    fn store(&self) -> Result<Box<dyn LicenseStore>, StoreError> {
        match &self.practice {
            Some(file) => Ok(Box::new(PracticeStore::open(file)?)),
            None => licensing::this_pc(),
        }
    }

    fn run(&self, job: StoreJob) -> JourneyEvent {
        match job {
            StoreJob::Read => JourneyEvent::Read(guarded(|| self.read()).unwrap_or_else(Err)),
            StoreJob::Deposit {
                product,
                expected,
                digits,
            } => JourneyEvent::DepositEnded(DepositResult {
                outcome: guarded(|| self.deposit(&product, expected, &digits))
                    .unwrap_or_else(|error| Err(error.into())),
                snapshot: guarded(|| self.read()).unwrap_or_else(Err),
            }),
            StoreJob::Remember(known) => {
                // The window knows it anyway, and the snapshot says why it could
                // not be written.
                let _ = PcHistory::open(&self.history).record_known(&known);
                JourneyEvent::Read(guarded(|| self.read()).unwrap_or_else(Err))
            }
        }
    }

    fn read(&self) -> Result<PcSnapshot, StoreError> {
        let store = self.store()?;
        let (pc, products, at) = (store.pc()?, store.products()?, clock::now());
        let mut snapshot = PcSnapshot {
            practice: store.is_practice(),
            shown: Vec::new(),
            known: Vec::new(),
            receipt: None,
            history_trouble: None,
            pc,
            products,
            at,
        };
        // An unusable history must not keep anybody from showing and depositing.
        let mut history = PcHistory::open(&self.history);
        history.shown().clone_into(&mut snapshot.shown);
        history.known().clone_into(&mut snapshot.known);
        snapshot.receipt = licensing::receipt(&snapshot.pc, &snapshot.products, &history, at)
            .map(|(told, _)| told);
        let waiting: Vec<Product> = snapshot
            .products
            .iter()
            .filter(|product| product.is_pending())
            .cloned()
            .collect();
        let remembered = history.record_shown(&snapshot.pc, &waiting, at);
        let trouble = remembered.err();
        snapshot.history_trouble = trouble
            .as_ref()
            .or(history.trouble())
            .map(|error| MessageRef::of(error));
        Ok(snapshot)
    }

    fn deposit(
        &self,
        product: &Product,
        expected: Tag,
        digits: &ConfirmationDigits,
    ) -> Result<licensing::Deposited, DepositError> {
        let mut store = self.store()?;
        let deposited =
            deposit_and_verify(store.as_mut(), product.activation_id, expected, digits)?;
        if let Ok(pc) = store.pc() {
            let mut history = PcHistory::open(&self.history);
            // The deposit counts even if it cannot be recorded; the snapshot that
            // follows says why it could not.
            let _ = history.record_attempt(&pc, product, &deposited, clock::now());
            if deposited.is_activated() {
                let known = known_from_deposit(digits, product, deposited.tag, &pc, clock::now());
                let _ = history.record_known(&known);
            }
        }
        Ok(deposited)
    }
}

/// Turns a panic in the store into an error, so that the window does not wait
/// forever.
fn guarded<T>(job: impl FnOnce() -> T) -> Result<T, StoreError> {
    contain(job).map_err(|_| StoreError::Unreachable {
        code: None,
        reason: "panic".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activation::Label;
    use crate::activation::{LicenseStatus, PcIdentity, practice_confirmation_id};
    use crate::licensing::Extras;

    fn worker(folder: &std::path::Path) -> StoreWorker {
        let practice = folder.join("pc.json");
        let pc = PcIdentity {
            name: Label::cleaned("PC-12").unwrap(),
            serial: None,
            machine: None,
        };
        PracticeStore::create(&practice, pc, Extras::default()).unwrap();
        StoreWorker {
            practice: Some(practice),
            history: folder.join("memory.json"),
        }
    }

    fn read(worker: &StoreWorker) -> PcSnapshot {
        match worker.run(StoreJob::Read) {
            JourneyEvent::Read(Ok(snapshot)) => snapshot,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_is_read_is_remembered_as_shown_and_a_deposit_makes_a_receipt() {
        let folder = tempfile::tempdir().unwrap();
        let worker = worker(folder.path());
        let first = read(&worker);
        assert!(first.practice && first.shown.is_empty() && first.receipt.is_none());
        assert_eq!(read(&worker).shown.len(), 1);
        let product = first.products[0].clone();
        let iid = product.installation_id.clone().unwrap();
        let job = StoreJob::Deposit {
            product,
            expected: iid.tag(),
            digits: practice_confirmation_id(&iid).into(),
        };
        let JourneyEvent::DepositEnded(result) = worker.run(job) else {
            panic!("a deposit ends in its result");
        };
        assert!(result.outcome.unwrap().is_activated());
        let snapshot = result.snapshot.unwrap();
        let receipt = snapshot.receipt.unwrap().receipt;
        assert_eq!(receipt.products[0].tag, iid.tag());
        assert_eq!(receipt.products[0].status, LicenseStatus::Licensed);
    }

    #[test]
    fn a_damaged_memory_is_told_and_keeps_nobody_from_showing() {
        let folder = tempfile::tempdir().unwrap();
        let worker = worker(folder.path());
        std::fs::write(&worker.history, "{").unwrap();
        let snapshot = read(&worker);
        assert_eq!(snapshot.products.len(), 1);
        assert_eq!(snapshot.history_trouble.unwrap().id(), "memory-damaged");
        let aside = worker.history.with_extension("json.damaged-1");
        assert_eq!(std::fs::read_to_string(aside).unwrap(), "{");
        // The new file notices a change of hardware from now on.
        let again = read(&worker);
        assert_eq!((again.shown.len(), again.history_trouble), (1, None));
    }

    #[test]
    fn a_panic_becomes_words() {
        let result: Result<(), StoreError> = guarded(|| panic!("on purpose"));
        assert!(matches!(result, Err(StoreError::Unreachable { .. })));
    }
}
