//! Which product the text around a number refers to.

use super::lines::labelled;
use super::runs::TextPosition;
use crate::activation::{ActivationId, Application, KeyTail, Label};
use std::collections::HashSet;

/// What the text around a number says about it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Context {
    pub(super) name: Option<Label>,
    pub(super) activation_id: Option<ActivationId>,
    pub(super) key_tail: Option<KeyTail>,
    pub(super) pc: Option<Label>,
    pub(super) run: usize,
}

/// Labels of a product's name, in the languages of Windows and as WMI and
/// `ospp.vbs` print them; compared in lower case.
const NAME_LABELS: [&str; 38] = [
    "name",
    "license name",
    "名前",
    "名称",
    "名稱",
    "이름",
    "nom",
    "nome",
    "nombre",
    "naam",
    "namn",
    "navn",
    "nimi",
    "név",
    "nazwa",
    "název",
    "názov",
    "jméno",
    "meno",
    "ime",
    "naziv",
    "nume",
    "имя",
    "название",
    "име",
    "ім'я",
    "назва",
    "όνομα",
    "ad",
    "adı",
    "nosaukums",
    "pavadinimas",
    "nimetus",
    "tên",
    "ชื่อ",
    "שם",
    "الاسم",
    "nom du produit",
];

/// Longest value that is taken as a name; anything longer is a sentence.
const MAX_NAME_CHARS: usize = 200;

/// How many lines before and after a number can refer to it. The longest output
/// per product has some twenty, and more if a narrow window wraps them.
const REACH: usize = 100;

/// What each line says, and which lines refer to the same product.
pub(super) struct Surroundings {
    lines: Vec<LineFacts>,
    /// First line of each block.
    blocks: Vec<usize>,
    /// The PC and the run of a tool that each line belongs to.
    sources: super::sources::Sources,
}

/// What one line says.
#[derive(Debug, Clone, Default)]
struct LineFacts {
    name: Option<Label>,
    guid: Option<ActivationId>,
    key_tail: Option<KeyTail>,
}

impl Surroundings {
    /// Reads every line once.
    ///
    /// A label that repeats starts the next product. This holds for every
    /// tool's output in every language, whichever property it prints first.
    pub(super) fn of(lines: &[&str]) -> Self {
        let mut blocks = vec![0];
        let mut seen = HashSet::new();
        let mut told = Vec::with_capacity(lines.len());
        for (index, line) in lines.iter().enumerate() {
            let Some((label, value)) = labelled(line) else {
                told.push(LineFacts::default());
                continue;
            };
            if !seen.insert(label.to_lowercase()) {
                blocks.push(index);
                seen.clear();
                seen.insert(label.to_lowercase());
            }
            told.push(LineFacts {
                name: name_of(label, value),
                guid: guid_of(value),
                key_tail: key_tail_of(value),
            });
        }
        Self {
            lines: told,
            sources: super::sources::Sources::of(lines, &blocks),
            blocks,
        }
    }

    /// What is said about the number at this position.
    pub(super) fn around(&self, lines: &[&str], at: TextPosition) -> Context {
        let block = self.blocks.partition_point(|&first| first <= at.line);
        let first = self
            .blocks
            .get(block.saturating_sub(1))
            .map_or(0, |&first| first.max(at.line.saturating_sub(REACH)));
        let end = self
            .blocks
            .get(block)
            .map_or(self.lines.len(), |&next| next)
            .min(at.line + REACH);
        let here = self.lines.get(first..end).unwrap_or_default();
        // The lines above the number, nearest first, then those below it.
        let (above, below) = here.split_at((at.line - first).min(here.len()));
        let outward = || above.iter().rev().chain(below);
        let inline = lines
            .get(at.line)
            .and_then(|line| line.get(..at.byte))
            .and_then(inline_name);
        Context {
            name: inline.or_else(|| outward().find_map(|told| told.name.clone())),
            // The Activation ID is printed first; other GUIDs that may follow
            // belong to the machine.
            activation_id: here.iter().find_map(|told| told.guid),
            key_tail: below
                .iter()
                .chain(above.iter().rev())
                .find_map(|told| told.key_tail.clone()),
            pc: self.sources.pc(at.line).cloned(),
            run: self.sources.run(at.line),
        }
    }
}

fn name_of(label: &str, value: &str) -> Option<Label> {
    let known = NAME_LABELS.contains(&label.to_lowercase().as_str());
    (known || reads_like_a_product(value))
        .then(|| clean_name(value))
        .flatten()
}

/// Product names are not translated, but labels are. Descriptions, which look
/// much like names, end in "channel".
fn reads_like_a_product(value: &str) -> bool {
    let known = ["Windows", "Office", "Microsoft"];
    known.iter().any(|product| value.starts_with(product))
        && value.contains("edition")
        && !value.contains("channel")
}

/// The value as a name, unless it contains a number of the exchange or a
/// product key.
fn clean_name(value: &str) -> Option<Label> {
    let digits = value
        .chars()
        .filter(|character| character.is_numeric())
        .count();
    let fits = value.chars().nth(MAX_NAME_CHARS).is_none() && digits < 20 && !holds_key(value);
    fits.then(|| Label::cleaned(value)).flatten()
}

/// The name in `Installation ID for: <Name>: <IID>`, as `ospp.vbs` prints it:
/// between the first and the last colon before the number.
fn inline_name(before: &str) -> Option<Label> {
    let (label, rest) = labelled(before)?;
    let name = rest.trim_end().strip_suffix([':', '：'])?.trim();
    let names_itself = NAME_LABELS.contains(&label.to_lowercase().as_str());
    (!names_itself && reads_like_a_product(name))
        .then(|| clean_name(name))
        .flatten()
}

/// Whether a text contains five groups of five: a whole product key must never
/// be stored.
fn holds_key(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.windows(29).any(|window| {
        window.iter().enumerate().all(|(index, byte)| {
            if index % 6 == 5 {
                *byte == b'-'
            } else {
                byte.is_ascii_alphanumeric()
            }
        })
    })
}

/// A GUID that is the whole value and not an Application ID.
fn guid_of(value: &str) -> Option<ActivationId> {
    let bare = value.trim_matches(['{', '}']);
    let id = ActivationId::parse_hyphenated(bare)?;
    (Application::of(bare) == Application::Other).then_some(id)
}

/// Five characters that are the whole value.
///
/// They must include a letter, since counts and minutes have five digits too;
/// and a word in capitals is not the end of a key, because keys have no vowels.
fn key_tail_of(value: &str) -> Option<KeyTail> {
    let letter = value.bytes().any(|byte| byte.is_ascii_uppercase());
    let digit = value.bytes().any(|byte| byte.is_ascii_digit());
    let vowel = value.bytes().any(|byte| b"AEIOU".contains(&byte));
    (letter && (digit || !vowel))
        .then(|| KeyTail::parse(value))
        .flatten()
}
