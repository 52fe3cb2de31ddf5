//! What Enhetsregisteret says of an employer.

use crate::client;
use crate::format::{clock, date_short};
use crate::language::{Key, language, tr, tr_with};
use crate::loading::{Load, Loader};
use crate::parts::section::fact;
use crate::t;
use api::referrals::{Unit, UnitAnswer};
use leptos::prelude::*;

/// Asks for a unit.
pub fn ask(loader: &Loader<UnitAnswer>, org_number: &str) {
    let path = format!("/units/{org_number}");
    loader.load(async move { client::get(&path).await });
}

/// The answer. When it does not come, that is said, and the page goes on without it.
pub fn unit(state: ArcReadSignal<Load<UnitAnswer>>) -> AnyView {
    let shown = move || match state.get() {
        Load::Loading => view! { <p class="subtle" role="status">{t!("unit-asking")}</p> }.into_any(),
        Load::Failed(_) | Load::Ready(UnitAnswer::Unavailable) => {
            view! { <p class="subtle">{t!("unit-unavailable")}</p> }.into_any()
        }
        Load::Ready(UnitAnswer::Off) => view! { <p class="subtle">{t!("unit-off")}</p> }.into_any(),
        Load::Ready(UnitAnswer::NotFound) => view! {
            <div class="ds-alert" data-color="warning"><p>{t!("unit-not-found")}</p></div>
        }
        .into_any(),
        Load::Ready(UnitAnswer::Found(unit)) => facts(&unit),
    };
    view! { <div class="spaced" data-testid="unit">{shown}</div> }.into_any()
}

/// What an inspector must not miss stands first.
fn warnings(unit: &Unit) -> Vec<String> {
    let dissolved =
        unit.dissolved_on.map(|day| tr_with("unit-dissolved", &[("day", date_short(day).into())]));
    let bankrupt = unit.bankrupt.then(|| tr("unit-bankrupt"));
    let winding_up = unit.winding_up.then(|| tr("unit-winding-up"));
    [dissolved, bankrupt, winding_up].into_iter().flatten().collect()
}

fn facts(unit: &Unit) -> AnyView {
    let warnings: Vec<AnyView> =
        warnings(unit).into_iter().map(|line| view! { <p>{line}</p> }.into_any()).collect();
    let warned =
        (!warnings.is_empty()).then(|| view! { <div class="ds-alert" data-color="warning">{warnings}</div> });
    let line = |name: &'static str, value: Option<String>| {
        value.filter(|value| !value.is_empty()).map(|value| fact(Key(name), value.into_any()))
    };
    let asked = tr_with("unit-asked", &[("time", clock(language(), unit.asked_at).into())]);
    view! {
        {warned}
        <dl class="facts">
            {line("unit-name", Some(unit.name.clone()))}
            {line("unit-form", unit.form.clone())}
            {line("unit-address", Some(unit.address.join(", ")))}
            {line("unit-founded", unit.founded_on.map(date_short))}
            {line("unit-employees", unit.employees.map(|count| count.to_string()))}
            {line("unit-part-of", unit.part_of.as_deref().map(crate::format::org_number))}
        </dl>
        <p class="echo">{asked}</p>
    }
    .into_any()
}
