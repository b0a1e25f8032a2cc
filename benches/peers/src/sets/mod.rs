//! What everybody has to read.

pub(crate) mod filmed;
pub(crate) mod photographs;
pub(crate) mod screens;

use crate::manifest::{Item, Manifest};
use hikyaku::scan::Luma;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};
use std::fs::{self, File};
use std::io::{self, BufWriter};
use std::path::PathBuf;

/// A folder into which pictures are put, and the list of them.
pub(crate) struct Shelf {
    folder: PathBuf,
    manifest: Manifest,
    pictures: usize,
}

impl Shelf {
    pub(crate) fn new(folder: PathBuf) -> io::Result<Self> {
        fs::create_dir_all(&folder)?;
        Ok(Self {
            folder,
            manifest: Manifest::default(),
            pictures: 0,
        })
    }

    /// Puts an item there; its frames get their names here.
    pub(crate) fn put(&mut self, mut item: Item, frames: &[Luma]) -> io::Result<()> {
        for frame in frames {
            let name = format!("{:05}.png", self.pictures);
            self.pictures += 1;
            let file = BufWriter::new(File::create(self.folder.join(&name))?);
            PngEncoder::new_with_quality(file, CompressionType::Fast, FilterType::Sub)
                .write_image(
                    frame.pixels(),
                    frame.width(),
                    frame.height(),
                    ExtendedColorType::L8,
                )
                .map_err(io::Error::other)?;
            item.frames.push(name);
        }
        self.manifest.items.push(item);
        Ok(())
    }

    /// Writes the list; returns it, and where it is.
    pub(crate) fn close(self) -> io::Result<(Manifest, PathBuf)> {
        let path = self.manifest.write(&self.folder)?;
        Ok((self.manifest, path))
    }
}

/// What made a picture hard to read, as far as is known.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Strain {
    pub(crate) glare: bool,
    /// Radius of the disc of confusion, in pixels.
    pub(crate) defocus: f32,
    /// Way of the image during the exposure, in pixels.
    pub(crate) motion: f32,
    /// In levels of 255.
    pub(crate) noise: f32,
    /// In degrees.
    pub(crate) tilt: f32,
}

impl Strain {
    /// Names of what is there to a degree that matters.
    pub(crate) fn defects(self) -> Vec<String> {
        let strains = [
            (self.glare, "glare"),
            (self.defocus >= 1.0, "defocus ≥ 1 px"),
            (self.motion >= 2.0, "motion ≥ 2 px"),
            (self.noise >= 8.0, "noise ≥ 8 levels"),
            (self.tilt >= 20.0, "tilt ≥ 20°"),
        ];
        let mut names: Vec<_> = strains
            .into_iter()
            .filter(|&(there, _)| there)
            .map(|(_, name)| name.to_owned())
            .collect();
        if names.is_empty() {
            names.push("none of these".to_owned());
        }
        names
    }
}
