//! With `--json` every command prints JSON objects and nothing else, at least
//! one, however it ends.

use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Stdio};

/// The exit code of a command and the objects that it prints. Its input is
/// empty, and there is no screen.
fn told(folder: &Path, arguments: &[&str]) -> (i32, Vec<Value>) {
    let output = Command::new(env!("CARGO_BIN_EXE_hikyaku"))
        .current_dir(folder)
        .arg("--json")
        .args(arguments)
        .env("HIKYAKU_LANG", "en")
        .env("HIKYAKU_TRIPS", folder.join("trips"))
        .env("HIKYAKU_MEMORY", folder.join("memory.json"))
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let objects: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{arguments:?}: {line}")))
        .collect();
    assert!(!objects.is_empty(), "{arguments:?} prints no object");
    assert!(objects.iter().all(Value::is_object), "{arguments:?}");
    let code = output.status.code().unwrap_or(-1);
    // An object that only says how the command ended must be right.
    if let [only] = &objects[..]
        && let Some(exit) = only.get("exit")
    {
        assert_eq!(exit, code, "{arguments:?}");
        let error = only.get("error").and_then(Value::as_str);
        assert_eq!(error.is_some(), code != 0, "{arguments:?}: {only}");
    }
    (code, objects)
}

/// The commands that a help text lists.
fn commands(under: &[&str]) -> Vec<String> {
    let output = Command::new(env!("CARGO_BIN_EXE_hikyaku"))
        .args(under)
        .args(["--lang", "en", "--help"])
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| line.starts_with("  "))
        .filter_map(|line| line.split_whitespace().next().map(str::to_owned))
        .collect()
}

/// All commands and subcommands.
fn all_commands() -> Vec<Vec<String>> {
    commands(&[])
        .into_iter()
        .flat_map(|command| {
            let under = commands(&[&command]);
            if under.is_empty() {
                return vec![vec![command]];
            }
            let within = |name| vec![command.clone(), name];
            under.into_iter().map(within).collect()
        })
        .collect()
}

const IID: &str = "000000094274140487161374312439757448517503179092218550913970984";
const CID: &str = "000000628464649414494972373860732541150384135800";

#[test]
fn every_command_tells_how_it_ended() {
    let folder = tempfile::tempdir().unwrap();
    let all = all_commands();
    assert!(all.len() > 25, "{all:?}");
    for command in &all {
        let words: Vec<&str> = command.iter().map(String::as_str).collect();
        // Without arguments and without files.
        told(folder.path(), &words);
        told(folder.path(), &[&words[..], &["--no-such-option"]].concat());
    }
    told(folder.path(), &[]);
    told(folder.path(), &["trip"]);
    told(folder.path(), &["no-such-command"]);
}

/// Every command that succeeds prints what it did.
#[test]
fn every_command_that_ends_well_tells_what_it_did() {
    let folder = tempfile::tempdir().unwrap();
    let mut done = BTreeSet::new();
    let mut well = |arguments: &[&str]| {
        let (code, objects) = told(folder.path(), arguments);
        assert_eq!(code, 0, "{arguments:?}: {objects:?}");
        done.insert(
            arguments
                .iter()
                .take(2)
                .copied()
                .collect::<Vec<_>>()
                .join(" "),
        );
        objects
    };
    let made = well(&["practice", "new-pc", "pc.json", "--name", "PC-1"]);
    let iid = made[0]["iids"][0].as_str().unwrap().to_owned();
    assert_eq!(made[0]["file"], "pc.json");
    let changed = well(&["practice", "change-hardware", "pc.json"]);
    let now = changed[0]["iids"][0].as_str().unwrap().to_owned();
    assert_ne!(now, iid);
    let answered = well(&["practice", "portal", &now]);
    let cid = answered[0]["cid"].as_str().unwrap().to_owned();
    well(&["show", "--practice", "pc.json", "-o", "request.png"]);
    well(&["status", "--practice", "pc.json"]);
    well(&["check", IID]);
    well(&["reply", &now, &cid, "-o", "reply.png"]);
    let decoded = well(&["decode", "reply.png"]);
    assert_eq!(decoded[0]["texts"].as_array().unwrap().len(), 1);
    assert!(decoded[0].get("parts").is_none() && decoded[0].get("more").is_none());
    well(&["trip", "new", "Ward 3"]);
    well(&["collect", "request.png"]);
    well(&["trip", "list"]);
    well(&["trip", "show"]);
    well(&["trip", "export", "out.json"]);
    well(&["trip", "import", "out.json"]);
    well(&["report"]);
    assert_eq!(
        well(&["report", "-o", "record.csv"])[0]["file"],
        "record.csv"
    );
    well(&["deliver", "--request-sheet", "requests.html"]);
    well(&["scan", "--practice", "pc.json", "reply.png"]);
    well(&["receipt", "--practice", "pc.json", "-o", "receipt.png"]);
    well(&["runbook", "-o", "runbook.html"]);
    well(&["letter", "--way", "lend", "-o", "letter.html"]);
    let script = well(&["completions", "bash"]);
    assert!(script[0]["script"].as_str().unwrap().contains("hikyaku"));
    let pages = well(&["man", "--out", "man"]);
    assert!(pages[0]["pages"].as_u64().unwrap() > 20);
    well(&["page", "--out", "page"]);
    let forgotten = well(&["trip", "forget", "--yes"]);
    assert!(
        forgotten[0]["forgotten"]
            .as_str()
            .unwrap()
            .ends_with(".trip.db")
    );
    assert!(done.len() > 20, "{done:?}");
}

/// A failure among results is an object too.
#[test]
fn a_picture_that_cannot_be_read_is_an_object_too() {
    let folder = tempfile::tempdir().unwrap();
    told(folder.path(), &["reply", IID, CID, "-o", "reply.png"]);
    std::fs::write(folder.path().join("text.png"), "no picture").unwrap();
    let (code, objects) = told(folder.path(), &["decode", "text.png", "reply.png"]);
    assert_eq!(code, 9);
    assert_eq!(objects[0]["picture"], "text.png");
    assert_eq!(objects[0]["error"], "picture-unknown-format");
    assert_eq!(objects[1]["texts"].as_array().unwrap().len(), 1);
    let (code, objects) = told(folder.path(), &["check", "12345"]);
    assert_eq!(code, 4);
    assert!(objects[0].get("error").is_some() || objects[0]["ok"] == false);
}
