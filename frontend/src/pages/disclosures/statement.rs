//! `/disclosures/entry/:id`: what a traveller is told about who has looked, to be read and printed.

use super::words;
use crate::client;
use crate::format::moment_prose;
use crate::language::{Key, language, tr_with};
use crate::loading::{Load, Loader};
use crate::navigation::PageHeading;
use crate::parts::failure::FailureView;
use crate::parts::state::{Empty, Skeleton};
use crate::parts::table::{Column, FIGURES, Rows, table};
use crate::{query, t};
use api::ProblemCode;
use api::disclosures::{Statement, StatementLine};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The page.
#[component]
pub fn StatementPage() -> impl IntoView {
    let parameters = use_params_map();
    let id = Memo::new(move |_| query::escape(&parameters.read().get("id").unwrap_or_default()));
    let statement = Loader::<Statement>::new();
    let load = {
        let statement = statement.clone();
        move || {
            let id = id.get_untracked();
            statement.load(async move { client::get(&format!("/entries/{id}/disclosures")).await });
        }
    };
    Effect::new({
        let load = load.clone();
        move |_| {
            id.track();
            load();
        }
    });
    let state = statement.state();
    let shown = move || {
        match state.get() {
        Load::Loading => view! { <Skeleton lines=4 /> }.into_any(),
        Load::Failed(failure) => match failure.code() {
            Some(ProblemCode::EntryEnded | ProblemCode::NotFound | ProblemCode::InvalidRequest) => {
                view! { <Empty title=Key("statement-gone-title") text=Signal::derive(t!("statement-gone")) /> }
                    .into_any()
            }
            _ => view! { <FailureView failure retry=load.clone() /> }.into_any(),
        },
        Load::Ready(statement) => told(statement),
    }
    };
    view! {
        <article class="page statement">
            <a class="ds-link back" href="/disclosures">{t!("statement-back")}</a>
            <PageHeading title=Key("statement-title") />
            {shown}
        </article>
    }
}

const COLUMNS: &[Column] = &[
    (Key("disclosures-at"), FIGURES),
    (Key("disclosures-who"), ""),
    (Key("disclosures-what"), ""),
    (Key("disclosures-purpose"), ""),
    (Key("disclosures-basis"), ""),
    (Key("disclosures-receiver"), ""),
];

fn told(statement: Statement) -> AnyView {
    let Statement { entry, registered_at, ends_at, made_at, lines } = statement;
    let moment = move |key: &'static str, moment| {
        move || tr_with(key, &[("moment", moment_prose(language(), moment).into())])
    };
    let is_empty = lines.is_empty();
    let rows = Rows::new(move |()| lines.iter().map(cells).collect());
    let print = |_| drop(window().print());
    view! {
        <p>{t!("statement-lead")}</p>
        <ul class="plain">
            <li>{moment("statement-registered", registered_at)}</li>
            <li>{moment("statement-ends", ends_at)}</li>
            <li>{moment("statement-made", made_at)}</li>
            <li>{t!("statement-entry")} " " <code>{entry.to_string()}</code></li>
        </ul>
        <div class="buttons screen-only">
            <button type="button" class="ds-button" data-variant="secondary" on:click=print>{t!("print")}</button>
        </div>
        {if is_empty {
            view! { <Empty title=Key("statement-nobody-title") text=Signal::derive(t!("statement-nobody")) /> }.into_any()
        } else {
            table("statement-caption", Key("statement-caption"), COLUMNS, rows)
        }}
        <p class="subtle">{t!("statement-rights")}</p>
    }
    .into_any()
}

fn cells(line: &StatementLine) -> Vec<AnyView> {
    let shown: Vec<String> = line.shown.iter().map(|shown| words::shown(*shown)).collect();
    vec![
        words::at(line.from).into_any(),
        view! { {line.who_name.clone()} <p class="subtle">{words::role(&line.role)}</p> }.into_any(),
        view! { {words::kind(line.kind)} <p class="subtle">{shown.join(", ")}</p> }.into_any(),
        words::purpose(line.purpose).into_any(),
        words::legal_basis(&line.legal_basis).into_any(),
        words::receiver(&line.receiver).into_any(),
    ]
}
