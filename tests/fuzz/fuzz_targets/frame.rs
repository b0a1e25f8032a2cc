//! Whatever a camera sends: any size, any pixels, several frames in a row.
#![no_main]

use hikyaku::scan::{LiveReader, Luma};
use libfuzzer_sys::fuzz_target;
use std::time::Duration;

fuzz_target!(|bytes: &[u8]| {
    let [width, height, seed, pixels @ ..] = bytes else {
        return;
    };
    let (width, height) = (u32::from(*width) * 3, u32::from(*height) * 2);
    let mut reader = LiveReader::new(Duration::from_millis(5));
    for frame in 0..3_u32 {
        // What the input lacks is repeated, shifted a little from frame to frame.
        let luma = Luma::from_fn(width, height, |x, y| {
            let index = (y * width.max(1) + x + frame * u32::from(*seed)) as usize;
            pixels
                .get(index % pixels.len().max(1))
                .copied()
                .unwrap_or(*seed)
        });
        let (wide, high) = (luma.width() as f32, luma.height() as f32);
        let glimpse = reader.look(luma, Duration::from_millis(50 * u64::from(frame)), &|_| {
            true
        });
        for sighting in &glimpse.read {
            assert!(!sighting.text.is_empty());
            for [x, y] in sighting.corners {
                assert!(x.is_finite() && y.is_finite());
                assert!(x.abs() < 8.0 * wide && y.abs() < 8.0 * high);
            }
        }
        assert!(glimpse.read.is_empty() || glimpse.hint.is_none());
    }
});
