//! Figures and how they are printed.

use serde::Serialize;
use serde_json::{Value, json};
use sqlx::{Connection, PgConnection};

/// What a benchmark found.
#[derive(Default, Serialize)]
pub struct Report {
    /// Its name.
    pub bench: &'static str,
    figures: Vec<Figure>,
    about: Value,
}

#[derive(Serialize)]
struct Figure {
    name: String,
    value: f64,
    unit: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    must: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ok: Option<bool>,
}

impl Report {
    /// An absolute value, beside the ratio that comes of it.
    pub fn value(&mut self, name: &str, value: f64, unit: &'static str) {
        eprintln!("{name}: {value:.2} {unit}");
        self.figures.push(Figure { name: name.to_owned(), value, unit, must: None, ok: None });
    }

    /// A figure that must be at least `bound`.
    pub fn at_least(&mut self, name: &str, value: f64, unit: &'static str, bound: f64) {
        self.figure(name, value, unit, format!(">= {bound}"), value >= bound);
    }

    /// A figure that must be at most `bound`.
    pub fn at_most(&mut self, name: &str, value: f64, unit: &'static str, bound: f64) {
        self.figure(name, value, unit, format!("<= {bound}"), value <= bound);
    }

    fn figure(&mut self, name: &str, value: f64, unit: &'static str, must: String, ok: bool) {
        eprintln!("{} {name}: {value:.3} {unit} (must be {must})", if ok { "ok  " } else { "MISS" });
        self.figures.push(Figure { name: name.to_owned(), value, unit, must: Some(must), ok: Some(ok) });
    }

    /// The machine and the server it ran on.
    pub async fn about(&mut self) {
        let mut connection =
            PgConnection::connect(&super::workshop::url()).await.expect("the benchmark's PostgreSQL");
        let settings: Vec<(String, String)> = sqlx::query_as(
            "select name, setting from pg_settings where name in ('server_version', 'fsync', 'synchronous_commit',
             'full_page_writes', 'shared_buffers', 'max_wal_size', 'wal_compression')",
        )
        .fetch_all(&mut connection)
        .await
        .expect("settings");
        let settings: serde_json::Map<String, Value> =
            settings.into_iter().map(|(name, value)| (name, Value::String(value))).collect();
        let cores = std::thread::available_parallelism().map_or(0, usize::from);
        self.about = json!({ "cores": cores, "postgresql": settings });
    }

    /// Prints JSON on one line, or a table.
    pub fn print(&self, as_json: bool) {
        if as_json {
            println!("{}", serde_json::to_string(self).expect("a report is JSON"));
            return;
        }
        for Figure { name, value, unit, must, ok } in &self.figures {
            let verdict = match ok {
                Some(true) => "ok",
                Some(false) => "MISS",
                None => "",
            };
            println!("{name:<58} {value:>12.3} {unit:<10} {:<12} {verdict}", must.as_deref().unwrap_or(""));
        }
    }
}

/// The value below which a share of the sorted values lie.
pub fn percentile(sorted: &[f64], share: f64) -> f64 {
    let place = ((sorted.len() as f64) * share) as usize;
    sorted.get(place.min(sorted.len().saturating_sub(1))).copied().unwrap_or(0.0)
}
