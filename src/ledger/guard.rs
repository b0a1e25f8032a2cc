//! What a file from elsewhere may make `SQLite` do: next to nothing.
//!
//! A ledger comes on somebody's stick. Before any of it is read, views,
//! triggers and whatever else a database can hold are switched off, sizes are
//! bounded, and work ends after so many steps; then the schema must be the two
//! tables that [`TABLES`] makes, to the letter.

use super::error::{LedgerError, printable_path};
use super::{APPLICATION, BUSY_TIMEOUT, TABLES, VERSION};
use rusqlite::Connection;
use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Most PCs that are read out of a file: twice what a trip may hold, which is
/// for the trip to say.
pub(super) const MAX_ROWS: usize = 20_000;

/// Largest record of one PC, in bytes. Years of steps fit.
pub(super) const MAX_RECORD: usize = 4 * 1024 * 1024;

/// Most bytes of records that are read out of a file.
pub(super) const MAX_BYTES: usize = 256 * 1024 * 1024;

/// Steps of `SQLite`'s machine between two looks at what is left.
const STRIDE: i32 = 1000;

/// Steps for looking at a schema: ours takes some hundred.
const STEPS_TO_CHECK: i64 = 100_000;

/// Steps for reading or writing a whole trip: one of 10,000 PCs takes some
/// 300,000.
const STEPS_TO_WORK: i64 = 20_000_000;

/// Work that a connection may still do.
#[derive(Debug, Clone)]
pub(super) struct StepBudget(Arc<AtomicI64>);

impl StepBudget {
    /// Enough for one more reading or writing.
    pub(super) fn renew(&self) {
        self.0.store(STEPS_TO_WORK, Ordering::Relaxed);
    }
}

/// Switches off and bounds; nothing of the file was read before.
pub(super) fn restrain(connection: &mut Connection) -> rusqlite::Result<StepBudget> {
    connection.busy_timeout(BUSY_TIMEOUT)?;
    for (setting, on) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DDL, false),
    ] {
        connection.set_db_config(setting, on)?;
    }
    for (limit, most) in [
        (Limit::SQLITE_LIMIT_LENGTH, MAX_RECORD as i32),
        (Limit::SQLITE_LIMIT_SQL_LENGTH, 4096),
        (Limit::SQLITE_LIMIT_COLUMN, 16),
        (Limit::SQLITE_LIMIT_EXPR_DEPTH, 16),
        (Limit::SQLITE_LIMIT_COMPOUND_SELECT, 2),
        (Limit::SQLITE_LIMIT_FUNCTION_ARG, 4),
        (Limit::SQLITE_LIMIT_ATTACHED, 0),
        (Limit::SQLITE_LIMIT_SCHEMA, 16),
        (Limit::SQLITE_LIMIT_VARIABLE_NUMBER, 16),
        (Limit::SQLITE_LIMIT_TRIGGER_DEPTH, 1),
        (Limit::SQLITE_LIMIT_WORKER_THREADS, 0),
    ] {
        connection.set_limit(limit, most)?;
    }
    let left = Arc::new(AtomicI64::new(STEPS_TO_CHECK));
    let budget = StepBudget(Arc::clone(&left));
    connection.progress_handler(
        STRIDE,
        Some(move || left.fetch_sub(STRIDE.into(), Ordering::Relaxed) <= 0),
    )?;
    connection.pragma_update(None, "cell_size_check", true)?;
    // Nothing of a trip goes into files elsewhere, on a full disk least of all.
    connection.pragma_update(None, "temp_store", "memory")?;
    Ok(budget)
}

/// It is a ledger, of the version that is read here, and nothing besides.
pub(super) fn check(connection: &Connection, path: &Path) -> Result<(), LedgerError> {
    let to_error = |error| LedgerError::of_sqlite(path, &error);
    let pragma = |name: &str| -> Result<i32, LedgerError> {
        connection
            .pragma_query_value(None, name, |row| row.get(0))
            .map_err(to_error)
    };
    let file = || printable_path(path);
    if pragma("application_id")? != APPLICATION {
        return Err(LedgerError::NotALedger { file: file() });
    }
    let version = pragma("user_version")?;
    if !(1..=VERSION).contains(&version) {
        return Err(LedgerError::Newer {
            file: file(),
            version: version.unsigned_abs().into(),
        });
    }
    let mut expected: Vec<String> = TABLES.split_inclusive(';').map(plain).collect();
    expected.retain(|table| !table.is_empty());
    let found = schema(connection, expected.len() + 1).map_err(to_error)?;
    match found.iter().all(|table| expected.contains(table)) {
        true if found.len() == expected.len() => Ok(()),
        true => Err(LedgerError::Damaged { file: file() }),
        false => Err(LedgerError::NotALedger { file: file() }),
    }
}

/// How the first so many things in the database were made.
fn schema(connection: &Connection, most: usize) -> rusqlite::Result<Vec<String>> {
    let mut query = connection.prepare("SELECT sql FROM sqlite_schema LIMIT ?1")?;
    let made = query.query_map([most as i64], |row| {
        // What SQLite makes on its own account has no text; ours makes none.
        let sql: Option<String> = row.get(0)?;
        Ok(plain(&sql.unwrap_or_default()))
    })?;
    made.collect()
}

/// The text with single spaces and without its end, as it may stand either in
/// the source or in a file.
fn plain(sql: &str) -> String {
    let words: Vec<&str> = sql.split_whitespace().collect();
    words.join(" ").trim_end_matches(';').trim_end().to_owned()
}
