//! A trip of the maximum size.

use super::any_order::{asks, by, cid, label, says, trip};
use super::*;
use crate::activation::practice_confirmation_id;
use crate::trip::file::TripFile;
use crate::trip::values::MAX_TRIP_ENTRIES;

#[test]
fn ten_thousand_pcs_are_held_exported_and_taken_in_again() {
    // A few are really processed; the rest is generated from them.
    let seed = |number: usize| format!("{number:05}");
    let numbers: Vec<_> = (0..MAX_TRIP_ENTRIES)
        .map(|number| {
            let mut one = trip();
            let request = asks(
                &format!("病棟{number}"),
                Some(&seed(number)),
                500,
                &seed(number),
            );
            one.collect(&request, &by(10)).unwrap();
            let tag = request.products[0].installation_id.tag();
            let cid = practice_confirmation_id(&request.products[0].installation_id).into();
            one.keep_cid(tag, &cid, false, &by(20)).unwrap();
            one.deliver(tag, &by(25)).unwrap();
            one.close(&says(&seed(number), 800, None), &by(30)).unwrap();
            one.pcs[0].entries[0].number().clone()
        })
        .collect();
    let mut here = trip();
    assert_eq!(
        here.merge_facts(&numbers, &[]).unwrap().pcs,
        MAX_TRIP_ENTRIES
    );
    let full = TripError::Full {
        limit: MAX_TRIP_ENTRIES,
    };
    let more = asks("one more", Some("x"), 500, "x");
    assert_eq!(here.collect(&more, &by(40)), Err(full));
    // New facts about a known PC are still added.
    let again = asks("病棟7", Some(&seed(7)), 600, &seed(7));
    assert!(here.collect(&again, &by(41)).unwrap().is_known());
    let text = here.to_file(by(50).at).to_text();
    assert!(
        text.len() <= here.weight(),
        "{} {}",
        text.len(),
        here.weight()
    );
    let mut back = Trip::from_file(&TripFile::parse(&text).unwrap()).unwrap();
    assert!(back.pcs == here.pcs);
    assert_eq!(back.merge(&here).unwrap(), MergeOutcome::default());
}

/// However much is put into it, a file holds whatever a trip accepts.
#[test]
fn a_trip_that_takes_more_is_never_too_large_for_its_file() {
    let mut here = trip();
    let long = |at: usize| "\\\"漢".repeat(32)[..96 - 6].to_owned() + &format!("{at:06}");
    let mut numbers = Vec::new();
    for number in 0..400 {
        let mut one = trip();
        for name in 0..32 {
            let request = asks(
                &long(name),
                Some(&number.to_string()),
                500,
                &number.to_string(),
            );
            one.collect(&request, &by(10)).unwrap();
        }
        numbers.extend(one.numbers().cloned());
    }
    // All of that again and again, with other machines, until it is too much.
    for round in 0..20 {
        let actor = Some(label(&long(round)));
        for number in &mut numbers {
            let by = Attribution {
                at: by(100 + round as u64).at,
                actor: actor.clone(),
            };
            number.add_cid(&cid(&round.to_string()), &by);
            number.remove_cids(
                |_| round % 2 == 0,
                crate::trip::facts::RemovalReason::Withdrawn,
                &by,
            );
        }
    }
    assert!(here.merge_facts(&numbers, &[]).is_ok());
    let text = here.to_file(by(50).at).to_text();
    assert!(
        text.len() <= here.weight(),
        "{} {}",
        text.len(),
        here.weight()
    );
    let back = Trip::from_file(&TripFile::parse(&text).unwrap()).unwrap();
    assert!(back.pcs == here.pcs);
    for number in &mut numbers {
        for at in 0..300 {
            number.add_cid(&cid(&format!("more {at}")), &by(at));
        }
    }
    let before = here.clone();
    assert!(matches!(
        here.merge_facts(&numbers, &[]),
        Err(TripError::Full { .. })
    ));
    assert!(here == before);
}
