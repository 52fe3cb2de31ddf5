//! On the board: what became of the referrals to the labour inspectorate, in numbers.

use super::PACE_MS;
use crate::client;
use crate::format::{moment_prose, number};
use crate::language::{Key, language, tr_count, tr_with};
use crate::live;
use crate::loading::{Load, Loader};
use crate::parts::outcome::word;
use crate::parts::pace::Pace;
use crate::parts::section::section;
use crate::parts::table::{Column, NUMBER, table};
use api::live::Topic;
use api::referrals::{ReferralStage, ReferralSummary};
use leptos::prelude::*;

const COLUMNS: [Column; 2] = [(Key("inspect-outcome"), ""), (Key("board-referrals-count"), NUMBER)];
const STAGES: [ReferralStage; 4] =
    [ReferralStage::Open, ReferralStage::InHand, ReferralStage::Returned, ReferralStage::Closed];

/// The section; nothing before anything was referred.
pub fn referrals() -> AnyView {
    let summary = Loader::<ReferralSummary>::new();
    let fetch = {
        let summary = summary.clone();
        move || summary.refresh(client::get("/referrals/summary"))
    };
    fetch();
    live::follow(&[Topic::Entries], Pace::new(PACE_MS, fetch));
    let state = summary.state();
    let shown = Memo::new(move |_| state.with(Load::ready_or_none).filter(|told| made(told) > 0));
    let any = Memo::new(move |_| shown.read().is_some());
    let content = move || any.get().then(|| parts(shown));
    content.into_any()
}

fn at(told: &ReferralSummary, stage: ReferralStage) -> u64 {
    match stage {
        ReferralStage::Open => told.open,
        ReferralStage::InHand => told.in_hand,
        ReferralStage::Returned => told.returned,
        ReferralStage::Closed => told.closed,
    }
}

fn made(told: &ReferralSummary) -> u64 {
    STAGES.iter().map(|stage| at(told, *stage)).sum()
}

fn parts(shown: Memo<Option<ReferralSummary>>) -> AnyView {
    let figure = |stage: &ReferralStage| {
        let stage = *stage;
        let value = move || shown.read().as_ref().map(|told| number(language(), at(told, stage)));
        view! {
            <li class="ds-card" data-color="neutral">
                <span class="figures">{value}</span>
                " "
                {move || word("referral-stage", &stage)}
            </li>
        }
        .into_any()
    };
    let rows = move |()| {
        let outcomes = shown.get().map(|told| told.outcomes).unwrap_or_default();
        let row = |count: api::referrals::OutcomeCount| {
            let how_often = number(language(), count.count);
            vec![word("inspection", &count.outcome).into_any(), how_often.into_any()]
        };
        outcomes.into_iter().map(row).collect()
    };
    let any_closed = Memo::new(move |_| shown.read().as_ref().is_some_and(|told| !told.outcomes.is_empty()));
    let outcomes = move || {
        any_closed
            .get()
            .then(|| table("board-outcomes", Key("board-referrals-outcomes"), &COLUMNS, Callback::new(rows)))
    };
    let content = view! {
        <div class="spaced" data-testid="board-referrals">
            {move || shown.get().map(|told| letters(&told))}
            <ul class="numbers">{STAGES.iter().map(figure).collect::<Vec<_>>()}</ul>
            {outcomes}
        </div>
    };
    section("board-referrals", Key("board-referrals"), content.into_any())
}

/// Letters that wait or did not arrive: somebody must do something.
fn letters(told: &ReferralSummary) -> AnyView {
    let dead = (told.letters_undelivered > 0).then(|| {
        let words = tr_count("board-referrals-undelivered", told.letters_undelivered);
        view! { <div class="ds-alert" data-color="warning"><p>{words}</p></div> }
    });
    let since = told.waiting_since.filter(|_| told.letters_are_sent);
    let waiting = since.map(|since| {
        let count = number(language(), told.letters_waiting);
        let values = [("count", count.into()), ("moment", moment_prose(language(), since).into())];
        view! { <p>{tr_with("board-referrals-waiting", &values)}</p> }
    });
    view! { {dead} {waiting} }.into_any()
}
