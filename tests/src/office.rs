//! A server in the test's own process, on a desk with a manual clock: what is asked comes over real HTTP, and ten days
//! pass in a moment.

use crate::desk::Desk;
use crate::issuer::{ISSUER, Issuer, public_keys};
use crate::register::INTAKE_TOKEN;
use backend::delegations::Delegations;
use backend::disclosure::Disclosures;
use backend::entropy::Entropy;
use backend::http::{App, Exports, IntakeDoor, Neighbours, Sessions, Tables, Throttle, router};
use backend::machines::Machines;
use backend::machines::feed::Feed;
use backend::machines::registry::Registry;
use backend::machines::tokens::{self, Settings};
use backend::machines::usage::Usage;
use backend::machines::webhooks::Webhooks;
use backend::machines::webhooks::guard::Internal;
use backend::outlets::enhetsregisteret::Enhetsregisteret;
use events::subscription::{Area, MachineScope};
use metrics_exporter_prometheus::PrometheusBuilder;
use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde_json::Value;
use std::sync::Arc;
use tempfile::TempDir;
use tokio::net::TcpListener;

/// What our scopes begin with here.
pub const SCOPES: &str = "test:innreise";

/// A running server.
pub struct Office {
    /// What it stands on.
    pub desk: Desk,
    /// Where it answers, without a slash at the end.
    pub url: String,
    /// Whose signed tokens it believes.
    pub issuer: Issuer,
    /// Who it knows.
    pub registry: Arc<Registry>,
    _keys: TempDir,
}

impl Office {
    /// A fresh one.
    pub async fn open() -> Office {
        let desk = Desk::new().await;
        let issuer = Issuer::elliptic("first");
        let keys = tempfile::tempdir().expect("a folder");
        let file = keys.path().join("keys.json");
        std::fs::write(&file, serde_json::to_vec(&public_keys(&[&issuer])).expect("keys")).expect("a file");
        let settings = Settings {
            issuer: ISSUER.to_owned(),
            keys: file.to_str().expect("a path").to_owned(),
            audience: None,
            scope_prefix: SCOPES.to_owned(),
        };
        let checks = tokens::Issuer::open(settings, desk.clock.clone()).await.expect("an issuer");
        let registry = Arc::new(Registry::new(desk.node.log.clone()));
        let (log, usage) =
            (desk.node.log.clone(), Usage::new(desk.node.log.pool().clone(), desk.clock.clone()));
        let feed = Feed::new(log.clone(), desk.node.readers());
        let webhooks = Webhooks::new(log, feed, registry.clone(), usage.clone(), Internal::Allowed);
        let webhooks = webhooks.expect("webhooks");
        let issuer_checks = Some(Arc::new(checks));
        let machines = Machines { registry: registry.clone(), issuer: issuer_checks, webhooks, usage };
        let url = serve(&desk, machines).await;
        Office { desk, url, issuer, registry, _keys: keys }
    }

    /// Registers a consumer of a municipality, or of the whole country, and gives its own token.
    pub async fn consumer(&self, name: &str, municipalities: &[&str], scopes: &[MachineScope]) -> String {
        let token = format!("token-of-{name}");
        backend::retention::consumers::add(&self.desk.node.log, name, &token, "test").await.expect("added");
        for number in municipalities {
            let area = Area::Municipality { number: (*number).to_owned() };
            self.registry.subscribe(name, area, scopes, "test").await.expect("subscribed");
        }
        if municipalities.is_empty() {
            self.registry.subscribe(name, Area::National, scopes, "test").await.expect("subscribed");
        }
        token
    }

    /// A request, with a bearer token.
    pub fn request(&self, method: Method, path: &str, token: &str) -> RequestBuilder {
        Client::new().request(method, format!("{}{path}", self.url)).bearer_auth(token)
    }

    /// Takes records in over HTTP, and brings the lists up to date.
    pub async fn take_in(&self, records: &Value) -> Value {
        let sent = self.request(Method::POST, "/api/v1/intake/entries", INTAKE_TOKEN).json(records);
        let (status, answer) = tell(sent).await;
        assert_eq!(status, StatusCode::OK, "{answer}");
        self.desk.node.catch_up().await;
        answer
    }
}

/// Status and body of an answer.
pub async fn tell(request: RequestBuilder) -> (StatusCode, Value) {
    let answer = request.send().await.expect("an answer");
    let status = answer.status();
    (status, serde_json::from_str(&answer.text().await.expect("its text")).unwrap_or(Value::Null))
}

async fn serve(desk: &Desk, machines: Machines) -> String {
    let node = &desk.node;
    // The test folds when it wants the lists to be up to date.
    let (reached, watched) = tokio::sync::watch::channel(0);
    let delegations = Delegations::new(node.log.clone());
    let app = App {
        log: node.log.clone(),
        tables: Tables { readers: node.readers(), reached: watched },
        intake: IntakeDoor { intake: node.intake.clone(), token: Some(INTAKE_TOKEN.into()) },
        reference: node.reference(),
        sessions: Sessions::new(desk.clock.clone(), Entropy::system(), true, delegations.clone()),
        delegations,
        throttle: Throttle::default(),
        retention: desk.retention().await,
        queue: node.queue(),
        referrals: node.referrals(),
        neighbours: Neighbours { letters_are_sent: false, units: Enhetsregisteret::off() },
        results: node.results(None),
        identities: node.identities(),
        disclosures: Disclosures::open(node.log.clone()),
        exports: Exports::new(None),
        machines,
        metrics: PrometheusBuilder::new().build_recorder().handle(),
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("its address"));
    tokio::spawn(async move {
        let _reached = reached;
        axum::serve(listener, router(app)).await.expect("serve");
    });
    url
}
