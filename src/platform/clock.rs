//! The current time, within the range of the formats.
//!
//! The clock of a PC with a flat battery may show any time. Messages hold times from
//! 1970 to 9999; a time outside is clamped to that range, and never makes anything
//! fail.

use crate::wire::MAX_TIME;
use chrono::{DateTime, Local, NaiveDate, Utc};
use std::time::{SystemTime, UNIX_EPOCH};

/// The last second of the year 9999, in seconds since 1970.
const LATEST: i64 = MAX_TIME as i64;

/// Now, between 1970 and 9999.
pub fn now() -> DateTime<Utc> {
    at(SystemTime::now())
}

/// The current day in the local time zone, between 1970 and 9999.
pub fn today() -> NaiveDate {
    let today = now().with_timezone(&Local).date_naive();
    today.clamp(
        DateTime::UNIX_EPOCH.date_naive(),
        within(DateTime::<Utc>::MAX_UTC).date_naive(),
    )
}

/// The nearest time between 1970 and 9999.
pub fn within(time: DateTime<Utc>) -> DateTime<Utc> {
    let latest = DateTime::from_timestamp(LATEST, 0).unwrap_or(DateTime::UNIX_EPOCH);
    time.clamp(DateTime::UNIX_EPOCH, latest)
}

fn at(clock: SystemTime) -> DateTime<Utc> {
    let Ok(since) = clock.duration_since(UNIX_EPOCH) else {
        return DateTime::UNIX_EPOCH;
    };
    let seconds = i64::try_from(since.as_secs()).unwrap_or(i64::MAX);
    let time = DateTime::from_timestamp(seconds, since.subsec_nanos());
    within(time.unwrap_or(DateTime::<Utc>::MAX_UTC))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_clock_that_stands_anywhere_is_told_as_the_nearest_time() {
        // Not every system can represent every time: Windows counts from 1601.
        let told = |time: Option<SystemTime>, expected: &str| {
            assert!(time.is_none_or(|time| at(time).to_rfc3339() == expected));
        };
        let after = |seconds: u64| UNIX_EPOCH.checked_add(Duration::from_secs(seconds));
        let before = |seconds: u64| UNIX_EPOCH.checked_sub(Duration::from_secs(seconds));
        assert!(after(LATEST as u64 + 1).and(before(1)).is_some());
        told(after(1_790_000_000), "2026-09-21T14:13:20+00:00");
        told(before(1), "1970-01-01T00:00:00+00:00");
        told(before(1 << 50), "1970-01-01T00:00:00+00:00");
        told(after(LATEST as u64), "9999-12-31T23:59:59+00:00");
        told(after(LATEST as u64 + 1), "9999-12-31T23:59:59+00:00");
        // Beyond what `chrono` can represent.
        told(after(1 << 60), "9999-12-31T23:59:59+00:00");
        let exact = UNIX_EPOCH + Duration::from_secs(1_790_000_000) + Duration::from_millis(250);
        assert_eq!(at(exact).timestamp_subsec_millis(), 250);
    }

    #[test]
    fn today_is_a_day_that_can_be_written() {
        let today = today().to_string();
        assert_eq!(today.len(), "2026-09-21".len(), "{today}");
    }
}
