//! The live epochs: a drawing to see the shape, and a table with the numbers.

use crate::format::{moment_short, number};
use crate::language::language;
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
    view! {
        <section aria-labelledby="register-epochs">
            <h2 id="register-epochs" class="ds-heading" data-size="sm">{t!("register-epochs")}</h2>
            <p>{t!("register-epochs-lead")}</p>
            <Show when=move || !none.get() fallback=|| view! { <p>{t!("register-no-epochs")}</p> }>
                <EpochChart epochs />
                <EpochTable epochs />
            </Show>
        </section>
    }
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

#[component]
fn EpochTable(epochs: Signal<Vec<EpochStatus>>) -> impl IntoView {
    let rows = move || epochs.get().into_iter().map(row).collect_view();
    view! {
        <div class="scroll-region" role="region" tabindex="0" aria-labelledby="epochs-caption">
            <table class="ds-table compact" data-color="neutral">
                <caption id="epochs-caption">{t!("register-epochs-caption")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t!("register-epoch")}</th>
                        <th scope="col">{t!("register-from")}</th>
                        <th scope="col">{t!("register-ends")}</th>
                        <th scope="col" class="number">{t!("register-entries")}</th>
                        <th scope="col" class="number">{t!("register-events")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn row(epoch: EpochStatus) -> impl IntoView {
    view! {
        <tr>
            <th scope="row" class="figures">{epoch.epoch}</th>
            <td class="figures">{moment_short(language(), epoch.from)}</td>
            <td class="figures">{moment_short(language(), epoch.ends_at)}</td>
            <td class="figures number">{number(language(), epoch.entries)}</td>
            <td class="figures number">{number(language(), epoch.events)}</td>
        </tr>
    }
}
