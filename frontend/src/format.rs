//! Dates, times, numbers and phones as Norwegians write them.

use crate::moment::local;
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use texts::{Language, text, text_with};

/// `05.06.2014`, for tables.
pub fn date_short(date: Date) -> String {
    format!("{:02}.{:02}.{}", date.day(), date.month(), date.year())
}

/// `tirsdag 23. mars 2021`, for running text.
pub fn date_prose(language: Language, date: Date) -> String {
    let weekday = format!("weekday-{}", date.weekday().to_monday_one_offset());
    text_with(
        language,
        "date-prose",
        &[
            ("weekday", text(language, &weekday).into()),
            ("day", date.day().to_string().into()),
            ("month", month(language, date).into()),
            ("year", date.year().to_string().into()),
        ],
    )
}

/// `tir. 23. mars 2021 kl. 13.00`, on Norwegian clocks.
pub fn moment_prose(language: Language, moment: Timestamp) -> String {
    let there = local(moment);
    let weekday = format!("weekday-short-{}", there.weekday().to_monday_one_offset());
    text_with(
        language,
        "moment-prose",
        &[
            ("weekday", text(language, &weekday).into()),
            ("day", there.day().to_string().into()),
            ("month", month(language, there.date()).into()),
            ("year", there.year().to_string().into()),
            ("time", time(language, there.time()).into()),
        ],
    )
}

/// `23.03.2021 13.00`, for tables.
pub fn moment_short(language: Language, moment: Timestamp) -> String {
    let there = local(moment);
    format!("{} {}", date_short(there.date()), time(language, there.time()))
}

/// `13.00`, on Norwegian clocks.
pub fn clock(language: Language, moment: Timestamp) -> String {
    time(language, local(moment).time())
}

/// `13.00`; with a colon in English.
pub fn time(language: Language, time: Time) -> String {
    let mark = match language {
        Language::Nb | Language::Nn => '.',
        Language::En => ':',
    };
    format!("{:02}{mark}{:02}", time.hour(), time.minute())
}

/// `1 234` with a hard space; `1,234` in English.
pub fn number(language: Language, value: u64) -> String {
    let mark = match language {
        Language::Nb | Language::Nn => '\u{a0}',
        Language::En => ',',
    };
    group_from_right(&value.to_string(), 3, mark)
}

/// `+47 41 23 45 67` for Norwegian numbers, `+48 512 345 678` for others; anything else as it stands.
pub fn phone(e164: &str) -> String {
    let Some(digits) = e164.strip_prefix('+').filter(|rest| rest.chars().all(|c| c.is_ascii_digit())) else {
        return e164.to_owned();
    };
    let (country, national) = digits.split_at(country_code_length(digits).min(digits.len()));
    let group = if country == "47" && national.len() == 8 { 2 } else { 3 };
    // Hard spaces: a number broken over two lines is misread aloud.
    format!("+{country}\u{a0}{}", group_from_left(national, group, '\u{a0}'))
}

/// `974 760 673`: an organisation number.
pub fn org_number(number: &str) -> String {
    group_from_left(number, 3, '\u{a0}')
}

fn month(language: Language, date: Date) -> String {
    text(language, &format!("month-{}", date.month()))
}

/// Digits of the country code at the start (ITU-T E.164, by first and second digit).
fn country_code_length(digits: &str) -> usize {
    const TWO: [&str; 44] = [
        "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48",
        "49", "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66", "81",
        "82", "84", "86", "90", "91", "92", "93", "94", "95", "98",
    ];
    match digits.get(..2) {
        Some(start) if start.starts_with(['1', '7']) => 1,
        Some(start) if TWO.contains(&start) => 2,
        _ => 3,
    }
}

fn group_from_left(digits: &str, size: usize, mark: char) -> String {
    let mut grouped = String::with_capacity(digits.len() * 2);
    let mut in_group = 0;
    let mut left = digits.chars().count();
    for digit in digits.chars() {
        // A single digit does not stand alone at the end.
        if in_group >= size && left > 1 {
            grouped.push(mark);
            in_group = 0;
        }
        grouped.push(digit);
        in_group += 1;
        left -= 1;
    }
    grouped
}

fn group_from_right(digits: &str, size: usize, mark: char) -> String {
    let length = digits.chars().count();
    let mut grouped = String::with_capacity(length * 2);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (length - at).is_multiple_of(size) {
            grouped.push(mark);
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn dates_are_short_in_tables_and_written_out_in_prose() {
        assert_eq!(date_short(date(2014, 6, 5)), "05.06.2014");
        let tuesday = date(2021, 3, 23);
        assert_eq!(date_prose(Language::Nb, tuesday), "tirsdag 23. mars 2021");
        assert_eq!(date_prose(Language::Nn, tuesday), "tysdag 23. mars 2021");
        assert_eq!(date_prose(Language::En, tuesday), "Tuesday 23 March 2021");
    }

    #[test]
    fn moments_stand_on_norwegian_clocks() {
        let noon: Timestamp = "2021-03-23T12:00:00Z".parse().unwrap();
        assert_eq!(moment_prose(Language::Nb, noon), "tir. 23. mars 2021 kl. 13.00");
        assert_eq!(moment_prose(Language::En, noon), "Tue 23 March 2021 at 13:00");
        assert_eq!(moment_short(Language::Nb, noon), "23.03.2021 13.00");
    }

    #[test]
    fn thousands_are_grouped() {
        for (value, nb, en) in [
            (7, "7", "7"),
            (1_234, "1\u{a0}234", "1,234"),
            (1_234_567, "1\u{a0}234\u{a0}567", "1,234,567"),
            (100, "100", "100"),
        ] {
            assert_eq!(number(Language::Nb, value), nb);
            assert_eq!(number(Language::En, value), en);
        }
    }

    #[test]
    fn phones_are_grouped_by_country() {
        for (e164, shown) in [
            ("+4741234567", "+47 41 23 45 67"),
            ("+48512345678", "+48 512 345 678"),
            ("+37061234567", "+370 612 345 67"),
            ("+15551234567", "+1 555 123 4567"),
            ("not a number", "not a number"),
            ("+", "+\u{a0}"),
        ] {
            assert_eq!(phone(e164).replace('\u{a0}', " "), shown.replace('\u{a0}', " "), "{e164}");
        }
    }
}
