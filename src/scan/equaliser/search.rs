//! The search in one picture, in pieces of bounded work.

use super::super::luma::Luma;
use super::equalise::equalised;
use super::find::{Candidate, STRIP, in_strip};
use super::grid::{self, Reading};
use super::homography::Homography;
use super::hypotheses::{Hypothesis, Pair, best, of_pair, of_triples, ordered, pairs};
use super::known::{Pattern, pattern};
use super::refine::{refined, settled};
use super::sample::Flat;
use super::scene::Scene;

/// Hypotheses that are refined at most, from triples and from pairs.
const REFINED: usize = 8;

/// Pairs that are looked at in one piece of work.
const PAIRS_AT_ONCE: usize = 6;

/// A fit of the known modules below which nothing was ever read.
const PLAUSIBLE: f64 = 0.55;

/// Pixels per module from which a symbol is sampled on a smaller level.
const SAMPLED: f64 = 2.4;

/// A symbol that was read, and where.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) place: Hypothesis,
    pub(super) reading: Reading,
}

enum Stage {
    Strip { level: usize, strip: usize },
    Triples { level: usize },
    Refine { next: usize, pairs_done: bool },
    Pairs { next: usize },
    Done,
}

/// A search in one picture.
pub(super) struct Search {
    pub(super) scene: Scene,
    stage: Stage,
    /// Candidates for finders, by level.
    candidates: Vec<Vec<Candidate>>,
    pairs: Vec<Pair>,
    hypotheses: Vec<Hypothesis>,
    /// What was read so far.
    pub(super) found: Vec<Found>,
    /// The refined hypothesis that fits best, read or not.
    pub(super) likely: Vec<Hypothesis>,
}

impl Search {
    pub(super) fn new(picture: &Luma) -> Self {
        let scene = Scene::of(picture);
        Self {
            candidates: vec![Vec::new(); scene.levels.len()],
            scene,
            stage: Stage::Strip { level: 0, strip: 0 },
            pairs: Vec::new(),
            hypotheses: Vec::new(),
            found: Vec::new(),
            likely: Vec::new(),
        }
    }

    /// Does one piece of work; answers whether there is more.
    pub(super) fn advance(&mut self) -> bool {
        self.stage = match self.stage {
            Stage::Strip { level, strip } => self.look(level, strip),
            Stage::Triples { level } => self.combine(level),
            Stage::Refine { next, pairs_done } => self.refine(next, pairs_done),
            Stage::Pairs { next } => self.pair_up(next),
            Stage::Done => Stage::Done,
        };
        !matches!(self.stage, Stage::Done)
    }

    fn look(&mut self, level: usize, strip: usize) -> Stage {
        let Some(plane) = self.scene.levels.get(level) else {
            return Stage::Triples { level: 0 };
        };
        if strip * STRIP >= plane.height {
            return self.look(level + 1, 0);
        }
        let scale = f64::from(1_u32 << level);
        for mut candidate in in_strip(plane, strip) {
            candidate.at = candidate.at.map(|value| (value + 0.5) * scale - 0.5);
            candidate.module *= scale;
            self.candidates[level].push(candidate);
        }
        Stage::Strip {
            level,
            strip: strip + 1,
        }
    }

    fn combine(&mut self, level: usize) -> Stage {
        let Some(found) = self.candidates.get_mut(level) else {
            self.hypotheses = ordered(std::mem::take(&mut self.hypotheses));
            return Stage::Refine {
                next: 0,
                pairs_done: false,
            };
        };
        *found = best(std::mem::take(found));
        self.hypotheses.extend(of_triples(&self.scene, found));
        Stage::Triples { level: level + 1 }
    }

    fn refine(&mut self, next: usize, pairs_done: bool) -> Stage {
        let Some(rough) = self.hypotheses.get(next).filter(|_| next < REFINED) else {
            if pairs_done || !self.found.is_empty() {
                return Stage::Done;
            }
            self.pairs = self
                .candidates
                .iter()
                .flat_map(|found| pairs(found))
                .collect();
            self.hypotheses.clear();
            return Stage::Pairs { next: 0 };
        };
        let known = self.found.iter().any(|found| rough.overlaps(&found.place));
        if !known && let Some(place) = refined(&self.scene, rough) {
            self.try_at(place);
        }
        Stage::Refine {
            next: next + 1,
            pairs_done,
        }
    }

    fn pair_up(&mut self, next: usize) -> Stage {
        let pairs = self.pairs.iter().skip(next).take(PAIRS_AT_ONCE);
        let more: Vec<Hypothesis> = pairs.flat_map(|pair| of_pair(&self.scene, pair)).collect();
        if next >= self.pairs.len() {
            self.hypotheses = ordered(std::mem::take(&mut self.hypotheses));
            return Stage::Refine {
                next: 0,
                pairs_done: true,
            };
        }
        self.hypotheses.extend(more);
        Stage::Pairs {
            next: next + PAIRS_AT_ONCE,
        }
    }

    /// Reads the symbol at a refined place, if it is one.
    fn try_at(&mut self, place: Hypothesis) {
        if place.fit < PLAUSIBLE {
            return;
        }
        match read_at(&self.scene, &place) {
            Some(found) => self.found.push(found),
            None => self.likely.push(place),
        }
    }
}

/// Reads the symbol at a place, correcting the place by what was made out.
pub(super) fn read_at(scene: &Scene, place: &Hypothesis) -> Option<Found> {
    let pattern = pattern(place.version)?;
    let soft = soft_at(scene, pattern, &place.map)?;
    if let Some(reading) = grid::read(pattern, &soft) {
        return Some(Found {
            place: place.clone(),
            reading,
        });
    }
    let place = settled(scene, place, &softened(pattern, &soft), 6)?;
    let soft = soft_at(scene, pattern, &place.map)?;
    let reading = grid::read(pattern, &soft)?;
    Some(Found { place, reading })
}

/// Soft modules for a template: known ones are certain, others as they seem.
pub(super) fn softened(pattern: &Pattern, soft: &[f32]) -> Vec<f32> {
    let modules = pattern.known.iter().zip(soft);
    modules
        .map(|(&known, &soft)| {
            if known == 0.0 {
                (1.3 * soft).clamp(-1.0, 1.0)
            } else {
                known
            }
        })
        .collect()
}

fn soft_at(scene: &Scene, pattern: &Pattern, map: &Homography) -> Option<Vec<f32>> {
    let flat = flat_at(scene, pattern, map)?;
    equalised(pattern, &flat)
}

/// The symbol at a place, laid out flat.
pub(super) fn flat_at(scene: &Scene, pattern: &Pattern, map: &Homography) -> Option<Flat> {
    let level = scene.level_for(map.module(pattern.side), SAMPLED);
    Flat::sample(&scene.levels[level], pattern, &map.onto_level(level))
}
