use super::super::samples::{PUBLISHED, clear};
use super::*;

const KIND: NumberKind = NumberKind::InstallationId63;

fn evidence(lattice: Lattice) -> Evidence {
    let decoding = lattice.decode(KIND).unwrap();
    Evidence { lattice, decoding }
}

fn text(digits: &[u8]) -> String {
    digits
        .iter()
        .map(|digit| char::from(b'0' + digit))
        .collect()
}

/// A picture in which the fifth digit, a 2, looks like a 9 by this share.
fn doubtful(share: f64) -> Evidence {
    let mut lattice = clear(PUBLISHED);
    lattice.mix(8, 2, 9, share);
    evidence(lattice)
}

#[test]
fn what_one_picture_leaves_open_another_one_decides() {
    let (open, clear) = (doubtful(1.5), evidence(clear(PUBLISHED)));
    assert_ne!(text(&open.decoding.digits), PUBLISHED);
    for pictures in [[&open, &clear], [&clear, &open]] {
        let joined = joined(KIND, &pictures).unwrap();
        assert_eq!(text(&joined.digits), PUBLISHED);
        assert!(joined.margin > 5.0, "{}", joined.margin);
    }
    let alone = joined(KIND, &[&open]).unwrap();
    assert!(alone.margin < 1.0);
    assert_eq!(alone.doubtful, [4]);
}

#[test]
fn pictures_that_say_the_same_add_up() {
    let one = joined(KIND, &[&doubtful(0.1)]).unwrap();
    let two = joined(KIND, &[&doubtful(0.1), &doubtful(0.1)]).unwrap();
    assert!((two.margin - 2.0 * one.margin).abs() < 0.1);
}

#[test]
fn one_ruined_picture_does_not_rule_a_number_out() {
    // The same place shows something else altogether.
    let other = format!("{}2{}", &PUBLISHED[..56], &PUBLISHED[57..]);
    let good = evidence(clear(PUBLISHED));
    let ruined = evidence(clear(&other));
    let joined = joined(KIND, &[&good, &good, &ruined]).unwrap();
    assert_eq!(text(&joined.digits), PUBLISHED);
}

#[test]
fn no_picture_says_nothing() {
    assert_eq!(joined(KIND, &[]), None);
}
