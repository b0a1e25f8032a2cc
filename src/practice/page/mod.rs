//! The HTML report of a rehearsal: figures, PCs, photographs.

use super::run::{Shot, ShotPurpose, Summary};
use crate::i18n::Messages;
use askama::Template;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use std::io;
use std::path::Path;

/// Width of the embedded photographs, in pixels. The full ones are linked.
const EMBEDDED_WIDTH: u32 = 480;

#[derive(Template)]
#[template(path = "run.html", config = "src/practice/page/askama.toml")]
struct RunPage {
    lang: &'static str,
    title: String,
    practice: String,
    lead: String,
    figures: Vec<Figure>,
    totals: String,
    photographs_heading: String,
    pcs: Vec<PcView>,
}

struct Figure {
    number: String,
    label: String,
    good: bool,
}

struct PcView {
    name: String,
    outcome: String,
    good: bool,
    shots: Vec<ShotView>,
}

struct ShotView {
    kind: &'static str,
    title: String,
    reading: String,
    read: bool,
    conditions: String,
    name: String,
    file: String,
    embedded: String,
}

/// Writes the page, with small embedded photographs and links to the full ones.
///
/// # Errors
/// If a photograph cannot be read or the page cannot be written.
pub fn write(
    file: &Path,
    photographs: &Path,
    summary: &Summary,
    messages: &Messages,
) -> io::Result<()> {
    let page = page(photographs, summary, messages)?;
    let html = page.render().map_err(io::Error::other)?;
    std::fs::write(file, html)
}

fn page(photographs: &Path, summary: &Summary, messages: &Messages) -> io::Result<RunPage> {
    let mut pcs = Vec::with_capacity(summary.pcs.len());
    for (number, pc) in summary.pcs.iter().enumerate() {
        let shots = summary
            .shots
            .iter()
            .filter(|shot| shot.pc == number)
            .map(|shot| shot_view(photographs, shot, messages))
            .collect::<io::Result<_>>()?;
        pcs.push(PcView {
            name: pc.name.clone(),
            outcome: format!("{}/{}", pc.activated, pc.products),
            good: pc.activated == pc.products,
            shots,
        });
    }
    Ok(RunPage {
        lang: messages.lang().code(),
        title: messages.say("page-title"),
        practice: messages.say("practice-mode"),
        lead: messages.say("page-lead"),
        figures: figures(summary, messages),
        totals: messages.say_with(
            "page-took",
            &[
                ("photographs", summary.shots.len().into()),
                (
                    "seconds",
                    format!("{:.1}", summary.took.as_secs_f64()).into(),
                ),
            ],
        ),
        photographs_heading: messages.say("page-photographs"),
        pcs,
    })
}

fn figures(summary: &Summary, messages: &Messages) -> Vec<Figure> {
    let of = |part: usize, whole: usize| format!("{part}/{whole}");
    vec![
        Figure {
            number: of(summary.activated, summary.products),
            label: messages.say("page-figure-activated"),
            good: summary.activated == summary.products,
        },
        Figure {
            number: of(summary.mixups_refused, summary.mixups),
            label: messages.say("page-figure-mixups"),
            good: summary.mixups_refused == summary.mixups,
        },
        Figure {
            number: summary.wrong_deposits.to_string(),
            label: messages.say("page-figure-wrong"),
            good: summary.wrong_deposits == 0,
        },
        Figure {
            number: of(summary.read_at_first_sight(), summary.screens()),
            label: messages.say("page-figure-first"),
            good: true,
        },
    ]
}

fn shot_view(photographs: &Path, shot: &Shot, messages: &Messages) -> io::Result<ShotView> {
    let ms = ("ms", shot.ms.into());
    let reading = match shot.step {
        Some(step) => messages.say_with("page-read-by", &[("step", step.into()), ms]),
        None => messages.say_with("page-not-read", &[ms]),
    };
    let mut title = messages.say(shot.purpose.message_id());
    if shot.attempt > 1 {
        let attempt = [("attempt", u64::from(shot.attempt).into())];
        title = format!("{title} · {}", messages.say_with("page-attempt", &attempt));
    }
    Ok(ShotView {
        kind: match shot.purpose {
            ShotPurpose::MixUp => "mix-up",
            _ if shot.step.is_none() => "missed",
            _ => "read",
        },
        title,
        reading,
        read: shot.step.is_some(),
        conditions: shot.conditions.clone(),
        name: shot.file.clone(),
        file: format!("photographs/{}", shot.file),
        embedded: embedded(&photographs.join(&shot.file))?,
    })
}

/// A scaled-down photograph as a data URI.
fn embedded(file: &Path) -> io::Result<String> {
    let picture = image::open(file).map_err(io::Error::other)?;
    let height = picture.height() * EMBEDDED_WIDTH / picture.width().max(1);
    let small = picture
        .resize(EMBEDDED_WIDTH, height.max(1), FilterType::Triangle)
        .to_rgb8();
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, 70)
        .encode_image(&small)
        .map_err(io::Error::other)?;
    Ok(format!("data:image/jpeg;base64,{}", STANDARD.encode(jpeg)))
}
