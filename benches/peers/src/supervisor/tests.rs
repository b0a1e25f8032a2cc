use super::*;
use crate::manifest::TestItem;
use std::fs;

/// A script in place of the Python peers; `case` tells it what to do.
fn watched(case: &str, body: &str) -> ContenderOutcome {
    let folder = std::env::temp_dir().join(format!("peers-{}-{case}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder for the script");
    let script = folder.join("script");
    fs::write(&script, format!("name=$1 manifest=$2 from=$3\n{body}")).expect("the script");
    let item = |_| TestItem {
        set: String::new(),
        row: String::new(),
        defects: Vec::new(),
        frames: vec!["a.png".to_owned()],
        truth: None,
        also: Vec::new(),
    };
    let supervisor = Supervisor {
        manifest: folder.join("manifest.json"),
        python: "sh".into(),
        script,
        limit: Duration::ZERO,
        allowance: Duration::from_secs(4),
    };
    let manifest = Manifest {
        items: (0..3).map(item).collect(),
    };
    let outcome = supervisor.watch(case, Runtime::Python, &manifest);
    fs::remove_dir_all(&folder).expect("the folder is ours");
    outcome
}

const ALL_FROM: &str = r#"
echo '{"ready":"1.0"}'
read_from() { while [ $1 -lt 3 ]; do echo "{\"read\":{\"item\":$1,\"texts\":[\"x\"],\"ms\":1}}"; set -- $(($1+1)); done; }
"#;

fn fates(outcome: ContenderOutcome) -> Vec<Option<String>> {
    let ContenderOutcome::Read { answers, version } = outcome else {
        panic!("it was there");
    };
    assert_eq!(version, "1.0");
    assert!(answers.iter().enumerate().all(|(at, a)| a.item == at));
    answers.into_iter().map(|answer| answer.failed).collect()
}

#[test]
fn noise_between_the_lines_does_no_harm() {
    let body = format!("echo hello\n{ALL_FROM}\nread_from $from");
    assert_eq!(fates(watched("noise", &body)), [None, None, None]);
}

/// A peer that crashes on one picture is not lost for all others.
#[test]
fn a_crash_costs_one_item() {
    let crash = r#"
if [ $from = 0 ]; then echo '{"read":{"item":0,"ms":1}}'; exit 1; fi
read_from $from"#;
    let fates = fates(watched("crash", &format!("{ALL_FROM}{crash}")));
    assert_eq!(fates, [None, Some("crashed".to_owned()), None]);
}

/// Nor is one that runs for ever on one.
#[test]
fn a_hang_costs_one_item() {
    let hang = r#"
if [ $from = 0 ]; then echo '{"read":{"item":0,"ms":1}}'; exec sleep 60; fi
read_from $from"#;
    let fates = fates(watched("hang", &format!("{ALL_FROM}{hang}")));
    assert_eq!(fates, [None, Some("overran".to_owned()), None]);
}

#[test]
fn a_peer_that_is_not_there_is_reported() {
    for (case, body) in [
        ("says", r#"echo '{"unavailable":"no such thing"}'"#),
        ("silent", "exit 1"),
    ] {
        assert!(matches!(
            watched(case, body),
            ContenderOutcome::Unavailable(_)
        ));
    }
}
