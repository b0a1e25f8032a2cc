//! Restricts what a file from elsewhere can make `SQLite` do.
//!
//! A ledger may come on a stranger's stick. Before anything is read, views, triggers
//! and other active contents are disabled, sizes are limited, and work is limited to
//! a number of steps. Then the schema must be exactly that of [`TABLES`].

use super::error::{LedgerError, printable_path};
use super::{APPLICATION, BUSY_TIMEOUT, TABLES, VERSION};
use rusqlite::Connection;
use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Maximum PCs read from a file: twice the limit of a trip, which the trip itself
/// enforces.
pub(super) const MAX_ROWS: usize = 20_000;

/// Largest record of one PC, in bytes: room for years of changes.
pub(super) const MAX_RECORD: usize = 4 * 1024 * 1024;

/// Maximum bytes of records read from a file.
pub(super) const MAX_BYTES: usize = 256 * 1024 * 1024;

/// Steps of `SQLite`'s virtual machine between checks of the budget.
const STRIDE: i32 = 1000;

/// Budget in steps for checking a schema, which takes a few hundred.
const STEPS_TO_CHECK: i64 = 100_000;

/// Budget in steps for reading or writing a trip, which takes about 300,000 for
/// 10,000 PCs.
const STEPS_TO_WORK: i64 = 20_000_000;

/// The steps that a connection may still take.
#[derive(Debug, Clone)]
pub(super) struct StepBudget(Arc<AtomicI64>);

impl StepBudget {
    /// Grants the budget for one more read or write.
    pub(super) fn renew(&self) {
        self.0.store(STEPS_TO_WORK, Ordering::Relaxed);
    }
}

/// Applies the restrictions, before anything of the file is read.
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
    // No temporary files elsewhere: they would leak the trip, or fill the disk.
    connection.pragma_update(None, "temp_store", "memory")?;
    Ok(budget)
}

/// Checks that the file is a ledger of a known version, and nothing else.
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

/// The SQL of the first `most` entries of the schema.
fn schema(connection: &Connection, most: usize) -> rusqlite::Result<Vec<String>> {
    let mut query = connection.prepare("SELECT sql FROM sqlite_schema LIMIT ?1")?;
    let made = query.query_map([most as i64], |row| {
        // Automatic indices have no SQL; our tables have none.
        let sql: Option<String> = row.get(0)?;
        Ok(plain(&sql.unwrap_or_default()))
    })?;
    made.collect()
}

/// The SQL with normalised white space and without a final semicolon, to compare
/// source and file.
fn plain(sql: &str) -> String {
    let words: Vec<&str> = sql.split_whitespace().collect();
    words.join(" ").trim_end_matches(';').trim_end().to_owned()
}
