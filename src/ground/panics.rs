//! Panics of others, kept inside.

use super::printable;
use std::any::Any;
use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    static CONTAINED: Cell<bool> = const { Cell::new(false) };
}

/// Runs `job` on this thread; a panic in it comes back as an error and prints
/// nothing.
///
/// # Errors
/// What the job panicked with.
pub fn contain<T>(job: impl FnOnce() -> T) -> Result<T, Box<dyn Any + Send>> {
    hush_contained_panics();
    let outer = CONTAINED.replace(true);
    let result = panic::catch_unwind(AssertUnwindSafe(job));
    CONTAINED.set(outer);
    result
}

/// Sees to it that contained panics print nothing, while all others print as
/// before. A hook is one for the whole process, so it asks a flag of the thread
/// that panics.
fn hush_contained_panics() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            // A thread that is ending has no flag any more, and contains nothing.
            if !CONTAINED.try_with(Cell::get).unwrap_or(false) {
                before(info);
            }
        }));
    });
}

/// What a panic says, printable.
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
