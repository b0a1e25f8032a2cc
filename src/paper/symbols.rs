//! Symbols as SVG elements of a page.

use crate::symbol::{Symbol, SymbolError, svg};

/// The symbol of a text with its quiet zone, as an SVG element without a size;
/// the page gives it one.
pub(super) fn drawing(text: &str, title: &str) -> Result<String, SymbolError> {
    let file = svg(&Symbol::encode(text)?, Some(title));
    // An SVG element inside a page has no XML declaration.
    let begin = file.find("<svg").unwrap_or_default();
    Ok(file[begin..].trim_end().to_owned())
}

/// The symbols of texts with their titles, in order. They are made on all
/// processors, because a sheet has one for every PC.
pub(super) fn drawings(wanted: &[(String, &str)]) -> Result<Vec<String>, SymbolError> {
    let draw = |some: &[(String, &str)]| -> Result<Vec<String>, SymbolError> {
        some.iter()
            .map(|(text, title)| drawing(text, title))
            .collect()
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let share = wanted.len().div_ceil(threads).max(FEW);
    std::thread::scope(|scope| {
        let mut shares = wanted.chunks(share);
        let own = shares.next().unwrap_or_default();
        let others: Vec<_> = shares.map(|some| scope.spawn(move || draw(some))).collect();
        let mut all = draw(own)?;
        for other in others {
            all.extend(
                other
                    .join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic))?,
            );
        }
        Ok(all)
    })
}

/// Fewer symbols than this are made faster than another thread starts.
const FEW: usize = 32;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawings_come_in_the_order_in_which_they_are_wanted() {
        for count in [0, 1, FEW, 5 * FEW + 1] {
            let wanted: Vec<_> = (0..count).map(|one| (one.to_string(), "title")).collect();
            let alone: Vec<_> = wanted
                .iter()
                .map(|(text, title)| drawing(text, title).unwrap())
                .collect();
            assert_eq!(drawings(&wanted).unwrap(), alone);
        }
        let mut wanted: Vec<_> = (0..4 * FEW).map(|one| (one.to_string(), "")).collect();
        wanted[3 * FEW].0.clear();
        assert_eq!(drawings(&wanted), Err(SymbolError::Empty));
    }
}
