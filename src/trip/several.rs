//! Numbers of one PC that came without a request.

use super::TripError;
use super::collect::{Collected, Facts};
use super::model::{By, Trip};
use crate::activation::InstallationId;

impl Trip {
    /// Takes in the bare numbers of one PC, from a saved text.
    ///
    /// # Errors
    /// As [`Trip::collect_number`]; nothing is changed.
    pub fn collect_numbers(
        &mut self,
        numbers: &[(InstallationId, Facts)],
        by: &By,
    ) -> Result<Option<Collected>, TripError> {
        let before = (numbers.len() > 1).then(|| self.clone());
        let mut all: Option<Collected> = None;
        for (iid, facts) in numbers {
            match (self.collect_number(iid, facts, by), &mut all) {
                (Ok(one), None) => all = Some(one),
                (Ok(one), Some(all)) => {
                    all.added += one.added;
                    all.changed += one.changed;
                    all.voided += one.voided;
                }
                (Err(error), _) => {
                    if let Some(before) = before {
                        *self = before;
                    }
                    return Err(error);
                }
            }
        }
        Ok(all)
    }
}
