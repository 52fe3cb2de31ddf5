//! The dialog in which a referral is filled in.

use super::making::{Fact, Making, Purpose, choices};
use super::{field, preview};
use crate::format::date_prose;
use crate::language::{Key, language, tr, tr_with};
use crate::loading::Loader;
use crate::parts::dialog::Dialog;
use crate::parts::failure::refusal;
use crate::parts::outcome::word;
use crate::parts::unit;
use crate::t;
use api::referrals::{PossibleReferral, UnitAnswer};
use events::referral::ReferralFacts;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

/// The dialog: open while something is told.
pub fn dialog(making: &Making) -> AnyView {
    let (open, closing, within) = (making.open, making.clone(), making.clone());
    let more = move || open.read().as_ref().is_some_and(|(purpose, _)| *purpose != Purpose::New);
    let title = move || tr(if more() { "referral-more" } else { "referral-begin" });
    let form = move || open.get().map(|(_, possible)| form(&within, possible));
    view! {
        <Dialog
            id="refer-title"
            title=Signal::derive(title)
            open=Signal::derive(move || open.read().is_some())
            close=Callback::new(move |()| closing.cancel())
        >
            {form}
        </Dialog>
    }
    .into_any()
}

fn form(making: &Making, possible: PossibleReferral) -> AnyView {
    let look = {
        let making = making.clone();
        move |event: SubmitEvent| {
            event.prevent_default();
            making.look();
        }
    };
    let wrong = {
        let making = making.clone();
        Signal::derive(move || making.wrong())
    };
    let (cancel, sending) = (making.clone(), making.sending.clone());
    let told =
        |of: fn(&super::making::Wrong) -> Option<&'static str>| Signal::derive(move || of(&wrong.read()));
    view! {
        <form class="route-form" data-testid="referral-form" autocomplete="off" novalidate on:submit=look>
            <p>{t!("referral-lead")}</p>
            {field("refer-name", Key("referral-employer-name"), making.name.clone(), told(|wrong| wrong.name))}
            {field("refer-number", Key("fact-employer-number"), making.number.clone(), told(|wrong| wrong.number))}
            {registry(making)}
            {field("refer-address", Key("referral-address"), making.address.clone(), told(|wrong| wrong.address))}
            {field("refer-postcode", Key("workbench-postcode"), making.postcode.clone(), told(|wrong| wrong.postcode))}
            {facts(making, &possible.facts)}
            <p role="alert">
                {move || wrong.read().facts.map(|key| view! { <span class="ds-validation-message">{tr(key)}</span> })}
            </p>
            {refusal(making.failure.clone())}
            <div class="buttons">
                <button
                    type="submit"
                    class="ds-button"
                    data-variant="secondary"
                    aria-busy=move || sending.get().to_string()
                >
                    {t!("referral-look")}
                </button>
                <button type="button" class="ds-button" data-variant="tertiary" on:click=move |_| cancel.cancel()>
                    {t!("cancel")}
                </button>
            </div>
            {preview::preview(making)}
        </form>
    }
    .into_any()
}

/// What Enhetsregisteret says of the number, as soon as there are nine digits.
fn registry(making: &Making) -> AnyView {
    let number = making.number.clone();
    let nine = Memo::new(move |_| {
        let digits: String = number.get().chars().filter(char::is_ascii_digit).collect();
        (digits.len() == 9).then_some(digits)
    });
    let shown = move || {
        nine.get().map(|number| {
            let loader = Loader::<UnitAnswer>::new();
            unit::ask(&loader, &number);
            unit::unit(loader.state())
        })
    };
    shown.into_any()
}

fn facts(making: &Making, said: &ReferralFacts) -> AnyView {
    let choice = |fact: Fact| {
        let (shown, set) = (making.left_out.clone(), making.left_out.clone());
        let change = move |event| {
            set.update(|left_out| {
                if event_target_checked(&event) {
                    left_out.remove(&fact);
                } else {
                    left_out.insert(fact);
                }
            });
        };
        view! {
            <label class="choice">
                <input
                    class="ds-input"
                    type="checkbox"
                    prop:checked=move || !shown.read().contains(&fact)
                    on:change=change
                />
                <span>{words(fact, said)}</span>
            </label>
        }
        .into_any()
    };
    let choices: Vec<AnyView> = choices(said).into_iter().map(choice).collect();
    view! {
        <fieldset class="choices">
            <legend class="ds-label">{t!("referral-facts")}</legend>
            {choices}
        </fieldset>
    }
    .into_any()
}

fn words(fact: Fact, said: &ReferralFacts) -> String {
    match fact {
        Fact::Breach(breach) => word("employer-breach", &breach),
        Fact::Lodged => tr("referral-fact-lodged-by-employer"),
        Fact::Sleepers => {
            let number = u64::from(said.sleep_in_room.unwrap_or_default());
            tr_with("referral-fact-sleep-in-room", &[("number", number.into())])
        }
        Fact::Work => tr("referral-fact-told-to-work"),
        Fact::Arrival => {
            let day = said.arrived_on.map(|date| date_prose(language(), date)).unwrap_or_default();
            tr_with("referral-fact-arrived", &[("day", day.into())])
        }
    }
}
