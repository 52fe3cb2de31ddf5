//! Telephone numbers.
#![no_main]

use backend::rules::phone::{read_all, takes_texts};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for phone in read_all(text) {
        let Some(number) = phone.e164 else { continue };
        let digits = number.0.strip_prefix('+').expect("a plus");
        assert!(digits.bytes().all(|digit| digit.is_ascii_digit()) && digits.len() <= 15);
        let _ = takes_texts(&number.0);
    }
});
