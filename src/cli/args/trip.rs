//! Arguments of the commands for trips and documents.

use super::KeyedArgs;
#[cfg(feature = "camera")]
use super::LiveArgs;
use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;

/// `trip …`
#[derive(Debug, Subcommand)]
pub(crate) enum TripCommand {
    New(TripNewArgs),
    List,
    Show(TripSelector),
    Export(TripExportArgs),
    Import(TripFilesArgs),
    Merge(TripFilesArgs),
    Withdraw(TripProductArgs),
    Activated(TripProductArgs),
    Choose(TripChooseArgs),
    Number(TripChooseArgs),
    Join(TripJoinArgs),
    Part(TripPartArgs),
    Forget(TripForgetArgs),
}

/// Which trip a command works on.
#[derive(Debug, Clone, Args)]
pub(crate) struct TripSelector {
    #[arg(long, value_name = "NAME", env = "HIKYAKU_TRIP", hide_env = true)]
    pub(crate) trip: Option<String>,
}

/// `trip new`
#[derive(Debug, Args)]
pub(crate) struct TripNewArgs {
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    #[arg(long)]
    pub(crate) site: Option<String>,
    #[arg(long)]
    pub(crate) customer: Option<String>,
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) date: Option<chrono::NaiveDate>,
    #[arg(long)]
    pub(crate) technician: Option<String>,
    #[arg(long, value_enum)]
    pub(crate) way: Option<WayArg>,
    #[arg(long, value_name = "FILE")]
    pub(crate) list: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) trip: TripSelector,
}

/// The agreed way.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum WayArg {
    /// The customer lends a connected PC.
    #[value(alias = "1")]
    Lend,
    /// A connected device is carried in.
    #[value(alias = "2")]
    CarryIn,
    /// Numbers are carried out and back in.
    #[value(alias = "3")]
    CarryOut,
}

/// `trip export`
#[derive(Debug, Args)]
pub(crate) struct TripExportArgs {
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) trip: TripSelector,
}

/// `trip import`, `trip merge`
#[derive(Debug, Args)]
pub(crate) struct TripFilesArgs {
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) trip: TripSelector,
}

/// `trip withdraw`, `trip activated`
#[derive(Debug, Args)]
pub(crate) struct TripProductArgs {
    #[arg(value_name = "PC")]
    pub(crate) pc: String,
    #[arg(long, value_name = "PRODUCT")]
    pub(crate) product: Option<String>,
    #[command(flatten)]
    pub(crate) trip: TripSelector,
}

/// `trip choose`, `trip number`
#[derive(Debug, Args)]
pub(crate) struct TripChooseArgs {
    #[arg(value_name = "PC")]
    pub(crate) pc: String,
    #[arg(value_name = "N")]
    pub(crate) number: Option<usize>,
    #[arg(long, value_name = "PRODUCT")]
    pub(crate) product: Option<String>,
    #[command(flatten)]
    pub(crate) trip: TripSelector,
}

/// `trip join`
#[derive(Debug, Args)]
pub(crate) struct TripJoinArgs {
    #[arg(value_name = "PC")]
    pub(crate) one: String,
    #[arg(value_name = "PC")]
    pub(crate) other: String,
    #[command(flatten)]
    pub(crate) trip: TripSelector,
}

/// `trip part`
#[derive(Debug, Args)]
pub(crate) struct TripPartArgs {
    #[arg(value_name = "PC")]
    pub(crate) pc: String,
    #[command(flatten)]
    pub(crate) trip: TripSelector,
}

/// `trip forget`
#[derive(Debug, Args)]
pub(crate) struct TripForgetArgs {
    #[arg(long)]
    pub(crate) yes: bool,
    #[command(flatten)]
    pub(crate) trip: TripSelector,
}

/// What `collect` can collect from; at least one of them is required.
#[cfg(feature = "camera")]
const COLLECTED: &[&str] = &["pictures", "text", "from", "camera", "camera_folder"];
#[cfg(not(feature = "camera"))]
const COLLECTED: &[&str] = &["pictures", "text", "from"];

/// `collect`
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("what").required(true).multiple(true).args(COLLECTED))]
pub(crate) struct CollectArgs {
    #[arg(value_name = "PICTURE")]
    pub(crate) pictures: Vec<PathBuf>,
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub(crate) text: Vec<PathBuf>,
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub(crate) from: Vec<PathBuf>,
    #[cfg(feature = "camera")]
    #[command(flatten)]
    pub(crate) live: LiveArgs,
    #[cfg(feature = "camera")]
    #[arg(long, value_name = "SECONDS", requires = "live")]
    pub(crate) timeout: Option<u32>,
    #[command(flatten)]
    pub(crate) trip: TripSelector,
}

/// `portal`
#[derive(Debug, Args)]
pub(crate) struct PortalArgs {
    #[arg(long)]
    pub(crate) no_clipboard: bool,
    #[command(flatten)]
    pub(crate) trip: TripSelector,
}

/// `deliver`
#[derive(Debug, Args)]
pub(crate) struct DeliverArgs {
    #[arg(long, value_name = "FILE")]
    pub(crate) sheet: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub(crate) request_sheet: Option<PathBuf>,
    #[arg(value_name = "NAME", conflicts_with_all = ["sheet", "request_sheet"])]
    pub(crate) search: Option<String>,
    #[command(flatten)]
    pub(crate) keyed: KeyedArgs,
    #[arg(long)]
    pub(crate) compact: bool,
    #[cfg(feature = "window")]
    #[arg(long, conflicts_with_all = ["sheet", "request_sheet", "compact"])]
    pub(crate) window: bool,
    #[command(flatten)]
    pub(crate) trip: TripSelector,
}

/// The company that issues a document.
#[derive(Debug, Args)]
pub(crate) struct IssuerArgs {
    #[arg(long, env = "HIKYAKU_COMPANY", hide_env = true)]
    pub(crate) company: Option<String>,
    #[arg(long, value_name = "FILE", env = "HIKYAKU_LOGO", hide_env = true)]
    pub(crate) logo: Option<PathBuf>,
}

/// What a document is for, unless the trip says it.
#[derive(Debug, Args)]
pub(crate) struct OccasionArgs {
    #[arg(long)]
    pub(crate) customer: Option<String>,
    #[arg(long)]
    pub(crate) site: Option<String>,
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) date: Option<chrono::NaiveDate>,
    #[arg(long)]
    pub(crate) technician: Option<String>,
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub(crate) pcs: Option<u32>,
    #[command(flatten)]
    pub(crate) issuer: IssuerArgs,
    #[command(flatten)]
    pub(crate) trip: TripSelector,
}

/// `plan`
#[derive(Debug, Args)]
pub(crate) struct PlanArgs {
    #[arg(long, value_name = "FILE")]
    pub(crate) site: Option<PathBuf>,
    #[arg(long, value_name = "N")]
    pub(crate) pcs: Option<u32>,
    #[arg(long)]
    pub(crate) lent_pc: bool,
    #[arg(long)]
    pub(crate) devices: bool,
    #[arg(long, value_name = "N")]
    pub(crate) signal: Option<u32>,
    #[arg(long)]
    pub(crate) no_phones: bool,
    #[arg(long)]
    pub(crate) no_webcams: bool,
    #[arg(long)]
    pub(crate) scanners: bool,
    #[arg(long, value_name = "N")]
    pub(crate) without_hikyaku: Option<u32>,
    #[arg(long)]
    pub(crate) printer: bool,
    #[arg(long, value_name = "MINUTES")]
    pub(crate) walk: Option<f64>,
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) issuer: IssuerArgs,
}

impl PlanArgs {
    /// Whether the arguments say nothing about the site.
    pub(crate) fn is_bare(&self) -> bool {
        let said = self.lent_pc
            || self.devices
            || self.no_phones
            || self.no_webcams
            || self.scanners
            || self.printer;
        let numbers = self.pcs.is_some()
            || self.signal.is_some()
            || self.walk.is_some()
            || self.without_hikyaku.is_some();
        !said && !numbers && self.site.is_none()
    }
}

/// `runbook`
#[derive(Debug, Args)]
pub(crate) struct RunbookArgs {
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: PathBuf,
    #[arg(long, value_enum)]
    pub(crate) way: Option<WayArg>,
    #[arg(long)]
    pub(crate) account: Option<String>,
    #[arg(long, default_value = "1.0")]
    pub(crate) edition: String,
    #[command(flatten)]
    pub(crate) occasion: OccasionArgs,
}

/// `letter`
#[derive(Debug, Args)]
pub(crate) struct LetterArgs {
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: PathBuf,
    #[arg(long, value_enum)]
    pub(crate) way: Option<WayArg>,
    #[arg(long)]
    pub(crate) without_hikyaku: bool,
    #[command(flatten)]
    pub(crate) occasion: OccasionArgs,
}

/// `report`
#[derive(Debug, Args)]
pub(crate) struct ReportArgs {
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) issuer: IssuerArgs,
    #[command(flatten)]
    pub(crate) trip: TripSelector,
}
