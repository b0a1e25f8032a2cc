use super::super::samples::{PUBLISHED, clear};
use super::*;

/// A candidate as wide as its groups from the left, 20 pixels high at `y`.
fn candidate(digits: &str, kind: NumberKind, y: f32) -> Candidate {
    let lattice = clear(digits);
    let decoding = lattice.decode(kind).unwrap();
    let groups = (0..kind.digits() / kind.group_digits()).map(|at| {
        let x = 60.0 * at as f32;
        vec![[[x, y], [x + 50.0, y], [x + 50.0, y + 20.0], [x, y + 20.0]]]
    });
    Candidate {
        kind,
        slips: 0,
        groups: groups.collect(),
        evidence: Evidence { lattice, decoding },
    }
}

const KIND: NumberKind = NumberKind::InstallationId63;

/// The published number with a 2 for the 9 that its last group begins with: it checks as well.
fn another() -> String {
    format!("{}2{}", &PUBLISHED[..56], &PUBLISHED[57..])
}

fn digits(numbers: &[PrintedNumber]) -> Vec<&str> {
    numbers
        .iter()
        .map(|number| number.digits.as_str())
        .collect()
}

#[test]
fn a_certain_number_is_accepted_once() {
    let twice = vec![
        candidate(PUBLISHED, KIND, 10.0),
        candidate(PUBLISHED, KIND, 12.0),
    ];
    let numbers = accepted(twice);
    assert_eq!(digits(&numbers), [PUBLISHED]);
    assert_eq!(numbers[0].groups.len(), 9);
    assert_eq!(
        numbers[0].corners(),
        [[0.0, 10.0], [530.0, 10.0], [530.0, 30.0], [0.0, 30.0]]
    );
    assert!(numbers[0].certainty > 0.99);
}

#[test]
fn two_readings_of_one_place_that_differ_cancel_each_other() {
    let other = another();
    let both = vec![
        candidate(PUBLISHED, KIND, 10.0),
        candidate(&other, KIND, 12.0),
    ];
    assert_eq!(accepted(both), []);
    // The one that a plain reading agrees with is better.
    let mut slipped = candidate(&other, KIND, 12.0);
    slipped.slips = 1;
    let both = vec![slipped, candidate(PUBLISHED, KIND, 10.0)];
    assert_eq!(digits(&accepted(both)), [PUBLISHED]);
    // Elsewhere it is another number.
    let apart = vec![
        candidate(PUBLISHED, KIND, 10.0),
        candidate(&other, KIND, 60.0),
    ];
    assert_eq!(accepted(apart).len(), 2);
}

#[test]
fn what_is_uncertain_in_any_way_is_not_accepted() {
    let alter: [fn(&mut Candidate); 5] = [
        |c| c.slips = MOST_SLIPS + 1,
        |c| c.evidence.decoding.certainty = LEAST_CERTAINTY - 0.01,
        |c| {
            c.slips = 1;
            c.evidence.decoding.certainty = LEAST_CERTAINTY_MENDED - 0.005;
        },
        |c| c.evidence.decoding.valid_share = LEAST_VALID_SHARE - 0.1,
        |c| c.evidence.decoding.detour = LONGEST_DETOUR + 0.1,
    ];
    for alter in alter {
        let mut candidate = candidate(PUBLISHED, KIND, 10.0);
        alter(&mut candidate);
        assert_eq!(accepted(vec![candidate]), []);
    }
}

#[test]
fn digits_that_another_one_nearly_is_are_doubtful() {
    let mut text = candidate(PUBLISHED, KIND, 10.0);
    // The fifth digit, a 2, looks like a 9 as well, which checks as well.
    text.evidence.lattice.mix(8, 2, 9, 0.2);
    text.evidence.decoding = text.evidence.lattice.decode(KIND).unwrap();
    let joined = joined(KIND, &[&text.evidence]).unwrap();
    assert_eq!(joined.doubtful, [4]);
}
