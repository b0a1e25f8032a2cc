//! What is to be read, and what was read: all that passes between the processes of a run, as JSON.

use serde::{Deserialize, Serialize};
use std::io;
use std::path::{Path, PathBuf};

/// All items of a run. Pictures are grey PNG files, so that all readers see the same pixels.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Manifest {
    /// What is to be read, in order.
    pub(crate) items: Vec<TestItem>,
}

/// One picture, or one sequence of frames.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct TestItem {
    /// The set that it belongs to.
    pub(crate) set: String,
    /// Its row in the table of that set.
    pub(crate) row: String,
    /// What makes it hard to read: rows of a second table.
    pub(crate) defects: Vec<String>,
    /// File names of its frames, beside the manifest.
    pub(crate) frames: Vec<String>,
    /// What it says; nothing if there is nothing to read.
    pub(crate) truth: Option<String>,
    /// Beginnings of what else may be read in it.
    pub(crate) also: Vec<String>,
}

/// A line that a contender's process prints.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum WorkerMessage {
    /// It is ready to read: its version.
    Ready(String),
    /// It is not available, and why.
    Unavailable(String),
    /// It has read an item, or tried to.
    Read(ItemReads),
}

/// What a contender read in an item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct ItemReads {
    /// Number of the item.
    pub(crate) item: usize,
    /// All texts.
    #[serde(default)]
    pub(crate) texts: Vec<String>,
    /// Processor time of reading, in milliseconds, without opening the files.
    pub(crate) ms: f64,
    /// Why it gave up, if it did.
    #[serde(default)]
    pub(crate) failed: Option<String>,
}

/// How what was read is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Judgement {
    /// The truth is among the texts.
    pub(crate) correct: bool,
    /// So is something else.
    pub(crate) false_read: bool,
}

impl TestItem {
    pub(crate) fn judge(&self, texts: &[String]) -> Judgement {
        let is_truth = |text: &String| self.truth.as_ref().is_some_and(|truth| same(text, truth));
        let is_more = |text: &String| self.also.iter().any(|more| text.starts_with(more));
        Judgement {
            correct: texts.iter().any(is_truth),
            false_read: texts.iter().any(|text| !is_truth(text) && !is_more(text)),
        }
    }
}

/// Files with the truth may end in a line break that is not in the symbol, and a tool may have
/// changed their line breaks.
fn same(read: &str, truth: &str) -> bool {
    let plain = |text: &str| text.replace("\r\n", "\n").trim_end_matches('\n').to_owned();
    plain(read) == plain(truth)
}

impl Manifest {
    const FILE: &str = "manifest.json";

    /// Writes the manifest into a folder; returns where it is.
    pub(crate) fn write(&self, folder: &Path) -> io::Result<PathBuf> {
        let path = folder.join(Self::FILE);
        std::fs::write(&path, serde_json::to_vec(self)?)?;
        Ok(path)
    }

    pub(crate) fn read(path: &Path) -> io::Result<Self> {
        Ok(serde_json::from_slice(&std::fs::read(path)?)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(truth: Option<&str>) -> TestItem {
        TestItem {
            set: String::new(),
            row: String::new(),
            defects: Vec::new(),
            frames: Vec::new(),
            truth: truth.map(str::to_owned),
            also: vec!["more".to_owned()],
        }
    }

    /// The two counts of the tables: a reader can be right and wrong at once.
    #[test]
    fn truth_more_and_falsehood_are_told_apart() {
        let judge = |truth, texts: &[&str]| {
            let texts: Vec<_> = texts.iter().map(|&text| text.to_owned()).collect();
            let verdict = item(truth).judge(&texts);
            (verdict.correct, verdict.false_read)
        };
        assert_eq!(judge(Some("a\r\nb\n"), &["a\nb"]), (true, false));
        assert_eq!(judge(Some("a"), &["more of it", "a"]), (true, false));
        assert_eq!(judge(Some("a"), &["a", "b"]), (true, true));
        assert_eq!(judge(Some("a"), &[]), (false, false));
        assert_eq!(judge(None, &["a"]), (false, true));
    }
}
