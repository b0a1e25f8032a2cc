//! What is typed, and what becomes of it when something else comes.

use super::{Journey, Key, Overlay};
use crate::activation::KnownAnswer;
use chrono::{DateTime, Utc};
use std::time::Duration;

impl Journey {
    pub(super) fn key(&mut self, key: Key, now: Duration) {
        self.key_at = now;
        self.another_comes();
        if self.field.press(key, now) {
            self.typed = None;
        }
        self.remember_left();
    }

    /// Another number arrives: nobody is asked any more whose the last one is, and
    /// a choice cannot be taken for an answer about this one.
    pub(super) fn another_comes(&mut self) {
        if matches!(self.overlay, Some(Overlay::Whose(..))) {
            self.overlay = None;
            self.empty_field(self.read_when());
        }
    }

    /// Empties the field. What stood there with something behind box H is no bare
    /// number afterwards either.
    pub(super) fn empty_field(&mut self, at: DateTime<Utc>) {
        if let Some(digits) = self.field.tagged_digits() {
            self.known.push(KnownAnswer::damaged(&digits, at));
        }
        self.field.clear();
        self.typed = None;
    }

    /// Nor is a bare number what was changed or replaced before anybody submitted
    /// it.
    pub(super) fn remember_left(&mut self) {
        let at = self.read_when();
        for digits in self.field.take_left() {
            let known = KnownAnswer::damaged(&digits, at);
            if self.known.iter().all(|other| other.cid != known.cid) {
                self.known.push(known);
            }
        }
    }

    /// When the licence store was read last.
    pub(super) fn read_when(&self) -> DateTime<Utc> {
        let snapshot = self.snapshot.as_ref();
        snapshot.map(|snapshot| snapshot.at).unwrap_or_default()
    }
}
