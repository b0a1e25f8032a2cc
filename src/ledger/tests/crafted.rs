//! Malicious ledgers are refused quickly.

use super::*;
use std::time::Instant;

/// Checks that every way to open the file fails with this error, and within a minute:
/// even a busy machine manages that, unlike endless work.
fn refused(path: &Path, id: &str) {
    let begun = Instant::now();
    let looked = Ledger::read(path).map(|_| ()).unwrap_err();
    assert_eq!(<&'static str>::from(&looked), id, "{}", path.display());
    let opened = Ledger::open(path).and_then(|mut ledger| {
        ledger.trip()?;
        ledger.change::<_, LedgerError>(|trip| {
            trip.pcs.clear();
            Ok(())
        })
    });
    assert_eq!(<&'static str>::from(&opened.unwrap_err()), id);
    let took = begun.elapsed();
    assert!(
        took < Duration::from_mins(1),
        "{}: {took:?}",
        path.display()
    );
}

/// A database that claims to be a ledger.
fn database(path: &Path, sql: &str) {
    let connection = Connection::open(path).unwrap();
    connection
        .pragma_update(None, "application_id", APPLICATION)
        .unwrap();
    connection
        .pragma_update(None, "user_version", VERSION)
        .unwrap();
    connection.execute_batch(sql).unwrap();
}

/// A ledger with one PC, modified by another program.
fn spoiled(path: &Path, sql: &str) {
    let mut ledger = Ledger::create(path, &about()).unwrap();
    collect(&mut ledger, "a").unwrap();
    drop(ledger);
    Connection::open(path).unwrap().execute_batch(sql).unwrap();
}

const ABOUT: &str = "
    CREATE TABLE about (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        record TEXT NOT NULL
    ) STRICT;
    INSERT INTO about VALUES (1, '{\"name\":\"x\",\"started_at\":1}');
";

#[test]
fn what_is_called_as_our_tables_but_is_something_else_is_never_asked() {
    let folder = tempfile::tempdir().unwrap();
    let endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)
        SELECT x AS id, x AS place, 'a' AS name, '{}' AS record FROM n";
    for (name, sql) in [
        ("view", format!("CREATE VIEW pc AS {endless};")),
        (
            "views",
            format!("CREATE VIEW pc AS {endless}; CREATE VIEW more AS SELECT 1;"),
        ),
        (
            "column",
            "CREATE TABLE pc (id INTEGER PRIMARY KEY, place INTEGER NOT NULL,
                name TEXT NOT NULL, record TEXT NOT NULL, more TEXT) STRICT;"
                .to_owned(),
        ),
        (
            "generated",
            "CREATE TABLE pc (id INTEGER PRIMARY KEY, place INTEGER NOT NULL,
                name TEXT NOT NULL,
                record TEXT AS (printf('%.*c', 100000000, 'x'))) STRICT;"
                .to_owned(),
        ),
        (
            "virtual",
            "CREATE VIRTUAL TABLE pc USING fts5(id, place, name, record);".to_owned(),
        ),
    ] {
        let path = folder.path().join(format!("{name}.trip.db"));
        database(&path, &format!("{ABOUT}{sql}"));
        refused(&path, "ledger-not-a-ledger");
    }
}

#[test]
fn nothing_may_stand_beside_our_tables() {
    let folder = tempfile::tempdir().unwrap();
    for (name, sql) in [
        ("table", "CREATE TABLE more (a)"),
        ("view", "CREATE VIEW more AS SELECT * FROM pc"),
        ("index", "CREATE INDEX more ON pc (lower(record))"),
        (
            "trigger",
            "CREATE TRIGGER more AFTER INSERT ON pc BEGIN DELETE FROM pc; END",
        ),
    ] {
        let path = folder.path().join(format!("{name}.trip.db"));
        spoiled(&path, sql);
        refused(&path, "ledger-not-a-ledger");
    }
}

#[test]
fn more_than_any_trip_holds_is_refused_before_it_is_understood() {
    let folder = tempfile::tempdir().unwrap();
    let many = "WITH RECURSIVE n(x) AS (SELECT 2 UNION ALL SELECT x + 1 FROM n LIMIT 300000)
        INSERT INTO pc SELECT x, x, 'a', '{}' FROM n";
    let huge = "INSERT INTO pc SELECT 2, 2, 'a', printf('%.*c', 50000000, 'x')";
    let heavy = "WITH RECURSIVE n(x) AS (SELECT 2 UNION ALL SELECT x + 1 FROM n LIMIT 100)
        INSERT INTO pc SELECT x, x, 'a', printf('%.*c', 3000000, 'x') FROM n";
    for (name, sql) in [("many", many), ("huge", huge), ("heavy", heavy)] {
        let path = folder.path().join(format!("{name}.trip.db"));
        spoiled(&path, sql);
        refused(&path, "ledger-overfull");
    }
}

#[test]
fn a_schema_of_thousands_of_tables_is_not_taken_in() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tables.trip.db");
    let tables = (0..3_000)
        .map(|number| format!("CREATE TABLE t{number} (a);"))
        .collect::<Vec<String>>()
        .concat();
    spoiled(&path, &format!("BEGIN; {tables} COMMIT"));
    let begun = Instant::now();
    assert!(Ledger::read(&path).is_err());
    assert!(
        begun.elapsed() < Duration::from_secs(30),
        "it went on reading"
    );
}

#[test]
fn records_that_would_undo_one_another_are_damage() {
    let folder = tempfile::tempdir().unwrap();
    for (name, sql) in [
        (
            "same-record",
            "INSERT INTO pc SELECT id + 1, place, name, record FROM pc",
        ),
        (
            "same-number",
            "INSERT INTO pc SELECT id + 1, place, name,
                replace(record, '\"id\":1,', '\"id\":2,') FROM pc",
        ),
        (
            "last-id",
            "UPDATE pc SET id = 4294967295,
                record = replace(record, '\"id\":1,', '\"id\":4294967295,')",
        ),
        (
            "nesting",
            "UPDATE pc SET record = printf('%.*c', 100000, '[')",
        ),
    ] {
        let path = folder.path().join(format!("{name}.trip.db"));
        spoiled(&path, sql);
        refused(&path, "ledger-damaged");
    }
}
