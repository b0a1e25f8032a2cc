//! Sample PCs, snapshots and replies for tests of the window.

use super::{DepositResult, Journey, JourneyEvent, PcSnapshot, Start};
use crate::activation::matching::ShownRequest;
use crate::activation::{
    ActivationId, Application, Channel, HResult, InstallationId, KeyTail, Label, LicenseStatus,
    MachineId, PcIdentity, Product, Reply, practice_confirmation_id, practice_installation_id,
};
use crate::i18n::Lang;
use crate::licensing::{Deposited, PcHistory, StoreError, receipt};
use crate::wire::reply_to_digits;
use chrono::{DateTime, FixedOffset, Utc};
use std::time::Duration;

pub(crate) fn pc(name: &str) -> PcIdentity {
    PcIdentity {
        name: Label::cleaned(name).unwrap(),
        serial: None,
        machine: MachineId::of(None, Some(&format!("serial of {name}"))),
    }
}

pub(crate) fn at() -> DateTime<Utc> {
    "2026-11-23T07:16:00Z".parse().unwrap()
}

pub(crate) fn product(number: u8, name: &str, tail: &str) -> Product {
    Product {
        activation_id: ActivationId::from_bytes([number; 16]),
        application: Application::Windows,
        name: Label::cleaned(name).unwrap(),
        channel: Channel::Retail,
        key_tail: KeyTail::parse(tail),
        installation_id: Some(practice_installation_id(&format!("{name}/{tail}"))),
        status: LicenseStatus::Notification,
        reason: HResult::NOTIFICATION,
        add_on: false,
    }
}

pub(crate) fn windows() -> Product {
    product(1, "Windows(R), Professional edition", "3V66T")
}

pub(crate) fn esu() -> Product {
    product(
        2,
        "Windows(R), Client-ESU-Year1 add-on for Enterprise, EnterpriseS, Professional",
        "ESU01",
    )
}

pub(crate) fn office() -> Product {
    product(
        3,
        "Office 21, Office21ProPlus2021VL_MAK_AE edition",
        "PPL21",
    )
}

pub(crate) fn visio() -> Product {
    Product {
        channel: Channel::VolumeKmsClient,
        ..product(
            4,
            "Office 21, Office21VisioPro2021VL_KMS_Client_AE edition",
            "KMSCL",
        )
    }
}

pub(crate) fn licensed(product: Product) -> Product {
    Product {
        status: LicenseStatus::Licensed,
        reason: HResult::OK,
        ..product
    }
}

/// A snapshot of a practice PC with these products.
pub(crate) fn snapshot(products: &[Product]) -> PcSnapshot {
    PcSnapshot {
        pc: pc("病棟3-PC12"),
        practice: true,
        products: products.to_vec(),
        shown: Vec::new(),
        known: Vec::new(),
        receipt: receipt(&pc("病棟3-PC12"), products, &PcHistory::in_memory(), at())
            .map(|(told, _)| told),
        history_trouble: None,
        at: at(),
    }
}

pub(crate) fn iid(product: &Product) -> InstallationId {
    product.installation_id.clone().unwrap()
}

/// The digits of the reply to a product's Installation ID.
pub(crate) fn reply(product: &Product) -> String {
    reply_to(&iid(product))
}

pub(crate) fn reply_to(iid: &InstallationId) -> String {
    reply_to_digits(&Reply {
        cid: practice_confirmation_id(iid),
        tag: iid.tag(),
    })
}

/// The boxes of a product's Confirmation ID.
pub(crate) fn cid(product: &Product) -> String {
    practice_confirmation_id(&iid(product)).groups().join(" ")
}

/// A record that a product was shown with another Installation ID.
pub(crate) fn shown(product: &Product, iid: &InstallationId, pc_name: &str) -> ShownRequest {
    ShownRequest {
        pc: pc(pc_name),
        activation_id: product.activation_id,
        name: product.name.clone(),
        tag: iid.tag(),
        at: at(),
    }
}

/// A journey in Japanese, before the first snapshot.
pub(crate) fn journey() -> Journey {
    Journey::begin(Start {
        lang: Lang::Ja,
        page: None,
        mirrored: true,
        camera: true,
        practice: false,
        zone: FixedOffset::east_opt(9 * 3600).unwrap(),
    })
    .0
}

/// A journey whose PC has these products, with a camera.
pub(crate) fn journey_of(products: &[Product]) -> Journey {
    let mut journey = journey();
    journey.handle(JourneyEvent::Read(Ok(snapshot(products))), Duration::ZERO);
    journey.handle(
        JourneyEvent::CameraReady("Webcam HD".to_owned()),
        Duration::ZERO,
    );
    journey
}

/// The event that a deposit for the product ended like this.
pub(crate) fn deposit_event(
    product: &Product,
    status: LicenseStatus,
    refusal: Option<HResult>,
    after: &[Product],
) -> JourneyEvent {
    JourneyEvent::DepositEnded(DepositResult {
        outcome: Ok(Deposited {
            tag: iid(product).tag(),
            status,
            refusal,
        }),
        snapshot: Ok(snapshot(after)),
    })
}

pub(crate) fn not_windows() -> StoreError {
    StoreError::NotWindows
}
