use super::*;
use crate::activation::{practice_confirmation_id, practice_installation_id};

fn tag(seed: &str) -> Tag {
    practice_installation_id(seed).tag()
}

fn answer(seed: &str) -> ConfirmationDigits {
    practice_confirmation_id(&practice_installation_id(seed)).into()
}

const SECOND: Duration = Duration::from_secs(1);

/// Keep the Confirmation ID of `of` for the request of `request`.
fn keep(request: &str, of: &str) -> PortalAction {
    PortalAction::Keep {
        tag: tag(request),
        cid: answer(of),
        confirmed: false,
    }
}

fn reply(seed: &str) -> String {
    let iid = practice_installation_id(seed);
    crate::wire::reply_to_digits(&crate::activation::Reply {
        cid: practice_confirmation_id(&iid),
        tag: iid.tag(),
    })
}

/// As it is printed below the symbol of a reply.
fn caption(seed: &str) -> String {
    let digits = reply(seed);
    let boxes: Vec<String> = digits.as_bytes()[..48]
        .chunks(6)
        .zip('A'..)
        .map(|(group, label)| format!("{label} {}", String::from_utf8_lossy(group)))
        .collect();
    format!(
        "{}\n{}\n# {}\n",
        boxes[..4].join("   "),
        boxes[4..].join("   "),
        &digits[48..58]
    )
}

fn desk() -> PortalQueue {
    PortalQueue::new(vec![tag("a"), tag("b"), tag("c")], Duration::ZERO)
}

#[test]
fn a_copied_page_of_the_portal_answers_the_request_at_hand() {
    let mut desk = desk();
    let groups: Vec<String> = answer("a")
        .digits()
        .as_bytes()
        .chunks(6)
        .zip('A'..)
        .map(|(group, label)| format!("{label} {}", String::from_utf8_lossy(group)))
        .collect();
    let page = format!("Your Confirmation ID\n{}\nPrint", groups.join("\n"));
    let deed = desk.copied(&page);
    let kept = PortalAction::Keep {
        tag: tag("a"),
        cid: answer("a"),
        confirmed: false,
    };
    assert_eq!(deed, kept);
    desk.was_kept(tag("a"), 30 * SECOND);
    assert_eq!(desk.at_hand(), Some(tag("b")));
    assert_eq!(desk.time_left(), Some((30 * SECOND, 60 * SECOND)));
}

#[test]
fn what_else_is_copied_is_left_alone() {
    let mut desk = desk();
    let own = practice_installation_id("a");
    let huge = "0".repeat(MAX_TEXT + 1);
    for text in [
        "",
        "a note to myself",
        own.digits(),
        "2026-11-23 14:56",
        &huge,
    ] {
        assert_eq!(desk.copied(text), PortalAction::Nothing, "{text:.40}");
    }
    let two = format!("{}\n\n{}", answer("a").digits(), answer("b").digits());
    assert_eq!(desk.copied(&two), PortalAction::Several);
}

#[test]
fn a_mistake_is_undone_and_its_request_comes_back() {
    let mut desk = desk();
    assert_eq!(desk.last_answered(), None);
    desk.was_kept(tag("a"), SECOND);
    assert_eq!(desk.last_answered(), Some(tag("a")));
    desk.was_taken_back(tag("a"), 2 * SECOND);
    assert_eq!((desk.at_hand(), desk.waiting()), (Some(tag("a")), 3));
}

#[test]
fn what_is_skipped_comes_again() {
    let mut desk = desk();
    desk.skip();
    assert_eq!(desk.at_hand(), Some(tag("b")));
    desk.was_kept(tag("b"), SECOND);
    desk.was_kept(tag("c"), SECOND);
    assert_eq!(desk.at_hand(), Some(tag("a")));
    desk.skip();
    assert_eq!(desk.at_hand(), Some(tag("a")));
}

#[test]
fn a_doubted_number_needs_the_persons_word_and_only_for_that_request() {
    let mut desk = desk();
    desk.was_doubted(tag("a"), answer("b"));
    let kept = PortalAction::Keep {
        tag: tag("a"),
        cid: answer("b"),
        confirmed: true,
    };
    assert_eq!(desk.insist(), Some(kept));
    assert_eq!(desk.insist(), None);
    desk.was_doubted(tag("a"), answer("b"));
    desk.skip();
    assert_eq!(desk.insist(), None);
}

#[test]
fn typed_boxes_add_up_and_a_wrong_one_is_named() {
    let mut desk = desk();
    let digits = answer("a").digits().to_owned();
    assert!(matches!(desk.typed(&digits[..24]), PortalAction::Boxes(_)));
    // The last digit of box E is wrong.
    let wrong = format!(
        "{}{}",
        &digits[24..29],
        (digits.as_bytes()[29] - b'0' + 1) % 10
    );
    let rest = format!("{wrong}{}", &digits[30..]);
    assert!(matches!(desk.typed(&rest), PortalAction::Ask(_)));
    let PortalAction::Damaged(error) = desk.typed("") else {
        panic!("a wrong box was taken");
    };
    assert_eq!(error.faults()[0].label, "E");
    let corrected = format!("E {}", &digits[24..30]);
    assert!(matches!(desk.typed(&corrected), PortalAction::Ask(_)));
    assert_eq!(desk.typed(""), keep("a", "a"));
}

#[test]
fn what_others_did_meanwhile_is_left_out() {
    let mut desk = desk();
    desk.was_kept(tag("a"), SECOND);
    desk.was_overtaken(tag("b"));
    assert_eq!(desk.at_hand(), Some(tag("c")));
    desk.was_overtaken(tag("a"));
    assert_eq!(desk.last_answered(), None);
}

#[test]
fn the_time_of_a_skipped_pc_does_not_count_for_the_next() {
    let mut desk = desk();
    desk.was_shown(100 * SECOND);
    desk.was_kept(tag("a"), 110 * SECOND);
    assert_eq!(desk.time_left(), Some((10 * SECOND, 20 * SECOND)));
}

#[test]
fn a_reply_is_kept_for_the_request_that_it_answers_and_for_no_other() {
    for text in [reply("b"), caption("b")] {
        let mut desk = desk();
        assert_eq!(desk.copied(&text), keep("b", "b"));
        // Line by line it is the same.
        let mut last = PortalAction::Nothing;
        for line in text.lines() {
            last = desk.typed(line);
        }
        assert_eq!(last, keep("b", "b"));
        // And its digits alone are still that reply.
        let alone = answer("b");
        assert_eq!(desk.copied(alone.digits()), keep("b", "b"));
        desk.typed(alone.digits());
        assert_eq!(desk.typed(""), keep("b", "b"));
    }
    let mut desk = desk();
    for piece in [&reply("c")[..24], &reply("c")[24..48]] {
        assert!(!matches!(desk.typed(piece), PortalAction::Keep { .. }));
    }
    assert_eq!(desk.typed(&reply("c")[48..]), keep("c", "c"));
}

#[test]
fn a_correction_does_not_shed_the_tag() {
    let wrong = reply("foreign").replacen('0', "1", 1);
    let mut desk = desk();
    assert!(matches!(desk.typed(&wrong), PortalAction::Damaged(_)));
    assert_eq!(
        desk.typed("A 000000"),
        keep("foreign", "foreign"),
        "for whoever has that tag, if anybody"
    );
    desk.was_foreign();
    desk.typed(answer("foreign").digits());
    assert_eq!(desk.typed(""), keep("foreign", "foreign"));
}

#[test]
fn digits_of_a_damaged_reply_are_no_bare_number_whatever_is_done_between() {
    let digits = reply("foreign");
    let (cid, behind) = digits.split_at(48);
    let wrong = behind.chars().rev().collect::<String>();
    assert_ne!(wrong, behind);
    let wrong = format!("{cid}{wrong}");
    let says: [&dyn Fn(&mut PortalQueue) -> PortalAction; 2] =
        [&|desk| desk.typed(&wrong), &|desk| desk.copied(&wrong)];
    let between: [&dyn Fn(&mut PortalQueue); 3] = [
        &|desk| desk.skip(),
        &|desk| {
            desk.copied("weather");
        },
        &|desk| {
            desk.typed(&wrong);
            desk.skip();
            desk.skip();
        },
    ];
    for (at, (damaged, then)) in says
        .into_iter()
        .flat_map(|it| between.map(|then| (it, then)))
        .enumerate()
    {
        let mut desk = desk();
        assert!(matches!(damaged(&mut desk), PortalAction::Damaged(_)));
        then(&mut desk);
        let mut typing = desk.clone();
        typing.typed(cid);
        for deed in [typing.typed(""), desk.copied(cid)] {
            assert!(!matches!(deed, PortalAction::Keep { .. }), "{at}: {deed:?}");
        }
        // Whole, it is what it says; and its digits are its own from then on.
        for text in [&digits, cid] {
            let deed = desk.copied(text);
            assert_eq!(deed, keep("foreign", "foreign"));
            desk.was_foreign();
        }
    }
}

#[test]
fn a_damaged_reply_that_is_copied_is_not_kept_without_its_end() {
    let digits = reply("a");
    for wrong in [
        digits.replace(&digits[50..52], "99"),
        digits[..55].to_owned(),
        format!("{}\n{}", &digits[..48], &digits[48..57]),
        format!("{} {}", &digits[..48], &digits[48..53]),
        caption("a").replace('#', " "),
    ] {
        let deed = desk().copied(&wrong);
        assert!(
            matches!(deed, PortalAction::Damaged(_) | PortalAction::Nothing),
            "{wrong}: {deed:?}"
        );
    }
    // What stands below it and is something else does not matter.
    for text in ["2026-11-24", "10:15", "page 2 of 3", "1"] {
        let text = format!("{}\n{text}\n", answer("a").digits());
        assert_eq!(desk().copied(&text), keep("a", "a"), "{text}");
    }
}

#[test]
fn a_typed_reply_is_for_the_request_at_hand_or_for_nobody() {
    let iid = practice_installation_id("b");
    let typed = crate::wire::typed_reply_to_digits(&crate::activation::Reply {
        cid: practice_confirmation_id(&iid),
        tag: iid.tag(),
    });
    let mut desk = PortalQueue::new(vec![tag("a"), tag("b"), tag("c")], Duration::ZERO);
    assert!(matches!(desk.typed(&typed), PortalAction::Ask(_)));
    assert_eq!(desk.typed(""), PortalAction::Foreign);
    desk.was_foreign();
    desk.skip();
    assert!(matches!(desk.typed(&typed), PortalAction::Ask(_)));
    assert_eq!(desk.typed(""), keep("b", "b"));
    // Of a hundred requests its check fits one or two that are others'.
    let names: Vec<String> = (0..300).map(|number| format!("pc-{number}")).collect();
    let mut desk = PortalQueue::new(names.iter().map(|name| tag(name)).collect(), Duration::ZERO);
    for name in &names {
        let fits = Answer::read(&typed, Trust::CheckDigits)
            .is_ok_and(|answer| matches!(answer, Answer::Typed(typed) if typed.fits(tag(name))));
        desk.typed(&typed);
        let deed = desk.typed("");
        assert_eq!(matches!(deed, PortalAction::Keep { .. }), fits, "{name}");
        desk.skip();
    }
    let mut desk = PortalQueue::new(vec![tag("a"), tag("c")], Duration::ZERO);
    desk.typed(&typed);
    assert_eq!(desk.typed(""), PortalAction::Foreign);
    // Nor are its digits alone another's.
    desk.was_foreign();
    desk.typed(&typed[..48]);
    assert_eq!(desk.typed(""), PortalAction::Foreign);
}

#[test]
fn the_next_number_or_the_end_decides_the_one_before() {
    let (first, second) = (answer("a"), answer("b"));
    let mut desk = desk();
    assert_eq!(desk.before(Some(first.digits())), None);
    assert!(matches!(desk.typed(first.digits()), PortalAction::Ask(_)));
    for same in [first.digits(), &reply("a"), "", "o"] {
        assert_eq!(desk.clone().before(Some(same)), None, "{same}");
    }
    for other in [Some(second.digits()), None] {
        assert_eq!(desk.clone().before(other), Some(keep("a", "a")));
    }
}

#[test]
fn what_is_answered_and_what_is_left_is_counted() {
    let mut desk = desk();
    assert_eq!((desk.answered(), desk.waiting()), (0, 3));
    assert_eq!(desk.time_left(), None);
    desk.was_kept(tag("a"), 10 * SECOND);
    desk.was_kept(tag("b"), 30 * SECOND);
    assert_eq!((desk.answered(), desk.waiting()), (2, 1));
    assert_eq!(desk.time_left(), Some((15 * SECOND, 15 * SECOND)));
    // An earlier one is taken back: the last one is still the next to be.
    desk.was_taken_back(tag("a"), 40 * SECOND);
    assert_eq!((desk.answered(), desk.waiting()), (1, 2));
    assert_eq!(desk.at_hand(), Some(tag("a")));
    assert_eq!(desk.last_answered(), Some(tag("b")));
}

#[test]
fn a_page_is_looked_at_and_a_book_is_not() {
    let page = |length: usize| format!("{}{}", " ".repeat(length - 48), answer("a").digits());
    assert_eq!(desk().copied(&page(MAX_TEXT)), keep("a", "a"));
    assert_eq!(desk().copied(&page(MAX_TEXT + 1)), PortalAction::Nothing);
    // A request that was copied with a slip in it is no answer.
    let iid = practice_installation_id("a");
    let wrong = iid.digits().replacen(&iid.digits()[10..14], "9999", 1);
    assert_eq!(desk().copied(&wrong), PortalAction::Nothing);
}

#[test]
fn a_blank_line_says_that_it_is_all_where_it_may_be() {
    let mut desk = desk();
    assert!(!desk.is_undecided());
    desk.typed(&reply("a")[..24]);
    assert!(!desk.is_undecided());
    assert_eq!(desk.typed(""), PortalAction::Nothing);
    desk.typed(&reply("a")[24..48]);
    assert!(desk.is_undecided());
    assert_eq!(desk.typed(""), keep("a", "a"));
    // Where its end was seen and is missing, that is what is wrong.
    let wrong = reply("b").replacen('0', "1", 1);
    assert!(matches!(desk.typed(&wrong), PortalAction::Damaged(_)));
    desk.typed(answer("b").digits());
    assert!(!desk.is_undecided());
    assert_eq!(
        desk.typed(""),
        PortalAction::Damaged(NumberError::BehindMissing)
    );
}
