use super::*;
use crate::activation::{
    ConfirmationId, InstallationId, Reply, practice_confirmation_id, practice_installation_id,
};
use crate::wire::{reply_to_digits, typed_reply_to_digits};

fn iid(seed: &str) -> InstallationId {
    practice_installation_id(seed)
}

fn cid(seed: &str) -> ConfirmationId {
    practice_confirmation_id(&iid(seed))
}

fn reply(seed: &str) -> Reply {
    Reply {
        cid: cid(seed),
        tag: iid(seed).tag(),
    }
}

/// The state of the field after a text was pasted beside the request of `own`.
fn pasted(text: &str) -> AnswerFieldState {
    AnswerField::default().read(text, iid("own").tag())
}

/// The tag that a whole number is stored for.
fn kept_for(pasted: &AnswerFieldState) -> Option<Tag> {
    match pasted {
        AnswerFieldState::Whole { tag, .. } => Some(*tag),
        _ => None,
    }
}

/// Types a text digit by digit; returns the last state of the field.
fn typed(field: &mut AnswerField, text: &str) -> AnswerFieldState {
    let mut last = AnswerFieldState::Empty;
    for (at, letter) in text.char_indices() {
        last = field.read(&text[..at + letter.len_utf8()], iid("own").tag());
    }
    last
}

#[test]
fn a_reply_is_kept_for_the_request_that_it_answers() {
    for seed in ["own", "other"] {
        let text = reply_to_digits(&reply(seed));
        assert_eq!(kept_for(&pasted(&text)), Some(iid(seed).tag()), "{seed}");
    }
    let typed = typed_reply_to_digits(&reply("own"));
    assert_eq!(kept_for(&pasted(&typed)), Some(iid("own").tag()));
    let other = typed_reply_to_digits(&reply("another one"));
    assert_eq!(pasted(&other), AnswerFieldState::Foreign);
}

#[test]
fn a_bare_number_is_for_the_request_at_hand_in_whatever_writing() {
    let cid = cid("own");
    let groups = cid.groups();
    let labelled: Vec<String> = ('A'..='H')
        .zip(&groups)
        .map(|(label, digits)| format!("{label}: {digits}"))
        .collect();
    let wide: String = cid
        .digits()
        .chars()
        .filter_map(|digit| char::from_u32(u32::from(digit) + 0xFEE0))
        .collect();
    let columns: Vec<String> = ('A'..='H')
        .zip(&groups)
        .map(|(label, digits)| format!("{label}\n{digits}\n"))
        .collect();
    for text in [
        cid.digits().to_owned(),
        groups.join("-"),
        groups.join("\n"),
        labelled.join(" "),
        labelled.join("\r\n"),
        columns.concat(),
        wide,
        format!("Confirmation ID\n{}\nPrint this page", labelled.join("\n")),
    ] {
        let found = pasted(&text);
        assert_eq!(
            kept_for(&found),
            Some(iid("own").tag()),
            "{text}: {found:?}"
        );
    }
}

#[test]
fn what_a_hand_types_is_asked_for_and_what_is_pasted_is_not() {
    let mut field = AnswerField::default();
    let text = cid("own").digits().to_owned();
    for end in 1..48 {
        let so_far = field.read(&text[..end], iid("own").tag());
        assert!(
            matches!(so_far, AnswerFieldState::Incomplete(_)),
            "{end}: {so_far:?}"
        );
    }
    let found = typed(&mut AnswerField::default(), &text);
    assert!(matches!(
        found,
        AnswerFieldState::Whole { at_once: false, .. }
    ));
    assert!(matches!(
        pasted(&text),
        AnswerFieldState::Whole { at_once: true, .. }
    ));
}

#[test]
fn a_reply_that_lost_its_end_is_no_bare_number() {
    let own = iid("own").tag();
    let mut damaged = reply_to_digits(&reply("other"));
    // A slip in box C.
    damaged.replace_range(14..15, if &damaged[14..15] == "1" { "2" } else { "1" });
    let mut field = AnswerField::default();
    assert!(matches!(
        field.read(&damaged, own),
        AnswerFieldState::Damaged { insist: None, .. }
    ));
    // Its end is deleted, then the slip is corrected.
    let AnswerFieldState::Damaged { insist, .. } = field.read(&damaged[..48], own) else {
        panic!("a box fails");
    };
    assert_eq!(insist, None);
    let whole = cid("other").digits().to_owned();
    assert_eq!(field.read(&whole, own), AnswerFieldState::Foreign);
    // The same number, pasted again, now without an end.
    field.clear();
    assert_eq!(kept_for(&field.read(&whole, own)), Some(own));
}

#[test]
fn a_number_that_came_with_a_tag_stays_that_ones() {
    let (own, other) = (iid("own").tag(), iid("other").tag());
    let mut field = AnswerField::default();
    assert_eq!(
        kept_for(&field.read(&reply_to_digits(&reply("other")), own)),
        Some(other)
    );
    field.clear();
    assert_eq!(
        kept_for(&field.read(cid("other").digits(), own)),
        Some(other)
    );
    // Nobody knows which request a damaged one answers, and its digits are not
    // bare.
    let mut field = AnswerField::default();
    let cut = &reply_to_digits(&reply("other"))[..55];
    assert!(kept_for(&field.read(cut, own)).is_none());
    field.clear();
    assert_eq!(
        field.read(cid("other").digits(), own),
        AnswerFieldState::Foreign
    );
}

#[test]
fn every_other_text_says_what_it_is() {
    assert_eq!(pasted("  "), AnswerFieldState::Empty);
    assert_eq!(pasted("Sign in to continue"), AnswerFieldState::Nothing);
    assert_eq!(
        pasted(iid("own").digits()),
        AnswerFieldState::InstallationId
    );
    let two = format!("{}\n\n{}", cid("own").digits(), cid("other").digits());
    assert_eq!(pasted(&two), AnswerFieldState::Several(2));
    let mut slip = cid("own").digits().to_owned();
    slip.replace_range(6..7, if &slip[6..7] == "1" { "2" } else { "1" });
    let AnswerFieldState::Damaged {
        error,
        boxes,
        insist,
    } = pasted(&slip)
    else {
        panic!("box B fails");
    };
    assert_eq!(error.faults()[0].label, "B");
    assert!(boxes[1].defect.is_some());
    assert_eq!(insist.unwrap().digits(), slip);
}
