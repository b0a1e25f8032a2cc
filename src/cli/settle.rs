//! An answer that reached this PC: decided, deposited, reported.

use super::choose;
use super::console::Console;
use super::exit::Exit;
use super::failure::{CliError, Failure};
use crate::activation::matching::{RefusalReason, Verdict};
use crate::activation::{
    ActivationId, Answer, ConfirmationDigits, HResult, KeyedAnswer, LicenseStatus, Product, Tag,
};
use crate::licensing::{AnswerHandler, AnswerOutcome, Deposited};
use crate::platform::clock;
use serde::Serialize;

/// The PC that gets an answer, and the product chosen for it.
pub(super) struct Settling<'a> {
    pub(super) handler: AnswerHandler<'a>,
    /// `--product`
    pub(super) product: Option<&'a str>,
}

/// What became of an answer, as JSON. Field names are stable.
#[derive(Debug, Clone, Serialize)]
#[allow(clippy::struct_field_names)] // names of the JSON
pub(super) struct DepositJson {
    outcome: &'static str,
    product: Option<String>,
    tag: Option<Tag>,
    status: Option<LicenseStatus>,
    hresult: Option<String>,
    #[serde(skip_serializing_if = "is_false")]
    dry_run: bool,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde's signature
fn is_false(flag: &bool) -> bool {
    !flag
}

impl DepositJson {
    /// Nothing was deposited.
    pub(super) fn nothing() -> Self {
        Self {
            outcome: "nothing",
            product: None,
            tag: None,
            status: None,
            hresult: None,
            dry_run: false,
        }
    }

    /// The decision about an answer with this tag.
    fn of(verdict: &Verdict, tag: Option<Tag>) -> Self {
        let (outcome, product) = match verdict {
            Verdict::Deposit(product, _)
            | Verdict::AlreadyLicensed(product)
            | Verdict::NotApplicable(product, _) => ("nothing", Some(product)),
            Verdict::OtherProduct(product)
            | Verdict::Known(RefusalReason::OtherProduct(product)) => {
                ("other-product", Some(product))
            }
            Verdict::Changed(_) | Verdict::Known(RefusalReason::Changed(_)) => ("changed", None),
            Verdict::OtherPc(_) | Verdict::Known(RefusalReason::OtherPc(_)) => ("other-pc", None),
            Verdict::Known(RefusalReason::Damaged)
            | Verdict::Choose(_)
            | Verdict::NothingPending
            | Verdict::ChosenNotPending => return Self::nothing(),
        };
        Self {
            outcome,
            product: product.map(|product| product.name.to_string()),
            tag,
            status: product.map(|product| product.status),
            ..Self::nothing()
        }
    }
}

impl Settling<'_> {
    /// Decides, deposits if the answer belongs to this PC, and reports the
    /// result.
    pub(super) fn settle(&mut self, answer: &Answer, console: &Console) -> Result<Exit, Failure> {
        let wanted = self.product;
        let chosen = |products: &[Product]| -> Result<Option<ActivationId>, Failure> {
            let product = wanted.map(|wanted| choose::product(wanted, products));
            Ok(product.transpose()?.map(|product| product.activation_id))
        };
        console.detail(&answer.digits().masked());
        let (received, forgotten) = self.handler.handle(answer, chosen, clock::now())?;
        // The result is reported even if it cannot be remembered.
        if let Some(error) = forgotten {
            console.warn(&error);
        }
        Ok(report_received(&received, answer, console))
    }
}

/// Reports what became of an answer.
fn report_received(received: &AnswerOutcome, answer: &Answer, console: &Console) -> Exit {
    let verdict = match received {
        AnswerOutcome::Deposited(product, deposited) => {
            return report_deposit(product, deposited, console);
        }
        AnswerOutcome::Decided(verdict) => verdict,
    };
    let exit = match verdict {
        Verdict::Deposit(product, _) => {
            announce_dry_run(verdict, product, answer, console);
            return Exit::Done;
        }
        Verdict::AlreadyLicensed(_) => {
            console.success(&console.text_with(verdict.id(), &verdict.facts()));
            Exit::Done
        }
        Verdict::Choose(products) => {
            console.advise(&console.messages.pair(verdict.id(), &verdict.facts()));
            for product in products {
                console.note(&format!("  {}", product_line(product)));
            }
            Exit::Usage
        }
        _ => {
            console.advise(&console.messages.pair(verdict.id(), &verdict.facts()));
            Exit::NotForThisPc
        }
    };
    console.json(&DepositJson::of(verdict, answer.tag()));
    exit
}

fn report_deposit(product: &Product, deposited: &Deposited, console: &Console) -> Exit {
    let outcome = |name| DepositJson {
        outcome: name,
        product: Some(product.name.to_string()),
        tag: Some(deposited.tag),
        status: Some(deposited.status),
        hresult: deposited.refusal.map(|code| code.to_string()),
        dry_run: false,
    };
    if deposited.is_activated() {
        console.success(&console.text_with("settle-activated", &product.facts()));
        console.line(&console.text("settle-show-receipt"));
        console.json(&outcome("deposited"));
        return Exit::Done;
    }
    let code = deposited.refusal.unwrap_or(HResult::OK);
    let mut facts = product.facts();
    facts.push(("code", code.to_string().into()));
    facts.push(("status", console.text(deposited.status.message_id()).into()));
    console.note(&console.text_with("settle-refused", &facts));
    console.refuse(&console.messages.explain_code(code));
    console.json(&outcome("refused"));
    if code.needs_elevation() {
        Exit::NeedsElevation
    } else {
        Exit::Refused
    }
}

fn announce_dry_run(verdict: &Verdict, product: &Product, answer: &Answer, console: &Console) {
    console.line(&console.text_with(verdict.id(), &verdict.facts()));
    console.line(&equivalent_command(product.activation_id, &answer.digits()));
    console.json(&DepositJson {
        dry_run: true,
        ..DepositJson::of(verdict, answer.tag())
    });
}

/// The command that does the same by hand in Windows.
fn equivalent_command(product: ActivationId, digits: &ConfirmationDigits) -> String {
    KeyedAnswer::new(digits.clone(), Some(product))
        .to_string()
        .to_ascii_lowercase()
}

/// Last five of the key, Activation ID and name, on one line.
pub(super) fn product_line(product: &Product) -> String {
    let tail = product
        .key_tail
        .as_ref()
        .map_or("-----", |tail| tail.as_str());
    format!("{tail}  {}  {}", product.activation_id, product.name)
}

/// Fails unless some product waits for a Confirmation ID: nobody should type 48
/// digits only to learn that none does.
pub(super) fn require_pending_product(products: &[Product]) -> Result<(), Failure> {
    if products.iter().any(Product::is_pending) {
        Ok(())
    } else {
        Err(CliError::NothingToShow.into())
    }
}
