//! The labour inspectorate's inbox: bundles by employer and place. Nothing here reads an entry.

use super::access::require;
use super::problem::Refused;
use super::reader::Reader;
use super::session::Viewer;
use crate::projections::referrals::{self as rows, Found, Stage};
use crate::referrals::ReferralDesk;
use crate::referrals::inspecting::Acted;
use crate::rules::referral::{Command, NOTE_MAX, same_employer, same_place};
use api::disclosures::Shown;
use api::problem::ProblemCode;
use api::referrals::{
    Acknowledge, Bundle, BundleCounts, BundleLine, BundlePlace, CloseReferrals, Inbox, Inspected,
    InspectedOne, InspectedReferral, InspectionResult, ReferralStage, ReturnForMore,
};
use axum::Json;
use axum::extract::{Path, State};
use events::Personal;
use events::referral::{ReferralClosed, ReferralReceived, ReferralReturned, ReferredEmployer};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Referrals that are acted on at once at most.
const AT_ONCE_MAX: usize = 200;

/// The bundles.
#[utoipa::path(get, path = "/api/v1/inspectorate/bundles", tag = "inspectorate",
    responses((status = 200, body = Inbox), (status = 401), (status = 403)))]
pub async fn bundles(reader: Reader, State(desk): State<ReferralDesk>) -> Result<Json<Inbox>, Refused> {
    require(&reader.session, |may| may.inspect_employers)?;
    let found = rows::recent(desk.readers(), desk.log().keyring(), desk.now()).await?;
    reader.lists(Shown::Referral, entries(&found)).await?;
    let mut bundles: Vec<Vec<Found>> = Vec::new();
    for found in found {
        let employer = &found.sheet.content.employer;
        let own = bundles.iter_mut().find(|bundle| is_of(bundle, employer));
        match own {
            Some(bundle) => bundle.push(found),
            None => bundles.push(vec![found]),
        }
    }
    Ok(Json(Inbox { bundles: bundles.iter().filter_map(|bundle| line(bundle)).collect() }))
}

fn entries(found: &[Found]) -> BTreeSet<Uuid> {
    found.iter().map(|found| found.entry.uuid()).collect()
}

/// A bundle is of one number; without one, of one name.
fn is_of(bundle: &[Found], employer: &ReferredEmployer) -> bool {
    bundle.first().is_some_and(|first| {
        let known = &first.sheet.content.employer;
        known.org_number == employer.org_number && same_employer(known, employer)
    })
}

fn line(bundle: &[Found]) -> Option<BundleLine> {
    let (latest, first) = (bundle.first()?, bundle.last()?);
    Some(BundleLine {
        key: key_of(bundle)?,
        employer: latest.sheet.content.employer.clone(),
        counts: counts(bundle),
        first_at: first.made_at,
        last_at: latest.made_at,
    })
}

/// The number; the id of the oldest referral when there is none.
fn key_of(bundle: &[Found]) -> Option<String> {
    let number = bundle.first()?.sheet.content.employer.org_number.clone();
    number.or_else(|| Some(bundle.last()?.referral.to_string()))
}

fn counts(found: &[Found]) -> BundleCounts {
    let separate = found.iter().filter(|found| found.sheet.joins.is_none()).count();
    let at = |stage| found.iter().filter(|found| found.sheet.stage() == stage).count() as u64;
    BundleCounts {
        travellers: entries(found).len() as u64,
        breaches: found.iter().map(|found| found.sheet.content.facts.breaches.len() as u64).sum(),
        places: places(found).len() as u64,
        repeated: separate.saturating_sub(1) as u64,
        open: at(Stage::Open),
        in_hand: at(Stage::InHand),
        returned: at(Stage::Returned),
        closed: at(Stage::Closed),
    }
}

/// By place, those with the latest news first.
fn places(found: &[Found]) -> Vec<Vec<Found>> {
    let mut places: Vec<Vec<Found>> = Vec::new();
    for found in found {
        let here = |place: &&mut Vec<Found>| {
            place.first().is_some_and(|first| {
                same_place(&first.sheet.content.accommodation, &found.sheet.content.accommodation)
            })
        };
        match places.iter_mut().find(here) {
            Some(place) => place.push(found.clone()),
            None => places.push(vec![found.clone()]),
        }
    }
    places
}

/// One bundle.
#[utoipa::path(get, path = "/api/v1/inspectorate/bundles/{key}", tag = "inspectorate", params(("key" = String, Path)),
    responses((status = 200, body = Bundle), (status = 401), (status = 403), (status = 404)))]
pub async fn bundle(
    reader: Reader,
    State(desk): State<ReferralDesk>,
    Path(key): Path<String>,
) -> Result<Json<Bundle>, Refused> {
    require(&reader.session, |may| may.inspect_employers)?;
    let found = found(&desk, &key).await?;
    let latest = found.first().ok_or(ProblemCode::NotFound)?;
    reader.keeps_all_open(Shown::Referral, entries(&found)).await?;
    let place = |place: &Vec<Found>| {
        Some(BundlePlace {
            accommodation: place.first()?.sheet.content.accommodation.clone(),
            counts: counts(place),
            referrals: place.iter().map(shown).collect(),
        })
    };
    Ok(Json(Bundle {
        key,
        employer: latest.sheet.content.employer.clone(),
        counts: counts(&found),
        places: places(&found).iter().filter_map(place).collect(),
    }))
}

async fn found(desk: &ReferralDesk, key: &str) -> Result<Vec<Found>, Refused> {
    let (tables, keyring, now) = (desk.readers(), desk.log().keyring(), desk.now());
    if key.len() == 9 && key.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(rows::of_employer(tables, keyring, key, now).await?);
    }
    let referral: Uuid = key.parse().map_err(|_| ProblemCode::NotFound)?;
    let named = rows::by_id(tables, keyring, referral).await?.ok_or(ProblemCode::NotFound)?;
    let employer = named.sheet.content.employer;
    Ok(match &employer.org_number {
        // A number was found out since.
        Some(number) => rows::of_employer(tables, keyring, number, now).await?,
        None => rows::of_unnamed(tables, keyring, &employer, now).await?,
    })
}

fn shown(found: &Found) -> InspectedReferral {
    let sheet = &found.sheet;
    let (returned, closed) = (sheet.returned.as_ref(), sheet.closed.as_ref());
    let (stage, stage_at) = match sheet.stage() {
        Stage::Open => (ReferralStage::Open, None),
        Stage::InHand => (ReferralStage::InHand, sheet.received_at),
        Stage::Returned => (ReferralStage::Returned, returned.map(|returned| returned.mark.at)),
        Stage::Closed => (ReferralStage::Closed, closed.map(|closed| closed.mark.at)),
    };
    InspectedReferral {
        referral: found.referral,
        made_at: found.made_at,
        legal_basis: sheet.legal_basis,
        facts: sheet.content.facts.clone(),
        stage,
        stage_at,
        wanted: returned.map(|returned| returned.wanted.clone()).unwrap_or_default(),
        note: returned.and_then(|returned| returned.note.clone()),
        outcome: closed.map(|closed| closed.outcome),
        holds: sheet.holds,
        delete_by: found.entry.epoch().ends_at(),
    }
}

/// Takes referrals in hand.
#[utoipa::path(post, path = "/api/v1/inspectorate/referrals/acknowledgement", tag = "inspectorate", request_body = Acknowledge,
    responses((status = 200, body = Inspected), (status = 401), (status = 403), (status = 422)))]
pub async fn acknowledge(
    Viewer(session): Viewer,
    State(desk): State<ReferralDesk>,
    Json(request): Json<Acknowledge>,
) -> Result<Json<Inspected>, Refused> {
    require(&session, |may| may.inspect_employers)?;
    let command = |referral| {
        Command::Receive(ReferralReceived { referral, received_by: session.name.clone(), at: desk.now() })
    };
    act(&desk, &request.referrals, &session.name, command).await
}

/// Sends referrals back: the centre is to find out more.
#[utoipa::path(post, path = "/api/v1/inspectorate/referrals/return", tag = "inspectorate", request_body = ReturnForMore,
    responses((status = 200, body = Inspected), (status = 401), (status = 403), (status = 422)))]
pub async fn return_for_more(
    Viewer(session): Viewer,
    State(desk): State<ReferralDesk>,
    Json(request): Json<ReturnForMore>,
) -> Result<Json<Inspected>, Refused> {
    require(&session, |may| may.inspect_employers)?;
    if request.wanted.is_empty() {
        return Err(Refused::field("/wanted", "at least one"));
    }
    let note = request.note.as_ref().map(|note| note.0.trim()).filter(|note| !note.is_empty());
    if note.is_some_and(|note| note.chars().count() > NOTE_MAX) {
        return Err(Refused::field("/note", "at most 500 characters"));
    }
    let mut wanted = request.wanted.clone();
    wanted.sort_unstable();
    wanted.dedup();
    let command = |referral| {
        Command::Return(ReferralReturned {
            referral,
            wanted: wanted.clone(),
            note: note.map(|note| Personal(note.to_owned())),
            returned_by: session.name.clone(),
            at: desk.now(),
        })
    };
    act(&desk, &request.referrals, &session.name, command).await
}

/// Closes referrals.
#[utoipa::path(post, path = "/api/v1/inspectorate/referrals/closing", tag = "inspectorate", request_body = CloseReferrals,
    responses((status = 200, body = Inspected), (status = 401), (status = 403), (status = 422)))]
pub async fn close(
    Viewer(session): Viewer,
    State(desk): State<ReferralDesk>,
    Json(request): Json<CloseReferrals>,
) -> Result<Json<Inspected>, Refused> {
    require(&session, |may| may.inspect_employers)?;
    let command = |referral| {
        let (outcome, closed_by) = (request.outcome, session.name.clone());
        Command::Close(ReferralClosed { referral, outcome, closed_by, at: desk.now() })
    };
    act(&desk, &request.referrals, &session.name, command).await
}

async fn act(
    desk: &ReferralDesk,
    referrals: &[Uuid],
    inspector: &str,
    command: impl Fn(Uuid) -> Command,
) -> Result<Json<Inspected>, Refused> {
    if referrals.is_empty() || referrals.len() > AT_ONCE_MAX {
        return Err(Refused::field("/referrals", "1 to 200"));
    }
    let acted = desk.act(referrals, inspector, command).await?;
    let one = |(referral, acted): (Uuid, Acted)| InspectedOne {
        referral,
        result: match acted {
            Acted::Done => InspectionResult::Done,
            Acted::Unchanged => InspectionResult::Unchanged,
            Acted::Closed => InspectionResult::Closed,
            Acted::Gone => InspectionResult::Gone,
        },
    };
    Ok(Json(Inspected { results: acted.into_iter().map(one).collect() }))
}
