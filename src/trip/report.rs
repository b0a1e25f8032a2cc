//! The record for the customer.

use super::csv_table::{Cell, table};
use super::model::{About, Pc, Progress, Trip, TripEntry};
use super::values::{StepKind, Time};
use crate::activation::LicenseStatus;
use crate::advice::Fact;
use serde::Serialize;

/// The record of a trip. Installation IDs are masked, and it contains no
/// Confirmation ID and no product key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// What the trip was about.
    pub about: About,
    /// When the report was made.
    pub made_at: Time,
    /// Whether it is a rehearsal.
    pub practice: bool,
    /// Counts by progress.
    pub totals: Totals,
    /// A row for every product, and for every PC that was not met.
    pub rows: Vec<ReportRow>,
}

/// Counts by progress.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Totals {
    /// PCs in all.
    pub pcs: usize,
    /// PCs with all products activated.
    pub pcs_done: usize,
    /// Products in all.
    pub products: usize,
    /// Products that are activated.
    pub activated: usize,
    /// Products that were refused.
    pub failed: usize,
    /// PCs that are on the list and were not met.
    pub wanted: usize,
}

impl Totals {
    /// The counts by name, for messages.
    pub fn facts(&self) -> Vec<(&'static str, Fact)> {
        vec![
            ("pcs", self.pcs.into()),
            ("products", self.products.into()),
            ("activated", self.activated.into()),
            ("failed", self.failed.into()),
            ("wanted", self.wanted.into()),
        ]
    }
}

/// A product, or a PC that was not met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReportRow {
    /// Name of the PC.
    pub pc: String,
    /// Its serial number.
    pub serial: Option<String>,
    /// Where it stands.
    pub place: Option<String>,
    /// Name of the product.
    pub product: Option<String>,
    /// Last five of its key.
    pub key_tail: Option<String>,
    /// Installation ID, first and last group.
    pub installation_id: Option<String>,
    /// How far it is.
    pub progress: Progress,
    /// Licence status in the last receipt.
    pub status: Option<u32>,
    /// The refusal code of the licence store.
    pub hresult: Option<String>,
    /// When its request was collected.
    pub requested_at: Option<Time>,
    /// When its Confirmation ID came in.
    pub confirmed_at: Option<Time>,
    /// When its reply was shown.
    pub delivered_at: Option<Time>,
    /// When its receipt came in.
    pub closed_at: Option<Time>,
    /// Who did the last step with a known actor.
    pub by: Option<String>,
    /// How many Installation IDs it had before.
    pub changes: usize,
}

/// Makes the report of a trip.
pub fn report(trip: &Trip, made_at: Time) -> Report {
    let mut totals = Totals {
        pcs: trip.pcs.len(),
        ..Totals::default()
    };
    let mut rows = Vec::new();
    for pc in &trip.pcs {
        totals.pcs_done += usize::from(pc.progress() == Progress::Activated);
        if pc.entries.is_empty() {
            totals.wanted += 1;
            rows.push(row(pc, None));
        }
        for entry in &pc.entries {
            let progress = entry.progress();
            totals.products += 1;
            totals.activated += usize::from(progress == Progress::Activated);
            totals.failed += usize::from(progress == Progress::Failed);
            rows.push(row(pc, Some(entry)));
        }
    }
    Report {
        about: trip.about.clone(),
        made_at,
        practice: trip.is_practice() == Some(true),
        totals,
        rows,
    }
}

fn row(pc: &Pc, entry: Option<&TripEntry>) -> ReportRow {
    let steps = entry.map(TripEntry::steps).unwrap_or_default();
    let at = |kinds: &[StepKind]| {
        let last = steps.iter().rfind(|step| kinds.contains(&step.kind));
        last.map(|step| step.at)
    };
    ReportRow {
        pc: pc.called(),
        serial: pc.serial.as_ref().map(ToString::to_string),
        place: pc.place.as_ref().map(ToString::to_string),
        product: entry.and_then(|entry| entry.product.as_ref().map(ToString::to_string)),
        key_tail: entry
            .and_then(|entry| entry.key_tail.as_ref())
            .map(|tail| tail.as_str().to_owned()),
        installation_id: entry.map(|entry| entry.iid.masked()),
        progress: entry.map_or(Progress::Wanted, TripEntry::progress),
        status: entry.and_then(|entry| entry.status).map(Into::into),
        hresult: entry
            .and_then(|entry| entry.hresult)
            .map(|code| code.0.to_string()),
        requested_at: at(&[StepKind::Collected, StepKind::Changed]),
        confirmed_at: at(&[StepKind::Cid]).filter(|_| entry.is_some_and(|e| e.cid.is_some())),
        delivered_at: at(&[StepKind::Delivered]),
        closed_at: at(&[StepKind::Activated, StepKind::Failed]),
        by: steps
            .iter()
            .rev()
            .find_map(|step| step.actor.as_ref())
            .map(ToString::to_string),
        changes: entry.map_or(0, |entry| entry.former().len()),
    }
}

/// The report as a table (CSV) with these headings: PC, serial, place, product,
/// key, Installation ID, progress, code, licence status, four times, who.
/// `word` names the progress of a product, `status` its licence status, and
/// `time` formats a time.
pub fn report_csv(
    report: &Report,
    heads: &[String; 14],
    word: impl Fn(Progress) -> String,
    status: impl Fn(LicenseStatus) -> String,
    time: impl Fn(Time) -> String,
) -> String {
    let text = |value: &Option<String>| Cell::text(value.as_ref());
    let when = |value: Option<Time>| Cell::Plain(value.map(&time).unwrap_or_default());
    let rows = report.rows.iter().map(|row| {
        vec![
            Cell::text(Some(&row.pc)),
            text(&row.serial),
            text(&row.place),
            text(&row.product),
            text(&row.key_tail),
            text(&row.installation_id),
            Cell::Plain(word(row.progress)),
            text(&row.hresult),
            Cell::Plain(
                row.status
                    .map(LicenseStatus::from)
                    .map(&status)
                    .unwrap_or_default(),
            ),
            when(row.requested_at),
            when(row.confirmed_at),
            when(row.delivered_at),
            when(row.closed_at),
            text(&row.by),
        ]
    });
    table(heads, rows)
}
