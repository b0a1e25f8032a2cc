//! Symbols as drawings inside a page.

use crate::symbol::{Symbol, SymbolError, svg};

/// The symbol of a text, quiet zone included, as an SVG element that its place
/// on the page gives a size.
pub(super) fn drawing(text: &str, title: &str) -> Result<String, SymbolError> {
    let file = svg(&Symbol::encode(text)?, Some(title));
    // Inside a page an SVG has no declaration of its own.
    let begin = file.find("<svg").unwrap_or_default();
    Ok(file[begin..].trim_end().to_owned())
}
