//! The plan as a page: the ways side by side, and what the best one takes.

use super::{DocumentHead, Issuer, PaperError};
use crate::i18n::{Lang, Messages};
use crate::ways::{SitePlan, WayAssessment};
use askama::Template;

#[derive(Template)]
#[template(path = "plan/plan.html", config = "src/paper/askama.toml")]
struct PlanPage {
    head: DocumentHead,
    site: Vec<String>,
    verdict: String,
    heads: [String; 5],
    ways: Vec<WayView>,
    agree_heading: String,
    agree: Vec<String>,
    bring_heading: String,
    bring: Vec<String>,
    model_heading: String,
    model: String,
    pace: Vec<(String, String)>,
}

struct WayView {
    name: String,
    best: bool,
    possible: bool,
    /// Why it is not possible, or how many walks it takes.
    why: String,
    time: String,
    by_hand: String,
    /// How many times longer it takes by hand.
    ratio: String,
}

/// A duration in hours and minutes.
fn minutes(seconds: f64, messages: &Messages) -> String {
    // Below 2^53 and not negative: sums of bounded parameters.
    let minutes = (seconds / 60.0).round().max(0.0) as u64;
    let (hours, rest) = (minutes / 60, minutes % 60);
    let id = if hours == 0 {
        "plan-minutes"
    } else {
        "plan-hours"
    };
    messages.say_with(id, &[("hours", hours.into()), ("minutes", rest.into())])
}

/// Makes the page.
///
/// # Errors
/// [`PaperError`] if the template cannot be filled.
pub fn plan_page(
    plan: &SitePlan,
    issuer: &Issuer,
    made: &str,
    messages: &Messages,
) -> Result<String, PaperError> {
    let say = |id: &str| messages.say(id);
    let best = plan.ways.iter().find(|way| Some(way.choice) == plan.best);
    let list = |pick: fn(&WayAssessment) -> &Vec<&'static str>| {
        best.map(|way| pick(way).iter().map(|id| say(id)).collect())
            .unwrap_or_default()
    };
    let page = PlanPage {
        head: DocumentHead::new(say("plan-title"), made, false, messages).issued_by(issuer),
        site: site_lines(plan, messages),
        verdict: verdict(plan, messages),
        heads: [
            "plan-column-way",
            "plan-column-possible",
            "plan-column-time",
            "plan-column-by-hand",
            "plan-column-ratio",
        ]
        .map(say),
        ways: plan
            .ways
            .iter()
            .map(|way| view(way, plan, messages))
            .collect(),
        agree_heading: say("plan-agree"),
        agree: list(|way| &way.agree),
        bring_heading: say("plan-bring"),
        bring: list(|way| &way.bring),
        model_heading: say("plan-model"),
        model: say("plan-model-text"),
        pace: pace(plan, messages),
    };
    Ok(page.render()?)
}

/// The plan's recommendation, in a sentence.
pub fn verdict(plan: &SitePlan, messages: &Messages) -> String {
    let Some(best) = plan.ways.iter().find(|way| Some(way.choice) == plan.best) else {
        return messages.say("plan-none");
    };
    messages.say_with(
        "plan-verdict",
        &[
            ("way", messages.say(best.choice.message_id()).into()),
            ("time", minutes(best.seconds, messages).into()),
            ("by-hand", minutes(best.seconds_by_hand, messages).into()),
        ],
    )
}

/// A row for each way: name, whether it is possible and why not, time, time by
/// hand, ratio.
pub fn rows(plan: &SitePlan, messages: &Messages) -> Vec<[String; 5]> {
    plan.ways
        .iter()
        .map(|way| view(way, plan, messages))
        .map(|way| [way.name, way.why, way.time, way.by_hand, way.ratio])
        .collect()
}

fn view(way: &WayAssessment, plan: &SitePlan, messages: &Messages) -> WayView {
    let why = if way.is_possible() {
        messages.say_with("plan-walks", &[("walks", u64::from(way.walks).into())])
    } else {
        let reasons: Vec<String> = way.obstacles.iter().map(|id| messages.say(id)).collect();
        // A Japanese full stop needs no space after it.
        reasons.join(match messages.lang() {
            Lang::Ja => "",
            Lang::En => " ",
        })
    };
    WayView {
        name: messages.say(way.choice.message_id()),
        best: plan.best == Some(way.choice),
        possible: way.is_possible(),
        why,
        time: minutes(way.seconds, messages),
        by_hand: minutes(way.seconds_by_hand, messages),
        ratio: format!("{:.1}", way.seconds_by_hand / way.seconds.max(1.0)),
    }
}

fn site_lines(plan: &SitePlan, messages: &Messages) -> Vec<String> {
    let site = &plan.site;
    let mut lines =
        vec![messages.say_with("plan-site-pcs", &[("pcs", u64::from(site.pcs).into())])];
    for (so, yes, no) in [
        (site.lent_pc, "plan-site-lent", "plan-site-not-lent"),
        (site.devices, "plan-site-devices", "plan-site-no-devices"),
        (site.phones, "plan-site-phones", "plan-site-no-phones"),
        (site.webcams, "plan-site-webcams", "plan-site-no-webcams"),
        (site.scanners, "plan-site-scanners", "plan-site-no-scanners"),
        (site.printer, "plan-site-printer", "plan-site-no-printer"),
    ] {
        lines.push(messages.say(if so { yes } else { no }));
    }
    lines.push(messages.say_with(
        "plan-site-signal",
        &[("pcs", u64::from(site.with_signal.min(site.pcs)).into())],
    ));
    if site.without_hikyaku > 0 {
        lines.push(messages.say_with(
            "plan-site-without-hikyaku",
            &[("pcs", u64::from(site.without_hikyaku.min(site.pcs)).into())],
        ));
    }
    let walk = format!("{}", site.walk_minutes);
    lines.push(messages.say_with("plan-site-walk", &[("minutes", walk.into())]));
    lines
}

fn pace(plan: &SitePlan, messages: &Messages) -> Vec<(String, String)> {
    let pace = &plan.site.pace;
    [
        ("plan-pace-sign-in", pace.sign_in),
        ("plan-pace-step", pace.step),
        ("plan-pace-collect", pace.collect),
        ("plan-pace-portal", pace.portal),
        ("plan-pace-show", pace.show),
        ("plan-pace-write", pace.write),
        ("plan-pace-type-in", pace.type_in),
        ("plan-pace-write-back", pace.write_back),
        ("plan-pace-type-back", pace.type_back),
        ("plan-pace-open-console", pace.open_console),
    ]
    .map(|(id, seconds)| (messages.say(id), format!("{seconds}")))
    .to_vec()
}

#[cfg(test)]
mod tests;
