//! The header: product, pages that the role may see, search, choices, user.

use super::preferences::Preferences;
use super::search_box::SearchBox;
use crate::language::{Key, tr};
use crate::{codes, municipalities, session, t};
use api::session::Permissions;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

struct NavigationItem {
    path: &'static str,
    name: Key,
    may: fn(&Permissions) -> bool,
}

/// What the navigation offers, to those who may.
static NAVIGATION: &[NavigationItem] = &[
    NavigationItem { path: "/municipality", name: Key("nav-municipality"), may: |may| may.see_municipality },
    NavigationItem { path: "/call", name: Key("nav-call"), may: |may| may.make_calls },
    NavigationItem { path: "/calls/board", name: Key("nav-board"), may: |may| may.lead_calls },
    NavigationItem { path: "/entries", name: Key("nav-entries"), may: |may| may.see_entries },
    NavigationItem { path: "/workbench", name: Key("nav-workbench"), may: |may| may.route_entries },
    NavigationItem { path: "/results", name: Key("nav-results"), may: |may| may.see_results_board },
    NavigationItem { path: "/inspectorate", name: Key("nav-inspectorate"), may: |may| may.inspect_employers },
    NavigationItem { path: "/register", name: Key("nav-register"), may: |may| may.see_register_status },
    NavigationItem { path: "/retention", name: Key("nav-retention"), may: |may| may.see_retention },
    NavigationItem { path: "/disclosures", name: Key("nav-disclosures"), may: |may| may.see_disclosures },
    NavigationItem {
        path: "/municipality/delegations",
        name: Key("nav-delegations"),
        may: |may| may.delegate,
    },
    NavigationItem { path: "/municipality/look-up", name: Key("nav-look-up"), may: |may| may.look_up },
    NavigationItem { path: "/hotel", name: Key("nav-hotel"), may: |may| may.work_at_hotel },
    NavigationItem { path: "/rules", name: Key("nav-rules"), may: |may| may.see_rules },
];

/// The content of the header.
#[component]
pub fn Header(
    /// Whether somebody is logged in.
    logged_in: Memo<bool>,
) -> impl IntoView {
    view! {
        <div class="header-row">
            <a class="brand" href="/">{t!("product")}</a>
            <Show when=move || logged_in.get()>
                <Navigation />
                <Show when=|| session::permissions().see_entries>
                    <SearchBox />
                </Show>
            </Show>
            <section class="header-choices" aria-label=t!("preferences-label")>
                <Preferences />
                <Show when=move || logged_in.get()>
                    <User />
                </Show>
            </section>
        </div>
    }
}

#[component]
fn Navigation() -> impl IntoView {
    let path = use_location().pathname;
    let current = move |target: &str| {
        // The queue belongs to the board.
        let here = if *path.read() == "/calls/queue" { "/calls/board".to_owned() } else { path.get() };
        let rest = here.strip_prefix(target)?;
        (rest.is_empty() || rest.starts_with('/')).then_some("page")
    };
    let offered = move || {
        let may = session::permissions();
        let items = NAVIGATION.iter().filter(|item| (item.may)(&may));
        items
            .map(|item| {
                view! {
                    <li>
                        <a href=item.path aria-current=move || current(item.path)>
                            {item.name.follow()}
                        </a>
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <nav aria-label=t!("nav-label")>
            <ul class="navigation">{offered}</ul>
        </nav>
    }
}

#[component]
fn User() -> impl IntoView {
    let described = move || {
        let login = session::login().get();
        let Some(session) = login.session() else { return String::new() };
        let role = tr(&format!("role-{}", codes::wire_name(&session.role)));
        let place = session.municipality.as_deref().map(municipalities::name);
        [Some(session.name.clone()), Some(role), place].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    };
    let navigate = use_navigate();
    let log_out = move |_| {
        // Whoever logs in next starts at the start, not where the last user was.
        navigate("/login", NavigateOptions::default());
        leptos::task::spawn_local(session::leave());
    };
    view! {
        <p class="user">{described}</p>
        <button
            type="button"
            class="ds-button"
            data-variant="tertiary"
            data-testid="log-out"
            on:click=log_out
        >
            {t!("log-out")}
        </button>
    }
}
