//! One symbol, followed through the frames of a camera.

use super::super::homography::Homography;
use super::equalise::{equalised, joint};
use super::function_patterns::{FunctionPatterns, function_patterns};
use super::grid::{self, DecodedGrid, Effort};
use super::hypotheses::{COMPARED_AT, Hypothesis};
use super::pyramid::Pyramid;
use super::rectify::RectifiedSymbol;
use super::refine::straightened;
use super::search::{ReadSymbol, Unread, rectified_at, softened};
use super::template::{of_modules, sparse};
use super::tuning::Tuning;
use std::sync::Arc;

// The numbers of this file were chosen by eye, not measured.

/// Frames that are read together. Fewer: noise is averaged over less. More: the filter
/// has more weights than the known modules can hold, and takes time with their cube.
const VIEWS: usize = 8;

/// Pixels of the level that a symbol may move from one frame to the next, and the step
/// in which it is looked for. Less: a shaking hand loses it. More: time with the square.
const MOVED: i32 = 16;
const STEP: i32 = 2;

/// Correlation (0 to 1) with the modules made out so far, below which the symbol is not
/// where it is looked for.
const SEEN: f64 = 0.4;

/// Frames without the symbol after which it is given up, and frames with it that could
/// not be read. Fewer: a symbol that glare crosses is lost. More: what is no symbol
/// keeps the place of one.
const MISSES: usize = 3;
const VAIN: usize = 12;

/// Rounds in which a symbol is registered in a new frame, and steps of Levenberg and
/// Marquardt in each.
const REGISTRATIONS: usize = 2;
const ROUNDS: usize = 8;

/// The symbol in one frame.
struct Observation {
    place: Hypothesis,
    rectified: RectifiedSymbol,
}

enum TrackStage {
    Idle,
    /// Where the symbol is in a new frame.
    Register(Arc<Pyramid>),
    /// Reading the newest view alone.
    Alone,
    /// Reading all views together.
    Joint,
}

/// What a piece of work came to.
pub(super) enum TrackProgress {
    /// There is more to do with this frame.
    More,
    /// The next frame may come.
    Idle,
    /// The symbol is lost.
    Lost,
    /// The symbol was read; its place is that in the newest frame.
    Read(ReadSymbol),
}

/// A symbol that was found in a frame, but not read.
pub(super) struct Track {
    patterns: &'static FunctionPatterns,
    tuning: Tuning,
    views: Vec<Observation>,
    /// The modules, as far as they have been made out.
    modules: Vec<f32>,
    /// The known modules, and those of blocks that could be corrected.
    certain: Vec<f32>,
    stage: TrackStage,
    misses: usize,
    seen: usize,
}

impl Track {
    /// Begins with a place where a symbol fits.
    pub(super) fn new(unread: &Unread, tuning: Tuning) -> Option<Self> {
        let patterns = function_patterns(unread.place.version)?;
        Some(Self {
            patterns,
            tuning,
            views: vec![Observation {
                place: unread.place.clone(),
                rectified: unread.rectified.clone(),
            }],
            modules: unread.modules.clone(),
            certain: patterns.known.clone(),
            stage: TrackStage::Idle,
            misses: 0,
            seen: 1,
        })
    }

    /// Takes up the next frame.
    pub(super) fn feed(&mut self, pyramid: Arc<Pyramid>) {
        self.stage = TrackStage::Register(pyramid);
    }

    /// Whether there is something to do with the frames so far.
    pub(super) fn is_busy(&self) -> bool {
        !matches!(self.stage, TrackStage::Idle)
    }

    /// Does one piece of work.
    pub(super) fn advance(&mut self) -> TrackProgress {
        match std::mem::replace(&mut self.stage, TrackStage::Idle) {
            TrackStage::Idle => return TrackProgress::Idle,
            TrackStage::Register(pyramid) => {
                if let Some(view) = self.registered(&pyramid) {
                    self.add(view);
                    self.stage = TrackStage::Alone;
                } else {
                    self.misses += 1;
                }
                if self.misses >= MISSES || self.seen >= VAIN {
                    return TrackProgress::Lost;
                }
            }
            TrackStage::Alone => {
                let soft = self
                    .views
                    .last()
                    .and_then(|view| equalised(self.patterns, &view.rectified, self.tuning.ridge));
                if let Some(found) = self.read(soft.as_deref()) {
                    return TrackProgress::Read(found);
                }
                if self.views.len() > 1 {
                    self.stage = TrackStage::Joint;
                }
            }
            TrackStage::Joint => {
                let rectified: Vec<&RectifiedSymbol> =
                    self.views.iter().map(|view| &view.rectified).collect();
                let soft = joint(self.patterns, &self.certain, &rectified);
                if let Some(found) = self.read(soft.as_deref()) {
                    return TrackProgress::Read(found);
                }
                if let Some(soft) = soft {
                    if let Some(certain) =
                        grid::correctable_blocks(self.patterns, &soft, self.effort())
                    {
                        self.certain = certain;
                    }
                    self.modules = softened(self.patterns, &soft);
                }
            }
        }
        match self.stage {
            TrackStage::Idle => TrackProgress::Idle,
            _ => TrackProgress::More,
        }
    }

    fn effort(&self) -> Effort {
        Effort::Thorough(self.tuning.soft_decoder)
    }

    fn add(&mut self, view: Observation) {
        if self.views.len() == VIEWS {
            self.views.remove(0);
        }
        self.views.push(view);
        self.misses = 0;
        self.seen += 1;
    }

    fn read(&self, soft: Option<&[f32]>) -> Option<ReadSymbol> {
        let decoded: DecodedGrid = grid::read(self.patterns, soft?, self.effort())?;
        let place = self.views.last()?.place.clone();
        Some(ReadSymbol { place, decoded })
    }

    /// The symbol in a new frame, starting from where it was in the last one.
    fn registered(&self, pyramid: &Pyramid) -> Option<Observation> {
        let last = &self.views.last()?.place;
        let template = sparse(self.patterns, &self.modules)?;
        let module = last.map.module(self.patterns.side);
        let level = pyramid.level_for(module, COMPARED_AT);
        let image = &pyramid.levels[level];
        let fit = |x: i32, y: i32| {
            let map = moved(&last.map, x, y, level);
            template.fit(image, &map.onto_level(level))
        };
        let steps = || (-MOVED..=MOVED).step_by(STEP as usize);
        let (_, x, y) = steps()
            .flat_map(|y| steps().map(move |x| (x, y)))
            .map(|(x, y)| (fit(x, y), x, y))
            .max_by(|a, b| a.0.total_cmp(&b.0))?;
        let rough = Hypothesis {
            map: moved(&last.map, x, y, level),
            ..last.clone()
        };
        // From the nearest whole pixels on, twice: the better the symbol is rectified,
        // the better it shows what is still wrong.
        let template = of_modules(self.patterns, &self.modules)?;
        let mut place = rough;
        let mut rectified = self.laid_out(pyramid, &place)?;
        for _ in 0..REGISTRATIONS {
            place = straightened(&rectified, &place, &template, ROUNDS)?;
            if place.fit < SEEN {
                return None;
            }
            rectified = self.laid_out(pyramid, &place)?;
        }
        Some(Observation { place, rectified })
    }

    fn laid_out(&self, pyramid: &Pyramid, place: &Hypothesis) -> Option<RectifiedSymbol> {
        rectified_at(pyramid, self.patterns, &place.map, &self.modules)
    }
}

/// Moved by whole pixels of a level.
fn moved(map: &Homography, x: i32, y: i32, level: usize) -> Homography {
    let scale = f64::from(1_u32 << level);
    map.onto(1.0, [scale * f64::from(x), scale * f64::from(y)])
}
