//! Rows of `entry_municipality`: which municipalities an entry has to do with, and what is new.

use crate::rules::belonging::Tie;
use events::{EntryEvent, referral_event};
use jiff::civil::Date;
use sqlx::PgConnection;
use uuid::Uuid;

/// The ties of one entry on their way.
pub(super) struct TieRows {
    pub(super) entry: Uuid,
    pub(super) arrival: Date,
    pub(super) protected: bool,
    pub(super) ties: Vec<Tie>,
    pub(super) changed: u64,
    pub(super) changed_plain: u64,
}

/// Whether an event changes what the municipality's list shows to those who may see all of it.
pub(super) fn shows(event: &EntryEvent) -> bool {
    match event {
        EntryEvent::Registered(_)
        | EntryEvent::Updated(_)
        | EntryEvent::Routed(_)
        | EntryEvent::Declined(_)
        | EntryEvent::Dialled(_)
        | EntryEvent::Concluded(_)
        | EntryEvent::Corrected(_)
        | EntryEvent::Undone(_)
        | EntryEvent::NumberMarkedWrong(_)
        | EntryEvent::IdentityAssigned(_)
        | EntryEvent::IdentityWithdrawn(_)
        | EntryEvent::Protection(_)
        | EntryEvent::ResultReceived(_)
        | EntryEvent::ResultCorrected(_)
        | EntryEvent::HotelCheckedIn(_)
        | EntryEvent::HotelCheckedOut(_) => true,
        EntryEvent::ReferenceCodeJoined(_)
        | EntryEvent::EndRequested(_)
        | EntryEvent::EndWithdrawn(_)
        | EntryEvent::EndConfirmed(_)
        | EntryEvent::Joined(_)
        | EntryEvent::Separated(_)
        | EntryEvent::ResultLookedUp(_)
        | EntryEvent::CorrectionSettled(_)
        | EntryEvent::Skipped(_)
        | EntryEvent::Directed(_)
        | EntryEvent::Reviewed(_)
        | EntryEvent::MessageOrdered(_)
        | EntryEvent::MessageReported(_)
        | EntryEvent::MessageStopped(_)
        | referral_event!() => false,
    }
}

/// Puts rows in the place of earlier ones. A tie that is over keeps its row.
pub(super) async fn write(tables: &mut PgConnection, rows: &[TieRows]) -> Result<(), sqlx::Error> {
    let all: Vec<(&TieRows, &Tie)> =
        rows.iter().flat_map(|row| row.ties.iter().map(move |tie| (row, tie))).collect();
    if all.is_empty() {
        return Ok(());
    }
    fn column<'a, T>(all: &[(&'a TieRows, &'a Tie)], of: impl Fn(&'a TieRows, &'a Tie) -> T) -> Vec<T> {
        all.iter().map(|(row, tie)| of(row, tie)).collect()
    }
    let position = |position: u64| i64::try_from(position).unwrap_or(i64::MAX);
    let moment = |at: jiff::Timestamp| -> jiff_sqlx::Timestamp { at.into() };
    sqlx::query(
        "insert into entry_municipality (entry, municipality, relation, since, until, since_position, until_position,
                                         changed_position, changed_plain, arrival, protected)
         select * from unnest($1::uuid[], $2::text[], $3::smallint[], $4::timestamptz[], $5::timestamptz[],
                              $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[], $10::date[], $11::boolean[])
         on conflict (municipality, relation, entry) do update set
             since = excluded.since, until = excluded.until, since_position = excluded.since_position,
             until_position = excluded.until_position, changed_position = excluded.changed_position,
             changed_plain = excluded.changed_plain, arrival = excluded.arrival,
             protected = excluded.protected",
    )
    .bind(column(&all, |row, _| row.entry))
    .bind(column(&all, |_, tie| tie.municipality.as_str()))
    .bind(column(&all, |_, tie| tie.relation as i16))
    .bind(column(&all, |_, tie| moment(tie.since)))
    .bind(column(&all, |_, tie| tie.until.map(|(until, _)| moment(until))))
    .bind(column(&all, |_, tie| position(tie.since_position)))
    .bind(column(&all, |_, tie| tie.until.map(|(_, at)| position(at))))
    .bind(column(&all, |row, _| position(row.changed)))
    .bind(column(&all, |row, _| position(row.changed_plain)))
    .bind(column(&all, |row, _| jiff_sqlx::Date::from(row.arrival)))
    .bind(column(&all, |row, _| row.protected))
    .execute(tables)
    .await?;
    Ok(())
}
