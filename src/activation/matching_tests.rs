use super::*;
use crate::activation::{
    Application, Channel, HResult, InstallationId, KeyTail, LicenseStatus, Reply,
    practice_confirmation_id, practice_installation_id,
};

fn product(number: u8, iid: &str, channel: Channel, status: LicenseStatus) -> Product {
    Product {
        activation_id: ActivationId::from_bytes([number; 16]),
        application: Application::Windows,
        name: Label::cleaned(&format!("Product {number}")).unwrap(),
        channel,
        key_tail: KeyTail::parse("3V66T"),
        installation_id: Some(practice_installation_id(iid)),
        status,
        reason: HResult::NOTIFICATION,
        add_on: false,
    }
}

fn waiting(number: u8, iid: &str) -> Product {
    product(number, iid, Channel::Retail, LicenseStatus::Notification)
}

fn pc(name: &str) -> PcIdentity {
    PcIdentity {
        name: Label::cleaned(name).unwrap(),
        serial: None,
    }
}

fn answer_to(iid: &InstallationId) -> Answer {
    Answer::Tagged(Reply {
        cid: practice_confirmation_id(iid),
        tag: iid.tag(),
    })
}

fn shown(name: &str, iid: &str) -> Shown {
    Shown {
        pc: pc(name),
        activation_id: ActivationId::from_bytes([1; 16]),
        name: Label::cleaned("Product 1").unwrap(),
        tag: practice_installation_id(iid).tag(),
        at: DateTime::UNIX_EPOCH,
    }
}

#[test]
fn each_reply_goes_to_the_product_it_answers() {
    let products = [waiting(1, "a"), waiting(2, "b"), waiting(3, "c")];
    let here_pc = pc("here");
    let here = Here {
        pc: &here_pc,
        products: &products,
        shown: &[],
    };
    for product in &products {
        let answer = answer_to(product.installation_id.as_ref().unwrap());
        assert_eq!(decide(&answer, None, here), Verdict::Deposit(product));
        let other = products.iter().find(|other| *other != product).unwrap();
        assert_eq!(
            decide(&answer, Some(other.activation_id), here),
            Verdict::OtherProduct(product)
        );
    }
}

#[test]
fn foreign_and_outdated_replies_are_told_apart() {
    let products = [waiting(1, "now")];
    let here_pc = pc("here");
    let remembered = [shown("here", "before"), shown("there", "theirs")];
    let here = Here {
        pc: &here_pc,
        products: &products,
        shown: &remembered,
    };
    let verdict = |iid: &str| decide(&answer_to(&practice_installation_id(iid)), None, here);
    assert_eq!(verdict("before"), Verdict::Changed(&remembered[0]));
    assert_eq!(verdict("theirs"), Verdict::OtherPc(Some(&remembered[1].pc)));
    assert_eq!(verdict("nobody's"), Verdict::OtherPc(None));
}

#[test]
fn what_needs_no_deposit_gets_none() {
    let products = [
        product(1, "a", Channel::Retail, LicenseStatus::Licensed),
        product(
            2,
            "b",
            Channel::VolumeKmsClient,
            LicenseStatus::Notification,
        ),
    ];
    let here_pc = pc("here");
    let here = Here {
        pc: &here_pc,
        products: &products,
        shown: &[],
    };
    let verdict = |iid: &str| decide(&answer_to(&practice_installation_id(iid)), None, here);
    assert_eq!(verdict("a"), Verdict::AlreadyLicensed(&products[0]));
    assert_eq!(
        verdict("b"),
        Verdict::NotApplicable(&products[1], Obstacle::KmsClient)
    );
}

#[test]
fn a_bare_number_needs_a_person_where_several_products_wait() {
    let products = [waiting(1, "a"), waiting(2, "b")];
    let here_pc = pc("here");
    let here = |products| Here {
        pc: &here_pc,
        products,
        shown: &[],
    };
    let bare = Answer::Bare(practice_confirmation_id(&practice_installation_id("a")).into());
    assert_eq!(
        decide(&bare, None, here(&products)),
        Verdict::Choose(products.iter().collect())
    );
    assert_eq!(
        decide(&bare, Some(products[1].activation_id), here(&products)),
        Verdict::Deposit(&products[1])
    );
    assert_eq!(
        decide(&bare, None, here(&products[..1])),
        Verdict::Deposit(&products[0])
    );
    assert_eq!(decide(&bare, None, here(&[])), Verdict::NothingPending);
    assert_eq!(
        decide(
            &bare,
            Some(ActivationId::from_bytes([9; 16])),
            here(&products)
        ),
        Verdict::ChosenNotPending
    );
}
