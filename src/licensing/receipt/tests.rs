use super::*;
use crate::activation::{HResult, InstallationId, LicenseStatus};
use crate::licensing::Deposited;
use crate::licensing::samples::{iid, pc, row};

const REFUSED: Option<HResult> = Some(HResult::MISMATCH);

fn tried(history: &mut PcHistory, pc: &PcIdentity, product: &Product, iid: &InstallationId) {
    let outcome = Deposited {
        tag: iid.tag(),
        status: product.status,
        refusal: REFUSED,
    };
    history
        .record_attempt(pc, product, &outcome, DateTime::UNIX_EPOCH)
        .unwrap();
}

fn entries(products: &[Product], history: &PcHistory) -> Vec<ProductReceipt> {
    receipt(&pc("here"), products, history, DateTime::UNIX_EPOCH).map_or_else(
        Vec::new,
        |(telling, about)| {
            assert_eq!(telling.receipt.pc, pc("here"));
            assert_eq!(telling.receipt.products.len(), about.len());
            assert_eq!(telling.earlier, 0);
            telling.receipt.products
        },
    )
}

#[test]
fn it_says_what_was_tried_or_is_activated_and_nothing_else() {
    let waiting = row(&iid("a"), 1);
    let licensed = Product {
        status: LicenseStatus::Licensed,
        ..row(&iid("b"), 2)
    };
    let mut history = PcHistory::in_memory();
    assert_eq!(entries(std::slice::from_ref(&waiting), &history), []);
    // An activated product is reported by itself, with its current number.
    let products = [waiting.clone(), licensed.clone()];
    let [told] = &entries(&products, &history)[..] else {
        panic!()
    };
    assert_eq!((told.tag, told.status), (iid("b").tag(), licensed.status));
    // The last refusal is reported only while the product is pending.
    tried(&mut history, &pc("here"), &waiting, &iid("a"));
    tried(&mut history, &pc("here"), &licensed, &iid("b"));
    let told = entries(&products, &history);
    assert_eq!((told[0].tag, told[0].refusal), (iid("a").tag(), REFUSED));
    assert_eq!((told[1].tag, told[1].refusal), (iid("b").tag(), None));
}

#[test]
fn what_was_tried_elsewhere_is_not_told_here() {
    let here = row(&iid("a"), 1);
    let mut history = PcHistory::in_memory();
    // Another PC with the same product; another product of this PC.
    tried(&mut history, &pc("there"), &here, &iid("theirs"));
    tried(&mut history, &pc("here"), &row(&iid("c"), 3), &iid("c"));
    assert_eq!(entries(std::slice::from_ref(&here), &history), []);
    // This machine with an earlier number; the last attempt counts.
    tried(&mut history, &pc("here"), &here, &iid("earlier"));
    assert_eq!(
        entries(std::slice::from_ref(&here), &history)[0].tag,
        iid("earlier").tag()
    );
    // This number under a name that the PC no longer has.
    tried(&mut history, &pc("there"), &here, &iid("a"));
    assert_eq!(entries(&[here], &history)[0].tag, iid("a").tag());
}

#[test]
fn where_a_receipt_does_not_hold_all_it_tells_what_was_tried_last() {
    let row = |number: usize| Product {
        status: LicenseStatus::Licensed,
        ..row(&iid(&number.to_string()), number as u8)
    };
    let most = MAX_PRODUCTS;
    let products: Vec<Product> = (1..=most + 2).map(row).collect();
    let told = |history: &PcHistory| {
        let (telling, about) =
            receipt(&pc("here"), &products, history, DateTime::UNIX_EPOCH).unwrap();
        let numbers = about.iter().map(|it| it.activation_id.as_bytes()[0].into());
        (numbers.collect::<Vec<usize>>(), telling.earlier)
    };
    let mut history = PcHistory::in_memory();
    assert_eq!(told(&history), ((1..=most).collect(), 2));
    // The last two have the latest attempts, so they are not left out.
    for product in &products[most..] {
        tried(&mut history, &pc("here"), product, &iid("any"));
    }
    let last = (1..=most - 2).chain([most + 1, most + 2]);
    assert_eq!(told(&history), (last.collect(), 2));
}
