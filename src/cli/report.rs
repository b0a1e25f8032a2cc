//! `hikyaku report`: the record for the customer.

use super::args::ReportArgs;
use super::console::Console;
use super::documents;
use super::exit::Exit;
use super::failure::{CliError, Failure};
use super::ledgers::{now, open_for_reading};
use super::record::{COLUMNS, minute, print_record};
use crate::ground::printable;
use crate::paper;
use crate::trip::{report, report_csv};

/// Prints the record, or writes it to a file in the format that its name asks
/// for.
pub(super) fn run(args: &ReportArgs, console: &Console) -> Result<Exit, Failure> {
    let trip = open_for_reading(&args.trip, console)?;
    let record = report(&trip, now());
    let Some(file) = &args.output else {
        print_record(&record, console);
        return Ok(Exit::Done);
    };
    let extension = file.extension().unwrap_or_default().to_ascii_lowercase();
    let text = match extension.to_str() {
        Some("html" | "htm") => paper::record(
            &record,
            &documents::issuer(&args.issuer)?,
            &console.messages,
            minute,
        )?,
        Some("csv") => report_csv(
            &record,
            &COLUMNS.map(|id| console.text(id)),
            |progress| console.text(progress.message_id()),
            |status| console.text(status.message_id()),
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
    documents::write(file, &text, console)
}
