//! A random walk over what the phone page asks of its core: PCs whose numbers
//! change, photographs of any age, answers right and foreign, whole, damaged and
//! corrected, by two phones that join their trips.
//!
//! Run natively here, each answer held against what is known of the world; the
//! calls are written down, with a hash of all answers and both trips at the end,
//! for the page's tests to go through them in a browser.
//!
//! ```text
//! cargo run -p hikyaku-page-core --example walk -- SEED STEPS [FILE]
//! ```

mod random;
mod ward;
mod world;

use std::process::ExitCode;
use world::World;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [seed, steps, rest @ ..] = &arguments[..] else {
        eprintln!("walk SEED STEPS [FILE]");
        return ExitCode::from(2);
    };
    let (Ok(seed), Ok(steps)) = (seed.parse(), steps.parse()) else {
        eprintln!("SEED and STEPS are numbers");
        return ExitCode::from(2);
    };
    let mut world = World::new(seed);
    for step in 0..steps {
        if let Err(wrong) = world.step() {
            eprintln!("step {step} of seed {seed}: {wrong}");
            return ExitCode::FAILURE;
        }
    }
    if let Err(wrong) = world.end() {
        eprintln!("at the end of seed {seed}: {wrong}");
        return ExitCode::FAILURE;
    }
    println!("seed {seed}, {steps} steps: {}", world.counts());
    if let [file, ..] = rest
        && let Err(error) = std::fs::write(file, world.written())
    {
        eprintln!("{file}: {error}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}
