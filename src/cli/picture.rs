//! A picture on the way to texts, with what `-v` tells of it.

use super::face::Face;
use super::failure::Failure;
use super::source;
use crate::scan::{Cascade, Reading, luma_from_bytes};
use std::path::Path;

/// Reads a picture file; the search ends with the first text accepted. Where
/// it cannot, the file is named before the error is told.
pub(super) fn read(
    picture: &Path,
    cascade: &Cascade,
    accept: &dyn Fn(&str) -> bool,
    face: &Face,
) -> Result<Reading, Failure> {
    read_unnamed(picture, cascade, accept, face).inspect_err(|failure| {
        let named = failure.error.facts().iter().any(|(key, _)| *key == "file");
        if !named {
            face.note(&picture.display().to_string());
        }
    })
}

fn read_unnamed(
    picture: &Path,
    cascade: &Cascade,
    accept: &dyn Fn(&str) -> bool,
    face: &Face,
) -> Result<Reading, Failure> {
    let luma = luma_from_bytes(&source::bytes(picture)?)?;
    let reading = cascade.read(&luma, accept);
    for run in &reading.steps_run {
        face.detail(&format!(
            "{}: {} {:.0} ms {:?}",
            picture.display(),
            run.step,
            run.took.as_secs_f64() * 1000.0,
            run.ending
        ));
    }
    Ok(reading)
}
