//! Lines of a text, whatever ends them.

/// Splits at `\n`, `\r\n`, a lone `\r`, and the `\r\r\n` that redirected
/// console output acquires when it is saved twice.
pub(super) fn split(text: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut rest = text;
    while let Some(end) = rest.find(['\n', '\r']) {
        lines.push(&rest[..end]);
        let after = &rest[end..];
        let returns = after.trim_start_matches('\r');
        rest = if let Some(next) = returns.strip_prefix('\n') {
            next
        } else {
            // Old line ends: one at a time, so that blank lines stay.
            &after[1..]
        };
    }
    lines.push(rest);
    lines
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn every_line_end_is_one() {
        assert_eq!(
            split("a\nb\r\nc\r\r\nd\re\n\nf"),
            ["a", "b", "c", "d", "e", "", "f"]
        );
        assert_eq!(split(""), [""]);
        assert_eq!(split("a\r\r"), ["a", "", ""]);
    }
}
