//! Numbers in text that people paste or save: `slmgr /dti` and `/dlv`,
//! `ospp.vbs /dinstid`, lists copied from WMI, in any language.
//!
//! Labels are localised, files come in three encodings, and consoles wrap
//! lines, so numbers are found by their digits: runs of 63, 54 or 48 digits
//! with valid check digits in every group, and replies. Digits after box H are
//! never dropped. Labels only help to tell which product a number belongs to.
//! Nothing is ever corrected: a number that fails is reported with its line.
#![doc = include_str!("pasted.md")]

mod context;
mod encoding;
mod error;
mod lines;
mod pcs;
mod readings;
mod runs;
mod sources;

pub use encoding::{MAX_BYTES, decode_text};
pub use error::PastedError;
pub use pcs::{TextPc, pcs_of};

use crate::activation::{
    ActivationId, Answer, ConfirmationId, InstallationId, KeyTail, Label, NumberError,
};
use readings::ChainReading;
use std::collections::{HashMap, HashSet};

/// An Installation ID found in a text, and what the text around it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundInstallation {
    /// The number.
    pub iid: InstallationId,
    /// Name of the product, if the text says it.
    pub name: Option<Label>,
    /// Activation ID of the product, if the text says it.
    pub activation_id: Option<ActivationId>,
    /// Last five characters of its key, if the text says them.
    pub key_tail: Option<KeyTail>,
    /// The PC, if the text names it.
    pub pc: Option<Label>,
    /// Which run of a tool printed it, counted within the text.
    pub run: usize,
    /// Line on which the number begins, from 1.
    pub line: usize,
}

/// A Confirmation ID found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundConfirmation {
    /// The number.
    pub cid: ConfirmationId,
    /// Line on which it begins, from 1.
    pub line: usize,
}

/// A reply found in a text: a Confirmation ID with digits after box H.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundReply {
    /// The reply, tagged or typed; never a bare number.
    pub answer: Answer,
    /// Line on which it begins, from 1.
    pub line: usize,
}

/// Something that looks like a number of the exchange but is not one, or could
/// be read as two different ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DamagedNumber {
    /// Line on which it begins, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub error: NumberError,
}

/// Everything found in a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Findings {
    /// Installation IDs in order of appearance, each once.
    pub installation_ids: Vec<FoundInstallation>,
    /// Confirmation IDs in order of appearance, each once.
    pub confirmation_ids: Vec<FoundConfirmation>,
    /// Replies in order of appearance, each once. Their Confirmation IDs are
    /// not in `confirmation_ids`.
    pub replies: Vec<FoundReply>,
    /// What looks like a number but is damaged, in order of appearance.
    pub damaged: Vec<DamagedNumber>,
}

/// Finds the numbers in a text.
///
/// ```
/// use hikyaku::wire::pasted::find_numbers;
/// let text = "名前: Windows(R), Professional edition\n\
///     インストール ID: 4891263432570122891055465220852053329587641588510111\n\
///     27139061121\n\
///     プロダクト キーの一部: 3V66T\n";
/// let found = find_numbers(text).installation_ids.remove(0);
/// assert_eq!(found.iid.groups()[8], "9061121");
/// assert_eq!(found.key_tail.unwrap().as_str(), "3V66T");
/// ```
pub fn find_numbers(text: &str) -> Findings {
    let lines = lines::split(text);
    let surroundings = context::Surroundings::of(&lines);
    let mut findings = Findings::default();
    // Indices into the findings: a list may repeat thousands of numbers.
    let mut installations = HashMap::new();
    let mut confirmations = HashSet::new();
    for reading in readings::read(&runs::chains(&lines)) {
        match reading {
            ChainReading::Installation { iid, at } => {
                let context = surroundings.around(&lines, at);
                let found = FoundInstallation {
                    iid,
                    name: context.name,
                    activation_id: context.activation_id,
                    key_tail: context.key_tail,
                    pc: context.pc,
                    run: context.run,
                    line: at.line + 1,
                };
                let known = installations
                    .get(&found.iid)
                    .and_then(|&index: &usize| findings.installation_ids.get_mut(index));
                if let Some(known) = known {
                    known.add(found);
                } else {
                    installations.insert(found.iid.clone(), findings.installation_ids.len());
                    findings.installation_ids.push(found);
                }
            }
            ChainReading::Confirmation { cid, at } => {
                if confirmations.insert(cid.clone()) {
                    findings.confirmation_ids.push(FoundConfirmation {
                        cid,
                        line: at.line + 1,
                    });
                }
            }
            ChainReading::Reply { answer, at } => {
                if !findings.replies.iter().any(|it| it.answer == answer) {
                    findings.replies.push(FoundReply {
                        answer,
                        line: at.line + 1,
                    });
                }
            }
            ChainReading::Damaged { error, at } => findings.damaged.push(DamagedNumber {
                line: at.line + 1,
                error,
            }),
        }
    }
    // The digits of a reply, written once more without what follows them.
    findings.confirmation_ids.retain(|one| {
        !findings
            .replies
            .iter()
            .any(|it| it.answer.digits().digits() == one.cid.digits())
    });
    findings
}

/// Decodes the contents of a file or of the clipboard, and finds the numbers in
/// it, if any.
///
/// Sound numbers are taken whatever surrounds them: a file whose labels are
/// garbled, or that mixes two encodings, still contains them.
///
/// # Errors
/// Those of [`decode_text`], but [`PastedError::Binary`] only if no sound
/// number is found.
pub fn search(bytes: &[u8]) -> Result<Findings, PastedError> {
    let text = encoding::decode(bytes)?;
    let findings = find_numbers(&text);
    if findings.has_sound() || !encoding::is_garbled(bytes, &text) {
        return Ok(findings);
    }
    let mut salvaged = find_numbers(&encoding::salvaged(bytes));
    // Anything like a damaged number in such bytes is there by chance.
    salvaged.damaged.clear();
    match salvaged.has_sound() {
        true => Ok(salvaged),
        false if encoding::is_binary(&text) => Err(PastedError::Binary),
        false => Ok(findings),
    }
}

/// Same as [`search`], but fails if there is no sound number.
///
/// Sound numbers are returned together with damaged ones.
///
/// # Errors
/// Those of [`search`]; [`PastedError::DamagedNumber`] if everything found is
/// damaged, [`PastedError::NothingFound`] if there is nothing.
pub fn read(bytes: &[u8]) -> Result<Findings, PastedError> {
    let findings = search(bytes)?;
    if !findings.has_sound() {
        return Err(match findings.damaged.into_iter().next() {
            Some(DamagedNumber { line, error }) => PastedError::DamagedNumber { line, error },
            None => PastedError::NothingFound,
        });
    }
    Ok(findings)
}

impl Findings {
    /// Whether there is a sound number.
    fn has_sound(&self) -> bool {
        !(self.installation_ids.is_empty()
            && self.confirmation_ids.is_empty()
            && self.replies.is_empty())
    }
}

impl FoundInstallation {
    /// Adds what a repetition says and the first occurrence did not.
    fn add(&mut self, again: Self) {
        self.name = self.name.take().or(again.name);
        self.activation_id = self.activation_id.or(again.activation_id);
        self.key_tail = self.key_tail.take().or(again.key_tail);
        self.pc = self.pc.take().or(again.pc);
    }
}

#[cfg(test)]
mod tests;
