//! A symbol as a self-contained SVG, alone or with its number underneath.

use super::{Caption, QUIET_ZONE, Symbol};
use std::fmt::Write as _;

/// Width of a digit in a monospaced face, as a share of the font size; the
/// common ones have 0.60 to 0.62.
const DIGIT_WIDTH: f64 = 0.62;

/// The symbol as an SVG: one unit per module, quiet zone included, with a title, if any, for
/// screen readers.
pub fn svg(symbol: &Symbol, title: Option<&str>) -> String {
    let side = symbol.modules_with_quiet_zone();
    let mut drawing = open(side as f64, side as f64, title);
    drawing.push_str(&path(symbol));
    drawing.push_str("</svg>\n");
    drawing
}

/// The symbol with its number in labelled groups underneath, so that it can be typed from paper,
/// too.
pub fn svg_with_caption(symbol: &Symbol, title: Option<&str>, caption: &Caption) -> String {
    let side = symbol.modules_with_quiet_zone() as f64;
    let columns = caption.columns();
    let margin = QUIET_ZONE as f64 / 2.0;
    let column_width = (side - 2.0 * margin) / columns as f64;
    // Label, a space, the digits, and a space to the next group.
    let characters = caption.label_width() + caption.digits_width() + 2;
    let size = column_width / (characters as f64 * DIGIT_WIDTH);
    let line = size * 1.5;
    let rows: Vec<_> = caption.rows(columns).collect();
    let lines = rows.len() + usize::from(caption.tag().is_some());
    let height = side + line * lines as f64 + margin;

    let mut drawing = open(side, height, title);
    drawing.push_str(&path(symbol));
    let _ = write!(
        drawing,
        "<g font-family=\"ui-monospace,Consolas,Menlo,monospace\" font-size=\"{size:.3}\" \
         fill=\"#000\" style=\"font-variant-numeric:tabular-nums\">"
    );
    let label_shift = (caption.label_width() + 1) as f64 * DIGIT_WIDTH * size;
    let mut y = side;
    for row in rows {
        y += line;
        for (column, group) in row.iter().enumerate() {
            let x = margin + column as f64 * column_width;
            let _ = write!(
                drawing,
                "<text x=\"{x:.3}\" y=\"{y:.3}\" fill=\"#555\">{}</text>\
                 <text x=\"{:.3}\" y=\"{y:.3}\">{}</text>",
                escaped(&group.label),
                x + label_shift,
                escaped(&group.digits),
            );
        }
    }
    if let Some(tag) = caption.tag() {
        y += line;
        let _ = write!(
            drawing,
            "<text x=\"{margin:.3}\" y=\"{y:.3}\" fill=\"#555\">#</text>\
             <text x=\"{:.3}\" y=\"{y:.3}\">{tag}</text>",
            margin + label_shift,
        );
    }
    drawing.push_str("</g></svg>\n");
    drawing
}

fn open(width: f64, height: f64, title: Option<&str>) -> String {
    let mut drawing = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height:.3}\" \
         role=\"img\">"
    )
    .replace(".000\"", "\"");
    if let Some(title) = title {
        let _ = write!(drawing, "<title>{}</title>", escaped(title));
    }
    drawing.push_str("<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>");
    drawing
}

/// All dark modules as one path of horizontal bars: scaled, separate rectangles would show
/// hairlines between them.
fn path(symbol: &Symbol) -> String {
    let mut path = String::from("<path fill=\"#000\" shape-rendering=\"crispEdges\" d=\"");
    for y in 0..symbol.modules() {
        let mut x = 0;
        while x < symbol.modules() {
            let length = (x..symbol.modules())
                .take_while(|&column| symbol.is_dark(column, y))
                .count();
            if length > 0 {
                let _ = write!(
                    path,
                    "M{} {}h{length}v1h-{length}z",
                    x + QUIET_ZONE,
                    y + QUIET_ZONE
                );
            }
            x += length.max(1);
        }
    }
    path.push_str("\"/>");
    path
}

/// Text for an XML element: escaped, and without characters that XML forbids.
fn escaped(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for character in crate::ground::printable(text).chars() {
        match character {
            '&' => clean.push_str("&amp;"),
            '<' => clean.push_str("&lt;"),
            '>' => clean.push_str("&gt;"),
            '"' => clean.push_str("&quot;"),
            '\'' => clean.push_str("&#39;"),
            '\u{fffe}' | '\u{ffff}' => {}
            other => clean.push(other),
        }
    }
    clean
}
