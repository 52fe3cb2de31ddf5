//! Asks the server whether it is ready, with the few lines of HTTP that needs.

use std::time::Duration;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::{sleep, timeout},
};

/// Returns when `/health/ready` answers 200.
pub(crate) async fn until_ready(port: u16) {
    loop {
        if let Ok(Some(200)) = timeout(Duration::from_secs(5), status(port)).await {
            return;
        }
        sleep(Duration::from_millis(100)).await;
    }
}

async fn status(port: u16) -> Option<u16> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.ok()?;
    let request =
        format!("GET /health/ready HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.ok()?;
    let mut answer = Vec::new();
    stream.take(4096).read_to_end(&mut answer).await.ok()?;
    status_in(&String::from_utf8_lossy(&answer))
}

fn status_in(answer: &str) -> Option<u16> {
    let mut words = answer.lines().next()?.split_whitespace();
    words.next().filter(|version| version.starts_with("HTTP/"))?;
    words.next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::status_in;

    #[test]
    fn the_status_is_the_second_word() {
        assert_eq!(status_in("HTTP/1.1 200 OK\r\n\r\n"), Some(200));
        assert_eq!(status_in("HTTP/1.1 503 Service Unavailable\r\n"), Some(503));
        assert_eq!(status_in("SSH-2.0-x 200"), None);
        assert_eq!(status_in(""), None);
    }
}
