//! The result of a rehearsal.

use super::Shot;
use crate::trip::Trip;
use serde::Serialize;
use std::collections::BTreeMap;
use std::time::Duration;

/// The result of a rehearsal.
#[derive(Debug, Clone)]
pub struct Summary {
    /// Results per PC, in order.
    pub pcs: Vec<PcSummary>,
    /// Number of products that were pending at the start.
    pub products: usize,
    /// Number of products that are activated in the stores and known as activated
    /// to the phone, from receipts.
    pub activated: usize,
    /// Number of replies shown to a wrong PC on purpose.
    pub mixups: usize,
    /// Number of those that were read and refused.
    pub mixups_refused: usize,
    /// Number of deposits that reached a store with a wrong Confirmation ID.
    pub wrong_deposits: usize,
    /// The phone's trip.
    pub trip: Trip,
    /// All photographs.
    pub shots: Vec<Shot>,
    /// Duration of the rehearsal.
    pub took: Duration,
}

/// The result for one practice PC.
#[derive(Debug, Clone)]
pub struct PcSummary {
    /// Name of the PC.
    pub name: String,
    /// Number of products that were pending.
    pub products: usize,
    /// Number of products activated in its store.
    pub activated: usize,
    /// Number of replies for other PCs that it refused.
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
    /// Whether every product was activated, every mix-up refused, and no deposit
    /// wrong.
    pub fn is_good(&self) -> bool {
        self.activated == self.products
            && self.mixups_refused == self.mixups
            && self.wrong_deposits == 0
    }

    /// Number of screens shown: photographs without repetitions.
    pub fn screens(&self) -> usize {
        self.shots.iter().filter(|shot| shot.attempt == 1).count()
    }

    /// Number of screens whose first photograph was read.
    pub fn read_at_first_sight(&self) -> usize {
        self.shots
            .iter()
            .filter(|shot| shot.attempt == 1 && shot.step.is_some())
            .count()
    }

    /// Number of photographs that each step of the reader read, most first.
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
