//! Who a traveller is: numbers assigned later, other entries of the same person, a protected address.

use super::Tables;
use super::access::{require, scope};
use super::entries::visible;
use super::problem::{Refused, reason_of};
use super::reader::Reader;
use super::routing::idempotency_key;
use super::session::Viewer;
use crate::identities::{Identities, IdentitiesError};
use crate::intake::entries::{self, Done};
use crate::log::Log;
use crate::projections::entries::list_row;
use crate::rules::entry::Command;
use crate::rules::identities::{self as rules, identity};
use api::disclosures::Shown;
use api::entries::EntryVersion;
use api::identities::{
    AssignNumber, Assigned, DecidePerson, Identities as Answer, Number, ProtectAddress, SamePerson,
    WithdrawNumber,
};
use api::session::Session;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use events::identity::{AddressProtection, IdentityAssigned, IdentityCheck, IdentityWithdrawn};
use events::record::FlagKind;
use events::{EntryId, Personal};
use uuid::Uuid;

/// Characters of a station's or desk's name at most.
const PLACE_CHARS_MAX: usize = 80;

/// The numbers of a traveller, and who else may be the same person.
#[utoipa::path(get, path = "/api/v1/entries/{id}/identities", tag = "entries", params(("id" = Uuid, Path)),
    responses((status = 200, body = Answer), (status = 401), (status = 403), (status = 404), (status = 410)))]
pub async fn of_entry(
    reader: Reader,
    State(tables): State<Tables>,
    State(identities): State<Identities>,
    Path(id): Path<Uuid>,
) -> Result<Json<Answer>, Refused> {
    let scope = scope(&reader.session)?;
    let row = visible(&reader.session, &tables, identities.log(), id).await?;
    reader.keeps_open(Shown::Record, id).await?;
    let record = &row.document.record;
    let known = &row.document.identities;
    let numbers = record.person.identities.iter().map(|own| {
        let assigned = known.assigned.iter().find(|assigned| assigned.identity.number == own.number);
        Number {
            kind: own.kind,
            number: own.number.clone(),
            check: own.check,
            assigned: assigned.map(|assigned| Assigned {
                at: assigned.at,
                place: assigned.place.clone(),
                by: assigned.by.clone(),
                on: assigned.on,
            }),
        }
    });
    let now = identities.log().clock().now();
    let others = identities.others(&row).await?.into_iter().filter(|other| {
        let hidden = other.row.document.identities.protected && !reader.session.permissions.see_protected;
        scope.covers(&other.row.document.belonging, now) && !hidden
    });
    let others = others.map(|other| SamePerson {
        joined: known.joined.contains(&other.row.entry),
        separated: known.separated.contains(&other.row.entry),
        entry: list_row(other.row.entry, other.row.registered_at, &other.row.document),
        score: other.score,
        reasons: other.reasons,
    });
    let others: Vec<SamePerson> = others.collect();
    reader.lists(Shown::Row, others.iter().map(|other| other.entry.id)).await?;
    Ok(Json(Answer {
        numbers: numbers.collect(),
        conflict: record.flags.iter().any(|flag| flag.kind == FlagKind::ConflictingIdentity),
        protected: known.protected,
        others,
        join_from: identities.join_from(),
    }))
}

/// Writes a number down that was assigned or found, and joins the entries that turn out to be of the same person.
#[utoipa::path(post, path = "/api/v1/entries/{id}/identities", tag = "entries", request_body = AssignNumber,
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header)),
    responses((status = 200, body = EntryVersion), (status = 401), (status = 403), (status = 404), (status = 409), (status = 410), (status = 422)))]
pub async fn assign(
    Viewer(session): Viewer,
    State(tables): State<Tables>,
    State(identities): State<Identities>,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
    Json(request): Json<AssignNumber>,
) -> Result<Json<EntryVersion>, Refused> {
    require(&session, |may| may.identify)?;
    let row = visible(&session, &tables, identities.log(), id).await?;
    let key = idempotency_key(&headers)?;
    let place = request.place.as_deref().map(str::trim).filter(|place| !place.is_empty());
    if place.is_some_and(|place| place.chars().count() > PLACE_CHARS_MAX) {
        return Err(Refused::field("/place", "80 characters at most"));
    }
    let now = identities.log().clock().now();
    let own = identity(&request.number.0, request.kind, now);
    if identities.refuses_synthetic() && own.check == IdentityCheck::Synthetic {
        return Err(Refused::field("/number", "a synthetic number"));
    }
    let asked = format!("assign {id} {} {:?}", own.number.0, request.kind).into_bytes();
    let assigned = IdentityAssigned {
        identity: own,
        assigned_at: request.at,
        place: place.map(str::to_owned),
        assigned_by: session.name.clone(),
        assigned_on: now,
    };
    let done = entries::change(identities.log(), row.entry, &session.name, Some((key, asked)), |_| {
        let command = rules::Command::Assign(assigned.clone());
        Some(Command::Identity { entry: row.entry, command })
    });
    Ok(answer(done.await?))
}

/// Says that a number is not the traveller's.
#[utoipa::path(post, path = "/api/v1/entries/{id}/identities/withdrawal", tag = "entries", request_body = WithdrawNumber,
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header)),
    responses((status = 200, body = EntryVersion), (status = 401), (status = 403), (status = 404), (status = 409), (status = 410), (status = 422)))]
pub async fn withdraw(
    Viewer(session): Viewer,
    State(tables): State<Tables>,
    State(log): State<Log>,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
    Json(request): Json<WithdrawNumber>,
) -> Result<Json<EntryVersion>, Refused> {
    require(&session, |may| may.identify)?;
    let row = visible(&session, &tables, &log, id).await?;
    let reason = reason_of(&request.reason)?.to_owned();
    let number = Personal(crate::rules::identity::normalise(&request.number.0));
    let own = row.document.record.person.identities.iter().find(|own| own.number == number);
    let identity = own.cloned().ok_or_else(|| Refused::field("/number", "not one of the traveller's"))?;
    let asked = format!("withdraw {id} {} {reason}", number.0).into_bytes();
    let withdrawn =
        IdentityWithdrawn { identity, reason: Personal(reason), withdrawn_by: session.name.clone() };
    let key = Some((idempotency_key(&headers)?, asked));
    let done = entries::change(&log, row.entry, &session.name, key, |_| {
        let command = rules::Command::Withdraw(withdrawn.clone());
        Some(Command::Identity { entry: row.entry, command })
    });
    Ok(answer(done.await?))
}

/// Decides whether another entry is of the same person.
#[utoipa::path(post, path = "/api/v1/entries/{id}/person", tag = "entries", request_body = DecidePerson,
    params(("id" = Uuid, Path)),
    responses((status = 200, body = EntryVersion), (status = 401), (status = 403), (status = 404), (status = 409), (status = 410), (status = 422)))]
pub async fn decide_person(
    Viewer(session): Viewer,
    State(tables): State<Tables>,
    State(identities): State<Identities>,
    Path(id): Path<Uuid>,
    Json(request): Json<DecidePerson>,
) -> Result<Json<EntryVersion>, Refused> {
    require(&session, |may| may.identify)?;
    let one = visible(&session, &tables, identities.log(), id).await?;
    let other = visible(&session, &tables, identities.log(), request.other).await?;
    let done = if request.same {
        identities.join(&one, &other, &session.name).await?
    } else {
        let reason = reason_of(&request.reason)?;
        identities.separate(one.entry, other.entry, reason, &session.name).await?
    };
    Ok(answer(done))
}

/// Says whether the address is protected: lists and exports do not show the entry then.
#[utoipa::path(put, path = "/api/v1/entries/{id}/protection", tag = "entries", request_body = ProtectAddress,
    params(("id" = Uuid, Path)),
    responses((status = 200, body = EntryVersion), (status = 401), (status = 403), (status = 404), (status = 410)))]
pub async fn protect(
    Viewer(session): Viewer,
    State(tables): State<Tables>,
    State(log): State<Log>,
    Path(id): Path<Uuid>,
    Json(request): Json<ProtectAddress>,
) -> Result<Json<EntryVersion>, Refused> {
    require(&session, |may| may.see_protected)?;
    let row = visible(&session, &tables, &log, id).await?;
    let set = AddressProtection { protected: request.protected, set_by: session.name.clone() };
    Ok(answer(protected(&log, row.entry, &session, set).await?))
}

async fn protected(
    log: &Log,
    entry: EntryId,
    session: &Session,
    set: AddressProtection,
) -> Result<Done, Refused> {
    let done = entries::change(log, entry, &session.name, None, |_| {
        Some(Command::Identity { entry, command: rules::Command::Protect(set.clone()) })
    });
    Ok(done.await?)
}

fn answer(done: Done) -> Json<EntryVersion> {
    Json(EntryVersion { version: done.version, position: done.position })
}

impl From<IdentitiesError> for Refused {
    fn from(error: IdentitiesError) -> Refused {
        match error {
            IdentitiesError::Change(error) => error.into(),
            IdentitiesError::Lists(error) => error.into(),
            IdentitiesError::Database(error) => error.into(),
        }
    }
}
