//! The policy of following up: who is called when, how often, and in which order. Data with validity in time.

use crate::call::ContactResult;
use jiff::civil::Time;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Who is called when, how often, and in which order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FollowUpPolicy {
    /// Days after the day of arrival from which a traveller is called; on the day itself only once the police has
    /// seen the crossing, since before that the traveller may still be in the air.
    pub first_call_day: u8,
    /// When it may be rung, where the traveller is.
    pub calling_hours: Vec<CallingHours>,
    /// What follows an attempt that did not lead to a conversation.
    pub retry: BTreeMap<ContactResult, Retry>,
    /// Attempts on one person a day at most.
    pub attempts_per_day_max: u8,
    /// Attempts without a conversation after which nobody calls any more.
    pub attempts_max: u8,
    /// Whether the next attempt is made at another time of the day than the last.
    pub rotate_time_of_day: bool,
    /// Days in which somebody who was guided and understood is not called again.
    pub guided_for_days: u8,
    /// Minutes for which a call-back waits for the caller who agreed it.
    pub call_back_waits_minutes: u16,
    /// Minutes after which a card whose language nobody at work speaks goes to those who speak another one.
    pub spill_over_minutes: u16,
    /// Languages in which somebody is called whose own nobody at work speaks, the best first.
    pub spill_over_to: Vec<String>,
    /// Minutes for which a card that was given back rests.
    pub skipped_rests_minutes: u16,
    /// Seconds for which a card is held without a sign of life.
    pub lease_seconds: u16,
    /// Seconds in which an outcome can be taken back.
    pub undo_seconds: u16,
    /// Of a thousand travellers, how many are called; the rest is not, by chance.
    pub sample_permille: u16,
    /// Of a thousand conversations, how many a lead looks through.
    pub review_permille: u16,
    /// Who comes before whom: the first ground that fits counts. Whoever fits none comes last.
    pub priority: Vec<PriorityGround>,
    /// Days of quarantine on which a text message is sent.
    pub message_days: Vec<u8>,
}

/// Hours of a weekday in which it may be rung.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CallingHours {
    /// Monday is 1, Sunday 7.
    pub weekdays: Vec<u8>,
    /// From.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub from: Time,
    /// Until, not included.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub until: Time,
}

/// What follows an attempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "kind", deny_unknown_fields)]
pub enum Retry {
    /// Again after so many minutes: the first number after the first such attempt, the last one after all further.
    After {
        /// Minutes.
        minutes: Vec<u32>,
    },
    /// At once, by somebody who speaks the language; it does not count as an attempt.
    InLanguage,
    /// Nobody calls this number any more.
    Never,
}

/// Why somebody comes before others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PriorityGround {
    /// Data or quarantine ends within a day, and nobody has spoken with the traveller.
    LastDay,
    /// A breach was suspected before.
    SuspectedBefore,
    /// The employer provides the place.
    EmployerProvidesPlace,
    /// Nobody has spoken with the traveller yet.
    NeverReached,
}

impl FollowUpPolicy {
    /// The policy that ships with the register.
    pub fn shipped() -> FollowUpPolicy {
        let after = |minutes: &[u32]| Retry::After { minutes: minutes.to_vec() };
        let hours = |weekdays: &[u8], from: i8, until: i8| CallingHours {
            weekdays: weekdays.to_vec(),
            from: Time::constant(from, 0, 0, 0),
            until: Time::constant(until, 0, 0, 0),
        };
        FollowUpPolicy {
            first_call_day: 1,
            calling_hours: vec![hours(&[1, 2, 3, 4, 5], 8, 21), hours(&[6, 7], 10, 18)],
            retry: BTreeMap::from([
                (ContactResult::NoAnswer, after(&[120, 240, 1_200])),
                (ContactResult::Busy, after(&[15, 60, 240])),
                (ContactResult::VoicemailLeft, after(&[240, 1_200])),
                (ContactResult::WrongNumber, Retry::Never),
                (ContactResult::NumberNotInService, Retry::Never),
                (ContactResult::LanguageBarrier, Retry::InLanguage),
                (ContactResult::Refused, after(&[1_440])),
                (ContactResult::CallBackRequested, after(&[120])),
                (ContactResult::HungUp, after(&[240, 1_440])),
                (ContactResult::ThirdParty, after(&[180])),
            ]),
            attempts_per_day_max: 3,
            attempts_max: 8,
            rotate_time_of_day: true,
            guided_for_days: 7,
            call_back_waits_minutes: 15,
            spill_over_minutes: 120,
            spill_over_to: vec!["en".to_owned()],
            skipped_rests_minutes: 30,
            lease_seconds: 300,
            undo_seconds: 10,
            sample_permille: 1_000,
            review_permille: 50,
            priority: vec![
                PriorityGround::LastDay,
                PriorityGround::SuspectedBefore,
                PriorityGround::EmployerProvidesPlace,
                PriorityGround::NeverReached,
            ],
            message_days: vec![2, 5],
        }
    }
}
