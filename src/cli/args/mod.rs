//! The arguments. Their help texts are in the language files.

mod trip;

pub(crate) use trip::{
    CollectArgs, DeliverArgs, IssuerArgs, LetterArgs, OccasionArgs, PlanArgs, PortalArgs,
    ReportArgs, RunbookArgs, TripChooseArgs, TripCommand, TripExportArgs, TripFilesArgs,
    TripForgetArgs, TripJoinArgs, TripNewArgs, TripPartArgs, TripProductArgs, TripSelector, WayArg,
};

use crate::activation::ActivationId;
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
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: GlobalArgs,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Options of every command. Their environment variables are read where they
/// are used: clap counts a variable as an argument, so that a bare `hikyaku`
/// would no longer print its help.
#[derive(Debug, Args)]
pub(crate) struct GlobalArgs {
    #[arg(long, global = true, value_enum)]
    pub(crate) lang: Option<LangArg>,
    #[arg(long, global = true)]
    pub(crate) json: bool,
    #[arg(short, long, global = true)]
    pub(crate) verbose: bool,
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) practice: Option<PathBuf>,
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) memory: Option<PathBuf>,
}

/// Language of messages.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum LangArg {
    Ja,
    En,
}

/// The commands, one file each.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
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
    Portal(PortalArgs),
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
pub(crate) struct PaintArgs {
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[arg(long)]
    pub(crate) compact: bool,
    #[arg(long, value_name = "PIXELS", default_value_t = 8, value_parser = clap::value_parser!(u32).range(1..=64))]
    pub(crate) module: u32,
}

/// `show`
#[derive(Debug, Args)]
pub(crate) struct ShowArgs {
    #[arg(long, value_name = "FILE")]
    pub(crate) from: Option<PathBuf>,
    #[arg(long, value_name = "PRODUCT")]
    pub(crate) product: Option<String>,
    #[arg(long, value_name = "URL", env = "HIKYAKU_PAGE", hide_env = true)]
    pub(crate) page: Option<String>,
    #[command(flatten)]
    pub(crate) paint: PaintArgs,
}

/// `scan`
#[derive(Debug, Args)]
pub(crate) struct ScanArgs {
    #[cfg_attr(not(feature = "camera"), arg(required = true, value_name = "PICTURE"))]
    #[cfg_attr(
        feature = "camera",
        arg(required_unless_present = "live", value_name = "PICTURE")
    )]
    pub(crate) pictures: Vec<PathBuf>,
    #[cfg(feature = "camera")]
    #[command(flatten)]
    pub(crate) live: LiveArgs,
    #[arg(long, value_name = "PRODUCT")]
    pub(crate) product: Option<String>,
    #[arg(long)]
    pub(crate) dry_run: bool,
    #[cfg(feature = "camera")]
    #[arg(long, value_name = "SECONDS", requires = "live")]
    pub(crate) timeout: Option<u32>,
}

/// What `scan` and `collect` read instead of pictures.
#[cfg(feature = "camera")]
#[derive(Debug, Args)]
#[group(id = "live", multiple = false, conflicts_with = "pictures")]
pub(crate) struct LiveArgs {
    #[arg(long, value_name = "NAME", num_args = 0..=1, default_missing_value = "")]
    pub(crate) camera: Option<String>,
    #[arg(long, value_name = "DIR")]
    pub(crate) camera_folder: Option<PathBuf>,
}

/// `enter`
#[derive(Debug, Args)]
pub(crate) struct EnterArgs {
    #[arg(long, value_name = "PRODUCT")]
    pub(crate) product: Option<String>,
    #[arg(long)]
    pub(crate) dry_run: bool,
    #[arg(long)]
    pub(crate) trust_digits: bool,
}

/// `reply`
#[derive(Debug, Args)]
pub(crate) struct ReplyArgs {
    #[arg(value_name = "IID")]
    pub(crate) iid: String,
    #[arg(value_name = "CID")]
    pub(crate) cid: String,
    #[command(flatten)]
    pub(crate) keyed: KeyedArgs,
    #[arg(long, value_name = "GUID", requires = "without_hikyaku", value_parser = activation_id)]
    pub(crate) activation_id: Option<ActivationId>,
    #[command(flatten)]
    pub(crate) paint: PaintArgs,
}

fn activation_id(text: &str) -> Result<ActivationId, String> {
    ActivationId::parse(text).ok_or_else(|| "8-4-4-4-12".to_owned())
}

/// For a PC on which Hikyaku does not run.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct KeyedArgs {
    #[arg(long, value_name = "FORM", value_enum, num_args = 0..=1, require_equals = true,
        default_missing_value = "command")]
    pub(crate) without_hikyaku: Option<KeyedFormArg>,
}

/// What a scanner types there.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum KeyedFormArg {
    Command,
    TabbedBoxes,
    Digits,
}

/// `receipt`
#[derive(Debug, Args)]
pub(crate) struct ReceiptArgs {
    #[arg(long, value_name = "URL", env = "HIKYAKU_PAGE", hide_env = true)]
    pub(crate) page: Option<String>,
    #[command(flatten)]
    pub(crate) paint: PaintArgs,
}

/// `window`
#[cfg(feature = "window")]
#[derive(Debug, Default, Args)]
pub(crate) struct WindowArgs {
    #[arg(long, value_name = "NAME", conflicts_with_all = ["camera_folder", "no_camera"])]
    pub(crate) camera: Option<String>,
    #[arg(long, value_name = "DIR", conflicts_with = "no_camera")]
    pub(crate) camera_folder: Option<PathBuf>,
    #[arg(long)]
    pub(crate) no_camera: bool,
    #[arg(long, value_name = "URL", env = "HIKYAKU_PAGE", hide_env = true)]
    pub(crate) page: Option<String>,
    /// For tests and screenshots.
    #[arg(long, value_name = "WIDTHxHEIGHT", hide = true, value_parser = window_size)]
    pub(crate) size: Option<[u32; 2]>,
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
pub(crate) struct DecodeArgs {
    #[arg(required = true, value_name = "PICTURE")]
    pub(crate) pictures: Vec<PathBuf>,
    /// All pictures show the same screen.
    #[arg(long)]
    pub(crate) joined: bool,
}

/// `check`
#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    #[arg(required = true, value_name = "NUMBER", num_args = 1..)]
    pub(crate) number: Vec<String>,
}

/// `page`
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("way").required(true))]
pub(crate) struct PageArgs {
    #[arg(long, value_name = "DIR", group = "way")]
    pub(crate) out: Option<PathBuf>,
    #[arg(long, group = "way")]
    pub(crate) serve: bool,
    #[arg(
        long,
        value_name = "PORT",
        default_value_t = 8443,
        conflicts_with = "out"
    )]
    pub(crate) port: u16,
    #[arg(long, value_name = "ADDRESS", conflicts_with = "out")]
    pub(crate) bind: Option<IpAddr>,
    #[arg(long, conflicts_with = "out")]
    pub(crate) plain: bool,
}

/// `practice …`
#[derive(Debug, Subcommand)]
pub(crate) enum PracticeCommand {
    NewPc(NewPcArgs),
    ChangeHardware(ChangeHardwareArgs),
    Portal(PracticePortalArgs),
    Run(PracticeRunArgs),
    /// For tests of what reads with a camera; not part of a rehearsal.
    #[command(hide = true)]
    Film(PracticeFilmArgs),
}

/// `practice new-pc`
#[derive(Debug, Args)]
pub(crate) struct NewPcArgs {
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    #[arg(long)]
    pub(crate) name: Option<String>,
    #[arg(long)]
    pub(crate) serial: Option<String>,
    #[arg(long)]
    pub(crate) esu: bool,
    #[arg(long)]
    pub(crate) office: bool,
    #[arg(long)]
    pub(crate) kms_client: bool,
    #[arg(long)]
    pub(crate) not_elevated: bool,
}

/// `practice change-hardware`
#[derive(Debug, Args)]
pub(crate) struct ChangeHardwareArgs {
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
}

/// `practice portal`
#[derive(Debug, Args)]
pub(crate) struct PracticePortalArgs {
    #[arg(required = true, value_name = "IID", num_args = 1..)]
    pub(crate) iid: Vec<String>,
}

/// `practice run`
#[derive(Debug, Args)]
pub(crate) struct PracticeRunArgs {
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=500))]
    pub(crate) pcs: u32,
    #[arg(long, value_name = "SEED", default_value_t = 1)]
    pub(crate) seed: u64,
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
}

/// `practice film`
#[derive(Debug, Args)]
pub(crate) struct PracticeFilmArgs {
    #[arg(required = true, value_name = "PICTURE")]
    pub(crate) pictures: Vec<PathBuf>,
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: PathBuf,
    #[arg(long, value_enum, default_value_t = FilmCamera::Webcam)]
    pub(crate) camera: FilmCamera,
    #[arg(long, value_name = "SEED", default_value_t = 1)]
    pub(crate) seed: u64,
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=300))]
    pub(crate) frames: u32,
    #[arg(long, value_name = "PIXELS", default_value_t = 1280, value_parser = clap::value_parser!(u32).range(16..=4096))]
    pub(crate) width: u32,
    #[arg(long, value_name = "PIXELS", default_value_t = 720, value_parser = clap::value_parser!(u32).range(16..=4096))]
    pub(crate) height: u32,
}

/// Which camera films the screen.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum FilmCamera {
    /// A phone in a hand.
    Phone,
    /// The webcam of a PC.
    Webcam,
}

/// `completions`
#[derive(Debug, Args)]
pub(crate) struct CompletionsArgs {
    #[arg(value_enum, value_name = "SHELL")]
    pub(crate) shell: Shell,
}

/// `man`
#[derive(Debug, Args)]
pub(crate) struct ManArgs {
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(crate) out: PathBuf,
}
