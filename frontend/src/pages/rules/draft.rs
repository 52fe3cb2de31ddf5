//! A rule set being written: the JSON is what counts, the fields are a way to change it.

use crate::client::{self, Failure};
use crate::query;
use api::rule_sets::{RuleSetAnswer, TrialAnswer, TryRuleSet};
use events::rule_set::{Ongoing, RuleSet};
use jiff::civil::Date;
use leptos::prelude::*;
use uuid::Uuid;

/// What is being written, and what a trial of it told. It outlives the page, as an answer may.
#[derive(Clone)]
pub struct Draft {
    /// The rule set as JSON.
    pub text: ArcRwSignal<String>,
    /// Why it counts from a day that is over.
    pub reason: ArcRwSignal<String>,
    /// What the last trial told, and of which set. Gone as soon as the set is changed.
    pub tried: ArcRwSignal<Option<(RuleSet, TrialAnswer)>>,
    /// Whether something is on its way.
    pub sending: ArcRwSignal<bool>,
    /// Whether it was adopted.
    pub adopted: ArcRwSignal<bool>,
    /// Why the last request was not answered as asked.
    pub failure: ArcRwSignal<Option<Failure>>,
}

impl Draft {
    /// Nothing yet.
    pub fn new() -> Draft {
        Draft {
            text: ArcRwSignal::new(String::new()),
            reason: ArcRwSignal::new(String::new()),
            tried: ArcRwSignal::new(None),
            sending: ArcRwSignal::new(false),
            adopted: ArcRwSignal::new(false),
            failure: ArcRwSignal::new(None),
        }
    }

    /// The set, when the JSON is one.
    pub fn set(&self) -> Option<RuleSet> {
        self.text.with(|text| serde_json::from_str(text).and_then(serde_json::from_value).ok())
    }

    /// Takes another text.
    pub fn write(&self, text: String) {
        self.tried.set(None);
        self.failure.set(None);
        self.adopted.set(false);
        self.text.set(text);
    }

    /// Changes the set, when there is one.
    pub fn change(&self, change: impl FnOnce(&mut RuleSet)) {
        if let Some(mut set) = untrack(|| self.set()) {
            change(&mut set);
            self.write(serde_json::to_string_pretty(&set).unwrap_or_default());
        }
    }

    /// Begins with an adopted set, under a name of its own and from today.
    pub fn begin_with(&self, name: &str, today: Option<Date>) {
        if name.is_empty() {
            return;
        }
        let path = format!("/rule-sets/{}", query::escape(name));
        self.run(async move { client::get::<RuleSetAnswer>(&path).await }, move |draft, answer| {
            let mut set = answer.adopted.rule_set;
            if let Some(today) = today {
                set.valid_from = today;
                set.name = today.to_string();
            }
            set.ongoing = Ongoing::NotAffected;
            draft.write(serde_json::to_string_pretty(&set).unwrap_or_default());
        });
    }

    /// Asks what it would change; from the first entry, or from where the last page ended.
    pub fn try_on(&self, after: Option<Uuid>) {
        let Some(rule_set) = untrack(|| self.set()) else { return };
        let request = TryRuleSet { rule_set: rule_set.clone(), after, limit: None };
        let ask = async move { client::post("/rule-sets/trial", &request).await };
        self.run(ask, move |draft, told: TrialAnswer| {
            // Changed meanwhile: the answer is of another set.
            if untrack(|| draft.set()).as_ref() == Some(&rule_set) {
                draft.tried.set(Some((rule_set, told)));
            }
        });
    }

    /// Sends something; one thing at a time.
    pub fn run<T: 'static>(
        &self,
        question: impl Future<Output = Result<T, Failure>> + 'static,
        take: impl FnOnce(&Draft, T) + 'static,
    ) {
        if self.sending.get_untracked() {
            return;
        }
        self.sending.set(true);
        self.failure.set(None);
        let draft = self.clone();
        leptos::task::spawn_local(async move {
            let answer = question.await;
            draft.sending.set(false);
            match answer {
                Ok(answer) => take(&draft, answer),
                Err(failure) => draft.failure.set(Some(failure)),
            }
        });
    }
}
