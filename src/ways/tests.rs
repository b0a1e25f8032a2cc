//! The times, calculated by hand, and the reasons.

// Sums of whole numbers are exact.
#![allow(clippy::float_cmp)]

use super::*;

fn way(plan: &SitePlan, choice: WayChoice) -> &WayAssessment {
    plan.ways.iter().find(|way| way.choice == choice).unwrap()
}

#[test]
fn times_are_those_of_the_model() {
    let plan = plan_site(&Site {
        pcs: 12,
        walk_minutes: 10.0,
        ..Site::default()
    });
    // 120 + 2 * 600 + 12 * (60 + 15 + 60 + 30)
    assert_eq!(way(&plan, WayChoice::CarryOut).seconds, 3300.0);
    // 120 + 12 * (120 + 90 + 60 + 90 + 75 + 1200)
    assert_eq!(way(&plan, WayChoice::CarryOut).seconds_by_hand, 19740.0);
    // 120 + 12 * (30 + 15 + 60 + 30)
    assert_eq!(way(&plan, WayChoice::CarryIn).seconds, 1740.0);
    // 120 + 12 * (435 + 30)
    assert_eq!(way(&plan, WayChoice::CarryIn).seconds_by_hand, 5700.0);
    assert_eq!(plan.best, Some(WayChoice::CarryOut));
}

#[test]
fn without_webcam_and_scanner_the_reply_is_typed() {
    let with = plan_site(&Site::default());
    let without = plan_site(&Site {
        webcams: false,
        ..Site::default()
    });
    let slower =
        way(&without, WayChoice::CarryOut).seconds - way(&with, WayChoice::CarryOut).seconds;
    assert_eq!(slower, 12.0 * (75.0 - 30.0));
    let bring = &way(&without, WayChoice::CarryOut).bring;
    assert!(bring.contains(&"plan-bring-scanner-for-pcs"));
}

#[test]
fn where_hikyaku_may_not_run_a_console_is_opened_twice() {
    let site = |without_hikyaku, scanners| {
        let plan = plan_site(&Site {
            scanners,
            without_hikyaku,
            ..Site::default()
        });
        way(&plan, WayChoice::CarryOut).clone()
    };
    let all = site(0, true);
    // Five of the twelve PCs: 2 * 30 each, and a webcam helps none of them.
    assert_eq!(site(5, true).seconds - all.seconds, 5.0 * 60.0);
    assert_eq!(
        site(5, false).seconds - all.seconds,
        5.0 * (60.0 + 75.0 - 30.0)
    );
    assert_eq!(site(99, true).seconds - all.seconds, 12.0 * 60.0);
    for (without, program, scanner) in [(0, true, false), (5, true, true), (12, false, true)] {
        let bring = site(without, false).bring;
        assert_eq!(bring.contains(&"plan-bring-hikyaku"), program, "{without}");
        let asked = bring.contains(&"plan-bring-scanner-without-hikyaku");
        assert_eq!(asked, scanner, "{without}");
    }
}

#[test]
fn a_mix_is_for_sites_with_signal_here_and_there() {
    let site = Site {
        pcs: 10,
        devices: true,
        with_signal: 4,
        walk_minutes: 5.0,
        ..Site::default()
    };
    let mixed = plan_site(&site);
    // 120 + 4 * 135 + 6 * 165 + 2 * 300
    assert_eq!(way(&mixed, WayChoice::Mixed).seconds, 2250.0);
    assert!(way(&mixed, WayChoice::Mixed).is_possible());
    assert_eq!(
        way(&mixed, WayChoice::CarryIn).obstacles,
        ["plan-no-signal"]
    );
    assert_eq!(mixed.best, Some(WayChoice::Mixed));
    let everywhere = plan_site(&Site {
        with_signal: 10,
        ..site
    });
    assert_eq!(everywhere.best, Some(WayChoice::CarryIn));
    assert!(!way(&everywhere, WayChoice::Mixed).is_possible());
}

#[test]
fn where_nothing_is_allowed_only_a_lent_pc_helps() {
    let closed = Site {
        phones: false,
        ..Site::default()
    };
    assert_eq!(plan_site(&closed).best, None);
    let lent = Site {
        lent_pc: true,
        ..closed
    };
    assert_eq!(plan_site(&lent).best, Some(WayChoice::Lend));
}

#[test]
fn a_site_is_read_from_json_and_a_misspelt_key_is_refused() {
    let site: Site = serde_json::from_str(r#"{"pcs": 3, "pace": {"portal": 45}}"#).unwrap();
    assert_eq!(
        (site.pcs, site.pace.portal, site.pace.show),
        (3, 45.0, 30.0)
    );
    assert!(serde_json::from_str::<Site>(r#"{"pc": 3}"#).is_err());
}
