//! `hikyaku practice run`: the whole journey, with progress and a summary.

use super::args::PracticeRunArgs;
use super::console::Console;
use super::exit::Exit;
use super::failure::{CliError, Failure};
use crate::ground::atomic;
use crate::practice::page;
use crate::practice::run::{Rehearsal, RehearsalProgress, ShotPurpose, Summary, rehearse};
use comfy_table::presets::ASCII_BORDERS_ONLY_CONDENSED;
use comfy_table::{CellAlignment, ContentArrangement, Table};
use indicatif::{ProgressBar, ProgressStyle};
use std::path::Path;

/// Plays the journey and prints the summary. Succeeds only if every product is
/// activated, every mix-up refused and no deposit wrong.
pub(super) fn run(args: &PracticeRunArgs, console: &Console) -> Result<Exit, Failure> {
    // The practice PCs' files are of no use afterwards; only the photographs
    // are.
    let scratch =
        tempfile::tempdir().map_err(|error| CliError::unwritable(&std::env::temp_dir(), &error))?;
    let photographs = args.out.as_ref().map_or_else(
        || scratch.path().join("photographs"),
        |out| out.join("photographs"),
    );
    std::fs::create_dir_all(&photographs)
        .map_err(|error| CliError::unwritable(&photographs, &error))?;
    let rehearsal = Rehearsal {
        pcs: args.pcs,
        seed: args.seed,
        files: scratch.path().to_owned(),
        photographs,
    };
    let bar = progress_bar(console);
    let summary = rehearse(&rehearsal, &|progress| match progress {
        RehearsalProgress::Expected(screens) => bar.set_length(screens as u64),
        RehearsalProgress::Shown => bar.inc(1),
    })?;
    bar.finish_and_clear();
    console.block(&table(&summary, console));
    console.line(&totals(&summary, console));
    console.block(&by_step(&summary, console));
    if let Some(out) = &args.out {
        write_page(out, &summary, console)?;
        write_trip(out, &summary, console)?;
    }
    console.json(&summary.line());
    if summary.is_good() {
        console.success(&console.text("run-good"));
        return Ok(Exit::Done);
    }
    Err(CliError::JourneyBroken {
        open: summary.products - summary.activated,
        slipped: summary.mixups - summary.mixups_refused,
        wrong: summary.wrong_deposits,
    }
    .into())
}

fn progress_bar(console: &Console) -> ProgressBar {
    // Draws on standard error, and only if that is a terminal.
    let bar = ProgressBar::new(0);
    let template = format!(
        "{} {{wide_bar}} {{pos}}/{{len}}  {{eta}}",
        console.text("run-bar")
    );
    if let Ok(style) = ProgressStyle::with_template(&template) {
        bar.set_style(style);
    }
    bar
}

fn table(summary: &Summary, console: &Console) -> String {
    let mut table = Table::new();
    table
        .load_style(ASCII_BORDERS_ONLY_CONDENSED)
        .set_content_arrangement(ContentArrangement::Disabled)
        .set_header(
            [
                "run-column-pc",
                "run-column-request",
                "run-column-reply",
                "run-column-receipt",
                "run-column-turned-away",
                "run-column-outcome",
            ]
            .map(|id| console.text(id)),
        );
    for (number, pc) in summary.pcs.iter().enumerate() {
        let mark = if pc.activated == pc.products {
            "✓"
        } else {
            "✗"
        };
        table.add_row([
            pc.name.clone(),
            reads(
                summary,
                number,
                &[ShotPurpose::Request, ShotPurpose::Recognise],
            ),
            reads(summary, number, &[ShotPurpose::Reply]),
            reads(summary, number, &[ShotPurpose::Receipt]),
            pc.turned_away.to_string(),
            format!("{mark} {}/{}", pc.activated, pc.products),
        ]);
    }
    for column in [4, 5] {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table.to_string()
}

/// The steps that read a PC's photographs of some purposes, with the time of the
/// slowest, and the number of photographs if some screens took more than one.
fn reads(summary: &Summary, pc: usize, purposes: &[ShotPurpose]) -> String {
    let shots: Vec<_> = summary
        .shots
        .iter()
        .filter(|shot| shot.pc == pc && purposes.contains(&shot.purpose))
        .collect();
    let mut steps: Vec<&str> = shots.iter().filter_map(|shot| shot.step).collect();
    let screens = shots.iter().filter(|shot| shot.attempt == 1).count();
    steps.dedup();
    let slowest = shots.iter().map(|shot| shot.ms).max().unwrap_or_default();
    let more = if shots.len() > screens {
        format!(" ({}/{})", screens, shots.len())
    } else {
        String::new()
    };
    format!("{} {slowest} ms{more}", steps.join(", "))
}

fn totals(summary: &Summary, console: &Console) -> String {
    let share = 100.0 * summary.read_at_first_sight() as f64 / summary.screens().max(1) as f64;
    console.text_with(
        "run-totals",
        &[
            ("pcs", summary.pcs.len().into()),
            ("products", summary.products.into()),
            ("activated", summary.activated.into()),
            ("mixups", summary.mixups.into()),
            ("refused", summary.mixups_refused.into()),
            ("wrong", summary.wrong_deposits.into()),
            ("photographs", summary.shots.len().into()),
            ("screens", summary.screens().into()),
            ("first", summary.read_at_first_sight().into()),
            ("share", format!("{share:.1}").into()),
            (
                "seconds",
                format!("{:.1}", summary.took.as_secs_f64()).into(),
            ),
        ],
    )
}

fn by_step(summary: &Summary, console: &Console) -> String {
    let steps: Vec<String> = summary
        .by_step()
        .into_iter()
        .map(|(step, count)| format!("{step} {count}"))
        .collect();
    console.text_with("run-by-step", &[("steps", steps.join(" · ").into())])
}

fn write_page(out: &Path, summary: &Summary, console: &Console) -> Result<(), Failure> {
    let file = out.join("index.html");
    page::write(&file, &out.join("photographs"), summary, &console.messages)
        .map_err(|error| CliError::unwritable(&file, &error))?;
    console.line(&console.text_with(
        "run-page-written",
        &[("file", file.display().to_string().into())],
    ));
    Ok(())
}

/// Writes the trip, which `trip import` imports like any other.
fn write_trip(out: &Path, summary: &Summary, console: &Console) -> Result<(), Failure> {
    let file = out.join("trip.json");
    let text = summary
        .trip
        .to_file(summary.trip.about.started_at)
        .to_text();
    atomic::write(&file, text.as_bytes()).map_err(|error| CliError::unwritable(&file, &error))?;
    console.line(&console.text_with(
        "run-trip-written",
        &[("file", file.display().to_string().into())],
    ));
    Ok(())
}
