//! An issuer of signed tokens of the tests' own, in the shape of Maskinporten.

use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use jiff::Timestamp;
use jsonwebtoken::jwk::{Jwk, JwkSet};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};

/// Its name.
pub const ISSUER: &str = "https://issuer.example.org/";
/// An organisation number whose check digit is right.
pub const ORGANISATION: &str = "974760983";

/// An issuer and its one key.
pub struct Issuer {
    key: EncodingKey,
    algorithm: Algorithm,
    /// The key's id.
    pub key_id: String,
}

impl Issuer {
    /// One that signs as Maskinporten does.
    pub fn rsa(key_id: &str) -> Issuer {
        let pair = aws_lc_rs::rsa::KeyPair::generate(KeySize::Rsa2048).expect("an RSA key");
        let wrapped: aws_lc_rs::encoding::Pkcs8V1Der<'_> = pair.as_der().expect("its DER");
        // PKCS#8 puts a head of 26 bytes before the key itself.
        let key = EncodingKey::from_rsa_der(&wrapped.as_ref()[26..]);
        Issuer { key, algorithm: Algorithm::RS256, key_id: key_id.to_owned() }
    }

    /// One with an elliptic curve.
    pub fn elliptic(key_id: &str) -> Issuer {
        let random = SystemRandom::new();
        let wrapped = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).expect("a key");
        let key = EncodingKey::from_ec_der(wrapped.as_ref());
        Issuer { key, algorithm: Algorithm::ES256, key_id: key_id.to_owned() }
    }

    /// Its public key.
    pub fn public_key(&self) -> Jwk {
        let mut jwk = Jwk::from_encoding_key(&self.key, self.algorithm).expect("a public key");
        jwk.common.key_id = Some(self.key_id.clone());
        jwk
    }

    /// Signs claims.
    pub fn sign(&self, claims: &Value) -> String {
        let header = Header { kid: Some(self.key_id.clone()), ..Header::new(self.algorithm) };
        encode(&header, claims, &self.key).expect("a token")
    }

    /// A token for an organisation, good for ten minutes.
    pub fn token(&self, organisation: &str, scope: &str, now: Timestamp) -> String {
        self.sign(&claims(organisation, scope, now))
    }
}

/// The claims of a good token.
pub fn claims(organisation: &str, scope: &str, now: Timestamp) -> Value {
    json!({
        "iss": ISSUER, "client_amr": "private_key_jwt", "token_type": "Bearer", "client_id": "a-client",
        "consumer": { "authority": "iso6523-actorid-upis", "ID": format!("0192:{organisation}") },
        "scope": scope, "iat": now.as_second(), "exp": now.as_second() + 599,
        "jti": "QbyWIaLvrLPnSyQBmvGFvtcDbeWIZGtJtGBg",
    })
}

/// The set of their public keys, as an issuer puts it out.
pub fn public_keys(issuers: &[&Issuer]) -> JwkSet {
    JwkSet { keys: issuers.iter().map(|issuer| issuer.public_key()).collect() }
}
