//! A program that is killed at any moment has kept everything that it acknowledged, and
//! nothing twice.
//!
//! Tests thirty moments; `HIKYAKU_KILLS` sets another number.

use hikyaku::activation::{
    ActivationId, InstallationId, Label, PcIdentity, ProductRequest, Request,
    practice_confirmation_id, practice_installation_id,
};
use hikyaku::ledger::Ledger;
use hikyaku::symbol::{Symbol, png};
use hikyaku::trip::Time;
use hikyaku::trip::file::TripFile;
use hikyaku::trip::{About, Attribution, Trip};
use hikyaku::wire::Packet;
use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

const PCS: usize = 24;

fn iid(number: usize) -> InstallationId {
    practice_installation_id(&format!("kill {number}"))
}

fn request(number: usize) -> Request {
    Request {
        pc: PcIdentity {
            name: Label::cleaned(&format!("PC-{number:02}")).unwrap(),
            serial: None,
            machine: None,
        },
        taken_at: chrono::DateTime::from_timestamp(1_790_000_000, 0).unwrap(),
        products: vec![ProductRequest {
            activation_id: ActivationId::from_bytes([7; 16]),
            name: Label::cleaned("Windows 11 Pro").unwrap(),
            key_tail: None,
            installation_id: iid(number),
        }],
    }
}

fn by() -> Attribution {
    Attribution {
        at: Time::try_from(1_790_000_000).unwrap(),
        actor: None,
    }
}

fn about() -> About {
    About::named(Label::cleaned("kill").unwrap(), by().at)
}

/// A trip in which all PCs are collected.
fn collected() -> Trip {
    let mut trip = Trip::new(about());
    for number in 0..PCS {
        trip.collect(&request(number), &by()).unwrap();
    }
    trip
}

/// What the program does when it is killed.
#[derive(Debug, Clone, Copy)]
enum Work {
    Collect,
    Portal,
    Merge,
}

/// Runs the program and kills it after `after`; returns the JSON lines by which it
/// acknowledged its work.
fn killed(work: Work, folder: &Path, ledger: &Path, after: Duration) -> Vec<String> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hikyaku"));
    command
        .args(["--json", "--lang", "en"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    match work {
        Work::Collect => command.arg("collect").arg(folder.join("pictures")),
        Work::Portal => command.args(["portal", "--no-clipboard"]),
        Work::Merge => command
            .args(["trip", "merge"])
            .arg(folder.join("other.json")),
    };
    let mut child = command.arg("--trip").arg(ledger).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    if matches!(work, Work::Portal) {
        let mut answers = String::new();
        for number in 0..PCS {
            answers += practice_confirmation_id(&iid(number)).digits();
            answers.push('\n');
        }
        // It may have ended already.
        let _ = input.write_all(answers.as_bytes());
    }
    std::thread::sleep(after);
    child.kill().unwrap();
    drop(input);
    let mut told = String::new();
    child
        .stdout
        .take()
        .unwrap()
        .read_to_string(&mut told)
        .unwrap();
    child.wait().unwrap();
    // A truncated line does not count.
    let whole = told.rfind('\n').map_or("", |end| &told[..end]);
    whole.lines().map(str::to_owned).collect()
}

#[test]
fn whoever_is_killed_keeps_what_was_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let pictures = folder.path().join("pictures");
    std::fs::create_dir(&pictures).unwrap();
    for number in 0..PCS {
        let text = Packet::Request(request(number)).to_text().unwrap();
        let picture = png(&Symbol::encode(&text).unwrap(), 4).unwrap();
        std::fs::write(pictures.join(format!("{number:02}.png")), picture).unwrap();
    }
    let other = collected().to_file(by().at).to_text();
    std::fs::write(folder.path().join("other.json"), other).unwrap();

    let kills = std::env::var("HIKYAKU_KILLS")
        .ok()
        .and_then(|kills| kills.parse().ok());
    let mut acknowledged = 0;
    for round in 0..kills.unwrap_or(30_u64) {
        let work = [Work::Collect, Work::Portal, Work::Merge][round as usize % 3];
        let path = folder.path().join(format!("{round}.trip.db"));
        let mut ledger = Ledger::create(&path, &about()).unwrap();
        if matches!(work, Work::Portal) {
            let all = collected();
            ledger
                .change(|trip| {
                    *trip = all;
                    Ok::<_, hikyaku::ledger::LedgerError>(())
                })
                .unwrap();
        }
        drop(ledger);
        // Some moment between start and end.
        let after = Duration::from_micros(round.wrapping_mul(0x9E37_79B9_7F4A_7C15) % 160_000);
        let told = killed(work, folder.path(), &path, after);
        acknowledged += told.len();

        let trip = Ledger::open(&path).unwrap().trip().unwrap();
        // A file with a duplicate number is not readable.
        TripFile::parse(&trip.to_file(by().at).to_text()).unwrap();
        let names: BTreeSet<&str> = trip.pcs.iter().map(|pc| pc.name.as_str()).collect();
        assert_eq!(
            names.len(),
            trip.pcs.len(),
            "{work:?} {after:?}: a PC twice"
        );
        for line in &told {
            let told: serde_json::Value = serde_json::from_str(line).unwrap();
            match work {
                Work::Collect => {
                    let pc = told["pc"].as_str().unwrap();
                    assert!(names.contains(pc), "{after:?}: {pc} is lost");
                }
                Work::Portal => {
                    let pc = told["pc"].as_str().unwrap();
                    let kept = trip.pcs.iter().find(|one| one.name.as_str() == pc).unwrap();
                    assert!(
                        kept.entries[0].cid.is_some(),
                        "{after:?}: answer of {pc} is lost"
                    );
                }
                Work::Merge => assert_eq!(trip.pcs.len(), PCS, "{after:?}"),
            }
        }
        // All or nothing.
        if matches!(work, Work::Merge) {
            assert!(
                [0, PCS].contains(&trip.pcs.len()),
                "{after:?}: half a merge"
            );
        }
    }
    assert!(acknowledged > 0, "it was killed too early, every time");
}

/// Killed at any moment, an export leaves the old file or the new one, and nothing
/// else, since it contains Confirmation IDs.
#[test]
fn an_export_that_is_killed_leaves_nothing_half_written() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = folder.path().join("big.trip.db");
    let mut big = Ledger::create(&ledger, &about()).unwrap();
    big.change(|trip| {
        for number in 0..300 {
            trip.collect(&request(number), &by()).unwrap();
            let cid = practice_confirmation_id(&iid(number)).into();
            trip.keep_cid(iid(number).tag(), &cid, false, &by())
                .unwrap();
        }
        Ok::<_, hikyaku::ledger::LedgerError>(())
    })
    .unwrap();
    drop(big);
    let out = folder.path().join("out");
    std::fs::create_dir(&out).unwrap();
    let file = out.join("trip.json");
    let mut whole = 0;
    for round in 0..40_u64 {
        let is_old = round % 2 == 0;
        if is_old {
            std::fs::write(&file, "old").unwrap();
        } else {
            let _ = std::fs::remove_file(&file);
        }
        let mut child = Command::new(env!("CARGO_BIN_EXE_hikyaku"))
            .args(["--lang", "en", "trip", "export"])
            .arg(&file)
            .arg("--trip")
            .arg(&ledger)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_micros(
            round.wrapping_mul(0x9E37_79B9_7F4A_7C15) % 150_000,
        ));
        child.kill().unwrap();
        child.wait().unwrap();
        let beside: Vec<_> = std::fs::read_dir(&out).unwrap().flatten().collect();
        assert!(beside.len() <= 1, "{beside:?}");
        match std::fs::read_to_string(&file) {
            Ok(text) if is_old && text == "old" => {}
            Ok(text) => {
                TripFile::parse(&text).unwrap();
                whole += 1;
            }
            Err(error) => assert!(!is_old, "{error}"),
        }
    }
    assert!(whole > 0, "it was killed too early, every time");
}
