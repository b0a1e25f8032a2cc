use super::*;

#[test]
fn channels_are_known_from_either_property() {
    let cases = [
        (Some("Volume:GVLK"), "", Channel::VolumeKmsClient),
        (Some("Volume:CSVLK"), "", Channel::VolumeKmsHost),
        (Some("Volume:MAK"), "", Channel::VolumeMak),
        (Some("OEM:NONSLP"), "", Channel::Oem),
        (Some("Retail"), "", Channel::Retail),
        (Some("Retail:TB:Eval"), "", Channel::Evaluation),
        (
            None,
            "Windows Operating System - Windows(R) 7, VOLUME_KMSCLIENT channel",
            Channel::VolumeKmsClient,
        ),
        (
            None,
            "Windows Operating System - Windows(R) 7, VOLUME_MAK channel",
            Channel::VolumeMak,
        ),
        (
            Some(""),
            "Windows Server, VIRTUAL_MACHINE_ACTIVATION channel",
            Channel::VirtualMachine,
        ),
        (Some("volume:avma"), "", Channel::VirtualMachine),
        (None, "VOLUME_KMS_2012-R2 channel", Channel::VolumeKmsHost),
        (None, "TIMEBASED_EVAL channel", Channel::Evaluation),
        (None, "OEM_DM channel", Channel::Oem),
        (None, "Retail channel", Channel::Retail),
        (None, "", Channel::Unknown),
    ];
    for (channel, description, expected) in cases {
        assert_eq!(
            Channel::of(channel, description),
            expected,
            "{channel:?} {description}"
        );
    }
}

fn pending(id: &str, application: Application, name: &str) -> Product {
    Product {
        activation_id: ActivationId::parse(id).unwrap(),
        application,
        name: Label::cleaned(name).unwrap(),
        channel: Channel::Retail,
        key_tail: KeyTail::parse("3V66T"),
        installation_id: Some(crate::activation::practice_installation_id("pc")),
        status: LicenseStatus::Notification,
        reason: HResult::NOTIFICATION,
        add_on: false,
    }
}

#[test]
fn only_what_waits_is_requested() {
    let made = |change: &dyn Fn(&mut Product)| {
        let id = "4de7cb65-cdf1-4de9-8ae8-e3cce27b9f2c";
        let mut product = pending(id, Application::Windows, "Windows");
        change(&mut product);
        let request = crate::activation::ProductRequest::of(&product);
        assert_eq!(request.is_some(), product.is_pending());
        product.standing()
    };
    let hidden = Standing::Hidden;
    assert_eq!(made(&|_| {}), Standing::Pending);
    assert_eq!(
        made(&|it| it.status = LicenseStatus::Licensed),
        Standing::Licensed
    );
    assert_eq!(made(&|it| it.key_tail = None), hidden(Obstacle::NoKey));
    assert_eq!(
        made(&|it| it.channel = Channel::VolumeKmsClient),
        hidden(Obstacle::KmsClient)
    );
    assert_eq!(
        made(&|it| it.channel = Channel::VirtualMachine),
        hidden(Obstacle::VirtualMachine)
    );
    assert_eq!(
        made(&|it| it.installation_id = None),
        hidden(Obstacle::NoInstallationId)
    );
}

#[test]
fn applications_are_known_however_their_id_is_written() {
    let windows = "55c92734-d682-4d71-983e-d6ec3f16059f";
    for id in [windows, &format!(" {{{}}} ", windows.to_uppercase())] {
        assert_eq!(Application::of(id), Application::Windows);
    }
    assert_eq!(
        Application::of("0ff1ce15-a989-479d-af46-f275c6370663"),
        Application::Office
    );
    assert_eq!(Application::of(""), Application::Other);
}

#[test]
fn what_to_know_before_the_walk_is_known_by_product() {
    const OTHER: &str = "4de7cb65-cdf1-4de9-8ae8-e3cce27b9f2c";
    let windows = Application::Windows;
    let caveat = |id: &str, application, name: &str| pending(id, application, name).caveat();
    for (id, year) in [
        ("f520e45e-7413-4a34-a497-d2765967d094", 1),
        ("1043ADD5-23b1-4afb-9a0f-64343c8f3f8d", 2),
        ("{83d49986-add3-41d7-ba33-87c7bfb5c0fb}", 3),
    ] {
        assert_eq!(caveat(id, windows, "ESU"), Some(Caveat::EsuYear { year }));
    }
    for name in [
        "Windows(R), ProfessionalWorkstation edition",
        "Windows(R), ProfessionalWorkstationN edition",
        "Windows(R), ProfessionalEducation edition",
    ] {
        assert_eq!(caveat(OTHER, windows, name), Some(Caveat::NoOfflineWay));
    }
    for (application, name) in [
        (windows, "Windows(R), Professional edition"),
        (windows, "Windows(R), Education edition"),
        (Application::Office, "Office 24, ProfessionalEducation"),
    ] {
        assert_eq!(caveat(OTHER, application, name), None, "{name}");
    }
    // Once it is activated there is nothing to warn about.
    let mut done = pending(
        OTHER,
        windows,
        "Windows(R), ProfessionalWorkstation edition",
    );
    done.status = LicenseStatus::Licensed;
    assert_eq!(done.caveat(), None);
}

#[test]
fn a_whole_product_key_is_never_taken_for_its_tail() {
    assert!(KeyTail::parse("3V66T").is_some());
    assert!(KeyTail::parse("AAAAA-BBBBB-CCCCC-DDDDD-3V66T").is_none());
    for text in ["3v66t", "3V66", "3V6-T", ""] {
        assert!(KeyTail::parse(text).is_none(), "{text}");
    }
}

#[test]
fn status_numbers_survive_a_round_trip() {
    for number in 0..9 {
        assert_eq!(u32::from(LicenseStatus::from(number)), number);
    }
}
