//! Moments as Norway's clocks show them.

use jiff::civil::{Date, DateTime, date};
use jiff::tz::{Offset, offset};
use jiff::{SignedDuration, Timestamp};

/// Date and time of a moment on Norwegian clocks. The rule stands here, because browsers differ in the zones
/// they know and a table of zones is large; it has not changed since 1996.
pub fn local(moment: Timestamp) -> DateTime {
    let utc = Offset::UTC.to_datetime(moment);
    let changes = |month| last_sunday(utc.year(), month).at(1, 0, 0, 0);
    let is_summer = utc >= changes(3) && utc < changes(10);
    offset(if is_summer { 2 } else { 1 }).to_datetime(moment)
}

/// The moment at which Norwegian clocks show this; the earlier of two, none in the hour that is left out.
pub fn from_local(shown: DateTime) -> Option<Timestamp> {
    let candidates = [2, 1].map(|hours| offset(hours).to_timestamp(shown).ok());
    candidates.into_iter().flatten().find(|moment| local(*moment) == shown)
}

/// The last Sunday of a month of 31 days.
fn last_sunday(year: i16, month: i8) -> Date {
    let last = date(year, month, 31);
    date(year, month, 31 - last.weekday().to_sunday_zero_offset())
}

/// The browser's clock.
pub fn now() -> Timestamp {
    // Milliseconds of this century are far below the range of either number.
    Timestamp::from_millisecond(js_sys::Date::now() as i64).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// The whole hour a moment lies in. Norwegian days begin on one.
pub fn hour_of(moment: Timestamp) -> Timestamp {
    let second = moment.as_second();
    Timestamp::from_second(second - second.rem_euclid(3_600)).unwrap_or(moment)
}

/// Whole minutes from one moment to a later one; none when it is not later.
pub fn minutes_between(from: Timestamp, to: Timestamp) -> u64 {
    u64::try_from(to.duration_since(from).as_mins()).unwrap_or(0)
}

/// Whole days (24 hours) that are left until a moment.
pub fn days_left(now: Timestamp, ends_at: Timestamp) -> u64 {
    let left = ends_at.duration_since(now).max(SignedDuration::ZERO);
    u64::try_from(left.as_hours() / 24).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn norwegian_clocks_change_on_the_last_sundays_of_march_and_october() {
        for (utc, local_time) in [
            ("2021-03-23T12:00:00Z", "2021-03-23T13:00:00"),
            ("2021-03-28T00:59:59Z", "2021-03-28T01:59:59"),
            ("2021-03-28T01:00:00Z", "2021-03-28T03:00:00"),
            ("2021-10-31T00:59:59Z", "2021-10-31T02:59:59"),
            ("2021-10-31T01:00:00Z", "2021-10-31T02:00:00"),
        ] {
            let moment: Timestamp = utc.parse().unwrap();
            assert_eq!(local(moment), local_time.parse::<DateTime>().unwrap(), "{utc}");
        }
    }

    #[test]
    fn what_clocks_show_is_a_moment_again() {
        for (shown, utc) in [
            ("2021-03-23T13:00:00", Some("2021-03-23T12:00:00Z")),
            ("2021-07-01T13:00:00", Some("2021-07-01T11:00:00Z")),
            ("2021-10-31T02:30:00", Some("2021-10-31T00:30:00Z")),
            ("2021-03-28T02:30:00", None),
        ] {
            let moment = from_local(shown.parse().unwrap());
            assert_eq!(moment, utc.map(|utc| utc.parse().unwrap()), "{shown}");
        }
    }

    #[test]
    fn days_left_are_whole_and_never_negative() {
        let end: Timestamp = "2021-03-23T12:00:00Z".parse().unwrap();
        for (now, days) in
            [("2021-03-21T11:59:59Z", 2), ("2021-03-22T12:00:01Z", 0), ("2021-03-24T12:00:00Z", 0)]
        {
            assert_eq!(days_left(now.parse().unwrap(), end), days, "{now}");
        }
    }
}
