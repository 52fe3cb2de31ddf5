//! `/workbench`: entries that no municipality is responsible for, and choosing one for them.

mod form;

use crate::client::{self, Failure};
use crate::format::moment_short;
use crate::language::{Key, language, tr, tr_count, tr_with};
use crate::live;
use crate::loading::{Load, Loader};
use crate::navigation::{PageHeading, focus};
use crate::parts::failure::FailureView;
use crate::parts::pace::Pace;
use crate::parts::state::{Empty, Skeleton};
use crate::{municipalities, query, t};
use api::entries::{Declined, UnroutablePage, UnroutableRow};
use api::live::Topic;
use events::Personal;
use leptos::prelude::*;
use std::collections::BTreeMap;
use uuid::Uuid;

const PACE_MS: f64 = 2_000.0;

/// Entries routed on this screen, and to where. Their rows stay and say so, until the page is left.
type Routed = BTreeMap<Uuid, String>;

/// The workbench: its rows, and what was done here.
#[derive(Clone)]
struct Bench {
    page: Loader<UnroutablePage>,
    routed: ArcRwSignal<Routed>,
    /// The row whose form is open.
    chosen: RwSignal<Option<UnroutableRow>>,
    /// Whether further pages were fetched: then the rows stay, since a refresh brings the first page only.
    extended: ArcRwSignal<bool>,
}

impl Bench {
    fn new() -> Bench {
        Bench {
            page: Loader::new(),
            routed: ArcRwSignal::new(Routed::new()),
            chosen: RwSignal::new(None),
            extended: ArcRwSignal::new(false),
        }
    }

    fn refresh(&self) {
        let (state, routed) = (self.page.state(), self.routed.clone());
        self.extended.set(false);
        self.page.refresh(async move {
            let fresh = client::get("/workbench/unroutable").await?;
            let shown = state.with_untracked(|load| load.ready().map(|page| page.items.clone()));
            Ok(keep_routed(fresh, &shown.unwrap_or_default(), &routed.get_untracked()))
        });
    }

    fn load_more(&self, cursor: String) {
        let state = self.page.state();
        self.extended.set(true);
        self.page.refresh(async move {
            let path = query::path("/workbench/unroutable", &[("cursor", cursor)]);
            let more = client::get::<UnroutablePage>(&path).await?;
            let shown = state.with_untracked(|load| load.ready().map(|page| page.items.clone()));
            let items = shown.unwrap_or_default().into_iter().chain(more.items).collect();
            Ok::<_, Failure>(UnroutablePage { items, ..more })
        });
    }

    /// The form is done: say so where the button was, and let the focus go on from there.
    fn finish(&self, id: Uuid, municipality: String) {
        self.routed.update(|routed| {
            routed.insert(id, municipality);
        });
        // The answer may come when the page has gone; then nobody is left to tell.
        let _ = self.chosen.try_set(None);
        request_animation_frame(move || focus(&format!("routed-{id}")));
    }
}

/// Puts the rows that were routed here back to where they stood: a row must not vanish under the hand.
fn keep_routed(mut fresh: UnroutablePage, shown: &[UnroutableRow], routed: &Routed) -> UnroutablePage {
    for (at, row) in shown.iter().enumerate() {
        let gone = !fresh.items.iter().any(|item| item.entry.id == row.entry.id);
        if gone && routed.contains_key(&row.entry.id) {
            fresh.items.insert(at.min(fresh.items.len()), row.clone());
        }
    }
    fresh
}

/// The page.
#[component]
pub fn WorkbenchPage() -> impl IntoView {
    let bench = Bench::new();
    bench.refresh();
    let pace = {
        // While a form is open the rows behind it stay; its version is checked when it is sent.
        let bench = bench.clone();
        Pace::new(PACE_MS, move || {
            let form_is_open = bench.chosen.try_get_untracked().is_none_or(|chosen| chosen.is_some());
            if !form_is_open && !bench.extended.get_untracked() {
                bench.refresh();
            }
        })
    };
    live::follow(&[Topic::Entries], pace);
    let state = bench.page.state();
    let form_bench = bench.clone();
    let stage = Memo::new(move |_| {
        state.with(|load| match load {
            Load::Loading => Load::Loading,
            Load::Failed(failure) => Load::Failed(failure.clone()),
            Load::Ready(page) => Load::Ready(page.items.is_empty()),
        })
    });
    let shown = move || match stage.get() {
        Load::Loading => view! { <Skeleton /> }.into_any(),
        Load::Failed(failure) => {
            let bench = bench.clone();
            view! { <FailureView failure retry=move || bench.refresh() /> }.into_any()
        }
        Load::Ready(true) => {
            view! { <Empty title=Key("workbench-empty-title") text=Signal::derive(t!("workbench-empty")) /> }
                .into_any()
        }
        Load::Ready(false) => view! { <Table bench=bench.clone() /> }.into_any(),
    };
    view! {
        <div class="page">
            <PageHeading title=Key("workbench-title") />
            <p>{t!("workbench-lead")}</p>
            {shown}
            <form::RouteDialog bench=form_bench />
        </div>
    }
}

#[component]
fn Table(bench: Bench) -> impl IntoView {
    let state = bench.page.state();
    let page = Signal::derive(move || state.with(Load::ready_or_none));
    let rows = move || page.get().map(|page| page.items).unwrap_or_default();
    let next = move || page.get().and_then(|page| page.next);
    let key = |row: &UnroutableRow| {
        (language(), municipalities::all().len(), row.entry.id, row.version, row.entry.ends_at)
    };
    let more = bench.clone();
    let row = move |row| view! { <Row row bench=bench.clone() /> };
    view! {
        <p role="status">{move || page.get().map(|page| tr_count("workbench-total", page.total))}</p>
        <div class="scroll-region" role="region" tabindex="0" aria-labelledby="workbench-caption">
            <table class="ds-table compact roomy" data-color="neutral">
                <caption id="workbench-caption">{t!("workbench-caption")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t!("column-name")}</th>
                        <th scope="col">{t!("workbench-action")}</th>
                        <th scope="col">{t!("workbench-address")}</th>
                        <th scope="col">{t!("workbench-postcode")}</th>
                        <th scope="col">{t!("workbench-suggestions")}</th>
                        <th scope="col">{t!("column-ends")}</th>
                    </tr>
                </thead>
                <tbody>
                    <For each=rows key=key children=row />
                </tbody>
            </table>
        </div>
        {move || next().map(|cursor| {
            let bench = more.clone();
            view! {
                <button
                    type="button"
                    class="ds-button"
                    data-variant="secondary"
                    on:click=move |_| bench.load_more(cursor.clone())
                >
                    {t!("workbench-load-more")}
                </button>
            }
        })}
    }
}

#[component]
fn Row(row: UnroutableRow, bench: Bench) -> impl IntoView {
    let id = row.entry.id;
    let name = row.entry.person.0.name.clone().unwrap_or_else(|| tr("name-missing"));
    let told = |value: &Option<Personal<String>>| {
        value.as_ref().map_or_else(|| tr("not-told"), |value| value.0.clone())
    };
    let suggestions: Vec<String> =
        row.suggestions.iter().map(|number| municipalities::name(number)).collect();
    let suggestions =
        if suggestions.is_empty() { tr("workbench-no-suggestions") } else { suggestions.join(", ") };
    let (address, postcode) = (told(&row.address), told(&row.postcode));
    let declined = row.declined.as_ref().map(declined_words);
    let ends = moment_short(language(), row.entry.ends_at);
    let spoken = tr_with("workbench-choose-for", &[("name", name.clone().into())]);
    let routed = bench.routed.clone();
    let chosen = bench.chosen;
    let action = move || match routed.read().get(&id) {
        Some(municipality) => {
            let words = tr_with("route-done", &[("municipality", municipality.clone().into())]);
            view! { <p id=format!("routed-{id}") class="done" tabindex="-1" role="status">{words}</p> }
                .into_any()
        }
        None => {
            let row = row.clone();
            view! {
                <button
                    type="button"
                    class="ds-button"
                    data-variant="secondary"
                    aria-label=spoken.clone()
                    on:click=move |_| chosen.set(Some(row.clone()))
                >
                    {t!("workbench-choose")}
                </button>
            }
            .into_any()
        }
    };
    // The action stands second: on a narrow screen it is seen without scrolling.
    view! {
        <tr data-testid="workbench-row">
            <th scope="row"><a class="ds-link" data-color="accent" data-row href=format!("/entries/{id}")>{name}</a></th>
            <td>{action}</td>
            <td>{address} {declined.map(|words| view! { <p class="subtle">{words}</p> })}</td>
            <td class="figures">{postcode}</td>
            <td>{suggestions}</td>
            <td class="figures">{ends}</td>
        </tr>
    }
}

/// Which municipality sent it here, when, who there, and why.
fn declined_words(declined: &Declined) -> String {
    let values = [
        ("municipality", municipalities::name(&declined.municipality).into()),
        ("moment", moment_short(language(), declined.at).into()),
        ("name", declined.by.clone().unwrap_or_else(|| tr("not-told")).into()),
        ("reason", declined.reason.as_ref().map_or_else(|| tr("not-told"), |reason| reason.0.clone()).into()),
    ];
    tr_with("workbench-declined", &values)
}
