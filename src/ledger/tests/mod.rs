//! A ledger keeps what it has acknowledged, or says why it cannot.

mod crafted;
mod places;

use super::*;
use crate::activation::{Label, practice_installation_id};
use crate::trip::Time;
use crate::trip::{Attribution, NumberDetails, TripError};

pub(super) fn about() -> About {
    let name = Label::cleaned("病棟3 / 1階").unwrap();
    About::named(name, Time::default())
}

fn by() -> Attribution {
    Attribution {
        at: Time::default(),
        actor: None,
    }
}

/// Errors of ledger and trip in one type, as commands have it.
#[derive(Debug, PartialEq)]
pub(super) enum ChangeError {
    Ledger(LedgerError),
    Trip(TripError),
}

impl From<LedgerError> for ChangeError {
    fn from(error: LedgerError) -> Self {
        Self::Ledger(error)
    }
}

pub(super) fn collect(ledger: &mut Ledger, seed: &str) -> Result<(), ChangeError> {
    let iid = practice_installation_id(seed);
    ledger.change(|trip| {
        trip.collect_number(&iid, &NumberDetails::default(), &by())
            .map_err(ChangeError::Trip)
            .map(|_| ())
    })
}

#[test]
fn what_was_acknowledged_is_there_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder
        .path()
        .join("deep/in")
        .join(ledger_file_name(&about().name));
    assert!(is_ledger_name(&path), "{}", path.display());
    let mut ledger = Ledger::create(&path, &about()).unwrap();
    collect(&mut ledger, "a").unwrap();
    collect(&mut ledger, "b").unwrap();
    let before = ledger.trip().unwrap();
    // Like a power failure: the database is not closed.
    std::mem::forget(ledger);
    let mut ledger = Ledger::open(&path).unwrap();
    assert_eq!(ledger.trip().unwrap(), before);
    ledger
        .change::<_, LedgerError>(|trip| {
            trip.pcs.remove(0);
            Ok(())
        })
        .unwrap();
    assert_eq!(
        Ledger::open(&path).unwrap().trip().unwrap().pcs,
        before.pcs[1..]
    );
    assert!(matches!(
        Ledger::create(&path, &about()),
        Err(LedgerError::Exists { .. })
    ));
}

#[test]
fn a_change_that_fails_leaves_no_trace() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("one.trip.db");
    let mut ledger = Ledger::create(&path, &about()).unwrap();
    collect(&mut ledger, "a").unwrap();
    let before = ledger.trip().unwrap();
    let refused = ledger.change(|trip| {
        trip.pcs.clear();
        Err::<(), _>(ChangeError::Trip(TripError::PracticeMixed))
    });
    assert_eq!(refused, Err(ChangeError::Trip(TripError::PracticeMixed)));
    assert_eq!(ledger.trip().unwrap(), before);
}

#[test]
fn two_processes_at_one_trip_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("one.trip.db");
    Ledger::create(&path, &about()).unwrap();
    std::thread::scope(|scope| {
        for hand in 0..4 {
            let path = &path;
            scope.spawn(move || {
                let mut ledger = Ledger::open(path).unwrap();
                for number in 0..8 {
                    collect(&mut ledger, &format!("{hand}-{number}")).unwrap();
                }
            });
        }
    });
    let trip = Ledger::open(&path).unwrap().trip().unwrap();
    assert_eq!(trip.entries().count(), 32);
}

#[test]
fn every_trouble_is_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, content: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    };
    let id = |path: &Path| {
        let opened = Ledger::open(path).and_then(|ledger| ledger.trip());
        <&'static str>::from(&opened.unwrap_err())
    };
    assert_eq!(id(&folder.path().join("none.trip.db")), "ledger-missing");
    assert_eq!(
        id(&file("text.trip.db", &[b'x'; 4096])),
        "ledger-not-a-ledger"
    );
    let strange = folder.path().join("strange.trip.db");
    Connection::open(&strange)
        .unwrap()
        .execute_batch("CREATE TABLE a (b)")
        .unwrap();
    assert_eq!(id(&strange), "ledger-not-a-ledger");
    let of = |name: &str, spoil: &str| {
        let path = folder.path().join(name);
        let ledger = Ledger::create(&path, &about()).unwrap();
        ledger.connection.execute_batch(spoil).unwrap();
        path
    };
    assert_eq!(
        id(&of("newer.trip.db", "PRAGMA user_version = 3")),
        "ledger-newer"
    );
    assert_eq!(id(&of("gone.trip.db", "DROP TABLE pc")), "ledger-damaged");
    assert_eq!(
        id(&of("empty.trip.db", "DELETE FROM about")),
        "ledger-damaged"
    );
    let json = "UPDATE about SET record = '{\"name\":1}'";
    assert_eq!(id(&of("json.trip.db", json)), "ledger-damaged");
}

#[test]
fn a_torn_file_is_damaged_and_not_a_panic() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("torn.trip.db");
    let mut ledger = Ledger::create(&path, &about()).unwrap();
    for number in 0..40 {
        collect(&mut ledger, &number.to_string()).unwrap();
    }
    drop(ledger);
    let whole = std::fs::read(&path).unwrap();
    // Overwrite everything after the first page.
    let torn: Vec<u8> = whole
        .iter()
        .enumerate()
        .map(|(at, &byte)| if at < 4096 { byte } else { byte ^ 0x5a })
        .collect();
    std::fs::write(&path, torn).unwrap();
    let told = Ledger::open(&path)
        .and_then(|ledger| ledger.trip())
        .unwrap_err();
    assert!(matches!(told, LedgerError::Damaged { .. }), "{told:?}");
}

#[test]
fn a_full_disk_loses_nothing_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::create(&folder.path().join("full.trip.db"), &about()).unwrap();
    collect(&mut ledger, "a").unwrap();
    let pages: i64 = ledger
        .connection
        .pragma_query_value(None, "page_count", |row| row.get(0))
        .unwrap();
    // For SQLite, a file that must not grow is a full disk.
    ledger
        .connection
        .pragma_update(None, "max_page_count", pages)
        .unwrap();
    let kept = (0..200)
        .take_while(|number| collect(&mut ledger, &number.to_string()).is_ok())
        .count();
    let refused = collect(&mut ledger, "one more");
    let Err(ChangeError::Ledger(error)) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(<&'static str>::from(&error), "ledger-disk-full");
    assert_eq!(ledger.trip().unwrap().entries().count(), kept + 1);
}

#[test]
fn an_older_ledger_is_read_and_becomes_a_new_one_with_its_first_change() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.trip.db");
    let mut ledger = Ledger::create(&path, &about()).unwrap();
    collect(&mut ledger, "a").unwrap();
    ledger
        .connection
        .execute_batch("PRAGMA user_version = 1")
        .unwrap();
    drop(ledger);
    let version = || -> i32 {
        Connection::open(&path)
            .unwrap()
            .pragma_query_value(None, "user_version", |row| row.get(0))
            .unwrap()
    };
    let mut ledger = Ledger::open(&path).unwrap();
    assert_eq!((ledger.trip().unwrap().pcs.len(), version()), (1, 1));
    collect(&mut ledger, "b").unwrap();
    assert_eq!((ledger.trip().unwrap().pcs.len(), version()), (2, VERSION));
}

#[test]
fn hands_that_take_turns_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("one.trip.db");
    let mut one = Ledger::create(&path, &about()).unwrap();
    let mut other = Ledger::open(&path).unwrap();
    for turn in 0..3 {
        collect(&mut one, &format!("one {turn}")).unwrap();
        collect(&mut other, &format!("other {turn}")).unwrap();
    }
    for ledger in [&one, &other] {
        assert_eq!(ledger.trip().unwrap().entries().count(), 6);
    }
}

#[test]
fn whatever_stands_there_already_is_not_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.trip.db");
    std::fs::write(&path, "notes").unwrap();
    let refused = Ledger::create(&path, &about()).unwrap_err();
    assert!(matches!(refused, LedgerError::Exists { .. }), "{refused:?}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "notes");
    let inside = folder.path().join("folder.trip.db");
    std::fs::create_dir(&inside).unwrap();
    let refused = Ledger::create(&inside, &about()).unwrap_err();
    assert!(matches!(refused, LedgerError::Exists { .. }), "{refused:?}");
}

#[test]
fn what_is_too_short_for_a_ledger_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("short.trip.db");
    for content in ["", "SQLite format 3"] {
        std::fs::write(&path, content).unwrap();
        let told = Ledger::read(&path).unwrap_err();
        assert!(matches!(told, LedgerError::NotALedger { .. }), "{told:?}");
    }
}

#[test]
fn work_ends_and_is_renewed_for_the_next() {
    let mut connection = Connection::open_in_memory().unwrap();
    let budget = guard::restrain(&mut connection).unwrap();
    let work = || {
        let count = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 4000)
            SELECT count(*) FROM n";
        connection.query_row(count, [], |row| row.get::<_, i64>(0))
    };
    let ended = (0..20).map(|_| work()).find_map(Result::err).unwrap();
    let told = LedgerError::of_sqlite(Path::new("a"), &ended);
    assert!(matches!(told, LedgerError::Overfull { .. }), "{told:?}");
    budget.renew();
    for _ in 0..20 {
        assert_eq!(work(), Ok(4000));
    }
}
