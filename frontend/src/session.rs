//! Who is logged in, for the whole tab.

use crate::client::{self, Failure};
use crate::pages::{call, late};
use crate::{asked, live, municipalities};
use api::session::{DemoLogin, Permissions, Session};
use leptos::prelude::*;
use std::cell::Cell;

/// What is known of the session.
#[derive(Clone, Debug, PartialEq)]
pub enum Login {
    /// Not asked yet.
    Unknown,
    /// The server could not say.
    Unreachable(Failure),
    /// Nobody.
    Out,
    /// It was somebody, until the session ended.
    Ended,
    /// Somebody.
    In(Session),
}

impl Login {
    /// The session, while there is one.
    pub fn session(&self) -> Option<&Session> {
        match self {
            Login::In(session) => Some(session),
            Login::Unknown | Login::Unreachable(_) | Login::Out | Login::Ended => None,
        }
    }
}

thread_local! {
    static LOGIN: ArcRwSignal<Login> = ArcRwSignal::new(Login::Unknown);
    /// Whose the tab is, also after the session has ended.
    static LAST: Cell<Option<Session>> = const { Cell::new(None) };
}

/// The state of the session, to read and follow.
pub fn login() -> ArcReadSignal<Login> {
    LOGIN.with(|login| login.read_only())
}

/// What the logged-in user may do; nothing when nobody is.
pub fn permissions() -> Permissions {
    login().read().session().map(|session| session.permissions).unwrap_or_default()
}

/// Whether the travellers are invented.
pub fn is_demo() -> bool {
    login().read().session().is_some_and(|session| session.demo)
}

/// Asks the server who is logged in: once, before the first page is shown.
pub async fn resume() {
    match client::get::<Session>("/me").await {
        Ok(session) => begin(session),
        // A 401 has been noted by `end` already.
        Err(_) if matches!(login().get_untracked(), Login::Out | Login::Ended) => {}
        Err(failure) => set(Login::Unreachable(failure)),
    }
}

/// Logs in as one of the demo's roles.
pub async fn enter_demo(key: String) -> Result<(), Failure> {
    let session = client::post("/demo/login", &DemoLogin { key }).await?;
    begin(session);
    Ok(())
}

/// Logs out. When the server cannot be reached, the tab forgets the session all the same.
pub async fn leave() {
    // A failure leaves a session that ends by itself; nothing on this screen depends on it.
    let _ = client::post_empty("/logout").await;
    live::stop();
    asked::forget();
    call::forget();
    LAST.with(|last| last.set(None));
    set(Login::Out);
}

/// The server says that nobody is logged in (any more).
pub fn end() {
    live::stop();
    asked::forget();
    let was_in = login().read_untracked().session().is_some();
    let known = !matches!(login().get_untracked(), Login::Unknown | Login::Unreachable(_));
    if was_in {
        set(Login::Ended);
    } else if !known {
        set(Login::Out);
    }
}

fn begin(session: Session) {
    let before = LAST.with(|last| last.replace(Some(session.clone())));
    // What somebody has not saved is nobody else's.
    if before.is_some_and(|before| before != session) {
        call::forget();
    }
    leptos::task::spawn_local(late::fetch_ahead(session.permissions));
    set(Login::In(session));
    live::start();
    leptos::task::spawn_local(municipalities::fetch());
}

fn set(state: Login) {
    LOGIN.with(|login| login.set(state));
}
