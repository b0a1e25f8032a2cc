//! The limits of a trip: what exceeds them is refused, and changes nothing.

use super::any_order::{asks, by, cid, iid, label, trip};
use super::*;
use crate::activation::{ActivationId, MAX_PRODUCTS};
use crate::trip::collect::MAX_WEIGHT;
use crate::trip::values::MAX_TRIP_ENTRIES;

fn planned(name: &str) -> ListedPc {
    ListedPc {
        name: label(name),
        serial: None,
        place: None,
    }
}

#[test]
fn a_list_is_as_long_as_a_trip_and_no_longer() {
    let list: Vec<ListedPc> = (0..MAX_TRIP_ENTRIES)
        .map(|number| planned(&format!("PC {number}")))
        .collect();
    let mut trip = trip();
    assert_eq!(trip.add_listed(&list, &by(2)), Ok(MAX_TRIP_ENTRIES));
    let before = trip.clone();
    let full = || TripError::Full {
        limit: MAX_TRIP_ENTRIES,
    };
    let more = [planned("one more")];
    assert_eq!(trip.add_listed(&more, &by(3)), Err(full()));
    let stranger = asks("one more", None, 500, "x");
    assert_eq!(trip.collect(&stranger, &by(4)), Err(full()));
    assert!(trip == before);
    // A PC that is on the list has its place.
    trip.collect(&asks("PC 7", None, 500, "a"), &by(5)).unwrap();
    assert_eq!(trip.pcs[7].progress(), Progress::Requested);
    assert_eq!(trip.pcs.len(), MAX_TRIP_ENTRIES);
}

#[test]
fn a_trip_is_full_by_its_products_too() {
    let request = |number: usize, products: usize| {
        let name = format!("PC {number}");
        let mut request = asks(&name, None, 500, &name);
        request.products = (0..products)
            .map(|product| {
                let seed = format!("{name}/{product}");
                let mut one = asks(&name, None, 500, &seed).products.remove(0);
                one.activation_id = ActivationId::from_bytes([product as u8 + 1; 16]);
                one
            })
            .collect();
        request
    };
    let mut numbers = Vec::new();
    for number in 0..MAX_TRIP_ENTRIES / MAX_PRODUCTS {
        let mut one = trip();
        one.collect(&request(number, MAX_PRODUCTS), &by(10))
            .unwrap();
        numbers.extend(one.numbers().cloned());
    }
    let mut trip = trip();
    trip.merge_facts(&numbers, &[]).unwrap();
    assert_eq!(trip.entries().count(), MAX_TRIP_ENTRIES);
    let before = trip.clone();
    for products in [1, 2] {
        let refused = trip.collect(&request(MAX_TRIP_ENTRIES, products), &by(20));
        assert!(matches!(refused, Err(TripError::Full { .. })));
        assert!(trip == before);
    }
    // New facts about a known PC are still added.
    let again = trip.collect(&request(7, MAX_PRODUCTS), &by(30)).unwrap();
    assert!(again.is_known());
}

#[test]
fn a_request_that_a_file_would_not_hold_is_refused_and_changes_nothing() {
    let cids: Vec<_> = (0..300).map(|number| cid(&number.to_string())).collect();
    let mut trip = trip();
    trip.collect(&asks("A", None, 500, "0"), &by(10)).unwrap();
    // One number full of facts, under as many Installation IDs as fit.
    let mut full = trip.all_numbers().remove(0);
    for (cid, at) in cids.iter().zip(100..) {
        full.add_cid(cid, &by(at));
    }
    let room = MAX_WEIGHT / (full.weight() + 2000);
    let numbers: Vec<_> = (1..=room)
        .map(|number| {
            let mut other = full.clone();
            other.iid = iid(&number.to_string()).into();
            other.readings[0].pc = Some(label(&format!("PC {number}")));
            other
        })
        .collect();
    trip.merge_facts(&numbers, &[]).unwrap();
    let mut before = trip.clone();
    let refused = (0..2000).find_map(|number| {
        let name = format!("{number:04}{}", "\"".repeat(90));
        let mut request = asks(&name, None, 500, &name);
        request.products[0].name = label(&name);
        before.clone_from(&trip);
        trip.collect(&request, &by(20)).err()
    });
    assert!(
        matches!(refused, Some(TripError::Full { .. })),
        "{refused:?}"
    );
    assert!(trip == before);
    assert!(trip.weight() <= MAX_WEIGHT);
}
