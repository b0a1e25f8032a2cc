//! The list of PCs that are to be done, as a table (CSV).
//!
//! Columns by their headings, in any order: `pc` (or `PC`, `name`, `PC名`),
//! and, where they are there, `serial` (`シリアル`) and `place` (`場所`).
//! Other columns are left alone, so that the customer's own list will do.

use super::TripError;
use super::cells::{Cell, bare, table};
use super::model::{By, Trip};
use crate::activation::{Label, MAX_ENTRIES};
use crate::advice::{Advice, Fact};

/// Why a list of PCs cannot be used.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames,
)]
#[strum(serialize_all = "kebab-case", prefix = "plan-list-")]
pub enum PlanError {
    /// Not a table of texts.
    #[error("not a CSV table (line {line})")]
    NotATable {
        /// Line of the mistake, from 1.
        line: u64,
    },
    /// No column holds the names of PCs.
    #[error("no column is headed pc")]
    NoNames,
    /// More PCs than a trip holds.
    #[error("more than {limit} PCs")]
    TooMany {
        /// The most PCs.
        limit: usize,
    },
}

impl Advice for PlanError {
    fn id(&self) -> &'static str {
        self.into()
    }

    fn facts(&self) -> Vec<(&'static str, Fact)> {
        match self {
            Self::NotATable { line } => vec![("line", (*line).into())],
            Self::NoNames => Vec::new(),
            Self::TooMany { limit } => vec![("limit", (*limit).into())],
        }
    }
}

/// A PC that is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// Its name.
    pub name: Label,
    /// Its serial number.
    pub serial: Option<Label>,
    /// Where it stands.
    pub place: Option<Label>,
}

/// Reads a list of PCs. Lines without a name are left out.
///
/// # Errors
/// [`PlanError`] where it is no such list.
pub fn read_plan(text: &str) -> Result<Vec<Planned>, PlanError> {
    let mut table = csv::ReaderBuilder::new()
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let not_a_table = |error: &csv::Error| PlanError::NotATable {
        line: error.position().map_or(1, csv::Position::line),
    };
    let heads = table
        .headers()
        .map_err(|error| not_a_table(&error))?
        .clone();
    let column = |names: &[&str]| {
        heads.iter().position(|head| {
            let head = head.to_lowercase();
            names.iter().any(|name| head == *name)
        })
    };
    let name = column(&["pc", "pc名", "pc name", "name", "名前"]).ok_or(PlanError::NoNames)?;
    let serial = column(&[
        "serial",
        "serial number",
        "シリアル",
        "シリアル番号",
        "製造番号",
    ]);
    let place = column(&["place", "location", "room", "場所", "設置場所", "部屋"]);
    let mut planned = Vec::new();
    for row in table.records() {
        let row = row.map_err(|error| not_a_table(&error))?;
        let cell = |column: Option<usize>| {
            column
                .and_then(|column| row.get(column))
                .and_then(|text| Label::cleaned(bare(text)))
        };
        if let Some(name) = cell(Some(name)) {
            if planned.len() >= MAX_ENTRIES {
                return Err(PlanError::TooMany { limit: MAX_ENTRIES });
            }
            planned.push(Planned {
                name,
                serial: cell(serial),
                place: cell(place),
            });
        }
    }
    Ok(planned)
}

/// Writes the list of a trip's PCs, as [`read_plan`] reads it.
pub fn planned_csv(trip: &Trip) -> String {
    let rows = trip.pcs.iter().map(|pc| {
        vec![
            Cell::text(Some(&pc.name)),
            Cell::text(pc.serial.as_ref()),
            Cell::text(pc.place.as_ref()),
        ]
    });
    table(&["pc", "serial", "place"].map(str::to_owned), rows)
}

impl Trip {
    /// Takes a list of PCs in; those that are here already stay as they are,
    /// and learn what the list says. How many are new.
    ///
    /// # Errors
    /// [`TripError::Full`]; nothing is changed.
    pub fn want(&mut self, planned: &[Planned], by: &By) -> Result<usize, TripError> {
        let before = self.clone();
        let mut added = 0;
        for one in planned {
            let known = self.find_pc(&one.name, one.serial.as_ref());
            let index = known.unwrap_or_else(|| {
                added += 1;
                self.push_pc(one.name.clone(), false, by.at)
            });
            let pc = &mut self.pcs[index];
            pc.serial = pc.serial.take().or_else(|| one.serial.clone());
            pc.place = one.place.clone().or_else(|| pc.place.take());
        }
        if self.pcs.len() > MAX_ENTRIES {
            *self = before;
            return Err(TripError::Full { limit: MAX_ENTRIES });
        }
        Ok(added)
    }
}
