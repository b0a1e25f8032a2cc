//! `hikyaku practice …`: rehearsal without Windows, portal or camera.

use super::args::{ChangeHardwareArgs, NewPcArgs, PracticeCommand, PracticePortalArgs};
use super::console::Console;
use super::exit::Exit;
use super::failure::{CliError, Failure};
use super::painting::print_caption;
use super::{practice_film, practice_run};
use crate::activation::{ConfirmationId, InstallationId, Label, PcIdentity, Product, Tag};
use crate::licensing::{Extras, LicenseStore, PracticeStore};
use crate::practice::portal;
use crate::symbol::Caption;
use serde::Serialize;

/// Runs a subcommand of `practice`.
pub(super) fn run(command: &PracticeCommand, console: &Console) -> Result<Exit, Failure> {
    console.note(&console.text("practice-mode"));
    match command {
        PracticeCommand::NewPc(args) => new_pc(args, console),
        PracticeCommand::ChangeHardware(args) => change_hardware(args, console),
        PracticeCommand::Portal(args) => ask_portal(args, console),
        PracticeCommand::Film(args) => practice_film::run(args, console),
        PracticeCommand::Run(args) => practice_run::run(args, console),
    }
}

/// A practice PC, as JSON. Field names are stable.
#[derive(Serialize)]
struct PracticePcJson<'a> {
    file: &'a str,
    /// Current Installation IDs of its products.
    iids: Vec<String>,
}

impl<'a> PracticePcJson<'a> {
    fn of(file: &'a str, products: &[Product]) -> Self {
        let iids = products
            .iter()
            .filter_map(|product| product.installation_id.as_ref());
        Self {
            file,
            iids: iids.map(|iid| iid.digits().to_owned()).collect(),
        }
    }
}

fn new_pc(args: &NewPcArgs, console: &Console) -> Result<Exit, Failure> {
    let stem = args.file.file_stem().unwrap_or_default().to_string_lossy();
    let name = args
        .name
        .as_deref()
        .and_then(Label::cleaned)
        .or_else(|| Label::cleaned(&stem))
        .or_else(|| Label::cleaned("PRACTICE-PC"));
    let Some(name) = name else {
        return Ok(Exit::Internal);
    };
    let pc = PcIdentity {
        name,
        serial: args.serial.as_deref().and_then(Label::cleaned),
        machine: None,
    };
    let extras = Extras {
        esu: args.esu,
        office: args.office,
        kms_client: args.kms_client,
    };
    let mut store = PracticeStore::create(&args.file, pc, extras)?;
    if args.not_elevated {
        store.set_elevated(false)?;
    }
    let file = args.file.display().to_string();
    let products = store.products()?;
    console.json(&PracticePcJson::of(&file, &products));
    console.line(&console.text_with("practice-pc-made", &[("file", file.into())]));
    for product in products {
        console.line(&format!("  {}", super::settle::product_line(&product)));
    }
    Ok(Exit::Done)
}

fn change_hardware(args: &ChangeHardwareArgs, console: &Console) -> Result<Exit, Failure> {
    let mut store = PracticeStore::open(&args.file)?;
    store.change_hardware()?;
    let file = args.file.display().to_string();
    console.json(&PracticePcJson::of(&file, &store.products()?));
    console.line(&console.text("practice-hardware-changed"));
    Ok(Exit::Done)
}

/// The portal's answer, as JSON. Field names are stable.
#[derive(Serialize)]
struct PracticePortalJson {
    cid: String,
    tag: Tag,
}

fn ask_portal(args: &PracticePortalArgs, console: &Console) -> Result<Exit, Failure> {
    let iid = InstallationId::parse(&args.iid.join(" "))?;
    let cid: ConfirmationId = portal::confirm(&iid).ok_or_else(|| CliError::NotPractice {
        masked: iid.masked(),
    })?;
    console.json(&PracticePortalJson {
        cid: cid.digits().to_owned(),
        tag: iid.tag(),
    });
    print_caption(&Caption::of_confirmation_id(&cid), console);
    console.line(&console.text("practice-portal-next"));
    Ok(Exit::Done)
}
