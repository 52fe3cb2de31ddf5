//! The source's records as they came; fetched only when somebody opens them, for each look is logged.

use crate::client::{self, Failure};
use crate::language::{tr, tr_count};
use crate::loading::{Load, Loader};
use crate::parts::failure::FailureView;
use crate::parts::state::Skeleton;
use crate::t;
use api::entries::RawRecords;
use events::record::RawRecord;
use leptos::html::Details;
use leptos::prelude::*;
use serde_json::Value;

/// The section.
#[component]
pub fn RawSection(
    /// The entry's id, as it stands in an address.
    id: String,
) -> impl IntoView {
    let records = Loader::<RawRecords>::new();
    let opened = RwSignal::new(false);
    let details = NodeRef::<Details>::new();
    let load = {
        let records = records.clone();
        move || records.load(fetch(id.clone()))
    };
    let toggled = {
        let load = load.clone();
        move |_| {
            let open = details.get_untracked().is_some_and(|details| details.has_attribute("open"));
            if open && !opened.get_untracked() {
                opened.set(true);
                load();
            }
        }
    };
    let state = records.state();
    let shown = move || match state.get() {
        Load::Loading => view! { <Skeleton lines=4 /> }.into_any(),
        Load::Failed(failure) => view! { <FailureView failure retry=load.clone() /> }.into_any(),
        Load::Ready(records) => {
            let records = records.records.into_iter().zip(1..);
            records
                .map(|(record, number)| view! { <Record record=record.0 number /> })
                .collect_view()
                .into_any()
        }
    };
    view! {
        <details class="more raw" node_ref=details on:toggle=toggled>
            <summary>{t!("section-raw")}</summary>
            <p>{t!("raw-lead")}</p>
            {move || opened.get().then(|| shown.clone())}
        </details>
    }
}

async fn fetch(id: String) -> Result<RawRecords, Failure> {
    client::get(&format!("/entries/{id}/raw")).await
}

/// A field's name that a narrow screen may break after each `_`, and nowhere else.
fn breakable(name: &str) -> impl IntoView + use<> {
    name.split_inclusive('_').map(|part| view! { {part.to_owned()} <wbr /> }).collect_view()
}

#[component]
fn Record(record: RawRecord, number: u64) -> impl IntoView {
    let row = |(field, value): (String, Value)| {
        let value = match value {
            Value::Null => None,
            Value::String(text) => Some(text),
            other => Some(other.to_string()),
        };
        view! { <tr><th scope="row"><code>{breakable(&field)}</code></th><td>{value}</td></tr> }
    };
    let caption_id = format!("raw-{number}");
    let labelled_by = caption_id.clone();
    view! {
        <div class="scroll-region" role="region" tabindex="0" aria-labelledby=labelled_by>
            <table class="ds-table compact" data-color="neutral">
                <caption id=caption_id>{move || tr_count("raw-record", number)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{tr("raw-field")}</th>
                        <th scope="col">{tr("raw-value")}</th>
                    </tr>
                </thead>
                <tbody>{record.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
}
