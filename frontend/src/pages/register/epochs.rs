//! The live epochs: a drawing to see the shape, and a table with the numbers.

use crate::format::{moment_short, number};
use crate::language::{Key, language};
use crate::parts::section::section;
use crate::parts::table::{Column, FIGURES, NUMBER, table};
use crate::t;
use api::status::{EpochStatus, RegisterStatus};
use leptos::prelude::*;

/// Size of the drawing, in its own units; the style sheet scales it.
const CHART_WIDTH: u64 = 4_100;
const CHART_HEIGHT: u64 = 1_000;
/// There is room for ten days of six hours each: a young register has few bars, not broad ones.
const EPOCHS_MIN: u64 = 41;

/// The epochs.
#[component]
pub fn Epochs(status: Signal<Option<RegisterStatus>>) -> impl IntoView {
    let epochs = Signal::derive(move || {
        status.read().as_ref().map(|status| status.epochs.clone()).unwrap_or_default()
    });
    let none = Memo::new(move |_| epochs.read().is_empty());
    let content = view! {
        <p>{t!("register-epochs-lead")}</p>
        <Show when=move || !none.get() fallback=|| view! { <p>{t!("register-no-epochs")}</p> }>
            <EpochChart epochs />
            {epoch_table(epochs)}
        </Show>
    };
    section("register-epochs", Key("register-epochs"), content.into_any())
}

/// A bar an epoch. The numbers are in the table, and the drawing's name says so.
#[component]
fn EpochChart(epochs: Signal<Vec<EpochStatus>>) -> impl IntoView {
    let bars = move || {
        let epochs = epochs.read();
        let most = epochs.iter().map(|epoch| epoch.entries).max().unwrap_or(0).max(1);
        let step = CHART_WIDTH / (epochs.len() as u64).max(EPOCHS_MIN);
        let bar = |(at, epoch): (u64, &EpochStatus)| {
            let height = CHART_HEIGHT * epoch.entries / most;
            view! { <rect class="bar" x=step * at y=CHART_HEIGHT - height width=step * 4 / 5 height=height /> }
        };
        (0..).zip(epochs.iter()).map(bar).collect_view()
    };
    view! {
        <figure class="chart">
            <svg
                viewBox=format!("0 0 {CHART_WIDTH} {CHART_HEIGHT}")
                preserveAspectRatio="none"
                role="img"
                aria-label=t!("register-chart")
            >
                {bars}
            </svg>
            <figcaption>{t!("register-chart")}</figcaption>
        </figure>
    }
}

fn epoch_table(epochs: Signal<Vec<EpochStatus>>) -> AnyView {
    const COLUMNS: &[Column] = &[
        (Key("register-epoch"), FIGURES),
        (Key("register-from"), FIGURES),
        (Key("register-ends"), FIGURES),
        (Key("register-entries"), NUMBER),
        (Key("register-events"), NUMBER),
    ];
    let row = |epoch: EpochStatus| {
        vec![
            epoch.epoch.to_string().into_any(),
            moment_short(language(), epoch.from).into_any(),
            moment_short(language(), epoch.ends_at).into_any(),
            number(language(), epoch.entries).into_any(),
            number(language(), epoch.events).into_any(),
        ]
    };
    let rows = Callback::new(move |()| epochs.get().into_iter().map(row).collect());
    table("epochs-caption", Key("register-epochs-caption"), COLUMNS, rows)
}
