use super::super::samples::{PUBLISHED, row};
use super::*;
use NumberKind::{ConfirmationId, InstallationId54, InstallationId63};

/// Kinds and plain readings of the chains of rows at these places.
fn found(rows: &[(&str, f64, f64)]) -> Vec<(NumberKind, String)> {
    let read: Vec<ReadRow> = rows.iter().map(|&(text, x, y)| row(text, x, y)).collect();
    let plain = |chain: &Chain| {
        let digit = |&digit: &u8| char::from(b'0' + digit);
        (chain.kind, chain.plain.iter().map(digit).collect())
    };
    chains(&read).iter().map(plain).collect()
}

/// 48 digits of some number; a chain is made before any check.
fn forty_eight() -> String {
    "153060921534182304557208914463027716".repeat(2)[..48].to_owned()
}

#[test]
fn a_line_is_a_number() {
    let chains = found(&[(PUBLISHED, 20.0, 50.0)]);
    assert_eq!(chains, [(InstallationId63, PUBLISHED.to_owned())]);
}

#[test]
fn lines_that_a_dialog_broke_are_one_number() {
    for at in [61, 40, 32] {
        let lines = [
            (&PUBLISHED[..at], 20.0, 50.0),
            (&PUBLISHED[at..], 20.0, 74.0),
        ];
        let chains = found(&lines);
        assert!(
            chains.contains(&(InstallationId63, PUBLISHED.to_owned())),
            "{at}: {chains:?}"
        );
    }
    // The first line stands behind its label.
    let behind = format!("xxxx xxxxxxxxx {}", &PUBLISHED[..40]);
    let chains = found(&[(&behind, 20.0, 50.0), (&PUBLISHED[40..], 20.0, 74.0)]);
    assert!(chains.contains(&(InstallationId63, PUBLISHED.to_owned())));
}

#[test]
fn lines_in_any_other_place_are_not() {
    let (first, second) = PUBLISHED.split_at(40);
    // Too far below; far to the right; above.
    for (x, y) in [(20.0, 150.0), (500.0, 74.0), (20.0, 26.0)] {
        let chains = found(&[(first, 20.0, 50.0), (second, x, y)]);
        assert!(
            !chains.iter().any(|(_, plain)| plain == PUBLISHED),
            "{x} {y}"
        );
    }
}

#[test]
fn rows_at_uneven_distances_are_not_one_number() {
    let parts = [&PUBLISHED[..21], &PUBLISHED[21..42], &PUBLISHED[42..]];
    let at = |third: f64| {
        found(&[
            (parts[0], 20.0, 50.0),
            (parts[1], 20.0, 74.0),
            (parts[2], 20.0, third),
        ])
    };
    let whole = (InstallationId63, PUBLISHED.to_owned());
    assert!(at(98.0).contains(&whole));
    assert!(!at(125.0).contains(&whole));
}

#[test]
fn no_window_is_slid_over_a_longer_run() {
    let longer = format!("{PUBLISHED}1234567");
    assert_eq!(found(&[(&longer, 20.0, 50.0)]), []);
}

#[test]
fn a_confirmation_id_is_looked_for_in_boxes_only() {
    let digits = forty_eight();
    assert_eq!(found(&[(&digits, 20.0, 50.0)]), []);
    let boxes = |from: usize, to: usize| {
        let groups: Vec<&str> = (from..to).map(|at| &digits[6 * at..6 * at + 6]).collect();
        groups.join("   ")
    };
    let chains = found(&[(&boxes(0, 8), 20.0, 50.0)]);
    assert!(
        chains.contains(&(ConfirmationId, digits.clone())),
        "{chains:?}"
    );
    let chains = found(&[(&boxes(0, 4), 20.0, 50.0), (&boxes(4, 8), 20.0, 100.0)]);
    assert!(
        chains.contains(&(ConfirmationId, digits.clone())),
        "{chains:?}"
    );
}

#[test]
fn boxes_of_six_may_be_a_short_installation_id() {
    let digits = format!("{}987012", forty_eight());
    let groups: Vec<&str> = (0..9).map(|at| &digits[6 * at..6 * at + 6]).collect();
    let chains = found(&[(&groups.join("   "), 20.0, 50.0)]);
    assert!(chains.contains(&(InstallationId54, digits.clone())));
}

#[test]
fn frames_of_a_chain_are_frames_of_its_rows() {
    let read = [
        row(&format!("xx  {}", &PUBLISHED[..40]), 20.0, 50.0),
        row(&PUBLISHED[40..], 20.0, 74.0),
    ];
    let mut chain = chains(&read).remove(0);
    let lattice = chain.lattice(|row| &read[row].lattice);
    let decoding = lattice.decode(chain.kind).unwrap();
    assert_eq!(slips(&chain.plain, &decoding.digits), 0);
    let (row, frame) = chain.place(decoding.frames[0][0]);
    // Behind the two letters of the label.
    assert_eq!((row, frame), (0, read[0].lattice.greedy()[2].1));
    let (row, frame) = chain.place(decoding.frames[40][0]);
    assert_eq!((row, frame), (1, read[1].lattice.greedy()[0].1));
}

#[test]
fn slips_are_counted() {
    assert_eq!(slips(b"12345", b"12345"), 0);
    assert_eq!(slips(b"12345", b"1345"), 1);
    assert_eq!(slips(b"12345", b"112346"), 2);
    assert_eq!(slips(b"", b"123"), 3);
}

#[test]
fn a_line_between_rows_of_boxes_is_one_of_them() {
    let boxes = |digits: &str| {
        let groups: Vec<&str> = (0..3).map(|at| &digits[7 * at..7 * at + 7]).collect();
        groups.join(" ")
    };
    let parts = [&PUBLISHED[..21], &PUBLISHED[21..42], &PUBLISHED[42..]];
    let narrow = parts[1].to_owned();
    for at in 0..3 {
        let shown: Vec<String> = (0..3)
            .map(|row| {
                if row == at {
                    narrow.clone()
                } else {
                    boxes(parts[row])
                }
            })
            .collect();
        let rows: Vec<(&str, f64, f64)> = (0..3)
            .map(|row| (shown[row].as_str(), 20.0, 50.0 + 60.0 * row as f64))
            .collect();
        let whole: String = (0..3)
            .map(|row| {
                if row == at {
                    narrow.as_str()
                } else {
                    parts[row]
                }
            })
            .collect();
        assert!(found(&rows).contains(&(InstallationId63, whole)), "{at}");
    }
    // Elsewhere it is no box.
    let rows = [
        (narrow.as_str(), 20.0, 50.0),
        (narrow.as_str(), 20.0, 110.0),
    ];
    assert_eq!(found(&rows), []);
}

#[test]
fn frames_of_boxes_with_other_text_between_are_frames_of_the_row() {
    let digits = forty_eight();
    let groups: Vec<&str> = (0..8).map(|at| &digits[6 * at..6 * at + 6]).collect();
    let read = [row(&groups.join("  x "), 20.0, 50.0)];
    let mut chain = chains(&read)
        .into_iter()
        .find(|chain| chain.kind == ConfirmationId)
        .unwrap();
    let lattice = chain.lattice(|row| &read[row].lattice);
    // No other text is left in it.
    assert!(lattice.greedy().iter().all(|&(class, _)| class < 10));
    let all = read[0].lattice.greedy();
    let own = lattice.greedy();
    let of_row: Vec<(usize, usize)> = all.into_iter().filter(|&(class, _)| class < 10).collect();
    assert_eq!(own.len(), 48);
    for (own, of_row) in own.iter().zip(of_row) {
        assert_eq!(chain.place(own.1), (0, of_row.1));
    }
}
