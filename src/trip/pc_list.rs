//! The list of planned PCs, as a table (CSV).
//!
//! Columns are recognised by their headings, in any order: `pc` (or `PC`,
//! `name`, `PC名`) and, optionally, `serial` (`シリアル`) and `place` (`場所`). Other
//! columns are ignored, so that the customer's own list can be used.

use super::TripError;
use super::collect::first_met;
use super::csv_table::{Cell, table, unescaped};
use super::facts::{NumberFacts, Wanted};
use super::model::{Attribution, Trip};
use super::values::MAX_TRIP_ENTRIES;
use crate::activation::{Label, is_serial_number};
use crate::advice::Advice;
use std::collections::{HashMap, HashSet};

/// Why a list of PCs cannot be used.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames, Advice,
)]
#[strum(serialize_all = "kebab-case", prefix = "plan-list-")]
pub enum PcListError {
    /// Not a table of text.
    #[error("not a CSV table (line {line})")]
    NotATable {
        /// Line of the error, from 1.
        line: u64,
    },
    /// No column holds the names of PCs.
    #[error("no column has the heading pc")]
    NoNames,
    /// More PCs than a trip holds.
    #[error("more than {limit} PCs")]
    TooMany {
        /// Limit of PCs.
        limit: usize,
    },
}

/// A PC on the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedPc {
    /// Its name.
    pub name: Label,
    /// Its serial number.
    pub serial: Option<Label>,
    /// Where it stands.
    pub place: Option<Label>,
}

/// Reads a list of PCs. Lines without a name are skipped.
///
/// # Errors
/// [`PcListError`] if it is not such a list.
pub fn read_pc_list(text: &str) -> Result<Vec<ListedPc>, PcListError> {
    let mut table = csv::ReaderBuilder::new()
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let not_a_table = |error: &csv::Error| PcListError::NotATable {
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
    let name = column(&["pc", "pc名", "pc name", "name", "名前"]).ok_or(PcListError::NoNames)?;
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
                .and_then(|text| Label::cleaned(unescaped(text)))
        };
        if let Some(name) = cell(Some(name)) {
            if planned.len() >= MAX_TRIP_ENTRIES {
                return Err(PcListError::TooMany {
                    limit: MAX_TRIP_ENTRIES,
                });
            }
            planned.push(ListedPc {
                name,
                serial: cell(serial),
                place: cell(place),
            });
        }
    }
    Ok(planned)
}

/// Writes the list of a trip's PCs in the format of [`read_pc_list`].
pub fn pc_list_csv(trip: &Trip) -> String {
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
    /// Adds a list of PCs. Known PCs stay and take over what the list says.
    /// Returns how many are new.
    ///
    /// # Errors
    /// [`TripError::Full`]; nothing is changed.
    pub fn add_listed(
        &mut self,
        planned: &[ListedPc],
        by: &Attribution,
    ) -> Result<usize, TripError> {
        let listed = planned.iter().map(|one| Wanted {
            name: one.name.clone(),
            serial: one.serial.clone(),
            place: one.place.clone(),
            at: by.at,
        });
        self.add_wanted(&listed.collect::<Vec<_>>())
    }

    /// Adds to the list of PCs. Returns how many are new.
    pub(super) fn add_wanted(&mut self, listed: &[Wanted]) -> Result<usize, TripError> {
        if listed.is_empty() {
            return Ok(0);
        }
        let before = self.clone();
        let mut wanted = self.wanted();
        unite_wanted(&mut wanted, listed);
        let numbers = self.all_numbers();
        self.regroup(numbers, Some(wanted));
        if self.is_overfull() {
            *self = before;
            return Err(TripError::Full {
                limit: MAX_TRIP_ENTRIES,
            });
        }
        Ok(self.pcs.len().saturating_sub(before.pcs.len()))
    }

    /// The list of PCs.
    pub(super) fn wanted(&self) -> Vec<Wanted> {
        self.pcs.iter().flat_map(|pc| pc.wanted.clone()).collect()
    }

    /// Assigns every PC on the list to one that was met: the one with its
    /// serial number, else the first one of its name that has no other serial
    /// number.
    pub(super) fn assign(
        &self,
        pcs: &[(Option<usize>, u32, Vec<NumberFacts>)],
        wanted: Option<Vec<Wanted>>,
        next: &mut u32,
    ) -> Vec<Assignment> {
        let standing = self.pcs.iter().enumerate().flat_map(|(place, pc)| {
            pc.wanted.iter().map(move |one| {
                let own = pc.entries.is_empty().then_some((place, pc.id));
                ((one.name.clone(), one.serial.clone()), own)
            })
        });
        let mut standing: HashMap<_, _> = standing.collect();
        let mut wanted = wanted.unwrap_or_else(|| self.wanted());
        if wanted.is_empty() {
            return Vec::new();
        }
        let mut order: Vec<usize> = (0..pcs.len()).collect();
        order.sort_by_cached_key(|&at| first_met(&pcs[at].2));
        let mut by_serial: HashMap<String, usize> = HashMap::new();
        let mut by_name: HashMap<Label, Vec<(usize, Vec<String>)>> = HashMap::new();
        for at in order {
            let numbers = &pcs[at].2;
            let readings = numbers.iter().flat_map(|number| &number.readings);
            let serials: Vec<String> = readings
                .filter_map(|reading| real(reading.serial.as_ref()))
                .collect();
            for serial in &serials {
                by_serial.entry(serial.clone()).or_insert(at);
            }
            if let Some(name) = super::derived::known_name(numbers) {
                by_name.entry(name).or_default().push((at, serials));
            }
        }
        let end = self.pcs.len();
        let mut rows: Vec<Assignment> = Vec::new();
        let mut taken = HashSet::new();
        let mut left = Vec::new();
        for (at, one) in wanted.drain(..).enumerate() {
            let key = (one.name.clone(), one.serial.clone());
            let (place, id) = standing.remove(&key).flatten().unwrap_or_else(|| {
                *next += 1;
                (end + pcs.len() + at, *next - 1)
            });
            let pc = real(one.serial.as_ref()).and_then(|serial| by_serial.get(&serial).copied());
            taken.extend(pc);
            if pc.is_none() {
                left.push(rows.len());
            }
            rows.push(Assignment {
                wanted: one,
                place,
                id,
                pc,
            });
        }
        left.sort_by(|&a, &b| rows[a].wanted.cmp(&rows[b].wanted));
        for row in left {
            let serial = real(rows[row].wanted.serial.as_ref());
            let fits = |others: &[String]| {
                others.is_empty() || serial.as_ref().is_none_or(|own| others.contains(own))
            };
            let Some(named) = by_name.get(&rows[row].wanted.name) else {
                continue;
            };
            let fitting = || named.iter().filter(|(_, serials)| fits(serials));
            let free = fitting().find(|(at, _)| !taken.contains(at));
            let pc = free.or_else(|| fitting().next().filter(|_| serial.is_none()));
            rows[row].pc = pc.map(|&(at, _)| at);
            taken.extend(rows[row].pc);
        }
        rows
    }
}

/// A PC on the list, and the PC that was met, if any.
pub(super) struct Assignment {
    pub(super) wanted: Wanted,
    /// Its place while it was not met.
    pub(super) place: usize,
    pub(super) id: u32,
    /// Index among the PCs that were met.
    pub(super) pc: Option<usize>,
}

/// The serial number, unless it is a placeholder.
fn real(serial: Option<&Label>) -> Option<String> {
    let serial = serial
        .map(Label::as_str)
        .filter(|text| is_serial_number(text));
    serial.map(str::to_owned)
}

/// Adds to a list of PCs; for a PC that is on it already, the later statement
/// wins.
pub(super) fn unite_wanted(wanted: &mut Vec<Wanted>, listed: &[Wanted]) {
    let key = |one: &Wanted| (one.name.clone(), one.serial.clone());
    let mut places: HashMap<(Label, Option<Label>), usize> = wanted
        .iter()
        .enumerate()
        .map(|(at, one)| (key(one), at))
        .collect();
    for one in listed {
        if let Some(&at) = places.get(&key(one)) {
            // A list without places removes none.
            let told = |one: &Wanted| (one.place.is_some(), one.at, one.place.clone());
            if told(one) > told(&wanted[at]) {
                wanted[at] = one.clone();
            }
        } else {
            places.insert(key(one), wanted.len());
            wanted.push(one.clone());
        }
    }
}
