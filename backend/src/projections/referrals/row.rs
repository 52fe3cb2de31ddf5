//! Rows of `read.referral`: what is in the clear, what is sealed, and how they are written and opened.

use crate::entropy::Entropy;
use crate::log::keyring::{Key, Keyring};
use crate::log::seal::{StreamCipher, row_context};
use crate::projections::projector::FoldError;
use crate::rules::calls::Calls;
use crate::rules::referral::{Closed, Referral, Referrals, Returned, cause};
use crate::rules::referral_sending::{Sending, next_look};
use events::EntryId;
use events::record::EntryRecord;
use events::referral::{DeliveryStatus, InspectionOutcome, LegalBasis, ReferralContent};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use uuid::Uuid;

/// What the sealed column holds: what the inspectorate may know. Not who at the centre made it, and not on which entry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    /// What is told.
    pub content: ReferralContent,
    /// By which rule.
    pub legal_basis: LegalBasis,
    /// The open referral that it joins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joins: Option<Uuid>,
    /// When an inspector took it in hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received_at: Option<Timestamp>,
    /// What more is wanted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returned: Option<Returned>,
    /// What came of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<Closed>,
    /// Whether the conversation still gives cause for it. It may have been corrected since.
    pub holds: bool,
}

/// How far a referral has come, as the column holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(i16)]
pub enum Stage {
    /// Nobody there has it in hand.
    Open = 0,
    /// An inspector has.
    InHand = 1,
    /// More is wanted.
    Returned = 2,
    /// Closed.
    Closed = 3,
}

/// How its message stands, as the column holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i16)]
pub(super) enum Delivery {
    NotByItself = 0,
    Waits = 1,
    Underway = 2,
    Arrived = 3,
    Dead = 4,
}

/// A row on its way.
pub(crate) struct ReferralRow {
    referral: Uuid,
    entry: Uuid,
    employer: Option<String>,
    stage: i16,
    delivery: i16,
    outcome: Option<i16>,
    protected: bool,
    made_at: Timestamp,
    waits_since: Option<Timestamp>,
    due_at: Option<Timestamp>,
    document: Vec<u8>,
}

impl Sheet {
    /// What the inspectorate may know of a referral.
    fn of(referral: &Referral, holds: bool) -> Sheet {
        Sheet {
            content: referral.content.clone(),
            legal_basis: referral.legal_basis,
            joins: referral.joins,
            received_at: referral.received.as_ref().map(|mark| mark.at),
            returned: referral.returned.clone(),
            closed: referral.closed.clone(),
            holds,
        }
    }

    /// How far it has come.
    pub fn stage(&self) -> Stage {
        match self {
            Sheet { closed: Some(_), .. } => Stage::Closed,
            Sheet { returned: Some(_), .. } => Stage::Returned,
            Sheet { received_at: Some(_), .. } => Stage::InHand,
            Sheet { .. } => Stage::Open,
        }
    }
}

/// What the rows of an entry's referrals follow from.
pub(crate) struct Scene<'a> {
    /// The entry.
    pub entry: EntryId,
    /// Its record.
    pub record: &'a EntryRecord,
    /// Its calls.
    pub calls: &'a Calls,
    /// Whether its address is protected: no inspector sees it, and nothing more is sent.
    pub protected: bool,
    /// Whether somebody wants it ended before its epoch.
    pub ending: bool,
    /// For how long the outcome of a conversation can be taken back.
    pub undone_within: SignedDuration,
    /// When the last of its events was recorded.
    pub now: Timestamp,
}

/// The rows of an entry's referrals.
pub(crate) fn rows(
    scene: &Scene<'_>,
    referrals: &Referrals,
    key: &Key,
    entropy: &Entropy,
) -> Vec<ReferralRow> {
    if referrals.0.is_empty() {
        return Vec::new();
    }
    let cipher = StreamCipher::new(key, scene.entry.uuid());
    let row = |referral: &Referral| {
        let holds = cause(scene.calls, scene.record, referral.content.conversation).is_some();
        let sheet = Sheet::of(referral, holds);
        let ends_at = scene.entry.epoch().ends_at();
        let Scene { calls, record, undone_within, now, protected, .. } = *scene;
        let ending = scene.ending || protected;
        let sending = Sending::new(referral, calls, record, undone_within, ends_at, ending);
        // Plain structs with text keys always serialise.
        let plain = zeroize::Zeroizing::new(serde_json::to_vec(&sheet).unwrap_or_default());
        let delivery = delivery(referral);
        ReferralRow {
            referral: referral.id,
            entry: scene.entry.uuid(),
            employer: referral.content.employer.org_number.clone(),
            stage: sheet.stage() as i16,
            delivery: delivery as i16,
            outcome: referral.closed.as_ref().map(|closed| place_of(closed.outcome)),
            protected,
            made_at: referral.made_at,
            waits_since: (delivery == Delivery::Waits).then_some(referral.ordered_at),
            due_at: next_look(&sending, now),
            document: cipher.seal(&plain, &context(scene.entry, referral.id), entropy),
        }
    };
    referrals.0.iter().map(row).collect()
}

fn delivery(referral: &Referral) -> Delivery {
    match referral.status.map(|(status, _)| status) {
        Some(status) if status.is_dead() => Delivery::Dead,
        Some(DeliveryStatus::Delivered | DeliveryStatus::Read) => Delivery::Arrived,
        Some(_) => Delivery::Underway,
        None if referral.sent_at.is_some() => Delivery::Underway,
        None if referral.joins.is_some() || referral.closed.is_some() => Delivery::NotByItself,
        None => Delivery::Waits,
    }
}

fn place_of(outcome: InspectionOutcome) -> i16 {
    let place = InspectionOutcome::ALL.iter().position(|known| *known == outcome);
    place.and_then(|place| i16::try_from(place).ok()).unwrap_or(i16::MAX)
}

pub(super) fn outcome_at(place: i16) -> Option<InspectionOutcome> {
    usize::try_from(place).ok().and_then(|place| InspectionOutcome::ALL.get(place)).copied()
}

fn context(entry: EntryId, referral: Uuid) -> Vec<u8> {
    row_context(&format!("referral.document {referral}"), entry.uuid())
}

/// Opens a row's sealed column.
pub(super) fn open(
    keyring: &Keyring,
    entry: EntryId,
    referral: Uuid,
    sealed: &[u8],
) -> Result<Sheet, FoldError> {
    let key = keyring.epoch(entry.epoch())?;
    let cipher = StreamCipher::new(&key, entry.uuid());
    let plain =
        cipher.open(sealed, &context(entry, referral)).map_err(|_| FoldError::DamagedRow("referral"))?;
    serde_json::from_slice(&plain).map_err(|_| FoldError::DamagedRow("referral"))
}

/// Puts rows in the place of earlier ones, in the tables of the connection's search path.
pub(crate) async fn write(tables: &mut PgConnection, rows: &[ReferralRow]) -> Result<(), sqlx::Error> {
    if rows.is_empty() {
        return Ok(());
    }
    fn column<T>(rows: &[ReferralRow], of: impl Fn(&ReferralRow) -> T) -> Vec<T> {
        rows.iter().map(of).collect()
    }
    let at = |moment: Timestamp| -> jiff_sqlx::Timestamp { moment.into() };
    sqlx::query(
        "insert into referral (referral, entry, employer, stage, delivery, outcome, protected, made_at,
                               waits_since, due_at, document)
         select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::smallint[], $5::smallint[], $6::smallint[],
                              $7::boolean[], $8::timestamptz[], $9::timestamptz[], $10::timestamptz[], $11::bytea[])
         on conflict (referral) do update set
             employer = excluded.employer, stage = excluded.stage, delivery = excluded.delivery,
             outcome = excluded.outcome, protected = excluded.protected, waits_since = excluded.waits_since, due_at = excluded.due_at,
             document = excluded.document",
    )
    .bind(column(rows, |row| row.referral))
    .bind(column(rows, |row| row.entry))
    .bind(column(rows, |row| row.employer.clone()))
    .bind(column(rows, |row| row.stage))
    .bind(column(rows, |row| row.delivery))
    .bind(column(rows, |row| row.outcome))
    .bind(column(rows, |row| row.protected))
    .bind(column(rows, |row| at(row.made_at)))
    .bind(column(rows, |row| row.waits_since.map(at)))
    .bind(column(rows, |row| row.due_at.map(at)))
    .bind(rows.iter().map(|row| row.document.as_slice()).collect::<Vec<_>>())
    .execute(tables)
    .await?;
    Ok(())
}
