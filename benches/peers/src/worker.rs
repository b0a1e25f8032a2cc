//! A contender's own process: reads items, prints what came of each.

use crate::contenders::{self, Contender};
use crate::manifest::{Answer, Item, Line, Manifest};
use cpu_time::ProcessTime;
use hikyaku::ground::contain;
use hikyaku::scan::{Luma, luma_from_bytes};
use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// Reads the items from a number on. Who panics does not end the process; who
/// hangs is ended from outside.
pub(crate) fn work(name: &str, manifest: &Path, from: usize) -> io::Result<()> {
    let mut contender = match contenders::named(name) {
        Ok(contender) => contender,
        Err(why) => return tell(&Line::Unavailable(why)),
    };
    tell(&Line::Ready(contenders::version(name, contender.as_ref())))?;
    let folder = manifest.parent().unwrap_or(Path::new("."));
    let items = Manifest::read(manifest)?.items;
    for (number, item) in items.iter().enumerate().skip(from) {
        let frames = open(folder, item)?;
        tell(&Line::Read(answer(contender.as_mut(), number, &frames)))?;
    }
    Ok(())
}

fn answer(contender: &mut dyn Contender, item: usize, frames: &[Luma]) -> Answer {
    // All threads of this process count: a reader may use several.
    let begun = ProcessTime::now();
    let read = contain(|| match frames {
        [picture] => contender.read(picture),
        frames => contender.read_sequence(frames),
    });
    let ms = begun.elapsed().as_secs_f64() * 1000.0;
    let failed = read.is_err().then(|| "panicked".to_owned());
    Answer {
        item,
        texts: read.unwrap_or_default(),
        ms,
        failed,
    }
}

fn open(folder: &Path, item: &Item) -> io::Result<Vec<Luma>> {
    let open = |file: &String| {
        let bytes = fs::read(folder.join(file))?;
        luma_from_bytes(&bytes).map_err(io::Error::other)
    };
    item.frames.iter().map(open).collect()
}

fn tell(line: &Line) -> io::Result<()> {
    let mut out = io::stdout().lock();
    serde_json::to_writer(&mut out, line)?;
    writeln!(out)?;
    out.flush()
}
