//! The arguments, without their texts: those are in the language files.

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use std::net::IpAddr;
use std::path::PathBuf;

/// `hikyaku`
#[derive(Debug, Parser)]
#[command(
    name = "hikyaku",
    version,
    disable_help_flag = true,
    disable_version_flag = true
)]
#[command(disable_help_subcommand = true, arg_required_else_help = true)]
pub(super) struct Cli {
    #[command(flatten)]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) command: Command,
}

/// Options of every command. Their environment variables are read where they
/// are used: one that clap reads would count as an argument, and a bare
/// `hikyaku` would no longer print its help.
#[derive(Debug, Args)]
pub(super) struct Global {
    #[arg(long, global = true, value_enum)]
    pub(super) lang: Option<LangArg>,
    #[arg(long, global = true)]
    pub(super) json: bool,
    #[arg(short, long, global = true)]
    pub(super) verbose: bool,
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) practice: Option<PathBuf>,
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) memory: Option<PathBuf>,
}

/// Language of messages.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum LangArg {
    Ja,
    En,
}

/// The commands, one file each.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Show(ShowArgs),
    Scan(ScanArgs),
    Enter(EnterArgs),
    #[cfg(feature = "camera")]
    Cameras,
    Status,
    Reply(ReplyArgs),
    Receipt(ReceiptArgs),
    #[cfg(feature = "window")]
    Window(WindowArgs),
    Decode(DecodeArgs),
    Check(CheckArgs),
    Page(PageArgs),
    #[command(subcommand, arg_required_else_help = true)]
    Trip(TripCommand),
    Collect(CollectArgs),
    Portal(PortalDeskArgs),
    Deliver(DeliverArgs),
    Report(ReportArgs),
    Plan(PlanArgs),
    Runbook(RunbookArgs),
    Letter(LetterArgs),
    #[command(subcommand, arg_required_else_help = true)]
    Practice(PracticeCommand),
    Completions(CompletionsArgs),
    Man(ManArgs),
}

/// How a symbol is painted.
#[derive(Debug, Clone, Args)]
pub(super) struct PaintArgs {
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    #[arg(long)]
    pub(super) compact: bool,
    #[arg(long, value_name = "PIXELS", default_value_t = 8, value_parser = clap::value_parser!(u32).range(1..=64))]
    pub(super) module: u32,
}

/// `show`
#[derive(Debug, Args)]
pub(super) struct ShowArgs {
    #[arg(long, value_name = "FILE")]
    pub(super) from: Option<PathBuf>,
    #[arg(long, value_name = "PRODUCT")]
    pub(super) product: Option<String>,
    #[arg(long, value_name = "URL", env = "HIKYAKU_PAGE", hide_env = true)]
    pub(super) page: Option<String>,
    #[command(flatten)]
    pub(super) paint: PaintArgs,
}

/// `scan`
#[derive(Debug, Args)]
pub(super) struct ScanArgs {
    #[cfg_attr(not(feature = "camera"), arg(required = true, value_name = "PICTURE"))]
    #[cfg_attr(
        feature = "camera",
        arg(required_unless_present = "live", value_name = "PICTURE")
    )]
    pub(super) pictures: Vec<PathBuf>,
    #[cfg(feature = "camera")]
    #[command(flatten)]
    pub(super) live: LiveArgs,
    #[arg(long, value_name = "PRODUCT")]
    pub(super) product: Option<String>,
    #[arg(long)]
    pub(super) dry_run: bool,
    #[cfg(feature = "camera")]
    #[arg(long, value_name = "SECONDS", requires = "live")]
    pub(super) timeout: Option<u32>,
}

/// Where `scan` looks instead of pictures.
#[cfg(feature = "camera")]
#[derive(Debug, Args)]
#[group(id = "live", multiple = false, conflicts_with = "pictures")]
pub(super) struct LiveArgs {
    #[arg(long, value_name = "NAME", num_args = 0..=1, default_missing_value = "")]
    pub(super) camera: Option<String>,
    #[arg(long, value_name = "DIR")]
    pub(super) camera_folder: Option<PathBuf>,
}

/// `enter`
#[derive(Debug, Args)]
pub(super) struct EnterArgs {
    #[arg(long, value_name = "PRODUCT")]
    pub(super) product: Option<String>,
    #[arg(long)]
    pub(super) dry_run: bool,
    #[arg(long)]
    pub(super) trust_digits: bool,
}

/// `reply`
#[derive(Debug, Args)]
pub(super) struct ReplyArgs {
    #[arg(value_name = "IID")]
    pub(super) iid: String,
    #[arg(value_name = "CID")]
    pub(super) cid: String,
    #[command(flatten)]
    pub(super) paint: PaintArgs,
}

/// `receipt`
#[derive(Debug, Args)]
pub(super) struct ReceiptArgs {
    #[arg(long, value_name = "URL", env = "HIKYAKU_PAGE", hide_env = true)]
    pub(super) page: Option<String>,
    #[command(flatten)]
    pub(super) paint: PaintArgs,
}

/// `window`
#[cfg(feature = "window")]
#[derive(Debug, Default, Args)]
pub(super) struct WindowArgs {
    #[arg(long, value_name = "NAME", conflicts_with_all = ["camera_folder", "no_camera"])]
    pub(super) camera: Option<String>,
    #[arg(long, value_name = "DIR", conflicts_with = "no_camera")]
    pub(super) camera_folder: Option<PathBuf>,
    #[arg(long)]
    pub(super) no_camera: bool,
    #[arg(long, value_name = "URL", env = "HIKYAKU_PAGE", hide_env = true)]
    pub(super) page: Option<String>,
    /// For tests and pictures of it.
    #[arg(long, value_name = "WIDTHxHEIGHT", hide = true, value_parser = window_size)]
    pub(super) size: Option<[u32; 2]>,
}

/// `1024x768`
#[cfg(feature = "window")]
fn window_size(text: &str) -> Result<[u32; 2], String> {
    let sides = text.split_once('x').and_then(|(width, height)| {
        let side = |text: &str| text.parse().ok().filter(|side| (320..=8192).contains(side));
        Some([side(width)?, side(height)?])
    });
    sides.ok_or_else(|| "WIDTHxHEIGHT".to_owned())
}

/// `decode`
#[derive(Debug, Args)]
pub(super) struct DecodeArgs {
    #[arg(required = true, value_name = "PICTURE")]
    pub(super) pictures: Vec<PathBuf>,
}

/// `check`
#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    #[arg(required = true, value_name = "NUMBER", num_args = 1..)]
    pub(super) number: Vec<String>,
}

/// `page`
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("way").required(true))]
pub(super) struct PageArgs {
    #[arg(long, value_name = "DIR", group = "way")]
    pub(super) out: Option<PathBuf>,
    #[arg(long, group = "way")]
    pub(super) serve: bool,
    #[arg(
        long,
        value_name = "PORT",
        default_value_t = 8443,
        conflicts_with = "out"
    )]
    pub(super) port: u16,
    #[arg(long, value_name = "ADDRESS", conflicts_with = "out")]
    pub(super) bind: Option<IpAddr>,
    #[arg(long, conflicts_with = "out")]
    pub(super) plain: bool,
}

/// `trip …`
#[derive(Debug, Subcommand)]
pub(super) enum TripCommand {
    New(TripNewArgs),
    List,
    Show(LedgerArgs),
    Export(TripExportArgs),
    Import(TripFilesArgs),
    Merge(TripFilesArgs),
    Forget(TripForgetArgs),
}

/// Which trip is meant.
#[derive(Debug, Clone, Args)]
pub(super) struct LedgerArgs {
    #[arg(long, value_name = "TRIP", env = "HIKYAKU_LEDGER", hide_env = true)]
    pub(super) ledger: Option<String>,
}

/// `trip new`
#[derive(Debug, Args)]
pub(super) struct TripNewArgs {
    #[arg(value_name = "NAME")]
    pub(super) name: String,
    #[arg(long)]
    pub(super) site: Option<String>,
    #[arg(long)]
    pub(super) customer: Option<String>,
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(super) date: Option<chrono::NaiveDate>,
    #[arg(long)]
    pub(super) technician: Option<String>,
    #[arg(long, value_enum)]
    pub(super) way: Option<WayArg>,
    #[arg(long, value_name = "FILE")]
    pub(super) list: Option<PathBuf>,
    #[command(flatten)]
    pub(super) ledger: LedgerArgs,
}

/// The agreed way.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum WayArg {
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
pub(super) struct TripExportArgs {
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    #[command(flatten)]
    pub(super) ledger: LedgerArgs,
}

/// `trip import`, `trip merge`
#[derive(Debug, Args)]
pub(super) struct TripFilesArgs {
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) ledger: LedgerArgs,
}

/// `trip forget`
#[derive(Debug, Args)]
pub(super) struct TripForgetArgs {
    #[arg(long)]
    pub(super) yes: bool,
    #[command(flatten)]
    pub(super) ledger: LedgerArgs,
}

/// Where `collect` finds something.
#[cfg(feature = "camera")]
const COLLECTED: &[&str] = &["pictures", "text", "trip", "camera", "camera_folder"];
#[cfg(not(feature = "camera"))]
const COLLECTED: &[&str] = &["pictures", "text", "trip"];

/// `collect`
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("what").required(true).multiple(true).args(COLLECTED))]
pub(super) struct CollectArgs {
    #[arg(value_name = "PICTURE")]
    pub(super) pictures: Vec<PathBuf>,
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub(super) text: Vec<PathBuf>,
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub(super) trip: Vec<PathBuf>,
    #[cfg(feature = "camera")]
    #[command(flatten)]
    pub(super) live: LiveArgs,
    #[cfg(feature = "camera")]
    #[arg(long, value_name = "SECONDS", requires = "live")]
    pub(super) timeout: Option<u32>,
    #[command(flatten)]
    pub(super) ledger: LedgerArgs,
}

/// `portal`
#[derive(Debug, Args)]
pub(super) struct PortalDeskArgs {
    #[arg(long)]
    pub(super) no_clipboard: bool,
    #[command(flatten)]
    pub(super) ledger: LedgerArgs,
}

/// `deliver`
#[derive(Debug, Args)]
pub(super) struct DeliverArgs {
    #[arg(long, value_name = "FILE")]
    pub(super) sheet: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub(super) request_sheet: Option<PathBuf>,
    #[arg(value_name = "NAME", conflicts_with_all = ["sheet", "request_sheet"])]
    pub(super) search: Option<String>,
    #[arg(long)]
    pub(super) compact: bool,
    #[command(flatten)]
    pub(super) ledger: LedgerArgs,
}

/// Whose document it is.
#[derive(Debug, Args)]
pub(super) struct HouseArgs {
    #[arg(long, env = "HIKYAKU_COMPANY", hide_env = true)]
    pub(super) company: Option<String>,
    #[arg(long, value_name = "FILE", env = "HIKYAKU_LOGO", hide_env = true)]
    pub(super) logo: Option<PathBuf>,
}

/// What a document is for, where no trip says it.
#[derive(Debug, Args)]
pub(super) struct OccasionArgs {
    #[arg(long)]
    pub(super) customer: Option<String>,
    #[arg(long)]
    pub(super) site: Option<String>,
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(super) date: Option<chrono::NaiveDate>,
    #[arg(long)]
    pub(super) technician: Option<String>,
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub(super) pcs: Option<u32>,
    #[command(flatten)]
    pub(super) house: HouseArgs,
    #[command(flatten)]
    pub(super) ledger: LedgerArgs,
}

/// `plan`
#[derive(Debug, Args)]
pub(super) struct PlanArgs {
    #[arg(long, value_name = "FILE")]
    pub(super) site: Option<PathBuf>,
    #[arg(long, value_name = "N")]
    pub(super) pcs: Option<u32>,
    #[arg(long)]
    pub(super) lent_pc: bool,
    #[arg(long)]
    pub(super) devices: bool,
    #[arg(long, value_name = "N")]
    pub(super) signal: Option<u32>,
    #[arg(long)]
    pub(super) no_phones: bool,
    #[arg(long)]
    pub(super) no_webcams: bool,
    #[arg(long)]
    pub(super) scanners: bool,
    #[arg(long)]
    pub(super) printer: bool,
    #[arg(long, value_name = "MINUTES")]
    pub(super) walk: Option<f64>,
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    #[command(flatten)]
    pub(super) house: HouseArgs,
}

impl PlanArgs {
    /// Nothing is said of the site.
    pub(super) fn is_bare(&self) -> bool {
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
pub(super) struct RunbookArgs {
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: PathBuf,
    #[arg(long, value_enum)]
    pub(super) way: Option<WayArg>,
    #[arg(long)]
    pub(super) account: Option<String>,
    #[arg(long, default_value = "1.0")]
    pub(super) edition: String,
    #[command(flatten)]
    pub(super) occasion: OccasionArgs,
}

/// `letter`
#[derive(Debug, Args)]
pub(super) struct LetterArgs {
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: PathBuf,
    #[arg(long, value_enum)]
    pub(super) way: Option<WayArg>,
    #[command(flatten)]
    pub(super) occasion: OccasionArgs,
}

/// `report`
#[derive(Debug, Args)]
pub(super) struct ReportArgs {
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    #[command(flatten)]
    pub(super) house: HouseArgs,
    #[command(flatten)]
    pub(super) ledger: LedgerArgs,
}

/// `practice …`
#[derive(Debug, Subcommand)]
pub(super) enum PracticeCommand {
    NewPc(NewPcArgs),
    ChangeHardware(ChangeHardwareArgs),
    Portal(PortalArgs),
    Run(RunArgs),
    /// For tests of whatever has a camera: no part of a rehearsal.
    #[command(hide = true)]
    Film(FilmArgs),
}

/// `practice new-pc`
#[derive(Debug, Args)]
pub(super) struct NewPcArgs {
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    #[arg(long)]
    pub(super) name: Option<String>,
    #[arg(long)]
    pub(super) serial: Option<String>,
    #[arg(long)]
    pub(super) esu: bool,
    #[arg(long)]
    pub(super) office: bool,
    #[arg(long)]
    pub(super) kms_client: bool,
    #[arg(long)]
    pub(super) not_elevated: bool,
}

/// `practice change-hardware`
#[derive(Debug, Args)]
pub(super) struct ChangeHardwareArgs {
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
}

/// `practice portal`
#[derive(Debug, Args)]
pub(super) struct PortalArgs {
    #[arg(required = true, value_name = "IID", num_args = 1..)]
    pub(super) iid: Vec<String>,
}

/// `practice run`
#[derive(Debug, Args)]
pub(super) struct RunArgs {
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=500))]
    pub(super) pcs: u32,
    #[arg(long, value_name = "SEED", default_value_t = 1)]
    pub(super) seed: u64,
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
}

/// `practice film`
#[derive(Debug, Args)]
pub(super) struct FilmArgs {
    #[arg(required = true, value_name = "PICTURE")]
    pub(super) pictures: Vec<PathBuf>,
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: PathBuf,
    #[arg(long, value_enum, default_value_t = FilmCamera::Webcam)]
    pub(super) camera: FilmCamera,
    #[arg(long, value_name = "SEED", default_value_t = 1)]
    pub(super) seed: u64,
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=300))]
    pub(super) frames: u32,
    #[arg(long, value_name = "PIXELS", default_value_t = 1280, value_parser = clap::value_parser!(u32).range(16..=4096))]
    pub(super) width: u32,
    #[arg(long, value_name = "PIXELS", default_value_t = 720, value_parser = clap::value_parser!(u32).range(16..=4096))]
    pub(super) height: u32,
}

/// Which camera looks at the screen.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum FilmCamera {
    /// A phone in a hand.
    Phone,
    /// The webcam of a PC.
    Webcam,
}

/// `completions`
#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {
    #[arg(value_enum, value_name = "SHELL")]
    pub(super) shell: Shell,
}

/// `man`
#[derive(Debug, Args)]
pub(super) struct ManArgs {
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(super) out: PathBuf,
}
