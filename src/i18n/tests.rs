use super::*;
use crate::activation::hresult::MEANINGS;
use crate::activation::{Caveat, LicenseStatus, Obstacle};
use std::collections::{BTreeMap, BTreeSet};
use strum::VariantNames;

/// The ids of all errors.
fn error_ids() -> Vec<&'static str> {
    let mut ids: Vec<&str> = Vec::new();
    ids.extend(crate::activation::NumberError::VARIANTS);
    ids.extend(Obstacle::VARIANTS);
    ids.extend(Caveat::VARIANTS);
    ids.extend(MEANINGS.iter().map(|&(_, id)| id));
    ids.push("hresult-unknown");
    ids.extend(crate::wire::PacketError::VARIANTS);
    ids.extend(crate::wire::LinkError::VARIANTS);
    ids.extend(crate::trip::file::TripFileError::VARIANTS);
    ids.extend(
        crate::wire::parts::PartsError::VARIANTS
            .iter()
            // Uses the message of the error that it wraps.
            .filter(|&&id| id != "parts-packet"),
    );
    ids.extend(crate::wire::pasted::PastedError::VARIANTS);
    ids.extend(crate::symbol::SymbolError::VARIANTS);
    ids.extend(crate::scan::PictureError::VARIANTS);
    ids.extend(crate::scan::digits::DigitsError::VARIANTS);
    ids.extend(crate::scan::Hint::VARIANTS);
    #[cfg(feature = "licensing")]
    {
        ids.extend(crate::licensing::HistoryError::VARIANTS);
        ids.extend(crate::licensing::StoreError::VARIANTS);
        ids.extend(
            crate::licensing::DepositError::VARIANTS
                .iter()
                // Uses the message of the error that it wraps.
                .filter(|&&id| id != "deposit-store"),
        );
    }
    #[cfg(feature = "camera")]
    ids.extend(crate::camera::CameraError::VARIANTS);
    #[cfg(feature = "practice")]
    ids.extend(
        crate::practice::RehearsalError::VARIANTS
            .iter()
            .filter(|&&id| {
                !matches!(
                    id,
                    "rehearsal-store" | "rehearsal-memory" | "rehearsal-trip"
                )
            }),
    );
    #[cfg(feature = "window")]
    ids.extend(crate::window::WindowError::VARIANTS);
    ids.extend(crate::wire::NotAReply::VARIANTS);
    #[cfg(feature = "serve")]
    ids.extend(crate::companion::serve::ServeError::VARIANTS);
    ids.extend(crate::trip::TripError::VARIANTS);
    ids.extend(crate::trip::PcListError::VARIANTS);
    #[cfg(feature = "ledger")]
    ids.extend(crate::ledger::LedgerError::VARIANTS);
    #[cfg(feature = "paper")]
    ids.extend(
        crate::paper::PaperError::VARIANTS
            .iter()
            // Uses the message of the error that it wraps.
            .filter(|&&id| id != "paper-symbol"),
    );
    #[cfg(feature = "cli")]
    ids.extend(crate::cli::error_ids());
    ids
}

#[test]
fn every_error_says_what_happened_and_what_to_do() {
    for lang in Lang::ALL {
        let messages = Messages::new(lang);
        for id in error_ids() {
            let pair = messages.pair(id, &[]);
            assert_ne!(pair.what, id, "{lang:?}: {id} is missing");
            assert!(!pair.next.is_empty(), "{lang:?}: {id} says no next step");
        }
    }
}

#[test]
fn every_verdict_on_an_answer_is_told() {
    for lang in Lang::ALL {
        let messages = Messages::new(lang);
        for verdict in crate::activation::every_verdict() {
            let (id, facts) = (verdict.id(), verdict.facts());
            for told in [
                messages.pair(id, &facts),
                messages.pair_for("window", id, &facts),
            ] {
                assert_ne!(told.what, id, "{lang:?}");
                // Every fact that is mentioned is provided.
                assert!(!format!("{told:?}").contains('$'), "{lang:?}: {told:?}");
            }
        }
    }
}

#[test]
fn every_status_has_a_name() {
    for lang in Lang::ALL {
        let messages = Messages::new(lang);
        for number in 0..8 {
            let id = LicenseStatus::from(number).message_id();
            assert_ne!(messages.say(id), id, "{lang:?}");
        }
    }
}

/// The messages of a language: for each key, the variables that it mentions and
/// whether it has a next step.
fn entries(lang: Lang) -> BTreeMap<String, (BTreeSet<String>, bool)> {
    let mut entries: BTreeMap<String, (BTreeSet<String>, bool)> = BTreeMap::new();
    let mut current = String::new();
    for line in lang.sources().iter().flat_map(|source| source.lines()) {
        if line.starts_with(|first: char| first.is_ascii_lowercase()) {
            let (key, _) = line.split_once(" =").expect("a key");
            current = key.to_owned();
            let fresh = entries.insert(current.clone(), (BTreeSet::new(), false));
            assert!(fresh.is_none(), "{lang:?}: {current} stands twice");
        }
        if let Some(entry) = entries.get_mut(&current) {
            entry.1 |= line.trim_start().starts_with(".next =");
            for part in line.split('$').skip(1) {
                let name: String = part
                    .chars()
                    .take_while(|&c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
                    .collect();
                entry.0.insert(name);
            }
        }
    }
    entries
}

#[test]
fn both_languages_say_the_same_things() {
    let (ja, en) = (entries(Lang::Ja), entries(Lang::En));
    let keys = |entries: &BTreeMap<String, _>| entries.keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(keys(&ja), keys(&en));
    for (key, (variables, has_next)) in &ja {
        let (other, other_next) = &en[key];
        assert_eq!(has_next, other_next, "{key}");
        // English may select a plural by a count that Japanese does not need.
        let unknown: Vec<_> = variables.difference(other).collect();
        assert!(unknown.is_empty(), "{key}: {unknown:?}");
    }
}

#[test]
fn language_files_parse_without_a_mistake() {
    for lang in Lang::ALL {
        for source in lang.sources() {
            if let Err((_, errors)) = FluentResource::try_new((*source).to_owned()) {
                panic!("{lang:?}: {errors:?}");
            }
        }
    }
}

#[test]
fn no_message_carries_controls_or_bidi() {
    for lang in Lang::ALL {
        let messages = Messages::new(lang);
        let text = messages.say_with(
            "number-foreign-character",
            &[("character", "O".into()), ("position", 3_usize.into())],
        );
        assert!(!text.chars().any(crate::ground::is_unprintable), "{text:?}");
    }
}

#[test]
fn locales_choose_the_language() {
    assert_eq!(Lang::of_locale("ja_JP.UTF-8"), Lang::Ja);
    assert_eq!(Lang::of_locale("ja"), Lang::Ja);
    assert_eq!(Lang::of_locale("en-US"), Lang::En);
    assert_eq!(Lang::of_locale("de_DE"), Lang::En);
}
