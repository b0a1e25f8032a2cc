//! Whatever claims to be a picture file.
#![no_main]

use hikyaku::scan::luma_from_bytes;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(luma) = luma_from_bytes(bytes) {
        assert_eq!(
            luma.pixels().len(),
            luma.width() as usize * luma.height() as usize
        );
    }
});
