//! The equaliser for a camera: frame after frame, in pieces of bounded work.

use std::sync::Arc;

use super::super::content::Content;
use super::super::luma::Luma;
use super::super::step::{PartSighting, Sighting};
use super::hypotheses::Hypothesis;
use super::pyramid::Pyramid;
use super::search::{ReadSymbol, Search, Unread};
use super::track::{Track, TrackProgress};
use super::tuning::Tuning;
use super::{LONG_SIDE, NAME, corners};
use crate::ground::moment::Instant;

/// Confidence (see `Unread::confidence`) from which a place is followed into the next
/// frames. One in fifty of the places without a symbol reached it. Lower: chance places
/// take the time of the real one. Higher: noisy symbols are searched for anew in every
/// frame.
const FOLLOWED_CONFIDENCE: f64 = 1.45;

/// Places that are followed at the same time, because the best fit is now and then not the
/// symbol. More would share the same time. Chosen by eye, not measured.
const TRACKS: usize = 2;

/// One frame out of so many goes to the search first, the others to what is being followed.
/// Fewer: followed symbols are read later. More: a symbol that was missed is found later.
/// Chosen by eye, not measured.
const SEARCHED: usize = 3;

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
    /// A symbol was read that holds a part of a text only.
    Part(PartSighting),
}

/// Reads a symbol from successive frames of one scene: each frame alone, and
/// several together.
///
/// A search is spread over as many calls as it takes. Frames that come meanwhile replace
/// each other, so the newest is looked at next. A symbol that was found but not read is
/// followed, and its views in several frames are equalised together.
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
    tuning: Tuning,
    /// The newest frame that has not been looked at, and how much larger it was.
    waiting: Option<(Luma, [f32; 2])>,
    scale: [f32; 2],
    /// The frame that is being looked at, and its number.
    pyramid: Option<Arc<Pyramid>>,
    number: usize,
    search: Option<Box<Search>>,
    /// Number of the frame that is being searched, or was last.
    searched: usize,
    /// What of the search's places has been considered.
    considered: usize,
    reported: usize,
    followed: Vec<Followed>,
}

/// A place that is being followed.
struct Followed {
    track: Track,
    /// Where it was in the frame in which it was found, and with what confidence.
    origin: Hypothesis,
    confidence: f64,
    certain: bool,
    /// Number of that frame, and of the last one it was fed with.
    since: usize,
    fed: usize,
}

impl Tracker {
    /// A tracker that has seen nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A tracker that has seen nothing yet, with other numbers than the product's.
    pub fn tuned(tuning: Tuning) -> Self {
        Self {
            tuning,
            ..Self::default()
        }
    }

    /// Takes the next frame. It is shrunk if it is larger than [`LONG_SIDE`]; all other work
    /// comes later. A frame that is still waiting is forgotten.
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
        *self = Self::tuned(self.tuning);
    }

    /// Whether a symbol that could not be read yet is being followed.
    pub fn is_following(&self) -> bool {
        !self.followed.is_empty()
    }

    /// Does pieces of work until one reads a symbol, none is left, or it is `until`; the piece
    /// that was begun by then is finished.
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
        if let Some((frame, scale)) = self.waiting.take() {
            self.take_up(&frame, scale);
            return Progress::More;
        }
        let searching = self.search.is_some() || self.searched < self.number;
        let certain = self.followed.iter().any(|one| one.certain);
        let search_first = !certain && self.number.is_multiple_of(SEARCHED);
        if searching && search_first {
            return self.go_on_searching();
        }
        let number = self.number;
        let next = self
            .followed
            .iter()
            .position(|one| one.track.is_busy() || one.fed < number);
        match next {
            Some(index) => self.follow(index),
            None if searching => self.go_on_searching(),
            None => Progress::Idle,
        }
    }

    fn take_up(&mut self, frame: &Luma, scale: [f32; 2]) {
        let pyramid = Pyramid::of(frame);
        let size = |pyramid: &Pyramid| (pyramid.levels[0].width, pyramid.levels[0].height);
        // Frames of another size come from another camera.
        if self
            .pyramid
            .as_ref()
            .is_some_and(|before| size(before) != size(&pyramid))
        {
            self.reset();
        }
        self.pyramid = Some(Arc::new(pyramid));
        self.scale = scale;
        self.number += 1;
    }

    fn go_on_searching(&mut self) -> Progress {
        let Some(mut search) = self.search.take() else {
            self.search = self
                .pyramid
                .clone()
                .map(|pyramid| Box::new(Search::new(pyramid, self.tuning)));
            (self.searched, self.considered, self.reported) = (self.number, 0, 0);
            return Progress::More;
        };
        let more = search.advance();
        if let Some(found) = search.found.get(self.reported) {
            self.reported += 1;
            let progress = read(found.clone(), self.scale);
            self.search = more.then_some(search);
            return progress;
        }
        for unread in &search.unread[self.considered..] {
            self.consider(unread);
        }
        self.considered = search.unread.len();
        self.search = more.then_some(search);
        Progress::More
    }

    /// Follows a place if its confidence is higher than that of what is being followed.
    fn consider(&mut self, unread: &Unread) {
        if unread.confidence < FOLLOWED_CONFIDENCE {
            return;
        }
        let same = |one: &Followed| one.since == self.searched && one.origin.is_like(&unread.place);
        if self.followed.iter().any(same) {
            return;
        }
        if self.followed.len() == TRACKS {
            if self
                .followed
                .last()
                .is_some_and(|worst| worst.confidence >= unread.confidence)
            {
                return;
            }
            self.followed.pop();
        }
        if let Some(track) = Track::new(unread, self.tuning) {
            self.followed.push(Followed {
                track,
                origin: unread.place.clone(),
                confidence: unread.confidence,
                certain: unread.is_certain(),
                since: self.searched,
                fed: self.searched,
            });
            self.followed
                .sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
        }
    }

    fn follow(&mut self, index: usize) -> Progress {
        let one = &mut self.followed[index];
        if !one.track.is_busy()
            && let Some(pyramid) = self.pyramid.clone()
        {
            one.track.feed(pyramid);
            one.fed = self.number;
        }
        match one.track.advance() {
            TrackProgress::More | TrackProgress::Idle => {}
            TrackProgress::Lost => {
                self.followed.remove(index);
            }
            TrackProgress::Read(found) => {
                self.followed.remove(index);
                return read(found, self.scale);
            }
        }
        Progress::More
    }
}

fn read(found: ReadSymbol, scale: [f32; 2]) -> Progress {
    let (corners, step) = (corners(&found, scale), NAME);
    match found.decoded.content {
        Content::Text(text) => Progress::Read(Sighting {
            text,
            corners,
            step,
        }),
        Content::Part(part) => Progress::Part(PartSighting {
            part,
            corners,
            step,
        }),
    }
}

/// Frames say nothing in a log, so only the state is shown.
impl std::fmt::Debug for Tracker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (search, followed) = (self.search.is_some(), self.followed.len());
        write!(f, "Tracker(searching: {search}, following: {followed})")
    }
}
