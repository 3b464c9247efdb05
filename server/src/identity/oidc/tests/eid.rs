//! An eID made in a test: a root, an issuer, people's certificates, and signatures, good and bad.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use domain::PersonNumber;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair,
    KeyUsagePurpose, date_time_ymd,
};
use serde_json::{Value, json};

use super::broker::{MANIFEST, TEXT, now};

pub(super) struct Eid {
    root: CertifiedIssuer<'static, KeyPair>,
    issuer: CertifiedIssuer<'static, KeyPair>,
}

/// A person's key and certificates.
pub(super) struct Card {
    pub(super) key: KeyPair,
    /// As DER, the person's first.
    pub(super) chain: Vec<Vec<u8>>,
}

impl Eid {
    pub(super) fn new(name: &str) -> Self {
        let root = CertifiedIssuer::self_signed(authority(name), KeyPair::generate().unwrap()).unwrap();
        let issuer =
            CertifiedIssuer::signed_by(authority(&format!("{name} issuer")), KeyPair::generate().unwrap(), &root);
        Self { root, issuer: issuer.unwrap() }
    }

    pub(super) fn root_pem(&self) -> String {
        self.root.pem()
    }

    pub(super) fn card(&self, number: PersonNumber) -> Card {
        self.card_of(&person(&number.digits()))
    }

    pub(super) fn card_of(&self, params: &CertificateParams) -> Card {
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        Card { key, chain: vec![certificate.der().to_vec(), self.issuer.der().to_vec()] }
    }
}

/// A person's certificate before it is signed.
pub(super) fn person(number: &str) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, "Anna Berg");
    params.distinguished_name.push(DnType::CustomDnType(vec![2, 5, 4, 5]), number);
    params.key_usages = vec![KeyUsagePurpose::ContentCommitment];
    params.not_before = date_time_ymd(2026, 1, 1);
    params.not_after = date_time_ymd(2027, 1, 1);
    params
}

pub(super) fn for_log_in_only(number: &str) -> CertificateParams {
    let mut params = person(number);
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params
}

pub(super) fn for_servers_only(number: &str) -> CertificateParams {
    let mut params = person(number);
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params
}

pub(super) fn from_last_year(number: &str) -> CertificateParams {
    let mut params = person(number);
    params.not_before = date_time_ymd(2025, 1, 1);
    params.not_after = date_time_ymd(2026, 1, 1);
    params
}

fn authority(name: &str) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    params.not_before = date_time_ymd(2020, 1, 1);
    params.not_after = date_time_ymd(2040, 1, 1);
    params
}

impl Card {
    /// A card whose issuer is not an authority but this person.
    pub(super) fn issue(self, number: PersonNumber) -> Self {
        let mut chain = self.chain;
        let issuer = rcgen::Issuer::from_ca_cert_der(&chain[0].clone().into(), self.key).unwrap();
        let key = KeyPair::generate().unwrap();
        let certificate = person(&number.digits()).signed_by(&key, &issuer).unwrap();
        chain.insert(0, certificate.der().to_vec());
        Self { key, chain }
    }

    pub(super) fn header(&self) -> Header {
        let mut header = Header::new(Algorithm::ES256);
        header.typ = Some("user-signature+jws".to_owned());
        header.x5c = Some(self.chain.iter().map(|der| BASE64_STANDARD.encode(der)).collect());
        header
    }

    pub(super) fn sign(&self, content: &Value) -> String {
        self.sign_with_header(&self.header(), content)
    }

    pub(super) fn sign_with_header(&self, header: &Header, content: &Value) -> String {
        jsonwebtoken::encode(header, content, &EncodingKey::from_ec_der(self.key.serialized_der())).unwrap()
    }
}

/// What is signed when all is well.
pub(super) fn content() -> Value {
    content_of(MANIFEST, TEXT)
}

pub(super) fn content_of(tbs_data: &[u8], text: &str) -> Value {
    json!({
        "userVisibleData": BASE64_STANDARD.encode(text),
        "userNonVisibleData": BASE64_STANDARD.encode(tbs_data),
        "relyingParty": "fornya",
        "signedAt": now().as_second(),
    })
}
