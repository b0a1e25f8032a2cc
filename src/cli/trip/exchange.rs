//! `hikyaku trip export`, `import`, `merge`: trips to and from other devices.

use super::super::args::{TripExportArgs, TripFilesArgs};
use super::super::exit::Exit;
use super::super::face::Face;
use super::super::failure::{CliError, Failure};
use super::super::ledgers;
use super::super::record::minute;
use super::super::{documents, source};
use crate::ground::printable;
use crate::ledger::{Ledger, is_ledger_name};
use crate::trip::file::TripFile;
use crate::trip::{MergeOutcome, Trip, pc_list_csv, read_pc_list};
use crate::wire::pasted::decode_text;
use crate::wire::{Packet, WireMessage, parse_message};
use serde::Serialize;
use std::path::Path;

/// One file on standard output; names are stable.
#[derive(Serialize)]
struct Brought {
    file: String,
    pcs: usize,
    products: usize,
    conflicts: usize,
    /// Products of which one of two Installation IDs had to be chosen.
    numbers: usize,
}

/// Writes the trip as the phone page reads it, or its PCs as a list.
pub(super) fn export(args: &TripExportArgs, face: &Face) -> Result<Exit, Failure> {
    let trip = ledgers::open_for_reading(&args.ledger, face)?;
    let extension = args.file.extension().unwrap_or_default();
    let text = if extension.eq_ignore_ascii_case("csv") {
        pc_list_csv(&trip)
    } else {
        trip.to_file(ledgers::now()).to_text()
    };
    documents::write(&args.file, &text, face)
}

/// Takes in files of other devices and other technicians.
pub(super) fn import(args: &TripFilesArgs, face: &Face) -> Result<Exit, Failure> {
    let mut ledger = ledgers::open(&args.ledger, face)?;
    Ok(bring_in(&args.files, &mut ledger, face))
}

/// Takes files into a trip, each wholly or not at all. A file that cannot be
/// taken in does not keep the others away; the exit code tells of the worst.
pub(in crate::cli) fn bring_in(
    files: &[impl AsRef<Path>],
    ledger: &mut Ledger,
    face: &Face,
) -> Exit {
    let mut worst = Exit::Done;
    for file in files {
        let file = file.as_ref();
        match bring_in_one(file, ledger, face) {
            Ok(exit) => worst = worst.max(exit),
            Err(failure) => {
                face.note(&file.display().to_string());
                face.complain(failure.error.as_ref());
                worst = worst.max(failure.exit);
            }
        }
    }
    worst
}

/// What a file may hold.
enum Contents {
    Trip(Trip),
    Packet(crate::activation::TripMessage),
    List(Vec<crate::trip::ListedPc>),
}

fn bring_in_one(file: &Path, ledger: &mut Ledger, face: &Face) -> Result<Exit, Failure> {
    let contents = contents(file)?;
    let name = printable(&file.display().to_string());
    let merged = ledger.change(|trip| -> Result<_, Failure> {
        let by = ledgers::by(trip);
        let before = trip.pcs.len();
        Ok(match contents {
            Contents::Trip(other) => trip.merge(&other)?,
            Contents::Packet(packet) => {
                let taken = trip.take_packet(&packet, &by)?;
                MergeOutcome {
                    pcs: trip.pcs.len().saturating_sub(before),
                    entries: taken.added,
                    conflicts: if taken.contested == 0 {
                        Vec::new()
                    } else {
                        trip.conflicts()
                    },
                    ..MergeOutcome::default()
                }
            }
            Contents::List(planned) => MergeOutcome {
                pcs: trip.add_listed(&planned, &by)?,
                ..MergeOutcome::default()
            },
        })
    })?;
    face.object(&Brought {
        file: name,
        pcs: merged.pcs,
        products: merged.entries,
        conflicts: merged.conflicts.len(),
        numbers: merged.numbers.len(),
    });
    face.done(&face.say_with(
        "trip-imported",
        &[
            ("pcs", merged.pcs.into()),
            ("entries", merged.entries.into()),
        ],
    ));
    say(&merged, face);
    Ok(if merged.conflicts.is_empty() {
        Exit::Done
    } else {
        Exit::NotForThisPc
    })
}

fn contents(file: &Path) -> Result<Contents, Failure> {
    if is_ledger_name(file) {
        return Ok(Contents::Trip(Ledger::look(file)?));
    }
    let text = decode_text(&source::bytes(file)?)?;
    let begins = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if begins.starts_with('{') {
        return Ok(Contents::Trip(Trip::from_file(&TripFile::parse(&text)?)?));
    }
    let is_list = file
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("csv"));
    if is_list {
        return Ok(Contents::List(read_pc_list(&text)?));
    }
    match parse_message(&text) {
        Ok(WireMessage::Packet(Packet::Trip(packet))) => Ok(Contents::Packet(packet)),
        // Meant to be one: it knows best what is wrong.
        Err(error) if begins.starts_with("t1.") => Err(error.into()),
        _ => Err(CliError::UnknownTripFile {
            file: printable(&file.display().to_string()),
        }
        .into()),
    }
}

/// What does not go together, and what was chosen.
fn say(merged: &MergeOutcome, face: &Face) {
    let time = |at| Option::map(at, minute).unwrap_or_else(|| face.say("word-time-unknown"));
    for one in &merged.numbers {
        let product = face.messages.product_name(one.product.as_ref());
        face.advise(&face.messages.pair(
            "trip-two-numbers",
            &[
                ("pc", one.pc.as_str().into()),
                ("product", product.into()),
                ("chosen", one.chosen.as_str().into()),
                ("chosenat", time(one.chosen_at).into()),
                ("other", one.other.as_str().into()),
                ("otherat", time(one.other_at).into()),
            ],
        ));
    }
    for conflict in &merged.conflicts {
        let product = face.messages.product_name(conflict.product.as_ref());
        face.advise(&face.messages.pair(
            "trip-conflict",
            &[
                ("pc", conflict.pc.as_str().into()),
                ("product", product.into()),
                ("cids", conflict.cids.join(", ").into()),
            ],
        ));
    }
    for names in &merged.namesakes {
        say_namesakes(names, face);
    }
}

/// Says that several PCs have one name, and how to answer whether they are one.
pub(in crate::cli) fn say_namesakes(names: &[String], face: &Face) {
    let (Some(first), Some(last)) = (names.first(), names.last()) else {
        return;
    };
    face.advise(&face.messages.pair(
        "trip-namesakes",
        &[
            ("names", names.join(", ").into()),
            ("first", first.as_str().into()),
            ("last", last.as_str().into()),
        ],
    ));
}

/// Names the PCs of which a person must say which Confirmation ID is right.
pub(in crate::cli) fn say_contested(trip: &Trip, face: &Face) {
    let pcs: Vec<String> = trip.contested().map(|(pc, _)| pc.called()).collect();
    if let Some(first) = pcs.first() {
        face.advise(&face.messages.pair(
            "trip-contested",
            &[
                ("pcs", pcs.join(", ").into()),
                ("first", first.as_str().into()),
            ],
        ));
    }
}
