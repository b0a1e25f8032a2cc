//! Single ways to mix up replies, one at a time.

use chrono::DateTime;
use hikyaku::activation::matching::{ShownRequest, ThisPc, Verdict, decide};
use hikyaku::activation::{
    ActivationId, Answer, Application, Channel, ConfirmationDigits, HResult, InstallationId,
    KeyTail, Label, LicenseStatus, MachineId, PcIdentity, Product, Reply, practice_confirmation_id,
    practice_installation_id,
};
use hikyaku::licensing::{DepositError, LicenseStore, StoreError, deposit_and_verify};
use hikyaku::wire::{Trust, parse_answer, reply_to_digits};
use proptest::prelude::*;

/// A licence store that accepts whatever it is handed, and counts it: the
/// strictest witness, since it never refuses anything.
struct Credulous {
    pc: PcIdentity,
    products: Vec<Product>,
    deposits: usize,
}

impl LicenseStore for Credulous {
    fn pc(&self) -> Result<PcIdentity, StoreError> {
        Ok(self.pc.clone())
    }

    fn products(&self) -> Result<Vec<Product>, StoreError> {
        Ok(self.products.clone())
    }

    fn deposit(
        &mut self,
        product: ActivationId,
        _: &InstallationId,
        _: &ConfirmationDigits,
    ) -> Result<(), StoreError> {
        self.deposits += 1;
        for row in &mut self.products {
            if row.activation_id == product {
                row.status = LicenseStatus::Licensed;
            }
        }
        Ok(())
    }

    fn refresh(&mut self) -> Result<(), StoreError> {
        Ok(())
    }

    fn is_practice(&self) -> bool {
        true
    }
}

fn pc(number: u32) -> PcIdentity {
    PcIdentity {
        name: Label::cleaned(&format!("PC{number}")).unwrap(),
        serial: Label::cleaned(&format!("S{number}")),
        machine: MachineId::of(None, Some(&format!("serial {number}"))),
    }
}

/// PC `number` with this many products, after this many hardware changes.
fn store(number: u32, products: u8, hardware: u8) -> Credulous {
    Credulous {
        pc: pc(number),
        products: (0..products)
            .map(|index| Product {
                activation_id: ActivationId::from_bytes([index + 1; 16]),
                application: Application::Windows,
                name: Label::cleaned(&format!("Product {index}")).unwrap(),
                channel: Channel::Retail,
                key_tail: KeyTail::parse("3V66T"),
                installation_id: Some(iid(number, index, hardware)),
                status: LicenseStatus::Notification,
                reason: HResult::NOTIFICATION,
                add_on: false,
            })
            .collect(),
        deposits: 0,
    }
}

fn iid(pc: u32, product: u8, hardware: u8) -> InstallationId {
    practice_installation_id(&format!("{pc}/{product}/{hardware}"))
}

fn reply_to(iid: &InstallationId) -> Reply {
    Reply {
        cid: practice_confirmation_id(iid),
        tag: iid.tag(),
    }
}

fn remembered(store: &Credulous) -> Vec<ShownRequest> {
    store
        .products
        .iter()
        .map(|product| ShownRequest {
            pc: store.pc.clone(),
            activation_id: product.activation_id,
            name: product.name.clone(),
            tag: product.installation_id.as_ref().unwrap().tag(),
            at: DateTime::UNIX_EPOCH,
        })
        .collect()
}

/// Handles a text that a camera read as the program does, from start to end.
fn bring(
    text: &str,
    chosen: Option<ActivationId>,
    store: &mut Credulous,
    shown: &[ShownRequest],
) -> &'static str {
    let Ok(answer) = parse_answer(text, Trust::CheckDigits) else {
        return "malformed";
    };
    let products = store.products.clone();
    let identity = store.pc.clone();
    let here = ThisPc {
        pc: &identity,
        products: &products,
        seen: &[],
        shown,
        known: &[],
    };
    match decide(&answer, chosen, here) {
        Verdict::Deposit(product, tag) => {
            match deposit_and_verify(store, product.activation_id, tag, &answer.digits()) {
                Ok(_) => "deposited",
                Err(_) => "stopped",
            }
        }
        Verdict::OtherPc(_) => "other-pc",
        Verdict::OtherProduct(_) => "other-product",
        Verdict::Changed(_) => "changed",
        _ => "nothing",
    }
}

/// Damage to digits on their way.
#[derive(Debug, Clone)]
enum Damage {
    WrongDigit { at: usize, by: u8 },
    NeighboursSwapped { at: usize },
    DigitLost { at: usize },
    DigitDoubled { at: usize },
}

impl Damage {
    fn done_to(&self, digits: &str) -> String {
        let mut bytes = digits.as_bytes().to_vec();
        match *self {
            Self::WrongDigit { at, by } => bytes[at] = b'0' + (bytes[at] - b'0' + by) % 10,
            Self::NeighboursSwapped { at } => bytes.swap(at, at + 1),
            Self::DigitLost { at } => {
                bytes.remove(at);
            }
            Self::DigitDoubled { at } => bytes.insert(at, bytes[at]),
        }
        String::from_utf8(bytes).unwrap()
    }
}

fn damages() -> impl Strategy<Value = Damage> {
    prop_oneof![
        (0..60_usize, 1..=9_u8).prop_map(|(at, by)| Damage::WrongDigit { at, by }),
        (0..59_usize).prop_map(|at| Damage::NeighboursSwapped { at }),
        (0..60_usize).prop_map(|at| Damage::DigitLost { at }),
        (0..60_usize).prop_map(|at| Damage::DigitDoubled { at }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 3_000,
        ..ProptestConfig::default()
    })]

    #[test]
    fn the_reply_of_another_pc(
        here in 0..500_u32, there in 500..1000_u32, products in 1..5_u8, of in 0..5_u8,
        on_a_shared_stick: bool,
    ) {
        let mut store = store(here, products, 0);
        let shown = if on_a_shared_stick {
            remembered(&self::store(there, 5, 0))
        } else {
            Vec::new()
        };
        let text = reply_to_digits(&reply_to(&iid(there, of, 0)));
        prop_assert_eq!(bring(&text, None, &mut store, &shown), "other-pc");
        prop_assert_eq!(store.deposits, 0);
    }

    #[test]
    fn the_reply_of_another_product(here: u32, products in 2..5_u8, of in 0..4_u8, apart in 1..4_u8) {
        let mut store = store(here, products, 0);
        let of = of % products;
        let chosen = (of + 1 + apart % (products - 1)) % products;
        prop_assume!(chosen != of);
        let chosen = store.products[usize::from(chosen)].activation_id;
        let text = reply_to_digits(&reply_to(&iid(here, of, 0)));
        prop_assert_eq!(bring(&text, Some(chosen), &mut store, &[]), "other-product");
        prop_assert_eq!(store.deposits, 0);
    }

    #[test]
    fn the_reply_from_before_a_hardware_change(
        here: u32, products in 1..5_u8, of in 0..4_u8, before in 0..3_u8, changes in 1..4_u8,
    ) {
        let of = of % products;
        let earlier = store(here, products, before);
        let mut now = store(here, products, before + changes);
        let text = reply_to_digits(&reply_to(&iid(here, of, before)));
        prop_assert_eq!(bring(&text, None, &mut now, &remembered(&earlier)), "changed");
        prop_assert_eq!(bring(&text, None, &mut now, &[]), "other-pc");
        prop_assert_eq!(now.deposits, 0);
    }

    #[test]
    fn a_reply_damaged_on_its_way(here: u32, products in 1..5_u8, of in 0..4_u8, damage in damages()) {
        let mut store = store(here, products, 0);
        let right = reply_to_digits(&reply_to(&iid(here, of % products, 0)));
        let text = damage.done_to(&right);
        prop_assume!(text != right);
        prop_assert_eq!(bring(&text, None, &mut store, &[]), "malformed");
        prop_assert_eq!(store.deposits, 0);
    }

    #[test]
    fn hardware_changed_between_the_decision_and_the_deposit(here: u32, products in 1..5_u8) {
        let before = iid(here, 0, 0);
        let mut now = store(here, products, 1);
        let product = now.products[0].activation_id;
        let cid = practice_confirmation_id(&before).into();
        prop_assert_eq!(
            deposit_and_verify(&mut now, product, before.tag(), &cid),
            Err(DepositError::TagMismatch)
        );
        prop_assert_eq!(now.deposits, 0);
    }

    #[test]
    fn the_right_reply_is_deposited_once(here: u32, products in 1..5_u8, of in 0..4_u8) {
        let mut store = store(here, products, 0);
        let of = of % products;
        let text = reply_to_digits(&reply_to(&iid(here, of, 0)));
        prop_assert_eq!(bring(&text, None, &mut store, &[]), "deposited");
        prop_assert_eq!(bring(&text, None, &mut store, &[]), "nothing");
        prop_assert_eq!(store.deposits, 1);
        prop_assert_eq!(&store.products[usize::from(of)].status, &LicenseStatus::Licensed);
    }
}

#[test]
fn a_bare_confirmation_id_never_picks_a_product_by_itself() {
    let mut store = store(1, 3, 0);
    let bare = practice_confirmation_id(&iid(1, 0, 0));
    assert!(matches!(
        parse_answer(bare.digits(), Trust::CheckDigits),
        Ok(Answer::Bare(_))
    ));
    assert_eq!(bring(bare.digits(), None, &mut store, &[]), "nothing");
    assert_eq!(store.deposits, 0);
}
