//! What some results ask for besides: when to call back, which language is needed.

use super::{BARRIER, Form, LATER};
use crate::codes::{LANGUAGES, language_name};
use crate::format::moment_prose;
use crate::language::{Key, language};
use crate::moment::{from_local, local, now};
use crate::parts::digits::{Digits, digits};
use crate::{script, t};
use jiff::civil::{DateTime, Time};
use jiff::{SignedDuration, Timestamp};
use leptos::prelude::*;

/// The times that are most often agreed, in the order of the keys.
fn usual_times(now: Timestamp) -> Vec<(Key, Timestamp)> {
    let today = local(now).date();
    let at = |date: Option<jiff::civil::Date>, hour: i8| {
        from_local(date?.to_datetime(Time::new(hour, 0, 0, 0).ok()?))
    };
    let times = [
        (Key("later-half-hour"), now.checked_add(SignedDuration::from_mins(30)).ok()),
        (Key("later-two-hours"), now.checked_add(SignedDuration::from_hours(2)).ok()),
        (Key("later-evening"), at(Some(today), 18)),
        (Key("later-tomorrow"), at(today.tomorrow().ok(), 9)),
    ];
    let ahead = times.into_iter().filter_map(|(words, time)| Some((words, time.filter(|time| *time > now)?)));
    ahead.collect()
}

/// When to call back.
pub fn later(form: &Form) -> AnyView {
    let times = usual_times(now());
    let options = times.iter().map(|(words, _)| words.follow().into_any()).collect();
    let moments: Vec<Timestamp> = times.into_iter().map(|(_, time)| time).collect();
    let filled = form.filled.clone();
    let chosen = Memo::new(move |_| filled.read().call_back_at);
    let (own, set) = (moments.clone(), form.clone());
    let group = digits(Digits {
        id: LATER.to_owned(),
        legend: t!("later-label").into_any(),
        options,
        many: false,
        chosen: Callback::new(move |at: usize| {
            chosen.get().is_some() && own.get(at).copied() == chosen.get()
        }),
        choose: Callback::new(move |(at, _): (usize, bool)| {
            set.change(|filled| filled.call_back_at = moments.get(at).copied());
        }),
    });
    let echo = move || chosen.get().map(|moment| moment_prose(language(), moment));
    view! {
        {group}
        {time_field(form, chosen)}
        <p class="echo" id="outcome-later-words" role="status">{echo}</p>
    }
    .into_any()
}

fn time_field(form: &Form, chosen: Memo<Option<Timestamp>>) -> AnyView {
    let form = form.clone();
    let shown = move || {
        let there = chosen.get().map(local)?;
        Some(format!("{}T{:02}:{:02}", there.date(), there.hour(), there.minute()))
    };
    let changed = move |event| {
        let typed = event_target_value(&event).parse::<DateTime>().ok().and_then(from_local);
        form.change(|filled| filled.call_back_at = typed);
    };
    view! {
        <div class="field">
            <label class="ds-label" for="outcome-later-time">{t!("later-time")}</label>
            <input
                class="ds-input"
                type="datetime-local"
                id="outcome-later-time"
                aria-describedby="outcome-later-words"
                prop:value=move || shown().unwrap_or_default()
                on:change=changed
            />
        </div>
    }
    .into_any()
}

/// Which language is needed: those of the script by key, all others in a list.
pub fn barrier(form: &Form) -> AnyView {
    let filled = form.filled.clone();
    let chosen = Memo::new(move |_| filled.read().language_needed.clone());
    let (set, other) = (form.clone(), form.clone());
    let group = digits(Digits {
        id: BARRIER.to_owned(),
        legend: t!("barrier-label").into_any(),
        options: script::LANGUAGES.iter().map(|code| (move || language_name(code)).into_any()).collect(),
        many: false,
        chosen: Callback::new(move |at: usize| {
            chosen.read().is_some() && chosen.read().as_deref() == script::LANGUAGES.get(at).copied()
        }),
        choose: Callback::new(move |(at, _): (usize, bool)| {
            let code = script::LANGUAGES.get(at).map(|code| (*code).to_owned());
            set.change(|filled| filled.language_needed = code);
        }),
    });
    let changed = move |event| {
        let code = Some(event_target_value(&event)).filter(|code| !code.is_empty());
        other.change(|filled| filled.language_needed = code);
    };
    let option = move |code: &'static str| {
        let own = move || chosen.read().as_deref() == Some(code);
        view! { <option value=code selected=own>{language_name(code)}</option> }.into_any()
    };
    let others = move || {
        let others = LANGUAGES.into_iter().filter(|code| !script::LANGUAGES.contains(code));
        others.map(option).collect::<Vec<_>>()
    };
    view! {
        {group}
        <div class="field">
            <label class="ds-label" for="outcome-barrier-other">{t!("barrier-other")}</label>
            <select class="ds-input" id="outcome-barrier-other" on:change=changed>
                <option value="">{t!("barrier-none")}</option>
                {others}
            </select>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_that_have_passed_are_not_offered() {
        let times = |now: &str| {
            let times = usual_times(now.parse().unwrap());
            times.into_iter().map(|(Key(key), time)| (key, time.to_string())).collect::<Vec<_>>()
        };
        let noon = times("2021-03-23T12:00:00Z");
        assert_eq!(noon.len(), 4);
        assert_eq!(noon[2], ("later-evening", "2021-03-23T17:00:00Z".to_owned()));
        assert_eq!(noon[3], ("later-tomorrow", "2021-03-24T08:00:00Z".to_owned()));
        let late = times("2021-03-27T20:00:00Z");
        assert_eq!(late.len(), 3);
        assert_eq!(
            late[2],
            ("later-tomorrow", "2021-03-28T07:00:00Z".to_owned()),
            "clocks change that night"
        );
    }
}
