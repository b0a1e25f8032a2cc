//! Runs the files of `fixtures/trip`: trip files, and trips in parts. The phone
//! page runs the same files.

mod common;

use common::{assert_named, fixtures};
use hikyaku::advice::Advice;
use hikyaku::trip::file::{TripFile, TripFileError};
use hikyaku::wire::parts::{CollectorProgress, PartCollector, PartEncoder};
use hikyaku::wire::{Packet, WireMessage, parse_message};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Good {
    name: String,
    about: String,
    text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Bad {
    name: String,
    about: String,
    text: String,
    error: String,
    groups: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct InParts {
    name: String,
    about: String,
    trip: String,
    fragment: usize,
    parts: Vec<String>,
    whole: bool,
}

#[test]
fn good_trip_files_are_read_and_written() {
    for (file, good) in fixtures::<Good>("trip/good") {
        let name = &good.name;
        assert_named(&file, name, &good.about);
        let file = TripFile::parse(&good.text).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(file.to_text(), good.text, "{name}");
    }
}

#[test]
fn bad_trip_files_are_refused_for_their_defect() {
    for (file, bad) in fixtures::<Bad>("trip/bad") {
        let name = &bad.name;
        assert_named(&file, name, &bad.about);
        let Err(error) = TripFile::parse(&bad.text) else {
            panic!("{name} is read");
        };
        assert_eq!(error.id(), bad.error, "{name}: {error}");
        let groups = match error {
            TripFileError::WrongGroups { groups, .. } => Some(groups),
            _ => None,
        };
        assert_eq!(groups, bad.groups, "{name}");
    }
}

#[test]
fn more_than_any_trip_file_is_not_looked_at() {
    let huge = " ".repeat(65 * 1024 * 1024);
    assert_eq!(
        TripFile::parse(&huge).unwrap_err().id(),
        "trip-file-too-large"
    );
}

#[test]
fn parts_come_together_on_both_sides_alike() {
    for (file, one) in fixtures::<InParts>("trip/parts") {
        let name = &one.name;
        assert_named(&file, name, &one.about);
        let Ok(WireMessage::Packet(Packet::Trip(trip))) = parse_message(&one.trip) else {
            panic!("{name}: a trip");
        };
        let mut collector = PartCollector::default();
        let whole = one.parts.iter().find_map(|part| {
            match collector
                .take(part)
                .unwrap_or_else(|error| panic!("{name}: {error}"))
            {
                CollectorProgress::Whole(trip) => Some(*trip),
                CollectorProgress::Partial { .. } => None,
            }
        });
        assert_eq!(whole, one.whole.then(|| trip.clone()), "{name}");
        let ours = PartEncoder::of(&trip, one.fragment).unwrap();
        let count = ours.needed();
        let ours: Vec<String> = ours.take(3 * count).collect();
        for part in &one.parts {
            assert!(ours.contains(part), "{name}: {part}");
        }
    }
}
