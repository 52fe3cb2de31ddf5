//! The feed of changes: CloudEvents 1.0 that say which entry is new, changed or gone, and nothing about anybody.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use uuid::Uuid;

/// Events of a page when nothing is asked for.
pub const FEED_LIMIT_DEFAULT: u32 = 100;
/// Events of a page at most.
pub const FEED_LIMIT_MAX: u32 = 1_000;
/// Records of a page of the extract at most.
pub const EXTRACT_LIMIT_MAX: u32 = 500;

/// An entry has come to concern you: it was registered, or moved to your municipality.
pub const ARRIVED: &str = "no.helsedirektoratet.innreise.entry.arrived.v1";
/// What you can see of an entry has changed.
pub const CHANGED: &str = "no.helsedirektoratet.innreise.entry.changed.v1";
/// An entry no longer concerns you: delete it.
pub const LEFT: &str = "no.helsedirektoratet.innreise.entry.left.v1";
/// One entry has ended before its ten days: delete it.
pub const ENDED: &str = "no.helsedirektoratet.innreise.entry.ended.v1";
/// Every entry of a window of registration has ended: delete those whose ids begin so.
pub const WINDOW_ENDED: &str = "no.helsedirektoratet.innreise.window.ended.v1";

/// Query of `GET /api/v1/feed` and of `GET /api/v1/feed/extract`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields)]
pub struct FeedQuery {
    /// Where you are; from the beginning without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// How many at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// A CloudEvent, in structured JSON. A type that you do not know may be passed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CloudEvent {
    /// `1.0`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub specversion: Cow<'static, str>,
    /// The same for the same event, however often it is read.
    pub id: String,
    /// Where it comes from.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub source: Cow<'static, str>,
    /// What happened.
    #[serde(rename = "type")]
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub kind: Cow<'static, str>,
    /// The entry's id; absent when it is about a window.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// When it was recorded.
    pub time: Timestamp,
    /// `application/json`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub datacontenttype: Cow<'static, str>,
    /// Where you are once you have acted on this event and all before it.
    pub cursor: String,
    /// What it is about.
    pub data: News,
}

/// What an event is about: ids and links, nothing else.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct News {
    /// The entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<Uuid>,
    /// Of yours, the municipality that it arrived at, was changed in or left; for the whole country, the one that
    /// follows up from now on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub municipality: Option<String>,
    /// Where its record is, as long as you may see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// First eight hexadecimal digits of the ids of a window.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id_prefix: Option<String>,
}

/// A page of `GET /api/v1/feed/extract`: everything you may see, in no order that means anything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Extract {
    /// The entries.
    pub items: Vec<Extracted>,
    /// Where the next page begins; absent on the last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// Where to go on in the feed when all pages are taken; the same on each of them.
    pub cursor: String,
}

/// One entry of the extract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Extracted {
    /// The entry's id, as in the feed.
    pub entry: Uuid,
    /// The municipality that follows up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub municipality: Option<String>,
    /// Its record, in the published shape.
    pub record: crate::fiks::Innreiser,
}

/// `POST /api/v1/feed/acknowledgement`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AcknowledgeFeed {
    /// You have acted on every event up to here, and deleted what it told you to.
    pub cursor: String,
}
