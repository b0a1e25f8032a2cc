//! `hikyaku trip export`, `import`, `merge`: trips exchanged with other
//! devices.

use crate::cli::args::{TripExportArgs, TripFilesArgs};
use crate::cli::console::Console;
use crate::cli::exit::Exit;
use crate::cli::failure::{CliError, Failure};
use crate::cli::ledgers;
use crate::cli::record::minute;
use crate::cli::{documents, inputs};
use crate::ground::printable;
use crate::ledger::{Ledger, is_ledger_name};
use crate::trip::file::TripFile;
use crate::trip::{MergeOutcome, Trip, pc_list_csv, read_pc_list};
use crate::wire::pasted::decode_text;
use crate::wire::{Packet, WireMessage, parse_message};
use serde::Serialize;
use std::path::Path;

/// One imported file, as JSON. Field names are stable.
#[derive(Serialize)]
struct TripImportJson {
    file: String,
    pcs: usize,
    products: usize,
    conflicts: usize,
    /// Products with two Installation IDs, of which one was chosen.
    numbers: usize,
}

/// Writes the trip in the format of the phone page, or the list of its PCs.
pub(super) fn export(args: &TripExportArgs, console: &Console) -> Result<Exit, Failure> {
    let trip = ledgers::open_for_reading(&args.trip, console)?;
    let extension = args.file.extension().unwrap_or_default();
    let text = if extension.eq_ignore_ascii_case("csv") {
        pc_list_csv(&trip)
    } else {
        trip.to_file(ledgers::now()).to_text()
    };
    documents::write(&args.file, &text, console)
}

/// Imports files of other devices and other technicians.
pub(super) fn import(args: &TripFilesArgs, console: &Console) -> Result<Exit, Failure> {
    let mut ledger = ledgers::open(&args.trip, console)?;
    Ok(bring_in(&args.files, &mut ledger, console))
}

/// Imports files into a trip, each completely or not at all. A file that fails
/// does not stop the others; the exit code is that of the worst.
pub(crate) fn bring_in(files: &[impl AsRef<Path>], ledger: &mut Ledger, console: &Console) -> Exit {
    let mut worst = Exit::Done;
    for file in files {
        let file = file.as_ref();
        match bring_in_one(file, ledger, console) {
            Ok(exit) => worst = worst.max(exit),
            Err(failure) => {
                console.note(&file.display().to_string());
                console.error(failure.error.as_ref());
                worst = worst.max(failure.exit);
            }
        }
    }
    worst
}

/// What an imported file holds.
enum ImportContents {
    Trip(Trip),
    Packet(crate::activation::TripMessage),
    List(Vec<crate::trip::ListedPc>),
}

fn bring_in_one(file: &Path, ledger: &mut Ledger, console: &Console) -> Result<Exit, Failure> {
    let contents = contents(file)?;
    let name = printable(&file.display().to_string());
    let merged = ledger.change(|trip| -> Result<_, Failure> {
        let by = ledgers::by(trip);
        let before = trip.pcs.len();
        Ok(match contents {
            ImportContents::Trip(other) => trip.merge(&other)?,
            ImportContents::Packet(packet) => {
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
            ImportContents::List(planned) => MergeOutcome {
                pcs: trip.add_listed(&planned, &by)?,
                ..MergeOutcome::default()
            },
        })
    })?;
    console.json(&TripImportJson {
        file: name,
        pcs: merged.pcs,
        products: merged.entries,
        conflicts: merged.conflicts.len(),
        numbers: merged.numbers.len(),
    });
    console.success(&console.text_with(
        "trip-imported",
        &[
            ("pcs", merged.pcs.into()),
            ("entries", merged.entries.into()),
        ],
    ));
    report_merge(&merged, console);
    Ok(if merged.conflicts.is_empty() {
        Exit::Done
    } else {
        Exit::NotForThisPc
    })
}

fn contents(file: &Path) -> Result<ImportContents, Failure> {
    if is_ledger_name(file) {
        return Ok(ImportContents::Trip(Ledger::read(file)?));
    }
    let text = decode_text(&inputs::bytes(file)?)?;
    let begins = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if begins.starts_with('{') {
        return Ok(ImportContents::Trip(Trip::from_file(&TripFile::parse(
            &text,
        )?)?));
    }
    let is_list = file
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("csv"));
    if is_list {
        return Ok(ImportContents::List(read_pc_list(&text)?));
    }
    match parse_message(&text) {
        Ok(WireMessage::Packet(Packet::Trip(packet))) => Ok(ImportContents::Packet(packet)),
        // It was meant to be a packet, so the packet's error says best what is
        // wrong.
        Err(error) if begins.starts_with("t1.") => Err(error.into()),
        _ => Err(CliError::UnknownTripFile {
            file: printable(&file.display().to_string()),
        }
        .into()),
    }
}

/// Reports conflicts, and what was chosen between.
fn report_merge(merged: &MergeOutcome, console: &Console) {
    let time = |at| Option::map(at, minute).unwrap_or_else(|| console.text("word-time-unknown"));
    for one in &merged.numbers {
        let product = console.messages.product_name(one.product.as_ref());
        console.advise(&console.messages.pair(
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
        let product = console.messages.product_name(conflict.product.as_ref());
        console.advise(&console.messages.pair(
            "trip-conflict",
            &[
                ("pc", conflict.pc.as_str().into()),
                ("product", product.into()),
                ("cids", conflict.cids.join(", ").into()),
            ],
        ));
    }
    for names in &merged.namesakes {
        say_namesakes(names, console);
    }
}

/// Reports PCs of the same name, and how to say whether they are one machine.
pub(crate) fn say_namesakes(names: &[String], console: &Console) {
    let (Some(first), Some(last)) = (names.first(), names.last()) else {
        return;
    };
    console.advise(&console.messages.pair(
        "trip-namesakes",
        &[
            ("names", names.join(", ").into()),
            ("first", first.as_str().into()),
            ("last", last.as_str().into()),
        ],
    ));
}

/// Names the PCs for which a person must choose the right Confirmation ID.
pub(crate) fn say_contested(trip: &Trip, console: &Console) {
    let pcs: Vec<String> = trip.contested().map(|(pc, _)| pc.called()).collect();
    if let Some(first) = pcs.first() {
        console.advise(&console.messages.pair(
            "trip-contested",
            &[
                ("pcs", pcs.join(", ").into()),
                ("first", first.as_str().into()),
            ],
        ));
    }
}
