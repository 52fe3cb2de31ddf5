//! Files of entries, in each format that is understood.
#![no_main]

use backend::intake::formats::{Format, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for format in [Format::JsonArray, Format::Ndjson, Format::Csv] {
        let mut last = 0;
        for record in read(bytes, format) {
            let Ok((line, _record)) = record else { break };
            assert!(line >= last, "lines are told in order");
            last = line;
        }
    }
});
