//! The shapes of Fiks prøvesvar as they are published, and how they are read. Every field may be absent or null and
//! unknown ones are skipped; a value of another type than is published is an error with its place.

use super::error::{ErrorCode, Misunderstood, Unreadable, Why};
use super::message::{Finding, LabMessage};
use crate::rules::moments::{day, moment};
use events::Personal;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_path_to_error::Segment;
use uuid::Uuid;

/// Body of `sok`.
#[derive(Serialize)]
pub(super) struct SokParameter<'a> {
    pub fnr: &'a str,
    pub kommunenr: &'a str,
}

/// Body of `sokMedParams`.
#[derive(Serialize)]
pub(super) struct SokParameterMedParams<'a> {
    pub kommunenr: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fornavn: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub etternavn: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kjonn: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fodselsdato: Option<Date>,
    #[serde(rename = "provedatoFra", skip_serializing_if = "Option::is_none")]
    pub provedato_fra: Option<Date>,
    #[serde(rename = "provedatoTil", skip_serializing_if = "Option::is_none")]
    pub provedato_til: Option<Date>,
}

/// Body of `sokForKommune` and `sokPositiveForKommune`.
#[derive(Serialize)]
pub(super) struct SokParameterForKommune<'a> {
    pub kommunenr: &'a str,
    #[serde(rename = "fraMottattidspunkt", skip_serializing_if = "Option::is_none")]
    pub fra_mottattidspunkt: Option<Timestamp>,
    #[serde(rename = "tilMottattidspunkt", skip_serializing_if = "Option::is_none")]
    pub til_mottattidspunkt: Option<Timestamp>,
}

/// `ProvesvarResponse`, and `ProvesvarSearchResponseForKommune` that has one field more.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Response {
    antall_provesvar: Option<i32>,
    maks_antall_provesvar: Option<i32>,
    til_mottattidspunkt: Option<String>,
    provesvarliste: Option<Vec<Value>>,
}

/// `Provesvar`, in which the moment of receiving is misspelt, and `ProvesvarForKommune`, in which it is not. What the
/// register has no use for is left out.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Provesvar {
    mottattdao: Option<String>,
    mottattdato: Option<String>,
    melding_id: Option<String>,
    mottattdato_brukt_som_provedato: Option<bool>,
    lab_her_id: Option<String>,
    lab_navn: Option<String>,
    provenummer: Option<String>,
    provedato: Option<String>,
    meldingskommentar: Option<String>,
    meldingsstatus: Option<String>,
    fodselsnummer: Option<String>,
    fodselsdato: Option<String>,
    fornavn: Option<String>,
    etternavn: Option<String>,
    funn: Option<Vec<Option<Funn>>>,
    provesvarstatus: Option<String>,
}

#[derive(Default, Deserialize)]
struct Funn {
    kodeverdi: Option<String>,
    kodebeskrivelse: Option<String>,
    materiale: Option<String>,
    resultat: Option<String>,
    status: Option<String>,
    kommentar: Option<String>,
}

/// An answer, its records still unread.
pub(super) struct Page {
    /// The records.
    pub records: Vec<Value>,
    /// How many there are in truth; absent where that was not told.
    pub count: Option<usize>,
    /// Not all of them are here, or nobody says that they are.
    pub cut: bool,
    /// From where it goes on.
    pub until: Option<Timestamp>,
}

/// Reads an answer.
pub(super) fn page(body: &[u8]) -> Result<Page, Misunderstood> {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    let value: Value = serde_json::from_slice(body).map_err(|_| Unreadable::whole(Why::Broken))?;
    let response: Response = typed(value)?;
    let count = counted("/antallProvesvar", response.antall_provesvar)?;
    let most = counted("/maksAntallProvesvar", response.maks_antall_provesvar)?;
    let until = time("/tilMottattidspunkt", response.til_mottattidspunkt)?;
    let records = response.provesvarliste.unwrap_or_default();
    let cut = match count {
        Some(count) => count > records.len() || most.is_some_and(|most| count > most),
        // Whoever does not say how many there are may have kept some back.
        None => true,
    };
    Ok(Page { records, count, cut, until })
}

/// Reads a record of an answer, or one that was pushed.
pub(super) fn message(record: Value) -> Result<LabMessage, Unreadable> {
    let told = match record {
        // It says nothing, like one whose fields all are.
        Value::Null => Provesvar::default(),
        record => typed(record)?,
    };
    let (misspelt, spelt) = (time("/mottattdao", told.mottattdao)?, time("/mottattdato", told.mottattdato)?);
    let received_at = misspelt.or(spelt);
    let taken_at = time("/provedato", told.provedato)?;
    // Where nobody says whether the date was put there, the very moment of receiving was.
    let taken_substituted =
        told.mottattdato_brukt_som_provedato.unwrap_or(taken_at.is_some() && taken_at == received_at);
    Ok(LabMessage {
        message_id: words(told.melding_id),
        her_id: words(told.lab_her_id),
        laboratory: words(told.lab_navn),
        station: None,
        sample_number: personal(told.provenummer),
        message_status: words(told.meldingsstatus),
        message_comment: words(told.meldingskommentar),
        remarks: words(told.provesvarstatus),
        received_at,
        taken_at,
        taken_substituted,
        national_number: personal(told.fodselsnummer),
        birth_date: told.fodselsdato.as_deref().and_then(day).map(Personal),
        first_name: personal(told.fornavn),
        last_name: personal(told.etternavn),
        findings: told
            .funn
            .unwrap_or_default()
            .into_iter()
            .map(|funn| finding(funn.unwrap_or_default()))
            .collect(),
    })
}

fn finding(told: Funn) -> Finding {
    Finding {
        code: words(told.kodeverdi),
        description: words(told.kodebeskrivelse),
        material: words(told.materiale),
        text: words(told.resultat),
        status: words(told.status),
        comment: words(told.kommentar),
    }
}

/// Code and reference of an `ErrorMessage`; its other fields may name a person.
pub(super) fn refusal(body: &[u8]) -> (Option<ErrorCode>, Option<Uuid>) {
    let told: Value = serde_json::from_slice(body).unwrap_or_default();
    let text = |field| told.get(field).and_then(Value::as_str).map(str::trim);
    (text("errorCode").and_then(ErrorCode::of), text("errorId").and_then(|id| Uuid::try_parse(id).ok()))
}

/// What serde says of a failure quotes the value, so only the place is taken from it.
fn typed<T: DeserializeOwned>(value: Value) -> Result<T, Unreadable> {
    if !value.is_object() {
        return Err(Unreadable::whole(Why::NotARecord));
    }
    serde_path_to_error::deserialize(value).map_err(|error| {
        let place = |segment: &Segment| match segment {
            Segment::Seq { index } => format!("/{index}"),
            Segment::Map { key } => format!("/{key}"),
            Segment::Enum { .. } | Segment::Unknown => String::new(),
        };
        Unreadable { at: error.path().iter().map(place).collect(), why: Why::WrongType }
    })
}

fn counted(at: &str, count: Option<i32>) -> Result<Option<usize>, Unreadable> {
    let wrong = |_| Unreadable { at: at.to_owned(), why: Why::WrongType };
    count.map(usize::try_from).transpose().map_err(wrong)
}

fn time(at: &str, text: Option<String>) -> Result<Option<Timestamp>, Unreadable> {
    match text.as_deref().map(str::trim) {
        None | Some("") => Ok(None),
        Some(text) => {
            moment(text).map(Some).ok_or_else(|| Unreadable { at: at.to_owned(), why: Why::NotATime })
        }
    }
}

fn words(text: Option<String>) -> String {
    text.map(|text| text.trim().to_owned()).unwrap_or_default()
}

fn personal(text: Option<String>) -> Option<Personal<String>> {
    Some(words(text)).filter(|text| !text.is_empty()).map(Personal)
}

#[cfg(test)]
#[path = "wire_tests.rs"]
mod tests;
