//! Printed numbers in whatever claims to be a picture file.
#![no_main]

use hikyaku::scan::digits::{DigitReader, JoinedReader};
use hikyaku::scan::luma_from_bytes;
use hikyaku::wire::parse_number;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(luma) = luma_from_bytes(bytes) else {
        return;
    };
    // Larger pictures take their time, and show nothing that these do not.
    if luma.long_side() > 1500 {
        return;
    }
    let reader = DigitReader::shared().unwrap();
    let mut joined = JoinedReader::new(reader);
    let numbers = [
        reader.read(&luma),
        joined.add(&luma),
        joined.add(&luma),
        joined.numbers(),
    ];
    for number in numbers.iter().flatten() {
        assert!(parse_number(&number.digits).is_ok());
        assert_eq!(number.digits.len(), number.kind.digits());
        assert_eq!(number.groups.len(), number.kind.groups());
        assert!((0.0..=1.0).contains(&number.certainty));
    }
});
