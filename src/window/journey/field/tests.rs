use super::*;
use crate::activation::Defect;

const CID: &str = "092914 273902 996432 764863 869585 514303 965545 262473";
const SLOWLY: Duration = Duration::from_millis(400);
const QUICKLY: Duration = Duration::from_millis(8);

fn typed(field: &mut CidField, text: &str, gap: Duration, mut now: Duration) -> Duration {
    for character in text.chars() {
        now += gap;
        field.press(Key::Character(character), now);
    }
    now
}

fn digits(field: &CidField) -> Vec<String> {
    field.views().into_iter().map(|view| view.digits).collect()
}

#[test]
fn digits_fill_the_boxes_with_and_without_separators() {
    for text in [
        CID.to_owned(),
        CID.replace(' ', ""),
        CID.replace(' ', "-"),
        CID.chars()
            .map(|c| {
                char::from_u32(c as u32 + 0xfee0)
                    .filter(|_| c != ' ')
                    .unwrap_or(c)
            })
            .collect(),
    ] {
        let mut field = CidField::default();
        typed(&mut field, &text, SLOWLY, Duration::ZERO);
        assert_eq!(field.whole().as_deref(), Some(CID), "{text}");
    }
}

#[test]
fn a_wrong_box_is_marked_at_its_last_digit() {
    let mut field = CidField::default();
    let now = typed(&mut field, "09291427390", SLOWLY, Duration::ZERO);
    assert!(field.views().iter().all(|view| view.defect.is_none()));
    typed(&mut field, "3", SLOWLY, now);
    let wrong: Vec<_> = field
        .views()
        .into_iter()
        .filter(|view| view.defect.is_some())
        .collect();
    assert_eq!(wrong.len(), 1);
    assert_eq!(
        (wrong[0].label.as_str(), wrong[0].defect),
        ("B", Some(Defect::WrongCheckDigit))
    );
}

#[test]
fn a_digit_left_out_stays_in_its_box() {
    let mut field = CidField::default();
    typed(&mut field, "092914 27390 996432", SLOWLY, Duration::ZERO);
    let views = field.views();
    assert_eq!(views[1].defect, Some(Defect::Missing(1)));
    assert_eq!(views[2].digits, "996432");
    assert_eq!(views[2].defect, None);
}

#[test]
fn naming_a_box_replaces_it_and_no_other() {
    let mut field = CidField::default();
    let now = typed(
        &mut field,
        &CID.replace("996432", "996433"),
        SLOWLY,
        Duration::ZERO,
    );
    for letter in ["c", "C", "Ｃ"] {
        let mut field = field.clone();
        typed(&mut field, &format!("{letter}996432"), SLOWLY, now);
        assert_eq!(field.whole().as_deref(), Some(CID));
    }
}

#[test]
fn editing_keys_cross_the_boxes() {
    let mut field = CidField::default();
    let now = typed(&mut field, "0929142", SLOWLY, Duration::ZERO);
    for _ in 0..2 {
        field.press(Key::Backspace, now);
    }
    assert_eq!(digits(&field)[..2], ["09291", ""]);
    field.press(Key::Home, now);
    field.press(Key::Delete, now);
    assert_eq!(digits(&field)[0], "9291");
    field.press(Key::Character('0'), now);
    field.press(Key::End, now);
    let now = typed(&mut field, "4273", SLOWLY, now);
    assert_eq!(digits(&field)[..2], ["092914", "273"]);
    // In a full box, a digit replaces the one at the cursor.
    field.press(Key::Home, now);
    field.press(Key::Right, now);
    field.press(Key::Character('8'), now);
    assert_eq!(digits(&field)[0], "082914");
    for _ in 0..40 {
        field.press(Key::Backspace, now);
        field.press(Key::Left, now);
    }
    for _ in 0..80 {
        field.press(Key::Right, now);
        field.press(Key::Delete, now);
    }
}

#[test]
fn a_scanner_replaces_whatever_stood_there() {
    let reply = "092914273902996432764863869585514303965545262473442102583639";
    let mut field = CidField::default();
    let now = typed(&mut field, "09291 55", SLOWLY, Duration::ZERO);
    let now = typed(&mut field, reply, QUICKLY, now + SLOWLY);
    assert!(field.is_bursting(now));
    let Some(Ok(Answer::Tagged(read))) = field.submit(now + QUICKLY) else {
        panic!("a reply");
    };
    assert_eq!(crate::wire::reply_to_digits(&read), reply);
    assert_eq!(field.rest(), "442102583639");
    assert!(field.whole().is_some());
    field.clear();
    // Full-width digits, as an input method makes of the scanner's keys.
    let wide: String = CID
        .chars()
        .filter(char::is_ascii_digit)
        .filter_map(|c| char::from_u32(c as u32 + 0xfee0))
        .collect();
    let now = typed(&mut field, &wide, QUICKLY, now + SLOWLY);
    assert!(matches!(
        field.submit(now + QUICKLY),
        Some(Ok(Answer::Bare(_)))
    ));
    assert_eq!(digits(&field).join(" "), CID);
}

#[test]
fn slow_digits_are_no_burst() {
    let mut field = CidField::default();
    let now = typed(&mut field, "0929142739", SLOWLY, Duration::ZERO);
    assert!(!field.is_bursting(now));
    assert_eq!(field.submit(now), None);
    assert_eq!(field.digits(), 10);
}

#[test]
fn pasting_a_whole_number_replaces_a_part_is_typed() {
    let mut field = CidField::default();
    field.paste("092914 273902").unwrap();
    field.paste(" 996432").unwrap();
    assert_eq!(field.digits(), 18);
    field
        .paste("A: 092914 B: 273902 C: 996432 D: 764863\r\nE: 869585 F: 514303 G: 965545 H: 262473")
        .unwrap();
    assert_eq!(field.whole().as_deref(), Some(CID));
    let before = field.clone();
    assert!(field.paste("nothing").is_err());
    assert!(field.paste(&"1".repeat(100_000)).is_err());
    assert_eq!(field, before);
}

#[test]
fn what_stood_behind_box_h_is_not_shed() {
    let wrong = "092914273902996433764863869585514303965545262473442102583639";
    let mut field = CidField::default();
    let mut now = typed(&mut field, wrong, SLOWLY, Duration::ZERO);
    assert!(matches!(field.submit(now), Some(Err(_))));
    // Only the box is corrected, and the rest stays.
    let mut corrected = field.clone();
    now = typed(&mut corrected, "C996432", SLOWLY, now);
    assert!(matches!(corrected.submit(now), Some(Ok(Answer::Tagged(_)))));
    // Retyped, erased, pasted or scanned without it, it is not the number.
    for pace in [SLOWLY, QUICKLY] {
        let mut anew = field.clone();
        let after = typed(&mut anew, &CID.replace(' ', ""), pace, now + SLOWLY);
        assert_eq!(anew.digits(), 48, "a digit after a refusal begins anew");
        assert_eq!(anew.submit(after), Some(Err(NumberError::BehindMissing)));
    }
    let mut pasted = field.clone();
    pasted.paste(CID).unwrap();
    assert_eq!(pasted.submit(now), Some(Err(NumberError::BehindMissing)));
    let mut erased = corrected.clone();
    erased.press(Key::End, now);
    for _ in 0..REST {
        erased.press(Key::Backspace, now);
    }
    assert_eq!(erased.digits(), 48);
    assert_eq!(erased.submit(now), Some(Err(NumberError::BehindMissing)));
    field.clear();
    field.paste(CID).unwrap();
    assert!(matches!(field.submit(now), Some(Ok(Answer::Bare(_)))));
}

#[test]
fn the_printed_forms_of_a_reply_are_taken() {
    let caption = "A 092914   B 273902   C 996432   D 764863\n\
        E 869585   F 514303   G 965545   H 262473\n# 4421025836";
    let mut field = CidField::default();
    field.paste(caption).unwrap();
    assert!(matches!(
        field.submit(Duration::ZERO),
        Some(Ok(Answer::Tagged(_)))
    ));
    // Line by line, and by the keys.
    let mut field = CidField::default();
    for line in caption.lines() {
        field.paste(line).unwrap();
    }
    assert!(matches!(
        field.submit(Duration::ZERO),
        Some(Ok(Answer::Tagged(_)))
    ));
    let mut field = CidField::default();
    let now = typed(
        &mut field,
        &format!("{CID}#4421025836"),
        SLOWLY,
        Duration::ZERO,
    );
    assert!(matches!(field.submit(now), Some(Ok(Answer::Tagged(_)))));
    // Changing a box invalidates what the mark said.
    typed(&mut field, "H262473", SLOWLY, now);
    assert_eq!(field.whole(), None);
    let mut field = CidField::default();
    field.paste("# 4421025836").unwrap();
    field.choose(0);
    typed(&mut field, CID, SLOWLY, now);
    assert_eq!(field.whole(), None);
    // With only the check.
    let mut field = CidField::default();
    let now = typed(&mut field, &format!("{CID} 39"), SLOWLY, Duration::ZERO);
    assert!(matches!(field.submit(now), Some(Ok(Answer::Typed(_)))));
    typed(&mut field, "4", SLOWLY, now);
    assert_eq!(field.whole(), None);
}

#[test]
fn the_end_of_a_misread_number_stays_its_end() {
    let wrong = CID.replace(' ', "").replace("996432", "996433");
    let mut field = CidField::default();
    let now = typed(&mut field, &wrong, QUICKLY, Duration::ZERO);
    assert!(matches!(field.submit(now), Some(Err(_))));
    let now = typed(&mut field, "442102583639", QUICKLY, now + SLOWLY);
    assert_eq!(field.rest(), "442102583639");
    typed(&mut field, "C996432", SLOWLY, now);
    assert!(matches!(
        field.submit(now + SLOWLY),
        Some(Ok(Answer::Tagged(_)))
    ));
}

#[test]
fn what_stood_whole_with_its_end_is_left_behind_box_by_box_too() {
    let mut field = CidField::default();
    let reply = format!("{}442102583639", CID.replace(' ', ""));
    let now = typed(&mut field, &reply, SLOWLY, Duration::ZERO);
    assert_eq!(field.take_replaced(), []);
    typed(&mut field, "E 000000", SLOWLY, now);
    let left = field.take_replaced();
    assert!(left.iter().all(|one| one.digits() == &reply[..48]) && !left.is_empty());
}

#[test]
fn a_short_piece_of_what_a_scanner_sends_is_no_persons_enter() {
    let mut field = CidField::default();
    let mut now = Duration::ZERO;
    for piece in [&CID.replace(' ', "")[..], "36"] {
        now = typed(&mut field, piece, QUICKLY, now) + QUICKLY;
        assert!(field.is_bursting(now), "{piece}");
        field.submit(now);
    }
}

#[test]
fn a_command_line_from_a_scanner_is_the_digits_in_it() {
    let bare = CID.replace(' ', "");
    let id = "8DE7CB65-CDF1-4DE9-8AE8-E3CCE27B9F2C";
    for text in [
        format!("SLMGR /ATP {bare}"),
        format!("slmgr /atp {bare} {id}"),
        CID.replace(' ', "\t"),
    ] {
        let mut field = CidField::default();
        let now = typed(&mut field, &text, QUICKLY, Duration::ZERO);
        let Some(Ok(answer)) = field.submit(now + QUICKLY) else {
            panic!("{text:?}");
        };
        assert!(matches!(answer, Answer::Bare(_)), "{text:?}");
        assert_eq!(field.whole().as_deref(), Some(CID), "{text:?}");
        // The letters of the command and of the GUID touched no box before.
        assert!(field.take_replaced().is_empty(), "{text:?}");
        // A scanner that sends no Enter leaves them for the person's.
        assert!(matches!(
            field.submit(now + SLOWLY),
            Some(Ok(Answer::Bare(_)))
        ));
    }
    let mut field = CidField::default();
    field.paste(&format!("SLMGR /ATP {bare} {id}")).unwrap();
    assert_eq!(field.whole().as_deref(), Some(CID));
    // More than a command is not the number in it.
    let text = format!("SLMGR /ATP {bare} {id} 4421025836");
    let now = typed(&mut field, &text, QUICKLY, Duration::from_secs(9));
    assert_eq!((field.digits(), field.submit(now + QUICKLY)), (0, None));
}
