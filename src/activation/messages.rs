//! The three messages of the exchange, and the collection of them that a trip
//! is.

use super::{
    ActivationId, HResult, InstallationId, KeyTail, Label, LicenseStatus, PcIdentity, Product,
    Reply, Tag,
};
use chrono::{DateTime, Utc};

/// Most products in one request or receipt: a PC has a handful.
pub const MAX_PRODUCTS: usize = 16;

/// Most requests, replies or receipts in one trip.
pub const MAX_ENTRIES: usize = 1000;

/// What an offline PC asks for: a Confirmation ID for each of these products.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The PC that asks.
    pub pc: PcIdentity,
    /// When its licence store was read; to the second.
    pub taken_at: DateTime<Utc>,
    /// The pending products, 1 to [`MAX_PRODUCTS`].
    pub products: Vec<ProductRequest>,
}

impl Request {
    /// The request of a PC whose products were read at `taken_at`. It asks for
    /// each pending product, in the order of the licence store, up to the limit
    /// of one request. `None` if nothing is pending.
    pub fn of(
        pc: &PcIdentity,
        products: &[Product],
        taken_at: DateTime<Utc>,
    ) -> Option<RequestBatch> {
        let mut waiting: Vec<ProductRequest> = Vec::new();
        for product in products.iter().filter_map(ProductRequest::of) {
            let asked = |it: &ProductRequest| it.activation_id == product.activation_id;
            // The store can list a product twice; an answer could not say which
            // row it is for.
            if !waiting.iter().any(asked) {
                waiting.push(product);
            }
        }
        let later = waiting.len().saturating_sub(MAX_PRODUCTS);
        waiting.truncate(MAX_PRODUCTS);
        (!waiting.is_empty()).then(|| RequestBatch {
            request: Self {
                pc: pc.clone(),
                taken_at,
                products: waiting,
            },
            later,
        })
    }

    /// Whether it asks for this product.
    pub fn is_for(&self, product: ActivationId) -> bool {
        self.products.iter().any(|it| it.activation_id == product)
    }
}

/// The request to show now, and how much has to wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestBatch {
    /// The request to show now.
    pub request: Request,
    /// How many pending products did not fit. They are asked for once those in
    /// the request are activated.
    pub later: usize,
}

/// One product of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductRequest {
    /// Its Activation ID.
    pub activation_id: ActivationId,
    /// Its name.
    pub name: Label,
    /// Last five characters of its key.
    pub key_tail: Option<KeyTail>,
    /// Its Installation ID.
    pub installation_id: InstallationId,
}

impl ProductRequest {
    /// The request for a product; `None` unless it is pending.
    pub fn of(product: &Product) -> Option<Self> {
        if !product.is_pending() {
            return None;
        }
        Some(Self {
            activation_id: product.activation_id,
            name: product.name.clone(),
            key_tail: product.key_tail.clone(),
            installation_id: product.installation_id.clone()?,
        })
    }
}

/// What a PC shows after the licence store has decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The PC.
    pub pc: PcIdentity,
    /// When the status was read; to the second.
    pub issued_at: DateTime<Utc>,
    /// Its products, 1 to [`MAX_PRODUCTS`].
    pub products: Vec<ProductReceipt>,
}

/// The receipt to show now, and how much was told earlier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptBatch {
    /// The receipt to show now.
    pub receipt: Receipt,
    /// How many products with an earlier result are not in the receipt.
    pub earlier: usize,
}

/// One product of a receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductReceipt {
    /// Tag of the Installation ID that was answered.
    pub tag: Tag,
    /// Licence status read after the deposit.
    pub status: LicenseStatus,
    /// What the licence store said, if it refused.
    pub refusal: Option<HResult>,
}

impl ProductReceipt {
    /// Whether the product is activated; status 1 and nothing else.
    pub fn is_activated(&self) -> bool {
        self.status == LicenseStatus::Licensed
    }
}

/// Everything gathered on a trip, to hand from one device to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TripMessage {
    /// Name of the trip.
    pub name: Label,
    /// When this was written; to the second.
    pub written_at: DateTime<Utc>,
    /// Requests gathered, at most [`MAX_ENTRIES`].
    pub requests: Vec<Request>,
    /// Replies in hand, at most [`MAX_ENTRIES`].
    pub replies: Vec<Reply>,
    /// Receipts seen, at most [`MAX_ENTRIES`].
    pub receipts: Vec<Receipt>,
}

#[cfg(test)]
mod tests;
