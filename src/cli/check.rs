//! `hikyaku check`: whether a number holds, group by group.

use super::args::CheckArgs;
use super::enter::defect_line;
use super::exit::Exit;
use super::face::Face;
use super::failure::Failure;
use crate::activation::{GroupView, NumberKind, Tag, fold, view};
use crate::wire::{Number, parse_number};
use serde::Serialize;

/// The result on standard output; names are stable.
#[derive(Serialize)]
struct Checked {
    kind: &'static str,
    digits: String,
    groups: Vec<CheckedGroup>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tag: Option<Tag>,
    ok: bool,
}

#[derive(Serialize)]
struct CheckedGroup {
    label: String,
    digits: String,
    ok: bool,
}

/// Checks one number, however it is written.
pub(super) fn run(args: &CheckArgs, face: &Face) -> Result<Exit, Failure> {
    let text = args.number.join(" ");
    let folded = fold(&text)?;
    let kind = NumberKind::guess(&folded);
    let parsed = parse_number(&text);
    let mut groups: Vec<CheckedGroup> = view(kind, &folded)
        .into_iter()
        .map(|group| checked(group, kind))
        .collect();
    if kind == NumberKind::Reply {
        groups.extend(tail_of_reply(folded.digits(), parsed.is_ok()));
    }
    let (name, tag) = match &parsed {
        Ok(Number::InstallationId(iid)) => ("iid", Some(iid.tag())),
        Ok(Number::Reply(reply)) => ("reply", Some(reply.tag)),
        Ok(Number::ConfirmationId(_)) => ("cid", None),
        Err(_) => (name_of(kind), None),
    };
    let lines = table(&groups);
    face.object(&Checked {
        kind: name,
        digits: folded.digits().to_owned(),
        groups,
        tag,
        ok: parsed.is_ok(),
    });
    face.block(&lines);
    match parsed {
        Ok(number) => {
            let id = match number {
                Number::InstallationId(_) => "check-iid-holds",
                Number::ConfirmationId(_) => "check-cid-holds",
                Number::Reply(_) => "check-reply-holds",
            };
            let tag = tag.map_or_else(String::new, |tag| tag.to_string());
            face.done(&face.say_with(id, &[("tag", tag.into())]));
            if is_practice(&number) {
                face.line(&face.say("check-practice"));
            }
            Ok(Exit::Done)
        }
        Err(error) => {
            for fault in error.faults() {
                face.note(&defect_line(&fault.label, fault.defect, face));
            }
            Err(error.into())
        }
    }
}

/// A group that is not wholly there is not "ok", even where nobody can say
/// which digits are missing.
fn checked(group: GroupView, kind: NumberKind) -> CheckedGroup {
    CheckedGroup {
        ok: group.defect.is_none() && group.digits.len() == kind.group_digits(),
        label: group.label,
        digits: group.digits,
    }
}

/// Tag and check of a reply: together they hold or not.
fn tail_of_reply(digits: &str, ok: bool) -> Vec<CheckedGroup> {
    [("tag", digits.get(48..58)), ("check", digits.get(58..))]
        .into_iter()
        .filter_map(|(label, digits)| {
            Some(CheckedGroup {
                label: label.to_owned(),
                digits: digits?.to_owned(),
                ok,
            })
        })
        .collect()
}

/// One group a line, with a mark where there is something to judge; a reply's
/// tag and check on one line, marked `#` as under its symbol.
fn table(groups: &[CheckedGroup]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for group in groups {
        let mark = match (group.ok, group.digits.is_empty()) {
            (true, _) => "✓",
            (false, false) => "✗",
            (false, true) => "",
        };
        let line = match group.label.as_str() {
            "tag" => format!(" #  {}", group.digits),
            "check" => {
                let tag = lines.pop().unwrap_or_default();
                format!("{tag} {}  {mark}", group.digits)
            }
            label => format!("{label:>2}  {:<8} {mark}", group.digits),
        };
        lines.push(line.trim_end().to_owned());
    }
    lines.join("\n")
}

fn name_of(kind: NumberKind) -> &'static str {
    match kind {
        NumberKind::InstallationId63 | NumberKind::InstallationId54 => "iid",
        NumberKind::ConfirmationId => "cid",
        NumberKind::Reply => "reply",
    }
}

fn is_practice(number: &Number) -> bool {
    match number {
        Number::InstallationId(iid) => iid.is_practice(),
        Number::ConfirmationId(cid) => cid.is_practice(),
        Number::Reply(reply) => reply.cid.is_practice(),
    }
}
