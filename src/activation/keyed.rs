//! An answer for a PC on which Hikyaku does not run: what a handheld scanner, or
//! a person, types into Windows itself.
//!
//! A handheld scanner is a keyboard. The command consists of letters, digits,
//! spaces, `/` and `-`, whose keys are the same on Japanese and on US layouts
//! (not on German and many others); the console ignores case. The digits alone
//! survive every layout whose digits need no Shift (not the French one).

use super::{ActivationId, ConfirmationDigits};
use std::fmt;

/// What is typed, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum KeyedForm {
    /// The command, into a console that runs as administrator.
    Command,
    /// The digits with a Tab between two boxes, into boxes that do not move on
    /// by themselves.
    TabbedBoxes,
    /// The digits alone, into boxes that move on by themselves, or into one
    /// field.
    Digits,
}

impl KeyedForm {
    /// All of them, the most useful one first.
    pub const ALL: [Self; 3] = [Self::Command, Self::TabbedBoxes, Self::Digits];

    /// Its name in JSON and in the ids of messages.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// The next one, for a button that goes round.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Command => Self::TabbedBoxes,
            Self::TabbedBoxes => Self::Digits,
            Self::Digits => Self::Command,
        }
    }
}

/// An answer that is typed into Windows, without Hikyaku. It carries no tag, so
/// it is up to the person to be at the right PC; Windows refuses another PC's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyedAnswer {
    cid: ConfirmationDigits,
    product: Option<ActivationId>,
}

impl KeyedAnswer {
    /// From the digits and, where it is known, the product that they activate.
    /// Without it, Windows takes them for the main product of the PC.
    pub fn new(cid: impl Into<ConfirmationDigits>, product: Option<ActivationId>) -> Self {
        Self {
            cid: cid.into(),
            product,
        }
    }

    /// What is typed, and what the symbol of this form encodes: nothing in a
    /// command needs more than a symbol's alphanumeric mode.
    ///
    /// ```
    /// use hikyaku::activation::{ConfirmationId, KeyedAnswer, KeyedForm};
    /// let cid = "092914 273902 996432 764863 869585 514303 965545 262473";
    /// let answer = KeyedAnswer::new(ConfirmationId::parse(cid).unwrap(), None);
    /// assert_eq!(
    ///     answer.text(KeyedForm::Command),
    ///     "SLMGR /ATP 092914273902996432764863869585514303965545262473"
    /// );
    /// ```
    pub fn text(&self, form: KeyedForm) -> String {
        match form {
            KeyedForm::Command => self.to_string(),
            KeyedForm::TabbedBoxes => self.cid.groups().join("\t"),
            KeyedForm::Digits => self.cid.digits().to_owned(),
        }
    }

    /// Keys of the messages beside the symbol of a form: how to use it, and where
    /// it does not work.
    pub fn how(&self, form: KeyedForm) -> Vec<&'static str> {
        match form {
            KeyedForm::Command => ["keyed-how-command", "keyed-layouts"]
                .into_iter()
                .chain(self.product.is_none().then_some("keyed-main-product"))
                .collect(),
            KeyedForm::TabbedBoxes => vec!["keyed-how-tabbed-boxes"],
            KeyedForm::Digits => vec!["keyed-how-digits"],
        }
    }

    /// Keys of the messages for every form: whose it is, how to type it, what to
    /// check afterwards (`check` is [`Self::check`]), how the result comes back.
    pub fn closing() -> [&'static str; 4] {
        [
            "keyed-not-this-pc",
            "keyed-by-hand",
            "keyed-after",
            "keyed-record",
        ]
    }

    /// The command that says afterwards whether the product is activated.
    pub fn check(&self) -> String {
        match self.product {
            Some(product) => format!("slmgr /xpr {product}"),
            None => "slmgr /xpr".to_owned(),
        }
    }

    /// The product that the command names.
    pub fn product(&self) -> Option<ActivationId> {
        self.product
    }
}

/// The command, in capitals.
impl fmt::Display for KeyedAnswer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "SLMGR /ATP {}", self.cid.digits())?;
        match self.product {
            Some(product) => write!(formatter, " {}", product.to_string().to_ascii_uppercase()),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activation::{ConfirmationId, fold};

    const CID: &str = "092914273902996432764863869585514303965545262473";
    const PRODUCT: &str = "4de7cb65-cdf1-4de9-8ae8-e3cce27b9f2c";

    fn answer(product: Option<&str>) -> KeyedAnswer {
        KeyedAnswer::new(
            ConfirmationId::parse(CID).unwrap(),
            product.and_then(ActivationId::parse),
        )
    }

    #[test]
    fn a_command_is_in_capitals_and_names_the_product_if_it_is_known() {
        assert_eq!(
            answer(Some(PRODUCT)).text(KeyedForm::Command),
            format!("SLMGR /ATP {CID} 4DE7CB65-CDF1-4DE9-8AE8-E3CCE27B9F2C")
        );
        assert_eq!(
            answer(None).text(KeyedForm::TabbedBoxes),
            "092914\t273902\t996432\t764863\t869585\t514303\t965545\t262473"
        );
        assert_eq!(answer(None).text(KeyedForm::Digits), CID);
        assert_eq!(KeyedForm::TabbedBoxes.name(), "tabbed-boxes");
    }

    #[test]
    fn what_is_typed_reads_back_as_the_bare_number() {
        for product in [None, Some(PRODUCT)] {
            for form in KeyedForm::ALL {
                let text = answer(product).text(form);
                assert_eq!(fold(&text).unwrap().digits(), CID, "{text:?}");
            }
        }
    }
}
