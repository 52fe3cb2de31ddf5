//! The list of all events: a new one is a type in its own file and one line here.

use crate::call::{
    CallConcluded, CallCorrected, CallDialled, CallDirected, CallReviewed, CallSkipped, CallUndone,
    NumberMarkedWrong,
};
use crate::delegation::{DelegationConfirmed, DelegationGiven, DelegationWithdrawn};
use crate::entry::{
    EndConfirmed, EndRequested, EndWithdrawn, EntryDeclined, EntryRegistered, EntryRouted, EntryUpdated,
    ReferenceCodeJoined,
};
use crate::hotel::{HotelCheckedIn, HotelCheckedOut, HotelsAdopted};
use crate::identity::{AddressProtection, EntryJoined, EntrySeparated, IdentityAssigned, IdentityWithdrawn};
use crate::identity_policy::IdentityPolicyAdopted;
use crate::message::{MessageOrdered, MessageReported, MessageStopped};
use crate::reference::{IntakePolicyAdopted, PostcodeTableAdopted};
use crate::referral::{
    ReferralClosed, ReferralCompleted, ReferralMade, ReferralReceived, ReferralResent, ReferralReturned,
    ReferralSent, ReferralStatus,
};
use crate::result::{
    CorrectionSettled, ResultCorrected, ResultLookedUp, ResultPolicyAdopted, ResultReceived,
};
use crate::result_table::ResultTableAdopted;
use crate::retention::{
    ConsumerAdded, ConsumerRemoved, DayStatistics, DeletionCertified, EntryEndedEarly, EpochEnded,
    EpochFrozen, KeyReappeared, TombstonesAcknowledged,
};
use crate::rule_set::RuleSetAdopted;
use crate::subscription::{ConsumerRecognised, SubscriptionAdded, SubscriptionRemoved};
use serde_json::Value;

/// A stored event that cannot be read. Says which, never what is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadableEvent {
    /// The stored type name.
    pub name: String,
    /// The stored schema version.
    pub version: u16,
}

impl std::fmt::Display for UnreadableEvent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "event {} v{} cannot be read", self.name, self.version)
    }
}

impl std::error::Error for UnreadableEvent {}

/// One registered schema.
#[cfg(feature = "schema")]
pub struct RegisteredSchema {
    /// The type name that stands in the log.
    pub name: &'static str,
    /// The schema version that new events carry.
    pub version: u16,
    /// The JSON Schema (2020-12).
    pub schema: Value,
}

macro_rules! catalogue {
    ($(#[$doc:meta])* $enum:ident { $($(#[$event_doc:meta])* $variant:ident($payload:ty) = $name:literal v $version:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq)]
        pub enum $enum { $($(#[$event_doc])* $variant($payload),)* }

        impl $enum {
            /// The type name that stands in the log.
            pub fn name(&self) -> &'static str {
                match self { $(Self::$variant(_) => $name,)* }
            }

            /// The schema version that new events carry.
            pub fn version(&self) -> u16 {
                match self { $(Self::$variant(_) => $version,)* }
            }

            /// The payload as JSON.
            pub fn payload(&self) -> serde_json::Result<Value> {
                match self { $(Self::$variant(payload) => serde_json::to_value(payload),)* }
            }

            /// Reads a stored event; payloads of older versions must have been upcast before.
            pub fn read(name: &str, version: u16, payload: &[u8]) -> Result<Self, UnreadableEvent> {
                let unreadable = || UnreadableEvent { name: name.to_owned(), version };
                match (name, version) {
                    $(($name, $version) => {
                        serde_json::from_slice(payload).map(Self::$variant).map_err(|_| unreadable())
                    })*
                    _ => Err(unreadable()),
                }
            }

            /// The schemas of all events of this kind.
            #[cfg(feature = "schema")]
            pub fn schemas() -> Vec<RegisteredSchema> {
                vec![$(RegisteredSchema {
                    name: $name,
                    version: $version,
                    schema: schemars::schema_for!($payload).to_value(),
                },)*]
            }
        }

        $(impl From<$payload> for $enum {
            fn from(payload: $payload) -> Self { Self::$variant(payload) }
        })*
    };
}

catalogue! {
    /// What happens to an entry.
    EntryEvent {
        /// A trip was taken in.
        Registered(EntryRegistered) = "entry-registered" v 1,
        /// The source sent newer news.
        Updated(EntryUpdated) = "entry-updated" v 1,
        /// The same trip came under a second code.
        ReferenceCodeJoined(ReferenceCodeJoined) = "reference-code-joined" v 1,
        /// A person decided where it belongs.
        Routed(EntryRouted) = "entry-routed" v 1,
        /// The responsible municipality said that it is not its own.
        Declined(EntryDeclined) = "entry-declined" v 1,
        /// Somebody asked that it be ended before its epoch.
        EndRequested(EndRequested) = "entry-end-requested" v 1,
        /// The request was taken back or turned down.
        EndWithdrawn(EndWithdrawn) = "entry-end-withdrawn" v 1,
        /// A second person agreed: it is being ended.
        EndConfirmed(EndConfirmed) = "entry-end-confirmed" v 1,
        /// A number was dialled.
        Dialled(CallDialled) = "call-dialled" v 1,
        /// The attempt came to something.
        Concluded(CallConcluded) = "call-concluded" v 1,
        /// What it came to was corrected.
        Corrected(CallCorrected) = "call-corrected" v 1,
        /// What it came to was taken back.
        Undone(CallUndone) = "call-undone" v 1,
        /// A caller gave the card back.
        Skipped(CallSkipped) = "call-skipped" v 1,
        /// A lead decided how the entry stands in the queue.
        Directed(CallDirected) = "call-directed" v 1,
        /// A lead looked a conversation through.
        Reviewed(CallReviewed) = "call-reviewed" v 1,
        /// A number turned out to be somebody else's.
        NumberMarkedWrong(NumberMarkedWrong) = "number-marked-wrong" v 1,
        /// A text message was ordered.
        MessageOrdered(MessageOrdered) = "message-ordered" v 1,
        /// What became of a text message.
        MessageReported(MessageReported) = "message-reported" v 1,
        /// A text message was stopped.
        MessageStopped(MessageStopped) = "message-stopped" v 1,
        /// The labour inspectorate is to be told of an employer.
        ReferralMade(ReferralMade) = "referral-made" v 1,
        /// The message with it was handed over.
        ReferralSent(ReferralSent) = "referral-sent" v 1,
        /// How that message stands.
        ReferralStatus(ReferralStatus) = "referral-status" v 1,
        /// An inspector has it in hand.
        ReferralReceived(ReferralReceived) = "referral-received" v 1,
        /// An inspector wants to know more.
        ReferralReturned(ReferralReturned) = "referral-returned" v 1,
        /// The centre told more.
        ReferralCompleted(ReferralCompleted) = "referral-completed" v 1,
        /// It is sent again.
        ReferralResent(ReferralResent) = "referral-resent" v 1,
        /// An inspector closed it.
        ReferralClosed(ReferralClosed) = "referral-closed" v 1,
        /// A number was assigned or found later.
        IdentityAssigned(IdentityAssigned) = "identity-assigned" v 1,
        /// A number is not the traveller's.
        IdentityWithdrawn(IdentityWithdrawn) = "identity-withdrawn" v 1,
        /// It is of the same person as another entry.
        Joined(EntryJoined) = "entry-joined" v 1,
        /// It is of another person after all.
        Separated(EntrySeparated) = "entry-separated" v 1,
        /// The address is protected, or no longer.
        Protection(AddressProtection) = "address-protection-set" v 1,
        /// A laboratory told something of a sample.
        ResultReceived(ResultReceived) = "result-received" v 1,
        /// The result service was asked.
        ResultLookedUp(ResultLookedUp) = "result-looked-up" v 1,
        /// A result says something else than what somebody was told.
        ResultCorrected(ResultCorrected) = "result-corrected" v 1,
        /// Whoever was told something else knows now.
        CorrectionSettled(CorrectionSettled) = "correction-settled" v 1,
        /// The traveller came to a quarantine hotel.
        HotelCheckedIn(HotelCheckedIn) = "hotel-checked-in" v 1,
        /// The traveller left it.
        HotelCheckedOut(HotelCheckedOut) = "hotel-checked-out" v 1,
    }
}

catalogue! {
    /// Facts with no traveller in them.
    ReferenceEvent {
        /// A postcode table was adopted.
        PostcodeTable(PostcodeTableAdopted) = "postcode-table-adopted" v 1,
        /// An intake policy was adopted.
        IntakePolicy(IntakePolicyAdopted) = "intake-policy-adopted" v 1,
        /// A rule set was adopted.
        RuleSet(RuleSetAdopted) = "rule-set-adopted" v 1,
        /// A policy of results was adopted.
        ResultPolicy(ResultPolicyAdopted) = "result-policy-adopted" v 1,
        /// A result table was adopted.
        ResultTable(ResultTableAdopted) = "result-table-adopted" v 1,
        /// An identity policy was adopted.
        IdentityPolicy(IdentityPolicyAdopted) = "identity-policy-adopted" v 1,
        /// A list of hotels was adopted.
        Hotels(HotelsAdopted) = "hotels-adopted" v 1,
    }
}

catalogue! {
    /// What was done so that nothing lives too long.
    RetentionEvent {
        /// An epoch takes no more events.
        EpochFrozen(EpochFrozen) = "epoch-frozen" v 1,
        /// Nothing of an epoch is left.
        EpochEnded(EpochEnded) = "epoch-ended" v 1,
        /// One entry was ended before its epoch.
        EntryEndedEarly(EntryEndedEarly) = "entry-ended-early" v 1,
        /// A day was counted.
        DayStatistics(DayStatistics) = "day-statistics-written" v 1,
        /// A destroyed key was there again.
        KeyReappeared(KeyReappeared) = "key-reappeared" v 1,
        /// A day's certificate was signed.
        DeletionCertified(DeletionCertified) = "deletion-certified" v 1,
        /// Somebody takes data from here.
        ConsumerAdded(ConsumerAdded) = "consumer-added" v 1,
        /// Somebody takes no more data.
        ConsumerRemoved(ConsumerRemoved) = "consumer-removed" v 1,
        /// A consumer has deleted what ended.
        TombstonesAcknowledged(TombstonesAcknowledged) = "tombstones-acknowledged" v 1,
    }
}

catalogue! {
    /// Who takes what from the register.
    SubscriptionEvent {
        /// An organisation's signed tokens are a consumer's.
        Recognised(ConsumerRecognised) = "consumer-recognised" v 1,
        /// A consumer may take what concerns an area.
        Added(SubscriptionAdded) = "subscription-added" v 1,
        /// A consumer takes no more of an area.
        Removed(SubscriptionRemoved) = "subscription-removed" v 1,
    }
}

catalogue! {
    /// Whom municipal doctors let work in their place.
    DelegationEvent {
        /// It was given.
        Given(DelegationGiven) = "delegation-given" v 1,
        /// It is still needed.
        Confirmed(DelegationConfirmed) = "delegation-confirmed" v 1,
        /// It was taken back.
        Withdrawn(DelegationWithdrawn) = "delegation-withdrawn" v 1,
    }
}

/// The schemas of all events.
#[cfg(feature = "schema")]
pub fn all_schemas() -> Vec<RegisteredSchema> {
    let mut all = EntryEvent::schemas();
    all.extend(ReferenceEvent::schemas());
    all.extend(RetentionEvent::schemas());
    all.extend(SubscriptionEvent::schemas());
    all.extend(DelegationEvent::schemas());
    all
}

/// The pattern of all events about a referral to the labour inspectorate, for whoever passes them by or on.
#[macro_export]
macro_rules! referral_event {
    () => {
        $crate::EntryEvent::ReferralMade(_)
            | $crate::EntryEvent::ReferralSent(_)
            | $crate::EntryEvent::ReferralStatus(_)
            | $crate::EntryEvent::ReferralReceived(_)
            | $crate::EntryEvent::ReferralReturned(_)
            | $crate::EntryEvent::ReferralCompleted(_)
            | $crate::EntryEvent::ReferralResent(_)
            | $crate::EntryEvent::ReferralClosed(_)
    };
}
