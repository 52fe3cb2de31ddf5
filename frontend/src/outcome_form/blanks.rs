//! What is put into the gaps of the script: the place, its municipality, the last day, the first
//! day on which a test can shorten it.

use super::Form;
use crate::client;
use crate::format::date_short;
use crate::moment::local;
use crate::municipalities;
use api::entries::Entry;
use api::quarantine::QuarantineAnswer;
use events::Personal;
use leptos::prelude::*;

/// In place of what is not known.
const UNKNOWN: &str = "…";

/// Names of gaps, and what goes into them.
pub type Blanks = Vec<(&'static str, String)>;

/// Fetches what is known of the entry, once.
pub fn fetch(form: &Form) {
    if !form.blanks.read_untracked().is_empty() {
        return;
    }
    let ends = form.ends_at.map(|moment| ("{ends}", date_short(local(moment).date())));
    form.blanks.set(ends.clone().into_iter().collect());
    let form = form.clone();
    leptos::task::spawn_local(async move {
        if let Ok(entry) = client::get::<Entry>(&format!("/entries/{}", form.entry)).await {
            form.blanks.set(ends.into_iter().chain(untrack(|| of_entry(&entry))).collect());
        }
        let answer = client::get::<QuarantineAnswer>(&format!("/entries/{}/quarantine", form.entry)).await;
        let early_end = answer.ok().and_then(|answer| answer.assessment.early_end);
        if let Some(offer) = early_end {
            form.blanks.update(|blanks| blanks.push(("{test_from}", date_short(offer.from))));
        }
    });
}

fn of_entry(entry: &Entry) -> Blanks {
    let quarantine = &entry.record.quarantine;
    let told = [&quarantine.place_name, &quarantine.address].into_iter().flatten();
    let place: Vec<&str> = told.map(|Personal(told)| told.as_str()).collect();
    let municipality = entry.routing.responsible_municipality.as_deref().map(municipalities::name);
    let place = (!place.is_empty()).then(|| ("{place}", place.join(", ")));
    place.into_iter().chain(municipality.map(|name| ("{municipality}", name))).collect()
}

/// A text with its gaps filled.
pub fn fill(text: &str, blanks: &Blanks) -> String {
    let filled = blanks.iter().fold(text.to_owned(), |text, (name, value)| text.replace(name, value));
    let unknown = ["{place}", "{municipality}", "{ends}", "{test_from}"];
    unknown.into_iter().fold(filled, |text, name| text.replace(name, UNKNOWN))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_filled_or_seen_to_be_open() {
        let blanks = vec![("{place}", "Storgata 1".to_owned())];
        assert_eq!(fill("At {place} in {municipality}?", &blanks), "At Storgata 1 in …?");
        assert_eq!(fill("Nothing.", &blanks), "Nothing.");
    }
}
