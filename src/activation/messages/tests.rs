use super::*;
use crate::activation::{Application, Channel, practice_installation_id};

fn product(number: u8) -> Product {
    Product {
        activation_id: ActivationId::from_bytes([number; 16]),
        application: Application::Office,
        name: Label::cleaned(&format!("Product {number}")).unwrap(),
        channel: Channel::VolumeMak,
        key_tail: KeyTail::parse("PPL21"),
        installation_id: Some(practice_installation_id(&number.to_string())),
        status: LicenseStatus::Notification,
        reason: HResult::NOTIFICATION,
        add_on: false,
    }
}

fn activated(number: u8) -> Product {
    Product {
        status: LicenseStatus::Licensed,
        ..product(number)
    }
}

fn asking(products: &[Product]) -> Option<RequestBatch> {
    let pc = PcIdentity {
        name: Label::cleaned("WARD3-PC12").unwrap(),
        serial: None,
        machine: None,
    };
    let asking = Request::of(&pc, products, DateTime::UNIX_EPOCH)?;
    assert_eq!(asking.request.pc, pc);
    assert_eq!(asking.request.taken_at, DateTime::UNIX_EPOCH);
    Some(asking)
}

/// Numbers of the products in the request, and how many have to wait.
fn asked(products: &[Product]) -> (Vec<u8>, usize) {
    asking(products).map_or_else(Default::default, |asking| {
        let asked = asking.request.products.iter();
        let numbers = asked.map(|it| it.activation_id.as_bytes()[0]).collect();
        (numbers, asking.later)
    })
}

#[test]
fn a_pc_asks_for_what_waits_in_the_order_of_its_store() {
    assert_eq!(asking(&[]), None);
    assert_eq!(asking(&[activated(1)]), None);
    let kms = Product {
        channel: Channel::VolumeKmsClient,
        ..product(4)
    };
    let products = [product(3), activated(1), kms, product(2)];
    assert_eq!(asked(&products), (vec![3, 2], 0));
    let request = asking(&products).unwrap().request;
    assert!(request.is_for(products[3].activation_id));
    assert!(!request.is_for(products[1].activation_id));
}

#[test]
fn what_found_no_room_is_asked_for_when_the_others_are_activated() {
    let most = MAX_PRODUCTS as u8;
    let mut products: Vec<Product> = (1..=most).map(product).collect();
    assert_eq!(asked(&products), ((1..=most).collect(), 0));
    products.extend([product(most + 1), product(most + 2)]);
    assert_eq!(asked(&products), ((1..=most).collect(), 2));
    products[0] = activated(1);
    assert_eq!(asked(&products), ((2..=most + 1).collect(), 1));
    for (product, number) in products.iter_mut().zip(1..=most) {
        *product = activated(number);
    }
    assert_eq!(asked(&products), (vec![most + 1, most + 2], 0));
}

#[test]
fn a_product_that_is_listed_twice_is_asked_for_once() {
    let again = Product {
        installation_id: Some(practice_installation_id("another")),
        ..product(1)
    };
    assert_eq!(asked(&[product(1), again, product(2)]), (vec![1, 2], 0));
}
