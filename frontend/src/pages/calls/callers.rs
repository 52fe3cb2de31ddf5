//! Who works, what they hold, and which holds are about to end.

use super::board::Shown;
use super::release::{Release, release};
use crate::codes::language_name;
use crate::format::clock;
use crate::language::{Key, language, tr, tr_with};
use crate::parts::section::section;
use crate::parts::span::span;
use crate::parts::table::{Column, FIGURES, table};
use crate::t;
use api::calls::CallerAtWork;
use jiff::Timestamp;
use leptos::prelude::*;

const COLUMNS: [Column; 5] = [
    (Key("column-name"), ""),
    (Key("column-language"), ""),
    (Key("callers-seen"), FIGURES),
    (Key("callers-card"), ""),
    (Key("callers-ends"), FIGURES),
];
/// A hold that ends this soon is told.
const SOON_SECONDS: i64 = 120;

/// The section.
pub fn callers(shown: Shown, refresh: Callback<()>) -> AnyView {
    let desk = Release::new(refresh);
    let within = desk.clone();
    let rows = move |()| {
        let Some(board) = shown.get() else { return Vec::new() };
        board.callers.into_iter().map(|caller| row(caller, board.now, &within)).collect()
    };
    let content = view! {
        {table("board-callers-caption", Key("callers-caption"), &COLUMNS, Callback::new(rows))}
        {release(desk)}
    };
    section("board-callers", Key("callers-title"), content.into_any())
}

fn row(caller: CallerAtWork, now: Timestamp, desk: &Release) -> Vec<AnyView> {
    let languages: Vec<String> = caller.languages.iter().map(|code| language_name(code)).collect();
    let ends = caller.expires_at.map(|at| ends(at, now));
    let card = caller.holds.map(|entry| {
        let (desk, name) = (desk.clone(), caller.name.clone());
        view! {
            <div class="buttons">
                <a class="ds-link" data-color="accent" href=format!("/entries/{entry}")>{t!("early-open")}</a>
                <button
                    type="button"
                    class="ds-button"
                    data-variant="tertiary"
                    on:click=move |_| desk.ask(entry, &name)
                >
                    {t!("release")}
                </button>
            </div>
        }
        .into_any()
    });
    vec![
        caller.name.into_any(),
        languages.join(", ").into_any(),
        clock(language(), caller.seen_at).into_any(),
        card.unwrap_or_else(|| tr("callers-no-card").into_any()),
        ends.into_any(),
    ]
}

fn ends(at: Timestamp, now: Timestamp) -> AnyView {
    let seconds = at.duration_since(now).as_secs().max(0);
    if seconds < SOON_SECONDS {
        return view! { <strong>{tr("callers-ends-soon")}</strong> }.into_any();
    }
    tr_with("callers-ends-in", &[("span", span(seconds.unsigned_abs()).into())]).into_any()
}
