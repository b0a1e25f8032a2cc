use super::*;
use crate::scan::luma_from_bytes;
use std::fs;

const KEPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/digits/screenshots");

/// The first kept screenshot that is read at once, and its number.
fn screen() -> (Luma, String) {
    let mut files: Vec<_> = fs::read_dir(KEPT)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|it| it != "json"))
        .collect();
    files.sort();
    files
        .iter()
        .find_map(|file| {
            let luma = luma_from_bytes(&fs::read(file).unwrap()).unwrap();
            let numbers = DigitReader::shared().unwrap().read(&luma);
            let digits = numbers.first()?.digits.clone();
            Some((luma, digits))
        })
        .unwrap()
}

#[test]
fn frames_that_come_too_soon_are_passed_over() {
    let (frame, digits) = screen();
    let mut live = LiveDigits::new(1).unwrap();
    let numbers = live.look(&frame, Duration::from_millis(10));
    assert!(numbers.iter().any(|number| number.digits == digits));
    assert!(live.look(&frame, Duration::from_millis(11)).is_empty());
    let numbers = live.look(&frame, Duration::from_mins(10));
    assert!(numbers.iter().any(|number| number.digits == digits));
}

#[test]
fn what_was_seen_long_ago_is_forgotten() {
    let (frame, _) = screen();
    let mut live = LiveDigits::new(1).unwrap();
    live.look(&frame, Duration::ZERO);
    let empty = Luma::new(400, 300, vec![128; 400 * 300]).unwrap();
    live.look(&empty, Duration::from_mins(10));
    assert_eq!(live.joined.numbers(), []);
}
