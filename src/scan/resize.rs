//! Making pictures smaller and larger.

use super::kernel::halved;
use super::luma::Luma;

impl Luma {
    /// Half the size on each side, each pixel the mean of four. An odd last row
    /// or column is dropped. A picture with a side of 1 is returned as it is.
    #[must_use]
    pub fn half(&self) -> Self {
        let mean = |four: [u8; 4]| ((four.map(u16::from).iter().sum::<u16>() + 2) / 4) as u8;
        halved(self.pixels(), self.width() as usize, mean)
            .and_then(|pixels| Self::new(self.width() / 2, self.height() / 2, pixels))
            .unwrap_or_else(|| self.clone())
    }

    /// Made smaller so that the long side is at most `long_side` pixels; a
    /// picture that is already small enough is returned as it is.
    #[must_use]
    pub fn shrunk_to(&self, long_side: u32) -> Self {
        let long = self.long_side();
        if long <= long_side || long_side == 0 {
            return self.clone();
        }
        let scale = |side: u32| {
            let scaled = u64::from(side) * u64::from(long_side) + u64::from(long) / 2;
            (scaled / u64::from(long)).max(1) as u32
        };
        self.shrunk(scale(self.width()), scale(self.height()))
    }

    /// Shrunk to `width` × `height` by the mean over the area of each new
    /// pixel. The mean is what removes the moiré of a filmed screen: its
    /// stripes are finer than the new pixels. Sizes beyond the picture's own
    /// are cut down to it.
    #[must_use]
    pub fn shrunk(&self, width: u32, height: u32) -> Self {
        let columns = spans(self.width(), width.clamp(1, self.width()));
        let rows = spans(self.height(), height.clamp(1, self.height()));
        let mut pixels = Vec::with_capacity(columns.len() * rows.len());
        let mut sums = vec![0_u32; self.width() as usize];
        for span in &rows {
            // Rows first, on whole rows, which the compiler turns into vector code.
            sums.fill(0);
            span.each(|y, weight| {
                for (sum, &pixel) in sums.iter_mut().zip(self.row(y)) {
                    *sum += weight * u32::from(pixel);
                }
            });
            for column in &columns {
                let mut sum = 0_u64;
                column.each(|x, weight| sum += u64::from(sums[x as usize]) * u64::from(weight));
                let total = u64::from(span.total()) * u64::from(column.total());
                pixels.push(((sum + total / 2) / total) as u8);
            }
        }
        Self::new(columns.len() as u32, rows.len() as u32, pixels).unwrap_or_else(|| self.clone())
    }

    /// Twice the size on each side, by Catmull-Rom interpolation: edges between
    /// modules of two pixels stay edges.
    #[must_use]
    pub fn doubled(&self) -> Self {
        let (width, height) = (self.width() as usize, self.height() as usize);
        let mut wide = Vec::with_capacity(2 * width * height);
        for y in 0..self.height() {
            let row = self.row(y);
            let tap = |x: usize, offset: isize| row[x.saturating_add_signed(offset).min(width - 1)];
            for (x, &near) in row.iter().enumerate() {
                wide.push(cubic(tap(x, 1), near, tap(x, -1), tap(x, -2)));
                wide.push(cubic(tap(x, -1), near, tap(x, 1), tap(x, 2)));
            }
        }
        let mut pixels = Vec::with_capacity(4 * width * height);
        for y in 0..height {
            let tap = |offset: isize| {
                let row = y.saturating_add_signed(offset).min(height - 1);
                &wide[row * 2 * width..(row + 1) * 2 * width]
            };
            for [far, near, next, outer] in [
                [tap(1), tap(0), tap(-1), tap(-2)],
                [tap(-1), tap(0), tap(1), tap(2)],
            ] {
                let quartets = far.iter().zip(near).zip(next).zip(outer);
                pixels.extend(quartets.map(|(((&f, &n), &x), &o)| cubic(f, n, x, o)));
            }
        }
        Self::new(2 * self.width(), 2 * self.height(), pixels).unwrap_or_else(|| self.clone())
    }
}

/// Catmull-Rom a quarter of a pixel from `near` towards `next`, in 1/256.
fn cubic(far: u8, near: u8, next: u8, outer: u8) -> u8 {
    let sum =
        222 * i32::from(near) + 58 * i32::from(next) - 18 * i32::from(far) - 6 * i32::from(outer);
    ((sum + 128) >> 8).clamp(0, 255) as u8
}

/// The old pixels that one new pixel covers, the outer two in part.
struct Span {
    first: u32,
    last: u32,
    first_weight: u32,
    last_weight: u32,
}

/// The weight of a pixel that is covered whole. Eight bits keep row sums of the
/// largest pictures inside 32 bits.
const WHOLE: u32 = 256;

impl Span {
    fn each(&self, mut visit: impl FnMut(u32, u32)) {
        visit(self.first, self.first_weight);
        for i in self.first + 1..self.last {
            visit(i, WHOLE);
        }
        if self.last > self.first {
            visit(self.last, self.last_weight);
        }
    }

    fn total(&self) -> u32 {
        if self.last == self.first {
            self.first_weight
        } else {
            self.first_weight + self.last_weight + (self.last - self.first - 1) * WHOLE
        }
    }
}

/// How `new` pixels cover `old` ones; `new` is at most `old`, both at least 1.
fn spans(old: u32, new: u32) -> Vec<Span> {
    let scale = f64::from(old) / f64::from(new);
    (0..new)
        .map(|i| {
            let (from, to) = (f64::from(i) * scale, f64::from(i + 1) * scale);
            let first = (from as u32).min(old - 1);
            let last = ((to.ceil() as u32).saturating_sub(1)).clamp(first, old - 1);
            let part = |share: f64| ((share * f64::from(WHOLE)).round() as u32).max(1);
            let first_end = f64::from(first + 1).min(to);
            Span {
                first,
                last,
                first_weight: part(first_end - from),
                last_weight: part(to - f64::from(last)),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_takes_means() {
        let picture = Luma::new(5, 2, vec![0, 4, 8, 8, 99, 4, 8, 8, 8, 99]).unwrap();
        assert_eq!(picture.half().pixels(), &[4, 8]);
        let line = Luma::from_fn(1, 9, |_, _| 3);
        assert_eq!(line.half(), line);
    }

    #[test]
    fn shrinking_keeps_the_mean_and_the_shape() {
        let picture = Luma::from_fn(1000, 333, |x, _| if x % 2 == 0 { 0 } else { 200 });
        let small = picture.shrunk_to(320);
        assert_eq!((small.width(), small.height()), (320, 107));
        assert!(small.pixels().iter().all(|&p| (60..=140).contains(&p)));
        let mean = small.pixels().iter().map(|&p| u32::from(p)).sum::<u32>() / (320 * 107);
        assert!((99..=101).contains(&mean), "{mean}");
    }

    #[test]
    fn shrinking_never_enlarges_and_survives_thin_pictures() {
        let line = Luma::from_fn(1, 100, |_, y| y as u8);
        assert_eq!(line.shrunk_to(10).height(), 10);
        assert_eq!(line.shrunk_to(10).width(), 1);
        assert_eq!(line.shrunk_to(1000), line);
        assert_eq!(line.shrunk(50, 50).width(), 1);
    }

    #[test]
    fn a_flat_picture_stays_flat() {
        let flat = Luma::from_fn(13, 7, |_, _| 200);
        assert!(flat.doubled().pixels().iter().all(|&p| p == 200));
        assert_eq!(flat.doubled().width(), 26);
        assert!(flat.shrunk(5, 3).pixels().iter().all(|&p| p == 200));
    }

    #[test]
    fn doubling_keeps_an_edge_in_its_place() {
        let edge = Luma::from_fn(8, 8, |x, _| if x < 4 { 0 } else { 255 });
        let doubled = edge.doubled();
        let row = doubled.row(8);
        assert!(row[7] < 128 && row[8] >= 128, "{row:?}");
    }
}
