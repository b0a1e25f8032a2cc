//! A grey picture, the only kind of picture that readers of symbols see.

/// A grey picture: one byte per pixel, 0 black to 255 white, rows from top to
/// bottom without padding. Neither side is ever zero.
#[derive(Clone, PartialEq, Eq)]
pub struct Luma {
    width: u32,
    height: u32,
    pixels: Vec<u8>,
}

impl Luma {
    /// Takes `pixels` in row-major order. `None` if a side is zero or if the
    /// number of pixels is not `width` × `height`.
    pub fn new(width: u32, height: u32, pixels: Vec<u8>) -> Option<Self> {
        let area = usize::try_from(u64::from(width) * u64::from(height)).ok()?;
        (area > 0 && area == pixels.len()).then_some(Self {
            width,
            height,
            pixels,
        })
    }

    /// Paints a picture from a function of column and row. Sides of zero count
    /// as one.
    pub fn from_fn(width: u32, height: u32, mut pixel: impl FnMut(u32, u32) -> u8) -> Self {
        let (width, height) = (width.max(1), height.max(1));
        let pixels = (0..height)
            .flat_map(|y| (0..width).map(move |x| (x, y)))
            .map(|(x, y)| pixel(x, y))
            .collect();
        Self {
            width,
            height,
            pixels,
        }
    }

    /// Width in pixels, at least 1.
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Height in pixels, at least 1.
    pub fn height(&self) -> u32 {
        self.height
    }

    /// The longer side in pixels.
    pub fn long_side(&self) -> u32 {
        self.width.max(self.height)
    }

    /// All pixels, row by row.
    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    /// All pixels, row by row, without copying.
    pub fn into_pixels(self) -> Vec<u8> {
        self.pixels
    }

    /// The pixels of row `y`.
    ///
    /// # Panics
    /// If there is no such row.
    pub fn row(&self, y: u32) -> &[u8] {
        let start = y as usize * self.width as usize;
        &self.pixels[start..start + self.width as usize]
    }

    /// The pixel at column `x` and row `y`; outside the picture, the nearest
    /// pixel of its border.
    pub fn at_clamped(&self, x: i64, y: i64) -> u8 {
        let x = x.clamp(0, i64::from(self.width) - 1) as usize;
        let y = y.clamp(0, i64::from(self.height) - 1) as usize;
        self.pixels[y * self.width as usize + x]
    }

    /// The part of the picture from (`x`, `y`) on, `width` × `height` pixels.
    /// `None` if it is empty or reaches outside.
    pub fn crop(&self, x: u32, y: u32, width: u32, height: u32) -> Option<Self> {
        let right = x.checked_add(width)?;
        let bottom = y.checked_add(height)?;
        if width == 0 || height == 0 || right > self.width || bottom > self.height {
            return None;
        }
        let pixels = (y..bottom)
            .flat_map(|y| &self.row(y)[x as usize..right as usize])
            .copied()
            .collect();
        Some(Self {
            width,
            height,
            pixels,
        })
    }

    /// The upper left part of the picture, `width` × `height` pixels, without
    /// copying. `None` if it is empty or reaches outside.
    pub(super) fn cut_to(mut self, width: u32, height: u32) -> Option<Self> {
        if width == 0 || height == 0 || width > self.width || height > self.height {
            return None;
        }
        if width < self.width {
            let (old, new) = (self.width as usize, width as usize);
            for y in 1..height as usize {
                self.pixels.copy_within(y * old..y * old + new, y * new);
            }
        }
        self.pixels.truncate(width as usize * height as usize);
        (self.width, self.height) = (width, height);
        Some(self)
    }

    /// Black becomes white and white black: for symbols on a dark ground.
    #[must_use]
    pub fn inverted(&self) -> Self {
        self.with_pixels(self.pixels.iter().map(|&p| 255 - p).collect())
    }

    /// The picture with a white border of `margin` pixels on all sides: for
    /// pictures cut so close that the quiet zone is missing.
    #[must_use]
    pub fn padded(&self, margin: u32) -> Self {
        let (width, height) = (self.width + 2 * margin, self.height + 2 * margin);
        let mut pixels = vec![255; width as usize * height as usize];
        for y in 0..self.height {
            let start = (y + margin) as usize * width as usize + margin as usize;
            pixels[start..start + self.width as usize].copy_from_slice(self.row(y));
        }
        Self {
            width,
            height,
            pixels,
        }
    }

    /// A picture of the same size with other pixels.
    pub(super) fn with_pixels(&self, pixels: Vec<u8>) -> Self {
        debug_assert_eq!(pixels.len(), self.pixels.len());
        Self {
            width: self.width,
            height: self.height,
            pixels,
        }
    }
}

/// Pixels say nothing in a log, so only the size is shown.
impl std::fmt::Debug for Luma {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Luma({} × {})", self.width, self.height)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn size_and_pixels_must_agree() {
        assert!(Luma::new(3, 2, vec![0; 6]).is_some());
        assert!(Luma::new(3, 2, vec![0; 5]).is_none());
        assert!(Luma::new(0, 2, vec![]).is_none());
        // 65536 × 65536 must not wrap around to zero.
        assert!(Luma::new(65536, 65536, vec![]).is_none());
    }

    #[test]
    fn crop_stays_inside() {
        let picture = Luma::from_fn(4, 3, |x, y| (10 * y + x) as u8);
        let part = picture.crop(1, 1, 2, 2).unwrap();
        assert_eq!(part.pixels(), &[11, 12, 21, 22]);
        assert!(picture.crop(3, 0, 2, 1).is_none());
        assert!(picture.crop(0, 0, 0, 1).is_none());
        assert!(picture.crop(u32::MAX, 0, 2, 1).is_none());
    }

    #[test]
    fn what_is_cut_to_is_the_upper_left() {
        let picture = Luma::from_fn(4, 3, |x, y| (10 * y + x) as u8);
        let part = picture.clone().cut_to(3, 2).unwrap();
        assert_eq!(Some(part), picture.crop(0, 0, 3, 2));
        assert_eq!(picture.clone().cut_to(4, 3), Some(picture.clone()));
        assert_eq!(picture.clone().cut_to(5, 3), None);
        assert_eq!(picture.cut_to(4, 0), None);
    }

    #[test]
    fn padding_is_white_on_all_sides() {
        let padded = Luma::from_fn(1, 1, |_, _| 7).padded(1);
        assert_eq!(
            padded.pixels(),
            &[255, 255, 255, 255, 7, 255, 255, 255, 255]
        );
    }
}
