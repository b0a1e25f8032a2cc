use super::*;
use crate::activation::ConfirmationId;
use crate::licensing::samples::{StoreDouble, digits_for, iid};

const REAL: &str = "092914273902996432764863869585514303965545262473";

fn deposit(store: &mut StoreDouble) -> Result<Deposited, DepositError> {
    let product = store.rows[0].activation_id;
    deposit_and_verify(store, product, iid("a").tag(), &digits_for(&iid("a")))
}

fn store() -> StoreDouble {
    StoreDouble::of(&[&iid("a"), &iid("b")])
}

#[test]
fn the_row_is_read_before_and_after_and_refreshed_between() {
    let mut store = store();
    let done = deposit(&mut store).unwrap();
    assert!(done.is_activated());
    assert_eq!((done.tag, done.refusal), (iid("a").tag(), None));
    assert_eq!(store.asked(), ["row", "deposit", "refresh", "row"]);
    // A failed refresh does not undo it.
    let mut store = self::store();
    store.at_refresh = || Err(StoreError::NotWindows);
    assert!(deposit(&mut store).unwrap().is_activated());
}

#[test]
fn a_refusal_is_told_with_the_status_that_stands_there() {
    let mut store = store();
    store.at_deposit = |_| Err(StoreError::Refused(HResult::MISMATCH));
    let done = deposit(&mut store).unwrap();
    assert!(!done.is_activated());
    assert_eq!(done.refusal, Some(HResult::MISMATCH));
    assert_eq!(store.asked(), ["row", "deposit", "row"]);
    // Any other error does not come from the store.
    store.at_deposit = |_| Err(StoreError::NotWindows);
    let error = deposit(&mut store).unwrap_err();
    assert_eq!(error, DepositError::Store(StoreError::NotWindows));
    assert_eq!(error.id(), "store-not-windows");
}

#[test]
fn taken_is_not_yet_activated_and_the_row_says_why() {
    let after = |at_deposit: fn(&mut Product) -> Result<(), StoreError>| {
        let mut store = store();
        store.at_deposit = at_deposit;
        let done = deposit(&mut store).unwrap();
        assert!(!done.is_activated());
        done.refusal
    };
    assert_eq!(after(|_| Ok(())), Some(HResult::NOTIFICATION));
    let silent = after(|row| {
        row.status = LicenseStatus::NonGenuineGrace;
        row.reason = HResult::OK;
        Ok(())
    });
    assert_eq!(silent, Some(HResult::NOT_GENUINE));
    let told = after(|row| {
        row.status = LicenseStatus::NonGenuineGrace;
        row.reason = HResult::CHANGED;
        Ok(())
    });
    assert_eq!(told, Some(HResult::CHANGED));
}

#[test]
fn nothing_is_handed_over_where_it_does_not_belong() {
    let product = store().rows[0].activation_id;
    let (tag, digits) = (iid("a").tag(), digits_for(&iid("a")));
    let real = ConfirmationId::parse(REAL).unwrap().into();
    let refused = |store: &mut StoreDouble, expected: Tag, digits: &ConfirmationDigits| {
        let error = deposit_and_verify(store, product, expected, digits).unwrap_err();
        assert!(!store.asked().contains(&"deposit"), "{error:?}");
        error
    };

    let gone = refused(&mut StoreDouble::of(&[]), tag, &digits);
    assert_eq!(gone, DepositError::ProductGone { product });
    assert_eq!(gone.facts()[0].0, "product");

    let mut licensed = StoreDouble::of(&[&iid("a")]);
    deposit(&mut licensed).unwrap();
    licensed.asked();
    let pending = refused(&mut licensed, tag, &digits);
    assert_eq!(pending, DepositError::NotPending { product });
    assert_eq!(pending.facts()[0].0, "product");

    let other = refused(&mut store(), iid("b").tag(), &digits);
    assert_eq!(other, DepositError::TagMismatch);

    for is_practice in [true, false] {
        let mut store = store();
        store.is_practice = is_practice;
        let digits = if is_practice { &real } else { &digits };
        let mixed = refused(&mut store, tag, digits);
        let store_is_practice = is_practice;
        assert_eq!(mixed, DepositError::PracticeMixed { store_is_practice });
        let kind = if is_practice { "practice" } else { "real" };
        assert_eq!(mixed.facts(), [("store", Fact::from(kind))]);
    }
}

#[test]
fn what_a_person_insists_upon_is_for_the_store_to_refuse() {
    let wrong = REAL.replace("764863", "764864");
    let insisted = ConfirmationDigits::despite_check_digits(&wrong).unwrap();
    let mut store = store();
    let product = store.rows[0].activation_id;
    deposit_and_verify(&mut store, product, iid("a").tag(), &insisted).unwrap();
    assert_eq!(store.asked(), ["row", "deposit", "refresh", "row"]);
}
