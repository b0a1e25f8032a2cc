//! Runs the files of `fixtures/trip`: trip files, and trips in parts. The
//! phone page runs the same ones.

use hikyaku::advice::Advice;
use hikyaku::wire::parts::{Collected, PartCollector, Parts};
use hikyaku::wire::trip_file::{TripFile, TripFileError};
use hikyaku::wire::{Message, Packet, parse_message};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::fs;
use std::path::Path;

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

fn fixtures<T: DeserializeOwned>(folder: &str) -> Vec<T> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures/trip")
        .join(folder);
    let fixtures: Vec<T> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| {
            let file = entry.unwrap().path();
            serde_json::from_slice(&fs::read(&file).unwrap())
                .unwrap_or_else(|error| panic!("{}: {error}", file.display()))
        })
        .collect();
    assert!(!fixtures.is_empty(), "{} is empty", folder.display());
    fixtures
}

#[test]
fn good_trip_files_are_read_and_written() {
    for good in fixtures::<Good>("good") {
        let name = &good.name;
        assert!(good.about.ends_with('.'), "{name}: say what it is about");
        let file = TripFile::parse(&good.text).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(file.to_text(), good.text, "{name}");
    }
}

#[test]
fn bad_trip_files_are_refused_for_their_defect() {
    for bad in fixtures::<Bad>("bad") {
        let name = &bad.name;
        assert!(bad.about.ends_with('.'), "{name}: say what it is about");
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
    let huge = " ".repeat(10 * 1024 * 1024);
    assert_eq!(
        TripFile::parse(&huge).unwrap_err().id(),
        "trip-file-too-large"
    );
}

#[test]
fn parts_come_together_on_both_sides_alike() {
    for one in fixtures::<InParts>("parts") {
        let name = &one.name;
        assert!(one.about.ends_with('.'), "{name}: say what it is about");
        let Ok(Message::Packet(Packet::Trip(trip))) = parse_message(&one.trip) else {
            panic!("{name}: a trip");
        };
        let mut collector = PartCollector::default();
        let whole = one.parts.iter().find_map(|part| {
            match collector
                .take(part)
                .unwrap_or_else(|error| panic!("{name}: {error}"))
            {
                Collected::Whole(trip) => Some(*trip),
                Collected::Some { .. } => None,
            }
        });
        assert_eq!(whole, one.whole.then(|| trip.clone()), "{name}");
        let ours = Parts::of(&trip, one.fragment).unwrap();
        let count = ours.needed();
        let ours: Vec<String> = ours.take(3 * count).collect();
        for part in &one.parts {
            assert!(ours.contains(part), "{name}: {part}");
        }
    }
}
