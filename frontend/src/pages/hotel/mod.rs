//! `/hotel`: the guests of one quarantine hotel, who comes and who leaves. What is typed to find somebody goes with the
//! request and stays nowhere.

mod arrival;
mod guests;
mod leaving;

use crate::client::{self, Failure};
use crate::language::{Key, tr, tr_with};
use crate::live;
use crate::loading::Loader;
use crate::navigation::{PageHeading, focus};
use crate::parts::failure::refusal;
use crate::parts::pace::Pace;
use crate::t;
use api::entries::EntryVersion;
use api::hotel::{CheckIn, FindGuest, FoundGuest, FoundGuests, GuestPerson, HotelGuests};
use api::live::Topic;
use jiff::civil::Date;
use leptos::prelude::*;
use uuid::Uuid;

/// The list is fetched no oftener than this, however much moves in the register.
const PACE_MS: f64 = 2_000.0;
/// Where the words about what was done stand.
const DONE: &str = "hotel-done";

/// What the page works with. It outlives the page, as an answer may.
#[derive(Clone)]
struct Desk {
    guests: Loader<HotelGuests>,
    query: ArcRwSignal<String>,
    /// Whether it was tried to look for nothing.
    blank: ArcRwSignal<bool>,
    /// Who was found; none before anybody was looked for. With it what was looked for.
    found: ArcRwSignal<Option<(String, Vec<FoundGuest>)>>,
    /// The day on which whoever comes is expected to leave.
    until: ArcRwSignal<Option<Date>>,
    /// Whose leaving is being confirmed.
    leaves: RwSignal<Option<(Uuid, String)>>,
    done: ArcRwSignal<Option<String>>,
    failure: ArcRwSignal<Option<Failure>>,
    sending: ArcRwSignal<bool>,
    /// The last thing that was asked, and its key: tried again, it has one effect.
    sent: ArcRwSignal<Option<(String, String)>>,
}

impl Desk {
    fn new() -> Desk {
        Desk {
            guests: Loader::new(),
            query: ArcRwSignal::new(String::new()),
            blank: ArcRwSignal::new(false),
            found: ArcRwSignal::new(None),
            until: ArcRwSignal::new(None),
            leaves: RwSignal::new(None),
            done: ArcRwSignal::new(None),
            failure: ArcRwSignal::new(None),
            sending: ArcRwSignal::new(false),
            sent: ArcRwSignal::new(None),
        }
    }

    fn refresh(&self) {
        self.guests.refresh(client::get("/hotel/guests"));
    }

    fn find(&self) {
        let query = self.query.get_untracked().trim().to_owned();
        self.blank.set(query.is_empty());
        if query.is_empty() {
            return;
        }
        self.found.set(None);
        self.until.set(None);
        self.done.set(None);
        let asked = query.clone();
        let question = async move { client::post("/hotel/find", &FindGuest { query: asked }).await };
        self.run(question, move |desk, found: FoundGuests| desk.found.set(Some((query, found.items))));
    }

    fn check_in(&self, guest: &FoundGuest) {
        let Some((query, _)) = self.found.get_untracked() else { return };
        let until = self.until.get_untracked();
        let request = CheckIn { query, entry: Some(guest.id), expected_until: until };
        let Some(key) = self.key_of(format!("in {} {until:?}", guest.id)) else { return };
        let name = name_of(&guest.person.0);
        let question = async move { client::post_once("/hotel/check-in", &key, &request).await };
        self.run(question, move |desk, _: EntryVersion| desk.finish("hotel-checked-in", &name));
    }

    fn check_out(&self, guest: Uuid, name: String) {
        let Some(key) = self.key_of(format!("out {guest}")) else { return };
        let question =
            async move { client::demand(&format!("/hotel/guests/{guest}/check-out"), Some(&key)).await };
        self.run(question, move |desk, _: EntryVersion| desk.finish("hotel-checked-out", &name));
    }

    fn finish(&self, words: &str, name: &str) {
        self.query.set(String::new());
        self.found.set(None);
        self.until.set(None);
        self.sent.set(None);
        // The answer may come when the page has gone; then nobody is left to tell.
        let _ = self.leaves.try_set(None);
        self.done.set(Some(tr_with(words, &[("name", name.to_owned().into())])));
        self.refresh();
        request_animation_frame(|| focus(DONE));
    }

    fn key_of(&self, asked: String) -> Option<String> {
        if let Some((_, key)) = self.sent.get_untracked().filter(|(before, _)| *before == asked) {
            return Some(key);
        }
        let key = client::new_key()?;
        self.sent.set(Some((asked, key.clone())));
        Some(key)
    }

    fn run<T: 'static>(
        &self,
        question: impl Future<Output = Result<T, Failure>> + 'static,
        take: impl FnOnce(&Desk, T) + 'static,
    ) {
        if self.sending.get_untracked() {
            return;
        }
        self.sending.set(true);
        self.failure.set(None);
        let desk = self.clone();
        leptos::task::spawn_local(async move {
            let answer = question.await;
            desk.sending.set(false);
            match answer {
                Ok(answer) => take(&desk, answer),
                Err(failure) => desk.failure.set(Some(failure)),
            }
        });
    }
}

/// The name of a guest, or that there is none.
fn name_of(person: &GuestPerson) -> String {
    person.name.clone().unwrap_or_else(|| tr("name-missing"))
}

/// The page.
#[component]
pub fn HotelPage() -> impl IntoView {
    let desk = Desk::new();
    desk.refresh();
    let following = desk.clone();
    live::follow(&[Topic::Entries], Pace::new(PACE_MS, move || following.refresh()));
    let state = desk.guests.state();
    let hotel = Memo::new(move |_| state.with(|load| load.ready().map(|guests| guests.hotel.clone())));
    let shown = Signal::derive(move || hotel.get().unwrap_or_else(|| tr("hotel-title")));
    let (done, leaves) = (desk.done.clone(), desk.leaves);
    let refused = refusal(desk.failure.clone());
    // While the question stands in a dialog, so does what went wrong with its answer.
    let refused = view! { <div hidden=move || leaves.read().is_some()>{refused}</div> };
    view! {
        <div class="page">
            <PageHeading title=Key("hotel-title") shown=shown />
            <p>{t!("hotel-lead")}</p>
            {arrival::arrival(desk.clone())}
            {refused}
            <p id=DONE class="done" tabindex="-1" role="status">{move || done.get()}</p>
            {guests::guests(&desk)}
            {leaving::leaving(desk)}
        </div>
    }
}
