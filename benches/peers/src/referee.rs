//! Starts the processes of the contenders and takes down what they say. A
//! process that hangs or dies costs its contender one item, not the run.

use crate::contenders::Home;
use crate::manifest::{Answer, Line, Manifest};
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// What came of a contender.
pub(crate) enum Outcome {
    /// It read: one answer per item.
    Read {
        /// What it says about itself.
        version: String,
        /// In the order of the items.
        answers: Vec<Answer>,
    },
    /// It cannot be had on this machine.
    Unavailable(String),
}

/// A contender, and what came of it.
pub(crate) struct Showing {
    pub(crate) name: &'static str,
    pub(crate) outcome: Outcome,
}

impl Showing {
    /// Its answers, where it could be had.
    pub(crate) fn answers(&self) -> Option<&[Answer]> {
        match &self.outcome {
            Outcome::Read { answers, .. } => Some(answers),
            Outcome::Unavailable(_) => None,
        }
    }
}

/// How processes are started, and how long one may think.
pub(crate) struct Referee {
    /// Where the manifest is.
    pub(crate) manifest: PathBuf,
    /// The Python that knows the Python peers.
    pub(crate) python: PathBuf,
    /// The script with them.
    pub(crate) script: PathBuf,
    /// Time by the clock for a picture.
    pub(crate) limit: Duration,
    /// As much again for starting, loading and opening files.
    pub(crate) allowance: Duration,
}

impl Referee {
    /// Has all contenders read all items, `jobs` of them at a time.
    pub(crate) fn watch_all(
        &self,
        contenders: &[(&'static str, Home)],
        items: &Manifest,
        jobs: usize,
    ) -> Vec<Showing> {
        let next = AtomicUsize::new(0);
        let results = Mutex::new(Vec::new());
        thread::scope(|scope| {
            for _ in 0..jobs.max(1) {
                scope.spawn(|| {
                    loop {
                        let at = next.fetch_add(1, Ordering::Relaxed);
                        let Some(&(name, home)) = contenders.get(at) else {
                            break;
                        };
                        let begun = Instant::now();
                        let outcome = self.watch(name, home, items);
                        eprintln!("{name}: {} s", begun.elapsed().as_secs());
                        let mut results = results.lock().unwrap_or_else(PoisonError::into_inner);
                        results.push((at, Showing { name, outcome }));
                    }
                });
            }
        });
        let mut results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
        results.sort_by_key(|&(at, _)| at);
        results.into_iter().map(|(_, result)| result).collect()
    }

    /// Has a contender read all items.
    pub(crate) fn watch(&self, name: &str, home: Home, items: &Manifest) -> Outcome {
        let mut answers: Vec<Answer> = Vec::new();
        let mut version = None;
        while answers.len() < items.items.len() || version.is_none() {
            let ending = match self.start(name, home, answers.len()) {
                Ok(mut process) => {
                    let ending = self.listen(&process.lines, items, &mut version, &mut answers);
                    // Whatever it still does, nobody wants it.
                    let _ = process.child.kill();
                    let _ = process.child.wait();
                    ending
                }
                Err(error) => Ending::Unavailable(error.to_string()),
            };
            match ending {
                Ending::Unavailable(why) => return Outcome::Unavailable(why),
                Ending::Done => {}
                Ending::Died if version.is_none() => {
                    return Outcome::Unavailable("it ended before it was ready".to_owned());
                }
                Ending::Died | Ending::Overran if answers.len() == items.items.len() => {}
                Ending::Died => answers.push(lost(answers.len(), "crashed", Duration::ZERO)),
                Ending::Overran => {
                    let limit = self.limit_of(items, answers.len());
                    answers.push(lost(answers.len(), "overran", limit));
                }
            }
        }
        Outcome::Read {
            version: version.unwrap_or_default(),
            answers,
        }
    }

    fn limit_of(&self, items: &Manifest, item: usize) -> Duration {
        let frames = items.items.get(item).map_or(1, |item| item.frames.len());
        // Frames come many, and a camera does not wait for any.
        self.limit + self.limit / 5 * frames.saturating_sub(1) as u32
    }

    fn listen(
        &self,
        lines: &Receiver<Line>,
        items: &Manifest,
        version: &mut Option<String>,
        answers: &mut Vec<Answer>,
    ) -> Ending {
        loop {
            if version.is_some() && answers.len() == items.items.len() {
                return Ending::Done;
            }
            let limit = self.limit_of(items, answers.len()) + self.allowance;
            match lines.recv_timeout(limit) {
                Ok(Line::Ready(says)) => *version = Some(says),
                Ok(Line::Unavailable(why)) => return Ending::Unavailable(why),
                Ok(Line::Read(answer)) if answer.item == answers.len() => answers.push(answer),
                Ok(Line::Read(_)) | Err(RecvTimeoutError::Disconnected) => return Ending::Died,
                Err(RecvTimeoutError::Timeout) => return Ending::Overran,
            }
        }
    }

    fn start(&self, name: &str, home: Home, from: usize) -> io::Result<Process> {
        let mut command = match home {
            Home::Here => {
                let mut command = Command::new(std::env::current_exe()?);
                command.arg("--worker").arg(name);
                command.arg("--manifest").arg(&self.manifest);
                command.arg("--from").arg(from.to_string());
                command
            }
            Home::Python => {
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
            // Libraries print things, too; those are no lines of ours.
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
    lines: Receiver<Line>,
}

enum Ending {
    Done,
    Died,
    Overran,
    Unavailable(String),
}

fn lost(item: usize, how: &str, after: Duration) -> Answer {
    Answer {
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
