//! What every step of the work does to the record, and what it tells of it.

use super::fact_tests::{asks, by, cid, iid, label, says, trip};
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

fn planned(name: &str, serial: Option<&str>, place: &str) -> Planned {
    Planned {
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
fn only_what_changes_nothing_is_known() {
    let told = |change: &dyn Fn(&mut Collected)| {
        let mut told = Collected::default();
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
    // Nothing is to be asked of one that is known already, or of another name.
    let again = trip.collect(&asks("A", None, 600, "b"), &by(31)).unwrap();
    assert!(again.namesakes.is_empty());
    let other = trip.collect(&asks("B", None, 600, "c"), &by(32)).unwrap();
    assert!(other.namesakes.is_empty());
    let third = trip.collect(&asks("A", None, 700, "d"), &by(33)).unwrap();
    assert_eq!(third.namesakes, ["A#1", "A#2", "A#3"]);
    // One that is only on the list is nobody whom it could be taken for.
    let mut listed = super::fact_tests::trip();
    let two = [
        planned("A", Some("PF3ABCDE"), "east"),
        planned("A", Some("PF3ABCDF"), "west"),
    ];
    listed.want(&two, &by(2)).unwrap();
    let mut request = asks("A", None, 500, "a");
    request.pc.serial = Some(label("PF3ABCDG"));
    let told = listed.collect(&request, &by(10)).unwrap();
    assert_eq!(listed.pcs.len(), 3);
    assert!(told.namesakes.is_empty());
}

#[test]
fn what_the_list_says_of_a_pc_stays_whatever_comes_in_for_it() {
    let mut trip = trip();
    trip.want(&[planned("A", None, "ward 3")], &by(2)).unwrap();
    for (taken_at, number) in [(500, "a"), (600, "b")] {
        trip.collect(&asks("A", Some("m"), taken_at, number), &by(10))
            .unwrap();
        assert_eq!(trip.pcs.len(), 1);
        assert_eq!(trip.pcs[0].place, Some(label("ward 3")), "{number}");
    }
    // Taken in again, the list is nothing new.
    assert_eq!(trip.want(&[planned("A", None, "ward 3")], &by(3)), Ok(0));
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
    // Without an answer there is nothing that could be shown.
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
    assert_eq!(trip.want(&list, &by(2)), Ok(3));
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
