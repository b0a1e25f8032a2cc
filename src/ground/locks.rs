//! Locks that outlive a panic.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Takes a lock, whoever panicked with it: what these locks guard is whole after
/// any panic, a list or a number, and the panic itself is told where its thread
/// is waited for.
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
