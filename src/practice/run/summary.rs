//! What a rehearsal came to.

use super::Shot;
use crate::trip::Trip;
use serde::Serialize;
use std::collections::BTreeMap;
use std::time::Duration;

/// What a rehearsal came to.
#[derive(Debug, Clone)]
pub struct Summary {
    /// Per PC, in order.
    pub pcs: Vec<PcSummary>,
    /// Products that wait for a Confirmation ID at the start.
    pub products: usize,
    /// Products that the phone knows to be activated, from receipts that it
    /// read, and that are activated in the stores.
    pub activated: usize,
    /// Replies shown to a wrong PC on purpose.
    pub mixups: usize,
    /// Those that were read there and turned away.
    pub mixups_refused: usize,
    /// Deposits that reached a store with a Confirmation ID not its own.
    pub wrong_deposits: usize,
    /// The phone's record of the walk, as on a real one.
    pub trip: Trip,
    /// Every photograph taken.
    pub shots: Vec<Shot>,
    /// How long it took.
    pub took: Duration,
}

/// One practice PC on the walk.
#[derive(Debug, Clone)]
pub struct PcSummary {
    /// Name of the PC.
    pub name: String,
    /// Products that waited.
    pub products: usize,
    /// Products activated in its store.
    pub activated: usize,
    /// Replies of others that it was shown and turned away.
    pub turned_away: usize,
}

/// The last line under `--json`; names are stable.
#[derive(Debug, Serialize)]
pub struct SummaryLine {
    pcs: usize,
    products: usize,
    activated: usize,
    mixups: usize,
    mixups_refused: usize,
    wrong_deposits: usize,
    photographs: usize,
    read_at_first_sight: usize,
    seconds: f64,
}

impl Summary {
    /// Whether the journey ended as it must: every product activated, every
    /// mix-up refused, no deposit wrong.
    pub fn is_good(&self) -> bool {
        self.activated == self.products
            && self.mixups_refused == self.mixups
            && self.wrong_deposits == 0
    }

    /// Screens shown: photographs without the repeated ones.
    pub fn screens(&self) -> usize {
        self.shots.iter().filter(|shot| shot.attempt == 1).count()
    }

    /// Screens whose first photograph was read.
    pub fn read_at_first_sight(&self) -> usize {
        self.shots
            .iter()
            .filter(|shot| shot.attempt == 1 && shot.step.is_some())
            .count()
    }

    /// How many photographs each step of the reader read.
    pub fn by_step(&self) -> Vec<(&'static str, usize)> {
        let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
        for step in self.shots.iter().filter_map(|shot| shot.step) {
            *counts.entry(step).or_default() += 1;
        }
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_by_key(|&(step, count)| (std::cmp::Reverse(count), step));
        counts
    }

    /// The figures for a script.
    pub fn line(&self) -> SummaryLine {
        SummaryLine {
            pcs: self.pcs.len(),
            products: self.products,
            activated: self.activated,
            mixups: self.mixups,
            mixups_refused: self.mixups_refused,
            wrong_deposits: self.wrong_deposits,
            photographs: self.shots.len(),
            read_at_first_sight: self.read_at_first_sight(),
            seconds: self.took.as_secs_f64(),
        }
    }
}
