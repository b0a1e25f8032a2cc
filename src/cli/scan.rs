//! `hikyaku scan`: replies in pictures, deposited where they belong. `live.rs`
//! reads them with a camera.

use super::args::{GlobalArgs, ScanArgs};
use super::console::Console;
use super::exit::Exit;
use super::failure::Failure;
use super::settle::{DepositJson, Settling};
use super::{inputs, picture};
use crate::activation::{Answer, matching};
use crate::licensing::AnswerHandler;
use crate::scan::digits::{DigitReader, PrintedNumber};
use crate::scan::{StillReader, StillReport};
use crate::wire::NotAReply;
use std::path::Path;

/// Reads every picture and settles every reply in it.
pub(super) fn run(
    args: &ScanArgs,
    global: &GlobalArgs,
    console: &Console,
) -> Result<Exit, Failure> {
    #[cfg(feature = "camera")]
    if args.live.camera.is_some() || args.live.camera_folder.is_some() {
        return super::live::run(args, global, console);
    }
    let mut store = inputs::store(global, console)?;
    let mut memory = inputs::memory(global, console);
    let reader = StillReader::new().and_digits(DigitReader::shared()?);
    let mut settling = Settling {
        handler: AnswerHandler {
            seen: store.products()?,
            store: store.as_mut(),
            history: &mut memory,
            dry_run: args.dry_run,
        },
        product: args.product.as_deref(),
    };
    // A person vouches for the one picture that they name; the pictures in a
    // folder may be anybody's.
    let named = matches!(&args.pictures[..], [one] if one.is_file());
    let mut tally = ExitTally::default();
    let mut seen: Vec<Answer> = Vec::new();
    for file in inputs::pictures(&args.pictures)? {
        let answers = match answers_in(&file, &reader, console) {
            Ok(answers) => answers,
            Err(failure) => {
                tally.failed(&failure, console);
                continue;
            }
        };
        let (taken, left) = matching::sort_picture_answers(answers, named);
        if !left.is_empty() {
            tally.add(leave_bare_numbers(&file, named, console));
        }
        seen.extend(left);
        for answer in taken {
            if seen.contains(&answer) {
                continue;
            }
            match settling.settle(&answer, console) {
                Ok(exit) => tally.add(exit),
                Err(failure) => tally.failed(&failure, console),
            }
            seen.push(answer);
        }
    }
    if seen.is_empty() {
        console.json(&DepositJson::nothing());
        tally.add(Exit::NothingFound);
    }
    Ok(tally.exit())
}

/// The answers in one picture. Anything else that was read is named, so that
/// nobody takes a request for a reply.
fn answers_in(
    file: &Path,
    reader: &StillReader,
    console: &Console,
) -> Result<Vec<Answer>, Failure> {
    let accept = |text: &str| picture::answer_of(text).is_some();
    let StillReport {
        reading,
        numbers,
        hint,
    } = picture::read(file, reader, &accept, console)?;
    let (sure, doubtful): (Vec<PrintedNumber>, _) = numbers
        .into_iter()
        .partition(PrintedNumber::is_beyond_doubt);
    let texts = reading.sightings.into_iter().map(|sighting| sighting.text);
    let texts: Vec<String> = texts
        .chain(sure.into_iter().map(|one| one.digits))
        .collect();
    let answers: Vec<Answer> = texts
        .iter()
        .filter_map(|text| picture::answer_of(text))
        .collect();
    if answers.is_empty() {
        match (texts.first(), doubtful.first()) {
            (Some(text), _) => {
                console.note(&file.display().to_string());
                let instead = NotAReply::of(text);
                console.advise(&console.messages.pair(instead.into(), &[]));
            }
            (None, Some(number)) => picture::doubtful(file, number, console),
            (None, None) => picture::nothing_read(file, hint, console),
        }
    }
    Ok(answers)
}

/// Says that bare numbers were left alone.
fn leave_bare_numbers(file: &Path, named: bool, console: &Console) -> Exit {
    console.note(&file.display().to_string());
    let id = if named {
        "scan-several-bare"
    } else {
        "scan-bare-among-many"
    };
    console.advise(&console.messages.pair(id, &[]));
    console.json(&DepositJson::nothing());
    Exit::NotForThisPc
}

/// The one exit code of several results: done if anything was activated and
/// nothing was refused, else the worst.
#[derive(Default)]
struct ExitTally {
    done: bool,
    not_here: bool,
    worst: Option<Exit>,
}

impl ExitTally {
    fn add(&mut self, exit: Exit) {
        match exit {
            Exit::Done => self.done = true,
            Exit::NotForThisPc => self.not_here = true,
            other => self.worst = Some(self.worst.map_or(other, |worst| worst.max(other))),
        }
    }

    fn failed(&mut self, failure: &Failure, console: &Console) {
        console.error(failure.error.as_ref());
        self.add(failure.exit);
    }

    fn exit(&self) -> Exit {
        match self.worst {
            Some(worst) => worst,
            // A folder of pictures also holds replies of other PCs.
            None if self.done => Exit::Done,
            None if self.not_here => Exit::NotForThisPc,
            None => Exit::NothingFound,
        }
    }
}
