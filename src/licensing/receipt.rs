//! What a PC says of itself when the licence store has spoken.

use super::PcHistory;
use super::history::DepositAttempt;
use crate::activation::{
    MAX_PRODUCTS, PcIdentity, Product, ProductReceipt, Receipt, Standing, Telling,
};
use chrono::{DateTime, Utc};
use std::cmp::Reverse;

/// What a PC tells whose products were read at `at`, and which product each
/// entry of the receipt is about; `None` where nothing was tried and nothing is
/// activated. Where there is more to tell than a receipt holds, what was tried
/// last is in it.
pub fn receipt<'a>(
    pc: &PcIdentity,
    products: &'a [Product],
    history: &PcHistory,
    at: DateTime<Utc>,
) -> Option<(Telling, Vec<&'a Product>)> {
    let mut told: Vec<ReceiptEntry<'_>> = products
        .iter()
        .enumerate()
        .filter_map(|(place, product)| ReceiptEntry::of(place, product, pc, history))
        .collect();
    let earlier = told.len().saturating_sub(MAX_PRODUCTS);
    told.sort_by_key(|it| (Reverse(it.tried_at), it.place));
    told.truncate(MAX_PRODUCTS);
    told.sort_by_key(|it| it.place);
    let (about, entries): (Vec<&Product>, Vec<ProductReceipt>) =
        told.into_iter().map(|it| (it.product, it.entry)).unzip();
    let receipt = Receipt {
        pc: pc.clone(),
        issued_at: at,
        products: entries,
    };
    (!about.is_empty()).then_some((Telling { receipt, earlier }, about))
}

/// What there is to tell of a product.
struct ReceiptEntry<'a> {
    product: &'a Product,
    /// Where it stands in the licence store.
    place: usize,
    entry: ProductReceipt,
    /// When a deposit was tried last.
    tried_at: Option<DateTime<Utc>>,
}

impl<'a> ReceiptEntry<'a> {
    /// Its status as read now, the last refusal while it waits; nothing where
    /// nothing was tried.
    fn of(
        place: usize,
        product: &'a Product,
        pc: &PcIdentity,
        history: &PcHistory,
    ) -> Option<Self> {
        let current = product.tag();
        // The same machine, or the same number: no two machines have one.
        let is_here =
            |tried: &DepositAttempt| tried.pc.is_same_machine(pc) || current == Some(tried.tag);
        let tried = history
            .attempts()
            .iter()
            .rev()
            .find(|tried| tried.activation_id == product.activation_id && is_here(tried));
        let entry = match product.standing() {
            Standing::Licensed => ProductReceipt {
                tag: tried.map(|tried| tried.tag).or(current)?,
                status: product.status,
                refusal: None,
            },
            _ => ProductReceipt {
                tag: tried?.tag,
                status: product.status,
                refusal: tried?.refusal,
            },
        };
        Some(Self {
            product,
            place,
            entry,
            tried_at: tried.map(|tried| tried.at),
        })
    }
}

#[cfg(test)]
mod tests;
