//! `Instant`, also for WebAssembly in a browser, where the standard library has no
//! clock.

#[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
pub(crate) use std::time::Instant;

#[cfg(all(target_family = "wasm", target_os = "unknown"))]
pub(crate) use of_the_page::Instant;

#[cfg(all(target_family = "wasm", target_os = "unknown"))]
mod of_the_page {
    use std::ops::Add;
    use std::time::Duration;

    #[allow(unsafe_code)] // the boundary to the WebAssembly host
    mod imported {
        unsafe extern "C" {
            /// Monotonic milliseconds since some fixed moment.
            pub(super) safe fn hikyaku_now() -> f64;
        }
    }

    /// The part of `std::time::Instant` that this crate uses.
    #[allow(unreachable_pub)] // it replaces a public type
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
    pub struct Instant(Duration);

    impl Instant {
        pub(crate) fn now() -> Self {
            let seconds = imported::hikyaku_now() / 1000.0;
            Self(Duration::try_from_secs_f64(seconds).unwrap_or_default())
        }

        pub(crate) fn elapsed(&self) -> Duration {
            Self::now().0.saturating_sub(self.0)
        }
    }

    impl Add<Duration> for Instant {
        type Output = Self;

        fn add(self, rest: Duration) -> Self {
            Self(self.0.saturating_add(rest))
        }
    }
}
