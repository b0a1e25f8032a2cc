//! A picture on the way to texts, with what `-v` tells of it.

use super::face::Face;
use super::failure::Failure;
use super::source;
use crate::activation::Answer;
use crate::scan::{Hint, Still, StillReader};
use crate::wire::{Trust, parse_answer};
use std::path::Path;

/// The answer that a text from a picture is.
pub(super) fn answer_of(text: &str) -> Option<Answer> {
    parse_answer(text, Trust::CheckDigits).ok()
}

/// Says that nothing was read, and what to change.
pub(super) fn nothing_read(picture: &Path, hint: Option<Hint>, face: &Face) {
    face.note(&picture.display().to_string());
    match hint {
        // What is said anyway is better advice than "nothing in sight".
        None | Some(Hint::Nothing) => face.advise(&face.messages.pair("scan-nothing", &[])),
        Some(hint) => {
            // A part was read well enough to be told.
            if !matches!(hint, Hint::Part { .. }) {
                face.note(&face.say("scan-nothing"));
            }
            face.warn(&hint);
            face.note(&format!("  → {}", face.say("scan-type-instead")));
        }
    }
}

/// Reads a picture file; the search ends with the first text accepted. Where
/// it cannot, the file is named before the error is told.
pub(super) fn read(
    picture: &Path,
    reader: &StillReader,
    accept: &dyn Fn(&str) -> bool,
    face: &Face,
) -> Result<Still, Failure> {
    read_unnamed(picture, reader, accept, face).inspect_err(|failure| {
        let named = failure.error.facts().iter().any(|(key, _)| *key == "file");
        if !named {
            face.note(&picture.display().to_string());
        }
    })
}

fn read_unnamed(
    picture: &Path,
    reader: &StillReader,
    accept: &dyn Fn(&str) -> bool,
    face: &Face,
) -> Result<Still, Failure> {
    let still = reader.read(&source::bytes(picture)?, accept)?;
    let reading = &still.reading;
    for run in &reading.steps_run {
        face.detail(&format!(
            "{}: {} {:.0} ms {:?}",
            picture.display(),
            run.step,
            run.took.as_secs_f64() * 1000.0,
            run.ending
        ));
    }
    // Beside a text, a part would go unmentioned.
    if !reading.sightings.is_empty() {
        for seen in &reading.parts {
            face.warn(&Hint::of_part(seen.part));
        }
    }
    if reading.more {
        face.note(&picture.display().to_string());
        face.advise(&face.messages.pair("scan-more-symbols", &[]));
    }
    Ok(still)
}
