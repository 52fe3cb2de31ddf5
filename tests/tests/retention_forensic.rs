//! The forensic journey: five hundred travellers, marked all over, ten days, and then a search of everything that is
//! left, of a backup taken on day nine, and of what somebody with a stolen copy of the keys could see.

use backend::entropy::Entropy;
use backend::rules::moments::norwegian_day_of;
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use tests::private::Private;
use tests::register::{INTAKE_TOKEN, Register, program};
use uuid::Uuid;

const TRAVELLERS: usize = 500;
const DAY: i64 = 24 * 3_600;

/// A word that stands nowhere by chance.
fn marker() -> String {
    let letters = Entropy::system().bytes::<14>().map(|byte| char::from(b'a' + byte % 26));
    format!("Zq{}", letters.iter().collect::<String>())
}

struct Journey {
    client: Client,
    markers: Vec<String>,
    entries: Vec<Uuid>,
}

impl Journey {
    fn new() -> Journey {
        let client = Client::builder().cookie_store(true).build().unwrap();
        Journey { client, markers: Vec::new(), entries: Vec::new() }
    }

    fn mark(&mut self) -> String {
        self.markers.push(marker());
        self.markers[self.markers.len() - 1].clone()
    }

    async fn log_in(&self, url: &str, key: &str) {
        let login = self.client.post(format!("{url}/api/v1/demo/login")).json(&json!({"key": key}));
        assert!(login.send().await.unwrap().status().is_success());
    }

    fn traveller(&mut self, n: usize, day: &str) -> Value {
        let (first, last, street, mail, employer) =
            (self.mark(), self.mark(), self.mark(), self.mark(), self.mark());
        let number = format!("X{:011}", n as u64 * 7_919 + 10_000_000_019);
        let phone = format!("+4479{:08}", 11_000_000 + n * 7);
        self.markers.extend([number.clone(), phone[1..].to_owned()]);
        json!({"a_reference_code": format!("F{n:06}"), "a_date": day, "municipality_number": "0301",
            "p_first_name": first, "p_last_name": last, "p_birth_date": "1984-03-01", "p_unique_id": number,
            "p_phone": phone, "p_email": format!("{mail}@example.org"), "a_location_address": street,
            "a_employer_contact_person": employer, "a_q_opt_l1_code": "1001"})
    }

    async fn take_in(&mut self, url: &str, records: &[Value]) -> Vec<Value> {
        let request = self.client.post(format!("{url}/api/v1/intake/entries")).bearer_auth(INTAKE_TOKEN);
        let answer: Value = request.json(records).send().await.unwrap().json().await.unwrap();
        answer["answers"].as_array().unwrap().clone()
    }

    /// Registers everybody, corrects some, and decides about one with a marked note.
    async fn day_zero(&mut self, url: &str) -> Vec<Value> {
        let day = norwegian_day_of(backend::clock::Clock::system().now()).to_string();
        let records: Vec<Value> = (0..TRAVELLERS).map(|n| self.traveller(n, &day)).collect();
        for part in records.chunks(100) {
            let answers = self.take_in(url, part).await;
            assert!(answers.iter().all(|answer| answer["outcome"] == "accepted"), "{answers:?}");
            self.entries.extend(
                answers.iter().map(|answer| answer["entry"].as_str().unwrap().parse::<Uuid>().unwrap()),
            );
        }
        self.log_in(url, "shift-lead").await;
        let note = self.mark();
        let route = self
            .client
            .put(format!("{url}/api/v1/entries/{}/routing", self.entries[0]))
            .header("if-match", "\"1\"")
            .header("idempotency-key", Uuid::from_bytes(Entropy::system().bytes()).to_string())
            .json(&json!({"municipality": "4601", "reason": note}));
        let routed = route.send().await.unwrap();
        assert!(routed.status().is_success(), "{}", routed.text().await.unwrap());
        records
    }

    async fn entry(&self, url: &str, n: usize) -> (StatusCode, String) {
        let answer =
            self.client.get(format!("{url}/api/v1/entries/{}", self.entries[n])).send().await.unwrap();
        (answer.status(), answer.text().await.unwrap())
    }

    /// Nothing of anybody, by any road.
    async fn sees_nothing(&self, url: &str) {
        self.log_in(url, "shift-lead").await;
        for n in [0, 1, TRAVELLERS - 1] {
            for part in ["", "/timeline", "/raw"] {
                let path = format!("{url}/api/v1/entries/{}{part}", self.entries[n]);
                assert_eq!(
                    self.client.get(path).send().await.unwrap().status(),
                    StatusCode::GONE,
                    "ended, not unknown"
                );
            }
        }
        let list: Value =
            self.client.get(format!("{url}/api/v1/entries")).send().await.unwrap().json().await.unwrap();
        assert_eq!(list["items"], json!([]));
        for term in [&self.markers[0], &self.markers[1], "F000001"] {
            let found =
                self.client.post(format!("{url}/api/v1/entries/search")).json(&json!({"query": term}));
            let found: Value = found.send().await.unwrap().json().await.unwrap();
            assert_eq!(found["hits"], json!([]), "{term}");
        }
    }
}

fn copy(from: &Path, to: &Path) {
    let copied = Command::new("cp").arg("-a").arg(from).arg(to).status().unwrap();
    assert!(copied.success());
}

/// Searches everything for the markers; the report.
fn prove(markers: &[String], private_folder: &Path, backup: &Path, node: &Path) -> (bool, Value) {
    let list = tempfile::tempdir().unwrap();
    let file = list.path().join("markers");
    std::fs::write(&file, markers.join("\n")).unwrap();
    let postgres = private_folder.join("postgres");
    let mut command = Command::new(program());
    command.args(["retention", "prove", "--json", "--markers"]).arg(&file);
    for (place, path) in [
        ("--data-directory", postgres.clone()),
        ("--archive", postgres.join("archive")),
        ("--backup", backup.to_owned()),
        ("--log", node.join("server.log")),
        ("--export", node.join("rejects")),
    ] {
        if path.exists() {
            command.arg(place).arg(path);
        }
    }
    let ran = command.output().unwrap();
    let report = serde_json::from_slice(&ran.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&ran.stderr)));
    (ran.status.success(), report)
}

fn archived() -> Private {
    let settings = [
        ("archive_mode", "on"),
        ("archive_command", "mkdir -p archive && cp %p archive/%f"),
        ("wal_level", "replica"),
        ("max_wal_senders", "4"),
    ];
    tokio::task::block_in_place(|| Private::start(&settings))
}

#[tokio::test(flavor = "multi_thread")]
async fn after_ten_days_nothing_of_five_hundred_travellers_is_left_in_any_copy() {
    let private = archived();
    let mut journey = Journey::new();
    let mut register = Register::start(&private.url()).await;
    let records = journey.day_zero(&register.url).await;

    // Day nine: everything can still be read. A backup is taken, and somebody copies the keys.
    register.kill();
    register.start_again_ahead(9 * DAY);
    register.ready().await;
    journey.log_in(&register.url, "shift-lead").await;
    let (status, text) = journey.entry(&register.url, 0).await;
    assert!(status.is_success() && text.contains(&journey.markers[0]), "wholly readable on day nine");
    let kept = tempfile::tempdir().unwrap();
    std::fs::set_permissions(kept.path(), std::fs::Permissions::from_mode(0o777)).unwrap();
    let (backup, stolen) = (kept.path().join("backup"), kept.path().join("stolen-keys"));
    tokio::task::block_in_place(|| private.base_backup(&backup));
    copy(&register.keyring(), &stolen);
    let again = journey.take_in(&register.url, &records[..100]).await;
    assert!(again.iter().all(|answer| answer["outcome"] == "unchanged"), "a re-send extends nothing");

    // Past day ten.
    register.kill();
    let past = 10 * DAY + 7 * 3_600;
    register.start_again_ahead(past);
    register.ready().await;
    journey.sees_nothing(&register.url).await;
    let again = journey.take_in(&register.url, &records[..100]).await;
    assert!(again.iter().all(|answer| answer["outcome"] == "ended"), "a re-send revives nobody");
    let verified =
        register.command(&["verify"]).env("REGISTER_CLOCK_AHEAD", past.to_string()).output().unwrap();
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stdout));

    // With the copy of the keys put back: refused, reported, destroyed.
    let epochs_key = |folder: &Path| -> BTreeSet<PathBuf> {
        let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
        files.filter(|path| path.to_string_lossy().contains("epoch-")).collect()
    };
    for key in epochs_key(&stolen) {
        copy(&key, &register.keyring());
    }
    journey.sees_nothing(&register.url).await;
    let started = std::time::Instant::now();
    while !register.log().contains("a key that was destroyed was there again") {
        assert!(
            started.elapsed() < std::time::Duration::from_secs(60),
            "nobody noticed the key that came back"
        );
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    }

    register.kill();
    restored_backup_shows_nothing(&journey, &backup, &register.keyring()).await;
    restored_backup_shows_nothing(&journey, &backup, &stolen).await;
    let folder = tokio::task::block_in_place(|| private.stop());
    let (proven, report) = prove(&journey.markers, folder.path(), &backup, register.folder.path());
    assert!(proven, "{}", serde_json::to_string_pretty(&report).unwrap());
    assert_eq!(report["hits"], json!([]));
    assert!(report["controls"].as_array().unwrap().len() >= 5);

    // And the search is not blind to markers.
    std::fs::write(register.folder.path().join("server.log"), format!("listening, {}", journey.markers[3]))
        .unwrap();
    let (proven, report) = prove(&journey.markers, folder.path(), &backup, register.folder.path());
    assert!(!proven && report["verdict"] == "found");
}

/// Starts the day-nine backup beside, on day eleven, with somebody's keys.
async fn restored_backup_shows_nothing(journey: &Journey, backup: &Path, keys: &Path) {
    let private = tokio::task::block_in_place(|| Private::restored(backup));
    let mut register = Register::start_ahead(&private.url(), keys, 11 * DAY).await;
    journey.sees_nothing(&register.url).await;
    register.kill();
    tokio::task::block_in_place(|| private.stop());
}
