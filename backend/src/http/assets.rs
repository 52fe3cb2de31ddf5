//! The portal's files, inside the binary: hashed names are cached for ever, packed copies are sent as they are.

use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};

/// Names carry a hash of their content, so what stands under one never changes.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

#[derive(RustEmbed)]
#[folder = "../frontend/dist"]
#[allow_missing = true]
struct Portal;

/// Any path that is no interface: a file of the portal, or the portal's page, which finds the route itself.
pub async fn serve(uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    if path.starts_with("api/") {
        return StatusCode::NOT_FOUND.into_response();
    }
    if let Some(name) = path.strip_prefix("assets/") {
        return file(name, FOR_EVER, &headers).unwrap_or_else(|| StatusCode::NOT_FOUND.into_response());
    }
    file("index.html", "no-cache", &headers).unwrap_or_else(|| {
        (
            StatusCode::NOT_FOUND,
            "The portal is not in this build. Run: cargo xtask portal, and build again.\n",
        )
            .into_response()
    })
}

fn file(path: &str, cache: &'static str, headers: &HeaderMap) -> Option<Response> {
    let accepted =
        headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let packed = [("br", "br"), ("gzip", "gz")].into_iter().find_map(|(encoding, ending)| {
        let wanted = accepted.split(',').any(|one| one.trim().split(';').next() == Some(encoding));
        wanted.then(|| Portal::get(&format!("{path}.{ending}"))).flatten().map(|file| (file, encoding))
    });
    let (EmbeddedFile { data, .. }, encoding) = match packed {
        Some((file, encoding)) => (file, Some(encoding)),
        None => (Portal::get(path)?, None),
    };
    let mut response = data.into_owned().into_response();
    let answer = response.headers_mut();
    answer.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(path)));
    answer.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    answer.extend(encoding.map(|encoding| (header::CONTENT_ENCODING, HeaderValue::from_static(encoding))));
    answer.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    Some(response)
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "woff2" => "font/woff2",
        "svg" => "image/svg+xml",
        "ftl" => "text/plain; charset=utf-8",
        "json" => "application/json",
        _ => "application/octet-stream",
    }
}
