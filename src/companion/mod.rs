//! The phone page. It is built from the sources beside this file and embedded
//! in the program, so that it can be handed out without a network.

use flate2::read::DeflateDecoder;
use std::io::Read;

#[cfg(feature = "serve")]
pub mod serve;

/// One file of the built page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageFile {
    /// Name in the page's folder.
    pub name: &'static str,
    /// Media type, for an HTTP header.
    pub media_type: &'static str,
    /// Its bytes, compressed by `build.rs`: the page alone is a megabyte.
    packed: &'static [u8],
}

impl PageFile {
    /// Its bytes, as `npm run build` makes them.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        // The program compressed these bytes itself, so this cannot fail.
        let _ = DeflateDecoder::new(self.packed).read_to_end(&mut bytes);
        bytes
    }
}

/// A compressed file of `dist/`.
macro_rules! packed {
    ($name:literal) => {
        include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".deflate"))
    };
}

/// The page itself; works on its own, from anywhere and without a network.
pub const INDEX: &str = "index.html";

/// All files of the page: the page itself, and what installs it on a phone.
pub const FILES: &[PageFile] = &[
    PageFile {
        name: INDEX,
        media_type: "text/html; charset=utf-8",
        packed: packed!("index.html"),
    },
    PageFile {
        name: "sw.js",
        media_type: "text/javascript; charset=utf-8",
        packed: packed!("sw.js"),
    },
    PageFile {
        name: "manifest.webmanifest",
        media_type: "application/manifest+json",
        packed: packed!("manifest.webmanifest"),
    },
    PageFile {
        name: "icon.svg",
        media_type: "image/svg+xml",
        packed: packed!("icon.svg"),
    },
];

/// The file with this name; the page itself for the empty name.
pub fn file(name: &str) -> Option<&'static PageFile> {
    let wanted = if name.is_empty() { INDEX } else { name };
    FILES.iter().find(|file| file.name == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_whole_and_asks_nobody_for_anything() {
        let page = String::from_utf8(file("").unwrap().bytes()).unwrap();
        assert!(page.contains("Content-Security-Policy"));
        assert!(page.contains("connect-src 'none'"));
        for outside in ["<script src=", "<link rel=\"stylesheet\"", "src=\"http"] {
            assert!(!page.contains(outside), "{outside}");
        }
    }

    #[test]
    fn the_worker_keeps_every_file_and_no_other_name_is_served() {
        let worker = String::from_utf8(file("sw.js").unwrap().bytes()).unwrap();
        for kept in FILES.iter().filter(|file| file.name != "sw.js") {
            assert!(worker.contains(kept.name), "{}", kept.name);
        }
        for name in ["../index.html", "/index.html", "index.htm", "sw.js/"] {
            assert_eq!(file(name), None, "{name}");
        }
    }
}
