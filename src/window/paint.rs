//! Renders symbols, camera frames and the tick for the screen.

use crate::scan::Luma;
use crate::symbol::{self, Symbol};
use slint::{Image, Rgb8Pixel, Rgba8Pixel, SharedPixelBuffer};

/// The symbol of a text, at most `most` pixels wide, with whole pixels per module;
/// an empty image if there is no room for one pixel per module.
pub(super) fn symbol(text: &str, most: u32) -> Image {
    let Ok(symbol) = Symbol::encode(text) else {
        return Image::default();
    };
    let module = most / symbol.modules_with_quiet_zone() as u32;
    let Ok(pixels) = symbol::pixels(&symbol, module) else {
        return Image::default();
    };
    let (width, height) = pixels.dimensions();
    let grey = pixels.into_raw();
    Image::from_rgb8(rgb(&grey, width, height, false))
}

/// A camera frame, scaled to fit `width` × `height` pixels.
pub(super) fn frame(luma: &Luma, width: u32, height: u32, mirrored: bool) -> Image {
    let (width, height) = fitting(luma, width, height);
    let fitted;
    let luma = if luma.width() == width && luma.height() == height {
        luma
    } else {
        // Nearest neighbours suffice: the watcher's copy has about this size.
        let (across, down) = (luma.width(), luma.height());
        fitted = Luma::from_fn(width, height, |x, y| {
            luma.row(y * down / height)[(x * across / width) as usize]
        });
        &fitted
    };
    Image::from_rgb8(rgb(luma.pixels(), luma.width(), luma.height(), mirrored))
}

/// The largest size with the frame's aspect ratio inside `width` × `height`.
fn fitting(luma: &Luma, width: u32, height: u32) -> (u32, u32) {
    let (across, down) = (u64::from(luma.width()), u64::from(luma.height()));
    let (width, height) = (u64::from(width), u64::from(height));
    let (width, height) = if across * height > width * down {
        (width, width * down / across)
    } else {
        (height * across / down, height)
    };
    (width.max(1) as u32, height.max(1) as u32)
}

/// The long side of a preview that fills `width` × `height`.
pub(super) fn preview_side(width: u32, height: u32) -> u32 {
    // Cameras are mostly 16:9 or 4:3; take the one that fills more.
    width.min(height * 16 / 9).max(64)
}

fn rgb(grey: &[u8], width: u32, height: u32, mirrored: bool) -> SharedPixelBuffer<Rgb8Pixel> {
    let mut buffer = SharedPixelBuffer::<Rgb8Pixel>::new(width, height);
    let row = width.max(1) as usize;
    let lines = buffer.make_mut_slice().chunks_exact_mut(row);
    for (to, from) in lines.zip(grey.chunks_exact(row)) {
        let paint = |(pixel, &level): (&mut Rgb8Pixel, &u8)| {
            *pixel = Rgb8Pixel::new(level, level, level);
        };
        if mirrored {
            to.iter_mut().zip(from.iter().rev()).for_each(paint);
        } else {
            to.iter_mut().zip(from).for_each(paint);
        }
    }
    buffer
}

/// The large tick in its ring, in the colour for done.
pub(super) fn tick(side: u32) -> Image {
    const GOOD: [u8; 3] = [0x4a, 0xde, 0x80];
    let side = side.clamp(1, 1024);
    let mut buffer = SharedPixelBuffer::<Rgba8Pixel>::new(side, side);
    let size = side as f32;
    let stroke = 0.045;
    for (index, pixel) in buffer.make_mut_slice().iter_mut().enumerate() {
        let x = ((index as u32 % side) as f32 + 0.5) / size;
        let y = ((index as u32 / side) as f32 + 0.5) / size;
        let ring = ((x - 0.5).hypot(y - 0.5) - 0.45).abs();
        let down = to_stroke([x, y], [0.27, 0.53], [0.44, 0.69]);
        let up = to_stroke([x, y], [0.44, 0.69], [0.74, 0.35]);
        let distance = (ring - stroke * 0.6).min(down.min(up) - stroke);
        // Antialias over one pixel.
        let alpha = (0.5 - distance * size).clamp(0.0, 1.0);
        *pixel = Rgba8Pixel::new(GOOD[0], GOOD[1], GOOD[2], (alpha * 255.0) as u8);
    }
    Image::from_rgba8(buffer)
}

/// Distance of a point from a line segment.
fn to_stroke([x, y]: [f32; 2], [ax, ay]: [f32; 2], [bx, by]: [f32; 2]) -> f32 {
    let (dx, dy) = (bx - ax, by - ay);
    let along = (((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)).clamp(0.0, 1.0);
    (x - ax - along * dx).hypot(y - ay - along * dy)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scan::Cascade;

    #[test]
    fn a_symbol_has_whole_modules_and_reads_back() {
        let text = "7".repeat(63);
        let image = symbol(&text, 400);
        let size = image.size();
        assert_eq!((size.width, size.height), (396, 396));
        let pixels = image.to_rgb8().unwrap();
        let grey = pixels.as_slice().iter().map(|pixel| pixel.r).collect();
        let luma = Luma::new(size.width, size.height, grey).unwrap();
        let reading = Cascade::still().read(&luma, &|_| true);
        assert_eq!(reading.sightings[0].text, text);
        assert_eq!(symbol(&text, 20).size().width, 0);
    }

    #[test]
    fn a_frame_keeps_its_shape_and_is_mirrored() {
        let luma = Luma::from_fn(640, 360, |x, _| if x < 320 { 0 } else { 255 });
        let image = frame(&luma, 320, 320, true);
        assert_eq!((image.size().width, image.size().height), (320, 180));
        let pixels = image.to_rgb8().unwrap();
        assert_eq!((pixels.as_slice()[0].r, pixels.as_slice()[319].r), (255, 0));
    }
}
