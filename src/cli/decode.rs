//! `hikyaku decode`: the text of any QR code in pictures, made printable, and the numbers that
//! screens of Windows and the portal show in digits.

use super::args::DecodeArgs;
use super::console::Console;
use super::exit::Exit;
use super::failure::Failure;
use super::{inputs, picture};
use crate::activation::{kind_name, split};
use crate::advice::{Advice, ToFact};
use crate::ground::printable;
use crate::scan::Luma;
use crate::scan::digits::{DigitReader, JoinedReader, PrintedNumber};
use crate::scan::{StillReader, StillReport};
use serde::Serialize;
use std::time::Instant;

/// One picture, as JSON. Field names are stable.
#[derive(Serialize)]
struct DecodeJson {
    picture: String,
    texts: Vec<DecodedText>,
    /// Numbers that were read by their digits, where no symbol of ours was.
    numbers: Vec<DecodedNumber>,
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
struct DecodedNumber {
    kind: &'static str,
    digits: String,
    certainty: f32,
    corners: [[f32; 2]; 4],
    /// Digits to look at once more, from 0.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    doubtful: Vec<usize>,
}

impl From<PrintedNumber> for DecodedNumber {
    fn from(number: PrintedNumber) -> Self {
        Self {
            kind: kind_name(number.kind),
            corners: number.corners(),
            digits: number.digits,
            certainty: number.certainty,
            doubtful: number.doubtful,
        }
    }
}

#[derive(Serialize)]
struct DecodedPart {
    number: u8,
    of: u8,
    corners: [[f32; 2]; 4],
    step: &'static str,
}

/// Reads the numbers in one picture after the other; joined, in all of them together.
enum NumberReader {
    Single(&'static DigitReader),
    Joined(JoinedReader<'static>),
}

impl NumberReader {
    fn new(joined: bool) -> Result<Self, Failure> {
        let reader = DigitReader::shared()?;
        Ok(if joined {
            Self::Joined(JoinedReader::new(reader))
        } else {
            Self::Single(reader)
        })
    }

    /// The numbers that hold by this picture; joined, by all so far.
    fn read(&mut self, picture: &Luma) -> Vec<PrintedNumber> {
        match self {
            Self::Single(reader) => reader.read(picture),
            Self::Joined(reader) => {
                reader.add(picture);
                reader.numbers()
            }
        }
    }
}

/// Prints a number as a person reads it, and where to look once more.
fn print_number(number: &PrintedNumber, console: &Console) {
    let groups = split(&number.digits, number.kind.group_digits());
    console.line(&groups.join(" "));
    if !number.is_beyond_doubt() {
        let facts = [("groups", number.doubtful_groups().to_fact())];
        console.advise(&console.messages.pair("decode-doubtful", &facts));
    }
}

/// Reads every picture and prints the texts.
pub(super) fn run(args: &DecodeArgs, console: &Console) -> Result<Exit, Failure> {
    let reader = StillReader::new();
    let mut digits = NumberReader::new(args.joined)?;
    let pictures = inputs::pictures(&args.pictures)?;
    let several = pictures.len() > 1;
    let mut found = false;
    let mut failed: Option<Exit> = None;
    for file in &pictures {
        let name = file.display().to_string();
        let started = Instant::now();
        let beside = |luma: &Luma| digits.read(luma);
        let looked = picture::read_beside(file, &reader, beside, console);
        let (StillReport { reading, hint, .. }, numbers) = match looked {
            Ok((still, numbers)) => (still, numbers.unwrap_or_default()),
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
        let nothing = reading.sightings.is_empty() && numbers.is_empty();
        found |= !nothing;
        if several {
            console.line(&format!("{name}:"));
        }
        for sighting in &reading.sightings {
            console.line(&printable(&sighting.text));
        }
        for number in &numbers {
            print_number(number, console);
        }
        if nothing {
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
            numbers: numbers.into_iter().map(DecodedNumber::from).collect(),
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
            hint: hint.filter(|_| nothing).as_ref().map(Advice::id),
            ms: started.elapsed().as_millis() as u64,
        });
    }
    Ok(match failed {
        Some(exit) => exit,
        None if found => Exit::Done,
        None => Exit::NothingFound,
    })
}
