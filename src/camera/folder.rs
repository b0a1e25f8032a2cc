//! A folder of pictures, played back as a camera: for rehearsals and tests without
//! hardware.

use super::{CameraError, Frame, FrameSource};
use crate::ground::printable;
use crate::scan::{Luma, luma_from_bytes};
use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

/// How a folder is played back.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Playback {
    /// Pictures per second.
    pub rate: f32,
    /// Whether to start over after the last picture; otherwise nothing comes until
    /// a new picture appears.
    pub looping: bool,
}

impl Default for Playback {
    /// Looping, at the rate of most webcams.
    fn default() -> Self {
        Self {
            rate: 15.0,
            looping: true,
        }
    }
}

/// Plays the pictures of a folder in the order of their names, one per frame. It
/// skips none, even if the reader is slow. It picks up pictures that appear later
/// and ignores files that are not pictures, or not completely written.
///
/// While a file named `trouble` exists, the camera fails with the error whose id
/// the file contains, such as `camera-unplugged`.
#[derive(Debug)]
pub struct FolderCamera {
    folder: PathBuf,
    name: String,
    play: Playback,
    opened: Instant,
    due: Instant,
    /// The picture played last.
    played: Option<PathBuf>,
    decoded: HashMap<PathBuf, DecodedPicture>,
}

/// A decoded picture, valid while its file is unchanged.
#[derive(Debug)]
struct DecodedPicture {
    stamp: FileStamp,
    /// `None` if the file is not a picture.
    luma: Option<Luma>,
}

/// Modification time and size, which reveal that a file was rewritten.
type FileStamp = (Option<SystemTime>, u64);

/// Largest file that is read, in bytes.
const MAX_FILE: u64 = 32 << 20;

/// How many decoded pictures are cached; others are decoded each time.
const KEPT: usize = 64;

/// How often a folder without new pictures is polled.
const POLL: Duration = Duration::from_millis(30);

impl FolderCamera {
    /// Opens a folder, which may still be empty.
    ///
    /// # Errors
    /// [`CameraError::FolderUnreadable`], or the error that the `trouble` file
    /// names, unless that is one of an open camera.
    pub fn open(folder: &Path, play: Playback) -> Result<Self, CameraError> {
        let camera = Self {
            name: printable(&folder.display().to_string()),
            folder: folder.to_owned(),
            play,
            opened: Instant::now(),
            due: Instant::now(),
            played: None,
            decoded: HashMap::new(),
        };
        camera.pictures()?;
        match camera.trouble() {
            None | Some(CameraError::Stalled { .. }) => Ok(camera),
            Some(trouble) => Err(trouble),
        }
    }

    /// The files that may be pictures, ordered by name.
    fn pictures(&self) -> Result<Vec<PathBuf>, CameraError> {
        let read = || -> io::Result<Vec<PathBuf>> {
            let mut files = Vec::new();
            for entry in fs::read_dir(&self.folder)? {
                let entry = entry?;
                if entry.file_name() != TROUBLE && entry.path().is_file() {
                    files.push(entry.path());
                }
            }
            files.sort();
            Ok(files)
        };
        read().map_err(|error| CameraError::FolderUnreadable {
            folder: self.name.clone(),
            reason: printable(&error.to_string()),
        })
    }

    fn trouble(&self) -> Option<CameraError> {
        let id = fs::read_to_string(self.folder.join(TROUBLE)).ok()?;
        Some(CameraError::of_id(id.trim(), &self.name))
    }

    /// The picture after the one played last, by name.
    fn next_picture(&mut self) -> Result<Option<Luma>, CameraError> {
        let files = self.pictures()?;
        self.decoded.retain(|file, _| files.contains(file));
        let begin = self.played.as_ref().map_or(0, |played| {
            files.partition_point(|file| file.as_path() <= played.as_path())
        });
        let round = if self.play.looping { begin } else { 0 };
        let (first, later) = files.split_at(begin);
        for file in later.iter().chain(&first[..round]) {
            if let Some(luma) = self.picture(file) {
                self.played = Some(file.clone());
                return Ok(Some(luma));
            }
        }
        Ok(None)
    }

    fn picture(&mut self, file: &Path) -> Option<Luma> {
        let stamp = fs::metadata(file)
            .map(|data| (data.modified().ok(), data.len()))
            .ok()?;
        if let Some(known) = self.decoded.get(file)
            && known.stamp == stamp
        {
            return known.luma.clone();
        }
        let luma = bytes(file)
            .ok()
            .and_then(|bytes| luma_from_bytes(&bytes).ok());
        if self.decoded.len() < KEPT {
            let luma = luma.clone();
            self.decoded
                .insert(file.to_owned(), DecodedPicture { stamp, luma });
        }
        luma
    }
}

/// Name of the file that provokes errors.
const TROUBLE: &str = "trouble";

fn bytes(file: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(file)?.take(MAX_FILE).read_to_end(&mut bytes)?;
    Ok(bytes)
}

impl FrameSource for FolderCamera {
    fn name(&self) -> &str {
        &self.name
    }

    fn next(&mut self, wait: Duration) -> Result<Option<Frame>, CameraError> {
        let until = Instant::now() + wait;
        loop {
            if let Some(trouble) = self.trouble() {
                // Like a stalled camera: nothing comes for the whole wait.
                thread::sleep(until.saturating_duration_since(Instant::now()));
                return Err(trouble);
            }
            if self.due > until {
                thread::sleep(until.saturating_duration_since(Instant::now()));
                return Ok(None);
            }
            thread::sleep(self.due.saturating_duration_since(Instant::now()));
            if let Some(luma) = self.next_picture()? {
                let now = Instant::now();
                let pause = Duration::try_from_secs_f32(1.0 / self.play.rate).unwrap_or(POLL);
                self.due = now.max(self.due + pause);
                return Ok(Some(Frame {
                    luma,
                    at: now.duration_since(self.opened),
                }));
            }
            self.due = Instant::now() + POLL;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::advice::Advice;
    use crate::symbol::{self, Symbol};

    const AMPLE: Duration = Duration::from_secs(20);
    const BRIEF: Duration = Duration::from_millis(40);

    /// Fast enough for tests.
    fn once() -> Playback {
        Playback {
            rate: 1000.0,
            looping: false,
        }
    }

    /// Writes a picture that its size identifies.
    fn put(folder: &Path, name: &str, module: u32) {
        let symbol = Symbol::encode("1").unwrap();
        fs::write(folder.join(name), symbol::png(&symbol, module).unwrap()).unwrap();
    }

    fn widths(camera: &mut FolderCamera, count: usize) -> Vec<u32> {
        (0..count)
            .map(|_| camera.next(AMPLE).unwrap().unwrap().luma.width() / 29)
            .collect()
    }

    #[test]
    fn pictures_come_in_the_order_of_their_names_and_once() {
        let folder = tempfile::tempdir().unwrap();
        put(folder.path(), "b.png", 2);
        put(folder.path(), "a.png", 1);
        fs::write(folder.path().join("aa.png"), "half a picture").unwrap();
        let mut camera = FolderCamera::open(folder.path(), once()).unwrap();
        assert_eq!(widths(&mut camera, 2), [1, 2]);
        assert!(camera.next(BRIEF).unwrap().is_none());
        // What is complete by now, and what is new, is played.
        put(folder.path(), "c.png", 3);
        assert_eq!(widths(&mut camera, 1), [3]);
    }

    #[test]
    fn a_loop_begins_again_with_what_is_there_then() {
        let folder = tempfile::tempdir().unwrap();
        put(folder.path(), "a.png", 1);
        put(folder.path(), "c.png", 3);
        let looping = Playback {
            looping: true,
            ..once()
        };
        let mut camera = FolderCamera::open(folder.path(), looping).unwrap();
        assert_eq!(widths(&mut camera, 3), [1, 3, 1]);
        put(folder.path(), "b.png", 2);
        assert_eq!(widths(&mut camera, 3), [2, 3, 1]);
    }

    #[test]
    fn trouble_lasts_as_long_as_its_file() {
        let folder = tempfile::tempdir().unwrap();
        put(folder.path(), "a.png", 1);
        let mut camera = FolderCamera::open(folder.path(), Playback::default()).unwrap();
        fs::write(folder.path().join("trouble"), "camera-busy\n").unwrap();
        let error = camera.next(BRIEF).unwrap_err();
        assert_eq!(error.id(), "camera-busy");
        fs::remove_file(folder.path().join("trouble")).unwrap();
        assert_eq!(widths(&mut camera, 1), [1]);
    }

    #[test]
    fn a_folder_that_is_not_there_says_so() {
        let folder = tempfile::tempdir().unwrap();
        let error = FolderCamera::open(&folder.path().join("none"), once()).unwrap_err();
        assert_eq!(error.id(), "camera-folder-unreadable");
    }
}
