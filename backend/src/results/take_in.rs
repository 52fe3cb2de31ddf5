//! Taking a batch of messages in, where results are stored.

use super::attach::{About, Attached, about};
use super::{Results, ResultsError, reading};
use crate::intake::results::LabMessage;
use crate::projections::entries::ListRow;
use crate::rules::moments::norwegian_day_of;
use api::results::ResultsTaken;
use events::result::{ResultMode, ResultReceived, ResultSource};
use events::{EntryId, Personal};
use futures::StreamExt;
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap};

/// Entries that are written to at the same time.
const AT_ONCE: usize = 256;

/// Names that are looked up at the same time.
const ASKED_AT_ONCE: usize = 8;

/// What became of one message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Matched,
    Repeated,
    Ambiguous,
    Unmatched,
    NotOurs,
}

/// Counts of a laboratory and a station.
type Counts = BTreeMap<(String, String), [i64; 4]>;

impl Results {
    /// Takes messages in. The same ones again, in whatever order, lead to the same.
    pub async fn take_in(
        &self,
        messages: Vec<LabMessage>,
        source: ResultSource,
    ) -> Result<ResultsTaken, ResultsError> {
        if self.mode() != ResultMode::Store {
            return Err(ResultsError::NotStored);
        }
        self.until_shown().await?;
        let now = self.log.clock().now();
        let today = norwegian_day_of(now);
        let classifier = self.reference.facts().result_table(today);
        let read: Vec<Vec<ResultReceived>> =
            messages.iter().map(|message| reading::read(message, &classifier, source, now)).collect();
        let known = self.by_number(&messages).await?;
        let whose: Vec<_> = messages
            .iter()
            .zip(&read)
            .map(|(message, received)| self.whose(message, received, &known))
            .collect();
        let whose: Vec<_> = futures::stream::iter(whose).buffered(ASKED_AT_ONCE).collect().await;
        let mut fates = Vec::with_capacity(messages.len());
        let mut of_entry: HashMap<EntryId, (&ListRow, Vec<ResultReceived>, Vec<usize>)> = HashMap::new();
        for (place, (whose, received)) in whose.into_iter().zip(read).enumerate() {
            let rows = match whose? {
                Ok(rows) => rows,
                Err(fate) => {
                    fates.push(fate);
                    continue;
                }
            };
            for row in rows {
                let (_, all, places) =
                    of_entry.entry(row.entry).or_insert_with(|| (row, Vec::new(), Vec::new()));
                all.extend(received.clone());
                places.push(place);
            }
            // Until it turns out to be news.
            fates.push(Fate::Repeated);
        }
        let writing: Vec<_> = of_entry
            .into_values()
            .map(|(row, received, places)| self.attach_all(row, received, places))
            .collect();
        let attached: Vec<_> = futures::stream::iter(writing).buffer_unordered(AT_ONCE).collect().await;
        for (attached, places) in attached {
            let fate = match attached? {
                Attached::New => Fate::Matched,
                Attached::Known => continue,
                Attached::Gone => Fate::Unmatched,
            };
            places.into_iter().for_each(|place| fates[place] = fate);
        }
        self.count(today, &messages, &fates).await?;
        Ok(taken(&fates))
    }

    /// Writes messages down on an entry; `places` go with the answer.
    async fn attach_all(
        &self,
        row: &ListRow,
        received: Vec<ResultReceived>,
        places: Vec<usize>,
    ) -> (Result<Attached, ResultsError>, Vec<usize>) {
        (self.attach(row, received).await, places)
    }

    /// The rows a message belongs to, or why it belongs to none.
    async fn whose<'a>(
        &self,
        message: &LabMessage,
        received: &[ResultReceived],
        known: &'a HashMap<Personal<String>, Vec<ListRow>>,
    ) -> Result<Result<&'a [ListRow], Fate>, ResultsError> {
        if received.is_empty() {
            return Ok(Err(Fate::NotOurs));
        }
        let rows = message.national_number.as_ref().and_then(|number| known.get(number));
        let rows = rows.map(Vec::as_slice).unwrap_or_default();
        let about = match about(rows) {
            About::Nobody => self.by_name(message).await?,
            about => about,
        };
        Ok(match about {
            About::Person(_) => Ok(rows),
            About::Several => Err(Fate::Ambiguous),
            About::Nobody => Err(Fate::Unmatched),
        })
    }

    /// Counts what came. A crash before this leaves them uncounted until they come again, as repeated ones.
    async fn count(&self, day: Date, messages: &[LabMessage], fates: &[Fate]) -> Result<(), ResultsError> {
        let mut counts = Counts::new();
        for (message, fate) in messages.iter().zip(fates) {
            let column = match fate {
                Fate::Matched => 0,
                Fate::Repeated => 1,
                Fate::Ambiguous => 2,
                Fate::Unmatched => 3,
                Fate::NotOurs => continue,
            };
            let station = message.station.clone().unwrap_or_default();
            counts.entry((message.laboratory.clone(), station)).or_default()[column] += 1;
        }
        if counts.is_empty() {
            return Ok(());
        }
        let (of, numbers): (Vec<_>, Vec<_>) = counts.into_iter().unzip();
        let (laboratories, stations): (Vec<String>, Vec<String>) = of.into_iter().unzip();
        let column = |place: usize| numbers.iter().map(|counted| counted[place]).collect::<Vec<i64>>();
        sqlx::query(
            "insert into read.result_count as known (day, laboratory, station, matched, repeated, ambiguous, unmatched)
             select $1, * from unnest($2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[])
             on conflict (day, laboratory, station) do update set
                 matched = known.matched + excluded.matched, repeated = known.repeated + excluded.repeated,
                 ambiguous = known.ambiguous + excluded.ambiguous, unmatched = known.unmatched + excluded.unmatched",
        )
        .bind(jiff_sqlx::Date::from(day))
        .bind(laboratories)
        .bind(stations)
        .bind(column(0))
        .bind(column(1))
        .bind(column(2))
        .bind(column(3))
        .execute(&self.tables)
        .await?;
        Ok(())
    }
}

fn taken(fates: &[Fate]) -> ResultsTaken {
    let of = |fate| u32::try_from(fates.iter().filter(|other| **other == fate).count()).unwrap_or(u32::MAX);
    ResultsTaken {
        matched: of(Fate::Matched),
        repeated: of(Fate::Repeated),
        ambiguous: of(Fate::Ambiguous),
        unmatched: of(Fate::Unmatched),
        not_ours: of(Fate::NotOurs),
        rejected: 0,
    }
}
