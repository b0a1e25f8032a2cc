//! `hikyaku deliver`: the replies of a trip, on the terminal or on paper.

use super::args::DeliverArgs;
use super::console::Console;
use super::exit::Exit;
use super::failure::Failure;
use super::ledgers::{ChangeError, by, now, open, open_for_reading};
use super::record::minute;
use super::trip::say_contested;
use super::{documents, inputs, keyed, painting};
use crate::activation::{KeyedForm, Tag};
use crate::ledger::Ledger;
use crate::paper;
use crate::symbol::{Caption, Symbol};
use crate::trip::{Delivery, DeliveryList, Trip};
use crate::wire::reply_to_digits;
use serde::Serialize;
use std::io::IsTerminal;

/// One reply, as JSON. Field names are stable.
#[derive(Serialize)]
struct DeliverJson<'a> {
    pc: &'a str,
    product: &'a str,
    tag: Tag,
    reply: &'a str,
    /// What is typed into a PC on which Hikyaku does not run.
    #[serde(skip_serializing_if = "Option::is_none")]
    command: Option<String>,
}

/// Prints sheets, or shows one reply after the other.
pub(super) fn run(args: &DeliverArgs, console: &Console) -> Result<Exit, Failure> {
    if args.sheet.is_some() || args.request_sheet.is_some() {
        return sheets(args, console);
    }
    let (trip, ledger) = match open(&args.trip, console) {
        Ok(ledger) => (ledger.trip()?, Some(ledger)),
        // A reply can be shown even where the record of showing it cannot be
        // kept.
        Err(failure) => {
            let trip = open_for_reading(&args.trip, console)?;
            console.warn(failure.error.as_ref());
            console.note(&console.text("deliver-not-kept"));
            (trip, None)
        }
    };
    say_unsound(&trip, console);
    say_contested(&trip, console);
    let parcels = DeliveryList::of(&trip, args.search.as_deref());
    if parcels.at_hand().is_none() {
        let wanted = args.search.clone().unwrap_or_default();
        let id = if args.search.is_some() {
            "deliver-not-found"
        } else {
            "paper-nothing-to-print"
        };
        let facts = [("wanted", wanted.into())];
        console.advise(&console.messages.pair(id, &facts));
        return Ok(Exit::NothingFound);
    }
    #[cfg(feature = "window")]
    if args.window {
        return show_in_window(parcels, form(args), &trip, ledger, console);
    }
    show_in_turn(parcels, ledger, args, console)
}

/// The form for PCs on which Hikyaku does not run, if they are meant.
fn form(args: &DeliverArgs) -> Option<KeyedForm> {
    args.keyed.without_hikyaku.map(KeyedForm::from)
}

fn sheets(args: &DeliverArgs, console: &Console) -> Result<Exit, Failure> {
    let trip = open_for_reading(&args.trip, console)?;
    say_unsound(&trip, console);
    say_contested(&trip, console);
    let made = minute(now());
    if let Some(file) = &args.sheet {
        let sheet = match form(args) {
            Some(form) => paper::keyed_sheet(&trip, form, &made, &console.messages)?,
            None => paper::reply_sheet(&trip, &made, &console.messages)?,
        };
        documents::write(file, &sheet, console)?;
    }
    if let Some(file) = &args.request_sheet {
        let sheet = paper::request_sheet(&trip, &made, &console.messages)?;
        documents::write(file, &sheet, console)?;
    }
    Ok(Exit::Done)
}

/// Names the PCs whose Confirmation ID fits no reply, because its check digits
/// fail.
fn say_unsound(trip: &Trip, console: &Console) {
    let names: Vec<&str> = trip.unsound().map(|(pc, _)| pc.name.as_str()).collect();
    if !names.is_empty() {
        let facts = [("pcs", names.join(", ").into())];
        console.advise(&console.messages.pair("deliver-unsound", &facts));
    }
}

/// Shows the replies in a window, large.
#[cfg(feature = "window")]
fn show_in_window(
    parcels: DeliveryList,
    keyed: Option<KeyedForm>,
    trip: &Trip,
    mut ledger: Option<Ledger>,
    console: &Console,
) -> Result<Exit, Failure> {
    let options = crate::window::BoardOptions {
        lang: console.messages.lang(),
        trip: trip.about.name.to_string(),
        practice: trip.is_practice() == Some(true),
        keyed,
    };
    let keep = move |tag| note_shown(ledger.as_mut(), tag).map_err(Into::into);
    crate::window::deliver(options, parcels, keep)?;
    Ok(Exit::Done)
}

/// Records that a reply was shown to its PC, if there is a ledger to write to.
fn note_shown(ledger: Option<&mut Ledger>, tag: Tag) -> Result<(), ChangeError> {
    let Some(ledger) = ledger else {
        return Ok(());
    };
    ledger.change(|trip| {
        let by = by(trip);
        trip.deliver(tag, &by).map_err(ChangeError::Trip)
    })
}

/// Shows one reply after the other. On a terminal, the person says which comes
/// next.
fn show_in_turn(
    mut parcels: DeliveryList,
    mut ledger: Option<Ledger>,
    args: &DeliverArgs,
    console: &Console,
) -> Result<Exit, Failure> {
    let is_interactive =
        !console.is_json && std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    let mut exit = Exit::Done;
    while let Some(parcel) = parcels.at_hand() {
        exit = exit.max(show(parcel, &parcels, args, console)?);
        // A reply that went into a pipe was shown to nobody.
        if is_interactive {
            note_shown(ledger.as_mut(), parcel.reply.tag)?;
        }
        let goes_on = if is_interactive {
            ask_for_next(&mut parcels, console)
        } else {
            parcels.forward()
        };
        if !goes_on {
            break;
        }
    }
    Ok(exit)
}

fn show(
    parcel: &Delivery,
    parcels: &DeliveryList,
    args: &DeliverArgs,
    console: &Console,
) -> Result<Exit, Failure> {
    let digits = reply_to_digits(&parcel.reply);
    let product = console.messages.product_name(parcel.product.as_ref());
    let form = form(args);
    let answer = parcel.keyed();
    console.json(&DeliverJson {
        pc: parcel.pc.as_str(),
        product: &product,
        tag: parcel.reply.tag,
        reply: &digits,
        command: form.map(|_| answer.to_string()),
    });
    console.line(&console.text_with(
        "deliver-of",
        &[
            ("number", (parcels.place() + 1).into()),
            ("count", parcels.found().len().into()),
            ("pc", parcel.pc.clone().into()),
            ("product", product.into()),
        ],
    ));
    let text = form.map_or(digits, |form| answer.text(form));
    let fits = painting::paint(&Symbol::encode(&text)?, args.compact, console);
    console.line("");
    if let Some(form) = form {
        painting::print_caption(&keyed::caption(&parcel.reply, console), console);
        console.line("");
        keyed::print(&answer, form, console);
    } else {
        painting::print_caption(&Caption::of_reply(&parcel.reply), console);
    }
    console.line("");
    Ok(if fits { Exit::Done } else { Exit::Usage })
}

/// Moves to the reply that the person asks for; `false` to stop.
fn ask_for_next(parcels: &mut DeliveryList, console: &Console) -> bool {
    console.note(&console.text("deliver-next"));
    let Ok(Some(line)) = inputs::next_line(&mut std::io::stdin().lock()) else {
        return false;
    };
    match line.trim() {
        "" => parcels.forward(),
        "q" => false,
        "b" => {
            parcels.back();
            true
        }
        wanted => {
            // A leading `/` allows searching for a PC that is named like a key.
            let wanted = wanted.strip_prefix('/').unwrap_or(wanted);
            if !parcels.seek(wanted) {
                let facts = [("wanted", wanted.into())];
                console.advise(&console.messages.pair("deliver-not-found", &facts));
            }
            true
        }
    }
}
