//! The read models, and how far they have come.

use crate::format::number;
use crate::language::{Key, language};
use crate::parts::section::section;
use crate::parts::table::{Column, NUMBER, table};
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
    let rows = Callback::new(move |()| {
        let Some(RegisterStatus { projections, head, .. }) = status.get() else { return Vec::new() };
        projections.into_iter().map(|projection| row(projection, head)).collect()
    });
    let content = view! {
        <Show when=move || parked.get()>
            <p class="ds-alert" data-color="warning" role="alert">{t!("register-parked-warning")}</p>
        </Show>
        {table("projections-caption", Key("register-projections-caption"), COLUMNS, rows)}
    };
    section("register-projections", Key("register-projections"), content.into_any())
}

const COLUMNS: &[Column] = &[
    (Key("register-projection"), ""),
    (Key("register-position"), NUMBER),
    (Key("register-behind"), NUMBER),
    (Key("register-parked"), NUMBER),
];

fn row(projection: ProjectionStatus, head: u64) -> Vec<AnyView> {
    let behind = head.saturating_sub(projection.position);
    let counted = [projection.position, behind, projection.parked];
    let counted = counted.map(|count| number(language(), count).into_any());
    [projection.name.into_any()].into_iter().chain(counted).collect()
}
