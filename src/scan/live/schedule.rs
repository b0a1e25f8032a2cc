//! Which step to take next, when not all can be taken on one frame.

use super::super::decoder::Decoder;
use super::super::step::{Pass, Step};
use super::super::view::Filter;
use super::survey::{Region, Survey};
use std::sync::Arc;
use std::time::Duration;

/// What a step is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Condition {
    /// Nothing in particular.
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

/// A step with what is known of it.
pub(super) struct ScheduledStep {
    /// The step.
    pub(super) step: Arc<dyn Step>,
    /// What it looks at.
    pub(super) region: Region,
    condition: Condition,
    /// Share of otherwise unread frames that it read when it was measured.
    yield_share: f32,
    /// What it takes per megapixel, in seconds; learned.
    pace: f32,
    /// Frames since it was last taken.
    waited: u32,
    /// Frames that it has to sit out, having overrun or panicked.
    banned: u32,
    /// How often it has been banned.
    bans: u32,
    /// Frames since it last read something, if it ever did.
    success: Option<u32>,
}

/// The steps that take turns.
pub(super) struct Schedule {
    items: Vec<ScheduledStep>,
}

/// Steps sit out longer each time, but never for good.
const MOST_BANS: u32 = 8;

impl Schedule {
    /// Of these steps.
    pub(super) fn of(items: Vec<ScheduledStep>) -> Self {
        Self { items }
    }

    /// Begins a frame: everything has waited for one more.
    pub(super) fn begin(&mut self) {
        for item in &mut self.items {
            item.waited = item.waited.saturating_add(1);
            item.banned = item.banned.saturating_sub(1);
            item.success = item.success.map(|frames| frames.saturating_add(1));
        }
    }

    /// The step to begin with, before anything is known of the frame: the one
    /// that read the last frame that was read, else the one worth most.
    pub(super) fn first(&self) -> usize {
        let recent = |item: &ScheduledStep| {
            item.success
                .filter(|&frames| frames < 60 && item.banned == 0)
        };
        (0..self.items.len())
            .filter(|&index| {
                recent(&self.items[index]).is_some() && self.items[index].region == Region::Frame
            })
            .min_by_key(|&index| recent(&self.items[index]))
            .unwrap_or(0)
    }

    /// The most promising step that was not taken on this frame yet and should
    /// fit into `left`; where `left` is `None`, every step fits.
    pub(super) fn next(&self, survey: &Survey, left: Option<Duration>) -> Option<usize> {
        let fits = |item: &ScheduledStep| {
            let size = survey.megapixels(item.region);
            size.is_some_and(|size| left.is_none_or(|left| item.pace * size <= left.as_secs_f32()))
        };
        let score = |index: usize| self.items[index].score(survey);
        (0..self.items.len())
            .filter(|&index| {
                let item = &self.items[index];
                item.waited > 0 && item.banned == 0 && fits(item)
            })
            .max_by(|&a, &b| score(a).total_cmp(&score(b)))
    }

    /// A step by its place.
    pub(super) fn item(&self, index: usize) -> &ScheduledStep {
        &self.items[index]
    }

    /// Notes how a step went.
    pub(super) fn note(
        &mut self,
        index: usize,
        megapixels: f32,
        took: Duration,
        ended: TurnOutcome,
    ) {
        let item = &mut self.items[index];
        item.waited = 0;
        let pace = took.as_secs_f32() / megapixels.max(0.01);
        // Dearer is believed at once, cheaper only by and by.
        item.pace = pace.max(0.8 * item.pace + 0.2 * pace);
        match ended {
            TurnOutcome::Read => item.success = Some(0),
            TurnOutcome::Nothing => {}
            TurnOutcome::Failed => {
                item.bans = (item.bans + 1).min(MOST_BANS);
                item.banned = 15 << item.bans;
            }
        }
    }
}

/// How a step ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TurnOutcome {
    /// It read what was wanted.
    Read,
    /// It did not.
    Nothing,
    /// It panicked or overran.
    Failed,
}

impl ScheduledStep {
    pub(super) fn new(
        name: &'static str,
        region: Region,
        condition: Condition,
        yield_share: f32,
        filters: impl Into<Vec<Filter>>,
        decoder: impl Decoder + 'static,
    ) -> Self {
        Self {
            step: Arc::new(Pass::new(name, filters, decoder)),
            region,
            condition,
            yield_share,
            pace: 0.010,
            waited: 1,
            banned: 0,
            bans: 0,
            success: None,
        }
    }

    /// How promising it is on a frame that looks like this.
    fn score(&self, survey: &Survey) -> f32 {
        let (seen, located) = (&survey.seen, survey.located.as_ref());
        let module = located.map(|located| located.module);
        let soft = seen.edge.is_some_and(|width| width > 2.5);
        let fits = match self.condition {
            Condition::Any => true,
            Condition::Blur => soft,
            Condition::Small => module.is_some_and(|module| module < 3.5),
            Condition::Light => seen.clipped > 0.2 || seen.contrast() < 120,
            Condition::Inverted => located.is_some_and(|located| located.inverted),
        };
        let recent = self
            .success
            .map_or(0.0, |frames| 1.0 / (1.0 + frames as f32 / 30.0));
        let turn = 0.04 * self.waited.min(50) as f32;
        self.yield_share + if fits { 0.3 } else { 0.0 } + recent + turn
    }
}
