//! The read models, and how far they have come.

use crate::format::number;
use crate::language::language;
use crate::t;
use api::status::{ProjectionStatus, RegisterStatus};
use leptos::prelude::*;

/// The read models.
#[component]
pub fn Projections(status: Signal<Option<RegisterStatus>>) -> impl IntoView {
    let parked = Memo::new(move |_| {
        let status = status.read();
        status
            .as_ref()
            .is_some_and(|status| status.projections.iter().any(|projection| projection.parked > 0))
    });
    let rows = move || {
        status.get().map(|status| {
            status.projections.into_iter().map(|projection| row(projection, status.head)).collect_view()
        })
    };
    view! {
        <section aria-labelledby="register-projections">
            <h2 id="register-projections" class="ds-heading" data-size="sm">{t!("register-projections")}</h2>
            <Show when=move || parked.get()>
                <p class="ds-alert" data-color="warning" role="alert">{t!("register-parked-warning")}</p>
            </Show>
            <div class="scroll-region" role="region" tabindex="0" aria-labelledby="projections-caption">
                <table class="ds-table compact" data-color="neutral">
                    <caption id="projections-caption">{t!("register-projections-caption")}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{t!("register-projection")}</th>
                            <th scope="col" class="number">{t!("register-position")}</th>
                            <th scope="col" class="number">{t!("register-behind")}</th>
                            <th scope="col" class="number">{t!("register-parked")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
}

fn row(projection: ProjectionStatus, head: u64) -> impl IntoView {
    let behind = head.saturating_sub(projection.position);
    view! {
        <tr>
            <th scope="row">{projection.name}</th>
            <td class="figures number">{number(language(), projection.position)}</td>
            <td class="figures number">{number(language(), behind)}</td>
            <td class="figures number">{number(language(), projection.parked)}</td>
        </tr>
    }
}
