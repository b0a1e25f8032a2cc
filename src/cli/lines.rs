//! LineSource that somebody types, or a scanner sends, and whether more of them wait.

use super::failure::CliError;
use super::inputs;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

/// A line that comes within this time behind another belongs to it: a scanner
/// sends the pieces of a number faster, and nobody types as fast.
pub(super) const BURST_GAP: Duration = Duration::from_millis(300);

/// What is heard of the input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum LineEvent {
    Line(String),
    /// No line waits.
    Quiet,
    End,
}

/// Where lines come from.
pub(super) trait LineSource {
    /// The next line, however long it takes.
    fn next(&mut self) -> Result<LineEvent, CliError>;

    /// A line that waits already.
    fn waiting(&mut self) -> Result<LineEvent, CliError>;
}

/// Standard input, read on a thread of its own: only so can be known whether
/// more waits there.
pub(super) struct StandardInput {
    lines: Receiver<Result<Option<String>, CliError>>,
}

impl StandardInput {
    pub(super) fn listen() -> Self {
        let (sender, lines) = mpsc::channel();
        thread::spawn(move || {
            let mut input = std::io::stdin().lock();
            loop {
                let line = inputs::next_line(&mut input);
                let ends = !matches!(line, Ok(Some(_)));
                if sender.send(line).is_err() || ends {
                    return;
                }
            }
        });
        Self { lines }
    }
}

fn heard(line: Option<String>) -> LineEvent {
    line.map_or(LineEvent::End, LineEvent::Line)
}

impl LineSource for StandardInput {
    fn next(&mut self) -> Result<LineEvent, CliError> {
        // The thread is gone once it has told the end.
        self.lines.recv().unwrap_or(Ok(None)).map(heard)
    }

    fn waiting(&mut self) -> Result<LineEvent, CliError> {
        match self.lines.recv_timeout(BURST_GAP) {
            Ok(line) => line.map(heard),
            Err(RecvTimeoutError::Timeout) => Ok(LineEvent::Quiet),
            Err(RecvTimeoutError::Disconnected) => Ok(LineEvent::End),
        }
    }
}
