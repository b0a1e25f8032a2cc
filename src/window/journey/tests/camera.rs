//! Errors of the camera: clearly reported, without stopping anything else.

use super::*;
use crate::camera::CameraError;
use strum::VariantNames;

fn troubles() -> Vec<CameraError> {
    let name = || "Webcam HD".to_owned();
    let reason = || "os error 13".to_owned();
    vec![
        CameraError::NoCamera,
        CameraError::NoMediaFoundation,
        CameraError::NotFound {
            name: name(),
            present: "OBS".to_owned(),
        },
        CameraError::Blocked {
            name: name(),
            reason: reason(),
        },
        CameraError::Busy { name: name() },
        CameraError::Unplugged { name: name() },
        CameraError::Stalled { name: name() },
        CameraError::NoUsableFormat { name: name() },
        CameraError::Failed {
            name: name(),
            reason: reason(),
        },
        CameraError::FolderUnreadable {
            folder: name(),
            reason: reason(),
        },
    ]
}

#[test]
fn every_trouble_says_what_and_what_next_and_ends_by_itself() {
    assert_eq!(troubles().len(), CameraError::VARIANTS.len());
    for trouble in troubles() {
        for lang in Lang::ALL {
            let mut journey = journey_of(&[windows()]);
            if journey.lang() != lang {
                act(&mut journey, Action::Language, seconds(0));
            }
            journey.handle(
                JourneyEvent::CameraTrouble(MessageRef::of(&trouble)),
                seconds(1),
            );
            let told = scan(&journey);
            assert!(!told.live);
            let pair = told.trouble.clone().unwrap();
            assert!(
                !pair.what.starts_with("camera-") && !pair.next.is_empty(),
                "{pair:?}"
            );
            // The keyboard is offered instead, and works.
            assert!(told.told.what.contains("スキャナー") || told.told.what.contains("scanner"));
            journey.handle(JourneyEvent::Pasted(reply(&windows())), seconds(2));
            let commands = journey.clone().handle(JourneyEvent::Enter, seconds(2));
            assert_eq!(deposited(&commands), Some(&windows()));
            // Plugged in again.
            journey.handle(
                JourneyEvent::CameraReady("Webcam HD".to_owned()),
                seconds(3),
            );
            let told = scan(&journey);
            assert!(told.live && told.trouble.is_none());
            let commands = journey.handle(JourneyEvent::Seen(reply(&windows())), seconds(4));
            assert_eq!(deposited(&commands), Some(&windows()));
        }
    }
}

#[test]
fn a_notice_goes_without_a_camera_too() {
    let mut journey = journey_of(&[windows()]);
    journey.handle(JourneyEvent::Seen("no reply".to_owned()), seconds(1));
    journey.handle(
        JourneyEvent::CameraTrouble(MessageRef::of(&CameraError::NoCamera)),
        seconds(2),
    );
    journey.handle(JourneyEvent::Tick, seconds(20));
    assert!(scan(&journey).told.what.contains("スキャナー"));
}

#[test]
fn a_hint_says_what_to_change_and_an_empty_scene_what_to_do() {
    let mut journey = journey_of(&[windows()]);
    let waiting = scan(&journey).told;
    journey.handle(
        JourneyEvent::Hint(Some(Hint::TooFar { pixels: 1.4 })),
        seconds(1),
    );
    let hint = scan(&journey).told;
    assert!(
        hint.what.contains("1.4") && hint.next.contains("25～35 cm"),
        "{hint:?}"
    );
    journey.handle(JourneyEvent::Hint(Some(Hint::Nothing)), seconds(2));
    assert_eq!(scan(&journey).told, waiting);
    journey.handle(JourneyEvent::Hint(None), seconds(3));
    assert_eq!(scan(&journey).told, waiting);
}

#[test]
fn another_camera_is_chosen_from_the_list_and_remembered() {
    let mut journey = journey_of(&[windows()]);
    assert_eq!(
        act(&mut journey, Action::Cameras, seconds(1)),
        [JourneyCommand::ListCameras]
    );
    assert!(list(&journey).lead.contains("見つかりません"));
    let names = ["Webcam HD", "USB Camera"].map(str::to_owned);
    journey.handle(JourneyEvent::Cameras(names.to_vec()), seconds(1));
    let choices = list(&journey).choices;
    assert!(choices[0].current && !choices[1].current);
    // Replies are accepted all the while.
    let mut other = journey.clone();
    assert!(deposited(&other.handle(JourneyEvent::Seen(reply(&windows())), seconds(2))).is_some());
    let commands = act(&mut journey, Action::Pick(1), seconds(2));
    assert_eq!(
        commands,
        [JourneyCommand::UseCamera("USB Camera".to_owned())]
    );
    assert!(!scan(&journey).live);
    journey.handle(
        JourneyEvent::CameraReady("USB Camera".to_owned()),
        seconds(3),
    );
    assert!(view(&journey).camera.contains("USB Camera"));
    // A list that arrives after it was closed opens nothing.
    journey.handle(JourneyEvent::Cameras(names.to_vec()), seconds(4));
    assert!(scan(&journey).live);
    assert_eq!(act(&mut journey, Action::Pick(9), seconds(5)), []);
}

#[test]
fn a_key_turns_the_preview_round() {
    let mut journey = journey_of(&[windows()]);
    assert!(journey.is_mirrored());
    assert_eq!(
        act(&mut journey, Action::Mirror, seconds(1)),
        [JourneyCommand::Mirrored(false)]
    );
    assert!(!journey.is_mirrored());
}

#[test]
fn without_a_camera_the_field_stays() {
    let mut journey = Journey::begin(Start {
        lang: Lang::En,
        page: None,
        mirrored: true,
        camera: false,
        practice: true,
        zone: FixedOffset::east_opt(0).unwrap(),
    })
    .0;
    assert!(view(&journey).practice, "said before anything was read");
    journey.handle(JourneyEvent::Read(Ok(snapshot(&[windows()]))), seconds(0));
    let told = scan(&journey);
    assert!(told.trouble.is_some() && told.told.what.contains("scanner"));
}
