//! A number typed line by line, or sent by a handheld scanner.
#![no_main]

use hikyaku::activation::{Entry, EntryState};
use hikyaku::wire::{Trust, parse_answer};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut entry = Entry::default();
    for line in text.lines() {
        let before = entry.clone();
        if entry.line(line).is_err() {
            assert_eq!(entry, before);
            continue;
        }
        assert_eq!(entry.boxes().len(), 8);
        if let EntryState::Whole(whole) = entry.state() {
            let _ = parse_answer(&whole, Trust::CheckDigits);
            let _ = parse_answer(&whole, Trust::Override);
        }
    }
});
