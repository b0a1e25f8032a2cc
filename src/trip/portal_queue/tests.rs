use super::*;
use crate::activation::{practice_confirmation_id, practice_installation_id};

fn tag(seed: &str) -> Tag {
    practice_installation_id(seed).tag()
}

fn answer(seed: &str) -> ConfirmationDigits {
    practice_confirmation_id(&practice_installation_id(seed)).into()
}

const SECOND: Duration = Duration::from_secs(1);

/// Stores the Confirmation ID of `of` for the request of `request`.
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

/// The caption below the symbol of a reply.
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

fn queue() -> PortalQueue {
    PortalQueue::new(vec![tag("a"), tag("b"), tag("c")], Duration::ZERO)
}

#[test]
fn a_copied_page_of_the_portal_answers_the_request_at_hand() {
    let mut queue = queue();
    let groups: Vec<String> = answer("a")
        .digits()
        .as_bytes()
        .chunks(6)
        .zip('A'..)
        .map(|(group, label)| format!("{label} {}", String::from_utf8_lossy(group)))
        .collect();
    let page = format!("Your Confirmation ID\n{}\nPrint", groups.join("\n"));
    let action = queue.copied(&page);
    let kept = PortalAction::Keep {
        tag: tag("a"),
        cid: answer("a"),
        confirmed: false,
    };
    assert_eq!(action, kept);
    queue.was_kept(tag("a"), 30 * SECOND);
    assert_eq!(queue.at_hand(), Some(tag("b")));
    assert_eq!(queue.time_left(), Some((30 * SECOND, 60 * SECOND)));
}

#[test]
fn what_else_is_copied_is_left_alone() {
    let mut queue = queue();
    let own = practice_installation_id("a");
    let huge = "0".repeat(MAX_TEXT + 1);
    for text in [
        "",
        "a note to myself",
        own.digits(),
        "2026-11-23 14:56",
        &huge,
    ] {
        assert_eq!(queue.copied(text), PortalAction::Nothing, "{text:.40}");
    }
    let two = format!("{}\n\n{}", answer("a").digits(), answer("b").digits());
    assert_eq!(queue.copied(&two), PortalAction::Several);
}

#[test]
fn a_mistake_is_undone_and_its_request_comes_back() {
    let mut queue = queue();
    assert_eq!(queue.last_answered(), None);
    queue.was_kept(tag("a"), SECOND);
    assert_eq!(queue.last_answered(), Some(tag("a")));
    queue.was_taken_back(tag("a"), 2 * SECOND);
    assert_eq!((queue.at_hand(), queue.waiting()), (Some(tag("a")), 3));
}

#[test]
fn what_is_skipped_comes_again() {
    let mut queue = queue();
    queue.skip();
    assert_eq!(queue.at_hand(), Some(tag("b")));
    queue.was_kept(tag("b"), SECOND);
    queue.was_kept(tag("c"), SECOND);
    assert_eq!(queue.at_hand(), Some(tag("a")));
    queue.skip();
    assert_eq!(queue.at_hand(), Some(tag("a")));
}

#[test]
fn a_doubted_number_needs_the_persons_word_and_only_for_that_request() {
    let mut queue = queue();
    queue.was_doubted(tag("a"), answer("b"));
    let kept = PortalAction::Keep {
        tag: tag("a"),
        cid: answer("b"),
        confirmed: true,
    };
    assert_eq!(queue.insist(), Some(kept));
    assert_eq!(queue.insist(), None);
    queue.was_doubted(tag("a"), answer("b"));
    queue.skip();
    assert_eq!(queue.insist(), None);
}

#[test]
fn typed_boxes_add_up_and_a_wrong_one_is_named() {
    let mut queue = queue();
    let digits = answer("a").digits().to_owned();
    assert!(matches!(queue.typed(&digits[..24]), PortalAction::Boxes(_)));
    // The last digit of box E is wrong.
    let wrong = format!(
        "{}{}",
        &digits[24..29],
        (digits.as_bytes()[29] - b'0' + 1) % 10
    );
    let rest = format!("{wrong}{}", &digits[30..]);
    assert!(matches!(queue.typed(&rest), PortalAction::Ask(_)));
    let PortalAction::Damaged(error) = queue.typed("") else {
        panic!("a wrong box was taken");
    };
    assert_eq!(error.faults()[0].label, "E");
    let corrected = format!("E {}", &digits[24..30]);
    assert!(matches!(queue.typed(&corrected), PortalAction::Ask(_)));
    assert_eq!(queue.typed(""), keep("a", "a"));
}

#[test]
fn what_others_did_meanwhile_is_left_out() {
    let mut queue = queue();
    queue.was_kept(tag("a"), SECOND);
    queue.was_overtaken(tag("b"));
    assert_eq!(queue.at_hand(), Some(tag("c")));
    queue.was_overtaken(tag("a"));
    assert_eq!(queue.last_answered(), None);
}

#[test]
fn the_time_of_a_skipped_pc_does_not_count_for_the_next() {
    let mut queue = queue();
    queue.was_shown(100 * SECOND);
    queue.was_kept(tag("a"), 110 * SECOND);
    assert_eq!(queue.time_left(), Some((10 * SECOND, 20 * SECOND)));
}

#[test]
fn a_reply_is_kept_for_the_request_that_it_answers_and_for_no_other() {
    for text in [reply("b"), caption("b")] {
        let mut queue = queue();
        assert_eq!(queue.copied(&text), keep("b", "b"));
        // Line by line the result is the same.
        let mut last = PortalAction::Nothing;
        for line in text.lines() {
            last = queue.typed(line);
        }
        assert_eq!(last, keep("b", "b"));
        // And its digits alone still belong to that reply.
        let alone = answer("b");
        assert_eq!(queue.copied(alone.digits()), keep("b", "b"));
        queue.typed(alone.digits());
        assert_eq!(queue.typed(""), keep("b", "b"));
    }
    let mut queue = queue();
    for piece in [&reply("c")[..24], &reply("c")[24..48]] {
        assert!(!matches!(queue.typed(piece), PortalAction::Keep { .. }));
    }
    assert_eq!(queue.typed(&reply("c")[48..]), keep("c", "c"));
}

#[test]
fn a_correction_does_not_shed_the_tag() {
    let wrong = reply("foreign").replacen('0', "1", 1);
    let mut queue = queue();
    assert!(matches!(queue.typed(&wrong), PortalAction::Damaged(_)));
    assert_eq!(
        queue.typed("A 000000"),
        keep("foreign", "foreign"),
        "for the request with that tag, if there is one"
    );
    queue.was_foreign();
    queue.typed(answer("foreign").digits());
    assert_eq!(queue.typed(""), keep("foreign", "foreign"));
}

#[test]
fn digits_of_a_damaged_reply_are_no_bare_number_whatever_is_done_between() {
    let digits = reply("foreign");
    let (cid, behind) = digits.split_at(48);
    let wrong = behind.chars().rev().collect::<String>();
    assert_ne!(wrong, behind);
    let wrong = format!("{cid}{wrong}");
    let says: [&dyn Fn(&mut PortalQueue) -> PortalAction; 2] =
        [&|queue| queue.typed(&wrong), &|queue| queue.copied(&wrong)];
    let between: [&dyn Fn(&mut PortalQueue); 3] = [
        &|queue| queue.skip(),
        &|queue| {
            queue.copied("weather");
        },
        &|queue| {
            queue.typed(&wrong);
            queue.skip();
            queue.skip();
        },
    ];
    for (at, (damaged, then)) in says
        .into_iter()
        .flat_map(|it| between.map(|then| (it, then)))
        .enumerate()
    {
        let mut queue = queue();
        assert!(matches!(damaged(&mut queue), PortalAction::Damaged(_)));
        then(&mut queue);
        let mut typing = queue.clone();
        typing.typed(cid);
        for action in [typing.typed(""), queue.copied(cid)] {
            assert!(
                !matches!(action, PortalAction::Keep { .. }),
                "{at}: {action:?}"
            );
        }
        // Whole, it is what it says; and its digits belong to it from then on.
        for text in [&digits, cid] {
            let action = queue.copied(text);
            assert_eq!(action, keep("foreign", "foreign"));
            queue.was_foreign();
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
        let action = queue().copied(&wrong);
        assert!(
            matches!(action, PortalAction::Damaged(_) | PortalAction::Nothing),
            "{wrong}: {action:?}"
        );
    }
    // Anything else below it does not matter.
    for text in ["2026-11-24", "10:15", "page 2 of 3", "1"] {
        let text = format!("{}\n{text}\n", answer("a").digits());
        assert_eq!(queue().copied(&text), keep("a", "a"), "{text}");
    }
}

#[test]
fn a_typed_reply_is_for_the_request_at_hand_or_for_nobody() {
    let iid = practice_installation_id("b");
    let typed = crate::wire::typed_reply_to_digits(&crate::activation::Reply {
        cid: practice_confirmation_id(&iid),
        tag: iid.tag(),
    });
    let mut queue = PortalQueue::new(vec![tag("a"), tag("b"), tag("c")], Duration::ZERO);
    assert!(matches!(queue.typed(&typed), PortalAction::Ask(_)));
    assert_eq!(queue.typed(""), PortalAction::Foreign);
    queue.was_foreign();
    queue.skip();
    assert!(matches!(queue.typed(&typed), PortalAction::Ask(_)));
    assert_eq!(queue.typed(""), keep("b", "b"));
    // Of a hundred requests, its check matches one or two others.
    let names: Vec<String> = (0..300).map(|number| format!("pc-{number}")).collect();
    let mut queue = PortalQueue::new(names.iter().map(|name| tag(name)).collect(), Duration::ZERO);
    for name in &names {
        let fits = Answer::read(&typed, Trust::CheckDigits)
            .is_ok_and(|answer| matches!(answer, Answer::Typed(typed) if typed.fits(tag(name))));
        queue.typed(&typed);
        let action = queue.typed("");
        assert_eq!(matches!(action, PortalAction::Keep { .. }), fits, "{name}");
        queue.skip();
    }
    let mut queue = PortalQueue::new(vec![tag("a"), tag("c")], Duration::ZERO);
    queue.typed(&typed);
    assert_eq!(queue.typed(""), PortalAction::Foreign);
    // Nor do its digits alone belong to another request.
    queue.was_foreign();
    queue.typed(&typed[..48]);
    assert_eq!(queue.typed(""), PortalAction::Foreign);
}

#[test]
fn the_next_number_or_the_end_decides_the_one_before() {
    let (first, second) = (answer("a"), answer("b"));
    let mut queue = queue();
    assert_eq!(queue.before(Some(first.digits())), None);
    assert!(matches!(queue.typed(first.digits()), PortalAction::Ask(_)));
    for same in [first.digits(), &reply("a"), "", "o"] {
        assert_eq!(queue.clone().before(Some(same)), None, "{same}");
    }
    for other in [Some(second.digits()), None] {
        assert_eq!(queue.clone().before(other), Some(keep("a", "a")));
    }
}

#[test]
fn what_is_answered_and_what_is_left_is_counted() {
    let mut queue = queue();
    assert_eq!((queue.answered(), queue.waiting()), (0, 3));
    assert_eq!(queue.time_left(), None);
    queue.was_kept(tag("a"), 10 * SECOND);
    queue.was_kept(tag("b"), 30 * SECOND);
    assert_eq!((queue.answered(), queue.waiting()), (2, 1));
    assert_eq!(queue.time_left(), Some((15 * SECOND, 15 * SECOND)));
    // An earlier one is taken back: the last one is still the next to take
    // back.
    queue.was_taken_back(tag("a"), 40 * SECOND);
    assert_eq!((queue.answered(), queue.waiting()), (1, 2));
    assert_eq!(queue.at_hand(), Some(tag("a")));
    assert_eq!(queue.last_answered(), Some(tag("b")));
}

#[test]
fn a_page_is_looked_at_and_a_book_is_not() {
    let page = |length: usize| format!("{}{}", " ".repeat(length - 48), answer("a").digits());
    assert_eq!(queue().copied(&page(MAX_TEXT)), keep("a", "a"));
    assert_eq!(queue().copied(&page(MAX_TEXT + 1)), PortalAction::Nothing);
    // A request that was copied with a slip in it is not an answer.
    let iid = practice_installation_id("a");
    let wrong = iid.digits().replacen(&iid.digits()[10..14], "9999", 1);
    assert_eq!(queue().copied(&wrong), PortalAction::Nothing);
}

#[test]
fn a_blank_line_says_that_it_is_all_where_it_may_be() {
    let mut queue = queue();
    assert!(!queue.is_undecided());
    queue.typed(&reply("a")[..24]);
    assert!(!queue.is_undecided());
    assert_eq!(queue.typed(""), PortalAction::Nothing);
    queue.typed(&reply("a")[24..48]);
    assert!(queue.is_undecided());
    assert_eq!(queue.typed(""), keep("a", "a"));
    // If its end was seen and is missing, that is the error.
    let wrong = reply("b").replacen('0', "1", 1);
    assert!(matches!(queue.typed(&wrong), PortalAction::Damaged(_)));
    queue.typed(answer("b").digits());
    assert!(!queue.is_undecided());
    assert_eq!(
        queue.typed(""),
        PortalAction::Damaged(NumberError::BehindMissing)
    );
}
