//! A picture seen through filters, which knows the way back to the pixels of the original.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use super::luma::Luma;

/// One filter between a picture and a decoder.
#[derive(Debug, Clone, PartialEq)]
pub enum Filter {
    /// Lets only pictures pass whose long side, in pixels, is in the range.
    Sides(RangeInclusive<u32>),
    /// Shrinks to a long side of this many pixels. Pictures that would shrink by less than a
    /// tenth do not pass: other steps have seen them at about that size.
    ShrinkTo(u32),
    /// Shrinks, if needed, to a long side of at most this many pixels.
    AtMost(u32),
    /// Half the size.
    Half,
    /// Twice the size.
    Double,
    /// A white border of this many pixels.
    Pad(u32),
    /// [`Luma::unsharp`].
    Unsharp {
        /// Width of the blur in pixels.
        sigma: f32,
        /// How many times the difference to the blurred picture is added.
        gain: f32,
    },
    /// [`Luma::local_threshold`].
    LocalThreshold {
        /// Side of the window in pixels.
        window: u32,
        /// Grey levels below the mean.
        margin: i32,
    },
    /// [`Luma::blurred`] by a Gaussian of this width in pixels.
    Blur(f32),
    /// [`Luma::inverted`].
    Invert,
}

/// A filtered picture that knows where its pixels come from.
pub struct FilteredView<'a> {
    luma: Cow<'a, Luma>,
    scale: [f32; 2],
    offset: f32,
}

impl<'a> FilteredView<'a> {
    /// `picture` through `filters`, in order; `None` if one of them does not let it pass.
    pub fn through(picture: &'a Luma, filters: &[Filter]) -> Option<Self> {
        let start = Self {
            luma: Cow::Borrowed(picture),
            scale: [1.0, 1.0],
            offset: 0.0,
        };
        filters.iter().try_fold(start, Self::apply)
    }

    /// The filtered picture.
    pub fn luma(&self) -> &Luma {
        &self.luma
    }

    /// A point of the filtered picture, in pixels of the picture as given.
    pub fn back(&self, point: [f32; 2]) -> [f32; 2] {
        [
            (point[0] - self.offset) * self.scale[0],
            (point[1] - self.offset) * self.scale[1],
        ]
    }

    fn apply(self, filter: &Filter) -> Option<Self> {
        let luma = &*self.luma;
        let long = luma.long_side();
        match *filter {
            Filter::Sides(ref range) => range.contains(&long).then_some(self),
            Filter::ShrinkTo(side) => {
                // Nine tenths: chosen by eye, not measured.
                let worthwhile = u64::from(side) * 10 <= u64::from(long) * 9;
                worthwhile.then(|| self.resized(luma.shrunk_to(side)))
            }
            Filter::AtMost(side) if long <= side => Some(self),
            Filter::AtMost(side) => Some(self.resized(luma.shrunk_to(side))),
            Filter::Half => Some(self.resized(luma.half())),
            Filter::Double => Some(self.resized(luma.doubled())),
            Filter::Pad(margin) => Some(Self {
                luma: Cow::Owned(luma.padded(margin)),
                scale: self.scale,
                offset: self.offset + margin as f32,
            }),
            Filter::Unsharp { sigma, gain } => Some(self.repainted(luma.unsharp(sigma, gain))),
            Filter::LocalThreshold { window, margin } => {
                Some(self.repainted(luma.local_threshold(window, margin)))
            }
            Filter::Blur(sigma) => Some(self.repainted(luma.blurred(sigma))),
            Filter::Invert => Some(self.repainted(luma.inverted())),
        }
    }

    fn resized(&self, luma: Luma) -> Self {
        let across = self.luma.width() as f32 / luma.width() as f32;
        let down = self.luma.height() as f32 / luma.height() as f32;
        Self {
            luma: Cow::Owned(luma),
            scale: [self.scale[0] * across, self.scale[1] * down],
            offset: self.offset / across,
        }
    }

    fn repainted(&self, luma: Luma) -> Self {
        Self {
            luma: Cow::Owned(luma),
            scale: self.scale,
            offset: self.offset,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_find_their_way_back() {
        let picture = Luma::from_fn(400, 200, |_, _| 0);
        let filters = [Filter::Half, Filter::Pad(10), Filter::Double];
        let view = FilteredView::through(&picture, &filters).unwrap();
        assert_eq!(view.luma().width(), 440);
        let near = |a: [f32; 2], b: [f32; 2]| (a[0] - b[0]).hypot(a[1] - b[1]) < 1e-3;
        assert!(near(view.back([20.0, 20.0]), [0.0, 0.0]));
        assert!(near(view.back([420.0, 220.0]), [400.0, 200.0]));
    }

    #[test]
    fn pictures_that_are_small_already_need_no_second_look() {
        let picture = Luma::from_fn(700, 10, |_, _| 0);
        assert!(FilteredView::through(&picture, &[Filter::ShrinkTo(650)]).is_none());
        assert!(FilteredView::through(&picture, &[Filter::ShrinkTo(630)]).is_some());
        assert!(FilteredView::through(&picture, &[Filter::Sides(0..=699)]).is_none());
        let same = FilteredView::through(&picture, &[Filter::AtMost(700)]).unwrap();
        assert_eq!(same.luma(), &picture);
    }
}
