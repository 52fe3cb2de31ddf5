//! The gate before each page: logged in, and permitted. It is a courtesy; the server decides.

use crate::language::Key;
use crate::navigation::PageHeading;
use crate::query;
use crate::relogin::Relogin;
use crate::session::{self, Login};
use crate::t;
use api::session::{Permissions, Session};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Access {
    Granted,
    Denied,
    LoggedOut,
    Ended,
}

/// A page for those who may.
pub fn guarded<V, P>(may: fn(&Permissions) -> bool, page: P) -> impl IntoView
where
    V: IntoView + 'static,
    P: Fn() -> V + Send + Sync + 'static,
{
    behind(may, false, move || page().into_any())
}

/// A page on which somebody types what is not saved yet: when the session ends it stays, veiled, until the same
/// user has logged in again. Somebody else gets a new one.
pub fn kept<V, P>(may: fn(&Permissions) -> bool, page: P) -> impl IntoView
where
    V: IntoView + 'static,
    P: Fn() -> V + Send + Sync + 'static,
{
    behind(may, true, move || view! { {page()} <Relogin /> }.into_any())
}

fn behind(
    may: fn(&Permissions) -> bool,
    stays: bool,
    page: impl Fn() -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let access = Memo::new(move |before: Option<&(Access, Option<Session>)>| match session::login().get() {
        Login::In(session) if may(&session.permissions) => (Access::Granted, Some(session)),
        Login::In(_) => (Access::Denied, None),
        Login::Ended => before
            .filter(|(access, _)| stays && *access == Access::Granted)
            .cloned()
            .unwrap_or((Access::Ended, None)),
        Login::Unknown | Login::Unreachable(_) | Login::Out => (Access::LoggedOut, None),
    });
    let shown = move || match access.get().0 {
        Access::Granted => page(),
        Access::Denied => view! { <Denied /> }.into_any(),
        Access::Ended => view! { <Ended /> }.into_any(),
        Access::LoggedOut => view! { <ToLogin /> }.into_any(),
    };
    shown.into_any()
}

/// The login page, with the way back.
pub fn login_path(from: &str) -> String {
    match from {
        "/" | "" => "/login".to_owned(),
        path => query::path("/login", &[("returnTo", path.to_owned())]),
    }
}

fn here() -> String {
    let location = use_location();
    let (path, search) = (location.pathname.get_untracked(), location.search.get_untracked());
    if search.is_empty() { path } else { format!("{path}?{search}") }
}

#[component]
fn ToLogin() -> impl IntoView {
    let navigate = use_navigate();
    let target = login_path(&here());
    Effect::new(move |_| navigate(&target, NavigateOptions { replace: true, ..NavigateOptions::default() }));
}

/// In place of the page, so that nothing about anybody stays on a screen whose user may have left.
#[component]
fn Ended() -> impl IntoView {
    view! {
        <div class="page calm">
            <PageHeading title=Key("ended-title") />
            <p>{t!("ended-text")}</p>
            <a class="ds-button" href=login_path(&here())>{t!("ended-button")}</a>
        </div>
    }
}

#[component]
fn Denied() -> impl IntoView {
    view! {
        <div class="page calm">
            <PageHeading title=Key("denied-title") />
            <p>{t!("denied-text")}</p>
            <a class="ds-link" href="/">{t!("not-found-home")}</a>
        </div>
    }
}
