//! Frames of a camera, as they come: texts, or a hint, or nothing yet.
//!
//! Every frame has a budget of time ([`LiveReader::budget`]). The steps that read
//! most for their time are taken on every frame; the others take turns over the
//! frames to come, the most promising first for what the frame looks like. Where a
//! symbol was located but not read, steps that would take too long on a whole frame
//! look at that part alone.

pub mod appearance;
pub mod hint;
mod schedule;
mod steps;
mod survey;

pub use hint::Hint;

use super::decoder::Corners;
use super::equaliser::{Progress, Tracker};
use super::luma::Luma;
use super::sandbox::Sandbox;
use super::step::{PartSighting, Sighting, Sightings};
use crate::ground::moment::Instant;
use appearance::Thumbnail;
use schedule::{Schedule, TurnOutcome};
use std::sync::Arc;
use std::time::Duration;
use survey::{Region, Survey};

/// What was seen in a frame.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Glimpse {
    /// Symbols whose text was wanted; empty where none was read.
    pub read: Vec<Sighting>,
    /// Symbols that were read but not wanted: a sticker in the background.
    pub others: Vec<Sighting>,
    /// Symbols that were read but hold a part of a text only.
    pub parts: Vec<PartSighting>,
    /// What the person should change; never together with a text.
    pub hint: Option<Hint>,
    /// Steps that were taken, with what each took by the clock.
    pub steps: Vec<(&'static str, Duration)>,
}

/// Reads symbols in the frames of one camera.
pub struct LiveReader {
    schedule: Schedule,
    budget: Duration,
    sandbox: Sandbox,
    hints: hint::HintDebouncer,
    before: Option<Thumbnail>,
    tracker: Tracker,
    /// Frames in a row without any of the steps that take turns.
    skipped: u32,
}

/// The longest side, in pixels, of a frame that is looked at; larger ones are shrunk
/// to it. A phone held in the hand fills enough of a frame that more pixels would
/// only cost time. Chosen by eye, not measured.
const FRAME_LONG_SIDE: u32 = 1920;

/// Share of the budget after which the equaliser leaves the rest to the steps that
/// take turns. Less: small and blurred modules need more frames. More: the other
/// steps hardly get a turn, and dim or inverted symbols wait. It was a half, then 0.6,
/// before it became three quarters; the measurements were not kept.
const EQUALISER_SHARE: f32 = 0.75;

/// Frames in a row that may pass without any of the steps that take turns, on a PC
/// that is too slow for them. Fewer: every frame is late there. More: what only these
/// steps read is found late. Chosen by eye, not measured.
const MOST_SKIPPED: u32 = 2;

/// A step that takes longer is abandoned: six budgets, which an ordinary step does
/// not reach even on a slow PC. Chosen by eye, not measured.
const STEP_LIMIT: Duration = Duration::from_millis(250);

impl LiveReader {
    /// Time for a frame of a camera with 20 frames a second, which leaves a fifth of
    /// it for everything else.
    pub const BUDGET: Duration = Duration::from_millis(40);

    /// A reader with a budget per frame.
    pub fn new(budget: Duration) -> Self {
        Self {
            schedule: Schedule::of(steps::all()),
            budget,
            sandbox: Sandbox::shared(),
            hints: hint::HintDebouncer::default(),
            before: None,
            tracker: Tracker::new(),
            skipped: 0,
        }
    }

    /// With a sandbox of its own instead of the one that the process shares.
    #[must_use]
    pub fn in_sandbox(mut self, sandbox: Sandbox) -> Self {
        self.sandbox = sandbox;
        self
    }

    /// The time that a frame gets. At most one step overruns it; on a PC too slow for
    /// the first few, now and then one more.
    pub fn budget(&self) -> Duration {
        self.budget
    }

    /// Looks at a frame that was taken at `at`, counted from any fixed moment.
    ///
    /// The search ends with the first text that `accept` approves. Corners are
    /// in pixels of the frame.
    pub fn look(&mut self, frame: Luma, at: Duration, accept: &dyn Fn(&str) -> bool) -> Glimpse {
        let begun = Instant::now();
        let width = frame.width() as f32;
        let frame = Arc::new(if frame.long_side() > FRAME_LONG_SIDE {
            frame.shrunk_to(FRAME_LONG_SIDE)
        } else {
            frame
        });
        self.schedule.begin();
        let mut glimpse = Glimpse::default();
        let survey = self.read(&frame, begun, accept, &mut glimpse);
        let thumbnail = Thumbnail::of(&frame);
        if let Some(survey) = survey
            && glimpse.read.is_empty()
        {
            let moved = self
                .before
                .as_ref()
                .map_or(0.0, |before| thumbnail.moved_since(before));
            let part = glimpse.parts.first().map(|seen| Hint::of_part(seen.part));
            let wrong = part
                .or_else(|| hint::diagnose(&frame, &survey.seen, survey.located.as_ref(), moved));
            glimpse.hint = self.hints.show(wrong, at);
        } else {
            self.hints.clear();
        }
        self.before = Some(thumbnail);
        let scale = width / frame.width() as f32;
        let read = glimpse.read.iter_mut().chain(&mut glimpse.others);
        let all = read.map(|seen| &mut seen.corners);
        for corners in all.chain(glimpse.parts.iter_mut().map(|seen| &mut seen.corners)) {
            *corners = corners.map(|[x, y]| [x * scale, y * scale]);
        }
        glimpse
    }

    /// Takes steps until a text is accepted or the budget is spent. Returns the survey
    /// of the frame, if one was made.
    fn read(
        &mut self,
        frame: &Arc<Luma>,
        begun: Instant,
        accept: &dyn Fn(&str) -> bool,
        glimpse: &mut Glimpse,
    ) -> Option<Survey> {
        let first = self.schedule.first();
        if self.take(first, frame, None, accept, glimpse) {
            return None;
        }
        let surveying = Instant::now();
        let survey = Survey::of(frame);
        glimpse.steps.push(("survey", surveying.elapsed()));
        let share = begun + self.budget.mul_f32(EQUALISER_SHARE);
        if self.seek(frame, share, accept, glimpse) {
            return Some(survey);
        }
        let mut rest = self.budget.saturating_sub(begun.elapsed());
        // The first of the other steps may be of any length: otherwise long ones
        // would never get a turn. On a PC too slow for any, one is taken now and then.
        let mut left = None;
        self.skipped += 1;
        while !rest.is_zero() || self.skipped > MOST_SKIPPED {
            let Some(index) = self.schedule.next(&survey, left) else {
                break;
            };
            self.skipped = 0;
            if self.take(index, frame, Some(&survey), accept, glimpse) {
                break;
            }
            rest = self.budget.saturating_sub(begun.elapsed());
            left = Some(rest);
        }
        Some(survey)
    }

    /// Lets the equaliser go on with the frames so far. Returns whether it read a
    /// wanted text.
    fn seek(
        &mut self,
        frame: &Arc<Luma>,
        until: Instant,
        accept: &dyn Fn(&str) -> bool,
        glimpse: &mut Glimpse,
    ) -> bool {
        let begun = Instant::now();
        let (mut tracker, frame) = (std::mem::take(&mut self.tracker), Arc::clone(frame));
        let sought = self.sandbox.run(STEP_LIMIT, move || {
            tracker.feed(&frame);
            let progress = tracker.work(until);
            (progress, tracker)
        });
        glimpse.steps.push(("equaliser", begun.elapsed()));
        // A tracker that ran too long or panicked is gone; the next frame gets a new one.
        let Ok((progress, tracker)) = sought else {
            return false;
        };
        self.tracker = tracker;
        let sighting = match progress {
            Progress::Read(sighting) => sighting,
            Progress::Part(seen) => {
                glimpse.note_part(seen);
                return false;
            }
            Progress::More | Progress::Idle => return false,
        };
        let wanted = accept(&sighting.text);
        glimpse.note(sighting, accept);
        if wanted {
            // What is wanted next is another symbol.
            self.tracker.reset();
        }
        wanted
    }

    /// Takes one step. Returns whether it read a wanted text.
    fn take(
        &mut self,
        index: usize,
        frame: &Arc<Luma>,
        survey: Option<&Survey>,
        accept: &dyn Fn(&str) -> bool,
        glimpse: &mut Glimpse,
    ) -> bool {
        let scheduled = self.schedule.step(index);
        let close_up = survey.and_then(|survey| survey.close_up.as_ref());
        let (picture, origin) = match (scheduled.region, close_up) {
            (Region::CloseUp, Some(part)) => (Arc::clone(&part.luma), part.origin),
            (Region::CloseUp, None) => return false,
            (Region::Frame, _) => (Arc::clone(frame), [0.0, 0.0]),
        };
        let megapixels = picture.pixels().len() as f32 / 1e6;
        let step = Arc::clone(&scheduled.step);
        let name = step.name();
        let taking = Instant::now();
        let seen = self.sandbox.run(STEP_LIMIT, move || step.read(&picture));
        let took = taking.elapsed();
        glimpse.steps.push((name, took));
        let failed = seen.is_err();
        let mut wanted = false;
        let Sightings { texts, parts, .. } = seen.unwrap_or_default();
        let in_frame = |corners: Corners| corners.map(|[x, y]| [x + origin[0], y + origin[1]]);
        for mut seen in parts {
            seen.corners = in_frame(seen.corners);
            glimpse.note_part(seen);
        }
        for mut sighting in texts {
            sighting.corners = in_frame(sighting.corners);
            wanted |= accept(&sighting.text);
            glimpse.note(sighting, accept);
        }
        let outcome = match (wanted, failed) {
            (true, _) => TurnOutcome::Read,
            (false, false) => TurnOutcome::Nothing,
            (false, true) => TurnOutcome::Failed,
        };
        self.schedule.note(index, megapixels, took, outcome);
        wanted
    }
}

/// What the person should change, for a single picture in which nothing was read.
pub fn hint_for(picture: &Luma) -> Option<Hint> {
    let picture = picture.shrunk_to(FRAME_LONG_SIDE);
    let survey = Survey::of(&picture);
    hint::diagnose(&picture, &survey.seen, survey.located.as_ref(), 0.0)
}

impl Default for LiveReader {
    fn default() -> Self {
        Self::new(Self::BUDGET)
    }
}

impl Glimpse {
    /// Symbols of one frame that are reported at most.
    const MOST: usize = 16;

    /// Each text once.
    fn note(&mut self, sighting: Sighting, accept: &dyn Fn(&str) -> bool) {
        let list = if accept(&sighting.text) {
            &mut self.read
        } else {
            &mut self.others
        };
        let known = list.iter().any(|other| other.text == sighting.text);
        if !known && !sighting.text.is_empty() && list.len() < Self::MOST {
            list.push(sighting);
        }
    }

    /// Each part once.
    fn note_part(&mut self, seen: PartSighting) {
        let known = self.parts.iter().any(|other| other.part == seen.part);
        if !known && self.parts.len() < Self::MOST {
            self.parts.push(seen);
        }
    }
}

impl std::fmt::Debug for LiveReader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "LiveReader({:?} a frame)", self.budget)
    }
}

#[cfg(test)]
mod tests;
