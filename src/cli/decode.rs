//! `hikyaku decode`: the text of any QR code in pictures, made printable.

use super::args::DecodeArgs;
use super::console::Console;
use super::exit::Exit;
use super::failure::Failure;
use super::{inputs, picture};
use crate::advice::Advice;
use crate::ground::printable;
use crate::scan::{StillReader, StillReport};
use serde::Serialize;
use std::time::Instant;

/// One picture, as JSON. Field names are stable.
#[derive(Serialize)]
struct DecodeJson {
    picture: String,
    texts: Vec<DecodedText>,
    /// Symbols that hold only a part of a text. What they hold is not printed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parts: Vec<DecodedPart>,
    /// The picture has more symbols than are listed here.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    more: bool,
    /// Id of the message that says what to change, if nothing was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<&'static str>,
    ms: u64,
}

/// A picture that could not be opened, as JSON.
#[derive(Serialize)]
struct DecodeErrorJson<'a> {
    picture: &'a str,
    error: &'static str,
}

#[derive(Serialize)]
struct DecodedText {
    text: String,
    corners: [[f32; 2]; 4],
    step: &'static str,
}

#[derive(Serialize)]
struct DecodedPart {
    number: u8,
    of: u8,
    corners: [[f32; 2]; 4],
    step: &'static str,
}

/// Reads every picture and prints the texts.
pub(super) fn run(args: &DecodeArgs, console: &Console) -> Result<Exit, Failure> {
    let reader = StillReader::new();
    let pictures = inputs::pictures(&args.pictures)?;
    let several = pictures.len() > 1;
    let mut found = false;
    let mut failed: Option<Exit> = None;
    for file in &pictures {
        let name = file.display().to_string();
        let started = Instant::now();
        let StillReport { reading, hint } = match picture::read(file, &reader, &|_| true, console) {
            Ok(looked) => looked,
            Err(failure) => {
                console.error(failure.error.as_ref());
                console.json(&DecodeErrorJson {
                    picture: &name,
                    error: failure.error.id(),
                });
                failed = failed.max(Some(failure.exit));
                continue;
            }
        };
        found |= !reading.sightings.is_empty();
        if several {
            console.line(&format!("{name}:"));
        }
        for sighting in &reading.sightings {
            console.line(&printable(&sighting.text));
        }
        if reading.sightings.is_empty() {
            picture::nothing_read(file, hint, console);
        }
        console.json(&DecodeJson {
            picture: name,
            texts: reading
                .sightings
                .into_iter()
                .map(|sighting| DecodedText {
                    text: sighting.text,
                    corners: sighting.corners,
                    step: sighting.step,
                })
                .collect(),
            parts: reading
                .parts
                .into_iter()
                .map(|seen| DecodedPart {
                    number: seen.part.number,
                    of: seen.part.of,
                    corners: seen.corners,
                    step: seen.step,
                })
                .collect(),
            more: reading.more,
            hint: hint.as_ref().map(Advice::id),
            ms: started.elapsed().as_millis() as u64,
        });
    }
    Ok(match failed {
        Some(exit) => exit,
        None if found => Exit::Done,
        None => Exit::NothingFound,
    })
}
