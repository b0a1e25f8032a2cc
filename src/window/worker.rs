//! The thread that reads the licence store and hands Confirmation IDs over: the
//! screen never waits for Windows.

use super::journey::{Event, Handed, Reading, Told};
use crate::activation::{ConfirmationDigits, KnownAnswer, Product, Tag};
use crate::ground::contain;
use crate::licensing::{
    self, DepositError, LicenseStore, Memory, PracticeStore, StoreError, carry_out, proven,
};
use crate::platform::clock;
use std::path::PathBuf;
use std::sync::mpsc::{self, Sender};
use std::thread;

/// Where the PC's facts are kept.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// File of a practice PC, instead of this PC.
    pub(super) practice: Option<PathBuf>,
    /// File of the memory.
    pub(super) memory: PathBuf,
}

/// Something for the thread to do.
#[derive(Debug)]
pub(super) enum Job {
    /// Read, and remember that it is shown.
    Read,
    /// Hand over, remember how it ended, read.
    Deposit {
        product: Product,
        expected: Tag,
        digits: ConfirmationDigits,
    },
    /// Remember what was learnt of a Confirmation ID, read.
    Remember(KnownAnswer),
}

/// Starts the thread; it ends when the sender is dropped.
pub(super) fn start(place: Place, mut tell: impl FnMut(Event) + Send + 'static) -> Sender<Job> {
    let (jobs, orders) = mpsc::channel();
    // Without a thread nothing is ever told, and the window says that it reads:
    // a process that cannot start one has other troubles.
    let _ = thread::Builder::new()
        .name("licence store".to_owned())
        .spawn(move || {
            for job in orders {
                tell(place.work(job));
            }
        });
    jobs
}

impl Place {
    /// Opened for every job: files may have changed, and a connection to WMI
    /// belongs to one thread and gets stale.
    fn store(&self) -> Result<Box<dyn LicenseStore>, StoreError> {
        match &self.practice {
            Some(file) => Ok(Box::new(PracticeStore::open(file)?)),
            None => licensing::this_pc(),
        }
    }

    fn work(&self, job: Job) -> Event {
        match job {
            Job::Read => Event::Read(guarded(|| self.read()).unwrap_or_else(Err)),
            Job::Deposit {
                product,
                expected,
                digits,
            } => Event::Handed(Handed {
                outcome: guarded(|| self.deposit(&product, expected, &digits))
                    .unwrap_or_else(|error| Err(error.into())),
                reading: guarded(|| self.read()).unwrap_or_else(Err),
            }),
            Job::Remember(known) => {
                // What cannot be written is known to the window all the same, and
                // the reading tells why.
                let _ = Memory::open(&self.memory).remember_known(&known);
                Event::Read(guarded(|| self.read()).unwrap_or_else(Err))
            }
        }
    }

    fn read(&self) -> Result<Reading, StoreError> {
        let store = self.store()?;
        let (pc, products, at) = (store.pc()?, store.products()?, clock::now());
        let mut reading = Reading {
            practice: store.is_practice(),
            shown: Vec::new(),
            known: Vec::new(),
            receipt: None,
            memory: None,
            pc,
            products,
            at,
        };
        // Whatever keeps the memory from being used must not keep anyone from
        // showing and depositing.
        let mut memory = Memory::open(&self.memory);
        memory.shown().clone_into(&mut reading.shown);
        memory.known().clone_into(&mut reading.known);
        reading.receipt =
            licensing::receipt(&reading.pc, &reading.products, &memory, at).map(|(told, _)| told);
        let waiting: Vec<Product> = reading
            .products
            .iter()
            .filter(|product| product.is_pending())
            .cloned()
            .collect();
        let remembered = memory.remember_shown(&reading.pc, &waiting, at);
        let trouble = remembered.err();
        reading.memory = trouble
            .as_ref()
            .or(memory.trouble())
            .map(|error| Told::of(error));
        Ok(reading)
    }

    fn deposit(
        &self,
        product: &Product,
        expected: Tag,
        digits: &ConfirmationDigits,
    ) -> Result<licensing::Deposited, DepositError> {
        let mut store = self.store()?;
        let deposited = carry_out(store.as_mut(), product.activation_id, expected, digits)?;
        if let Ok(pc) = store.pc() {
            let mut memory = Memory::open(&self.memory);
            // What happened on the PC counts, remembered or not; the reading
            // that follows tells what keeps it from being remembered.
            let _ = memory.remember_tried(&pc, product, &deposited, clock::now());
            if deposited.is_activated() {
                let known = proven(digits, product, deposited.tag, &pc, clock::now());
                let _ = memory.remember_known(&known);
            }
        }
        Ok(deposited)
    }
}

/// A panic in the store must end in words, not in a window that waits for ever.
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

    fn place(folder: &std::path::Path) -> Place {
        let practice = folder.join("pc.json");
        let pc = PcIdentity {
            name: Label::cleaned("PC-12").unwrap(),
            serial: None,
            machine: None,
        };
        PracticeStore::create(&practice, pc, Extras::default()).unwrap();
        Place {
            practice: Some(practice),
            memory: folder.join("memory.json"),
        }
    }

    fn read(place: &Place) -> Reading {
        match place.work(Job::Read) {
            Event::Read(Ok(reading)) => reading,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_is_read_is_remembered_as_shown_and_a_deposit_makes_a_receipt() {
        let folder = tempfile::tempdir().unwrap();
        let place = place(folder.path());
        let first = read(&place);
        assert!(first.practice && first.shown.is_empty() && first.receipt.is_none());
        assert_eq!(read(&place).shown.len(), 1);
        let product = first.products[0].clone();
        let iid = product.installation_id.clone().unwrap();
        let job = Job::Deposit {
            product,
            expected: iid.tag(),
            digits: practice_confirmation_id(&iid).into(),
        };
        let Event::Handed(handed) = place.work(job) else {
            panic!("a deposit ends in what came of it");
        };
        assert!(handed.outcome.unwrap().is_activated());
        let reading = handed.reading.unwrap();
        let receipt = reading.receipt.unwrap().receipt;
        assert_eq!(receipt.products[0].tag, iid.tag());
        assert_eq!(receipt.products[0].status, LicenseStatus::Licensed);
    }

    #[test]
    fn a_damaged_memory_is_told_and_keeps_nobody_from_showing() {
        let folder = tempfile::tempdir().unwrap();
        let place = place(folder.path());
        std::fs::write(&place.memory, "{").unwrap();
        let reading = read(&place);
        assert_eq!(reading.products.len(), 1);
        assert_eq!(reading.memory.unwrap().id(), "memory-damaged");
        let aside = place.memory.with_extension("json.damaged-1");
        assert_eq!(std::fs::read_to_string(aside).unwrap(), "{");
        // Begun anew: a change of hardware is noticed from now on.
        let again = read(&place);
        assert_eq!((again.shown.len(), again.memory), (1, None));
    }

    #[test]
    fn a_panic_becomes_words() {
        let result: Result<(), StoreError> = guarded(|| panic!("on purpose"));
        assert!(matches!(result, Err(StoreError::Unreachable { .. })));
    }
}
