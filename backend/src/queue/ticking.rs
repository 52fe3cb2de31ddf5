//! What time alone changes in the queue: cards become due, the last day comes, holds end.

use super::{Queue, after, column};
use crate::projections::entries::standing::{READY, WAITS};
use crate::rules::moments::norwegian_day_of;
use crate::rules::queue::{class_of, lowest_class};
use events::follow_up::PriorityGround;
use std::time::Duration;

/// How often.
const EVERY: Duration = Duration::from_secs(1);
/// Cards that become due in one step at most.
const STEP: i64 = 5_000;
/// Seconds of the last day.
const DAY_SECONDS: i64 = 24 * 3_600;

impl Queue {
    /// Does it for ever.
    pub async fn run(self) {
        loop {
            if let Err(error) = self.tick().await {
                let code =
                    error.as_database_error().and_then(|fault| fault.code().map(|code| code.into_owned()));
                tracing::error!(code, "the queue does not move on; it is tried again");
            }
            tokio::time::sleep(EVERY).await;
        }
    }

    /// Does it once. Any number of nodes may do it at the same time.
    pub async fn tick(&self) -> Result<(), sqlx::Error> {
        self.end_leases().await?;
        while self.make_ready().await? {}
        self.begin_last_days().await?;
        self.forget_tallies().await
    }

    /// Who rang how often is the shift's business, and nobody's later.
    async fn forget_tallies(&self) -> Result<(), sqlx::Error> {
        let today = norwegian_day_of(self.clock().now());
        sqlx::query("delete from read.call_tally where day < $1")
            .bind(jiff_sqlx::Date::from(today))
            .execute(&self.tables)
            .await?;
        Ok(())
    }

    /// Holds that ended free their contacts; so does a hold that is gone.
    async fn end_leases(&self) -> Result<(), sqlx::Error> {
        sqlx::query("delete from read.call_lease where expires_at <= $1")
            .bind(column(self.clock().now()))
            .execute(&self.tables)
            .await?;
        sqlx::query(
            "with free as materialized (
                 select q.entry from read.call_queue q
                 where q.held and q.contact not in (select h.contact from read.call_lease l
                                                    join read.call_queue h on h.entry = l.entry)
                 for update skip locked
             )
             update read.call_queue q set held = false from free where q.entry = free.entry",
        )
        .execute(&self.tables)
        .await?;
        Ok(())
    }

    /// Whether there may be more.
    async fn make_ready(&self) -> Result<bool, sqlx::Error> {
        let ready = sqlx::query(
            "with due as materialized (
                 select entry from read.call_queue where part = $3 and ready_at <= $1
                 order by ready_at limit $2 for update skip locked
             )
             update read.call_queue q set part = $4 from due where q.entry = due.entry",
        )
        .bind(column(self.clock().now()))
        .bind(STEP)
        .bind(WAITS)
        .bind(READY)
        .execute(&self.tables)
        .await?;
        Ok(ready.rows_affected() == STEP.unsigned_abs())
    }

    /// Whoever was never reached and whose data or quarantine ends within a day moves up.
    async fn begin_last_days(&self) -> Result<(), sqlx::Error> {
        let Some(class) = class_of(PriorityGround::LastDay, &self.policy()) else { return Ok(()) };
        sqlx::query(
            "with last as materialized (
                 select entry from read.call_queue
                 where part = $3 and never_reached and urgent_at <= $1 and class = any($5)
                 limit $4 for update skip locked
             )
             update read.call_queue q set class = $2 from last where q.entry = last.entry",
        )
        .bind(column(after(self.clock().now(), DAY_SECONDS)))
        .bind(class)
        .bind(READY)
        .bind(STEP)
        .bind((class + 1..=lowest_class(&self.policy())).collect::<Vec<i16>>())
        .execute(&self.tables)
        .await?;
        Ok(())
    }
}
