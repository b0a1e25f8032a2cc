//! Rehearses the whole journey with many practice PCs, over a modelled optical path.
//!
//! There are three rounds, as on a real walk. *Collect*: every PC shows its request,
//! and the phone photographs it. *Portal*: the phone's owner gets a Confirmation ID
//! for each Installation ID that was read. *Deliver*: the phone recognises a PC by
//! its request and shows its reply, the PC's webcam reads it, the PC deposits and
//! shows a receipt, and the phone reads that. The sides exchange nothing but
//! photographs.

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

/// Maximum photographs of one screen: by then, a technician would have moved
/// closer, dimmed the phone or typed the number.
const MAX_ATTEMPTS: u32 = 12;

/// Interval of replies that are first shown to a wrong PC on purpose.
const MIX_UP_EVERY: usize = 10;

/// What to rehearse.
#[derive(Debug, Clone)]
pub struct Rehearsal {
    /// Number of practice PCs.
    pub pcs: u32,
    /// Seed of the random number generators.
    pub seed: u64,
    /// Folder for the practice PCs' files, which must not exist yet.
    pub files: PathBuf,
    /// Folder for the photographs; must exist.
    pub photographs: PathBuf,
}

/// Why a rehearsal failed.
#[derive(Debug, thiserror::Error, strum::IntoStaticStr, strum::VariantNames, Advice)]
#[strum(serialize_all = "kebab-case", prefix = "rehearsal-")]
pub enum RehearsalError {
    /// A practice PC's file failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A practice PC's history failed.
    #[error(transparent)]
    Memory(#[from] HistoryError),
    /// The phone's trip failed.
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

/// The inner error's text, for a bug report.
fn reason(error: &RehearsalError) -> Option<(&'static str, Fact)> {
    let reason = match error {
        RehearsalError::Packet(error) => error.to_string(),
        RehearsalError::Symbol(error) => error.to_string(),
        RehearsalError::Camera(error) => error.to_string(),
        _ => return None,
    };
    Some(("reason", reason.into()))
}

/// Progress of a rehearsal, for a progress bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RehearsalProgress {
    /// Total number of screens to show.
    Expected(usize),
    /// One screen was read, or given up.
    Shown,
}

/// Plays the journey. `watch` receives its progress, from several threads.
///
/// # Errors
/// [`RehearsalError`] if files cannot be written or messages cannot be encoded. A
/// bad result is not an error but part of the summary.
pub fn rehearse(
    rehearsal: &Rehearsal,
    watch: &(dyn Fn(RehearsalProgress) + Sync),
) -> Result<Summary, RehearsalError> {
    let begun = Instant::now();
    let rounds = RehearsalRun::new(rehearsal, watch)?;
    rounds.collect()?;
    rounds.visit_portal()?;
    rounds.deliver()?;
    rounds.summary(begun.elapsed())
}
