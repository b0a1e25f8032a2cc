//! Properties that hold for every text, not only for those in the fixtures.

use super::*;
use crate::activation::check_digit;
use proptest::prelude::*;

const PUBLISHED: [&str; 4] = [
    "0332550 9038505 3904665 8241863 4275673 7844895 1813845 4639435 4129604",
    "4891263 4325701 2289105 5465220 8520533 2958764 1588510 1112713 9061121",
    "1898445 3960605 9265855 4518032 6144064 3485915 0183216 0527686 2695924",
    "020650 770493 837252 929082 195773 527024 195725 809211 989214",
];
const CID: &str = "092914 273902 996432 764863 869585 514303 965545 262473";

fn found(text: &str) -> Vec<String> {
    find_numbers(text)
        .installation_ids
        .iter()
        .map(|found| found.iid.digits().to_owned())
        .collect()
}

fn bare(text: &str) -> String {
    text.replace(' ', "")
}

fn installation_id() -> impl Strategy<Value = InstallationId> {
    let groups = |length: usize| {
        let pattern = format!("[0-9]{{{length}}}");
        prop::collection::vec(
            proptest::string::string_regex(&pattern).expect("a pattern"),
            9,
        )
    };
    prop_oneof![groups(6), groups(5)]
        .prop_filter_map("nine groups", |groups| {
            InstallationId::from_payload(&groups)
        })
        .prop_filter("a row of zeros is no number", |iid| {
            iid.digits().bytes().any(|digit| digit != b'0')
        })
}

/// Text without digits; letters of several scripts, punctuation, line ends.
const SURROUNDINGS: &str = "[A-Za-zäöüßあ-んア-ヴ漢字:=.,()/\\\\#\\-　 \n\r\t]{0,60}";

/// Found by a property below: a number that nearly begins with zeros, one
/// character per line.
#[test]
fn a_number_wrapped_at_every_character_is_found() {
    let iid = InstallationId::parse(&format!("{}12", "0".repeat(61))).unwrap();
    let text = wrapped(&format!(": {}", iid.groups().join(" ")), 2, "\n");
    assert_eq!(found(&text), [iid.digits()], "{text}");
}

/// The text in lines of this many characters.
fn wrapped(text: &str, column: usize, end: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let lines: Vec<String> = characters
        .chunks(column)
        .map(|line| line.iter().collect())
        .collect();
    lines.join(end)
}

proptest! {
    #[test]
    fn any_bytes_are_read_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&bytes);
    }

    #[test]
    fn any_text_is_read_without_panic(text in "[0-9０-９ \n\r:=>|\\-　名前Name{}a-fA-F]{0,400}") {
        let findings = find_numbers(&text);
        let digits: String = text
            .chars()
            .filter_map(|character| match character {
                '０'..='９' => char::from_digit(character as u32 - '０' as u32, 10),
                other => other.is_ascii_digit().then_some(other),
            })
            .collect();
        for found in findings.installation_ids {
            prop_assert!(digits.contains(found.iid.digits()), "every digit comes from the text");
        }
    }

    #[test]
    fn a_number_in_any_surroundings_is_found(
        iid in installation_id(),
        before in SURROUNDINGS,
        after in SURROUNDINGS,
    ) {
        let text = format!("{before}{iid}{after}");
        prop_assert_eq!(found(&text), [iid.digits()]);
        let grouped = format!("{before}{}{after}", iid.groups().join("-"));
        prop_assert_eq!(found(&grouped), [iid.digits()]);
    }

    #[test]
    fn a_number_wrapped_at_any_column_is_found(
        iid in installation_id(),
        column in 1_usize..90,
        label in "[A-Za-zあ-ん ]{0,30}: ",
        grouped: bool,
        indentation in " {0,8}",
        end in prop_oneof![Just("\n"), Just("\r\n"), Just("   \r\n"), Just("\r\r\n")],
    ) {
        let number = if grouped { iid.groups().join(" ") } else { iid.to_string() };
        // A blank alone on its line ends a number.
        let column = column.max(1 + usize::from(grouped));
        let text = wrapped(&format!("{label}{number}"), column, &format!("{end}{indentation}"));
        prop_assert_eq!(found(&text), [iid.digits()], "{}", text);
    }

    #[test]
    fn one_wrong_digit_is_reported_and_never_corrected(
        iid in installation_id(),
        position in 0_usize..54,
        shift in 1_u8..7,
        before in "[A-Za-z: ]{0,20}",
    ) {
        let mut digits = iid.digits().as_bytes().to_vec();
        // Any other digit, except the one seven away, which no check digit
        // detects.
        digits[position] = b'0' + (digits[position] - b'0' + shift) % 10;
        let seven_away = digits[position].abs_diff(iid.digits().as_bytes()[position]) == 7;
        prop_assume!(!seven_away);
        let digits = String::from_utf8(digits).expect("digits");
        let findings = find_numbers(&format!("{before}\n{digits}\nX"));
        prop_assert!(findings.installation_ids.is_empty());
        prop_assert_eq!(findings.damaged.len(), 1);
        prop_assert_eq!(findings.damaged[0].line, 2);
        let label = (position / (digits.len() / 9) + 1).to_string();
        prop_assert_eq!(&findings.damaged[0].error.faults()[0].label, &label);
    }

    #[test]
    fn numbers_below_each_other_are_kept_apart(
        iids in prop::collection::vec(installation_id(), 2..5),
        grouped: bool,
        separator in prop_oneof![Just("\n"), Just("\r\n"), Just("\n\n"), Just("\nID: ")],
    ) {
        let mut expected: Vec<&str> = Vec::new();
        let mut text = String::new();
        for iid in &iids {
            if !expected.contains(&iid.digits()) {
                expected.push(iid.digits());
            }
            let number = if grouped { iid.groups().join(" ") } else { iid.to_string() };
            text.push_str(&number);
            text.push_str(separator);
        }
        prop_assert_eq!(found(&text), expected);
    }
}

#[test]
fn other_digits_of_the_output_never_join_a_number() {
    let iid = PUBLISHED[1];
    for around in [
        "03612-03311-000-000001-02-1041-19045.0000-2812022\n{}\n2026-01-15 10:12:13",
        "4de7cb65-cdf1-4de9-8ae8-e3cce27b9f20\n{}",
        "2026-01-15 {} 43200",
        "12 {}",
        "1234567\n{}\n7654321\n0000000",
        "1: {}\n2: 1111116",
    ] {
        for number in [bare(iid), iid.to_owned(), iid.replace(' ', "-")] {
            let text = around.replace("{}", &number);
            let findings = find_numbers(&text);
            assert_eq!(found(&text), [bare(iid)], "{text}");
            assert_eq!(findings.damaged, [], "{text}");
        }
    }
}

#[test]
fn two_readings_are_none() {
    let neighbour = "1234565";
    assert_eq!(
        check_digit(b"123456"),
        b'5',
        "a valid group, like those of the number"
    );
    let iid = PUBLISHED[1];
    let findings = find_numbers(&format!("{neighbour} {iid}\n"));
    assert_eq!(findings.installation_ids, []);
    assert_eq!(
        findings.damaged,
        [DamagedNumber {
            line: 1,
            error: NumberError::WrongLength {
                kind: crate::activation::NumberKind::InstallationId63,
                expected: 63,
                found: 70,
                suspects: Vec::new()
            }
        }]
    );
    // A line of its own shows where it begins.
    assert_eq!(found(&format!("{neighbour}\n{iid}\n")), [bare(iid)]);
}

#[test]
fn numbers_of_different_kinds_stand_beside_each_other() {
    let text = [PUBLISHED[3], CID, PUBLISHED[0]].join("\n");
    let findings = find_numbers(&text);
    assert_eq!(found(&text), [bare(PUBLISHED[3]), bare(PUBLISHED[0])]);
    assert_eq!(findings.confirmation_ids[0].cid.digits(), bare(CID));
    assert_eq!(findings.confirmation_ids[0].line, 2);
    assert_eq!(findings.damaged, []);
}

#[test]
fn part_of_a_damaged_installation_id_is_no_confirmation_id() {
    for (good, bad, label) in [("989214", "989215", "9"), ("020650", "020651", "1")] {
        let damaged = PUBLISHED[3].replace(good, bad);
        for text in [
            damaged.clone(),
            damaged.replace(" 989", "\n989").replace("0650 ", "0650\n"),
            damaged.replace(' ', "\n"),
        ] {
            let findings = find_numbers(&text);
            assert_eq!(findings.confirmation_ids, [], "{text}");
            assert_eq!(findings.damaged[0].error.faults()[0].label, label, "{text}");
        }
    }
    let longer = format!("{} 123456\n", PUBLISHED[3]);
    let findings = find_numbers(&longer);
    assert_eq!(findings.installation_ids, []);
    assert_eq!(findings.damaged.len(), 1);
}

/// Groups with a label before each, as a screen or a sheet shows them.
fn labelled(number: &str, labels: &str, after_label: &str, columns: usize) -> String {
    let cells: Vec<String> = labels
        .chars()
        .zip(number.split(' '))
        .map(|(label, group)| format!("{label}{after_label}{group}"))
        .collect();
    let lines: Vec<String> = cells.chunks(columns).map(|row| row.join("   ")).collect();
    lines.join("\r\n")
}

#[test]
fn labelled_groups_are_read_back() {
    for number in PUBLISHED {
        for columns in [1, 2, 3, 9] {
            let text = labelled(number, "123456789", " ", columns);
            assert_eq!(found(&text), [bare(number)], "{text}");
            let two = format!("12\n{text}\n{text}\n34");
            assert_eq!(found(&two), [bare(number)], "{two}");
            let broken = text.replace(number.split(' ').nth(4).unwrap(), "9999999");
            assert_eq!(found(&broken), [""; 0], "{broken}");
        }
    }
    for columns in [1, 4, 8] {
        for after_label in [" ", ": ", ":", "： "] {
            let text = labelled(CID, "ABCDEFGH", after_label, columns);
            let findings = find_numbers(&text);
            assert_eq!(findings.confirmation_ids.len(), 1, "{text}");
            assert_eq!(findings.confirmation_ids[0].cid.digits(), bare(CID));
        }
    }
}

#[test]
fn a_reply_is_named_as_such_and_not_taken_for_a_broken_number() {
    let reply = "092914273902996432764863869585514303965545262473442102583639";
    for text in [
        reply.to_owned(),
        format!("{}\n{}", &reply[..31], &reply[31..]),
        format!("reply: {}\r\n{}\r\n", &reply[..48], &reply[48..]),
        format!("{}\n# {}", &reply[..48], &reply[48..58]),
    ] {
        let findings = find_numbers(&text);
        let tags: Vec<_> = findings.replies.iter().map(|it| it.answer.tag()).collect();
        assert_eq!(
            tags,
            [crate::activation::Tag::parse("4421025836")],
            "{text}"
        );
        assert!(findings.confirmation_ids.is_empty() && findings.damaged.is_empty());
    }
    // Once damaged, it is neither a reply nor the Confirmation ID in it.
    for text in [
        format!("{}74", &reply[..58]),
        reply[..59].to_owned(),
        format!("{} {}", &reply[..48], &reply[48..57]),
        format!("{}\n{}\n", &reply[..48], &reply[48..55]),
        format!("{}\n# 12", &reply[..47]),
    ] {
        let findings = find_numbers(&text);
        assert_eq!(findings.damaged.len(), 1, "{text}");
        assert!(findings.replies.is_empty() && findings.confirmation_ids.is_empty());
    }
}

#[test]
fn a_mark_is_seen_however_it_stands() {
    let cid = bare(CID);
    for behind in [
        "#4421025836",
        "＃4421025836",
        "照合442102583639",
        "  check:  39",
        " ✓  # 4421025836",
        "\ncheck:  39",
        "\n照合            39",
        "\n  Check:   442102583639",
    ] {
        let findings = find_numbers(&format!("{cid}{behind}\n"));
        assert_eq!(findings.replies.len(), 1, "{behind}");
        assert_eq!(findings.confirmation_ids, [], "{behind}");
        assert_eq!(findings.damaged, [], "{behind}");
    }
}

#[test]
fn what_is_not_a_number_is_not_called_damaged() {
    for text in [
        "08012345678\n08012345679\n08012345670\n08012345671\n08012345672\n",
        "20260115 20260116 20260117 20260118 20260119 20260120 20260121",
        "00000000 00000000 00000000 00000000 00000000 00000000 00000000",
        &"0".repeat(63),
        &"1".repeat(200),
        "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32",
    ] {
        assert_eq!(find_numbers(text), Findings::default(), "{text}");
    }
}

#[test]
fn context_is_that_of_the_same_product() {
    let iids = PUBLISHED.map(bare);
    let text = format!(
        "Name: Windows(R), A edition\nActivation ID: {{F520E45E-7413-4A34-A497-D2765967D094}}\n\
         Installation ID: {}\nPartial Product Key: AB2CD\n\
         Name: Windows(R), B edition\nInstallation ID: {}\n\
         Name : C\nInstallation ID : {}\nPartial Product Key : FATAL\nCount: 12345\n",
        iids[0], iids[1], iids[2]
    );
    let findings = find_numbers(&text).installation_ids;
    let told: Vec<_> = findings
        .iter()
        .map(|found| {
            (
                found.name.as_ref().map_or("", Label::as_str),
                found.activation_id.is_some(),
                found.key_tail.as_ref().map_or("", KeyTail::as_str),
                found.line,
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("Windows(R), A edition", true, "AB2CD", 3),
            ("Windows(R), B edition", false, "", 6),
            ("C", false, "", 8),
        ]
    );
}

#[test]
fn a_person_s_own_labels_are_not_product_names() {
    let text = format!("PC12: IID: {}", bare(PUBLISHED[0]));
    assert_eq!(find_numbers(&text).installation_ids[0].name, None);
}

#[test]
fn hostile_names_are_made_printable() {
    let text = format!("Name: Win\u{1b}[31mdows\u{202e}\n{}", PUBLISHED[0]);
    let name = find_numbers(&text).installation_ids[0].name.clone();
    assert_eq!(name.unwrap().as_str(), "Win[31mdows");
}

/// Intact numbers in files that are not clean text: two encodings in one,
/// UTF-16 that lost a byte, NULs, garbled labels. Without a number such files
/// are not text.
#[test]
fn sound_numbers_are_taken_whatever_stands_around_them() {
    let dti = |label: &str| format!("{label}: {}\r\n", bare(PUBLISHED[0]));
    let utf16 = |text: &str| {
        text.encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect::<Vec<u8>>()
    };
    let garbled = |bare: &[u8]| -> Vec<(&'static str, Vec<u8>)> {
        let text = String::from_utf8(bare.to_vec()).unwrap();
        vec![
            ("NULs at the end", [bare, &[0; 64]].concat()),
            (
                "NULs around",
                [&[0, 0, 0, 1, 2][..], bare, &[0, 7, 27, 0, 0]].concat(),
            ),
            (
                "UTF-16 behind other text",
                [b"C:\\>slmgr /dti\r\n", &utf16(&text)[..]].concat(),
            ),
            (
                "UTF-16 that lost a byte",
                utf16(&format!("ID: {text}"))[1..].to_vec(),
            ),
            (
                "UTF-16 with its mark that lost a byte",
                [&[0xff, 0xfe], &utf16(&format!("ID: {text}"))[1..]].concat(),
            ),
            (
                "mojibake",
                [
                    &[0x83, 0x81, 0xff, 0xfd, 0x98, 0x1c, 0x90, 0x8d][..],
                    bare,
                    &[0xff; 40],
                ]
                .concat(),
            ),
            (
                "replacement characters",
                ["\u{fffd}".repeat(80).as_bytes(), b"\n", bare].concat(),
            ),
            (
                "escapes",
                ["\u{1b}[0m\u{8}".repeat(30).as_bytes(), b"\n", bare].concat(),
            ),
        ]
    };
    for (what, bytes) in garbled(dti("Installation ID").as_bytes()) {
        let found = read(&bytes).unwrap_or_else(|error| panic!("{what}: {error}"));
        let digits: Vec<_> = found
            .installation_ids
            .iter()
            .map(|one| one.iid.digits())
            .collect();
        assert_eq!(digits, [bare(PUBLISHED[0])], "{what}");
    }
    for (what, bytes) in garbled(b"no number: 4891263 257012\r\n") {
        let refused = read(&bytes);
        assert!(
            matches!(
                refused,
                Err(PastedError::Binary | PastedError::NothingFound)
            ),
            "{what}: {refused:?}"
        );
    }
    // A number with wrong check digits is not a number, least of all here.
    let damaged = dti("ID").replacen("0332550", "0332551", 1);
    assert_eq!(
        read(&[damaged.as_bytes(), &[0; 9]].concat()),
        Err(PastedError::Binary)
    );
    // Two numbers separated by more than one NUL do not become one.
    let (head, tail) = PUBLISHED[0].split_at(30);
    let torn = [head.as_bytes(), &[0; 5], tail.as_bytes()].concat();
    assert_eq!(read(&torn), Err(PastedError::Binary));
}

#[test]
fn the_largest_texts_are_read_in_no_time() {
    let group = "4891263 ";
    for piece in [
        "0 ",
        "1\n",
        "123456 ",
        "0000000\n",
        group,
        "1111116\n",
        "12345678 ",
        "Name: 1\n",
        "1 123456 ",
        "1 123456 2 123456 ",
        "1 A ",
        &format!("{}{}", bare(PUBLISHED[3]), "\n".repeat(60)),
        &format!("{}\n", "1".repeat(63)),
        &format!("{}9\n", "0".repeat(62)),
        &format!("{}\n", bare(PUBLISHED[0])),
    ] {
        let text = piece.repeat(MAX_BYTES / piece.len());
        let begin = std::time::Instant::now();
        let _ = read(text.as_bytes());
        let time = begin.elapsed();
        eprintln!("{:?}: {time:?}", &piece[..piece.len().min(10)]);
        assert!(time.as_secs() < 20, "{piece:?} took {time:?}");
    }
}
