//! The map of the house is held: modules depend on each other in the order of
//! the table in `src/lib.rs`, no files import each other in a circle, and no
//! file grows beyond what one reads at a sitting.
//!
//! Imports are read as text: `use` and paths that begin with `crate` or `super`.
//! Tests are no part of the house; what a `mod.rs` and the files below it take
//! from each other is the folder's own matter.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Lines of a file, at most.
const LINES: usize = 500;

/// A module: where in the crate it is, and its text without comments, literals
/// and tests.
struct Module {
    file: PathBuf,
    path: Vec<String>,
    text: String,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn is_of_tests(file: &Path) -> bool {
    let parts = file.iter().filter_map(|part| part.to_str());
    parts
        .map(|part| part.trim_end_matches(".rs"))
        .any(|part| part == "tests" || part.ends_with("_tests"))
}

/// All files of Rust below a folder, tests left out.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap_or_default();
        if path.is_dir() && name != "node_modules" && name != "target" {
            files(&path, found);
        } else if path.extension().is_some_and(|it| it == "rs") {
            found.push(path);
        }
    }
    found.sort();
}

/// The text with comments and literals blanked out.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let taken = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if next == '"' {
            out.push('"');
            let body = &rest[1..];
            let mut escaped = false;
            let end = body.find(|it| {
                let ends = it == '"' && !escaped;
                escaped = it == '\\' && !escaped;
                ends
            });
            end.map_or(rest.len(), |end| end + 2)
        } else if rest.starts_with("'\"'") {
            3
        } else if rest.starts_with("'\\") {
            2
        } else {
            out.push(next);
            next.len_utf8()
        };
        rest = &rest[taken..];
    }
    out
}

/// The text before its first item of tests that has a body here.
fn without_tests(text: &str) -> &str {
    let tests = text.match_indices("#[cfg(test)]").find(|(at, _)| {
        let item = text[at + "#[cfg(test)]".len()..].trim_start();
        item.starts_with("mod") && item.find('{') < item.find(';')
    });
    tests.map_or(text, |(at, _)| &text[..at])
}

/// The modules of a crate.
fn modules(src: &Path) -> Vec<Module> {
    let mut found = Vec::new();
    files(src, &mut found);
    found
        .into_iter()
        .filter(|file| !is_of_tests(file.strip_prefix(src).unwrap()))
        .map(|file| {
            let mut path: Vec<String> = file
                .strip_prefix(src)
                .unwrap()
                .with_extension("")
                .iter()
                .map(|part| part.to_str().unwrap().to_owned())
                .collect();
            if path
                .last()
                .is_some_and(|last| last == "mod" || last == "lib")
            {
                path.pop();
            }
            let text = plain(without_tests(&fs::read_to_string(&file).unwrap()));
            Module { file, path, text }
        })
        .collect()
}

/// Every path that is named in the text and begins with `crate` or `super`, whole.
fn paths(text: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let is_name = |it: char| it.is_alphanumeric() || it == '_';
    for start in ["crate::", "super::"] {
        for (at, _) in text.match_indices(start) {
            let before = text[..at].chars().next_back();
            if before.is_some_and(|it| is_name(it) || it == ':') {
                continue;
            }
            expand(&text[at..], &mut Vec::new(), &mut found);
        }
    }
    found
}

/// Follows a path and the branches in its braces; what is left behind it.
fn expand<'a>(mut text: &'a str, way: &mut Vec<String>, found: &mut Vec<Vec<String>>) -> &'a str {
    let length = way.len();
    loop {
        text = text.trim_start();
        if let Some(inner) = text.strip_prefix('{') {
            text = inner;
            loop {
                text = text.trim_start();
                if let Some(behind) = text.strip_prefix('}') {
                    way.truncate(length);
                    return behind;
                }
                text = match text.strip_prefix(',') {
                    Some(behind) => behind,
                    None => expand(text, way, found),
                };
                if text.is_empty() {
                    return text;
                }
            }
        }
        let end = text
            .find(|it: char| !it.is_alphanumeric() && it != '_')
            .unwrap_or(text.len());
        if end == 0 {
            // A glob, or no path at all: what came so far.
            let glob = text.strip_prefix('*').unwrap_or(text);
            found.push(way.clone());
            way.truncate(length);
            return if glob.len() == text.len() {
                &text[text.len().min(1)..]
            } else {
                glob
            };
        }
        way.push(text[..end].to_owned());
        text = &text[end..];
        if let Some(behind) = text.strip_prefix("::") {
            text = behind;
            continue;
        }
        found.push(way.clone());
        way.truncate(length);
        // `name as other`
        let renamed = text.trim_start().strip_prefix("as ");
        return renamed.map_or(text, |name| {
            name.trim_start_matches(|it: char| it.is_alphanumeric() || it == '_')
        });
    }
}

/// The modules that a module takes something from.
fn imports<'a>(module: &Module, all: &'a BTreeMap<Vec<String>, &'a Module>) -> Vec<&'a Module> {
    let mut taken = Vec::new();
    for named in paths(&module.text) {
        let mut from = match named.first().map(String::as_str) {
            Some("super") => module.path.clone(),
            _ => Vec::new(),
        };
        let mut rest = named.as_slice();
        while let Some(first) = rest.first().filter(|it| *it == "super" || *it == "crate") {
            if first == "super" {
                from.pop();
            }
            rest = &rest[1..];
        }
        let mut target = all.get(&from).copied();
        let mut left = rest;
        for (place, name) in rest.iter().enumerate() {
            from.push(name.clone());
            let Some(&deeper) = all.get(&from) else { break };
            (target, left) = (Some(deeper), &rest[place + 1..]);
        }
        let Some(mut target) = target else { continue };
        // What a module hands on is its child's.
        if let Some(name) = left.first()
            && let Some(child) = handed_on(target, name, all)
        {
            target = child;
        }
        taken.push(target);
    }
    taken
}

/// The child of which `module` re-exports the name.
fn handed_on<'a>(
    module: &Module,
    name: &str,
    all: &'a BTreeMap<Vec<String>, &'a Module>,
) -> Option<&'a Module> {
    for (at, _) in module.text.match_indices("use ") {
        let mut found = Vec::new();
        let line_start = module.text[..at].rfind('\n').map_or(0, |end| end + 1);
        if !module.text[line_start..at].trim_start().starts_with("pub") {
            continue;
        }
        expand(&module.text[at + 4..], &mut Vec::new(), &mut found);
        for path in found {
            if path.last().is_some_and(|last| last == name)
                && let Some(first) = path.first()
            {
                let mut child = module.path.clone();
                child.push(first.clone());
                if let Some(child) = all.get(&child) {
                    return Some(child);
                }
            }
        }
    }
    None
}

/// Whether one is the folder of the other.
fn is_family(one: &Module, other: &Module) -> bool {
    one.path.starts_with(&other.path) || other.path.starts_with(&one.path)
}

fn by_path(modules: &[Module]) -> BTreeMap<Vec<String>, &Module> {
    modules.iter().map(|it| (it.path.clone(), it)).collect()
}

/// Every file that is come to from a file.
fn reached<'a>(
    file: &'a Path,
    edges: &BTreeMap<&'a Path, BTreeSet<&'a Path>>,
) -> BTreeSet<&'a Path> {
    let mut found = BTreeSet::new();
    let mut next = vec![file];
    while let Some(file) = next.pop() {
        next.extend(edges[file].iter().filter(|other| found.insert(**other)));
    }
    found
}

#[test]
fn modules_depend_in_the_order_of_the_map() {
    let lib = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let order: Vec<&str> = lib
        .lines()
        .filter_map(|line| line.strip_prefix("//! | ")?.split('`').nth(1))
        .collect();
    let modules = modules(&root().join("src"));
    let tops: BTreeSet<&str> = modules
        .iter()
        .filter_map(|it| it.path.first().map(String::as_str))
        .filter(|top| *top != "main")
        .collect();
    assert_eq!(
        tops,
        order.iter().copied().collect(),
        "the table of src/lib.rs"
    );
    let floor = |path: &[String]| {
        order
            .iter()
            .position(|top| Some(*top) == path.first().map(String::as_str))
    };
    let all = by_path(&modules);
    let mut up = BTreeSet::new();
    for module in &modules {
        for target in imports(module, &all) {
            if let (Some(here), Some(there)) = (floor(&module.path), floor(&target.path))
                && there < here
            {
                up.insert(format!(
                    "{} takes from {}",
                    module.file.display(),
                    order[there]
                ));
            }
        }
    }
    assert!(up.is_empty(), "against the map: {up:#?}");
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    for src in ["src", "benches/peers/src", "tests/windows/provider/src"] {
        let modules = modules(&root().join(src));
        let all = by_path(&modules);
        let edges: BTreeMap<&Path, BTreeSet<&Path>> = modules
            .iter()
            .map(|module| {
                let targets = imports(module, &all);
                let others = targets
                    .into_iter()
                    .filter(|other| !is_family(module, other));
                (
                    module.file.as_path(),
                    others.map(|it| it.file.as_path()).collect(),
                )
            })
            .collect();
        let tied: Vec<_> = edges
            .keys()
            .filter(|file| reached(file, &edges).contains(*file))
            .map(|file| (file, &edges[file]))
            .collect();
        assert!(tied.is_empty(), "in circles: {tied:#?}");
    }
}

#[test]
fn no_file_is_too_long_to_be_read_at_a_sitting() {
    let mut found = Vec::new();
    for folder in ["src", "tests", "benches"] {
        files(&root().join(folder), &mut found);
    }
    let long: Vec<_> = found
        .iter()
        .map(|file| (file, fs::read_to_string(file).unwrap().lines().count()))
        .filter(|(_, lines)| *lines > LINES)
        .collect();
    assert!(long.is_empty(), "over {LINES} lines: {long:#?}");
}

/// Files and folders of the repository that a page names in backticks.
fn named_files(page: &str) -> BTreeSet<String> {
    let text = fs::read_to_string(root().join(page)).unwrap();
    // Blocks of code are for eyes and shells.
    let prose: String = text.split("```").step_by(2).collect();
    let spans = prose.split('`').skip(1).step_by(2);
    let tops = [
        "src/",
        "tests/",
        "fixtures/",
        "benches/",
        ".ci/",
        ".github/",
    ];
    spans
        .filter_map(|span| span.split_whitespace().next())
        .filter(|word| tops.iter().any(|top| word.starts_with(top)))
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_file_that_a_contributor_is_sent_to_is_there() {
    for page in [
        ".github/CONTRIBUTING.md",
        ".ci/README.md",
        "src/companion/README.md",
        "tests/fuzz/README.md",
        "benches/README.md",
        "README.md",
    ] {
        let missing: Vec<_> = named_files(page)
            .into_iter()
            .filter(|file| !root().join(file).exists())
            .collect();
        assert!(missing.is_empty(), "{page} names {missing:?}");
    }
}

#[test]
fn every_script_of_ci_has_its_line() {
    let told = named_files(".ci/README.md");
    for entry in fs::read_dir(root().join(".ci")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let is_told = name == "README.md" || told.contains(&format!(".ci/{name}"));
        assert!(is_told, ".ci/README.md says nothing of {name}");
    }
}

#[test]
fn paths_are_read_as_the_compiler_reads_them() {
    let text = plain(
        "use super::{a::B, c::{self, D as E}, *}; // crate::not::this\nlet x = \"crate::nor::this\"; crate::f::g(1)",
    );
    let mut found: Vec<String> = paths(&text).iter().map(|path| path.join("::")).collect();
    found.sort();
    assert_eq!(
        found,
        [
            "crate::f::g",
            "super",
            "super::a::B",
            "super::c::D",
            "super::c::self"
        ]
    );
}
