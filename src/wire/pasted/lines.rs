//! Splits a text into lines, whatever the line ends.

/// Splits at `\n`, `\r\n`, a lone `\r`, and the `\r\r\n` that redirected
/// console output acquires when it is saved twice.
pub(super) fn split(text: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut rest = text;
    while let Some(end) = rest.find(['\n', '\r']) {
        lines.push(&rest[..end]);
        let after = &rest[end..];
        let returns = after.trim_start_matches('\r');
        rest = returns.strip_prefix('\n').unwrap_or_else(|| {
            // Old line ends: each one counts, so that blank lines are
            // preserved.
            let more = after.len() - returns.len() - 1;
            lines.extend(std::iter::repeat_n("", more));
            returns
        });
    }
    lines.push(rest);
    lines
}

/// Label and value of a line such as `Name: Windows(R)`, `ID = …`, `名前：…`.
pub(super) fn labelled(line: &str) -> Option<(&str, &str)> {
    let (label, value) = line.split_once([':', '=', '：'])?;
    let label = label.trim();
    // `10:12:13` and `https://` are not labels.
    let sensible = label.chars().any(char::is_alphabetic) && !value.starts_with("//");
    sensible.then(|| (label, value.trim()))
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
        assert_eq!(split("\r\rb\r\r\rc"), ["", "", "b", "", "", "c"]);
    }

    /// Each line end is visited once: with a quadratic algorithm, a million
    /// took minutes.
    #[test]
    fn line_ends_without_end_are_split_in_linear_time() {
        assert_eq!(split(&"\r".repeat(1 << 20)).len(), (1 << 20) + 1);
    }
}
