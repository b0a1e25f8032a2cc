//! What all contenders have to read.

pub(crate) mod filmed;
pub(crate) mod photographs;
pub(crate) mod screens;

use crate::manifest::{Manifest, TestItem};
use hikyaku::scan::Luma;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};
use std::fs::{self, File};
use std::io::{self, BufWriter};
use std::path::PathBuf;

/// A folder into which pictures are put, and the list of them.
pub(crate) struct PictureStore {
    folder: PathBuf,
    manifest: Manifest,
    pictures: usize,
}

impl PictureStore {
    pub(crate) fn new(folder: PathBuf) -> io::Result<Self> {
        fs::create_dir_all(&folder)?;
        Ok(Self {
            folder,
            manifest: Manifest::default(),
            pictures: 0,
        })
    }

    /// Adds an item; its frames get their file names here.
    pub(crate) fn put(&mut self, mut item: TestItem, frames: &[Luma]) -> io::Result<()> {
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

/// The conditions of a picture that make it hard to read, as far as they are known.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Conditions {
    pub(crate) glare: bool,
    /// Radius of the disc of confusion, in pixels.
    pub(crate) defocus: f32,
    /// Movement of the image during the exposure, in pixels.
    pub(crate) motion: f32,
    /// In levels of 255.
    pub(crate) noise: f32,
    /// In degrees.
    pub(crate) tilt: f32,
}

impl Conditions {
    /// The names of those that are strong enough to matter.
    pub(crate) fn defects(self) -> Vec<String> {
        let conditions = [
            (self.glare, "glare"),
            (self.defocus >= 1.0, "defocus ≥ 1 px"),
            (self.motion >= 2.0, "motion ≥ 2 px"),
            (self.noise >= 8.0, "noise ≥ 8 levels"),
            (self.tilt >= 20.0, "tilt ≥ 20°"),
        ];
        let mut names: Vec<_> = conditions
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
