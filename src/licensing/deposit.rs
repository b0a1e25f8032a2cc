//! The one act that matters, done the one safe way.

use super::{LicenseStore, StoreError};
use crate::activation::{ActivationId, ConfirmationDigits, HResult, LicenseStatus, Product, Tag};
use crate::advice::{Advice, Fact};

/// What stands in the licence store after a deposit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deposited {
    /// Tag of the Installation ID that was answered.
    pub tag: Tag,
    /// Status read after the deposit and a refresh; 1 means activated, nothing
    /// else does.
    pub status: LicenseStatus,
    /// What the store said against it: the refusal, or the reason of a status
    /// other than 1.
    pub refusal: Option<HResult>,
}

impl Deposited {
    /// Whether the product is activated.
    pub fn is_activated(&self) -> bool {
        self.status == LicenseStatus::Licensed
    }
}

/// Why nothing was deposited.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames, Advice,
)]
#[strum(serialize_all = "kebab-case", prefix = "deposit-")]
pub enum DepositError {
    /// The product is not in the licence store any more.
    #[error("product {product} is not in the licence store")]
    ProductGone {
        /// Its Activation ID.
        product: ActivationId,
    },
    /// The product has no Installation ID any more, or does not wait.
    #[error("product {product} does not wait for a Confirmation ID")]
    NotPending {
        /// Its Activation ID.
        product: ActivationId,
    },
    /// The Installation ID read at this moment is not the one answered.
    #[error("the Installation ID read now is not the one that was answered")]
    TagMismatch,
    /// A practice Confirmation ID for a real PC, or the other way round.
    #[error("practice and real numbers do not go together")]
    #[advice(also = store)]
    PracticeMixed {
        /// Whether it is the store that is a practice store.
        #[fact(skip)]
        store_is_practice: bool,
    },
    /// The store could not be read or reached.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Which store it is: messages tell the two apart by this word.
fn store(error: &DepositError) -> Option<(&'static str, Fact)> {
    let DepositError::PracticeMixed { store_is_practice } = error else {
        return None;
    };
    let word = if *store_is_practice {
        "practice"
    } else {
        "real"
    };
    Some(("store", word.into()))
}

/// Deposits a Confirmation ID for a product and reads what came of it.
///
/// The Installation ID is read at this moment and must be the one with the tag
/// `expected`, by which it was decided that the digits belong here; only then are
/// they handed over. Success is licence status 1 after a
/// refresh, not the method's return.
///
/// # Errors
/// [`DepositError`] where nothing was deposited. A refusal by the store is not
/// an error here but a [`Deposited`] with its code: it belongs on the receipt.
pub fn deposit_and_verify(
    store: &mut dyn LicenseStore,
    product: ActivationId,
    expected: Tag,
    cid: &ConfirmationDigits,
) -> Result<Deposited, DepositError> {
    let row = row_of(store, product)?;
    let iid = row
        .installation_id
        .clone()
        .filter(|_| row.is_pending())
        .ok_or(DepositError::NotPending { product })?;
    if iid.tag() != expected {
        return Err(DepositError::TagMismatch);
    }
    // Only checked numbers are judged: what a person insists upon is for the
    // store to refuse.
    if let Some(checked) = cid.checked()
        && checked.is_practice() != store.is_practice()
    {
        return Err(DepositError::PracticeMixed {
            store_is_practice: store.is_practice(),
        });
    }
    let handed_over = match store.deposit(product, &iid, cid) {
        Ok(()) => None,
        Err(StoreError::Refused(code)) => Some(code),
        Err(other) => return Err(other.into()),
    };
    if handed_over.is_none() {
        // A refresh that fails does not undo the deposit: the status tells.
        let _ = store.refresh();
    }
    let after = row_of(store, product)?;
    let refusal = handed_over.or_else(|| reason_against(&after));
    Ok(Deposited {
        tag: iid.tag(),
        status: after.status,
        refusal,
    })
}

/// Why a product is not activated although its number was taken. A status may
/// say it by itself.
fn reason_against(row: &Product) -> Option<HResult> {
    match (row.status, row.reason) {
        (LicenseStatus::Licensed, _) => None,
        (LicenseStatus::NonGenuineGrace, HResult::OK) => Some(HResult::NOT_GENUINE),
        (_, reason) => Some(reason),
    }
}

fn row_of(store: &dyn LicenseStore, product: ActivationId) -> Result<Product, DepositError> {
    store
        .product(product)?
        .ok_or(DepositError::ProductGone { product })
}

#[cfg(test)]
mod tests;
