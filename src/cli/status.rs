//! `hikyaku status`: where every product of this PC stands.

use super::args::Global;
use super::exit::Exit;
use super::face::Face;
use super::failure::Failure;
use super::settle::obstacle_id;
use super::source;
use crate::activation::{LicenseStatus, Product, Standing, Tag};
use crate::i18n::Explanation;
use serde::Serialize;

/// One result on standard output per product; names are stable.
#[derive(Serialize)]
struct ProductStatus {
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

/// Lists the products, those that wait first.
pub(super) fn run(global: &Global, face: &Face) -> Result<Exit, Failure> {
    let store = source::store(global, face)?;
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
    face.line(&match &pc.serial {
        Some(serial) => format!("{}  ({serial})", pc.name),
        None => pc.name.to_string(),
    });
    if products.is_empty() {
        face.advise(&face.messages.pair("status-no-products", &[]));
    }
    for product in &products {
        face.object(&as_json(product));
        describe(product, face);
    }
    Ok(Exit::Done)
}

fn describe(product: &Product, face: &Face) {
    let tail = product.key_tail.as_ref().map_or("-", |tail| tail.as_str());
    let status = face.say(product.status.message_id());
    let key = face.say_with("word-key-tail", &[("tail", tail.into())]);
    let line = format!("{} · {key} · {status}", product.name);
    match product.standing() {
        Standing::Licensed => face.done(&format!("✓ {line}")),
        Standing::Pending => {
            face.amber(&format!("● {line}"));
            if let Some(iid) = &product.installation_id {
                face.line(&format!("    IID {}", iid.masked()));
            }
            advice(&face.messages.explain_code(product.reason), face);
            if let Some(caveat) = product.caveat() {
                advice(&face.messages.pair(caveat.into(), &caveat.facts()), face);
            }
        }
        Standing::Hidden(obstacle) => {
            face.line(&format!("– {line}"));
            advice(&face.messages.pair(obstacle_id(obstacle), &[]), face);
        }
    }
}

fn advice(pair: &Explanation, face: &Face) {
    face.line(&format!("    {}", pair.what));
    if !pair.next.is_empty() {
        face.line(&format!("    → {}", pair.next));
    }
}

fn as_json(product: &Product) -> ProductStatus {
    let (standing, obstacle) = match product.standing() {
        Standing::Pending => ("pending", None),
        Standing::Licensed => ("licensed", None),
        Standing::Hidden(obstacle) => ("hidden", Some(obstacle_id(obstacle))),
    };
    ProductStatus {
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
