//! One request to the result service and its answer, within a time and a size. What is asked stands in the body alone:
//! addresses are the same for everybody.

use super::bearer::secret;
use super::client::{Limits, Misconfigured, Settings};
use super::error::{Misunderstood, SearchError, Unavailable};
use super::wire;
use bytes::Bytes;
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::{Client, Response, StatusCode, Url};
use std::time::Duration;
use zeroize::Zeroizing;

/// Where its interface begins, behind the address.
const INTERFACE: &str = "provesvar/api/v1";
const JSON: &str = "application/json";
/// Bytes of a refusal that are looked at.
const REFUSAL_BYTES_MAX: usize = 64 * 1024;

/// What came back; wiped when it has been read.
pub(super) type Body = Zeroizing<Vec<u8>>;

/// The way to the service.
pub(super) struct Transport {
    client: Client,
    base: Url,
    answer_bytes_max: usize,
}

impl Transport {
    pub(super) fn new(settings: &Settings, limits: &Limits) -> Result<Transport, Misconfigured> {
        let base = base(&settings.address).ok_or(Misconfigured::Address)?;
        let password = secret(&settings.password).ok_or(Misconfigured::Integration)?;
        let id = HeaderValue::from_str(&settings.integration).map_err(|_| Misconfigured::Integration)?;
        let headers = HeaderMap::from_iter([
            ("integrasjonid".parse().map_err(|_| Misconfigured::Integration)?, id),
            ("integrasjonpassord".parse().map_err(|_| Misconfigured::Integration)?, password),
            (ACCEPT, HeaderValue::from_static(JSON)),
            (CONTENT_TYPE, HeaderValue::from_static(JSON)),
        ]);
        let client = Client::builder()
            .connect_timeout(limits.connect_within)
            .default_headers(headers)
            // A redirect would carry the number to wherever it leads.
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|_| Misconfigured::Client)?;
        Ok(Transport { client, base, answer_bytes_max: limits.answer_bytes_max })
    }

    /// Asks once.
    pub(super) async fn ask(
        &self,
        operation: &'static str,
        bearer: HeaderValue,
        question: Bytes,
        within: Duration,
    ) -> Result<Body, SearchError> {
        let address = format!("{}{INTERFACE}/{operation}", self.base);
        let request = self.client.post(address).header(AUTHORIZATION, bearer).body(question).timeout(within);
        let response = request.send().await.map_err(|error| lost(&error))?;
        let status = response.status();
        if status == StatusCode::OK {
            if !is_json(&response) {
                return Err(Misunderstood::ContentType.into());
            }
            return read(response, self.answer_bytes_max).await;
        }
        // Who answers so is not refusing us, and may answer otherwise later.
        let later = [StatusCode::REQUEST_TIMEOUT, StatusCode::TOO_MANY_REQUESTS].contains(&status);
        if !status.is_client_error() || later {
            return Err(Unavailable::Failed(status.as_u16()).into());
        }
        let told = match is_json(&response) {
            true => read(response, REFUSAL_BYTES_MAX).await.unwrap_or_default(),
            false => Body::default(),
        };
        let (code, reference) = wire::refusal(&told);
        Err(SearchError::Refused { status: status.as_u16(), code, reference })
    }
}

/// Numbers do not travel in the open.
fn base(address: &str) -> Option<Url> {
    let base = Url::parse(&format!("{}/", address.trim_end_matches('/'))).ok()?;
    let is_here = matches!(base.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    (base.scheme() == "https" || (base.scheme() == "http" && is_here)).then_some(base)
}

/// Reads a body piece by piece, and lets go of it as soon as it is too long.
async fn read(mut response: Response, bytes_max: usize) -> Result<Body, SearchError> {
    let announced =
        response.content_length().map_or(0, |length| usize::try_from(length).unwrap_or(usize::MAX));
    if announced > bytes_max {
        return Err(Misunderstood::TooLong.into());
    }
    let mut body = Body::new(Vec::with_capacity(announced));
    while let Some(piece) = response.chunk().await.map_err(|error| lost(&error))? {
        if body.len() + piece.len() > bytes_max {
            return Err(Misunderstood::TooLong.into());
        }
        body.extend_from_slice(&piece);
    }
    Ok(body)
}

fn is_json(response: &Response) -> bool {
    let told = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut parts = told.split(';').map(|part| part.trim().to_ascii_lowercase());
    let kind = parts.next().unwrap_or_default();
    // JSON is UTF-8; whoever says otherwise sends something else.
    let utf_8 = parts
        .all(|part| part.strip_prefix("charset=").is_none_or(|charset| charset.trim_matches('"') == "utf-8"));
    utf_8 && (kind == JSON || (kind.starts_with("application/") && kind.ends_with("+json")))
}

fn lost(error: &reqwest::Error) -> SearchError {
    SearchError::Unavailable(match (error.is_connect(), error.is_timeout()) {
        (true, _) => Unavailable::Unreachable,
        (false, true) => Unavailable::TooSlow,
        (false, false) => Unavailable::CutOff,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_do_not_travel_in_the_open() {
        for well in
            ["https://api.example.org", "https://api.example.org/", "http://127.0.0.1:8090", "http://[::1]:1"]
        {
            assert!(base(well).is_some(), "{well}");
        }
        for badly in [
            "http://api.example.org",
            "ftp://localhost",
            "api.example.org",
            "",
            "http://127.0.0.1.example.org",
        ] {
            assert!(base(badly).is_none(), "{badly}");
        }
    }
}
