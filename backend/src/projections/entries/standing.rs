//! Folds where entries stand in the queue of calls into `call_queue`, and who belongs together.
//!
//! A contact is all who share a person, a phone or a travel party, whatever epoch they were registered in: they are
//! found by their tokens under each live epoch's key. Its name is its oldest entry's id.

use super::tokens;
use crate::intake::reference::{Facts, Reference};
use crate::log::keyring::Key;
use crate::rules::calls::Calls;
use crate::rules::moments::norwegian_day_of;
use crate::rules::quarantine::{assess, facts_of};
use crate::rules::queue::{self, Scene, Standing, Turn};
use events::call::ContactResult;
use events::follow_up::FollowUpPolicy;
use events::record::EntryRecord;
use events::rule_set::Obligation;
use events::{EntryId, Epoch};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use sqlx::PgConnection;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;
use uuid::Uuid;

use super::row::Document;

/// For how long the others of a contact are left alone after a conversation of any kind.
const QUIET_AFTER_CONVERSATION: SignedDuration = SignedDuration::from_hours(1);

/// Parts of the queue, as the column holds them.
pub(crate) const WAITS: i16 = 0;
/// Due, unless somebody holds it.
pub(crate) const READY: i16 = 1;
/// Nobody calls.
pub(crate) const OUT: i16 = 2;

/// A row of `call_queue` on its way.
pub(super) struct QueueRow {
    entry: Uuid,
    standing: Option<Turn>,
    quiet_until: Option<Timestamp>,
    outcome_missing: bool,
    skipped_at: Option<Timestamp>,
    review: bool,
    tally: Tally,
    /// Tokens to find the contact by, when they may have changed.
    contact_tokens: Option<Vec<i64>>,
}

/// Attempts concluded and answered, by Norwegian day and caller.
pub(super) type Tally = BTreeMap<(Date, String), (i32, i32)>;

/// How many attempts came to something.
pub(super) fn tally(calls: &Calls) -> Tally {
    let mut tally = Tally::new();
    for said in calls.attempts.iter().filter_map(|attempt| attempt.concluded.as_ref()) {
        let (attempts, answered) = tally.entry((norwegian_day_of(said.at), said.by.clone())).or_default();
        *attempts += 1;
        *answered += i32::from(said.outcome.contact == ContactResult::Answered);
    }
    tally
}

/// What an entry adds to the tally since it was last counted; it may take something back.
fn added(before: &Tally, mut now: Tally) -> Tally {
    for (key, (attempts, answered)) in before {
        let counted = now.entry(key.clone()).or_default();
        counted.0 -= attempts;
        counted.1 -= answered;
    }
    now.retain(|_, counted| *counted != (0, 0));
    now
}

/// What the rules say of an entry's place in the queue, and of its quarantine.
pub struct Judged {
    /// Where it stands.
    pub standing: Standing,
    /// When the quarantine ends; the end of the data where there is none.
    pub quarantine_ends_at: Timestamp,
}

/// What is owed at all, and until when.
#[derive(Clone, Copy)]
pub struct Owed {
    /// Whether anything is owed that is followed up.
    pub obliged: bool,
    /// When the quarantine ends; the end of the data where there is none.
    pub quarantine_ends_at: Timestamp,
    /// When the quarantine ends; none where there is none.
    pub ends: Option<Timestamp>,
}

/// What is owed by the rules in force. Exempt is who they exempt; an unknown code exempts nobody.
pub fn owed(entry: EntryId, registered_at: Timestamp, record: &EntryRecord, rules: &Rules) -> Owed {
    let facts = facts_of(record, registered_at, Vec::new());
    let assessment = assess(&rules.sets.rule_sets, &facts, rules.now);
    let ends = assessment.ends.map(|end| end.at);
    Owed {
        obliged: assessment.obligation != Obligation::Exempt,
        quarantine_ends_at: ends.unwrap_or(entry.epoch().ends_at()),
        ends,
    }
}

/// Judges an entry by the rules in force at a moment.
pub fn judge(entry: EntryId, registered_at: Timestamp, document: &Document, rules: &Rules) -> Judged {
    judge_by(owed(entry, registered_at, &document.record, rules), entry, registered_at, document, rules)
}

/// The same, when what is owed is known already.
fn judge_by(
    owed: Owed,
    entry: EntryId,
    registered_at: Timestamp,
    document: &Document,
    rules: &Rules,
) -> Judged {
    let Owed { obliged, quarantine_ends_at, .. } = owed;
    let record = &document.record;
    let scene = Scene { entry, record, obliged, registered_at, quarantine_ends_at, calls: &document.calls };
    Judged { standing: queue::standing(&scene, &rules.policy), quarantine_ends_at }
}

/// The rules in force at a moment.
pub struct Rules {
    now: Timestamp,
    sets: Arc<Facts>,
    /// The policy of following up.
    pub policy: FollowUpPolicy,
}

impl Rules {
    /// Those of a moment.
    pub fn at(reference: &Reference, now: Timestamp) -> Rules {
        let sets = reference.facts();
        let policy = sets.policy(norwegian_day_of(now));
        Rules { now, sets, policy }
    }
}

/// The row of an entry. `keys` are given when the contact must be found anew.
pub(super) fn row(
    entry: EntryId,
    registered_at: Timestamp,
    document: &Document,
    (rules, owed): (&Rules, Owed),
    counted: &Tally,
    keys: Option<&[(Epoch, Arc<Key>)]>,
) -> QueueRow {
    let policy = &rules.policy;
    let standing = match judge_by(owed, entry, registered_at, document, rules).standing {
        Standing::In(turn) => Some(turn),
        Standing::Out(_) => None,
    };
    let calls = &document.calls;
    QueueRow {
        entry: entry.uuid(),
        quiet_until: quiet_until(calls, standing.as_ref(), policy),
        outcome_missing: calls.attempts.last().is_some_and(|attempt| attempt.concluded.is_none()),
        skipped_at: calls.skipped_until,
        tally: added(counted, tally(calls)),
        review: calls.attempts.iter().any(|attempt| {
            let answered = attempt.concluded.as_ref().is_some_and(|said| said.outcome.assessment.is_some());
            answered && !attempt.reviewed && attempt.id.as_u128() % 1_000 < u128::from(policy.review_permille)
        }),
        contact_tokens: keys.map(|keys| contact_tokens(document, keys)),
        standing,
    }
}

/// Until when the others of the contact are left alone: whoever was guided has told them; whoever was not reached is
/// tried again first.
fn quiet_until(calls: &Calls, turn: Option<&Turn>, policy: &FollowUpPolicy) -> Option<Timestamp> {
    let guided = queue::guided_until(calls, policy);
    let last = calls.attempts.last().map(|attempt| match &attempt.concluded {
        Some(said) if said.outcome.assessment.is_some() && said.outcome.call_back_at.is_none() => {
            said.at.saturating_add(QUIET_AFTER_CONVERSATION).unwrap_or(said.at)
        }
        Some(said) => turn.map_or(said.at, |turn| turn.due_at),
        None => attempt.dialled_at.saturating_add(QUIET_AFTER_CONVERSATION).unwrap_or(attempt.dialled_at),
    });
    guided.into_iter().chain(last).max()
}

fn contact_tokens(document: &Document, keys: &[(Epoch, Arc<Key>)]) -> Vec<i64> {
    let terms = tokens::of_contact(&document.record);
    keys.iter().flat_map(|(_, key)| terms.iter().map(|term| term.token(key))).collect()
}

/// Puts rows in the place of earlier ones and says who belongs together.
pub(super) async fn write(tables: &mut PgConnection, rows: &[QueueRow]) -> Result<(), sqlx::Error> {
    write_rows(tables, rows).await?;
    join_contacts(tables, rows).await?;
    let touched: Vec<Uuid> = rows.iter().map(|row| row.entry).collect();
    settle(tables, &touched).await?;
    add_up(tables, rows).await
}

async fn add_up(tables: &mut PgConnection, rows: &[QueueRow]) -> Result<(), sqlx::Error> {
    let mut sum = Tally::new();
    for ((day, caller), (attempts, answered)) in rows.iter().flat_map(|row| &row.tally) {
        let counted = sum.entry((*day, caller.clone())).or_default();
        counted.0 += attempts;
        counted.1 += answered;
    }
    if sum.is_empty() {
        return Ok(());
    }
    let days: Vec<jiff_sqlx::Date> = sum.keys().map(|(day, _)| (*day).into()).collect();
    let callers: Vec<String> = sum.keys().map(|(_, caller)| caller.clone()).collect();
    let (attempts, answered): (Vec<i32>, Vec<i32>) = sum.values().copied().unzip();
    sqlx::query(
        "insert into call_tally as known (day, caller, attempts, answered)
         select * from unnest($1::date[], $2::text[], $3::integer[], $4::integer[])
         on conflict (day, caller) do update set
             attempts = known.attempts + excluded.attempts, answered = known.answered + excluded.answered",
    )
    .bind(days)
    .bind(callers)
    .bind(attempts)
    .bind(answered)
    .execute(tables)
    .await?;
    Ok(())
}

async fn write_rows(tables: &mut PgConnection, rows: &[QueueRow]) -> Result<(), sqlx::Error> {
    fn column<T>(rows: &[QueueRow], of: impl Fn(&QueueRow) -> T) -> Vec<T> {
        rows.iter().map(of).collect()
    }
    fn turn<T>(rows: &[QueueRow], of: impl Fn(&Turn) -> T, otherwise: T) -> Vec<T>
    where
        T: Clone,
    {
        rows.iter().map(|row| row.standing.as_ref().map_or(otherwise.clone(), &of)).collect()
    }
    let at = |moment: Timestamp| -> jiff_sqlx::Timestamp { moment.into() };
    let never = at(Timestamp::UNIX_EPOCH);
    sqlx::query(
        "insert into call_queue (entry, contact, part, class, urgent_at, due_at, ready_at, quiet_until, language,
                                 reserved_for, reserved_until, never_reached, outcome_missing, skipped_at, review)
         select entry, entry, part, class, urgent_at, due_at, due_at, quiet_until, language, reserved_for,
                reserved_until, never_reached, outcome_missing, skipped_at, review
         from unnest($1::uuid[], $2::smallint[], $3::smallint[], $4::timestamptz[], $5::timestamptz[],
                     $6::timestamptz[], $7::text[], $8::text[], $9::timestamptz[], $10::boolean[], $11::boolean[],
                     $12::timestamptz[], $13::boolean[])
              as new (entry, part, class, urgent_at, due_at, quiet_until, language, reserved_for, reserved_until,
                      never_reached, outcome_missing, skipped_at, review)
         on conflict (entry) do update set
             part = excluded.part, class = excluded.class, urgent_at = excluded.urgent_at, due_at = excluded.due_at,
             ready_at = excluded.ready_at, quiet_until = excluded.quiet_until, language = excluded.language,
             reserved_for = excluded.reserved_for, reserved_until = excluded.reserved_until,
             never_reached = excluded.never_reached, outcome_missing = excluded.outcome_missing,
             skipped_at = excluded.skipped_at, review = excluded.review",
    )
    .bind(column(rows, |row| row.entry))
    .bind(column(rows, |row| if row.standing.is_some() { WAITS } else { OUT }))
    .bind(turn(rows, |turn| turn.class, 0))
    .bind(turn(rows, |turn| at(turn.urgent_at), never))
    .bind(turn(rows, |turn| at(turn.due_at), never))
    .bind(column(rows, |row| row.quiet_until.map_or(never, at)))
    .bind(turn(rows, |turn| turn.language.clone(), String::new()))
    .bind(turn(rows, |turn| turn.reserved.as_ref().map(|(caller, _)| caller.clone()), None))
    .bind(turn(rows, |turn| turn.reserved.as_ref().map(|(_, until)| at(*until)), None))
    .bind(turn(rows, |turn| turn.never_reached, false))
    .bind(column(rows, |row| row.outcome_missing))
    .bind(column(rows, |row| row.skipped_at.map(at)))
    .bind(column(rows, |row| row.review))
    .execute(tables)
    .await?;
    Ok(())
}

/// Gives all who share a token the contact of the oldest.
async fn join_contacts(tables: &mut PgConnection, rows: &[QueueRow]) -> Result<(), sqlx::Error> {
    let (mut entries, mut wanted) = (Vec::new(), Vec::new());
    for row in rows {
        for token in row.contact_tokens.iter().flatten() {
            entries.push(row.entry);
            wanted.push(*token);
        }
    }
    if wanted.is_empty() {
        return Ok(());
    }
    // One other of each token and epoch is enough: it is joined with the rest already.
    let links: Vec<(Uuid, Uuid, Uuid)> = sqlx::query_as(
        "select distinct own.entry, mine.contact, others.contact
         from unnest($1::uuid[], $2::bigint[]) as own (entry, token)
         cross join lateral (select t.entry from entry_token t
                             where t.token = own.token order by t.entry limit 2) other
         join call_queue mine on mine.entry = own.entry
         join call_queue others on others.entry = other.entry
         where other.entry <> own.entry and mine.contact <> others.contact",
    )
    .bind(entries)
    .bind(wanted)
    .fetch_all(&mut *tables)
    .await?;
    let (from, to): (Vec<Uuid>, Vec<Uuid>) =
        united(links.iter().map(|(_, a, b)| (*a, *b))).into_iter().unzip();
    if from.is_empty() {
        return Ok(());
    }
    // A hold goes with its contact. While a model is built beside the live one, holds are none of its business.
    sqlx::query(
        "with joined as (
             select * from unnest($1::uuid[], $2::uuid[]) as joined (old_contact, new_contact)
         ), renamed as (
             update call_queue q set contact = joined.new_contact from joined where q.contact = joined.old_contact
         )
         update read.call_lease l set contact = joined.new_contact from joined
         where l.contact = joined.old_contact and current_schema() = 'read'
           and not exists (select from read.call_lease o
                           join joined j on o.contact in (j.old_contact, j.new_contact)
                           where j.new_contact = joined.new_contact and o.contact <> l.contact)",
    )
    .bind(from)
    .bind(to)
    .execute(tables)
    .await?;
    Ok(())
}

/// Of contacts that turn out to be one, each with the oldest of them; the oldest itself is not named.
fn united(links: impl Iterator<Item = (Uuid, Uuid)>) -> BTreeMap<Uuid, Uuid> {
    let mut neighbours: HashMap<Uuid, BTreeSet<Uuid>> = HashMap::new();
    for (a, b) in links {
        neighbours.entry(a).or_default().insert(b);
        neighbours.entry(b).or_default().insert(a);
    }
    let mut seen: HashSet<Uuid> = HashSet::new();
    let mut united = BTreeMap::new();
    let all: BTreeSet<Uuid> = neighbours.keys().copied().collect();
    for oldest in all {
        let mut waiting = vec![oldest];
        while let Some(one) = waiting.pop() {
            if !seen.insert(one) {
                continue;
            }
            if one != oldest {
                united.insert(one, oldest);
            }
            waiting.extend(neighbours.get(&one).into_iter().flatten().filter(|other| !seen.contains(*other)));
        }
    }
    united
}

/// What the others of a contact mean for when each is ready, and whether somebody holds it.
async fn settle(tables: &mut PgConnection, entries: &[Uuid]) -> Result<(), sqlx::Error> {
    sqlx::query(
        "with touched as (
             select distinct contact from call_queue where entry = any($1)
         ), holding as (
             select distinct h.contact from read.call_lease l join call_queue h on h.entry = l.entry
         ), member as (
             select q.entry, q.contact, q.due_at, q.part,
                    max(q.quiet_until) over (partition by q.contact) as quiet_until,
                    q.contact in (select contact from holding) as held
             from call_queue q join touched using (contact)
         )
         update call_queue q set
             ready_at = greatest(m.due_at, m.quiet_until), held = m.held,
             part = case when m.part = 2 then 2 else 0 end
         from member m
         where q.entry = m.entry
           and (q.ready_at, q.held) is distinct from (greatest(m.due_at, m.quiet_until), m.held)",
    )
    .bind(entries)
    .execute(tables)
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contacts_that_turn_out_to_be_one_take_the_oldest_name() {
        let id = Uuid::from_u128;
        let links = [(id(5), id(3)), (id(9), id(5)), (id(7), id(8))];
        let united = united(links.into_iter());
        assert_eq!(united, BTreeMap::from([(id(5), id(3)), (id(9), id(3)), (id(8), id(7))]));
    }
}
