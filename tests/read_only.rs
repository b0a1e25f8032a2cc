//! A trip where nothing can be written: it is read all the same, whoever wants to
//! change it is told what to do, and it stays as it was.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Output};

/// A user without rights, on every Unix.
const NOBODY: u32 = 65_534;

/// Permissions stop no superuser, so that the program runs as nobody then.
fn run(program: &Path, superuser: bool, arguments: &[&str], ledger: &Path) -> Output {
    let mut command = Command::new(program);
    command
        .args(["--lang", "en"])
        .args(arguments)
        .arg("--ledger")
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
    // Where the program was built, nobody may not even look.
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

    for reading in [&["trip", "show"][..], &["report"]] {
        let output = run(reading);
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(said.contains("Ward-PC7"), "{reading:?}: {output:?}");
    }
    for writing in [
        &["trip", "import", list][..],
        &["collect", "--text", list],
        &["portal", "--no-clipboard"],
    ] {
        let output = run(writing);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success(), "{writing:?}: {output:?}");
        assert!(said.contains("may not be written here"), "{said}");
        assert!(said.contains("--ledger"), "{said}");
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
