//! The record of a trip on the terminal, with its columns and times.

use super::console::Console;
use crate::ground::printable;
use crate::trip::Report;
use crate::trip::Time;
use chrono::{DateTime, Local};
use comfy_table::presets::ASCII_BORDERS_ONLY_CONDENSED;
use comfy_table::{ContentArrangement, Table};

/// Columns of a record, by their message ids.
pub(super) const COLUMNS: [&str; 14] = [
    "trip-column-pc",
    "trip-column-serial",
    "trip-column-place",
    "trip-column-product",
    "trip-column-key",
    "trip-column-iid",
    "trip-column-progress",
    "trip-column-code",
    "trip-column-status",
    "trip-column-requested",
    "trip-column-confirmed",
    "trip-column-delivered",
    "trip-column-closed",
    "trip-column-by",
];

/// Prints the record.
pub(super) fn print_record(record: &Report, console: &Console) {
    console.json(record);
    let about = &record.about;
    console.line(about.name.as_str());
    let way = about.way.map(|way| console.text(way.message_id()));
    let heads = [
        (
            "trip-head-site",
            "site",
            about.site.as_ref().map(ToString::to_string),
        ),
        (
            "trip-head-customer",
            "customer",
            about.customer.as_ref().map(ToString::to_string),
        ),
        (
            "trip-head-date",
            "date",
            about.date.map(|date| date.to_string()),
        ),
        (
            "trip-head-technician",
            "technician",
            about.technician.as_ref().map(ToString::to_string),
        ),
        ("trip-head-way", "way", way),
    ];
    for (id, name, value) in heads {
        if let Some(value) = value {
            console.line(&console.text_with(id, &[(name, value.into())]));
        }
    }
    let totals = &record.totals;
    console.line(&console.text_with("trip-totals", &totals.facts()));
    if record.rows.is_empty() {
        return;
    }
    let mut table = Table::new();
    table
        .load_style(ASCII_BORDERS_ONLY_CONDENSED)
        .set_content_arrangement(ContentArrangement::Disabled)
        .set_header(
            [COLUMNS[0], COLUMNS[3], COLUMNS[4], COLUMNS[5], COLUMNS[6]].map(|id| console.text(id)),
        );
    for row in &record.rows {
        let text = |value: &Option<String>| printable(value.as_deref().unwrap_or_default());
        let mut progress = console.text(row.progress.message_id());
        if let Some(code) = &row.hresult {
            progress = format!("{progress} ({code})");
        }
        table.add_row([
            printable(&row.pc),
            text(&row.product),
            text(&row.key_tail),
            text(&row.installation_id),
            progress,
        ]);
    }
    console.block(&table.to_string());
}

/// A time to the minute, in this computer's time zone.
pub(super) fn minute(time: Time) -> String {
    let seconds = i64::try_from(u64::from(time)).unwrap_or_default();
    DateTime::from_timestamp(seconds, 0).map_or_else(String::new, |time| {
        time.with_timezone(&Local)
            .format("%Y-%m-%d %H:%M")
            .to_string()
    })
}
