//! Merging two records of one number, fact by fact.

use super::any_order::{asks, by, cid, iid, label, says, trip};
use super::*;
use crate::activation::Tag;
use crate::trip::facts::NumberFacts;

/// The result of the merge, checked in both directions.
fn joined(one: &Trip, other: &Trip, tag: Tag) -> NumberFacts {
    let ways = [(one, other), (other, one)].map(|(mine, theirs)| {
        let mut all = mine.clone();
        all.merge(theirs).unwrap();
        all.number(tag).unwrap().2.clone()
    });
    assert_eq!(ways[0], ways[1]);
    ways[0].clone()
}

/// The number `a` of the PC `A`, with its Confirmation ID.
fn answered() -> (Trip, Tag) {
    let mut trip = trip();
    trip.collect(&asks("A", Some("m"), 500, "a"), &by(10))
        .unwrap();
    let tag = iid("a").tag();
    trip.keep_cid(tag, &cid("a"), false, &by(20)).unwrap();
    (trip, tag)
}

fn actor(name: &str, at: u64) -> Attribution {
    Attribution {
        actor: Some(label(name)),
        ..by(at)
    }
}

#[test]
fn of_two_who_took_one_back_the_first_one_did() {
    let (one, tag) = answered();
    let (mut first, mut second) = (one.clone(), one);
    first.take_back_cid(tag, &actor("佐藤", 30)).unwrap();
    second.take_back_cid(tag, &actor("鈴木", 40)).unwrap();
    let gone = joined(&first, &second, tag).gone;
    assert_eq!(gone.len(), 1);
    assert_eq!(
        (gone[0].at, &gone[0].actor),
        (by(30).at, &Some(label("佐藤")))
    );
}

#[test]
fn a_reply_was_shown_first_by_the_first_and_last_by_the_last() {
    let (one, tag) = answered();
    let (mut first, mut second) = (one.clone(), one);
    first.deliver(tag, &actor("佐藤", 30)).unwrap();
    second.deliver(tag, &actor("鈴木", 40)).unwrap();
    let shown = joined(&first, &second, tag).shown;
    assert_eq!(shown.len(), 1);
    assert_eq!((shown[0].first, shown[0].last), (by(30).at, by(40).at));
    assert_eq!(shown[0].actor, Some(label("佐藤")));
}

#[test]
fn a_receipt_that_two_read_is_one_and_the_first_read_it() {
    let (one, tag) = answered();
    let (mut first, mut second) = (one.clone(), one);
    let refused = Some(0xC004_F031);
    first.close(&says("a", 70, refused), &actor("佐藤", 80));
    second.close(&says("a", 60, refused), &actor("鈴木", 90));
    let receipts = joined(&first, &second, tag).receipts;
    assert_eq!(receipts.len(), 1);
    let receipt = &receipts[0];
    assert_eq!((receipt.first, receipt.last), (by(60).at, by(70).at));
    assert_eq!(
        (receipt.read_at, &receipt.actor),
        (by(80).at, &Some(label("佐藤")))
    );
}

#[test]
fn what_was_said_last_of_two_numbers_counts() {
    let (mut one, tag) = answered();
    one.collect(&asks("A", Some("m"), 600, "b"), &by(30))
        .unwrap();
    let (mut first, mut second) = (one.clone(), one);
    first.use_number(tag, &actor("佐藤", 40)).unwrap();
    second.use_number(tag, &actor("鈴木", 50)).unwrap();
    let newer = joined(&first, &second, tag).newer;
    assert_eq!(newer.len(), 1);
    assert_eq!(
        (newer[0].at, &newer[0].actor),
        (by(50).at, &Some(label("鈴木")))
    );
    // Each changes their mind after hearing from the other.
    first.merge(&second).unwrap();
    first.use_number(iid("b").tag(), &by(45)).unwrap();
    second.merge(&first).unwrap();
    assert_eq!(second.pcs[0].entries[0].iid, iid("b"));
}

#[test]
fn who_saw_it_first_saw_it_first() {
    let mut first = trip();
    let mut second = trip();
    let request = asks("A", Some("m"), 500, "a");
    first.collect(&request, &actor("佐藤", 10)).unwrap();
    second.collect(&request, &actor("鈴木", 20)).unwrap();
    let number = joined(&first, &second, iid("a").tag());
    assert_eq!(
        (number.first_seen, number.last_seen),
        (by(10).at, by(20).at)
    );
    assert_eq!(number.seen_by, Some(label("佐藤")));
}

#[test]
fn a_conflict_is_told_when_it_comes_up_and_not_again() {
    let (one, tag) = answered();
    let (mut here, mut there) = (one.clone(), one);
    there.keep_cid(tag, &cid("z"), true, &by(30)).unwrap();
    here.take_back_cid(tag, &by(31)).unwrap();
    here.keep_cid(tag, &cid("y"), false, &by(32)).unwrap();
    assert_eq!(here.merge(&there).unwrap().conflicts.len(), 1);
    assert_eq!(here.pcs[0].progress(), Progress::Contested);
    there.collect(&asks("B", None, 500, "b"), &by(50)).unwrap();
    let merged = here.merge(&there).unwrap();
    assert_eq!((merged.entries, merged.conflicts.len()), (1, 0));
    assert_eq!(here.conflicts().len(), 1);
}

#[test]
fn of_many_names_the_ones_told_last_are_kept() {
    let mut trip = trip();
    let iid = iid("a");
    for taken_at in 1..=40 {
        let facts = NumberDetails {
            pc: Some(label(&format!("name {taken_at:02}"))),
            taken_at: Some(by(taken_at).at),
            ..NumberDetails::default()
        };
        trip.collect_number(&iid, &facts, &by(50)).unwrap();
    }
    let (_, _, number) = trip.number(iid.tag()).unwrap();
    let mut kept: Vec<_> = number.readings.iter().map(|one| one.taken_at).collect();
    kept.sort();
    assert_eq!(kept.len(), 32);
    assert_eq!(kept[0], Some(by(9).at));
    assert_eq!(number.taken_at(), Some(by(40).at));
}

#[test]
fn an_earlier_word_of_the_licence_store_is_of_what_was_in_hand_then() {
    let (mut trip, tag) = answered();
    let state = |trip: &Trip| trip.pcs[0].progress();
    trip.close(&says("a", 100, Some(0xC004_F031)), &by(110));
    assert_eq!(state(&trip), Progress::Failed);
    trip.keep_cid(tag, &cid("other"), true, &by(120)).unwrap();
    assert_eq!(state(&trip), Progress::CidInHand);
    // The same statement, no newer than the known one, refers to the previous
    // Confirmation ID.
    trip.close(&says("a", 90, Some(0xC004_F031)), &by(130));
    assert_eq!(state(&trip), Progress::CidInHand);
    // Another statement refers to the one in hand, whatever the PC's clock
    // says.
    trip.close(&says("a", 90, Some(0xC004_F04D)), &by(140));
    assert_eq!(state(&trip), Progress::Failed);
    // And the same statement again, later.
    let (mut trip, tag) = answered();
    trip.close(&says("a", 100, Some(0xC004_F031)), &by(110));
    trip.keep_cid(tag, &cid("other"), true, &by(120)).unwrap();
    trip.close(&says("a", 130, Some(0xC004_F031)), &by(140));
    assert_eq!(state(&trip), Progress::Failed);
}

#[test]
fn what_one_of_two_readings_of_a_moment_knows_is_known() {
    let mut knows = asks("A", Some("m"), 500, "a");
    knows.products[0].key_tail = crate::activation::KeyTail::parse("3V66T");
    let [first, second] = [knows, asks("A", Some("m"), 500, "a")].map(|request| {
        let mut trip = trip();
        trip.collect(&request, &by(10)).unwrap();
        trip
    });
    let number = joined(&first, &second, iid("a").tag());
    assert_eq!(number.key_tail().unwrap().as_str(), "3V66T");
}

/// Checks that the estimated size of a file is never too small.
fn fits_what_was_reckoned(trip: &Trip) {
    let file = trip.to_file(by(1).at).to_text();
    assert!(file.len() < trip.weight() + 500, "{} bytes", file.len());
}

#[test]
fn a_file_takes_no_more_than_was_reckoned_whatever_it_is_full_of() {
    let long = label(&"\"".repeat(96));
    let by = |at| Attribution {
        actor: Some(long.clone()),
        ..by(at)
    };
    let begun = || {
        let mut trip = trip();
        let mut request = asks("A", Some("m"), 500, "a");
        request.pc.name = long.clone();
        request.products[0].name = long.clone();
        trip.collect(&request, &by(10)).unwrap();
        trip
    };
    let tag = iid("a").tag();
    let cid_of = |number: u64| cid(&number.to_string());

    let mut taken_back = begun();
    let mut shown = begun();
    let mut refused = begun();
    let mut all_of_it = begun();
    for number in 0..60 {
        let (at, cid) = (by(20 + 2 * number), cid_of(number));
        taken_back.keep_cid(tag, &cid, true, &at).unwrap();
        taken_back.take_back_cid(tag, &at).unwrap();
        shown.keep_cid(tag, &cid, true, &at).unwrap();
        shown.deliver(tag, &at).unwrap();
        shown.deliver(tag, &by(21 + 2 * number)).unwrap();
        let refusal = says("a", 600, Some(0xC004_F000 + number as u32));
        refused.close(&refusal, &at);
        all_of_it.keep_cid(tag, &cid, true, &at).unwrap();
        all_of_it.deliver(tag, &at).unwrap();
        all_of_it.close(&refusal, &at);
    }

    // Numbers of one product, each declared newer than all others.
    let mut changed = begun();
    for number in 0..40 {
        let request = asks("A", Some("m"), 600 + number, &number.to_string());
        changed.collect(&request, &by(20)).unwrap();
    }
    for number in 0..40 {
        let tag = iid(&number.to_string()).tag();
        changed.use_number(tag, &by(30)).unwrap();
    }

    // Numbers that are read again under many names.
    let mut named = begun();
    for number in 0..40 {
        let name = format!("{number:02}{}", "\"".repeat(94));
        let mut request = asks(&name, Some("m"), 600 + number, "a");
        request.pc.serial = Some(label(&name));
        request.products[0].name = long.clone();
        named.collect(&request, &by(20)).unwrap();
    }

    // Many numbers in one text, and many that a person tied one by one.
    let numbers = |from: u64| {
        (from..from + 60).map(|seed| (iid(&seed.to_string()), NumberDetails::default()))
    };
    let mut together = begun();
    let listed: Vec<_> = numbers(100).collect();
    together.collect_numbers(&listed, &by(20)).unwrap();
    let mut tied = begun();
    for (number, facts) in numbers(200) {
        tied.collect_number(&number, &facts, &by(20)).unwrap();
        let (one, other) = (tied.pcs[0].id, tied.pcs[1].id);
        tied.join_pcs(one, other, &by(30)).unwrap();
    }

    let mut wanted = trip();
    let list: Vec<ListedPc> = (0..60)
        .map(|number| ListedPc {
            name: label(&format!("{number:02}{}", "\"".repeat(94))),
            serial: Some(long.clone()),
            place: Some(long.clone()),
        })
        .collect();
    wanted.add_listed(&list, &by(20)).unwrap();

    // Many names on the list for one PC, by its serial number.
    let serial = label(&format!("PF3ABCDE{}", "\"".repeat(88)));
    let mut listed = trip();
    let mut request = asks("A", Some("m"), 500, "a");
    request.pc.serial = Some(serial.clone());
    listed.collect(&request, &by(10)).unwrap();
    let list: Vec<ListedPc> = list
        .into_iter()
        .map(|one| ListedPc {
            serial: Some(serial.clone()),
            ..one
        })
        .collect();
    listed.add_listed(&list, &by(20)).unwrap();
    assert_eq!(listed.pcs.len(), 1);

    for full in [
        listed,
        begun(),
        taken_back,
        shown,
        refused,
        all_of_it,
        changed,
        named,
        together,
        tied,
        wanted,
    ] {
        fits_what_was_reckoned(&full);
    }
}

#[test]
fn a_machine_that_clones_share_says_nothing_of_the_next_number_either() {
    let mut trip = trip();
    for seed in ["x", "y"] {
        trip.collect_number(&iid(seed), &NumberDetails::default(), &by(10))
            .unwrap();
    }
    let (one, other) = (trip.pcs[0].id, trip.pcs[1].id);
    trip.join_pcs(one, other, &by(20)).unwrap();
    trip.split_pc(trip.pcs[0].id, &by(30)).unwrap();
    assert_eq!(trip.pcs.len(), 2);
    // A request shows that they are on one PC after all.
    let mut both = asks("A", Some("m"), 500, "x");
    both.products
        .extend(asks("A", Some("m"), 500, "y").products);
    trip.collect(&both, &by(40)).unwrap();
    assert_eq!(trip.pcs.len(), 1);
    trip.collect(&asks("A", Some("m"), 600, "z"), &by(50))
        .unwrap();
    let again = Trip::from_file(&trip.to_file(by(60).at)).unwrap();
    assert_eq!((trip.pcs.len(), again.pcs.len()), (2, 2));
}

#[test]
fn an_old_record_of_a_number_that_changed_twice_is_read_number_by_number() {
    let row = r#"{"id":1,"name":"A","taken_at":500,"seen_at":90,"entries":[{
        "activation_id":"4de7cb65-cdf1-4de9-8ae8-e3cce27b9f2c","product":"Windows",
        "key_tail":"3V66T","iid":"<c>","state":"cid","cid":"[c]",
        "superseded":[{"iid":"<a>","cid":"[a]","at":20},{"iid":"<b>","cid":"[b]","at":40}],
        "steps":[{"kind":"collected","at":10},{"kind":"cid","at":15},{"kind":"changed","at":20},
            {"kind":"cid","at":30},{"kind":"delivered","at":35},{"kind":"changed","at":40},
            {"kind":"cid","at":50}]}]}"#;
    let row = ["a", "b", "c"].iter().fold(row.to_owned(), |row, seed| {
        row.replace(&format!("<{seed}>"), iid(seed).digits())
            .replace(&format!("[{seed}]"), cid(seed).digits())
    });
    let pc: Pc = serde_json::from_str(&row).unwrap();
    let entry = &pc.entries[0];
    assert_eq!(entry.product, Some(label("Windows")));
    assert_eq!(entry.key_tail.as_ref().unwrap().as_str(), "3V66T");
    assert_eq!(pc.taken_at, Some(by(500).at));
    assert_eq!(entry.cid, Some(cid("c")));
    let mut told: Vec<_> = entry
        .former()
        .iter()
        .chain([entry.number()])
        .map(|number| {
            let [kept] = &number.kept[..] else {
                panic!("{number:?}")
            };
            (kept.cid.clone(), u64::from(kept.at), number.shown.len())
        })
        .collect();
    told.sort_by_key(|(_, at, _)| *at);
    assert_eq!(
        told,
        [(cid("a"), 20, 0), (cid("b"), 30, 1), (cid("c"), 50, 0)]
    );
    let newest = entry
        .former()
        .iter()
        .find(|one| one.tag() == iid("b").tag());
    let reading = &newest.unwrap().readings[0];
    assert_eq!(reading.product, Some(label("Windows")));
    assert_eq!(reading.taken_at, None);
}
