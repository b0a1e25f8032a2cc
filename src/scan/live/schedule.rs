//! Which step to take next, when a frame has no time for all.

use super::super::step::Step;
use super::super::steps::{SideLimits, pass};
use super::survey::{Region, Survey};
use std::sync::Arc;
use std::time::Duration;

/// The condition of a frame under which a step is worth more than usual.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Condition {
    /// None in particular.
    Any,
    /// Soft edges.
    Blur,
    /// Small modules.
    Small,
    /// Little contrast, bleaching, shadows.
    Light,
    /// Light on dark.
    Inverted,
}

/// A step, and what is known of it.
pub(super) struct ScheduledStep {
    /// The step.
    pub(super) step: Arc<dyn Step>,
    /// What it looks at.
    pub(super) region: Region,
    condition: Condition,
    /// Share of otherwise unread frames that it read when it was measured, 0 to 1.
    yield_share: f32,
    /// Seconds that it takes per megapixel; learned.
    pace: f32,
    /// Frames since it was last taken.
    waited: u32,
    /// Frames that it has to sit out, having run too long or panicked.
    banned: u32,
    /// How often it has been banned.
    bans: u32,
    /// Frames since it last read something, if it ever did.
    success: Option<u32>,
}

/// The steps that take turns.
pub(super) struct Schedule {
    steps: Vec<ScheduledStep>,
}

// The numbers from here to `FEW_LEVELS` were chosen by eye, not measured.

/// Frames that a step sits out after its first failure; twice as many after the
/// next, and so on. Fewer: a step that hangs on this scene hangs again. More: one
/// bad frame costs the step.
const FIRST_BAN: u32 = 30;

/// Doublings of the ban at most, so that no step is banned for good: at 20 frames a
/// second, three minutes.
const MOST_BANS: u32 = 8;

/// Frames for which the step that read one begins the next: three seconds at 20
/// frames a second. After that the scene is likely another.
const REMEMBERED: u32 = 60;

/// Frames after which the memory of a success weighs half.
const SUCCESS_FADES: f32 = 30.0;

/// What a step gains, in shares of frames, where its condition holds. With 0 the
/// looks of a frame decide nothing; with 1 they decide everything.
const CONDITION_BONUS: f32 = 0.3;

/// What a step gains, in shares of frames, for every frame that it has waited, and
/// frames after which it gains no more. Less: steps of a small share never get a
/// turn. More: all take turns blindly.
const TURN_BONUS: f32 = 0.04;
const LONGEST_WAIT: u32 = 50;

/// Seconds per megapixel that a step is expected to take before it has been timed.
const FIRST_PACE: f32 = 0.010;

/// Share of the newest time in the learned pace, when that is lower than before.
/// One slow frame is believed at once, a fast one only gradually: overrunning the
/// budget is worse than leaving a little of it.
const PACE_GAIN: f32 = 0.2;

/// Edges wider than this, in pixels, are soft: a blur of one pixel makes them 2.5.
pub(super) const SOFT_EDGE: f32 = 2.5;

/// Modules of fewer pixels than this are small.
const SMALL_MODULE: f32 = 3.5;

/// With more of the frame clipped than this share, or with fewer levels of contrast,
/// the light is what hinders.
const MUCH_CLIPPED: f32 = 0.2;
const FEW_LEVELS: u8 = 120;

impl Schedule {
    /// Of these steps.
    pub(super) fn of(steps: Vec<ScheduledStep>) -> Self {
        Self { steps }
    }

    /// Begins a frame: every step has waited for one more.
    pub(super) fn begin(&mut self) {
        for step in &mut self.steps {
            step.waited = step.waited.saturating_add(1);
            step.banned = step.banned.saturating_sub(1);
            step.success = step.success.map(|frames| frames.saturating_add(1));
        }
    }

    /// The step to begin with, before anything is known of the frame: the one that
    /// read most recently, else the first.
    pub(super) fn first(&self) -> usize {
        let recent = |step: &ScheduledStep| {
            step.success
                .filter(|&frames| frames < REMEMBERED && step.banned == 0)
        };
        (0..self.steps.len())
            .filter(|&index| {
                recent(&self.steps[index]).is_some() && self.steps[index].region == Region::Frame
            })
            .min_by_key(|&index| recent(&self.steps[index]))
            .unwrap_or(0)
    }

    /// The most promising step that was not taken on this frame yet and should fit
    /// into `left`; where `left` is `None`, every step fits.
    pub(super) fn next(&self, survey: &Survey, left: Option<Duration>) -> Option<usize> {
        let fits = |step: &ScheduledStep| {
            let size = survey.megapixels(step.region);
            size.is_some_and(|size| left.is_none_or(|left| step.pace * size <= left.as_secs_f32()))
        };
        let score = |index: usize| self.steps[index].score(survey);
        (0..self.steps.len())
            .filter(|&index| {
                let step = &self.steps[index];
                step.waited > 0 && step.banned == 0 && fits(step)
            })
            .max_by(|&a, &b| score(a).total_cmp(&score(b)))
    }

    /// A step by its place.
    pub(super) fn step(&self, index: usize) -> &ScheduledStep {
        &self.steps[index]
    }

    /// Notes how a step went.
    pub(super) fn note(
        &mut self,
        index: usize,
        megapixels: f32,
        took: Duration,
        outcome: TurnOutcome,
    ) {
        let step = &mut self.steps[index];
        step.waited = 0;
        let pace = took.as_secs_f32() / megapixels.max(0.01);
        step.pace = pace.max((1.0 - PACE_GAIN) * step.pace + PACE_GAIN * pace);
        match outcome {
            TurnOutcome::Read => step.success = Some(0),
            TurnOutcome::Nothing => {}
            TurnOutcome::Failed => {
                step.bans = (step.bans + 1).min(MOST_BANS);
                step.banned = FIRST_BAN << (step.bans - 1);
            }
        }
    }
}

/// How a step's turn ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TurnOutcome {
    /// It read what was wanted.
    Read,
    /// It did not.
    Nothing,
    /// It panicked or ran too long.
    Failed,
}

impl ScheduledStep {
    /// A pass over this region; `None` if there is no pass of this name.
    pub(super) fn new(
        name: &'static str,
        region: Region,
        condition: Condition,
        yield_share: f32,
    ) -> Option<Self> {
        let limits = match region {
            Region::Frame => SideLimits::FRAME,
            Region::CloseUp => SideLimits::CLOSE_UP,
        };
        Some(Self {
            step: Arc::new(pass(name, &limits)?),
            region,
            condition,
            yield_share,
            pace: FIRST_PACE,
            waited: 1,
            banned: 0,
            bans: 0,
            success: None,
        })
    }

    /// How promising it is on a frame that looks like this.
    fn score(&self, survey: &Survey) -> f32 {
        let (seen, located) = (&survey.seen, survey.located.as_ref());
        let module = located.map(|located| located.module);
        let holds = match self.condition {
            Condition::Any => true,
            Condition::Blur => seen.edge.is_some_and(|width| width > SOFT_EDGE),
            Condition::Small => module.is_some_and(|module| module < SMALL_MODULE),
            Condition::Light => seen.clipped > MUCH_CLIPPED || seen.contrast() < FEW_LEVELS,
            Condition::Inverted => located.is_some_and(|located| located.inverted),
        };
        let recent = self
            .success
            .map_or(0.0, |frames| 1.0 / (1.0 + frames as f32 / SUCCESS_FADES));
        let turn = TURN_BONUS * self.waited.min(LONGEST_WAIT) as f32;
        self.yield_share + if holds { CONDITION_BONUS } else { 0.0 } + recent + turn
    }
}
