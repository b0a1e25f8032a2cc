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
    let mut groups: Vec<CheckedGroup> = view(kind, &folded).into_iter().map(checked).collect();
    if kind == NumberKind::Reply
        && let (Some(tag), Some(check)) = (folded.digits().get(48..58), folded.digits().get(58..))
    {
        let ok = parsed.is_ok();
        for (label, digits) in [("tag", tag), ("check", check)] {
            groups.push(CheckedGroup {
                label: label.to_owned(),
                digits: digits.to_owned(),
                ok,
            });
        }
    }
    let (name, tag) = match &parsed {
        Ok(Number::InstallationId(iid)) => ("iid", Some(iid.tag())),
        Ok(Number::Reply(reply)) => ("reply", Some(reply.tag)),
        Ok(Number::ConfirmationId(_)) => ("cid", None),
        Err(_) => (name_of(kind), None),
    };
    face.object(&Checked {
        kind: name,
        digits: folded.digits().to_owned(),
        groups,
        tag,
        ok: parsed.is_ok(),
    });
    for group in view(kind, &folded) {
        let mark = if group.defect.is_some() { "✗" } else { "✓" };
        face.line(&format!("{:>2}  {:<8} {mark}", group.label, group.digits));
    }
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

fn checked(group: GroupView) -> CheckedGroup {
    CheckedGroup {
        ok: group.defect.is_none(),
        label: group.label,
        digits: group.digits,
    }
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
