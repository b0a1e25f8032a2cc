//! Numbers read off photographs of screens: how many exactly, how many not, how many wrongly.
//!
//! The pictures come from `src/scan/digits/training/photographs.py`: a folder with `truth.json`.
//! `benches/digits/measure.py` makes such folders, and puts other readers beside this one.
//!
//! ```text
//! cargo bench --bench digits --no-default-features --features pictures -- FOLDER... [--lines] [--json] [--joined]
//! ```

use hikyaku::scan::digits::{DigitReader, JoinedReader};
use hikyaku::scan::luma_from_bytes;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::time::Instant;

/// Heights of digits, in pixels of the camera, at which the table is cut.
const HEIGHTS: [f64; 7] = [0.0, 8.0, 10.0, 12.0, 16.0, 22.0, 1000.0];

fn main() {
    let mut lines = false;
    let mut as_json = false;
    let mut joined = false;
    let mut folders = Vec::new();
    for argument in std::env::args().skip(1) {
        match argument.as_str() {
            "--lines" => lines = true,
            "--json" => as_json = true,
            "--joined" => joined = true,
            "--bench" => {}
            folder => folders.push(folder.to_owned()),
        }
    }
    for folder in &folders {
        if joined {
            measure_joined(Path::new(folder));
        } else {
            measure(Path::new(folder), lines, as_json);
        }
    }
}

/// One picture: the digits' height, whether all numbers were read, and how many were wrong.
struct Outcome {
    height: f64,
    exact: bool,
    wrong: usize,
    milliseconds: f64,
}

fn measure(folder: &Path, lines: bool, as_json: bool) {
    let reader = DigitReader::shared().expect("the weights are whole");
    let truth = truth_of(folder);
    let mut outcomes = Vec::new();
    for picture in &truth {
        let file = picture["file"].as_str().expect("a file");
        let bytes = fs::read(folder.join(file)).expect("the picture");
        let began = Instant::now();
        let luma = luma_from_bytes(&bytes).expect("a picture");
        let numbers = if lines {
            reader.read_lines(&luma, &quads(picture))
        } else {
            reader.read(&luma)
        };
        let milliseconds = began.elapsed().as_secs_f64() * 1000.0;
        let shown: Vec<&str> = texts(&picture["numbers"]);
        let read: Vec<&str> = numbers
            .iter()
            .map(|number| number.digits.as_str())
            .collect();
        let outcome = Outcome {
            height: picture["height"].as_f64().unwrap_or(0.0),
            exact: shown.iter().all(|number| read.contains(number)),
            wrong: read.iter().filter(|number| !shown.contains(number)).count(),
            milliseconds,
        };
        if as_json {
            let line = json!({"file": file, "exact": outcome.exact, "wrong": outcome.wrong, "height": outcome.height,
                "kind": picture["kind"], "font": picture["font"], "ms": outcome.milliseconds, "read": read, "shown": shown});
            println!("{line}");
        }
        outcomes.push(outcome);
    }
    report(folder, &outcomes);
}

/// Photographs of one screen, taken together: those with the same `screen`.
fn measure_joined(folder: &Path) {
    let reader = DigitReader::shared().expect("the weights are whole");
    let truth = truth_of(folder);
    let mut outcomes = Vec::new();
    for shots in truth.chunk_by(|a, b| a["screen"] == b["screen"]) {
        let mut joined = JoinedReader::new(reader);
        let began = Instant::now();
        for shot in shots {
            let bytes =
                fs::read(folder.join(shot["file"].as_str().expect("a file"))).expect("the picture");
            joined.add(&luma_from_bytes(&bytes).expect("a picture"));
        }
        let numbers = joined.numbers();
        let shown: Vec<&str> = texts(&shots[0]["numbers"]);
        let read: Vec<&str> = numbers
            .iter()
            .map(|number| number.digits.as_str())
            .collect();
        let wrong: Vec<&&str> = read
            .iter()
            .filter(|number| !shown.contains(number))
            .collect();
        if !wrong.is_empty() {
            println!("wrong {} {wrong:?} {shown:?}", shots[0]["file"]);
        }
        let heights = shots.iter().filter_map(|shot| shot["height"].as_f64());
        outcomes.push(Outcome {
            height: heights.fold(f64::MAX, f64::min),
            exact: shown.iter().all(|number| read.contains(number)),
            wrong: wrong.len(),
            milliseconds: began.elapsed().as_secs_f64() * 1000.0,
        });
    }
    report(folder, &outcomes);
}

fn truth_of(folder: &Path) -> Vec<Value> {
    let truth = fs::read(folder.join("truth.json")).expect("a truth.json beside the pictures");
    serde_json::from_slice(&truth).expect("truth.json is JSON")
}

fn texts(value: &Value) -> Vec<&str> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect()
}

/// The corners of all lines of all numbers.
fn quads(picture: &Value) -> Vec<[[f64; 2]; 4]> {
    let numbers = picture["quads"].as_array().into_iter().flatten();
    let lines = numbers.flat_map(|number| number.as_array().into_iter().flatten());
    lines
        .map(|quad| {
            std::array::from_fn(|i| {
                std::array::from_fn(|axis| quad[i][axis].as_f64().unwrap_or(0.0))
            })
        })
        .collect()
}

fn report(folder: &Path, outcomes: &[Outcome]) {
    let share = |of: &[&Outcome]| {
        let exact = of.iter().filter(|outcome| outcome.exact).count();
        format!(
            "{exact:4} of {:4} ({:5.1} %)",
            of.len(),
            100.0 * exact as f64 / of.len().max(1) as f64
        )
    };
    let all: Vec<&Outcome> = outcomes.iter().collect();
    let large: Vec<&Outcome> = outcomes
        .iter()
        .filter(|outcome| outcome.height >= 10.0)
        .collect();
    let wrong: usize = outcomes.iter().map(|outcome| outcome.wrong).sum();
    let mut times: Vec<f64> = outcomes
        .iter()
        .map(|outcome| outcome.milliseconds)
        .collect();
    times.sort_by(f64::total_cmp);
    let time = |part: usize| {
        times
            .get((times.len() * part / 100).min(times.len().saturating_sub(1)))
            .copied()
            .unwrap_or(0.0)
    };
    println!("{}", folder.display());
    println!("  all          {}   wrong {wrong}", share(&all));
    println!("  10 px and up {}", share(&large));
    for pair in HEIGHTS.windows(2) {
        let some: Vec<&Outcome> = outcomes
            .iter()
            .filter(|o| (pair[0]..pair[1]).contains(&o.height))
            .collect();
        if !some.is_empty() {
            println!("  {:4}-{:<7} {}", pair[0], pair[1], share(&some));
        }
    }
    let mean = times.iter().sum::<f64>() / times.len().max(1) as f64;
    println!(
        "  ms a picture: mean {mean:.0}, median {:.0}, 95 % {:.0}",
        time(50),
        time(95)
    );
}
