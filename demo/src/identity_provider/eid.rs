//! The eID behind the provider: a root, an issuer, and a certificate for each person who signs.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use jiff::{Timestamp, tz::TimeZone};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use rcgen::string::PrintableString;
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, DnValue, IsCa, Issuer, KeyPair, KeyUsagePurpose,
};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use serde_json::json;

use super::keys::{keep, keep_key};
use super::{Holder, ProviderError};

const SERIAL_NUMBER: [u64; 4] = [2, 5, 4, 5];
const SURNAME: [u64; 4] = [2, 5, 4, 4];
const GIVEN_NAME: [u64; 4] = [2, 5, 4, 42];

/// How long certificates are valid, in years.
const AUTHORITY_YEARS: i16 = 20;
const PERSON_YEARS: i16 = 5;

/// What issues certificates to invented people.
pub(super) struct EidAuthority {
    folder: PathBuf,
    root_pem: String,
    issuer_pem: String,
    /// Held while a person's key and certificate are made, so that they fit each other.
    making: Mutex<()>,
}

/// What a person made by signing.
pub(super) struct UserSignature {
    /// A compact JWS with the certificates in `x5c`.
    pub(super) jws: String,
    /// The person's certificate as DER.
    pub(super) certificate: Vec<u8>,
}

/// What is put before a person to sign.
pub(super) struct ToSign<'a> {
    pub(super) message: &'a str,
    pub(super) tbs_data: &'a [u8],
    pub(super) relying_party: &'a str,
}

impl EidAuthority {
    /// The authority kept in a folder, made if it is not there.
    pub(super) fn keep(folder: &Path, now: Timestamp) -> Result<Self, ProviderError> {
        let folder = folder.join("eid");
        let root_key = keep_key(&folder, "root")?;
        let root_pem = keep(&folder.join("root.pem"), || {
            Ok(authority("Demo eID Root (påhittad)", now).self_signed(&root_key)?.pem())
        })?;
        let issuer_key = keep_key(&folder, "issuer")?;
        let issuer_pem = keep(&folder.join("issuer.pem"), || {
            let root = Issuer::from_ca_cert_pem(&root_pem, &root_key)?;
            Ok(authority("Demo eID Issuer (påhittad)", now).signed_by(&issuer_key, &root)?.pem())
        })?;
        Ok(Self { folder, root_pem, issuer_pem, making: Mutex::default() })
    }

    pub(super) fn root_pem(&self) -> &str {
        &self.root_pem
    }

    /// Signs as a person, whose key and certificate are made at the first signature.
    pub(super) fn sign(
        &self,
        person: &Holder,
        what: &ToSign<'_>,
        now: Timestamp,
    ) -> Result<UserSignature, ProviderError> {
        let people = self.folder.join("people");
        let (key, certificate_pem) = {
            let _making = self.making.lock().unwrap_or_else(PoisonError::into_inner);
            let key = keep_key(&people, &person.key)?;
            let path = people.join(format!("{}.pem", person.key));
            let certificate = keep(&path, || self.certify(person, &key, now))?;
            (key, certificate)
        };
        let certificate = der(&certificate_pem)?;

        let mut header = Header::new(Algorithm::ES256);
        header.typ = Some("user-signature+jws".to_owned());
        header.x5c = Some(vec![BASE64_STANDARD.encode(&certificate), BASE64_STANDARD.encode(der(&self.issuer_pem)?)]);
        let content = json!({
            "userVisibleData": BASE64_STANDARD.encode(what.message),
            "userNonVisibleData": BASE64_STANDARD.encode(what.tbs_data),
            "relyingParty": what.relying_party,
            "signedAt": now.as_second(),
        });
        let jws = jsonwebtoken::encode(&header, &content, &EncodingKey::from_ec_der(key.serialized_der()))?;
        Ok(UserSignature { jws, certificate })
    }

    fn certify(&self, person: &Holder, key: &KeyPair, now: Timestamp) -> Result<String, ProviderError> {
        let mut name = DistinguishedName::new();
        name.push(DnType::CountryName, "SE");
        name.push(DnType::CommonName, person.name());
        for (kind, part) in [(SURNAME, &person.family_name), (GIVEN_NAME, &person.given_name)] {
            if !part.is_empty() {
                name.push(DnType::CustomDnType(kind.to_vec()), part.as_str());
            }
        }
        if let Some(number) = person.number() {
            let number = PrintableString::try_from(number.digits())?;
            name.push(DnType::CustomDnType(SERIAL_NUMBER.to_vec()), DnValue::PrintableString(number));
        }
        let mut params = CertificateParams::default();
        params.distinguished_name = name;
        params.key_usages = vec![KeyUsagePurpose::ContentCommitment];
        params.use_authority_key_identifier_extension = true;
        set_validity(&mut params, now, PERSON_YEARS);
        let issuer_key = keep_key(&self.folder, "issuer")?;
        let issuer = Issuer::from_ca_cert_pem(&self.issuer_pem, &issuer_key)?;
        Ok(params.signed_by(key, &issuer)?.pem())
    }
}

fn authority(common_name: &str, now: Timestamp) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CountryName, "SE");
    params.distinguished_name.push(DnType::CommonName, common_name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params.use_authority_key_identifier_extension = true;
    set_validity(&mut params, now, AUTHORITY_YEARS);
    params
}

/// Makes a certificate valid from yesterday, so that clocks that differ a little do not matter.
fn set_validity(params: &mut CertificateParams, now: Timestamp, years: i16) {
    let today = now.to_zoned(TimeZone::UTC).date();
    let first = today.yesterday().unwrap_or(today);
    let date = |year: i16| {
        rcgen::date_time_ymd(i32::from(year), first.month().unsigned_abs(), first.day().unsigned_abs().min(28))
    };
    params.not_before = date(first.year());
    params.not_after = date(first.year() + years);
}

fn der(pem: &str) -> Result<Vec<u8>, ProviderError> {
    CertificateDer::from_pem_slice(pem.as_bytes())
        .map(|der| der.to_vec())
        .map_err(|_| ProviderError::Certificate(rcgen::Error::CouldNotParseCertificate))
}
