use super::super::samples::row;
use super::*;

fn text(piece: &Piece) -> String {
    let digit = |&digit: &u8| char::from(b'0' + digit);
    piece.digits.iter().map(digit).collect()
}

/// Digits and groups of the row's pieces.
fn pieces(shown: &str) -> Vec<(String, Option<usize>)> {
    let pieces = row(shown, 20.0, 100.0).pieces(3);
    assert!(pieces.iter().all(|piece| piece.row == 3));
    pieces.iter().map(|p| (text(p), p.group)).collect()
}

#[test]
fn digits_behind_a_label_are_a_piece() {
    let whole = "48912634325701228910554652208520533";
    assert_eq!(pieces(whole), [(whole.to_owned(), None)]);
    let behind = pieces(&format!("xxxx  {whole}"));
    assert_eq!(behind, [(whole.to_owned(), None)]);
}

#[test]
fn groups_in_boxes_are_a_piece_together() {
    let found = pieces("4891263   4325701   2289105");
    assert!(found.contains(&("489126343257012289105".to_owned(), Some(7))));
    // One digit that was missed is forgiven.
    let found = pieces("489126   432501   89105   465220");
    assert!(found.contains(&("48912643250189105465220".to_owned(), Some(6))));
    // Their labels do not divide them, but something longer does.
    let found = pieces("x 489126   x 432501");
    assert!(
        found.contains(&("489126432501".to_owned(), Some(6))),
        "{found:?}"
    );
    let found = pieces("489126   123   432501");
    assert!(
        found.iter().all(|(digits, _)| digits.len() <= 6),
        "{found:?}"
    );
}

#[test]
fn a_little_dirt_is_forgiven_in_a_long_piece() {
    let found = pieces("489126343257x1228910554652208");
    let whole = "4891263432571228910554652208".to_owned();
    assert!(found.contains(&(whole, None)), "{found:?}");
    let found = pieces("489x126");
    assert!(
        found.iter().all(|(digits, _)| digits.len() == 3),
        "{found:?}"
    );
}

#[test]
fn a_piece_is_where_its_digits_are() {
    let shown = row("xxx  48912634", 40.0, 200.0);
    let piece = &shown.pieces(0)[0];
    // The first digit is the sixth character of ten pixels.
    assert!((piece.left[0] - 95.0).abs() < 5.0, "{:?}", piece.left);
    assert!((piece.right[0] - 165.0).abs() < 5.0, "{:?}", piece.right);
    assert!((piece.left[1] - 200.0).abs() < 1.0 && (piece.size - 16.0).abs() < 0.5);
    assert!(piece.parts[0][0] < piece.parts[0][1] && piece.parts[0][1] <= shown.lattice.frames());
}

#[test]
fn nothing_is_no_piece() {
    assert_eq!(pieces("xxxxx    xxx"), []);
    assert_eq!(pieces("      "), []);
}

#[test]
fn a_gap_between_groups_that_is_too_narrow_is_forgiven() {
    let found = pieces("4891263   43257012289105   5465220   8520533");
    let whole = "48912634325701228910554652208520533".to_owned();
    assert!(found.contains(&(whole, Some(7))), "{found:?}");
    // Two groups that are one are no boxes.
    let found = pieces("489126343257   012289105546");
    assert!(
        found.iter().all(|(digits, _)| digits.len() <= 12),
        "{found:?}"
    );
}

#[test]
fn a_strip_that_ends_among_digits_is_open() {
    let ends = |shown: &str| row(shown, 20.0, 100.0).open_ends();
    assert_eq!(ends("48912634325701"), [true, true]);
    assert_eq!(ends("    48912634325701    "), [false, false]);
    assert_eq!(ends("xxx 48912634325701"), [false, true]);
    // A digit that the end cuts is none.
    assert_eq!(ends("x8912634325701    "), [true, false]);
    assert_eq!(ends("x     8912634   x"), [false, false]);
    assert_eq!(ends("12"), [false, false]);
    assert_eq!(ends("   "), [false, false]);
}

#[test]
fn few_digits_alone_end_a_row() {
    let few = |shown: &str| row(shown, 20.0, 100.0).ends_in_few(3);
    assert!(few("          7          ") && few("xx        12         "));
    assert!(!few("         7 x         ") && !few("        1234         "));
    assert!(!few("      xx7            ") && !few("                     "));
}

#[test]
fn several_gaps_that_are_too_narrow_are_forgiven() {
    let found = pieces("48912634325701   22891055465220852053   3");
    assert!(
        found.iter().all(|(_, group)| group.is_none()),
        "no box stands alone: {found:?}"
    );
    let found = pieces("4891263   432570122891055465220   8520533");
    let whole = "48912634325701228910554652208520533".to_owned();
    assert!(found.contains(&(whole, Some(7))), "{found:?}");
}

#[test]
fn a_row_of_boxes_is_one_without_what_stands_beside_it() {
    let found = pieces("00330   048050   000653   515352   721213");
    let whole = "048050000653515352721213".to_owned();
    assert!(found.contains(&(whole, Some(6))), "{found:?}");
    let found = pieces("048050   000653   515352   721213   00330");
    let whole = "048050000653515352721213".to_owned();
    assert!(found.contains(&(whole, Some(6))), "{found:?}");
}

#[test]
fn other_text_between_whole_boxes_is_left_out() {
    let parts = |shown: &str| {
        let pieces = row(shown, 20.0, 100.0).pieces(0);
        let boxes = pieces.iter().find(|piece| piece.group.is_some());
        boxes.unwrap().parts.clone()
    };
    assert_eq!(parts("489126   432501   228910").len(), 1);
    let apart = parts("489126  x432501   228910");
    assert_eq!(apart.len(), 2);
    assert!(apart[0][1] <= apart[1][0], "{apart:?}");
    // It may be the digit that a box lacks.
    assert_eq!(parts("489126   43250x   228910").len(), 1);
}

#[test]
fn two_boxes_are_boxes() {
    let boxes = |shown: &str| row(shown, 20.0, 100.0).has_boxes();
    assert!(boxes("489126   432501   2289") && boxes("4891263   4325701"));
    assert!(!boxes("489126   43250") && !boxes("48912634325701") && !boxes("xx   "));
}
