//! Machines log in with a token of their own or an organisation's signed one, and nobody else does.

use axum::routing::get;
use axum::{Json, Router};
use backend::clock::Clock;
use backend::machines::tokens::{self, BadToken, Misconfigured, Settings, Shown};
use events::subscription::{Area, MachineScope};
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use tests::database::Database;
use tests::issuer::{ISSUER, Issuer, ORGANISATION, claims, public_keys};
use tests::office::{Office, SCOPES, tell};
use tests::register::Register;

const START: i64 = 1_615_809_600;

fn settings(keys: &str) -> Settings {
    Settings {
        issuer: ISSUER.to_owned(),
        keys: keys.to_owned(),
        audience: None,
        scope_prefix: SCOPES.to_owned(),
    }
}

fn clock() -> Clock {
    Clock::manual(Timestamp::from_second(START).unwrap())
}

async fn checks(issuers: &[&Issuer], audience: Option<&str>) -> (tokens::Issuer, Clock) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("keys.json");
    std::fs::write(&file, serde_json::to_vec(&public_keys(issuers)).unwrap()).unwrap();
    let settings = Settings { audience: audience.map(str::to_owned), ..settings(file.to_str().unwrap()) };
    let clock = clock();
    (tokens::Issuer::open(settings, clock.clone()).await.unwrap(), clock)
}

#[tokio::test]
async fn a_good_token_names_its_organisation_and_what_it_was_granted_of_ours() {
    let (rsa, curve) = (Issuer::rsa("a"), Issuer::elliptic("b"));
    let (checks, clock) = checks(&[&rsa, &curve], None).await;
    for issuer in [&rsa, &curve] {
        let scope = format!("krr:global/digitalpost.read {SCOPES}.entries.read {SCOPES}.unheard-of");
        let shown = checks.check(&issuer.token(ORGANISATION, &scope, clock.now())).await;
        let scopes = BTreeSet::from([MachineScope::Entries]);
        assert_eq!(shown, Ok(Shown { organisation: ORGANISATION.to_owned(), scopes }));
    }
}

#[tokio::test]
async fn a_token_that_lacks_anything_is_not_believed() {
    let issuer = Issuer::rsa("a");
    let (checks, clock) = checks(&[&issuer], None).await;
    let now = clock.now().as_second();
    let with = |changes: Value| {
        let mut all = claims(ORGANISATION, "", clock.now());
        for (name, value) in changes.as_object().unwrap() {
            match value {
                Value::Null => drop(all.as_object_mut().unwrap().remove(name)),
                value => all[name] = value.clone(),
            }
        }
        issuer.sign(&all)
    };
    let consumer = |authority: &str, id: &str| json!({"consumer": {"authority": authority, "ID": id}});
    let upis = "iso6523-actorid-upis";
    for (changes, why) in [
        (json!({"iss": "https://issuer.example.com/"}), BadToken::NotIssued),
        (json!({"iss": null}), BadToken::NotIssued),
        (json!({"aud": "https://somebody.example.org"}), BadToken::NotIssued),
        (json!({"exp": null}), BadToken::Shape),
        (json!({"exp": "soon"}), BadToken::Shape),
        (json!({"iat": null}), BadToken::Shape),
        (json!({"jti": null}), BadToken::Shape),
        (json!({"jti": ""}), BadToken::Shape),
        (json!({"consumer": null}), BadToken::Shape),
        (json!({"exp": now - 10}), BadToken::Time),
        (json!({"iat": now + 11}), BadToken::Time),
        (json!({"nbf": now + 11}), BadToken::Time),
        (consumer(upis, ORGANISATION), BadToken::NoOrganisation),
        (consumer(upis, "0192:974760984"), BadToken::NoOrganisation),
        (consumer("somebody", &format!("0192:{ORGANISATION}")), BadToken::NoOrganisation),
    ] {
        assert_eq!(checks.check(&with(changes.clone())).await, Err(why), "{changes}");
    }
    assert!(checks.check(&with(json!({"exp": now - 9, "nbf": now + 10}))).await.is_ok(), "clocks differ");
    clock.advance(SignedDuration::from_secs(609));
    assert_eq!(checks.check(&with(json!({"iat": now, "exp": now + 599}))).await, Err(BadToken::Time));
}

#[tokio::test]
async fn a_token_that_somebody_else_made_is_not_believed() {
    let (issuer, other) = (Issuer::rsa("a"), Issuer::rsa("a"));
    let (checks, clock) = checks(&[&issuer], None).await;
    let good = issuer.token(ORGANISATION, "", clock.now());
    assert!(checks.check(&good).await.is_ok());
    assert_eq!(checks.check(&other.token(ORGANISATION, "", clock.now())).await, Err(BadToken::NotIssued));
    let unknown = Issuer::rsa("b").token(ORGANISATION, "", clock.now());
    assert_eq!(checks.check(&unknown).await, Err(BadToken::UnknownKey));

    let (head, rest) = good.split_once('.').unwrap();
    let (body, signature) = rest.split_once('.').unwrap();
    let (_, elsewhere) = other
        .token("991825827", "", clock.now())
        .split_once('.')
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .unwrap();
    let changed = elsewhere.split_once('.').unwrap().0;
    for (token, why) in [
        (format!("{head}.{changed}.{signature}"), BadToken::NotIssued),
        (format!("{head}.{body}."), BadToken::NotIssued),
        (format!("{head}.{body}"), BadToken::Shape),
        (format!("{}.{body}.", "eyJhbGciOiJub25lIiwia2lkIjoiYSJ9"), BadToken::Shape),
        ("a".repeat(9_000), BadToken::Shape),
    ] {
        assert_eq!(checks.check(&token).await, Err(why), "{token}");
    }
    // The public key, taken for a secret.
    let public = serde_json::to_vec(&issuer.public_key()).unwrap();
    let header = Header { kid: Some("a".to_owned()), ..Header::new(Algorithm::HS256) };
    let claims = claims(ORGANISATION, "", clock.now());
    let confused = encode(&header, &claims, &EncodingKey::from_secret(&public)).unwrap();
    assert_eq!(checks.check(&confused).await, Err(BadToken::Algorithm));
}

#[tokio::test]
async fn where_an_audience_is_asked_for_tokens_name_it() {
    let issuer = Issuer::elliptic("a");
    let (checks, clock) = checks(&[&issuer], Some("https://register.example.org")).await;
    let mut all = claims(ORGANISATION, "", clock.now());
    assert_eq!(checks.check(&issuer.sign(&all)).await, Err(BadToken::NotIssued));
    all["aud"] = json!("https://register.example.org");
    assert!(checks.check(&issuer.sign(&all)).await.is_ok());
}

#[tokio::test]
async fn a_key_the_issuer_has_only_just_begun_with_is_asked_for() {
    let (first, second) = (Issuer::elliptic("first"), Issuer::elliptic("second"));
    let shown = Arc::new(Mutex::new(public_keys(&[&first])));
    let asked = Arc::new(Mutex::new(0));
    let (answer, count) = (shown.clone(), asked.clone());
    let keys = get(move || {
        *count.lock().unwrap() += 1;
        let keys = answer.lock().unwrap().clone();
        async move { Json(keys) }
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/jwks", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, Router::new().route("/jwks", keys)).await });
    let clock = clock();
    let checks = tokens::Issuer::open(settings(&url), clock.clone()).await.unwrap();
    assert!(checks.check(&first.token(ORGANISATION, "", clock.now())).await.is_ok());
    assert_eq!(*asked.lock().unwrap(), 1);
    *shown.lock().unwrap() = public_keys(&[&second]);
    let token = second.token(ORGANISATION, "", clock.now());
    assert!(checks.check(&token).await.is_ok());
    let unknown = Issuer::elliptic("third").token(ORGANISATION, "", clock.now());
    for _ in 0..5 {
        assert_eq!(checks.check(&unknown).await, Err(BadToken::UnknownKey));
    }
    assert_eq!(
        *asked.lock().unwrap(),
        2,
        "whoever shows keys that nobody knows does not make us ask for ever"
    );

    assert!(matches!(
        tokens::Issuer::open(settings("http://issuer.example.org/jwks"), clock.clone()).await,
        Err(Misconfigured::Address)
    ));
    let missing = tokens::Issuer::open(settings("there-is-no-such-file"), clock).await;
    assert!(matches!(missing, Err(Misconfigured::File { .. })));
}

#[tokio::test]
async fn a_consumer_is_what_the_log_says_of_it_on_every_node() {
    let office = Office::open().await;
    office.consumer("tracing", &["4601"], &[MachineScope::Entries]).await;
    let elsewhere = backend::machines::registry::Registry::new(office.desk.second_node().await.log);
    assert!(office.registry.recognise("tracing", "974760984", "test").await.is_err(), "no such number");
    assert!(office.registry.recognise("nobody", ORGANISATION, "test").await.is_err());
    office.registry.recognise("tracing", ORGANISATION, "test").await.unwrap();
    let seen = elsewhere.by_organisation(ORGANISATION).await.unwrap().unwrap();
    assert_eq!(seen.name, "tracing");
    office.consumer("other", &[], &[MachineScope::Feed]).await;
    assert!(elsewhere.recognise("other", ORGANISATION, "test").await.is_err(), "it is somebody already");
    let area = Area::Municipality { number: "4601".to_owned() };
    assert_eq!(seen.subscriptions[&area], BTreeSet::from([MachineScope::Entries]));
    let bad = Area::Municipality { number: "46".to_owned() };
    assert!(elsewhere.subscribe("tracing", bad, &[MachineScope::Feed], "test").await.is_err());
    elsewhere.unsubscribe("tracing", area.clone(), "test").await.unwrap();
    assert!(elsewhere.unsubscribe("tracing", area, "test").await.is_err(), "once");
    let seen = office.registry.named("tracing").await.unwrap().unwrap();
    assert!(seen.subscriptions.is_empty());
    backend::retention::consumers::remove(&office.desk.node.log, "tracing", "test").await.unwrap();
    assert!(elsewhere.by_organisation(ORGANISATION).await.unwrap().is_none());
    office.consumer("tracing", &[], &[MachineScope::Feed]).await;
    let again = elsewhere.named("tracing").await.unwrap().unwrap();
    assert_eq!(again.organisation, None, "whoever comes back begins anew");
}

#[tokio::test]
async fn both_ways_of_logging_in_reach_the_tombstones() {
    let office = Office::open().await;
    let own = office.consumer("tracing", &["4601"], &[MachineScope::Feed]).await;
    let status =
        async |token: &str| tell(office.request(Method::GET, "/api/v1/feeds/tombstones", token)).await.0;
    let signed = |scope: &str| {
        office.issuer.token(ORGANISATION, &format!("{SCOPES}.{scope}"), office.desk.clock.now())
    };
    assert_eq!(status(&own).await, StatusCode::OK);
    assert_eq!(status("wrong").await, StatusCode::UNAUTHORIZED);
    assert_eq!(status(&signed("feed.read")).await, StatusCode::FORBIDDEN, "nobody made it a consumer");
    office.registry.recognise("tracing", ORGANISATION, "test").await.unwrap();
    assert_eq!(status(&signed("feed.read")).await, StatusCode::OK);
    assert_eq!(status(&signed("something.else")).await, StatusCode::FORBIDDEN);
    let access = async |token: &str| tell(office.request(Method::GET, "/api/v1/consumer", token)).await.1;
    let feed = json!({"kind": "municipalities", "numbers": ["4601"]});
    assert_eq!(access(&own).await, json!({"name": "tracing", "feed": feed}));
    let asks_for_more = format!("feed.read {SCOPES}.entries.read");
    assert_eq!(access(&signed(&asks_for_more)).await, json!({"name": "tracing", "feed": feed}));
    assert_eq!(access(&signed("entries.read")).await, json!({"name": "tracing"}), "both must say so");
    let late = signed("feed.read");
    office.desk.clock.advance(SignedDuration::from_mins(11));
    assert_eq!(status(&late).await, StatusCode::UNAUTHORIZED);
    assert_eq!(status(&own).await, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_program_believes_the_issuer_it_is_told_of() {
    let database = Database::fresh().await;
    let issuer = Issuer::rsa("a");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("keys.json");
    std::fs::write(&file, serde_json::to_vec(&public_keys(&[&issuer])).unwrap()).unwrap();
    let register = Register::start_with(
        &database.url,
        &[
            ("REGISTER_MASKINPORTEN_ISSUER", ISSUER),
            ("REGISTER_MASKINPORTEN_JWKS", file.to_str().unwrap()),
            ("REGISTER_MASKINPORTEN_SCOPE_PREFIX", SCOPES),
        ],
    )
    .await;
    let run = |arguments: &[&str]| {
        let ran = register.command(&["consumer"]).args(arguments).args(["--by", "Drift"]).output().unwrap();
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        String::from_utf8(ran.stdout).unwrap()
    };
    let own = run(&["add", "tracing"]).trim().to_owned();
    run(&["recognise", "tracing", "--organisation", ORGANISATION]);
    run(&["subscribe", "tracing", "--municipality", "4601", "--scope", "entries", "--scope", "feed"]);
    run(&["subscribe", "tracing", "--national", "--scope", "feed"]);
    run(&["unsubscribe", "tracing", "--national"]);
    let listed = register.command(&["consumer", "list"]).output().unwrap();
    let listed = String::from_utf8(listed.stdout).unwrap();
    assert_eq!(listed, format!("tracing: {ORGANISATION}\n  4601: entries, feed\n"));
    let signed = issuer.token(ORGANISATION, &format!("{SCOPES}.feed.read"), Clock::system().now());
    for token in [own.as_str(), signed.as_str()] {
        let ask = reqwest::Client::new().get(format!("{}/api/v1/feeds/tombstones", register.url));
        assert_eq!(ask.bearer_auth(token).send().await.unwrap().status(), StatusCode::OK);
    }
    let wrong = Issuer::rsa("a").token(ORGANISATION, &format!("{SCOPES}.feed.read"), Clock::system().now());
    let ask = reqwest::Client::new().get(format!("{}/api/v1/feeds/tombstones", register.url));
    assert_eq!(ask.bearer_auth(wrong).send().await.unwrap().status(), StatusCode::UNAUTHORIZED);
}
