//! Days and moments as sources write them.
#![no_main]

use backend::rules::moments::{day, moment, norwegian_day_of, norwegian_midnight};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = day(text);
    if let Some(moment) = moment(text) {
        let _ = norwegian_day_of(moment);
        assert!(norwegian_midnight(moment) <= moment);
    }
});
