//! `hikyaku report`: the record for the customer.

use super::args::ReportArgs;
use super::documents;
use super::exit::Exit;
use super::face::Face;
use super::failure::{CliError, Failure};
use super::ledgers::{now, open_for_reading};
use super::record::{COLUMNS, minute, print};
use crate::ground::printable;
use crate::paper;
use crate::trip::{csv_record, report};

/// Prints the record, or writes it to a file of the kind that its ending says.
pub(super) fn run(args: &ReportArgs, face: &Face) -> Result<Exit, Failure> {
    let trip = open_for_reading(&args.trip, face)?;
    let record = report(&trip, now());
    let Some(file) = &args.output else {
        print(&record, face);
        return Ok(Exit::Done);
    };
    let extension = file.extension().unwrap_or_default().to_ascii_lowercase();
    let text = match extension.to_str() {
        Some("html" | "htm") => paper::record(
            &record,
            &documents::house(&args.house)?,
            &face.messages,
            minute,
        )?,
        Some("csv") => csv_record(
            &record,
            &COLUMNS.map(|id| face.say(id)),
            |progress| face.say(progress.message_id()),
            |status| face.say(status.message_id()),
            minute,
        ),
        Some("json") => {
            let mut text = serde_json::to_string_pretty(&record).unwrap_or_default();
            text.push('\n');
            text
        }
        _ => {
            return Err(CliError::UnknownRecordFormat {
                file: printable(&file.display().to_string()),
            }
            .into());
        }
    };
    documents::write(file, &text, face)
}
