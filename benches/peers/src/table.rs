//! Results as Markdown.

use crate::manifest::{ItemReads, Manifest, TestItem};
use crate::supervisor::{ContenderOutcome, ContenderResult};
use std::collections::HashMap;
use std::fmt::Write;

/// All tables of a run, set by set.
pub(crate) fn tables(manifest: &Manifest, results: &[ContenderResult]) -> String {
    let mut out = String::new();
    let mut sets: Vec<&str> = Vec::new();
    for item in &manifest.items {
        if !sets.contains(&item.set.as_str()) {
            sets.push(&item.set);
        }
    }
    for set in sets {
        let items: Vec<_> = manifest
            .items
            .iter()
            .enumerate()
            .filter(|(_, item)| item.set == set)
            .collect();
        let _ = writeln!(out, "\n### {set}\n");
        let frames = items.first().map_or(1, |(_, item)| item.frames.len());
        if frames > 1 {
            let _ = writeln!(
                out,
                "{frames} frames each; the time is that of a sequence.\n"
            );
        }
        out += &correct("", &items, results, row);
        if items.iter().any(|(_, item)| !item.defects.is_empty()) {
            out.push('\n');
            out += &correct("with", &items, results, defects);
        }
        out.push('\n');
        out += &times(&items, results);
    }
    out
}

fn row(item: &TestItem) -> Vec<&str> {
    vec![&item.row]
}

fn defects(item: &TestItem) -> Vec<&str> {
    item.defects.iter().map(String::as_str).collect()
}

type Items<'a> = [(usize, &'a TestItem)];

/// How many each contender has read, by what `rows` says of an item.
fn correct<'a>(
    what: &str,
    items: &Items<'a>,
    results: &[ContenderResult],
    rows: impl Fn(&'a TestItem) -> Vec<&'a str>,
) -> String {
    let mut names: Vec<&str> = Vec::new();
    let mut members: HashMap<&str, Vec<(usize, &TestItem)>> = HashMap::new();
    for &(number, item) in items {
        for row in rows(item) {
            if !names.contains(&row) {
                names.push(row);
            }
            members.entry(row).or_default().push((number, item));
        }
    }
    let mut out = format!("| {what} | of |");
    for result in results {
        let _ = write!(out, " {} |", result.name);
    }
    let _ = writeln!(out, "\n| --- | ---: |{}", " ---: |".repeat(results.len()));
    for name in names {
        let members = &members[name];
        let _ = write!(out, "| {name} | {} |", members.len());
        for result in results {
            let Some(answers) = result.answers() else {
                out += " - |";
                continue;
            };
            let (mut correct, mut wrong) = (0, 0);
            for &(number, item) in members {
                let verdict = item.judge(&answers[number].texts);
                correct += usize::from(verdict.correct);
                wrong += usize::from(verdict.false_read);
            }
            let _ = match wrong {
                0 => write!(out, " {correct} |"),
                _ => write!(out, " {correct} ({wrong} false) |"),
            };
        }
        out.push('\n');
    }
    out
}

/// Correct, false and failed reads of a set in all, and the times.
fn times(items: &Items<'_>, results: &[ContenderResult]) -> String {
    let mut out = String::from(
        "| reader | correct | false reads | failed | ms median of hits | median | p95 | worst |\n\
         | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n",
    );
    for result in results {
        let answers = match &result.outcome {
            ContenderOutcome::Read { answers, .. } => answers,
            ContenderOutcome::Unavailable(why) => {
                let _ = writeln!(
                    out,
                    "| {} | not available: {why} | | | | | | |",
                    result.name
                );
                continue;
            }
        };
        let (mut correct, mut wrong, mut failed) = (0, 0, 0);
        let (mut ms, mut hits) = (Vec::new(), Vec::new());
        for &(number, item) in items {
            let answer = &answers[number];
            let verdict = item.judge(&answer.texts);
            correct += usize::from(verdict.correct);
            wrong += usize::from(verdict.false_read);
            failed += usize::from(answer.failed.is_some());
            ms.push(answer.ms);
            if verdict.correct {
                hits.push(answer.ms);
            }
        }
        ms.sort_by(f64::total_cmp);
        hits.sort_by(f64::total_cmp);
        let _ = writeln!(
            out,
            "| {} | {correct} of {} | {wrong} | {failed} | {} | {} | {} | {} |",
            result.name,
            items.len(),
            brief(quantile(&hits, 0.5)),
            brief(quantile(&ms, 0.5)),
            brief(quantile(&ms, 0.95)),
            brief(quantile(&ms, 1.0)),
        );
    }
    out
}

/// Two significant digits.
fn brief(ms: f64) -> String {
    if ms < 9.95 {
        format!("{ms:.1}")
    } else {
        format!("{ms:.0}")
    }
}

/// The quantile: the smallest value that this share of all does not exceed.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let rank = (share * sorted.len() as f64).ceil() as usize;
    sorted
        .get(rank.saturating_sub(1))
        .copied()
        .unwrap_or_default()
}

/// Which contenders there are, in which versions.
pub(crate) fn versions(results: &[ContenderResult]) -> String {
    let mut out = String::new();
    for result in results {
        let _ = match &result.outcome {
            ContenderOutcome::Read { version, .. } if version.is_empty() => {
                writeln!(out, "- {}", result.name)
            }
            ContenderOutcome::Read { version, .. } => writeln!(out, "- {}: {version}", result.name),
            ContenderOutcome::Unavailable(why) => {
                writeln!(out, "- {}: not available: {why}", result.name)
            }
        };
    }
    out
}

#[cfg(test)]
mod tests;
