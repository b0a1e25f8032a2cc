use super::*;
use crate::activation::{MachineId, practice_installation_id};

fn pc(name: &str) -> PcIdentity {
    PcIdentity {
        name: Label::cleaned(name).unwrap(),
        serial: None,
        machine: MachineId::of(None, Some(&format!("serial of {name}"))),
    }
}

fn product(seed: &str) -> Product {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pc.json");
    let store = crate::licensing::PracticeStore::create(
        &path,
        pc(seed),
        crate::licensing::Extras::default(),
    )
    .unwrap();
    let products = crate::licensing::LicenseStore::products(&store).unwrap();
    Product {
        installation_id: Some(practice_installation_id(seed)),
        ..products[0].clone()
    }
}

#[test]
fn twenty_at_once_are_all_remembered() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deep/memory.json");
    std::thread::scope(|scope| {
        for number in 0..20 {
            let path = &path;
            scope.spawn(move || {
                let mut history = PcHistory::open(path);
                let seed = number.to_string();
                history
                    .record_shown(&pc(&seed), &[product(&seed)], Utc::now())
                    .unwrap();
            });
        }
    });
    assert_eq!(PcHistory::open(&path).shown().len(), 20);
}

#[test]
fn a_damaged_file_is_set_aside_once_and_the_next_one_serves() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("memory.json");
    let too_long = " ".repeat(MAX_FILE as usize + 1);
    for (number, damage) in [
        &b"{"[..],
        b"\xff\xfe",
        b"{\"hikyaku_memory\":0}",
        too_long.as_bytes(),
    ]
    .into_iter()
    .enumerate()
    {
        std::fs::write(&path, damage).unwrap();
        let mut history = PcHistory::open(&path);
        assert!(matches!(
            history.trouble(),
            Some(HistoryError::Damaged { .. })
        ));
        history
            .record_shown(&pc("a"), &[product("a")], Utc::now())
            .unwrap();
        let again = PcHistory::open(&path);
        assert!(again.trouble().is_none() && again.shown().len() == 1);
        let aside = folder
            .path()
            .join(format!("memory.json.damaged-{}", number + 1));
        assert_eq!(std::fs::read(aside).unwrap(), damage);
    }
}

#[test]
fn one_of_a_newer_program_stays_as_it_is_and_this_process_remembers() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("memory.json");
    let newer = r#"{"hikyaku_memory":2,"more":[]}"#;
    std::fs::write(&path, newer).unwrap();
    let mut history = PcHistory::open(&path);
    assert!(matches!(
        history.trouble(),
        Some(HistoryError::Newer { .. })
    ));
    history
        .record_shown(&pc("a"), &[product("a")], Utc::now())
        .unwrap();
    assert_eq!(history.shown().len(), 1);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), newer);
}

#[test]
fn one_that_a_newer_program_wrote_meanwhile_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("memory.json");
    let mut history = PcHistory::open(&path);
    let newer = r#"{"hikyaku_memory":2,"more":[]}"#;
    std::fs::write(&path, newer).unwrap();
    for seed in ["a", "b"] {
        history
            .record_shown(&pc(seed), &[product(seed)], Utc::now())
            .unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), newer);
    }
    assert_eq!(history.trouble().unwrap().id(), "memory-newer");
    assert_eq!(history.shown().len(), 2);
}

#[test]
fn what_cannot_be_kept_is_told_and_remembered_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    // The folder is a file: like a stick that is gone.
    let mut history = PcHistory::open(&file.join("memory.json"));
    // Windows reports a missing file until something is written.
    let told = matches!(history.trouble(), Some(HistoryError::Io { .. }));
    let kept = history.record_shown(&pc("a"), &[product("a")], Utc::now());
    assert!(told && kept.is_ok() || matches!(kept, Err(HistoryError::Io { .. })));
    assert_eq!(history.shown().len(), 1);
}

fn met(seed: &str) -> KnownAnswer {
    let iid = practice_installation_id(seed);
    let reply = crate::licensing::samples::reply_to(&iid);
    KnownAnswer::of(&reply, DateTime::UNIX_EPOCH).unwrap()
}

fn refused(product: &Product) -> Deposited {
    Deposited {
        tag: product.tag().unwrap(),
        status: product.status,
        refusal: Some(HResult::MISMATCH),
    }
}

#[test]
fn everything_is_there_when_it_is_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("memory.json");
    let mut history = PcHistory::open(&path);
    let at = clock::now();
    let product = product("a");
    history
        .record_shown(&pc("a"), std::slice::from_ref(&product), at)
        .unwrap();
    let outcome = refused(&product);
    history
        .record_attempt(&pc("a"), &product, &outcome, at)
        .unwrap();
    history.record_known(&met("a")).unwrap();
    let again = PcHistory::open(&path);
    assert!(again.trouble().is_none());
    assert_eq!(again.shown()[0].tag, outcome.tag);
    assert_eq!(again.attempts()[0].refusal, outcome.refusal);
    assert_eq!(again.known(), [met("a")]);
}

#[test]
fn what_is_known_already_is_not_written_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("memory.json");
    let mut history = PcHistory::open(&path);
    let (at, later) = (DateTime::UNIX_EPOCH, clock::now());
    let product = product("a");
    history
        .record_shown(&pc("a"), std::slice::from_ref(&product), at)
        .unwrap();
    history.record_known(&met("a")).unwrap();
    std::fs::remove_file(&path).unwrap();
    history
        .record_shown(&pc("a"), std::slice::from_ref(&product), later)
        .unwrap();
    let known = KnownAnswer {
        at: later,
        ..met("a")
    };
    history.record_known(&known).unwrap();
    assert!(!path.exists());
    // Another PC with the same number is a new entry.
    history.record_shown(&pc("b"), &[product], later).unwrap();
    assert_eq!(PcHistory::open(&path).shown().len(), 1);
}

#[test]
fn two_that_show_the_same_at_once_remember_it_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("memory.json");
    let (mut one, mut other) = (PcHistory::open(&path), PcHistory::open(&path));
    for history in [&mut one, &mut other] {
        history
            .record_shown(&pc("a"), &[product("a")], clock::now())
            .unwrap();
    }
    assert_eq!(other.shown().len(), 1);
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let file = || std::fs::metadata(&path).unwrap().ino();
        let (before, mut third) = (file(), PcHistory::open(&folder.path().join("none.json")));
        // It has not read that file yet.
        third.path.clone_from(&path);
        third
            .record_shown(&pc("a"), &[product("a")], clock::now())
            .unwrap();
        assert_eq!((file(), third.shown().len()), (before, 1));
    }
    let mut both = [product("a"), product("b")];
    both[1].activation_id = ActivationId::from_bytes([2; 16]);
    other.record_shown(&pc("a"), &both, clock::now()).unwrap();
    assert_eq!(PcHistory::open(&path).shown().len(), 2);
}

#[test]
fn what_another_program_came_to_know_is_taken_in() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("memory.json");
    let (mut one, mut other) = (PcHistory::open(&path), PcHistory::open(&path));
    one.record_known(&met("a")).unwrap();
    assert!(other.known().is_empty());
    for _ in 0..2 {
        other.catch_up();
        assert_eq!(other.known(), [met("a")]);
    }
    // What could not be written survives reading the file again.
    let mut unkept = PcHistory::open(&path);
    unkept.merge_known(vec![met("b")]);
    unkept.record_known(&met("c")).unwrap();
    for seed in ["a", "b", "c"] {
        assert!(unkept.known().contains(&met(seed)), "{seed}");
    }
}

#[test]
fn the_newest_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("memory.json");
    let mut history = PcHistory::open(&path);
    let at = DateTime::UNIX_EPOCH;
    let product = product("a");
    history
        .record_shown(&pc("a"), std::slice::from_ref(&product), at)
        .unwrap();
    history
        .record_attempt(&pc("a"), &product, &refused(&product), at)
        .unwrap();
    history.record_known(&met("a")).unwrap();
    let mut contents = history.contents.clone();
    contents.shown = vec![contents.shown[0].clone(); MAX_KEPT];
    contents.tried = vec![contents.tried[0].clone(); MAX_KEPT];
    contents.known = vec![contents.known[0].clone(); MAX_KEPT];
    std::fs::write(&path, serde_json::to_string(&contents).unwrap()).unwrap();
    let mut history = PcHistory::open(&path);
    history
        .record_shown(&pc("b"), std::slice::from_ref(&product), at)
        .unwrap();
    history
        .record_attempt(&pc("b"), &product, &refused(&product), at)
        .unwrap();
    history.record_known(&met("b")).unwrap();
    let again = PcHistory::open(&path);
    assert_eq!(again.shown().len(), MAX_KEPT);
    assert_eq!(again.shown().last().unwrap().pc, pc("b"));
    assert_eq!(again.attempts().len(), MAX_KEPT);
    assert_eq!(again.attempts().last().unwrap().pc, pc("b"));
    assert_eq!(again.known().last(), Some(&met("b")));
}

#[test]
fn times_outside_of_messages_are_the_nearest_that_fit() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("memory.json");
    let mut history = PcHistory::open(&path);
    let product = product("a");
    let never = DateTime::<Utc>::MAX_UTC;
    history
        .record_shown(&pc("a"), std::slice::from_ref(&product), never)
        .unwrap();
    history
        .record_attempt(&pc("a"), &product, &refused(&product), never)
        .unwrap();
    let again = PcHistory::open(&path);
    assert_eq!(again.shown()[0].at, clock::within(never));
    assert_eq!(again.attempts()[0].at, clock::within(never));
}

#[test]
fn one_that_is_not_written_lasts_as_long_as_the_program() {
    let mut history = PcHistory::in_memory();
    history.record_known(&met("a")).unwrap();
    history.catch_up();
    assert_eq!(history.known(), [met("a")]);
    assert!(history.trouble().is_none());
}

#[test]
fn it_lies_in_a_folder_of_our_own() {
    let path = crate::licensing::default_history_path();
    assert!(path.ends_with("hikyaku/memory.json"), "{}", path.display());
}
