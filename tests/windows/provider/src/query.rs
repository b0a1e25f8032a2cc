//! The little of WQL that is spoken here.

/// `SELECT columns FROM class [WHERE column <> null]`
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Query {
    pub(crate) columns: Vec<String>,
    pub(crate) class: String,
    /// Rows whose value here is null are left out.
    pub(crate) not_null: Option<String>,
}

pub(crate) fn parse(text: &str) -> Option<Query> {
    let rest = strip(text.trim(), "SELECT ")?;
    let (columns, rest) = split(rest, " FROM ")?;
    let (class, not_null) = match split(rest, " WHERE ") {
        None => (rest, None),
        Some((class, condition)) => {
            let (column, value) = condition.split_once("<>")?;
            if !value.trim().eq_ignore_ascii_case("null") {
                return None;
            }
            (class, Some(column.trim().to_owned()))
        }
    };
    Some(Query {
        columns: columns
            .split(',')
            .map(|column| column.trim().to_owned())
            .collect(),
        class: class.trim().to_owned(),
        not_null,
    })
}

/// Class, key and value of `Class.Key="value"`.
pub(crate) fn object_path(path: &str) -> Option<(&str, &str, String)> {
    let (class, rest) = path.split_once('.')?;
    let (key, value) = rest.split_once('=')?;
    let value = value.strip_prefix('"')?.strip_suffix('"')?;
    Some((class, key, value.replace("\\\"", "\"").replace(r"\\", "\\")))
}

fn strip<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let head = text.get(..prefix.len())?;
    head.eq_ignore_ascii_case(prefix)
        .then(|| &text[prefix.len()..])
}

fn split<'a>(text: &'a str, word: &str) -> Option<(&'a str, &'a str)> {
    let at = text.to_ascii_uppercase().find(word)?;
    Some((&text[..at], &text[at + word.len()..]))
}
