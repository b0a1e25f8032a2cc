//! The clipboard, on a thread of its own: the program that owns it may block.

use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::time::Duration;

/// How often the clipboard is read.
const TICK: Duration = Duration::from_millis(200);

/// How long to wait for the program that owns the clipboard.
const PATIENCE: Duration = Duration::from_secs(3);

/// A text to put on the clipboard, and where to report success.
type PutRequest = (String, Sender<bool>);

/// Puts texts on the clipboard.
pub(super) struct Clipboard {
    orders: Sender<PutRequest>,
}

impl Clipboard {
    /// Watches the clipboard: `changed` gets every new text that another
    /// program puts there. `None` if there is no clipboard.
    pub(super) fn watch(changed: impl Fn(String) + Send + 'static) -> Option<Self> {
        let (sender, orders) = mpsc::channel::<PutRequest>();
        let (ready, is_ready) = mpsc::channel();
        std::thread::spawn(move || {
            let Ok(mut clipboard) = arboard::Clipboard::new() else {
                return;
            };
            // The text that is there already was copied for something else.
            let mut known = clipboard.get_text().unwrap_or_default();
            if ready.send(()).is_err() {
                return;
            }
            loop {
                match orders.recv_timeout(TICK) {
                    Ok((text, reply)) => {
                        let is_there = clipboard.set_text(text.clone()).is_ok();
                        if is_there {
                            known = text;
                        }
                        // The caller may have given up.
                        let _ = reply.send(is_there);
                    }
                    Err(RecvTimeoutError::Timeout) => {
                        if let Ok(text) = clipboard.get_text()
                            && text != known
                        {
                            known.clone_from(&text);
                            changed(text);
                        }
                    }
                    Err(RecvTimeoutError::Disconnected) => return,
                }
            }
        });
        is_ready.recv_timeout(PATIENCE).ok()?;
        Some(Self { orders: sender })
    }

    /// Puts a text on the clipboard; whether that succeeded.
    pub(super) fn put(&self, text: &str) -> bool {
        let (reply, is_put) = mpsc::channel();
        self.orders.send((text.to_owned(), reply)).is_ok()
            && is_put.recv_timeout(PATIENCE).unwrap_or(false)
    }
}
