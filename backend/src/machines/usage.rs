//! How much each consumer takes, a month at a time: for whoever pays, plans and answers for it. Kept for ever; there is
//! no word about a person in it.

use crate::clock::Clock;
use crate::log::fault;
use crate::rules::moments::norwegian_day_of;
use api::machines::UsageRow;
use jiff::civil::Date;
use sqlx::PgPool;
use std::collections::BTreeSet;
use uuid::Uuid;

/// What was taken by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interface {
    /// `hentInnreiser`.
    HentInnreiser,
    /// `hentAntallInnreiser`.
    HentAntallInnreiser,
    /// The feed of changes.
    Feed,
    /// The full extract.
    Extract,
    /// One entry by its link.
    Entry,
    /// A message that was sent.
    Webhook,
}

impl Interface {
    /// Its name in the counts.
    pub fn name(self) -> &'static str {
        match self {
            Interface::HentInnreiser => "hentInnreiser",
            Interface::HentAntallInnreiser => "hentAntallInnreiser",
            Interface::Feed => "feed",
            Interface::Extract => "extract",
            Interface::Entry => "entry",
            Interface::Webhook => "webhook",
        }
    }
}

/// For what it was taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Purpose {
    /// Looking up who entered (`INNREISE`).
    #[default]
    Entry,
    /// Following up who entered (`INNREISEOPPFOLGING`).
    FollowUp,
    /// Keeping a copy in step.
    Copy,
}

impl Purpose {
    /// Its name in the counts.
    pub fn name(self) -> &'static str {
        match self {
            Purpose::Entry => "innreise",
            Purpose::FollowUp => "innreiseoppfolging",
            Purpose::Copy => "copy",
        }
    }
}

/// What a consumer took by one call.
pub struct Taken<'a> {
    /// The consumer's name.
    pub consumer: &'a str,
    /// By which interface.
    pub interface: Interface,
    /// For what.
    pub purpose: Purpose,
    /// The municipalities it was about; none for the whole country.
    pub municipalities: BTreeSet<String>,
    /// The entries it told of.
    pub entries: Vec<Uuid>,
}

/// The counts. Cloned handles share them.
#[derive(Clone)]
pub struct Usage {
    pool: PgPool,
    clock: Clock,
}

impl Usage {
    /// The counts of a register, kept beside its log.
    pub fn new(pool: PgPool, clock: Clock) -> Usage {
        Usage { pool, clock }
    }

    /// Counts a call; one about several municipalities counts for each of them. A call is answered whether it could be
    /// counted or not, and nobody waits until the count is on a disk: a crash within a second may lose some.
    pub async fn count(&self, taken: &Taken<'_>) {
        let mut municipalities: Vec<String> = taken.municipalities.iter().cloned().collect();
        if municipalities.is_empty() {
            municipalities.push(String::new());
        }
        let counted = sqlx::query(
            "with unhurried as materialized (select set_config('synchronous_commit', 'off', true))
             insert into log.usage (month, consumer, municipality, interface, purpose, calls, records)
             select $1::date, $2::text, municipality, $4::text, $5::text, 1, $6::bigint
             from unhurried, unnest($3::text[]) as about (municipality)
             on conflict (month, consumer, municipality, interface, purpose)
             do update set calls = log.usage.calls + 1, records = log.usage.records + excluded.records",
        )
        .bind(jiff_sqlx::Date::from(norwegian_day_of(self.clock.now()).first_of_month()))
        .bind(taken.consumer)
        .bind(municipalities)
        .bind(taken.interface.name())
        .bind(taken.purpose.name())
        .bind(i64::try_from(taken.entries.len()).unwrap_or(i64::MAX))
        .execute(&self.pool)
        .await;
        if let Err(error) = counted {
            tracing::warn!(error = fault(&error), "a call of a machine could not be counted");
        }
    }

    /// The counts of a month, or of all; of one consumer, or of all.
    pub async fn of(
        &self,
        month: Option<Date>,
        consumer: Option<&str>,
    ) -> Result<Vec<UsageRow>, sqlx::Error> {
        let rows: Vec<Row> = sqlx::query_as(
            "select month, consumer, municipality, interface, purpose, calls, records from log.usage
             where ($1::date is null or month = $1) and ($2::text is null or consumer = $2)
             order by month, consumer, municipality, interface, purpose",
        )
        .bind(month.map(|month| jiff_sqlx::Date::from(month.first_of_month())))
        .bind(consumer)
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.into_iter().map(told).collect())
    }
}

/// Month, consumer, municipality, interface, purpose, calls, records.
type Row = (jiff_sqlx::Date, String, String, String, String, i64, i64);

fn told((month, consumer, municipality, interface, purpose, calls, records): Row) -> UsageRow {
    UsageRow {
        month: month.to_jiff().strftime("%Y-%m").to_string(),
        consumer,
        municipality: Some(municipality).filter(|number| !number.is_empty()),
        interface,
        purpose,
        calls: calls.unsigned_abs(),
        records: records.unsigned_abs(),
    }
}
