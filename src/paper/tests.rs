//! Documents are complete, escaped, and show nothing that must stay inside.

use super::*;
use crate::activation::{
    ActivationId, KeyedAnswer, KeyedForm, Label, PcIdentity, ProductRequest, Request,
    practice_confirmation_id, practice_installation_id,
};
use crate::i18n::Lang;
use crate::trip::Time;
use crate::trip::{About, Attribution, ListedPc, Trip, Way, report};
use chrono::DateTime;

fn label(text: &str) -> Label {
    Label::cleaned(text).unwrap()
}

fn by() -> Attribution {
    Attribution {
        at: Time::try_from(1_790_000_000).unwrap(),
        actor: Some(label("佐藤")),
    }
}

/// A trip with this many PCs, of which the first half are answered.
fn trip(pcs: usize, name: &str) -> Trip {
    let mut trip = Trip::new(About {
        customer: Some(label("中央病院")),
        ..About::named(label("病棟3"), by().at)
    });
    for number in 0..pcs {
        let iid = practice_installation_id(&format!("{number}"));
        let request = Request {
            pc: PcIdentity {
                name: label(&format!("{name}{number}")),
                serial: None,
                machine: None,
            },
            taken_at: DateTime::from_timestamp(1_790_000_000, 0).unwrap(),
            products: vec![ProductRequest {
                activation_id: ActivationId::from_bytes([1; 16]),
                name: label("Windows 11 Pro"),
                key_tail: None,
                installation_id: iid.clone(),
            }],
        };
        trip.collect(&request, &by()).unwrap();
        if number * 2 < pcs {
            let cid = practice_confirmation_id(&iid).into();
            trip.keep_cid(iid.tag(), &cid, false, &by()).unwrap();
        }
    }
    trip
}

fn runbook_of(way: Way, pcs: Vec<(String, String)>) -> Runbook {
    Runbook {
        way,
        pcs,
        customer: Some(label("<b>中央</b>病院")),
        site: None,
        visit: None,
        account: None,
        edition: label("1.0"),
        date: NaiveDate::from_ymd_opt(2026, 12, 1).unwrap(),
        issuer: Issuer::default(),
    }
}

/// Every document in a language, with this name in every place for one.
fn everything(name: &str, lang: Lang) -> Vec<(&'static str, String)> {
    let messages = Messages::new(lang);
    let trip = trip(4, name);
    let made = "2026-12-01 09:00";
    let issuer = Issuer::new(Some(label(name)), None).unwrap();
    let mut all = vec![
        ("reply", reply_sheet(&trip, made, &messages).unwrap()),
        ("request", request_sheet(&trip, made, &messages).unwrap()),
        (
            "keyed",
            keyed_sheet(&trip, KeyedForm::Command, made, &messages).unwrap(),
        ),
        (
            "record",
            record(&report(&trip, by().at), &issuer, &messages, |_| {
                made.to_owned()
            })
            .unwrap(),
        ),
    ];
    for way in [Way::Lend, Way::CarryIn, Way::CarryOut] {
        let plan = Runbook {
            account: Some(label(name)),
            issuer: issuer.clone(),
            ..runbook_of(way, vec![(name.to_owned(), name.to_owned())])
        };
        all.push(("runbook", runbook(&plan, &messages).unwrap()));
    }
    for (way, without_hikyaku) in [
        (Way::Lend, false),
        (Way::CarryIn, false),
        (Way::CarryIn, true),
        (Way::CarryOut, true),
    ] {
        let request = Letter {
            way,
            without_hikyaku,
            customer: Some(label(name)),
            site: Some(label(name)),
            visit: NaiveDate::from_ymd_opt(2026, 12, 1),
            technician: Some(label(name)),
            pcs: Some(4),
            date: NaiveDate::from_ymd_opt(2026, 11, 23).unwrap(),
            issuer: issuer.clone(),
        };
        all.push(("letter", letter(&request, &messages).unwrap()));
    }
    all
}

#[test]
fn hostile_names_are_texts_and_nothing_else() {
    let hostile = "\"><script>alert(1)</script></style>\\\"'";
    for lang in Lang::ALL {
        for (kind, page) in everything(hostile, lang) {
            assert!(!page.contains("<script"), "{kind}");
            assert_eq!(page.matches("</style>").count(), 1, "{kind}");
            assert!(
                page.contains("&#60;script") || page.contains("&lt;script"),
                "{kind}"
            );
        }
    }
}

#[test]
fn documents_need_no_network_and_no_other_file() {
    for lang in Lang::ALL {
        for (kind, page) in everything("病棟3-PC", lang) {
            for from_elsewhere in ["<link", "<script", "url(", "@import", "src=\"http"] {
                assert!(!page.contains(from_elsewhere), "{kind}: {from_elsewhere}");
            }
        }
    }
}

/// No document asks anyone to telephone: nobody would answer.
#[test]
fn nobody_is_told_to_call() {
    for lang in Lang::ALL {
        for (kind, page) in everything("PC", lang) {
            for word in ["電話で", "電話し", "コールセンター", "telephone", "call "] {
                assert!(!page.contains(word), "{kind}: {word}");
            }
        }
    }
}

#[test]
fn sheets_have_a_strip_for_every_pc_and_say_when_there_is_none() {
    let messages = Messages::new(Lang::En);
    for pcs in [1, 12, 60] {
        let trip = trip(pcs, "PC");
        let sheet = reply_sheet(&trip, "now", &messages).unwrap();
        assert_eq!(sheet.matches("class=\"strip\"").count(), pcs.div_ceil(2));
        let waiting = pcs - pcs.div_ceil(2);
        match request_sheet(&trip, "now", &messages) {
            Ok(sheet) => assert_eq!(sheet.matches("class=\"strip\"").count(), waiting),
            Err(error) => assert!(waiting == 0 && matches!(error, PaperError::NothingToPrint)),
        }
    }
}

#[test]
fn the_sheet_without_hikyaku_has_two_symbols_a_strip_and_the_command_in_text() {
    for lang in Lang::ALL {
        let messages = Messages::new(lang);
        let trip = trip(5, "PC");
        for form in KeyedForm::ALL {
            let sheet = keyed_sheet(&trip, form, "now", &messages).unwrap();
            assert_eq!(sheet.matches("<svg").count(), 6, "{form:?}");
            for (_, entry, reply) in trip.replies() {
                let answer = KeyedAnswer::new(reply.cid.clone(), entry.activation_id);
                assert!(sheet.contains(&answer.to_string()), "{form:?}");
                assert!(sheet.contains(&format!("</b>{}</span>", reply.check())));
            }
            assert!(sheet.contains(&messages.say("keyed-how-command")));
            assert!(!sheet.contains(&messages.say("keyed-main-product")));
        }
    }
}

#[test]
fn the_record_shows_no_whole_number_and_names_what_is_open() {
    let messages = Messages::new(Lang::Ja);
    let mut trip = trip(2, "PC");
    let wanted = ListedPc {
        name: label("病棟3-PC9"),
        serial: None,
        place: None,
    };
    trip.add_listed(&[wanted], &by()).unwrap();
    let page = record(
        &report(&trip, by().at),
        &Issuer::default(),
        &messages,
        |_| String::new(),
    );
    let page = page.unwrap();
    let iid = practice_installation_id("0");
    let cid = practice_confirmation_id(&iid);
    assert!(!page.contains(iid.groups()[3]) && !page.contains(cid.groups()[2]));
    assert!(page.contains("病棟3-PC9") && page.contains("未訪問"));
}

#[test]
fn what_many_pcs_wait_for_is_said_once_with_their_names() {
    let messages = Messages::new(Lang::En);
    let trip = trip(12, "Ward");
    let page = record(
        &report(&trip, by().at),
        &Issuer::default(),
        &messages,
        |_| String::new(),
    )
    .unwrap();
    let open = page.split("<table>").next().unwrap();
    for next in ["progress-cid-in-hand-next", "progress-requested-next"] {
        let next = messages.say(next);
        assert_eq!(open.matches(&next).count(), 1, "{next} in {open}");
    }
    for pc in &trip.pcs {
        assert!(open.contains(&format!("<li>{}</li>", pc.name)), "{open}");
    }
}

#[test]
fn every_code_of_the_licence_store_is_in_the_work_instruction() {
    for lang in Lang::ALL {
        let messages = Messages::new(lang);
        let page = runbook(&runbook_of(Way::CarryOut, Vec::new()), &messages).unwrap();
        for (codes, _) in crate::activation::hresult::MEANINGS {
            let first = crate::activation::HResult(codes[0]).to_string();
            assert!(page.contains(&first), "{lang:?}: {first}");
        }
        assert!(page.contains(PORTAL));
    }
}

#[test]
fn a_logo_is_a_picture_of_a_bounded_size() {
    let png = [0x89, b'P', b'N', b'G', 0, 0];
    assert!(Issuer::new(None, Some(&png)).is_ok());
    assert!(matches!(
        Issuer::new(None, Some(b"<svg>")),
        Err(PaperError::Logo { .. })
    ));
    let huge = [&png[..], &vec![0; MAX_LOGO]].concat();
    assert!(matches!(
        Issuer::new(None, Some(&huge)),
        Err(PaperError::Logo { .. })
    ));
}
