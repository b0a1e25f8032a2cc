//! Lets every system call of a ledger fail once: what was acknowledged is kept, what was
//! refused is completely absent, and the file opens.
//!
//! The calls go through a thin layer over `SQLite`'s own VFS
//! (<https://sqlite.org/vfs.html>).
#![allow(unsafe_code)] // SQLite's VFS interface consists of pointers

use hikyaku::activation::{Label, practice_installation_id};
use hikyaku::ledger::{Ledger, LedgerError};
use hikyaku::trip::Time;
use hikyaku::trip::{About, Attribution, NumberDetails, Trip};
use std::collections::BTreeSet;
use std::path::Path;

/// How calls fail from the chosen one on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// The disk is full for one call, which writes half of its data.
    Full,
    /// One call fails with an I/O error.
    Broken,
    /// One call succeeds but reports an error.
    Lied,
    /// This call and all that follow fail, as if the stick had been pulled out.
    Gone,
}

mod layer {
    use super::Fault;
    use rusqlite::ffi::{self, sqlite3_file, sqlite3_int64, sqlite3_io_methods, sqlite3_vfs};
    use std::cell::Cell;
    use std::ffi::{c_char, c_int, c_void};
    use std::sync::OnceLock;

    /// The fault to inject into the calls of this thread.
    #[derive(Clone, Copy)]
    struct FaultPlan {
        fault: Fault,
        /// Calls that succeed first.
        left: usize,
        /// The first call that failed.
        failed: Option<&'static str>,
    }

    thread_local! {
        static PLAN: Cell<Option<FaultPlan>> = const { Cell::new(None) };
    }

    /// Runs `act` and injects a fault after `calls` calls; returns which call failed.
    pub(super) fn after<T>(
        calls: usize,
        fault: Fault,
        act: impl FnOnce() -> T,
    ) -> (T, Option<&'static str>) {
        PLAN.set(Some(FaultPlan {
            fault,
            left: calls,
            failed: None,
        }));
        let made = act();
        let plan = PLAN.take();
        (made, plan.and_then(|plan| plan.failed))
    }

    /// The fault of this call, if any.
    fn fails(call: &'static str) -> Option<Fault> {
        let mut plan = PLAN.get()?;
        let fails = match plan.failed {
            Some(_) => plan.fault == Fault::Gone,
            None if plan.left == 0 => {
                plan.failed = Some(call);
                true
            }
            None => {
                plan.left -= 1;
                false
            }
        };
        PLAN.set(Some(plan));
        fails.then_some(plan.fault)
    }

    /// Makes a call, or lets it fail with this code.
    fn either(call: &'static str, code: c_int, happen: impl FnOnce() -> c_int) -> c_int {
        match fails(call) {
            None => happen(),
            Some(Fault::Lied) => {
                happen();
                code
            }
            Some(Fault::Full) if ["write", "open"].contains(&call) => ffi::SQLITE_FULL,
            Some(_) => code,
        }
    }

    /// An open file: the part that `SQLite` sees, followed by its own file.
    #[repr(C)]
    struct Layered {
        seen: sqlite3_file,
        own: *mut sqlite3_file,
    }

    /// `SQLite`'s own VFS, which exists for the life of the process.
    struct Own(*mut sqlite3_vfs);
    // SAFETY: SQLite itself uses it from any thread, and it is never written.
    unsafe impl Send for Own {}
    // SAFETY: as above.
    unsafe impl Sync for Own {}

    static OWN: OnceLock<Own> = OnceLock::new();

    fn own() -> *mut sqlite3_vfs {
        OWN.get_or_init(|| {
            // SAFETY: documented to work before any other call; null selects the
            // default.
            let own = unsafe { ffi::sqlite3_vfs_find(std::ptr::null()) };
            assert!(!own.is_null());
            // SAFETY: the pointer is valid, and the structure is plain C data.
            let mut layered = unsafe { *own };
            layered.zName = c"faults".as_ptr();
            layered.pNext = std::ptr::null_mut();
            layered.szOsFile += size_of::<Layered>() as c_int;
            layered.xOpen = Some(open);
            layered.xDelete = Some(delete);
            layered.xAccess = Some(access);
            // SAFETY: it lives as long as the process, as SQLite requires.
            let code = unsafe { ffi::sqlite3_vfs_register(Box::leak(Box::new(layered)), 1) };
            assert_eq!(code, ffi::SQLITE_OK);
            Own(own)
        })
        .0
    }

    /// Makes all databases of this process use the layer from now on.
    pub(super) fn install() {
        own();
    }

    static METHODS: sqlite3_io_methods = sqlite3_io_methods {
        // Version 1: no shared memory or mapping, which ledgers do not use.
        iVersion: 1,
        xClose: Some(close),
        xRead: Some(read),
        xWrite: Some(write),
        xTruncate: Some(truncate),
        xSync: Some(sync),
        xFileSize: Some(file_size),
        xLock: Some(lock),
        xUnlock: Some(unlock),
        xCheckReservedLock: Some(check_reserved_lock),
        xFileControl: Some(file_control),
        xSectorSize: Some(sector_size),
        xDeviceCharacteristics: Some(device_characteristics),
        xShmMap: None,
        xShmLock: None,
        xShmBarrier: None,
        xShmUnmap: None,
        xFetch: None,
        xUnfetch: None,
    };

    // SAFETY of all that follows: SQLite passes what its interface says, including
    // files that `open` filled in. Everything is passed on unchanged to the methods of
    // SQLite's own file, all of which exist.

    unsafe extern "C" fn open(
        _: *mut sqlite3_vfs,
        name: *const c_char,
        file: *mut sqlite3_file,
        flags: c_int,
        out: *mut c_int,
    ) -> c_int {
        unsafe {
            let layered = file.cast::<Layered>();
            (*layered).seen.pMethods = std::ptr::null();
            (*layered).own = layered.add(1).cast();
            if fails("open").is_some() {
                return ffi::SQLITE_CANTOPEN;
            }
            let code = (*own()).xOpen.unwrap()(own(), name, (*layered).own, flags, out);
            if code == ffi::SQLITE_OK {
                (*layered).seen.pMethods = &raw const METHODS;
            }
            code
        }
    }

    unsafe extern "C" fn delete(_: *mut sqlite3_vfs, name: *const c_char, sync: c_int) -> c_int {
        either("delete", ffi::SQLITE_IOERR_DELETE, || unsafe {
            (*own()).xDelete.unwrap()(own(), name, sync)
        })
    }

    unsafe extern "C" fn access(
        _: *mut sqlite3_vfs,
        name: *const c_char,
        flags: c_int,
        out: *mut c_int,
    ) -> c_int {
        either("access", ffi::SQLITE_IOERR_ACCESS, || unsafe {
            (*own()).xAccess.unwrap()(own(), name, flags, out)
        })
    }

    /// `SQLite`'s own file behind this one, and its methods.
    unsafe fn behind<'a>(file: *mut sqlite3_file) -> (*mut sqlite3_file, &'a sqlite3_io_methods) {
        unsafe {
            let own = (*file.cast::<Layered>()).own;
            (own, &*(*own).pMethods)
        }
    }

    unsafe extern "C" fn close(file: *mut sqlite3_file) -> c_int {
        // Closing never fails.
        unsafe {
            let (own, methods) = behind(file);
            methods.xClose.unwrap()(own)
        }
    }

    unsafe extern "C" fn read(
        file: *mut sqlite3_file,
        to: *mut c_void,
        bytes: c_int,
        at: sqlite3_int64,
    ) -> c_int {
        either("read", ffi::SQLITE_IOERR_READ, || unsafe {
            let (own, methods) = behind(file);
            methods.xRead.unwrap()(own, to, bytes, at)
        })
    }

    unsafe extern "C" fn write(
        file: *mut sqlite3_file,
        from: *const c_void,
        bytes: c_int,
        at: sqlite3_int64,
    ) -> c_int {
        let (own, methods) = unsafe { behind(file) };
        let write = |bytes| unsafe { methods.xWrite.unwrap()(own, from, bytes, at) };
        match fails("write") {
            None => write(bytes),
            Some(Fault::Full) => {
                write(bytes / 2);
                ffi::SQLITE_FULL
            }
            Some(Fault::Lied) => {
                write(bytes);
                ffi::SQLITE_IOERR_WRITE
            }
            Some(_) => ffi::SQLITE_IOERR_WRITE,
        }
    }

    unsafe extern "C" fn truncate(file: *mut sqlite3_file, size: sqlite3_int64) -> c_int {
        either("truncate", ffi::SQLITE_IOERR_TRUNCATE, || unsafe {
            let (own, methods) = behind(file);
            methods.xTruncate.unwrap()(own, size)
        })
    }

    unsafe extern "C" fn sync(file: *mut sqlite3_file, flags: c_int) -> c_int {
        either("sync", ffi::SQLITE_IOERR_FSYNC, || unsafe {
            let (own, methods) = behind(file);
            methods.xSync.unwrap()(own, flags)
        })
    }

    unsafe extern "C" fn file_size(file: *mut sqlite3_file, size: *mut sqlite3_int64) -> c_int {
        either("file size", ffi::SQLITE_IOERR_FSTAT, || unsafe {
            let (own, methods) = behind(file);
            methods.xFileSize.unwrap()(own, size)
        })
    }

    unsafe extern "C" fn lock(file: *mut sqlite3_file, kind: c_int) -> c_int {
        either("lock", ffi::SQLITE_IOERR_LOCK, || unsafe {
            let (own, methods) = behind(file);
            methods.xLock.unwrap()(own, kind)
        })
    }

    unsafe extern "C" fn unlock(file: *mut sqlite3_file, kind: c_int) -> c_int {
        // Unlocking never fails: the test would deadlock itself.
        unsafe {
            let (own, methods) = behind(file);
            methods.xUnlock.unwrap()(own, kind)
        }
    }

    unsafe extern "C" fn check_reserved_lock(file: *mut sqlite3_file, out: *mut c_int) -> c_int {
        either("reserved", ffi::SQLITE_IOERR_CHECKRESERVEDLOCK, || unsafe {
            let (own, methods) = behind(file);
            methods.xCheckReservedLock.unwrap()(own, out)
        })
    }

    unsafe extern "C" fn file_control(
        file: *mut sqlite3_file,
        what: c_int,
        with: *mut c_void,
    ) -> c_int {
        unsafe {
            let (own, methods) = behind(file);
            methods.xFileControl.unwrap()(own, what, with)
        }
    }

    unsafe extern "C" fn sector_size(file: *mut sqlite3_file) -> c_int {
        unsafe {
            let (own, methods) = behind(file);
            methods.xSectorSize.unwrap()(own)
        }
    }

    unsafe extern "C" fn device_characteristics(file: *mut sqlite3_file) -> c_int {
        unsafe {
            let (own, methods) = behind(file);
            methods.xDeviceCharacteristics.unwrap()(own)
        }
    }
}

fn by() -> Attribution {
    Attribution {
        at: Time::default(),
        actor: None,
    }
}

fn about() -> About {
    About::named(Label::cleaned("faults").unwrap(), Time::default())
}

fn name(number: usize) -> String {
    format!("PC-{number}")
}

/// Collects two PCs in one change, so that half a change is detectable.
fn collect(ledger: &mut Ledger, number: usize) -> Result<(), LedgerError> {
    ledger.change(|trip| {
        for half in ["a", "b"] {
            let facts = NumberDetails {
                pc: Label::cleaned(&format!("{}{half}", name(number))),
                ..NumberDetails::default()
            };
            let iid = practice_installation_id(&format!("{number}{half}"));
            trip.collect_number(&iid, &facts, &by()).unwrap();
        }
        Ok(())
    })
}

/// The changes in the trip, each of which must be complete.
fn kept(trip: &Trip) -> BTreeSet<usize> {
    let is_there = |name: String| trip.pcs.iter().any(|pc| pc.name.as_str() == name);
    (0..20)
        .filter(|&number| {
            let halves = ["a", "b"].map(|half| is_there(format!("{}{half}", name(number))));
            assert_eq!(halves[0], halves[1], "half of {number} is there");
            halves[0]
        })
        .collect()
}

/// Checks that exactly the acknowledged changes are kept. A change that failed at its
/// last call, the removal of the journal, may or may not be kept.
fn compare(
    path: &Path,
    acknowledged: &BTreeSet<usize>,
    refused: &BTreeSet<usize>,
    (fault, calls, call): (Fault, usize, Option<&str>),
) {
    let what = format!("{fault:?} at call {calls} ({call:?})");
    let looked = kept(&Ledger::read(path).unwrap_or_else(|error| panic!("{what}: {error}")));
    let mut ledger = Ledger::open(path).unwrap_or_else(|error| panic!("{what}: {error}"));
    assert_eq!(kept(&ledger.trip().unwrap()), looked, "{what}");
    assert!(acknowledged.is_subset(&looked), "{what}: {looked:?}");
    let more: BTreeSet<usize> = looked.difference(acknowledged).copied().collect();
    if (fault, call) == (Fault::Lied, Some("delete")) {
        assert!(more.is_subset(refused), "{what}: {looked:?}");
    } else {
        assert!(more.is_empty(), "{what}: {more:?} came all the same");
    }
    // The ledger remains usable.
    collect(&mut ledger, 19).unwrap();
    assert!(kept(&ledger.trip().unwrap()).contains(&19), "{what}");
}

const FAULTS: [Fault; 4] = [Fault::Full, Fault::Broken, Fault::Lied, Fault::Gone];

#[test]
fn whatever_call_fails_nothing_acknowledged_is_lost_and_nothing_refused_is_kept() {
    layer::install();
    let folder = tempfile::tempdir().unwrap();
    let begun = folder.path().join("begun.trip.db");
    let mut ledger = Ledger::create(&begun, &about()).unwrap();
    (0..4).for_each(|number| collect(&mut ledger, number).unwrap());
    drop(ledger);
    let path = folder.path().join("one.trip.db");
    let mut failed = BTreeSet::new();
    let mut total = 0;
    for fault in FAULTS {
        for calls in 0.. {
            std::fs::copy(&begun, &path).unwrap();
            let mut acknowledged: BTreeSet<usize> = (0..4).collect();
            let mut refused = BTreeSet::new();
            let ((), call) = layer::after(calls, fault, || {
                let Ok(mut ledger) = Ledger::open(&path) else {
                    return;
                };
                for number in 4..8 {
                    let told = collect(&mut ledger, number).is_ok();
                    if told {
                        &mut acknowledged
                    } else {
                        &mut refused
                    }
                    .insert(number);
                }
            });
            compare(&path, &acknowledged, &refused, (fault, calls, call));
            let Some(call) = call else { break };
            failed.insert(call);
            total += 1;
        }
    }
    assert!(total > 400, "only {total} calls failed");
    for call in ["open", "delete", "access", "read", "write", "sync", "lock"] {
        assert!(failed.contains(call), "{call} never failed: {failed:?}");
    }
}

#[test]
fn a_ledger_that_cannot_be_begun_is_in_nobodys_way() {
    layer::install();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new.trip.db");
    for fault in FAULTS {
        for calls in 0.. {
            let (begun, call) =
                layer::after(calls, fault, || Ledger::create(&path, &about()).map(|_| ()));
            let what = format!("{fault:?} at call {calls} ({call:?})");
            if begun.is_err() && path.exists() && Ledger::read(&path).is_err() {
                Ledger::create(&path, &about()).unwrap_or_else(|error| panic!("{what}: {error}"));
            }
            if begun.is_ok() {
                let trip = Ledger::read(&path).unwrap_or_else(|error| panic!("{what}: {error}"));
                assert_eq!(trip.about, about(), "{what}");
            }
            for file in hikyaku::ledger::ledger_files(&path) {
                let _ = std::fs::remove_file(file);
            }
            if call.is_none() {
                break;
            }
        }
    }
}

#[test]
fn a_file_that_cannot_be_read_now_is_read_later_and_stays_as_it_is() {
    layer::install();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("one.trip.db");
    let mut ledger = Ledger::create(&path, &about()).unwrap();
    (0..4).for_each(|number| collect(&mut ledger, number).unwrap());
    drop(ledger);
    let before = std::fs::read(&path).unwrap();
    for fault in FAULTS {
        for calls in 0.. {
            let (looked, call) = layer::after(calls, fault, || Ledger::read(&path));
            if let Ok(trip) = &looked {
                assert_eq!(kept(trip).len(), 4, "{fault:?} at {call:?}");
            }
            assert_eq!(std::fs::read(&path).unwrap(), before);
            if call.is_none() {
                assert!(looked.is_ok());
                break;
            }
        }
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}
