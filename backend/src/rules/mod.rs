//! Pure rules: decide and evolve, number checks, routing. No input or output, no clock, no chance.

pub mod belonging;
pub mod calls;
pub mod codes;
pub mod delegation;
pub mod entry;
pub mod fields;
pub mod hotel;
pub mod hotel_list;
pub mod identities;
pub mod identity;
pub mod languages;
pub mod matching;
pub mod messages;
pub mod moments;
pub mod municipality;
pub mod numbers;
pub mod phone;
pub mod postcodes;
pub mod quarantine;
pub mod queue;
pub mod referral;
pub mod referral_sending;
pub mod results;
pub mod statistics;

/// A file of the reference data that lies beside the project; tests that need it skip where it is absent.
#[cfg(test)]
pub(crate) fn reference_file_for_tests(name: &str) -> Option<Vec<u8>> {
    let folder = std::env::var("REGISTER_TEST_DATA")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data").to_owned());
    let read = std::fs::read(std::path::Path::new(&folder).join(name));
    if read.is_err() {
        eprintln!("skipped: {name} is not there; REGISTER_TEST_DATA names its folder");
    }
    read.ok()
}
