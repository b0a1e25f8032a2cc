//! The facts of a trip: in whatever order and however often they arrive, the
//! result is the same, and none is lost.

use super::*;
use crate::activation::{
    ActivationId, ConfirmationDigits, HResult, InstallationId, Label, LicenseStatus, MachineId,
    PcIdentity, ProductReceipt, ProductRequest, Receipt, Reply, Request, practice_confirmation_id,
    practice_installation_id,
};
use crate::trip::file::TripFile;
use crate::trip::values::Time;
use chrono::DateTime;

pub(super) fn label(text: &str) -> Label {
    Label::cleaned(text).unwrap()
}

pub(super) fn by(at: u64) -> Attribution {
    Attribution {
        at: Time::try_from(at).unwrap(),
        actor: None,
    }
}

pub(super) fn trip() -> Trip {
    Trip::new(About::named(label("病棟3"), by(1).at))
}

pub(super) fn iid(seed: &str) -> InstallationId {
    practice_installation_id(seed)
}

pub(super) fn cid(seed: &str) -> ConfirmationDigits {
    practice_confirmation_id(&iid(seed)).into()
}

/// The request of a PC at a time by its own clock.
pub(super) fn asks(pc: &str, machine: Option<&str>, taken_at: i64, number: &str) -> Request {
    Request {
        pc: PcIdentity {
            name: label(pc),
            serial: None,
            machine: machine
                .and_then(|machine| MachineId::of(None, Some(&format!("machine {machine}")))),
        },
        taken_at: DateTime::from_timestamp(taken_at, 0).unwrap(),
        products: vec![ProductRequest {
            activation_id: ActivationId::from_bytes([1; 16]),
            name: label("Windows 11 Pro"),
            key_tail: None,
            installation_id: iid(number),
        }],
    }
}

pub(super) fn says(number: &str, at: i64, refusal: Option<u32>) -> Receipt {
    Receipt {
        pc: PcIdentity {
            name: label("A"),
            serial: None,
            machine: None,
        },
        issued_at: DateTime::from_timestamp(at, 0).unwrap(),
        products: vec![ProductReceipt {
            tag: iid(number).tag(),
            status: LicenseStatus::from(if refusal.is_some() { 5 } else { 1 }),
            refusal: refusal.map(HResult),
        }],
    }
}

fn current(trip: &Trip) -> (InstallationId, Option<ConfirmationDigits>) {
    let entry = &trip.pcs[0].entries[0];
    (entry.iid.clone(), entry.cid.clone())
}

fn through_a_file(trip: &Trip) -> Trip {
    let text = trip.to_file(by(99).at).to_text();
    Trip::from_file(&TripFile::parse(&text).unwrap()).unwrap()
}

#[test]
fn photographs_taken_in_again_destroy_no_confirmation_id() {
    let (old, new) = (
        asks("A", Some("A"), 500, "a"),
        asks("A", Some("A"), 600, "b"),
    );
    let mut trip = trip();
    trip.collect(&old, &by(10)).unwrap();
    trip.keep_cid(iid("a").tag(), &cid("a"), false, &by(20))
        .unwrap();
    trip.collect(&new, &by(30)).unwrap();
    trip.keep_cid(iid("b").tag(), &cid("b"), false, &by(40))
        .unwrap();
    // The whole folder again.
    let again = trip.collect(&old, &by(50)).unwrap();
    assert_eq!((again.older, again.changed, again.added), (1, 0, 0));
    assert!(trip.collect(&new, &by(51)).unwrap().is_known());
    assert_eq!(current(&trip), (iid("b"), Some(cid("b"))));
    // The number came back: its Confirmation ID is in hand again.
    let back = trip
        .collect(&asks("A", Some("A"), 700, "a"), &by(60))
        .unwrap();
    assert_eq!((back.changed, back.restored), (1, 1));
    assert_eq!(current(&trip), (iid("a"), Some(cid("a"))));
    assert_eq!(through_a_file(&trip).pcs, trip.pcs);
}

#[test]
fn an_older_photograph_changes_nothing_whatever_the_order_of_files() {
    let requests = [
        asks("A", Some("A"), 500, "a"),
        asks("A", Some("A"), 600, "b"),
        asks("A", Some("A"), 550, "c"),
    ];
    for order in [
        [0, 1, 2],
        [2, 1, 0],
        [1, 0, 2],
        [1, 2, 0],
        [0, 2, 1],
        [2, 0, 1],
    ] {
        let mut trip = trip();
        for at in order {
            trip.collect(&requests[at], &by(10 + at as u64)).unwrap();
        }
        assert_eq!(trip.pcs.len(), 1);
        assert_eq!(current(&trip).0, iid("b"), "{order:?}");
        assert_eq!(trip.pcs[0].entries[0].former().len(), 2);
    }
}

#[test]
fn equal_names_make_no_machine_and_the_person_is_asked() {
    let mut trip = trip();
    trip.collect(&asks("A", None, 500, "a"), &by(10)).unwrap();
    trip.keep_cid(iid("a").tag(), &cid("a"), false, &by(20))
        .unwrap();
    let second = trip.collect(&asks("A", None, 600, "b"), &by(30)).unwrap();
    assert_eq!(second.namesakes, ["A#1", "A#2"]);
    assert_eq!(
        (second.pc.as_str(), second.added, second.voided),
        ("A#2", 1, 0)
    );
    assert_eq!(trip.replies().count(), 1);
    assert_eq!(trip.find_pc("a#2").unwrap().entries[0].iid, iid("b"));
    assert!(matches!(
        trip.find_pc("A"),
        Err(TripError::SeveralPcs { .. })
    ));
    // Placeholder serial numbers are no evidence either.
    let with_serial = |seed: &str, taken_at, serial: &str| {
        let mut request = asks("B", None, taken_at, seed);
        request.pc.serial = Some(label(serial));
        request
    };
    for (seed, serial) in [
        ("p", "12345678"),
        ("q", "12345678"),
        ("r", "Default string"),
    ] {
        trip.collect(&with_serial(seed, 500, serial), &by(40))
            .unwrap();
    }
    assert_eq!(
        trip.pcs.iter().filter(|pc| pc.name.as_str() == "B").count(),
        3
    );
    // A real one is, for programs that wrote nothing else.
    for seed in ["s", "t"] {
        trip.collect(&with_serial(seed, 500, "PF3ABCDE"), &by(50))
            .unwrap();
    }
    assert_eq!(
        trip.pcs.iter().filter(|pc| pc.name.as_str() == "B").count(),
        4
    );
}

#[test]
fn a_person_joins_and_parts_and_merging_honours_it() {
    let mut here = trip();
    here.collect(&asks("A", None, 500, "a"), &by(10)).unwrap();
    here.keep_cid(iid("a").tag(), &cid("a"), false, &by(11))
        .unwrap();
    here.collect(&asks("A", None, 600, "b"), &by(12)).unwrap();
    let before = here.clone();
    let (one, other) = (here.pcs[0].id, here.pcs[1].id);
    assert_eq!(here.join_pcs(one, one, &by(20)), Err(TripError::SamePc));
    assert_eq!(here.join_pcs(one, other, &by(20)).unwrap(), "A");
    assert_eq!((here.pcs.len(), current(&here).0), (1, iid("b")));
    here.merge(&before).unwrap();
    assert_eq!(here.pcs.len(), 1);
    // A clock that goes backwards does not bring the join back.
    let joined = through_a_file(&here);
    let mut names = here.split_pc(here.pcs[0].id, &by(5)).unwrap();
    names.sort();
    assert_eq!(names, ["A#1", "A#2"]);
    here.merge(&joined).unwrap();
    here.merge(&before).unwrap();
    assert_eq!(here.pcs.len(), 2);
    let mut other_way = joined;
    other_way.merge(&here).unwrap();
    assert_eq!(other_way.pcs.len(), 2);
    assert_eq!(here.replies().count(), 1);
    assert!(matches!(
        here.split_pc(here.pcs[0].id, &by(40)),
        Err(TripError::NothingToPart { .. })
    ));
}

#[test]
fn clones_that_were_parted_are_not_united_by_what_they_share() {
    let mut trip = trip();
    trip.collect(&asks("A", Some("clone"), 500, "a"), &by(10))
        .unwrap();
    trip.collect(&asks("A", Some("clone"), 600, "b"), &by(11))
        .unwrap();
    assert_eq!(trip.pcs.len(), 1);
    trip.split_pc(trip.pcs[0].id, &by(12)).unwrap();
    let third = trip
        .collect(&asks("A", Some("clone"), 700, "c"), &by(13))
        .unwrap();
    assert_eq!((trip.pcs.len(), third.added), (3, 1));
    trip.collect(&asks("A", Some("clone"), 800, "a"), &by(14))
        .unwrap();
    assert_eq!(trip.pcs.len(), 3);
}

#[test]
fn what_was_withdrawn_does_not_come_back_by_a_merge() {
    let mut here = trip();
    here.collect(&asks("A", Some("A"), 500, "a"), &by(10))
        .unwrap();
    let tag = iid("a").tag();
    here.keep_cid(tag, &cid("z"), false, &by(20)).unwrap();
    let copy = through_a_file(&here);
    // In another session, with a clock that went backwards.
    let mut here = through_a_file(&here);
    here.take_back_cid(tag, &by(5)).unwrap();
    here.merge(&copy).unwrap();
    assert_eq!(here.entry(tag).unwrap().1.cid, None);
    assert_eq!(here.open_requests().count(), 1);
    let mut copy = copy;
    copy.merge(&here).unwrap();
    assert_eq!(copy.pcs, here.pcs);
    // Stored again it is in hand again, even within the same second.
    here.keep_cid(tag, &cid("z"), false, &by(20)).unwrap();
    here.merge(&copy).unwrap();
    assert_eq!(here.entry(tag).unwrap().1.cid, Some(cid("z")));
    assert_eq!(here.number(tag).unwrap().2.kept.len(), 2);
}

#[test]
fn a_packet_turns_nothing_back_and_resurrects_nothing() {
    let mut here = trip();
    let request = asks("A", Some("A"), 500, "a");
    here.collect(&request, &by(10)).unwrap();
    let tag = iid("a").tag();
    here.keep_cid(tag, &cid("a"), false, &by(20)).unwrap();
    here.close(&says("a", 800, None), &by(30)).unwrap();
    let packet = crate::activation::TripMessage {
        name: label("phone"),
        written_at: DateTime::from_timestamp(25, 0).unwrap(),
        requests: vec![request],
        replies: vec![Reply {
            cid: practice_confirmation_id(&iid("a")),
            tag,
        }],
        receipts: vec![says("a", 700, Some(0xC004_F031))],
    };
    let before = here.clone();
    here.take_packet(&packet, &by(40)).unwrap();
    assert_eq!(here.pcs[0].progress(), Progress::Activated);
    assert_eq!(
        here.number(tag).unwrap().2.kept,
        before.number(tag).unwrap().2.kept
    );
    // Withdrawn here, and still in a packet.
    let mut there = trip();
    there.collect(&packet.requests[0], &by(10)).unwrap();
    there.keep_cid(tag, &cid("a"), false, &by(20)).unwrap();
    there.take_back_cid(tag, &by(21)).unwrap();
    there.take_packet(&packet, &by(40)).unwrap();
    there.take_packet(&packet, &by(50)).unwrap();
    assert_eq!(there.entry(tag).unwrap().1.cid, None);
    // A Confirmation ID other than the one in hand is for a person to decide.
    let mut other = trip();
    other.collect(&packet.requests[0], &by(10)).unwrap();
    other.keep_cid(tag, &cid("z"), false, &by(20)).unwrap();
    let open = crate::activation::TripMessage {
        receipts: Vec::new(),
        ..packet
    };
    assert_eq!(other.take_packet(&open, &by(30)).unwrap().contested, 1);
    assert_eq!(other.take_packet(&open, &by(31)).unwrap().contested, 0);
    assert_eq!(other.replies().count(), 0);
}

#[test]
fn a_refusal_stands_while_what_was_refused_is_in_hand() {
    let mut trip = trip();
    trip.collect(&asks("A", Some("A"), 500, "a"), &by(10))
        .unwrap();
    let tag = iid("a").tag();
    trip.keep_cid(tag, &cid("z"), false, &by(20)).unwrap();
    let refused = says("a", 800, Some(0xC004_F031));
    trip.close(&refused, &by(30)).unwrap();
    trip.deliver(tag, &by(31)).unwrap();
    assert_eq!(trip.pcs[0].progress(), Progress::Failed);
    trip.take_back_cid(tag, &by(40)).unwrap();
    trip.keep_cid(tag, &cid("a"), false, &by(41)).unwrap();
    assert_eq!(trip.pcs[0].progress(), Progress::CidInHand);
    // The old receipt does not apply to the new one, and neither does an even
    // older one.
    trip.close(&refused, &by(50)).unwrap();
    trip.close(&says("a", 700, Some(0xC004_F031)), &by(51))
        .unwrap();
    assert_eq!(trip.pcs[0].progress(), Progress::CidInHand);
    trip.close(&says("a", 900, None), &by(60)).unwrap();
    trip.close(&refused, &by(61)).unwrap();
    assert_eq!(trip.pcs[0].progress(), Progress::Activated);
    assert_eq!(through_a_file(&trip).pcs, trip.pcs);
}

#[test]
fn one_confirmation_id_for_two_pcs_is_shown_to_neither() {
    let mut here = trip();
    here.collect(&asks("A", Some("A"), 500, "a"), &by(10))
        .unwrap();
    here.keep_cid(iid("a").tag(), &cid("a"), false, &by(11))
        .unwrap();
    let mut there = trip();
    there
        .collect(&asks("B", Some("B"), 500, "b"), &by(10))
        .unwrap();
    there
        .keep_cid(iid("b").tag(), &cid("a"), false, &by(12))
        .unwrap();
    let merged = here.merge(&there).unwrap();
    assert_eq!(merged.conflicts.len(), 2);
    assert_eq!(here.replies().count(), 0);
    here.take_back_cid(iid("b").tag(), &by(30)).unwrap();
    assert_eq!(here.entry(iid("a").tag()).unwrap().1.cid, Some(cid("a")));
    assert_eq!(here.replies().count(), 1);
    here.merge(&there).unwrap();
    assert_eq!(here.replies().count(), 1);
    // A person's word takes it away from the other number.
    here.keep_cid(iid("b").tag(), &cid("a"), true, &by(40))
        .unwrap();
    assert_eq!(here.entry(iid("a").tag()).unwrap().1.cid, None);
    assert_eq!(here.entry(iid("b").tag()).unwrap().1.cid, Some(cid("a")));
}

#[test]
fn a_merge_says_which_of_two_numbers_it_chose() {
    let record = |taken_at, number: &str| {
        let mut trip = trip();
        trip.collect(&asks("A", Some("A"), taken_at, number), &by(10))
            .unwrap();
        trip
    };
    let (mut here, there) = (record(600, "a"), record(500, "b"));
    let mut other_way = there.clone();
    let merged = here.merge(&there).unwrap();
    let told = &merged.numbers[0];
    assert_eq!(told.chosen, iid("a").masked());
    assert_eq!(told.other, iid("b").masked());
    assert_eq!(
        (told.chosen_at, told.other_at),
        (Some(by(600).at), Some(by(500).at))
    );
    assert_eq!(other_way.merge(&here).unwrap().numbers.len(), 1);
    assert_eq!(other_way.pcs[0].entries, here.pcs[0].entries);
    assert!(here.merge(&there).unwrap().numbers.is_empty());
    // At the same moment one is chosen nevertheless, and reported.
    let mut same = record(600, "c");
    assert_eq!(same.merge(&record(600, "d")).unwrap().numbers.len(), 1);
    // A person outweighs a clock, also after a merge.
    here.use_number(iid("b").tag(), &by(1)).unwrap();
    assert_eq!(current(&here).0, iid("b"));
    here.merge(&other_way).unwrap();
    assert_eq!(current(&here).0, iid("b"));
    here.use_number(iid("a").tag(), &by(1)).unwrap();
    assert_eq!(current(&here).0, iid("a"));
    assert_eq!(through_a_file(&here).pcs, here.pcs);
}

#[test]
fn records_of_before_there_were_facts_are_read() {
    let row = r#"{"id":7,"name":"A","serial":"PF3ABCDE","taken_at":500,"seen_at":90,"entries":[
        {"activation_id":"4de7cb65-cdf1-4de9-8ae8-e3cce27b9f2c","product":"Windows","iid":"IID","state":"failed",
         "cid":"CID","status":5,"hresult":"0xC004F031",
         "superseded":[{"iid":"OLD","cid":"OLDCID","at":30}],
         "steps":[{"kind":"collected","at":10},{"kind":"cid","at":20},{"kind":"changed","at":30},
                  {"kind":"cid","at":40,"actor":"佐藤"},{"kind":"delivered","at":50},
                  {"kind":"failed","at":60,"code":"0xC004F031"}]}]}"#
        .replace("OLDCID", cid("a").digits())
        .replace("OLD", iid("a").digits())
        .replace("\"CID\"", &format!("\"{}\"", cid("b").digits()))
        .replace("IID", iid("b").digits());
    let pc: Pc = serde_json::from_str(&row).unwrap();
    let mut trip = Trip::of(About::named(label("old"), by(1).at), vec![pc]);
    let entry = &trip.pcs[0].entries[0];
    assert_eq!(
        (entry.iid.clone(), entry.cid.clone()),
        (iid("b"), Some(cid("b")))
    );
    assert_eq!(trip.pcs[0].progress(), Progress::Failed);
    assert_eq!(entry.hresult.map(|code| code.0), Some(HResult(0xC004_F031)));
    assert_eq!(entry.number().kept[0].actor, Some(label("佐藤")));
    let kept = serde_json::to_string(&trip.pcs[0]).unwrap();
    assert_eq!(serde_json::from_str::<Pc>(&kept).unwrap(), trip.pcs[0]);
    // A request of today with its serial number is from the same PC; its
    // earlier number brings back its answer.
    let mut request = asks("A", None, 600, "a");
    request.pc.serial = Some(label("PF3ABCDE"));
    request.products[0].activation_id =
        ActivationId::parse("4de7cb65-cdf1-4de9-8ae8-e3cce27b9f2c").unwrap();
    assert_eq!(trip.collect(&request, &by(100)).unwrap().restored, 1);
    assert_eq!((trip.pcs.len(), current(&trip).1), (1, Some(cid("a"))));
    let planned: Pc =
        serde_json::from_str(r#"{"id":1,"name":"P","place":"x","seen_at":5,"entries":[]}"#)
            .unwrap();
    assert_eq!(
        (planned.progress(), planned.place),
        (Progress::Wanted, Some(label("x")))
    );
}

#[test]
fn what_a_device_without_facts_did_is_taken_from_its_file() {
    let mut here = trip();
    here.collect(&asks("A", Some("A"), 500, "a"), &by(10))
        .unwrap();
    let tag = iid("a").tag();
    here.keep_cid(tag, &cid("z"), false, &by(20)).unwrap();
    let written = here.to_file(by(30).at);
    // The phone takes it back and stores another one; it carries the facts
    // along.
    let mut file = written.clone();
    let entry = &mut file.pcs[0].entries[0];
    entry.cid = Some(cid("a").digits().to_owned());
    for (kind, at) in [("cid-taken-back", 40), ("cid", 50)] {
        entry
            .steps
            .push(serde_json::from_str(&format!(r#"{{"kind":"{kind}","at":{at}}}"#)).unwrap());
    }
    let phone = Trip::from_file(&file).unwrap();
    let gone = &phone.number(tag).unwrap().2.gone;
    assert_eq!((gone.len(), gone[0].at), (1, by(40).at));
    here.merge(&phone).unwrap();
    assert_eq!(here.entry(tag).unwrap().1.cid, Some(cid("a")));
    // What it wrote before does not undo that.
    here.merge(&Trip::from_file(&written).unwrap()).unwrap();
    assert_eq!(here.entry(tag).unwrap().1.cid, Some(cid("a")));
    assert_eq!(
        Trip::from_file(&here.to_file(by(80).at)).unwrap().pcs,
        here.pcs
    );
}
