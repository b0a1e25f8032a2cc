use super::*;
use crate::activation::HResult;
use crate::activation::matching::RefusalReason;
use crate::licensing::samples::{StoreDouble, bare_of, iid, pc, reply_to};

type HandleResult = Result<(AnswerOutcome, Option<HistoryError>), DepositError>;

/// Handles an answer for which no product was named.
fn receive(store: &mut StoreDouble, history: &mut PcHistory, answer: &Answer) -> AnswerOutcome {
    given(store, history, answer, None, false)
}

fn given(
    store: &mut StoreDouble,
    history: &mut PcHistory,
    answer: &Answer,
    chosen: Option<ActivationId>,
    dry_run: bool,
) -> AnswerOutcome {
    let mut handler = AnswerHandler {
        store,
        history,
        seen: Vec::new(),
        dry_run,
    };
    let told: HandleResult = handler.handle(answer, |_| Ok(chosen), DateTime::UNIX_EPOCH);
    let (received, trouble) = told.unwrap();
    assert!(trouble.is_none());
    received
}

fn store() -> StoreDouble {
    StoreDouble::of(&[&iid("a"), &iid("b")])
}

#[test]
fn a_reply_is_handed_over_and_what_came_of_it_is_remembered() {
    let (mut store, mut history) = (store(), PcHistory::in_memory());
    let received = receive(&mut store, &mut history, &reply_to(&iid("a")));
    let AnswerOutcome::Deposited(product, done) = received else {
        panic!("{received:?}")
    };
    assert!(done.is_activated());
    assert_eq!(product.activation_id, store.rows[0].activation_id);
    let [tried] = history.attempts() else {
        panic!("{history:?}")
    };
    assert_eq!((tried.tag, tried.status), (iid("a").tag(), done.status));
    let [known] = history.known() else {
        panic!("{history:?}")
    };
    assert_eq!(known.tag, Some(iid("a").tag()));
    assert_eq!(known.pc, Some(store.pc.clone()));
    assert_eq!(known.product, Some(product.name));
    // The same answer again finds it done, and records nothing new.
    let again = receive(&mut store, &mut history, &reply_to(&iid("a")));
    assert!(matches!(
        again,
        AnswerOutcome::Decided(Verdict::AlreadyLicensed(_))
    ));
    assert_eq!((history.attempts().len(), history.known().len()), (1, 1));
}

#[test]
fn what_the_store_refuses_is_remembered_and_proves_nothing() {
    let (mut store, mut history) = (store(), PcHistory::in_memory());
    store.at_deposit = |_| Err(StoreError::Refused(HResult::MISMATCH));
    let received = receive(&mut store, &mut history, &reply_to(&iid("a")));
    assert!(matches!(received, AnswerOutcome::Deposited(_, done) if !done.is_activated()));
    assert_eq!(history.attempts()[0].refusal, Some(HResult::MISMATCH));
    assert!(history.known().is_empty());
}

#[test]
fn a_dry_run_hands_nothing_over_and_learns_whose_it_is() {
    let (mut store, mut history) = (store(), PcHistory::in_memory());
    let received = given(&mut store, &mut history, &reply_to(&iid("a")), None, true);
    assert!(matches!(
        received,
        AnswerOutcome::Decided(Verdict::Deposit(..))
    ));
    assert_eq!(store.asked(), ["rows"]);
    assert!(history.attempts().is_empty());
    let known = &history.known()[0];
    assert_eq!(known.pc, Some(store.pc.clone()));
    assert_eq!(known.product, Some(store.rows[0].name.clone()));
}

#[test]
fn a_number_that_came_with_anothers_tag_stays_refused_without_it() {
    let other = iid("somebody's");
    let (mut store, mut history) = (store(), PcHistory::in_memory());
    let owner = pc("there");
    let theirs = crate::licensing::samples::row(&other, 1);
    history
        .record_shown(&owner, &[theirs], DateTime::UNIX_EPOCH)
        .unwrap();
    let received = receive(&mut store, &mut history, &reply_to(&other));
    assert_eq!(
        received,
        AnswerOutcome::Decided(Verdict::OtherPc(Some(owner.clone())))
    );
    assert_eq!(history.known()[0].pc, Some(owner.clone()));
    let chosen = Some(store.rows[0].activation_id);
    let received = given(&mut store, &mut history, &bare_of(&other), chosen, false);
    assert_eq!(
        received,
        AnswerOutcome::Decided(Verdict::Known(RefusalReason::OtherPc(Some(owner))))
    );
    assert!(!store.asked().contains(&"deposit"));
}

#[test]
fn a_number_of_another_product_stays_that_products() {
    let (mut store, mut history) = (store(), PcHistory::in_memory());
    let chosen = Some(store.rows[0].activation_id);
    for answer in [reply_to(&iid("b")), bare_of(&iid("b"))] {
        let received = given(&mut store, &mut history, &answer, chosen, false);
        let AnswerOutcome::Decided(
            Verdict::OtherProduct(product) | Verdict::Known(RefusalReason::OtherProduct(product)),
        ) = received
        else {
            panic!("{received:?}")
        };
        assert_eq!(product.name, store.rows[1].name);
    }
    let known = &history.known()[0];
    assert_eq!(known.pc, Some(store.pc.clone()));
    assert_eq!(known.product, Some(store.rows[1].name.clone()));
}

#[test]
fn a_number_from_before_a_change_stays_refused_without_its_tag() {
    let (mut store, mut history) = (StoreDouble::of(&[&iid("new")]), PcHistory::in_memory());
    let before = StoreDouble::of(&[&iid("old")]);
    history
        .record_shown(&before.pc, &before.rows, DateTime::UNIX_EPOCH)
        .unwrap();
    let name = store.rows[0].name.clone();
    let received = receive(&mut store, &mut history, &reply_to(&iid("old")));
    assert_eq!(
        received,
        AnswerOutcome::Decided(Verdict::Changed(name.clone()))
    );
    assert_eq!(history.known()[0].pc, Some(store.pc.clone()));
    assert_eq!(history.known()[0].product, Some(name.clone()));
    let received = receive(&mut store, &mut history, &bare_of(&iid("old")));
    assert_eq!(
        received,
        AnswerOutcome::Decided(Verdict::Known(RefusalReason::Changed(name)))
    );
    assert!(!store.asked().contains(&"deposit"));
}

#[test]
fn what_changes_between_the_look_and_the_deposit_is_a_change() {
    let (mut store, mut history) = (store(), PcHistory::in_memory());
    store.after_a_look = |rows| rows[0].installation_id = Some(iid("new"));
    let name = store.rows[0].name.clone();
    let received = receive(&mut store, &mut history, &reply_to(&iid("a")));
    assert_eq!(
        received,
        AnswerOutcome::Decided(Verdict::Changed(name.clone()))
    );
    assert_eq!(store.asked(), ["rows", "row"]);
    assert!(history.attempts().is_empty());
    assert_eq!(history.known()[0].product, Some(name));
    // Any other error is returned, and nothing is recorded.
    let (mut store, mut history) = (self::store(), PcHistory::in_memory());
    store.after_a_look = Vec::clear;
    let mut handler = AnswerHandler {
        store: &mut store,
        history: &mut history,
        seen: Vec::new(),
        dry_run: false,
    };
    let told: HandleResult =
        handler.handle(&reply_to(&iid("a")), |_| Ok(None), DateTime::UNIX_EPOCH);
    assert!(matches!(told, Err(DepositError::ProductGone { .. })));
    assert!(history.attempts().is_empty() && history.known().is_empty());
}

#[test]
fn a_bare_number_teaches_nothing_before_it_has_activated_something() {
    let (mut store, mut history) = (store(), PcHistory::in_memory());
    let received = receive(&mut store, &mut history, &bare_of(&iid("a")));
    assert!(matches!(received, AnswerOutcome::Decided(Verdict::Choose(rows)) if rows.len() == 2));
    assert!(history.known().is_empty());
    let chosen = Some(store.rows[0].activation_id);
    let received = given(&mut store, &mut history, &bare_of(&iid("a")), chosen, false);
    assert!(matches!(received, AnswerOutcome::Deposited(_, done) if done.is_activated()));
    assert_eq!(history.known()[0].tag, Some(iid("a").tag()));
}
