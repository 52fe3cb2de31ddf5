//! Numbers and free text that say who somebody is.
#![no_main]

use backend::rules::identity::{Given, classify, normalise};
use backend::rules::numbers::{CheckDigits, national, organisation};
use jiff::civil::date;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for on in [date(2021, 3, 15), date(2021, 11, 16), date(2032, 1, 1)] {
        let given = Given {
            unique_id: Some(text),
            d_number: Some(text),
            auxiliary: Some(text),
            birth_date: Some(on),
        };
        let (identities, _flags) = classify(given, on);
        // What was typed three times is one number.
        assert!(identities.len() <= 1);
        for series in [national::Series::National, national::Series::d_numbers_on(on)] {
            let _ = national::check(text, series, CheckDigits::on(on));
        }
    }
    // Normalising again changes nothing.
    let normal = normalise(text);
    assert_eq!(normalise(&normal), normal);
    if let Some(nine) = organisation::normalise(text) {
        assert_eq!(nine.len(), 9);
        let _ = organisation::is_right(&nine);
    }
});
