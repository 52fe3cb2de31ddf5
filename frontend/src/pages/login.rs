//! `/login`: the demo's roles, one button each.

use crate::client::{self, Failure};
use crate::language::{Key, tr, tr_with};
use crate::loading::{Load, Loader};
use crate::navigation::PageHeading;
use crate::parts::failure::FailureView;
use crate::parts::state::{Empty, Skeleton};
use crate::{codes, query, session, t};
use api::ProblemCode;
use api::session::DemoRole;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};

/// The login page.
#[component]
pub fn LoginPage() -> impl IntoView {
    let roles = Loader::<Vec<DemoRole>>::new();
    let fetch = {
        let roles = roles.clone();
        move || roles.load(client::get("/demo/roles"))
    };
    fetch();
    let refused = ArcRwSignal::new(None::<Failure>);
    let enter = entering(refused.clone());
    let state = roles.state();
    let listed = move || match state.get() {
        Load::Loading => view! { <Skeleton lines=4 /> }.into_any(),
        Load::Failed(failure) if failure.code() == Some(ProblemCode::NotFound) => view! {
            <Empty title=Key("login-missing-title") text=Signal::derive(t!("login-missing")) />
        }
        .into_any(),
        Load::Failed(failure) => view! { <FailureView failure retry=fetch.clone() /> }.into_any(),
        Load::Ready(roles) => view! { <Roles roles enter /> }.into_any(),
    };
    let refusal = move || {
        refused.get().map(|failure| {
            let refused = refused.clone();
            view! { <FailureView failure retry=move || refused.set(None) /> }
        })
    };
    view! {
        <div class="page calm">
            <PageHeading title=Key("login-title") />
            {refusal}
            {listed}
        </div>
    }
}

/// Logs in and goes to where the user wanted to be.
fn entering(refused: ArcRwSignal<Option<Failure>>) -> Callback<String> {
    let navigate = use_navigate();
    let wanted = use_query_map().read_untracked().get("returnTo");
    let target = wanted.filter(|path| query::is_local(path)).unwrap_or_else(|| "/".to_owned());
    Callback::new(move |key: String| {
        let (navigate, target, refused) = (navigate.clone(), target.clone(), refused.clone());
        leptos::task::spawn_local(async move {
            match session::enter_demo(key).await {
                Ok(()) => navigate(&target, NavigateOptions { replace: true, ..NavigateOptions::default() }),
                Err(failure) => refused.set(Some(failure)),
            }
        });
    })
}

/// The roles to log in as, for a place that stays where it is.
pub fn roles(enter: Callback<String>) -> AnyView {
    let roles = Loader::<Vec<DemoRole>>::new();
    roles.load(client::get("/demo/roles"));
    let state = roles.state();
    let shown = move || state.with(Load::ready_or_none).map(|roles| view! { <Roles roles enter /> });
    shown.into_any()
}

#[component]
fn Roles(roles: Vec<DemoRole>, enter: Callback<String>) -> impl IntoView {
    let cards = roles.into_iter().map(|role| view! { <li><RoleCard role enter /></li> });
    view! {
        <p>{t!("login-lead")}</p>
        <ul class="role-cards">{cards.collect_view()}</ul>
    }
}

#[component]
fn RoleCard(role: DemoRole, enter: Callback<String>) -> impl IntoView {
    let DemoRole { key, name, role, municipality_name, .. } = role;
    let role_key = format!("role-{}", codes::wire_name(&role));
    let place = municipality_name.map(|place| {
        view! { <p>{move || tr_with("login-municipality", &[("name", place.clone().into())])}</p> }
    });
    let test_id = format!("login-role-{key}");
    view! {
        <div class="ds-card role-card">
            <h2 class="ds-heading" data-size="xs">{move || tr(&role_key)}</h2>
            {place}
            <button
                type="button"
                class="ds-button"
                data-testid=test_id
                on:click=move |_| enter.run(key.clone())
            >
                {move || tr_with("login-button", &[("name", name.clone().into())])}
            </button>
        </div>
    }
}
