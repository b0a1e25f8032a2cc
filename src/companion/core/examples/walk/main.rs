//! A random walk over the calls of the phone page to its core: PCs whose
//! numbers change, photographs of any age, answers that are right, foreign,
//! whole, damaged or corrected, and two phones that merge their trips.
//!
//! It runs natively and checks each answer against what is really the case. It
//! writes down the calls, a hash of all answers, and both trips at the end, so
//! that the page's tests can repeat the walk in a browser.
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
