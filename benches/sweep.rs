//! Tries other values for the reader's numbers on filmed symbols, and other orders
//! for the steps of the cascade: what was found by measuring can be found again.
//!
//! usage: cargo bench --bench sweep --no-default-features --features practice --
//!        order | NAME VALUE... [--count N] [--frames N] [--seed N] [--frame-ms N]
//!
//! `benches/README.md` says what is printed. Times are by the clock.

use hikyaku::practice::filming::{Difficulty, Take};
use hikyaku::scan::equaliser::{EqualiserStep, Progress, Tracker, Tuning};
use hikyaku::scan::{Luma, Step, steps};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Camera pixels per module that are filmed, each mild and hard: from where hardly
/// anything is read to where nearly everything is.
const SIZES: [f32; 5] = [1.5, 1.75, 2.0, 2.5, 4.0];

/// Milliseconds that the live reader's equaliser gets for a frame: three quarters of 40.
const FRAME_MS: u64 = 30;

/// A number that can be swept: its name, and how to set it.
type Knob = (&'static str, fn(&mut Tuning, f64));

const KNOBS: [Knob; 7] = [
    ("least-finder-fit", |t, v| t.least_finder_fit = v as f32),
    ("clear-fit", |t, v| t.clear_fit = v),
    ("refined", |t, v| t.refined = v as usize),
    ("thorough-confidence", |t, v| t.thorough_confidence = v),
    ("ridge", |t, v| t.ridge = v as f32),
    ("damping", |t, v| t.soft_decoder.damping = v as f32),
    ("llr-scale", |t, v| t.soft_decoder.llr_scale = v as f32),
];

/// What was filmed: the first frame is also read as a single picture.
struct Footage {
    text: String,
    frames: Vec<Luma>,
}

struct Arguments {
    words: Vec<String>,
    count: usize,
    frames: usize,
    seed: u64,
    frame_time: Duration,
}

fn main() -> ExitCode {
    let Some(arguments) = arguments() else {
        return usage();
    };
    let Some((what, values)) = arguments.words.split_first() else {
        return usage();
    };
    let values: Option<Vec<f64>> = values.iter().map(|word| word.parse().ok()).collect();
    let knob = KNOBS.iter().find(|(name, _)| name == what);
    match (what.as_str(), knob, values.as_deref()) {
        ("order", ..) => order(&filmed(&arguments)),
        (_, Some(knob), Some(values)) if !values.is_empty() => {
            sweep(knob, values, &filmed(&arguments), arguments.frame_time);
        }
        _ => return usage(),
    }
    ExitCode::SUCCESS
}

fn usage() -> ExitCode {
    let names: Vec<_> = KNOBS.iter().map(|(name, _)| *name).collect();
    eprintln!(
        "usage: sweep order | NAME VALUE... [--count N] [--frames N] [--seed N] [--frame-ms N]"
    );
    eprintln!("names: {}", names.join(", "));
    ExitCode::FAILURE
}

fn arguments() -> Option<Arguments> {
    let mut arguments = Arguments {
        words: Vec::new(),
        count: 4,
        frames: 10,
        seed: 11,
        frame_time: Duration::from_millis(FRAME_MS),
    };
    // Cargo passes `--bench`.
    let mut words = std::env::args().skip(1).filter(|word| word != "--bench");
    while let Some(word) = words.next() {
        match word.as_str() {
            "--count" => arguments.count = words.next()?.parse().ok()?,
            "--frames" => arguments.frames = words.next()?.parse().ok()?,
            "--seed" => arguments.seed = words.next()?.parse().ok()?,
            "--frame-ms" => {
                arguments.frame_time = Duration::from_millis(words.next()?.parse().ok()?);
            }
            _ => arguments.words.push(word),
        }
    }
    Some(arguments)
}

/// The same seed films the same frames.
fn filmed(arguments: &Arguments) -> Vec<Footage> {
    let begun = Instant::now();
    let mut all = Vec::new();
    for size in SIZES {
        for difficulty in [Difficulty::Mild, Difficulty::Hard] {
            for _ in 0..arguments.count {
                let mut chance = ChaCha8Rng::seed_from_u64(arguments.seed);
                chance.set_stream(all.len() as u64);
                let digits = (0..60).map(|_| char::from(b'0' + chance.random_range(0..10_u8)));
                let text: String = digits.collect();
                let take = Take {
                    frames: arguments.frames.max(1),
                    ..Take::live(size, difficulty)
                };
                let footage = take
                    .shoot(&text, &mut chance)
                    .expect("a reply fits a frame");
                let frames = footage.frames.into_iter().map(|frame| frame.luma);
                let frames = frames.collect();
                all.push(Footage { text, frames });
            }
        }
    }
    eprintln!(
        "{} sequences filmed in {} s",
        all.len(),
        begun.elapsed().as_secs()
    );
    all
}

/// Reads everything with every value: single pictures whole, sequences in the time
/// that the live reader gives.
fn sweep((name, set): &Knob, values: &[f64], filmed: &[Footage], frame_time: Duration) {
    println!("| {name} | pictures read | ms a picture | sequences read | ms a sequence | false |");
    println!("| ---: | ---: | ---: | ---: | ---: | ---: |");
    for &value in values {
        let mut tuning = Tuning::default();
        set(&mut tuning, value);
        let (mut pictures, mut sequences, mut wrong) = (0, 0, 0);
        let mut tally = |texts: &[String], truth: &String, read: &mut usize| {
            *read += usize::from(texts.contains(truth));
            wrong += usize::from(texts.iter().any(|text| text != truth));
        };
        let begun = Instant::now();
        for footage in filmed {
            let seen = EqualiserStep { tuning }.read(&footage.frames[0]);
            let texts: Vec<_> = seen.texts.into_iter().map(|seen| seen.text).collect();
            tally(&texts, &footage.text, &mut pictures);
        }
        let of_pictures = begun.elapsed();
        let begun = Instant::now();
        for footage in filmed {
            let texts: Vec<_> = followed(&footage.frames, tuning, frame_time)
                .into_iter()
                .collect();
            tally(&texts, &footage.text, &mut sequences);
        }
        let of_sequences = begun.elapsed();
        let all = filmed.len();
        println!(
            "| {value} | {pictures} of {all} | {:.1} | {sequences} of {all} | {:.1} | {wrong} |",
            mean_ms(of_pictures, all),
            mean_ms(of_sequences, all),
        );
    }
}

fn followed(frames: &[Luma], tuning: Tuning, frame_time: Duration) -> Option<String> {
    let mut tracker = Tracker::tuned(tuning);
    frames.iter().find_map(|frame| {
        tracker.feed(frame);
        match tracker.work(Instant::now() + frame_time) {
            Progress::Read(seen) => Some(seen.text),
            Progress::Part(_) | Progress::More | Progress::Idle => None,
        }
    })
}

/// What one step made of every picture: whether it read it, and in what time.
type Trial = Vec<(bool, Duration)>;

/// Tries every step alone on every picture. Steps know nothing of each other, so the
/// time of any order follows from that: a picture takes as long as the steps up to
/// the first that reads it.
fn order(filmed: &[Footage]) {
    let trials: Vec<Trial> = steps::still()
        .iter()
        .map(|step| {
            let read = |footage: &Footage| {
                let begun = Instant::now();
                let seen = step.read(&footage.frames[0]);
                let reads = seen.texts.iter().any(|seen| seen.text == footage.text);
                (reads, begun.elapsed())
            };
            filmed.iter().map(read).collect()
        })
        .collect();
    let current: Vec<usize> = (0..trials.len()).collect();
    println!("| step | reads alone | reads first | reads alone of all | ms a picture |");
    println!("| --- | ---: | ---: | ---: | ---: |");
    for (index, trial) in trials.iter().enumerate() {
        let count =
            |counts: &dyn Fn(usize) -> bool| (0..filmed.len()).filter(|&p| counts(p)).count();
        let reads = |step: usize, picture: usize| trials[step][picture].0;
        let first = |p: usize| reads(index, p) && !(0..index).any(|before| reads(before, p));
        let only =
            |p: usize| reads(index, p) && (0..trials.len()).all(|o| o == index || !reads(o, p));
        println!(
            "| {} | {} | {} | {} | {:.1} |",
            steps::STILL_ORDER[index],
            count(&|picture| reads(index, picture)),
            count(&first),
            count(&only),
            mean_ms(trial.iter().map(|(_, took)| *took).sum(), filmed.len()),
        );
    }
    let greedy = greedy(&trials);
    let name = |order: &[usize]| {
        let names: Vec<_> = order.iter().map(|&step| steps::STILL_ORDER[step]).collect();
        names.join(", ")
    };
    println!("\n- as it is: {:.1} ms a picture", cost(&trials, &current));
    println!(
        "- what reads most for its time first: {:.1} ms a picture: {}",
        cost(&trials, &greedy),
        name(&greedy)
    );
}

/// Milliseconds a picture in this order, in the mean.
fn cost(trials: &[Trial], order: &[usize]) -> f64 {
    let pictures = trials.first().map_or(0, Vec::len);
    let of_picture = |picture: usize| {
        let mut took = Duration::ZERO;
        for &step in order {
            let (read, time) = trials[step][picture];
            took += time;
            if read {
                break;
            }
        }
        took
    };
    mean_ms((0..pictures).map(of_picture).sum(), pictures)
}

/// Always the step next that reads most of what is left for its time on it; those
/// that read nothing more stay in their order, at the end.
fn greedy(trials: &[Trial]) -> Vec<usize> {
    let pictures = trials.first().map_or(0, Vec::len);
    let mut left: Vec<usize> = (0..pictures).collect();
    let mut waiting: Vec<usize> = (0..trials.len()).collect();
    let mut order = Vec::new();
    loop {
        let rate = |step: usize| {
            let reads = left.iter().filter(|&&picture| trials[step][picture].0);
            let took: Duration = left.iter().map(|&picture| trials[step][picture].1).sum();
            reads.count() as f64 / took.as_secs_f64().max(1e-9)
        };
        let best = (0..waiting.len())
            .map(|place| (rate(waiting[place]), place))
            .max_by(|a, b| a.0.total_cmp(&b.0));
        let Some((_, place)) = best.filter(|&(rate, _)| rate > 0.0) else {
            break;
        };
        let step = waiting.remove(place);
        left.retain(|&picture| !trials[step][picture].0);
        order.push(step);
    }
    order.extend(waiting);
    order
}

fn mean_ms(took: Duration, of: usize) -> f64 {
    1000.0 * took.as_secs_f64() / of.max(1) as f64
}
