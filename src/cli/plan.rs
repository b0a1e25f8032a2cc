//! `hikyaku plan`: which way to work at a site.

use super::args::PlanArgs;
use super::console::Console;
use super::documents;
use super::exit::Exit;
use super::failure::{CliError, Failure};
use super::inputs;
use super::ledgers::now;
use super::record::minute;
use crate::ground::printable;
use crate::paper::plan::{plan_page, rows, verdict};
use crate::ways::{Site, plan_site};
use comfy_table::presets::ASCII_BORDERS_ONLY_CONDENSED;
use comfy_table::{ContentArrangement, Table};
use std::io::IsTerminal;

/// Judges the ways to work at a site that is described or asked for.
pub(super) fn run(args: &PlanArgs, console: &Console) -> Result<Exit, Failure> {
    let plan = plan_site(&site(args, console)?);
    console.json(&plan);
    if let Some(file) = &args.output {
        let issuer = documents::issuer(&args.issuer)?;
        let page = plan_page(&plan, &issuer, &minute(now()), &console.messages)?;
        documents::write(file, &page, console)?;
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
            .map(|id| console.text(id)),
        );
    for row in rows(&plan, &console.messages) {
        table.add_row(row);
    }
    console.block(&table.to_string());
    let text = verdict(&plan, &console.messages);
    let Some(best) = plan.ways.iter().find(|way| Some(way.choice) == plan.best) else {
        console.caution(&text);
        return Ok(Exit::Done);
    };
    console.success(&text);
    for (heading, lines) in [("plan-agree", &best.agree), ("plan-bring", &best.bring)] {
        console.line(&console.text(heading));
        for line in lines {
            console.line(&format!("  - {}", console.text(line)));
        }
    }
    Ok(Exit::Done)
}

/// The site in the file, changed by the arguments. On a terminal, without any
/// of them, the person is asked.
fn site(args: &PlanArgs, console: &Console) -> Result<Site, Failure> {
    let mut site = match &args.site {
        Some(file) => {
            let bytes = inputs::bytes(file)?;
            serde_json::from_slice(&bytes).map_err(|error| CliError::SiteUnreadable {
                file: printable(&file.display().to_string()),
                reason: printable(&error.to_string()),
            })?
        }
        None if args.is_bare() && !console.is_json && std::io::stdin().is_terminal() => {
            ask_for_site(console).unwrap_or_default()
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
    site.without_hikyaku = args.without_hikyaku.unwrap_or(site.without_hikyaku);
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
        pace.open_console,
    ];
    if all.iter().any(|time| !(0.0..=100_000.0).contains(time)) {
        return Err(CliError::SiteTimes.into());
    }
    Ok(site)
}

/// Asks one question after the other; Enter takes the default in brackets.
/// `None` when the input ends.
fn ask_for_site(console: &Console) -> Option<Site> {
    let usual = Site::default();
    let ask = |id: &str, usual: &str| {
        console.note(&format!("{} [{usual}]", console.text(id)));
        let line = inputs::next_line(&mut std::io::stdin().lock()).ok()??;
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
        without_hikyaku: whole(number("plan-ask-without-hikyaku", 0.0)?),
        printer: is_so("plan-ask-printer", usual.printer)?,
        walk_minutes: number("plan-ask-walk", usual.walk_minutes)?,
        ..usual
    })
}
