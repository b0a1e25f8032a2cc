//! Whatever this crate prints, it reads: every form in which a number is shown
//! or printed is read back as that number, and as no other.

use super::number::tests::{any_cid, any_iid, any_reply};
use super::pasted::find_numbers;
use super::{Number, Trust, parse_answer, parse_number, parse_reply, typed_reply_to_digits};
use crate::activation::{
    Answer, ConfirmationId, Dialog, Input, InstallationId, NumberKind, Reply, Turn,
};
use crate::symbol::Caption;
use proptest::prelude::*;

/// Groups with their labels, as captions, windows, tables, pages and sheets
/// show them, with various separators after labels and between groups.
fn written(caption: &Caption) -> Vec<String> {
    let mut forms: Vec<String> = Vec::new();
    for columns in 1..=9 {
        let lines = caption.lines(columns);
        forms.extend([lines.join("\n"), lines.join("\r\n"), lines.join(" ")]);
        let quoted: Vec<String> = lines.iter().map(|line| format!("> {line}")).collect();
        forms.push(quoted.join("\n"));
    }
    let groups = |between: &str, after: &str| {
        let mut groups: Vec<String> = caption
            .groups()
            .iter()
            .map(|group| format!("{}{between}{}", group.label, group.digits))
            .collect();
        groups.extend(caption.tag().map(|tag| format!("#{between}{tag}")));
        groups.join(after)
    };
    for between in [" ", ": ", ":", "  "] {
        for after in ["\n", "   ", " ", "  ✓\n", "   ✓\n "] {
            forms.push(groups(between, after));
        }
    }
    // Labels that are distinguished only by their style, copied without it.
    forms.push(groups("", "\n"));
    // Without labels, as in a field for nine blocks.
    if caption.tag().is_none() {
        let digits: Vec<&str> = caption
            .groups()
            .iter()
            .map(|it| it.digits.as_str())
            .collect();
        forms.extend([
            digits.join(" "),
            digits.join("-"),
            digits.join("\n"),
            digits.concat(),
        ]);
    }
    forms
}

fn wide(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            '0'..='9' | 'A'..='H' => char::from_u32(character as u32 + 0xfee0).unwrap(),
            other => other,
        })
        .collect()
}

/// What `enter` makes of the lines of a text.
fn entered(text: &str) -> Turn {
    let mut dialog = Dialog::new(Trust::CheckDigits);
    for line in text.lines() {
        dialog.hear(Input::Line(line));
    }
    dialog.hear(Input::End)
}

/// The form in which `enter` itself marks valid groups after their digits.
fn shown_by_enter(caption: &Caption) -> String {
    let rows: Vec<String> = caption
        .rows(4)
        .map(|row| {
            let boxes = row.iter().map(|it| format!("{} {} ✓", it.label, it.digits));
            boxes.collect::<Vec<_>>().join("  ")
        })
        .collect();
    rows.join("\n")
}

/// Checks that every form of a Confirmation ID that is shown or printed is read
/// back as that one.
fn confirmation_id_is_read_back(cid: &ConfirmationId) {
    let caption = Caption::of_confirmation_id(cid);
    let mut forms = written(&caption);
    forms.push(shown_by_enter(&caption));
    for text in forms {
        assert_eq!(ConfirmationId::parse(&text), Ok(cid.clone()), "{text}");
        assert_eq!(parse_number(&text), Ok(Number::ConfirmationId(cid.clone())));
        let Turn::Take(Answer::Bare(bare)) = entered(&text) else {
            panic!("{text}");
        };
        assert_eq!(bare.digits().digits(), cid.digits());
        let found = find_numbers(&text);
        assert_eq!(found.confirmation_ids.len(), 1, "{text}: {found:?}");
    }
}

/// Found by the property below: seven groups of zeros before one that is not.
#[test]
fn a_confirmation_id_of_nearly_nothing_but_zeros_is_read_back() {
    let digits = format!("{}000011", "0".repeat(42));
    confirmation_id_is_read_back(&ConfirmationId::parse(&digits).unwrap());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn an_installation_id_is_read_back_as_itself(iid in any_iid()) {
        for text in written(&Caption::of_installation_id(&iid)) {
            for text in [text.clone(), wide(&text)] {
                let text = text.as_str();
                prop_assert_eq!(InstallationId::parse(text), Ok(iid.clone()), "{}", text);
                prop_assert_eq!(
                    parse_number(text),
                    Ok(Number::InstallationId(iid.clone())),
                    "{}",
                    text
                );
                prop_assert!(parse_answer(text, Trust::Override).is_err(), "{}", text);
            }
        }
    }

    #[test]
    fn a_pasted_installation_id_is_found(iid in any_iid()) {
        prop_assume!(iid.digits().bytes().any(|digit| digit != b'0'));
        for text in written(&Caption::of_installation_id(&iid)) {
            // Nothing that this crate prints omits the space between label and
            // group.
            let glued = text.starts_with(&format!("1{}", iid.groups()[0]));
            if glued {
                continue;
            }
            let found = find_numbers(&text);
            prop_assert_eq!(found.installation_ids.len(), 1, "{}: {:?}", text, found);
            prop_assert_eq!(&found.installation_ids[0].iid, &iid, "{}", text);
        }
    }

    #[test]
    fn a_confirmation_id_is_read_back_as_itself(cid in any_cid()) {
        prop_assume!(cid.digits().bytes().any(|digit| digit != b'0'));
        confirmation_id_is_read_back(&cid);
    }

    #[test]
    fn a_reply_is_read_back_as_itself_and_never_as_bare(reply in any_reply()) {
        prop_assume!(reply.cid.digits().bytes().any(|digit| digit != b'0'));
        let whole = super::reply_to_digits(&reply);
        let mut forms = written(&Caption::of_reply(&reply));
        // With the check after the tag, as `check` shows it, or in one piece.
        let last = forms.clone();
        forms.extend(last.iter().map(|text| format!("{text} {}", reply.check())));
        forms.extend([whole.clone(), format!("{}\n{}", &whole[..30], &whole[30..])]);
        for text in forms {
            let answer = Answer::Tagged(reply.clone());
            prop_assert_eq!(parse_reply(&text), Ok(reply.clone()), "{}", text);
            prop_assert_eq!(parse_number(&text), Ok(Number::Reply(reply.clone())), "{}", text);
            prop_assert_eq!(parse_answer(&text, Trust::CheckDigits), Ok(answer.clone()));
            prop_assert_eq!(entered(&text), Turn::Take(answer.clone()), "{}", text);
            let found = find_numbers(&text);
            prop_assert_eq!(found.replies.len(), 1, "{}: {:?}", text, found);
            prop_assert_eq!(&found.replies[0].answer, &answer, "{}", text);
        }
    }

    #[test]
    fn a_typed_reply_is_read_back_as_itself(reply in any_reply()) {
        let Reply { cid, .. } = &reply;
        prop_assume!(cid.digits().bytes().any(|digit| digit != b'0'));
        let caption = Caption::of_confirmation_id(cid);
        for lines in [caption.lines(4), caption.lines(1)] {
            for mark in ["照合 ", "check ", "Check: ", "# ", ""] {
                let text = format!("{}\n{mark}{}", lines.join("\n"), reply.check());
                let Ok(Number::TypedReply(typed)) = parse_number(&text) else {
                    panic!("{text}");
                };
                prop_assert!(typed.fits(reply.tag) && typed.cid == *cid);
                prop_assert_eq!(entered(&text), Turn::Take(Answer::Typed(typed)));
            }
        }
        let digits = typed_reply_to_digits(&reply);
        prop_assert!(matches!(parse_number(&digits), Ok(Number::TypedReply(_))));
    }

    #[test]
    fn a_labelled_form_with_a_slip_names_the_group_of_its_own_kind(
        iid in any_iid(),
        group in 0..9_usize,
    ) {
        let caption = Caption::of_installation_id(&iid);
        let mut groups: Vec<String> =
            caption.groups().iter().map(|it| it.digits.clone()).collect();
        groups[group].pop();
        let text: Vec<String> = (1..=9)
            .zip(&groups)
            .map(|(label, group)| format!("{label} {group}"))
            .collect();
        let error = InstallationId::parse(&text.join("  ")).unwrap_err();
        prop_assert_eq!(error.faults().len(), 1, "{:?}", error);
        let expected = NumberKind::InstallationId63.label(group);
        prop_assert_eq!(&error.faults()[0].label, &expected);
    }
}
