//! Locks that survive a panic.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Locks a mutex, ignoring poison: what these mutexes guard is consistent after any
/// panic, and the panic itself is reported where its thread is joined.
pub fn locked<T: ?Sized>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    #[test]
    fn a_panic_closes_no_lock() {
        let number = Arc::new(Mutex::new(1));
        let other = Arc::clone(&number);
        let ended = std::thread::spawn(move || {
            let _held = locked(&other);
            std::panic::resume_unwind(Box::new(()));
        });
        assert!(ended.join().is_err());
        assert_eq!(*locked(&number), 1);
    }
}
