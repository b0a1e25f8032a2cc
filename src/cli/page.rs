//! `hikyaku page`: the phone page, written to a folder or served to phones.

use super::args::PageArgs;
use super::console::Console;
use super::exit::Exit;
use super::failure::{CliError, Failure};
use crate::companion::{FILES, INDEX};
use serde::Serialize;
use std::path::Path;

/// One written file, as JSON. Field names are stable.
#[derive(Serialize)]
struct PageFileJson<'a> {
    file: &'a str,
    bytes: usize,
}

/// Writes the page to a folder, or serves it until Ctrl-C.
pub(super) fn run(args: &PageArgs, console: &Console) -> Result<Exit, Failure> {
    if let Some(folder) = &args.out {
        return write(folder, console);
    }
    #[cfg(feature = "serve")]
    return serve::run(args, console);
    #[cfg(not(feature = "serve"))]
    Err(CliError::BuiltWithoutServing.into())
}

fn write(folder: &Path, console: &Console) -> Result<Exit, Failure> {
    std::fs::create_dir_all(folder).map_err(|error| CliError::unwritable(folder, &error))?;
    for file in FILES {
        let (path, bytes) = (folder.join(file.name), file.bytes());
        std::fs::write(&path, &bytes).map_err(|error| CliError::unwritable(&path, &error))?;
        let path = path.display().to_string();
        console.json(&PageFileJson {
            file: &path,
            bytes: bytes.len(),
        });
        console.line(&path);
    }
    console.line("");
    console.block(&console.text_with("page-written", &[("file", INDEX.into())]));
    Ok(Exit::Done)
}

#[cfg(feature = "serve")]
mod serve {
    use super::{Console, Exit, Failure, PageArgs, Serialize};
    use crate::cli::painting::paint;
    use crate::companion::serve::{Server, local_address};
    use crate::symbol::Symbol;
    use std::net::{IpAddr, Ipv4Addr};

    /// The server, as JSON. Field names are stable.
    #[derive(Serialize)]
    struct PageServerJson<'a> {
        /// The address that most likely works.
        url: &'a str,
        /// All addresses that a phone can open.
        urls: &'a [String],
        fingerprint: Option<&'a str>,
    }

    pub(super) fn run(args: &PageArgs, console: &Console) -> Result<Exit, Failure> {
        let address = match args.bind {
            Some(address) => address,
            None if args.plain => IpAddr::V4(Ipv4Addr::LOCALHOST),
            None => local_address()?,
        };
        let server = if args.plain {
            Server::plain(address, args.port)?
        } else {
            Server::secure(address, args.port)?
        };
        let (urls, fingerprint) = (server.urls(), server.fingerprint());
        let url = urls.first().map(String::as_str).unwrap_or_default();
        console.json(&PageServerJson {
            url,
            urls: &urls,
            fingerprint: fingerprint.as_deref(),
        });
        paint(&Symbol::encode(url)?, false, console);
        for url in &urls {
            console.line(url);
        }
        console.line("");
        console.block(&match &fingerprint {
            Some(fingerprint) => console.text_with(
                "page-serving-secure",
                &[("fingerprint", fingerprint.as_str().into())],
            ),
            None => console.text("page-serving-plain"),
        });
        console.finish()?;
        server.run(std::future::pending())?;
        console.note(&console.text("page-serving-ended"));
        Ok(Exit::Done)
    }
}
