//! Depositing a Confirmation ID, with every check that makes it safe.

use super::{LicenseStore, StoreError};
use crate::activation::{ActivationId, ConfirmationDigits, HResult, LicenseStatus, Product, Tag};
use crate::advice::{Advice, Fact};

/// What the licence store says after a deposit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deposited {
    /// Tag of the Installation ID that was answered.
    pub tag: Tag,
    /// Status read after the deposit and a refresh. Only 1 means activated.
    pub status: LicenseStatus,
    /// Why the product is not activated: the store's refusal, or the reason of a
    /// status other than 1.
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
    /// The product is no longer in the licence store.
    #[error("product {product} is not in the licence store")]
    ProductGone {
        /// Its Activation ID.
        product: ActivationId,
    },
    /// The product no longer has an Installation ID, or is not pending.
    #[error("product {product} is not waiting for a Confirmation ID")]
    NotPending {
        /// Its Activation ID.
        product: ActivationId,
    },
    /// The Installation ID read just now is not the one that the digits answer.
    #[error("the Installation ID read now is not the one that was answered")]
    TagMismatch,
    /// A practice Confirmation ID for a real PC, or vice versa.
    #[error("practice and real numbers do not go together")]
    #[advice(also = store)]
    PracticeMixed {
        /// Whether the store is the practice one.
        #[fact(skip)]
        store_is_practice: bool,
    },
    /// The store could not be read or reached.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The kind of store, by which messages choose their wording.
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

/// Deposits a Confirmation ID for a product and reads the resulting status.
///
/// Reads the Installation ID first and hands the digits over only if its tag is
/// `expected`, the tag by which the digits were matched to this product. Success
/// is licence status 1 after a refresh, not the return value of the method.
///
/// # Errors
/// [`DepositError`] if nothing was deposited. A refusal by the store is not an
/// error but a [`Deposited`] with its code, because it belongs on the receipt.
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
    // Digits that a person insists on, although a check digit fails, are for the
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
        // A failed refresh does not undo the deposit; the status decides.
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

/// Why a product is not activated although the store took its number. Some
/// statuses are a reason by themselves.
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
