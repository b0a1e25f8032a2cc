//! An image pyramid: the picture in several sizes, so that modules of any size are two to
//! four pixels wide in one of them.

use super::super::float_image::FloatImage;
use super::super::homography::Homography;
use super::super::luma::Luma;

/// Levels at most: on the last, modules of some 20 pixels are as small as the equaliser
/// wants them. Larger ones need no equaliser.
const LEVELS: usize = 4;

/// The least side of a level, in pixels: a symbol of version 1 has 21 modules.
const LEAST_SIDE: usize = 24;

/// Standard deviation in modules of the neighbourhoods over which the light of a patch is
/// normalised. Less: it evens out the modules, too. More: the edge of a reflection stays.
/// Chosen by eye, not measured.
const NEIGHBOURHOOD: f32 = 3.0;

/// Modules around a symbol that belong to its patch, so that a hypothesis that is off by
/// as much can still be moved into place.
const MARGIN: f64 = 3.0;

/// The longest side of a patch, in pixels: what is larger is a map gone astray.
const LARGEST: f64 = 1200.0;

/// The least depth of a corner, where the first corner has 1: what is nearer is folded
/// over the camera.
const LEAST_DEPTH: f64 = 0.2;

/// The picture, its half, its quarter, and so on.
pub(super) struct Pyramid {
    pub(super) levels: Vec<FloatImage>,
}

impl Pyramid {
    pub(super) fn of(picture: &Luma) -> Self {
        let mut levels = vec![FloatImage::from_luma(picture)];
        while levels.len() < LEVELS {
            match levels[levels.len() - 1].half() {
                Some(half) if half.width.min(half.height) >= LEAST_SIDE => levels.push(half),
                _ => break,
            }
        }
        Self { levels }
    }

    /// The smallest level on which modules of this size in the picture have at
    /// least `least` pixels, or the picture itself.
    pub(super) fn level_for(&self, module: f64, least: f64) -> usize {
        (1..self.levels.len())
            .rev()
            .find(|&level| module / f64::from(1_u32 << level) >= least)
            .unwrap_or(0)
    }

    /// The part of a level in which a symbol lies, with some modules around it, and the map
    /// into it. `None` if the symbol lies outside, is absurdly large, or is folded over.
    pub(super) fn patch(
        &self,
        map: &Homography,
        side: usize,
        least: f64,
        light: Lighting,
    ) -> Option<Patch> {
        let module = map.module(side);
        let level = self.level_for(module, least);
        let module = (module as f32 / (1_u32 << level) as f32).clamp(1.0, 12.0);
        let image = &self.levels[level];
        let on_level = map.onto_level(level);
        let (near, far) = (-MARGIN, side as f64 + MARGIN);
        let outline = [[near, near], [far, near], [far, far], [near, far]];
        let depth = |[x, y]: [f64; 2]| map.0[6] * x + map.0[7] * y + map.0[8];
        if outline.iter().any(|&point| depth(point) < LEAST_DEPTH) {
            return None;
        }
        let outline = outline.map(|[x, y]| on_level.at(x, y));
        let bounds = |axis: usize, length: usize| {
            let values = outline.map(|point| point[axis]);
            let first = values.into_iter().fold(f64::INFINITY, f64::min).floor();
            let last = values.into_iter().fold(f64::NEG_INFINITY, f64::max).ceil();
            let inside = first < length as f64 && last > 0.0 && last - first < LARGEST;
            inside.then(|| {
                let first = first.max(0.0) as usize;
                (first, (last as usize + 2).saturating_sub(first))
            })
        };
        let (left, width) = bounds(0, image.width)?;
        let (top, height) = bounds(1, image.height)?;
        let offset = [-(left as f64), -(top as f64)];
        let part = image.part(left, top, width, height)?;
        Some(Patch {
            image: match light {
                Lighting::AsSeen => part,
                Lighting::Normalised => part.contrast_normalised(NEIGHBOURHOOD * module),
            },
            level,
            offset,
            map: on_level.onto(1.0, offset),
        })
    }
}

/// How the light of a patch is treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lighting {
    /// It stays as it is: exact where the light is even.
    AsSeen,
    /// It is normalised: glare pulls no corner to itself, but the unknown modules pull a
    /// little.
    Normalised,
}

/// A part of a level, and a symbol in it.
pub(super) struct Patch {
    pub(super) image: FloatImage,
    /// Where the symbol is in this part.
    pub(super) map: Homography,
    level: usize,
    offset: [f64; 2],
}

impl Patch {
    /// A map into this part, as a map into the picture.
    pub(super) fn back(&self, map: &Homography) -> Homography {
        map.onto(1.0, self.offset.map(|value| -value))
            .off_level(self.level)
    }
}

impl Homography {
    /// From a picture to a level of its pyramid: pixel centres lie at halves.
    pub(super) fn onto_level(&self, level: usize) -> Self {
        let scale = 1.0 / f64::from(1_u32 << level);
        let offset = (scale - 1.0) / 2.0;
        self.onto(scale, [offset, offset])
    }

    fn off_level(&self, level: usize) -> Self {
        let scale = f64::from(1_u32 << level);
        let offset = (scale - 1.0) / 2.0;
        self.onto(scale, [offset, offset])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_left_where_they_were_entered() {
        let map = Homography([2.0, 0.1, 30.0, -0.1, 2.1, 40.0, 0.001, 0.0, 1.0]);
        let there = map.onto_level(2);
        let (at, before) = (there.at(5.0, 6.0), map.at(5.0, 6.0));
        assert!((at[0] - ((before[0] + 0.5) / 4.0 - 0.5)).abs() < 1e-9);
        let back = there.off_level(2).at(5.0, 6.0);
        assert!((back[0] - before[0]).abs() < 1e-9 && (back[1] - before[1]).abs() < 1e-9);
    }

    #[test]
    fn the_smallest_sufficient_level_is_chosen() {
        let pyramid = Pyramid::of(&Luma::from_fn(400, 300, |_, _| 0));
        assert_eq!(pyramid.levels.len(), 4);
        assert_eq!(pyramid.level_for(1.5, 2.0), 0);
        assert_eq!(pyramid.level_for(8.1, 2.0), 2);
        assert_eq!(pyramid.level_for(100.0, 2.0), 3);
    }
}
