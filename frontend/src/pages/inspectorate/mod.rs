//! `/inspectorate`: the labour inspectorate's inbox, one line an employer.

mod acting;
pub mod bundle;
mod decision;
mod place;

use crate::client;
use crate::format::{moment_short, number, org_number};
use crate::language::{Key, language, tr, tr_count};
use crate::live;
use crate::loading::{Load, Loader};
use crate::navigation::PageHeading;
use crate::parts::failure::FailureView;
use crate::parts::pace::Pace;
use crate::parts::state::{Empty, Skeleton};
use crate::parts::table::{Column, FIGURES, NUMBER, table};
use crate::{query, t};
use api::live::Topic;
use api::referrals::{BundleCounts, BundleLine, Inbox};
use leptos::prelude::*;

const PACE_MS: f64 = 3_000.0;

const COLUMNS: [Column; 7] = [
    (Key("inbox-employer"), ""),
    (Key("inbox-stands"), ""),
    (Key("inbox-travellers"), NUMBER),
    (Key("inbox-breaches"), NUMBER),
    (Key("inbox-repeated"), NUMBER),
    (Key("inbox-places"), NUMBER),
    (Key("inbox-latest"), FIGURES),
];

/// The page.
#[component]
pub fn InboxPage() -> impl IntoView {
    let inbox = Loader::<Inbox>::new();
    let fetch = {
        let inbox = inbox.clone();
        move || inbox.refresh(client::get("/inspectorate/bundles"))
    };
    fetch();
    live::follow(&[Topic::Entries], Pace::new(PACE_MS, fetch.clone()));
    let state = inbox.state();
    let shown = Signal::derive({
        let state = state.clone();
        move || state.with(Load::ready_or_none).map(|inbox| inbox.bundles).unwrap_or_default()
    });
    let stage = Memo::new(move |_| state.with(Load::stage));
    let content = move || match stage.get() {
        Load::Loading => view! { <Skeleton /> }.into_any(),
        Load::Failed(failure) => view! { <FailureView failure retry=fetch.clone() /> }.into_any(),
        Load::Ready(()) => bundles(shown),
    };
    view! {
        <div class="page">
            <PageHeading title=Key("inbox-title") />
            <p class="narrow">{t!("inbox-lead")}</p>
            {content}
        </div>
    }
}

/// Whether anything of it waits for anybody.
fn is_open(counts: &BundleCounts) -> bool {
    counts.open + counts.in_hand + counts.returned > 0
}

fn bundles(shown: Signal<Vec<BundleLine>>) -> AnyView {
    let open = Memo::new(move |_| split(shown.get()).0);
    let closed = Memo::new(move |_| split(shown.get()).1);
    let any_open = Memo::new(move |_| !open.read().is_empty());
    let waiting = move || {
        let new: u64 = open.read().iter().map(|line| line.counts.open).sum();
        tr_count("inbox-new", new)
    };
    let open_part = move || match any_open.get() {
        true => {
            let rows = Callback::new(move |()| open.get().into_iter().map(row).collect());
            table("inbox-caption", Key("inbox-caption"), &COLUMNS, rows)
        }
        false => view! { <Empty title=Key("inbox-empty-title") text=Signal::derive(t!("inbox-empty")) /> }
            .into_any(),
    };
    let closed_count = move || closed.read().len() as u64;
    let closed_part = move || {
        (closed_count() > 0).then(|| {
            let rows = Callback::new(move |()| closed.get().into_iter().map(row).collect());
            view! {
                <details class="more">
                    <summary>{move || tr_count("inbox-closed", closed_count())}</summary>
                    {table("inbox-closed-caption", Key("inbox-closed-caption"), &COLUMNS, rows)}
                </details>
            }
        })
    };
    view! {
        <p role="status">{waiting}</p>
        <div data-testid="inbox">{open_part}</div>
        {closed_part}
    }
    .into_any()
}

/// Those that wait for somebody, those with something new first; and those that do not.
fn split(bundles: Vec<BundleLine>) -> (Vec<BundleLine>, Vec<BundleLine>) {
    let (mut open, closed): (Vec<_>, Vec<_>) = bundles.into_iter().partition(|line| is_open(&line.counts));
    // Of each kind the latest stay first.
    open.sort_by_key(|line| line.counts.open == 0);
    (open, closed)
}

fn row(line: BundleLine) -> Vec<AnyView> {
    let BundleLine { key, employer, counts, last_at, .. } = line;
    let count = |value: u64| number(language(), value).into_any();
    let registered = employer.org_number.as_deref().map_or_else(|| tr("inbox-no-number"), org_number);
    let path = format!("/inspectorate/{}", query::escape(&key));
    vec![
        view! {
            <a class="ds-link" data-color="accent" data-testid="bundle" href=path>{employer.name.0}</a>
            <br/>
            <span class="subtle figures">{registered}</span>
        }
        .into_any(),
        stands(&counts),
        count(counts.travellers),
        count(counts.breaches),
        count(counts.repeated),
        count(counts.places),
        moment_short(language(), last_at).into_any(),
    ]
}

/// How a bundle stands, in tags: what is new first.
fn stands(counts: &BundleCounts) -> AnyView {
    let tags = [
        (counts.open, "inbox-tag-open", "warning"),
        (counts.in_hand, "inbox-tag-in-hand", "info"),
        (counts.returned, "inbox-tag-returned", "neutral"),
        (counts.closed, "inbox-tag-closed", "success"),
    ];
    let tag = |(count, key, colour): (u64, &str, &'static str)| {
        (count > 0).then(|| {
            view! { <span class="ds-tag" data-color=colour>{tr_count(key, count)}</span> }.into_any()
        })
    };
    let tags: Vec<AnyView> = tags.into_iter().filter_map(tag).collect();
    view! { <span class="tags">{tags}</span> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use events::referral::ReferredEmployer;
    use jiff::Timestamp;

    fn line(key: &str, open: u64, in_hand: u64, closed: u64) -> BundleLine {
        BundleLine {
            key: key.to_owned(),
            employer: ReferredEmployer { org_number: None, name: key.into() },
            counts: BundleCounts { open, in_hand, closed, ..BundleCounts::default() },
            first_at: Timestamp::UNIX_EPOCH,
            last_at: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn what_is_new_comes_first_and_what_is_done_stands_apart() {
        let bundles = vec![line("a", 0, 2, 0), line("b", 0, 0, 3), line("c", 1, 0, 1), line("d", 2, 0, 0)];
        let (open, closed) = split(bundles);
        let keys = |lines: &[BundleLine]| lines.iter().map(|line| line.key.clone()).collect::<String>();
        assert_eq!((keys(&open).as_str(), keys(&closed).as_str()), ("cda", "b"));
    }
}
