//! Result tables, as the public reads them.

use events::result_table::ResultTable;
use serde::{Deserialize, Serialize};

/// The version of the public shape; it rises when something is taken away or means something else.
pub const RESULT_TABLES_VERSION: u32 = 1;

/// `GET /api/v1/public/result-tables`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublicResultTables {
    /// Version of this shape.
    pub version: u32,
    /// The tables whole, oldest first; of two for the same day the later one counts. Their shape: `table` of
    /// `result-table-adopted` in `/api/v1/schemas`.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub tables: Vec<ResultTable>,
}
