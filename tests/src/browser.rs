//! A real browser at a real register: Chromium, driven through the standard protocol (WebDriver).
//!
//! Nothing here sleeps for a fixed time: what shall happen is asked for until it has, within [`WITHIN`].

use crate::database::{Database, scratch};
use crate::register::{INTAKE_TOKEN, Register};
use events::record::RawRecord;
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::Element;
pub use fantoccini::key::Key;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::future::Future;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long anything may take before a journey gives up; debug builds on a busy machine are slow.
pub const WITHIN: Duration = Duration::from_secs(60);
/// How often it is looked again.
const LOOK_EVERY: Duration = Duration::from_millis(50);
/// The rules that every page keeps (PORTAL.md §4).
const AXE_TAGS: [&str; 5] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
/// Arguments of the browser: no window, no traffic of its own, the same language everywhere.
///
/// Journeys load pages anew far more often than people do, and a page that the browser keeps for the way back keeps
/// its live stream too: after six of them it has no connection left. So it keeps none.
const ARGUMENTS: [&str; 12] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=nb",
    "--force-prefers-reduced-motion",
    "--disable-features=BackForwardCache",
];

/// A browser with one tab, its profile gone with the value.
pub struct Browser {
    client: Client,
    http: reqwest::Client,
    /// Address of the session at the driver.
    session: String,
    driver: Child,
    port: u16,
    base: String,
    _profile: TempDir,
}

/// A rule of axe that a page breaks.
#[derive(Debug)]
pub struct Violation {
    /// The rule.
    pub rule: String,
    /// The element.
    pub target: String,
    /// What is wrong with it.
    pub summary: String,
}

/// A line of the browser's console.
#[derive(Debug)]
pub struct ConsoleLine {
    /// `network`, `security`, `javascript`, `console-api` …
    pub source: String,
    /// What it says.
    pub message: String,
}

impl Browser {
    /// Starts a browser for a site, 1280 × 900.
    pub async fn start(base: &str) -> Browser {
        let profile = tempfile::tempdir().expect("a folder for the profile");
        let (driver, port) = start_driver();
        let at = format!("--user-data-dir={}", profile.path().display());
        let arguments: Vec<&str> = ARGUMENTS.into_iter().chain([at.as_str()]).collect();
        let binary = path_of("TEST_BROWSER", "/usr/bin/chromium");
        let wanted = json!({
            "goog:chromeOptions": { "binary": binary, "args": arguments, "prefs": { "intl.accept_languages": "nb" } },
            "goog:loggingPrefs": { "browser": "ALL" },
            "timeouts": { "script": 60_000, "pageLoad": 60_000 },
        });
        let Value::Object(wanted) = wanted else { unreachable!("an object") };
        let driver_url = format!("http://127.0.0.1:{port}");
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let client = builder.capabilities(wanted).connect(&driver_url).await.expect("start a browser");
        let id = client.session_id().await.ok().flatten().expect("the session's id");
        let session = format!("{driver_url}/session/{id}");
        let http = reqwest::Client::new();
        let browser =
            Browser { client, http, session, driver, port, base: base.to_owned(), _profile: profile };
        browser.resize(1280, 900).await;
        browser
    }

    /// Opens an address of the site, as one does who types it.
    pub async fn goto(&self, path: &str) {
        self.client.goto(&format!("{}{path}", self.base)).await.expect("open the address");
    }

    /// The page is loaded anew.
    pub async fn reload(&self) {
        self.client.refresh().await.expect("reload");
    }

    /// The browser's own way back.
    pub async fn back(&self) {
        self.client.back().await.expect("go back");
    }

    /// Path and query of the address.
    pub async fn address(&self) -> String {
        self.string("location.pathname + location.search").await
    }

    /// The title of the window.
    pub async fn title(&self) -> String {
        self.client.title().await.expect("the title")
    }

    /// The value of an expression in the page.
    pub async fn eval(&self, expression: &str) -> Value {
        let answer = self.client.execute(&format!("return ({expression});"), Vec::new()).await;
        answer.unwrap_or_else(|error| panic!("{expression}: {error}"))
    }

    /// The same, as text.
    pub async fn string(&self, expression: &str) -> String {
        self.eval(expression).await.as_str().unwrap_or_default().to_owned()
    }

    /// The same, as a number.
    pub async fn number(&self, expression: &str) -> u64 {
        self.eval(expression).await.as_u64().unwrap_or_default()
    }

    /// Waits until an expression in the page is true.
    pub async fn until(&self, expression: &str) {
        let asked = format!("return !!({expression});");
        self.look(expression, || async {
            let answer = self.client.execute(&asked, Vec::new()).await.ok()?;
            (answer == Value::Bool(true)).then_some(())
        })
        .await;
    }

    /// Waits until the page shows a text.
    pub async fn until_text(&self, css: &str, text: &str) {
        let (css, text) = (json!(css), json!(text));
        self.until(&format!(
            "[...document.querySelectorAll({css})].some(one => one.innerText.replaceAll('\\u00a0', ' ').includes({text}))"
        ))
        .await;
    }

    /// Waits for an element.
    pub async fn wait_for(&self, css: &str) -> Element {
        self.look(css, || async { self.client.find(Locator::Css(css)).await.ok() }).await
    }

    /// The text of an element, with plain spaces.
    pub async fn text(&self, css: &str) -> String {
        self.wait_for(css).await;
        let text = self.string(&format!("document.querySelector({})?.innerText", json!(css))).await;
        text.replace('\u{a0}', " ")
    }

    /// How many elements there are.
    pub async fn count(&self, css: &str) -> u64 {
        self.number(&format!("document.querySelectorAll({}).length", json!(css))).await
    }

    /// Clicks an element with the mouse, when it is there and can be clicked.
    pub async fn click(&self, css: &str) {
        self.look(&format!("click {css}"), || async {
            self.client.find(Locator::Css(css)).await.ok()?.click().await.ok()
        })
        .await;
    }

    /// Clicks the element that reads so.
    pub async fn click_text(&self, css: &str, text: &str) {
        self.look(&format!("click {css} {text:?}"), || async {
            for element in self.client.find_all(Locator::Css(css)).await.ok()? {
                if element.text().await.ok()?.contains(text) {
                    return element.click().await.ok();
                }
            }
            None
        })
        .await;
    }

    /// Chooses a value of a select.
    pub async fn choose(&self, css: &str, value: &str) {
        self.look(&format!("choose {value} in {css}"), || async {
            self.client.find(Locator::Css(css)).await.ok()?.select_by_value(value).await.ok()
        })
        .await;
    }

    /// Presses a key, wherever the focus is.
    pub async fn press(&self, key: Key) {
        self.press_all(&[char::from(key)]).await;
    }

    /// Presses a key while the control key is down, wherever the focus is.
    pub async fn press_with_control(&self, key: Key) {
        let (control, key) = (char::from(Key::Control), char::from(key));
        let presses = KeyActions::new("keyboard".to_owned())
            .then(KeyAction::Down { value: control })
            .then(KeyAction::Down { value: key })
            .then(KeyAction::Up { value: key })
            .then(KeyAction::Up { value: control });
        self.client.perform_actions(presses).await.expect("press keys");
    }

    /// Types a text, wherever the focus is.
    pub async fn type_keys(&self, text: &str) {
        self.press_all(&text.chars().collect::<Vec<_>>()).await;
    }

    async fn press_all(&self, keys: &[char]) {
        let presses = keys.iter().fold(KeyActions::new("keyboard".to_owned()), |actions, key| {
            actions.then(KeyAction::Down { value: *key }).then(KeyAction::Up { value: *key })
        });
        self.client.perform_actions(presses).await.expect("press keys");
    }

    /// Goes on with the tabulator until the focus is on such an element.
    pub async fn tab_to(&self, css: &str) {
        for _ in 0..200 {
            self.press(Key::Tab).await;
            if self.focus_is(css).await {
                return;
            }
        }
        panic!("the tabulator does not lead to {css}");
    }

    /// Whether such an element has the focus.
    pub async fn focus_is(&self, css: &str) -> bool {
        self.eval(&format!("!!document.activeElement?.matches({})", json!(css))).await == Value::Bool(true)
    }

    /// Sends a request of the portal's kind with the session of this browser: status and body.
    pub async fn api(&self, path: &str) -> (u64, Value) {
        let script = "const [path, done] = arguments; fetch('/api/v1' + path).then(async answer => \
                      done([answer.status, await answer.json().catch(() => null)]), error => done([0, String(error)]));";
        let answer = self.client.execute_async(script, vec![json!(path)]).await.expect("ask the API");
        (answer[0].as_u64().unwrap_or_default(), answer[1].clone())
    }

    /// Runs a script that calls `done(value)` at its end.
    pub async fn run(&self, script: &str) -> Value {
        let script = format!("const done = arguments[arguments.length - 1]; {script}");
        self.client.execute_async(&script, Vec::new()).await.expect("run a script")
    }

    /// The size of the page, in CSS pixels. A window cannot be as narrow as a telephone, so its metrics are set.
    pub async fn resize(&self, width: u32, height: u32) {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics).await;
    }

    /// What the device prefers: `light` or `dark`.
    pub async fn prefer(&self, scheme: &str) {
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": features })).await;
    }

    async fn devtools(&self, command: &str, parameters: Value) -> Value {
        self.driver_post("goog/cdp/execute", json!({ "cmd": command, "params": parameters })).await
    }

    async fn driver_post(&self, path: &str, body: Value) -> Value {
        let answer = self.http.post(format!("{}/{path}", self.session)).json(&body).send().await;
        let answer =
            answer.expect("reach the driver").json::<Value>().await.expect("an answer of the driver");
        assert!(answer["value"]["error"].is_null(), "{path}: {answer}");
        answer["value"].clone()
    }

    /// Errors on the console since it was last asked. An answer of the API with a 4xx is none: the browser writes
    /// one for every refusal, also for those that the portal expects.
    pub async fn console_errors(&self) -> Vec<ConsoleLine> {
        let lines = self.driver_post("se/log", json!({ "type": "browser" })).await;
        let lines = lines.as_array().cloned().unwrap_or_default();
        let text = |line: &Value, field: &str| line[field].as_str().unwrap_or_default().to_owned();
        let errors = lines.iter().filter(|line| matches!(line["level"].as_str(), Some("SEVERE" | "WARNING")));
        errors
            .map(|line| ConsoleLine { source: text(line, "source"), message: text(line, "message") })
            .filter(|line| {
                let refusal = line.source == "network" && line.message.contains("with a status of 4");
                !(refusal && line.message.contains("/api/v1/"))
            })
            .collect()
    }

    /// The rules of accessibility that the page breaks.
    pub async fn axe(&self) -> Vec<Violation> {
        if self.eval("typeof window.axe === 'undefined'").await == Value::Bool(true) {
            let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
            let shipped = manifest.join("../frontend/node_modules/axe-core/axe.min.js");
            let at = std::env::var_os("TEST_AXE").map_or(shipped, PathBuf::from);
            let source = std::fs::read_to_string(&at).unwrap_or_else(|error| {
                panic!("{}: {error}; npm ci --ignore-scripts in frontend", at.display())
            });
            self.client.execute(&source, Vec::new()).await.expect("load axe");
        }
        let script = "const [tags, done] = arguments; axe.run(document, { runOnly: { type: 'tag', values: tags }, \
                      resultTypes: ['violations'] }).then(result => done(result.violations.flatMap(rule => \
                      rule.nodes.map(node => [rule.id, node.target.join(' '), node.failureSummary]))), \
                      error => done([['axe', 'did not run', String(error)]]));";
        let found = self.client.execute_async(script, vec![json!(AXE_TAGS)]).await.expect("run axe");
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let found = found.as_array().cloned().unwrap_or_default();
        let violation = |found: &Value| Violation {
            rule: text(&found[0]),
            target: text(&found[1]),
            summary: text(&found[2]),
        };
        found.iter().map(violation).collect()
    }

    /// Keeps a picture of the whole page in `target/screenshots`.
    pub async fn screenshot(&self, name: &str) {
        use std::fs::{create_dir_all, write};
        let folder = scratch().join("screenshots");
        create_dir_all(&folder).expect("a folder for pictures");
        let size = self
            .eval("[innerWidth, innerHeight, Math.min(document.documentElement.scrollHeight, 4000)]")
            .await;
        let [width, height, whole] =
            [0, 1, 2].map(|at| size[at].as_u64().and_then(|n| n.try_into().ok()).unwrap_or(900));
        self.resize(width, whole.max(height)).await;
        let picture = self.client.screenshot().await.expect("a picture");
        self.resize(width, height).await;
        write(folder.join(format!("{name}.png")), picture).expect("keep the picture");
    }

    /// Logs in by clicking a role's button on the login page, and waits for the page behind it.
    pub async fn log_in(&self, role: &str) {
        self.goto("/login").await;
        self.click(&format!("[data-testid=login-role-{role}]")).await;
        self.until("location.pathname !== '/login' && document.querySelector('main h1')").await;
    }

    /// Asks again and again; gives up with all that is known.
    async fn look<T, F: Future<Output = Option<T>>>(&self, what: &str, ask: impl Fn() -> F) -> T {
        let started = Instant::now();
        loop {
            if let Some(answer) = ask().await {
                return answer;
            }
            if started.elapsed() > WITHIN {
                self.screenshot("given-up").await;
                let shown = self.string("location.href + '\\n' + document.body.innerText").await;
                panic!("{shown}\nconsole: {:?}\nwaited in vain for: {what}", self.console_errors().await);
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The driver ends the browser when the session ends; killed at once it would leave it behind.
        let path = self.session.rsplit_once("/session/").map_or("", |(_, id)| id);
        if let Ok(mut connection) = TcpStream::connect(("127.0.0.1", self.port)) {
            let request =
                format!("DELETE /session/{path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
            let _ = connection.set_read_timeout(Some(Duration::from_secs(10)));
            let _ = connection.write_all(request.as_bytes());
            let _ = connection.read(&mut [0; 512]);
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

fn path_of(variable: &str, usual: &str) -> String {
    std::env::var(variable).unwrap_or_else(|_| usual.to_owned())
}

/// Starts the driver on a free port, which it tells on its first lines.
fn start_driver() -> (Child, u16) {
    let program = path_of("TEST_BROWSER_DRIVER", "/usr/bin/chromedriver");
    let mut driver = Command::new(&program)
        .arg("--port=0")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap_or_else(|error| panic!("{program}: {error}; apt-get install chromium chromium-driver"));
    let mut lines = BufReader::new(driver.stdout.take().expect("its output")).lines();
    let port = lines.by_ref().map_while(Result::ok).find_map(|line| {
        let (_, port) = line.split_once("started successfully on port ")?;
        port.trim_end_matches('.').parse().ok()
    });
    // Whatever else it says is read and dropped, so that it never waits for us.
    std::thread::spawn(move || lines.for_each(drop));
    (driver, port.expect("the driver's port"))
}

/// A register of its own and a browser at it. The browser goes first, then the server, then the database.
pub struct Journey {
    /// The browser.
    pub browser: Browser,
    /// The server.
    pub register: Register,
    /// Its database.
    pub database: Database,
}

impl Journey {
    /// An empty register.
    pub async fn start() -> Journey {
        Journey::start_with(&[]).await
    }

    /// The same, with more in the server's environment.
    pub async fn start_with(settings: &[(&str, &str)]) -> Journey {
        let database = Database::fresh().await;
        let register = Register::start_with(&database.url, settings).await;
        let browser = Browser::start(&register.url).await;
        Journey { browser, register, database }
    }

    /// Neither the portal nor the server reported a fault.
    pub async fn nothing_failed(&self) {
        let log = self.register.log();
        let faults: Vec<&str> = log.lines().filter(|line| line.contains(r#""level":"ERROR""#)).collect();
        assert!(faults.is_empty(), "{faults:#?}");
        let console = self.browser.console_errors().await;
        assert!(console.is_empty(), "{console:#?}");
    }

    /// Sends records as the source does; the entries of those that were taken in, in order.
    pub async fn send(&self, records: &[RawRecord]) -> Vec<String> {
        let address = format!("{}/api/v1/intake/entries", self.register.url);
        let request = reqwest::Client::new().post(address).bearer_auth(INTAKE_TOKEN).json(&records);
        let answer =
            request.send().await.expect("reach the register").json::<Value>().await.expect("an answer");
        let log = || self.register.log();
        let answers = answer["answers"].as_array().unwrap_or_else(|| panic!("{answer}\n{}", log()));
        answers.iter().filter_map(|answer| answer["entry"].as_str().map(str::to_owned)).collect()
    }
}

/// The next records of a demo stream that began 30 hours ago.
pub fn demo_records(seed: u64, count: usize) -> Vec<RawRecord> {
    let start = backend::clock::Clock::system().now() - jiff::SignedDuration::from_hours(30);
    backend::demo::Stream::new(seed, start, 0.2).take(count).map(|(_, record)| record).collect()
}

/// A traveller who registered a minute ago, to quarantine at home in Bergen, with other fields as given.
pub fn traveller(code: &str, fields: &[(&str, &str)]) -> RawRecord {
    let minute_ago = backend::clock::Clock::system().now() - jiff::SignedDuration::from_mins(1);
    let today = backend::rules::moments::norwegian_day_of(minute_ago).to_string();
    let updated = minute_ago.to_string();
    let usual = [
        ("a_reference_code", code),
        ("a_date", &today),
        ("a_updated", &updated),
        ("p_updated", &updated),
        ("p_first_name", "Prøve"),
        ("p_last_name", "Reisende"),
        ("p_birth_date", "1980-04-02"),
        ("p_phone", "+44 20 7946 0123"),
        ("p_lang_follow_up", "Engelsk"),
        ("p_follow_up", "Ikke satt"),
        ("a_q_opt_l1_code", "1001"),
        ("a_q_opt_l4_code", "4002"),
        ("a_location_address", "Prøvegata 1"),
        ("a_location_zip_code", "5003"),
        ("municipality_number", "4601"),
    ];
    let all = usual.iter().chain(fields);
    all.map(|(field, value)| ((*field).to_owned(), Value::String((*value).to_owned()))).collect()
}

/// The same record, changed later by the source.
pub fn changed(record: &RawRecord, fields: &[(&str, &str)]) -> RawRecord {
    let now = backend::clock::Clock::system().now().to_string();
    let mut changed = record.clone();
    for (field, value) in [("a_updated", now.as_str()), ("p_updated", now.as_str())].iter().chain(fields) {
        changed.insert((*field).to_owned(), Value::String((*value).to_owned()));
    }
    changed
}
