//! Intake of entries in the public Fiks `Innreiser` shape.

use events::record::RawRecord;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Records one request may carry at most.
pub const INTAKE_BATCH_MAX: usize = 1_000;
/// Bytes one request may carry at most (8 MiB).
pub const INTAKE_BYTES_MAX: usize = 8 * 1024 * 1024;

/// `POST /api/v1/intake/entries`: an array of records, as the source holds them.
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct IntakeRequest(pub Vec<RawRecord>);

/// The answers, one a record, in the order of the request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IntakeAnswer {
    /// One answer a record.
    pub answers: Vec<RecordAnswer>,
}

/// What became of one record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub enum RecordAnswer {
    /// A new entry.
    Accepted {
        /// Its id.
        entry: Uuid,
    },
    /// A known entry changed.
    Updated {
        /// Its id.
        entry: Uuid,
        /// The source's field names that changed.
        changed: Vec<String>,
    },
    /// The same trip was known under another code; both are kept now.
    Joined {
        /// Its id.
        entry: Uuid,
    },
    /// Nothing new: the same content, or older news than what is known.
    Unchanged {
        /// Its id.
        entry: Uuid,
    },
    /// By policy not before the day of arrival; the source keeps it.
    NotYet {
        /// The day from which it is taken in.
        from: jiff::civil::Date,
    },
    /// The trip has been here and has ended; it is not taken in anew.
    Ended,
    /// It cannot be taken in; fix it and send it again.
    Rejected {
        /// Which fields, and why.
        errors: Vec<RecordError>,
    },
}

/// Why a record was rejected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecordError {
    /// The source's field name; empty when the whole record is meant.
    pub field: String,
    /// What is wrong with it.
    pub reason: RejectReason,
}

/// What can be wrong with a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RejectReason {
    /// Not JSON, or a broken CSV line.
    Unreadable,
    /// Not a JSON object.
    NotARecord,
    /// `a_reference_code` is missing or empty.
    MissingReferenceCode,
    /// Longer than 64 KiB, or a field longer than 4,096 characters.
    TooLong,
    /// A value that is neither text, number, boolean nor null.
    NestedValue,
    /// A synthetic identity number, which production refuses.
    SyntheticIdentity,
}
