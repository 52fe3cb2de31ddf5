//! What in the source's record could not be taken as it stands, in words.

use crate::codes;
use crate::language::tr_with;
use crate::t;
use events::record::Flag;
use leptos::prelude::*;

/// The flags; nothing when there are none.
#[component]
pub fn Flags(flags: Vec<Flag>) -> impl IntoView {
    (!flags.is_empty()).then(|| {
        let lines = move || flags.iter().map(|flag| view! { <li>{line(flag)}</li> }).collect_view();
        view! {
            <section class="ds-alert" data-color="warning" aria-labelledby="flags-heading">
                <h2 id="flags-heading" class="ds-heading" data-size="xs">{t!("section-flags")}</h2>
                <ul class="ds-list">{lines}</ul>
            </section>
        }
    })
}

fn line(flag: &Flag) -> String {
    tr_with(
        "flag-line",
        &[("field", codes::field(&flag.field).into()), ("reason", codes::flag(flag.kind).into())],
    )
}
