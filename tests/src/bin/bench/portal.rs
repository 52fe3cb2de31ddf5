//! `portal`: bytes on the wire, and the time to a filled list in a real browser, against a page that fetches and
//! starts the same WebAssembly and does nothing.

use super::load::{Server, TOKEN};
use super::report::{Report, percentile};
use super::workshop::{Workshop, records};
use backend::log::Options;
use fantoccini::{Client, ClientBuilder, Locator};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Loads of each page; the median counts.
const LOADS: usize = 9;

/// Runs it.
pub async fn run() -> Report {
    let mut report = super::new_report("portal");
    let dist = std::env::var("BENCH_PORTAL_DIST").expect("BENCH_PORTAL_DIST");
    report.at_most("wasm + js + css, brotli", bytes(Path::new(&dist)) / 1000.0, "kB", 450.0);
    let workshop = Workshop::new("bench_portal", Options::default()).await;
    let server = Server::start(&workshop.url, &workshop.folder.path().join("keyring")).await;
    fill(&server).await;
    let bare = bare_page(Path::new(&dist), &server.address).await;
    let driver = Driver::start();
    let client = driver.client().await;
    let origin = format!("http://{}", server.address);
    client.goto(&origin).await.unwrap();
    log_in(&client).await;
    let nothing = load(&client, &bare, "body[data-started]").await;
    let list = load(&client, &format!("{origin}/entries"), "[data-testid=entry-row]").await;
    client.close().await.unwrap();
    report.value("a page that starts the same wasm and does nothing", nothing * 1e3, "ms");
    report.value("a filled list", list * 1e3, "ms");
    report.at_most("filled list / empty page", list / nothing, "x", 2.5);
    report
}

/// Logs the browser in, as its login page does.
async fn log_in(client: &Client) {
    let script = "const [done] = arguments; fetch('/api/v1/demo/login', {method: 'POST', \
        headers: {'content-type': 'application/json'}, body: JSON.stringify({key: 'caller'})}) \
        .then(answer => done(answer.status));";
    let status = client.execute_async(script, Vec::new()).await.unwrap();
    assert_eq!(status, 200, "login");
}

/// Bytes transferred with brotli of wasm, scripts and styles.
fn bytes(dist: &Path) -> f64 {
    let manifest: serde_json::Value =
        serde_json::from_slice(&std::fs::read(dist.join("manifest.json")).unwrap()).unwrap();
    let files = manifest["files"].as_array().unwrap();
    let counted = files.iter().filter(|file| {
        let name = file["name"].as_str().unwrap_or_default();
        [".wasm", ".js", ".css"].iter().any(|ending| name.ends_with(ending))
    });
    counted.map(|file| file["brotli"].as_f64().unwrap_or(0.0)).sum()
}

async fn fill(server: &Server) {
    let answer = reqwest::Client::new()
        .post(format!("http://{}/api/v1/intake/entries", server.address))
        .bearer_auth(TOKEN)
        .json(&records(500))
        .send()
        .await
        .unwrap();
    assert!(answer.status().is_success());
    tokio::time::sleep(Duration::from_secs(2)).await;
}

/// Serves one page that fetches the portal's WebAssembly from the register, starts it with stand-ins for what it
/// imports, and marks its body. Returns the page's address.
async fn bare_page(dist: &Path, register: &str) -> String {
    let wasm = std::fs::read_dir(dist)
        .unwrap()
        .chain(std::fs::read_dir(dist.join("assets")).into_iter().flatten())
        .filter_map(|file| Some(file.ok()?.path()))
        .find(|path| path.extension().is_some_and(|ending| ending == "wasm"))
        .expect("the portal's wasm");
    let packed = std::fs::read(wasm.with_extension("wasm.br")).unwrap();
    let page = "<!doctype html><title>bare</title><body><script type=module>\
        const module = await WebAssembly.compileStreaming(fetch('/portal.wasm'));\
        const imports = {};\
        for (const {module: m, name, kind} of WebAssembly.Module.imports(module)) {\
          imports[m] ??= {}; imports[m][name] = kind === 'function' ? () => 0 : undefined;\
        }\
        await WebAssembly.instantiate(module, imports);\
        document.body.dataset.started = '1';</script>";
    let _ = register;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        loop {
            let Ok((stream, _)) = listener.accept().await else { return };
            tokio::spawn(answer(stream, packed.clone(), page));
        }
    });
    format!("http://{address}/")
}

async fn answer(mut stream: tokio::net::TcpStream, wasm: Vec<u8>, page: &str) {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let mut request = vec![0; 8192];
    while let Ok(read) = stream.read(&mut request).await {
        if read == 0 {
            return;
        }
        let head = String::from_utf8_lossy(&request[..read]).into_owned();
        let (kind, encoding, body): (_, _, &[u8]) = if head.starts_with("GET /portal.wasm") {
            ("application/wasm", "content-encoding: br\r\n", &wasm)
        } else {
            ("text/html", "", page.as_bytes())
        };
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\n{encoding}cache-control: no-store\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        if stream.write_all(head.as_bytes()).await.is_err() || stream.write_all(body).await.is_err() {
            return;
        }
    }
}

/// Median seconds from going to a page until an element is there.
async fn load(client: &Client, address: &str, until: &str) -> f64 {
    let mut seconds = Vec::new();
    for _ in 0..LOADS {
        client.goto("about:blank").await.unwrap();
        let started = Instant::now();
        client.goto(address).await.unwrap();
        client.wait().every(Duration::from_millis(5)).for_element(Locator::Css(until)).await.unwrap();
        seconds.push(started.elapsed().as_secs_f64());
    }
    seconds.sort_by(f64::total_cmp);
    percentile(&seconds, 0.5)
}

/// A running chromedriver.
struct Driver {
    child: Child,
    url: String,
}

impl Driver {
    fn start() -> Driver {
        let mut child = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .spawn()
            .expect("chromedriver");
        let told = BufReader::new(child.stdout.take().unwrap()).lines();
        let port = told.map_while(Result::ok).find_map(|line| {
            let (_, port) = line.split_once("started successfully on port ")?;
            port.trim_end_matches('.').parse::<u16>().ok()
        });
        Driver { child, url: format!("http://127.0.0.1:{}", port.expect("chromedriver's port")) }
    }

    async fn client(&self) -> Client {
        let options = serde_json::json!({"goog:chromeOptions": {"args": [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--window-size=1280,900"
        ]}});
        let serde_json::Value::Object(options) = options else { unreachable!() };
        let connector = hyper_util::client::legacy::connect::HttpConnector::new();
        ClientBuilder::new(connector)
            .capabilities(options)
            .connect(&self.url)
            .await
            .expect("a browser session")
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
