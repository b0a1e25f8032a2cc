use super::*;
use crate::activation::HResult;
use crate::activation::matching::RefusalReason;
use crate::licensing::samples::{Double, bare_of, iid, pc, reply_to};

type Told = Result<(Received, Option<MemoryError>), DepositError>;

/// What becomes of an answer for which no product was named.
fn receive(store: &mut Double, memory: &mut Memory, answer: &Answer) -> Received {
    given(store, memory, answer, None, false)
}

fn given(
    store: &mut Double,
    memory: &mut Memory,
    answer: &Answer,
    chosen: Option<ActivationId>,
    dry_run: bool,
) -> Received {
    let mut reception = Reception {
        store,
        memory,
        seen: Vec::new(),
        dry_run,
    };
    let told: Told = reception.receive(answer, |_| Ok(chosen), DateTime::UNIX_EPOCH);
    let (received, trouble) = told.unwrap();
    assert!(trouble.is_none());
    received
}

fn store() -> Double {
    Double::of(&[&iid("a"), &iid("b")])
}

#[test]
fn a_reply_is_handed_over_and_what_came_of_it_is_remembered() {
    let (mut store, mut memory) = (store(), Memory::unwritten());
    let received = receive(&mut store, &mut memory, &reply_to(&iid("a")));
    let Received::Deposited(product, done) = received else {
        panic!("{received:?}")
    };
    assert!(done.is_activated());
    assert_eq!(product.activation_id, store.rows[0].activation_id);
    let [tried] = memory.tried() else {
        panic!("{memory:?}")
    };
    assert_eq!((tried.tag, tried.status), (iid("a").tag(), done.status));
    let [known] = memory.known() else {
        panic!("{memory:?}")
    };
    assert_eq!(known.tag, Some(iid("a").tag()));
    assert_eq!(known.pc, Some(store.pc.clone()));
    assert_eq!(known.product, Some(product.name));
    // The same again finds it done, and is nothing new.
    let again = receive(&mut store, &mut memory, &reply_to(&iid("a")));
    assert!(matches!(
        again,
        Received::Decided(Verdict::AlreadyLicensed(_))
    ));
    assert_eq!((memory.tried().len(), memory.known().len()), (1, 1));
}

#[test]
fn what_the_store_refuses_is_remembered_and_proves_nothing() {
    let (mut store, mut memory) = (store(), Memory::unwritten());
    store.at_deposit = |_| Err(StoreError::Refused(HResult::MISMATCH));
    let received = receive(&mut store, &mut memory, &reply_to(&iid("a")));
    assert!(matches!(received, Received::Deposited(_, done) if !done.is_activated()));
    assert_eq!(memory.tried()[0].refusal, Some(HResult::MISMATCH));
    assert!(memory.known().is_empty());
}

#[test]
fn a_dry_run_hands_nothing_over_and_learns_whose_it_is() {
    let (mut store, mut memory) = (store(), Memory::unwritten());
    let received = given(&mut store, &mut memory, &reply_to(&iid("a")), None, true);
    assert!(matches!(received, Received::Decided(Verdict::Deposit(..))));
    assert_eq!(store.asked(), ["rows"]);
    assert!(memory.tried().is_empty());
    let known = &memory.known()[0];
    assert_eq!(known.pc, Some(store.pc.clone()));
    assert_eq!(known.product, Some(store.rows[0].name.clone()));
}

#[test]
fn a_number_that_came_with_anothers_tag_stays_refused_without_it() {
    let other = iid("somebody's");
    let (mut store, mut memory) = (store(), Memory::unwritten());
    let owner = pc("there");
    let theirs = crate::licensing::samples::row(&other, 1);
    memory
        .remember_shown(&owner, &[theirs], DateTime::UNIX_EPOCH)
        .unwrap();
    let received = receive(&mut store, &mut memory, &reply_to(&other));
    assert_eq!(
        received,
        Received::Decided(Verdict::OtherPc(Some(owner.clone())))
    );
    assert_eq!(memory.known()[0].pc, Some(owner.clone()));
    let chosen = Some(store.rows[0].activation_id);
    let received = given(&mut store, &mut memory, &bare_of(&other), chosen, false);
    assert_eq!(
        received,
        Received::Decided(Verdict::Known(RefusalReason::OtherPc(Some(owner))))
    );
    assert!(!store.asked().contains(&"deposit"));
}

#[test]
fn a_number_of_another_product_stays_that_products() {
    let (mut store, mut memory) = (store(), Memory::unwritten());
    let chosen = Some(store.rows[0].activation_id);
    for answer in [reply_to(&iid("b")), bare_of(&iid("b"))] {
        let received = given(&mut store, &mut memory, &answer, chosen, false);
        let Received::Decided(
            Verdict::OtherProduct(product) | Verdict::Known(RefusalReason::OtherProduct(product)),
        ) = received
        else {
            panic!("{received:?}")
        };
        assert_eq!(product.name, store.rows[1].name);
    }
    let known = &memory.known()[0];
    assert_eq!(known.pc, Some(store.pc.clone()));
    assert_eq!(known.product, Some(store.rows[1].name.clone()));
}

#[test]
fn a_number_from_before_a_change_stays_refused_without_its_tag() {
    let (mut store, mut memory) = (Double::of(&[&iid("new")]), Memory::unwritten());
    let before = Double::of(&[&iid("old")]);
    memory
        .remember_shown(&before.pc, &before.rows, DateTime::UNIX_EPOCH)
        .unwrap();
    let name = store.rows[0].name.clone();
    let received = receive(&mut store, &mut memory, &reply_to(&iid("old")));
    assert_eq!(received, Received::Decided(Verdict::Changed(name.clone())));
    assert_eq!(memory.known()[0].pc, Some(store.pc.clone()));
    assert_eq!(memory.known()[0].product, Some(name.clone()));
    let received = receive(&mut store, &mut memory, &bare_of(&iid("old")));
    assert_eq!(
        received,
        Received::Decided(Verdict::Known(RefusalReason::Changed(name)))
    );
    assert!(!store.asked().contains(&"deposit"));
}

#[test]
fn what_changes_between_the_look_and_the_deposit_is_a_change() {
    let (mut store, mut memory) = (store(), Memory::unwritten());
    store.after_a_look = |rows| rows[0].installation_id = Some(iid("new"));
    let name = store.rows[0].name.clone();
    let received = receive(&mut store, &mut memory, &reply_to(&iid("a")));
    assert_eq!(received, Received::Decided(Verdict::Changed(name.clone())));
    assert_eq!(store.asked(), ["rows", "row"]);
    assert!(memory.tried().is_empty());
    assert_eq!(memory.known()[0].product, Some(name));
    // Any other trouble is told, and nothing is remembered of it.
    let (mut store, mut memory) = (self::store(), Memory::unwritten());
    store.after_a_look = Vec::clear;
    let mut reception = Reception {
        store: &mut store,
        memory: &mut memory,
        seen: Vec::new(),
        dry_run: false,
    };
    let told: Told = reception.receive(&reply_to(&iid("a")), |_| Ok(None), DateTime::UNIX_EPOCH);
    assert!(matches!(told, Err(DepositError::ProductGone { .. })));
    assert!(memory.tried().is_empty() && memory.known().is_empty());
}

#[test]
fn a_bare_number_teaches_nothing_before_it_has_activated_something() {
    let (mut store, mut memory) = (store(), Memory::unwritten());
    let received = receive(&mut store, &mut memory, &bare_of(&iid("a")));
    assert!(matches!(received, Received::Decided(Verdict::Choose(rows)) if rows.len() == 2));
    assert!(memory.known().is_empty());
    let chosen = Some(store.rows[0].activation_id);
    let received = given(&mut store, &mut memory, &bare_of(&iid("a")), chosen, false);
    assert!(matches!(received, Received::Deposited(_, done) if done.is_activated()));
    assert_eq!(memory.known()[0].tag, Some(iid("a").tag()));
}
