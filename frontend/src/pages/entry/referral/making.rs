//! What is about to be told: chosen from what was said, shown as it leaves, then sent under the same key.

use crate::client::{self, Failure};
use crate::navigation::focus;
use crate::t;
use api::referrals::{MakeReferral, PossibleReferral, ReferralPreview, ReferralSaved};
use events::Personal;
use events::referral::{Accommodation, EmployerBreach, ReferralContent, ReferralFacts, ReferredEmployer};
use leptos::prelude::*;
use std::collections::BTreeSet;
use uuid::Uuid;

/// What it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To tell of it first.
    New,
    /// To tell more on one that came back.
    More(Uuid),
}

/// A fact that can be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fact {
    /// In what the quarantine seems to be broken.
    Breach(EmployerBreach),
    /// The employer provides the lodging.
    Lodged,
    /// How many sleep in the room.
    Sleepers,
    /// Asked to work.
    Work,
    /// The day of arrival.
    Arrival,
}

/// What is filled in, asked and done. It outlives the page, as an answer may.
#[derive(Clone)]
pub struct Making {
    entry: Uuid,
    /// Version of the entry that it is decided on.
    version: ArcRwSignal<u32>,
    /// What is being told, while the dialog is open.
    pub open: RwSignal<Option<(Purpose, PossibleReferral)>>,
    /// The employer's name.
    pub name: ArcRwSignal<String>,
    /// The employer's organisation number; empty when there is none.
    pub number: ArcRwSignal<String>,
    /// The address.
    pub address: ArcRwSignal<String>,
    /// The postcode; empty when there is none.
    pub postcode: ArcRwSignal<String>,
    /// Facts that are left out.
    pub left_out: ArcRwSignal<BTreeSet<Fact>>,
    /// Whether it was tried, so that what is missing is told.
    pub tried: ArcRwSignal<bool>,
    /// What leaves with exactly this.
    pub preview: ArcRwSignal<Option<(ReferralContent, ReferralPreview)>>,
    /// What was done last.
    pub done: ArcRwSignal<Option<ReferralSaved>>,
    /// Why it was not.
    pub failure: ArcRwSignal<Option<Failure>>,
    /// Whether an answer is awaited.
    pub sending: ArcRwSignal<bool>,
    /// The last content asked about and its key.
    key: ArcRwSignal<Option<(ReferralContent, String)>>,
    refresh: Callback<()>,
}

impl Making {
    /// Nothing is told yet.
    pub fn new(entry: Uuid, refresh: Callback<()>) -> Making {
        let text = || ArcRwSignal::new(String::new());
        Making {
            entry,
            version: ArcRwSignal::new(0),
            open: RwSignal::new(None),
            name: text(),
            number: text(),
            address: text(),
            postcode: text(),
            left_out: ArcRwSignal::new(BTreeSet::new()),
            tried: ArcRwSignal::new(false),
            preview: ArcRwSignal::new(None),
            done: ArcRwSignal::new(None),
            failure: ArcRwSignal::new(None),
            sending: ArcRwSignal::new(false),
            key: ArcRwSignal::new(None),
            refresh,
        }
    }

    /// The entry is at this version now.
    pub fn is_at(&self, version: u32) {
        self.version.set(version);
    }

    /// The button that opens the form, filled with what was told before or what the registration says.
    pub fn button(
        &self,
        purpose: Purpose,
        before: Option<ReferralContent>,
        possible: PossibleReferral,
    ) -> AnyView {
        let making = self.clone();
        let open = move |_| making.begin(purpose, before.clone(), possible.clone());
        let words = match purpose {
            Purpose::New => t!("referral-begin").into_any(),
            Purpose::More(_) => t!("referral-more").into_any(),
        };
        view! {
            <div class="buttons">
                <button type="button" class="ds-button" data-variant="secondary" data-testid="refer" on:click=open>
                    {words}
                </button>
            </div>
        }
        .into_any()
    }

    fn begin(&self, purpose: Purpose, before: Option<ReferralContent>, possible: PossibleReferral) {
        let employer =
            before.as_ref().map(|told| told.employer.clone()).or_else(|| possible.employer.clone());
        let place = before.map(|told| told.accommodation).or_else(|| possible.accommodation.clone());
        let told = |text: Option<Personal<String>>| text.map(|Personal(text)| text).unwrap_or_default();
        self.name.set(told(employer.as_ref().map(|employer| employer.name.clone())));
        self.number.set(employer.and_then(|employer| employer.org_number).unwrap_or_default());
        self.address.set(told(place.as_ref().map(|place| place.address.clone())));
        self.postcode.set(told(place.and_then(|place| place.postcode)));
        self.left_out.set(BTreeSet::new());
        self.tried.set(false);
        self.preview.set(None);
        self.done.set(None);
        self.failure.set(None);
        self.open.set(Some((purpose, possible)));
    }

    /// Closes the dialog.
    pub fn cancel(&self) {
        // The answer may come when the page has gone; then nobody is left to tell.
        let _ = self.open.try_set(None);
    }

    /// What would be told, as it is filled in now.
    pub fn content(&self) -> Option<ReferralContent> {
        let (_, possible) = self.open.get()?;
        let text = |signal: &ArcRwSignal<String>| signal.get().trim().to_owned();
        let filled = |text: String| (!text.is_empty()).then_some(text);
        let digits: String = text(&self.number).chars().filter(|c| !c.is_whitespace()).collect();
        let content = ReferralContent {
            conversation: possible.conversation,
            employer: ReferredEmployer { org_number: filled(digits), name: Personal(text(&self.name)) },
            accommodation: Accommodation {
                address: Personal(text(&self.address)),
                postcode: filled(text(&self.postcode)).map(Personal),
            },
            facts: without(possible.facts, &self.left_out.read()),
        };
        (wrong(&content) == Wrong::default()).then_some(content)
    }

    /// What is wrong with what is filled in, once it was tried.
    pub fn wrong(&self) -> Wrong {
        let text = |signal: &ArcRwSignal<String>| signal.get().trim().to_owned();
        let facts = self.open.get().map(|(_, possible)| without(possible.facts, &self.left_out.read()));
        if !self.tried.get() {
            return Wrong::default();
        }
        Wrong {
            name: text(&self.name).is_empty().then_some("referral-missing-name"),
            number: is_no_number(&text(&self.number)).then_some("filter-employer-wrong"),
            address: text(&self.address).is_empty().then_some("referral-missing-address"),
            postcode: is_no_postcode(&text(&self.postcode)).then_some("referral-wrong-postcode"),
            facts: facts.is_some_and(|facts| tells_nothing(&facts)).then_some("referral-missing-facts"),
        }
    }

    /// Asks what leaves with exactly this.
    pub fn look(&self) {
        self.tried.set(true);
        let Some(content) = untrack(|| self.content()) else { return };
        let Some((key, path)) = self.key_of(&content).zip(self.path("/preview")) else { return };
        self.send(
            async move {
                let body = MakeReferral { content: content.clone() };
                let preview = client::post_once::<_, ReferralPreview>(&path, &key, &body).await?;
                Ok((content, preview))
            },
            |making, answer| {
                making.preview.set(Some(answer));
                request_animation_frame(|| focus("referral-send"));
            },
        );
    }

    /// Sends what was shown.
    pub fn act(&self) {
        let Some((content, _)) = self.preview.get_untracked() else { return };
        let Some((key, path)) = self.key_of(&content).zip(self.path("")) else { return };
        let version = self.version.get_untracked();
        self.send(
            async move {
                let body = MakeReferral { content };
                client::post_decided::<_, ReferralSaved>(&path, version, &key, &body).await
            },
            |making, saved| {
                making.cancel();
                making.preview.set(None);
                making.key.set(None);
                making.finish(saved);
            },
        );
    }

    /// Has a letter sent again that never arrived.
    pub fn resend(&self, referral: Uuid) {
        let Some(key) = client::new_key() else { return };
        let path = format!("/entries/{}/referrals/{referral}/resending", self.entry);
        self.send(
            async move { client::demand::<ReferralSaved>(&path, Some(&key)).await },
            |making, saved| making.finish(saved),
        );
    }

    fn finish(&self, saved: ReferralSaved) {
        self.done.set(Some(saved));
        let _ = self.refresh.try_run(());
        request_animation_frame(|| focus("referral-done"));
    }

    fn path(&self, end: &str) -> Option<String> {
        let (purpose, _) = self.open.get_untracked()?;
        let entry = self.entry;
        Some(match purpose {
            Purpose::New => format!("/entries/{entry}/referrals{end}"),
            Purpose::More(referral) => format!("/entries/{entry}/referrals/{referral}/completion{end}"),
        })
    }

    fn send<T: 'static>(
        &self,
        request: impl Future<Output = Result<T, Failure>> + 'static,
        take: impl FnOnce(&Making, T) + 'static,
    ) {
        if self.sending.get_untracked() {
            return;
        }
        self.sending.set(true);
        self.failure.set(None);
        let making = self.clone();
        leptos::task::spawn_local(async move {
            let answer = request.await;
            making.sending.set(false);
            match answer {
                Ok(answer) => take(&making, answer),
                Err(failure) => {
                    making.failure.set(Some(failure));
                    // Somebody else may have changed the entry: its version is fetched anew.
                    let _ = making.refresh.try_run(());
                }
            }
        });
    }

    /// The same for the preview and the command, and for a retry; a new one for another content.
    fn key_of(&self, content: &ReferralContent) -> Option<String> {
        if let Some((sent, key)) = self.key.get_untracked()
            && sent == *content
        {
            return Some(key);
        }
        let key = client::new_key()?;
        self.key.set(Some((content.clone(), key.clone())));
        Some(key)
    }
}

/// What is wrong with what is filled in, by field: keys of texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wrong {
    /// The employer's name.
    pub name: Option<&'static str>,
    /// The organisation number.
    pub number: Option<&'static str>,
    /// The address.
    pub address: Option<&'static str>,
    /// The postcode.
    pub postcode: Option<&'static str>,
    /// The facts.
    pub facts: Option<&'static str>,
}

fn wrong(content: &ReferralContent) -> Wrong {
    let ReferralContent { employer, accommodation, facts, .. } = content;
    let number = employer.org_number.as_deref().unwrap_or_default();
    let postcode = accommodation.postcode.as_ref().map_or("", |code| code.0.as_str());
    Wrong {
        name: employer.name.0.is_empty().then_some("x"),
        number: is_no_number(number).then_some("x"),
        address: accommodation.address.0.is_empty().then_some("x"),
        postcode: is_no_postcode(postcode).then_some("x"),
        facts: tells_nothing(facts).then_some("x"),
    }
}

fn is_no_number(text: &str) -> bool {
    let digits = text.chars().filter(|c| !c.is_whitespace());
    let (count, all) = digits.fold((0, true), |(count, all), c| (count + 1, all && c.is_ascii_digit()));
    count > 0 && !(count == 9 && all)
}

fn is_no_postcode(text: &str) -> bool {
    let is_one = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    !text.is_empty() && !is_one
}

fn tells_nothing(facts: &ReferralFacts) -> bool {
    facts.breaches.is_empty() && facts.sleep_in_room.is_none() && !facts.told_to_work
}

/// All facts that can be left out.
pub fn choices(facts: &ReferralFacts) -> Vec<Fact> {
    let breaches = facts.breaches.iter().map(|breach| Fact::Breach(*breach));
    let others = [
        (facts.lodged_by_employer, Fact::Lodged),
        (facts.sleep_in_room.is_some(), Fact::Sleepers),
        (facts.told_to_work, Fact::Work),
        (facts.arrived_on.is_some(), Fact::Arrival),
    ];
    let others = others.into_iter().filter_map(|(said, fact)| said.then_some(fact));
    breaches.chain(others).collect()
}

/// Facts without those that are left out.
fn without(facts: ReferralFacts, left_out: &BTreeSet<Fact>) -> ReferralFacts {
    let told = |fact| !left_out.contains(&fact);
    ReferralFacts {
        breaches: facts.breaches.into_iter().filter(|breach| told(Fact::Breach(*breach))).collect(),
        lodged_by_employer: facts.lodged_by_employer && told(Fact::Lodged),
        sleep_in_room: facts.sleep_in_room.filter(|_| told(Fact::Sleepers)),
        told_to_work: facts.told_to_work && told(Fact::Work),
        arrived_on: facts.arrived_on.filter(|_| told(Fact::Arrival)),
        told_on: facts.told_on,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn facts() -> ReferralFacts {
        ReferralFacts {
            told_on: date(2021, 3, 17),
            arrived_on: Some(date(2021, 3, 15)),
            breaches: vec![EmployerBreach::Working, EmployerBreach::SharedRoom],
            lodged_by_employer: true,
            sleep_in_room: Some(6),
            told_to_work: false,
        }
    }

    #[test]
    fn what_is_left_out_is_not_told() {
        let all = choices(&facts());
        assert_eq!(all.len(), 5);
        assert_eq!(without(facts(), &BTreeSet::new()), facts());
        let nothing = without(facts(), &all.into_iter().collect());
        assert!(tells_nothing(&nothing) && choices(&nothing).is_empty());
        let no_room = without(facts(), &BTreeSet::from([Fact::Sleepers]));
        assert_eq!((no_room.sleep_in_room, no_room.breaches.len()), (None, 2));
    }

    #[test]
    fn numbers_and_postcodes_may_be_left_empty_but_not_be_wrong() {
        for (number, wrong) in [("", false), ("974 760 983", false), ("97476098", true), ("97476098x", true)]
        {
            assert_eq!(is_no_number(number), wrong, "{number}");
        }
        for (code, wrong) in [("", false), ("5700", false), ("570", true), ("57OO", true)] {
            assert_eq!(is_no_postcode(code), wrong, "{code}");
        }
    }
}
