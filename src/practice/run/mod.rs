//! The whole journey, for many practice PCs, over an honest optical path.
//!
//! Three rounds, as on a real walk: *collect* (every PC shows its request, the
//! phone photographs it), *portal* (the phone's owner gets a Confirmation ID
//! for each Installation ID that was read), *deliver* (the phone recognises a
//! PC by its request, turns into its reply, the PC's webcam reads it, the PC
//! deposits, shows a receipt, and the phone reads that). All that passes from
//! one side to the other is a photograph.

mod optics;
mod pc;
mod phone;
mod rounds;
mod summary;

pub use optics::{Shot, ShotPurpose};
pub use summary::{PcSummary, Summary};

use super::camera::CameraModelError;
use crate::advice::{Advice, Fact};
use crate::licensing::{HistoryError, StoreError};
use crate::symbol::SymbolError;
use crate::trip::TripError;
use crate::wire::PacketError;
use rounds::RehearsalRun;
use std::path::PathBuf;
use std::time::Instant;

/// How many photographs are taken of one screen before giving up: a technician
/// would have moved closer, dimmed the phone or typed the number by then.
const MAX_ATTEMPTS: u32 = 12;

/// One reply in so many is first shown to a wrong PC on purpose.
const MIX_UP_EVERY: usize = 10;

/// What to rehearse.
#[derive(Debug, Clone)]
pub struct Rehearsal {
    /// How many practice PCs.
    pub pcs: u32,
    /// Seed of everything that is left to chance.
    pub seed: u64,
    /// Folder for the practice PCs' files; none of their names may be there.
    pub files: PathBuf,
    /// Folder for the photographs; must exist.
    pub photographs: PathBuf,
}

/// Why a rehearsal could not go on.
#[derive(Debug, thiserror::Error, strum::IntoStaticStr, strum::VariantNames, Advice)]
#[strum(serialize_all = "kebab-case", prefix = "rehearsal-")]
pub enum RehearsalError {
    /// A practice PC's file.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What a practice PC remembers.
    #[error(transparent)]
    Memory(#[from] HistoryError),
    /// What the phone was to keep.
    #[error(transparent)]
    Trip(#[from] TripError),
    /// A message did not fit a packet.
    #[error("a message cannot be written: {0}")]
    #[advice(also = reason)]
    Packet(#[from] PacketError),
    /// A message did not fit a symbol.
    #[error("a symbol cannot be made: {0}")]
    #[advice(also = reason)]
    Symbol(#[from] SymbolError),
    /// The camera model could not take a photograph.
    #[error("the camera model failed: {0}")]
    #[advice(also = reason)]
    Camera(#[from] CameraModelError),
    /// A photograph could not be written.
    #[error("cannot write {file}: {reason}")]
    Photograph {
        /// The file, printable.
        file: String,
        /// What the system said.
        reason: String,
    },
}

/// What the camera model or the encoder said, for the report of a defect.
fn reason(error: &RehearsalError) -> Option<(&'static str, Fact)> {
    let reason = match error {
        RehearsalError::Packet(error) => error.to_string(),
        RehearsalError::Symbol(error) => error.to_string(),
        RehearsalError::Camera(error) => error.to_string(),
        _ => return None,
    };
    Some(("reason", reason.into()))
}

/// Something that happened, for a progress bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RehearsalProgress {
    /// So many screens are to be shown in all.
    Expected(usize),
    /// One screen has been photographed until it was read, or given up.
    Shown,
}

/// Plays the journey; `watch` hears of its progress, from several threads.
///
/// # Errors
/// [`RehearsalError`] when files cannot be written or messages not be made. A
/// journey that ends badly is no error: the summary says so.
pub fn rehearse(
    rehearsal: &Rehearsal,
    watch: &(dyn Fn(RehearsalProgress) + Sync),
) -> Result<Summary, RehearsalError> {
    let begun = Instant::now();
    let rounds = RehearsalRun::assemble(rehearsal, watch)?;
    rounds.collect()?;
    rounds.visit_portal()?;
    rounds.deliver()?;
    rounds.summary(begun.elapsed())
}
