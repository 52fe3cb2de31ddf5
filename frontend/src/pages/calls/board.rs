//! `/calls/board`: how the queue is, who works on it, and the list behind each number.

use super::{PACE_MS, callers, list_path, referrals, tongue, while_visible};
use crate::client;
use crate::format::{clock, number};
use crate::language::{Key, language, tr, tr_with};
use crate::live;
use crate::loading::{Load, Loader};
use crate::navigation::PageHeading;
use crate::parts::failure::FailureView;
use crate::parts::pace::Pace;
use crate::parts::section::section;
use crate::parts::span::span;
use crate::parts::state::Skeleton;
use crate::parts::table::{Column, NUMBER, table};
use api::calls::{Board, LanguageBacklog, QueuePart};
use api::live::Topic;
use leptos::prelude::*;

const LANGUAGE_COLUMNS: [Column; 3] =
    [(Key("column-language"), ""), (Key("board-waiting"), NUMBER), (Key("board-callers"), NUMBER)];

/// The board, as it is followed by its parts.
pub type Shown = Signal<Option<Board>>;

/// The page.
#[component]
pub fn BoardPage() -> impl IntoView {
    let board = Loader::<Board>::new();
    let fetch = {
        let board = board.clone();
        move || board.refresh(client::get("/queue/board"))
    };
    fetch();
    while_visible(fetch.clone());
    let pace = Pace::new(PACE_MS, fetch.clone());
    let again = pace.clone();
    live::follow(&[Topic::Entries], pace);
    let state = board.state();
    let shown: Shown = Signal::derive({
        let state = state.clone();
        move || state.with(Load::ready_or_none)
    });
    let refresh = Callback::new(move |()| again.ask());
    let stage = Memo::new(move |_| state.with(Load::stage));
    let content = move || match stage.get() {
        Load::Loading => view! { <Skeleton /> }.into_any(),
        Load::Failed(failure) => view! { <FailureView failure retry=fetch.clone() /> }.into_any(),
        Load::Ready(()) => view! {
            <p>{move || shown.get().map(|board| open_line(&board))}</p>
            {numbers(shown)}
            {languages(shown)}
            {callers::callers(shown, refresh)}
            {referrals::referrals()}
        }
        .into_any(),
    };
    view! {
        <div class="page">
            <PageHeading title=Key("board-title") />
            {content}
        </div>
    }
}

fn open_line(board: &Board) -> String {
    let moment = board.opens_at.map(|moment| clock(language(), moment));
    match (board.open, moment) {
        (true, Some(time)) => tr_with("board-open-until", &[("time", time.into())]),
        (true, None) => tr("board-open"),
        (false, Some(time)) => tr_with("board-closed-until", &[("time", time.into())]),
        (false, None) => tr("board-closed"),
    }
}

/// What a number is called, where its list is, and how it is written.
type Figure = (Key, Option<QueuePart>, fn(&Board) -> String);

const FIGURES: [Figure; 10] = [
    (Key("part-ready"), Some(QueuePart::Ready), |board| count(board.ready)),
    (Key("part-held"), Some(QueuePart::Held), |board| count(board.held)),
    (Key("part-later-today"), Some(QueuePart::LaterToday), |board| count(board.later_today)),
    (Key("part-outcome-missing"), Some(QueuePart::OutcomeMissing), |board| count(board.outcomes_missing)),
    (Key("part-skipped"), Some(QueuePart::Skipped), |board| count(board.skipped_today)),
    (Key("part-review"), Some(QueuePart::Review), |board| count(board.reviews_waiting)),
    (Key("board-age-median"), Some(QueuePart::Ready), |board| span(board.age_median_seconds)),
    (Key("board-age-p90"), Some(QueuePart::Ready), |board| span(board.age_p90_seconds)),
    (Key("board-attempts"), None, |board| count(board.attempts_today)),
    (Key("board-answered"), None, |board| count(board.answered_today)),
];

fn count(value: u64) -> String {
    number(language(), value)
}

/// The figures stay where they are while their numbers change.
fn numbers(shown: Shown) -> AnyView {
    let one = |(name, part, written): &Figure| {
        let written = *written;
        let value = move || shown.read().as_ref().map(written);
        let words = match part {
            Some(part) => view! {
                <a class="ds-link" data-color="accent" href=list_path(*part, None)>{name.follow()}</a>
            }
            .into_any(),
            None => name.follow().into_any(),
        };
        view! { <li class="ds-card" data-color="neutral"><span class="figures">{value}</span> {words}</li> }
            .into_any()
    };
    view! { <ul class="numbers">{FIGURES.iter().map(one).collect::<Vec<_>>()}</ul> }.into_any()
}

fn languages(shown: Shown) -> AnyView {
    let row = |backlog: LanguageBacklog| {
        let name = tongue(&backlog.language);
        let filter = if backlog.language.is_empty() { "none" } else { &backlog.language };
        let path = list_path(QueuePart::Ready, Some(filter));
        // Nobody speaks what somebody waits in: that is what the lead must see.
        let alone = backlog.ready > 0 && backlog.callers == 0;
        let callers = count(backlog.callers);
        vec![
            view! { <a class="ds-link" data-color="accent" href=path>{name}</a> }.into_any(),
            count(backlog.ready).into_any(),
            match alone {
                true => view! { <strong>{callers} " – " {tr("board-no-caller")}</strong> }.into_any(),
                false => callers.into_any(),
            },
        ]
    };
    let rows = move |()| {
        let languages = shown.get().map(|board| board.languages).unwrap_or_default();
        languages.into_iter().map(row).collect()
    };
    let content =
        table("board-languages-caption", Key("board-languages"), &LANGUAGE_COLUMNS, Callback::new(rows));
    section("board-languages", Key("column-language"), content)
}
