//! What time it is. Tests have a clock of their own: a busy machine's says
//! nothing about what they test.

use std::sync::Arc;
use std::time::Instant;

/// A clock.
#[derive(Clone)]
pub(super) struct Clock(Arc<dyn Fn() -> Instant + Send + Sync>);

impl Clock {
    /// The time now.
    pub(super) fn now(&self) -> Instant {
        (self.0)()
    }
}

impl Default for Clock {
    /// The system's.
    fn default() -> Self {
        Self(Arc::new(Instant::now))
    }
}

#[cfg(test)]
pub(super) mod stopped {
    use super::*;
    use std::sync::Mutex;
    use std::time::Duration;

    /// The hands of a clock that stands still unless a test moves them.
    #[derive(Clone)]
    pub(in crate::camera) struct Hands(Arc<Mutex<Instant>>);

    impl Hands {
        pub(in crate::camera) fn advance(&self, by: Duration) {
            *self.0.lock().unwrap() += by;
        }
    }

    /// A clock that stands still, and its hands.
    pub(in crate::camera) fn clock() -> (Clock, Hands) {
        let hands = Hands(Arc::new(Mutex::new(Instant::now())));
        let time = Arc::clone(&hands.0);
        (Clock(Arc::new(move || *time.lock().unwrap())), hands)
    }
}
