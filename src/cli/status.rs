//! `hikyaku status`: where every product of this PC stands.

use super::args::GlobalArgs;
use super::console::Console;
use super::exit::Exit;
use super::failure::Failure;
use super::inputs;
use crate::activation::{LicenseStatus, Product, Standing, Tag};
use crate::i18n::Explanation;
use serde::Serialize;

/// One product, as JSON. Field names are stable.
#[derive(Serialize)]
struct StatusJson {
    product: String,
    activation_id: String,
    key_tail: Option<String>,
    status: LicenseStatus,
    reason: String,
    standing: &'static str,
    obstacle: Option<&'static str>,
    caveat: Option<&'static str>,
    tag: Option<Tag>,
}

/// Lists the products, with those that wait first.
pub(super) fn run(global: &GlobalArgs, console: &Console) -> Result<Exit, Failure> {
    let store = inputs::store(global, console)?;
    let pc = store.pc()?;
    let mut products = store.products()?;
    products.sort_by_key(|product| {
        let rank = match product.standing() {
            Standing::Pending => 0,
            Standing::Licensed => 1,
            Standing::Hidden(_) => 2,
        };
        (rank, product.application)
    });
    console.line(&match &pc.serial {
        Some(serial) => format!("{}  ({serial})", pc.name),
        None => pc.name.to_string(),
    });
    if products.is_empty() {
        console.advise(&console.messages.pair("status-no-products", &[]));
    }
    for product in &products {
        console.json(&as_json(product));
        describe(product, console);
    }
    Ok(Exit::Done)
}

fn describe(product: &Product, console: &Console) {
    let tail = product.key_tail.as_ref().map_or("-", |tail| tail.as_str());
    let status = console.text(product.status.message_id());
    let key = console.text_with("word-key-tail", &[("tail", tail.into())]);
    let line = format!("{} · {key} · {status}", product.name);
    match product.standing() {
        Standing::Licensed => console.success(&format!("✓ {line}")),
        Standing::Pending => {
            console.caution(&format!("● {line}"));
            if let Some(iid) = &product.installation_id {
                console.line(&format!("    IID {}", iid.masked()));
            }
            advice(&console.messages.explain_code(product.reason), console);
            if let Some(caveat) = product.caveat() {
                advice(
                    &console.messages.pair(caveat.into(), &caveat.facts()),
                    console,
                );
            }
        }
        Standing::Hidden(obstacle) => {
            console.line(&format!("– {line}"));
            advice(&console.messages.pair(obstacle.into(), &[]), console);
        }
    }
}

fn advice(pair: &Explanation, console: &Console) {
    console.line(&format!("    {}", pair.what));
    if !pair.next.is_empty() {
        console.line(&format!("    → {}", pair.next));
    }
}

fn as_json(product: &Product) -> StatusJson {
    let (standing, obstacle) = match product.standing() {
        Standing::Pending => ("pending", None),
        Standing::Licensed => ("licensed", None),
        Standing::Hidden(obstacle) => ("hidden", Some(obstacle.into())),
    };
    StatusJson {
        product: product.name.to_string(),
        activation_id: product.activation_id.to_string(),
        key_tail: product.key_tail.as_ref().map(ToString::to_string),
        status: product.status,
        reason: product.reason.to_string(),
        standing,
        obstacle,
        caveat: product.caveat().map(Into::into),
        tag: product.installation_id.as_ref().map(|iid| iid.tag()),
    }
}
