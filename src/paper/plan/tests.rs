//! The texts of the plan.

use super::*;
use crate::ways::{Site, WayChoice, plan_site};
use strum::IntoEnumIterator;

/// Everything that a plan may say has a text in both languages.
#[test]
fn every_reason_has_its_text() {
    for lang in Lang::ALL {
        let messages = Messages::new(lang);
        for bits in 0_u32..256 {
            let is = |bit: u32| bits & (1 << bit) != 0;
            let plan = plan_site(&Site {
                pcs: 4,
                lent_pc: is(0),
                devices: is(1),
                with_signal: if is(2) { 4 } else { 2 * u32::from(is(3)) },
                phones: is(4),
                webcams: is(5),
                scanners: is(6),
                printer: is(7),
                ..Site::default()
            });
            for way in &plan.ways {
                let keys = way.obstacles.iter().chain(&way.agree).chain(&way.bring);
                for key in keys {
                    assert_ne!(messages.say(key), *key, "{lang:?}");
                }
            }
        }
        for choice in WayChoice::iter() {
            assert_ne!(messages.say(choice.message_id()), choice.message_id());
        }
    }
}
