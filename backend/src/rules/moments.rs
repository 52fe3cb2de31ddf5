//! Dates and times as the source and people write them. Times without an offset are Norwegian local time.

use jiff::civil::{Date, DateTime, Time};
use jiff::{Timestamp, tz::TimeZone};
use std::sync::LazyLock;

/// Norwegian time by the rule in force since 1996. Written out, so that no zone file needs to be read.
static NORWAY: LazyLock<TimeZone> =
    LazyLock::new(|| TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap_or(TimeZone::UTC));

/// The Norwegian civil time of a moment.
pub fn norwegian(moment: Timestamp) -> DateTime {
    NORWAY.to_datetime(moment)
}

/// The Norwegian day of a moment.
pub fn norwegian_day_of(moment: Timestamp) -> Date {
    norwegian(moment).date()
}

/// The first moment of the Norwegian day in which a moment lies.
pub fn norwegian_midnight(moment: Timestamp) -> Timestamp {
    let midnight = moment.to_zoned(NORWAY.clone()).start_of_day();
    midnight.map_or(moment, |midnight| midnight.timestamp())
}

/// The first moment of a Norwegian day.
pub fn norwegian_start_of(day: Date) -> Timestamp {
    day.to_zoned(NORWAY.clone()).map_or(Timestamp::MAX, |midnight| midnight.timestamp())
}

/// The moment of a Norwegian civil time. One that a change of the clocks skips is an hour later, of one that comes
/// twice the first counts.
pub fn norwegian_moment(civil: DateTime) -> Timestamp {
    civil.to_zoned(NORWAY.clone()).map_or(Timestamp::MAX, |zoned| zoned.timestamp())
}

/// A day: `2021-03-15`, `15.03.2021`, `15.3.2021`, or the day of a full time.
pub fn day(text: &str) -> Option<Date> {
    let text = text.trim();
    norwegian_day(text)
        .or_else(|| (text.len() == 10).then(|| text.parse().ok())?)
        .or_else(|| moment(text).map(norwegian_day_of))
}

/// A moment: with an offset as written, without one in Norwegian time; a bare day is its midnight.
pub fn moment(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Some(moment);
    }
    let local = match text.split_once(' ') {
        Some((day, time)) if norwegian_day(day).is_some() => {
            DateTime::from_parts(norwegian_day(day)?, time.trim().parse::<Time>().ok()?)
        }
        _ => match norwegian_day(text) {
            Some(day) => day.to_datetime(Time::midnight()),
            // A bracketed zone or a bad offset must not be read as local time.
            None => text
                .bytes()
                .all(|byte| byte.is_ascii_digit() || b"-:. T".contains(&byte))
                .then(|| text.parse().ok())??,
        },
    };
    local.to_zoned(NORWAY.clone()).ok().map(|zoned| zoned.timestamp())
}

fn norwegian_day(text: &str) -> Option<Date> {
    let mut parts = text.split('.');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let digits_only = [day, month, year].iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    if parts.next().is_some() || !digits_only || year.len() != 4 || day.len() > 2 || month.len() > 2 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn days_are_read_in_the_usual_spellings() {
        for text in ["2021-03-15", "15.03.2021", "15.3.2021", " 2021-03-15 ", "2021-03-14T23:30:00Z"] {
            assert_eq!(day(text), Some(date(2021, 3, 15)), "{text}");
        }
        for text in ["", "15/03/2021", "2021-02-29", "31.04.2021", "15.03.21", "tomorrow", "1.2.3.4"] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn a_time_without_an_offset_is_norwegian() {
        let cases = [
            ("2021-03-15T12:00:00Z", "2021-03-15T12:00:00Z"),
            ("2021-03-15T12:00:00+01:00", "2021-03-15T11:00:00Z"),
            ("2021-03-15T12:00:00.123+01", "2021-03-15T11:00:00.123Z"),
            ("2021-03-15T12:00:00", "2021-03-15T11:00:00Z"),
            ("2021-06-15 12:00", "2021-06-15T10:00:00Z"),
            ("15.06.2021 12:00", "2021-06-15T10:00:00Z"),
            ("2021-06-15", "2021-06-14T22:00:00Z"),
        ];
        for (text, expected) in cases {
            assert_eq!(moment(text), expected.parse().ok(), "{text}");
        }
        for text in ["", "noon", "2021-03-15T25:00", "2021-03-15T12:00[Mars/Crater]"] {
            assert_eq!(moment(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,30}", close in "[0-9.:T+ -]{0,25}") {
            let _ = (day(&text), moment(&text), day(&close), moment(&close));
        }
    }
}
