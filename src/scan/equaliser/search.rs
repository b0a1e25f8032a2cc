//! The search for symbols in one picture, in pieces of bounded work.

use super::super::homography::Homography;
use super::equalise::equalised;
use super::finder_candidates::{Candidate, STRIP, in_strip};
use super::function_patterns::{FunctionPatterns, function_patterns};
use super::grid::{self, DecodedGrid, Effort};
use super::hypotheses::{
    Hypothesis, Pair, Triple, distinct, of_pair, of_triple, ordered, pairs, triples,
};
use super::pyramid::{Lighting, Pyramid};
use super::rectify::RectifiedSymbol;
use super::refine::{refined, straightened};
use super::template::of_modules;
use super::tuning::Tuning;
use std::sync::Arc;

/// Hypotheses that are refined in one picture at most, which bounds the time of a picture
/// full of finder patterns. Chosen by eye, not measured.
const MOST_REFINED: usize = 40;

/// Correlation (0 to 1) of the known modules from which glare may be all that is in the
/// way, and the number of such places that are tried again in normalised light. Lower, or
/// more: pictures without a symbol take longer. Chosen by eye, not measured.
const GLARING: f64 = 0.7;
const AGAIN: usize = 5;

/// Triples and pairs in one piece of work: some milliseconds. More: a frame overruns its
/// budget by more.
const TRIPLES_AT_ONCE: usize = 12;
const PAIRS_AT_ONCE: usize = 4;

/// Pairs of each level for which many shapes of the symbol are tried. Fewer: a symbol of
/// which glare hides a finder pattern is missed. More: time. Chosen by eye, not measured.
const PROMISING_PAIRS: usize = 4;

/// Correlation (0 to 1) that the best candidate for a finder pattern must have: walls,
/// furniture and noise stayed below, and are left alone after a glance. Higher: blurred
/// symbols are passed over. Lower: an empty scene costs as much as one with a symbol.
const CLEAR_FINDER_FIT: f64 = 0.64;

/// Correlation (0 to 1) of the known modules at a refined place, below which nothing was
/// ever read. Lower: time is wasted. Higher: symbols under glare are given up.
const PLAUSIBLE: f64 = 0.55;

/// Confidence from which a symbol is there beyond doubt: of 1,200 places without one, none
/// reached it. Lower: the search stops at a place that is none. Higher: it goes on past
/// symbols that cannot be read.
const CERTAIN_CONFIDENCE: f64 = 1.7;

/// Places nearer to each other than this, in modules, are the same. A place that is off by
/// less is read alike. Chosen by eye, not measured.
const SAME: f64 = 0.25;

/// Pixels per module from which a symbol is sampled on a smaller level, where noise is
/// already averaged. Fewer: the level has lost what tells modules apart. Chosen by eye,
/// not measured.
const SAMPLED: f64 = 2.4;

/// Steps of Levenberg and Marquardt in which a place is straightened by its own modules.
const STRAIGHTENED: usize = 6;

/// Gain from soft values to modules of a template, which are certain from 1 / 1.3 = 0.77.
const SOFTENED: f32 = 1.3;

/// A symbol that was read, and where.
#[derive(Debug, Clone)]
pub(super) struct ReadSymbol {
    pub(super) place: Hypothesis,
    pub(super) decoded: DecodedGrid,
}

#[derive(Clone, Copy)]
enum SearchStage {
    /// Candidates for finder patterns in one strip of one level.
    Strip {
        level: usize,
        strip: usize,
    },
    /// Which candidates of one level may belong together.
    Combine {
        level: usize,
    },
    /// Whether triples are the finder patterns of a symbol.
    Triples {
        next: usize,
    },
    /// Whether pairs are.
    Pairs {
        next: usize,
    },
    /// Refining and reading the best of the hypotheses left over.
    Rest {
        tried: usize,
        pairs_done: bool,
    },
    Done,
}

/// A search in one picture.
pub(super) struct Search {
    pub(super) pyramid: Arc<Pyramid>,
    tuning: Tuning,
    stage: SearchStage,
    /// Candidates for finder patterns, by level.
    candidates: Vec<Vec<Candidate>>,
    triples: Vec<(usize, Triple)>,
    pairs: Vec<(usize, Pair)>,
    /// Not yet refined, best first.
    hypotheses: Vec<Hypothesis>,
    /// Refined, as they were before.
    tried: Vec<Hypothesis>,
    /// Refined without being read, and how well they fit.
    again: Vec<(f64, Hypothesis)>,
    again_left: usize,
    /// What was read so far.
    pub(super) found: Vec<ReadSymbol>,
    /// What was refined, as it was afterwards.
    refined: Vec<Hypothesis>,
    /// What of it may be a symbol, but was not read.
    pub(super) unread: Vec<Unread>,
}

impl Search {
    pub(super) fn new(pyramid: Arc<Pyramid>, tuning: Tuning) -> Self {
        Self {
            tuning,
            candidates: vec![Vec::new(); pyramid.levels.len()],
            pyramid,
            stage: SearchStage::Strip { level: 0, strip: 0 },
            triples: Vec::new(),
            pairs: Vec::new(),
            hypotheses: Vec::new(),
            tried: Vec::new(),
            again: Vec::new(),
            again_left: AGAIN,
            found: Vec::new(),
            refined: Vec::new(),
            unread: Vec::new(),
        }
    }

    /// Does one piece of work; returns whether there is more.
    pub(super) fn advance(&mut self) -> bool {
        // A hypothesis that is nearly certain need not wait for all triples.
        if self
            .hypotheses
            .first()
            .is_some_and(|best| best.fit >= self.tuning.clear_fit)
        {
            let best = self.hypotheses.remove(0);
            self.refine(best);
            return true;
        }
        self.stage = match self.stage {
            SearchStage::Strip { level, strip } => self.look(level, strip),
            SearchStage::Combine { level } => self.combine(level),
            SearchStage::Triples { next } => self.ask_triples(next),
            SearchStage::Pairs { next } => self.ask_pairs(next),
            SearchStage::Rest { tried, pairs_done } => self.rest(tried, pairs_done),
            SearchStage::Done => SearchStage::Done,
        };
        !matches!(self.stage, SearchStage::Done)
    }

    fn look(&mut self, level: usize, strip: usize) -> SearchStage {
        let Some(image) = self.pyramid.levels.get(level) else {
            return SearchStage::Combine { level: 0 };
        };
        if strip * STRIP >= image.height {
            return SearchStage::Strip {
                level: level + 1,
                strip: 0,
            };
        }
        let scale = f64::from(1_u32 << level);
        for mut candidate in in_strip(image, strip, self.tuning.least_finder_fit) {
            candidate.at = candidate.at.map(|value| (value + 0.5) * scale - 0.5);
            candidate.module *= scale;
            self.candidates[level].push(candidate);
        }
        SearchStage::Strip {
            level,
            strip: strip + 1,
        }
    }

    fn combine(&mut self, level: usize) -> SearchStage {
        let clear = |found: &Vec<Candidate>| found.iter().any(|one| one.fit >= CLEAR_FINDER_FIT);
        if level == 0 && !self.candidates.iter().any(clear) {
            return SearchStage::Done;
        }
        let Some(found) = self.candidates.get_mut(level) else {
            // The first of every level, then the second of every level.
            self.triples.sort_by_key(|&(place, _)| place);
            return SearchStage::Triples { next: 0 };
        };
        *found = distinct(std::mem::take(found));
        self.triples.extend(triples(found).into_iter().enumerate());
        SearchStage::Combine { level: level + 1 }
    }

    fn ask_triples(&mut self, next: usize) -> SearchStage {
        if next >= self.triples.len() {
            return SearchStage::Rest {
                tried: 0,
                pairs_done: false,
            };
        }
        let some = self.triples.iter().skip(next).take(TRIPLES_AT_ONCE);
        let more: Vec<Hypothesis> = some
            .flat_map(|(_, triple)| of_triple(&self.pyramid, triple))
            .collect();
        self.add(more);
        SearchStage::Triples {
            next: next + TRIPLES_AT_ONCE,
        }
    }

    fn ask_pairs(&mut self, next: usize) -> SearchStage {
        if next >= self.pairs.len() {
            return SearchStage::Rest {
                tried: 0,
                pairs_done: true,
            };
        }
        let some = self.pairs.iter().skip(next).take(PAIRS_AT_ONCE);
        let more: Vec<Hypothesis> = some
            .flat_map(|(place, pair)| of_pair(&self.pyramid, pair, *place < PROMISING_PAIRS))
            .collect();
        self.add(more);
        SearchStage::Pairs {
            next: next + PAIRS_AT_ONCE,
        }
    }

    fn rest(&mut self, tried: usize, pairs_done: bool) -> SearchStage {
        if tried < self.tuning.refined && !self.hypotheses.is_empty() {
            let best = self.hypotheses.remove(0);
            self.refine(best);
            return SearchStage::Rest {
                tried: tried + 1,
                pairs_done,
            };
        }
        if self.found.is_empty() && self.again_left > 0 && !self.again.is_empty() {
            self.read_again();
            return SearchStage::Rest { tried, pairs_done };
        }
        if pairs_done || !self.found.is_empty() || self.unread.iter().any(Unread::is_certain) {
            return SearchStage::Done;
        }
        let levels = self.candidates.iter();
        self.pairs = levels
            .flat_map(|found| pairs(found).into_iter().enumerate())
            .collect();
        self.pairs.sort_by_key(|&(place, _)| place);
        self.hypotheses.clear();
        SearchStage::Pairs { next: 0 }
    }

    fn add(&mut self, more: Vec<Hypothesis>) {
        let mut all = std::mem::take(&mut self.hypotheses);
        all.extend(more);
        all.retain(|new| !self.tried.iter().any(|old| old.is_like(new)) && !self.is_settled(new));
        self.hypotheses = ordered(all);
    }

    /// Whether it is known what is there: a symbol that was read, or one that is certainly
    /// there but cannot be read. The latter may still be of another version, because
    /// neighbouring versions share finder patterns and format words.
    fn is_settled(&self, place: &Hypothesis) -> bool {
        let found = self.found.iter().map(|found| &found.place);
        let certain = self.unread.iter().filter(|unread| unread.is_certain());
        let alike = certain
            .map(|unread| &unread.place)
            .filter(|other| other.version == place.version);
        found.chain(alike).any(|other| place.overlaps(other))
    }

    /// Refines a hypothesis and reads the symbol, if it is one.
    fn refine(&mut self, rough: Hypothesis) {
        if self.is_settled(&rough) || self.tried.len() >= MOST_REFINED {
            return;
        }
        self.read(rough, Lighting::AsSeen);
    }

    fn read(&mut self, rough: Hypothesis, light: Lighting) {
        let place = refined(&self.pyramid, &rough, light);
        let seen = |place: &Hypothesis| {
            self.refined
                .iter()
                .any(|other| other.is_within(place, SAME))
        };
        if let Some(place) = place.filter(|place| place.fit >= PLAUSIBLE && !seen(place)) {
            match read_at(&self.pyramid, &place, &self.tuning) {
                Some(ReadOutcome::Read(found)) => self.found.push(found),
                Some(ReadOutcome::Unread(unread)) => {
                    if light == Lighting::AsSeen && place.fit >= GLARING {
                        self.again.push((place.fit, rough.clone()));
                    }
                    self.unread.push(unread);
                }
                None => {}
            }
            self.refined.push(place);
        }
        if light == Lighting::AsSeen {
            self.tried.push(rough);
        }
    }

    /// Tries the best of what was not read once more, as if glare had misled the refinement.
    fn read_again(&mut self) {
        self.again.sort_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((_, rough)) = self.again.pop() {
            self.read(rough, Lighting::Normalised);
        }
        self.again_left -= 1;
    }
}

/// A place where a symbol may be, but could not be read.
#[derive(Debug, Clone)]
pub(super) struct Unread {
    pub(super) place: Hypothesis,
    /// What was seen there.
    pub(super) rectified: RectifiedSymbol,
    /// The modules as far as they have been made out.
    pub(super) modules: Vec<f32>,
    /// The correlation of the known modules plus the agreement of the format words, each 1
    /// at most: 2 for a symbol without noise.
    pub(super) confidence: f64,
}

impl Unread {
    /// Whether a symbol is there beyond doubt.
    pub(super) fn is_certain(&self) -> bool {
        self.confidence >= CERTAIN_CONFIDENCE
    }
}

/// What reading at a place came to.
pub(super) enum ReadOutcome {
    Read(ReadSymbol),
    Unread(Unread),
}

/// Reads the symbol at a place. If that fails, it corrects the place by the modules made
/// out and reads again.
fn read_at(pyramid: &Pyramid, place: &Hypothesis, tuning: &Tuning) -> Option<ReadOutcome> {
    let patterns = function_patterns(place.version)?;
    let rectified = rectified_at(pyramid, patterns, &place.map, &patterns.known)?;
    let soft = equalised(patterns, &rectified, tuning.ridge)?;
    if let Some(decoded) = grid::read(patterns, &soft, Effort::Quick) {
        let place = place.clone();
        return Some(ReadOutcome::Read(ReadSymbol { place, decoded }));
    }
    let confidence = place.fit + f64::from(grid::format_agreement(patterns, &soft));
    let modules = softened(patterns, &soft);
    if confidence < tuning.thorough_confidence {
        return Some(ReadOutcome::Unread(Unread {
            place: place.clone(),
            rectified,
            modules,
            confidence,
        }));
    }
    let place = straightened(
        &rectified,
        place,
        &of_modules(patterns, &modules)?,
        STRAIGHTENED,
    )?;
    let rectified = rectified_at(pyramid, patterns, &place.map, &modules)?;
    let soft = equalised(patterns, &rectified, tuning.ridge)?;
    if let Some(decoded) = grid::read(patterns, &soft, Effort::Thorough(tuning.soft_decoder)) {
        return Some(ReadOutcome::Read(ReadSymbol { place, decoded }));
    }
    let confidence = place.fit + f64::from(grid::format_agreement(patterns, &soft));
    let modules = softened(patterns, &soft);
    Some(ReadOutcome::Unread(Unread {
        place,
        rectified,
        modules,
        confidence,
    }))
}

/// Soft modules for a template: known ones are certain, others as they seem.
pub(super) fn softened(patterns: &FunctionPatterns, soft: &[f32]) -> Vec<f32> {
    let modules = patterns.known.iter().zip(soft);
    modules
        .map(|(&known, &soft)| {
            if known == 0.0 {
                (SOFTENED * soft).clamp(-1.0, 1.0)
            } else {
                known
            }
        })
        .collect()
}

/// The symbol at a place, rectified, given its modules as far as they have been made out.
pub(super) fn rectified_at(
    pyramid: &Pyramid,
    patterns: &FunctionPatterns,
    map: &Homography,
    modules: &[f32],
) -> Option<RectifiedSymbol> {
    let level = pyramid.level_for(map.module(patterns.side), SAMPLED);
    RectifiedSymbol::sample(
        &pyramid.levels[level],
        patterns,
        &map.onto_level(level),
        modules,
    )
}
