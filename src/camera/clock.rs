//! The clock, which tests replace: real time on a busy machine would make them
//! flaky.

use std::sync::Arc;
use std::time::Instant;

/// A source of time.
#[derive(Clone)]
pub(super) struct Clock(Arc<dyn Fn() -> Instant + Send + Sync>);

impl Clock {
    /// The time now.
    pub(super) fn now(&self) -> Instant {
        (self.0)()
    }
}

impl Default for Clock {
    /// The system's clock.
    fn default() -> Self {
        Self(Arc::new(Instant::now))
    }
}

#[cfg(test)]
pub(super) mod stopped {
    use super::*;
    use std::sync::Mutex;
    use std::time::Duration;

    /// Sets a clock that otherwise stands still.
    #[derive(Clone)]
    pub(crate) struct Hands(Arc<Mutex<Instant>>);

    impl Hands {
        pub(crate) fn advance(&self, by: Duration) {
            *self.0.lock().unwrap() += by;
        }
    }

    /// A clock that stands still, and its setter.
    pub(crate) fn clock() -> (Clock, Hands) {
        let hands = Hands(Arc::new(Mutex::new(Instant::now())));
        let time = Arc::clone(&hands.0);
        (Clock(Arc::new(move || *time.lock().unwrap())), hands)
    }
}
