//! One symbol followed through the frames of a camera.

use super::super::luma::Luma;
use super::equalise::{equalised, joint};
use super::grid::{self, Reading};
use super::homography::Homography;
use super::hypotheses::Hypothesis;
use super::known::{Pattern, pattern};
use super::refine::{anchored, settled};
use super::sample::Flat;
use super::scene::Scene;
use super::search::{Found, flat_at, flat_knowing, softened};
use super::template::sparse;

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
    scene: Scene,
    place: Hypothesis,
    flat: Flat,
}

enum Stage {
    Idle,
    /// Where the symbol is in a new frame.
    Register(Scene),
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
    pub(super) fn new(scene: Scene, place: Hypothesis) -> Option<Self> {
        let pattern = pattern(place.version)?;
        let flat = flat_at(&scene, pattern, &place.map)?;
        let modules = softened(pattern, &equalised(pattern, &flat)?);
        Some(Self {
            pattern,
            views: vec![View { scene, place, flat }],
            modules,
            certain: pattern.known.clone(),
            stage: Stage::Idle,
            misses: 0,
            seen: 1,
        })
    }

    /// Takes up the next frame.
    pub(super) fn feed(&mut self, frame: &Luma) {
        self.stage = Stage::Register(Scene::of(frame));
    }

    /// Whether this frame has the size of those before.
    pub(super) fn takes(&self, frame: &Luma) -> bool {
        self.views.last().is_some_and(|view| {
            let plane = &view.scene.levels[0];
            (plane.width, plane.height) == (frame.width() as usize, frame.height() as usize)
        })
    }

    /// Does one piece of work.
    pub(super) fn advance(&mut self) -> Step {
        match std::mem::replace(&mut self.stage, Stage::Idle) {
            Stage::Idle => return Step::Idle,
            Stage::Register(scene) => {
                if let Some(view) = self.registered(scene) {
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
        let reading: Reading = grid::read(self.pattern, soft?)?;
        let place = self.views.last()?.place.clone();
        Some(Found { place, reading })
    }

    /// The symbol in a new frame, starting from where it was in the last one.
    fn registered(&self, scene: Scene) -> Option<View> {
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
        let place = settled(&scene, &rough, &self.modules, 10)?;
        if place.fit < SEEN {
            return None;
        }
        let place = anchored(&scene, &place, 8)?;
        let flat = flat_knowing(&scene, self.pattern, &place.map, &self.modules)?;
        Some(View { scene, place, flat })
    }
}

/// Moved by whole pixels of a level.
fn moved(map: &Homography, x: i32, y: i32, level: usize) -> Homography {
    let scale = f64::from(1_u32 << level);
    map.onto(1.0, [scale * f64::from(x), scale * f64::from(y)])
}
