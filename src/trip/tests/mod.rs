//! The rules of a trip, tested through its public methods.

mod any_order;
mod full;
mod join;
mod size;
mod work;

use super::file::TripFile;
use super::values::{StepKind, Time};
use super::*;
use crate::activation::{
    ActivationId, HResult, InstallationId, Label, LicenseStatus, MachineId, PcIdentity,
    ProductReceipt, ProductRequest, Receipt, Request, practice_confirmation_id,
    practice_installation_id,
};
use chrono::DateTime;
use proptest::prelude::*;

fn label(text: &str) -> Label {
    Label::cleaned(text).unwrap()
}

fn by(at: u64) -> Attribution {
    Attribution {
        at: Time::try_from(at).unwrap(),
        actor: Some(label("佐藤")),
    }
}

fn trip() -> Trip {
    Trip::new(About::named(label("病棟3"), by(1).at))
}

fn iid(seed: &str) -> InstallationId {
    practice_installation_id(seed)
}

/// A request taken at a time that its first number implies: `b` after `a`.
fn request(pc: &str, serial: Option<&str>, numbers: &[&str]) -> Request {
    let first = numbers.first().and_then(|seed| seed.bytes().last());
    let taken_at = 500 + i64::from(first.unwrap_or_default());
    Request {
        pc: PcIdentity {
            name: label(pc),
            serial: serial.map(label),
            machine: machine(serial.unwrap_or(pc)),
        },
        taken_at: DateTime::from_timestamp(taken_at, 0).unwrap(),
        products: numbers
            .iter()
            .zip(1_u8..)
            .map(|(seed, number)| ProductRequest {
                activation_id: ActivationId::from_bytes([number; 16]),
                name: label("Windows 11 Pro"),
                key_tail: None,
                installation_id: iid(seed),
            })
            .collect(),
    }
}

fn machine(of: &str) -> Option<MachineId> {
    MachineId::of(None, Some(&format!("machine of {of}")))
}

fn receipt(seed: &str, refusal: Option<u32>) -> Receipt {
    Receipt {
        pc: PcIdentity {
            name: label("whatever it is called by now"),
            serial: None,
            machine: None,
        },
        issued_at: DateTime::from_timestamp(900, 0).unwrap(),
        products: vec![ProductReceipt {
            tag: iid(seed).tag(),
            status: LicenseStatus::from(u32::from(refusal.is_none())),
            refusal: refusal.map(HResult),
        }],
    }
}

/// A trip in which one PC was activated.
fn answered(seed: &str) -> Trip {
    let mut trip = trip();
    trip.collect(&request("A", None, &[seed]), &by(10)).unwrap();
    let cid = practice_confirmation_id(&iid(seed)).into();
    trip.keep_cid(iid(seed).tag(), &cid, false, &by(20))
        .unwrap();
    trip
}

#[test]
fn the_same_pc_twice_is_one_and_a_changed_number_sets_its_answer_aside() {
    let mut trip = answered("a");
    let again = trip.collect(&request("A", None, &["a"]), &by(30)).unwrap();
    assert!(again.is_known());
    assert_eq!(trip.pcs[0].progress(), Progress::CidInHand);
    let changed = trip.collect(&request("A", None, &["b"]), &by(40)).unwrap();
    assert_eq!((changed.changed, changed.voided), (1, 1));
    let entry = &trip.pcs[0].entries[0];
    assert_eq!(entry.cid, None);
    assert_eq!(*entry.former()[0].iid, iid("a"));
    assert_eq!(trip.pcs.len(), 1);
    // The old answer is not taken for the new number without a question.
    let old = practice_confirmation_id(&iid("a")).into();
    assert_eq!(
        trip.keep_cid(iid("b").tag(), &old, false, &by(50)),
        Err(TripError::CidVoid { pc: "A".into() })
    );
}

#[test]
fn a_renamed_pc_and_a_bare_number_find_their_pc() {
    let mut trip = trip();
    trip.collect_number(&iid("a"), &NumberDetails::default(), &by(5))
        .unwrap();
    assert_eq!(
        (trip.pcs[0].name.as_str(), trip.pcs[0].bare),
        ("PC 1", true)
    );
    trip.collect(&request("WARD", Some("S1"), &["a", "b"]), &by(10))
        .unwrap();
    assert_eq!(trip.pcs.len(), 1);
    assert_eq!(
        (trip.pcs[0].name.as_str(), trip.pcs[0].bare),
        ("WARD", false)
    );
    trip.collect(&request("WARD-RENAMED", Some("S1"), &["c"]), &by(20))
        .unwrap();
    assert_eq!(trip.pcs.len(), 1);
    assert_eq!(trip.pcs[0].entries.len(), 2);
    // Two machines with one name are two PCs.
    trip.collect(&request("WARD-RENAMED", Some("S2"), &["d"]), &by(30))
        .unwrap();
    assert_eq!(trip.pcs.len(), 2);
}

#[test]
fn a_confirmation_id_never_goes_to_two_pcs_unasked() {
    let mut trip = answered("a");
    trip.collect(&request("B", None, &["b"]), &by(30)).unwrap();
    let first = practice_confirmation_id(&iid("a")).into();
    let tag = iid("b").tag();
    assert_eq!(
        trip.keep_cid(tag, &first, false, &by(40)),
        Err(TripError::CidOfOther { pc: "A".into() })
    );
    assert!(trip.entry(tag).unwrap().1.cid.is_none());
    let own = practice_confirmation_id(&iid("b")).into();
    trip.keep_cid(tag, &own, false, &by(41)).unwrap();
    assert_eq!(
        trip.keep_cid(
            tag,
            &practice_confirmation_id(&iid("c")).into(),
            false,
            &by(42)
        ),
        Err(TripError::CidReplaces { pc: "B".into() })
    );
    trip.take_back_cid(tag, &by(43)).unwrap();
    assert_eq!(
        trip.take_back_cid(tag, &by(44)),
        Err(TripError::NothingToTakeBack { pc: "B".into() })
    );
    assert_eq!(trip.open_requests().count(), 1);
}

#[test]
fn practice_and_real_numbers_never_meet() {
    const REAL: &str = "489126343257012289105546522085205332958764158851011127139061121";
    let mut trip = answered("a");
    let real = InstallationId::parse(REAL).unwrap();
    let before = trip.clone();
    assert_eq!(
        trip.collect_number(&real, &NumberDetails::default(), &by(30)),
        Err(TripError::PracticeMixed)
    );
    let mut other = super::tests::trip();
    other
        .collect_number(&real, &NumberDetails::default(), &by(30))
        .unwrap();
    assert_eq!(trip.merge(&other), Err(TripError::PracticeMixed));
    assert_eq!(trip, before);
}

#[test]
fn receipts_close_by_the_number_and_stay_closed() {
    let mut trip = answered("a");
    let failed = trip
        .close(&receipt("a", Some(0xC004_F031)), &by(60))
        .unwrap();
    assert_eq!((failed.activated, failed.failed), (0, 1));
    assert_eq!(trip.pcs[0].progress(), Progress::Failed);
    let closed = trip.close(&receipt("a", None), &by(70)).unwrap();
    assert_eq!((closed.pc.as_str(), closed.activated), ("A", 1));
    trip.deliver(iid("a").tag(), &by(80)).unwrap();
    assert_eq!(trip.pcs[0].progress(), Progress::Activated);
    let steps = trip.pcs[0].entries[0].steps().len();
    trip.close(&receipt("a", None), &by(90)).unwrap();
    assert_eq!(trip.pcs[0].entries[0].steps().len(), steps);
    assert_eq!(trip.close(&receipt("stranger", None), &by(99)), None);
    assert_eq!(trip.replies().count(), 0);
}

#[test]
fn a_trip_file_brings_back_what_was_written() {
    let mut trip = answered("a");
    trip.collect(&request("A", None, &["b"]), &by(40)).unwrap();
    trip.add_listed(
        &[ListedPc {
            name: label("later"),
            serial: None,
            place: None,
        }],
        &by(41),
    )
    .unwrap();
    let text = trip.to_file(by(50).at).to_text();
    let back = Trip::from_file(&TripFile::parse(&text).unwrap()).unwrap();
    assert_eq!(back.pcs, trip.pcs);
}

#[test]
fn two_answers_for_one_number_wait_for_a_persons_choice() {
    let mut mine = answered("a");
    let mut theirs = trip();
    theirs
        .collect(&request("A", None, &["a"]), &by(11))
        .unwrap();
    let other = practice_confirmation_id(&iid("z")).into();
    let tag = iid("a").tag();
    theirs.keep_cid(tag, &other, false, &by(21)).unwrap();
    let merged = mine.merge(&theirs).unwrap();
    assert_eq!(merged.conflicts.len(), 1);
    let entry = &mine.pcs[0].entries[0];
    assert_eq!((entry.cid.as_ref(), entry.rivals.len()), (None, 2));
    assert_eq!(entry.progress(), Progress::Contested);
    assert_eq!(mine.replies().count() + mine.open_requests().count(), 0);
    // Reported once, and the same in the other direction.
    assert!(mine.merge(&theirs).unwrap().conflicts.is_empty());
    theirs.merge(&mine).unwrap();
    assert_eq!(theirs.pcs, mine.pcs);
    // A third record does not outweigh a person.
    let own = practice_confirmation_id(&iid("a")).into();
    assert_eq!(
        mine.keep_cid(tag, &own, false, &by(40)),
        Err(TripError::CidReplaces { pc: "A".into() })
    );
    mine.keep_cid(tag, &own, true, &by(41)).unwrap();
    assert_eq!(mine.pcs[0].entries[0].cid, Some(own.clone()));
    mine.merge(&theirs).unwrap();
    assert_eq!(mine.pcs[0].entries[0].cid, Some(own));
}

#[test]
fn lists_of_pcs_come_in_as_spreadsheets_write_them() {
    let list = "\u{feff}番号,PC名,場所,シリアル\r\n1,病棟3-PC1,\"受付, 奥\",S-1\r\n2,,,\r\n3,'=cmd|'/c calc'!A1,,\r\n";
    let planned = read_pc_list(list).unwrap();
    assert_eq!(planned.len(), 2);
    assert_eq!(planned[0].place, Some(label("受付, 奥")));
    let mut trip = trip();
    assert_eq!(trip.add_listed(&planned, &by(2)), Ok(2));
    assert_eq!(trip.add_listed(&planned, &by(3)), Ok(0));
    assert_eq!(trip.pcs[0].progress(), Progress::Wanted);
    // What a spreadsheet would run as a formula is written as text.
    let written = pc_list_csv(&trip);
    assert!(written.contains("'=cmd|"), "{written}");
    assert_eq!(read_pc_list(&written).unwrap(), planned);
    assert_eq!(read_pc_list("a,b\n1,2\n"), Err(PcListError::NoNames));
}

#[test]
fn the_record_masks_numbers_and_counts_what_is_open() {
    let mut trip = answered("a");
    trip.collect(&request("B", None, &["b"]), &by(30)).unwrap();
    trip.add_listed(
        &[ListedPc {
            name: label("C"),
            serial: None,
            place: None,
        }],
        &by(41),
    )
    .unwrap();
    trip.close(&receipt("a", None), &by(60)).unwrap();
    let report = report(&trip, by(99).at);
    let Totals {
        pcs,
        pcs_done,
        products,
        activated,
        failed,
        wanted,
    } = report.totals;
    assert_eq!(
        [pcs, pcs_done, products, activated, failed, wanted],
        [3, 1, 2, 1, 0, 1]
    );
    assert!(report.practice);
    assert_eq!(report.rows[0].by.as_deref(), Some("佐藤"));
    let all = serde_json::to_string(&report).unwrap();
    let cid = practice_confirmation_id(&iid("a"));
    assert!(!all.contains(iid("a").digits()) && !all.contains(cid.digits()));
    assert!(!all.contains(iid("a").groups()[4]) && !all.contains(cid.groups()[3]));
}

#[test]
fn the_record_is_a_table_with_a_line_for_every_product() {
    let mut trip = answered("a");
    trip.collect(&request("B", Some("0012345"), &["b"]), &by(30))
        .unwrap();
    let other = practice_confirmation_id(&iid("b")).into();
    trip.keep_cid(iid("b").tag(), &other, false, &by(40))
        .unwrap();
    trip.close(&receipt("a", Some(0xC004_F031)), &by(50));
    trip.close(&receipt("b", None), &by(60));
    let report = report(&trip, by(99).at);
    assert_eq!((report.totals.failed, report.totals.activated), (1, 1));
    let facts = report.totals.facts();
    assert!(facts.contains(&("failed", 1_usize.into())));
    assert!(facts.contains(&("pcs", 2_usize.into())));
    let heads = std::array::from_fn(|column| format!("head {column}"));
    let table = report_csv(
        &report,
        &heads,
        |progress| progress.message_id().to_owned(),
        |status| format!("status {}", u32::from(status)),
        |time| format!("second {}", u64::from(time)),
    );
    let lines: Vec<&str> = table.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines.len(), 3);
    assert!(lines[0].starts_with("head 0,head 1,"));
    assert!(lines[1].starts_with("A,"));
    assert!(lines[1].contains("progress-failed,0xC004F031,status 0,second 10,second 20,"));
    assert!(
        lines[2].starts_with("B,\"=\"\"0012345\"\"\","),
        "{}",
        lines[2]
    );
    assert!(lines[2].contains("progress-activated,,status 1,second 30,second 40,"));
}

/// What can happen on a trip, in any order.
#[derive(Debug, Clone)]
enum RandomStep {
    Collect(u8),
    Answer(u8),
    TakeBack(u8),
    Deliver(u8),
    Close(u8, bool),
    SawActivated(u8),
}

fn events() -> impl Strategy<Value = Vec<RandomStep>> {
    let number = 0_u8..6;
    let event = prop_oneof![
        number.clone().prop_map(RandomStep::Collect),
        number.clone().prop_map(RandomStep::Answer),
        number.clone().prop_map(RandomStep::TakeBack),
        number.clone().prop_map(RandomStep::Deliver),
        number.clone().prop_map(RandomStep::SawActivated),
        (number, any::<bool>()).prop_map(|(number, ok)| RandomStep::Close(number, ok)),
    ];
    proptest::collection::vec(event, 0..24)
}

fn walked(events: &[RandomStep], begun: u64) -> Trip {
    let mut trip = trip();
    for (event, at) in events.iter().zip(begun..) {
        let seed = |number: &u8| format!("number {number}");
        let tag = |number: &u8| iid(&seed(number)).tag();
        // What a trip refuses is not part of it.
        match event {
            // A number belongs to one machine, which may have had others.
            RandomStep::Collect(number) => {
                let pc = format!("PC-{}", number % 3);
                let _ = trip.collect(&request(&pc, None, &[&seed(number)]), &by(at));
            }
            RandomStep::Answer(number) => {
                let cid = practice_confirmation_id(&iid(&seed(number))).into();
                let _ = trip.keep_cid(tag(number), &cid, false, &by(at));
            }
            RandomStep::TakeBack(number) => {
                let _ = trip.take_back_cid(tag(number), &by(at));
            }
            RandomStep::Deliver(number) => {
                let _ = trip.deliver(tag(number), &by(at));
            }
            RandomStep::SawActivated(number) => {
                let _ = trip.saw_activated(tag(number), &by(at));
            }
            RandomStep::Close(number, ok) => {
                let refusal = (!ok).then_some(0xC004_F031);
                let _ = trip.close(&receipt(&seed(number), refusal), &by(at));
            }
        }
    }
    trip
}

/// Every Installation ID in a trip, with every Confirmation ID that ever came
/// in for it.
fn numbers(trip: &Trip) -> std::collections::BTreeSet<(String, String)> {
    let pairs = trip.numbers().flat_map(|number| {
        let iid = number.iid.digits().to_owned();
        let cids = number.kept.iter().map(|kept| kept.cid.digits().to_owned());
        let all: Vec<_> = cids.chain([String::new()]).collect();
        all.into_iter().map(move |cid| (iid.clone(), cid))
    });
    pairs.collect()
}

/// Checks that merging twice is merging once, that no number is lost or
/// duplicated, and that what was activated stays activated.
fn merge_and_check(mine: &[RandomStep], theirs: &[RandomStep]) {
    let (mine, theirs) = (walked(mine, 100), walked(theirs, 1000));
    let mut merged = mine.clone();
    merged.merge(&theirs).unwrap();
    let mut again = merged.clone();
    let second = again.merge(&theirs).unwrap();
    assert_eq!(again, merged);
    assert_eq!((second.pcs, second.entries), (0, 0));
    let known = numbers(&merged);
    for (iid, cid) in numbers(&mine).into_iter().chain(numbers(&theirs)) {
        let kept = known
            .iter()
            .any(|(one, other)| *one == iid && (cid.is_empty() || *other == cid));
        assert!(kept, "{iid} {cid} is lost");
    }
    let mut tags: Vec<_> = merged.entries().map(|(_, entry)| entry.tag()).collect();
    let all = tags.len();
    tags.sort();
    tags.dedup();
    assert_eq!(tags.len(), all);
    for (_, entry) in mine.entries().chain(theirs.entries()) {
        let closed = entry.last(StepKind::Activated).is_some();
        if closed && let Some((_, here)) = merged.entry(entry.tag()) {
            assert!(here.last(StepKind::Activated).is_some());
        }
    }
}

/// Found by the property below: the later number of a PC came from the other
/// trip, and so did an earlier one.
#[test]
fn a_merge_with_three_numbers_of_one_pc_is_done_in_one_go() {
    merge_and_check(
        &[RandomStep::Collect(2)],
        &[RandomStep::Collect(0), RandomStep::Collect(2)],
    );
    merge_and_check(
        &[RandomStep::Collect(2)],
        &[
            RandomStep::Collect(5),
            RandomStep::Collect(2),
            RandomStep::Collect(5),
        ],
    );
}

proptest! {
    #[test]
    fn merging_loses_and_doubles_nothing(mine in events(), theirs in events()) {
        merge_and_check(&mine, &theirs);
    }

    /// A file preserves everything.
    #[test]
    fn every_walk_survives_its_file(events in events()) {
        let trip = walked(&events, 100);
        let text = trip.to_file(by(9000).at).to_text();
        let back = Trip::from_file(&TripFile::parse(&text).unwrap()).unwrap();
        prop_assert_eq!(back.to_file(by(9000).at).to_text(), text);
    }

    /// Whatever a list, a clipboard or a keyboard contains, the result is an
    /// answer or an error, never a panic.
    #[test]
    fn texts_from_outside_are_survived(text in "(?s).{0,400}", digits in "[0-9 \\-A-H:]{0,120}") {
        let _ = read_pc_list(&text);
        let _ = read_pc_list(&format!("pc,serial\n{text}"));
        for said in [&text, &digits] {
            let mut desk = PortalQueue::new(vec![iid("a").tag()], std::time::Duration::ZERO);
            desk.copied(said);
            desk.typed(said);
            desk.before(Some(said));
        }
    }
}
