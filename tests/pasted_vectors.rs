//! Every file of `fixtures/pasted` yields what `expected.json` says.

use hikyaku::activation::NumberError;
use hikyaku::advice::Advice;
use hikyaku::wire::pasted::{DamagedNumber, Findings, PastedError, read};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;

fn groups(error: &NumberError) -> Value {
    let labels: Vec<_> = error.faults().iter().map(|fault| &fault.label).collect();
    if labels.is_empty() {
        Value::Null
    } else {
        json!(labels)
    }
}

fn told(outcome: &Result<Findings, PastedError>) -> Value {
    match outcome {
        Ok(findings) => json!({
            "installation_ids": findings.installation_ids.iter().map(|found| json!({
                "digits": found.iid.digits(),
                "name": found.name.as_ref().map(ToString::to_string),
                "activation_id": found.activation_id.map(|id| id.to_string()),
                "key_tail": found.key_tail.as_ref().map(ToString::to_string),
                "line": found.line,
            })).collect::<Vec<_>>(),
            "confirmation_ids": findings.confirmation_ids.iter().map(|found| json!({
                "digits": found.cid.digits(),
                "line": found.line,
            })).collect::<Vec<_>>(),
            "damaged": findings.damaged.iter().map(|DamagedNumber { line, error }| json!({
                "line": line,
                "groups": groups(error),
            })).collect::<Vec<_>>(),
        }),
        Err(PastedError::DamagedNumber { line, error }) => json!({
            "error": "pasted-damaged-number",
            "line": line,
            "groups": groups(error),
        }),
        Err(error) => json!({ "error": error.id() }),
    }
}

#[test]
fn every_file_yields_what_is_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/pasted");
    let expected = std::fs::read_to_string(folder.join("expected.json")).unwrap();
    let expected: Value = serde_json::from_str(&expected).unwrap();
    let expected = expected.as_object().unwrap();

    let described: BTreeSet<String> = expected.keys().cloned().collect();
    let present: BTreeSet<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "expected.json" && name != "README.md" && !name.starts_with('.'))
        .collect();
    assert_eq!(present, described, "files and expectations go together");

    for (name, expectation) in expected {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        assert_eq!(&told(&read(&bytes)), expectation, "{name}");
    }
}

#[test]
fn no_product_key_survives_reading() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/pasted");
    for name in ["product-key-line.txt", "product-key-as-name.txt"] {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        let found = format!("{:?}", read(&bytes).unwrap());
        assert!(
            !found.contains("AAAAA") && !found.contains("DDDDD"),
            "{name}"
        );
    }
}
