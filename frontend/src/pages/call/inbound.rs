//! Somebody rings the centre: who has that number, and a call that needs no card.

use super::desk::Desk;
use crate::client::{self, Failure};
use crate::format::date_short;
use crate::language::{tr, tr_count, tr_with};
use crate::navigation::focus;
use crate::parts::dialog::Dialog;
use crate::parts::failure::refusal;
use crate::t;
use api::calls::{Inbound, InboundMatches};
use api::entries::{EntryRow, Obligation};
use events::Personal;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

const FIELD: &str = "inbound-phone";

/// What is being looked for, and what was found. It outlives the dialog, as an answer may.
#[derive(Clone)]
struct Asking {
    typed: ArcRwSignal<Personal<String>>,
    found: ArcRwSignal<Option<Vec<EntryRow>>>,
    failure: ArcRwSignal<Option<Failure>>,
}

impl Asking {
    fn find(&self) {
        let number = number(&self.typed.read_untracked().0);
        self.failure.set(None);
        self.found.set(None);
        let asking = self.clone();
        leptos::task::spawn_local(async move {
            match client::post::<_, InboundMatches>("/calls/inbound", &Inbound { phone: number.into() }).await
            {
                Ok(matches) => asking.found.set(Some(matches.entries)),
                Err(failure) => asking.failure.set(Some(failure)),
            }
        });
    }
}

/// A number as the register writes it: `+` and digits. A number without a country is Norwegian.
fn number(typed: &str) -> String {
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    match (typed.trim().starts_with('+'), digits.strip_prefix("00")) {
        (true, _) => format!("+{digits}"),
        (false, Some(international)) => format!("+{international}"),
        (false, None) => format!("+47{digits}"),
    }
}

/// The script for an entry that comes without a card.
pub fn script_kind(entry: &EntryRow) -> &'static str {
    match (entry.obligation, entry.place.as_deref()) {
        (Obligation::Exempt, _) => "exempt",
        (_, Some("4006" | "4008" | "4011" | "4013")) => "leisure",
        (_, Some("4001" | "4012" | "4014")) => "quarantine-hotel",
        _ => "quarantine-home",
    }
}

/// The button and its dialog.
pub fn inbound(desk: &Desk) -> AnyView {
    let open = RwSignal::new(false);
    let (desk, call) = (desk.clone(), desk.call.clone());
    let aside = desk.aside.clone();
    // One call can wait, not two.
    let free = Memo::new(move |_| call.read().is_none() || aside.read().is_none());
    let form = move || open.get().then(|| form(&desk, open));
    let show = move |_| {
        open.set(true);
        request_animation_frame(|| focus(FIELD));
    };
    view! {
        <Show when=move || free.get()>
            <div>
                <button type="button" class="ds-button" data-variant="tertiary" id="call-inbound" on:click=show>
                    {t!("inbound")} " " <kbd aria-hidden="true">"i"</kbd>
                </button>
            </div>
        </Show>
        <Dialog
            id="inbound-title"
            title=Signal::derive(t!("inbound"))
            open
            close=Callback::new(move |()| open.set(false))
        >
            {form}
        </Dialog>
    }
    .into_any()
}

fn form(desk: &Desk, open: RwSignal<bool>) -> AnyView {
    let asking = Asking {
        typed: ArcRwSignal::new(Personal::default()),
        found: ArcRwSignal::new(None),
        failure: ArcRwSignal::new(None),
    };
    let refused = refusal(asking.failure.clone());
    let (typed, found, desk) = (asking.typed.clone(), asking.found.clone(), desk.clone());
    let told = {
        let found = found.clone();
        move || {
            found.read().as_ref().map(|found| match found.len() {
                0 => tr("inbound-none"),
                hits => tr_count("search-found", hits as u64),
            })
        }
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        asking.find();
    };
    let number = typed.clone();
    let choose = Callback::new(move |entry: EntryRow| {
        open.set(false);
        desk.answer(entry, self::number(&number.read_untracked().0).into());
    });
    let matches = move || {
        let found = found.get().unwrap_or_default();
        found.into_iter().map(|entry| one(entry, choose)).collect::<Vec<_>>()
    };
    view! {
        <div class="route-form">
            <form class="field" autocomplete="off" novalidate on:submit=submit>
                <label class="ds-label" for=FIELD>{t!("inbound-phone")}</label>
                <div class="search-box">
                    <input
                        class="ds-input"
                        id=FIELD
                        type="tel"
                        autocomplete="off"
                        on:input=move |event| typed.set(event_target_value(&event).into())
                    />
                    <button type="submit" class="ds-button" data-variant="secondary">{t!("request-find")}</button>
                </div>
            </form>
            {refused}
            <p role="status">{told}</p>
            <ul class="plain">{matches}</ul>
            <div>
                <button type="button" class="ds-button" data-variant="tertiary" on:click=move |_| open.set(false)>
                    {t!("cancel")}
                </button>
            </div>
        </div>
    }
    .into_any()
}

fn one(entry: EntryRow, choose: Callback<EntryRow>) -> AnyView {
    let name = entry.person.0.name.clone().unwrap_or_else(|| tr("name-missing"));
    let born = entry.person.0.birth_date.map(date_short).unwrap_or_default();
    let arrival = entry.arrival.map_or_else(|| tr("not-told"), date_short);
    let words = tr_with(
        "inbound-match",
        &[("name", name.into()), ("born", born.into()), ("arrival", arrival.into())],
    );
    view! {
        <li>
            <button
                type="button"
                class="ds-button"
                data-variant="secondary"
                on:click=move |_| choose.run(entry.clone())
            >
                {words}
            </button>
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_written_as_the_register_writes_it() {
        for (typed, written) in [
            ("41 23 45 67", "+4741234567"),
            (" +48 512 345 678", "+48512345678"),
            ("0048512345678", "+48512345678"),
        ] {
            assert_eq!(number(typed), written);
        }
    }
}
