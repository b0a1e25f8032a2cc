//! JPEGs, broken or not, at every size that they are decoded in.
#![no_main]

use hikyaku::scan::jpeg::Jpeg;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some(jpeg) = Jpeg::open(bytes) else {
        return;
    };
    let [width, height] = jpeg.size();
    for eighths in 1..=4 {
        if let Some(luma) = jpeg.luma(eighths) {
            assert_eq!(luma.width(), (width * eighths).div_ceil(8));
            assert_eq!(luma.height(), (height * eighths).div_ceil(8));
            // Every block has two codes at least, of a bit each.
            let blocks = u64::from(width / 8) * u64::from(height / 8);
            assert!(blocks <= 4 * bytes.len() as u64);
        }
    }
});
