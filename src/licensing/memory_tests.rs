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
                let mut memory = Memory::open(path);
                let seed = number.to_string();
                memory
                    .remember_shown(&pc(&seed), &[product(&seed)], Utc::now())
                    .unwrap();
            });
        }
    });
    assert_eq!(Memory::open(&path).shown().len(), 20);
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
        let mut memory = Memory::open(&path);
        assert!(matches!(
            memory.trouble(),
            Some(MemoryError::Damaged { .. })
        ));
        memory
            .remember_shown(&pc("a"), &[product("a")], Utc::now())
            .unwrap();
        let again = Memory::open(&path);
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
    let mut memory = Memory::open(&path);
    assert!(matches!(memory.trouble(), Some(MemoryError::Newer { .. })));
    memory
        .remember_shown(&pc("a"), &[product("a")], Utc::now())
        .unwrap();
    assert_eq!(memory.shown().len(), 1);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), newer);
}

#[test]
fn what_cannot_be_kept_is_told_and_remembered_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    // A folder that is none, as a stick that is gone.
    let mut memory = Memory::open(&file.join("memory.json"));
    // Windows calls it a file that is not there, until it is to be written.
    let told = matches!(memory.trouble(), Some(MemoryError::Io { .. }));
    let kept = memory.remember_shown(&pc("a"), &[product("a")], Utc::now());
    assert!(told && kept.is_ok() || matches!(kept, Err(MemoryError::Io { .. })));
    assert_eq!(memory.shown().len(), 1);
}
