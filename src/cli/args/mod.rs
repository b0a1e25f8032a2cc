//! The arguments, without their texts: those are in the language files.

mod trip;

pub(in crate::cli) use trip::{
    CollectArgs, DeliverArgs, HouseArgs, LetterArgs, OccasionArgs, PlanArgs, PortalDeskArgs,
    ReportArgs, RunbookArgs, TripChooseArgs, TripCommand, TripExportArgs, TripFilesArgs,
    TripForgetArgs, TripJoinArgs, TripNewArgs, TripPartArgs, TripSelector, TripWithdrawArgs,
    WayArg,
};

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
pub(in crate::cli) struct Cli {
    #[command(flatten)]
    pub(in crate::cli) global: Global,
    #[command(subcommand)]
    pub(in crate::cli) command: Command,
}

/// Options of every command. Their environment variables are read where they
/// are used: one that clap reads would count as an argument, and a bare
/// `hikyaku` would no longer print its help.
#[derive(Debug, Args)]
pub(in crate::cli) struct Global {
    #[arg(long, global = true, value_enum)]
    pub(in crate::cli) lang: Option<LangArg>,
    #[arg(long, global = true)]
    pub(in crate::cli) json: bool,
    #[arg(short, long, global = true)]
    pub(in crate::cli) verbose: bool,
    #[arg(long, global = true, value_name = "FILE")]
    pub(in crate::cli) practice: Option<PathBuf>,
    #[arg(long, global = true, value_name = "FILE")]
    pub(in crate::cli) memory: Option<PathBuf>,
}

/// Language of messages.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(in crate::cli) enum LangArg {
    Ja,
    En,
}

/// The commands, one file each.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Command {
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
pub(in crate::cli) struct PaintArgs {
    #[arg(short, long, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
    #[arg(long)]
    pub(in crate::cli) compact: bool,
    #[arg(long, value_name = "PIXELS", default_value_t = 8, value_parser = clap::value_parser!(u32).range(1..=64))]
    pub(in crate::cli) module: u32,
}

/// `show`
#[derive(Debug, Args)]
pub(in crate::cli) struct ShowArgs {
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) from: Option<PathBuf>,
    #[arg(long, value_name = "PRODUCT")]
    pub(in crate::cli) product: Option<String>,
    #[arg(long, value_name = "URL", env = "HIKYAKU_PAGE", hide_env = true)]
    pub(in crate::cli) page: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) paint: PaintArgs,
}

/// `scan`
#[derive(Debug, Args)]
pub(in crate::cli) struct ScanArgs {
    #[cfg_attr(not(feature = "camera"), arg(required = true, value_name = "PICTURE"))]
    #[cfg_attr(
        feature = "camera",
        arg(required_unless_present = "live", value_name = "PICTURE")
    )]
    pub(in crate::cli) pictures: Vec<PathBuf>,
    #[cfg(feature = "camera")]
    #[command(flatten)]
    pub(in crate::cli) live: LiveArgs,
    #[arg(long, value_name = "PRODUCT")]
    pub(in crate::cli) product: Option<String>,
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
    #[cfg(feature = "camera")]
    #[arg(long, value_name = "SECONDS", requires = "live")]
    pub(in crate::cli) timeout: Option<u32>,
}

/// Where `scan` looks instead of pictures.
#[cfg(feature = "camera")]
#[derive(Debug, Args)]
#[group(id = "live", multiple = false, conflicts_with = "pictures")]
pub(in crate::cli) struct LiveArgs {
    #[arg(long, value_name = "NAME", num_args = 0..=1, default_missing_value = "")]
    pub(in crate::cli) camera: Option<String>,
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) camera_folder: Option<PathBuf>,
}

/// `enter`
#[derive(Debug, Args)]
pub(in crate::cli) struct EnterArgs {
    #[arg(long, value_name = "PRODUCT")]
    pub(in crate::cli) product: Option<String>,
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
    #[arg(long)]
    pub(in crate::cli) trust_digits: bool,
}

/// `reply`
#[derive(Debug, Args)]
pub(in crate::cli) struct ReplyArgs {
    #[arg(value_name = "IID")]
    pub(in crate::cli) iid: String,
    #[arg(value_name = "CID")]
    pub(in crate::cli) cid: String,
    #[command(flatten)]
    pub(in crate::cli) paint: PaintArgs,
}

/// `receipt`
#[derive(Debug, Args)]
pub(in crate::cli) struct ReceiptArgs {
    #[arg(long, value_name = "URL", env = "HIKYAKU_PAGE", hide_env = true)]
    pub(in crate::cli) page: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) paint: PaintArgs,
}

/// `window`
#[cfg(feature = "window")]
#[derive(Debug, Default, Args)]
pub(in crate::cli) struct WindowArgs {
    #[arg(long, value_name = "NAME", conflicts_with_all = ["camera_folder", "no_camera"])]
    pub(in crate::cli) camera: Option<String>,
    #[arg(long, value_name = "DIR", conflicts_with = "no_camera")]
    pub(in crate::cli) camera_folder: Option<PathBuf>,
    #[arg(long)]
    pub(in crate::cli) no_camera: bool,
    #[arg(long, value_name = "URL", env = "HIKYAKU_PAGE", hide_env = true)]
    pub(in crate::cli) page: Option<String>,
    /// For tests and pictures of it.
    #[arg(long, value_name = "WIDTHxHEIGHT", hide = true, value_parser = window_size)]
    pub(in crate::cli) size: Option<[u32; 2]>,
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
pub(in crate::cli) struct DecodeArgs {
    #[arg(required = true, value_name = "PICTURE")]
    pub(in crate::cli) pictures: Vec<PathBuf>,
}

/// `check`
#[derive(Debug, Args)]
pub(in crate::cli) struct CheckArgs {
    #[arg(required = true, value_name = "NUMBER", num_args = 1..)]
    pub(in crate::cli) number: Vec<String>,
}

/// `page`
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("way").required(true))]
pub(in crate::cli) struct PageArgs {
    #[arg(long, value_name = "DIR", group = "way")]
    pub(in crate::cli) out: Option<PathBuf>,
    #[arg(long, group = "way")]
    pub(in crate::cli) serve: bool,
    #[arg(
        long,
        value_name = "PORT",
        default_value_t = 8443,
        conflicts_with = "out"
    )]
    pub(in crate::cli) port: u16,
    #[arg(long, value_name = "ADDRESS", conflicts_with = "out")]
    pub(in crate::cli) bind: Option<IpAddr>,
    #[arg(long, conflicts_with = "out")]
    pub(in crate::cli) plain: bool,
}

/// `practice …`
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum PracticeCommand {
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
pub(in crate::cli) struct NewPcArgs {
    #[arg(value_name = "FILE")]
    pub(in crate::cli) file: PathBuf,
    #[arg(long)]
    pub(in crate::cli) name: Option<String>,
    #[arg(long)]
    pub(in crate::cli) serial: Option<String>,
    #[arg(long)]
    pub(in crate::cli) esu: bool,
    #[arg(long)]
    pub(in crate::cli) office: bool,
    #[arg(long)]
    pub(in crate::cli) kms_client: bool,
    #[arg(long)]
    pub(in crate::cli) not_elevated: bool,
}

/// `practice change-hardware`
#[derive(Debug, Args)]
pub(in crate::cli) struct ChangeHardwareArgs {
    #[arg(value_name = "FILE")]
    pub(in crate::cli) file: PathBuf,
}

/// `practice portal`
#[derive(Debug, Args)]
pub(in crate::cli) struct PortalArgs {
    #[arg(required = true, value_name = "IID", num_args = 1..)]
    pub(in crate::cli) iid: Vec<String>,
}

/// `practice run`
#[derive(Debug, Args)]
pub(in crate::cli) struct RunArgs {
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=500))]
    pub(in crate::cli) pcs: u32,
    #[arg(long, value_name = "SEED", default_value_t = 1)]
    pub(in crate::cli) seed: u64,
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) out: Option<PathBuf>,
}

/// `practice film`
#[derive(Debug, Args)]
pub(in crate::cli) struct FilmArgs {
    #[arg(required = true, value_name = "PICTURE")]
    pub(in crate::cli) pictures: Vec<PathBuf>,
    #[arg(short, long, value_name = "FILE")]
    pub(in crate::cli) output: PathBuf,
    #[arg(long, value_enum, default_value_t = FilmCamera::Webcam)]
    pub(in crate::cli) camera: FilmCamera,
    #[arg(long, value_name = "SEED", default_value_t = 1)]
    pub(in crate::cli) seed: u64,
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=300))]
    pub(in crate::cli) frames: u32,
    #[arg(long, value_name = "PIXELS", default_value_t = 1280, value_parser = clap::value_parser!(u32).range(16..=4096))]
    pub(in crate::cli) width: u32,
    #[arg(long, value_name = "PIXELS", default_value_t = 720, value_parser = clap::value_parser!(u32).range(16..=4096))]
    pub(in crate::cli) height: u32,
}

/// Which camera looks at the screen.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(in crate::cli) enum FilmCamera {
    /// A phone in a hand.
    Phone,
    /// The webcam of a PC.
    Webcam,
}

/// `completions`
#[derive(Debug, Args)]
pub(in crate::cli) struct CompletionsArgs {
    #[arg(value_enum, value_name = "SHELL")]
    pub(in crate::cli) shell: Shell,
}

/// `man`
#[derive(Debug, Args)]
pub(in crate::cli) struct ManArgs {
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(in crate::cli) out: PathBuf,
}
