//! The README shows real output, and explains the same codes as the program.

use hikyaku::activation::HResult;
use hikyaku::activation::hresult::MEANINGS;
use hikyaku::i18n::{Lang, Messages};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

const BEGIN: &str = "<!-- codes: made from the language files by tests/readme.rs -->\n";
const END: &str = "<!-- /codes -->";

fn readme() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap()
}

/// Every command in the README prints the output shown there.
/// `TRYCMD=overwrite` writes the actual output into the README.
#[test]
fn every_command_gives_the_output_shown() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("readme");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(folder.join("README.in")).unwrap();
    let page = folder.join("README.md");
    std::fs::write(&page, readme()).unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    std::fs::copy(
        root.join("fixtures/pasted/dti-japanese-cp932.txt"),
        folder.join("README.in/dti.txt"),
    )
    .unwrap();
    std::fs::copy(
        root.join("fixtures/digits/photographs/0920012.jpg"),
        folder.join("README.in/message-box.jpg"),
    )
    .unwrap();
    let cases = trycmd::TestCases::new();
    cases
        .env("HIKYAKU_LANG", "en")
        .env("TZ", "UTC")
        .case(page.to_str().unwrap());
    cases.run();
    if std::env::var("TRYCMD").as_deref() == Ok("overwrite") {
        std::fs::copy(page, root.join("README.md")).unwrap();
    }
}

/// The lines typed in the README (marked `>`) give the output shown between
/// them.
#[test]
fn the_typing_shown_gives_the_output_shown() {
    let readme = readme();
    let (_, rest) = readme.split_once("<!-- typed -->\n```text\n").unwrap();
    let (block, _) = rest.split_once("```").unwrap();
    let (command, lines) = block.split_once('\n').unwrap();
    let (typed, shown): (Vec<&str>, Vec<&str>) =
        lines.lines().partition(|line| line.starts_with("> "));
    let typed: Vec<&str> = typed.iter().map(|line| &line[2..]).collect();
    let typed = typed.join("\n") + "\n";

    let folder = tempfile::tempdir().unwrap();
    let hikyaku = |arguments: &mut dyn Iterator<Item = &str>| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hikyaku"));
        command.args(arguments).current_dir(folder.path());
        command
            .env("HIKYAKU_LANG", "en")
            .env_remove("HIKYAKU_MEMORY");
        command
    };
    let made = "practice new-pc ward3.json --name WARD3-PC12 --office";
    assert!(
        hikyaku(&mut made.split(' '))
            .output()
            .unwrap()
            .status
            .success()
    );
    let arguments = command.strip_prefix("$ hikyaku ").unwrap();
    let mut child = hikyaku(&mut arguments.split(' '))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(typed.as_bytes()).unwrap();
    drop(input);
    let output = child.wait_with_output().unwrap();
    let printed = [output.stderr, output.stdout].concat();
    assert_eq!(
        String::from_utf8(printed).unwrap().trim_end(),
        shown.join("\n")
    );
}

/// The tables of result codes, in both languages.
fn tables() -> String {
    let mut text = String::new();
    for (lang, summary, head) in [
        (Lang::Ja, "日本語", "| コード | 意味 | 次にすること |"),
        (Lang::En, "English", "| code | meaning | next step |"),
    ] {
        let messages = Messages::new(lang);
        let _ = write!(
            text,
            "<details open>\n<summary>{summary}</summary>\n\n{head}\n| --- | --- | --- |\n"
        );
        for (codes, _) in MEANINGS {
            let explanation = messages.explain_code(HResult(codes[0]));
            let codes: Vec<String> = codes
                .iter()
                .map(|&code| HResult(code).to_string())
                .collect();
            let _ = writeln!(
                text,
                "| {} | {} | {} |",
                codes.join(" "),
                explanation.what,
                explanation.next
            );
        }
        text.push_str("\n</details>\n\n");
    }
    text
}

/// The README has the tables of the language files; `HIKYAKU_BLESS=1` writes
/// them.
#[test]
fn the_codes_explained_are_those_of_the_program() {
    let readme = readme();
    let (before, rest) = readme.split_once(BEGIN).expect("the begin mark");
    let (shown, after) = rest.split_once(END).expect("the end mark");
    if std::env::var_os("HIKYAKU_BLESS").is_some() {
        let blessed = format!("{before}{BEGIN}{}{END}{after}", tables());
        let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
        std::fs::write(page, blessed).unwrap();
        return;
    }
    assert_eq!(shown, tables());
}
