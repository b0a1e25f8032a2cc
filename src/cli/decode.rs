//! `hikyaku decode`: any QR text in pictures, made printable.

use super::args::DecodeArgs;
use super::exit::Exit;
use super::face::Face;
use super::failure::Failure;
use super::{picture, source};
use crate::advice::Advice;
use crate::ground::printable;
use crate::scan::{Still, StillReader};
use serde::Serialize;
use std::time::Instant;

/// The result on standard output; names are stable.
#[derive(Serialize)]
struct Decoded {
    picture: String,
    texts: Vec<DecodedText>,
    /// Symbols that hold a part of a text only; what they hold is not told.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parts: Vec<DecodedPart>,
    /// There are more symbols in the picture than stand here.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    more: bool,
    /// Id of the message that says what to change, where nothing was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<&'static str>,
    ms: u64,
}

/// A picture that could not be looked at.
#[derive(Serialize)]
struct Undecoded<'a> {
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

/// Reads every picture and prints what stands there.
pub(super) fn run(args: &DecodeArgs, face: &Face) -> Result<Exit, Failure> {
    let reader = StillReader::new();
    let pictures = source::pictures(&args.pictures)?;
    let several = pictures.len() > 1;
    let mut found = false;
    let mut failed: Option<Exit> = None;
    for file in &pictures {
        let name = file.display().to_string();
        let begun = Instant::now();
        let Still { reading, hint } = match picture::read(file, &reader, &|_| true, face) {
            Ok(looked) => looked,
            Err(failure) => {
                face.complain(failure.error.as_ref());
                face.object(&Undecoded {
                    picture: &name,
                    error: failure.error.id(),
                });
                failed = failed.max(Some(failure.exit));
                continue;
            }
        };
        found |= !reading.sightings.is_empty();
        if several {
            face.line(&format!("{name}:"));
        }
        for sighting in &reading.sightings {
            face.line(&printable(&sighting.text));
        }
        if reading.sightings.is_empty() {
            picture::nothing_read(file, hint, face);
        }
        face.object(&Decoded {
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
            ms: begun.elapsed().as_millis() as u64,
        });
    }
    Ok(match failed {
        Some(exit) => exit,
        None if found => Exit::Done,
        None => Exit::NothingFound,
    })
}
