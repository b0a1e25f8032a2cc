//! The supported subset of WQL.

/// `SELECT columns FROM class [WHERE condition [AND condition ...]]`
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Query {
    /// `*` selects all.
    pub(crate) columns: Vec<String>,
    pub(crate) class: String,
    pub(crate) conditions: Vec<Condition>,
}

/// A condition on a row.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Condition {
    /// `column <> null`, `column IS NOT NULL`
    NotNull(String),
    /// `column = 'text'`, ignoring case.
    Is(String, String),
}

impl Condition {
    pub(crate) fn column(&self) -> &str {
        match self {
            Self::NotNull(column) | Self::Is(column, _) => column,
        }
    }
}

pub(crate) fn parse(text: &str) -> Option<Query> {
    let rest = strip(text.trim(), "SELECT ")?;
    let (columns, rest) = split(rest, " FROM ")?;
    let (class, conditions) = match split(rest, " WHERE ") {
        None => (rest, Vec::new()),
        Some((class, mut rest)) => {
            let mut conditions = Vec::new();
            while let Some((first, others)) = split(rest, " AND ") {
                conditions.push(condition(first)?);
                rest = others;
            }
            conditions.push(condition(rest)?);
            (class, conditions)
        }
    };
    Some(Query {
        columns: columns
            .split(',')
            .map(|column| column.trim().to_owned())
            .collect(),
        class: class.trim().to_owned(),
        conditions,
    })
}

fn condition(text: &str) -> Option<Condition> {
    let text = text.trim();
    let is_null = |value: &str| value.trim().eq_ignore_ascii_case("null");
    if let Some((column, value)) = text.split_once("<>") {
        return is_null(value).then(|| Condition::NotNull(column.trim().to_owned()));
    }
    if let Some((column, value)) = split(text, " IS NOT ") {
        return is_null(value).then(|| Condition::NotNull(column.trim().to_owned()));
    }
    let (column, value) = text.split_once('=')?;
    let value = value.trim();
    let quoted = |quote: char| value.strip_prefix(quote)?.strip_suffix(quote);
    let value = quoted('\'').or_else(|| quoted('"'))?;
    Some(Condition::Is(column.trim().to_owned(), value.to_owned()))
}

/// Class, key and value of `Class.Key="value"`.
pub(crate) fn object_path(path: &str) -> Option<(&str, &str, String)> {
    let (class, rest) = path.split_once('.')?;
    let (key, value) = rest.split_once('=')?;
    let value = value.strip_prefix('"')?.strip_suffix('"')?;
    Some((class, key, value.replace("\\\"", "\"").replace(r"\\", "\\")))
}

/// Whether a namespace is `root\cimv2`, in any notation: `root\cimv2`,
/// `\\.\root\cimv2`, with slashes.
pub(crate) fn is_cimv2(namespace: &str) -> bool {
    let namespace = namespace.replace('/', "\\");
    let bare = namespace.strip_prefix(r"\\.\").unwrap_or(&namespace);
    bare.trim_end_matches('\\')
        .eq_ignore_ascii_case(r"root\cimv2")
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
