//! What laboratories write. A negative answer must stand in the shipped table.
#![no_main]

use backend::rules::results::words::normalised;
use backend::rules::results::{Finding, shipped};
use libfuzzer_sys::fuzz_target;
use std::collections::HashSet;
use std::sync::LazyLock;

static TABLE: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let texts = shipped::tables().into_iter().flat_map(|table| table.texts);
    texts.flat_map(|text| text.phrases).map(|phrase| normalised(&phrase)).collect()
});

fuzz_target!(|told: [&str; 7]| {
    let [code, description, material, text, status, comment, message_status] = told;
    let finding = Finding { code, description, material, text, status, comment };
    if let Some(read) = shipped::newest().read(&finding, message_status) {
        let says_nothing = format!("{:?}", read.class) == "Unknown";
        assert!(says_nothing || TABLE.contains(&normalised(text)) || TABLE.contains(&normalised(comment)));
    }
    let normal = normalised(text);
    assert_eq!(normalised(&normal), normal);
});
