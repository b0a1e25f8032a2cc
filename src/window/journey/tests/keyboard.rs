//! Typing, pasting, handheld scanners, and doing everything by keys.

use super::*;
use crate::activation::practice_installation_id;

const SLOWLY: Duration = Duration::from_millis(300);
const QUICKLY: Duration = Duration::from_millis(6);

#[test]
fn a_wrong_box_is_named_at_once_and_mended_alone() {
    let product = windows();
    let right = cid(&product);
    let slip = if &right[16..17] == "1" { "2" } else { "1" };
    let wrong = format!("{}{slip}{}", &right[..16], &right[17..]);
    let mut journey = journey_of(std::slice::from_ref(&product));
    let now = typed(&mut journey, &wrong[..20], SLOWLY, seconds(0));
    let field = scan(&journey).field;
    let marked: Vec<_> = field
        .boxes
        .iter()
        .filter(|it| it.wrong)
        .map(|it| &it.label)
        .collect();
    assert_eq!(marked, ["C"]);
    assert!(field.wrong && field.told.contains("枠 C"), "{}", field.told);
    let now = typed(&mut journey, &wrong[20..], SLOWLY, now);
    assert_eq!(deposited(&journey.handle(JourneyEvent::Enter, now)), None);
    assert!(scan(&journey).field.told.contains('C'));
    let now = typed(&mut journey, &format!("c{}", &right[14..20]), SLOWLY, now);
    let field = scan(&journey).field;
    assert!(!field.wrong && field.whole, "{}", field.told);
    let products = std::slice::from_ref(&product);
    let commands = enter(&mut journey, products, now);
    assert_eq!(deposited(&commands), Some(&product));
}

#[test]
fn a_scanners_enter_in_the_middle_of_a_number_submits_nothing() {
    let product = windows();
    let text = reply(&product);
    let cuts: [&[usize]; 5] = [
        &[24, 48, 60],
        &[48, 60],
        &[50, 60],
        &[12, 24, 36, 48, 60],
        &[10, 60],
    ];
    for cuts in cuts {
        for between in [QUICKLY, seconds(1)] {
            let mut journey = journey_of(std::slice::from_ref(&product));
            let mut now = seconds(1);
            let mut from = 0;
            for &to in cuts {
                now = typed(&mut journey, &text[from..to], QUICKLY, now + between);
                let commands = journey.handle(JourneyEvent::Enter, now + QUICKLY);
                let taken = (to == 60).then_some(&product);
                assert_eq!(deposited(&commands), taken, "{cuts:?}");
                assert!(
                    to == 60 || !commands.contains(&JourneyCommand::Read),
                    "{cuts:?}"
                );
                from = to;
            }
        }
    }
    // A bare number from a scanner waits for the person's own Enter.
    let mut journey = journey_of(std::slice::from_ref(&product));
    let now = typed(&mut journey, &text[..48], QUICKLY, seconds(1));
    assert_eq!(journey.handle(JourneyEvent::Enter, now + QUICKLY), []);
    assert!(scan(&journey).field.told.contains("48"));
    let products = std::slice::from_ref(&product);
    let commands = enter(&mut journey, products, now + seconds(2));
    assert_eq!(deposited(&commands), Some(&product));
}

#[test]
fn a_damaged_reply_leaves_no_digits_that_pass_for_a_number() {
    let product = windows();
    let other = crate::activation::practice_installation_id("other");
    let text = reply_to(&other);
    let last = if text.ends_with('1') { "2" } else { "1" };
    let damaged = format!("{}{last}", &text[..59]);
    let products = std::slice::from_ref(&product);
    let mut journey = journey_of(products);
    let now = typed(&mut journey, &damaged, SLOWLY, seconds(1));
    assert_eq!(enter(&mut journey, products, now), []);
    let field = scan(&journey).field;
    assert!(field.wrong && !field.whole, "{}", field.told);
    // A digit starts over; without what stood behind box H it is no number.
    let now = typed(&mut journey, &text[..48], SLOWLY, now);
    assert_eq!(scan(&journey).field.rest, "");
    assert_eq!(deposited(&enter(&mut journey, products, now)), None);
    // Nor after the field was cleared.
    act(&mut journey, Action::Clear, now);
    let now = typed(&mut journey, &text[..48], SLOWLY, now);
    assert_eq!(deposited(&enter(&mut journey, products, now)), None);
    assert_eq!(scan(&journey).tone, Tone::Amber);
}

#[test]
fn the_check_behind_box_h_tells_another_pcs_number() {
    let product = windows();
    let products = std::slice::from_ref(&product);
    let check = &reply(&product)[58..];
    let mut journey = journey_of(products);
    let now = typed(
        &mut journey,
        &format!("{} {check}", cid(&product)),
        SLOWLY,
        seconds(1),
    );
    assert_eq!(
        deposited(&enter(&mut journey, products, now)),
        Some(&product)
    );
    let other = practice_installation_id("other");
    let text = reply_to(&other);
    let mut journey = journey_of(products);
    let now = typed(
        &mut journey,
        &format!("{}{}", &text[..48], &text[58..]),
        SLOWLY,
        seconds(1),
    );
    assert_eq!(deposited(&enter(&mut journey, products, now)), None);
    assert_eq!(scan(&journey).tone, Tone::Amber);
    let now = typed(&mut journey, &text[..48], SLOWLY, now);
    assert_eq!(deposited(&enter(&mut journey, products, now)), None);
}

#[test]
fn enter_submits_only_a_whole_number() {
    let product = windows();
    let mut journey = journey_of(std::slice::from_ref(&product));
    assert_eq!(journey.handle(JourneyEvent::Enter, seconds(1)), []);
    let text = reply(&product);
    let now = typed(&mut journey, &text[..40], SLOWLY, seconds(1));
    assert_eq!(journey.handle(JourneyEvent::Enter, now), []);
    assert!(scan(&journey).field.told.contains("8 桁"));
    let now = typed(&mut journey, &text[40..55], SLOWLY, now);
    assert_eq!(journey.handle(JourneyEvent::Enter, now), []);
    assert!(scan(&journey).field.told.contains("5 桁"));
    let now = typed(&mut journey, &text[55..], SLOWLY, now);
    assert_eq!(
        deposited(&journey.handle(JourneyEvent::Enter, now)),
        Some(&product)
    );
}

#[test]
fn a_scanners_burst_submits_itself_over_whatever_stood_there() {
    let product = windows();
    let mut journey = journey_of(std::slice::from_ref(&product));
    let now = typed(&mut journey, "0000 12", SLOWLY, seconds(1));
    let now = typed(&mut journey, &reply(&product), QUICKLY, now + SLOWLY);
    assert!(journey.is_bursting(now));
    let commands = journey.handle(JourneyEvent::Enter, now + QUICKLY);
    assert_eq!(deposited(&commands), Some(&product));
    // Full-width digits from an input method, while the camera is not ready.
    let mut journey = journey_of(std::slice::from_ref(&product));
    let wide: String = reply(&product)
        .chars()
        .filter_map(|digit| char::from_u32(digit as u32 + 0xfee0))
        .collect();
    let now = typed(&mut journey, &wide, QUICKLY, seconds(1));
    let commands = journey.handle(JourneyEvent::Enter, now + QUICKLY);
    assert_eq!(deposited(&commands), Some(&product));
}

#[test]
fn a_burst_of_something_else_is_named_and_changes_nothing() {
    let product = windows();
    let mut journey = journey_of(std::slice::from_ref(&product));
    let now = typed(&mut journey, iid(&product).digits(), QUICKLY, seconds(1));
    assert_eq!(
        deposited(&journey.handle(JourneyEvent::Enter, now + QUICKLY)),
        None
    );
    let field = scan(&journey).field;
    assert!(
        field.wrong && field.told.contains("インストール ID"),
        "{}",
        field.told
    );
}

#[test]
fn pasting_takes_any_separators_and_says_what_is_wrong() {
    let product = windows();
    let mut journey = journey_of(std::slice::from_ref(&product));
    journey.handle(JourneyEvent::Pasted("確認 ID".to_owned()), seconds(1));
    assert!(scan(&journey).field.wrong);
    journey.handle(
        JourneyEvent::Pasted(cid(&product).replace(' ', " － ")),
        seconds(1),
    );
    assert!(!scan(&journey).field.wrong);
    let products = std::slice::from_ref(&product);
    let commands = enter(&mut journey, products, seconds(1));
    assert_eq!(deposited(&commands), Some(&product));
    act(&mut journey, Action::Clear, seconds(2));
}

#[test]
fn typing_never_stops_the_camera_and_the_camera_never_eats_what_was_typed() {
    let product = windows();
    let other = crate::activation::practice_installation_id("other");
    let mut journey = journey_of(std::slice::from_ref(&product));
    let now = typed(&mut journey, "000000", SLOWLY, seconds(1));
    journey.handle(JourneyEvent::Seen(reply_to(&other)), now);
    journey.handle(
        JourneyEvent::Read(Ok(snapshot(std::slice::from_ref(&product)))),
        now,
    );
    assert_eq!(scan(&journey).tone, Tone::Amber);
    assert_eq!(scan(&journey).field.value, "000000");
    // A snapshot in between does not either.
    assert_eq!(
        journey.handle(JourneyEvent::Tick, now + seconds(40)),
        [JourneyCommand::Read]
    );
    let commands = journey.handle(JourneyEvent::Seen(reply(&product)), now + seconds(41));
    assert_eq!(deposited(&commands), Some(&product));
}

#[test]
fn the_language_changes_at_once_and_keeps_everything() {
    let mut journey = journey_of(&[windows()]);
    typed(&mut journey, "000000", SLOWLY, seconds(1));
    let before = view(&journey);
    act(&mut journey, Action::Language, seconds(2));
    assert_eq!(journey.lang(), Lang::En);
    let after = view(&journey);
    assert_eq!(after.left.symbol, before.left.symbol);
    assert_eq!(scan(&journey).field.value, "000000");
    assert_ne!(after.left.title, before.left.title);
    act(&mut journey, Action::Language, seconds(3));
    assert_eq!(view(&journey), before);
}

#[test]
fn sheets_open_and_close_by_the_same_key_and_by_escape() {
    let mut journey = journey_of(&[windows(), office()]);
    for action in [Action::About, Action::Products, Action::Cameras] {
        act(&mut journey, action, seconds(1));
        assert!(
            !matches!(view(&journey).right, SidePanel::Scan(_)),
            "{action:?}"
        );
        act(&mut journey, action, seconds(1));
        scan(&journey);
        act(&mut journey, action, seconds(1));
        act(&mut journey, Action::Back, seconds(1));
        scan(&journey);
    }
    typed(&mut journey, "123", SLOWLY, seconds(2));
    act(&mut journey, Action::Back, seconds(4));
    assert_eq!(scan(&journey).field.value, "");
}

#[test]
fn a_box_is_chosen_by_a_click() {
    let mut journey = journey_of(&[windows()]);
    typed(&mut journey, "000000142074", SLOWLY, seconds(1));
    act(&mut journey, Action::Box(0), seconds(9));
    let boxes = scan(&journey).field.boxes;
    assert!(boxes[0].selected && boxes[0].cursor == Some(0));
    typed(&mut journey, "7", SLOWLY, seconds(10));
    assert!(scan(&journey).field.value.starts_with("7 142074"));
    act(&mut journey, Action::Box(usize::MAX), seconds(11));
}
