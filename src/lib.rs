//! Offline Windows activation carried across an air gap by QR codes.
//!
//! A PC that must stay offline shows an *Installation ID* as a QR code; a phone
//! outside reads it, its owner enters it at Microsoft's portal, and the
//! *Confirmation ID* comes back as a QR code, is matched, deposited and
//! confirmed. The crate carries that exchange and nothing else.
//!
//! # The map
//!
//! Dependence runs one way, from faces to facts:
//!
//! | module | what | feature |
//! | --- | --- | --- |
//! | `cli` | the command line, one file per command | `cli` |
//! | `window` | the window on the offline PC | `window` |
//! | `paper` | what gets printed: sheets, record, instruction, letter | `paper` |
//! | `practice` | rehearsal: portal, camera model, the journey | `practice` |
//! | `ledger` | the file that keeps a trip and survives a crash | `ledger` |
//! | `camera` | live frames: a real camera, or a folder of pictures | `camera` |
//! | `licensing` | the PC's licence store, and the deposit | `licensing` |
//! | `companion` | the phone page, which runs on this crate; served over HTTPS with `serve` | `page` |
//! | `platform` | what the operating system does differently | `licensing` |
//! | `i18n` | messages, in Japanese and English | `i18n` |
//! | `scan` | pictures to texts | `pictures` |
//! | [`symbol`] | texts to QR symbols, and their paintings | |
//! | [`ways`] | which way to work at a site, and how long each takes | |
//! | [`trip`] | what was gathered on a walk, its rules and its file | |
//! | [`wire`] | messages as text: numbers, packets, links | |
//! | [`activation`] | the domain: numbers, products, messages, matching | |
//! | [`advice`] | what every error tells a person | |
//! | [`ground`] | panics kept inside, locks, printable text, files written wholly | |
#![warn(missing_docs)]

pub mod activation;
pub mod advice;
#[cfg(feature = "camera")]
pub mod camera;
#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "page")]
pub mod companion;
pub mod ground;
#[cfg(feature = "i18n")]
pub mod i18n;
#[cfg(feature = "ledger")]
pub mod ledger;
#[cfg(feature = "licensing")]
pub mod licensing;
#[cfg(feature = "paper")]
pub mod paper;
#[cfg(feature = "licensing")]
pub mod platform;
#[cfg(feature = "practice")]
pub mod practice;
#[cfg(feature = "pictures")]
pub mod scan;
pub mod symbol;
pub mod trip;
pub mod ways;
#[cfg(feature = "window")]
pub mod window;
pub mod wire;
