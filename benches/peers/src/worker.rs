//! A contender's own process: reads items and prints what it read in each.

use crate::contenders::{self, Contender};
use crate::manifest::{ItemReads, Manifest, TestItem, WorkerMessage};
use cpu_time::ProcessTime;
use hikyaku::ground::contain;
use hikyaku::scan::{Luma, luma_from_bytes};
use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// Reads the items from a number on. A panic of the contender does not end the process; a hang is
/// ended from outside.
pub(crate) fn work(name: &str, manifest: &Path, from: usize) -> io::Result<()> {
    let mut contender = match contenders::named(name) {
        Ok(contender) => contender,
        Err(why) => return tell(&WorkerMessage::Unavailable(why)),
    };
    tell(&WorkerMessage::Ready(contenders::version(
        name,
        contender.as_ref(),
    )))?;
    let folder = manifest.parent().unwrap_or(Path::new("."));
    let items = Manifest::read(manifest)?.items;
    for (number, item) in items.iter().enumerate().skip(from) {
        let frames = open(folder, item)?;
        tell(&WorkerMessage::Read(answer(
            contender.as_mut(),
            number,
            &frames,
        )))?;
    }
    Ok(())
}

fn answer(contender: &mut dyn Contender, item: usize, frames: &[Luma]) -> ItemReads {
    // The time of all threads of this process counts: a reader may use several.
    let begun = ProcessTime::now();
    let read = contain(|| match frames {
        [picture] => contender.read(picture),
        frames => contender.read_sequence(frames),
    });
    let ms = begun.elapsed().as_secs_f64() * 1000.0;
    let failed = read.is_err().then(|| "panicked".to_owned());
    ItemReads {
        item,
        texts: read.unwrap_or_default(),
        ms,
        failed,
    }
}

fn open(folder: &Path, item: &TestItem) -> io::Result<Vec<Luma>> {
    let open = |file: &String| {
        let bytes = fs::read(folder.join(file))?;
        luma_from_bytes(&bytes).map_err(io::Error::other)
    };
    item.frames.iter().map(open).collect()
}

fn tell(line: &WorkerMessage) -> io::Result<()> {
    let mut out = io::stdout().lock();
    serde_json::to_writer(&mut out, line)?;
    writeln!(out)?;
    out.flush()
}
