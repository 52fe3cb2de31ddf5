//! Signatures of webhooks by Standard Webhooks: the id, the time and the body, under each secret that is live.

use crate::entropy::Entropy;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use zeroize::Zeroizing;

/// What a secret begins with where people see it.
const PREFIX: &str = "whsec_";

/// A secret, and until when it is live when another one has taken its place.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Secret {
    /// As the consumer got it.
    pub text: String,
    /// It signs until then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

impl Secret {
    /// A new one.
    pub fn new(entropy: &Entropy) -> Secret {
        let bytes = Zeroizing::new(entropy.bytes::<32>());
        Secret { text: format!("{PREFIX}{}", STANDARD.encode(*bytes)), until: None }
    }

    fn is_live(&self, now: Timestamp) -> bool {
        self.until.is_none_or(|until| now < until)
    }

    fn sign(&self, content: &[u8]) -> Option<String> {
        let key = Zeroizing::new(STANDARD.decode(self.text.strip_prefix(PREFIX)?).ok()?);
        let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(&key).ok()?;
        mac.update(content);
        Some(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
    }
}

/// The header `webhook-signature`: one signature for each live secret.
pub fn signatures(secrets: &[Secret], now: Timestamp, id: &str, body: &str) -> String {
    let content = format!("{id}.{}.{body}", now.as_second());
    let live = secrets.iter().filter(|secret| secret.is_live(now));
    live.filter_map(|secret| secret.sign(content.as_bytes())).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the specification.
    #[test]
    fn the_signature_is_the_one_that_everybody_computes() {
        let secret = Secret { text: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".to_owned(), until: None };
        let now = Timestamp::from_second(1_614_265_330).unwrap();
        let signature = signatures(&[secret], now, "msg_p5jXN8AQM9LWM0D4loKWxJek", "{\"test\": 2432232314}");
        assert_eq!(signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn both_secrets_sign_until_the_old_one_is_over() {
        let entropy = Entropy::seeded(1);
        let now = Timestamp::from_second(1_615_809_600).unwrap();
        let later = now + jiff::SignedDuration::from_hours(24);
        let old = Secret { until: Some(later), ..Secret::new(&entropy) };
        let new = Secret::new(&entropy);
        assert!(new.text.starts_with("whsec_") && new.text != old.text);
        let both = [new.clone(), old];
        assert_eq!(signatures(&both, now, "msg", "{}").split(' ').count(), 2);
        assert_eq!(signatures(&both, later, "msg", "{}"), signatures(&[new], later, "msg", "{}"));
    }
}
