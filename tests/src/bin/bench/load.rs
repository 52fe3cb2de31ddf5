//! HTTP load over plain sockets: one connection a task, one request at a time on it.

use super::workshop::register;
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A server under load, killed with the value.
pub struct Server {
    child: Child,
    /// `127.0.0.1:PORT`.
    pub address: String,
    /// Cookie of a caller.
    pub cookie: String,
}

/// The token of the feed.
pub const TOKEN: &str = "benchmark";

impl Server {
    /// Starts the optimised program on a database and logs in as a caller.
    pub async fn start(database_url: &str, keyring: &std::path::Path) -> Server {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let address = format!("127.0.0.1:{port}");
        let child = Command::new(register())
            .args(["serve", "--demo", "--bind", &address])
            .env("DATABASE_URL", database_url)
            .env_remove("READ_DATABASE_URL")
            .env("REGISTER_KEYRING", keyring)
            .env("REGISTER_INTAKE_TOKEN", TOKEN)
            .env("RUST_LOG", "warn")
            .stdin(Stdio::null())
            .spawn()
            .expect("start the register");
        let mut server = Server { child, address, cookie: String::new() };
        let client = reqwest::Client::new();
        for _ in 0..1_200 {
            let ready = client.get(format!("http://{}/health/ready", server.address)).send().await;
            if ready.is_ok_and(|answer| answer.status().is_success()) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        server.cookie = server.log_in("caller").await;
        server
    }

    /// Logs in with a key of the demo; the cookie.
    pub async fn log_in(&self, key: &str) -> String {
        let login = reqwest::Client::new().post(format!("http://{}/api/v1/demo/login", self.address));
        let login = login.json(&serde_json::json!({ "key": key })).send().await.unwrap();
        let cookie = login.headers().get("set-cookie").unwrap().to_str().unwrap();
        cookie.split(';').next().unwrap().to_owned()
    }

    /// A GET request, as bytes.
    pub fn request(&self, path: &str) -> Vec<u8> {
        self.request_of(&self.cookie, path)
    }

    /// The same of somebody else.
    pub fn request_of(&self, cookie: &str, path: &str) -> Vec<u8> {
        format!("GET {path} HTTP/1.1\r\nhost: {}\r\ncookie: {cookie}\r\n\r\n", self.address).into_bytes()
    }

    /// A machine's request.
    pub fn request_with(&self, token: &str, method: &str, path: &str, body: &str) -> Vec<u8> {
        format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\nauthorization: Bearer {token}\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        )
        .into_bytes()
    }

    /// From here on the peak of its memory is counted anew.
    pub fn forget_peak(&self) {
        std::fs::write(format!("/proc/{}/clear_refs", self.child.id()), "5").unwrap();
    }

    /// The most memory it has held, in MiB.
    pub fn peak_mib(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        line.trim().trim_end_matches(" kB").parse::<f64>().unwrap() / 1_024.0
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Sends requests round robin over connections for a time. Answers requests a second and the sorted latencies.
pub async fn press(
    server: &Server,
    requests: Arc<Vec<Vec<u8>>>,
    connections: usize,
    duration: Duration,
) -> (f64, Vec<f64>) {
    let started = Instant::now();
    let workers = (0..connections).map(|worker| {
        let (requests, address) = (requests.clone(), server.address.clone());
        tokio::spawn(async move {
            let mut connection = Connection::open(&address).await;
            let mut latencies = Vec::new();
            let mut n = worker * 7919;
            while started.elapsed() < duration {
                let sent = Instant::now();
                connection.exchange(&requests[n % requests.len()]).await;
                latencies.push(sent.elapsed().as_secs_f64());
                n += 1;
            }
            latencies
        })
    });
    let mut latencies: Vec<f64> =
        futures::future::join_all(workers).await.into_iter().flat_map(Result::unwrap).collect();
    let rate = latencies.len() as f64 / started.elapsed().as_secs_f64();
    latencies.sort_by(f64::total_cmp);
    (rate, latencies)
}

/// One connection.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    /// Opens one.
    pub async fn open(address: &str) -> Connection {
        let stream = TcpStream::connect(address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        Connection { stream, buffer: Vec::with_capacity(1 << 17) }
    }

    /// Sends a request and reads the whole answer; its body.
    pub async fn exchange(&mut self, request: &[u8]) -> &[u8] {
        self.stream.write_all(request).await.unwrap();
        self.buffer.clear();
        loop {
            let read = self.stream.read_buf(&mut self.buffer).await.unwrap();
            assert!(read > 0, "the server hung up");
            let Some(end) = find(&self.buffer, b"\r\n\r\n") else { continue };
            let head = std::str::from_utf8(&self.buffer[..end]).unwrap();
            assert!(head.starts_with("HTTP/1.1 200"), "{head}");
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
            if self.buffer.len() >= end + 4 + length.parse::<usize>().unwrap() {
                return &self.buffer[end + 4..];
            }
        }
    }

    /// A header of the last answer.
    pub fn header(&self, name: &str) -> Option<String> {
        let end = find(&self.buffer, b"\r\n\r\n")?;
        let head = std::str::from_utf8(&self.buffer[..end]).ok()?;
        let of_name = |line: &str| line.strip_prefix(name)?.strip_prefix(": ").map(str::to_owned);
        head.lines().find_map(of_name)
    }
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}
