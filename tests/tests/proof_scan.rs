//! Nothing about a person stands in any file in the clear: planted markers are looked for in all of PostgreSQL's
//! data, write-ahead log, archive and log, in the register's own log, its rejects, and in every error it answers.

use backend::clock::Clock;
use backend::demo::dice::Dice;
use backend::demo::numbers::national;
use backend::entropy::Entropy;
use backend::rules::fields::PUBLISHED;
use backend::rules::moments::norwegian_day_of;
use jiff::civil::date;
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use std::collections::BTreeSet;
use tests::private::Private;
use tests::register::{INTAKE_TOKEN, Register};
use tests::scanner::Scanner;
use uuid::Uuid;

/// A word that stands nowhere by chance.
fn marker() -> String {
    let letters = Entropy::system().bytes::<12>().map(|byte| char::from(b'a' + byte % 26));
    format!("Zq{}", letters.iter().collect::<String>())
}

/// Marked requests to a running register; what it says to the bad ones is kept.
struct Planter {
    client: Client,
    url: String,
    markers: Vec<String>,
    /// Bodies and headers of refusals.
    said: Vec<String>,
    day: String,
}

impl Planter {
    fn new(url: &str) -> Planter {
        let client = Client::builder().cookie_store(true).build().unwrap();
        let day = norwegian_day_of(Clock::system().now()).to_string();
        Planter { client, url: url.to_owned(), markers: Vec::new(), said: Vec::new(), day }
    }

    fn mark(&mut self) -> String {
        self.markers.push(marker());
        self.markers[self.markers.len() - 1].clone()
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}/api/v1/{path}", self.url)).bearer_auth(INTAKE_TOKEN)
    }

    /// Sends what must be taken.
    async fn good(&self, request: RequestBuilder) -> Value {
        let response = request.send().await.unwrap();
        assert!(response.status().is_success(), "{}", response.status());
        response.json().await.unwrap()
    }

    /// Sends what must be refused, and keeps what is said.
    async fn bad(&mut self, request: RequestBuilder) {
        let response = request.send().await.unwrap();
        let status = response.status();
        let headers = format!("{:?}", response.headers());
        let said = headers + &response.text().await.unwrap();
        assert!(status.is_client_error(), "{status} {said}");
        self.said.push(said);
    }

    fn record(&self, code: &str, fields: Value) -> Value {
        let mut record = json!({"a_reference_code": code, "a_date": self.day, "municipality_number": "0301"});
        record.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        record
    }

    /// A traveller who is marked all over; returns the entry.
    async fn traveller(&mut self) -> Uuid {
        let mut dice = Dice::new(u64::from_be_bytes(Entropy::system().bytes()));
        let born = date(1984, 3, 1);
        let number = national(&mut dice, born, false);
        let phone = format!("{:03}", dice.below(1_000));
        self.markers.extend([number.clone(), format!("442079460{phone}"), format!("20 7946 0{phone}")]);
        let (first, last, mail, street, code) =
            (self.mark(), self.mark(), self.mark(), self.mark(), self.mark());
        let (unknown, field) = (self.mark(), self.mark());
        let fields = json!({"p_first_name": first, "p_last_name": last, "p_birth_date": born, "p_unique_id": number,
            "p_phone": format!("+44 20 7946 0{phone}"), "p_email": format!("{mail}@example.org"),
            "a_location_address": street, "x_unknown": unknown, field: 1});
        let record = self.record(&code, fields);
        let answer = self.good(self.request(Method::POST, "intake/entries").json(&[record])).await;
        assert_eq!(answer["answers"][0]["outcome"], "accepted");
        answer["answers"][0]["entry"].as_str().unwrap().parse().unwrap()
    }

    /// A marker in every field of the published shape, one at a time.
    async fn every_field(&mut self) -> usize {
        let mut records = Vec::new();
        for (n, field) in PUBLISHED.iter().enumerate() {
            let mark = self.mark();
            records.push(self.record(&format!("0301-47-1-{n:07}"), json!({ *field: mark })));
        }
        let answer = self.good(self.request(Method::POST, "intake/entries").json(&records)).await;
        let answers = answer["answers"].as_array().unwrap();
        assert!(answers.iter().all(|answer| answer["outcome"] == "accepted"), "{answer}");
        answers.len()
    }

    async fn bad_intake(&mut self) {
        let mark = self.mark();
        let post = |planter: &Planter| planter.request(Method::POST, "intake/entries");
        for body in [
            format!("[{{\"p_last_name\": \"{mark}"),
            format!("{{\"p_last_name\": \"{mark}\"}}"),
            format!("[{mark}]"),
        ] {
            self.bad(post(self).body(body)).await;
        }
        self.bad(
            self.client.post(format!("{}/api/v1/intake/entries", self.url)).bearer_auth(&mark).json(&[&mark]),
        )
        .await;
        let records = json!([mark, {"p_last_name": mark}, self.record("1", json!({"p_phone": [mark]})),
            self.record("2", json!({"p_phone": {"number": mark}})), self.record("3", json!({"p_last_name": mark.repeat(500)}))]);
        let answer = self.good(post(self).json(&records)).await;
        assert!(
            answer["answers"].as_array().unwrap().iter().all(|answer| answer["outcome"] == "rejected"),
            "{answer}"
        );
        self.said.push(answer.to_string());
    }

    async fn bad_queries(&mut self) {
        let mark = self.mark();
        for path in ["entries?municipality=", "entries?language=", "entries/counts?employer="] {
            self.good(self.request(Method::GET, &format!("{path}{mark}"))).await;
        }
        for path in [
            "entries?cursor=",
            "entries?status=",
            "entries?limit=",
            "entries?arrival_from=",
            "entries/",
            "",
            "entries?x=",
        ] {
            self.bad(self.request(Method::GET, &format!("{path}{mark}"))).await;
        }
        let search = |planter: &Planter| planter.request(Method::POST, "entries/search");
        self.good(search(self).json(&json!({"query": format!("{mark} 12345")}))).await;
        for body in [
            json!({"query": {"x": mark}}),
            json!({"query": 1, "x": mark}),
            json!(mark),
            json!({ mark.as_str(): mark }),
        ] {
            self.bad(search(self).json(&body)).await;
        }
        self.bad(
            search(self).body(format!("{{\"query\": \"{mark}")).header("content-type", "application/json"),
        )
        .await;
        self.bad(search(self).body(mark.clone())).await;
        self.bad(self.request(Method::DELETE, "entries/search").header("accept-language", &mark)).await;
    }

    async fn routing(&mut self, entry: Uuid) {
        let mark = self.mark();
        let put = |planter: &Planter, version: &str| {
            let key = Uuid::from_bytes(Entropy::system().bytes()).to_string();
            planter
                .request(Method::PUT, &format!("entries/{entry}/routing"))
                .header("if-match", version)
                .header("idempotency-key", key)
        };
        let ask = |municipality: &str, reason: &str| json!({"municipality": municipality, "reason": reason});
        self.bad(put(self, "\"1\"").json(&ask(&mark, &mark))).await;
        self.bad(put(self, "\"1\"").json(&ask("4601", &mark.repeat(50)))).await;
        self.bad(put(self, "\"9\"").json(&ask("4601", &mark))).await;
        self.bad(put(self, &mark).json(&ask("4601", &mark))).await;
        self.bad(
            put(self, "\"1\"")
                .header("idempotency-key", &mark)
                .json(&json!({"reason": [mark], mark.as_str(): 1})),
        )
        .await;
        self.good(put(self, "\"1\"").json(&ask("4601", &mark))).await;
    }

    async fn log_in(&mut self) {
        let mark = self.mark();
        for body in [json!({"key": mark}), json!({"key": "caller", mark.as_str(): mark})] {
            self.bad(self.request(Method::POST, "demo/login").json(&body)).await;
        }
        self.good(self.request(Method::POST, "demo/login").json(&json!({"key": "shift-lead"}))).await;
    }

    async fn wait_for(&self, entries: usize) {
        while self.good(self.request(Method::GET, "entries/counts")).await["total"] != entries {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    }
}

/// Imports a marked file of which some records are rejected, in production mode as well.
fn import(planter: &mut Planter, register: &Register) {
    let (good, bad) = (planter.mark(), planter.mark());
    let number = national(&mut Dice::new(5), date(1984, 3, 1), false);
    let lines = [
        planter.record("0301-47-9-1", json!({"p_last_name": good})).to_string(),
        planter.record("", json!({"p_last_name": bad})).to_string(),
        planter.record("0301-47-9-2", json!({"p_last_name": [bad]})).to_string(),
        planter.record("0301-47-9-3", json!({"p_last_name": bad, "p_unique_id": number})).to_string(),
        format!("{{\"p_last_name\": \"{bad}\""),
        format!("\"{bad}\""),
    ];
    // Outside of what is searched: this file is the source's own.
    let source = tempfile::tempdir().unwrap();
    let file = source.path().join("entries.ndjson");
    std::fs::write(&file, lines.join("\n")).unwrap();
    let ran = register.command(&["import", "entries", "--production"]).arg(&file).output().unwrap();
    let said = String::from_utf8_lossy(&ran.stderr).into_owned() + &String::from_utf8_lossy(&ran.stdout);
    assert!(ran.status.success() && said.contains("1 accepted") && said.contains("5 rejected"), "{said}");
    planter.said.push(said);
    let kept = std::fs::read_dir(register.folder.path().join("rejects")).unwrap().count();
    assert_eq!(kept, 1, "the rejects are kept");
}

/// What must be found, or the scanner is blind.
async fn controls(url: &str) -> Vec<String> {
    let [logged, unlogged, deleted, said, hex, base64, wide] = [(); 7].map(|()| marker());
    let mut owner = PgConnection::connect(url).await.unwrap();
    let wide_bytes: String = wide.bytes().map(|byte| format!("{byte:02x}00")).collect();
    for statement in [
        "create table public.control (told text, bytes bytea)".to_owned(),
        "create unlogged table public.unlogged_control (told text)".to_owned(),
        format!("insert into public.control (told) values ('{logged}'), ('{deleted}')"),
        format!("delete from public.control where told = '{deleted}'"),
        format!("insert into public.unlogged_control values ('{unlogged}')"),
        format!(
            "insert into public.control (told) values (encode('{hex}', 'hex')), (encode('x{base64}x', 'base64'))"
        ),
        format!("insert into public.control (bytes) values ('\\x{wide_bytes}')"),
        format!("do $$ begin raise log '{said}'; end $$"),
        "checkpoint".to_owned(),
        "select pg_switch_wal()".to_owned(),
    ] {
        owner.execute(AssertSqlSafe(statement)).await.unwrap();
    }
    vec![logged, unlogged, deleted, said, hex, base64, wide]
}

#[tokio::test(flavor = "multi_thread")]
async fn no_file_and_no_error_holds_a_planted_name_number_or_phone() {
    let archive = [("archive_mode", "on"), ("archive_command", "mkdir -p archive && cp %p archive/%f")];
    let private = tokio::task::block_in_place(|| Private::start(&archive));
    let url = private.url();
    let mut register = Register::start(&url).await;
    let mut planter = Planter::new(&register.url);
    planter.log_in().await;
    let entry = planter.traveller().await;
    let entries = 1 + planter.every_field().await;
    planter.wait_for(entries).await;
    planter.bad_intake().await;
    planter.bad_queries().await;
    planter.routing(entry).await;
    import(&mut planter, &register);
    planter.wait_for(entries + 1).await;
    let controls = controls(&url).await;
    register.kill();
    let folder = tokio::task::block_in_place(|| private.stop());

    let scanner = Scanner::new(&controls);
    let found = scanner.in_folder(folder.path());
    let seen: BTreeSet<&String> = found.iter().map(|(marker, _)| marker).collect();
    assert_eq!(seen, controls.iter().collect(), "the scanner is blind");
    for place in ["archive", "base", "pg_wal"] {
        assert!(
            found.iter().any(|(_, path)| path.components().any(|part| part.as_os_str() == place)),
            "blind in {place}"
        );
    }
    let scanner = Scanner::new(&planter.markers);
    assert_eq!(scanner.in_folder(folder.path()), []);
    assert_eq!(scanner.in_folder(register.folder.path()), []);
    for said in &planter.said {
        assert_eq!(scanner.in_bytes(said.as_bytes()), BTreeSet::new(), "{said}");
    }
}
