//! A trip of as many PCs as there can be: what every command does beside
//! reading pictures.

use divan::Bencher;
use hikyaku::activation::{
    ActivationId, Label, MachineId, PcIdentity, ProductRequest, Request, practice_confirmation_id,
    practice_installation_id,
};
use hikyaku::i18n::{Lang, Messages};
use hikyaku::ledger::{Ledger, LedgerError};
use hikyaku::paper;
use hikyaku::trip::Time;
use hikyaku::trip::file::TripFile;
use hikyaku::trip::{About, Attribution, DeliveryList, Trip, report};
use std::path::PathBuf;
use std::sync::OnceLock;

/// PCs of the trip; few where only it is tried whether all of it runs.
fn pcs() -> usize {
    let measured = std::env::args().any(|argument| argument == "--bench");
    if measured { 10_000 } else { 20 }
}

fn main() {
    divan::main();
}

fn by() -> Attribution {
    Attribution {
        at: Time::try_from(1_790_000_000).expect("a time"),
        actor: None,
    }
}

fn request(number: usize) -> Request {
    let label = |text: &str| Label::cleaned(text).expect("a name");
    Request {
        pc: PcIdentity {
            name: label(&format!("WARD-PC{number}")),
            serial: Label::cleaned(&format!("S{number}")),
            machine: MachineId::of(None, Some(&format!("S{number}"))),
        },
        taken_at: chrono::DateTime::from_timestamp(1_790_000_000, 0).expect("a time"),
        products: vec![ProductRequest {
            activation_id: ActivationId::from_bytes([7; 16]),
            name: label("Windows(R), Professional edition"),
            key_tail: None,
            installation_id: practice_installation_id(&number.to_string()),
        }],
    }
}

fn about() -> About {
    About::named(Label::cleaned("large").expect("a name"), by().at)
}

/// A trip in which no PC has its Confirmation ID yet.
fn collected() -> &'static Trip {
    static COLLECTED: OnceLock<Trip> = OnceLock::new();
    COLLECTED.get_or_init(|| {
        let mut trip = Trip::new(about());
        for number in 0..pcs() {
            trip.collect(&request(number), &by()).expect("room");
        }
        trip
    })
}

/// A ledger in which every PC has its Confirmation ID, and the trip in it.
fn made() -> &'static (tempfile::TempDir, PathBuf, Trip) {
    static MADE: OnceLock<(tempfile::TempDir, PathBuf, Trip)> = OnceLock::new();
    MADE.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("large.trip.db");
        let mut ledger = Ledger::create(&path, &about()).expect("a ledger");
        let mut trip = collected().clone();
        for number in 0..pcs() {
            let iid = &request(number).products[0].installation_id;
            let cid = practice_confirmation_id(iid).into();
            trip.keep_cid(iid.tag(), &cid, false, &by())
                .expect("its answer");
        }
        ledger
            .change::<_, LedgerError>(|kept| {
                trip.clone_into(kept);
                Ok(())
            })
            .expect("kept");
        (folder, path, trip)
    })
}

#[divan::bench(max_time = 3)]
fn look(bencher: Bencher) {
    let (_, path, _) = made();
    bencher.bench(|| Ledger::read(path).expect("a ledger"));
}

#[divan::bench(max_time = 3)]
fn open_and_change_one_pc(bencher: Bencher) {
    let (_, path, _) = made();
    bencher.bench(|| {
        let mut ledger = Ledger::open(path).expect("a ledger");
        ledger.change::<_, LedgerError>(|trip| {
            trip.pcs[3].seen_at = Time::try_from(1_790_000_001).expect("a time");
            Ok(())
        })
    });
}

/// Every further change, such as the next photograph.
#[divan::bench(max_time = 3)]
fn change_one_pc_again(bencher: Bencher) {
    let (_, path, _) = made();
    let mut ledger = Ledger::open(path).expect("a ledger");
    let mut second = 1_790_000_002;
    bencher.bench_local(|| {
        second += 1;
        ledger.change::<_, LedgerError>(|trip| {
            trip.pcs[3].seen_at = Time::try_from(second).expect("a time");
            Ok(())
        })
    });
}

#[divan::bench(max_time = 3)]
fn collect_a_known_pc(bencher: Bencher) {
    let (_, _, trip) = made();
    let mut trip = trip.clone();
    let request = request(5);
    bencher.bench_local(|| trip.collect(&request, &by()));
}

#[divan::bench(max_time = 3)]
fn export(bencher: Bencher) {
    let (_, _, trip) = made();
    bencher.bench(|| trip.to_file(by().at).to_text());
}

#[divan::bench(max_time = 3)]
fn import(bencher: Bencher) {
    let (_, _, trip) = made();
    let text = trip.to_file(by().at).to_text();
    bencher.bench(|| {
        let file = TripFile::parse(&text).expect("what was exported");
        Trip::from_file(&file)
    });
}

#[divan::bench(max_time = 3)]
fn merge_nothing_new(bencher: Bencher) {
    let (_, _, trip) = made();
    let mut mine = trip.clone();
    bencher.bench_local(|| mine.merge(trip).expect("room"));
}

#[divan::bench(max_time = 3)]
fn show(bencher: Bencher) {
    let (_, _, trip) = made();
    bencher.bench(|| report(trip, by().at));
}

#[divan::bench(max_time = 3)]
fn parcels(bencher: Bencher) {
    let (_, _, trip) = made();
    bencher.bench(|| DeliveryList::of(trip, None));
}

#[divan::bench(max_time = 3, sample_count = 3)]
fn reply_sheet(bencher: Bencher) {
    let (_, _, trip) = made();
    let messages = Messages::new(Lang::En);
    bencher.bench_local(|| paper::reply_sheet(trip, "now", &messages).expect("a sheet"));
}

#[divan::bench(max_time = 3, sample_count = 3)]
fn request_sheet(bencher: Bencher) {
    let trip = collected();
    let messages = Messages::new(Lang::En);
    bencher.bench_local(|| paper::request_sheet(trip, "now", &messages).expect("a sheet"));
}
