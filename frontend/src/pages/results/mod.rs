//! `/results`: how many results could be matched, how many obligations have an answer, and who has not been tested.

mod not_tested;
mod policy;

use crate::client;
use crate::format::date_short;
use crate::language::{Key, tr, tr_with};
use crate::live;
use crate::loading::{Load, Loader};
use crate::navigation::PageHeading;
use crate::parts::failure::FailureView;
use crate::parts::outcome::word;
use crate::parts::pace::Pace;
use crate::parts::section::{fact, section};
use crate::parts::state::Skeleton;
use crate::parts::table::{Column, NUMBER, table};
use api::live::Topic;
use api::results::{MatchBoard, MatchCount};
use leptos::prelude::*;

const PACE_MS: f64 = 5_000.0;
const COLUMNS: &[Column] = &[
    (Key("board-day"), ""),
    (Key("results-laboratory"), ""),
    (Key("board-station"), ""),
    (Key("board-matched"), NUMBER),
    (Key("board-repeated"), NUMBER),
    (Key("board-ambiguous"), NUMBER),
    (Key("board-unmatched"), NUMBER),
];

/// What the page shows, as it is followed by its parts.
type Board = Signal<Option<MatchBoard>>;

/// The page.
#[component]
pub fn ResultsPage() -> impl IntoView {
    let loader = Loader::<MatchBoard>::new();
    let fetch = {
        let loader = loader.clone();
        move || loader.refresh(client::get("/results/board"))
    };
    fetch();
    live::follow(&[Topic::Entries], Pace::new(PACE_MS, fetch.clone()));
    let state = loader.state();
    let board = Signal::derive({
        let state = state.clone();
        move || state.with(Load::ready_or_none)
    });
    let stage = Memo::new(move |_| state.with(Load::stage));
    let shown = move || match stage.get() {
        Load::Loading => view! { <Skeleton /> }.into_any(),
        Load::Failed(failure) => view! { <FailureView failure retry=fetch.clone() /> }.into_any(),
        Load::Ready(()) => parts(board),
    };
    view! {
        <div class="page">
            <PageHeading title=Key("match-board-title") />
            {shown}
        </div>
    }
}

fn parts(board: Board) -> AnyView {
    view! {
        {section("board-obligations", Key("board-obligations"), obligations(board))}
        {section("board-matches", Key("board-matches"), matches(board))}
        {not_tested::not_tested()}
        {policy::policy()}
    }
    .into_any()
}

/// The share that matters: obligations with an answer.
fn obligations(board: Board) -> AnyView {
    let told = |of: fn(&MatchBoard) -> u64| {
        (move || board.with(|board| board.as_ref().map(of).unwrap_or_default()).to_string()).into_any()
    };
    let share = move || {
        board.with(|board| {
            let board = board.as_ref()?;
            let percent = (board.owing > 0)
                .then(|| (board.with_answer as f64 * 100.0 / board.owing as f64).round().to_string());
            Some(match percent {
                Some(percent) => tr_with("board-share", &[("percent", percent.into())]),
                None => tr("board-nobody-owes"),
            })
        })
    };
    let mode = move || {
        board.with(|board| {
            board
                .as_ref()
                .map(|board| tr_with("board-mode", &[("mode", word("result-mode", &board.mode).into())]))
        })
    };
    view! {
        <p><strong data-testid="share">{share}</strong></p>
        <p class="subtle">{mode}</p>
        <dl class="facts">
            {fact(Key("board-owing"), told(|board| board.owing))}
            {fact(Key("board-with-answer"), told(|board| board.with_answer))}
            {fact(Key("board-pending"), told(|board| board.pending))}
            {fact(Key("board-without-test"), told(|board| board.without_test))}
            {fact(Key("board-without-number"), told(|board| board.without_number))}
            {fact(Key("board-corrections"), told(|board| board.corrections))}
        </dl>
    }
    .into_any()
}

fn matches(board: Board) -> AnyView {
    let counted = Memo::new(move |_| board.with(|board| board.as_ref().map(|board| board.rows.clone())));
    let rows = Callback::new(move |()| counted.get().unwrap_or_default().iter().map(row).collect::<Vec<_>>());
    let empty = move || {
        let nothing = counted.get().is_none_or(|rows| rows.is_empty());
        nothing.then(|| view! { <p class="subtle">{tr("board-nothing")}</p> })
    };
    view! {
        {table("board-table", Key("board-caption"), COLUMNS, rows)}
        {empty}
    }
    .into_any()
}

fn row(count: &MatchCount) -> Vec<AnyView> {
    let or = |text: &str, key: &str| if text.is_empty() { tr(key) } else { text.to_owned() };
    let figure = |number: u64| number.to_string().into_any();
    vec![
        date_short(count.day).into_any(),
        or(&count.laboratory, "laboratory-unknown").into_any(),
        or(&count.station, "board-no-station").into_any(),
        figure(count.matched),
        figure(count.repeated),
        figure(count.ambiguous),
        figure(count.unmatched),
    ]
}
