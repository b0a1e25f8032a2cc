//! `hikyaku page --serve` as a person runs it: the address comes first, the
//! page is there, and Ctrl-C ends it cleanly.
#![cfg(unix)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

struct Serving {
    child: Child,
    output: BufReader<std::process::ChildStdout>,
    first: String,
}

fn serve(arguments: &[&str]) -> Serving {
    let mut child = Command::new(env!("CARGO_BIN_EXE_hikyaku"))
        .args(["--lang", "en"])
        .args(arguments)
        .args(["page", "--serve", "--bind", "127.0.0.1", "--port", "0"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let mut first = String::new();
    output.read_line(&mut first).unwrap();
    Serving {
        child,
        output,
        first,
    }
}

impl Serving {
    /// Presses Ctrl-C; returns the exit code, the remaining results, and the
    /// messages.
    fn interrupt(mut self) -> (Option<i32>, String, String) {
        let interrupted = Command::new("kill")
            .args(["-INT", &self.child.id().to_string()])
            .status()
            .unwrap();
        assert!(interrupted.success());
        let status = self.child.wait().unwrap();
        let (mut rest, mut messages) = (String::new(), String::new());
        self.output.read_to_string(&mut rest).unwrap();
        let mut errors = self.child.stderr.take().unwrap();
        errors.read_to_string(&mut messages).unwrap();
        (status.code(), rest, messages)
    }
}

/// The answer to plain HTTP from an address that speaks TLS. An answer proves
/// that the server runs.
fn plain_answer(address: &str) -> String {
    // The address is bound before it is printed, so that connecting cannot come
    // too early.
    let mut plain = TcpStream::connect(address).unwrap();
    plain
        .write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        .unwrap();
    let mut answer = Vec::new();
    let _ = plain.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

#[test]
fn the_page_is_served_until_ctrl_c() {
    let serving = serve(&["--json", "--verbose"]);
    let said: serde_json::Value = serde_json::from_str(&serving.first).unwrap();
    let url = said["url"].as_str().unwrap();
    let address = url
        .strip_prefix("https://")
        .and_then(|rest| rest.strip_suffix('/'))
        .unwrap();
    assert_eq!(said["fingerprint"].as_str().unwrap().len(), 95);
    assert!(!plain_answer(address).contains("<html"));
    let (code, rest, messages) = serving.interrupt();
    assert_eq!(code, Some(0), "{messages}");
    assert_eq!(rest, "");
    assert!(messages.contains("no longer served"), "{messages}");
}

#[test]
fn people_read_what_the_phone_will_warn_about() {
    let mut serving = serve(&[]);
    // All of it is printed before anything is served.
    let mut said = String::new();
    while !said.contains("Ctrl-C") {
        assert_ne!(serving.output.read_line(&mut said).unwrap(), 0, "{said}");
    }
    let address = said
        .split("https://")
        .nth(1)
        .and_then(|rest| rest.split('/').next())
        .unwrap();
    plain_answer(address);
    let (code, _, messages) = serving.interrupt();
    assert_eq!(code, Some(0), "{messages}");
    for part in ["https://127.0.0.1:", "SHA-256", "Show Details"] {
        assert!(said.contains(part), "{part} is not in {said}");
    }
    // The symbol, as two spaces per module.
    assert!(said.contains("\u{1b}[48;5;16m") && said.contains("\u{1b}[48;5;231m"));
}
