//! Pictures by the package's own model of a camera: single ones, and live sequences.

use super::{Conditions, PictureStore};
use crate::manifest::TestItem;
use hikyaku::practice::camera::{Codec, Delivery};
use hikyaku::practice::filming::{Difficulty, FilmingError, Footage, GlareLevel, Take};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::{io, thread};

/// One row of a table: what is filmed.
struct Row {
    set: &'static str,
    name: String,
    take: Take,
}

const BOTH: [Difficulty; 2] = [Difficulty::Mild, Difficulty::Hard];

/// Adds `count` single pictures of every kind to the store.
pub(crate) fn put_stills(store: &mut PictureStore, seed: u64, count: usize) -> io::Result<()> {
    let sizes = [1.5, 1.75, 2.0, 2.5, 3.0, 4.0, 6.0];
    let rows = kinds(&sizes).map(|(size, difficulty)| Row {
        set: "Single pictures of screens",
        name: named(size, difficulty),
        take: Take::still(size, difficulty),
    });
    put(store, &rows.collect::<Vec<_>>(), seed, count)
}

/// Adds `count` live sequences of every kind to the store.
pub(crate) fn put_live(
    store: &mut PictureStore,
    seed: u64,
    count: usize,
    frames: usize,
) -> io::Result<()> {
    let live = |size, difficulty| Take {
        frames,
        ..Take::live(size, difficulty)
    };
    let sizes = [1.5, 1.75, 2.0, 2.5, 3.0, 4.0];
    let mut rows: Vec<_> = kinds(&sizes)
        .map(|(size, difficulty)| Row {
            set: "Live sequences",
            name: named(size, difficulty),
            take: live(size, difficulty),
        })
        .collect();
    for (glare, how) in [(GlareLevel::Soft, "soft"), (GlareLevel::Strong, "strong")] {
        rows.extend(kinds(&[3.0]).map(|(size, difficulty)| Row {
            set: "Live sequences under glare",
            name: format!("{}, {how} glare", named(size, difficulty)),
            take: Take {
                glare,
                ..live(size, difficulty)
            },
        }));
    }
    let codec = Codec {
        step: 24.0,
        key_every: 30,
    };
    rows.extend(kinds(&[2.0, 3.0]).map(|(size, difficulty)| Row {
        set: "Live sequences from coded video",
        name: named(size, difficulty),
        take: Take {
            delivery: Delivery::Video(codec),
            ..live(size, difficulty)
        },
    }));
    // What a common camera delivers of a phone that is held well: most frames are like this.
    rows.extend(kinds(&[4.0, 6.0]).map(|(size, difficulty)| Row {
        set: "Live sequences at 720p",
        name: named(size, difficulty),
        take: Take {
            width: 1280,
            height: 720,
            ..live(size, difficulty)
        },
    }));
    // Not the random stream of the single pictures.
    put(store, &rows, seed.wrapping_add(1 << 32), count)
}

fn kinds(sizes: &[f32]) -> impl Iterator<Item = (f32, Difficulty)> {
    sizes
        .iter()
        .flat_map(|&size| BOTH.map(|difficulty| (size, difficulty)))
}

fn named(size: f32, difficulty: Difficulty) -> String {
    let difficulty = match difficulty {
        Difficulty::Mild => "mild",
        Difficulty::Hard => "hard",
    };
    format!("{size} px/module, {difficulty}")
}

/// Films everything on all processors; the result does not depend on their number.
fn put(store: &mut PictureStore, rows: &[Row], seed: u64, count: usize) -> io::Result<()> {
    if count == 0 {
        return Ok(());
    }
    let next = AtomicUsize::new(0);
    let filmed = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                loop {
                    let job = next.fetch_add(1, Ordering::Relaxed);
                    let Some(row) = rows.get(job / count) else {
                        break;
                    };
                    let footage = film(&row.take, seed, job);
                    let mut filmed = filmed.lock().unwrap_or_else(PoisonError::into_inner);
                    filmed.push((job, footage));
                }
            });
        }
    });
    let mut filmed = filmed.into_inner().unwrap_or_else(PoisonError::into_inner);
    filmed.sort_by_key(|&(job, _)| job);
    for (job, footage) in filmed {
        let footage = footage.map_err(io::Error::other)?;
        let row = &rows[job / count];
        let item = TestItem {
            set: row.set.to_owned(),
            row: row.name.clone(),
            defects: conditions_of(&footage).defects(),
            frames: Vec::new(),
            truth: Some(footage.text.clone()),
            also: Vec::new(),
        };
        let frames: Vec<_> = footage.frames.into_iter().map(|frame| frame.luma).collect();
        store.put(item, &frames)?;
    }
    Ok(())
}

fn film(take: &Take, seed: u64, job: usize) -> Result<Footage, FilmingError> {
    let mut chance = ChaCha8Rng::seed_from_u64(seed);
    chance.set_stream(job as u64);
    let text = text(&mut chance, job);
    // Every other single picture is larger, as those of better cameras are.
    let larger = Take {
        width: 1280,
        height: 720,
        ..take.clone()
    };
    if take.frames == 1 && job % 2 == 1 {
        return larger.shoot(&text, &mut chance);
    }
    take.shoot(&text, &mut chance)
        // A large symbol may not fit the frame at that size.
        .or_else(|_| larger.shoot(&text, &mut chance))
}

/// Two replies of 60 digits, then a longer text of digits and capitals.
fn text(chance: &mut ChaCha8Rng, job: usize) -> String {
    const CHARACTERS: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let (length, kinds) = if job % 3 == 2 {
        (chance.random_range(60..=160), 36)
    } else {
        (60, 10)
    };
    (0..length)
        .map(|_| char::from(CHARACTERS[chance.random_range(0..kinds)]))
        .collect()
}

/// Means over the frames.
fn conditions_of(footage: &Footage) -> Conditions {
    let frames = footage.frames.len().max(1) as f32;
    let mut mean = Conditions::default();
    for frame in &footage.frames {
        let conditions = &frame.conditions;
        mean.glare |= conditions.glare.is_some();
        mean.defocus += conditions.defocus / frames;
        mean.motion += conditions.motion / frames;
        mean.noise += conditions.noise / frames;
        mean.tilt += conditions.tilt.abs().to_degrees() / frames;
    }
    mean
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A seed names a set of pictures, however many processors film it.
    #[test]
    fn the_same_seed_films_the_same_pictures() {
        let put = |name: &str, seed| {
            let folder = std::env::temp_dir().join(format!("peers-{}-{name}", std::process::id()));
            let mut store = PictureStore::new(folder.clone()).expect("a folder for pictures");
            put_stills(&mut store, seed, 1).expect("the takes are ordinary");
            let (manifest, path) = store.close().expect("room on the disk");
            let list = std::fs::read_to_string(path).expect("it was just written");
            let first = std::fs::read(folder.join(&manifest.items[0].frames[0])).expect("likewise");
            std::fs::remove_dir_all(folder).expect("the folder is ours");
            (list, first)
        };
        let one = put("one", 4);
        assert_eq!(one, put("same", 4));
        assert_ne!(one, put("other", 5));
    }
}
