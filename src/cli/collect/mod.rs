//! `hikyaku collect`: requests from photographs, saved texts and other trips.

#[cfg(feature = "camera")]
mod live;
mod tally;

use super::args::CollectArgs;
use super::exit::Exit;
use super::face::Face;
use super::failure::Failure;
use super::ledgers::{Refusal, by, open, say_practice};
use super::source;
use super::trip::bring_in;
use crate::activation::Label;
use crate::advice::Advice;
use crate::ground::printable;
use crate::ledger::Ledger;
use crate::scan::{Hint, Still, StillReader};
use crate::trip::{By, Facts, Trip, TripError};
use crate::wire::parts::{Assembly, Came, is_part};
use crate::wire::pasted::{self, Findings};
use crate::wire::{Message, Number, Packet, parse_message};
use indicatif::{ProgressBar, ProgressStyle};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use tally::{Outcome, Parts, Row, Tally};

/// Takes everything in that is named; what was told is on the disk.
pub(super) fn run(args: &CollectArgs, face: &Face) -> Result<Exit, Failure> {
    let mut ledger = open(&args.ledger, face)?;
    let told = ledger.trip()?.is_practice() == Some(true);
    let mut tally = Tally::default();
    let mut parts = Assembly::default();
    #[cfg(feature = "camera")]
    if args.live.camera.is_some() || args.live.camera_folder.is_some() {
        live::run(args, &mut ledger, &mut parts, &mut tally, face)?;
    }
    let files = source::pictures(&args.pictures)?;
    photographs(&files, &mut ledger, &mut parts, &mut tally, face)?;
    say_missing(&parts, &mut tally, face);
    for file in &args.text {
        if let Err(failure) = saved_text(file, &mut ledger, &mut tally, face) {
            face.note(&file.display().to_string());
            face.complain(failure.error.as_ref());
            tally.worst = tally.worst.max(failure.exit);
        }
    }
    if !args.trip.is_empty() {
        tally.worst = tally.worst.max(bring_in(&args.trip, &mut ledger, face));
        tally.found += 1;
    }
    if tally.looked > 0 {
        tally.say(face);
    }
    if !told {
        say_practice(&ledger.trip()?, face);
    }
    Ok(match tally.worst {
        Exit::Done if tally.found == 0 => Exit::NothingFound,
        worst => worst,
    })
}

/// What was seen in a picture: texts, or why there are none.
enum Seen {
    /// And whether there are more symbols than were read.
    Texts(Vec<String>, bool),
    Nothing(Option<Hint>),
    /// Id of the error.
    Failed(&'static str),
}

/// Reads pictures on all processors and takes them in, in the order in which
/// they are named. A receipt whose request comes behind it waits for it.
fn photographs(
    files: &[PathBuf],
    ledger: &mut Ledger,
    parts: &mut Assembly,
    tally: &mut Tally,
    face: &Face,
) -> Result<(), Failure> {
    if files.is_empty() {
        return Ok(());
    }
    let bar = progress_bar(files.len(), face);
    let next = AtomicUsize::new(0);
    let hands = std::thread::available_parallelism()
        .map_or(1, usize::from)
        .min(files.len());
    let (teller, told) = mpsc::channel();
    std::thread::scope(|scope| {
        for _ in 0..hands {
            let (teller, next) = (teller.clone(), &next);
            scope.spawn(move || {
                let reader = StillReader::new();
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let Some(file) = files.get(number) else { break };
                    if teller.send((number, look(file, &reader))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(teller);
        let mut early = BTreeMap::new();
        let mut turn = 0;
        let mut strangers = Vec::new();
        for (number, seen) in told {
            early.insert(number, seen);
            while let Some(seen) = early.remove(&turn) {
                let (texts, more) = match &seen {
                    Seen::Texts(texts, more) => (texts.clone(), *more),
                    _ => (Vec::new(), false),
                };
                let row = take(&files[turn], seen, ledger, parts)?;
                if row.reason == Some(STRANGER) {
                    strangers.push((turn, texts, more));
                } else {
                    bar.suspend(|| told_of(&row, more, tally, face));
                }
                bar.inc(1);
                turn += 1;
            }
        }
        for (turn, texts, more) in strangers {
            let row = take(&files[turn], Seen::Texts(texts, more), ledger, parts)?;
            bar.suspend(|| told_of(&row, more, tally, face));
        }
        bar.finish_and_clear();
        Ok(())
    })
}

/// Says what a picture was, and that there are `more` symbols on it than were
/// read.
fn told_of(row: &Row, more: bool, tally: &mut Tally, face: &Face) {
    tally.add(row, face);
    if more {
        face.advise(&face.messages.pair("scan-more-symbols", &[]));
    }
}

/// Id of what is said of a receipt whose request is not here.
const STRANGER: &str = "collect-stranger";

fn look(file: &Path, reader: &StillReader) -> Seen {
    let read = || -> Result<Seen, Failure> {
        let Still { reading, hint } =
            reader.read(&source::bytes(file)?, &|text| is_wanted(text))?;
        let more = reading.more;
        let texts: Vec<String> = reading.sightings.into_iter().map(|one| one.text).collect();
        Ok(if texts.is_empty() {
            Seen::Nothing(hint)
        } else {
            Seen::Texts(texts, more)
        })
    };
    read().unwrap_or_else(|failure| Seen::Failed(failure.error.id()))
}

/// Ends the search in a picture; anything else may be a sticker on the wall.
fn is_wanted(text: &str) -> bool {
    is_part(text)
        || matches!(
            parse_message(text),
            Ok(Message::Packet(_) | Message::Number(Number::InstallationId(_)))
        )
}

/// Takes in what a picture holds. Several symbols may be on it: what says most
/// comes first.
fn take(
    file: &Path,
    seen: Seen,
    ledger: &mut Ledger,
    parts: &mut Assembly,
) -> Result<Row, Failure> {
    let row = |outcome, reason| Row {
        reason,
        ..Row::new(printable(&file.display().to_string()), outcome)
    };
    let texts = match seen {
        Seen::Texts(texts, _) => texts,
        Seen::Nothing(hint) => {
            return Ok(row(
                Outcome::Nothing,
                Some(hint.map_or("scan-nothing", Into::into)),
            ));
        }
        Seen::Failed(id) => return Ok(row(Outcome::Unreadable, Some(id))),
    };
    let taken = row(Outcome::Other, Some("collect-other"));
    take_texts(&texts, taken, ledger, parts)
}

/// Takes in all texts of one picture; `row` is what came of it if none is ours.
fn take_texts(
    texts: &[String],
    row: Row,
    ledger: &mut Ledger,
    parts: &mut Assembly,
) -> Result<Row, Failure> {
    let mut messages: Vec<Message> = texts
        .iter()
        .filter_map(|text| parse_message(text).ok())
        .collect();
    let mut row = row;
    for part in texts.iter().filter(|text| is_part(text)) {
        match parts.take(part) {
            Ok(Came::Whole(trip)) => messages.push(Message::Packet(Packet::Trip(*trip))),
            Ok(Came::Part { known, needed }) => {
                row.outcome = Outcome::Part;
                row.reason = None;
                row.parts = Some(Parts { known, needed });
            }
            Ok(Came::Nothing) => {
                row.outcome = Outcome::PartKnown;
                row.reason = None;
            }
            Err(error) => row.reason = Some(error.id()),
        }
    }
    // A request says more than the bare number that may stand beside it.
    messages.sort_by_key(|message| !matches!(message, Message::Packet(_)));
    let mut taken = row;
    let mut is_taken = false;
    for message in &messages {
        let made = ledger.change(|trip| {
            let by = by(trip);
            take_message(trip, message, &by).map_err(Refusal::Trip)
        });
        match made {
            // The first that is ours stands for the picture.
            Ok(Some(made)) if !is_taken => {
                is_taken = true;
                taken = Row {
                    source: taken.source,
                    ..made
                };
            }
            Ok(_) => {}
            Err(Refusal::Trip(error)) => {
                taken.outcome = Outcome::Refused;
                taken.reason = Some((&error).into());
            }
            // Nothing more can be kept: whoever goes on would lose it.
            Err(Refusal::Ledger(error)) => return Err(error.into()),
        }
    }
    Ok(taken)
}

/// What a message was to the trip; `None` if it is nothing to collect.
fn take_message(trip: &mut Trip, message: &Message, by: &By) -> Result<Option<Row>, TripError> {
    let row = |outcome, pc: Option<String>, products| Row {
        pc,
        products,
        ..Row::new(String::new(), outcome)
    };
    Ok(match message {
        Message::Number(Number::InstallationId(iid)) => {
            Some(Row::of(&trip.collect_number(iid, &Facts::default(), by)?))
        }
        Message::Packet(Packet::Request(request)) => Some(Row::of(&trip.collect(request, by)?)),
        Message::Packet(Packet::Receipt(receipt)) => Some(match trip.close(receipt, by) {
            Some(closed) => row(
                Outcome::Receipt,
                Some(closed.pc),
                closed.activated + closed.failed,
            ),
            None => Row {
                reason: Some(STRANGER),
                ..row(Outcome::Other, Some(receipt.pc.name.to_string()), 0)
            },
        }),
        Message::Packet(Packet::Trip(packet)) => {
            let taken = trip.take_packet(packet, by)?;
            Some(row(
                Outcome::Trip,
                Some(packet.name.to_string()),
                taken.added,
            ))
        }
        Message::Number(_) => None,
    })
}

/// What is known of trips in several symbols, none of which came in, goes with
/// this program.
fn say_missing(parts: &Assembly, tally: &mut Tally, face: &Face) {
    for (known, needed) in parts.missing() {
        let facts = [("known", known.into()), ("needed", needed.into())];
        face.advise(&face.messages.pair("collect-incomplete", &facts));
        tally.worst = tally.worst.max(Exit::NothingFound);
    }
}

/// Takes in what `slmgr` or `ospp.vbs` wrote. A PC is called as the text calls
/// it, else as the file is.
fn saved_text(
    file: &Path,
    ledger: &mut Ledger,
    tally: &mut Tally,
    face: &Face,
) -> Result<(), Failure> {
    let Findings {
        installation_ids,
        damaged,
        ..
    } = pasted::read(&source::bytes(file)?)?;
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
            .map(|found| Facts::of_found(found, name.clone()))
            .collect();
        let collected = ledger.change(|trip| -> Result<_, Failure> {
            let by = by(trip);
            Ok(trip.collect_numbers(&numbers, &by)?)
        })?;
        let row = Row {
            source: source.clone(),
            ..Row::of(&collected)
        };
        tally.add(&row, face);
    }
    if nameless > 1 {
        let facts = [("source", source.into()), ("pcs", nameless.into())];
        face.advise(&face.messages.pair("collect-apart", &facts));
    }
    for number in damaged {
        face.note(&face.say_with("collect-damaged", &[("line", number.line.into())]));
        face.warn(&number.error);
        tally.worst = tally.worst.max(Exit::Malformed);
    }
    Ok(())
}

fn progress_bar(pictures: usize, face: &Face) -> ProgressBar {
    // Draws on standard error, and only where that is a terminal.
    let bar = ProgressBar::new(pictures as u64);
    let template = format!(
        "{} {{wide_bar}} {{pos}}/{{len}}  {{eta}}",
        face.say("collect-bar")
    );
    if let Ok(style) = ProgressStyle::with_template(&template) {
        bar.set_style(style);
    }
    bar
}
