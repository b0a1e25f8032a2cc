//! A trip on a read-only medium is readable, stays unchanged, and whoever wants to
//! change it is told what to do.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Output};

/// The user `nobody`, on every Unix.
const NOBODY: u32 = 65_534;

/// Runs the program, as `nobody` if we are superuser, whom permissions do not stop.
fn run(program: &Path, superuser: bool, arguments: &[&str], ledger: &Path) -> Output {
    let mut command = Command::new(program);
    command
        .args(["--lang", "en"])
        .args(arguments)
        .arg("--trip")
        .arg(ledger);
    if superuser {
        command.uid(NOBODY).gid(NOBODY);
    }
    command.output().unwrap()
}

#[test]
fn a_trip_on_a_locked_stick_is_read_and_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let allow = |path: &Path, mode: u32| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    allow(folder.path(), 0o755);
    // `nobody` may lack access to the build folder.
    let program = folder.path().join("hikyaku");
    fs::copy(env!("CARGO_BIN_EXE_hikyaku"), &program).unwrap();
    allow(&program, 0o755);
    let stick = folder.path().join("stick 100% #1?");
    fs::create_dir(&stick).unwrap();
    let file = stick.join("ward.trip.db");
    let list = folder.path().join("pcs.csv");
    fs::write(&list, "pc\nWard-PC7\n").unwrap();
    allow(&list, 0o644);
    let list = list.to_str().unwrap();
    for begun in [&["trip", "new", "Ward"][..], &["trip", "import", list]] {
        let output = run(&program, false, begun, &file);
        assert!(output.status.success(), "{begun:?}: {output:?}");
    }
    let before = fs::read(&file).unwrap();
    allow(&file, 0o444);
    allow(&stick, 0o555);
    let superuser = fs::write(stick.join("probe"), "").is_ok();
    let _ = fs::remove_file(stick.join("probe"));
    let run = |arguments: &[&str]| run(&program, superuser, arguments, &file);

    let elsewhere = folder.path().join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    allow(&elsewhere, 0o777);
    for reading in [&["trip", "show"][..], &["report"]] {
        let output = run(reading);
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(said.contains("Ward-PC7"), "{reading:?}: {output:?}");
    }
    let exported = elsewhere.join("pcs.csv");
    let output = run(&["trip", "export", exported.to_str().unwrap()]);
    assert!(output.status.success(), "{output:?}");
    assert!(fs::read_to_string(exported).unwrap().contains("Ward-PC7"));
    // A colleague's trip is imported from a read-only stick.
    let mine = elsewhere.join("mine.trip.db");
    for act in [
        &["trip", "new", "Mine"][..],
        &["trip", "merge", file.to_str().unwrap()],
    ] {
        let output = self::run(&program, superuser, act, &mine);
        assert!(output.status.success(), "{act:?}: {output:?}");
    }
    let trips = Command::new(&program)
        .args(["--lang", "en", "trip", "list"])
        .env("HIKYAKU_TRIPS", &stick)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&trips.stdout);
    assert!(said.contains("Ward"), "{trips:?}");
    for writing in [
        &["trip", "import", list][..],
        &["collect", "--text", list],
        &["portal", "--no-clipboard"],
    ] {
        let output = run(writing);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success(), "{writing:?}: {output:?}");
        assert!(said.contains("may not be written here"), "{said}");
        assert!(said.contains("--trip"), "{said}");
    }
    let other = stick.join("other.trip.db");
    let begun = self::run(&program, superuser, &["trip", "new", "B"], &other);
    let said = String::from_utf8_lossy(&begun.stderr);
    assert!(said.contains("may not be written here"), "{said}");

    allow(&stick, 0o755);
    assert_eq!(fs::read(&file).unwrap(), before);
    let beside: Vec<_> = fs::read_dir(&stick).unwrap().collect();
    assert_eq!(beside.len(), 1, "{beside:?}");
}

/// The leftovers of a killed program, of an older version and of this one, are
/// readable on a read-only medium.
#[test]
fn what_was_left_beside_a_ledger_is_read_with_it() {
    use hikyaku::activation::{Label, practice_installation_id};
    use hikyaku::ledger::{Ledger, LedgerError};
    use hikyaku::trip::Time;
    use hikyaku::trip::{About, Attribution, NumberDetails};

    let folder = tempfile::tempdir().unwrap();
    let allow = |path: &Path, mode: u32| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    allow(folder.path(), 0o755);
    let program = folder.path().join("hikyaku");
    fs::copy(env!("CARGO_BIN_EXE_hikyaku"), &program).unwrap();
    allow(&program, 0o755);
    for way in ["wal", "journal"] {
        let desk = folder.path().join(format!("desk {way}"));
        fs::create_dir(&desk).unwrap();
        let path = desk.join("ward.trip.db");
        let name = Label::cleaned("Ward").unwrap();
        let mut ledger = Ledger::create(&path, &About::named(name, Time::default())).unwrap();
        let mut collect = |number: usize| {
            let facts = NumberDetails {
                pc: Label::cleaned(&format!("Ward-PC{number}")),
                ..NumberDetails::default()
            };
            let by = Attribution {
                at: Time::default(),
                actor: None,
            };
            let iid = practice_installation_id(&number.to_string());
            ledger
                .change::<_, LedgerError>(|trip| {
                    trip.collect_number(&iid, &facts, &by).unwrap();
                    Ok(())
                })
                .unwrap();
        };
        (0..30).for_each(&mut collect);
        let other = rusqlite::Connection::open(&path).unwrap();
        if way == "wal" {
            other
                .query_row("PRAGMA journal_mode = wal", [], |_| Ok(()))
                .unwrap();
            collect(30);
        } else {
            other.pragma_update(None, "cache_size", 1).unwrap();
            other
                .execute_batch("BEGIN IMMEDIATE; UPDATE pc SET record = upper(record), name = 'x'")
                .unwrap();
        }
        let stick = folder.path().join(format!("stick {way}"));
        fs::create_dir(&stick).unwrap();
        for entry in fs::read_dir(&desk).unwrap().flatten() {
            let copy = stick.join(entry.file_name());
            fs::copy(entry.path(), &copy).unwrap();
            allow(&copy, 0o444);
        }
        let left: Vec<_> = fs::read_dir(&stick).unwrap().flatten().collect();
        assert!(left.len() > 1, "{left:?}");
        allow(&stick, 0o555);
        let superuser = fs::write(stick.join("probe"), "").is_ok();
        let _ = fs::remove_file(stick.join("probe"));
        let file = stick.join("ward.trip.db");
        let last = if way == "wal" {
            "Ward-PC30"
        } else {
            "Ward-PC29"
        };
        for reading in [&["trip", "show"][..], &["report"]] {
            let output = run(&program, superuser, reading, &file);
            let said = String::from_utf8_lossy(&output.stdout);
            assert!(said.contains(last), "{way} {reading:?}: {output:?}");
        }
        let output = run(&program, superuser, &["portal", "--no-clipboard"], &file);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains("may not be written here"), "{said}");
        allow(&stick, 0o755);
        let beside = fs::read_dir(&stick).unwrap().count();
        assert_eq!(beside, left.len(), "{way}: nothing new and nothing gone");
    }
}
