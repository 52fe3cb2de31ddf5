//! Others who travel together with the one on the page.

use crate::loading::Load;
use crate::parts::entry_row::{EntryTable, TableRow};
use crate::parts::failure::FailureText;
use crate::t;
use api::entries::Party;
use leptos::prelude::*;

/// The section.
#[component]
pub fn PartySection(party: ArcReadSignal<Load<Party>>) -> impl IntoView {
    move || match party.get() {
        Load::Loading => ().into_any(),
        Load::Failed(failure) => {
            view! { <div class="ds-alert" data-color="danger"><FailureText failure /></div> }.into_any()
        }
        Load::Ready(party) => view! {
            <section aria-labelledby="party-heading">
                <h2 id="party-heading" class="ds-heading" data-size="sm">{t!("section-party")}</h2>
                {members(party)}
            </section>
        }
        .into_any(),
    }
}

fn members(party: Party) -> AnyView {
    if party.members.is_empty() {
        return view! { <p>{t!("party-none")}</p> }.into_any();
    }
    let rows = Signal::stored(party.members.into_iter().map(TableRow::from).collect::<Vec<_>>());
    view! { <EntryTable id="party-caption" caption=Signal::derive(t!("party-caption")) rows /> }.into_any()
}
