//! Which PC a stretch of text belongs to, if the text says so, and which run of
//! a tool wrote it.
//!
//! People collect the output of several PCs in one file: with the PCs' names
//! above or within it, or simply one after the other.

use super::lines::labelled;
use crate::activation::Label;

/// Labels of a computer's name, as `systeminfo`, WMI, `PowerShell` and people
/// write them; compared in lower case.
const PC_LABELS: [&str; 20] = [
    "computer name",
    "computername",
    "pscomputername",
    "__server",
    "csname",
    "systemname",
    "host name",
    "hostname",
    "pc name",
    "pc",
    "コンピューター名",
    "コンピュータ名",
    "コンピューター",
    "ホスト名",
    "pc 名",
    "pc名",
    "端末名",
    "主机名",
    "主機名稱",
    "호스트 이름",
];

/// Longest name of a computer, in characters.
const MAX_NAME: usize = 63;

/// What is known about the lines of a text.
pub(super) struct Sources {
    lines: Vec<LineSource>,
}

#[derive(Clone, Default)]
struct LineSource {
    pc: Option<Label>,
    run: usize,
}

impl Sources {
    /// Reads every line once; `blocks` are the first lines of the stretches
    /// that refer to one product each.
    pub(super) fn of(lines: &[&str], blocks: &[usize]) -> Self {
        let mut named: Vec<Option<Label>> =
            (0..lines.len()).map(|at| named_at(lines, at)).collect();
        let is_numeric = |line: &&&str| line.chars().filter(char::is_ascii_digit).count() > 20;
        let first_number = lines.iter().position(|line| is_numeric(&line));
        let last_number = lines.iter().rposition(|line| is_numeric(&line));
        let first_name = named.iter().position(Option::is_some);
        let last_name = named.iter().rposition(Option::is_some);
        // Lists print the PC at the end of every entry; everything else prints
        // it above.
        let is_below = first_number < first_name;
        // Neither pattern applies: nothing tells which PC the first or the last
        // numbers belong to.
        if is_below && last_name < last_number {
            named.fill(None);
        }
        let mut told = Vec::with_capacity(lines.len());
        let mut run = 0;
        let mut above: Option<&Label> = None;
        let ends = blocks.iter().skip(1).copied().chain([lines.len()]);
        for (&first, end) in blocks.iter().zip(ends) {
            let here = first..end.max(first);
            let last = here.clone().rfind(|&index| named[index].is_some());
            for index in here {
                run += usize::from(begins_run(lines[index]));
                above = named[index].as_ref().or(above);
                let within = last.and_then(|last| named[last].as_ref());
                told.push(LineSource {
                    pc: if is_below { within } else { above }.cloned(),
                    run,
                });
            }
        }
        Self { lines: told }
    }

    /// The PC that the text around this line belongs to.
    pub(super) fn pc(&self, line: usize) -> Option<&Label> {
        self.lines.get(line)?.pc.as_ref()
    }

    /// Number of the run that wrote this line.
    pub(super) fn run(&self, line: usize) -> usize {
        self.lines.get(line).map_or(0, |source| source.run)
    }
}

/// The PC name on this line.
fn named_at(lines: &[&str], at: usize) -> Option<Label> {
    let line = lines.get(at)?.trim();
    if let Some((label, value)) = labelled(line) {
        let label = label
            .trim_start_matches(['#', '*', '=', '-', ' '])
            .to_lowercase();
        if PC_LABELS.contains(&label.as_str()) {
            return name(value.trim_matches(['"', '\'', ';', ' ']));
        }
    }
    // `[WARD3-PC12]: PS C:\>`, a session on another PC.
    if let Some((pc, rest)) = line.strip_prefix('[').and_then(|rest| rest.split_once(']'))
        && rest.starts_with(": PS ")
    {
        return name(pc);
    }
    // `=== WARD3-PC12 ===`, `# PC 3`: a heading that a person wrote. It must
    // contain a digit, which other headings seldom do.
    let heading = line.trim_matches(|mark: char| "=-*#_[]<> ".contains(mark));
    let has_marks = line.len() >= heading.len() + 2 && !line.starts_with(char::is_alphanumeric);
    let is_heading = has_marks
        && heading.chars().any(char::is_alphabetic)
        && heading.chars().any(char::is_numeric)
        && !heading.contains([':', '=', '：', '/', '\\', '.']);
    if is_heading {
        return name(heading);
    }
    // The output of `hostname` at a prompt.
    let before = lines.get(at.checked_sub(1)?)?.trim().to_lowercase();
    (before.ends_with(">hostname") || before.ends_with("> hostname"))
        .then(|| name(line))
        .flatten()
}

fn name(text: &str) -> Option<Label> {
    let fits = text.chars().count() <= MAX_NAME
        && text.chars().any(char::is_alphanumeric)
        && text.chars().filter(|one| one.is_whitespace()).count() <= 2
        && text.chars().filter(char::is_ascii_digit).count() < 20;
    fits.then(|| Label::cleaned(text)).flatten()
}

/// What tools print once at their start, in any language, and the command
/// itself at a prompt.
fn begins_run(line: &str) -> bool {
    let line = line.trim();
    line.contains("Windows Script Host")
        || line.starts_with("---Processing--")
        || is_prompt(line)
        || labelled(line).is_some_and(|(_, value)| is_version(value))
}

fn is_prompt(line: &str) -> bool {
    let rest = line.strip_prefix("PS ").unwrap_or(line);
    let mut start = rest.chars();
    let is_drive = start
        .next()
        .is_some_and(|drive| drive.is_ascii_alphabetic())
        && start.as_str().starts_with(":\\");
    is_drive && rest.contains('>')
}

/// Whether this looks like the version of the service, such as
/// `10.0.19041.5129`; no IP address does.
fn is_version(value: &str) -> bool {
    let parts: Vec<&str> = value.split('.').collect();
    parts.len() == 4
        && parts[2].len() >= 4
        && parts
            .iter()
            .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}
