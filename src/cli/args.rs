//! The arguments, without their texts: those are in the language files.

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use std::path::PathBuf;

/// `hikyaku`
#[derive(Debug, Parser)]
#[command(name = "hikyaku", version, disable_help_flag = true, disable_version_flag = true)]
#[command(disable_help_subcommand = true, arg_required_else_help = true)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

/// Options of every command.
#[derive(Debug, Args)]
pub struct Global {
    #[arg(long, global = true, value_enum, env = "HIKYAKU_LANG", hide_env = true)]
    pub lang: Option<LangArg>,
    #[arg(long, global = true)]
    pub json: bool,
    #[arg(short, long, global = true)]
    pub verbose: bool,
    #[arg(long, global = true, value_name = "FILE")]
    pub practice: Option<PathBuf>,
    #[arg(long, global = true, value_name = "FILE", env = "HIKYAKU_MEMORY", hide_env = true)]
    pub memory: Option<PathBuf>,
}

/// Language of messages.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum LangArg {
    Ja,
    En,
}

/// The commands, one file each.
#[derive(Debug, Subcommand)]
pub enum Command {
    Show(ShowArgs),
    Scan(ScanArgs),
    Enter(EnterArgs),
    Status,
    Reply(ReplyArgs),
    Receipt(ReceiptArgs),
    Decode(DecodeArgs),
    Check(CheckArgs),
    #[command(subcommand)]
    Practice(PracticeCommand),
    Completions(CompletionsArgs),
    Man(ManArgs),
}

/// How a symbol is painted.
#[derive(Debug, Clone, Args)]
pub struct PaintArgs {
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[arg(long)]
    pub compact: bool,
    #[arg(long, value_name = "PIXELS", default_value_t = 8, value_parser = clap::value_parser!(u32).range(1..=64))]
    pub module: u32,
}

/// `show`
#[derive(Debug, Args)]
pub struct ShowArgs {
    #[arg(long, value_name = "FILE")]
    pub from: Option<PathBuf>,
    #[arg(long, value_name = "PRODUCT")]
    pub product: Option<String>,
    #[arg(long, value_name = "URL", env = "HIKYAKU_PAGE", hide_env = true)]
    pub page: Option<String>,
    #[command(flatten)]
    pub paint: PaintArgs,
}

/// `scan`
#[derive(Debug, Args)]
pub struct ScanArgs {
    #[arg(required = true, value_name = "PICTURE")]
    pub pictures: Vec<PathBuf>,
    #[arg(long, value_name = "PRODUCT")]
    pub product: Option<String>,
    #[arg(long)]
    pub dry_run: bool,
}

/// `enter`
#[derive(Debug, Args)]
pub struct EnterArgs {
    #[arg(long, value_name = "PRODUCT")]
    pub product: Option<String>,
    #[arg(long)]
    pub dry_run: bool,
    #[arg(long)]
    pub trust_digits: bool,
}

/// `reply`
#[derive(Debug, Args)]
pub struct ReplyArgs {
    #[arg(value_name = "IID")]
    pub iid: String,
    #[arg(value_name = "CID")]
    pub cid: String,
    #[command(flatten)]
    pub paint: PaintArgs,
}

/// `receipt`
#[derive(Debug, Args)]
pub struct ReceiptArgs {
    #[arg(long, value_name = "URL", env = "HIKYAKU_PAGE", hide_env = true)]
    pub page: Option<String>,
    #[command(flatten)]
    pub paint: PaintArgs,
}

/// `decode`
#[derive(Debug, Args)]
pub struct DecodeArgs {
    #[arg(required = true, value_name = "PICTURE")]
    pub pictures: Vec<PathBuf>,
}

/// `check`
#[derive(Debug, Args)]
pub struct CheckArgs {
    #[arg(required = true, value_name = "NUMBER", num_args = 1..)]
    pub number: Vec<String>,
}

/// `practice …`
#[derive(Debug, Subcommand)]
pub enum PracticeCommand {
    NewPc(NewPcArgs),
    ChangeHardware(ChangeHardwareArgs),
    Portal(PortalArgs),
    Run(RunArgs),
}

/// `practice new-pc`
#[derive(Debug, Args)]
pub struct NewPcArgs {
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[arg(long)]
    pub name: Option<String>,
    #[arg(long)]
    pub serial: Option<String>,
    #[arg(long)]
    pub esu: bool,
    #[arg(long)]
    pub office: bool,
    #[arg(long)]
    pub kms_client: bool,
    #[arg(long)]
    pub not_elevated: bool,
}

/// `practice change-hardware`
#[derive(Debug, Args)]
pub struct ChangeHardwareArgs {
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

/// `practice portal`
#[derive(Debug, Args)]
pub struct PortalArgs {
    #[arg(required = true, value_name = "IID", num_args = 1..)]
    pub iid: Vec<String>,
}

/// `practice run`
#[derive(Debug, Args)]
pub struct RunArgs {
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=500))]
    pub pcs: u32,
    #[arg(long, value_name = "SEED", default_value_t = 1)]
    pub seed: u64,
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

/// `completions`
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    #[arg(value_enum, value_name = "SHELL")]
    pub shell: Shell,
}

/// `man`
#[derive(Debug, Args)]
pub struct ManArgs {
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub out: PathBuf,
}
