//! One live stream for all tabs of a browser. A Web Lock says which tab leads: that one has the stream, and
//! tells the others by a broadcast channel what it hears. When it goes, the browser hands the lock to the next.

use crate::live;
use js_sys::{Function, Object, Promise, Reflect};
use std::cell::{Cell, RefCell};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, BroadcastChannel, MessageEvent};

/// Name of the lock and of the channel.
const NAME: &str = "live";
/// Said by a tab that has just opened and wants to know how the stream is.
const HELLO: &str = "hello";

thread_local! {
    static SHARE: RefCell<Option<Share>> = const { RefCell::new(None) };
    static LEADS: Cell<bool> = const { Cell::new(false) };
    /// Gives the lock back.
    static RELEASE: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// This tab's part.
struct Share {
    channel: BroadcastChannel,
    request: AbortController,
    _told: Closure<dyn FnMut(MessageEvent)>,
    _granted: Closure<dyn FnMut() -> Promise>,
}

impl Drop for Share {
    fn drop(&mut self) {
        self.channel.set_onmessage(None);
        self.channel.close();
        self.request.abort();
    }
}

/// Takes part: the tab leads at once when no other does, or when the browser knows no locks.
pub fn join() {
    match open() {
        Ok(share) => {
            let _ = share.channel.post_message(&HELLO.into());
            SHARE.set(Some(share));
        }
        Err(_) => lead(),
    }
}

/// Ends taking part, and lets another tab lead.
pub fn leave() {
    LEADS.set(false);
    drop(SHARE.take());
    if let Some(release) = RELEASE.take() {
        let _ = release.call0(&JsValue::UNDEFINED);
    }
}

/// Whether this tab leads.
pub fn leads() -> bool {
    LEADS.get()
}

/// Tells the other tabs, when this one leads.
pub fn tell(words: &str) {
    SHARE.with_borrow(|share| {
        if let Some(share) = share.as_ref().filter(|_| leads()) {
            // Fails only when the channel is closed.
            let _ = share.channel.post_message(&words.into());
        }
    });
}

fn open() -> Result<Share, JsValue> {
    let locks = Reflect::get(&leptos::prelude::window().navigator(), &"locks".into())?;
    let ask = Reflect::get(&locks, &"request".into())?.dyn_into::<Function>()?;
    let channel = BroadcastChannel::new(NAME)?;
    let request = AbortController::new()?;
    let told = Closure::<dyn FnMut(MessageEvent)>::new(|event: MessageEvent| {
        match event.data().as_string().as_deref() {
            Some(HELLO) => live::tell_state(),
            Some(words) if !leads() => live::be_told(words),
            _ => {}
        }
    });
    // The lock is held for as long as the promise it is answered with stays open.
    let granted = Closure::<dyn FnMut() -> Promise>::new(|| {
        lead();
        Promise::new(&mut |release, _| RELEASE.set(Some(release)))
    });
    let options = Object::new();
    Reflect::set(&options, &"signal".into(), &request.signal())?;
    let held: Promise = ask.call3(&locks, &NAME.into(), &options, granted.as_ref())?.dyn_into()?;
    channel.set_onmessage(Some(told.as_ref().unchecked_ref()));
    // Leaving before the lock is granted rejects the promise; that is no error to report.
    leptos::task::spawn_local(async move { drop(JsFuture::from(held).await) });
    Ok(Share { channel, request, _told: told, _granted: granted })
}

fn lead() {
    LEADS.set(true);
    live::take_over();
}
