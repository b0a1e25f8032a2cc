use super::super::{DepositError, deposit_and_verify};
use super::*;
use crate::activation::ConfirmationId;

fn new_pc(folder: &Path, name: &str) -> PracticeStore {
    let pc = PcIdentity {
        name: Label::cleaned(name).unwrap(),
        serial: None,
        machine: None,
    };
    let extras = Extras {
        esu: true,
        office: true,
        kms_client: true,
    };
    PracticeStore::create(&folder.join(format!("{name}.json")), pc, extras).unwrap()
}

fn iid_of(store: &PracticeStore, index: usize) -> InstallationId {
    store.products().unwrap()[index]
        .installation_id
        .clone()
        .unwrap()
}

#[test]
fn the_right_confirmation_id_activates_one_product_only() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = new_pc(folder.path(), "pc");
    let iid = iid_of(&store, 2);
    let product = store.products().unwrap()[2].activation_id;
    let cid = practice_confirmation_id(&iid).into();
    let done = deposit_and_verify(&mut store, product, iid.tag(), &cid).unwrap();
    assert!(done.is_activated());
    assert_eq!(done.refusal, None);
    let reopened = PracticeStore::open(&folder.path().join("pc.json")).unwrap();
    let statuses: Vec<_> = reopened
        .products()
        .unwrap()
        .iter()
        .map(|product| product.status == LicenseStatus::Licensed)
        .collect();
    assert_eq!(statuses, [false, false, true, false]);
    let products = reopened.products().unwrap();
    let add_ons: Vec<_> = products.iter().map(|product| product.add_on).collect();
    assert_eq!(add_ons, [false, true, false, false]);
}

#[test]
fn refusals_are_those_of_windows() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = new_pc(folder.path(), "pc");
    let products = store.products().unwrap();
    let iid = iid_of(&store, 0);
    let right: ConfirmationDigits = practice_confirmation_id(&iid).into();
    let others: ConfirmationDigits = practice_confirmation_id(&iid_of(&store, 1)).into();
    let windows = products[0].activation_id;
    let mut broken = right.digits().to_owned();
    broken.replace_range(47.., if broken.ends_with('1') { "2" } else { "1" });
    let broken = ConfirmationDigits::despite_check_digits(&broken).unwrap();
    let code = |result: Result<(), StoreError>| result.unwrap_err().hresult().unwrap();
    assert_eq!(
        code(store.deposit(windows, &iid, &others)),
        HResult::MISMATCH
    );
    assert_eq!(
        code(store.deposit(windows, &iid, &broken)),
        HResult::CHECK_DIGITS
    );
    let kms = products[3].activation_id;
    assert_eq!(
        code(store.deposit(kms, &iid_of(&store, 3), &right)),
        HResult::KMS_CLIENT
    );
    store.set_elevated(false).unwrap();
    assert_eq!(
        code(store.deposit(windows, &iid, &right)),
        HResult::NOT_ELEVATED
    );
    store.set_elevated(true).unwrap();
    store.change_hardware().unwrap();
    assert_eq!(code(store.deposit(windows, &iid, &right)), HResult::CHANGED);
    assert!(
        store
            .products()
            .unwrap()
            .iter()
            .all(|p| p.status != LicenseStatus::Licensed)
    );
}

#[test]
fn a_real_confirmation_id_is_not_for_a_practice_pc() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = new_pc(folder.path(), "pc");
    let product = store.products().unwrap().swap_remove(0);
    let real = ConfirmationId::parse("092914273902996432764863869585514303965545262473").unwrap();
    assert_eq!(
        deposit_and_verify(
            &mut store,
            product.activation_id,
            product.tag().unwrap(),
            &real.into()
        ),
        Err(DepositError::PracticeMixed {
            store_is_practice: true
        })
    );
}

#[test]
fn a_damaged_file_is_named_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pc.json");
    drop(new_pc(folder.path(), "pc"));
    let whole = std::fs::read_to_string(&path).unwrap();
    for damaged in [
        "",
        "{",
        "[]",
        &whole[..whole.len() / 2],
        &whole.replace("\"hikyaku_practice\": 1", "\"hikyaku_practice\": 2"),
        &whole.replace("\"elevated\"", "\"elevatet\""),
    ] {
        std::fs::write(&path, damaged).unwrap();
        let error = PracticeStore::open(&path).unwrap_err();
        assert!(error.to_string().contains("pc.json"), "{error}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), damaged);
    }
    std::fs::write(&path, b"\xff\xfe").unwrap();
    let error = PracticeStore::open(&path).unwrap_err();
    assert!(matches!(error, StoreError::PracticeFileDamaged { .. }));
    let pc = PcIdentity {
        name: Label::cleaned("pc").unwrap(),
        serial: None,
        machine: None,
    };
    assert!(PracticeStore::create(&path, pc, Extras::default()).is_err());
}

#[test]
fn a_change_made_by_another_program_counts_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut waiting = new_pc(folder.path(), "pc");
    let iid = iid_of(&waiting, 0);
    let product = waiting.products().unwrap()[0].activation_id;
    let cid: ConfirmationDigits = practice_confirmation_id(&iid).into();
    let mut other = PracticeStore::open(&folder.path().join("pc.json")).unwrap();
    other.change_hardware().unwrap();
    assert_eq!(
        deposit_and_verify(&mut waiting, product, iid.tag(), &cid),
        Err(DepositError::TagMismatch)
    );
    // Between the last read and the deposit.
    assert_eq!(
        waiting.deposit(product, &iid, &cid),
        Err(StoreError::Refused(HResult::CHANGED))
    );
    assert_ne!(iid_of(&waiting, 0), iid);
    assert_eq!(iid_of(&waiting, 0), iid_of(&other, 0));
}

#[test]
fn changes_made_at_once_are_all_made() {
    let folder = tempfile::tempdir().unwrap();
    let store = new_pc(folder.path(), "pc");
    let path = folder.path().join("pc.json");
    let products = store.products().unwrap();
    let start = std::sync::Barrier::new(6);
    std::thread::scope(|scope| {
        for product in &products[..3] {
            scope.spawn(|| {
                let mut store = PracticeStore::open(&path).unwrap();
                let iid = product.installation_id.clone().unwrap();
                let cid = practice_confirmation_id(&iid).into();
                start.wait();
                let done = deposit_and_verify(&mut store, product.activation_id, iid.tag(), &cid);
                assert!(done.unwrap().is_activated());
            });
        }
        for _ in 0..3 {
            scope.spawn(|| {
                let mut store = PracticeStore::open(&path).unwrap();
                start.wait();
                for _ in 0..10 {
                    store.set_elevated(true).unwrap();
                }
            });
        }
    });
    let licensed = |product: &Product| product.status == LicenseStatus::Licensed;
    let now = store.products().unwrap();
    assert_eq!(now.iter().filter(|product| licensed(product)).count(), 3);
    // Three more hardware changes, and none is lost.
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                let mut store = PracticeStore::open(&path).unwrap();
                store.change_hardware().unwrap();
            });
        }
    });
    assert_eq!(store.contents().unwrap().hardware, 3);
}
