//! What several integration tests share.

#![allow(dead_code)] // each of them uses a part

pub(crate) mod json;
pub(crate) mod random;

use serde::de::DeserializeOwned;
use std::fs;
use std::path::{Path, PathBuf};

/// Every fixture in a folder under `fixtures/`, with its file, sorted by name.
/// Panics if there is none.
pub(crate) fn fixtures<T: DeserializeOwned>(folder: &str) -> Vec<(PathBuf, T)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures")
        .join(folder);
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|file| !file.ends_with("README.md"))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "{} is empty", folder.display());
    files
        .into_iter()
        .map(|file| {
            let content = fs::read(&file).unwrap();
            let fixture = serde_json::from_slice(&content)
                .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            (file, fixture)
        })
        .collect()
}

/// Asserts that a fixture names its own file and says what it is about.
pub(crate) fn assert_named(file: &Path, name: &str, about: &str) {
    assert_eq!(file.file_stem().unwrap().to_str().unwrap(), name);
    assert_eq!(file.extension().unwrap(), "json", "{name}");
    assert!(about.ends_with('.'), "{name}: say what it is about");
}
