use super::super::lattice::Lattice;
use super::super::samples::{PUBLISHED, clear};
use super::*;

const KIND: NumberKind = NumberKind::InstallationId63;

/// The published number with another last group: a PC of the same kind.
fn sibling() -> String {
    format!("{}{}", &PUBLISHED[..56], "4129604")
}

/// A reading of a clear picture of a number; `dirt` is spread over its last group.
fn reading(text: &str, dirt: f64) -> Candidate {
    let mut lattice: Lattice = clear(text);
    for frame in 112..126 {
        let shown = usize::from(text.as_bytes()[frame / 2] - b'0');
        for other in (0..10).filter(|&other| other != shown) {
            lattice.mix(frame, shown, other, dirt);
        }
    }
    let decoding = lattice.decode(KIND).unwrap();
    Candidate {
        kind: KIND,
        slips: 0,
        groups: vec![vec![[
            [10.0, 10.0],
            [60.0, 10.0],
            [60.0, 20.0],
            [10.0, 20.0],
        ]]],
        evidence: Evidence { lattice, decoding },
    }
}

fn reader() -> JoinedReader<'static> {
    JoinedReader::new(DigitReader::shared().unwrap())
}

fn digits(numbers: &[PrintedNumber]) -> Vec<&str> {
    numbers.iter().map(|it| it.digits.as_str()).collect()
}

#[test]
fn numbers_of_pcs_of_one_kind_stay_apart() {
    let mut joined = reader();
    for _ in 0..3 {
        joined.take(vec![reading(PUBLISHED, 0.0)]);
    }
    joined.take(vec![reading(&sibling(), 0.0)]);
    assert_eq!(digits(&joined.shown()), [sibling()]);
    assert_eq!(digits(&joined.numbers()), [PUBLISHED, &sibling()]);
}

#[test]
fn a_picture_shows_nothing_that_only_others_say() {
    let mut joined = reader();
    for _ in 0..3 {
        joined.take(vec![reading(PUBLISHED, 0.0)]);
    }
    assert_eq!(digits(&joined.shown()), [PUBLISHED]);
    // The camera has moved on to a sibling, and its last group is hard to read.
    let blurred = reading(&sibling(), 0.3);
    assert!(!blurred.is_certain());
    joined.take(vec![blurred]);
    assert_eq!(digits(&joined.shown()), [""; 0]);
}

#[test]
fn a_picture_without_numbers_shows_none() {
    let mut joined = reader();
    joined.take(vec![reading(PUBLISHED, 0.0)]);
    assert!(joined.saw_something());
    joined.take(Vec::new());
    assert!(!joined.saw_something());
    assert!(joined.shown().is_empty());
    assert_eq!(digits(&joined.numbers()), [PUBLISHED]);
}

#[test]
fn only_so_many_numbers_are_remembered() {
    let mut joined = reader();
    joined.take(vec![reading(PUBLISHED, 0.0)]);
    // Groups that nothing else has three of: each a number of its own.
    for digit in 0..2 * MOST_NUMBERS {
        let group = format!("{digit:06}");
        let sum: usize = group
            .bytes()
            .enumerate()
            .map(|(at, value)| usize::from(value - b'0') * (1 + at % 2))
            .sum();
        let text = format!("{group}{}", sum % 7).repeat(9);
        joined.take(vec![reading(&text, 0.0)]);
    }
    assert!(joined.numbers.len() <= MOST_NUMBERS);
    assert!(!digits(&joined.numbers()).contains(&PUBLISHED));
}
