//! Lines that a person types or a scanner sends, and whether more of them wait.

use super::failure::CliError;
use super::inputs;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

/// A line that follows another within this time belongs to it: a scanner sends
/// the pieces of a number faster than that, and nobody types as fast.
pub(super) const BURST_GAP: Duration = Duration::from_millis(300);

/// What the input gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum LineEvent {
    Line(String),
    /// No line came in time.
    Quiet,
    End,
}

/// A source of lines.
pub(super) trait LineSource {
    /// Waits for the next line, however long it takes.
    fn next(&mut self) -> Result<LineEvent, CliError>;

    /// Waits for the next line no longer than [`BURST_GAP`].
    fn waiting(&mut self) -> Result<LineEvent, CliError>;
}

/// Standard input, read on a thread of its own: there is no other way to tell
/// whether a line waits.
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
        // The thread ends once it has sent the end of the input.
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
