//! What every step of the work changes in the record, and what it reports.

use super::any_order::{asks, by, cid, iid, label, says, trip};
use super::*;
use crate::activation::{ActivationId, ConfirmationDigits, KeyTail, LicenseStatus};

/// A trip with the number `a` of the PC `A`, and its Confirmation ID.
fn answered() -> Trip {
    let mut trip = trip();
    trip.collect(&asks("A", None, 500, "a"), &by(10)).unwrap();
    trip.keep_cid(iid("a").tag(), &cid("a"), false, &by(20))
        .unwrap();
    trip
}

fn planned(name: &str, serial: Option<&str>, place: &str) -> ListedPc {
    ListedPc {
        name: label(name),
        serial: serial.map(label),
        place: Some(label(place)),
    }
}

#[test]
fn what_a_request_says_of_its_product_is_kept() {
    let mut trip = trip();
    let mut request = asks("A", None, 500, "a");
    request.products[0].key_tail = KeyTail::parse("3V66T");
    let asked = request.products[0].clone();
    let told = trip.collect(&request, &by(10)).unwrap();
    assert_eq!((told.pc.as_str(), told.added), ("A", 1));
    let entry = &trip.pcs[0].entries[0];
    assert_eq!(entry.activation_id, Some(asked.activation_id));
    assert_eq!(entry.product, Some(asked.name));
    assert_eq!(entry.key_tail, asked.key_tail);
    assert_eq!(trip.pcs[0].taken_at, Some(by(500).at));
    assert!(!trip.pcs[0].bare);
}

#[test]
fn a_number_that_came_in_a_packet_without_its_pc_says_nothing_of_one() {
    let mut trip = trip();
    let mut request = asks("A", None, 500, "a");
    request.products[0].activation_id = ActivationId::from_bytes([0; 16]);
    trip.collect(&request, &by(10)).unwrap();
    let (pc, entry) = trip.entry(iid("a").tag()).unwrap();
    assert!(pc.bare);
    assert_eq!((entry.activation_id, entry.product.clone()), (None, None));
    let reading = &entry.number().readings[0];
    assert_eq!((reading.bare, reading.taken_at), (true, None));
}

#[test]
fn a_number_that_comes_back_restores_what_was_in_hand_for_it_if_anything_was() {
    for is_answered in [false, true] {
        let mut trip = if is_answered { answered() } else { trip() };
        let mut come = |taken_at, number: &str| {
            let mut request = asks("A", None, taken_at, number);
            request.pc.serial = Some(label("PF3ABCDE"));
            trip.collect(&request, &by(30)).unwrap()
        };
        come(500, "a");
        let changed = come(600, "b");
        assert_eq!((changed.changed, changed.restored), (1, 0));
        assert_eq!(changed.voided, usize::from(is_answered));
        let back = come(700, "a");
        assert_eq!((back.changed, back.voided), (1, 0));
        assert_eq!(back.restored, usize::from(is_answered));
        assert_eq!(come(650, "b").older, 1);
    }
}

#[test]
fn only_what_changes_nothing_is_known() {
    let told = |change: &dyn Fn(&mut CollectOutcome)| {
        let mut told = CollectOutcome::default();
        change(&mut told);
        told.is_known()
    };
    assert!(told(&|_| {}));
    assert!(!told(&|it| it.added = 1));
    assert!(!told(&|it| it.changed = 1));
    assert!(!told(&|it| it.older = 1));
}

#[test]
fn namesakes_are_told_of_pcs_that_are_new_and_were_met() {
    let mut trip = answered();
    let same = trip.collect(&asks("A", None, 600, "b"), &by(30)).unwrap();
    assert_eq!(same.namesakes, ["A#1", "A#2"]);
    // Nothing has to be asked about a PC that is already known, or has another
    // name.
    let again = trip.collect(&asks("A", None, 600, "b"), &by(31)).unwrap();
    assert!(again.namesakes.is_empty());
    let other = trip.collect(&asks("B", None, 600, "c"), &by(32)).unwrap();
    assert!(other.namesakes.is_empty());
    let third = trip.collect(&asks("A", None, 700, "d"), &by(33)).unwrap();
    assert_eq!(third.namesakes, ["A#1", "A#2", "A#3"]);
    // One that is only on the list cannot be confused with it.
    let mut listed = super::any_order::trip();
    let two = [
        planned("A", Some("PF3ABCDE"), "east"),
        planned("A", Some("PF3ABCDF"), "west"),
    ];
    listed.add_listed(&two, &by(2)).unwrap();
    let mut request = asks("A", None, 500, "a");
    request.pc.serial = Some(label("PF3ABCDG"));
    let told = listed.collect(&request, &by(10)).unwrap();
    assert_eq!(listed.pcs.len(), 3);
    assert!(told.namesakes.is_empty());
}

#[test]
fn what_the_list_says_of_a_pc_stays_whatever_comes_in_for_it() {
    let mut trip = trip();
    trip.add_listed(&[planned("A", None, "ward 3")], &by(2))
        .unwrap();
    for (taken_at, number) in [(500, "a"), (600, "b")] {
        trip.collect(&asks("A", Some("m"), taken_at, number), &by(10))
            .unwrap();
        assert_eq!(trip.pcs.len(), 1);
        assert_eq!(trip.pcs[0].place, Some(label("ward 3")), "{number}");
    }
    // Added again, the list has nothing new.
    assert_eq!(
        trip.add_listed(&[planned("A", None, "ward 3")], &by(3)),
        Ok(0)
    );
}

#[test]
fn a_pc_without_a_serial_number_may_be_the_one_of_the_list_that_has_one() {
    let mut trip = trip();
    trip.add_listed(&[planned("A", Some("PF3ABCDE"), "ward 3")], &by(2))
        .unwrap();
    trip.collect(&asks("A", None, 500, "a"), &by(10)).unwrap();
    assert_eq!(
        (trip.pcs.len(), &trip.pcs[0].place),
        (1, &Some(label("ward 3")))
    );
    // A PC with another serial number is another PC.
    let mut request = asks("A", None, 500, "b");
    request.pc.serial = Some(label("PF3ABCDF"));
    trip.collect(&request, &by(20)).unwrap();
    assert_eq!((trip.pcs.len(), &trip.pcs[1].place), (2, &None));
}

#[test]
fn a_reply_that_was_shown_is_delivered_until_its_receipt() {
    let mut trip = answered();
    let tag = iid("a").tag();
    assert_eq!(trip.replies().count(), 1);
    trip.deliver(tag, &by(30)).unwrap();
    assert_eq!(trip.pcs[0].progress(), Progress::Delivered);
    // It may be shown again.
    assert_eq!(trip.replies().count(), 1);
    trip.close(&says("a", 40, None), &by(41)).unwrap();
    assert_eq!(trip.pcs[0].progress(), Progress::Activated);
    assert_eq!(trip.pcs[0].seen_at, by(41).at);
    assert_eq!(trip.replies().count(), 0);
    assert!(matches!(
        trip.deliver(iid("x").tag(), &by(50)),
        Err(TripError::NoSuchEntry { .. })
    ));
    // Without an answer there is nothing to show.
    trip.collect(&asks("B", None, 500, "b"), &by(60)).unwrap();
    trip.deliver(iid("b").tag(), &by(61)).unwrap();
    assert_eq!(trip.pcs[1].progress(), Progress::Requested);
}

#[test]
fn what_was_insisted_upon_is_typed_at_the_pc_and_no_reply_carries_it() {
    let mut digits = cid("a").digits().to_owned();
    let last = digits.pop().unwrap();
    digits.push(if last == '1' { '2' } else { '1' });
    let unsound = ConfirmationDigits::despite_check_digits(&digits).unwrap();
    let mut trip = trip();
    trip.collect(&asks("A", None, 500, "a"), &by(10)).unwrap();
    trip.collect(&asks("B", None, 500, "b"), &by(11)).unwrap();
    assert_eq!(trip.unsound().count(), 0);
    trip.keep_cid(iid("a").tag(), &unsound, false, &by(20))
        .unwrap();
    trip.keep_cid(iid("b").tag(), &cid("b"), false, &by(21))
        .unwrap();
    let told: Vec<String> = trip.unsound().map(|(pc, _)| pc.called()).collect();
    assert_eq!(told, ["A"]);
    let shown: Vec<String> = trip.replies().map(|(pc, ..)| pc.called()).collect();
    assert_eq!(shown, ["B"]);
    trip.close(&says("a", 40, None), &by(41)).unwrap();
    assert_eq!(trip.unsound().count(), 0);
    assert_eq!(
        trip.entry(iid("a").tag()).unwrap().1.status,
        Some(LicenseStatus::Licensed)
    );
}

#[test]
fn a_pc_of_the_list_takes_its_place_when_it_is_met() {
    let mut trip = trip();
    let list = ["A", "B", "C"].map(|name| planned(name, None, "ward 3"));
    assert_eq!(trip.add_listed(&list, &by(2)), Ok(3));
    let before: Vec<(u32, String)> = trip.pcs.iter().map(|pc| (pc.id, pc.called())).collect();
    for (name, number) in [("B", "b"), ("X", "x"), ("A", "a")] {
        trip.collect(&asks(name, None, 500, number), &by(10))
            .unwrap();
    }
    let after: Vec<(u32, String)> = trip.pcs.iter().map(|pc| (pc.id, pc.called())).collect();
    assert_eq!(after[..3], before);
    assert_eq!(after[3].1, "X");
    assert_eq!(trip.pcs[2].progress(), Progress::Wanted);
}

#[test]
fn what_a_packet_brings_is_counted_and_what_answers_nothing_is_left_out() {
    let reply_to = |number: &str| crate::activation::Reply {
        cid: cid(number).checked().unwrap(),
        tag: iid(number).tag(),
    };
    let at = chrono::DateTime::from_timestamp(600, 0).unwrap();
    // A real number does not answer a practice request.
    let real = "092914273902996432764863869585514303965545262473";
    let mixed = crate::activation::Reply {
        cid: crate::activation::ConfirmationId::parse(real).unwrap(),
        tag: iid("a").tag(),
    };
    let packet = crate::activation::TripMessage {
        name: label("another walk"),
        written_at: at,
        requests: vec![
            asks("A", None, 500, "a"),
            asks("B", None, 500, "b"),
            asks("B", None, 500, "b"),
        ],
        replies: (["a", "b", "x", "y", "z"].map(reply_to).into_iter())
            .chain([mixed])
            .collect(),
        receipts: vec![says("a", 700, None), says("x", 700, None)],
    };
    let mut trip = trip();
    let taken = trip.take_packet(&packet, &by(800)).unwrap();
    assert_eq!((taken.added, taken.replies, taken.refused), (2, 2, 4));
    assert_eq!((taken.contested, taken.receipts), (0, 1));
    assert_eq!(trip.pcs[1].progress(), Progress::CidInHand);
    // The second time, it adds nothing.
    let again = trip.take_packet(&packet, &by(900)).unwrap();
    assert_eq!((again.added, again.replies, again.refused), (0, 0, 4));
}

#[test]
fn products_of_one_pc_stay_together_without_facts() {
    let mut one = trip();
    let mut request = asks("A", None, 500, "a");
    request.products.extend(asks("A", None, 500, "b").products);
    request.products[1].activation_id = ActivationId::from_bytes([2; 16]);
    one.collect(&request, &by(10)).unwrap();
    let mut file = one.to_file(by(20).at);
    for entry in &mut file.pcs[0].entries {
        entry.facts.clear();
    }
    let read = Trip::from_file(&file).unwrap();
    assert_eq!(read.pcs.len(), 1);
    assert_eq!(read.pcs[0].entries.len(), 2);
}

#[test]
fn only_a_pc_that_never_named_itself_takes_the_name_that_a_file_gives_it() {
    let mut two = trip();
    two.collect_number(&iid("a"), &NumberDetails::default(), &by(10))
        .unwrap();
    two.collect(&asks("B", None, 500, "b"), &by(11)).unwrap();
    let mut file = two.to_file(by(20).at);
    file.pcs[0].name = label("by the window");
    file.pcs[1].name = label("somewhere");
    let read = Trip::from_file(&file).unwrap();
    let names: Vec<String> = read.pcs.iter().map(Pc::called).collect();
    assert_eq!(names, ["by the window", "B"]);
}

#[test]
fn a_persons_word_closes_what_has_a_confirmation_id_in_hand() {
    let mut trip = answered();
    let tag = iid("a").tag();
    trip.close(&receipt("a", Some(0xC004_F031)), &by(60))
        .unwrap();
    assert_eq!(trip.saw_activated(tag, &by(70)), Ok(trip.pcs[0].id));
    assert_eq!(trip.pcs[0].progress(), Progress::Activated);
    let before = trip.clone();
    assert_eq!(trip.saw_activated(tag, &by(80)), Ok(trip.pcs[0].id));
    assert_eq!(trip, before);
    trip.collect(&asks("B", None, 500, "b"), &by(90)).unwrap();
    assert_eq!(
        trip.saw_activated(iid("b").tag(), &by(91)),
        Err(TripError::NoCidInHand { pc: "B".into() })
    );
}

#[test]
fn every_refusal_names_what_it_is_about() {
    use crate::advice::Advice;
    let pc = || "A".to_owned();
    for error in [
        TripError::CidOfOther { pc: pc() },
        TripError::CidVoid { pc: pc() },
        TripError::CidReplaces { pc: pc() },
        TripError::NoSuchPc { pc: pc() },
        TripError::NotMet { pc: pc() },
        TripError::NothingToPart { pc: pc() },
        TripError::NoCidInHand { pc: pc() },
        TripError::NothingToTakeBack { pc: pc() },
    ] {
        assert_eq!(error.facts(), [("pc", "A".into())], "{error:?}");
    }
}

#[test]
fn what_happened_is_told_in_order() {
    use crate::trip::StepKind::{
        Activated, Changed, Cid, CidTakenBack, Collected, Delivered, Failed,
    };
    let mut trip = answered();
    trip.collect(&asks("A", Some("m"), 500, "a"), &by(21))
        .unwrap();
    trip.take_back_cid(iid("a").tag(), &by(30)).unwrap();
    trip.collect(&asks("A", Some("m"), 600, "b"), &by(40))
        .unwrap();
    let tag = iid("b").tag();
    trip.keep_cid(tag, &cid("b"), false, &by(50)).unwrap();
    trip.deliver(tag, &by(60)).unwrap();
    trip.deliver(tag, &by(61)).unwrap();
    trip.close(&says("b", 70, Some(0xC004_F031)), &by(70));
    trip.close(&says("b", 80, None), &by(80));
    let steps = trip.pcs[0].entries[0].steps();
    let told: Vec<_> = steps.iter().map(|step| (step.kind, step.at)).collect();
    let expected = [
        (Collected, 10),
        (Cid, 20),
        (CidTakenBack, 30),
        (Changed, 40),
        (Cid, 50),
        (Delivered, 60),
        (Delivered, 61),
        (Failed, 70),
        (Activated, 80),
    ];
    assert_eq!(told, expected.map(|(kind, at)| (kind, by(at).at)));
    assert_eq!(
        trip.pcs[0].entries[0].last(Delivered).map(|step| step.at),
        Some(by(61).at)
    );
}

#[test]
fn who_were_parted_are_not_made_one_by_a_third() {
    let mut one = trip();
    let places = ["a", "b", "c"].map(|seed| {
        one.collect_number(&iid(seed), &NumberDetails::default(), &by(10))
            .unwrap();
        iid(seed).tag()
    });
    let pc_of = |trip: &Trip, place: usize| trip.entry(places[place]).unwrap().0.id;
    let join = |trip: &mut Trip, a: usize, b: usize, at: u64| {
        let (a, b) = (pc_of(trip, a), pc_of(trip, b));
        trip.join_pcs(a, b, &by(at)).unwrap();
    };
    let mut other = one.clone();
    join(&mut one, 0, 1, 20);
    one.split_pc(pc_of(&one, 0), &by(30)).unwrap();
    join(&mut one, 0, 2, 40);
    join(&mut other, 1, 2, 50);
    let mut merged = one.clone();
    merged.merge(&other).unwrap();
    assert_ne!(pc_of(&merged, 0), pc_of(&merged, 1));
    assert_eq!(merged.pcs.len(), 2);
    other.merge(&one).unwrap();
    assert_ne!(pc_of(&other, 0), pc_of(&other, 1));
    assert_eq!(
        pc_of(&merged, 0) == pc_of(&merged, 2),
        pc_of(&other, 0) == pc_of(&other, 2)
    );
}

/// A PC as it was written before there were facts.
fn of_before(state: &str, steps: &str) -> Pc {
    let row = r#"{"id":1,"name":"A","seen_at":90,"entries":[{"iid":"IID","state":"STATE",
        "cid":CID,"superseded":[{"iid":"IID","cid":"OTHER","at":15}],
        "steps":[{"kind":"collected","at":10}STEPS]}]}"#;
    let in_hand = match state {
        "open" => "null".to_owned(),
        _ => format!("\"{}\"", cid("a").digits()),
    };
    let row = row
        .replace("STATE", state)
        .replace("STEPS", steps)
        .replace("OTHER", cid("other").digits())
        .replace("CID", &in_hand)
        .replace("IID", iid("a").digits());
    serde_json::from_str(&row).unwrap()
}

#[test]
fn the_state_of_an_old_record_counts_where_no_step_tells_it() {
    let cid_step = r#",{"kind":"cid","at":20}"#;
    let told = |kind: &str| format!(r#"{cid_step},{{"kind":"{kind}","at":30}}"#);
    for (state, progress, steps) in [
        ("open", Progress::Requested, String::new()),
        ("cid", Progress::CidInHand, cid_step.to_owned()),
        ("delivered", Progress::Delivered, told("delivered")),
        ("activated", Progress::Activated, told("activated")),
        ("failed", Progress::Failed, told("failed")),
    ] {
        for steps in ["", &steps] {
            let pc = of_before(state, steps);
            assert_eq!(pc.progress(), progress, "{state} {steps}");
            let entry = &pc.entries[0];
            let number = entry.number();
            let is_answered = usize::from(state != "open");
            // The replaced one is on record, and not in hand.
            assert_eq!(number.kept.len(), 1 + is_answered, "{state} {steps}");
            assert_eq!(number.gone.len(), 1);
            assert_eq!(number.gone[0].cid, cid("other"));
            assert_eq!(entry.cid.is_some(), state != "open");
            // Nothing is recorded twice.
            assert_eq!(number.shown.len(), usize::from(state == "delivered"));
            let heard = usize::from(["activated", "failed"].contains(&state));
            assert_eq!(number.receipts.len(), heard, "{state} {steps}");
        }
    }
}

#[test]
fn a_merge_asks_about_namesakes_that_were_met_once_for_each_name() {
    let other = |numbers: &[(&str, &str)]| {
        let mut trip = trip();
        for (pc, number) in numbers {
            trip.collect(&asks(pc, None, 500, number), &by(10)).unwrap();
        }
        trip
    };
    let mut here = other(&[("A", "a"), ("B", "b")]);
    let there = other(&[("A", "c"), ("A", "d"), ("C", "e")]);
    let merged = here.merge(&there).unwrap();
    assert_eq!((merged.pcs, merged.entries), (3, 3));
    assert!(merged.conflicts.is_empty());
    assert_eq!(merged.namesakes, [["A#1", "A#2", "A#3"]]);
    // Reported once; known ones are not asked about again.
    let more = other(&[("A", "c"), ("C", "f")]);
    let merged = here.merge(&more).unwrap();
    assert_eq!(merged.namesakes, [["C#1", "C#2"]]);
    // Those that are only on the list are not namesakes.
    let mut listed = trip();
    let two = [
        planned("A", Some("PF3ABCDE"), "east"),
        planned("A", Some("PF3ABCDF"), "west"),
    ];
    listed.add_listed(&two, &by(2)).unwrap();
    let mut met = trip();
    let mut request = asks("A", None, 500, "a");
    request.pc.serial = Some(label("PF3ABCDG"));
    met.collect(&request, &by(10)).unwrap();
    let merged = listed.merge(&met).unwrap();
    assert_eq!((merged.pcs, merged.namesakes.len()), (1, 0));
}

#[test]
fn numbers_that_both_records_had_are_no_choice_to_tell_of() {
    let mut here = trip();
    for (taken_at, number) in [(500, "a"), (600, "b")] {
        here.collect(&asks("A", Some("m"), taken_at, number), &by(10))
            .unwrap();
    }
    let mut there = here.clone();
    there
        .keep_cid(iid("b").tag(), &cid("b"), false, &by(20))
        .unwrap();
    // Nor are those that came together.
    let mut empty = trip();
    let merged = empty.merge(&there).unwrap();
    assert_eq!((merged.entries, merged.numbers.len()), (1, 0));
    let merged = here.merge(&there).unwrap();
    assert_eq!(here.pcs[0].progress(), Progress::CidInHand);
    assert!(merged.numbers.is_empty() && merged.conflicts.is_empty());
    assert_eq!((merged.pcs, merged.entries), (0, 0));
}
