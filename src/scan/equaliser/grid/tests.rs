use proptest::prelude::*;
use qrcode::bits::Bits;
use qrcode::canvas::{Canvas, MaskPattern};
use qrcode::ec::construct_codewords;
use qrcode::{Color, EcLevel, QrCode, Version};

use super::super::function_patterns::{LARGEST_VERSION, function_patterns};
use super::*;

const THOROUGH: Effort = Effort::Thorough(SoftDecoder {
    damping: 0.25,
    llr_scale: 6.0,
});

const LEVELS: [EcLevel; 4] = [EcLevel::L, EcLevel::M, EcLevel::Q, EcLevel::H];

fn soft(code: &QrCode) -> Vec<f32> {
    let tone = |colour| if colour == Color::Dark { -1.0 } else { 1.0 };
    code.to_colors().into_iter().map(tone).collect()
}

fn code(text: &str, version: u8, level: EcLevel) -> QrCode {
    QrCode::with_version(text, Version::Normal(i16::from(version)), level).unwrap()
}

/// Small repeatable noise, so that failures can be looked at again.
struct Noise(u64);

impl Noise {
    fn next(&mut self) -> f32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 40) as f32 / (1_u64 << 23) as f32 - 1.0
    }
}

/// A text that nearly fills the symbol, so that all blocks matter.
fn filling(version: u8, level: EcLevel) -> String {
    let size = Version::Normal(i16::from(version));
    let bits = Bits::new(size).max_len(level).unwrap() - 4 - 12;
    (0..bits / 10 * 3)
        .map(|i| char::from(b'0' + (i * 7 % 10) as u8))
        .collect()
}

#[test]
fn every_version_and_level_is_read_as_drawn() {
    for version in 1..=LARGEST_VERSION {
        for level in LEVELS {
            let text = filling(version, level);
            let drawn = soft(&code(&text, version, level));
            let read = read(function_patterns(version).unwrap(), &drawn, Effort::Quick).unwrap();
            assert_eq!(read.content.text(), Some(&*text), "{version} {level:?}");
            assert_eq!(read.modules, drawn, "{version} {level:?}");
        }
    }
}

#[test]
fn all_eight_masks_are_read() {
    let masks = [
        MaskPattern::Checkerboard,
        MaskPattern::HorizontalLines,
        MaskPattern::VerticalLines,
        MaskPattern::DiagonalLines,
        MaskPattern::LargeCheckerboard,
        MaskPattern::Fields,
        MaskPattern::Diamonds,
        MaskPattern::Meadow,
    ];
    let version = Version::Normal(3);
    let mut bits = Bits::new(version);
    bits.push_byte_data(b"hikyaku").unwrap();
    bits.push_terminator(EcLevel::Q).unwrap();
    let (data, parity) = construct_codewords(&bits.into_bytes(), version, EcLevel::Q).unwrap();
    for (number, mask) in masks.into_iter().enumerate() {
        let mut canvas = Canvas::new(version, EcLevel::Q);
        canvas.draw_all_functional_patterns();
        canvas.draw_data(&data, &parity);
        canvas.apply_mask(mask);
        let tone = |colour| if colour == Color::Dark { -1.0 } else { 1.0 };
        let drawn: Vec<f32> = canvas.into_colors().into_iter().map(tone).collect();
        let patterns = function_patterns(3).unwrap();
        assert_eq!(usize::from(formats(patterns, &drawn)[0].1 & 7), number);
        assert_eq!(
            read(patterns, &drawn, Effort::Quick)
                .unwrap()
                .content
                .text(),
            Some("hikyaku")
        );
    }
}

#[test]
fn all_modes_are_read() {
    for version in [4_u8, 10] {
        for text in [
            "0",
            "12345",
            "HELLO WORLD $%*+-./:",
            "hikyaku",
            "飛脚 — 012",
        ] {
            let mut bits = Bits::new(Version::Normal(i16::from(version)));
            if text.is_ascii() {
                bits.push_optimal_data(text.as_bytes()).unwrap();
            } else {
                // The crate would take some pairs of bytes for kanji.
                bits.push_byte_data(text.as_bytes()).unwrap();
                bits.push_numeric_data(b"0123").unwrap();
            }
            bits.push_terminator(EcLevel::M).unwrap();
            let drawn = soft(&QrCode::with_bits(bits, EcLevel::M).unwrap());
            let text = if text.is_ascii() {
                text
            } else {
                "飛脚 — 0120123"
            };
            let read = read(function_patterns(version).unwrap(), &drawn, Effort::Quick).unwrap();
            assert_eq!(read.content.text(), Some(text));
        }
    }
}

#[test]
fn mirrored_symbols_are_read_and_said_to_be_mirrored() {
    let drawn = soft(&code("0123456789", 3, EcLevel::Q));
    let patterns = function_patterns(3).unwrap();
    let turned = transposed(&drawn, patterns.side);
    let read = read(patterns, &turned, Effort::Quick).unwrap();
    assert_eq!(read.content.text(), Some("0123456789"));
    assert!(read.mirrored);
    assert_eq!(read.modules, turned);
}

/// A third of the symbol washed out, as by glare: those modules say little, and
/// erasures reach where errors alone do not.
#[test]
fn washed_out_modules_are_made_up_for() {
    let patterns = function_patterns(2).unwrap();
    let text = "092914273902996432764863869585514303965545262473442102583639";
    let mut drawn = soft(&code(text, 2, EcLevel::M));
    let mut noise = Noise(7);
    for (index, module) in drawn.iter_mut().enumerate() {
        if index / 25 > 15 && index % 25 > 15 {
            *module = 0.2 * noise.next();
        }
    }
    let read = read(patterns, &drawn, Effort::Quick).unwrap();
    assert_eq!(read.content.text(), Some(text));
}

/// Noise on every module, of which algebra makes nothing any more.
#[test]
fn a_thorough_effort_reads_more() {
    let text = "092914273902996432764863869585514303965545262473442102583639";
    let mut noise = Noise(11);
    for (version, level) in [(2, EcLevel::M), (3, EcLevel::Q)] {
        let patterns = function_patterns(version).unwrap();
        let drawn = soft(&code(text, version, level));
        let (mut quick, mut thorough) = (0, 0);
        for _ in 0..40 {
            let grid: Vec<f32> = drawn
                .iter()
                .map(|module| module + 0.8 * (noise.next() + noise.next()))
                .collect();
            let right = |effort| match read(patterns, &grid, effort) {
                Some(read) => {
                    assert_eq!(read.content.text(), Some(&*text));
                    1
                }
                None => 0,
            };
            quick += right(Effort::Quick);
            thorough += right(THOROUGH);
        }
        assert!(thorough > quick + 10, "{version}: {quick}, {thorough}");
    }
}

#[test]
fn format_words_tell_symbols_from_noise() {
    let mut noise = Noise(23);
    for round in 0..200_u16 {
        let version = round % 12 + 1;
        let patterns = function_patterns(version as u8).unwrap();
        let grid: Vec<f32> = patterns.known.iter().map(|_| noise.next()).collect();
        let share = format_agreement(patterns, &grid);
        assert!((0.2..0.9).contains(&share), "{share}");
        let drawn = soft(&code("hikyaku", version as u8, EcLevel::L));
        assert!(format_agreement(patterns, &drawn) > 0.999);
        let turned = transposed(&drawn, patterns.side);
        assert!(format_agreement(patterns, &turned) > 0.999);
    }
}

#[test]
fn noise_says_nothing() {
    let mut noise = Noise(42);
    for round in 0..600_u16 {
        let patterns = function_patterns((round % 12 + 1) as u8).unwrap();
        let grid: Vec<f32> = patterns.known.iter().map(|_| 1.5 * noise.next()).collect();
        assert_eq!(read(patterns, &grid, THOROUGH), None, "round {round}");
    }
}

/// Damage of any degree: the text is right or there is none.
#[test]
fn damaged_symbols_never_say_anything_else() {
    let mut noise = Noise(99);
    let (mut right, mut none) = (0, 0);
    for round in 0..1500_u16 {
        let version = round % 6 + 1;
        let level = LEVELS[usize::from(round / 6 % 4)];
        let patterns = function_patterns(version as u8).unwrap();
        let text = filling(version as u8, level);
        let mut grid = soft(&code(&text, version as u8, level));
        let strength = f32::from(round % 17) / 17.0;
        for module in &mut grid {
            *module = *module * 0.6 + strength * (noise.next() + noise.next());
        }
        match read(patterns, &grid, THOROUGH) {
            Some(read) => {
                assert_eq!(read.content.text(), Some(&*text));
                right += 1;
            }
            None => none += 1,
        }
    }
    assert!(right > 200 && none > 200, "{right} right, {none} none");
}

/// The parity of a symbol on another's data: close to two code words at once.
#[test]
fn mixtures_of_two_symbols_say_one_of_them_or_nothing() {
    let patterns = function_patterns(1).unwrap();
    let texts = ["1234567890", "1234567891"];
    let grids = texts.map(|text| soft(&code(text, 1, EcLevel::L)));
    let mut noise = Noise(5);
    for round in 0..400 {
        let share = round as f32 / 400.0;
        let grid: Vec<f32> = (0..grids[0].len())
            .map(|i| {
                let first = noise.next() * 0.5 + 0.5 > share;
                grids[usize::from(!first)][i]
            })
            .collect();
        if let Some(read) = read(patterns, &grid, THOROUGH) {
            let said = read.content.text().unwrap();
            assert!(texts.contains(&said), "{said}");
        }
    }
}

proptest! {
    #[test]
    fn any_values_are_survived(
        version in 1..=LARGEST_VERSION,
        values in prop::collection::vec(any::<f32>(), 16),
    ) {
        let patterns = function_patterns(version).unwrap();
        let grid: Vec<f32> = (0..patterns.known.len()).map(|i| values[i % 16]).collect();
        prop_assert_eq!(read(patterns, &grid, THOROUGH), None);
    }
}
