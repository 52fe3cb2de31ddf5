//! The hold on a card: told how long it lasts, and kept while the caller is there.

use super::desk::Desk;
use crate::client::{self, Failure};
use crate::language::{Key, tr_count};
use crate::moment::now;
use crate::t;
use api::ProblemCode;
use api::calls::{Heartbeat, Lease};
use gloo_timers::callback::Interval;
use jiff::{SignedDuration, Timestamp};
use leptos::prelude::*;
use std::cell::{Cell, RefCell};

const EACH_SECOND_MS: u32 = 1_000;
/// From here on the hold can be made longer by hand.
const SHORT: SignedDuration = SignedDuration::from_mins(2);
/// After a heartbeat that did not get through.
const AGAIN_AFTER: SignedDuration = SignedDuration::from_secs(10);

thread_local! {
    static WATCH: RefCell<Option<(Interval, WindowListenerHandle)>> = const { RefCell::new(None) };
    /// Whether a key was pressed since the last heartbeat.
    static KEY_PRESSED: Cell<bool> = const { Cell::new(false) };
}

/// A hold, as this browser's clock sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hold {
    /// The hold.
    pub lease: Lease,
    length: SignedDuration,
    next_beat: Timestamp,
}

impl Hold {
    /// A hold that was given now.
    pub fn new(lease: Lease) -> Hold {
        Hold::given(lease, now())
    }

    fn given(lease: Lease, now: Timestamp) -> Hold {
        let length = lease.expires_at.duration_since(now).max(SignedDuration::ZERO);
        Hold { lease, length, next_beat: later(now, length / 3) }
    }

    fn left(&self, now: Timestamp) -> SignedDuration {
        self.lease.expires_at.duration_since(now).max(SignedDuration::ZERO)
    }

    fn is_short(&self, now: Timestamp) -> bool {
        self.left(now) < SHORT
    }

    /// A third of the time has passed, and the caller is there.
    fn wants_beat(&self, now: Timestamp, present: bool) -> bool {
        present && now >= self.next_beat
    }
}

fn later(moment: Timestamp, by: SignedDuration) -> Timestamp {
    moment.checked_add(by).unwrap_or(moment)
}

/// Watches over the hold for as long as there is a desk, whatever page is shown.
pub fn watch(desk: Desk) {
    let interval = Interval::new(EACH_SECOND_MS, move || tick(&desk));
    let pressed = window_event_listener(leptos::ev::keydown, |_| KEY_PRESSED.set(true));
    WATCH.set(Some((interval, pressed)));
}

/// Stops watching.
pub fn stop() {
    if let Some((_, pressed)) = WATCH.take() {
        pressed.remove();
    }
}

fn tick(desk: &Desk) {
    let Some(hold) = desk.hold.get_untracked() else { return };
    let now = now();
    desk.clock.set(now);
    let present = !document().hidden() || KEY_PRESSED.get();
    if hold.wants_beat(now, present) {
        extend(desk);
    } else if hold.left(now).is_zero() && !present {
        lose(desk);
    }
}

/// Makes the hold last from now on.
pub fn extend(desk: &Desk) {
    let hold = desk.hold.get_untracked();
    let (Some(card), Some(hold)) = (untrack(|| desk.card()), hold) else { return };
    KEY_PRESSED.set(false);
    let waiting = Hold { next_beat: later(now(), AGAIN_AFTER), ..hold };
    desk.hold.set(Some(waiting));
    let desk = desk.clone();
    leptos::task::spawn_local(async move {
        let path = format!("/queue/cards/{}/heartbeat", card.entry.id);
        let answer = client::post::<_, Lease>(&path, &Heartbeat { fence: hold.lease.fence }).await;
        // Meanwhile it may be another card's hold.
        if desk.hold.get_untracked().is_none_or(|held| held.lease.fence != hold.lease.fence) {
            return;
        }
        match answer {
            Ok(lease) => desk.hold.set(Some(Hold::new(lease))),
            Err(failure) if is_final(&failure) => lose(&desk),
            Err(_) => {}
        }
    });
}

/// Whether the server has said that the hold is gone, rather than nothing.
fn is_final(failure: &Failure) -> bool {
    matches!(
        failure.code(),
        Some(
            ProblemCode::CardLost
                | ProblemCode::CardTaken
                | ProblemCode::Refused
                | ProblemCode::ChangedMeanwhile
                | ProblemCode::NotFound
                | ProblemCode::EntryEnded
                | ProblemCode::InvalidRequest
        )
    )
}

fn lose(desk: &Desk) {
    desk.hold.set(None);
    let dialled = desk.call.read_untracked().is_some();
    desk.notice.set(Some(Key(if dialled { "lease-lost-dialled" } else { "lease-lost" })));
}

/// How long the card is held, and the way to hold it longer.
pub fn countdown(desk: &Desk) -> AnyView {
    let (hold, clock) = (desk.hold.clone(), desk.clock.clone());
    let left = Memo::new(move |_| hold.get().map(|hold| hold.left(clock.get()).as_secs().unsigned_abs()));
    let (hold, clock) = (desk.hold.clone(), desk.clock.clone());
    let short = Memo::new(move |_| hold.get().is_some_and(|hold| hold.is_short(clock.get())));
    let words = move || {
        left.get().map(|seconds| match seconds / 60 {
            0 | 1 => tr_count("lease-seconds", seconds),
            minutes => tr_count("lease-minutes", minutes),
        })
    };
    let desk = desk.clone();
    let button = move || {
        short.get().then(|| {
            let desk = desk.clone();
            view! {
                <button
                    type="button"
                    class="ds-button"
                    data-variant="secondary"
                    id="call-extend"
                    on:click=move |_| extend(&desk)
                >
                    {t!("lease-extend")} " " <kbd aria-hidden="true">"f"</kbd>
                </button>
            }
        })
    };
    view! {
        <div class="buttons">
            <span class="figures subtle" data-testid="lease">{words}</span>
            {button}
        </div>
        // Said once, not each second.
        <p class="sr-only" role="status">{move || short.get().then(t!("lease-short"))}</p>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(time: &str) -> Timestamp {
        format!("2021-03-23T{time}Z").parse().unwrap()
    }

    #[test]
    fn a_hold_is_renewed_each_third_while_the_caller_is_there() {
        let lease = Lease { fence: 7, expires_at: at("12:09:00") };
        let hold = Hold::given(lease, at("12:00:00"));
        assert!(!hold.wants_beat(at("12:02:59"), true));
        assert!(hold.wants_beat(at("12:03:00"), true));
        assert!(!hold.wants_beat(at("12:03:00"), false), "whoever is away loses it in time");
        assert!(!hold.is_short(at("12:07:00")));
        assert!(hold.is_short(at("12:07:01")));
        assert!(hold.left(at("12:10:00")).is_zero());
    }
}
