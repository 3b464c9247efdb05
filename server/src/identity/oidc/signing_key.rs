//! An ES256 key that signs JSON Web Tokens.

use jsonwebtoken::jwk::{Jwk, PublicKeyUse, ThumbprintHash};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde::Serialize;

/// Why a key cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The text is no EC private key on P-256 in PKCS#8 PEM.
    #[error("the key is not an EC private key on P-256 in PKCS#8 PEM")]
    Form(#[source] jsonwebtoken::errors::Error),
    /// The key would not sign.
    #[error("the key could not sign")]
    Signing(#[source] jsonwebtoken::errors::Error),
}

/// An ES256 key with its public half; its key id is the RFC 7638 thumbprint. Its `Debug` shows the key id alone.
#[derive(Clone)]
pub(crate) struct SigningKey {
    private: EncodingKey,
    public: Jwk,
    id: String,
}

impl SigningKey {
    /// Reads an EC private key on P-256 from PKCS#8 PEM.
    pub(crate) fn from_pem(pem: &str) -> Result<Self, KeyError> {
        let private = EncodingKey::from_ec_pem(pem.as_bytes()).map_err(KeyError::Form)?;
        let mut public = Jwk::from_encoding_key(&private, Algorithm::ES256).map_err(KeyError::Form)?;
        let id = public.thumbprint(ThumbprintHash::SHA256).map_err(KeyError::Form)?;
        public.common.key_id = Some(id.clone());
        public.common.public_key_use = Some(PublicKeyUse::Signature);
        Ok(Self { private, public, id })
    }

    /// The public key as it is registered with the other party.
    pub(crate) fn public(&self) -> &Jwk {
        &self.public
    }

    /// A compact JWT with the header's `typ` as given.
    pub(crate) fn sign(&self, typ: &str, claims: &impl Serialize) -> Result<String, KeyError> {
        let mut header = Header::new(Algorithm::ES256);
        header.typ = Some(typ.to_owned());
        header.kid = Some(self.id.clone());
        jsonwebtoken::encode(&header, claims, &self.private).map_err(KeyError::Signing)
    }
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SigningKey").field("id", &self.id).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_id_is_the_thumbprint_and_nothing_secret_is_shown() {
        let pem = rcgen::KeyPair::generate().unwrap().serialize_pem();
        let key = SigningKey::from_pem(&pem).unwrap();
        assert_eq!(key.public().thumbprint(ThumbprintHash::SHA256).unwrap(), key.id);
        assert_eq!(format!("{key:?}"), format!("SigningKey {{ id: {:?}, .. }}", key.id));
        let public = serde_json::to_value(key.public()).unwrap();
        assert!(public.get("d").is_none(), "{public}");
    }

    #[test]
    fn refuses_what_is_no_p256_key() {
        for pem in [
            String::new(),
            "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n".to_owned(),
            rcgen::KeyPair::generate().unwrap().public_key_pem(),
            rcgen::KeyPair::generate_for(&rcgen::PKCS_ECDSA_P384_SHA384).unwrap().serialize_pem(),
            rcgen::KeyPair::generate_for(&rcgen::PKCS_ED25519).unwrap().serialize_pem(),
        ] {
            assert!(matches!(SigningKey::from_pem(&pem), Err(KeyError::Form(_))));
        }
    }
}
