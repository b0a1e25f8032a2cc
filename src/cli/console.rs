//! What a command prints: results on standard output, messages on standard
//! error, all of it made printable.

use super::exit::Exit;
use super::failure::{CliError, Failure};
use crate::advice::{Advice, Fact};
use crate::ground::printable;
use crate::i18n::{Explanation, Messages};
use anstyle::{AnsiColor, Style};
use serde::Serialize;
use std::cell::{Cell, RefCell};
use std::io::{self, Write};

/// Success.
const GREEN: Style = AnsiColor::Green.on_default().bold();
/// Not for this PC.
const AMBER: Style = AnsiColor::Yellow.on_default().bold();
/// Refused.
const RED: Style = AnsiColor::Red.on_default().bold();
/// Details.
const DIM: Style = Style::new().dimmed();

/// Prints results and messages, in one language, for people or as JSON.
#[derive(Debug)]
pub(super) struct Console {
    /// Messages in the chosen language.
    pub(super) messages: Messages,
    /// Print one JSON object per result on standard output.
    pub(super) is_json: bool,
    /// Print details on standard error.
    pub(super) verbose: bool,
    /// The first failure to write a result. It must be reported: an activation
    /// must not look recorded when the disk was full.
    write_error: RefCell<Option<io::Error>>,
    /// Whether a result was printed as JSON.
    gave_json: Cell<bool>,
    /// Id of the first error.
    first_error: Cell<Option<&'static str>>,
}

/// How a command ended that printed no result. Field names are stable.
#[derive(Serialize)]
struct EndJson {
    /// Message id of the error.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'static str>,
    exit: u8,
}

impl Console {
    /// Makes a console for a language.
    pub(super) fn new(messages: Messages, is_json: bool, verbose: bool) -> Self {
        Self {
            messages,
            is_json,
            verbose,
            write_error: RefCell::new(None),
            gave_json: Cell::new(false),
            first_error: Cell::new(None),
        }
    }

    /// The text of a message.
    pub(super) fn text(&self, id: &str) -> String {
        self.messages.say(id)
    }

    /// The text of a message with values.
    pub(super) fn text_with(&self, id: &str, facts: &[(&'static str, Fact)]) -> String {
        self.messages.say_with(id, facts)
    }

    /// Prints a result line for people; nothing under `--json`.
    pub(super) fn line(&self, text: &str) {
        if !self.is_json {
            self.write(&printable(text));
        }
    }

    /// Prints several result lines for people; nothing under `--json`.
    pub(super) fn block(&self, text: &str) {
        for line in text.lines() {
            self.line(line);
        }
    }

    /// Prints a result line that means success.
    pub(super) fn success(&self, text: &str) {
        self.coloured(GREEN, text);
    }

    /// Prints a result line that means "not for this PC" or "not done".
    pub(super) fn caution(&self, text: &str) {
        self.coloured(AMBER, text);
    }

    fn coloured(&self, style: Style, text: &str) {
        if !self.is_json {
            self.write(&format!("{style}{}{style:#}", printable(text)));
        }
    }

    /// Prints text with our own escape sequences (a painted symbol). They are
    /// kept even if standard output is no terminal: without them nothing of the
    /// symbol would remain.
    pub(super) fn paint(&self, painting: &str) {
        if !self.is_json {
            let mut out = anstream::AutoStream::always(io::stdout()).lock();
            let result = out
                .write_all(painting.as_bytes())
                .and_then(|()| out.flush());
            self.note_write_error(result);
        }
    }

    /// Prints a result as JSON, under `--json` only. Bidi characters are
    /// escaped too, which standard JSON does not ask for.
    pub(super) fn json(&self, value: &impl Serialize) {
        if !self.is_json {
            return;
        }
        self.gave_json.set(true);
        match serde_json::to_string(value) {
            Ok(text) => self.write(&escape_unprintable(&text)),
            Err(error) => self.note_write_error(Err(error.into())),
        }
    }

    /// Prints how the command ended if it printed no result: under `--json`
    /// every command prints at least one object.
    pub(super) fn end(&self, exit: Exit) {
        if self.gave_json.get() {
            return;
        }
        let error = self.first_error.get().unwrap_or_else(|| exit.into());
        self.json(&EndJson {
            error: (exit != Exit::Done).then_some(error),
            exit: exit as u8,
        });
    }

    /// Ends a command whose arguments were mistaken, after the mistake was
    /// explained.
    pub(super) fn usage_error(&self, id: &'static str) -> Exit {
        self.first_error.set(Some(id));
        self.end(Exit::Usage);
        Exit::Usage
    }

    /// Prints a message on standard error.
    #[allow(clippy::unused_self)] // one way to speak, whatever it needs
    pub(super) fn note(&self, text: &str) {
        write_message(&printable(text));
    }

    /// Prints a detail on standard error, with `-v` only.
    pub(super) fn detail(&self, text: &str) {
        if self.verbose {
            write_message(&format!("{DIM}{}{DIM:#}", printable(text)));
        }
    }

    /// Prints an error: what went wrong, and what to do.
    pub(super) fn error(&self, error: &dyn Advice) {
        self.first_error
            .set(self.first_error.get().or(Some(error.id())));
        write_pair(RED, &self.messages.explain(error));
        self.detail(&error.to_string());
    }

    /// Prints an error that does not stop the command.
    pub(super) fn warn(&self, error: &dyn Advice) {
        write_pair(AMBER, &self.messages.explain(error));
        self.detail(&error.to_string());
    }

    /// Prints advice.
    #[allow(clippy::unused_self)]
    pub(super) fn advise(&self, pair: &Explanation) {
        write_pair(AMBER, pair);
    }

    /// Prints a refusal.
    #[allow(clippy::unused_self)]
    pub(super) fn refuse(&self, pair: &Explanation) {
        write_pair(RED, pair);
    }

    /// Reports the failure to write a result, if there was one.
    ///
    /// # Errors
    /// [`CliError::StandardOutput`], unless the reader of the output closed the
    /// pipe.
    pub(super) fn finish(&self) -> Result<(), Failure> {
        match self.write_error.borrow_mut().take() {
            Some(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                Err(CliError::StandardOutput {
                    reason: printable(&error.to_string()),
                }
                .into())
            }
            _ => Ok(()),
        }
    }

    fn write(&self, text: &str) {
        let mut out = anstream::stdout().lock();
        let result = writeln!(out, "{text}").and_then(|()| out.flush());
        self.note_write_error(result);
    }

    fn note_write_error(&self, result: io::Result<()>) {
        if let Err(error) = result {
            self.write_error.borrow_mut().get_or_insert(error);
        }
    }
}

fn write_pair(style: Style, pair: &Explanation) {
    write_message(&format!("{style}{}{style:#}", printable(&pair.what)));
    for line in pair.next.lines() {
        write_message(&format!("  → {}", printable(line)));
    }
}

/// Writes a line to standard error. If that is closed, there is nobody to tell.
pub(super) fn write_message(text: &str) {
    let _ = writeln!(anstream::stderr().lock(), "{text}");
}

fn escape_unprintable(json: &str) -> String {
    use std::fmt::Write as _;
    let mut escaped = String::with_capacity(json.len());
    for character in json.chars() {
        if crate::ground::is_unprintable(character) {
            let mut units = [0; 2];
            for unit in character.encode_utf16(&mut units) {
                let _ = write!(escaped, "\\u{unit:04x}");
            }
        } else {
            escaped.push(character);
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_keeps_its_meaning_when_bidi_is_escaped() {
        let value = "a\u{202e}b\u{1b}c\u{e0041}";
        let json = serde_json::to_string(value).unwrap();
        let escaped = escape_unprintable(&json);
        assert!(!escaped.chars().any(crate::ground::is_unprintable));
        assert_eq!(serde_json::from_str::<String>(&escaped).unwrap(), value);
    }
}
