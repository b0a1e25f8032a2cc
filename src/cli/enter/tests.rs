use super::*;
use crate::activation::{Label, Reply, practice_confirmation_id};
use crate::activation::{LicenseStatus, MachineId, PcIdentity};
use crate::i18n::{Lang, Messages};
use crate::licensing::{Extras, LicenseStore, PcHistory, PracticeStore};
use crate::wire::reply_to_digits;
use std::collections::VecDeque;

/// Lines, and something that happens between two of them.
struct Script<'a> {
    lines: VecDeque<(&'a str, bool)>,
    meanwhile: Option<Box<dyn FnOnce() + 'a>>,
}

impl LineSource for Script<'_> {
    fn next(&mut self) -> Result<LineEvent, CliError> {
        Ok(match self.lines.pop_front() {
            Some((line, _)) => LineEvent::Line(line.to_owned()),
            None => LineEvent::End,
        })
    }

    fn waiting(&mut self) -> Result<LineEvent, CliError> {
        if let Some(happens) = self.meanwhile.take() {
            happens();
        }
        match self.lines.front() {
            Some((_, true)) => self.next(),
            _ => Ok(LineEvent::Quiet),
        }
    }
}

fn exit_after<'a>(
    lines: &[(&'a str, bool)],
    store: &mut PracticeStore,
    memory: &mut PcHistory,
    meanwhile: Option<Box<dyn FnOnce() + 'a>>,
) -> Exit {
    let console = Console::new(Messages::new(Lang::En), false, false);
    let mut settling = Settling {
        handler: AnswerHandler {
            seen: store.products().unwrap(),
            store,
            history: memory,
            dry_run: false,
        },
        product: None,
    };
    let mut script = Script {
        lines: lines.iter().copied().collect(),
        meanwhile,
    };
    run_dialog(
        &mut script,
        Trust::CheckDigits,
        true,
        &mut settling,
        &console,
    )
    .unwrap()
}

struct Pc {
    folder: tempfile::TempDir,
    store: PracticeStore,
    memory: PcHistory,
}

fn pc(name: &str) -> Pc {
    let folder = tempfile::tempdir().unwrap();
    let identity = PcIdentity {
        name: Label::cleaned(name).unwrap(),
        serial: None,
        machine: MachineId::of(None, Some(&format!("serial of {name}"))),
    };
    let file = folder.path().join("pc.json");
    Pc {
        store: PracticeStore::create(&file, identity, Extras::default()).unwrap(),
        memory: PcHistory::open(&folder.path().join("memory.json")),
        folder,
    }
}

fn reply_of(pc: &Pc) -> String {
    let iid = pc.store.products().unwrap()[0]
        .installation_id
        .clone()
        .unwrap();
    reply_to_digits(&Reply {
        cid: practice_confirmation_id(&iid),
        tag: iid.tag(),
    })
}

fn is_activated(pc: &Pc) -> bool {
    pc.store.products().unwrap()[0].status == LicenseStatus::Licensed
}

#[test]
fn hardware_that_changes_while_it_waits_wins() {
    for bare in [false, true] {
        let mut here = pc("PC-1");
        let reply = reply_of(&here);
        let file = here.folder.path().join("pc.json");
        let change: Box<dyn FnOnce()> = Box::new(move || {
            PracticeStore::open(&file)
                .unwrap()
                .change_hardware()
                .unwrap();
        });
        let lines = if bare {
            vec![(&reply[..48], false), ("", false)]
        } else {
            vec![(reply.as_str(), false)]
        };
        let exit = exit_after(&lines, &mut here.store, &mut here.memory, Some(change));
        assert_eq!(exit, Exit::NotForThisPc);
        assert!(!is_activated(&here));
        // The hardware is still the new one.
        assert_ne!(reply_of(&here), reply);
    }
}

#[test]
fn a_line_behind_a_taken_number_is_looked_at_first() {
    let mut here = pc("PC-1");
    let (own, foreign) = (reply_of(&here), reply_of(&pc("PC-2")));
    let lines = [(own.as_str(), false), (&foreign[48..], true)];
    let exit = exit_after(&lines, &mut here.store, &mut here.memory, None);
    assert_eq!(exit, Exit::Malformed);
    assert!(!is_activated(&here));
    let lines = [(&own[..48], false), ("", false), (&own[48..], true)];
    let exit = exit_after(&lines, &mut here.store, &mut here.memory, None);
    assert_eq!(exit, Exit::Done);
    assert!(is_activated(&here));
}

#[test]
fn what_was_refused_with_its_tag_is_refused_without_it_and_named() {
    let mut here = pc("PC-1");
    let other = pc("PC-2");
    let foreign = reply_of(&other);
    let products = other.store.products().unwrap();
    let at = chrono::DateTime::UNIX_EPOCH;
    here.memory
        .record_shown(&other.store.pc().unwrap(), &products, at)
        .unwrap();
    let whole = [(foreign.as_str(), false)];
    let alone = [(&foreign[..48], false)];
    for lines in [whole, alone] {
        let exit = exit_after(&lines, &mut here.store, &mut here.memory, None);
        assert_eq!(exit, Exit::NotForThisPc);
    }
    assert!(!is_activated(&here));
    // Another run knows it from the file, which does not hold the digits.
    let file = here.folder.path().join("memory.json");
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(!text.contains(&foreign[6..48]) && text.contains("PC-2"));
    let mut memory = PcHistory::open(&file);
    let exit = exit_after(&alone, &mut here.store, &mut memory, None);
    assert_eq!(exit, Exit::NotForThisPc);
    assert!(!is_activated(&here));
}
