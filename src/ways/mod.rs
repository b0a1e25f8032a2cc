//! Decides which way of working suits a site, why, and how long each way takes.
//! Other modules print and show the result.
//!
//! # The model
//!
//! All times are in seconds, for one PC unless stated otherwise. The values of
//! a [`Pace`] are assumptions, to be adjusted to the people and the site; none
//! of them was measured at a customer's site.
//!
//! | way | time |
//! | --- | --- |
//! | 1 lend | `sign_in + pcs * (step + collect + portal + deliver)` |
//! | 2 carry in | `sign_in + pcs * (step + collect + portal + deliver)` |
//! | 3 carry out | `sign_in + 2 * walk + pcs * (2 * step + collect + portal + deliver)` |
//! | 2 and 3 | way 2 for the PCs with signal, way 3 for the others, one sign-in |
//! | today, by hand | `sign_in + pcs * (write + type_in + portal + write_back + type_back + way)` |
//!
//! `deliver` is `show` if the PCs have webcams or scanners, else `type_back`.
//! On a PC on which Hikyaku may not run, somebody opens a console twice and
//! `deliver` is `show` if there is a scanner, else `type_back`: `2 *
//! open_console` is added, and what `deliver` differs by.
//!
//! By hand, `way` is `step` if the portal is on the spot and `2 * walk` if it
//! is not: one PC at a time, as people do it today. `write` and `write_back`
//! are the times to write 63 and 48 digits on paper.

use crate::trip::Way;
use serde::{Deserialize, Serialize};

/// What a site is like.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Site {
    /// How many PCs.
    pub pcs: u32,
    /// The customer lends a connected PC on the spot.
    pub lent_pc: bool,
    /// A connected device may be carried in.
    pub devices: bool,
    /// Number of PCs with mobile signal beside them.
    pub with_signal: u32,
    /// Phones may be carried in, and screens may be photographed.
    pub phones: bool,
    /// The PCs have webcams.
    pub webcams: bool,
    /// There are handheld code scanners.
    pub scanners: bool,
    /// Number of PCs on which Hikyaku may not run.
    pub without_hikyaku: u32,
    /// Documents can be printed inside.
    pub printer: bool,
    /// Minutes from the PCs to a place with signal, one way.
    pub walk_minutes: f64,
    /// How long each activity takes.
    pub pace: Pace,
}

impl Default for Site {
    fn default() -> Self {
        Self {
            pcs: 12,
            lent_pc: false,
            devices: false,
            with_signal: 0,
            phones: true,
            webcams: true,
            scanners: false,
            without_hikyaku: 0,
            printer: false,
            walk_minutes: 10.0,
            pace: Pace::default(),
        }
    }
}

/// How long each activity takes, in seconds. These are assumptions.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Pace {
    /// Signing in, once.
    pub sign_in: f64,
    /// From one PC to the next.
    pub step: f64,
    /// Photographing a request.
    pub collect: f64,
    /// One request at the portal.
    pub portal: f64,
    /// Showing a reply until the PC is activated.
    pub show: f64,
    /// Writing 63 digits on paper.
    pub write: f64,
    /// Typing 63 digits at the portal.
    pub type_in: f64,
    /// Writing 48 digits on paper.
    pub write_back: f64,
    /// Typing 48 digits at the PC.
    pub type_back: f64,
    /// Opening a console as administrator, on a PC on which Hikyaku may not
    /// run.
    pub open_console: f64,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            sign_in: 120.0,
            step: 30.0,
            collect: 15.0,
            portal: 60.0,
            show: 30.0,
            write: 120.0,
            type_in: 90.0,
            write_back: 90.0,
            type_back: 75.0,
            open_console: 30.0,
        }
    }
}

/// A way to work, or a mix of two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, strum::EnumIter, strum::IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case", prefix = "plan-way-")]
pub enum WayChoice {
    /// Way 1.
    Lend,
    /// Way 2.
    CarryIn,
    /// Way 3.
    CarryOut,
    /// Way 2 where there is signal, way 3 elsewhere.
    Mixed,
}

impl WayChoice {
    /// Key of its name in the language files.
    pub fn message_id(self) -> &'static str {
        self.into()
    }

    /// The way whose work instruction covers it.
    pub fn way(self) -> Way {
        match self {
            Self::Lend => Way::Lend,
            Self::CarryIn => Way::CarryIn,
            // The instruction for way 3 covers both ways.
            Self::CarryOut | Self::Mixed => Way::CarryOut,
        }
    }
}

/// The assessment of one way for a site. Obstacles and lists are keys of the
/// language files.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WayAssessment {
    /// The way.
    pub choice: WayChoice,
    /// What rules it out; empty if it is possible.
    pub obstacles: Vec<&'static str>,
    /// How long it takes, in seconds.
    pub seconds: f64,
    /// How long the same PCs take one at a time and by hand, with the portal in
    /// the same place.
    pub seconds_by_hand: f64,
    /// How often somebody walks out and comes back.
    pub walks: u32,
    /// What to agree with the customer beforehand.
    pub agree: Vec<&'static str>,
    /// What to bring.
    pub bring: Vec<&'static str>,
}

impl WayAssessment {
    /// Whether the way is possible.
    pub fn is_possible(&self) -> bool {
        self.obstacles.is_empty()
    }
}

/// The assessment of all ways for a site.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SitePlan {
    /// The site.
    pub site: Site,
    /// The ways, each with its assessment.
    pub ways: Vec<WayAssessment>,
    /// The quickest way that is possible.
    pub best: Option<WayChoice>,
}

/// Assesses all ways for a site.
pub fn plan_site(site: &Site) -> SitePlan {
    use strum::IntoEnumIterator;
    let ways: Vec<WayAssessment> = WayChoice::iter()
        .map(|choice| judge(choice, site))
        .collect();
    let best = ways
        .iter()
        .filter(|way| way.is_possible())
        .min_by(|a, b| a.seconds.total_cmp(&b.seconds))
        .map(|way| way.choice);
    SitePlan {
        site: site.clone(),
        ways,
        best,
    }
}

/// The keys whose condition is true.
fn keys_that_apply<const N: usize>(all: [(bool, &'static str); N]) -> Vec<&'static str> {
    let so = all.into_iter().filter(|&(so, _)| so);
    so.map(|(_, key)| key).collect()
}

fn judge(choice: WayChoice, site: &Site) -> WayAssessment {
    let signal = site.with_signal.min(site.pcs);
    // An Installation ID that is not photographed is scanned or written down.
    let can_collect = site.phones || site.devices;
    let obstacles = match choice {
        WayChoice::Lend => keys_that_apply([(!site.lent_pc, "plan-no-lent-pc")]),
        WayChoice::CarryIn => keys_that_apply([
            (!site.devices, "plan-no-devices"),
            (signal < site.pcs, "plan-no-signal"),
        ]),
        WayChoice::CarryOut => keys_that_apply([(!can_collect, "plan-no-camera")]),
        WayChoice::Mixed => keys_that_apply([
            (!site.devices, "plan-no-devices"),
            (signal == 0, "plan-no-signal-anywhere"),
            (signal == site.pcs, "plan-signal-everywhere"),
        ]),
    };
    let inside = match choice {
        WayChoice::Lend | WayChoice::CarryIn => site.pcs,
        WayChoice::CarryOut => 0,
        WayChoice::Mixed => signal,
    };
    let (seconds, by_hand) = times(inside, site);
    let without = site.without_hikyaku.min(site.pcs);
    let no_reader = !site.webcams && !site.scanners && without < site.pcs;
    let out = inside < site.pcs;
    WayAssessment {
        choice,
        obstacles,
        seconds,
        seconds_by_hand: by_hand,
        walks: u32::from(out),
        agree: keys_that_apply([
            (choice == WayChoice::Lend, "plan-agree-lent-pc"),
            (
                matches!(choice, WayChoice::CarryIn | WayChoice::Mixed),
                "plan-agree-devices",
            ),
            (out && site.phones, "plan-agree-photographs"),
            (true, "plan-agree-account"),
            (true, "plan-agree-hardware"),
            (without > 0, "plan-agree-scanner"),
        ]),
        bring: keys_that_apply([
            (choice != WayChoice::Lend || site.phones, "plan-bring-phone"),
            (
                choice == WayChoice::Lend && !site.phones,
                "plan-bring-scanner",
            ),
            (
                matches!(choice, WayChoice::CarryIn | WayChoice::Mixed),
                "plan-bring-permit",
            ),
            (no_reader, "plan-bring-scanner-for-pcs"),
            (without > 0, "plan-bring-scanner-without-hikyaku"),
            (out && !site.phones && site.printer, "plan-bring-sheets"),
            (without < site.pcs, "plan-bring-hikyaku"),
            (true, "plan-bring-runbook"),
        ]),
    }
}

/// Times with Hikyaku and by hand, for `inside` PCs with the portal on the spot
/// and the others without.
fn times(inside: u32, site: &Site) -> (f64, f64) {
    let pace = &site.pace;
    let (inside, outside) = (
        f64::from(inside),
        f64::from(site.pcs.saturating_sub(inside)),
    );
    let walk = 60.0 * site.walk_minutes.max(0.0);
    let deliver = if site.webcams || site.scanners {
        pace.show
    } else {
        pace.type_back
    };
    let each = pace.collect + pace.portal + deliver;
    let one_walk = if outside > 0.0 { 2.0 * walk } else { 0.0 };
    let keyed = if site.scanners {
        pace.show
    } else {
        pace.type_back
    };
    let without =
        f64::from(site.without_hikyaku.min(site.pcs)) * (2.0 * pace.open_console + keyed - deliver);
    let carried = pace.sign_in
        + inside * (pace.step + each)
        + outside * (2.0 * pace.step + each)
        + one_walk
        + without;
    let copied = pace.write + pace.type_in + pace.portal + pace.write_back + pace.type_back;
    let by_hand = pace.sign_in + inside * (copied + pace.step) + outside * (copied + 2.0 * walk);
    (carried, by_hand)
}

#[cfg(test)]
mod tests;
