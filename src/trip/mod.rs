//! The trip: what is gathered on one walk, and how far every product is.
//!
//! A technician collects requests, answers them at the portal, delivers replies
//! and reads receipts. [`Trip`] is that record as plain data with its rules;
//! nothing in it reads a clock or a file. The crate's `ledger` keeps it in a file
//! that survives a crash: what was acknowledged is on the disk.
//!
//! The phone page runs on this code ([`Event`] in, [`Outcome`] out) and exchanges it as
//! a [trip file](crate::trip::file).
//!
//! ```
//! use hikyaku::activation::{Label, practice_confirmation_id, practice_installation_id};
//! use hikyaku::trip::{About, By, Progress, Time, Trip};
//! let at = |seconds| By { at: Time::try_from(seconds).unwrap(), actor: None };
//! let name = Label::cleaned("病棟3").unwrap();
//! let mut trip = Trip::new(About::named(name, at(100).at));
//! let iid = practice_installation_id("ward 3, PC 12");
//! trip.collect_number(&iid, &Default::default(), &at(200)).unwrap();
//! trip.keep_cid(iid.tag(), &practice_confirmation_id(&iid).into(), false, &at(300)).unwrap();
//! assert_eq!(trip.pcs[0].progress(), Progress::CidInHand);
//! ```

mod answer;
mod answer_field;
mod cells;
mod collect;
mod desk;
mod error;
mod event;
mod facing;
pub mod facts;
pub mod file;
mod group;
mod history;
mod merge;
mod model;
mod number;
mod packet;
mod parcels;
mod plan;
mod record;
mod report;
mod settle;
mod told;
mod values;
mod word;

pub use answer::Receipted;
pub use answer_field::{AnswerField, Pasted};
pub use collect::{Collected, Facts};
pub use desk::{Deed, Desk};
pub use error::TripError;
pub use event::{CollectedPc, Event, EventError, Imported, Outcome};
pub use facing::{Facing, Screen};
pub use history::Step;
pub use merge::{Conflict, Merged, TwoNumbers};
pub use model::{About, By, Entry, Pc, Progress, Trip, Way};
pub use packet::{Packed, Taken};
pub use parcels::{Parcel, Parcels};
pub use plan::{PlanError, Planned, planned_csv, read_plan};
pub use report::{Report, ReportRow, Totals, csv_record, report};
pub use values::{Code, MAX_TRIP_ENTRIES, State, StepKind, Time};

#[cfg(test)]
pub(crate) mod samples;
#[cfg(test)]
mod tests;
