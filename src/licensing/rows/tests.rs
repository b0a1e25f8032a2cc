//! Rows as real PCs return them.

use super::*;
use crate::activation::{Obstacle, Standing};

const WINDOWS: &str = "55c92734-d682-4d71-983e-d6ec3f16059f";
const OFFICE: &str = "0ff1ce15-a989-479d-af46-f275c6370663";
const IID_63: &str = "489126343257012289105546522085205332958764158851011127139061121";
const IID_54: &str = "020650770493837252929082195773527024195725809211989214";

macro_rules! some {
    ($text:expr) => {
        Some(String::from($text))
    };
}

/// A retail Windows 11 Pro, just installed and never online.
fn windows_11() -> RawRow {
    RawRow {
        id: some!("4de7cb65-cdf1-4de9-8ae8-e3cce27b9f2c"),
        application_id: some!(WINDOWS),
        name: some!("Windows(R), Professional edition"),
        description: some!("Windows(R) Operating System, RETAIL channel"),
        partial_product_key: some!("3V66T"),
        offline_installation_id: some!(IID_63),
        license_status: Some(2),
        license_status_reason: Some(0x4004_F00C),
        license_is_addon: Some(false),
        product_key_channel: some!("Retail"),
    }
}

fn product(row: RawRow) -> Product {
    Product::try_from(row).unwrap()
}

#[test]
fn retail_windows_waits_for_a_confirmation_id() {
    let product = product(windows_11());
    assert_eq!(product.standing(), Standing::Pending);
    assert_eq!(product.application, Application::Windows);
    assert_eq!(product.channel, Channel::Retail);
    assert_eq!(product.name.as_str(), "Windows(R), Professional edition");
    assert_eq!(product.key_tail.unwrap().as_str(), "3V66T");
    assert_eq!(product.installation_id.unwrap().digits(), IID_63);
    assert_eq!(product.status, LicenseStatus::OobGrace);
    assert_eq!(product.reason, HResult::IN_GRACE);
    assert!(!product.add_on);
}

#[test]
fn windows_its_esu_add_on_and_office_wait_side_by_side() {
    let esu = RawRow {
        id: some!("f520e45e-7413-4a34-a497-d2765967d094"),
        name: some!("Windows(R), Client-ESU-Year1 add-on for Enterprise"),
        description: some!("Windows(R) Operating System, VOLUME_MAK channel"),
        partial_product_key: some!("9H2QX"),
        license_status: Some(5),
        license_status_reason: Some(0xC004_F034),
        license_is_addon: Some(true),
        product_key_channel: some!("Volume:MAK"),
        ..windows_11()
    };
    let office = RawRow {
        id: some!("{FBDB3E18-A8EF-4FB3-9183-DFFD60BD0984}"),
        application_id: some!(&OFFICE.to_ascii_uppercase()),
        name: some!("Office 24, Office24ProPlus2024VL_MAK_AE edition"),
        description: some!("Office 24, VOLUME_MAK channel"),
        partial_product_key: some!("WFG99"),
        product_key_channel: some!("Volume:MAK"),
        ..windows_11()
    };
    let products = products(vec![windows_11(), esu, office]).unwrap();
    assert_eq!(products.len(), 3);
    assert!(products.iter().all(Product::is_pending));
    assert!(products[1].add_on);
    assert_eq!(products[1].application, Application::Windows);
    assert_eq!(products[2].application, Application::Office);
    assert_eq!(products[2].channel, Channel::VolumeMak);
    assert_eq!(
        products[2].activation_id.to_string(),
        "fbdb3e18-a8ef-4fb3-9183-dffd60bd0984"
    );
}

#[test]
fn clients_of_a_key_service_and_of_a_hypervisor_take_no_confirmation_id() {
    let kms = product(RawRow {
        description: some!("Windows(R) Operating System, VOLUME_KMSCLIENT channel"),
        product_key_channel: some!("Volume:GVLK"),
        ..windows_11()
    });
    assert_eq!(kms.standing(), Standing::Hidden(Obstacle::KmsClient));
    let avma = product(RawRow {
        name: some!("Windows(R), ServerStandard edition"),
        description: some!("Windows(R) Operating System, VIRTUAL_MACHINE_ACTIVATION channel"),
        product_key_channel: None,
        offline_installation_id: None,
        ..windows_11()
    });
    assert_eq!(avma.standing(), Standing::Hidden(Obstacle::VirtualMachine));
}

#[test]
fn windows_7_tells_its_channel_by_the_description_alone() {
    let seven = RawRow {
        name: some!("Windows(R) 7, Professional edition"),
        description: some!("Windows Operating System - Windows(R) 7, VOLUME_MAK channel"),
        offline_installation_id: some!(IID_54),
        product_key_channel: None,
        ..windows_11()
    };
    let seven = product(seven);
    assert_eq!(seven.channel, Channel::VolumeMak);
    assert_eq!(seven.standing(), Standing::Pending);
    assert_eq!(seven.installation_id.unwrap().digits(), IID_54);
}

#[test]
fn no_installation_id_and_a_broken_one_are_alike() {
    let swapped = IID_63.replacen("48", "84", 1);
    let short = &IID_63[..62];
    let confirmation_id = "092914273902996432764863869585514303965545262473";
    let broken = [
        None,
        some!(""),
        some!("0"),
        some!(&swapped),
        some!(short),
        some!(confirmation_id),
    ];
    for iid in broken {
        let product = product(RawRow {
            offline_installation_id: iid.clone(),
            ..windows_11()
        });
        assert_eq!(product.installation_id, None, "{iid:?}");
        assert_eq!(
            product.standing(),
            Standing::Hidden(Obstacle::NoInstallationId)
        );
    }
}

#[test]
fn a_status_that_nobody_documented_is_kept_and_is_not_success() {
    for status in [7, 99, u32::MAX] {
        let product = product(RawRow {
            license_status: Some(status),
            ..windows_11()
        });
        assert_eq!(product.status, LicenseStatus::Unknown(status));
        assert_eq!(product.standing(), Standing::Pending);
    }
}

#[test]
fn everything_but_the_activation_id_and_the_status_may_be_missing() {
    let bare = product(RawRow {
        id: windows_11().id,
        license_status: Some(1),
        ..RawRow::default()
    });
    assert_eq!(bare.name.as_str(), "4de7cb65-cdf1-4de9-8ae8-e3cce27b9f2c");
    assert_eq!(bare.application, Application::Other);
    assert_eq!(bare.channel, Channel::Unknown);
    assert_eq!(bare.key_tail, None);
    assert_eq!(bare.reason, HResult::OK);
    let described = product(RawRow {
        name: some!(" \u{200b}"),
        ..windows_11()
    });
    assert_eq!(
        described.name.as_str(),
        "Windows(R) Operating System, RETAIL channel"
    );
}

#[test]
fn one_malformed_row_does_not_hide_the_others() {
    let nameless = RawRow {
        id: some!("not a GUID"),
        ..windows_11()
    };
    let found = products(vec![nameless.clone(), windows_11()]).unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(
        products(vec![nameless]),
        Err(StoreError::UnexpectedRow { property: ID })
    );
    // Wine's row has only these two properties.
    let wine = RawRow {
        license_status: Some(1),
        license_is_addon: Some(false),
        ..RawRow::default()
    };
    assert_eq!(
        products(vec![wine]),
        Err(StoreError::UnexpectedRow { property: ID })
    );
    let no_status = RawRow {
        license_status: None,
        ..windows_11()
    };
    assert_eq!(
        products(vec![no_status]),
        Err(StoreError::UnexpectedRow {
            property: LICENSE_STATUS
        })
    );
    assert_eq!(products(Vec::new()), Ok(Vec::new()));
}

#[test]
fn names_from_the_store_cannot_disturb_a_terminal() {
    let product = product(RawRow {
        name: some!("Windows\u{1b}[2J\r\nPro\u{202e}"),
        ..windows_11()
    });
    assert_eq!(product.name.as_str(), "Windows[2J  Pro");
}

#[test]
fn a_whole_product_key_never_gets_in() {
    let product = product(RawRow {
        partial_product_key: some!("AAAAA-BBBBB-CCCCC-DDDDD-3V66T"),
        ..windows_11()
    });
    assert_eq!(product.key_tail, None);
}

#[test]
fn the_query_names_its_columns() {
    let old = products_query(false);
    assert_eq!(
        old,
        "SELECT ID, ApplicationID, Name, Description, PartialProductKey, \
         OfflineInstallationId, LicenseStatus, LicenseStatusReason, LicenseIsAddon \
         FROM SoftwareLicensingProduct WHERE PartialProductKey <> null"
    );
    let new = products_query(true);
    assert_eq!(
        new,
        old.replace(" FROM", ", ProductKeyChannel FROM"),
        "one column more and nothing else"
    );
    let one = ActivationId::from_bytes([0x4d; 16]);
    assert_eq!(
        product_query(one, true),
        new.replace(
            "PartialProductKey <> null",
            "ID = '4d4d4d4d-4d4d-4d4d-4d4d-4d4d4d4d4d4d'"
        ),
        "the same columns of one row"
    );
}

#[test]
fn object_paths_are_quoted() {
    assert_eq!(
        object_path("SoftwareLicensingService", "Version", "10.0.26100.1"),
        "SoftwareLicensingService.Version=\"10.0.26100.1\""
    );
    assert_eq!(object_path("A", "B", "c\"\\d"), r#"A.B="c\"\\d""#);
}

#[test]
fn a_serial_number_that_nobody_wrote_is_none() {
    let serial_of = |serial: &str| {
        identity(Some("WARD3-PC12"), Some(serial), None)
            .unwrap()
            .serial
            .map(String::from)
    };
    for placeholder in [
        "To be filled by O.E.M.",
        "To Be Filled By O.E.M.",
        "Default string",
        "System Serial Number",
        "None",
        "Not Specified",
        "Not Applicable",
        "N/A",
        "INVALID",
        "0",
        "00000000",
        "XXXXXXXX",
        "........",
        "123456789",
        "",
        "   ",
    ] {
        assert_eq!(serial_of(placeholder), None, "{placeholder:?}");
    }
    for real in ["PF3ABCDE", "5CD1234XYZ", "VMware-56 4d 8a", "None-7"] {
        assert_eq!(serial_of(real).as_deref(), Some(real));
    }
    assert_eq!(serial_of(" PF3ABCDE\r\n").as_deref(), Some("PF3ABCDE"));
}

#[test]
fn a_machine_is_identified_by_what_its_firmware_says() {
    let machine = |serial, uuid| identity(Some("PC"), serial, uuid).unwrap().machine;
    let uuid = Some("4C4C4544-0042-3510-8052-B3C04F4B4E32");
    assert!(machine(Some("PF3ABCDE"), uuid).is_some());
    assert_ne!(machine(Some("PF3ABCDE"), uuid), machine(None, uuid));
    // A missing class or property is no error.
    assert!(machine(Some("PF3ABCDE"), None).is_some());
    assert_eq!(machine(None, None), None);
    let shared = Some("03000200-0400-0500-0006-000700080009");
    assert_eq!(machine(Some("Default string"), shared), None);
}

#[test]
fn a_pc_without_a_name_is_an_error() {
    for name in [None, Some(""), Some("\u{200b}")] {
        assert_eq!(
            identity(name, Some("PF3ABCDE"), None),
            Err(StoreError::UnexpectedRow { property: "Name" })
        );
    }
}
