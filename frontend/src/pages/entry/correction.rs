//! Correcting what a call came to. The former outcome stays where it is.

use crate::client::{self, Failure};
use crate::language::{Key, tr};
use crate::navigation::focus;
use crate::outcome_form::{Filled, Form, concerns_others, outcome_form};
use crate::parts::dialog::Dialog;
use crate::parts::failure::refusal;
use crate::parts::fields::{ReasonField, is_reason};
use crate::t;
use api::calls::{CallSaved, Correct};
use api::entries::{TimelineFact, TimelineItem};
use events::call::CallOutcome;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use std::collections::BTreeMap;
use uuid::Uuid;

/// For most travellers; told by the outcome when a script was followed.
const USUAL_SCRIPT: &str = "quarantine-home";

/// What is being corrected, and how it went. It outlives the page, as the answer may.
#[derive(Clone)]
pub struct Correcting {
    entry: Uuid,
    chosen: RwSignal<Option<(Uuid, CallOutcome)>>,
    reason: ArcRwSignal<String>,
    tried: ArcRwSignal<bool>,
    notice: ArcRwSignal<Option<Key>>,
    done: ArcRwSignal<bool>,
    sending: ArcRwSignal<bool>,
    failure: ArcRwSignal<Option<Failure>>,
    /// The last content sent and its key.
    sent: ArcRwSignal<Option<(Correct, String)>>,
    refresh: Callback<()>,
}

impl Correcting {
    /// Nothing is corrected yet.
    pub fn new(entry: Uuid, refresh: Callback<()>) -> Correcting {
        Correcting {
            entry,
            chosen: RwSignal::new(None),
            reason: ArcRwSignal::new(String::new()),
            tried: ArcRwSignal::new(false),
            notice: ArcRwSignal::new(None),
            done: ArcRwSignal::new(false),
            sending: ArcRwSignal::new(false),
            failure: ArcRwSignal::new(None),
            sent: ArcRwSignal::new(None),
            refresh,
        }
    }

    /// The button beside an outcome.
    pub fn button(&self, attempt: Uuid, outcome: CallOutcome) -> AnyView {
        let correcting = self.clone();
        let open = move |_| {
            correcting.done.set(false);
            correcting.tried.set(false);
            correcting.notice.set(None);
            correcting.failure.set(None);
            correcting.reason.set(String::new());
            correcting.chosen.set(Some((attempt, outcome.clone())));
        };
        view! {
            <button type="button" class="ds-button" data-variant="tertiary" data-testid="correct" on:click=open>
                {t!("correct")}
            </button>
        }
        .into_any()
    }

    fn send(&self, attempt: Uuid, form: &Form) {
        self.tried.set(true);
        self.notice.set(None);
        let reason = self.reason.get_untracked().trim().to_owned();
        let (Some(outcome), true, false) =
            (form.complete(), is_reason(&reason), self.sending.get_untracked())
        else {
            return;
        };
        if concerns_others(&outcome) && !form.told.read_untracked().is_about(&outcome) {
            self.notice.set(Some(Key("leaving-first")));
            return;
        }
        let correct = Correct { outcome, reason };
        let Some(key) = self.key_of(&correct) else { return };
        self.sending.set(true);
        self.failure.set(None);
        let (correcting, path) =
            (self.clone(), format!("/entries/{}/calls/{attempt}/correction", self.entry));
        leptos::task::spawn_local(async move {
            let answer = client::post_once::<_, CallSaved>(&path, &key, &correct).await;
            correcting.sending.set(false);
            match answer {
                Ok(_) => correcting.finish(),
                Err(failure) => correcting.failure.set(Some(failure)),
            }
        });
    }

    /// The same for a retry, a new one for another content.
    fn key_of(&self, correct: &Correct) -> Option<String> {
        if let Some((sent, key)) = self.sent.get_untracked()
            && sent == *correct
        {
            return Some(key);
        }
        let key = client::new_key()?;
        self.sent.set(Some((correct.clone(), key.clone())));
        Some(key)
    }

    fn finish(&self) {
        self.done.set(true);
        // The answer may come when the page has gone; then nobody is left to tell.
        let _ = self.chosen.try_set(None);
        let _ = self.refresh.try_run(());
        request_animation_frame(|| focus("correct-done"));
    }
}

/// The outcomes that hold now, by the position of what said them.
pub fn holding(items: &[TimelineItem]) -> BTreeMap<u64, (Uuid, CallOutcome)> {
    let mut latest = BTreeMap::new();
    for item in items {
        match &item.what {
            TimelineFact::Concluded { attempt, outcome }
            | TimelineFact::Corrected { attempt, outcome, .. } => {
                latest.insert(*attempt, outcome.clone().map(|outcome| (item.position, outcome)));
            }
            TimelineFact::Undone { attempt } => drop(latest.remove(attempt)),
            _ => {}
        }
    }
    let held = |(attempt, said): (Uuid, Option<(u64, CallOutcome)>)| {
        said.map(|(position, outcome)| (position, (attempt, outcome)))
    };
    latest.into_iter().filter_map(held).collect()
}

/// The dialog, and that it was done.
pub fn correction(correcting: Correcting) -> AnyView {
    let (chosen, done) = (correcting.chosen, correcting.done.clone());
    let content = move || chosen.get().map(|(attempt, outcome)| form(&correcting, attempt, outcome));
    view! {
        <p id="correct-done" class="done" tabindex="-1" role="status">
            {move || done.get().then(|| tr("correct-done"))}
        </p>
        <Dialog
            id="correct-title"
            title=Signal::derive(t!("correct-title"))
            open=Signal::derive(move || chosen.read().is_some())
            close=Callback::new(move |()| chosen.set(None))
        >
            {content}
        </Dialog>
    }
    .into_any()
}

fn form(correcting: &Correcting, attempt: Uuid, outcome: CallOutcome) -> AnyView {
    let script = outcome.script.clone();
    let kind = script.as_ref().map_or(USUAL_SCRIPT, |script| &script.kind);
    let tongue = script.as_ref().map(|script| script.language.as_str());
    let form = Form::new(correcting.entry, kind, tongue, Filled::of(outcome));
    let (reason, tried, chosen) = (correcting.reason.clone(), correcting.tried.clone(), correcting.chosen);
    let (notice, sending) = (correcting.notice.clone(), correcting.sending.clone());
    let refused = refusal(correcting.failure.clone());
    let fields = outcome_form(&form);
    let submit = {
        let correcting = correcting.clone();
        move |event: SubmitEvent| {
            event.prevent_default();
            correcting.send(attempt, &form);
        }
    };
    view! {
        <form class="route-form" autocomplete="off" novalidate on:submit=submit>
            {fields}
            <ReasonField id="correct-reason" hint=Key("correct-reason-hint") reason tried />
            <p role="status">{move || notice.get().map(Key::text)}</p>
            {refused}
            <div class="buttons">
                <button type="submit" class="ds-button" aria-busy=move || sending.get().to_string()>
                    {t!("correct-save")}
                </button>
                <button type="button" class="ds-button" data-variant="tertiary" on:click=move |_| chosen.set(None)>
                    {t!("cancel")}
                </button>
            </div>
        </form>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use events::Personal;
    use events::call::ContactResult;

    fn item(position: u64, what: TimelineFact) -> TimelineItem {
        let recorded_at = jiff::Timestamp::UNIX_EPOCH;
        TimelineItem { position, recorded_at, actor: "x".to_owned(), what }
    }

    #[test]
    fn what_was_corrected_or_taken_back_does_not_hold() {
        let outcome = |contact| Some(CallOutcome::of(contact));
        let (first, second) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let reason = Some(Personal::from("Heard it wrong."));
        let items = [
            item(1, TimelineFact::Concluded { attempt: first, outcome: outcome(ContactResult::Busy) }),
            item(2, TimelineFact::Concluded { attempt: second, outcome: outcome(ContactResult::Busy) }),
            item(
                3,
                TimelineFact::Corrected { attempt: first, outcome: outcome(ContactResult::HungUp), reason },
            ),
            item(4, TimelineFact::Undone { attempt: second }),
        ];
        let held = holding(&items);
        assert_eq!(held.keys().copied().collect::<Vec<_>>(), [3]);
        assert_eq!(held[&3].1.contact, ContactResult::HungUp);
    }
}
