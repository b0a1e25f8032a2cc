//! `hikyaku deliver`: the replies of a trip, on the terminal or on paper.

use super::args::DeliverArgs;
use super::exit::Exit;
use super::face::Face;
use super::failure::Failure;
use super::report::minute;
use super::trip::{by, now, open, open_for_reading};
use super::{documents, painting};
use crate::activation::{Reply, Tag};
use crate::paper;
use crate::symbol::{Caption, Symbol};
use crate::trip::{Ledger, Trip};
use crate::wire::reply_to_digits;
use serde::Serialize;
use std::io::{BufRead, IsTerminal, Read};

/// Longest line that is typed, in bytes.
const MAX_LINE: u64 = 4096;

/// One reply on standard output; names are stable.
#[derive(Serialize)]
struct Shown<'a> {
    pc: &'a str,
    product: &'a str,
    tag: Tag,
    reply: &'a str,
}

/// A reply with whose it is.
struct Parcel {
    pc: String,
    product: String,
    reply: Reply,
}

/// Prints sheets, or shows one reply after the other.
pub(super) fn run(args: &DeliverArgs, face: &Face) -> Result<Exit, Failure> {
    if args.sheet.is_some() || args.request_sheet.is_some() {
        return sheets(args, face);
    }
    let mut ledger = open(&args.ledger, face)?;
    say_unsound(&ledger.trip()?, face);
    let mut parcels = parcels(&ledger.trip()?, face);
    if let Some(wanted) = &args.search {
        parcels.retain(|parcel| parcel.matches(wanted));
    }
    if parcels.is_empty() {
        let wanted = args.search.clone().unwrap_or_default();
        let id = if args.search.is_some() {
            "deliver-not-found"
        } else {
            "paper-nothing-to-print"
        };
        let facts = [("wanted", wanted.into())];
        face.advise(&face.messages.pair(id, &facts));
        return Ok(Exit::NothingFound);
    }
    leaf(&parcels, &mut ledger, args, face)
}

fn sheets(args: &DeliverArgs, face: &Face) -> Result<Exit, Failure> {
    let trip = open_for_reading(&args.ledger, face)?;
    say_unsound(&trip, face);
    let made = minute(now());
    if let Some(file) = &args.sheet {
        let sheet = paper::reply_sheet(&trip, &made, &face.messages)?;
        documents::write(file, &sheet, face)?;
    }
    if let Some(file) = &args.request_sheet {
        let sheet = paper::request_sheet(&trip, &made, &face.messages)?;
        documents::write(file, &sheet, face)?;
    }
    Ok(Exit::Done)
}

/// Names the PCs whose Confirmation ID no reply can carry.
fn say_unsound(trip: &Trip, face: &Face) {
    let names: Vec<&str> = trip.unsound().map(|(pc, _)| pc.name.as_str()).collect();
    if !names.is_empty() {
        let facts = [("pcs", names.join(", ").into())];
        face.advise(&face.messages.pair("deliver-unsound", &facts));
    }
}

fn parcels(trip: &Trip, face: &Face) -> Vec<Parcel> {
    trip.replies()
        .map(|(pc, entry, reply)| Parcel {
            pc: pc.name.to_string(),
            product: entry
                .product
                .as_ref()
                .map_or_else(|| face.say("trip-unnamed-product"), ToString::to_string),
            reply,
        })
        .collect()
}

impl Parcel {
    fn matches(&self, wanted: &str) -> bool {
        let wanted = wanted.to_lowercase();
        self.pc.to_lowercase().contains(&wanted) || self.product.to_lowercase().contains(&wanted)
    }
}

/// Shows one reply after the other; on a terminal the person says which next.
fn leaf(
    parcels: &[Parcel],
    ledger: &mut Ledger,
    args: &DeliverArgs,
    face: &Face,
) -> Result<Exit, Failure> {
    let asks = !face.json && std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    let mut exit = Exit::Done;
    let mut at = 0;
    while let Some(parcel) = parcels.get(at) {
        exit = exit.max(show(parcel, at, parcels.len(), args, face)?);
        // What only went into a pipe was shown to nobody.
        if asks {
            let tag = parcel.reply.tag;
            ledger.change(|trip| -> Result<_, Failure> {
                let by = by(trip);
                Ok(trip.deliver(tag, &by)?)
            })?;
        }
        at = if asks {
            match asked(parcels, at, face) {
                Some(next) => next,
                None => break,
            }
        } else {
            at + 1
        };
    }
    Ok(exit)
}

fn show(
    parcel: &Parcel,
    at: usize,
    count: usize,
    args: &DeliverArgs,
    face: &Face,
) -> Result<Exit, Failure> {
    let digits = reply_to_digits(&parcel.reply);
    face.object(&Shown {
        pc: &parcel.pc,
        product: &parcel.product,
        tag: parcel.reply.tag,
        reply: &digits,
    });
    face.line(&face.say_with(
        "deliver-of",
        &[
            ("number", (at + 1).into()),
            ("count", count.into()),
            ("pc", parcel.pc.clone().into()),
            ("product", parcel.product.clone().into()),
        ],
    ));
    let fits = painting::paint(&Symbol::encode(&digits)?, args.compact, face);
    face.line("");
    painting::print_caption(&Caption::of_reply(&parcel.reply), face);
    face.line("");
    Ok(if fits { Exit::Done } else { Exit::Usage })
}

/// Which reply the person wants next; `None` for none.
fn asked(parcels: &[Parcel], at: usize, face: &Face) -> Option<usize> {
    face.note(&face.say("deliver-next"));
    let mut line = Vec::new();
    let mut input = std::io::stdin().lock().take(MAX_LINE);
    let read = input.read_until(b'\n', &mut line).ok()?;
    match String::from_utf8_lossy(&line).trim() {
        _ if read == 0 => None,
        "" => Some(at + 1),
        "q" => None,
        "b" => Some(at.saturating_sub(1)),
        wanted => {
            // From the next one on, and round.
            let found = (1..=parcels.len())
                .map(|step| (at + step) % parcels.len())
                .find(|&index| parcels[index].matches(wanted));
            if found.is_none() {
                let facts = [("wanted", wanted.into())];
                face.advise(&face.messages.pair("deliver-not-found", &facts));
            }
            found.or(Some(at))
        }
    }
}
