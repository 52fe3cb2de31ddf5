//! What is new since the user last looked: a line that counts it, buttons that show only that, and the button that says
//! that everything has been looked at.

use super::Place;
use super::list::List;
use crate::format::{moment_prose, number};
use crate::language::{language, tr, tr_count, tr_with};
use crate::loading::Load;
use crate::navigation::focus;
use crate::parts::pace::Pace;
use crate::t;
use api::municipality::{MunicipalCounts, MunicipalFilter, News, Seen, Tab};
use leptos::prelude::*;

/// Screen readers hear of news at most this often.
const ANNOUNCE_EVERY_MS: f64 = 15_000.0;

type Counts = Memo<MunicipalCounts>;

/// The line. Its buttons stay where they are while the numbers change.
pub fn news(list: &List, place: Place) -> AnyView {
    let (seen, counts) = (list.seen.state(), list.counts.state());
    let seen = Memo::new(move |_| seen.with(Load::ready_or_none));
    let counts = Memo::new(move |_| counts.with(Load::ready_or_none).unwrap_or_default());
    let has_looked = Memo::new(move |_| seen.read().as_ref().map(|seen| seen.position.is_some()));
    let line = move || seen.get().map(|seen| line(&seen, &counts.read()));
    let toggles = move || {
        (has_looked.get() == Some(true)).then(|| {
            view! {
                <div class="count-toggles">
                    {toggle(place, counts, "news-new", |counts| counts.new, |filter| filter.news = Some(News::New))}
                    {toggle(place, counts, "news-changed", |counts| counts.changed, |filter| {
                        filter.news = Some(News::Changed);
                    })}
                    {toggle(place, counts, "news-moved", |counts| counts.moved_away, |filter| {
                        filter.tab = Tab::Formerly;
                        filter.news = Some(News::New);
                    })}
                    <span hidden=move || counts.read().ended == 0>{move || tr_count("news-ended", counts.read().ended)}</span>
                </div>
            }
        })
    };
    view! {
        <div class="counts news" id="news" tabindex="-1" role="group" aria-label=t!("news-label") data-testid="news">
            <p>{line}</p>
            {toggles}
            {announcement(counts)}
        </div>
    }
    .into_any()
}

fn line(seen: &Seen, counts: &MunicipalCounts) -> String {
    let Some(at) = seen.at else { return tr("news-first-time") };
    let nothing = counts.new + counts.changed + counts.moved_away + counts.ended == 0;
    let key = if nothing { "news-none" } else { "news-since" };
    tr_with(key, &[("moment", moment_prose(language(), at).into())])
}

/// A number that shows only what it counts. On the list of those that went, they are what is new.
fn toggle(
    place: Place,
    counts: Counts,
    key: &'static str,
    count: fn(&MunicipalCounts) -> u64,
    only: fn(&mut MunicipalFilter),
) -> AnyView {
    let target = move || place.query.get().with(only);
    let pressed = Memo::new(move |_| {
        let (now, target) = (place.query.get().filter, target().filter);
        (now.tab, now.news) == (target.tab, target.news)
    });
    // What is new among those that went is that they went: that has a button of its own.
    let elsewhere = move || key == "news-new" && place.query.get().filter.tab == Tab::Formerly;
    let hidden = move || elsewhere() || (count(&counts.read()) == 0 && !pressed.get());
    let press = move |_| {
        if pressed.get_untracked() { place.change(|filter| filter.news = None) } else { place.change(only) }
    };
    view! {
        <button
            type="button"
            class="count-toggle"
            data-testid=key
            hidden=hidden
            aria-pressed=move || pressed.get().to_string()
            on:click=press
        >
            {move || tr_count(key, count(&counts.read()))}
        </button>
    }
    .into_any()
}

/// News in words for screen readers, at a pace at which they can be listened to.
fn announcement(counts: Counts) -> AnyView {
    let words = ArcRwSignal::new(String::new());
    let said = words.clone();
    let pace = Pace::new(ANNOUNCE_EVERY_MS, move || {
        let news = untrack(|| {
            let counts = counts.try_get().unwrap_or_default();
            [("news-new", counts.new), ("news-changed", counts.changed), ("news-moved", counts.moved_away)]
                .into_iter()
                .filter(|(_, count)| *count > 0)
                .map(|(key, count)| tr_count(key, count))
                .collect::<Vec<_>>()
                .join(", ")
        });
        said.set(news);
    });
    Effect::new(move |before: Option<u64>| {
        let now = counts.with(|counts| counts.new + counts.changed + counts.moved_away);
        if before.is_some_and(|before| now > before) {
            pace.ask();
        }
        now
    });
    view! { <p class="sr-only" role="status">{move || words.get()}</p> }.into_any()
}

/// How many are shown, and what can be done with all of them.
pub fn toolbar(list: &List, place: Place) -> AnyView {
    let (page, counts) = (list.page.state(), list.counts.state());
    let shown = move || {
        let rows = page.with(|load| load.ready().map(|page| page.rows.len() as u64))?;
        let counts = counts.with(Load::ready_or_none)?;
        let total = match place.query.get().filter.news {
            None => counts.total,
            Some(News::New) => counts.new,
            Some(News::Changed) => counts.changed,
            Some(News::Either) => counts.new + counts.changed,
        };
        let values = [
            ("count", total.into()),
            ("shown", number(language(), rows).into()),
            ("total", number(language(), total.max(rows)).into()),
        ];
        Some(tr_with("counts-shown", &values))
    };
    let list = list.clone();
    let mark = move |_| {
        list.mark_seen(move || {
            if place.query.try_get_untracked().is_some_and(|query| query.filter.news.is_some()) {
                place.change(|filter| filter.news = None);
            }
            focus("news");
        });
    };
    // What is filtered is what comes; the server itself knows since when things are new to the reader.
    let file = move |format: &str| place.query.with(|query| query.file_request(language().tag(), format));
    view! {
        <div class="counts" id="list-top" tabindex="-1" data-testid="list-tools">
            <p>{shown}</p>
            <div class="buttons screen-only">
                <a class="ds-button" data-variant="secondary" data-testid="export-xlsx" download href=move || file("xlsx")>
                    {t!("export-as-xlsx")}
                </a>
                <a class="ds-button" data-variant="secondary" data-testid="export-csv" download href=move || file("csv")>
                    {t!("export-as-csv")}
                </a>
                <button type="button" class="ds-button" data-variant="secondary" data-testid="mark-seen" on:click=mark>
                    {t!("news-mark-seen")}
                </button>
            </div>
        </div>
    }
    .into_any()
}
