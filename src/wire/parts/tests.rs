use super::*;
use crate::activation::{ActivationId, PcIdentity, ProductRequest};
use crate::activation::{
    Label, Reply, Request, practice_confirmation_id, practice_installation_id,
};
use chrono::DateTime;
use proptest::prelude::*;

fn trip(pcs: usize) -> TripMessage {
    let time = DateTime::from_timestamp(1_764_720_000, 0).unwrap();
    let iids: Vec<_> = (0..pcs)
        .map(|pc| practice_installation_id(&pc.to_string()))
        .collect();
    TripMessage {
        name: Label::cleaned("北病棟").unwrap(),
        written_at: time,
        requests: iids
            .iter()
            .enumerate()
            .map(|(pc, iid)| Request {
                pc: PcIdentity {
                    name: Label::cleaned(&format!("PC-{pc}")).unwrap(),
                    serial: None,
                    machine: None,
                },
                taken_at: time,
                products: vec![ProductRequest {
                    activation_id: ActivationId::from_bytes([7; 16]),
                    name: Label::cleaned("Windows").unwrap(),
                    key_tail: None,
                    installation_id: iid.clone(),
                }],
            })
            .collect(),
        replies: iids
            .iter()
            .map(|iid| Reply {
                cid: practice_confirmation_id(iid),
                tag: iid.tag(),
            })
            .collect(),
        receipts: Vec::new(),
    }
}

fn collect(parts: impl IntoIterator<Item = String>) -> Option<TripMessage> {
    let mut collector = PartCollector::default();
    parts
        .into_iter()
        .find_map(|part| match collector.take(&part).unwrap() {
            CollectorProgress::Whole(trip) => Some(*trip),
            CollectorProgress::Partial { known, needed } => {
                assert!(known < needed);
                None
            }
        })
}

#[test]
fn parts_in_order_are_the_trip_and_no_more_are_needed() {
    let trip = trip(20);
    let parts = PartEncoder::of(&trip, FRAGMENT_BYTES).unwrap();
    let count = parts.needed();
    assert!(count > 5);
    assert_eq!(collect(parts.take(count)), Some(trip));
}

#[test]
fn a_trip_that_fits_one_symbol_is_one_part() {
    let trip = trip(1);
    let mut parts = PartEncoder::of(&trip, 2000).unwrap();
    assert_eq!(parts.needed(), 1);
    let part = parts.next_part().unwrap();
    assert_eq!(collect([part]), Some(trip.clone()));
    let mut writer = CborWriter::new();
    super::trip::write(&mut writer, &trip).unwrap();
    let single = ur::encode(&writer.into_bytes(), &ur::Type::Custom(PART_TYPE));
    assert_eq!(collect([single]), Some(trip));
}

#[test]
fn what_is_no_part_of_this_trip_is_refused_and_nothing_is_lost() {
    let (mine, others) = (trip(20), trip(30));
    let mut parts = PartEncoder::of(&mine, FRAGMENT_BYTES).unwrap();
    let mut collector = PartCollector::default();
    let first = parts.next_part().unwrap();
    collector.take(&first).unwrap();
    let other = PartEncoder::of(&others, FRAGMENT_BYTES)
        .unwrap()
        .next()
        .unwrap();
    assert_eq!(collector.take(&other), Err(PartsError::OtherTrip));
    for (text, error) in [
        ("", PartsError::NotAPart),
        ("https://example.org/", PartsError::NotAPart),
        (
            "ur:crypto-psbt/1-2/aeadaolazmjendeoti",
            PartsError::OtherType,
        ),
        ("ur:hikyaku-trip/1-2/zz", PartsError::OtherTrip),
        ("ur:hikyaku-trip/0-2/aead", PartsError::TooLarge),
        ("ur:hikyaku-trip/1-99999999/aead", PartsError::TooLarge),
        ("ur:hikyaku-trip/1/2/3", PartsError::NotAPart),
        ("ur:hikyaku-trip/zz", PartsError::Damaged),
    ] {
        assert_eq!(collector.take(text), Err(error), "{text}");
    }
    let rest: Vec<_> = parts.take(200).collect();
    let whole = rest.iter().find_map(|part| match collector.take(part) {
        Ok(CollectorProgress::Whole(trip)) => Some(*trip),
        _ => None,
    });
    assert_eq!(whole, Some(mine));
}

#[test]
fn a_damaged_letter_is_noticed() {
    let trip = trip(5);
    let part = PartEncoder::of(&trip, FRAGMENT_BYTES)
        .unwrap()
        .next()
        .unwrap();
    let wrong = part.replacen("AE", "AD", 1);
    assert_ne!(part, wrong);
    let result = PartCollector::default().take(&wrong);
    assert!(result.is_err(), "{result:?}");
}

#[test]
fn parts_of_two_trips_come_together_side_by_side_and_once() {
    let trips = [trip(8), trip(9)];
    let mut parts = trips
        .each_ref()
        .map(|trip| PartEncoder::of(trip, FRAGMENT_BYTES).unwrap());
    let needed = parts.each_ref().map(PartEncoder::needed);
    let mut assembly = TripAssembler::default();
    assert_eq!(assembly.missing().count(), 0);
    let mut whole = Vec::new();
    for round in 0..3 * needed[1] {
        for parts in &mut parts {
            let part = parts.next_part().unwrap();
            assert!(is_part(&part));
            match assembly.take(&part).unwrap() {
                AssemblyProgress::Whole(trip) => whole.push(*trip),
                AssemblyProgress::Part { known, needed } => assert!(known < needed),
                AssemblyProgress::Nothing => {}
            }
            if whole.is_empty() {
                assert_eq!(
                    assembly.take(&part),
                    Ok(AssemblyProgress::Nothing),
                    "seen twice"
                );
            }
        }
        if round == 0 {
            let missing: Vec<_> = assembly.missing().collect();
            assert_eq!(missing, [(1, needed[0]), (1, needed[1])]);
        }
    }
    assert_eq!(whole, trips);
    assert_eq!(assembly.missing().count(), 0);
    assert_eq!(assembly.take("UR:BYTES/AEADAO"), Err(PartsError::OtherType));
    for other in 10..40 {
        let part = PartEncoder::of(&trip(other), FRAGMENT_BYTES)
            .unwrap()
            .next();
        let _ = assembly.take(&part.unwrap());
    }
    assert!(assembly.missing().count() <= MAX_TRIPS);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_parts_in_any_order_are_enough(
        missed in prop::collection::vec(any::<bool>(), 30),
        skip in 0..40_usize,
    ) {
        let trip = trip(8);
        let parts = PartEncoder::of(&trip, 100).unwrap();
        let mut seen: Vec<String> = parts
            .skip(skip)
            .zip(missed.iter().copied().chain(std::iter::repeat(false)))
            .filter(|(_, missed)| !missed)
            .map(|(part, _)| part)
            .take(150)
            .collect();
        seen.reverse();
        prop_assert_eq!(collect(seen), Some(trip));
    }

    #[test]
    fn no_text_upsets_the_collector(text in "(ur:hikyaku-trip/[0-9]{1,3}-[0-9]{1,3}/)?[a-z]{0,80}") {
        let _ = PartCollector::default().take(&text);
        let _ = TripAssembler::default().take(&text);
    }
}
