//! Documents for print: the reply sheet and the request sheet, the record for
//! the customer, the work instruction, the letter to the IT department.
//!
//! Every document is one HTML file that needs no network and prints on A4 as it
//! is: symbols are inline SVG, fonts are those of the system, and headers and
//! page numbers come from its own style sheet. The templates escape all text
//! from outside.

/// Defines two templates over the same contents, and `rendered`, which fills
/// the one of a language: the documents differ by more than words.
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
pub use sheets::{keyed_sheet, reply_sheet, request_sheet};

use crate::activation::Label;
use crate::advice::Advice;
use crate::i18n::Messages;
use crate::symbol::SymbolError;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::NaiveDate;

/// The portal that gives Confirmation IDs, printed as text and as a symbol.
/// Source: Microsoft's announcement of the end of activation by telephone.
pub const PORTAL: &str = "https://aka.ms/aoh";

/// Most bytes of a logo.
const MAX_LOGO: usize = 2 * 1024 * 1024;

/// Why a document was not made.
#[derive(Debug, thiserror::Error, strum::IntoStaticStr, strum::VariantNames, Advice)]
#[strum(serialize_all = "kebab-case", prefix = "paper-")]
pub enum PaperError {
    /// The logo is neither PNG nor JPEG, or too large.
    #[error("the logo is neither PNG nor JPEG, or larger than {limit} bytes")]
    Logo {
        /// Most bytes allowed.
        limit: usize,
    },
    /// The sheet would be empty.
    #[error("nothing to print")]
    NothingToPrint,
    /// A symbol could not be made.
    #[error(transparent)]
    Symbol(#[from] SymbolError),
    /// A template could not be filled, which is a defect of the program.
    #[error("a template failed: {0}")]
    Template(#[from] askama::Error),
}

/// The company that issues a document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Issuer {
    /// The company's name.
    pub company: Option<Label>,
    /// Its logo, as a `data:` URL.
    logo: Option<String>,
}

impl Issuer {
    /// Makes the issuer from its name and its logo (PNG or JPEG).
    ///
    /// # Errors
    /// [`PaperError::Logo`] if the logo is neither, or too large.
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

/// What every document has in its head and foot.
struct DocumentHead {
    lang: &'static str,
    title: String,
    /// Printed at the foot of every page.
    foot: String,
    company: Option<String>,
    logo: Option<String>,
    /// Printed if the document is from a rehearsal.
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

    /// The foot as a CSS string (CSS Syntax, 4.3.5).
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

/// A date as it is written in this language.
fn day(date: NaiveDate, messages: &Messages) -> String {
    match messages.lang() {
        crate::i18n::Lang::Ja => date.format("%Y年%-m月%-d日").to_string(),
        crate::i18n::Lang::En => date.format("%-d %B %Y").to_string(),
    }
}

#[cfg(test)]
mod tests;
