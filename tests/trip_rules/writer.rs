//! Writes the parts of a rule file that can be computed.

use crate::json;
use crate::play::{Played, StepOutcome};
use hikyaku::activation::{practice_confirmation_id, practice_installation_id};
use hikyaku::wire::WireMessage;
use serde_json::{Map, Value, json};

/// Fills in numbers for `{iid a}`, `{tag a}` and `{cid a}`, and the texts of
/// packets.
pub(crate) fn fill_in(rule: &mut Value) {
    number(rule);
    let rule = rule.as_object_mut().unwrap();
    rule.entry("state").or_insert_with(|| json!({}));
    let packets = rule.get_mut("packets").and_then(Value::as_object_mut);
    for packet in packets.into_iter().flat_map(Map::values_mut) {
        let kind = packet["kind"].as_str().unwrap().to_owned();
        let message = json::message(&kind, &packet["value"]);
        // Including what follows from it: the tags of Installation IDs.
        packet["value"] = json::value(&message).1;
        if let WireMessage::Packet(message) = message {
            packet["text"] = message.to_text().unwrap().into();
        }
    }
}

/// Replaces placeholders by the practice numbers of their seeds.
fn number(value: &mut Value) {
    match value {
        Value::String(text) => {
            while let Some((start, end)) = place(text) {
                let (kind, seed) = text[start + 1..end].split_once(' ').unwrap();
                let iid = practice_installation_id(seed);
                let digits = match kind {
                    "iid" => iid.digits().to_owned(),
                    "tag" => iid.tag().to_string(),
                    _ => practice_confirmation_id(&iid).digits().to_owned(),
                };
                text.replace_range(start..=end, &digits);
            }
        }
        Value::Array(all) => all.iter_mut().for_each(number),
        Value::Object(all) => all.values_mut().for_each(number),
        _ => {}
    }
}

fn place(text: &str) -> Option<(usize, usize)> {
    let starts = ["{iid ", "{tag ", "{cid "].into_iter();
    let start = starts.filter_map(|start| text.find(start)).min()?;
    Some((start, start + text[start..].find('}')?))
}

/// Records the outcomes.
pub(crate) fn put_down(rule: &mut Value, played: &Played) {
    let steps = rule["steps"].as_array_mut().unwrap();
    for (step, outcome) in steps.iter_mut().zip(&played.outcomes) {
        let step = step.as_object_mut().unwrap();
        step.remove("outcome");
        step.remove("refused");
        let (key, value) = match outcome {
            StepOutcome::Done(value) => ("outcome", value),
            StepOutcome::Refused(value) => ("refused", value),
        };
        step.insert(key.to_owned(), value.clone());
    }
    rule["state"] = serde_json::to_value(&played.state).unwrap();
}

/// Order of the keys; all others follow alphabetically.
const ORDER: [&str; 16] = [
    "id", "name", "kind", "about", "shows", "at", "on", "pc", "tag", "product", "event", "packets",
    "steps", "state", "open", "pcs",
];

/// Maximum width of anything that is written on one line.
const WIDTH: usize = 150;

/// The text of a file; whatever fits on one line is on one line.
pub(crate) fn text_of(value: &Value) -> String {
    format!("{}\n", lines_of(value, 0))
}

fn lines_of(value: &Value, depth: usize) -> String {
    let flat = flat(value);
    if depth > 0 && 2 * depth + flat.chars().count() <= WIDTH {
        return flat;
    }
    let (inner, outer) = ("  ".repeat(depth + 1), "  ".repeat(depth));
    let broken = |open: &str, lines: Vec<String>, close: &str| {
        let lines = lines.join(&format!(",\n{inner}"));
        format!("{open}\n{inner}{lines}\n{outer}{close}")
    };
    match value {
        Value::Array(all) => {
            let lines = all.iter().map(|one| lines_of(one, depth + 1));
            broken("[", lines.collect(), "]")
        }
        Value::Object(all) => {
            let lines = in_order(all)
                .into_iter()
                .map(|(key, one)| format!("{}: {}", flat_text(key), lines_of(one, depth + 1)));
            broken("{", lines.collect(), "}")
        }
        _ => flat,
    }
}

fn flat(value: &Value) -> String {
    match value {
        Value::Array(all) => {
            let all: Vec<String> = all.iter().map(flat).collect();
            format!("[{}]", all.join(", "))
        }
        Value::Object(all) if all.is_empty() => "{}".to_owned(),
        Value::Object(all) => {
            let all: Vec<String> = in_order(all)
                .into_iter()
                .map(|(key, one)| format!("{}: {}", flat_text(key), flat(one)))
                .collect();
            format!("{{ {} }}", all.join(", "))
        }
        one => one.to_string(),
    }
}

fn flat_text(text: &str) -> String {
    Value::from(text).to_string()
}

fn in_order(all: &Map<String, Value>) -> Vec<(&String, &Value)> {
    let mut all: Vec<_> = all.iter().collect();
    let rank = |key: &str| ORDER.iter().position(|one| *one == key);
    all.sort_by_key(|(key, _)| (rank(key).unwrap_or(ORDER.len()), key.as_str()));
    all
}
