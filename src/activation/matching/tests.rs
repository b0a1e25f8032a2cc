use super::*;
use crate::activation::{
    Application, Channel, HResult, InstallationId, KeyTail, LicenseStatus, MachineId, Obstacle,
    Reply, Trust, practice_confirmation_id, practice_installation_id,
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
        machine: MachineId::of(None, Some(&format!("serial of {name}"))),
    }
}

fn answer_to(iid: &InstallationId) -> Answer {
    Answer::Tagged(Reply {
        cid: practice_confirmation_id(iid),
        tag: iid.tag(),
    })
}

fn read(text: &str) -> Answer {
    Answer::read(text, Trust::CheckDigits).unwrap()
}

fn bare(iid: &str) -> Answer {
    read(practice_confirmation_id(&practice_installation_id(iid)).digits())
}

/// The Confirmation ID with the check of its reply after box H.
fn typed(iid: &str) -> Answer {
    let iid = practice_installation_id(iid);
    let reply = Reply {
        cid: practice_confirmation_id(&iid),
        tag: iid.tag(),
    };
    read(&format!("{}{}", reply.cid.digits(), reply.check()))
}

fn shown(name: &str, iid: &str) -> ShownRequest {
    ShownRequest {
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
    let here = ThisPc {
        pc: &here_pc,
        products: &products,
        seen: &[],
        shown: &[],
        known: &[],
    };
    for product in &products {
        let answer = answer_to(product.installation_id.as_ref().unwrap());
        assert_eq!(
            decide(&answer, None, here),
            Verdict::Deposit(product.clone(), product.tag().unwrap())
        );
        let other = products.iter().find(|other| *other != product).unwrap();
        assert_eq!(
            decide(&answer, Some(other.activation_id), here),
            Verdict::OtherProduct(product.clone())
        );
    }
}

#[test]
fn foreign_and_outdated_replies_are_told_apart() {
    let products = [waiting(1, "now")];
    let here_pc = pc("here");
    let remembered = [shown("here", "before"), shown("there", "theirs")];
    let here = ThisPc {
        pc: &here_pc,
        products: &products,
        seen: &[],
        shown: &remembered,
        known: &[],
    };
    let verdict = |iid: &str| decide(&answer_to(&practice_installation_id(iid)), None, here);
    assert_eq!(
        verdict("before"),
        Verdict::Changed(remembered[0].name.clone())
    );
    assert_eq!(
        verdict("theirs"),
        Verdict::OtherPc(Some(remembered[1].pc.clone()))
    );
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
    let here = ThisPc {
        pc: &here_pc,
        products: &products,
        seen: &[],
        shown: &[],
        known: &[],
    };
    let verdict = |iid: &str| decide(&answer_to(&practice_installation_id(iid)), None, here);
    assert_eq!(verdict("a"), Verdict::AlreadyLicensed(products[0].clone()));
    assert_eq!(
        verdict("b"),
        Verdict::NotApplicable(products[1].clone(), Obstacle::KmsClient)
    );
}

#[test]
fn a_bare_number_needs_a_person_where_several_products_wait() {
    let products = [waiting(1, "a"), waiting(2, "b")];
    let here_pc = pc("here");
    let here = |products| ThisPc {
        pc: &here_pc,
        products,
        seen: &[],
        shown: &[],
        known: &[],
    };
    let bare = bare("a");
    assert_eq!(
        decide(&bare, None, here(&products)),
        Verdict::Choose(products.to_vec())
    );
    assert_eq!(
        decide(&bare, Some(products[1].activation_id), here(&products)),
        Verdict::Deposit(products[1].clone(), products[1].tag().unwrap())
    );
    assert_eq!(
        decide(&bare, None, here(&products[..1])),
        Verdict::Deposit(products[0].clone(), products[0].tag().unwrap())
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

/// An Installation ID whose tag matches the check of the reply to `iid`, or
/// does not.
fn another(iid: &str, fits: bool) -> String {
    let Answer::Typed(typed) = typed(iid) else {
        panic!("a typed reply");
    };
    let mut names = (0..).map(|number| format!("other {number}"));
    names
        .find(|name| typed.fits(practice_installation_id(name).tag()) == fits)
        .unwrap()
}

#[test]
fn a_typed_reply_goes_to_the_one_product_that_its_check_fits() {
    let here_pc = pc("here");
    let verdict = |iid: &str, chosen: Option<u8>, products: &[Product], shown: &[ShownRequest]| {
        let here = ThisPc {
            pc: &here_pc,
            products,
            seen: &[],
            shown,
            known: &[],
        };
        let chosen = chosen.map(|number| ActivationId::from_bytes([number; 16]));
        format!("{:?}", decide(&typed(iid), chosen, here))
    };
    let (other, same) = (another("a", false), another("a", true));
    let two = [waiting(1, "a"), waiting(2, &other)];
    assert!(
        verdict("a", None, &two, &[])
            .starts_with("Deposit(Product { activation_id: ActivationId(01010101")
    );
    assert!(verdict("a", Some(2), &two, &[]).starts_with("OtherProduct"));
    let ambiguous = [waiting(1, "a"), waiting(2, &same)];
    assert!(verdict("a", None, &ambiguous, &[]).starts_with("Choose"));
    assert!(verdict("a", Some(2), &ambiguous, &[]).starts_with("Deposit"));
    let three = [waiting(1, "a"), waiting(2, &same), waiting(3, &other)];
    assert!(verdict("a", Some(3), &three, &[]).starts_with("OtherProduct"));
    // A product that is already activated is not waiting for it.
    let mut licensed = waiting(2, &same);
    licensed.status = LicenseStatus::Licensed;
    assert!(verdict("a", None, &[waiting(1, "a"), licensed], &[]).starts_with("Deposit"));
    let elsewhere = [waiting(2, &other)];
    assert_eq!(verdict("a", None, &elsewhere, &[]), "OtherPc(None)");
    let before = [shown("here", "a")];
    assert!(verdict("a", None, &elsewhere, &before).starts_with("Changed"));
    // A PC is named only if the check matches that PC alone.
    let one = [shown("there", "a")];
    assert!(verdict("a", None, &elsewhere, &one).contains("there"));
    let two = [shown("there", "a"), shown("yonder", &same)];
    assert_eq!(verdict("a", None, &elsewhere, &two), "OtherPc(None)");
}

#[test]
fn a_bare_number_that_was_met_with_a_tag_is_what_it_was_then() {
    let here_pc = pc("here");
    let met = |answer: &Answer, owner: Option<&str>| KnownAnswer {
        pc: owner.map(pc),
        ..KnownAnswer::of(answer, DateTime::UNIX_EPOCH).unwrap()
    };
    let other = another("theirs", false);
    let products = [waiting(1, &other), waiting(2, "b")];
    let verdict = |answer: &Answer, chosen: Option<u8>, known: &[KnownAnswer]| {
        let here = ThisPc {
            pc: &here_pc,
            products: &products,
            seen: &[],
            shown: &[],
            known,
        };
        let chosen = chosen.map(|number| ActivationId::from_bytes([number; 16]));
        format!("{:?}", decide(answer, chosen, here))
    };
    let foreign = answer_to(&practice_installation_id("theirs"));
    let known = [met(&foreign, Some("there"))];
    for chosen in [None, Some(1), Some(2)] {
        let verdict = verdict(&bare("theirs"), chosen, &known);
        assert!(verdict.starts_with("Known(OtherPc(Some") && verdict.contains("there"));
    }
    // It is known by its check alone, too; and a tag says more than a check.
    let known = [met(&typed("theirs"), None)];
    assert_eq!(
        verdict(&bare("theirs"), Some(1), &known),
        "Known(OtherPc(None))"
    );
    let known = [met(&foreign, None), met(&typed("theirs"), None)];
    assert_eq!(verdict(&typed("theirs"), Some(1), &known), "OtherPc(None)");
    // This PC's own one is taken for its own product and for no other.
    let known = [met(&answer_to(&practice_installation_id("b")), None)];
    assert!(verdict(&bare("b"), None, &known).starts_with("Deposit"));
    assert!(verdict(&bare("b"), Some(1), &known).starts_with("Known(OtherProduct"));
    // Damaged digits after box H are enough to know that it is not bare.
    let digits = bare("b").digits();
    let known = [KnownAnswer::damaged(&digits, DateTime::UNIX_EPOCH)];
    assert_eq!(verdict(&bare("b"), Some(2), &known), "Known(Damaged)");
    assert!(verdict(&typed("b"), None, &known).starts_with("Deposit"));
}

#[test]
fn a_bare_number_that_was_met_with_a_check_only_is_judged_by_it_on_its_own_pc_alone() {
    let here_pc = pc("here");
    let verdict = |there: &str, owner: &str| {
        let products = [waiting(1, there)];
        let known = KnownAnswer {
            pc: Some(pc(owner)),
            ..KnownAnswer::of(&typed("a"), DateTime::UNIX_EPOCH).unwrap()
        };
        let here = ThisPc {
            pc: &here_pc,
            products: &products,
            seen: &[],
            shown: &[],
            known: &[known],
        };
        let chosen = Some(products[0].activation_id);
        format!("{:?}", decide(&bare("a"), chosen, here))
    };
    assert!(verdict("a", "here").starts_with("Deposit"));
    assert!(verdict(&another("a", false), "here").starts_with("Known(OtherPc"));
    // Elsewhere it may match by chance.
    assert!(verdict(&another("a", true), "there").starts_with("Known(OtherPc(Some"));
}

#[test]
fn a_bare_number_is_for_what_the_person_saw() {
    let here_pc = pc("here");
    let verdict = |seen: &[Product], now: &[Product], chosen: Option<u8>| {
        let here = ThisPc {
            pc: &here_pc,
            products: now,
            seen,
            shown: &[],
            known: &[],
        };
        let chosen = chosen.map(|number| ActivationId::from_bytes([number; 16]));
        format!("{:?}", decide(&bare("a"), chosen, here))
    };
    let (one, two) = (waiting(1, "a"), waiting(2, "b"));
    let changed = waiting(1, "a, changed");
    let seen = [one.clone()];
    assert!(verdict(&seen, &seen, None).starts_with("Deposit"));
    for chosen in [None, Some(1)] {
        let now = [changed.clone()];
        assert!(verdict(&seen, &now, chosen).starts_with("Changed"));
    }
    // The pending product is not the one that was on the screen.
    assert!(verdict(&seen, std::slice::from_ref(&two), None).starts_with("Choose"));
    assert!(verdict(&[one, two.clone()], &[two], None).starts_with("Choose"));
}

#[test]
fn a_bare_number_is_taken_out_of_one_picture_that_a_person_named() {
    let (one, other) = (bare("a"), bare("b"));
    let reply = answer_to(&practice_installation_id("a"));
    let take = |answers: &[&Answer], named| {
        let (taken, left) = sort_picture_answers(answers.iter().copied().cloned().collect(), named);
        (taken.len(), left.len())
    };
    assert_eq!(take(&[&one], true), (1, 0));
    assert_eq!(take(&[&one, &one], true), (1, 0));
    assert_eq!(take(&[&one], false), (0, 1));
    assert_eq!(take(&[&one, &other], true), (0, 2));
    // Beside its own reply it adds nothing; beside another's it is not taken.
    assert_eq!(take(&[&reply, &one], true), (1, 0));
    assert_eq!(take(&[&reply, &other], true), (1, 1));
    assert_eq!(take(&[&reply], false), (1, 0));
}
