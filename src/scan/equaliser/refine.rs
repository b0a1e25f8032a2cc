//! From a rough hypothesis to a place that is exact to a fraction of a module.

use super::super::float_image::FloatImage;
use super::super::homography::Homography;
use super::function_patterns::{KNOWN_QUIET_ZONE, function_patterns};
use super::hypotheses::Hypothesis;
use super::pyramid::{Lighting, Pyramid};
use super::rectify::RectifiedSymbol;
use super::template::{GradientImage, Template, coarse, fine};

// The numbers of this file were chosen by eye, not measured.

/// Pixels per module that suffice for the refinement. Fewer: it is exact to less of a
/// module. More: time with the square.
const REFINED_AT: f64 = 1.7;

/// How far the fourth corner may be from where it is supposed, as a share of the distance
/// between two finder patterns. Less: strong perspective is missed. More: time.
const FOLD: f64 = 0.08;

/// Modules from one place of the fourth corner that is tried to the next, at least, and
/// places on each side at most.
const FOLD_STEP: f64 = 0.6;
const MOST_FOLD_STEPS: f64 = 5.0;

/// Steps of Levenberg and Marquardt: with few points from every start, and with all
/// points from the best.
const COARSE_ROUNDS: usize = 5;
const FINE_ROUNDS: usize = 8;

/// The hypothesis, with perspective, fitted to the picture.
pub(super) fn refined(
    pyramid: &Pyramid,
    rough: &Hypothesis,
    light: Lighting,
) -> Option<Hypothesis> {
    let side = function_patterns(rough.version)?.side;
    let close = pyramid.patch(&rough.map, side, REFINED_AT, light)?;
    let gradients = GradientImage::of(&close.image);
    let template = fine(rough.version)?;
    let starts = around(
        &close.image,
        coarse(rough.version)?,
        &close.map.normalised()?,
        side,
    );
    let quick = coarse(rough.version)?;
    let (_, best) = starts
        .iter()
        .filter_map(|start| quick.refined(&gradients, start, COARSE_ROUNDS))
        .max_by(|a, b| a.0.total_cmp(&b.0))?;
    let (fit, map) = template.refined(&gradients, &best, FINE_ROUNDS)?;
    Some(Hypothesis {
        version: rough.version,
        map: close.back(&map).normalised()?,
        fit,
    })
}

/// The hypothesis moved so that the symbol that was rectified at this place fits a template
/// better.
pub(super) fn straightened(
    rectified: &RectifiedSymbol,
    place: &Hypothesis,
    template: &Template,
    rounds: usize,
) -> Option<Hypothesis> {
    let laid_out = Homography([2.0, 0.0, 0.0, 0.0, 2.0, 0.0, 0.0, 0.0, 1.0])
        .onto(1.0, [2.0 * KNOWN_QUIET_ZONE as f64; 2]);
    let back = Homography([
        0.5,
        0.0,
        -(KNOWN_QUIET_ZONE as f64),
        0.0,
        0.5,
        -(KNOWN_QUIET_ZONE as f64),
        0.0,
        0.0,
        1.0,
    ]);
    let mut seen = rectified.halves.clone();
    for pixel in &mut seen.pixels {
        *pixel = 128.0 + 50.0 * *pixel;
    }
    let (fit, map) = template.refined(&GradientImage::of(&seen), &laid_out, rounds)?;
    Some(Hypothesis {
        version: place.version,
        map: place.map.after(&back.after(&map)?)?,
        fit,
    })
}

/// The map itself, and the map with its fourth corner moved to where it fits best.
fn around(
    picture: &FloatImage,
    template: &Template,
    start: &Homography,
    side: usize,
) -> Vec<Homography> {
    let (near, far) = (3.5, side as f64 - 3.5);
    let corners = [[near, near], [far, near], [far, far], [near, far]];
    let [a, b, c, d] = corners.map(|[x, y]| start.at(x, y));
    let span = far - near;
    let reach = (FOLD * span / FOLD_STEP).ceil().min(MOST_FOLD_STEPS) as i32;
    let step = FOLD / f64::from(reach);
    let mut best = (template.fit(picture, start), None);
    for i in -reach..=reach {
        for j in -reach..=reach {
            if (i - j).abs() > reach + 1 {
                continue;
            }
            let (u, v) = (f64::from(i) * step, f64::from(j) * step);
            let fourth = [0, 1].map(|k| c[k] + u * (b[k] - a[k]) + v * (d[k] - a[k]));
            if let Some(map) = Homography::square_to(near, far, [a, b, fourth, d]) {
                let fit = template.fit(picture, &map);
                if fit > best.0 {
                    best = (fit, Some(map));
                }
            }
        }
    }
    std::iter::once(*start).chain(best.1).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::super::samples::{TEXT, laid, symbol};
    use super::super::search::{Search, rectified_at};
    use super::super::tuning::Tuning;
    use super::*;

    /// Off by a third of a module in any direction, a place comes back to within
    /// half of that from what is seen there, with nothing known but the function
    /// patterns: the corner without a finder pattern is held by its alignment pattern alone.
    #[test]
    fn what_is_laid_out_askew_is_straightened() {
        let picture = laid(&symbol(TEXT, 3), 320, 240, (50, 30), 200).blurred(1.2);
        let pyramid = Arc::new(Pyramid::of(&picture));
        let mut search = Search::new(Arc::clone(&pyramid), Tuning::default());
        while search.advance() {}
        let right = search.found.pop().unwrap().place;
        let patterns = function_patterns(right.version).unwrap();
        for offset in [[1.0, 0.0], [-0.7, 0.7], [0.0, -1.0], [0.7, 0.7]] {
            let askew = Hypothesis {
                map: right.map.onto(1.0, offset),
                ..right.clone()
            };
            let rectified = rectified_at(&pyramid, patterns, &askew.map, &patterns.known).unwrap();
            let template = fine(right.version).unwrap();
            let back = straightened(&rectified, &askew, template, 8).unwrap();
            assert!(!askew.is_within(&right, 0.3));
            assert!(back.is_within(&right, 0.17), "{offset:?}");
            assert!(back.fit > 0.9);
        }
    }
}
