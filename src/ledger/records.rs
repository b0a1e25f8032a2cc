//! Stores a trip in rows, and reads it back.

use super::error::{LedgerError, printable_path};
use super::guard::{MAX_BYTES, MAX_ROWS};
use crate::trip::{About, Pc, Trip};
use rusqlite::{Connection, Transaction, params};
use std::collections::{BTreeMap, HashSet};
use std::path::Path;

/// Reads what the trip is about.
pub(super) fn about(connection: &Connection, path: &Path) -> Result<About, LedgerError> {
    let record: String = connection
        .query_row("SELECT record FROM about LIMIT 1", [], |row| row.get(0))
        .map_err(|error| LedgerError::of_sqlite(path, &error))?;
    serde_json::from_str(&record).map_err(|_| damaged(path))
}

/// Reads the whole trip; call it within a transaction.
pub(super) fn read(connection: &Connection, path: &Path) -> Result<Trip, LedgerError> {
    let about = about(connection, path)?;
    let records = rows(connection, path)?;
    let mut pcs = Vec::with_capacity(records.len());
    for row in records {
        let pc: Pc = serde_json::from_str(&row.record).map_err(|_| damaged(path))?;
        // The id of the record must be the key of its row, which later writes use.
        if i64::from(pc.id) != row.id || pc.id > MAX_ID {
            return Err(damaged(path));
        }
        pcs.push(pc);
    }
    let mut numbers = HashSet::new();
    let once = pcs
        .iter()
        .flat_map(|pc| &pc.entries)
        .all(|entry| numbers.insert(entry.iid.digits()));
    if !once {
        return Err(damaged(path));
    }
    Ok(Trip::of(about, pcs))
}

/// Highest id of a PC, so that there is always a next one.
const MAX_ID: u32 = u32::MAX / 2;

struct PcRow {
    place: i64,
    id: i64,
    record: String,
}

/// Reads the PCs' rows within the limits, in the order of their places.
fn rows(connection: &Connection, path: &Path) -> Result<Vec<PcRow>, LedgerError> {
    let to_error = |error| LedgerError::of_sqlite(path, &error);
    let too_much = || LedgerError::Overfull {
        file: printable_path(path),
    };
    let mut query = connection
        .prepare_cached("SELECT place, id, record FROM pc LIMIT ?1")
        .map_err(to_error)?;
    let mut found = query.query([MAX_ROWS as i64 + 1]).map_err(to_error)?;
    let mut rows: Vec<PcRow> = Vec::new();
    let mut bytes = 0;
    while let Some(row) = found.next().map_err(to_error)? {
        let column = |row: &rusqlite::Row<'_>| {
            Ok(PcRow {
                place: row.get(0)?,
                id: row.get(1)?,
                record: row.get(2)?,
            })
        };
        let row = column(row).map_err(to_error)?;
        bytes += row.record.len();
        rows.push(row);
        if rows.len() > MAX_ROWS || bytes > MAX_BYTES {
            return Err(too_much());
        }
    }
    rows.sort_by_key(|row| (row.place, row.id));
    Ok(rows)
}

/// Writes only what has changed.
pub(super) fn write(begun: &Transaction<'_>, before: &Trip, after: &Trip) -> rusqlite::Result<()> {
    if before.about != after.about {
        begun.execute("UPDATE about SET record = ?1", [as_record(&after.about)])?;
    }
    let mut former: BTreeMap<u32, (usize, &Pc)> = before
        .pcs
        .iter()
        .enumerate()
        .map(|(place, pc)| (pc.id, (place, pc)))
        .collect();
    let mut put = begun.prepare_cached(
        "INSERT OR REPLACE INTO pc (id, place, name, record) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for (place, pc) in after.pcs.iter().enumerate() {
        if former.remove(&pc.id) != Some((place, pc)) {
            let place = i64::try_from(place).unwrap_or(i64::MAX);
            put.execute(params![pc.id, place, pc.name.as_str(), as_record(pc)])?;
        }
    }
    for id in former.into_keys() {
        begun.execute("DELETE FROM pc WHERE id = ?1", [id])?;
    }
    Ok(())
}

/// A record as JSON, which cannot fail for numbers and texts.
pub(super) fn as_record(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn damaged(path: &Path) -> LedgerError {
    LedgerError::Damaged {
        file: printable_path(path),
    }
}
