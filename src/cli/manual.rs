//! Shell completions and man pages, generated from the arguments.

use super::args::{CompletionsArgs, ManArgs};
use super::console::Console;
use super::exit::Exit;
use super::failure::{CliError, Failure};
use super::help;
use clap::Command;
use clap_mangen::Man;
use serde::Serialize;
use std::io;
use std::path::Path;

/// A completion script, as JSON. Field names are stable.
#[derive(Serialize)]
struct CompletionsJson<'a> {
    shell: String,
    script: &'a str,
}

#[derive(Serialize)]
struct ManPagesJson<'a> {
    folder: &'a str,
    pages: usize,
}

/// Prints the completion script of a shell.
pub(super) fn completions(args: &CompletionsArgs, console: &Console) -> Exit {
    let mut command = help::command(&console.messages);
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, "hikyaku", &mut script);
    let script = String::from_utf8_lossy(&script);
    console.json(&CompletionsJson {
        shell: args.shell.to_string(),
        script: &script,
    });
    console.paint(&script);
    Exit::Done
}

/// Writes a man page for every command into a folder.
pub(super) fn man(args: &ManArgs, console: &Console) -> Result<Exit, Failure> {
    let mut command = help::command(&console.messages).disable_help_subcommand(true);
    command.build();
    let unwritable = |error: std::io::Error| CliError::unwritable(&args.out, &error);
    std::fs::create_dir_all(&args.out).map_err(unwritable)?;
    let pages = write_pages(&command, &args.out).map_err(unwritable)?;
    let folder = args.out.display().to_string();
    console.json(&ManPagesJson {
        folder: &folder,
        pages,
    });
    console.note(&console.text_with("man-written", &[("folder", folder.into())]));
    Ok(Exit::Done)
}

/// When the texts of the man pages were last revised; it is printed in them. A
/// constant, so that the same program writes the same pages.
const DATE: &str = "2026-11-24";

/// Writes the page of a command and of its subcommands; returns how many.
fn write_pages(command: &Command, folder: &Path) -> io::Result<usize> {
    let name = command.get_display_name().unwrap_or(command.get_name());
    let mut page = Vec::new();
    Man::new(command.clone())
        .title(name.to_uppercase())
        .date(DATE)
        .source(concat!("hikyaku ", env!("CARGO_PKG_VERSION")))
        .manual("Hikyaku")
        .render(&mut page)?;
    let page = tidy(&String::from_utf8_lossy(&page));
    std::fs::write(folder.join(format!("{name}.1")), page)?;
    let commands = command.get_subcommands();
    commands
        .filter(|command| !command.is_hide_set())
        .try_fold(
            1,
            |pages, command| Ok(pages + write_pages(command, folder)?),
        )
}

/// Longest line of a page, as `mandoc` counts: a character beyond ASCII is an
/// escape of eight characters, `\[u30B3]`.
const LINE: usize = 78;

/// The page without what `mandoc -Tlint` complains about: trailing blanks and
/// long lines.
fn tidy(page: &str) -> String {
    let mut tidied = String::with_capacity(page.len() + page.len() / 16);
    for line in page.lines().map(str::trim_end) {
        if line.starts_with('.') {
            tidied.push_str(line);
            tidied.push('\n');
        } else {
            push_wrapped(line, &mut tidied);
        }
    }
    tidied
}

/// Breaks a line of text at a space, where the formatter puts one back, or else
/// with a backslash, which joins the next line to it.
fn push_wrapped(line: &str, page: &mut String) {
    // Lines that begin with a blank are printed verbatim.
    let filled = !line.starts_with(' ');
    let mut rest = line;
    loop {
        let end = end_of_line(rest);
        if end == rest.len() {
            break;
        }
        let space = rest[..end].rfind(' ').filter(|&at| filled && at > 0);
        let (piece, next) = match space {
            Some(at) => (&rest[..at], &rest[at + 1..]),
            None => (&rest[..end], &rest[end..]),
        };
        page.push_str(piece);
        page.push_str(if space.is_some() { "\n" } else { "\\\n" });
        // `\&` keeps a text line from being read as a request.
        if space.is_some() && next.starts_with(['.', '\'']) {
            page.push_str("\\&");
        }
        rest = next;
    }
    page.push_str(rest);
    page.push('\n');
}

/// Where a line must end at the latest, which is never within an escape. The
/// longest escape here is `\*(Aq`.
fn end_of_line(text: &str) -> usize {
    let mut width = 0;
    let too_far = text.char_indices().find(|(_, character)| {
        width += if character.is_ascii() { 1 } else { 8 };
        width > LINE
    });
    let Some((end, _)) = too_far else {
        return text.len();
    };
    let near = text[..end].char_indices().rev().take(4);
    let escape = near.filter(|&(_, character)| character == '\\').last();
    let Some((start, _)) = escape else {
        return end;
    };
    // Two backslashes are one escape, and stay together.
    start - usize::from(text[..start].ends_with('\\'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Lang, Messages};

    fn pages(lang: Lang) -> Vec<std::path::PathBuf> {
        let folder = tempfile::tempdir().unwrap().keep();
        let mut command = help::command(&Messages::new(lang)).disable_help_subcommand(true);
        command.build();
        let written = write_pages(&command, &folder).unwrap();
        let files = std::fs::read_dir(&folder).unwrap();
        let files: Vec<_> = files.map(|entry| entry.unwrap().path()).collect();
        assert_eq!(files.len(), written);
        files
    }

    #[test]
    fn long_lines_are_broken_where_nothing_is_lost() {
        let words = format!("{} .hidden {}", "word ".repeat(14), "word ".repeat(30));
        let mut page = String::new();
        push_wrapped(words.trim_end(), &mut page);
        assert!(page.lines().all(|line| line.len() <= LINE + 1), "{page}");
        assert!(page.lines().all(|line| !line.starts_with('.')), "{page}");
        assert_eq!(
            page.replace('\n', " ").replace("\\&", "").trim_end(),
            words.trim_end()
        );
        let japanese = "番号".repeat(30);
        page.clear();
        push_wrapped(&japanese, &mut page);
        assert!(
            page.lines().all(|line| line.chars().count() <= 10),
            "{page}"
        );
        assert_eq!(page.replace("\\\n", "").trim_end(), japanese);
        let escapes = format!("  {}", "a\\-b\\*(Aqc".repeat(30));
        page.clear();
        push_wrapped(&escapes, &mut page);
        assert_eq!(page.replace("\\\n", "").trim_end(), escapes);
        for line in page.lines() {
            let line = line.strip_suffix('\\').unwrap_or(line);
            assert!(
                !line.ends_with('\\') && !line.ends_with("\\*") && !line.ends_with("\\*("),
                "{line}"
            );
        }
    }

    /// If `mandoc` is installed, it finds nothing to complain about.
    #[test]
    fn man_pages_pass_mandoc() {
        for lang in Lang::ALL {
            let pages = pages(lang);
            let linted = std::process::Command::new("mandoc")
                .arg("-Tlint")
                .args(&pages)
                .output();
            let Ok(linted) = linted else {
                eprintln!("SKIPPED: mandoc is not installed, the man pages were not checked");
                return;
            };
            let said = String::from_utf8_lossy(&linted.stdout);
            assert!(
                linted.status.success() && said.is_empty(),
                "{lang:?}: {said}"
            );
            for page in pages {
                std::fs::remove_file(page).unwrap();
            }
        }
    }
}
