//! A certificate for each day: what ended, signed with a key whose public half anybody can check against.

use super::overview::last_ending_before;
use super::{Retention, RetentionError, facts};
use crate::rules::moments::{norwegian_day_of, norwegian_start_of};
use api::retention::SignedCertificate;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use events::RetentionEvent;
use events::retention::{DeletionCertified, EntryEndedEarly, EpochEnded, certificate_of};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Days for which a certificate that is missing is made up.
const DAYS_BACK: i32 = 30;

/// What is certified for a Norwegian day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// The day.
    pub day: Date,
    /// When it was signed.
    pub signed_at: Timestamp,
    /// Receipts of all epochs that had to end on the day.
    pub epochs: Vec<EpochEnded>,
    /// Receipts of entries that were ended before their epoch, on the day.
    pub ended_early: Vec<EntryEndedEarly>,
    /// When the oldest record was made that there was at the moment of signing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub oldest_record: Option<Timestamp>,
    /// Last batch of the chain at the moment of signing, and its hash: a witness of the log.
    pub chain_batch: u64,
    /// Its hash, in hexadecimal.
    pub chain_hash: String,
}

/// Why a certificate does not hold.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotCertified {
    /// It is no certificate of the register.
    #[error("this is no certificate of the register")]
    Unreadable,
    /// The signature is not that of the public key over this certificate.
    #[error("the signature does not belong to this certificate and public key")]
    Signature,
    /// It is signed, but names an epoch of another day.
    #[error("epoch {0} did not have to end on that day")]
    OtherDay(u32),
    /// It is signed, but what it says breaks the ten days.
    #[error("epoch {0} ended later than it may")]
    TooLate(u32),
}

impl Retention {
    /// Signs the certificates of days that are over and whose receipts are all there.
    pub(super) async fn certify(&self, now: Timestamp) -> Result<(), RetentionError> {
        let today = norwegian_day_of(now);
        let found = facts(&self.log, &["epoch-ended", "entry-ended-early", "deletion-certified"], 0).await?;
        let mut epochs = Vec::new();
        let mut ended_early = Vec::new();
        let mut certified = BTreeSet::new();
        for fact in found {
            match fact.event {
                RetentionEvent::EpochEnded(receipt) => epochs.push(receipt),
                RetentionEvent::EntryEndedEarly(ended) => ended_early.push(ended),
                RetentionEvent::DeletionCertified(signed) => {
                    certified.insert(signed.day);
                }
                _ => {}
            }
        }
        let of_epochs = epochs.iter().map(|receipt| norwegian_day_of(receipt.ends_at));
        let of_entries = ended_early.iter().map(|ended| norwegian_day_of(ended.ended_at));
        let days: BTreeSet<Date> = of_epochs.chain(of_entries).collect();
        let recent = today.saturating_sub(DAYS_BACK.days());
        for day in days.into_iter().filter(|day| *day < today && *day >= recent && !certified.contains(day)) {
            let of_day = epochs.iter().filter(|receipt| norwegian_day_of(receipt.ends_at) == day);
            let early = ended_early.iter().filter(|ended| norwegian_day_of(ended.ended_at) == day);
            self.sign(day, of_day.cloned().collect(), early.cloned().collect()).await?;
        }
        Ok(())
    }

    async fn sign(
        &self,
        day: Date,
        epochs: Vec<EpochEnded>,
        ended_early: Vec<EntryEndedEarly>,
    ) -> Result<(), RetentionError> {
        let tomorrow = norwegian_start_of(day.tomorrow().unwrap_or(Date::MAX));
        if !self.ending.not_ended(last_ending_before(tomorrow)).await?.is_empty() {
            return Ok(());
        }
        let chain = self.log.witness().await?;
        let certificate = Certificate {
            day,
            signed_at: self.log.clock().now(),
            epochs,
            ended_early,
            oldest_record: self.log.oldest_record().await?,
            chain_batch: chain.batch,
            chain_hash: hex::encode(chain.hash),
        };
        // Plain structs always become JSON.
        let text = serde_json::to_string(&certificate).unwrap_or_default();
        let key = SigningKey::from_bytes(&*self.log.keyring().certificate_key()?);
        let signed = DeletionCertified {
            day,
            signature: hex::encode(key.sign(text.as_bytes()).to_bytes()),
            public_key: hex::encode(key.verifying_key().to_bytes()),
            certificate: text,
        };
        self.write_down(certificate_of(day), 0, signed).await
    }

    /// The signed certificate of a day.
    pub async fn certificate(&self, day: Date) -> Result<Option<SignedCertificate>, RetentionError> {
        let found = self.facts_of(certificate_of(day)).await?.pop();
        Ok(found.and_then(|fact| match fact {
            RetentionEvent::DeletionCertified(signed) => Some(SignedCertificate {
                certificate: signed.certificate,
                signature: signed.signature,
                public_key: signed.public_key,
            }),
            _ => None,
        }))
    }
}

/// Whether a certificate was signed by the public key it names, and says that everything ended in time.
pub fn check(signed: &SignedCertificate) -> Result<Certificate, NotCertified> {
    let mut public_key = [0; 32];
    let mut signature = [0; 64];
    hex::decode_to_slice(&signed.public_key, &mut public_key).map_err(|_| NotCertified::Unreadable)?;
    hex::decode_to_slice(&signed.signature, &mut signature).map_err(|_| NotCertified::Unreadable)?;
    VerifyingKey::from_bytes(&public_key)
        .and_then(|key| key.verify_strict(signed.certificate.as_bytes(), &Signature::from_bytes(&signature)))
        .map_err(|_| NotCertified::Signature)?;
    let certificate: Certificate =
        serde_json::from_str(&signed.certificate).map_err(|_| NotCertified::Unreadable)?;
    let of_day = |receipt: &&EpochEnded| norwegian_day_of(receipt.epoch.ends_at()) == certificate.day;
    if let Some(other) = certificate.epochs.iter().find(|receipt| !of_day(receipt)) {
        return Err(NotCertified::OtherDay(other.epoch.0));
    }
    let late = certificate
        .epochs
        .iter()
        .find(|receipt| super::schedule::receipt_is_overdue(receipt.epoch, receipt.ended_at));
    match late {
        Some(receipt) => Err(NotCertified::TooLate(receipt.epoch.0)),
        None => Ok(certificate),
    }
}
