//! What happened to an entry, oldest first.

use super::correction::{Correcting, holding};
use crate::codes;
use crate::format::{moment_prose, phone};
use crate::language::{language, tr, tr_with};
use crate::loading::Load;
use crate::parts::failure::FailureText;
use crate::parts::{outcome, results};
use crate::{municipalities, t};
use api::entries::{FieldChange, ReferralStep, Timeline, TimelineFact, TimelineItem};
use events::Personal;
use events::call::QueueDirection;
use leptos::prelude::*;

/// The section.
#[component]
pub fn TimelineSection(
    timeline: ArcReadSignal<Load<Timeline>>,
    /// Corrects outcomes, for those who may.
    correcting: Option<Correcting>,
) -> impl IntoView {
    move || match timeline.get() {
        Load::Loading => ().into_any(),
        Load::Failed(failure) => {
            view! { <div class="ds-alert" data-color="danger"><FailureText failure /></div> }.into_any()
        }
        Load::Ready(timeline) => {
            let held = holding(&timeline.items);
            let item = |item: TimelineItem| {
                let correct = correcting.as_ref().zip(held.get(&item.position).cloned());
                let correct = correct.map(|(correcting, (attempt, said))| correcting.button(attempt, said));
                view! { <li>{happened(item)} {correct}</li> }
            };
            let items = timeline.items.into_iter().map(item);
            view! {
                <section aria-labelledby="timeline-heading">
                    <h2 id="timeline-heading" class="ds-heading" data-size="sm">{t!("section-timeline")}</h2>
                    <ol class="timeline">{items.collect_view()}</ol>
                </section>
            }
            .into_any()
        }
    }
}

fn happened(item: TimelineItem) -> impl IntoView {
    let actor = texts::find(language(), &format!("actor-{}", item.actor), &[]).unwrap_or(item.actor);
    let (what, more) = words(item.what);
    view! {
        <p class="timeline-what">{what}</p>
        <p class="subtle figures">
            {moment_prose(language(), item.recorded_at)} " " {tr_with("timeline-by", &[("actor", actor.into())])}
        </p>
        {more}
    }
}

fn words(what: TimelineFact) -> (String, AnyView) {
    let code = |Personal(code): Personal<String>| {
        let words = tr_with("timeline-registered-code", &[("code", code.into())]);
        view! { <p class="figures">{words}</p> }.into_any()
    };
    match what {
        TimelineFact::Registered { reference_code } => (tr("timeline-registered"), code(reference_code)),
        TimelineFact::ReferenceCodeJoined { reference_code } => (tr("timeline-joined"), code(reference_code)),
        TimelineFact::Updated { changes } => {
            (tr("timeline-updated"), view! { <Changes changes /> }.into_any())
        }
        TimelineFact::Routed { municipality, reason } => {
            let municipality = municipalities::label_of(&municipality);
            (tr_with("timeline-routed", &[("municipality", municipality.into())]), because(reason))
        }
        TimelineFact::Declined { municipality, reason } => {
            let municipality = municipalities::label_of(&municipality);
            (tr_with("timeline-declined", &[("municipality", municipality.into())]), because(reason))
        }
        TimelineFact::EndRequested { reason } => (tr("timeline-end-requested"), because(reason)),
        TimelineFact::EndWithdrawn => (tr("timeline-end-withdrawn"), ().into_any()),
        TimelineFact::EndConfirmed => (tr("timeline-end-confirmed"), ().into_any()),
        other => call_words(other),
    }
}

/// Calls, messages, and where the entry stands in the queue.
fn call_words(what: TimelineFact) -> (String, AnyView) {
    let plain = |words: String| (words, ().into_any());
    match what {
        TimelineFact::Dialled { direction, phone: Personal(number), .. } => {
            let key = format!("timeline-dialled-{}", codes::wire_name(&direction));
            plain(tr_with(&key, &[("phone", phone(&number).into())]))
        }
        TimelineFact::Concluded { outcome, .. } => {
            (tr("timeline-concluded"), outcome::outcome(outcome.as_ref()))
        }
        TimelineFact::Corrected { outcome, reason, .. } => {
            let more = view! {
                {outcome::outcome(outcome.as_ref())}
                {reason.map(because)}
                <p class="subtle">{tr("timeline-corrected-former")}</p>
            };
            (tr("timeline-corrected"), more.into_any())
        }
        TimelineFact::Undone { .. } => plain(tr("timeline-undone")),
        TimelineFact::Skipped { reason } => {
            (tr("timeline-skipped"), because(Personal(outcome::word("skip", &reason))))
        }
        TimelineFact::Directed { direction, reason } => (directed(direction), because(reason)),
        TimelineFact::Reviewed { good, note, .. } => {
            let key = if good { "timeline-reviewed-good" } else { "timeline-reviewed-other" };
            (tr(key), note.map(because).into_any())
        }
        TimelineFact::NumberMarkedWrong { phone: Personal(number) } => {
            plain(tr_with("timeline-number-wrong", &[("phone", phone(&number).into())]))
        }
        TimelineFact::MessageOrdered { message, language } => {
            let (message, language) = (outcome::word("message", &message), codes::language_name(&language));
            let values = [("message", message.into()), ("language", language.into())];
            plain(tr_with("timeline-message-ordered", &values))
        }
        TimelineFact::MessageReported { result } => plain(outcome::word("timeline-message", &result)),
        TimelineFact::MessageStopped { ground } => {
            let why = outcome::word("stop", &ground);
            plain(tr_with("timeline-message-stopped", &[("why", why.into())]))
        }
        TimelineFact::IdentityAssigned { .. }
        | TimelineFact::IdentityWithdrawn { .. }
        | TimelineFact::Joined { .. }
        | TimelineFact::Separated { .. }
        | TimelineFact::Protection { .. }
        | TimelineFact::ResultReceived { .. }
        | TimelineFact::ResultLookedUp { .. }
        | TimelineFact::ResultCorrected { .. }
        | TimelineFact::CorrectionSettled { .. }
        | TimelineFact::HotelCheckedIn { .. }
        | TimelineFact::HotelCheckedOut => person_words(what),
        TimelineFact::Referral { step } => plain(referral_words(step)),
        TimelineFact::Registered { .. }
        | TimelineFact::ReferenceCodeJoined { .. }
        | TimelineFact::Updated { .. }
        | TimelineFact::Routed { .. }
        | TimelineFact::Declined { .. }
        | TimelineFact::EndRequested { .. }
        | TimelineFact::EndWithdrawn
        | TimelineFact::EndConfirmed => plain(String::new()),
    }
}

/// Who the traveller is, and what tests say.
fn person_words(what: TimelineFact) -> (String, AnyView) {
    let plain = |words: String| (words, ().into_any());
    match what {
        TimelineFact::IdentityAssigned { identity, number: Personal(number), at, place } => {
            let place = place.unwrap_or_else(|| outcome::word("assigned", &at));
            let kind = outcome::word("identity", &identity);
            let values = [("kind", kind.into()), ("number", number.into()), ("place", place.into())];
            plain(tr_with("timeline-identity-assigned", &values))
        }
        TimelineFact::IdentityWithdrawn { identity, reason } => {
            let kind = outcome::word("identity", &identity);
            (tr_with("timeline-identity-withdrawn", &[("kind", kind.into())]), because(reason))
        }
        TimelineFact::Joined { with } => (tr("timeline-joined-person"), other_entry(with)),
        TimelineFact::Separated { from, reason } => {
            let more = view! { {because(reason)} {other_entry(from)} };
            (tr("timeline-separated-person"), more.into_any())
        }
        TimelineFact::Protection { protected: true } => plain(tr("timeline-protected")),
        TimelineFact::Protection { protected: false } => plain(tr("timeline-not-protected")),
        TimelineFact::ResultReceived { class, state, laboratory } => {
            let laboratory = Some(laboratory).filter(|name| !name.is_empty());
            let laboratory = laboratory.unwrap_or_else(|| tr("laboratory-unknown"));
            let (class, state) = (outcome::word("result", &class), outcome::word("sample", &state));
            let values =
                [("class", class.into()), ("state", state.into()), ("laboratory", laboratory.into())];
            plain(tr_with("timeline-result-received", &values))
        }
        TimelineFact::ResultLookedUp { answered: true } => plain(tr("timeline-result-looked-up")),
        TimelineFact::ResultLookedUp { answered: false } => plain(tr("timeline-result-not-answered")),
        TimelineFact::ResultCorrected { before, after, also } => {
            let (before, after) = (outcome::word("result", &before), outcome::word("result", &after));
            let values = [("before", before.into()), ("after", after.into())];
            (tr_with("timeline-result-corrected", &values), results::also(&also))
        }
        TimelineFact::CorrectionSettled { note } => (tr("timeline-correction-settled"), because(note)),
        TimelineFact::HotelCheckedIn { hotel, municipality } => {
            let municipality = municipalities::label_of(&municipality);
            let values = [("hotel", hotel.into()), ("municipality", municipality.into())];
            plain(tr_with("timeline-hotel-checked-in", &values))
        }
        TimelineFact::HotelCheckedOut => plain(tr("timeline-hotel-checked-out")),
        _ => plain(String::new()),
    }
}

/// What happened to a referral.
fn referral_words(step: ReferralStep) -> String {
    match step {
        ReferralStep::Made { joined: false } => tr("timeline-referral-made"),
        ReferralStep::Made { joined: true } => tr("timeline-referral-joined"),
        ReferralStep::Sent => tr("timeline-referral-sent"),
        ReferralStep::Delivery { status } => {
            let status = outcome::word("delivery", &status);
            tr_with("timeline-referral-delivery", &[("status", status.into())])
        }
        ReferralStep::Received => tr("timeline-referral-received"),
        ReferralStep::Returned { wanted } => {
            let wanted: Vec<String> = wanted.iter().map(|one| outcome::word("wanted", one)).collect();
            tr_with("timeline-referral-returned", &[("wanted", wanted.join(", ").into())])
        }
        ReferralStep::Completed => tr("timeline-referral-completed"),
        ReferralStep::Resent => tr("timeline-referral-resent"),
        ReferralStep::Closed { outcome: said } => {
            let said = outcome::word("inspection", &said);
            tr_with("timeline-referral-closed", &[("outcome", said.into())])
        }
    }
}

fn other_entry(other: uuid::Uuid) -> AnyView {
    view! { <p><a class="ds-link" data-color="accent" href=format!("/entries/{other}")>{tr("same-person-open")}</a></p> }.into_any()
}

fn directed(direction: QueueDirection) -> String {
    match direction {
        QueueDirection::AsPolicy => tr("timeline-directed-as-policy"),
        QueueDirection::First => tr("timeline-directed-first"),
        QueueDirection::To { caller } => tr_with("timeline-directed-to", &[("name", caller.into())]),
        QueueDirection::SetAside { until } => {
            let moment = moment_prose(language(), until);
            tr_with("timeline-directed-set-aside", &[("moment", moment.into())])
        }
    }
}

fn because(Personal(reason): Personal<String>) -> AnyView {
    view! { <p>{tr_with("timeline-reason", &[("reason", reason.into())])}</p> }.into_any()
}

#[component]
fn Changes(changes: Vec<FieldChange>) -> impl IntoView {
    let value = |value: Option<Personal<String>>| match value {
        Some(Personal(value)) => view! { <span>{value}</span> }.into_any(),
        None => view! { <span class="subtle">{tr("timeline-empty")}</span> }.into_any(),
    };
    let row = move |change: FieldChange| {
        view! {
            <tr>
                <th scope="row">{codes::field(&change.field)}</th>
                <td>{value(change.from)}</td>
                <td>{value(change.to)}</td>
            </tr>
        }
    };
    (!changes.is_empty()).then(|| {
        view! {
            <table class="ds-table compact changes" data-color="neutral">
                <caption class="sr-only">{tr("timeline-change-caption")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{tr("timeline-field")}</th>
                        <th scope="col">{tr("timeline-before")}</th>
                        <th scope="col">{tr("timeline-after")}</th>
                    </tr>
                </thead>
                <tbody>{changes.into_iter().map(row).collect_view()}</tbody>
            </table>
        }
    })
}
