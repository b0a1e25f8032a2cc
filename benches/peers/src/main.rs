//! Hikyaku's reader side by side with others: all read the same pictures, one after the other,
//! each in a process of its own. Tables go to stdout.

mod contenders;
mod machine;
mod manifest;
mod sets;
mod supervisor;
mod table;
mod worker;

use clap::Parser;
use contenders::Runtime;
use sets::{PictureStore, filmed, photographs, screens};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};
use std::{env, fs, io};
use supervisor::Supervisor;

/// Reads the same pictures with every reader there is, and prints tables.
///
/// Real photographs come from the folder that HIKYAKU_PICTURES names: one folder
/// per set, each picture with its text beside it.
#[derive(Debug, Parser)]
struct Arguments {
    /// Seed of the pictures that are made for this run.
    #[arg(long, default_value_t = 11)]
    seed: u64,
    /// Single pictures per row of the table.
    #[arg(long, default_value_t = 12)]
    stills: usize,
    /// Live sequences per row of the table.
    #[arg(long, default_value_t = 10)]
    sequences: usize,
    /// Frames of a live sequence.
    #[arg(long, default_value_t = 10)]
    frames: usize,
    /// A folder of screens with a truth.json, to be read as well; may be given several times.
    #[arg(long, value_name = "DIR")]
    screens: Vec<PathBuf>,
    /// Only these readers.
    #[arg(long, value_delimiter = ',', value_name = "NAMES")]
    only: Vec<String>,
    /// Seconds by the clock for a picture; a reader that takes longer is stopped.
    #[arg(long, default_value_t = 20)]
    limit: u64,
    /// Readers at work at the same time: more finish sooner and disturb the times a little.
    #[arg(long, default_value_t = 1)]
    jobs: usize,
    /// Where the pictures are put.
    #[arg(long, value_name = "DIR")]
    work: Option<PathBuf>,
    /// Also puts the tables into this file, between its two marks for results.
    #[arg(long, value_name = "FILE")]
    publish: Option<PathBuf>,
    /// A smoke run: a little of everything.
    #[arg(long)]
    quick: bool,
    /// For the bench's own use: be this reader.
    #[arg(long, hide = true, requires = "manifest")]
    worker: Option<String>,
    #[arg(long, hide = true)]
    manifest: Option<PathBuf>,
    #[arg(long, hide = true, default_value_t = 0)]
    from: usize,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match (&arguments.worker, &arguments.manifest) {
        (Some(name), Some(manifest)) => worker::work(name, manifest, arguments.from),
        _ => run(&arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("peers: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> io::Result<()> {
    let bench = Path::new(env!("CARGO_MANIFEST_DIR"));
    let contenders = chosen(&arguments.only)?;
    let begun = Instant::now();
    let folder = arguments.work.clone();
    let mut store = PictureStore::new(folder.unwrap_or_else(|| bench.join("target/pictures")))?;
    fill(arguments, &mut store)?;
    let (manifest, path) = store.close()?;
    eprintln!(
        "{} items ready after {} s",
        manifest.items.len(),
        begun.elapsed().as_secs()
    );
    let supervisor = Supervisor {
        manifest: path,
        python: supervisor::python(bench),
        script: bench.join("python_peers.py"),
        limit: Duration::from_secs(arguments.limit),
        allowance: Duration::from_secs(10),
    };
    let results = supervisor.watch_all(&contenders, &manifest, arguments.jobs);
    let report = format!(
        "{}\nSeed {}.\n\n{}{}",
        machine::description(),
        arguments.seed,
        table::versions(&results),
        table::tables(&manifest, &results)
    );
    print!("{report}");
    match &arguments.publish {
        Some(page) => publish(page, &report),
        None => Ok(()),
    }
}

/// Replaces what stands between the lines `<!-- results -->` and
/// `<!-- /results -->` of a page.
fn publish(page: &Path, report: &str) -> io::Result<()> {
    let text = fs::read_to_string(page)?;
    let published = between_marks(&text, report)
        .ok_or_else(|| io::Error::other(format!("{} has no place for results", page.display())))?;
    fs::write(page, published)
}

fn between_marks(text: &str, report: &str) -> Option<String> {
    const BEGIN: &str = "<!-- results -->\n";
    const END: &str = "<!-- /results -->";
    let (before, rest) = text.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n{report}\n{END}{after}"))
}

/// The contenders of these names, or all if there are none.
fn chosen(names: &[String]) -> io::Result<Vec<(&'static str, Runtime)>> {
    let is_known = |name: &String| contenders::ALL.iter().any(|(known, _)| known == name);
    if let Some(name) = names.iter().find(|name| !is_known(name)) {
        return Err(io::Error::other(format!("there is no reader \"{name}\"")));
    }
    let is_wanted = |name| names.is_empty() || names.iter().any(|wanted| wanted == name);
    let all = contenders::ALL.into_iter();
    Ok(all.filter(|&(name, _)| is_wanted(name)).collect())
}

fn fill(arguments: &Arguments, store: &mut PictureStore) -> io::Result<()> {
    let most = |usual| if arguments.quick { 3 } else { usual };
    match env::var_os("HIKYAKU_PICTURES") {
        Some(folder) => photographs::put(store, Path::new(&folder), most(usize::MAX))?,
        None => eprintln!("no real photographs: HIKYAKU_PICTURES names no folder"),
    }
    for folder in &arguments.screens {
        screens::put(store, folder, most(usize::MAX))?;
    }
    let (stills, sequences, frames) = if arguments.quick {
        (1, 1, arguments.frames.min(3))
    } else {
        (arguments.stills, arguments.sequences, arguments.frames)
    };
    filmed::put_stills(store, arguments.seed, stills)?;
    filmed::put_live(store, arguments.seed, sequences, frames.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A misspelt name must not leave a reader out silently.
    #[test]
    fn readers_are_chosen_by_their_names() {
        let chosen = |names: &[&str]| {
            let names: Vec<_> = names.iter().map(|&name| name.to_owned()).collect();
            chosen(&names).map(|chosen| chosen.len()).ok()
        };
        assert_eq!(chosen(&[]), Some(contenders::ALL.len()));
        assert_eq!(chosen(&["zbar", "hikyaku"]), Some(2));
        assert_eq!(chosen(&["zbar", "zbra"]), None);
    }

    /// Results are replaced as a whole, and nothing else on the page is.
    #[test]
    fn results_go_between_their_marks() {
        let page = "a\n<!-- results -->\nold\n<!-- /results -->\nb\n";
        let new = "a\n<!-- results -->\n\nnew\n\n<!-- /results -->\nb\n";
        assert_eq!(between_marks(page, "new\n").as_deref(), Some(new));
        assert_eq!(between_marks(new, "new\n").as_deref(), Some(new));
        assert_eq!(between_marks("no place", "new"), None);
    }
}
