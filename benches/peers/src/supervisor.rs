//! Starts the processes of the contenders and records what they print. A process that hangs or
//! dies costs its contender one item, not the run.

use crate::contenders::Runtime;
use crate::manifest::{ItemReads, Manifest, WorkerMessage};
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// What came of a contender.
pub(crate) enum ContenderOutcome {
    /// It read: one answer per item.
    Read {
        /// What it says about itself.
        version: String,
        /// In the order of the items.
        answers: Vec<ItemReads>,
    },
    /// It is not available on this machine.
    Unavailable(String),
}

/// A contender, and what came of it.
pub(crate) struct ContenderResult {
    pub(crate) name: &'static str,
    pub(crate) outcome: ContenderOutcome,
}

impl ContenderResult {
    /// What it read, if it is available.
    pub(crate) fn answers(&self) -> Option<&[ItemReads]> {
        match &self.outcome {
            ContenderOutcome::Read { answers, .. } => Some(answers),
            ContenderOutcome::Unavailable(_) => None,
        }
    }
}

/// How processes are started, and how long one may take.
pub(crate) struct Supervisor {
    /// Where the manifest is.
    pub(crate) manifest: PathBuf,
    /// The Python that knows the Python peers.
    pub(crate) python: PathBuf,
    /// The script with them.
    pub(crate) script: PathBuf,
    /// Time by the clock for a picture.
    pub(crate) limit: Duration,
    /// Time by the clock beyond that for starting, loading and opening files.
    pub(crate) allowance: Duration,
}

impl Supervisor {
    /// Has all contenders read all items, `jobs` of them at a time.
    pub(crate) fn watch_all(
        &self,
        contenders: &[(&'static str, Runtime)],
        items: &Manifest,
        jobs: usize,
    ) -> Vec<ContenderResult> {
        let next = AtomicUsize::new(0);
        let results = Mutex::new(Vec::new());
        thread::scope(|scope| {
            for _ in 0..jobs.max(1) {
                scope.spawn(|| {
                    loop {
                        let at = next.fetch_add(1, Ordering::Relaxed);
                        let Some(&(name, runtime)) = contenders.get(at) else {
                            break;
                        };
                        let begun = Instant::now();
                        let outcome = self.watch(name, runtime, items);
                        eprintln!("{name}: {} s", begun.elapsed().as_secs());
                        let mut results = results.lock().unwrap_or_else(PoisonError::into_inner);
                        results.push((at, ContenderResult { name, outcome }));
                    }
                });
            }
        });
        let mut results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
        results.sort_by_key(|&(at, _)| at);
        results.into_iter().map(|(_, result)| result).collect()
    }

    /// Has a contender read all items.
    pub(crate) fn watch(&self, name: &str, runtime: Runtime, items: &Manifest) -> ContenderOutcome {
        let mut answers: Vec<ItemReads> = Vec::new();
        let mut version = None;
        while answers.len() < items.items.len() || version.is_none() {
            let end = match self.start(name, runtime, answers.len()) {
                Ok(mut process) => {
                    let end = self.listen(&process.lines, items, &mut version, &mut answers);
                    // Whatever it still does is not wanted.
                    let _ = process.child.kill();
                    let _ = process.child.wait();
                    end
                }
                Err(error) => ProcessEnd::Unavailable(error.to_string()),
            };
            match end {
                ProcessEnd::Unavailable(why) => return ContenderOutcome::Unavailable(why),
                ProcessEnd::Done => {}
                ProcessEnd::Died if version.is_none() => {
                    return ContenderOutcome::Unavailable(
                        "it ended before it was ready".to_owned(),
                    );
                }
                ProcessEnd::Died | ProcessEnd::Overran if answers.len() == items.items.len() => {}
                ProcessEnd::Died => answers.push(lost(answers.len(), "crashed", Duration::ZERO)),
                ProcessEnd::Overran => {
                    let limit = self.limit_of(items, answers.len());
                    answers.push(lost(answers.len(), "overran", limit));
                }
            }
        }
        ContenderOutcome::Read {
            version: version.unwrap_or_default(),
            answers,
        }
    }

    fn limit_of(&self, items: &Manifest, item: usize) -> Duration {
        let frames = items.items.get(item).map_or(1, |item| item.frames.len());
        // A sequence has many frames, and a camera waits for none.
        self.limit + self.limit / 5 * frames.saturating_sub(1) as u32
    }

    fn listen(
        &self,
        lines: &Receiver<WorkerMessage>,
        items: &Manifest,
        version: &mut Option<String>,
        answers: &mut Vec<ItemReads>,
    ) -> ProcessEnd {
        loop {
            if version.is_some() && answers.len() == items.items.len() {
                return ProcessEnd::Done;
            }
            let limit = self.limit_of(items, answers.len()) + self.allowance;
            match lines.recv_timeout(limit) {
                Ok(WorkerMessage::Ready(says)) => *version = Some(says),
                Ok(WorkerMessage::Unavailable(why)) => return ProcessEnd::Unavailable(why),
                Ok(WorkerMessage::Read(answer)) if answer.item == answers.len() => {
                    answers.push(answer)
                }
                Ok(WorkerMessage::Read(_)) | Err(RecvTimeoutError::Disconnected) => {
                    return ProcessEnd::Died;
                }
                Err(RecvTimeoutError::Timeout) => return ProcessEnd::Overran,
            }
        }
    }

    fn start(&self, name: &str, runtime: Runtime, from: usize) -> io::Result<Process> {
        let mut command = match runtime {
            Runtime::Here => {
                let mut command = Command::new(std::env::current_exe()?);
                command.arg("--worker").arg(name);
                command.arg("--manifest").arg(&self.manifest);
                command.arg("--from").arg(from.to_string());
                command
            }
            Runtime::Python => {
                let mut command = Command::new(&self.python);
                command.arg(&self.script).arg(name);
                command.arg(&self.manifest).arg(from.to_string());
                command
            }
        };
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let out = child.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
        let (sender, lines) = mpsc::channel();
        thread::spawn(move || {
            let said = BufReader::new(out).lines().map_while(Result::ok);
            // Libraries print things, too; those lines are skipped.
            for line in said.filter_map(|line| serde_json::from_str(&line).ok()) {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        Ok(Process { child, lines })
    }
}

struct Process {
    child: Child,
    lines: Receiver<WorkerMessage>,
}

enum ProcessEnd {
    Done,
    Died,
    Overran,
    Unavailable(String),
}

fn lost(item: usize, how: &str, after: Duration) -> ItemReads {
    ItemReads {
        item,
        texts: Vec::new(),
        ms: after.as_secs_f64() * 1000.0,
        failed: Some(how.to_owned()),
    }
}

/// The Python of the bench's own environment if `setup` has made it, else the
/// machine's.
pub(crate) fn python(bench: &Path) -> PathBuf {
    if let Some(named) = std::env::var_os("HIKYAKU_PEERS_PYTHON") {
        return named.into();
    }
    let own = bench.join("target/venv/bin/python");
    if own.exists() { own } else { "python3".into() }
}

#[cfg(test)]
mod tests;
