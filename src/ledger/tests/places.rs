//! Ledgers are readable in any place, and after any crash.

use super::*;
use crate::activation::Label;
use crate::ledger::connect::OpenMode;
use std::fs;

/// A ledger of Hikyaku 0.1 after the program was killed: the last changes are only in
/// the log.
fn killed_with_a_log(folder: &Path) -> PathBuf {
    let path = folder.join("old.trip.db");
    let mut ledger = Ledger::create(&path, &about()).unwrap();
    collect(&mut ledger, "a").unwrap();
    ledger
        .connection
        .query_row("PRAGMA journal_mode = wal", [], |_| Ok(()))
        .unwrap();
    collect(&mut ledger, "b").unwrap();
    // A copy, as if the program had been killed at this moment.
    let stick = folder.join("stick");
    fs::create_dir(&stick).unwrap();
    for file in ledger_files(&path).filter(|file| file.exists()) {
        fs::copy(&file, stick.join(file.file_name().unwrap())).unwrap();
    }
    let left = stick.join("old.trip.db");
    assert!(stick.join("old.trip.db-wal").metadata().unwrap().len() > 0);
    left
}

/// A ledger of a program that was killed while writing.
fn killed_while_writing(folder: &Path) -> PathBuf {
    let path = folder.join("new.trip.db");
    let mut ledger = Ledger::create(&path, &about()).unwrap();
    for number in 0..40 {
        collect(&mut ledger, &number.to_string()).unwrap();
    }
    let stick = folder.join("locked");
    fs::create_dir(&stick).unwrap();
    let left = stick.join("new.trip.db");
    // A cache so small that pages are written before the commit.
    ledger
        .connection
        .pragma_update(None, "cache_size", 1)
        .unwrap();
    ledger
        .connection
        .execute_batch("BEGIN IMMEDIATE; UPDATE pc SET record = upper(record);")
        .unwrap();
    for ending in ["", "-journal"] {
        let from = format!("{}{ending}", path.display());
        fs::copy(from, format!("{}{ending}", left.display())).unwrap();
    }
    assert_ne!(fs::read(&left).unwrap().len(), 0);
    left
}

fn entries(path: &Path) -> usize {
    Ledger::read(path).unwrap().entries().count()
}

#[test]
fn an_old_ledger_is_read_with_its_log_and_loses_it_when_it_is_changed() {
    let folder = tempfile::tempdir().unwrap();
    let path = killed_with_a_log(folder.path());
    assert_eq!(entries(&path), 2);
    let mut ledger = Ledger::open(&path).unwrap();
    collect(&mut ledger, "c").unwrap();
    let beside: Vec<_> = ledger_files(&path).filter(|file| file.exists()).collect();
    assert_eq!(
        beside,
        std::slice::from_ref(&path),
        "all of it is in the one file"
    );
    assert_eq!(entries(&path), 3);
    // Even while it is open, a copy is complete.
    let copy = folder.path().join("copy.trip.db");
    fs::copy(&path, &copy).unwrap();
    drop(ledger);
    assert_eq!(entries(&copy), 3);
}

#[test]
fn what_was_half_written_is_taken_back_before_it_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = killed_while_writing(folder.path());
    assert_eq!(entries(&path), 40);
}

#[test]
fn every_way_of_looking_reads_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let path = killed_with_a_log(folder.path());
    // The second change is only in the log.
    let read = |mode: OpenMode, path: &Path| {
        assert!(mode.reads_everything(path), "{mode:?}");
        let opened = mode.open(path).unwrap();
        records::read(&opened.connection, path)
            .unwrap()
            .entries()
            .count()
    };
    assert_eq!(read(OpenMode::Copied, &path), 2);
    assert_eq!(read(OpenMode::Exclusive, &path), 2);
    assert!(
        !OpenMode::Copied.reads_everything(&path),
        "it is all in the one file now"
    );
    assert_eq!(read(OpenMode::Immutable, &path), 2);
    let path = killed_while_writing(folder.path());
    assert!(!OpenMode::Immutable.reads_everything(&path));
    assert_eq!(read(OpenMode::Copied, &path), 40);
    assert_eq!(read(OpenMode::Recovering, &path), 40);
    assert_eq!(read(OpenMode::Shared, &path), 40);
}

#[cfg(unix)]
mod rights {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_ledger_is_its_owners_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mine.trip.db");
        let ledger = Ledger::create(&path, &about()).unwrap();
        // Files that SQLite creates beside it have the same permissions.
        ledger
            .connection
            .execute_batch("BEGIN IMMEDIATE; DELETE FROM about")
            .unwrap();
        for file in ledger_files(&path).filter(|file| file.exists()) {
            let mode = fs::metadata(&file).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{}", file.display());
        }
    }
}

#[test]
fn an_empty_file_of_a_killed_program_is_no_trip_and_in_nobodys_way() {
    let folder = tempfile::tempdir().unwrap();
    let name = about().name;
    let path = folder.path().join(ledger_file_name(&name));
    fs::write(&path, "").unwrap();
    assert!(Ledger::read(&path).is_err());
    assert_eq!(file_for_new_ledger(folder.path(), &name), Ok(path.clone()));
    Ledger::create(&path, &about()).unwrap();
    assert_eq!(Ledger::about(&path).unwrap().name, name);
}

#[test]
fn any_name_makes_a_file_in_the_folder_and_is_found_again() {
    let folder = tempfile::tempdir().unwrap();
    let long = "病".repeat(Label::MAX_CHARS);
    let wide = "𠮷".repeat(Label::MAX_CHARS);
    let names = [
        "病棟3/1階",
        "病棟3-1階",
        "病棟3\\1階",
        "..",
        ".",
        "...",
        "a/../../b",
        "CON",
        "con",
        "nul.txt",
        "NUL",
        "COM1",
        "com¹",
        "LPT9.x",
        "Aux",
        "ward.",
        "ward ",
        "ward",
        "Ward",
        "WARD",
        "C:\\x",
        "/etc/passwd",
        "-x",
        "a\0b",
        "x.trip.db.",
        "*?<>|\"",
        &long,
        &wide,
        "2",
        "ward-2",
        "~",
    ];
    let mut made = std::collections::BTreeMap::new();
    for name in names {
        let name = Label::cleaned(name).unwrap();
        if made.contains_key(&name) {
            continue;
        }
        let path = file_for_new_ledger(folder.path(), &name).unwrap();
        assert_eq!(path.parent(), Some(folder.path()), "{name}");
        let file = path.file_name().unwrap().to_str().unwrap();
        assert!(file.len() + "-journal".len() <= 255, "{file}");
        let stem = file.strip_suffix(".trip.db").unwrap();
        assert!(!stem.contains(['.', '/', '\\', ':', ' ']), "{file}");
        let upper = stem.to_uppercase();
        let devices = ["CON", "NUL", "AUX", "COM1", "COM¹", "LPT9"];
        assert!(!devices.contains(&upper.as_str()), "{file}");
        let about = About::named(name.clone(), about().started_at);
        Ledger::create(&path, &about).unwrap();
        made.insert(name, path);
    }
    for (name, path) in &made {
        assert_eq!(
            ledger_of_name(folder.path(), name).as_ref(),
            Some(path),
            "{name}"
        );
        let again = file_for_new_ledger(folder.path(), name);
        assert!(matches!(again, Err(LedgerError::Exists { .. })), "{name}");
    }
    assert_eq!(
        ledger_of_name(folder.path(), &Label::cleaned("other").unwrap()),
        None
    );
}

#[test]
fn a_file_is_called_as_its_trip_as_far_as_systems_allow() {
    let file = |name: &str| ledger_file_name(&Label::cleaned(name).unwrap());
    assert_eq!(file("病棟3 / 1階"), "病棟3---1階.trip.db");
    assert_eq!(file("ward_3-a"), "ward_3-a.trip.db");
    assert_eq!(file("con"), "con_.trip.db");
    assert_eq!(file(&"x".repeat(70)).len(), 60 + ".trip.db".len());
    assert_eq!(file(&"𠮷".repeat(60)).len(), 200 + ".trip.db".len());
}
