//! A number typed line by line, or sent by a handheld scanner.
#![no_main]

use hikyaku::activation::{Answer, Dialog, NumberEntry, Input, Trust};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for trust in [Trust::CheckDigits, Trust::Override] {
        let mut entry = NumberEntry::default();
        let mut tagged = false;
        for line in text.lines() {
            let before = entry.clone();
            if entry.line(line).is_err() {
                assert_eq!(entry, before);
                continue;
            }
            assert_eq!(entry.boxes().len(), 8);
            tagged |= entry.behind().len() > 1;
            let answer = entry.clone().decide(trust);
            assert!(!tagged || !matches!(answer, Ok(Answer::Bare(_))));
        }
        let mut dialog = Dialog::new(trust);
        for line in text.lines() {
            dialog.hear(Input::Line(line));
        }
        dialog.hear(Input::End);
    }
});
