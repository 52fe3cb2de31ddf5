//! Keeps a pace: however often it is asked, it acts at most once in a while, and never forgets the last ask.

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::on_cleanup;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Runs an action at most once per interval. It ends with the component that made it.
#[derive(Clone)]
pub struct Pace {
    interval_ms: f64,
    action: Arc<dyn Fn() + Send + Sync>,
    /// When it ran last, in the browser's milliseconds.
    ran: Arc<AtomicU64>,
    waiting: Arc<AtomicBool>,
    over: Arc<AtomicBool>,
}

impl Pace {
    /// A pace of one run per `interval_ms`.
    pub fn new(interval_ms: f64, action: impl Fn() + Send + Sync + 'static) -> Pace {
        let over = Arc::new(AtomicBool::new(false));
        let ending = over.clone();
        on_cleanup(move || ending.store(true, Ordering::Relaxed));
        Pace { interval_ms, action: Arc::new(action), ran: Arc::default(), waiting: Arc::default(), over }
    }

    /// Runs now, or as soon as the pace allows.
    pub fn ask(&self) {
        if self.waiting.swap(true, Ordering::Relaxed) {
            return;
        }
        let since = js_sys::Date::now() - self.ran.load(Ordering::Relaxed) as f64;
        let wait = (self.interval_ms - since).clamp(0.0, self.interval_ms) as u32;
        let pace = self.clone();
        leptos::task::spawn_local(async move {
            TimeoutFuture::new(wait).await;
            pace.waiting.store(false, Ordering::Relaxed);
            if !pace.over.load(Ordering::Relaxed) {
                pace.ran.store(js_sys::Date::now() as u64, Ordering::Relaxed);
                (pace.action)();
            }
        });
    }
}
