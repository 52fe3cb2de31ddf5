//! Rule sets: listing, comparing, trying on the live entries, adopting.

use super::Tables;
use super::access::require;
use super::problem::Refused;
use super::routing::idempotency_key;
use super::session::Viewer;
use crate::intake::reference::{Reference, ReferenceError, adopt_rule_set};
use crate::log::Log;
use crate::projections::entries::{ListRow, Walk};
use crate::rules::moments::norwegian_day_of;
use crate::rules::quarantine::check::{Wrong, check, check_content};
use crate::rules::quarantine::compare::{changes, differences};
use crate::rules::quarantine::{Assessment, RuleSets, assess, facts_of};
use api::problem::{FieldProblem, ProblemCode};
use api::rule_sets::{
    AdoptRuleSet, RuleSetAnswer, RuleSetComparison, RuleSetList, RuleSetRow, TRIAL_PAGE_MAX, TrialAnswer,
    TrialChange, TrialCount, TrialRow, TrialSide, TryRuleSet,
};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use events::rule_set::RuleSetAdopted;
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Entries that a trial names when nothing is asked for.
const TRIAL_PAGE_DEFAULT: u32 = 50;

/// All rule sets.
#[utoipa::path(get, path = "/api/v1/rule-sets", tag = "rules", responses((status = 200, body = RuleSetList), (status = 401)))]
pub async fn list(
    Viewer(session): Viewer,
    State(reference): State<Reference>,
    State(log): State<Log>,
) -> Result<Json<RuleSetList>, Refused> {
    require(&session, |may| may.see_rules)?;
    let today = norwegian_day_of(log.clock().now());
    Ok(Json(RuleSetList { items: rows(&reference.facts().rule_sets, today), today }))
}

fn rows(sets: &RuleSets, today: Date) -> Vec<RuleSetRow> {
    let in_force = sets.on(today).map(|set| set.name.clone());
    let row = |adopted: &RuleSetAdopted| {
        let set = &adopted.rule_set;
        let next = sets.after(set.valid_from).next();
        let counts = sets.on(set.valid_from).map(|counts| counts.name.clone());
        RuleSetRow {
            name: set.name.clone(),
            valid_from: set.valid_from,
            valid_until: next.and_then(|next| next.valid_from.yesterday().ok()),
            replaced_by: counts.filter(|counts| *counts != set.name),
            in_force: in_force.as_deref() == Some(&set.name),
            title: set.title.clone(),
            source: set.source.clone(),
            adopted_by: adopted.adopted_by.clone(),
            reason: adopted.reason.clone(),
        }
    };
    sets.all().iter().map(row).collect()
}

/// One rule set whole.
#[utoipa::path(get, path = "/api/v1/rule-sets/{name}", tag = "rules", params(("name" = String, Path)),
    responses((status = 200, body = RuleSetAnswer), (status = 401), (status = 404)))]
pub async fn get(
    Viewer(session): Viewer,
    State(reference): State<Reference>,
    Path(name): Path<String>,
) -> Result<Json<RuleSetAnswer>, Refused> {
    require(&session, |may| may.see_rules)?;
    let facts = reference.facts();
    let adopted = facts.rule_sets.adopted(&name).ok_or(ProblemCode::NotFound)?.clone();
    Ok(Json(RuleSetAnswer { adopted }))
}

/// In what two rule sets differ.
#[utoipa::path(get, path = "/api/v1/rule-sets/{a}/compare/{b}", tag = "rules",
    params(("a" = String, Path), ("b" = String, Path)),
    responses((status = 200, body = RuleSetComparison), (status = 401), (status = 404)))]
pub async fn compare(
    Viewer(session): Viewer,
    State(reference): State<Reference>,
    Path((a, b)): Path<(String, String)>,
) -> Result<Json<RuleSetComparison>, Refused> {
    require(&session, |may| may.see_rules)?;
    let facts = reference.facts();
    let one = facts.rule_sets.named(&a).ok_or(ProblemCode::NotFound)?;
    let other = facts.rule_sets.named(&b).ok_or(ProblemCode::NotFound)?;
    let differences = differences(one, other);
    Ok(Json(RuleSetComparison { a, b, differences }))
}

/// What a proposed rule set would change for the live entries. It changes nothing.
#[utoipa::path(post, path = "/api/v1/rule-sets/trial", tag = "rules", request_body = TryRuleSet,
    responses((status = 200, body = TrialAnswer), (status = 401), (status = 403), (status = 422)))]
pub async fn trial(
    Viewer(session): Viewer,
    State(reference): State<Reference>,
    State(tables): State<Tables>,
    State(log): State<Log>,
    Json(request): Json<TryRuleSet>,
) -> Result<Json<TrialAnswer>, Refused> {
    require(&session, |may| may.adopt_rules)?;
    right(check_content(&request.rule_set))?;
    let now = log.clock().now();
    let limit = request.limit.unwrap_or(TRIAL_PAGE_DEFAULT).min(TRIAL_PAGE_MAX);
    let facts = reference.facts();
    let proposed = facts.rule_sets.with(request.rule_set);
    let limit = usize::try_from(limit).unwrap_or(0);
    let mut trial = Trial::new(&facts.rule_sets, &proposed, (request.after, limit), now);
    let mut walk = Walk::new(now);
    loop {
        let page = walk.next(&tables.readers, log.keyring()).await?;
        if page.is_empty() {
            return Ok(Json(trial.answer()));
        }
        page.iter().for_each(|row| trial.look_at(row));
        // Assessing is all computation; others want their turn.
        tokio::task::yield_now().await;
    }
}

/// A trial under way: counts of all, and the page that was asked for.
struct Trial<'a> {
    as_is: &'a RuleSets,
    proposed: &'a RuleSets,
    after: Option<Uuid>,
    limit: usize,
    now: Timestamp,
    told: TrialAnswer,
    kinds: BTreeMap<TrialChange, u64>,
}

impl<'a> Trial<'a> {
    fn new(
        as_is: &'a RuleSets,
        proposed: &'a RuleSets,
        (after, limit): (Option<Uuid>, usize),
        now: Timestamp,
    ) -> Trial<'a> {
        let (told, kinds) = (TrialAnswer::default(), BTreeMap::new());
        Trial { as_is, proposed, after, limit, now, told, kinds }
    }

    fn look_at(&mut self, row: &ListRow) {
        self.told.entries += 1;
        let facts = facts_of(&row.document.record, row.registered_at, row.document.results.samples.tests());
        let before = assess(self.as_is, &facts, self.now);
        let after = assess(self.proposed, &facts, self.now);
        let kinds = changes(&before, &after);
        if kinds.is_empty() {
            return;
        }
        self.told.changed += 1;
        kinds.iter().for_each(|kind| *self.kinds.entry(*kind).or_default() += 1);
        let entry = row.entry.uuid();
        if self.after.is_some_and(|after| entry <= after) {
            return;
        }
        if self.told.rows.len() >= self.limit {
            self.told.next = self.told.rows.last().map(|last| last.entry);
            return;
        }
        self.told.rows.push(TrialRow {
            entry,
            arrival: facts.arrival,
            municipality: row.document.routing.responsible_municipality.clone(),
            kinds,
            before: side(&before),
            after: side(&after),
        });
    }

    fn answer(mut self) -> TrialAnswer {
        let kinds = self.kinds.into_iter().map(|(kind, entries)| TrialCount { kind, entries });
        self.told.kinds = kinds.collect();
        self.told
    }
}

fn side(told: &Assessment) -> TrialSide {
    TrialSide {
        rule_set: told.rule_set.clone(),
        obligation: told.obligation,
        ends_on: told.ends.as_ref().map(|end| end.on),
        hotel_until: told.hotel.as_ref().map(|hotel| hotel.on),
    }
}

/// Adopts a rule set. Who sends the very same set again, because no answer came, is told that it is adopted.
#[utoipa::path(post, path = "/api/v1/rule-sets", tag = "rules", request_body = AdoptRuleSet,
    params(("Idempotency-Key" = Uuid, Header)),
    responses((status = 201, body = RuleSetAnswer), (status = 400), (status = 401), (status = 403), (status = 409), (status = 412), (status = 422)))]
pub async fn adopt(
    Viewer(session): Viewer,
    State(reference): State<Reference>,
    State(log): State<Log>,
    headers: HeaderMap,
    Json(request): Json<AdoptRuleSet>,
) -> Result<(StatusCode, Json<RuleSetAnswer>), Refused> {
    require(&session, |may| may.adopt_rules)?;
    let command = idempotency_key(&headers)?;
    // Another node may have adopted something since.
    reference.refresh(&log).await?;
    let facts = reference.facts();
    let reason = request.reason.filter(|reason| !reason.trim().is_empty());
    let adopted = RuleSetAdopted { rule_set: request.rule_set, adopted_by: session.name.clone(), reason };
    if facts.rule_sets.adopted(&adopted.rule_set.name) == Some(&adopted) {
        return Ok((StatusCode::CREATED, Json(RuleSetAnswer { adopted })));
    }
    let today = norwegian_day_of(log.clock().now());
    right(check(&adopted.rule_set, adopted.reason.as_deref(), &facts.rule_sets, today))?;
    let version = u32::try_from(facts.rule_sets.all().len()).unwrap_or(u32::MAX);
    adopt_rule_set(&log, adopted.clone(), version, Some(command)).await?;
    reference.refresh(&log).await?;
    Ok((StatusCode::CREATED, Json(RuleSetAnswer { adopted })))
}

/// Refuses with everything that is wrong with the set.
fn right(wrong: Vec<Wrong>) -> Result<(), Refused> {
    if wrong.is_empty() {
        return Ok(());
    }
    let errors = wrong.into_iter().map(|wrong| FieldProblem {
        pointer: format!("/rule_set{}", wrong.pointer),
        detail: wrong.right.to_owned(),
    });
    Err(Refused { errors: errors.collect(), ..ProblemCode::InvalidRequest.into() })
}

impl From<ReferenceError> for Refused {
    fn from(error: ReferenceError) -> Self {
        match error {
            ReferenceError::Read(error) => error.into(),
            ReferenceError::Append(error) => error.into(),
            ReferenceError::Unreadable(error) => {
                Refused { cause: Some(error.to_string()), ..ProblemCode::Internal.into() }
            }
        }
    }
}
