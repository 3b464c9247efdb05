//! Making tokens, good and bad.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Map, Value};

/// A key of a provider under test.
pub(super) struct TestKey {
    pub(super) algorithm: Algorithm,
    pub(super) private: EncodingKey,
    pub(super) id: String,
}

impl TestKey {
    pub(super) fn es256(id: &str) -> Self {
        let pem = rcgen::KeyPair::generate().unwrap().serialize_pem();
        Self {
            algorithm: Algorithm::ES256,
            private: EncodingKey::from_ec_pem(pem.as_bytes()).unwrap(),
            id: id.to_owned(),
        }
    }

    pub(super) fn rsa(id: &str, algorithm: Algorithm) -> Self {
        let pair = rcgen::KeyPair::generate_rsa_for(&rcgen::PKCS_RSA_SHA256, rcgen::RsaKeySize::_2048).unwrap();
        let private = EncodingKey::from_rsa_pem(pair.serialize_pem().as_bytes()).unwrap();
        Self { algorithm, private, id: id.to_owned() }
    }

    pub(super) fn public(&self) -> Value {
        let mut key = Jwk::from_encoding_key(&self.private, self.algorithm).unwrap();
        key.common.key_id = Some(self.id.clone());
        serde_json::to_value(key).unwrap()
    }

    pub(super) fn header(&self) -> Header {
        let mut header = Header::new(self.algorithm);
        header.kid = Some(self.id.clone());
        header
    }

    pub(super) fn sign(&self, claims: &Map<String, Value>) -> String {
        self.sign_with_header(&self.header(), claims)
    }

    pub(super) fn sign_with_header(&self, header: &Header, claims: &Map<String, Value>) -> String {
        jsonwebtoken::encode(header, claims, &self.private).unwrap()
    }
}

/// A token with this header and no signature, or one that is nonsense.
pub(super) fn unsigned(header: &Value, claims: &Map<String, Value>, signature: &[u8]) -> String {
    let encode = |bytes: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(bytes);
    let claims = serde_json::to_vec(claims).unwrap();
    format!("{}.{}.{}", encode(header.to_string().as_bytes()), encode(&claims), encode(signature))
}

/// The same token with one bit of a part turned (0 header, 1 claims, 2 signature).
pub(super) fn turned(token: &str, part: usize) -> String {
    let mut parts: Vec<String> = token.split('.').map(str::to_owned).collect();
    let mut bytes = BASE64_URL_SAFE_NO_PAD.decode(&parts[part]).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    parts[part] = BASE64_URL_SAFE_NO_PAD.encode(bytes);
    parts.join(".")
}
