//! The publisher's postcode register.
#![no_main]

use backend::rules::postcodes::publisher::parse_publisher_file;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = parse_publisher_file(bytes);
});
