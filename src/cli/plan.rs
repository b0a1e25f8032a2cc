//! `hikyaku plan`: which way to work at a site.

use super::args::PlanArgs;
use super::documents;
use super::exit::Exit;
use super::face::Face;
use super::failure::{CliError, Failure};
use super::ledgers::now;
use super::record::minute;
use super::source;
use crate::ground::printable;
use crate::paper::plan::{plan_page, rows, verdict};
use crate::ways::{Site, plan_site};
use comfy_table::presets::ASCII_BORDERS_ONLY_CONDENSED;
use comfy_table::{ContentArrangement, Table};
use std::io::IsTerminal;

/// Judges the ways for the site that is named, or asked for.
pub(super) fn run(args: &PlanArgs, face: &Face) -> Result<Exit, Failure> {
    let plan = plan_site(&site(args, face)?);
    face.object(&plan);
    if let Some(file) = &args.output {
        let house = documents::house(&args.house)?;
        let page = plan_page(&plan, &house, &minute(now()), &face.messages)?;
        documents::write(file, &page, face)?;
    }
    let mut table = Table::new();
    table
        .load_style(ASCII_BORDERS_ONLY_CONDENSED)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_header(
            [
                "plan-column-way",
                "plan-column-possible",
                "plan-column-time",
                "plan-column-by-hand",
                "plan-column-ratio",
            ]
            .map(|id| face.say(id)),
        );
    for row in rows(&plan, &face.messages) {
        table.add_row(row);
    }
    face.block(&table.to_string());
    let text = verdict(&plan, &face.messages);
    let Some(best) = plan.ways.iter().find(|way| Some(way.choice) == plan.best) else {
        face.amber(&text);
        return Ok(Exit::Done);
    };
    face.done(&text);
    for (heading, lines) in [("plan-agree", &best.agree), ("plan-bring", &best.bring)] {
        face.line(&face.say(heading));
        for line in lines {
            face.line(&format!("  - {}", face.say(line)));
        }
    }
    Ok(Exit::Done)
}

/// The file's site, changed by what is named; on a terminal with nothing named
/// the person is asked.
fn site(args: &PlanArgs, face: &Face) -> Result<Site, Failure> {
    let mut site = match &args.site {
        Some(file) => {
            let bytes = source::bytes(file)?;
            serde_json::from_slice(&bytes).map_err(|error| CliError::SiteUnreadable {
                file: printable(&file.display().to_string()),
                reason: printable(&error.to_string()),
            })?
        }
        None if args.is_bare() && !face.json && std::io::stdin().is_terminal() => {
            asked(face).unwrap_or_default()
        }
        None => Site::default(),
    };
    site.pcs = args.pcs.unwrap_or(site.pcs).min(1000);
    site.walk_minutes = args.walk.unwrap_or(site.walk_minutes);
    site.lent_pc |= args.lent_pc;
    site.devices |= args.devices;
    site.phones &= !args.no_phones;
    site.webcams &= !args.no_webcams;
    site.scanners |= args.scanners;
    site.printer |= args.printer;
    site.with_signal = args.signal.unwrap_or(site.with_signal);
    let pace = &site.pace;
    let all = [
        site.walk_minutes,
        pace.sign_in,
        pace.step,
        pace.collect,
        pace.portal,
        pace.show,
        pace.write,
        pace.type_in,
        pace.write_back,
        pace.type_back,
    ];
    if all.iter().any(|time| !(0.0..=100_000.0).contains(time)) {
        return Err(CliError::SiteTimes.into());
    }
    Ok(site)
}

/// Asks one thing after the other; Enter takes what stands in brackets. `None`
/// when the input ends.
fn asked(face: &Face) -> Option<Site> {
    let usual = Site::default();
    let ask = |id: &str, usual: &str| {
        face.note(&format!("{} [{usual}]", face.say(id)));
        let line = source::next_line(&mut std::io::stdin().lock()).ok()??;
        Some(line.trim().to_owned())
    };
    let number = |id: &str, usual: f64| -> Option<f64> {
        let typed = ask(id, &usual.to_string())?;
        Some(typed.parse().unwrap_or(usual))
    };
    let is_so = |id: &str, usual: bool| -> Option<bool> {
        let typed = ask(id, if usual { "y" } else { "n" })?.to_lowercase();
        Some(match typed.chars().next() {
            Some('y' | 'は') => true,
            Some('n' | 'い') => false,
            _ => usual,
        })
    };
    let whole = |number: f64| number.clamp(0.0, 1000.0) as u32;
    let pcs = whole(number("plan-ask-pcs", f64::from(usual.pcs))?);
    Some(Site {
        pcs,
        lent_pc: is_so("plan-ask-lent", usual.lent_pc)?,
        devices: is_so("plan-ask-devices", usual.devices)?,
        with_signal: whole(number("plan-ask-signal", 0.0)?),
        phones: is_so("plan-ask-phones", usual.phones)?,
        webcams: is_so("plan-ask-webcams", usual.webcams)?,
        scanners: is_so("plan-ask-scanners", usual.scanners)?,
        printer: is_so("plan-ask-printer", usual.printer)?,
        walk_minutes: number("plan-ask-walk", usual.walk_minutes)?,
        ..usual
    })
}
