//! How many results could be matched, how many obligations have an answer, and who has not been tested.

use super::{Results, ResultsError};
use crate::projections::entries::not_tested;
use crate::rules::moments::norwegian_day_of;
use api::results::{MatchBoard, MatchCount, NotTestedPage};
use events::{Epoch, StreamId};
use sqlx::Row;

/// Days the board shows.
const DAYS: i32 = 10;

impl Results {
    /// The board.
    pub async fn board(&self) -> Result<MatchBoard, ResultsError> {
        let now = self.log.clock().now();
        let today = norwegian_day_of(now);
        let counted = sqlx::query(
            "select day, laboratory, station, matched, repeated, ambiguous, unmatched from read.result_count
             where day > $1 - $2 order by day desc, matched + ambiguous + unmatched desc, laboratory, station",
        )
        .bind(jiff_sqlx::Date::from(today))
        .bind(DAYS)
        .fetch_all(&self.tables)
        .await?;
        let rows = counted.iter().map(row).collect::<Result<Vec<_>, _>>()?;
        let (owing, with_answer, pending, without_test, without_number, corrections): (
            i64,
            i64,
            i64,
            i64,
            i64,
            i64,
        ) = sqlx::query_as(
            "select count(*) filter (where test_state > 0), count(*) filter (where test_state = 3),
                        count(*) filter (where test_state = 2), count(*) filter (where test_state = 1),
                        count(*) filter (where test_state > 0 and not has_number),
                        (select coalesce(sum(corrections), 0)::bigint from read.entry
                         where corrections > 0 and entry >= $2)
                 from read.entry where entry >= $2 and test_from <= $1",
        )
        .bind(jiff_sqlx::Date::from(today))
        .bind(StreamId::first_of(Epoch::oldest_live(now)).0)
        .fetch_one(&self.tables)
        .await?;
        Ok(MatchBoard {
            mode: self.mode(),
            rows,
            owing: owing.unsigned_abs(),
            with_answer: with_answer.unsigned_abs(),
            pending: pending.unsigned_abs(),
            without_test: without_test.unsigned_abs(),
            without_number: without_number.unsigned_abs(),
            corrections: corrections.unsigned_abs(),
        })
    }

    /// Entries that owe a test whose time has come and have no sample; `municipality` limits what may be seen.
    pub async fn not_tested(
        &self,
        municipality: Option<&str>,
        cursor: Option<&str>,
    ) -> Result<NotTestedPage, ResultsError> {
        let now = self.log.clock().now();
        Ok(not_tested(&self.readers, self.log.keyring(), municipality, cursor, now).await?)
    }
}

fn row(row: &sqlx::postgres::PgRow) -> Result<MatchCount, sqlx::Error> {
    let count = |column: &str| row.try_get::<i64, _>(column).map(i64::unsigned_abs);
    let day: jiff_sqlx::Date = row.try_get("day")?;
    Ok(MatchCount {
        day: day.to_jiff(),
        laboratory: row.try_get("laboratory")?,
        station: row.try_get("station")?,
        matched: count("matched")?,
        repeated: count("repeated")?,
        ambiguous: count("ambiguous")?,
        unmatched: count("unmatched")?,
    })
}
