//! Runs the files of `fixtures/trip/rules`: events that happen to the records
//! of a trip, their outcomes, and the final state of the records. The phone
//! page runs the same files through its own core.
//!
//! With `HIKYAKU_BLESS=1` the packets, outcomes and states are rewritten; see
//! the README of the folder.

#[path = "trip_rules/play.rs"]
mod play;

#[path = "trip_rules/writer.rs"]
mod writer;

mod common;

use common::{assert_named, fixtures, json};
use hikyaku::wire::parse_message;
use play::{Rule, StepOutcome, play};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The folder of the files, under `fixtures/`.
const FOLDER: &str = "trip/rules";

fn rule_of(file: &Path, value: Value) -> Rule {
    serde_json::from_value(value).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

#[test]
fn every_rule_holds() {
    let bless = std::env::var_os("HIKYAKU_BLESS").is_some();
    for (file, mut value) in fixtures::<Value>(FOLDER) {
        if bless {
            writer::fill_in(&mut value);
        }
        let rule = rule_of(&file, value.clone());
        let name = &rule.name;
        assert_named(&file, name, &rule.about);
        for (called, packet) in &rule.packets {
            let message = parse_message(&packet.text)
                .unwrap_or_else(|error| panic!("{name}: {called}: {error}"));
            let (kind, words) = json::value(&message);
            assert_eq!(
                (kind, &words),
                (packet.kind.as_str(), &packet.value),
                "{name}: {called}"
            );
        }
        let played = play(&rule);
        if bless {
            writer::put_down(&mut value, &played);
            let text = writer::text_of(&value);
            if fs::read_to_string(&file).unwrap() != text {
                fs::write(&file, text).unwrap();
            }
            continue;
        }
        for (at, (step, outcome)) in rule.steps.iter().zip(&played.outcomes).enumerate() {
            let came = match outcome {
                StepOutcome::Done(outcome) => (Some(outcome), None),
                StepOutcome::Refused(refused) => (None, Some(refused)),
            };
            let said = (step.outcome.as_ref(), step.refused.as_ref());
            assert_eq!(came, said, "{name}: step {at}: {}", step.about);
        }
        assert_eq!(played.state, rule.state, "{name}: the final state");
    }
}

#[test]
fn every_rule_of_the_list_is_shown_and_no_other() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = root.join("fixtures").join(FOLDER).join("README.md");
    let readme = fs::read_to_string(readme).unwrap();
    let listed: BTreeSet<String> = readme
        .split("## The rules")
        .nth(1)
        .expect("the list of the rules")
        .lines()
        .filter_map(|line| line.strip_prefix("- "))
        .map(str::to_owned)
        .collect();
    let shown: BTreeSet<String> = fixtures(FOLDER)
        .into_iter()
        .map(|(file, value)| rule_of(&file, value).shows)
        .collect();
    assert_eq!(shown, listed);
}
