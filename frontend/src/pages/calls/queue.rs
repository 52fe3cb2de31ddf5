//! `/calls/queue`: the cards behind a number of the board, and deciding about them.

use super::deciding::Deciding;
use super::{PACE_MS, PARTS, decide, list_path, tongue, while_visible};
use crate::client::{self, Failure};
use crate::codes::wire_name;
use crate::format::{clock, moment_short};
use crate::language::{Key, language, tr, tr_count, tr_with};
use crate::live;
use crate::loading::{Load, Loader};
use crate::navigation::PageHeading;
use crate::parts::failure::FailureView;
use crate::parts::outcome::word;
use crate::parts::pace::Pace;
use crate::parts::state::{Empty, Skeleton};
use crate::{query, t};
use api::calls::{QueuePage, QueuePart, QueueRow};
use api::live::Topic;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The page. Another part is another page, with its own heading and focus.
#[component]
pub fn QueuePage() -> impl IntoView {
    let asked = use_query_map();
    let filter = Memo::new(move |_| {
        let asked = asked.read();
        let part = asked.get("part").and_then(|part| serde_json::from_value(part.into()).ok());
        (part.unwrap_or(QueuePart::Ready), asked.get("language"))
    });
    move || {
        let (part, language) = filter.get();
        list(part, language)
    }
}

async fn fetch(
    part: QueuePart,
    language: Option<String>,
    cursor: Option<String>,
) -> Result<QueuePage, Failure> {
    let mut pairs = vec![("part", wire_name(&part))];
    pairs.extend(language.map(|language| ("language", language)));
    pairs.extend(cursor.map(|cursor| ("cursor", cursor)));
    client::get(&query::path("/queue/cards", &pairs)).await
}

fn list(part: QueuePart, of: Option<String>) -> AnyView {
    let page = Loader::<QueuePage>::new();
    // Once further pages are shown the rows stay, since a refresh brings the first page only.
    let extended = ArcRwSignal::new(false);
    let refresh = {
        let (page, of, extended) = (page.clone(), of.clone(), extended.clone());
        move || {
            if !extended.get_untracked() {
                page.refresh(fetch(part, of.clone(), None));
            }
        }
    };
    refresh();
    while_visible(refresh.clone());
    let pace = Pace::new(PACE_MS, refresh.clone());
    let again = pace.clone();
    live::follow(&[Topic::Entries], pace);
    let deciding = Deciding::new(Callback::new(move |()| again.ask()));
    let state = page.state();
    let more = more(&page, part, of.clone(), extended);
    let stage = Memo::new(move |_| match &*state.read() {
        Load::Loading => Load::Loading,
        Load::Failed(failure) => Load::Failed(failure.clone()),
        Load::Ready(page) => Load::Ready(page.items.is_empty()),
    });
    let shown = page.state();
    let form = deciding.clone();
    let content = move || match stage.get() {
        Load::Loading => view! { <Skeleton /> }.into_any(),
        Load::Failed(failure) => view! { <FailureView failure retry=refresh.clone() /> }.into_any(),
        Load::Ready(true) => {
            view! { <Empty title=Key("queue-empty-title") text=Signal::derive(t!("queue-empty")) /> }
                .into_any()
        }
        Load::Ready(false) => rows(shown.clone(), &deciding),
    };
    let title = move || match &of {
        None => word("part", &part),
        Some(code) => tr_with(
            "queue-of-language",
            &[("part", word("part", &part).into()), ("language", tongue(code).into())],
        ),
    };
    view! {
        <div class="page">
            <a class="ds-link back" href="/calls/board">{t!("queue-back")}</a>
            <PageHeading title=Key("queue-title") shown=Signal::derive(title) />
            {parts(part)}
            {content}
            {more}
            {decide::decide(form)}
        </div>
    }
    .into_any()
}

fn parts(part: QueuePart) -> AnyView {
    let link = |one: &QueuePart| {
        let (one, current) = (*one, (*one == part).then_some("page"));
        view! { <li><a href=list_path(one, None) aria-current=current>{move || word("part", &one)}</a></li> }
            .into_any()
    };
    view! {
        <nav aria-label=t!("queue-parts")>
            <ul class="navigation">{PARTS.iter().map(link).collect::<Vec<_>>()}</ul>
        </nav>
    }
    .into_any()
}

fn more(
    page: &Loader<QueuePage>,
    part: QueuePart,
    of: Option<String>,
    extended: ArcRwSignal<bool>,
) -> AnyView {
    let (state, page) = (page.state(), page.clone());
    let next = Memo::new(move |_| state.with(|load| load.ready().and_then(|page| page.next.clone())));
    let button = move || {
        next.get().map(|cursor| {
            let (page, of, extended) = (page.clone(), of.clone(), extended.clone());
            let load = move |_| {
                extended.set(true);
                let (state, of, cursor) = (page.state(), of.clone(), cursor.clone());
                page.refresh(async move {
                    let more = fetch(part, of, Some(cursor)).await?;
                    let shown = state.with_untracked(|load| load.ready().map(|page| page.items.clone()));
                    let items = shown.unwrap_or_default().into_iter().chain(more.items).collect();
                    Ok(QueuePage { items, ..more })
                });
            };
            view! {
                <button type="button" class="ds-button" data-variant="secondary" on:click=load>
                    {t!("workbench-load-more")}
                </button>
            }
        })
    };
    view! { <div>{button}</div> }.into_any()
}

fn rows(page: ArcReadSignal<Load<QueuePage>>, deciding: &Deciding) -> AnyView {
    let rows = move || page.with(|load| load.ready().map(|page| page.items.clone())).unwrap_or_default();
    let key = |row: &QueueRow| {
        (language(), row.entry.id, row.held_by.clone(), row.due_at, row.entry.status, row.expires_at)
    };
    let deciding = deciding.clone();
    let one = move |row: QueueRow| one(row, &deciding);
    view! {
        <div class="scroll-region" role="region" tabindex="0" aria-labelledby="queue-caption">
            <table class="ds-table compact roomy" data-color="neutral">
                <caption id="queue-caption">{t!("queue-caption")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t!("queue-choose")}</th>
                        <th scope="col">{t!("column-name")}</th>
                        <th scope="col">{t!("queue-why")}</th>
                        <th scope="col">{t!("queue-due")}</th>
                        <th scope="col">{t!("column-language")}</th>
                        <th scope="col">{t!("queue-held")}</th>
                        <th scope="col">{t!("column-ends")}</th>
                    </tr>
                </thead>
                <tbody>
                    <For each=rows key=key children=one />
                </tbody>
            </table>
        </div>
    }
    .into_any()
}

fn one(row: QueueRow, deciding: &Deciding) -> AnyView {
    let id = row.entry.id;
    let name = row.entry.person.0.name.clone().unwrap_or_else(|| tr("name-missing"));
    let held = row.held_by.map(|holder| match row.expires_at {
        Some(at) => {
            let time = clock(language(), at);
            tr_with("queue-held-until", &[("name", holder.into()), ("time", time.into())])
        }
        None => holder,
    });
    let failed = row.why.failed_attempts;
    let failed = (failed > 0).then(|| tr_count("why-failed", failed.into()));
    let label = tr_with("queue-choose-one", &[("name", name.as_str().into())]);
    let (is_chosen, turn) = (deciding.chosen.clone(), deciding.clone());
    view! {
        <tr data-testid="queue-row">
            <td>
                <input
                    class="ds-input"
                    type="checkbox"
                    aria-label=label
                    prop:checked=move || is_chosen.read().contains(&id)
                    on:change=move |event| turn.choose(id, event_target_checked(&event))
                />
            </td>
            <th scope="row">
                <a class="ds-link" data-color="accent" data-row href=format!("/entries/{id}")>{name}</a>
            </th>
            <td>{word("why", &row.why.ground)} " " {failed}</td>
            <td class="figures">{moment_short(language(), row.due_at)}</td>
            <td>{tongue(row.language.as_deref().unwrap_or_default())}</td>
            <td>{held}</td>
            <td class="figures">{moment_short(language(), row.entry.ends_at)}</td>
        </tr>
    }
    .into_any()
}
