//! Reading a frame of 1280 × 720 pixels, with and without a symbol in it: the
//! cascade beside plain rxing and plain rqrr.

use divan::{Bencher, black_box};
use hikyaku::scan::{Cascade, LiveReader, Luma};
use qrcode::{Color, EcLevel, QrCode};
use rqrr::PreparedImage;
use rxing::common::HybridBinarizer;
use rxing::{BarcodeFormat, BinaryBitmap, DecodeHints, Luma8Source, MultiFormatReader};
use std::time::Duration;

const TEXT: &str = "092914273902996432764863869585514303965545262473442102583639";

fn main() {
    divan::main();
}

/// A lit wall with some noise and some furniture; with a symbol of five pixels
/// per module on it, slightly blurred, if `symbol` is set.
fn frame(symbol: bool) -> Luma {
    let code = QrCode::with_error_correction_level(TEXT, EcLevel::M).expect("a short text");
    let modules = code.width() as u32;
    let mut noise = 1_u32;
    let picture = Luma::from_fn(1280, 720, |x, y| {
        noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let grain = (noise >> 28) as u8;
        let (u, v) = (x.wrapping_sub(560) / 5, y.wrapping_sub(280) / 5);
        if symbol && u < modules + 8 && v < modules + 8 {
            let (u, v) = (u.wrapping_sub(4), v.wrapping_sub(4));
            let dark = u < modules && v < modules && code[(u as usize, v as usize)] == Color::Dark;
            return if dark { 20 + grain } else { 230 + grain };
        }
        let furniture = (x / 90 + y / 130) % 5 == 0;
        let wall = 90 + (x / 16) as u8;
        if furniture { 40 + grain } else { wall + grain }
    });
    picture.blurred(0.8)
}

#[divan::bench(args = [true, false])]
fn cascade(bencher: Bencher, symbol: bool) {
    let (cascade, frame) = (Cascade::still(), frame(symbol));
    let read = cascade.read(&frame, &|text| text == TEXT);
    assert_eq!(read.sightings.len(), usize::from(symbol));
    bencher.bench(|| cascade.read(black_box(&frame), &|text| text == TEXT));
}

/// One frame after the other. On a miss, that takes what the budget allows.
#[divan::bench(args = [true, false])]
fn live_frame(bencher: Bencher, symbol: bool) {
    let frame = frame(symbol);
    let mut reader = LiveReader::default();
    let mut at = Duration::ZERO;
    bencher
        .with_inputs(|| frame.clone())
        .bench_local_values(|frame| {
            at += Duration::from_millis(50);
            reader.look(frame, at, &|text| text == TEXT)
        });
}

#[divan::bench(args = [true, false])]
fn plain_rxing(bencher: Bencher, symbol: bool) {
    let frame = frame(symbol);
    let hints = DecodeHints {
        TryHarder: Some(true),
        PossibleFormats: Some([BarcodeFormat::QR_CODE].into()),
        ..DecodeHints::default()
    };
    bencher.bench(|| {
        let pixels = black_box(&frame).pixels();
        let source = Luma8Source::new_with_slice(pixels, frame.width(), frame.height());
        let mut bitmap = BinaryBitmap::new(HybridBinarizer::new(source.expect("sizes agree")));
        rxing::Reader::decode_with_hints(&mut MultiFormatReader::default(), &mut bitmap, &hints)
            .is_ok()
    });
}

#[divan::bench(args = [true, false])]
fn plain_rqrr(bencher: Bencher, symbol: bool) {
    let frame = frame(symbol);
    let width = frame.width() as usize;
    bencher.bench(|| {
        let pixels = black_box(&frame).pixels();
        let mut prepared =
            PreparedImage::prepare_from_greyscale(width, frame.height() as usize, |x, y| {
                pixels[y * width + x]
            });
        prepared
            .detect_grids()
            .iter()
            .filter(|grid| grid.decode().is_ok())
            .count()
    });
}
