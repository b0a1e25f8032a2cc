//! The clipboard of this computer, on a thread of its own: whoever owns it may
//! keep everybody waiting.

use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::time::Duration;

/// How often it is looked at.
const TICK: Duration = Duration::from_millis(200);

/// Puts texts on the clipboard. Without one it does nothing.
pub(super) struct Clipboard {
    texts: Sender<String>,
}

impl Clipboard {
    /// Watches: `changed` gets every other text that is put there by others.
    /// `None` where there is no clipboard.
    pub(super) fn watch(changed: impl Fn(String) + Send + 'static) -> Option<Self> {
        let (texts, orders) = mpsc::channel::<String>();
        let (tell, told) = mpsc::channel();
        std::thread::spawn(move || {
            let Ok(mut clipboard) = arboard::Clipboard::new() else {
                return;
            };
            // What lies there from before was copied for something else.
            let mut known = clipboard.get_text().unwrap_or_default();
            if tell.send(()).is_err() {
                return;
            }
            loop {
                match orders.recv_timeout(TICK) {
                    Ok(text) => {
                        // Somebody else may be holding it: they will see their
                        // own text, and can ask again.
                        let _ = clipboard.set_text(text.clone());
                        known = text;
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
        told.recv_timeout(Duration::from_secs(3)).ok()?;
        Some(Self { texts })
    }

    /// Puts a text there.
    pub(super) fn put(&self, text: &str) {
        // The thread ends with the program only.
        let _ = self.texts.send(text.to_owned());
    }
}
