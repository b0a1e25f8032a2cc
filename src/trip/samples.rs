//! Trips for the tests of other modules.

use super::values::Time;
use super::{About, Attribution, Trip};
use crate::activation::{
    ActivationId, Label, MachineId, PcIdentity, ProductRequest, Request, practice_confirmation_id,
    practice_installation_id,
};

/// A practice trip of this many PCs, all of them answered.
pub(crate) fn answered(pcs: usize) -> Trip {
    let by = Attribution {
        at: Time::try_from(1_790_000_000).unwrap(),
        actor: None,
    };
    let mut trip = Trip::new(About::named(Label::cleaned("病棟3").unwrap(), by.at));
    for number in 1..=pcs {
        let request = request(number);
        let iid = &request.products[0].installation_id;
        trip.collect(&request, &by).unwrap();
        let cid = practice_confirmation_id(iid).into();
        trip.keep_cid(iid.tag(), &cid, false, &by).unwrap();
    }
    trip
}

/// The request of one of these PCs, counted from 1; each has a serial number.
pub(crate) fn request(number: usize) -> Request {
    let label = |text: &str| Label::cleaned(text).unwrap();
    let serial = format!("SN-2026-{number:04}");
    Request {
        pc: PcIdentity {
            name: label(&format!("WARD3-PC{number}")),
            serial: None,
            machine: MachineId::of(None, Some(&serial)),
        },
        taken_at: chrono::DateTime::from_timestamp(1_790_000_000, 0).unwrap(),
        products: vec![ProductRequest {
            activation_id: ActivationId::from_bytes([1; 16]),
            name: label("Windows 11 Pro"),
            key_tail: None,
            installation_id: practice_installation_id(&format!("ward 3, PC {number}")),
        }],
    }
}
