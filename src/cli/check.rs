//! `hikyaku check`: whether a number is valid, group by group.

use super::args::CheckArgs;
use super::console::Console;
use super::enter::defect_line;
use super::exit::Exit;
use super::failure::Failure;
use crate::activation::{FoldedDigits, GroupView, NumberKind, Tag, fold, group_views, kind_name};
use crate::wire::{Number, parse_number, reply_to_digits};
use serde::Serialize;

/// The number, as JSON. Field names are stable.
#[derive(Serialize)]
struct CheckJson {
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

/// Checks one number in any form.
pub(super) fn run(args: &CheckArgs, console: &Console) -> Result<Exit, Failure> {
    let text = args.number.join(" ");
    let folded = fold(&text)?;
    let kind = kind_of(&folded);
    let parsed = parse_number(&text);
    let mut groups: Vec<CheckedGroup> = group_views(kind, &folded)
        .into_iter()
        .map(|group| checked(group, kind))
        .collect();
    groups.extend(tail_of_reply(kind, &folded, parsed.is_ok()));
    let (name, tag) = match &parsed {
        Ok(Number::InstallationId(iid)) => ("iid", Some(iid.tag())),
        Ok(Number::Reply(reply)) => ("reply", Some(reply.tag)),
        Ok(_) | Err(_) => (kind_name(kind), None),
    };
    let digits = match &parsed {
        // A reply without its check is completed.
        Ok(Number::Reply(reply)) => reply_to_digits(reply),
        _ => folded.digits().to_owned(),
    };
    let lines = table(&groups);
    console.json(&CheckJson {
        kind: name,
        digits,
        groups,
        tag,
        ok: parsed.is_ok(),
    });
    console.block(&lines);
    match parsed {
        Ok(number) => {
            let id = match number {
                Number::InstallationId(_) => "check-iid-holds",
                Number::ConfirmationId(_) => "check-cid-holds",
                Number::Reply(_) => "check-reply-holds",
                Number::TypedReply(_) => "check-typed-reply-holds",
            };
            let tag = tag.map_or_else(String::new, |tag| tag.to_string());
            console.success(&console.text_with(id, &[("tag", tag.into())]));
            if is_practice(&number) {
                console.line(&console.text("check-practice"));
            }
            Ok(Exit::Done)
        }
        Err(error) => {
            for fault in error.faults() {
                console.note(&defect_line(&fault.label, fault.defect, console));
            }
            Err(error.into())
        }
    }
}

/// An incomplete group is not "ok", even if nobody can say which digits are
/// missing.
fn checked(group: GroupView, kind: NumberKind) -> CheckedGroup {
    CheckedGroup {
        ok: group.defect.is_none() && group.digits.len() == kind.group_digits(),
        label: group.label,
        digits: group.digits,
    }
}

/// The kind of number. A mark before the digits behind box H makes it a reply.
fn kind_of(folded: &FoldedDigits) -> NumberKind {
    match (folded.behind(), folded.digits().len()) {
        (None, _) => NumberKind::guess(folded),
        (Some(_), 50) => NumberKind::TypedReply,
        (Some(_), _) => NumberKind::Reply,
    }
}

/// Tag and check of a reply, which are valid only together.
fn tail_of_reply(kind: NumberKind, folded: &FoldedDigits, ok: bool) -> Vec<CheckedGroup> {
    let digits = folded.digits();
    let (tag, check) = match kind {
        NumberKind::TypedReply => (None, digits.get(48..)),
        NumberKind::Reply => (digits.get(48..digits.len().min(58)), digits.get(58..)),
        _ => (None, None),
    };
    [("tag", tag), ("check", check)]
        .into_iter()
        .filter_map(|(label, digits)| {
            let digits = digits.filter(|digits| !digits.is_empty())?;
            Some(CheckedGroup {
                label: label.to_owned(),
                digits: digits.to_owned(),
                ok,
            })
        })
        .collect()
}

/// One group per line, with a mark if it has digits. Tag and check of a reply
/// share a line, marked `#` as below its symbol.
fn table(groups: &[CheckedGroup]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for group in groups {
        let mark = match (group.ok, group.digits.is_empty()) {
            (true, _) => "✓",
            (false, false) => "✗",
            (false, true) => "",
        };
        let line = match group.label.as_str() {
            "tag" => format!(" #  {}  {mark}", group.digits),
            "check" => match lines.pop_if(|line| line.starts_with(" #")) {
                Some(tag) => format!(
                    "{} {}  {mark}",
                    tag.trim_end_matches([' ', '✓', '✗']),
                    group.digits
                ),
                None => format!(" #  {}  {mark}", group.digits),
            },
            label => format!("{label:>2}  {:<8} {mark}", group.digits),
        };
        lines.push(line.trim_end().to_owned());
    }
    lines.join("\n")
}

fn is_practice(number: &Number) -> bool {
    match number {
        Number::InstallationId(iid) => iid.is_practice(),
        Number::ConfirmationId(cid) => cid.is_practice(),
        Number::Reply(reply) => reply.cid.is_practice(),
        Number::TypedReply(typed) => typed.cid.is_practice(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activation::{ConfirmationId, InstallationId};
    use crate::wire::Number;

    fn shown(text: &str) -> String {
        let folded = fold(text).unwrap();
        let kind = kind_of(&folded);
        let mut groups: Vec<CheckedGroup> = group_views(kind, &folded)
            .into_iter()
            .map(|group| checked(group, kind))
            .collect();
        groups.extend(tail_of_reply(kind, &folded, true));
        table(&groups)
    }

    #[test]
    fn what_it_shows_it_reads() {
        for text in [
            "489126343257012289105546522085205332958764158851011127139061121",
            "020650770493837252929082195773527024195725809211989214",
        ] {
            let table = shown(text);
            let iid = InstallationId::parse(&table).unwrap();
            assert_eq!(iid.digits(), text, "{table}");
        }
        let reply = "092914273902996432764863869585514303965545262473442102583639";
        assert!(ConfirmationId::parse(&shown(&reply[..48])).is_ok());
        for text in [reply, &format!("{} # {}", &reply[..48], &reply[48..58])] {
            let Ok(Number::Reply(read)) = parse_number(&shown(text)) else {
                panic!("{}", shown(text));
            };
            assert_eq!(reply_to_digits(&read), reply);
        }
        let typed = format!("{}39", &reply[..48]);
        assert!(matches!(
            parse_number(&shown(&typed)),
            Ok(Number::TypedReply(_))
        ));
    }
}
