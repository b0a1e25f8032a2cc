//! The cascade: steps tried one after the other until one reads what is wanted.

use std::sync::Arc;
use std::time::Duration;

use super::decoder::Corners;
use super::live::{Hint, hint_for};
use super::luma::Luma;
use super::sandbox::{Sandbox, SandboxError};
use super::step::{PartSighting, Sighting, Step};
use super::steps;
use crate::ground::moment::Instant;

/// How much work a search may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Pictures with a longer side, in pixels, are shrunk to it first.
    pub long_side: u32,
    /// Time for the whole search, by the clock. After that no step is begun.
    pub total: Duration,
    /// Time for one step, by the clock. A step that takes longer is abandoned.
    pub step: Duration,
    /// Sightings that are reported at most, and as many parts.
    pub sightings: usize,
}

/// For a person who waits for one picture on a slow PC. Chosen by eye, not measured: more time
/// reads little more, and a person tries the next picture after a few seconds.
impl Default for Bounds {
    fn default() -> Self {
        Self {
            long_side: 2560,
            total: Duration::from_secs(4),
            step: Duration::from_millis(1500),
            sightings: 32,
        }
    }
}

/// How a search ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SearchOutcome {
    /// A step read an accepted text.
    Accepted,
    /// All steps were tried.
    Exhausted,
    /// The time was up before all steps were tried.
    OutOfTime,
}

/// How one step ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepOutcome {
    /// It returned, having read this many symbols.
    Read(usize),
    /// It panicked, took too long, or was refused because too many others had.
    Failed(SandboxError),
}

/// A step that was run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepRun {
    /// The step's name.
    pub step: &'static str,
    /// How it ended.
    pub outcome: StepOutcome,
    /// How long it took, by the clock.
    pub took: Duration,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq)]
pub struct ScanReport {
    /// All symbols that were read, accepted or not, each text once; in the
    /// order in which they were read.
    pub sightings: Vec<Sighting>,
    /// Symbols that hold a part of a text only, each part once.
    pub parts: Vec<PartSighting>,
    /// The picture holds more symbols than are reported here: beyond the bound, or unread when
    /// the search ended.
    pub more: bool,
    /// The steps that were run, in order.
    pub steps_run: Vec<StepRun>,
    /// How the search ended.
    pub outcome: SearchOutcome,
}

/// Steps in the order in which they are tried, and how much work they may be.
#[derive(Clone)]
pub struct Cascade {
    steps: Vec<Arc<dyn Step>>,
    bounds: Bounds,
    sandbox: Sandbox,
}

impl Cascade {
    /// These steps, in this order.
    pub fn new(steps: impl IntoIterator<Item = Arc<dyn Step>>, bounds: Bounds) -> Self {
        Self {
            steps: steps.into_iter().collect(),
            bounds,
            sandbox: Sandbox::shared(),
        }
    }

    /// For a single picture, which gets every step: [`steps::still`].
    pub fn still() -> Self {
        Self::new(steps::still(), Bounds::default())
    }

    /// With a sandbox of its own instead of the one that the process shares.
    #[must_use]
    pub fn in_sandbox(mut self, sandbox: Sandbox) -> Self {
        self.sandbox = sandbox;
        self
    }

    /// The steps, in order.
    pub fn steps(&self) -> &[Arc<dyn Step>] {
        &self.steps
    }

    /// Tries the steps in order until one reads a text that `accept` approves.
    ///
    /// Texts that are not accepted (a sticker in the background) are reported
    /// but do not end the search. Corners are in pixels of `picture`.
    pub fn read(&self, picture: &Luma, accept: &dyn Fn(&str) -> bool) -> ScanReport {
        let start = Instant::now();
        let frame = Arc::new(picture.shrunk_to(self.bounds.long_side));
        let scale = [
            picture.width() as f32 / frame.width() as f32,
            picture.height() as f32 / frame.height() as f32,
        ];
        let mut reading = ScanReport {
            sightings: Vec::new(),
            parts: Vec::new(),
            more: false,
            steps_run: Vec::new(),
            outcome: SearchOutcome::Exhausted,
        };
        // Whether the last step that read something left something unread.
        let mut leaves = false;
        for step in &self.steps {
            let begun = Instant::now();
            let left = self.bounds.total.saturating_sub(start.elapsed());
            if left.is_zero() {
                reading.outcome = SearchOutcome::OutOfTime;
                break;
            }
            let job = {
                let (step, frame) = (Arc::clone(step), Arc::clone(&frame));
                move || step.read(&frame)
            };
            let seen = self.sandbox.run(left.min(self.bounds.step), job);
            reading.steps_run.push(StepRun {
                step: step.name(),
                outcome: match &seen {
                    Ok(seen) => StepOutcome::Read(seen.count()),
                    Err(error) => StepOutcome::Failed(*error),
                },
                took: begun.elapsed(),
            });
            let mut accepted = false;
            let seen = seen.unwrap_or_default();
            if seen.count() > 0 {
                leaves = seen.more;
            }
            let enlarged = |corners: Corners| corners.map(|[x, y]| [x * scale[0], y * scale[1]]);
            for mut sighting in seen.texts {
                if sighting.text.is_empty() {
                    continue;
                }
                let wanted = accept(&sighting.text);
                accepted |= wanted;
                sighting.corners = enlarged(sighting.corners);
                reading.note(sighting, wanted, self.bounds.sightings);
            }
            for mut seen in seen.parts {
                seen.corners = enlarged(seen.corners);
                reading.note_part(seen, self.bounds.sightings);
            }
            if accepted {
                reading.outcome = SearchOutcome::Accepted;
                break;
            }
        }
        reading.more |= leaves;
        reading
    }
}

impl ScanReport {
    /// Reports a sighting unless its text is known. Beyond the limit, a wanted one takes the
    /// place of the last.
    fn note(&mut self, sighting: Sighting, wanted: bool, limit: usize) {
        if self.sightings.iter().any(|s| s.text == sighting.text) {
            return;
        }
        if self.sightings.len() < limit {
            self.sightings.push(sighting);
            return;
        }
        self.more = true;
        if wanted && let Some(last) = self.sightings.last_mut() {
            *last = sighting;
        }
    }

    fn note_part(&mut self, seen: PartSighting, limit: usize) {
        if self.parts.iter().any(|known| known.part == seen.part) {
            return;
        }
        if self.parts.len() < limit {
            self.parts.push(seen);
        } else {
            self.more = true;
        }
    }

    /// What the person should change, where no text was read in `picture`.
    pub fn hint(&self, picture: &Luma) -> Option<Hint> {
        if !self.sightings.is_empty() {
            return None;
        }
        let part = self.parts.first().map(|seen| Hint::of_part(seen.part));
        part.or_else(|| hint_for(picture))
    }
}

impl std::fmt::Debug for Cascade {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names: Vec<_> = self.steps.iter().map(|step| step.name()).collect();
        f.debug_struct("Cascade")
            .field("steps", &names)
            .field("bounds", &self.bounds)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
