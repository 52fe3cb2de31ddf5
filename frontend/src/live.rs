//! The live stream: own client on `EventSource`, reconnecting for ever with jitter, showing its state.
//! One tab of a browser has it for all of them (see [`sharing`]).
//!
//! `EventSource` hides the HTTP status and gives up after some failures. So a broken stream first asks who is
//! logged in: without a session it stops, else it tries again after 0.5 to 30 seconds.

use crate::client;
use crate::moment;
use crate::parts::pace::Pace;
use crate::{session, sharing};
use api::live::{Tick, Topic};
use api::session::Session;
use gloo_timers::callback::Interval;
use gloo_timers::future::TimeoutFuture;
use jiff::Timestamp;
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{EventSource, MessageEvent};

/// The server beats every 15 s; after this long without a sound the stream is dead.
const SILENCE_MAX_MS: f64 = 40_000.0;
/// Said to the other tabs while all is well.
const BEAT: &str = "beat";
const WATCH_EVERY_MS: u32 = 5_000;
const FIRST_DELAY_MS: f64 = 500.0;
const LONGEST_DELAY_MS: f64 = 30_000.0;

/// How the stream is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LiveState {
    /// First attempt.
    Connecting,
    /// Connected.
    Live,
    /// Lost; what is shown may be as old as this.
    Retrying {
        /// Last moment at which something was heard.
        since: Timestamp,
    },
}

thread_local! {
    static STATE: ArcRwSignal<LiveState> = ArcRwSignal::new(LiveState::Connecting);
    static ENTRIES: ArcRwSignal<u64> = ArcRwSignal::new(0);
    static RETENTION: ArcRwSignal<u64> = ArcRwSignal::new(0);
    static CONNECTION: RefCell<Option<Connection>> = const { RefCell::new(None) };
    /// Number of the latest connection; whatever an older one still reports is not listened to.
    static LATEST: Cell<u64> = const { Cell::new(0) };
    /// Failed attempts in a row.
    static FAILURES: Cell<u32> = const { Cell::new(0) };
    /// When something was last heard, in the browser's milliseconds.
    static HEARD: Cell<f64> = const { Cell::new(0.0) };
    /// Whether ticks may have gone by unheard.
    static MISSED: Cell<bool> = const { Cell::new(false) };
    /// Runs from start to stop, and finds out when the stream falls silent.
    static WATCH: RefCell<Option<Interval>> = const { RefCell::new(None) };
}

/// The state of the stream, to read and follow.
pub fn state() -> ArcReadSignal<LiveState> {
    STATE.with(|state| state.read_only())
}

/// Counts what moved in a topic.
fn ticks(topic: Topic) -> ArcReadSignal<u64> {
    of_topic(topic).read_only()
}

/// Keeps asking for a refresh, at its pace, whenever one of the topics moves. It ends with the component.
pub fn follow(topics: &'static [Topic], pace: Pace) {
    let moved: Vec<_> = topics.iter().map(|topic| ticks(*topic)).collect();
    Effect::new(move |before: Option<u64>| {
        let now = moved.iter().map(|ticks| ticks.get()).sum();
        if before.is_some_and(|before| before != now) {
            pace.ask();
        }
        now
    });
}

/// Starts, when not started.
pub fn start() {
    if WATCH.with_borrow(Option::is_none) {
        FAILURES.set(0);
        HEARD.set(js_sys::Date::now());
        STATE.with(|state| state.set(LiveState::Connecting));
        WATCH.set(Some(Interval::new(WATCH_EVERY_MS, watch)));
        sharing::join();
    }
}

/// Stops for good.
pub fn stop() {
    drop(WATCH.take());
    disconnect();
    sharing::leave();
}

/// A page that the browser puts aside must hold neither stream nor lock; brought back, it starts again.
pub fn rest_while_put_aside() {
    // Both stay for as long as the tab.
    let _ = window_event_listener(leptos::ev::pagehide, |_| stop());
    let _ = window_event_listener(leptos::ev::pageshow, |event| {
        if event.persisted() && session::login().read_untracked().session().is_some() {
            MISSED.set(true);
            start();
        }
    });
}

/// This tab leads from now on.
pub fn take_over() {
    if CONNECTION.with_borrow(Option::is_none) {
        // Between the last leading tab and this one a tick may have fallen.
        MISSED.set(MISSED.get() || state().get_untracked() == LiveState::Live);
        connect();
    }
}

/// Tells the other tabs how the stream is, when this one leads.
pub fn tell_state() {
    match state().get_untracked() {
        LiveState::Connecting => {}
        LiveState::Live => sharing::tell(BEAT),
        LiveState::Retrying { since } => sharing::tell(&since.as_millisecond().to_string()),
    }
}

/// What the leading tab says: a tick, a beat, or the moment since which it hears nothing.
pub fn be_told(words: &str) {
    match words.parse().map(Timestamp::from_millisecond) {
        Ok(Ok(since)) if CONNECTION.with_borrow(Option::is_none) => {
            HEARD.set(js_sys::Date::now());
            miss(since);
        }
        Ok(_) => {}
        Err(_) => {
            // An own stream, opened while the leading tab was silent, is one too many.
            disconnect();
            greet();
            take(words);
        }
    }
}

fn disconnect() {
    LATEST.set(LATEST.get() + 1);
    drop(CONNECTION.take());
}

/// After a silence the stream is opened anew, and so it is when the leading tab has fallen silent (a browser
/// may freeze a tab that is not looked at).
fn watch() {
    if js_sys::Date::now() - HEARD.get() <= SILENCE_MAX_MS {
        return;
    }
    if CONNECTION.with_borrow(Option::is_some) {
        leptos::task::spawn_local(lost(LATEST.get()));
    } else if !sharing::leads() {
        MISSED.set(true);
        connect();
    }
}

fn of_topic(topic: Topic) -> ArcRwSignal<u64> {
    match topic {
        Topic::Entries => ENTRIES.with(Clone::clone),
        Topic::Retention => RETENTION.with(Clone::clone),
    }
}

/// An open stream with everything that must not outlive it.
struct Connection {
    source: EventSource,
    _opened: Closure<dyn FnMut()>,
    _ticked: Closure<dyn FnMut(MessageEvent)>,
    _beaten: Closure<dyn FnMut()>,
    _failed: Closure<dyn FnMut()>,
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.source.set_onopen(None);
        self.source.set_onerror(None);
        self.source.close();
    }
}

fn connect() {
    let number = LATEST.get() + 1;
    LATEST.set(number);
    HEARD.set(js_sys::Date::now());
    match open(number) {
        Some(connection) => CONNECTION.set(Some(connection)),
        None => leptos::task::spawn_local(lost(number)),
    }
}

fn open(number: u64) -> Option<Connection> {
    let source = EventSource::new("/api/v1/live").ok()?;
    let opened = Closure::<dyn FnMut()>::new(greet);
    let ticked = Closure::<dyn FnMut(MessageEvent)>::new(hear);
    let beaten = Closure::<dyn FnMut()>::new(greet);
    // Losing the stream drops these closures, so it happens after they have returned.
    let failed = Closure::<dyn FnMut()>::new(move || leptos::task::spawn_local(lost(number)));
    source.set_onopen(Some(opened.as_ref().unchecked_ref()));
    source.set_onerror(Some(failed.as_ref().unchecked_ref()));
    source.add_event_listener_with_callback("tick", ticked.as_ref().unchecked_ref()).ok()?;
    source.add_event_listener_with_callback("beat", beaten.as_ref().unchecked_ref()).ok()?;
    Some(Connection { source, _opened: opened, _ticked: ticked, _beaten: beaten, _failed: failed })
}

/// The stream is there.
fn greet() {
    HEARD.set(js_sys::Date::now());
    FAILURES.set(0);
    if state().get_untracked() != LiveState::Live {
        STATE.with(|state| state.set(LiveState::Live));
    }
    sharing::tell(BEAT);
    if MISSED.take() {
        for topic in [Topic::Entries, Topic::Retention] {
            of_topic(topic).update(|count| *count += 1);
        }
    }
}

fn hear(event: MessageEvent) {
    HEARD.set(js_sys::Date::now());
    if let Some(data) = event.data().as_string() {
        sharing::tell(&data);
        take(&data);
    }
}

fn take(data: &str) {
    if let Ok(tick) = serde_json::from_str(data).and_then(serde_json::from_value::<Tick>) {
        of_topic(tick.topic).update(|count| *count += 1);
    }
}

/// The stream broke: find out whether there still is a session, wait, and try again.
async fn lost(number: u64) {
    if LATEST.get() != number {
        return;
    }
    // From here on the broken connection's further reports count for nothing.
    let waiting = number + 1;
    LATEST.set(waiting);
    drop(CONNECTION.take());
    let failures = FAILURES.get();
    FAILURES.set(failures.saturating_add(1));
    miss(Timestamp::from_millisecond(HEARD.get() as i64).unwrap_or_else(|_| moment::now()));
    tell_state();
    // Without a session the answer is 401, and the client stops everything, this stream too.
    let _ = client::get::<Session>("/me").await;
    TimeoutFuture::new(delay_ms(failures, js_sys::Math::random())).await;
    if LATEST.get() == waiting {
        connect();
    }
}

/// Nothing has been heard since then.
fn miss(since: Timestamp) {
    MISSED.set(true);
    if !matches!(state().get_untracked(), LiveState::Retrying { .. }) {
        STATE.with(|state| state.set(LiveState::Retrying { since }));
    }
}

/// Twice as long after each failure, up to 30 s, and between half and all of that by chance:
/// after a restart of the server the tabs of a whole shift must not come back at once.
fn delay_ms(failures: u32, chance: f64) -> u32 {
    let longest = (FIRST_DELAY_MS * 2_f64.powi(failures.min(10) as i32)).min(LONGEST_DELAY_MS);
    (longest * (0.5 + chance / 2.0)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delay_doubles_up_to_half_a_minute() {
        assert_eq!(delay_ms(0, 1.0), 500);
        assert_eq!(delay_ms(0, 0.0), 250);
        assert_eq!(delay_ms(3, 1.0), 4_000);
        assert_eq!(delay_ms(1_000_000, 1.0), 30_000);
        assert_eq!(delay_ms(1_000_000, 0.0), 15_000);
    }
}
