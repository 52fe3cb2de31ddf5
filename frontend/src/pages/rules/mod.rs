//! `/rules`: the rule sets, in what two differ, and trying and adopting a new one.

mod adoption;
mod comparison;
mod draft;
mod form;
mod list;
mod trial;

use crate::client;
use crate::language::Key;
use crate::loading::{Load, Loader};
use crate::navigation::PageHeading;
use crate::parts::failure::FailureView;
use crate::parts::state::Skeleton;
use crate::session;
use crate::t;
use api::rule_sets::RuleSetList;
use leptos::prelude::*;

/// The rule sets, as the page follows them.
type Sets = Signal<Option<RuleSetList>>;

/// The page.
#[component]
pub fn RulesPage() -> impl IntoView {
    let list = Loader::<RuleSetList>::new();
    let fetch = {
        let list = list.clone();
        move || list.refresh(client::get("/rule-sets"))
    };
    fetch();
    let refresh = {
        let fetch = fetch.clone();
        Callback::new(move |()| fetch())
    };
    let state = list.state();
    let sets: Sets = Signal::derive({
        let state = state.clone();
        move || state.with(Load::ready_or_none)
    });
    let stage = Memo::new(move |_| state.with(Load::stage));
    let shown = move || match stage.get() {
        Load::Loading => view! { <Skeleton /> }.into_any(),
        Load::Failed(failure) => view! { <FailureView failure retry=fetch.clone() /> }.into_any(),
        Load::Ready(()) => parts(sets, refresh),
    };
    view! {
        <div class="page">
            <PageHeading title=Key("rules-title") />
            <p>{t!("rules-lead")}</p>
            {shown}
        </div>
    }
}

fn parts(sets: Sets, refresh: Callback<()>) -> AnyView {
    let adopts = untrack(session::permissions).adopt_rules;
    view! {
        {list::list(sets)}
        {comparison::comparison(sets)}
        {adopts.then(|| form::form(sets, refresh))}
    }
    .into_any()
}

/// A choice of one of the sets; empty for none.
fn choose_set(id: &'static str, label: Key, sets: Sets, choose: Callback<String>) -> AnyView {
    let options = move || {
        let names = sets.get().map(|sets| sets.items).unwrap_or_default();
        let option = |name: String| view! { <option value=name.clone()>{name.clone()}</option> }.into_any();
        names.into_iter().map(|row| option(row.name)).collect::<Vec<_>>()
    };
    view! {
        <div class="field">
            <label class="ds-label" for=id>{label.follow()}</label>
            <select class="ds-input" id=id on:change=move |event| choose.run(event_target_value(&event))>
                <option value="">{t!("rules-choose")}</option>
                {options}
            </select>
        </div>
    }
    .into_any()
}
