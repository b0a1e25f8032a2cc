//! Containing panics of third-party code.

use super::printable;
use std::any::Any;
use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    static CONTAINED: Cell<bool> = const { Cell::new(false) };
}

/// Runs `job` on this thread. A panic in it is returned as an error and prints
/// nothing.
///
/// # Errors
/// The payload of the panic.
pub fn contain<T>(job: impl FnOnce() -> T) -> Result<T, Box<dyn Any + Send>> {
    hush_contained_panics();
    let outer = CONTAINED.replace(true);
    let result = panic::catch_unwind(AssertUnwindSafe(job));
    CONTAINED.set(outer);
    result
}

/// Installs a panic hook that silences contained panics only. The hook is global,
/// so it checks a flag of the panicking thread.
fn hush_contained_panics() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            // A thread that is ending no longer has its flag, and contains nothing.
            if !CONTAINED.try_with(Cell::get).unwrap_or(false) {
                before(info);
            }
        }));
    });
}

/// The message of a panic, printable.
pub fn reason_of(panic: &(dyn Any + Send)) -> String {
    let text = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("panic");
    printable(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn containing_ends_with_the_job() {
        assert!(contain(|| panic!("on purpose")).is_err());
        assert!(!CONTAINED.get());
        assert!(contain(|| contain(|| panic!("inner")).is_err()).unwrap());
    }

    #[test]
    fn what_a_panic_says_is_told_without_control_characters() {
        let said = |job: fn()| reason_of(contain(job).unwrap_err().as_ref());
        assert_eq!(said(|| panic!("a\u{1b}b")), "ab");
        assert_eq!(said(|| panic!("{}", 7)), "7");
        assert_eq!(said(|| std::panic::panic_any(7)), "panic");
    }
}
