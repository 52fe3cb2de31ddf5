//! Text messages to a traveller: what was ordered and what became of it.

use crate::personal::Personal;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A text message was ordered from the sending service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MessageOrdered {
    /// The message; also the key that makes a repeated order harmless.
    pub message: Uuid,
    /// What it is about.
    pub kind: MessageKind,
    /// The language it is written in: ISO 639-1.
    pub language: String,
    /// Version of the template.
    pub template_version: u32,
    /// To which number, `+` and digits.
    pub phone: Personal<String>,
    /// Not to be sent before: quiet hours are over then.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub send_after: Timestamp,
}

/// The sending service told what became of a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MessageReported {
    /// The message.
    pub message: Uuid,
    /// What became of it.
    pub result: MessageResult,
    /// When.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub reported_at: Timestamp,
}

/// A message that was ordered and not sent yet was stopped: the traveller is no longer in scope.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MessageStopped {
    /// The message.
    pub message: Uuid,
    /// Why.
    pub ground: StopGround,
}

/// What a message is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum MessageKind {
    /// The second day of quarantine.
    #[serde(rename = "day-2")]
    Day2,
    /// The fifth day of quarantine.
    #[serde(rename = "day-5")]
    Day5,
    /// The centre rang and nobody answered.
    NoAnswer,
    /// What was said in the conversation.
    GuidanceAfterCall,
    /// Somebody who speaks the language will ring.
    LanguageBarrier,
}

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum MessageResult {
    /// The service took it.
    Accepted,
    /// It reached the telephone.
    Delivered,
    /// It did not.
    Failed,
    /// The number cannot receive one.
    InvalidRecipient,
    /// The service never told.
    Unknown,
}

/// Why a message is not sent after all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum StopGround {
    /// The traveller has left, never came, or is exempt.
    OutOfScope,
    /// The municipality has taken over.
    HandedOver,
    /// The quarantine is over.
    QuarantineOver,
    /// The number is somebody else's.
    WrongNumber,
}
