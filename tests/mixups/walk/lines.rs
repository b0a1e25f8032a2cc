//! The walk through `enter` and `scan`.

use super::forms::{self, Form};
use super::world::{Given, World};
use hikyaku::activation::matching::sort_picture_answers;
use hikyaku::activation::{Answer, Dialog, Input, Turn};
use hikyaku::licensing::LicenseStore;
use hikyaku::wire::{Trust, parse_answer};

/// This many digits after box H are not a typing slip, even if one digit before
/// them was lost.
const TAINT: usize = 3;

/// Somebody types, pastes or scans lines.
pub(super) fn enter(world: &mut World) {
    let (iid, other) = (world.somebodys(), world.somebodys());
    let script = forms::script(&iid, &other, &mut world.random);
    let chosen = world.random.once_in(3).then(|| world.product());
    let seen = world.store.products().unwrap();
    let trust = if world.random.once_in(20) {
        Trust::Override
    } else {
        Trust::CheckDigits
    };
    world.trace.push(format!("enter {trust:?} {chosen:?}"));
    let mut dialog = Dialog::new(trust);
    let mut lines = script.into_iter().peekable();
    let mut behind = 0;
    loop {
        if world.random.once_in(80) {
            world.change_hardware();
        }
        let turn = if dialog.is_decided() && lines.peek().is_some_and(|line| !line.waits) {
            dialog.hear(Input::Quiet)
        } else if let Some(line) = lines.next() {
            world.trace.push(format!("  {line:?}"));
            behind += line.behind;
            dialog.hear(Input::Line(&line.text))
        } else {
            dialog.hear(Input::End)
        };
        match turn {
            Turn::Take(answer) => {
                let given = match answer {
                    Answer::Tagged(_) => Given::Tagged,
                    Answer::Typed(_) => Given::Typed,
                    Answer::Bare(_) => Given::Bare {
                        tainted: behind >= TAINT,
                    },
                };
                return world.receive(&answer, given, chosen, seen);
            }
            Turn::Cut(_) => return,
            Turn::Refused(_) if lines.peek().is_none() => return,
            _ => {}
        }
    }
}

/// Somebody scans one picture, several, or a folder.
pub(super) fn scan(world: &mut World) {
    let pictures = 1 + world.random.below(3);
    let named = pictures == 1 && world.random.once_in(2);
    let chosen = world.random.once_in(4).then(|| world.product());
    world.trace.push(format!("scan {pictures}, named {named}"));
    for _ in 0..pictures {
        let mut answers = Vec::new();
        for _ in 0..world.random.below(3) {
            let iid = world.somebodys();
            let form = forms::form(&mut world.random);
            let mut text = forms::digits(&iid, form);
            if world.random.once_in(4) {
                text = forms::damaged(&text, &mut world.random);
            }
            if world.random.once_in(10) {
                iid.digits().clone_into(&mut text);
            }
            world.trace.push(format!("  sees {text}"));
            answers.extend(parse_answer(&text, Trust::CheckDigits).ok());
            if form == Form::Reply && world.random.once_in(4) {
                answers.extend(parse_answer(&text[..48.min(text.len())], Trust::CheckDigits).ok());
            }
        }
        let (taken, left) = sort_picture_answers(answers, named);
        assert!(left.iter().all(|answer| matches!(answer, Answer::Bare(_))));
        for answer in taken {
            let given = match answer {
                Answer::Tagged(_) => Given::Tagged,
                Answer::Typed(_) => Given::Typed,
                Answer::Bare(_) if named => Given::Bare { tainted: false },
                Answer::Bare(_) => Given::Found,
            };
            let seen = world.store.products().unwrap();
            world.receive(&answer, given, chosen, seen);
        }
    }
}
