//! Entries that somebody wants deleted before their time, and what the second person thinks of it.

use super::Status;
use super::decision::{Answer, Desk, decision};
use crate::codes::wire_name;
use crate::format::moment_prose;
use crate::language::{Key, language, tr, tr_with};
use crate::parts::section::section;
use crate::{session, t};
use api::retention::EarlyEnd;
use leptos::prelude::*;

/// The section.
pub fn early_ends(status: Status, refresh: Callback<()>) -> AnyView {
    let desk = Desk::new(refresh);
    let requests = {
        let desk = desk.clone();
        move || {
            let requests = status.get().map(|status| status.early_ends).unwrap_or_default();
            if requests.is_empty() {
                return view! { <p>{t!("early-none")}</p> }.into_any();
            }
            let requests: Vec<_> = requests.into_iter().map(|asked| request(asked, &desk)).collect();
            view! { <ul class="requests">{requests}</ul> }.into_any()
        }
    };
    let done = desk.done.clone();
    let content = view! {
        <p>{t!("early-lead")}</p>
        <p id="early-done" class="done" tabindex="-1" role="status">{move || done.get().map(Key::text)}</p>
        {requests}
        {decision(desk)}
    };
    section("retention-early", Key("retention-early"), content.into_any())
}

fn request(asked: EarlyEnd, desk: &Desk) -> AnyView {
    let (id, moment) = (asked.entry, |moment| moment_prose(language(), moment));
    let asked_by = tr_with(
        "early-asked",
        &[("name", asked.requested_by.as_str().into()), ("moment", moment(asked.requested_at).into())],
    );
    let ends = tr_with("early-ends", &[("moment", moment(asked.ends_at).into())]);
    let open = session::permissions().see_entries.then(|| {
        view! { <p><a class="ds-link" data-color="accent" href=format!("/entries/{id}")>{tr("early-open")}</a></p> }
    });
    view! {
        <li class="ds-card" data-color="neutral" data-testid="early-end">
            <h3 class="ds-heading" data-size="2xs">{tr(&format!("ground-{}", wire_name(&asked.ground)))}</h3>
            <p>{tr_with("timeline-reason", &[("reason", asked.reason.as_str().into())])}</p>
            <p class="subtle figures">{asked_by} " " {ends}</p>
            {open}
            {actions(asked, desk)}
        </li>
    }
    .into_any()
}

/// Nobody approves what he asked for himself: in place of the button stands why.
fn actions(asked: EarlyEnd, desk: &Desk) -> AnyView {
    let login = session::login().get();
    let Some(viewer) = login.session().filter(|session| session.permissions.confirm_early_end) else {
        return ().into_any();
    };
    if asked.confirmed {
        return view! { <p class="done">{tr("early-agreed")}</p> }.into_any();
    }
    let own = viewer.name == asked.requested_by;
    let button = |words: &str, variant: &'static str, answer: Answer| {
        let (desk, asked) = (desk.clone(), asked.clone());
        let choose = move |_| desk.ask(answer, asked.clone());
        view! {
            <button type="button" class="ds-button" data-variant=variant on:click=choose>{tr(words)}</button>
        }
        .into_any()
    };
    let buttons = match own {
        true => vec![
            view! { <p>{tr("early-own")}</p> }.into_any(),
            button("early-withdraw", "secondary", Answer::Keep),
        ],
        false => vec![
            button("early-approve", "primary", Answer::Delete),
            button("early-reject", "secondary", Answer::Keep),
        ],
    };
    view! { <div class="buttons" data-color="accent">{buttons}</div> }.into_any()
}
