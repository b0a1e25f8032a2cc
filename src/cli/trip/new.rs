//! `hikyaku trip new`: a new trip.

use crate::activation::Label;
use crate::cli::args::TripNewArgs;
use crate::cli::console::Console;
use crate::cli::exit::Exit;
use crate::cli::failure::{CliError, Failure};
use crate::cli::inputs;
use crate::cli::ledgers;
use crate::ledger::{Ledger, file_for_new_ledger, is_ledger_name};
use crate::trip::{About, Way, read_pc_list};
use crate::wire::pasted::decode_text;
use serde::Serialize;
use std::path::{Path, PathBuf};

/// The new trip, as JSON. Field names are stable.
#[derive(Serialize)]
struct TripNewJson<'a> {
    ledger: String,
    trip: &'a About,
    pcs: usize,
}

/// Begins a trip, with the PCs of a list if one is given.
pub(crate) fn run(args: &TripNewArgs, console: &Console) -> Result<Exit, Failure> {
    let name = label(&args.name)?;
    let named = |text: &Option<String>| text.as_deref().map(label).transpose();
    let about = About {
        site: named(&args.site)?,
        customer: named(&args.customer)?,
        technician: named(&args.technician)?,
        date: args.date,
        way: args.way.map(Way::from),
        ..About::named(name.clone(), ledgers::now())
    };
    // Read first: a list that cannot be read must not leave half a trip behind.
    let planned = match &args.list {
        Some(file) => read_pc_list(&decode_text(&inputs::bytes(file)?)?)?,
        None => Vec::new(),
    };
    let path = file(&name, ledgers::named(&args.trip)?)?;
    let mut ledger = Ledger::create(&path, &about)?;
    let pcs = ledger.change(|trip| {
        let by = ledgers::by(trip);
        trip.add_listed(&planned, &by).map_err(Failure::from)
    })?;
    console.json(&TripNewJson {
        ledger: path.display().to_string(),
        trip: &about,
        pcs,
    });
    let file = path.display().to_string();
    let facts = [("name", name.to_string().into()), ("file", file.into())];
    console.success(&console.text_with("trip-begun", &facts));
    if pcs > 0 {
        console.line(&console.text_with("trip-planned", &[("pcs", pcs.into())]));
    }
    console.line(&console.text("trip-begun-next"));
    Ok(Exit::Done)
}

/// Where to keep the trip: in the file named, else in the folder of trips. A
/// name is a name whatever it contains, unless it ends like a ledger's file.
fn file(name: &Label, named: Option<&str>) -> Result<PathBuf, Failure> {
    if let Some(named) = named.filter(|named| !named.is_empty()) {
        let as_path = Path::new(named);
        return match Label::cleaned(named) {
            Some(name) if !is_ledger_name(as_path) && as_path.components().count() == 1 => {
                Ok(file_for_new_ledger(&ledgers::folder(), &name)?)
            }
            _ => Ok(as_path.to_owned()),
        };
    }
    let as_path = Path::new(name.as_str());
    if is_ledger_name(as_path) {
        return Ok(as_path.to_owned());
    }
    Ok(file_for_new_ledger(&ledgers::folder(), name)?)
}

fn label(text: &str) -> Result<Label, CliError> {
    Label::cleaned(text).ok_or(CliError::NameEmpty)
}
