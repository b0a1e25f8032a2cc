//! What gets printed: the reply sheet and its counterpart, the record for the
//! customer, the work instruction, the letter to the IT department.
//!
//! Every document is one HTML file that needs no network and prints on A4 as it
//! stands: symbols are drawings in it, faces are those of the system, headers
//! and page numbers come from its own style. Texts that came from elsewhere are
//! escaped by the templates.

/// Two templates over the same contents, and `rendered` for the one of a
/// language: prose differs by more than its words.
macro_rules! bilingual_template {
    ($contents:ty, $ja:literal, $en:literal) => {
        #[derive(askama::Template)]
        #[template(path = $ja, config = "src/paper/askama.toml")]
        struct Japanese($contents);

        #[derive(askama::Template)]
        #[template(path = $en, config = "src/paper/askama.toml")]
        struct English($contents);

        impl std::ops::Deref for Japanese {
            type Target = $contents;

            fn deref(&self) -> &$contents {
                &self.0
            }
        }

        impl std::ops::Deref for English {
            type Target = $contents;

            fn deref(&self) -> &$contents {
                &self.0
            }
        }

        fn rendered(contents: $contents, lang: crate::i18n::Lang) -> Result<String, askama::Error> {
            use askama::Template as _;
            match lang {
                crate::i18n::Lang::Ja => Japanese(contents).render(),
                crate::i18n::Lang::En => English(contents).render(),
            }
        }
    };
}

mod letter;
pub mod plan;
mod record;
mod runbook;
mod sheets;
mod symbols;

pub use letter::{Letter, letter};
pub use record::record;
pub use runbook::{Runbook, runbook};
pub use sheets::{reply_sheet, request_sheet};

use crate::activation::Label;
use crate::advice::Advice;
use crate::i18n::Messages;
use crate::symbol::SymbolError;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::NaiveDate;

/// Where the Confirmation IDs come from; printed as text and as a symbol.
/// Source: Microsoft's announcement of the end of activation by telephone.
pub const PORTAL: &str = "https://aka.ms/aoh";

/// Largest logo, in bytes.
const MAX_LOGO: usize = 2 * 1024 * 1024;

/// Why a document was not made.
#[derive(Debug, thiserror::Error, strum::IntoStaticStr, strum::VariantNames, Advice)]
#[strum(serialize_all = "kebab-case", prefix = "paper-")]
pub enum PaperError {
    /// The logo is neither PNG nor JPEG, or too large.
    #[error("the logo is neither PNG nor JPEG, or larger than {limit} bytes")]
    Logo {
        /// The most bytes.
        limit: usize,
    },
    /// The sheet would be empty.
    #[error("nothing to print")]
    NothingToPrint,
    /// A symbol cannot be made.
    #[error(transparent)]
    Symbol(#[from] SymbolError),
    /// A template cannot be filled: a mistake of the program.
    #[error("a template failed: {0}")]
    Template(#[from] askama::Error),
}

/// Whose document it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Issuer {
    /// The company's name.
    pub company: Option<Label>,
    /// Its logo, as a `data:` address.
    logo: Option<String>,
}

impl Issuer {
    /// A company with its logo (PNG or JPEG).
    ///
    /// # Errors
    /// [`PaperError::Logo`]
    pub fn new(company: Option<Label>, logo: Option<&[u8]>) -> Result<Self, PaperError> {
        let logo = logo
            .map(|bytes| {
                let kind = match bytes {
                    _ if bytes.len() > MAX_LOGO => None,
                    [0x89, b'P', b'N', b'G', ..] => Some("png"),
                    [0xff, 0xd8, 0xff, ..] => Some("jpeg"),
                    _ => None,
                };
                let kind = kind.ok_or(PaperError::Logo { limit: MAX_LOGO })?;
                Ok::<_, PaperError>(format!(
                    "data:image/{kind};base64,{}",
                    STANDARD.encode(bytes)
                ))
            })
            .transpose()?;
        Ok(Self { company, logo })
    }
}

/// What stands on every document.
struct DocumentHead {
    lang: &'static str,
    title: String,
    /// Printed at the foot of every page.
    foot: String,
    company: Option<String>,
    logo: Option<String>,
    /// Said where the document is a rehearsal's.
    practice: Option<String>,
}

impl DocumentHead {
    fn new(title: String, made: &str, practice: bool, messages: &Messages) -> Self {
        Self {
            lang: messages.lang().code(),
            foot: format!("{title} · {made}"),
            title,
            company: None,
            logo: None,
            practice: practice.then(|| messages.say("paper-practice")),
        }
    }

    fn issued_by(mut self, issuer: &Issuer) -> Self {
        self.company = issuer.company.as_ref().map(ToString::to_string);
        self.logo.clone_from(&issuer.logo);
        self
    }

    /// The foot as a string of a style sheet: CSS Syntax, 4.3.5.
    fn foot_in_style(&self) -> String {
        use std::fmt::Write as _;
        let mut quoted = String::from("\"");
        for character in self.foot.chars() {
            if character.is_ascii_alphanumeric() || !character.is_ascii() || character == ' ' {
                quoted.push(character);
            } else {
                let _ = write!(quoted, "\\{:x} ", u32::from(character));
            }
        }
        quoted.push('"');
        quoted
    }
}

/// A day as it is written in this language.
fn day(date: NaiveDate, messages: &Messages) -> String {
    match messages.lang() {
        crate::i18n::Lang::Ja => date.format("%Y年%-m月%-d日").to_string(),
        crate::i18n::Lang::En => date.format("%-d %B %Y").to_string(),
    }
}

#[cfg(test)]
mod tests;
