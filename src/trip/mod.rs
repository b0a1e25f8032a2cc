//! The trip: what is gathered on one walk, and how far every product is.
//!
//! A technician collects requests, answers them at the portal, delivers replies
//! and reads receipts. [`Trip`] is that record as plain data with its rules;
//! nothing in it reads a clock or a file. The crate's `ledger` keeps it in a file
//! that survives a crash: what was acknowledged is on the disk.
//!
//! The phone page runs on this code ([`TripEvent`] in, [`TripOutcome`] out), and
//! exchanges trips as [trip files](crate::trip::file).
//!
//! ```
//! use hikyaku::activation::{Label, practice_confirmation_id, practice_installation_id};
//! use hikyaku::trip::{About, Attribution, Progress, Time, Trip};
//! let at = |seconds| Attribution { at: Time::try_from(seconds).unwrap(), actor: None };
//! let name = Label::cleaned("病棟3").unwrap();
//! let mut trip = Trip::new(About::named(name, at(100).at));
//! let iid = practice_installation_id("ward 3, PC 12");
//! trip.collect_number(&iid, &Default::default(), &at(200)).unwrap();
//! trip.keep_cid(iid.tag(), &practice_confirmation_id(&iid).into(), false, &at(300)).unwrap();
//! assert_eq!(trip.pcs[0].progress(), Progress::CidInHand);
//! ```

mod answer;
mod answer_field;
mod collect;
mod corrections;
mod csv_table;
mod deliveries;
mod derived;
mod error;
mod event;
mod facing;
pub mod facts;
pub mod file;
mod history;
mod known_replies;
mod merge;
mod model;
mod number;
mod packet;
mod pc_list;
mod pc_record;
mod portal_queue;
mod report;
mod same_pc;
mod values;

pub use answer::ReceiptOutcome;
pub use answer_field::{AnswerField, AnswerFieldState};
pub use collect::{CollectOutcome, NumberDetails};
pub use deliveries::{Delivery, DeliveryList};
pub use error::TripError;
pub use event::{CollectedPc, ImportedTrip, TripEvent, TripEventError, TripOutcome};
pub use facing::{Facing, PcScreen};
pub use history::TripStep;
pub use merge::{CidConflict, IidConflict, MergeOutcome};
pub use model::{About, Attribution, Pc, Progress, Trip, TripEntry, Way};
pub use packet::{PacketImport, TripPacket};
pub use pc_list::{ListedPc, PcListError, pc_list_csv, read_pc_list};
pub use portal_queue::{PortalAction, PortalQueue};
pub use report::{Report, ReportRow, Totals, report, report_csv};
pub use values::{HResultText, MAX_TRIP_ENTRIES, ProductState, StepKind, Time};

#[cfg(test)]
pub(crate) mod samples;
#[cfg(test)]
mod tests;
