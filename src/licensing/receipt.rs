//! The receipt: what a PC reports after its deposits.

use super::PcHistory;
use super::history::DepositAttempt;
use crate::activation::{
    MAX_PRODUCTS, PcIdentity, Product, ProductReceipt, Receipt, ReceiptBatch, Standing,
};
use chrono::{DateTime, Utc};
use std::cmp::Reverse;

/// The receipt of a PC whose products were read at `at`, and the product that
/// each of its entries is about; `None` if no deposit was tried and nothing is
/// activated. If a receipt cannot hold all entries, it holds the latest
/// attempts.
pub fn receipt<'a>(
    pc: &PcIdentity,
    products: &'a [Product],
    history: &PcHistory,
    at: DateTime<Utc>,
) -> Option<(ReceiptBatch, Vec<&'a Product>)> {
    let mut reported: Vec<ReceiptEntry<'_>> = products
        .iter()
        .enumerate()
        .filter_map(|(place, product)| ReceiptEntry::of(place, product, pc, history))
        .collect();
    let earlier = reported.len().saturating_sub(MAX_PRODUCTS);
    reported.sort_by_key(|it| (Reverse(it.tried_at), it.place));
    reported.truncate(MAX_PRODUCTS);
    reported.sort_by_key(|it| it.place);
    let (about, entries): (Vec<&Product>, Vec<ProductReceipt>) = reported
        .into_iter()
        .map(|it| (it.product, it.entry))
        .unzip();
    let receipt = Receipt {
        pc: pc.clone(),
        issued_at: at,
        products: entries,
    };
    (!about.is_empty()).then_some((ReceiptBatch { receipt, earlier }, about))
}

/// An entry of the receipt, and what orders it.
struct ReceiptEntry<'a> {
    product: &'a Product,
    /// Position in the licence store.
    place: usize,
    entry: ProductReceipt,
    /// When a deposit was last tried.
    tried_at: Option<DateTime<Utc>>,
}

impl<'a> ReceiptEntry<'a> {
    /// The current status, with the last refusal while the product is pending;
    /// `None` if there is nothing to report.
    fn of(
        place: usize,
        product: &'a Product,
        pc: &PcIdentity,
        history: &PcHistory,
    ) -> Option<Self> {
        let current = product.tag();
        // The same machine, or the same number, which no two machines share.
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
