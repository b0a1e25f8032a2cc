//! The equaliser for a camera: frame after frame, in pieces of bounded work.

use std::time::Instant;

use super::super::luma::Luma;
use super::super::step::Sighting;
use super::search::{CERTAIN, Found, Search};
use super::track::{self, Track};
use super::{LONG_SIDE, sighting};

/// A fit from which a symbol that could not be read is followed into the next
/// frames.
const FOLLOWED: f64 = 0.75;

/// What a piece of work led to.
#[derive(Debug, Clone, PartialEq)]
pub enum Progress {
    /// There is more to do with the frames so far.
    More,
    /// Nothing to do until the next frame.
    Idle,
    /// A symbol was read. Its corners are in pixels of the frame that was being
    /// looked at, which may be older than the last one fed.
    Read(Sighting),
}

/// Reads a symbol from successive frames of one scene: each frame alone, and
/// several together.
///
/// A search is spread over as many calls as it takes; frames that come
/// meanwhile replace each other, so that the newest is looked at next. What was
/// found but not read is followed, and the frames' views of it are equalised
/// together.
///
/// ```
/// use std::time::{Duration, Instant};
/// use hikyaku::scan::Luma;
/// use hikyaku::scan::equaliser::{Progress, Tracker};
///
/// let mut tracker = Tracker::new();
/// tracker.feed(&Luma::from_fn(320, 240, |_, _| 128));
/// let until = Instant::now() + Duration::from_secs(5);
/// assert_eq!(tracker.work(until), Progress::Idle);
/// ```
#[derive(Default)]
pub struct Tracker {
    stage: Stage,
    /// The newest frame that nobody has looked at, and how much larger it was.
    waiting: Option<(Luma, [f32; 2])>,
    scale: [f32; 2],
}

#[derive(Default)]
enum Stage {
    #[default]
    Idle,
    Search(Box<Search>),
    Track(Box<Track>),
}

impl Tracker {
    /// One that has seen nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the next frame. No work is done on it yet but shrinking it if it is
    /// larger than [`LONG_SIDE`]. A frame that is still waiting is forgotten.
    pub fn feed(&mut self, frame: &Luma) {
        let shrunk = frame.shrunk_to(LONG_SIDE);
        let scale = [
            frame.width() as f32 / shrunk.width() as f32,
            frame.height() as f32 / shrunk.height() as f32,
        ];
        self.waiting = Some((shrunk, scale));
    }

    /// Forgets everything, as for a new scene.
    pub fn reset(&mut self) {
        *self = Self::default();
    }

    /// Whether a symbol that could not be read yet is being followed.
    pub fn is_following(&self) -> bool {
        matches!(self.stage, Stage::Track(_))
    }

    /// Does pieces of work until one reads a symbol, none is left, or it is
    /// `until`: then the piece that was begun is still finished.
    pub fn work(&mut self, until: Instant) -> Progress {
        loop {
            let progress = self.advance();
            if progress != Progress::More || Instant::now() >= until {
                return progress;
            }
        }
    }

    /// Does one piece of work, some milliseconds at most.
    pub fn advance(&mut self) -> Progress {
        match std::mem::take(&mut self.stage) {
            Stage::Idle => self.begin(),
            Stage::Search(search) => self.search(search),
            Stage::Track(track) => self.track(track),
        }
    }

    fn begin(&mut self) -> Progress {
        let Some((frame, scale)) = self.waiting.take() else {
            return Progress::Idle;
        };
        self.scale = scale;
        self.stage = Stage::Search(Box::new(Search::new(&frame)));
        Progress::More
    }

    fn search(&mut self, mut search: Box<Search>) -> Progress {
        let more = search.advance();
        if let Some(found) = search.found.pop() {
            return self.read(found);
        }
        // The next frames tell more than going on with this one.
        let certain = search.likely.iter().any(|place| place.fit >= CERTAIN);
        if more && !certain {
            self.stage = Stage::Search(search);
            return Progress::More;
        }
        let Search { scene, likely, .. } = *search;
        let best = likely.into_iter().max_by(|a, b| a.fit.total_cmp(&b.fit));
        if let Some(place) = best.filter(|place| place.fit >= FOLLOWED)
            && let Some(track) = Track::new(scene, place)
        {
            self.stage = Stage::Track(Box::new(track));
        }
        self.pending()
    }

    fn track(&mut self, mut track: Box<Track>) -> Progress {
        match track.advance() {
            track::Step::Read(found) => return self.read(found),
            track::Step::Lost => return self.pending(),
            track::Step::More => {}
            track::Step::Idle => {
                let Some((frame, scale)) = self.waiting.take() else {
                    self.stage = Stage::Track(track);
                    return Progress::Idle;
                };
                // Another size is another camera, and another scene.
                if track.takes(&frame) {
                    self.scale = scale;
                    track.feed(&frame);
                } else {
                    self.waiting = Some((frame, scale));
                    return Progress::More;
                }
            }
        }
        self.stage = Stage::Track(track);
        Progress::More
    }

    fn pending(&self) -> Progress {
        if self.waiting.is_some() {
            Progress::More
        } else {
            Progress::Idle
        }
    }

    fn read(&mut self, found: Found) -> Progress {
        self.stage = Stage::Idle;
        Progress::Read(sighting(found, self.scale))
    }
}

/// Frames say nothing in a log, so only what is going on is shown.
impl std::fmt::Debug for Tracker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let stage = match self.stage {
            Stage::Idle => "idle",
            Stage::Search(_) => "searching",
            Stage::Track(_) => "following",
        };
        write!(f, "Tracker({stage})")
    }
}
