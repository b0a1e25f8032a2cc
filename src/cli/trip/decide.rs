//! `hikyaku trip withdraw`, `activated`, `choose`, `number`, `join`, `part`: what
//! a person decides, or says, about the PCs of a trip.

use crate::activation::Tag;
use crate::cli::args::{TripChooseArgs, TripJoinArgs, TripPartArgs, TripProductArgs, TripSelector};
use crate::cli::console::Console;
use crate::cli::exit::Exit;
use crate::cli::failure::{CliError, Failure};
use crate::cli::ledgers;
use crate::cli::record::minute;
use crate::ground::printable;
use crate::trip::{Attribution, Progress, Trip, TripEntry, TripError};
use serde::Serialize;

/// What was done to a product, as JSON. Field names are stable.
#[derive(Serialize)]
struct TripChangeJson<'a> {
    pc: &'a str,
    product: &'a str,
    tag: Tag,
    done: &'static str,
}

/// One of the numbers to choose from, as JSON. Field names are stable.
#[derive(Serialize)]
struct NumberChoiceJson<'a> {
    pc: &'a str,
    product: &'a str,
    tag: Tag,
    number: usize,
    digits: &'a str,
    current: bool,
}

/// The PCs after a decision, as JSON. Field names are stable.
#[derive(Serialize)]
struct PcNamesJson<'a> {
    pcs: &'a [String],
}

/// The product that a decision is about.
struct SelectedProduct {
    pc: String,
    product: String,
    tag: Tag,
}

/// Takes back the Confirmation ID of a product, whoever recorded it and when.
pub(super) fn withdraw(args: &TripProductArgs, console: &Console) -> Result<Exit, Failure> {
    let meant = change(&args.trip, console, |trip, by| {
        let meant = to_take_back(trip, &args.pc, args.product.as_deref(), console)?;
        trip.take_back_cid(meant.tag, by)?;
        Ok(meant)
    })?;
    console.success(&console.text_with("trip-withdrawn", &meant.facts()));
    console.json(&meant.done("withdrawn"));
    Ok(Exit::Done)
}

/// The product whose Confirmation ID is to be taken back.
fn to_take_back(
    trip: &Trip,
    pc: &str,
    product: Option<&str>,
    console: &Console,
) -> Result<SelectedProduct, Failure> {
    let has_answer = |entry: &TripEntry| {
        entry.progress() == Progress::Contested
            || entry.cid.is_some() && entry.progress() != Progress::Activated
    };
    meant(trip, pc, product, has_answer, console)?.ok_or_else(|| {
        let pc = trip.find_pc(pc).map(|pc| pc.called()).unwrap_or_default();
        TripError::NothingToTakeBack { pc }.into()
    })
}

/// The tag of the product for which `trip withdraw` would take back the
/// Confirmation ID.
pub(crate) fn tag_to_take_back(trip: &Trip, pc: &str, console: &Console) -> Result<Tag, Failure> {
    to_take_back(trip, pc, None, console).map(|meant| meant.tag)
}

/// Records that a person read on the PC's screen that Windows activated a
/// product.
pub(super) fn activated(args: &TripProductArgs, console: &Console) -> Result<Exit, Failure> {
    let waits = |entry: &TripEntry| entry.cid.is_some() && entry.progress() != Progress::Activated;
    let meant = change(&args.trip, console, |trip, by| {
        let found = meant(trip, &args.pc, args.product.as_deref(), waits, console)?;
        let found = found.ok_or_else(|| {
            let pc = trip.find_pc(&args.pc).map(|pc| pc.called());
            let pc = pc.unwrap_or_default();
            TripError::NoCidInHand { pc }
        })?;
        trip.saw_activated(found.tag, by)?;
        Ok(found)
    })?;
    console.success(&console.text_with("trip-activated", &meant.facts()));
    console.json(&meant.done("activated"));
    Ok(Exit::Done)
}

/// Chooses the right one of several Confirmation IDs, or lists them.
pub(super) fn choose(args: &TripChooseArgs, console: &Console) -> Result<Exit, Failure> {
    let is_contested = |entry: &TripEntry| !entry.rivals.is_empty();
    let product = args.product.as_deref();
    let Some(number) = args.number else {
        let trip = ledgers::open_for_reading(&args.trip, console)?;
        let meant = meant_for_sure(&trip, &args.pc, product, is_contested, console)?;
        console.line(&console.text_with("trip-choose-of", &meant.facts()));
        let entry = trip.entry(meant.tag).map(|(_, entry)| entry);
        for (cid, number) in entry.into_iter().flat_map(|entry| &entry.rivals).zip(1..) {
            let kept =
                entry.and_then(|entry| entry.number().kept.iter().rfind(|kept| kept.cid == *cid));
            let who = kept.and_then(|kept| kept.actor.as_ref().map(ToString::to_string));
            let facts = [
                ("number", number.into()),
                ("digits", cid.masked().into()),
                (
                    "time",
                    kept.map(|kept| minute(kept.at)).unwrap_or_default().into(),
                ),
                ("who", who.unwrap_or_default().into()),
            ];
            console.line(&console.text_with("trip-choose-line", &facts));
            console.json(&meant.offered(number, &cid.masked(), false));
        }
        console.note(&console.text("trip-choose-how"));
        return Ok(Exit::NotForThisPc);
    };
    let (meant, cid) = change(&args.trip, console, |trip, by| {
        let meant = meant_for_sure(trip, &args.pc, product, is_contested, console)?;
        let entry = trip.entry(meant.tag).map(|(_, entry)| entry);
        let rivals = entry.map(|entry| entry.rivals.clone()).unwrap_or_default();
        let cid = number.checked_sub(1).and_then(|at| rivals.get(at));
        let cid = cid.ok_or_else(|| no_such_number(number))?;
        trip.keep_cid(meant.tag, cid, true, by)?;
        Ok((meant, cid.masked()))
    })?;
    let facts = [meant.facts(), vec![("digits", cid.into())]].concat();
    console.success(&console.text_with("trip-chosen", &facts));
    console.json(&meant.done("chosen"));
    Ok(Exit::Done)
}

/// Chooses which of several Installation IDs a PC has, or lists them. A PC has
/// several if its clock was wrong.
pub(super) fn number(args: &TripChooseArgs, console: &Console) -> Result<Exit, Failure> {
    let has_others = |entry: &TripEntry| !entry.former().is_empty();
    let product = args.product.as_deref();
    let tags = |trip: &Trip, tag: Tag| -> Vec<Tag> {
        let entry = trip.entry(tag).map(|(_, entry)| entry);
        let numbers = |entry: &TripEntry| {
            let former = entry.former().iter().rev().map(|one| one.iid.tag());
            [entry.tag()].into_iter().chain(former).collect()
        };
        entry.map(numbers).unwrap_or_default()
    };
    let Some(chosen) = args.number else {
        let trip = ledgers::open_for_reading(&args.trip, console)?;
        let meant = meant_for_sure(&trip, &args.pc, product, has_others, console)?;
        console.line(&console.text_with("trip-number-of", &meant.facts()));
        for (tag, number) in tags(&trip, meant.tag).into_iter().zip(1..) {
            let Some((_, entry, one)) = trip.number(tag) else {
                continue;
            };
            let taken_at = one.readings.iter().filter_map(|one| one.taken_at).max();
            let facts = [
                ("number", number.into()),
                ("digits", one.iid.masked().into()),
                ("time", taken_at.map(minute).unwrap_or_default().into()),
                ("current", usize::from(entry.tag() == tag).into()),
            ];
            console.line(&console.text_with("trip-number-line", &facts));
            console.json(&meant.offered(number, &one.iid.masked(), entry.tag() == tag));
        }
        console.note(&console.text("trip-number-how"));
        return Ok(Exit::Done);
    };
    let (meant, iid) = change(&args.trip, console, |trip, by| {
        let meant = meant_for_sure(trip, &args.pc, product, has_others, console)?;
        let tags = tags(trip, meant.tag);
        let tag = chosen.checked_sub(1).and_then(|at| tags.get(at)).copied();
        let tag = tag.ok_or_else(|| no_such_number(chosen))?;
        trip.use_number(tag, by)?;
        let iid = trip.entry(tag).map(|(_, entry)| entry.iid.masked());
        Ok((SelectedProduct { tag, ..meant }, iid.unwrap_or_default()))
    })?;
    let facts = [meant.facts(), vec![("digits", iid.into())]].concat();
    console.success(&console.text_with("trip-number-chosen", &facts));
    console.json(&meant.done("number-chosen"));
    Ok(Exit::Done)
}

/// Joins two PCs that are one machine.
pub(super) fn join(args: &TripJoinArgs, console: &Console) -> Result<Exit, Failure> {
    let pc = change(&args.trip, console, |trip, by| {
        let (one, other) = (trip.find_pc(&args.one)?.id, trip.find_pc(&args.other)?.id);
        Ok(trip.join_pcs(one, other, by)?)
    })?;
    console.success(&console.text_with("trip-joined", &[("pc", pc.as_str().into())]));
    console.json(&PcNamesJson { pcs: &[pc] });
    Ok(Exit::Done)
}

/// Parts a PC that is several machines.
pub(super) fn part(args: &TripPartArgs, console: &Console) -> Result<Exit, Failure> {
    let pcs = change(&args.trip, console, |trip, by| {
        let pc = trip.find_pc(&args.pc)?.id;
        Ok(trip.split_pc(pc, by)?)
    })?;
    let facts = [("pcs", pcs.join(", ").into())];
    console.success(&console.text_with("trip-parted", &facts));
    console.json(&PcNamesJson { pcs: &pcs });
    Ok(Exit::Done)
}

fn change<T>(
    args: &TripSelector,
    console: &Console,
    act: impl FnOnce(&mut Trip, &Attribution) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let mut ledger = ledgers::open(args, console)?;
    ledger.change(|trip| {
        let by = ledgers::by(trip);
        act(trip, &by)
    })
}

/// The product of a PC that a person means: the only one that is `possible`, or
/// the one named. `None` if none is possible.
fn meant(
    trip: &Trip,
    pc: &str,
    product: Option<&str>,
    possible: impl Fn(&TripEntry) -> bool,
    console: &Console,
) -> Result<Option<SelectedProduct>, Failure> {
    let pc = trip.find_pc(pc)?;
    let wanted = product.unwrap_or_default().to_lowercase();
    let name = |entry: &TripEntry| console.messages.product_name(entry.product.as_ref());
    let is_named = |entry: &&TripEntry| {
        let tail = entry.key_tail.as_ref().map_or("", |tail| tail.as_str());
        let id = entry.activation_id.map(|id| id.to_string());
        name(entry).to_lowercase().contains(&wanted)
            || tail.to_lowercase() == wanted
            || id.as_ref() == Some(&wanted)
    };
    let named: Vec<&TripEntry> = pc.entries.iter().filter(is_named).collect();
    let found: Vec<&TripEntry> = named
        .iter()
        .copied()
        .filter(|entry| possible(entry))
        .collect();
    let entry = match found[..] {
        [only] => only,
        [] if named.is_empty() => {
            let wanted = printable(product.unwrap_or_default());
            return Err(CliError::NoSuchProductHere {
                pc: pc.called(),
                wanted,
            }
            .into());
        }
        [] => return Ok(None),
        _ => {
            return Err(CliError::SeveralProductsHere {
                pc: pc.called(),
                names: found.into_iter().map(name).collect::<Vec<_>>().join(", "),
            }
            .into());
        }
    };
    Ok(Some(SelectedProduct {
        pc: pc.called(),
        product: name(entry),
        tag: entry.tag(),
    }))
}

/// Like [`meant`], but an error if no product is possible.
fn meant_for_sure(
    trip: &Trip,
    pc: &str,
    product: Option<&str>,
    possible: impl Fn(&TripEntry) -> bool,
    console: &Console,
) -> Result<SelectedProduct, Failure> {
    let called = trip.find_pc(pc)?.called();
    meant(trip, pc, product, possible, console)?
        .ok_or_else(|| CliError::NothingToSay { pc: called }.into())
}

fn no_such_number(number: usize) -> Failure {
    CliError::NoSuchChoice { number }.into()
}

impl SelectedProduct {
    fn facts(&self) -> Vec<(&'static str, crate::advice::Fact)> {
        vec![
            ("pc", self.pc.as_str().into()),
            ("product", self.product.as_str().into()),
        ]
    }

    fn done(&self, done: &'static str) -> TripChangeJson<'_> {
        TripChangeJson {
            pc: &self.pc,
            product: &self.product,
            tag: self.tag,
            done,
        }
    }

    fn offered<'a>(
        &'a self,
        number: usize,
        digits: &'a str,
        current: bool,
    ) -> NumberChoiceJson<'a> {
        NumberChoiceJson {
            pc: &self.pc,
            product: &self.product,
            tag: self.tag,
            number,
            digits,
            current,
        }
    }
}
