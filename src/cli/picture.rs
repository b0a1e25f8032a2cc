//! Picture files read for their texts, with the details that `-v` prints.

use super::console::Console;
use super::failure::Failure;
use super::inputs;
use crate::activation::Answer;
use crate::advice::ToFact;
use crate::scan::Luma;
use crate::scan::digits::PrintedNumber;
use crate::scan::{Hint, StillReader, StillReport};
use crate::wire::parts::is_ours;
use crate::wire::{Trust, parse_answer};
use std::path::Path;

/// The answer that a text from a picture holds.
pub(super) fn answer_of(text: &str) -> Option<Answer> {
    parse_answer(text, Trust::CheckDigits).ok()
}

/// Reports that nothing was read, and what to change.
pub(super) fn nothing_read(picture: &Path, hint: Option<Hint>, console: &Console) {
    console.note(&picture.display().to_string());
    match hint {
        // The general advice is better than that of "nothing in sight".
        None | Some(Hint::Nothing) => console.advise(&console.messages.pair("scan-nothing", &[])),
        Some(hint) => {
            // If a part was read, it is wrong to say that nothing was.
            if !matches!(hint, Hint::Part { .. }) {
                console.note(&console.text("scan-nothing"));
            }
            console.warn(&hint);
            console.note(&format!("  → {}", console.text("scan-type-instead")));
        }
    }
}

/// Reports a number whose digits a person has to compare, and that it does not count yet.
pub(super) fn doubtful(picture: &Path, number: &PrintedNumber, console: &Console) {
    console.note(&picture.display().to_string());
    let facts = [("groups", number.doubtful_groups().to_fact())];
    console.advise(&console.messages.pair("scan-doubtful", &facts));
    console.note(&format!("  → {}", console.text("scan-type-instead")));
}

/// Reads a picture file; the search ends with the first text that is accepted.
/// On failure, the file is named before the error is printed.
pub(super) fn read(
    picture: &Path,
    reader: &StillReader,
    accept: &dyn Fn(&str) -> bool,
    console: &Console,
) -> Result<StillReport, Failure> {
    let read = || Ok(reader.read(&inputs::bytes(picture)?, accept)?);
    let still = named(picture, console, read)?;
    tell(picture, &still, console);
    Ok(still)
}

/// Reads all texts of a picture file and, where none of them is ours, lets `beside` look
/// at the picture itself.
/// On failure, the file is named before the error is printed.
pub(super) fn read_beside<T>(
    picture: &Path,
    reader: &StillReader,
    beside: impl FnOnce(&Luma) -> T,
    console: &Console,
) -> Result<(StillReport, Option<T>), Failure> {
    let nothing_of_ours =
        |still: &StillReport| !still.reading.sightings.iter().any(|one| is_ours(&one.text));
    let read = || {
        let bytes = inputs::bytes(picture)?;
        Ok(reader.read_beside(&bytes, &|_| true, &nothing_of_ours, beside)?)
    };
    let (still, seen) = named(picture, console, read)?;
    tell(picture, &still, console);
    Ok((still, seen))
}

fn named<T>(
    picture: &Path,
    console: &Console,
    read: impl FnOnce() -> Result<T, Failure>,
) -> Result<T, Failure> {
    read().inspect_err(|failure| {
        let named = failure.error.facts().iter().any(|(key, _)| *key == "file");
        if !named {
            console.note(&picture.display().to_string());
        }
    })
}

/// Details, and what should not go unmentioned.
fn tell(picture: &Path, still: &StillReport, console: &Console) {
    let reading = &still.reading;
    for run in &reading.steps_run {
        console.detail(&format!(
            "{}: {} {:.0} ms {:?}",
            picture.display(),
            run.step,
            run.took.as_secs_f64() * 1000.0,
            run.outcome
        ));
    }
    // Next to a text that was read, a part would go unmentioned.
    if !reading.sightings.is_empty() {
        for seen in &reading.parts {
            console.warn(&Hint::of_part(seen.part));
        }
    }
    if reading.more {
        console.note(&picture.display().to_string());
        console.advise(&console.messages.pair("scan-more-symbols", &[]));
    }
}
