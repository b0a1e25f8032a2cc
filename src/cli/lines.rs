//! Lines that somebody types, or a scanner sends, and whether more of them wait.

use super::failure::CliError;
use super::source;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

/// A line that comes within this time behind another belongs to it: a scanner
/// sends the pieces of a number faster, and nobody types as fast.
pub(super) const AT_ONCE: Duration = Duration::from_millis(300);

/// What is heard of the input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Heard {
    Line(String),
    /// No line waits.
    Quiet,
    End,
}

/// Where lines come from.
pub(super) trait Lines {
    /// The next line, however long it takes.
    fn next(&mut self) -> Result<Heard, CliError>;

    /// A line that waits already.
    fn waiting(&mut self) -> Result<Heard, CliError>;
}

/// Standard input, read on a thread of its own: only so can be known whether
/// more waits there.
pub(super) struct StandardInput {
    lines: Receiver<Result<Option<String>, CliError>>,
}

impl StandardInput {
    pub(super) fn listen() -> Self {
        let (teller, lines) = mpsc::channel();
        thread::spawn(move || {
            let mut input = std::io::stdin().lock();
            loop {
                let line = source::next_line(&mut input);
                let ends = !matches!(line, Ok(Some(_)));
                if teller.send(line).is_err() || ends {
                    return;
                }
            }
        });
        Self { lines }
    }
}

fn heard(line: Option<String>) -> Heard {
    line.map_or(Heard::End, Heard::Line)
}

impl Lines for StandardInput {
    fn next(&mut self) -> Result<Heard, CliError> {
        // The thread is gone once it has told the end.
        self.lines.recv().unwrap_or(Ok(None)).map(heard)
    }

    fn waiting(&mut self) -> Result<Heard, CliError> {
        match self.lines.recv_timeout(AT_ONCE) {
            Ok(line) => line.map(heard),
            Err(RecvTimeoutError::Timeout) => Ok(Heard::Quiet),
            Err(RecvTimeoutError::Disconnected) => Ok(Heard::End),
        }
    }
}
