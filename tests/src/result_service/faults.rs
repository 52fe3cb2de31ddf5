//! What can go wrong at the result service, on demand.

use super::{Service, full_error, planted};
use axum::body::{Body, Bytes};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, LOCATION};
use axum::response::{IntoResponse, Response};
use futures::{StreamExt, stream};
use serde_json::{Value, json};
use std::io::{Error, Write};
use std::sync::LazyLock;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// Bytes of an answer that is too long.
pub const HUGE: usize = 100 * 1024 * 1024;
const PIECE: usize = 64 * 1024;
/// For ever, to whoever waits.
const FOR_EVER: Duration = Duration::from_secs(3_600);

/// What the service does with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// Answers from its table.
    Well,
    /// Answers so when it is let go.
    Waits,
    /// Answers with a status and an `ErrorMessage`.
    Says(u16),
    /// Throws the connection out.
    Resets,
    /// Never answers.
    Hangs,
    /// Sends half of its answer and breaks off.
    HalfABody,
    /// Sends its answer a byte at a time, and never comes to an end.
    Drips,
    /// Announces 100 MB and sends them.
    Huge,
    /// Sends 100 MB that it did not announce.
    HugeUnannounced,
    /// Packs 100 MB into little.
    HugePacked,
    /// Its answer, called something else than JSON.
    WrongContentType,
    /// The page of something that stands before it, with a status.
    Html(u16),
    /// JSON that is none.
    Broken,
    /// An array instead of an object.
    WrongShape,
    /// A number where a text is published.
    WrongType,
    /// A sample date that is none.
    NotATime,
    /// Sends whoever asks elsewhere.
    Redirects,
    /// An empty list.
    Empty,
    /// An empty object.
    Nothing,
    /// Its answer with fields that nobody published.
    UnknownFields,
    /// Null in every place.
    Nulls,
}

/// A status and its `ErrorMessage`.
pub(super) fn error_message(status: u16, operation: &str, question: &Value) -> (StatusCode, Value) {
    (StatusCode::from_u16(status).expect("a status"), full_error(status, operation, question))
}

/// An answer that is not as it should be.
pub(super) async fn wrong(mood: Mood, service: &Service, question: &Value, found: &Value) -> Response {
    let planted = planted(question);
    let text = found.to_string();
    match mood {
        Mood::Hangs => {
            tokio::time::sleep(FOR_EVER).await;
            unreachable!("nobody waits so long")
        }
        Mood::HalfABody => half(text),
        Mood::Drips => drips(text),
        Mood::Huge => huge(service, Some(HUGE)),
        Mood::HugeUnannounced => huge(service, None),
        Mood::HugePacked => packed(),
        Mood::WrongContentType => ([(CONTENT_TYPE, "text/plain")], text).into_response(),
        Mood::Html(status) => {
            let page = format!("<html>no answer about {planted}</html>");
            (StatusCode::from_u16(status).expect("a status"), [(CONTENT_TYPE, "text/html")], page)
                .into_response()
        }
        Mood::Redirects => {
            let elsewhere = format!("/provesvar/api/v1/sok?fnr={planted}");
            (StatusCode::TEMPORARY_REDIRECT, [(LOCATION, elsewhere)]).into_response()
        }
        Mood::Broken => {
            ([(CONTENT_TYPE, "application/json")], format!("{{\"fnr\": {planted}")).into_response()
        }
        Mood::WrongShape => json(&json!([planted])),
        Mood::WrongType => {
            let record = json!({ "meldingId": { planted: 1 } });
            json(&json!({ "antallProvesvar": 1, "provesvarliste": [record] }))
        }
        Mood::NotATime => {
            json(&json!({ "antallProvesvar": 1, "provesvarliste": [{ "provedato": planted }] }))
        }
        Mood::Empty => {
            json(&json!({ "antallProvesvar": 0, "maksAntallProvesvar": 100, "provesvarliste": [] }))
        }
        Mood::Nothing => json(&json!({})),
        Mood::UnknownFields => json(&with_unknown_fields(found)),
        Mood::Nulls => json(&with_nulls(found)),
        Mood::Well | Mood::Waits | Mood::Says(_) | Mood::Resets => unreachable!("nothing is wrong with it"),
    }
}

fn json(value: &Value) -> Response {
    axum::Json(value).into_response()
}

fn half(text: String) -> Response {
    let pieces = [Ok(Bytes::from(text[..text.len() / 2].to_owned())), Err(Error::other("broken off"))];
    let length = text.len().to_string();
    let body = Body::from_stream(stream::iter(pieces));
    ([(CONTENT_TYPE, "application/json".to_owned()), (CONTENT_LENGTH, length)], body).into_response()
}

fn drips(text: String) -> Response {
    let drops = stream::unfold(text.into_bytes().into_iter().cycle(), |mut bytes| async move {
        tokio::time::sleep(Duration::from_millis(20)).await;
        let byte = bytes.next()?;
        Some((Ok::<_, Error>(Bytes::from(vec![byte])), bytes))
    });
    ([(CONTENT_TYPE, "application/json")], Body::from_stream(drops)).into_response()
}

fn huge(service: &Service, announced: Option<usize>) -> Response {
    let counts = service.counts.clone();
    let pieces = stream::iter(0..HUGE / PIECE).map(move |n| {
        counts.bytes_sent.fetch_add(PIECE, Ordering::SeqCst);
        let mut piece = vec![b' '; PIECE];
        if n == 0 {
            piece[..b"{\"antallProvesvar\": 0,".len()].copy_from_slice(b"{\"antallProvesvar\": 0,");
        }
        Ok::<_, Error>(Bytes::from(piece))
    });
    let mut response = ([(CONTENT_TYPE, "application/json")], Body::from_stream(pieces)).into_response();
    if let Some(length) = announced {
        response.headers_mut().insert(CONTENT_LENGTH, length.into());
    }
    response
}

/// Packed before anybody asks: it takes longer than a client waits.
pub(super) static PACKED: LazyLock<Bytes> = LazyLock::new(|| {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let piece = vec![b' '; PIECE];
    for _ in 0..HUGE / PIECE {
        packer.write_all(&piece).expect("memory");
    }
    packer.finish().expect("memory").into()
});

fn packed() -> Response {
    ([(CONTENT_TYPE, "application/json"), (CONTENT_ENCODING, "gzip")], PACKED.clone()).into_response()
}

fn with_unknown_fields(found: &Value) -> Value {
    let mut answer = found.clone();
    answer["somethingNew"] = json!({ "deep": [{ "er": true }] });
    for record in answer["provesvarliste"].as_array_mut().expect("a list") {
        record["nyttFelt"] = json!([1, null]);
        record["funn"][0]["nyttFelt"] = json!(5);
    }
    answer
}

fn with_nulls(found: &Value) -> Value {
    let mut answer = found.clone();
    for record in answer["provesvarliste"].as_array_mut().expect("a list") {
        for (name, value) in record.as_object_mut().expect("a record") {
            *value = if name == "funn" {
                json!([null, { "resultat": null, "status": null }])
            } else {
                Value::Null
            };
        }
    }
    answer
}
