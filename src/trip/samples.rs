//! Trips for the tests of whoever shows them.

use super::values::Time;
use super::{About, By, Trip};
use crate::activation::{
    ActivationId, Label, PcIdentity, ProductRequest, Request, practice_confirmation_id,
    practice_installation_id,
};

/// A practice trip of so many PCs, all of them answered.
pub(crate) fn answered(pcs: usize) -> Trip {
    let label = |text: &str| Label::cleaned(text).unwrap();
    let by = By {
        at: Time::try_from(1_790_000_000).unwrap(),
        actor: None,
    };
    let mut trip = Trip::new(About::named(label("病棟3"), by.at));
    for number in 1..=pcs {
        let iid = practice_installation_id(&format!("ward 3, PC {number}"));
        let request = Request {
            pc: PcIdentity {
                name: label(&format!("WARD3-PC{number}")),
                serial: None,
                machine: None,
            },
            taken_at: chrono::DateTime::from_timestamp(1_790_000_000, 0).unwrap(),
            products: vec![ProductRequest {
                activation_id: ActivationId::from_bytes([1; 16]),
                name: label("Windows 11 Pro"),
                key_tail: None,
                installation_id: iid.clone(),
            }],
        };
        trip.collect(&request, &by).unwrap();
        let cid = practice_confirmation_id(&iid).into();
        trip.keep_cid(iid.tag(), &cid, false, &by).unwrap();
    }
    trip
}
