//! The demo's quarantine hotels.

use crate::intake::reference::{Reference, ReferenceError, adopt_hotels};
use crate::log::{Log, Rejected};
use events::hotel::{Hotel, HotelsAdopted};
use jiff::civil::Date;

/// Id of the first one.
pub const VAGEN: &str = "vagen";
/// Id of the second one.
pub const NORDNES: &str = "nordnes";

/// Opens both, unless there are hotels already.
pub async fn open(log: &Log, reference: &Reference) -> Result<(), ReferenceError> {
    let valid_from = Date::constant(2020, 11, 9);
    if !reference.facts().hotels(Date::MAX).is_empty() {
        return Ok(());
    }
    let hotel = |id: &str, name: &str| Hotel {
        id: id.to_owned(),
        name: name.to_owned(),
        municipality: "4601".to_owned(),
    };
    let hotels = vec![hotel(VAGEN, "Vågen Karantenehotell"), hotel(NORDNES, "Nordnes Karantenehotell")];
    match adopt_hotels(log, HotelsAdopted { valid_from, hotels, adopted_by: "demo".to_owned() }).await {
        // Another node was first.
        Ok(()) | Err(ReferenceError::Append(Rejected::Conflict { .. })) => reference.refresh(log).await,
        Err(error) => Err(error),
    }
}
