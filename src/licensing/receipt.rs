//! What a PC says of itself when the licence store has spoken.

use super::Memory;
use super::memory::Tried;
use crate::activation::{MAX_PRODUCTS, PcIdentity, Product, ProductReceipt, Receipt, Standing};
use chrono::{DateTime, Utc};

/// The receipt of a PC whose products were read at `at`, and which product
/// each of its entries is about; `None` where nothing was tried and nothing is
/// activated.
pub fn receipt<'a>(
    pc: &PcIdentity,
    products: &'a [Product],
    memory: &Memory,
    at: DateTime<Utc>,
) -> Option<(Receipt, Vec<&'a Product>)> {
    let (about, entries): (Vec<&Product>, Vec<ProductReceipt>) = products
        .iter()
        .filter_map(|product| Some((product, entry(product, pc, memory)?)))
        .take(MAX_PRODUCTS)
        .unzip();
    let receipt = Receipt {
        pc: pc.clone(),
        issued_at: at,
        products: entries,
    };
    (!about.is_empty()).then_some((receipt, about))
}

/// What the receipt says of a product: its status as read now, the last
/// refusal while it waits; nothing where nothing was tried.
fn entry(product: &Product, pc: &PcIdentity, memory: &Memory) -> Option<ProductReceipt> {
    let current = product.installation_id.as_ref().map(|iid| iid.tag());
    // The same machine, or the same number: no two machines have one.
    let is_here = |tried: &Tried| tried.pc.is_same_machine(pc) || current == Some(tried.tag);
    let tried = memory
        .tried()
        .iter()
        .rev()
        .find(|tried| tried.activation_id == product.activation_id && is_here(tried));
    match product.standing() {
        Standing::Licensed => Some(ProductReceipt {
            tag: tried.map(|tried| tried.tag).or(current)?,
            status: product.status,
            refusal: None,
        }),
        _ => tried.map(|tried| ProductReceipt {
            tag: tried.tag,
            status: product.status,
            refusal: tried.refusal,
        }),
    }
}

#[cfg(test)]
#[path = "receipt_tests.rs"]
mod tests;
