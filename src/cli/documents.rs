//! `hikyaku runbook` and `hikyaku letter`, and writing documents.

use super::args::{IssuerArgs, LetterArgs, OccasionArgs, RunbookArgs, WayArg};
use super::console::Console;
use super::exit::Exit;
use super::failure::{CliError, Failure};
use super::inputs;
use super::ledgers::{named, open_for_reading};
use crate::activation::Label;
use crate::ground::atomic;
use crate::paper::{self, Issuer, Letter, Runbook};
use crate::platform::clock;
use crate::trip::{Trip, Way};
use serde::Serialize;
use std::path::Path;

/// Writes the work instruction.
pub(super) fn runbook(args: &RunbookArgs, console: &Console) -> Result<Exit, Failure> {
    let occasion = Occasion::of(&args.occasion, console)?;
    let way = args
        .way
        .map(Way::from)
        .or_else(|| occasion.trip.as_ref()?.about.way);
    let document = paper::runbook(
        &Runbook {
            way: way.unwrap_or(Way::CarryOut),
            pcs: occasion.pcs(),
            customer: occasion.customer,
            site: occasion.site,
            visit: occasion.visit,
            account: label(args.account.as_ref())?,
            edition: label(Some(&args.edition))?.ok_or(CliError::NameEmpty)?,
            date: clock::today(),
            issuer: occasion.issuer,
        },
        &console.messages,
    )?;
    write(&args.output, &document, console)
}

/// Writes the letter to the customer's IT department.
pub(super) fn letter(args: &LetterArgs, console: &Console) -> Result<Exit, Failure> {
    let occasion = Occasion::of(&args.occasion, console)?;
    let way = args
        .way
        .map(Way::from)
        .or_else(|| occasion.trip.as_ref()?.about.way);
    let way = match way.unwrap_or(Way::CarryOut) {
        Way::CarryOut if !args.without_hikyaku => return Err(CliError::NoLetterForWay.into()),
        way => way,
    };
    let pcs = occasion.pcs().len();
    let document = paper::letter(
        &Letter {
            way,
            without_hikyaku: args.without_hikyaku,
            pcs: u32::try_from(pcs).ok().filter(|_| occasion.counted),
            customer: occasion.customer,
            site: occasion.site,
            visit: occasion.visit,
            technician: occasion.technician,
            date: clock::today(),
            issuer: occasion.issuer,
        },
        &console.messages,
    )?;
    write(&args.output, &document, console)
}

/// One document, as JSON. Field names are stable.
#[derive(Serialize)]
struct DocumentJson<'a> {
    file: &'a str,
}

/// Writes a document completely, or not at all.
pub(super) fn write(file: &Path, document: &str, console: &Console) -> Result<Exit, Failure> {
    atomic::write(file, document.as_bytes()).map_err(|error| CliError::unwritable(file, &error))?;
    let written = file.display().to_string();
    console.json(&DocumentJson { file: &written });
    console.line(&console.text_with("trip-written", &[("file", written.into())]));
    Ok(Exit::Done)
}

/// The issuer: company and logo.
pub(super) fn issuer(args: &IssuerArgs) -> Result<Issuer, Failure> {
    let logo = args.logo.as_deref().map(inputs::bytes).transpose()?;
    Ok(Issuer::new(label(args.company.as_ref())?, logo.as_deref())?)
}

fn label(text: Option<&String>) -> Result<Option<Label>, CliError> {
    text.map(|text| Label::cleaned(text).ok_or(CliError::NameEmpty))
        .transpose()
}

/// What a document is for: what the arguments say, else what the trip says.
struct Occasion {
    trip: Option<Trip>,
    count: usize,
    /// Whether the number of PCs is known.
    counted: bool,
    customer: Option<Label>,
    site: Option<Label>,
    visit: Option<chrono::NaiveDate>,
    technician: Option<Label>,
    issuer: Issuer,
}

impl Occasion {
    /// Reads the trip only if it is named: a document may be for a visit
    /// without a trip.
    fn of(args: &OccasionArgs, console: &Console) -> Result<Self, Failure> {
        let selected = named(&args.trip)?;
        let trip = selected
            .map(|_| open_for_reading(&args.trip, console))
            .transpose()?;
        let about = trip.as_ref().map(|trip| trip.about.clone());
        let of = |pick: fn(&crate::trip::About) -> Option<Label>| about.as_ref().and_then(pick);
        Ok(Self {
            count: args.pcs.map_or(1, |pcs| pcs as usize),
            counted: args.pcs.is_some() || trip.as_ref().is_some_and(|trip| !trip.pcs.is_empty()),
            customer: label(args.customer.as_ref())?.or_else(|| of(|about| about.customer.clone())),
            site: label(args.site.as_ref())?.or_else(|| of(|about| about.site.clone())),
            visit: args.date.or_else(|| about.as_ref()?.date),
            technician: label(args.technician.as_ref())?
                .or_else(|| of(|about| about.technician.clone())),
            issuer: issuer(&args.issuer)?,
            trip,
        })
    }

    /// The PCs by name and place, then empty lines up to the number of PCs.
    fn pcs(&self) -> Vec<(String, String)> {
        let named = self.trip.iter().flat_map(|trip| &trip.pcs).map(|pc| {
            let place = pc.place.as_ref().map(ToString::to_string);
            (pc.name.to_string(), place.unwrap_or_default())
        });
        let mut pcs: Vec<_> = named.collect();
        let lines = pcs.len().max(self.count);
        pcs.resize_with(lines, Default::default);
        pcs
    }
}

impl From<WayArg> for Way {
    fn from(way: WayArg) -> Self {
        match way {
            WayArg::Lend => Self::Lend,
            WayArg::CarryIn => Self::CarryIn,
            WayArg::CarryOut => Self::CarryOut,
        }
    }
}
