//! The random walk of people at one PC and at the portal.

mod forms;
mod lines;
mod portal;
mod random;
mod window;
mod world;

use random::SplitMix64;
use world::World;

/// Number of walks, unless the environment sets another.
const WALKS: u64 = 20_000;
const SEED: u64 = 0x48_696b_7961_6b75;

/// Most steps of one walk.
const STEPS: usize = 8;

fn named(variable: &str, otherwise: u64) -> u64 {
    std::env::var(variable).map_or(otherwise, |text| text.parse().expect("a number"))
}

#[test]
fn nobody_mixes_numbers_up() {
    let (walks, seed) = (
        named("HIKYAKU_WALKS", WALKS),
        named("HIKYAKU_WALK_SEED", SEED),
    );
    let begun = std::time::Instant::now();
    let mut total = world::Counts::default();
    for walk in named("HIKYAKU_WALK_FROM", 0)..walks {
        let mut world = World::new(SplitMix64::of(seed, walk));
        let steps = 1 + world.random.below(STEPS);
        for _ in 0..steps {
            match world.random.below(10) {
                0..=3 => lines::enter(&mut world),
                4..=5 => lines::scan(&mut world),
                6..=7 => window::work(&mut world),
                8 => portal::work(&mut world),
                _ => world.change_hardware(),
            }
            assert!(
                world.wrong.is_empty(),
                "walk {walk} of seed {seed}: {}\n{}",
                world.wrong.join("\n"),
                world.trace.join("\n")
            );
        }
        total.add(&world.counts);
    }
    println!(
        "{walks} walks of seed {seed} in {:?}: {total:?}",
        begun.elapsed()
    );
    // People who do it right get their PC activated, and those who give an
    // unknown bare number are believed.
    assert!(
        total.right > walks / 4 && total.right_bare > walks / 50,
        "{total:?}"
    );
    assert!(total.believed > 0 && total.turned_away > walks, "{total:?}");
    // One foreign check in 97 matches.
    assert!(total.by_chance * 50 < total.turned_away, "{total:?}");
    assert!(total.kept > walks / 20, "{total:?}");
    assert!(total.kept_by_chance * 50 < total.kept, "{total:?}");
}
