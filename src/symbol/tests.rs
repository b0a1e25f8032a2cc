//! Every painting is read back by two decoders that share no code.

use super::terminal::Cells;
use super::*;
use crate::activation::{ConfirmationId, InstallationId, Reply};
use image::{GrayImage, Luma};

const IID: &str = "489126343257012289105546522085205332958764158851011127139061121";
const REPLY: &str = "092914273902996432764863869585514303965545262473442102583639";

fn samples() -> Vec<String> {
    vec![
        "7".to_owned(),
        REPLY.to_owned(),
        IID.to_owned(),
        "https://example.jp/hikyaku#r1.oWF2AXBjYW5f-_0123456789012345678901".to_owned(),
        "病棟3-PC12 の返信".to_owned(),
        format!(
            "SLMGR /ATP {} 4DE7CB65-CDF1-4DE9-8AE8-E3CCE27B9F2C",
            &REPLY[..48]
        ),
        "092914\t273902\t996432\t764863\t869585\t514303\t965545\t262473".to_owned(),
        format!("https://example.jp/#r1.{}", "aB3-_xYz0123".repeat(17)),
    ]
}

fn published_caption() -> Caption {
    let cid = ConfirmationId::parse(&REPLY[..48]).unwrap();
    let tag = InstallationId::parse(IID).unwrap().tag();
    Caption::of_reply(&Reply { cid, tag })
}

fn read_with_both(picture: &GrayImage) -> String {
    let (width, height) = picture.dimensions();
    let by_rxing = rxing::helpers::detect_in_luma(
        picture.as_raw().clone(),
        width,
        height,
        Some(rxing::BarcodeFormat::QR_CODE),
    )
    .expect("rxing reads it")
    .getText()
    .to_owned();
    let mut prepared =
        rqrr::PreparedImage::prepare_from_greyscale(width as usize, height as usize, |x, y| {
            picture.get_pixel(x as u32, y as u32).0[0]
        });
    let (_, by_rqrr) = prepared.detect_grids()[0].decode().expect("rqrr reads it");
    assert_eq!(by_rxing, by_rqrr);
    by_rxing
}

/// Scales a picture up by whole pixels, as decoders want more than one.
fn enlarged(picture: &GrayImage, factor: u32) -> GrayImage {
    GrayImage::from_fn(
        picture.width() * factor,
        picture.height() * factor,
        |x, y| *picture.get_pixel(x / factor, y / factor),
    )
}

/// Four white modules around everything, and none more.
fn assert_quiet_zone(picture: &GrayImage, module: u32) {
    let dark = || {
        picture
            .enumerate_pixels()
            .filter(|(.., pixel)| pixel.0[0] == 0)
    };
    let quiet = QUIET_ZONE as u32 * module;
    assert_eq!(dark().map(|(x, ..)| x).min(), Some(quiet));
    assert_eq!(dark().map(|(_, y, _)| y).min(), Some(quiet));
    assert_eq!(
        dark().map(|(x, ..)| x).max(),
        Some(picture.width() - quiet - 1)
    );
    // The lower right corner has no finder: below, the lower left one ends.
    assert_eq!(
        dark().map(|(_, y, _)| y).max(),
        Some(picture.height() - quiet - 1)
    );
}

#[test]
fn sixty_digits_take_version_two_at_level_m() {
    let symbol = Symbol::encode(REPLY).unwrap();
    assert_eq!((symbol.version(), symbol.level()), (2, Level::M));
    assert_eq!(symbol.modules(), 25);
    assert_eq!(symbol.text(), REPLY);
    let symbol = Symbol::encode(IID).unwrap();
    assert_eq!((symbol.version(), symbol.level()), (2, Level::M));
    let symbol = Symbol::encode(&IID[..48]).unwrap();
    assert_eq!((symbol.version(), symbol.level()), (2, Level::Q));
}

#[test]
fn the_choice_is_the_smallest_version_then_the_highest_level() {
    let holds = |text: &str, version: i16, level: Level| {
        QrCode::with_version(text, Version::Normal(version), level.of_the_crate()).is_ok()
    };
    for length in 1..=200 {
        let text = "4".repeat(length);
        let symbol = Symbol::encode(&text).unwrap();
        let smallest = (1..=40)
            .find(|&version| holds(&text, version, Level::L))
            .unwrap();
        let highest = Level::HIGHEST_FIRST
            .into_iter()
            .find(|&level| holds(&text, smallest, level))
            .unwrap();
        assert_eq!(
            (i16::from(symbol.version()), symbol.level()),
            (smallest, highest),
            "{length} digits"
        );
    }
}

#[test]
fn every_level_up_to_the_largest_symbol_is_reached() {
    for length in [1000, 1852, 1853, 3993, 4296, 7089] {
        let symbol = Symbol::encode(&"8".repeat(length)).unwrap();
        let smaller = Version::Normal(i16::from(symbol.version()) - 1);
        assert!(QrCode::with_version("8".repeat(length), smaller, EcLevel::L).is_err());
    }
    assert_eq!(Symbol::encode(&"8".repeat(7089)).unwrap().version(), 40);
}

#[test]
fn nothing_and_too_much_are_refused() {
    assert_eq!(Symbol::encode(""), Err(SymbolError::Empty));
    for text in ["8".repeat(7090), "x".repeat(2954), "長".repeat(985)] {
        assert_eq!(
            Symbol::encode(&text),
            Err(SymbolError::TooLong {
                characters: text.chars().count()
            })
        );
    }
    assert!(Symbol::encode(&"x".repeat(2953)).is_ok());
}

#[test]
fn pixels_and_png_read_back() {
    for text in samples() {
        let symbol = Symbol::encode(&text).unwrap();
        for module in [3, 4, 10] {
            let picture = pixels(&symbol, module).unwrap();
            assert_quiet_zone(&picture, module);
            assert_eq!(read_with_both(&picture), text);
            let file = png(&symbol, module).unwrap();
            let loaded = image::load_from_memory(&file).unwrap();
            assert_eq!(loaded.color(), image::ColorType::L8);
            assert_eq!(loaded.to_luma8(), picture);
        }
    }
}

#[test]
fn pictures_without_pixels_or_without_end_are_refused() {
    let symbol = Symbol::encode(REPLY).unwrap();
    for module_pixels in [0, 131, u32::MAX] {
        assert_eq!(
            pixels(&symbol, module_pixels),
            Err(SymbolError::ModuleSize {
                module_pixels,
                most: 130
            })
        );
    }
    assert!(pixels(&symbol, 130).is_ok());
    assert!(png(&symbol, 0).is_err());
}

/// Paints the bars of an SVG's path; understands what this crate writes.
fn picture_of_svg(drawing: &str, side: usize) -> GrayImage {
    let path = drawing
        .split(" d=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let mut picture = GrayImage::from_pixel(side as u32, side as u32, Luma([255]));
    for bar in path.split_terminator('z') {
        let (start, length) = bar[1..].split_once('h').unwrap();
        let (x, y) = start.split_once(' ').unwrap();
        let (length, back) = length.split_once("v1h-").unwrap();
        assert_eq!(length, back);
        let (x, y, length): (u32, u32, u32) = (
            x.parse().unwrap(),
            y.parse().unwrap(),
            length.parse().unwrap(),
        );
        for column in x..x + length {
            picture.put_pixel(column, y, Luma([0]));
        }
    }
    picture
}

#[test]
fn svg_reads_back() {
    for text in samples() {
        let symbol = Symbol::encode(&text).unwrap();
        let drawing = svg(&symbol, Some("返信"));
        let picture = enlarged(
            &picture_of_svg(&drawing, symbol.modules_with_quiet_zone()),
            4,
        );
        assert_quiet_zone(&picture, 4);
        assert_eq!(read_with_both(&picture), text);
    }
}

#[test]
fn svg_of_the_published_reply() {
    let symbol = Symbol::encode(REPLY).unwrap();
    insta::assert_snapshot!("reply", svg(&symbol, Some("Reply")));
    insta::assert_snapshot!(
        "reply_with_caption",
        svg_with_caption(&symbol, Some("Reply"), &published_caption())
    );
}

#[test]
fn a_title_cannot_break_out_of_the_drawing() {
    let symbol = Symbol::encode(REPLY).unwrap();
    let drawing = svg(&symbol, Some("</title><script>\u{1b}\u{0}\"'&"));
    assert!(drawing.contains("<title>&lt;/title&gt;&lt;script&gt;&quot;&#39;&amp;</title>"));
    assert!(!drawing.contains("<script"));
}

/// What a terminal would show: one pixel per column and two per row. Knows
/// the sequences 38;5, 48;5 and 0, spaces and upper half blocks, and fails on
/// anything else.
fn picture_of_terminal(text: &str) -> GrayImage {
    let mut rows: Vec<Vec<(u8, u8)>> = Vec::new();
    for line in text.lines() {
        assert!(line.ends_with("\x1b[0m"), "every line ends with a reset");
        let (mut foreground, mut background) = (None, None);
        let mut row = Vec::new();
        let mut rest = line;
        while let Some(character) = rest.chars().next() {
            rest = &rest[character.len_utf8()..];
            match character {
                '\x1b' => {
                    let (sequence, after) =
                        rest.strip_prefix('[').unwrap().split_once('m').unwrap();
                    rest = after;
                    let codes: Vec<u8> = sequence
                        .split(';')
                        .map(|code| code.parse::<u8>().unwrap())
                        .collect();
                    let mut codes = &codes[..];
                    while !codes.is_empty() {
                        codes = match codes {
                            [38, 5, colour, after @ ..] => {
                                foreground = Some(*colour);
                                after
                            }
                            [48, 5, colour, after @ ..] => {
                                background = Some(*colour);
                                after
                            }
                            [0] => {
                                (foreground, background) = (None, None);
                                &[]
                            }
                            other => panic!("sequence {other:?}"),
                        };
                    }
                }
                ' ' => row.push((background.unwrap(), background.unwrap())),
                '▀' => row.push((foreground.unwrap(), background.unwrap())),
                other => panic!("character {other:?}"),
            }
        }
        rows.push(row);
    }
    GrayImage::from_fn(rows[0].len() as u32, 2 * rows.len() as u32, |x, y| {
        let (upper, lower) = rows[y as usize / 2][x as usize];
        Luma([match if y % 2 == 0 { upper } else { lower } {
            16 => 0,
            231 => 255,
            other => panic!("colour {other}"),
        }])
    })
}

#[test]
fn both_terminal_paintings_read_back() {
    for text in samples() {
        let symbol = Symbol::encode(&text).unwrap();
        for (cells, module) in [(Cells::Spaces, 2), (Cells::HalfBlocks, 1)] {
            let painted = terminal::paint(&symbol, cells);
            let (columns, rows) = terminal::size(&symbol, cells);
            let picture = picture_of_terminal(&painted);
            assert_eq!(painted.lines().count(), rows);
            assert_eq!(picture.width() as usize, columns);
            // Half blocks leave one more white line below an odd side.
            let side = picture.width();
            let square = image::imageops::crop_imm(&picture, 0, 0, side, side).to_image();
            assert_quiet_zone(&square, module);
            assert_eq!(read_with_both(&enlarged(&picture, 4)), text);
        }
    }
}

#[test]
fn a_terminal_too_small_is_told_what_is_needed() {
    let symbol = Symbol::encode(REPLY).unwrap();
    assert_eq!(terminal::size(&symbol, Cells::Spaces), (66, 33));
    assert_eq!(terminal::size(&symbol, Cells::HalfBlocks), (33, 17));
    assert_eq!(terminal::fits(&symbol, Cells::Spaces, 66, 33), Ok(()));
    assert_eq!(terminal::fits(&symbol, Cells::HalfBlocks, 80, 24), Ok(()));
    assert_eq!(
        terminal::fits(&symbol, Cells::Spaces, 80, 24),
        Err(SymbolError::TerminalTooSmall {
            needed_columns: 66,
            needed_rows: 33,
            columns: 80,
            rows: 24
        })
    );
    assert!(terminal::fits(&symbol, Cells::Spaces, 65, 99).is_err());
}

#[test]
fn captions_keep_every_group_with_its_label() {
    let caption = Caption::of_installation_id(&InstallationId::parse(IID).unwrap());
    assert_eq!(
        caption.lines(caption.columns()),
        [
            "1 4891263   2 4325701   3 2289105",
            "4 5465220   5 8520533   6 2958764",
            "7 1588510   8 1112713   9 9061121",
        ]
    );
    assert_eq!(caption.lines(0).len(), 9, "no column is one column");
    let caption = published_caption();
    assert_eq!(caption.groups()[7].label, "H");
    assert_eq!(caption.groups()[7].digits, "262473");
    assert_eq!(
        caption.lines(4),
        [
            "A 092914   B 273902   C 996432   D 764863",
            "E 869585   F 514303   G 965545   H 262473",
            "# 4421025836",
        ]
    );
}
