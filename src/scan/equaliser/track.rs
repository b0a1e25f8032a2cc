//! One symbol followed through the frames of a camera.

use super::equalise::{equalised, joint};
use super::grid::{self, Effort, Reading};
use super::homography::Homography;
use super::hypotheses::Hypothesis;
use super::known::{Pattern, pattern};
use super::refine::straightened;
use super::sample::Flat;
use super::scene::Scene;
use super::search::{Found, Unread, flat_knowing, softened};
use super::template::{of_modules, sparse};
use std::sync::Arc;

/// Frames that are looked at together.
const VIEWS: usize = 8;

/// Pixels that a symbol may move from one frame to the next, and the steps in
/// which it is looked for.
const MOVED: i32 = 16;
const STEP: i32 = 2;

/// Correlation with the modules as made out so far, below which the symbol is
/// not where it is supposed.
const SEEN: f64 = 0.4;

/// Frames without the symbol after which it is given up, and frames with it
/// that were all in vain.
const MISSES: usize = 3;
const VAIN: usize = 12;

/// One frame with the symbol in it.
struct View {
    place: Hypothesis,
    flat: Flat,
}

enum Stage {
    Idle,
    /// Where the symbol is in a new frame.
    Register(Arc<Scene>),
    /// Reading the newest view alone.
    Alone,
    /// Reading all views together.
    Joint,
}

/// How a piece of work ended.
pub(super) enum Step {
    /// There is more to do with this frame.
    More,
    /// The next frame may come.
    Idle,
    /// The symbol is lost.
    Lost,
    /// The symbol was read; this is where it is in the newest frame.
    Read(Found),
}

/// A symbol that was found in a frame, but not read.
pub(super) struct Track {
    pattern: &'static Pattern,
    views: Vec<View>,
    /// The modules as far as they have been made out.
    modules: Vec<f32>,
    /// Known modules, and those of blocks that could be corrected.
    certain: Vec<f32>,
    stage: Stage,
    misses: usize,
    seen: usize,
}

impl Track {
    /// Begins with a place in a frame where a symbol fits.
    pub(super) fn new(unread: &Unread) -> Option<Self> {
        let pattern = pattern(unread.place.version)?;
        Some(Self {
            pattern,
            views: vec![View {
                place: unread.place.clone(),
                flat: unread.flat.clone(),
            }],
            modules: unread.modules.clone(),
            certain: pattern.known.clone(),
            stage: Stage::Idle,
            misses: 0,
            seen: 1,
        })
    }

    /// Takes up the next frame.
    pub(super) fn feed(&mut self, scene: Arc<Scene>) {
        self.stage = Stage::Register(scene);
    }

    /// Whether there is something to do with the frames so far.
    pub(super) fn is_busy(&self) -> bool {
        !matches!(self.stage, Stage::Idle)
    }

    /// Does one piece of work.
    pub(super) fn advance(&mut self) -> Step {
        match std::mem::replace(&mut self.stage, Stage::Idle) {
            Stage::Idle => return Step::Idle,
            Stage::Register(scene) => {
                if let Some(view) = self.registered(&scene) {
                    self.add(view);
                    self.stage = Stage::Alone;
                } else {
                    self.misses += 1;
                }
                if self.misses >= MISSES || self.seen >= VAIN {
                    return Step::Lost;
                }
            }
            Stage::Alone => {
                let soft = self
                    .views
                    .last()
                    .and_then(|view| equalised(self.pattern, &view.flat));
                if let Some(found) = self.read(soft.as_deref()) {
                    return Step::Read(found);
                }
                if self.views.len() > 1 {
                    self.stage = Stage::Joint;
                }
            }
            Stage::Joint => {
                let flats: Vec<&Flat> = self.views.iter().map(|view| &view.flat).collect();
                let soft = joint(self.pattern, &self.certain, &flats);
                if let Some(found) = self.read(soft.as_deref()) {
                    return Step::Read(found);
                }
                if let Some(soft) = soft {
                    if let Some(certain) = grid::settled_blocks(self.pattern, &soft) {
                        self.certain = certain;
                    }
                    self.modules = softened(self.pattern, &soft);
                }
            }
        }
        match self.stage {
            Stage::Idle => Step::Idle,
            _ => Step::More,
        }
    }

    fn add(&mut self, view: View) {
        if self.views.len() == VIEWS {
            self.views.remove(0);
        }
        self.views.push(view);
        self.misses = 0;
        self.seen += 1;
    }

    fn read(&self, soft: Option<&[f32]>) -> Option<Found> {
        let reading: Reading = grid::read(self.pattern, soft?, Effort::Thorough)?;
        let place = self.views.last()?.place.clone();
        Some(Found { place, reading })
    }

    /// The symbol in a new frame, starting from where it was in the last one.
    fn registered(&self, scene: &Scene) -> Option<View> {
        let last = &self.views.last()?.place;
        let template = sparse(self.pattern, &self.modules)?;
        let module = last.map.module(self.pattern.side);
        let level = scene.level_for(module, 1.4);
        let plane = &scene.levels[level];
        let fit = |x: i32, y: i32| {
            let map = moved(&last.map, x, y, level);
            template.fit(plane, &map.onto_level(level))
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
        // From the nearest whole pixels on, twice: the better the symbol is laid
        // out, the better it shows what is still wrong.
        let template = of_modules(self.pattern, &self.modules)?;
        let mut place = rough;
        let mut flat = self.laid_out(scene, &place)?;
        for _ in 0..2 {
            place = straightened(&flat, &place, &template, 8)?;
            if place.fit < SEEN {
                return None;
            }
            flat = self.laid_out(scene, &place)?;
        }
        Some(View { place, flat })
    }

    fn laid_out(&self, scene: &Scene, place: &Hypothesis) -> Option<Flat> {
        flat_knowing(scene, self.pattern, &place.map, &self.modules)
    }
}

/// Moved by whole pixels of a level.
fn moved(map: &Homography, x: i32, y: i32, level: usize) -> Homography {
    let scale = f64::from(1_u32 << level);
    map.onto(1.0, [scale * f64::from(x), scale * f64::from(y)])
}
