//! `hikyaku scan`: replies from pictures, deposited where they belong. Those
//! from a camera are in `live.rs`.

use super::args::{Global, ScanArgs};
use super::exit::Exit;
use super::face::Face;
use super::failure::Failure;
use super::settle::{Outcome, Settling};
use super::{picture, source};
use crate::activation::{Answer, matching};
use crate::licensing::Reception;
use crate::scan::{Still, StillReader};
use crate::wire::Stranger;
use std::path::Path;

/// Reads every picture and settles every reply in it.
pub(super) fn run(args: &ScanArgs, global: &Global, face: &Face) -> Result<Exit, Failure> {
    #[cfg(feature = "camera")]
    if args.live.camera.is_some() || args.live.camera_folder.is_some() {
        return super::live::run(args, global, face);
    }
    let mut store = source::store(global, face)?;
    let mut memory = source::memory(global, face);
    let reader = StillReader::new();
    let mut settling = Settling {
        reception: Reception {
            seen: store.products()?,
            store: store.as_mut(),
            memory: &mut memory,
            dry_run: args.dry_run,
        },
        product: args.product.as_deref(),
    };
    // One picture that a person named is shown by that person; what lies in a
    // folder may be anybody's.
    let named = matches!(&args.pictures[..], [one] if one.is_file());
    let mut tally = Tally::default();
    let mut seen: Vec<Answer> = Vec::new();
    for file in source::pictures(&args.pictures)? {
        let answers = match answers_in(&file, &reader, face) {
            Ok(answers) => answers,
            Err(failure) => {
                tally.failed(&failure, face);
                continue;
            }
        };
        let (taken, left) = matching::of_one_picture(answers, named);
        if !left.is_empty() {
            tally.add(leave(&file, named, face));
        }
        seen.extend(left);
        for answer in taken {
            if seen.contains(&answer) {
                continue;
            }
            match settling.settle(&answer, face) {
                Ok(exit) => tally.add(exit),
                Err(failure) => tally.failed(&failure, face),
            }
            seen.push(answer);
        }
    }
    if seen.is_empty() {
        face.object(&Outcome::nothing());
        tally.add(Exit::NothingFound);
    }
    Ok(tally.exit())
}

/// Answers in one picture; what else was read is named, so that nobody walks
/// away believing that a request was a reply.
fn answers_in(file: &Path, reader: &StillReader, face: &Face) -> Result<Vec<Answer>, Failure> {
    let accept = |text: &str| picture::answer_of(text).is_some();
    let Still { reading, hint } = picture::read(file, reader, &accept, face)?;
    let answers: Vec<Answer> = reading
        .sightings
        .iter()
        .filter_map(|sighting| picture::answer_of(&sighting.text))
        .collect();
    if answers.is_empty() {
        match reading.sightings.first() {
            Some(sighting) => {
                face.note(&file.display().to_string());
                let instead = Stranger::of(&sighting.text);
                face.advise(&face.messages.pair(instead.into(), &[]));
            }
            None => picture::nothing_read(file, hint, face),
        }
    }
    Ok(answers)
}

/// Says of bare numbers that they are left alone.
fn leave(file: &Path, named: bool, face: &Face) -> Exit {
    face.note(&file.display().to_string());
    let id = if named {
        "scan-several-bare"
    } else {
        "scan-bare-among-many"
    };
    face.advise(&face.messages.pair(id, &[]));
    face.object(&Outcome::nothing());
    Exit::NotForThisPc
}

/// How several results make one exit code: done if anything got activated and
/// nothing was refused, else the gravest.
#[derive(Default)]
struct Tally {
    done: bool,
    not_here: bool,
    worst: Option<Exit>,
}

impl Tally {
    fn add(&mut self, exit: Exit) {
        match exit {
            Exit::Done => self.done = true,
            Exit::NotForThisPc => self.not_here = true,
            other => self.worst = Some(self.worst.map_or(other, |worst| worst.max(other))),
        }
    }

    fn failed(&mut self, failure: &Failure, face: &Face) {
        face.complain(failure.error.as_ref());
        self.add(failure.exit);
    }

    fn exit(&self) -> Exit {
        match self.worst {
            Some(worst) => worst,
            // A folder of pictures holds other PCs' replies too.
            None if self.done => Exit::Done,
            None if self.not_here => Exit::NotForThisPc,
            None => Exit::NothingFound,
        }
    }
}
