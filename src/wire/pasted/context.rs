//! Which product the text around a number speaks of.

use super::lines::labelled;
use super::runs::TextPosition;
use crate::activation::{ActivationId, Application, KeyTail, Label};
use std::collections::HashSet;

/// What the text around a number tells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Context {
    pub(super) name: Option<Label>,
    pub(super) activation_id: Option<ActivationId>,
    pub(super) key_tail: Option<KeyTail>,
    pub(super) pc: Option<Label>,
    pub(super) run: usize,
}

/// The label of a product's name, in the languages of Windows, and as WMI and
/// `ospp.vbs` print it; compared in lower case.
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

/// Longest value that is taken for a name; longer is a sentence.
const MAX_NAME_CHARS: usize = 200;

/// Lines on either side of a number that can speak of it; the longest output
/// per product has some twenty, more where a narrow window wraps them.
const REACH: usize = 100;

/// What single lines tell, and which lines speak of the same product.
pub(super) struct Surroundings {
    lines: Vec<LineFacts>,
    /// First line of each block.
    blocks: Vec<usize>,
    /// Which PC and which run of a tool each line is of.
    sources: super::sources::Sources,
}

/// What one line tells.
#[derive(Debug, Clone, Default)]
struct LineFacts {
    name: Option<Label>,
    guid: Option<ActivationId>,
    key_tail: Option<KeyTail>,
}

impl Surroundings {
    /// Reads every line once.
    ///
    /// A label that comes again begins the next product: true of every tool's
    /// output in every language, whichever property it prints first.
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

    /// What is told of the number at this place.
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
        // What stands above the number, nearest first, then what stands below.
        let (above, below) = here.split_at((at.line - first).min(here.len()));
        let outward = || above.iter().rev().chain(below);
        let inline = lines
            .get(at.line)
            .and_then(|line| line.get(..at.byte))
            .and_then(inline_name);
        Context {
            name: inline.or_else(|| outward().find_map(|told| told.name.clone())),
            // The Activation ID is the first one printed; others that may
            // follow are those of the machine.
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

/// Names of products are not translated, labels are; descriptions, which look
/// much like names, end in "channel".
fn reads_like_a_product(value: &str) -> bool {
    let known = ["Windows", "Office", "Microsoft"];
    known.iter().any(|product| value.starts_with(product))
        && value.contains("edition")
        && !value.contains("channel")
}

/// A name, unless it holds a number of the exchange or a product key.
fn clean_name(value: &str) -> Option<Label> {
    let digits = value
        .chars()
        .filter(|character| character.is_numeric())
        .count();
    let fits = value.chars().nth(MAX_NAME_CHARS).is_none() && digits < 20 && !holds_key(value);
    fits.then(|| Label::cleaned(value)).flatten()
}

/// `Installation ID for: <Name>: <IID>`, as `ospp.vbs` prints it: the name
/// between the first and the last colon before the number.
fn inline_name(before: &str) -> Option<Label> {
    let (label, rest) = labelled(before)?;
    let name = rest.trim_end().strip_suffix([':', '：'])?.trim();
    let names_itself = NAME_LABELS.contains(&label.to_lowercase().as_str());
    (!names_itself && reads_like_a_product(name))
        .then(|| clean_name(name))
        .flatten()
}

/// Five groups of five: a whole product key must never be kept.
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

/// A GUID that is all of the value, and no Application ID.
fn guid_of(value: &str) -> Option<ActivationId> {
    let bare = value.trim_matches(['{', '}']);
    let has_shape = bare.len() == 36
        && bare.bytes().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        });
    (has_shape && Application::of(bare) == Application::Other)
        .then(|| ActivationId::parse(bare))
        .flatten()
}

/// Five characters that are all of the value.
///
/// A letter must be among them, since counts and minutes have five digits too;
/// and a word in capitals is no tail: keys have no vowels.
fn key_tail_of(value: &str) -> Option<KeyTail> {
    let letter = value.bytes().any(|byte| byte.is_ascii_uppercase());
    let digit = value.bytes().any(|byte| byte.is_ascii_digit());
    let vowel = value.bytes().any(|byte| b"AEIOU".contains(&byte));
    (letter && (digit || !vowel))
        .then(|| KeyTail::parse(value))
        .flatten()
}
