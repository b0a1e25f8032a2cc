//! `hikyaku page`: the phone page, written to a folder or served to phones.

use super::args::PageArgs;
use super::exit::Exit;
use super::face::Face;
use super::failure::{CliError, Failure};
use crate::companion::{FILES, INDEX};
use serde::Serialize;
use std::path::Path;

/// One result on standard output per file; names are stable.
#[derive(Serialize)]
struct Written<'a> {
    file: &'a str,
    bytes: usize,
}

/// Writes the page, or serves it until the person ends that.
pub(super) fn run(args: &PageArgs, face: &Face) -> Result<Exit, Failure> {
    if let Some(folder) = &args.out {
        return write(folder, face);
    }
    #[cfg(feature = "serve")]
    return serve::run(args, face);
    #[cfg(not(feature = "serve"))]
    Err(CliError::BuiltWithoutServing.into())
}

fn write(folder: &Path, face: &Face) -> Result<Exit, Failure> {
    std::fs::create_dir_all(folder).map_err(|error| CliError::unwritable(folder, &error))?;
    for file in FILES {
        let (path, bytes) = (folder.join(file.name), file.bytes());
        std::fs::write(&path, &bytes).map_err(|error| CliError::unwritable(&path, &error))?;
        let path = path.display().to_string();
        face.object(&Written {
            file: &path,
            bytes: bytes.len(),
        });
        face.line(&path);
    }
    face.line("");
    face.block(&face.say_with("page-written", &[("file", INDEX.into())]));
    Ok(Exit::Done)
}

#[cfg(feature = "serve")]
mod serve {
    use super::super::painting::paint;
    use super::{Exit, Face, Failure, PageArgs, Serialize};
    use crate::companion::serve::{Server, local_address};
    use crate::symbol::Symbol;
    use std::net::{IpAddr, Ipv4Addr};

    /// The result on standard output; names are stable.
    #[derive(Serialize)]
    struct Serving<'a> {
        /// The likeliest.
        url: &'a str,
        /// All that a phone can open.
        urls: &'a [String],
        fingerprint: Option<&'a str>,
    }

    pub(super) fn run(args: &PageArgs, face: &Face) -> Result<Exit, Failure> {
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
        face.object(&Serving {
            url,
            urls: &urls,
            fingerprint: fingerprint.as_deref(),
        });
        paint(&Symbol::encode(url)?, false, face);
        for url in &urls {
            face.line(url);
        }
        face.line("");
        face.block(&match &fingerprint {
            Some(fingerprint) => face.say_with(
                "page-serving-secure",
                &[("fingerprint", fingerprint.as_str().into())],
            ),
            None => face.say("page-serving-plain"),
        });
        face.finish()?;
        server.run(std::future::pending())?;
        face.note(&face.say("page-serving-ended"));
        Ok(Exit::Done)
    }
}
