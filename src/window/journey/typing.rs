//! Typed input, and what happens to it when another number comes.

use super::{Journey, Key, Overlay};
use crate::activation::KnownAnswer;
use chrono::{DateTime, Utc};
use std::time::Duration;

impl Journey {
    pub(super) fn key(&mut self, key: Key, now: Duration) {
        self.key_at = now;
        self.drop_open_question();
        if self.field.press(key, now) {
            self.typed = None;
        }
        self.remember_replaced();
    }

    /// Another number arrives: drops the question whose the last one is, so that
    /// the answer cannot be applied to this one.
    pub(super) fn drop_open_question(&mut self) {
        if matches!(self.overlay, Some(Overlay::Whose(..))) {
            self.overlay = None;
            self.empty_field(self.last_read_at());
        }
    }

    /// Empties the field. If something stood behind box H, the digits are remembered
    /// and not taken for a bare number later.
    pub(super) fn empty_field(&mut self, at: DateTime<Utc>) {
        if let Some(digits) = self.field.tagged_digits() {
            self.known.push(KnownAnswer::damaged(&digits, at));
        }
        self.field.clear();
        self.typed = None;
    }

    /// Remembers likewise what was changed or replaced before it was submitted.
    pub(super) fn remember_replaced(&mut self) {
        let at = self.last_read_at();
        for digits in self.field.take_replaced() {
            let known = KnownAnswer::damaged(&digits, at);
            if self.known.iter().all(|other| other.cid != known.cid) {
                self.known.push(known);
            }
        }
    }

    /// When the licence store was last read.
    pub(super) fn last_read_at(&self) -> DateTime<Utc> {
        let snapshot = self.snapshot.as_ref();
        snapshot.map(|snapshot| snapshot.at).unwrap_or_default()
    }
}
