//! Arguments of what has to do with trips and with paper.

#[cfg(feature = "camera")]
use super::LiveArgs;
use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;

/// `trip …`
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum TripCommand {
    New(TripNewArgs),
    List,
    Show(TripSelector),
    Export(TripExportArgs),
    Import(TripFilesArgs),
    Merge(TripFilesArgs),
    Withdraw(TripWithdrawArgs),
    Choose(TripChooseArgs),
    Number(TripChooseArgs),
    Join(TripJoinArgs),
    Part(TripPartArgs),
    Forget(TripForgetArgs),
}

/// Which trip is meant.
#[derive(Debug, Clone, Args)]
pub(in crate::cli) struct TripSelector {
    #[arg(long, value_name = "NAME", env = "HIKYAKU_TRIP", hide_env = true)]
    pub(in crate::cli) trip: Option<String>,
}

/// `trip new`
#[derive(Debug, Args)]
pub(in crate::cli) struct TripNewArgs {
    #[arg(value_name = "NAME")]
    pub(in crate::cli) name: String,
    #[arg(long)]
    pub(in crate::cli) site: Option<String>,
    #[arg(long)]
    pub(in crate::cli) customer: Option<String>,
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(in crate::cli) date: Option<chrono::NaiveDate>,
    #[arg(long)]
    pub(in crate::cli) technician: Option<String>,
    #[arg(long, value_enum)]
    pub(in crate::cli) way: Option<WayArg>,
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) list: Option<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) trip: TripSelector,
}

/// The agreed way.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(in crate::cli) enum WayArg {
    /// The customer lends a connected PC.
    #[value(alias = "1")]
    Lend,
    /// A connected device is carried in.
    #[value(alias = "2")]
    CarryIn,
    /// Numbers out, numbers back in.
    #[value(alias = "3")]
    CarryOut,
}

/// `trip export`
#[derive(Debug, Args)]
pub(in crate::cli) struct TripExportArgs {
    #[arg(value_name = "FILE")]
    pub(in crate::cli) file: PathBuf,
    #[command(flatten)]
    pub(in crate::cli) trip: TripSelector,
}

/// `trip import`, `trip merge`
#[derive(Debug, Args)]
pub(in crate::cli) struct TripFilesArgs {
    #[arg(required = true, value_name = "FILE")]
    pub(in crate::cli) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) trip: TripSelector,
}

/// `trip withdraw`
#[derive(Debug, Args)]
pub(in crate::cli) struct TripWithdrawArgs {
    #[arg(value_name = "PC")]
    pub(in crate::cli) pc: String,
    #[arg(long, value_name = "PRODUCT")]
    pub(in crate::cli) product: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) trip: TripSelector,
}

/// `trip choose`, `trip number`
#[derive(Debug, Args)]
pub(in crate::cli) struct TripChooseArgs {
    #[arg(value_name = "PC")]
    pub(in crate::cli) pc: String,
    #[arg(value_name = "N")]
    pub(in crate::cli) number: Option<usize>,
    #[arg(long, value_name = "PRODUCT")]
    pub(in crate::cli) product: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) trip: TripSelector,
}

/// `trip join`
#[derive(Debug, Args)]
pub(in crate::cli) struct TripJoinArgs {
    #[arg(value_name = "PC")]
    pub(in crate::cli) one: String,
    #[arg(value_name = "PC")]
    pub(in crate::cli) other: String,
    #[command(flatten)]
    pub(in crate::cli) trip: TripSelector,
}

/// `trip part`
#[derive(Debug, Args)]
pub(in crate::cli) struct TripPartArgs {
    #[arg(value_name = "PC")]
    pub(in crate::cli) pc: String,
    #[command(flatten)]
    pub(in crate::cli) trip: TripSelector,
}

/// `trip forget`
#[derive(Debug, Args)]
pub(in crate::cli) struct TripForgetArgs {
    #[arg(long)]
    pub(in crate::cli) yes: bool,
    #[command(flatten)]
    pub(in crate::cli) trip: TripSelector,
}

/// Where `collect` finds something.
#[cfg(feature = "camera")]
const COLLECTED: &[&str] = &["pictures", "text", "from", "camera", "camera_folder"];
#[cfg(not(feature = "camera"))]
const COLLECTED: &[&str] = &["pictures", "text", "from"];

/// `collect`
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("what").required(true).multiple(true).args(COLLECTED))]
pub(in crate::cli) struct CollectArgs {
    #[arg(value_name = "PICTURE")]
    pub(in crate::cli) pictures: Vec<PathBuf>,
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub(in crate::cli) text: Vec<PathBuf>,
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub(in crate::cli) from: Vec<PathBuf>,
    #[cfg(feature = "camera")]
    #[command(flatten)]
    pub(in crate::cli) live: LiveArgs,
    #[cfg(feature = "camera")]
    #[arg(long, value_name = "SECONDS", requires = "live")]
    pub(in crate::cli) timeout: Option<u32>,
    #[command(flatten)]
    pub(in crate::cli) trip: TripSelector,
}

/// `portal`
#[derive(Debug, Args)]
pub(in crate::cli) struct PortalDeskArgs {
    #[arg(long)]
    pub(in crate::cli) no_clipboard: bool,
    #[command(flatten)]
    pub(in crate::cli) trip: TripSelector,
}

/// `deliver`
#[derive(Debug, Args)]
pub(in crate::cli) struct DeliverArgs {
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) sheet: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) request_sheet: Option<PathBuf>,
    #[arg(value_name = "NAME", conflicts_with_all = ["sheet", "request_sheet"])]
    pub(in crate::cli) search: Option<String>,
    #[arg(long)]
    pub(in crate::cli) compact: bool,
    #[cfg(feature = "window")]
    #[arg(long, conflicts_with_all = ["sheet", "request_sheet", "compact"])]
    pub(in crate::cli) window: bool,
    #[command(flatten)]
    pub(in crate::cli) trip: TripSelector,
}

/// Whose document it is.
#[derive(Debug, Args)]
pub(in crate::cli) struct HouseArgs {
    #[arg(long, env = "HIKYAKU_COMPANY", hide_env = true)]
    pub(in crate::cli) company: Option<String>,
    #[arg(long, value_name = "FILE", env = "HIKYAKU_LOGO", hide_env = true)]
    pub(in crate::cli) logo: Option<PathBuf>,
}

/// What a document is for, where no trip says it.
#[derive(Debug, Args)]
pub(in crate::cli) struct OccasionArgs {
    #[arg(long)]
    pub(in crate::cli) customer: Option<String>,
    #[arg(long)]
    pub(in crate::cli) site: Option<String>,
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(in crate::cli) date: Option<chrono::NaiveDate>,
    #[arg(long)]
    pub(in crate::cli) technician: Option<String>,
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub(in crate::cli) pcs: Option<u32>,
    #[command(flatten)]
    pub(in crate::cli) house: HouseArgs,
    #[command(flatten)]
    pub(in crate::cli) trip: TripSelector,
}

/// `plan`
#[derive(Debug, Args)]
pub(in crate::cli) struct PlanArgs {
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) site: Option<PathBuf>,
    #[arg(long, value_name = "N")]
    pub(in crate::cli) pcs: Option<u32>,
    #[arg(long)]
    pub(in crate::cli) lent_pc: bool,
    #[arg(long)]
    pub(in crate::cli) devices: bool,
    #[arg(long, value_name = "N")]
    pub(in crate::cli) signal: Option<u32>,
    #[arg(long)]
    pub(in crate::cli) no_phones: bool,
    #[arg(long)]
    pub(in crate::cli) no_webcams: bool,
    #[arg(long)]
    pub(in crate::cli) scanners: bool,
    #[arg(long)]
    pub(in crate::cli) printer: bool,
    #[arg(long, value_name = "MINUTES")]
    pub(in crate::cli) walk: Option<f64>,
    #[arg(short, long, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) house: HouseArgs,
}

impl PlanArgs {
    /// Nothing is said of the site.
    pub(in crate::cli) fn is_bare(&self) -> bool {
        let said = self.lent_pc
            || self.devices
            || self.no_phones
            || self.no_webcams
            || self.scanners
            || self.printer;
        let numbers = self.pcs.is_some() || self.signal.is_some() || self.walk.is_some();
        !said && !numbers && self.site.is_none()
    }
}

/// `runbook`
#[derive(Debug, Args)]
pub(in crate::cli) struct RunbookArgs {
    #[arg(short, long, value_name = "FILE")]
    pub(in crate::cli) output: PathBuf,
    #[arg(long, value_enum)]
    pub(in crate::cli) way: Option<WayArg>,
    #[arg(long)]
    pub(in crate::cli) account: Option<String>,
    #[arg(long, default_value = "1.0")]
    pub(in crate::cli) edition: String,
    #[command(flatten)]
    pub(in crate::cli) occasion: OccasionArgs,
}

/// `letter`
#[derive(Debug, Args)]
pub(in crate::cli) struct LetterArgs {
    #[arg(short, long, value_name = "FILE")]
    pub(in crate::cli) output: PathBuf,
    #[arg(long, value_enum)]
    pub(in crate::cli) way: Option<WayArg>,
    #[command(flatten)]
    pub(in crate::cli) occasion: OccasionArgs,
}

/// `report`
#[derive(Debug, Args)]
pub(in crate::cli) struct ReportArgs {
    #[arg(short, long, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) house: HouseArgs,
    #[command(flatten)]
    pub(in crate::cli) trip: TripSelector,
}
