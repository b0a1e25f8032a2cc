//! `hikyaku collect`: requests from photographs, saved texts and other trips.

#[cfg(feature = "camera")]
mod live;
mod photo_name;
mod tally;

use super::args::CollectArgs;
use super::console::Console;
use super::exit::Exit;
use super::failure::Failure;
use super::inputs;
use super::ledgers::{ChangeError, by, open, say_practice};
use super::old_spellings;
use super::trip::bring_in;
use crate::activation::Label;
use crate::advice::Advice;
use crate::ground::printable;
use crate::ledger::Ledger;
use crate::scan::digits::{DigitReader, PrintedNumber};
use crate::scan::{Hint, StillReader, StillReport};
use crate::trip::{Attribution, NumberDetails, Trip, TripError};
use crate::wire::parts::{AssemblyProgress, TripAssembler, is_part};
use crate::wire::pasted::{self, Findings};
use crate::wire::{Number, Packet, WireMessage, parse_message};
use indicatif::{ProgressBar, ProgressStyle};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use tally::{CollectResult, CollectTally, PartsProgress, SourceOutcome};

/// Collects everything that is named. What is reported is on the disk already.
pub(super) fn run(args: &CollectArgs, console: &Console) -> Result<Exit, Failure> {
    let mut ledger = open(&args.trip, console)
        .map_err(|failure| old_spellings::explain_trip_file(failure, &args.trip))?;
    let was_practice = ledger.trip()?.is_practice() == Some(true);
    let mut tally = CollectTally::default();
    let mut parts = TripAssembler::default();
    #[cfg(feature = "camera")]
    if args.live.camera.is_some() || args.live.camera_folder.is_some() {
        live::run(args, &mut ledger, &mut parts, &mut tally, console)?;
    }
    let files = inputs::pictures(&args.pictures)?;
    collect_photographs(&files, &mut ledger, &mut parts, &mut tally, console)?;
    warn_of_missing_parts(&parts, &mut tally, console);
    for file in &args.text {
        if let Err(failure) = collect_saved_text(file, &mut ledger, &mut tally, console) {
            console.note(&file.display().to_string());
            console.error(failure.error.as_ref());
            tally.worst = tally.worst.max(failure.exit);
        }
    }
    if !args.from.is_empty() {
        tally.worst = tally.worst.max(bring_in(&args.from, &mut ledger, console));
        tally.found += 1;
    }
    if tally.looked > 0 {
        tally.print_totals(console);
    }
    if !was_practice {
        say_practice(&ledger.trip()?, console);
    }
    Ok(match tally.worst {
        Exit::Done if tally.found == 0 => Exit::NothingFound,
        worst => worst,
    })
}

/// What was read in a picture: texts, or why there are none.
enum PictureContent {
    /// The texts, and whether there are more symbols than were read.
    Texts(Vec<String>, bool),
    /// Numbers that the screen shows in digits, without a symbol.
    Numbers(Vec<String>),
    Nothing(Option<Hint>),
    /// A number whose digits a person has to compare: labels of the groups.
    Doubtful(Vec<String>),
    /// Message id of the error.
    Failed(&'static str),
}

/// Reads pictures on all processors and collects from them in the order in
/// which they are named. Receipts whose request is not known come last: it may
/// be in a later picture.
fn collect_photographs(
    files: &[PathBuf],
    ledger: &mut Ledger,
    parts: &mut TripAssembler,
    tally: &mut CollectTally,
    console: &Console,
) -> Result<(), Failure> {
    if files.is_empty() {
        return Ok(());
    }
    let bar = progress_bar(files.len(), console);
    let next = AtomicUsize::new(0);
    let threads = std::thread::available_parallelism()
        .map_or(1, usize::from)
        .min(files.len());
    let (sender, results) = mpsc::channel();
    let digits = DigitReader::shared()?;
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let (sender, next) = (sender.clone(), &next);
            scope.spawn(move || {
                let reader = StillReader::new().and_digits(digits);
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let Some(file) = files.get(number) else { break };
                    if sender.send((number, read_picture(file, &reader))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let mut finished = BTreeMap::new();
        let mut index = 0;
        let mut unknown_receipts = Vec::new();
        for (number, content) in results {
            finished.insert(number, content);
            while let Some(content) = finished.remove(&index) {
                let (texts, more) = match &content {
                    PictureContent::Texts(texts, more) => (texts.clone(), *more),
                    _ => (Vec::new(), false),
                };
                let result = take(&files[index], content, ledger, parts)?;
                if result.reason == Some(UNKNOWN_RECEIPT) {
                    unknown_receipts.push((index, texts, more));
                } else {
                    bar.suspend(|| report_picture(&result, more, tally, console));
                }
                bar.inc(1);
                index += 1;
            }
        }
        for (index, texts, more) in unknown_receipts {
            let result = take(
                &files[index],
                PictureContent::Texts(texts, more),
                ledger,
                parts,
            )?;
            bar.suspend(|| report_picture(&result, more, tally, console));
        }
        bar.finish_and_clear();
        Ok(())
    })
}

/// Reports what a picture gave, and if there are `more` symbols in it than were
/// read.
fn report_picture(result: &CollectResult, more: bool, tally: &mut CollectTally, console: &Console) {
    tally.add(result, console);
    if more {
        console.advise(&console.messages.pair("scan-more-symbols", &[]));
    }
}

/// Message id for a receipt whose request is not in the trip.
const UNKNOWN_RECEIPT: &str = "collect-stranger";

fn read_picture(file: &Path, reader: &StillReader) -> PictureContent {
    let read = || -> Result<PictureContent, Failure> {
        let StillReport {
            reading,
            numbers,
            hint,
        } = reader.read(&inputs::bytes(file)?, &|text| is_wanted(text))?;
        let (doubtful, sure): (Vec<PrintedNumber>, Vec<PrintedNumber>) = numbers
            .into_iter()
            .partition(|number| number.kind.is_installation_id() && !number.is_beyond_doubt());
        let sure: Vec<String> = sure.into_iter().map(|one| one.digits).collect();
        let mut texts: Vec<String> = reading.sightings.into_iter().map(|one| one.text).collect();
        Ok(match doubtful.first() {
            // Nothing of such a picture counts: what is taken now would hide that more is in it.
            Some(number) => PictureContent::Doubtful(number.doubtful_groups()),
            None if texts.is_empty() && sure.is_empty() => PictureContent::Nothing(hint),
            None if texts.is_empty() => PictureContent::Numbers(sure),
            None => {
                texts.extend(sure);
                PictureContent::Texts(texts, reading.more)
            }
        })
    };
    read().unwrap_or_else(|failure| PictureContent::Failed(failure.error.id()))
}

/// Whether a text ends the search in a picture. Anything else may be a sticker
/// on the wall.
fn is_wanted(text: &str) -> bool {
    is_part(text)
        || matches!(
            parse_message(text),
            Ok(WireMessage::Packet(_) | WireMessage::Number(Number::InstallationId(_)))
        )
}

/// Collects from a picture. With several symbols in it, the one that says most
/// comes first.
fn take(
    file: &Path,
    seen: PictureContent,
    ledger: &mut Ledger,
    parts: &mut TripAssembler,
) -> Result<CollectResult, Failure> {
    let result = |outcome, reason| CollectResult {
        reason,
        ..CollectResult::new(printable(&file.display().to_string()), outcome)
    };
    let (texts, name) = match seen {
        PictureContent::Texts(texts, _) => (texts, None),
        PictureContent::Numbers(numbers) => (numbers, photo_name::pc_name(file)),
        PictureContent::Nothing(hint) => {
            return Ok(result(
                SourceOutcome::Nothing,
                Some(hint.map_or("scan-nothing", Into::into)),
            ));
        }
        PictureContent::Doubtful(groups) => {
            return Ok(CollectResult {
                groups,
                ..result(SourceOutcome::Doubtful, Some("collect-doubtful"))
            });
        }
        PictureContent::Failed(id) => return Ok(result(SourceOutcome::Unreadable, Some(id))),
    };
    let taken = result(SourceOutcome::Other, Some("collect-other"));
    take_texts(&texts, name.as_ref(), taken, ledger, parts)
}

/// Collects from all texts of one picture. `result` stays as it is if none of
/// them is ours. `name` is what a person called the picture of a number that
/// says nothing of its PC.
fn take_texts(
    texts: &[String],
    name: Option<&Label>,
    mut result: CollectResult,
    ledger: &mut Ledger,
    parts: &mut TripAssembler,
) -> Result<CollectResult, Failure> {
    let mut messages: Vec<WireMessage> = texts
        .iter()
        .filter_map(|text| parse_message(text).ok())
        .collect();
    for part in texts.iter().filter(|text| is_part(text)) {
        match parts.take(part) {
            Ok(AssemblyProgress::Whole(trip)) => {
                messages.push(WireMessage::Packet(Packet::Trip(*trip)));
            }
            Ok(AssemblyProgress::Part { known, needed }) => {
                result.outcome = SourceOutcome::Part;
                result.reason = None;
                result.parts = Some(PartsProgress { known, needed });
            }
            Ok(AssemblyProgress::Nothing) => {
                result.outcome = SourceOutcome::PartKnown;
                result.reason = None;
            }
            Err(error) => result.reason = Some(error.id()),
        }
    }
    // A request says more than the bare number beside it.
    messages.sort_by_key(|message| !matches!(message, WireMessage::Packet(_)));
    let mut is_taken = false;
    for message in &messages {
        let applied = ledger.change(|trip| {
            let by = by(trip);
            take_message(trip, message, name, &by).map_err(ChangeError::Trip)
        });
        match applied {
            // The first text that is ours is the result of the picture.
            Ok(Some(applied)) if !is_taken => {
                is_taken = true;
                result = CollectResult {
                    source: result.source,
                    ..applied
                };
            }
            Ok(_) => {}
            Err(ChangeError::Trip(error)) => {
                result.outcome = SourceOutcome::Refused;
                result.reason = Some((&error).into());
            }
            // Nothing more can be kept, so going on would lose it.
            Err(ChangeError::Ledger(error)) => return Err(error.into()),
        }
    }
    Ok(result)
}

/// Applies a message to the trip; `None` if it is nothing to collect.
fn take_message(
    trip: &mut Trip,
    message: &WireMessage,
    name: Option<&Label>,
    by: &Attribution,
) -> Result<Option<CollectResult>, TripError> {
    let result = |outcome, pc: Option<String>, products| CollectResult {
        pc,
        products,
        ..CollectResult::new(String::new(), outcome)
    };
    Ok(match message {
        WireMessage::Number(Number::InstallationId(iid)) => {
            Some(CollectResult::of(&trip.collect_number(
                iid,
                &NumberDetails {
                    pc: name.cloned(),
                    ..NumberDetails::default()
                },
                by,
            )?))
        }
        WireMessage::Packet(Packet::Request(request)) => {
            Some(CollectResult::of(&trip.collect(request, by)?))
        }
        WireMessage::Packet(Packet::Receipt(receipt)) => Some(match trip.close(receipt, by) {
            Some(closed) => result(
                SourceOutcome::Receipt,
                Some(closed.pc),
                closed.activated + closed.failed,
            ),
            None => CollectResult {
                reason: Some(UNKNOWN_RECEIPT),
                ..result(SourceOutcome::Other, Some(receipt.pc.name.to_string()), 0)
            },
        }),
        WireMessage::Packet(Packet::Trip(packet)) => {
            let taken = trip.take_packet(packet, by)?;
            Some(result(
                SourceOutcome::Trip,
                Some(packet.name.to_string()),
                taken.added,
            ))
        }
        WireMessage::Number(_) => None,
    })
}

/// Warns of trips in several symbols that are incomplete: their parts are lost
/// when this program ends.
fn warn_of_missing_parts(parts: &TripAssembler, tally: &mut CollectTally, console: &Console) {
    for (known, needed) in parts.missing() {
        let facts = [("known", known.into()), ("needed", needed.into())];
        console.advise(&console.messages.pair("collect-incomplete", &facts));
        tally.worst = tally.worst.max(Exit::NothingFound);
    }
}

/// Collects from the output of `slmgr` or `ospp.vbs`. A PC is named as in the
/// text, else like the file.
fn collect_saved_text(
    file: &Path,
    ledger: &mut Ledger,
    tally: &mut CollectTally,
    console: &Console,
) -> Result<(), Failure> {
    let Findings {
        installation_ids,
        damaged,
        ..
    } = pasted::read(&inputs::bytes(file)?)?;
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let source = printable(&file.display().to_string());
    let pcs = pasted::pcs_of(installation_ids);
    let nameless = pcs.iter().filter(|pc| pc.name.is_none()).count();
    let mut number = 0;
    for pc in pcs {
        let name = match &pc.name {
            Some(name) => Some(name.clone()),
            None if nameless > 1 => {
                number += 1;
                Label::cleaned(&format!("{stem} ({number})"))
            }
            None => Label::cleaned(&stem),
        };
        let numbers: Vec<_> = pc
            .numbers
            .into_iter()
            .map(|found| NumberDetails::of_found(found, name.clone()))
            .collect();
        let collected = ledger.change(|trip| -> Result<_, Failure> {
            let by = by(trip);
            Ok(trip.collect_numbers(&numbers, &by)?)
        })?;
        let result = CollectResult {
            source: source.clone(),
            ..CollectResult::of(&collected)
        };
        tally.add(&result, console);
    }
    if nameless > 1 {
        let facts = [("source", source.into()), ("pcs", nameless.into())];
        console.advise(&console.messages.pair("collect-apart", &facts));
    }
    for number in damaged {
        console.note(&console.text_with("collect-damaged", &[("line", number.line.into())]));
        console.warn(&number.error);
        tally.worst = tally.worst.max(Exit::Malformed);
    }
    Ok(())
}

fn progress_bar(pictures: usize, console: &Console) -> ProgressBar {
    // Draws on standard error, and only if that is a terminal.
    let bar = ProgressBar::new(pictures as u64);
    let template = format!(
        "{} {{wide_bar}} {{pos}}/{{len}}  {{eta}}",
        console.text("collect-bar")
    );
    if let Ok(style) = ProgressStyle::with_template(&template) {
        bar.set_style(style);
    }
    bar
}
