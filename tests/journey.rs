//! The whole journey over photographs: its result, and that a seed reproduces it.

use hikyaku::practice::run::{Rehearsal, ShotPurpose, Summary, rehearse};
use hikyaku::trip::file::TripFile;
use hikyaku::trip::{Progress, Trip};
use std::path::Path;

fn played(seed: u64, pcs: u32, folder: &Path) -> Summary {
    let rehearsal = Rehearsal {
        pcs,
        seed,
        files: folder.join("files"),
        photographs: folder.join("photographs"),
    };
    std::fs::create_dir_all(&rehearsal.photographs).unwrap();
    rehearse(&rehearsal, &|_| ()).unwrap()
}

#[test]
fn every_product_is_activated_and_every_mix_up_refused() {
    let folder = tempfile::tempdir().unwrap();
    let summary = played(7, 3, folder.path());
    assert!(summary.is_good(), "{:?}", summary.line());
    assert!(summary.products >= 3);
    assert!(
        summary.mixups >= 1,
        "a rehearsal without a mix-up proves nothing"
    );
    assert_eq!(summary.mixups, summary.mixups_refused);
    // The phone's trip survives a file, like any other.
    let text = summary
        .trip
        .to_file(summary.trip.about.started_at)
        .to_text();
    let trip = Trip::from_file(&TripFile::parse(&text).unwrap()).unwrap();
    assert_eq!(trip, summary.trip);
    assert_eq!(trip.pcs.len(), 3);
    assert_eq!(trip.entries().count(), summary.products);
    assert!(
        trip.pcs
            .iter()
            .all(|pc| pc.progress() == Progress::Activated)
    );
    for shot in &summary.shots {
        assert!(folder.path().join("photographs").join(&shot.file).is_file());
    }
    // Every step of the journey took photographs.
    for purpose in [
        ShotPurpose::Request,
        ShotPurpose::Recognise,
        ShotPurpose::MixUp,
        ShotPurpose::Reply,
        ShotPurpose::Receipt,
    ] {
        assert!(
            summary.shots.iter().any(|shot| shot.purpose == purpose),
            "{purpose:?}"
        );
    }
}

#[test]
fn the_same_seed_takes_the_same_photographs() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let files = |summary: &Summary| -> Vec<String> {
        summary.shots.iter().map(|shot| shot.file.clone()).collect()
    };
    let (first, second) = (played(3, 2, one.path()), played(3, 2, two.path()));
    assert_eq!(files(&first), files(&second));
    for file in files(&first) {
        let read = |folder: &Path| std::fs::read(folder.join("photographs").join(&file)).unwrap();
        assert!(read(one.path()) == read(two.path()), "{file}");
    }
}
